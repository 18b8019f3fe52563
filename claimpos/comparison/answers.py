"""Each party's answer to each outcome of a cell, and the steps by which a verdict comes about.

A step has the outcomes of a cell with the parties' answers. A condition leads to further steps. As
each cell has one step, conditions that depend on each other do not lead on for ever.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from claimpos.comparison.acceptance import Clause, Stance
from claimpos.comparison.conditions import Common
from claimpos.comparison.truth import Truth
from claimpos.dossier.model import Cell
from claimpos.dossier.outcomes import QuantitySpace, Space

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
"""The first of the rules of acceptance that applies; `silent` if no entry is in force."""


_EACH_REQUIREMENT = 40
"""The steps that it takes to report what a condition requires of one cell."""


_LACKING: Collection[Rule] = ("unsaid", "silent")


class OutcomeAnswer(NamedTuple):
    """One party's answer to an outcome; any of its conditions, the `clauses`, would do."""

    party: str
    rule: Rule
    value: Truth
    clauses: tuple[Clause, ...] = ()


class Outcome(NamedTuple):
    """An outcome of a cell with all answers; of a quantity, all pieces with the same answers."""

    mask: int
    value: Truth
    answers: tuple[OutcomeAnswer, ...]

    @property
    def together(self) -> bool:
        """Whether conditions decide that could each be met alone, but not all together."""
        return self.value < min(answer.value for answer in self.answers)

    def lacking(self) -> tuple[OutcomeAnswer, ...]:
        """The answers of parties that have neither accepted, even on conditions, nor rejected."""
        return tuple(answer for answer in self.answers if answer.rule in _LACKING)


def outcomes_of(common: Common, cell: Cell) -> list[Outcome]:
    """The outcomes of a cell with all answers, in the agenda's order or from the lowest value.

    Raises WrongUsage if they have more conditions than the limit allows.
    """
    space = common.table.space(cell)
    ground = common.ground(cell)
    found: dict[tuple[Truth, tuple[OutcomeAnswer, ...], int], int] = {}
    for bit in _bits(space):
        value = Truth.TRUE if ground.yes & bit else Truth.UNKNOWN
        value = Truth.FALSE if ground.no & bit else value
        answers = tuple(answer_to(common, party, cell, bit) for party in common.parties)
        key = (value, answers, 0 if isinstance(space, QuantitySpace) else bit)
        if key not in found:
            clauses = [clause for answer in answers for clause in answer.clauses]
            required = sum(1 + len(clause.requires) for clause in clauses)
            common.table.effort.spend(cell, _EACH_REQUIREMENT * required)
        found[key] = found.get(key, 0) | bit
    return [Outcome(mask, value, answers) for (value, answers, _), mask in found.items()]


def _bits(space: Space) -> Iterable[int]:
    return (1 << at for at in range(space.full.bit_length()) if space.full >> at & 1)


def answer_to(common: Common, party: str, cell: Cell, outcome: int) -> OutcomeAnswer:
    """The party's answer to one outcome, by the first rule that applies.

    The value of a conditional acceptance is that of the party's most favourable condition alone;
    whether the conditions of several parties can be met together is not considered.
    """
    stance = common.table.stance(party, cell)
    clauses = stance.conditions_for(outcome)
    rule = _rule(stance, outcome)
    if rule == "unsaid" and common.table.entry(party, cell.issue) is None:
        rule = "silent"
    if clauses:
        return OutcomeAnswer(party, rule, max(map(common.clause_value, clauses)), clauses)
    return OutcomeAnswer(party, rule, _VALUES[rule])


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


class DerivationStep(NamedTuple):
    """Cells with the same answers, and the outcomes concerned.

    `led_to` says that only conditions of other cells lead to them.
    """

    cells: tuple[Cell, ...]
    outcomes: tuple[Outcome, ...]
    led_to: bool

    @property
    def value(self) -> Truth:
        """Whether any of the outcomes is acceptable to all parties."""
        return max((outcome.value for outcome in self.outcomes), default=Truth.UNKNOWN)


def steps(common: Common, cells: Sequence[Cell]) -> list[DerivationStep]:
    """The steps to the verdicts on these cells, these cells first.

    If only conditions lead to a cell, its step has just the outcomes that they name.
    """
    outcomes = {cell: outcomes_of(common, cell) for cell in cells}
    needed = dict.fromkeys(cells, -1)
    queue = deque(outcome for cell in cells for outcome in outcomes[cell])
    while queue:
        for cell, mask in _led_to(queue.popleft()):
            if cell not in outcomes:
                outcomes[cell] = outcomes_of(common, cell)
            fresh = mask & ~needed.get(cell, 0)
            needed[cell] = needed.get(cell, 0) | mask
            queue.extend(outcome for outcome in outcomes[cell] if outcome.mask & fresh)
    found = []
    for cell, mask in needed.items():
        concerned = tuple(outcome for outcome in outcomes[cell] if outcome.mask & mask)
        found.append(DerivationStep((cell,), concerned, cell not in cells))
    return _folded(found)


def _led_to(outcome: Outcome) -> Iterator[tuple[Cell, int]]:
    for answer in outcome.answers:
        for clause in answer.clauses:
            yield from clause.requires


def _folded(found: Sequence[DerivationStep]) -> list[DerivationStep]:
    """The steps, with items of one issue that have the same answers in one step."""
    alike: dict[tuple[str, tuple[Outcome, ...], bool], list[Cell]] = {}
    for step in found:
        key = (step.cells[0].issue, step.outcomes, step.led_to)
        alike.setdefault(key, []).extend(step.cells)
    return [
        DerivationStep(tuple(cells), outcomes, led_to)
        for (_, outcomes, led_to), cells in alike.items()
    ]
