"""Mirrored positions give a mirrored set of balanced patterns, with points asked for or without."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from hypothesis import event, given, note
from hypothesis import strategies as st

from claimpos.comparison.table import PositionTable
from claimpos.deals.balance import balanced
from claimpos.deals.clock import Clock
from claimpos.deals.problem import problem_of
from claimpos.dossier.dates import day_of
from claimpos.dossier.model import Cell
from tests.conftest import examples
from tests.deals.random_dossiers import DAY, add_points, dice, is_conditional, negotiations
from tests.oracle.compare import files_in_short
from tests.oracle.dossiers import PlainDossier
from tests.oracle.product import load
from tests.oracle.record import as_list


def mirrored_party(name: str, party: dict[str, Any], issues: dict[str, Any]) -> dict[str, Any]:
    """A party that says of each outcome what the other one says of its mirror image."""
    positions = {
        issue: [mirrored_entry(entry, issue, issues) for entry in entries]
        for issue, entries in party["positions"].items()
    }
    found = {**party, "party": name, "name": name, "positions": positions}
    if "worth" in party:
        scales = party["worth"]["issues"]
        own = {issue: mirrored_scale(one, issues[issue]) for issue, one in scales.items()}
        found["worth"] = {**party["worth"], "issues": own}
    return found


def mirrored_entry(entry: dict[str, Any], issue: str, issues: dict[str, Any]) -> dict[str, Any]:
    found = dict(entry)
    for verb in {"demands", "proposes", "refuses"} & entry.keys():
        found[verb] = mirrored(entry[verb], issues[issue])
    if "accepts" in entry:
        members = [mirrored_member(one, issue, issues) for one in as_list(entry["accepts"])]
        found["accepts"] = members
    return found


def mirrored_member(member: Any, issue: str, issues: dict[str, Any]) -> Any:
    if not is_conditional(member):
        return mirrored(member, issues[issue])
    found = {**member, "outcome": mirrored(member["outcome"], issues[issue])}
    if "if" in member:
        found["if"] = {one: mirrored(spec, issues[one]) for one, spec in member["if"].items()}
    return found


def mirrored(spec: Any, issue: dict[str, Any]) -> Any:
    """An outcome with its options in the reverse order, and its figures below zero."""
    if isinstance(spec, list):
        return [mirrored(one, issue) for one in spec]
    if isinstance(spec, str):
        options = [*issue["options"]]
        return options[-1 - options.index(spec)]
    if not isinstance(spec, dict):
        return -spec
    if issue["kind"] == "items":
        return {item: mirrored(one, {**issue, "kind": "choice"}) for item, one in spec.items()}
    other = {"min": "max", "max": "min", "above": "below", "below": "above"}
    return {other[end]: -figure for end, figure in spec.items()}


def mirrored_scale(scale: dict[Any, Any], issue: dict[str, Any]) -> dict[Any, Any]:
    if issue["kind"] == "items":
        one_item = {**issue, "kind": "choice"}
        return {item: mirrored_scale(one, one_item) for item, one in scale.items()}
    return {mirrored(outcome, issue): points for outcome, points in scale.items()}


@st.composite
def mirror_images(draw: st.DrawFn) -> PlainDossier:
    """Two parties that say the same of mirrored outcomes, and perhaps a third that says nothing.

    With the third, two of the three are enough to reject what is worth too little.
    """
    plain = draw(negotiations(2, 2, features=["days", "verbs", "offers"]))
    issues = copy.deepcopy(plain.agenda["issues"])
    for issue in issues.values():
        for bound in {"minimum", "maximum"} & issue.keys():
            del issue[bound]
    plain = plain._replace(agenda={**plain.agenda, "issues": issues})
    if draw(st.booleans()):
        plain = add_points(plain, dice(draw))
    ann = plain.parties["ann"]
    parties = {"ann": ann, "bo": mirrored_party("bo", ann, issues)}
    if draw(st.booleans()):
        kept = {"statements": ann["statements"], "positions": {}}
        parties["cy"] = {"party": "cy", "name": "The party cy", **kept}
        for issue in issues.values():
            issue["decides"] = {"at-least": 2}
    return plain._replace(parties=parties)


def images(cell: Cell, outcomes: Sequence[Any], plain: PlainDossier) -> set[Any]:
    """The mirror images of outcomes; of ranges, as their ends."""
    issue = plain.agenda["issues"][cell.issue]
    return {
        mirrored(one, issue)
        if isinstance(one, str)
        else (negative(one[1]), negative(one[0]), one[3], one[2])
        for one in outcomes
    }


def negative(figure: Any) -> Any:
    return None if figure is None else -figure


@examples(40, thorough=1500)
@given(mirror_images())
def test_mirrored_positions_give_a_mirrored_set_of_patterns(plain: PlainDossier) -> None:
    note(files_in_short(plain))
    table = PositionTable(load(plain), [*plain.parties], day_of(DAY))
    problem = problem_of(table, {})
    even = balanced(problem, Clock(None))
    swap = {"ann": "bo", "bo": "ann", "cy": "cy"}
    conceded = {(one.party, one.point.cells, one.always) for one in even.concessions}
    assert {(swap[party], cells, always) for party, cells, always in conceded} == conceded
    for counts in (even.totals, even.red_lines):
        assert {swap[party]: one for party, one in counts.items()} == counts
    for cell, mask in even.shared.items():
        outcomes = table.space(cell).outcomes(mask)
        assert images(cell, outcomes, plain) == {
            one if isinstance(one, str) else tuple(one) for one in outcomes
        }
    event(f"patterns: {'several' if even.patterns > 1 else even.patterns}")
    event(f"somebody gives: {bool(even.concessions)}")
    event(f"some package is worth too little: {problem.thresholds is not None}")
    event(f"three parties: {'cy' in plain.parties}")
