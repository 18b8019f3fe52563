"""A case in shorthand as a whole dossier, and what it must say in the evaluator's form.

A case has the form of those of `comparison/cases`, and besides: `statements`, which every party
has; `files`, what a party's file says beside its positions; and `proposals`, as text → issue →
outcome. An expectation is of parties, and where it matters of a basis and a day:
`ann bo @ stated on 2025-03-14`. Of a cell it has the verdict with its reason, and of some
`apart`, the distance of each pair, or `at_odds`, by reason the sets that a conflict is between.
"""

from __future__ import annotations

from typing import Any, NamedTuple, cast

from tests.support import EVIDENCE, full_issue, titled

from .dossiers import Basis, PlainDossier
from .product import range_of
from .record import as_list

DAY = "2025-03-14"


class Question(NamedTuple):
    parties: list[str]
    basis: Basis
    as_of: str


def question(written: str, case: dict[str, Any]) -> Question:
    compared, _, day = written.partition(" on ")
    parties, _, basis = compared.partition(" @ ")
    return Question(
        parties.split(), cast(Basis, basis or "inferred"), day or str(case.get("as-of", DAY))
    )


def dossier_of(case: dict[str, Any]) -> PlainDossier:
    agenda = {
        "title": "A test",
        "groups": {"all-issues": "All issues"},
        "issues": {key: full_issue(key, issue) for key, issue in case["agenda"].items()},
    }
    statements = {
        f"{EVIDENCE}{suffix}": {"basis": basis}
        for suffix, basis in (("", "stated"), ("-reportedly", "reported"), ("-maybe", "inferred"))
    } | case.get("statements", {})
    files = case.get("files", {})
    parties = {
        key: party_file(key, positions, statements, files.get(key, {}))
        for key, positions in case["parties"].items()
    }
    proposals = {key: text_file(key, terms) for key, terms in case.get("proposals", {}).items()}
    return PlainDossier(agenda, sources_of(case), parties, proposals)


def sources_of(case: dict[str, Any]) -> dict[str, Any]:
    days = {"paper": "2020-01-01", "archive": "2025-12-31", **case.get("sources", {})}
    described = {"title": "A paper", "publisher": "A publisher", "status": "official"}
    return {"sources": {key: {**described, "date": day} for key, day in days.items()}}


def party_file(
    identifier: str, positions: dict[str, Any], statements: dict[str, Any], more: dict[str, Any]
) -> dict[str, Any]:
    usual = {"since": "2025", "evidence": [EVIDENCE]}
    full = {
        issue: [{**usual, **entry} for entry in as_list(entries)]
        for issue, entries in positions.items()
    }
    answers = {
        text: [{**usual, **one} for one in as_list(given)]
        for text, given in more.get("answers", {}).items()
    }
    offers = {
        offer: {"title": titled(offer), **described}
        for offer, described in more.get("offers", {}).items()
    }
    return {
        "party": identifier,
        "name": titled(identifier),
        "statements": {key: full_statement(one) for key, one in statements.items()},
        "positions": full,
        **more,
        **({"answers": answers} if answers else {}),
        **({"offers": offers} if offers else {}),
    }


def full_statement(short: dict[str, Any]) -> dict[str, Any]:
    source = "archive" if "said" in short else "paper"
    return {"source": source, "basis": "stated", "summary": "It is said.", **short}


def text_file(identifier: str, terms: dict[str, Any]) -> dict[str, Any]:
    return {
        "proposal": identifier,
        "title": titled(identifier),
        "date": "2024-06-01",
        "source": "paper",
        "status": "bracketed" if "bracketed" in str(terms) else "official",
        "terms": {
            issue: {"outcome": outcome, "summary": "So it says."}
            for issue, outcome in terms.items()
        },
    }


def cells_of(results: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The issues of a result by id, and the items of each as `issue.item`."""
    cells = dict(results)
    for issue, result in results.items():
        cells |= {f"{issue}.{item}": cell for item, cell in result.get("items", {}).items()}
    return cells


def expected_cells(expected: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        name: wanted if isinstance(wanted, dict) else {"verdict": wanted}
        for name, wanted in expected.items()
        if name not in {"summary", "shown"}
    }


def says(cell: dict[str, Any]) -> str:
    return f"{cell['verdict']} {cell['reason'] or ''}".strip()


def differences(
    agenda: dict[str, Any],
    results: dict[str, dict[str, Any]],
    expected: dict[str, Any],
) -> list[str]:
    """Where a result is not as a case expects."""
    cells = cells_of(results)
    wrong: list[str] = []
    if "shown" in expected and list(results) != expected["shown"]:
        wrong.append(f"shown: {list(results)} instead of {expected['shown']}")
    for name, wanted in expected_cells(expected).items():
        cell = cells[name]
        issue = agenda["issues"][name.partition(".")[0]]
        if says(cell) != wanted["verdict"]:
            wrong.append(f"{name}: {says(cell)} instead of {wanted['verdict']}")
        wrong += [
            f"{name}: {key} is {cell.get(key)} instead of {wanted[key]}"
            for key in wanted.keys() - {"verdict"}
            if cell.get(key) != in_that_form(key, wanted[key], issue)
        ]
    return wrong


def in_that_form(key: str, wanted: Any, issue: dict[str, Any]) -> Any:
    if key == "outcomes" and issue["kind"] == "quantity":
        return [range_of(outcome, issue) for outcome in wanted]
    if key == "at_odds":
        sets = [{"parties": ids, "reason": why} for why, some in wanted.items() for ids in some]
        return {"least": min(len(one["parties"]) for one in sets), "sets": sets, "more": 0}
    return [tuple(one) for one in wanted] if key == "apart" else wanted
