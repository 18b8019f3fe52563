"""How a party responds to one outcome of a text that settles many cells at once.

In a comparison a condition asks whether the parties could meet it. A text says outright what
will be, so here a condition is held against the text alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Literal, get_args

from claimpos.comparison.acceptance import Clause, Stance
from claimpos.comparison.table import PositionTable
from claimpos.comparison.truth import Truth
from claimpos.dossier.model import Cell
from claimpos.dossier.outcomes import QuantitySpace

Response = Literal["yes", "unsaid", "beyond", "gives", "crosses"]
"""Accepts; no answer; beyond what it has offered, towards another's yes; excluded by a demand; red
line.
"""

RESPONSES: tuple[Response, ...] = get_args(Response)


def beyond_offers(table: PositionTable, cell: Cell) -> dict[str, int]:
    """Of a quantity, the values beyond what each party has offered, towards others.

    A party offers what it has said yes to, without conditions and without a demand here. A value
    lies beyond if it is above all of that, and another party has said yes above it too; or below.
    """
    if not isinstance(table.space(cell), QuantitySpace):
        return {}
    stances = {party: table.stance(party, cell) for party in table.parties}
    everybody = reduce(or_, (stance.yes for stance in stances.values()), 0)
    full = table.space(cell).full
    beyond = {}
    for party, stance in stances.items():
        if stance.yes and not stance.demands:
            lowest = stance.yes & -stance.yes
            below, above = lowest - 1, full & -(1 << stance.yes.bit_length())
            outside = (below if everybody & below else 0) | (above if everybody & above else 0)
            beyond[party] = outside & full
    return beyond


def response_to(stance: Stance, outcome: int, condition: Truth, beyond: int = 0) -> Response:
    """How a stance responds to one outcome; `condition` is the best of its conditions for it.

    `beyond` are the outcomes beyond what the party has offered.
    """
    if outcome & stance.yes:
        return "yes"
    if outcome & stance.conditional and condition is not Truth.FALSE:
        return "yes" if condition is Truth.TRUE else "unsaid"
    if outcome & stance.refuses:
        return "crosses"
    if outcome & (stance.no | stance.conditional):
        return "gives"
    return "beyond" if outcome & beyond else "unsaid"


def response_in(
    stance: Stance, outcome: int, text: Mapping[Cell, int], beyond: int = 0
) -> Response:
    """How a stance responds to one outcome of a text that has these outcomes in its cells."""
    conditions = [value_in(clause, text) for clause in stance.conditions_for(outcome)]
    return response_to(stance, outcome, max(conditions, default=Truth.FALSE), beyond)


def responses_in(
    stance: Stance, outcomes: int, text: Mapping[Cell, int], beyond: int = 0
) -> dict[Response, int]:
    """How a stance responds to some outcomes of a cell of the text: to which of them how.

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
    red_line = left & stance.refuses
    excluded = left & ~red_line & (stance.no | stance.conditional)
    left &= ~(red_line | excluded)
    said: tuple[tuple[Response, int], ...] = (
        ("yes", yes),
        ("unsaid", waiting | (left & ~beyond)),
        ("beyond", left & beyond),
        ("gives", excluded),
        ("crosses", red_line),
    )
    return {response: mask for response, mask in said if mask}


def value_in(clause: Clause, text: Mapping[Cell, int]) -> Truth:
    """Whether a text meets a condition; unknown if the text leaves it open."""
    value = Truth.UNKNOWN if clause.is_open else Truth.TRUE
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
