"""The package's own answer for a plain dossier, in the form of the naive evaluator."""

from __future__ import annotations

import math
from collections.abc import Collection
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from claimpos import compare, load_dossier
from claimpos.dossier.model import Dossier
from claimpos.errors import ClaimposError, InvalidDossier
from claimpos.rendering.diff_report import diff_report

from .dossiers import FEATURES, SOURCES, Basis, Feature, PlainDossier, source, write_dossier
from .naive import RULES, Number, Range, naive_diff, naive_summary, plain

WEAK_PRICE = {
    "demands": 3,
    "accepts": [{"outcome": 3, "subject-to": "a vote"}],
    "evidence": {"demands": ["said"], "accepts": ["hint"]},
}
COMPARED = ("verdict", "reason", "outcomes", "gap", "without_silent")


def load(plain_dossier: PlainDossier) -> Dossier:
    with TemporaryDirectory() as folder:
        write_dossier(Path(folder), *plain_dossier)
        return load_dossier(Path(folder))


def report(dossier: Dossier, ids: list[str], as_of: str, basis: Basis) -> dict[str, Any]:
    return diff_report(compare(dossier, ids, as_of=as_of, basis=basis))


def results(report: dict[str, Any], agenda: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The report's issues as the naive evaluator gives them: id → verdict, reason, …"""
    return {
        issue["id"]: issue_result(issue, agenda["issues"][issue["id"]])
        for issue in report["issues"]
    }


def issue_result(issue: dict[str, Any], described: dict[str, Any]) -> dict[str, Any]:
    result = cell_result(issue)
    if "items" in issue:
        result["items"] = {item["id"]: cell_result(item) for item in issue["items"]}
    if described["kind"] == "quantity":
        result["outcomes"] = [range_of(outcome, described) for outcome in issue["outcomes"]]
    return result


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
    lacking: Collection[str],
) -> tuple[Any, Any] | None:
    """What the evaluator expects and what the package says instead, cell by cell; or None."""
    agenda, sources, parties, proposals = dossier
    expected = naive_diff(agenda, parties, ids, as_of, basis, sources, proposals, lacking)
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
    if "silent" not in found["summary"]:
        del counts["silent"]
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


# What the package knows already


@cache
def lacking() -> frozenset[str]:
    """The features and rules of the second edition that the package does not have as yet."""
    features = {feature for feature in FEATURES if not knows(feature)}
    missing = frozenset({*features, *(rule for rule in RULES if not follows(rule))})
    summary = report(load(smallest_dossier("days")), ["ann", "bo"], "2025", "inferred")["summary"]
    return missing if "silent" in summary else missing | {"silent-count"}


def knows(feature: Feature) -> bool:
    """Can the package read a dossier with the feature; of `days`, does it heed them?"""
    try:
        loaded = load(smallest_dossier(feature))
    except InvalidDossier:
        return False
    if feature == "days":
        issue = report(loaded, ["ann", "bo"], "2025-03-14", "inferred")["issues"][0]
        return bool(issue["reason"] == "silent")
    return True


def follows(rule: str) -> bool:
    entries: dict[str, list[Any]] = {
        "apart": [{"proposes": 3}, {"proposes": 5}],
        "smallest-sets": [{"demands": [3, 4]}, {"refuses": 3}, {"demands": 5}],
        "weak-price": [WEAK_PRICE, {"demands": 3}],
    }
    reasons = {
        "apart": "apart",
        "smallest-sets": "rival-demands",
        "weak-price": "condition-pending",
    }
    files = {
        party: party_with({"since": "2025", "evidence": ["said"], **entry})
        for party, entry in zip(["ann", "bo", "cy"], entries[rule], strict=False)
    }
    sources = {"sources": SOURCES["sources"] | {"late-paper": source("2025-06-01")}}
    named = {party: {"party": party, "name": party, **file} for party, file in files.items()}
    try:
        loaded = load(PlainDossier(agenda_of_one(), sources, named))
    except InvalidDossier:
        return False
    issue = report(loaded, list(files), "2025-03-14", "reported")["issues"][0]
    return bool(issue["reason"] == reasons[rule])


def agenda_of_one() -> dict[str, Any]:
    issue = {"title": "P", "question": "What?", "group": "g", "kind": "quantity", "unit": "km"}
    return {"title": "A dossier", "groups": {"g": "Group"}, "issues": {"p": issue}}


def party_with(*entries: dict[str, Any], **keys: Any) -> dict[str, Any]:
    said = {"source": "paper", "basis": "stated", "summary": "Said so."}
    late = {"source": "late-paper", "basis": "stated", "summary": "Said so later."}
    hint = {"source": "paper", "basis": "inferred", "summary": "Hinted so."}
    positions = {"p": list(entries)} if entries else {}
    statements = {"said": said, "later": late, "hint": hint}
    return {"statements": statements, "positions": positions, **keys}


def smallest_dossier(feature: Feature) -> PlainDossier:
    entry: dict[str, Any] = {"since": "2025", "demands": 3, "evidence": ["said"]}
    parties = {"ann": party_with(entry), "bo": party_with(entry)}
    outcome: Any = 3
    match feature:
        case "days":
            parties["bo"] = party_with({**entry, "evidence": ["later"]})
        case "verbs":
            by_verb = {**entry, "evidence": {"demands": ["said"]}, "context": ["later"]}
            parties["bo"] = party_with(by_verb)
        case "offers":
            offers = {"o": {"title": "Offer", "until": "2026"}}
            parties["bo"] = party_with({**entry, "offer": "o"}, offers=offers)
        case "answers" | "brackets":
            accepted = {"since": "2025", "says": "accepts", "evidence": ["said"]}
            parties["bo"] = party_with(answers={"text": [accepted]})
            if feature == "brackets":
                outcome = {"bracketed": [3, "none"]}
        case "groups":
            parties["bo"] |= {"members": ["ann"], "speaks-for-members": True}
    text = {
        "proposal": "text",
        "title": "A text",
        "date": "2025",
        "source": "paper",
        "status": "bracketed" if feature == "brackets" else "official",
        "terms": {"p": {"outcome": outcome, "summary": "So it says."}},
    }
    sources = {"sources": SOURCES["sources"] | {"late-paper": source("2025-06-01")}}
    named = {party: {"party": party, "name": party, **file} for party, file in parties.items()}
    return PlainDossier(agenda_of_one(), sources, named, {"text": text})
