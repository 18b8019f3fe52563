"""The least-concession packages as a proposal's file, which `claimpos assess` reads."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any

from claimpos.deals.packages import Packages
from claimpos.deals.search import Deals
from claimpos.dossier.model import Cell
from claimpos.dossier.outcomes import Number, QuantitySpace, middle
from claimpos.rendering.diff_report import outcomes_report
from claimpos.rendering.saved_proposal import proposal_file, put_outcome
from claimpos.wording.names import Words, written_day

_SUMMARY = "In the least-concession packages."
_HALF_WAY = "In the least-concession packages a range; half way, by arithmetic."
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
    halved = _halved(deals, packages)
    terms = {
        issue: (
            outcome,
            _HALF_WAY if Cell(issue) in halved else _ANY if _has_several(outcome) else _SUMMARY,
        )
        for issue, outcome in _terms(deals, packages, halved).items()
    }
    return proposal_file(header, terms)


def _has_several(outcome: Any) -> bool:
    """Whether several outcomes are listed, on the issue or on one of its items."""
    held = outcome.values() if isinstance(outcome, dict) else [outcome]
    return any(isinstance(one, list) for one in held)


def _note(deals: Deals, packages: Packages) -> str:
    day = written_day(deals.day)
    note = f"Put forward by no party: found by claimpos deals among positions as of {day}."
    if packages.linked:
        note += " Of linked outcomes, the first combination is taken."
    if not deals.proved:
        note += " Time ran out; other packages may need smaller concessions."
    return note


def _halved(deals: Deals, packages: Packages) -> dict[Cell, Number]:
    """The middle of each open stretch between the nearest figures that parties have accepted."""
    middles = {}
    for cell, mask in packages.first().items():
        space = deals.problem.table.space(cell)
        if not isinstance(space, QuantitySpace) or cell in packages.free:
            continue
        (stretch,) = space.outcomes(mask)
        if not stretch.is_point and _is_between(deals, cell, mask):
            middles[cell] = middle(stretch, space.integer)
    return middles


def _is_between(deals: Deals, cell: Cell, mask: int) -> bool:
    """Whether values lie between the nearest ones that two parties have said yes to."""
    stances = [deals.problem.table.stance(party, cell) for party in deals.parties]
    everybody = reduce(or_, (stance.yes for stance in stances))
    below, above = everybody & (mask & -mask) - 1, everybody & -(1 << mask.bit_length())
    if everybody & mask or not below or not above:
        return False
    ends = 1 << below.bit_length() - 1, above & -above
    reaching = [[bool(stance.yes & end) for stance in stances] for end in ends]
    return reaching[0] != reaching[1] or sum(reaching[0]) > 1


def _terms(deals: Deals, packages: Packages, halved: Mapping[Cell, Number]) -> Mapping[str, Any]:
    """The outcome of each issue, by item where it has items; what may be anything is left out."""
    taken = packages.first()
    terms: dict[str, Any] = {}
    for cell in deals.problem.domains:
        mask = sum(packages.free[cell]) if cell in packages.free else taken[cell]
        space = deals.problem.table.space(cell)
        outcome = halved.get(cell, outcomes_report(space.outcomes(mask)))
        if outcome != {}:
            put_outcome(terms, cell, outcome)
    return terms
