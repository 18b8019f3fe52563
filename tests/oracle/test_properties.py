"""What holds of every comparison, asked of the evaluator and of the package."""

from __future__ import annotations

import copy
import itertools
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.conftest import examples

from . import product
from .dossiers import FEATURES, Basis, PlainDossier, bases, dates, dossiers
from .naive import naive_comparison, naive_diff
from .record import VERBS, Cell, Record, accepted_outcome, evidence_of, first_day

RANK = {"conflict": 0, "unresolved": 1, "overlap": 2}
WITHOUT_GROUPS = [feature for feature in FEATURES if feature != "groups"]
Verdicts = dict[str, tuple[str, str | None]]

both = pytest.mark.parametrize("whose", ["evaluator", "package"])
some = examples(25)


def verdicts(
    whose: str, dossier: PlainDossier, ids: list[str], as_of: str, basis: Basis = "inferred"
) -> Verdicts:
    """Verdict and reason of each issue, and of each item as `issue.item`."""
    if whose == "evaluator":
        agenda, sources, parties, proposals = dossier
        results = naive_diff(agenda, parties, ids, as_of, basis, sources, proposals)
    else:
        report = product.report(product.load(dossier), ids, as_of, basis)
        results = product.results(report, dossier.agenda)
    cells = product.by_cell(results)
    return {cell: (result["verdict"], result["reason"]) for cell, result in cells.items()}


def record_of(dossier: PlainDossier, as_of: str) -> Record:
    agenda, sources, parties, proposals = dossier
    return Record(agenda, parties, as_of, "inferred", sources, proposals)


def is_group_and_member(dossier: PlainDossier, ids: list[str], as_of: str) -> bool:
    record = record_of(dossier, as_of)
    return any(record.is_member(a, b) for a, b in itertools.permutations(ids, 2))


def without_what_was_said_later(dossier: PlainDossier, as_of: str) -> PlainDossier:
    """Without statements of after the day, what has no evidence then, and what begins later."""
    record = record_of(dossier, as_of)
    parties = copy.deepcopy(dossier.parties)
    for name, party in parties.items():
        kept = record.by_today(name, party["statements"])
        party["statements"] = {one: party["statements"][one] for one in kept}
        for key in ("positions", "answers"):
            party[key] = {
                about: left
                for about, said in party.get(key, {}).items()
                if (left := [one for entry in said for one in cut(entry, kept, record)])
            }
        if not party["answers"]:
            del party["answers"]
    return dossier._replace(parties=parties)


def cut(entry: dict[str, Any], kept: list[str], record: Record) -> list[dict[str, Any]]:
    if first_day(entry["since"]) > record.today:
        return []
    for key in ("against", "context"):
        if left := [one for one in entry.pop(key, []) if one in kept]:
            entry[key] = left
    if not isinstance(entry["evidence"], dict):
        entry["evidence"] = [one for one in entry["evidence"] if one in kept]
        return [entry] if entry["evidence"] else []
    for verb in [verb for verb in VERBS if verb in entry]:
        entry["evidence"][verb] = [one for one in evidence_of(entry, verb) if one in kept]
        if not entry["evidence"][verb]:
            del entry["evidence"][verb], entry[verb]
    return [entry] if entry["evidence"] else []


@both
@some
@given(data=st.data(), as_of=dates(), basis=bases())
def test_nothing_from_after_the_day(
    whose: str, data: st.DataObject, as_of: str, basis: Basis
) -> None:
    dossier = data.draw(dossiers(features=FEATURES))
    earlier = without_what_was_said_later(dossier, as_of)
    ids = list(dossier.parties)
    assume(len(ids) > 2 or not is_group_and_member(dossier, ids, as_of))
    assert verdicts(whose, dossier, ids, as_of, basis) == verdicts(
        whose, earlier, ids, as_of, basis
    )


@both
@some
@given(data=st.data(), as_of=dates())
def test_a_comparison_is_symmetric(whose: str, data: st.DataObject, as_of: str) -> None:
    dossier = data.draw(dossiers(min_parties=3, features=FEATURES))
    ids = list(dossier.parties)
    order = data.draw(st.permutations(ids))
    assert verdicts(whose, dossier, ids, as_of) == verdicts(whose, dossier, order, as_of)


@both
@some
@given(data=st.data(), as_of=dates())
def test_adding_a_party_never_improves_a_verdict(
    whose: str, data: st.DataObject, as_of: str
) -> None:
    dossier = data.draw(dossiers(min_parties=3, features=FEATURES))
    ids = list(dossier.parties)
    assume(not is_group_and_member(dossier, ids[:2], as_of))
    fewer, more = verdicts(whose, dossier, ids[:2], as_of), verdicts(whose, dossier, ids, as_of)
    for cell in fewer:
        if "." in cell:
            assert RANK[more[cell][0]] <= RANK[fewer[cell][0]], cell


@some
@given(dossiers(min_parties=3, features=FEATURES), dates())
def test_a_smallest_set_is_in_conflict_and_no_part_of_it_is(
    dossier: PlainDossier, as_of: str
) -> None:
    agenda, sources, parties, proposals = dossier
    compared = naive_comparison(
        agenda, parties, list(parties), as_of, "inferred", sources, proposals
    )
    for cell in compared.cells:
        if compared.cell_value(cell) != 0:
            continue
        assert compared.smallest_sets(cell)
        for one in compared.smallest_sets(cell):
            assert value_among(dossier, one.ids, cell, as_of) == 0
            for left_out in one.ids if len(one.ids) > 1 else ():
                fewer = [party for party in one.ids if party != left_out]
                assert value_among(dossier, fewer, cell, as_of) > 0


def value_among(dossier: PlainDossier, ids: list[str], cell: Cell, as_of: str) -> int:
    agenda, sources, parties, proposals = dossier
    found = naive_comparison(agenda, parties, ids, as_of, "inferred", sources, proposals)
    return found.cell_value(cell)


@both
@some
@given(data=st.data(), as_of=dates(), basis=bases())
def test_a_member_without_a_word_gets_the_verdicts_of_its_group(
    whose: str, data: st.DataObject, as_of: str, basis: Basis
) -> None:
    dossier = data.draw(dossiers(features=WITHOUT_GROUPS))
    [group, other, *_] = list(dossier.parties)
    dossier.parties[group] |= {"members": ["zed"], "speaks-for-members": True}
    dossier.parties["zed"] = dossier.parties[group] | {"party": "zed", "name": "Z", "positions": {}}
    for key in ("answers", "offers", "members", "speaks-for-members"):
        dossier.parties["zed"].pop(key, None)
    assert verdicts(whose, dossier, ["zed", other], as_of, basis) == verdicts(
        whose, dossier, [group, other], as_of, basis
    )


@both
@some
@given(data=st.data(), as_of=dates())
def test_a_yes_to_a_text_is_its_terms_written_out(
    whose: str, data: st.DataObject, as_of: str
) -> None:
    dossier = data.draw(dossiers(features=FEATURES))
    assume(dossier.proposals)
    dossier = dossier._replace(parties=copy.deepcopy(dossier.parties))
    [text, *_] = dossier.proposals
    [party, other, *_] = list(dossier.parties)
    yes = {"since": 2023, "evidence": ["stated-once"]}
    statements = {"stated-once": {"source": "paper", "basis": "stated", "summary": "Said so."}}
    plain = {"party": party, "name": "A", "statements": statements}
    terms = {
        issue: written
        for issue, one in dossier.proposals[text]["terms"].items()
        if (written := written_out(one["outcome"], dossier.agenda["issues"][issue])) is not None
    }
    answers = {text: [yes | {"says": "accepts"}]}
    entries = {issue: [yes | {"accepts": outcome}] for issue, outcome in terms.items()}
    # A group of which the other party is a member speaks in both forms alike.
    for file in dossier.parties.values():
        file.pop("members", None)
        file.pop("speaks-for-members", None)
    dossier.parties[party] = plain | {"positions": {}, "answers": answers}
    answered = verdicts(whose, dossier, [party, other], as_of)
    dossier.parties[party] = plain | {"positions": entries}
    assert verdicts(whose, dossier, [party, other], as_of) == answered


def written_out(outcome: Any, issue: dict[str, Any]) -> Any:
    if issue["kind"] != "items":
        return accepted_outcome(outcome, issue)
    return {item: one for item, one in outcome.items() if isinstance(one, str)} or None


@both
@some
@given(data=st.data(), as_of=dates())
def test_an_answer_never_lowers_a_value(whose: str, data: st.DataObject, as_of: str) -> None:
    dossier = data.draw(dossiers(features=WITHOUT_GROUPS))
    with_answers = copy.deepcopy(dossier.parties)
    [party, *_] = list(with_answers)
    assume("answers" in with_answers[party])
    without = dossier._replace(parties=copy.deepcopy(with_answers))
    del without.parties[party]["answers"]
    ids = list(with_answers)
    after, before = verdicts(whose, dossier, ids, as_of), verdicts(whose, without, ids, as_of)
    for cell in before:
        if "." in cell or dossier.agenda["issues"][cell]["kind"] != "items":
            assert RANK[after[cell][0]] >= RANK[before[cell][0]], cell


@both
@some
@given(data=st.data(), as_of=dates(), basis=bases())
def test_an_ended_offer_is_as_if_it_had_not_been(
    whose: str, data: st.DataObject, as_of: str, basis: Basis
) -> None:
    dossier = data.draw(dossiers(features=WITHOUT_GROUPS))
    without = dossier._replace(parties=copy.deepcopy(dossier.parties))
    record = record_of(dossier, as_of)
    for name, party in without.parties.items():
        left = {
            issue: [entry for entry in entries if not record.has_ended_offer(name, entry)]
            for issue, entries in party["positions"].items()
        }
        party["positions"] = {issue: entries for issue, entries in left.items() if entries}
    ids = list(dossier.parties)
    assert verdicts(whose, dossier, ids, as_of, basis) == verdicts(
        whose, without, ids, as_of, basis
    )


@some
@given(dossiers(features=FEATURES), dates())
def test_distances_are_symmetric_and_0_only_where_ranges_touch(
    dossier: PlainDossier, as_of: str
) -> None:
    agenda, sources, parties, proposals = dossier
    one = naive_comparison(agenda, parties, list(parties), as_of, "inferred", sources, proposals)
    back = naive_comparison(
        agenda, parties, list(parties)[::-1], as_of, "inferred", sources, proposals
    )
    for cell in one.cells:
        if agenda["issues"][cell[0]]["kind"] == "quantity":
            there = {(frozenset((a, b)), far) for a, b, far in one.distances(cell)}
            assert there == {(frozenset((a, b)), far) for a, b, far in back.distances(cell)}
            if agenda["issues"][cell[0]].get("integer"):
                assert all(far >= 1 for _, _, far in one.distances(cell))
