"""The least-concession packages as a proposal's file, which `claimpos assess` reads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from claimpos.deals.search import Deals, Packages
from claimpos.dossier.model import Cell
from claimpos.rendering.data import json_text
from claimpos.rendering.diff_report import outcomes_report
from claimpos.wording.names import Words, written_day

_SUMMARY = "In the least-concession packages."
_ANY = "In the least-concession packages, any of these outcomes."


def package_text(deals: Deals, packages: Packages, identifier: str) -> str:
    """The file, in YAML: a free cell with all its outcomes, of combinations the first."""
    names = Words(deals.problem.table.dossier).parties(deals.parties)
    header = {
        "proposal": identifier,
        "title": f"Package for {names}",
        "date": deals.day.isoformat(),
        "status": "package",
        "note": _note(deals, packages),
    }
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in header.items()]
    lines.append("terms:")
    for issue, term in _terms(deals, packages).items():
        outcome = json_text(term).strip()
        several = _ANY if "[" in outcome else _SUMMARY
        lines += [
            f"  {issue}:",
            f"    outcome: {' '.join(outcome.split())}",
            f"    summary: {several}",
        ]
    return "\n".join(lines) + "\n"


def _note(deals: Deals, packages: Packages) -> str:
    day = written_day(deals.day)
    note = f"Put forward by no party: found by claimpos deals among positions as of {day}."
    if packages.linked:
        note += " Of linked outcomes, the first combination is taken."
    if not deals.proved:
        note += " Time ran out; other packages may need smaller concessions."
    return note


def _terms(deals: Deals, packages: Packages) -> Mapping[str, Any]:
    """The outcome of each issue, by item where it has items; what may be anything is left out."""
    taken = packages.first()
    terms: dict[str, Any] = {}
    for cell in deals.problem.domains:
        mask = sum(packages.free[cell]) if cell in packages.free else taken[cell]
        space = deals.problem.table.space(cell)
        outcome = outcomes_report(space.outcomes(mask))
        if outcome != {}:
            _put(terms, cell, outcome)
    return terms


def _put(terms: dict[str, Any], cell: Cell, outcome: Any) -> None:
    if cell.item is None:
        terms[cell.issue] = outcome
    else:
        terms.setdefault(cell.issue, {})[cell.item] = outcome
