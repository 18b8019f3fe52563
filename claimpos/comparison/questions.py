"""Questions whose answers would change verdicts, and the order in which to put them.

Each asks one party, or two together, about one point: a cell, or the sub-issues of an issue on
which every party says the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from claimpos.comparison.reasons import Verdict
from claimpos.comparison.verdicts import Comparison
from claimpos.dossier.model import Cell
from claimpos.records import NamedTuple

Form = Literal["accepts", "condition", "holds"]
"""What is asked: whether a party accepts outcomes; whether its condition for them can be met or
dropped; whether its position still holds.
"""

Gap = Literal[
    "no-position",
    "left-open",
    "dropped-rejection",
    "offer-without-limit",
    "no-answer",
    "condition-pending",
    "inferred",
    "old",
]
"""Why the answer is not known, the first that applies."""

Decides = Literal["both", "yes", "no"]
"""Which answers change the verdict on the point."""

_RANK: dict[Decides, int] = {"both": 0, "yes": 1, "no": 2}


class Effect(NamedTuple):
    """What an answer leads to: the verdict on the point, and other cells with their new ones."""

    verdict: Verdict
    others: Mapping[Cell, Verdict]


class Question(NamedTuple):
    """One question to one party or to two, on the `cells` of one point.

    `outcomes` are those that it is about, none if it asks whether a position holds. `gaps` has one
    for each party asked. `confirmed` is the day on which the oldest position of those asked was
    last confirmed; None if one of them has none. `either` says that of two parties asked, a no
    from one has the same effect as a no from both.
    """

    form: Form
    cells: tuple[Cell, ...]
    asked: tuple[str, ...]
    outcomes: int
    gaps: tuple[Gap, ...]
    verdict: Verdict
    yes: Effect
    no: Effect
    confirmed: date | None
    either: bool = False

    @property
    def decides(self) -> Decides:
        if self.yes.verdict == self.verdict:
            return "no"
        return "yes" if self.no.verdict == self.verdict else "both"

    @property
    def moved(self) -> int:
        """How many other cells one of the answers gives another verdict."""
        return len({*self.yes.others, *self.no.others})

    @property
    def gained(self) -> int:
        """How many more cells are overlaps after a yes."""
        here = len(self.cells) if self.yes.verdict == "overlap" != self.verdict else 0
        return here + sum(verdict == "overlap" for verdict in self.yes.others.values())

    @property
    def rank(self) -> tuple[int, int, int, int, date]:
        """The place of the question among others, the first the lowest."""
        return (
            _RANK[self.decides],
            -self.moved,
            -self.gained,
            len(self.asked),
            self.confirmed or date.max,
        )


class Point(NamedTuple):
    """The questions on one point that decide it in the same way, the first by rank first.

    `more` counts those that decide it in a lesser way.
    """

    questions: tuple[Question, ...]
    more: int = 0


class Questions(NamedTuple):
    """The points with questions, by the rank of their first; and how many points have none.

    `undecided` are the unresolved points that no single question decides.
    """

    comparison: Comparison
    points: tuple[Point, ...]
    undecided: int
