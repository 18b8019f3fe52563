"""What a party says to one outcome of a text that settles many cells at once.

In a comparison a condition asks whether the parties could meet it. A text says outright what
will be, so here a condition is held against the text alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from claimpos.comparison.acceptance import Clause, Stance
from claimpos.comparison.truth import Truth
from claimpos.dossier.model import Cell

Response = Literal["yes", "unsaid", "gives", "crosses"]
"""A yes; not yet said; no, a demand would be given up; no, a red line would be crossed."""

RESPONSES: tuple[Response, ...] = get_args(Response)


def response_to(stance: Stance, outcome: int, condition: Truth) -> Response:
    """What a stance says to one outcome; `condition` is the best of its conditions for it."""
    if outcome & stance.yes:
        return "yes"
    if outcome & stance.conditional and condition is not Truth.FALSE:
        return "yes" if condition is Truth.TRUE else "unsaid"
    if outcome & stance.refuses:
        return "crosses"
    return "gives" if outcome & (stance.no | stance.conditional) else "unsaid"


def response_in(stance: Stance, outcome: int, text: Mapping[Cell, int]) -> Response:
    """What a stance says to one outcome of a text that has these outcomes in its cells."""
    conditions = [value_in(clause, text) for clause in stance.conditions_for(outcome)]
    return response_to(stance, outcome, max(conditions, default=Truth.FALSE))


def value_in(clause: Clause, text: Mapping[Cell, int]) -> Truth:
    """Whether a condition is met by a text: unknown where the text leaves it open."""
    value = Truth.UNKNOWN if clause.subject_to else Truth.TRUE
    for cell, required in clause.requires:
        value = min(value, required_in(text, cell, required))
    return value


def required_in(text: Mapping[Cell, int], cell: Cell, required: int) -> Truth:
    """Whether a text has one of the required outcomes in a cell."""
    settled = text.get(cell)
    if settled is None:
        return Truth.UNKNOWN
    if not settled & required:
        return Truth.FALSE
    return Truth.UNKNOWN if settled & ~required else Truth.TRUE
