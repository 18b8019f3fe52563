"""What each party says to each outcome of a cell, and how the verdict comes about, step by step.

A step holds the outcomes of a cell and what each party says to each. A condition leads to steps of
its own, which may lead back: since each cell has one step, circles end where they began.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Literal

from claimpos.comparison.acceptance import Clause, Stance
from claimpos.comparison.conditions import Common
from claimpos.comparison.truth import Truth
from claimpos.dossier.model import Cell
from claimpos.dossier.outcomes import QuantitySpace, Space
from claimpos.records import NamedTuple

Rule = Literal[
    "proposes",
    "accepts",
    "on-conditions",
    "demands",
    "refuses",
    "demands-else",
    "unsaid",
    "silent",
]
"""The first of the rules of acceptance that applies; `silent` where no entry is in force."""


_EACH_REQUIREMENT = 40
"""What it takes to tell what a condition requires of one cell, in steps."""


_LACKING: Collection[Rule] = ("unsaid", "silent")


class Answer(NamedTuple):
    """What one party says to an outcome; `clauses` are its conditions for it, any of which do."""

    party: str
    rule: Rule
    value: Truth
    clauses: tuple[Clause, ...] = ()


class Outcome(NamedTuple):
    """Outcomes of a cell to which all parties say the same; one alone but for a quantity."""

    mask: int
    value: Truth
    answers: tuple[Answer, ...]

    @property
    def together(self) -> bool:
        """Whether conditions decide that would each be met alone, or at least might."""
        return self.value < min(answer.value for answer in self.answers)

    def lacking(self) -> tuple[Answer, ...]:
        """Those who have said neither yes, not even on conditions, nor no."""
        return tuple(answer for answer in self.answers if answer.rule in _LACKING)


def outcomes_of(common: Common, cell: Cell) -> list[Outcome]:
    """The outcomes of a cell, in the agenda's order or from the lowest value up.

    Raises WrongUsage if they have more conditions together than the limit allows.
    """
    space = common.table.space(cell)
    ground = common.ground(cell)
    found: dict[tuple[Truth, tuple[Answer, ...], int], int] = {}
    for bit in _bits(space):
        value = Truth.TRUE if ground.yes & bit else Truth.UNKNOWN
        value = Truth.FALSE if ground.no & bit else value
        answers = tuple(answer_to(common, party, cell, bit) for party in common.parties)
        key = (value, answers, 0 if isinstance(space, QuantitySpace) else bit)
        if key not in found:
            told = sum(1 + len(one.requires) for answer in answers for one in answer.clauses)
            common.table.effort.spend(cell, _EACH_REQUIREMENT * told)
        found[key] = found.get(key, 0) | bit
    return [Outcome(mask, value, answers) for (value, answers, _), mask in found.items()]


def _bits(space: Space) -> Iterable[int]:
    return (1 << at for at in range(space.full.bit_length()) if space.full >> at & 1)


def answer_to(common: Common, party: str, cell: Cell, outcome: int) -> Answer:
    """What the party says to one outcome, the first rule that applies.

    The value of a conditional yes is the best of the party's own conditions; whether those of
    several parties can be met together is the comparison's to say.
    """
    stance = common.table.stance(party, cell)
    clauses = stance.conditions_for(outcome)
    rule = _rule(stance, outcome)
    if rule == "unsaid" and common.table.entry(party, cell.issue) is None:
        rule = "silent"
    if clauses:
        return Answer(party, rule, max(map(common.clause_value, clauses)), clauses)
    return Answer(party, rule, _VALUES[rule])


_VALUES: dict[Rule, Truth] = {
    "proposes": Truth.TRUE,
    "accepts": Truth.TRUE,
    "demands": Truth.TRUE,
    "refuses": Truth.FALSE,
    "demands-else": Truth.FALSE,
    "unsaid": Truth.UNKNOWN,
    "silent": Truth.UNKNOWN,
}


def _rule(stance: Stance, outcome: int) -> Rule:
    if outcome & stance.conditional:
        return "on-conditions"
    if outcome & stance.yes:
        if outcome & stance.proposes:
            return "proposes"
        return "accepts" if outcome & stance.accepts else "demands"
    if outcome & stance.refuses:
        return "refuses"
    if outcome & stance.no:
        return "demands-else"
    return "unsaid"


class Step(NamedTuple):
    """Cells that are alike, and the outcomes asked of them; `led_to` if only a condition asks."""

    cells: tuple[Cell, ...]
    outcomes: tuple[Outcome, ...]
    led_to: bool

    @property
    def value(self) -> Truth:
        """Whether any of the outcomes is common to all parties."""
        return max((outcome.value for outcome in self.outcomes), default=Truth.UNKNOWN)


def steps(common: Common, cells: Sequence[Cell]) -> list[Step]:
    """The steps to the verdicts on these cells, those asked for first.

    Of a cell that only conditions lead to, a step has the outcomes that they name.
    """
    told = {cell: outcomes_of(common, cell) for cell in cells}
    needed = dict.fromkeys(cells, -1)
    queue = deque(outcome for cell in cells for outcome in told[cell])
    while queue:
        for cell, mask in _led_to(queue.popleft()):
            if cell not in told:
                told[cell] = outcomes_of(common, cell)
            fresh = mask & ~needed.get(cell, 0)
            needed[cell] = needed.get(cell, 0) | mask
            queue.extend(outcome for outcome in told[cell] if outcome.mask & fresh)
    return _folded(
        [
            Step((cell,), tuple(one for one in told[cell] if one.mask & mask), cell not in cells)
            for cell, mask in needed.items()
        ]
    )


def _led_to(outcome: Outcome) -> Iterator[tuple[Cell, int]]:
    for answer in outcome.answers:
        for clause in answer.clauses:
            yield from clause.requires


def _folded(found: Sequence[Step]) -> list[Step]:
    """Items of one issue that are alike in everything share a step."""
    alike: dict[tuple[str, tuple[Outcome, ...], bool], list[Cell]] = {}
    for step in found:
        key = (step.cells[0].issue, step.outcomes, step.led_to)
        alike.setdefault(key, []).extend(step.cells)
    return [Step(tuple(cells), outcomes, led_to) for (_, outcomes, led_to), cells in alike.items()]
