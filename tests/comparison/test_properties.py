"""What must hold of every comparison, whatever the dossier says."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from claimpos import compare
from claimpos.briefing.explanation import explain_report
from claimpos.comparison.conditions import Common
from claimpos.comparison.truth import Truth
from claimpos.dossier.model import Cell
from claimpos.rendering.diff import diff_document
from claimpos.rendering.renderers import rendered
from tests.conftest import examples
from tests.oracle.count_reasons import REASONS
from tests.oracle.dossiers import Basis, PlainDossier, as_json, bases, dates, dossiers
from tests.oracle.naive import naive_comparison
from tests.oracle.product import load, report, results
from tests.schemas.support import errors_by_schema
from tests.support import short_dossier

HIGHER_IS_BETTER = {"conflict": 0, "unresolved": 1, "overlap": 2}

random_dossiers = examples(50)

Cells = dict[tuple[str, str | None], dict[str, Any]]


def cells(found: dict[str, dict[str, Any]]) -> Cells:
    """Every cell with a reason of its own, and every items issue as a whole."""
    by_cell: Cells = {}
    for issue, result in found.items():
        by_cell[issue, None] = {key: result[key] for key in result if key != "items"}
        for item, cell in result.get("items", {}).items():
            by_cell[issue, item] = cell
    return by_cell


def diff(dossier: PlainDossier, ids: list[str], as_of: str, basis: Basis = "inferred") -> Cells:
    return cells(results(report(load(dossier), ids, as_of, basis), dossier.agenda))


def without_order(found: Cells) -> Cells:
    """The same results, with lists of options, of parties and of pairs in alphabetical order."""
    in_order = {cell: sort_lists(result) for cell, result in found.items()}
    for result in in_order.values():
        if "apart" in result:
            result["apart"] = sorted((*sorted(pair), far) for *pair, far in result["apart"])
    return in_order


def sort_lists(value: Any) -> Any:
    if isinstance(value, dict) and "sets" in value:
        return sets_without_order(value)
    if isinstance(value, dict):
        return {key: sort_lists(member) for key, member in value.items()}
    if isinstance(value, list) and all(isinstance(member, str) for member in value):
        return sorted(value)
    return value


def sets_without_order(at_odds: dict[str, Any]) -> dict[str, Any]:
    """The smallest sets in conflict; where only some are named, which ones follows the order."""
    named = sorted((one["reason"], sorted(one["parties"])) for one in at_odds["sets"])
    if at_odds["more"]:
        named = [(at_odds["sets"][0]["reason"], ["some"])]
    count = len(at_odds["sets"]) + at_odds["more"]
    return {"least": at_odds["least"], "count": count, "named": named}


@random_dossiers
@given(dossiers(), dates(), bases(), st.data())
def test_a_comparison_is_symmetric(
    dossier: PlainDossier, as_of: str, basis: Basis, data: st.DataObject
) -> None:
    ids = list(dossier.parties)
    other_order = data.draw(st.permutations(ids))
    assert without_order(diff(dossier, ids, as_of, basis)) == without_order(
        diff(dossier, other_order, as_of, basis)
    )


@random_dossiers
@given(dossiers(min_parties=3), dates(), bases())
def test_adding_a_party_never_improves_a_verdict(
    dossier: PlainDossier, as_of: str, basis: Basis
) -> None:
    ids = list(dossier.parties)
    for count in range(2, len(ids)):
        few = diff(dossier, ids[:count], as_of, basis)
        more = diff(dossier, ids[: count + 1], as_of, basis)
        assert few.keys() <= more.keys()
        for cell in few:
            better = HIGHER_IS_BETTER[few[cell]["verdict"]]
            assert HIGHER_IS_BETTER[more[cell]["verdict"]] <= better, cell


@random_dossiers
@given(dossiers(min_parties=1, max_parties=1, with_conditions=False), dates())
def test_a_party_without_conditions_conflicts_with_its_copy_only_if_it_refuses_everything(
    dossier: PlainDossier, as_of: str
) -> None:
    [(party, file)] = dossier.parties.items()
    copied = dossier._replace(
        parties={party: file, "copy": file | {"party": "copy", "name": "The copy"}}
    )
    alone = naive_comparison(dossier.agenda, dossier.parties, [party], as_of, "inferred")
    found = diff(copied, [party, "copy"], as_of)
    for cell in alone.cells:
        if cell in found and found[cell]["verdict"] == "conflict":
            assert set(alone.outcomes[cell]) == alone.named_under("refuses", party, cell)


@random_dossiers
@given(dossiers(), dates(), st.integers(0, 2**32))
def test_the_order_of_evaluation_does_not_matter(
    dossier: PlainDossier, as_of: str, seed: int
) -> None:
    shuffled = dossier._replace(
        agenda=in_another_order(dossier.agenda, random.Random(seed)),
        parties=in_another_order(dossier.parties, random.Random(seed)),
    )
    assert without_order(diff(dossier, list(dossier.parties), as_of)) == without_order(
        diff(shuffled, list(shuffled.parties), as_of)
    )


def in_another_order(value: Any, dice: random.Random) -> Any:
    """The same data with the keys of every map and the members of every list shuffled."""
    if isinstance(value, dict):
        pairs = [(key, in_another_order(member, dice)) for key, member in value.items()]
        dice.shuffle(pairs)
        return dict(pairs)
    if isinstance(value, list):
        members = [in_another_order(member, dice) for member in value]
        dice.shuffle(members)
        return members
    return value


@random_dossiers
@given(dossiers(), dates(), bases())
def test_the_report_keeps_its_schema(dossier: PlainDossier, as_of: str, basis: Basis) -> None:
    found = report(load(dossier), list(dossier.parties), as_of, basis)
    printed = json.loads(as_json(found), parse_float=Decimal)
    assert errors_by_schema("diff", printed) == []


@random_dossiers
@given(dossiers(), dates(), bases())
def test_every_reason_fits_its_verdict(dossier: PlainDossier, as_of: str, basis: Basis) -> None:
    found = report(load(dossier), list(dossier.parties), as_of, basis)
    for result in results(found, dossier.agenda).values():
        for cell in reasoned(result):
            assert cell["reason"] in REASONS[cell["verdict"]]
            if "outcomes" in cell:
                assert bool(cell["outcomes"]) == (cell["verdict"] == "overlap")


def reasoned(result: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The cells that carry a reason, and what each is without the silent parties."""
    if result.get("items"):
        assert result["reason"] is None
    for cell in result.get("items", {}).values() or [result]:
        yield cell
        if "without_silent" in cell:
            yield cell["without_silent"]


@random_dossiers
@given(dossiers(min_parties=3), dates(), bases())
def test_a_conflict_is_told_of_the_smallest_sets_of_parties_in_conflict(
    dossier: PlainDossier, as_of: str, basis: Basis
) -> None:
    ids = list(dossier.parties)
    comparison = compare(load(dossier), ids, as_of, basis)
    for cell in (cell for issue in comparison.issues for cell in issue.cells):
        if cell.verdict == "conflict":
            at_odds = cell.case.at_odds
            smallest = smallest_conflicts(comparison.common, cell.cell)
            named = {case.parties for case in at_odds.named}
            assert len(named) + sum(at_odds.more.values()) == len(smallest)
            assert named <= smallest
            assert cell.reason == at_odds.named[0].reason


def smallest_conflicts(common: Common, cell: Cell) -> set[tuple[str, ...]]:
    """The sets of parties whose evaluation finds a conflict, and in none of their parts."""
    found: set[tuple[str, ...]] = set()
    for size in range(1, len(common.parties) + 1):
        for some in combinations(common.parties, size):
            if not any(set(fewer) <= set(some) for fewer in found):
                found |= {some} if Common(common.table, some).value(cell) is Truth.FALSE else set()
    return found


RULES: list[Any] = [
    None,
    "unanimity",
    {"rule": "unanimity", "no-position": "counts-out"},
    {"rule": "consensus", "no-position": "open"},
    {"more-than": "1/2", "no-position": "counts-no"},
    {"at-least": 2, "abstention": "counts-out"},
    {"all-of": [{"more-than": "1/2", "no-position": "counts-no"}, {"at-least": 1}]},
]


@examples(60)
@given(dossiers(max_parties=4), dates(), st.data())
def test_every_verdict_can_be_told_where_some_issues_have_rules(
    plain: PlainDossier, as_of: str, data: st.DataObject
) -> None:
    rules = {issue: data.draw(st.sampled_from(RULES)) for issue in plain.agenda["issues"]}
    issues = {
        key: issue | ({"decides": rules[key]} if rules[key] else {})
        for key, issue in plain.agenda["issues"].items()
    }
    loaded = load(plain._replace(agenda={**plain.agenda, "issues": issues}))
    ids = list(plain.parties)
    assert rendered(diff_document(compare(loaded, ids, as_of)))
    for issue in loaded.issues.values():
        assert explain_report(compare(loaded, ids, as_of, issues={issue.id}))


def test_a_conflict_is_told_on_an_issue_that_hangs_on_a_vote(tmp_path: Path) -> None:
    agenda = {
        "fish": {"options": ["x", "y"]},
        "rate": {
            "kind": "quantity",
            "unit": "km",
            "decides": {"rule": "unanimity", "no-position": "counts-out"},
        },
    }
    parties = {
        "ann": {"fish": {"demands": "y"}},
        "bo": {"rate": {"accepts": [{"outcome": 2, "subject-to": "a ballot"}]}},
        "cy": {"fish": {"refuses": "y"}},
        "dee": {
            "fish": {"accepts": [{"outcome": "x", "if": {"rate": {"min": 1}}}]},
            "rate": {"accepts": {"min": 1}},
        },
    }
    dossier = short_dossier(tmp_path, agenda, parties)
    assert explain_report(compare(dossier, [*parties], "2026", issues={"fish"}))
