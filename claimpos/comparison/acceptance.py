"""A party's stance: what its entry says to each outcome of one cell."""

from collections.abc import Callable
from operator import or_
from typing import NamedTuple

from claimpos.dossier.model import Cell, Entry, Named
from claimpos.dossier.outcomes import Space


class Clause(NamedTuple):
    """A conditional acceptance: its outcomes, and the outcomes that it requires of other cells."""

    mask: int
    requires: tuple[tuple[Cell, int], ...]
    subject_to: str

    @property
    def is_open(self) -> bool:
        """Whether no outcome can meet it: it is in words, or was left aside for its evidence."""
        return bool(self.subject_to) or not self.requires


class AnswerKinds(NamedTuple):
    """The outcomes not accepted even on conditions, those rejected, those accepted on conditions.

    They are those of one party, or all to which at least one of several parties answers so.
    """

    lacking: int = 0
    no: int = 0
    conditional: int = 0

    def joined(self, other: "AnswerKinds") -> "AnswerKinds":
        return AnswerKinds(*map(or_, self, other))


class Stance(NamedTuple):
    """A party's position on one cell, as masks of the cell's outcomes.

    Attributes:
        demands: What the party demands; likewise `proposes`, `accepts` and `refuses`.
        yes: The outcomes that it accepts unconditionally.
        no: The outcomes that it rejects, or excludes by a demand, unconditionally.
        conditional: The outcomes that it accepts if one of the `clauses` is met.

    It has not answered all other outcomes.
    """

    demands: int = 0
    proposes: int = 0
    accepts: int = 0
    refuses: int = 0
    yes: int = 0
    no: int = 0
    conditional: int = 0
    clauses: tuple[Clause, ...] = ()

    @property
    def names(self) -> bool:
        """Whether the party names any outcome of the cell."""
        return bool(self.wants | self.refuses)

    @property
    def wants(self) -> int:
        """The outcomes that the party demands, proposes or accepts, if only on conditions."""
        return self.demands | self.proposes | self.accepts

    @property
    def kinds(self) -> AnswerKinds:
        return AnswerKinds(~(self.yes | self.conditional), self.no, self.conditional)

    def verbs_for(self, outcomes: int) -> list[str]:
        """The verbs under which the party demands, proposes or accepts some of these outcomes."""
        masks = {"demands": self.demands, "proposes": self.proposes, "accepts": self.accepts}
        return [verb for verb, mask in masks.items() if mask & outcomes]

    def conditions_for(self, outcomes: int) -> tuple[Clause, ...]:
        """The conditions on which the party accepts some of these outcomes."""
        wanted = outcomes & self.conditional
        return tuple(clause for clause in self.clauses if clause.mask & wanted)


SILENT = Stance()


def stance_of(entry: Entry, cell: Cell, space: Callable[[Cell], Space]) -> Stance:
    """The stance of an entry on a cell; `space` returns the outcomes of a cell.

    For each outcome, the first of these that applies counts: it is accepted without conditions or
    proposed; accepted on conditions; demanded; refused; not among what is demanded.
    """
    acceptances = entry.accepts_on(cell)
    named = cell in entry.demands or cell in entry.proposes or cell in entry.refuses
    if not (named or acceptances):
        return SILENT
    here = space(cell)

    def mask(verb: Named) -> int:
        outcomes = verb.get(cell)
        return here.mask(outcomes) if outcomes else 0

    demands, proposes, refuses = mask(entry.demands), mask(entry.proposes), mask(entry.refuses)
    accepts = outright = conditional = 0
    clauses: list[Clause] = []
    for acceptance in acceptances:
        accepted = mask(acceptance.outcomes)
        if not acceptance.withheld:
            accepts |= accepted
        if not acceptance.conditional:
            outright |= accepted
        elif accepted:
            conditional |= accepted
            requires = tuple(
                (other, space(other).mask(outcomes))
                for other, outcomes in acceptance.requires.items()
            )
            clauses.append(Clause(accepted, requires, acceptance.subject_to))
    conditional &= ~(outright | proposes)
    yes = (outright | proposes | demands) & ~conditional
    not_named = here.full & ~(demands | proposes) if demands else 0
    no = (refuses | not_named) & ~(yes | conditional)
    return Stance(demands, proposes, accepts, refuses, yes, no, conditional, tuple(clauses))
