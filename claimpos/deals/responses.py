"""How a party responds to one outcome of a text that settles many cells at once.

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
"""Accepts; no answer; excluded by a demand; red line."""

RESPONSES: tuple[Response, ...] = get_args(Response)


def response_to(stance: Stance, outcome: int, condition: Truth) -> Response:
    """How a stance responds to one outcome; `condition` is the best of its conditions."""
    if outcome & stance.yes:
        return "yes"
    if outcome & stance.conditional and condition is not Truth.FALSE:
        return "yes" if condition is Truth.TRUE else "unsaid"
    if outcome & stance.refuses:
        return "crosses"
    return "gives" if outcome & (stance.no | stance.conditional) else "unsaid"


def response_in(stance: Stance, outcome: int, text: Mapping[Cell, int]) -> Response:
    """How a stance responds to one outcome of a text with these outcomes in its cells."""
    conditions = [value_in(clause, text) for clause in stance.conditions_for(outcome)]
    return response_to(stance, outcome, max(conditions, default=Truth.FALSE))


def responses_in(stance: Stance, outcomes: int, text: Mapping[Cell, int]) -> set[Response]:
    """How a stance responds to some outcomes of a cell of the text, taken together.

    The same as `response_in` of one after the other, which would look at every condition for
    each value of a quantity.
    """
    met = undecided = 0
    for clause in stance.conditions_for(outcomes):
        value = value_in(clause, text)
        met |= clause.mask if value is Truth.TRUE else 0
        undecided |= clause.mask if value is Truth.UNKNOWN else 0
    conditional = outcomes & stance.conditional & ~stance.yes
    yes = (outcomes & stance.yes) | (conditional & met)
    waiting = conditional & undecided & ~met
    left = outcomes & ~yes & ~waiting
    crosses = left & stance.refuses
    gives = left & ~crosses & (stance.no | stance.conditional)
    unsaid = waiting | (left & ~crosses & ~gives)
    said: tuple[tuple[Response, int], ...] = (
        ("yes", yes),
        ("unsaid", unsaid),
        ("gives", gives),
        ("crosses", crosses),
    )
    return {response for response, mask in said if mask}


def value_in(clause: Clause, text: Mapping[Cell, int]) -> Truth:
    """Whether a text meets a condition; unknown if the text leaves it open."""
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
