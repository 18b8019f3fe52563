"""What must hold of each aim in every dossier, whatever the rules and the points asked for."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any, NamedTuple

from hypothesis import assume, event, given, note
from hypothesis import strategies as st

from claimpos.deals.packages import Packages
from claimpos.deals.search import AIMS, Deals, find_deals
from claimpos.dossier.model import Cell
from tests.conftest import examples
from tests.deals.random_dossiers import (
    ABSTENTION,
    DAY,
    KINDS,
    Negotiation,
    asked_for,
    is_conditional,
)
from tests.oracle.compare import files_in_short
from tests.oracle.dossiers import PlainDossier
from tests.oracle.naive import exact, range_holds, sample_numbers
from tests.oracle.product import load
from tests.oracle.record import as_list

some = examples(40, thorough=1500)
any_kind = st.sampled_from(KINDS).flatmap(asked_for)


def searched(asked: Negotiation) -> Deals:
    note(f"{files_in_short(asked.plain)}\n{asked[1:]}")
    return find_deals(
        load(asked.plain),
        asked.ids,
        DAY,
        without=asked.without,
        held=asked.held,
        time_limit=None,
        aims=AIMS,
        keep_red_lines=asked.keep_red_lines,
    )


def tell(found: Deals) -> None:
    event(f"answer: {found.answer}")
    event(f"a rule decides: {found.voted is not None}")
    event(f"some package is worth too little: {found.problem.thresholds is not None}")


# Names and order


class Told(NamedTuple):
    """What there is to say of a search, each party called by a new name."""

    overall: Any
    least: Any
    sticking_points: Any
    now: Any
    balanced: Any
    red_lines: Any
    voted: Any


def told(found: Deals, new: dict[str, str]) -> Told:
    now, even, votes = found.now, found.balanced, found.voted
    assert now is not None
    assert even is not None

    def named(cell: Cell, mask: int) -> Any:
        return tuple(found.problem.table.space(cell).outcomes(mask))

    def text(outcomes: Mapping[Cell, int]) -> Any:
        return {cell: named(cell, mask) for cell, mask in outcomes.items()}

    def packages(some: Packages | None) -> Any:
        if some is None:
            return None
        return (
            text(some.fixed),
            {cell: [named(cell, one) for one in free] for cell, free in some.free.items()},
            [
                [text(dict(zip(one.cells, row, strict=True))) for row in one.combinations]
                for one in some.linked
            ],
        )

    return Told(
        (found.answer, found.concessions),
        packages(found.packages),
        {
            frozenset((new[one.party], one.cell) for one in point.positions)
            for point in found.sticking_points
        },
        (
            text(now.settled),
            now.number,
            now.linked,
            {(new[one.party], one.cell, named(one.cell, one.outcomes)) for one in now.missing},
            {(new[one.party], one.cells) for one in now.defeated},
        ),
        (
            even.from_the_top,
            even.patterns,
            even.high,
            {new[party]: total for party, total in even.totals.items()},
            {(new[one.party], one.point.cells, one.always) for one in even.concessions},
            text(even.shared),
            packages(even.packages),
        ),
        {new[party]: number for party, number in even.red_lines.items()},
        votes
        and (
            (packages(votes.packages), votes.failing, votes.pending, votes.turns),
            {
                (
                    one.cell,
                    named(one.cell, vote.outcome),
                    vote.decision.result,
                    frozenset((new[who], said) for who, said in vote.decision.votes.items()),
                    frozenset(new[who] for who in vote.decision.pivotal),
                )
                for one in votes.votes
                for vote in (*one.votes, one.chosen)
            },
        ),
    )


def renamed(asked: Negotiation, new: dict[str, str]) -> Negotiation:
    """The same files, of parties with other names, which come in another order."""
    agenda = copy.deepcopy(asked.plain.agenda)
    for issue in agenda["issues"].values():
        if "decides" in issue:
            issue["decides"] = renamed_rule(issue["decides"], new)
    parties = {}
    for old in reversed(asked.plain.parties):
        party = parties[new[old]] = {**asked.plain.parties[old], "party": new[old]}
        if "members" in party:
            party["members"] = [new.get(one, one) for one in party["members"]]
    return asked._replace(
        plain=asked.plain._replace(agenda=agenda, parties=parties),
        ids=[new[one] for one in reversed(asked.ids)],
        held=tuple(new[one] for one in asked.held),
    )


def renamed_rule(rule: Any, new: dict[str, str]) -> Any:
    """A rule with other names, which come in another order."""
    if isinstance(rule, str):
        return rule
    found = dict(rule)
    for key in {"of", "veto"} & rule.keys():
        found[key] = [new[one] for one in reversed(rule[key])]
    if "weights" in rule:
        found["weights"] = {new[one]: rule["weights"][one] for one in reversed(rule["weights"])}
    for key in {"all-of", "any-of"} & rule.keys():
        found[key] = [renamed_rule(one, new) for one in reversed(rule[key])]
    return found


@some
@given(any_kind)
def test_names_and_order_of_parties_change_nothing(asked: Negotiation) -> None:
    """So that the positions of two parties exchanged give the patterns exchanged."""
    ids = [*asked.plain.parties]
    spoken_for = [one for party in asked.plain.parties.values() for one in party.get("members", ())]
    assume(len(spoken_for) == len({*spoken_for}))  # of two groups, the first may go before
    new = dict(zip(ids, [*ids[1:], ids[0]], strict=True))
    first = searched(asked)
    assert told(searched(renamed(asked, new)), {one: one for one in ids}) == told(first, new)
    tell(first)


@some
@given(any_kind)
def test_packages_name_cells_in_the_agenda_s_order(asked: Negotiation) -> None:
    """So that no table changes its columns with the name of a party."""
    found = searched(asked)
    place = {cell: at for at, cell in enumerate(found.problem.domains)}
    sets = [found.packages, found.balanced and found.balanced.packages]
    sets += [found.voted and found.voted.packages]
    for packages in filter(None, sets):
        linked = [one.cells for one in packages.linked]
        for cells in (packages.fixed, packages.free, *linked, [one[0] for one in linked]):
            assert [*cells] == sorted(cells, key=lambda cell: place[cell])
    event(f"some cells are linked: {any(one and one.linked for one in sets)}")


# A second verb


def with_a_second_verb(plain: PlainDossier, who: str) -> PlainDossier:
    """The dossier in which a party also rejects all that its demands leave out."""
    parties = copy.deepcopy(plain.parties)
    for key, entries in parties[who]["positions"].items():
        issue = plain.agenda["issues"][key]
        for entry in entries:
            may = "demands" in entry and "refuses" not in entry
            if may and (rest := rejected(entry, issue)):
                entry["refuses"] = rest
                if isinstance(entry["evidence"], dict):
                    entry["evidence"]["refuses"] = entry["evidence"]["demands"]
    return plain._replace(parties=parties)


def rejected(entry: dict[str, Any], issue: dict[str, Any]) -> Any:
    if issue["kind"] == "quantity":
        return other_figures(entry, issue)
    options, items = issue["options"], issue.get("items")
    members = as_list(entry.get("accepts", []))
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


def other_figures(entry: dict[str, Any], issue: dict[str, Any]) -> list[Any]:
    """The figures below and above those that are demanded, if nothing else is accepted."""
    demanded = entry["demands"]
    if {"accepts", "proposes"} & entry.keys() or isinstance(demanded, list):
        return []
    if not isinstance(demanded, dict):
        demanded = {"min": demanded, "max": demanded}
    other = {"min": "below", "above": "max", "max": "above", "below": "min"}
    sides = [{other[end]: figure} for end, figure in demanded.items()]
    figures = {exact(figure) for figure in demanded.values()}
    return [
        one
        for one in sides
        if any(range_holds(one, value) for value in sample_numbers(issue, figures))
    ]


@some
@given(any_kind, st.data())
def test_a_second_verb_for_what_is_demanded_changes_no_balance(
    asked: Negotiation, data: st.DataObject
) -> None:
    """Nor what could be signed now, or how votes stand, but where an abstention is demanded."""
    asked = asked._replace(keep_red_lines=False)
    who = data.draw(st.sampled_from([*asked.plain.parties]))
    other = asked._replace(plain=with_a_second_verb(asked.plain, who))
    assume(other.plain != asked.plain)
    same = {one: one for one in asked.plain.parties}
    first = searched(asked)
    one, two = told(first, same), told(searched(other), same)
    assert two.balanced == one.balanced
    if ABSTENTION not in str(asked.plain.parties[who]["positions"]):
        assert two.now == one.now
        assert two.voted == one.voted
    tell(first)
    assert first.balanced is not None
    event(f"somebody gives: {bool(first.balanced.concessions)}")


# What one aim says of another


@some
@given(any_kind)
def test_what_could_be_signed_is_accepted_by_all(asked: Negotiation) -> None:
    """A set that leaves nothing open is a package that all accept; and no point is conceded."""
    found = searched(asked._replace(held=()))
    assert found.now is not None
    assert found.balanced is not None
    tell(found)
    if found.voted is None and found.now.size == len(found.problem.domains) > 0:
        assert found.answer in ("agreed", "open")
        assert found.balanced.from_the_top[0] == 0
    if found.answer == "agreed" and found.voted is None:
        assert found.balanced.from_the_top[0] == 0
