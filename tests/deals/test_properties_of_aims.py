"""What must hold of what could be signed now, and of balanced packages, in every dossier."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import assume, given

from claimpos.deals.balance import Balanced
from claimpos.deals.search import Deals
from claimpos.deals.signable import Signable
from tests.conftest import examples
from tests.deals.test_against_enumerator import negotiations
from tests.deals.test_properties import deals, loaded
from tests.oracle.dossiers import PlainDossier
from tests.oracle.record import as_list

some = examples(10)
AIMS = ["now", "balanced"]


def both(plain: PlainDossier, ids: list[str]) -> tuple[Signable, Balanced]:
    found: Deals = deals(loaded(plain), ids, aims=AIMS)
    assert found.now is not None
    assert found.balanced is not None
    return found.now, found.balanced


def renamed(plain: PlainDossier, names: dict[str, str]) -> PlainDossier:
    """The same files, of parties with other names, which come in another order."""
    parties = {new: {**plain.parties[old], "party": new} for old, new in names.items()}
    return plain._replace(parties=parties)


def conceded(even: Balanced, names: dict[str, str]) -> set[Any]:
    return {(names[one.party], one.point, one.always) for one in even.concessions}


@some
@given(negotiations())
def test_names_and_order_of_parties_change_nothing(plain: PlainDossier) -> None:
    """So that the positions of two parties exchanged give the patterns exchanged.

    Where a party is a member of two groups, their order counts: these are left aside.
    """
    ids = list(plain.parties)
    assume(not any("members" in party for party in plain.parties.values()))
    new = dict(zip(ids, [*ids[1:], ids[0]], strict=True))
    now, even = both(plain, ids)
    now_too, even_too = both(renamed(plain, new), [new[one] for one in reversed(ids)])
    assert (now_too.settled, now_too.number) == (now.settled, now.number)
    assert {(new[one.party], one.cell, one.outcomes) for one in now.missing} == {
        (one.party, one.cell, one.outcomes) for one in now_too.missing
    }
    assert (even_too.from_the_top, even_too.patterns) == (even.from_the_top, even.patterns)
    assert {new[party]: total for party, total in even.totals.items()} == even_too.totals
    assert conceded(even, new) == conceded(even_too, {one: one for one in ids})
    assert (even_too.shared, even_too.packages) == (even.shared, even.packages)


def with_a_second_verb(plain: PlainDossier, who: str) -> PlainDossier:
    """The dossier in which a party also rejects every option that its demands leave out."""
    parties = copy.deepcopy(plain.parties)
    for issue, entries in parties[who]["positions"].items():
        options = plain.agenda["issues"][issue].get("options")
        for entry in entries if options else ():
            if "demands" in entry and "refuses" not in entry:
                rest = rejected(entry, options, plain.agenda["issues"][issue].get("items"))
                if rest:
                    entry["refuses"] = rest
                    if isinstance(entry["evidence"], dict):
                        entry["evidence"]["refuses"] = entry["evidence"]["demands"]
    return plain._replace(parties=parties)


def rejected(entry: dict[str, Any], options: Any, items: Any) -> Any:
    accepted = entry.get("accepts", [])
    members = accepted if isinstance(accepted, list) else [accepted]
    named = [entry["demands"], entry.get("proposes", {} if items else [])]
    named += [one["outcome"] if is_conditional(one) else one for one in members]
    if not items:
        taken = {one for outcomes in named for one in as_list(outcomes)}
        return [one for one in options if one not in taken]
    rest: dict[str, Any] = {}
    for item in items:
        if item not in entry["demands"] and "all" not in entry["demands"]:
            continue
        taken = {
            one
            for outcomes in named
            for one in as_list(outcomes.get(item, outcomes.get("all", [])))
        }
        if left := [one for one in options if one not in taken]:
            rest[item] = left
    return rest


def is_conditional(member: Any) -> bool:
    return isinstance(member, dict) and "outcome" in member


@some
@given(negotiations())
def test_rejecting_what_demands_leave_out_changes_no_balance(plain: PlainDossier) -> None:
    ids = list(plain.parties)
    other = with_a_second_verb(plain, ids[0])
    assume(other != plain)
    _, even = both(plain, ids)
    _, even_too = both(other, ids)
    assert even_too._replace(red_lines={}) == even._replace(red_lines={})


@some
@given(negotiations())
def test_what_could_be_signed_is_accepted_by_all(plain: PlainDossier) -> None:
    """A set that leaves nothing open is a package that all accept; and no point is conceded."""
    ids = list(plain.parties)
    found = deals(loaded(plain), ids)
    assert found.now is not None
    assert found.balanced is not None
    if found.now.size == len(found.problem.domains) and found.problem.domains:
        assert found.answer == "agreed"
    if found.answer == "agreed":
        assert found.balanced.from_the_top[0] == 0
        assert found.now.most == len(found.problem.domains)
