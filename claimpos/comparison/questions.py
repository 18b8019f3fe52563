"""Questions whose answers would change verdicts, and the order in which to put them.

A question is put to one party, or to two, on one point: a cell, or sub-issues of an issue on which
every party says the same.
"""

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple

from claimpos.comparison.reasons import Verdict
from claimpos.comparison.verdicts import Comparison
from claimpos.dossier.model import Cell

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
"""Why the answer is not known; the first that applies."""

Decides = Literal["both", "yes", "no"]
"""Which answers change the verdict on the point."""

_RANK: dict[Decides, int] = {"both": 0, "yes": 1, "no": 2}


class Effect(NamedTuple):
    """The effect of an answer: the verdict on the point, and new verdicts on other cells."""

    verdict: Verdict
    others: Mapping[Cell, Verdict]


class Question(NamedTuple):
    """A question to one party or to two, on one point.

    Attributes:
        form: What is asked.
        cells: The cells of the point.
        asked: The parties asked.
        outcomes: The outcomes that it is about; none if it asks whether a position still holds.
        gaps: For each party asked, why the answer is not known.
        verdict: The present verdict on the point.
        yes: The effect of a yes.
        no: The effect of a no from those in `no_from`.
        no_from: Of those asked, the ones whose no would leave an outcome that they do not reject.
        confirmed: The earliest day on which a position of those asked was last confirmed; None if
            one of them has no position.
        either: Whether, of two parties asked, a no from one has the effect of a no from both.
    """

    form: Form
    cells: tuple[Cell, ...]
    asked: tuple[str, ...]
    outcomes: int
    gaps: tuple[Gap, ...]
    verdict: Verdict
    yes: Effect
    no: Effect
    no_from: tuple[str, ...]
    confirmed: date | None
    either: bool = False

    @property
    def decides(self) -> Decides:
        if self.yes.verdict == self.verdict:
            return "no"
        return "yes" if self.no.verdict == self.verdict else "both"

    @property
    def moved(self) -> int:
        """The number of other cells whose verdict an answer changes."""
        return len({*self.yes.others, *self.no.others})

    @property
    def gained(self) -> int:
        """The number of cells that become overlaps after a yes."""
        here = len(self.cells) if self.yes.verdict == "overlap" != self.verdict else 0
        return here + sum(verdict == "overlap" for verdict in self.yes.others.values())

    @property
    def rank(self) -> tuple[int, int, int, int, date]:
        """The key for sorting questions; the first to put has the lowest."""
        return (
            _RANK[self.decides],
            -self.moved,
            -self.gained,
            len(self.asked),
            self.confirmed or date.max,
        )


class QuestionPoint(NamedTuple):
    """The questions on one point to which the same answers change the verdict, by rank.

    `more` counts the questions to which fewer answers do.
    """

    questions: tuple[Question, ...]
    more: int = 0


class Questions(NamedTuple):
    """The points with questions, by the rank of their first question.

    `undecided` is the number of unresolved points on which no single question changes the verdict.
    """

    comparison: Comparison
    points: tuple[QuestionPoint, ...]
    undecided: int
