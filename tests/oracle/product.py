"""The package's own answer for a plain dossier, in the form of the naive evaluator."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from claimpos import compare
from claimpos.comparison.table import PositionTable
from claimpos.comparison.verdicts import Comparison, compare_table
from claimpos.dossier.dates import day_of
from claimpos.dossier.evidence import known_by
from claimpos.dossier.model import Dossier
from claimpos.errors import ClaimposError
from claimpos.rendering.diff_report import diff_report
from claimpos.validation.gate import read_dossier

from .dossiers import Basis, PlainDossier, files_of
from .naive import Number, Range, naive_diff, naive_summary, plain

COMPARED = (
    "verdict",
    "reason",
    "outcomes",
    "gap",
    "without_silent",
    "one_voice",
    "at_odds",
    "apart",
    "meet_without",
)


def load(plain_dossier: PlainDossier) -> Dossier:
    """The dossier, read without a folder: nothing is written, and nothing kept for a next time."""
    files = files_of(plain_dossier)
    return read_dossier(Path(), {name: text.encode() for name, text in files.items()})


def compare_all(
    dossier: Dossier, ids: list[str], as_of: str | None = None, basis: Basis = "inferred"
) -> Comparison:
    """The comparison on all issues, also on those on which a group speaks for its member."""
    day = day_of(as_of, dossier.closed)
    table = PositionTable(known_by(dossier, day), ids, day, basis)
    return compare_table(table, [*dossier.issues])


def report(dossier: Dossier, ids: list[str], as_of: str, basis: Basis) -> dict[str, Any]:
    return diff_report(compare(dossier, ids, as_of=as_of, basis=basis))


def results(report: dict[str, Any], agenda: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The report's issues as the naive evaluator gives them: id → verdict, reason, …"""
    return {
        issue["id"]: issue_result(issue, agenda["issues"][issue["id"]], report["parties"])
        for issue in report["issues"]
    }


def issue_result(
    issue: dict[str, Any], described: dict[str, Any], parties: list[str]
) -> dict[str, Any]:
    result = cell_result(issue)
    if "items" in issue:
        result["items"] = {item["id"]: cell_result(item) for item in issue["items"]}
    if described["kind"] == "quantity":
        result["outcomes"] = [range_of(outcome, described) for outcome in issue["outcomes"]]
        result["apart"] = distances_of(issue, parties)
    return result


def distances_of(issue: dict[str, Any], parties: list[str]) -> list[tuple[str, str, Number]]:
    """The pairs in the evaluator's order, if those farthest apart come first in the report."""
    pairs = [
        (*sorted(one["parties"], key=parties.index), one["distance"]) for one in issue["apart"]
    ]
    distances = [distance for _, _, distance in pairs]
    assert distances == sorted(distances, reverse=True)
    return sorted(pairs, key=lambda one: (-one[2], parties.index(one[0]), parties.index(one[1])))


def cell_result(cell: dict[str, Any]) -> dict[str, Any]:
    return {key: cell[key] for key in COMPARED if key in cell}


def range_of(outcome: Any, issue: dict[str, Any]) -> Range:
    """A range in the evaluator's form: no wider than the issue, whole ends for whole numbers."""
    ends = outcome if isinstance(outcome, dict) else {"min": outcome, "max": outcome}
    lows = [(Fraction(ends[end]), end == "above") for end in ("min", "above") if end in ends]
    highs = [(Fraction(ends[end]), end == "below") for end in ("max", "below") if end in ends]
    if "minimum" in issue:
        lows.append((Fraction(issue["minimum"]), False))
    if "maximum" in issue:
        highs.append((Fraction(issue["maximum"]), False))
    left: tuple[str, Number | None] = ("(", None)
    right: tuple[Number | None, str] = (None, ")")
    if lows:
        low, open_end = max(lows)
        if issue.get("integer", False):
            low, open_end = Fraction(math.floor(low) + 1 if open_end else math.ceil(low)), False
        left = ("(" if open_end else "[", plain(low))
    if highs:
        high, open_end = min(highs, key=lambda end: (end[0], not end[1]))
        if issue.get("integer", False):
            high, open_end = Fraction(math.ceil(high) - 1 if open_end else math.floor(high)), False
        right = (plain(high), ")" if open_end else "]")
    return (*left, *right)


def is_exact(report: Any) -> bool:
    """No binary floating point anywhere in a report."""
    if isinstance(report, dict):
        return all(is_exact(value) for value in report.values())
    if isinstance(report, list):
        return all(is_exact(value) for value in report)
    return report is None or isinstance(report, str | bool | int | Decimal)


# Against the evaluator


def disagreement(
    dossier: PlainDossier,
    loaded: Dossier,
    ids: list[str],
    as_of: str,
    basis: Basis,
) -> tuple[Any, Any] | None:
    """What the evaluator expects and what the package says instead, cell by cell; or None."""
    agenda, sources, parties, proposals = dossier
    expected = naive_diff(agenda, parties, ids, as_of, basis, sources, proposals)
    if not expected:
        try:
            found = report(loaded, ids, as_of, basis)
        except ClaimposError:
            return None
        return "no comparison of a group with a member that has said nothing itself", found
    found = report(loaded, ids, as_of, basis)
    said, wanted = by_cell(results(found, agenda)), by_cell(expected)
    differ = [cell for cell in {**wanted, **said} if wanted.get(cell) != said.get(cell)]
    if differ:
        return {c: wanted.get(c) for c in differ}, {c: said.get(c) for c in differ}
    counts = naive_summary(expected)
    if counts != found["summary"]:
        return counts, found["summary"]
    return None if is_exact(found) else ("exact numbers", found)


def by_cell(results: dict[str, dict[str, Any]]) -> dict[str, Any]:
    cells: dict[str, Any] = {}
    for issue, result in results.items():
        parts = {"": result, **{f".{item}": cell for item, cell in result.get("items", {}).items()}}
        for suffix, cell in parts.items():
            cells[f"{issue}{suffix}"] = {key: cell[key] for key in COMPARED if key in cell}
    return cells
