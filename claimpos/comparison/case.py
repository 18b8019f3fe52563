"""One cell among some parties: the verdict, its reason, and the facts that explain them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

from claimpos.comparison.acceptance import Stance
from claimpos.comparison.ballots import OutcomeVote
from claimpos.comparison.blocking_sets import Alike, blocking_sets
from claimpos.comparison.conditions import Common
from claimpos.comparison.distances import (
    Apart,
    accepted_by_each,
    all_apart,
    are_apart,
    meeting_without,
)
from claimpos.comparison.reasons import REASONS, VERDICT_OF, Reason, Verdict, first_reason
from claimpos.comparison.truth import Truth
from claimpos.dossier.model import Cell, Entry
from claimpos.dossier.outcomes import QuantitySpace

if TYPE_CHECKING:
    from claimpos.comparison.votes import Ballot, Vote

_TOLD_FIRST = sorted(REASONS["conflict"], key=lambda reason: reason == "condition-failed")
"""The order in which the reasons of the sets in a conflict are told: conditions last."""

_NAMED = 3
"""How many sets of parties an explanation names."""


class AtOdds(NamedTuple):
    """Whom a conflict is between: the smallest sets of parties that are in conflict.

    Attributes:
        least: The size of the smallest set; if none was found, the size that it has at least.
        named: The cases of the first few sets, those with the verdict's reason first.
        more: The number of further sets, by their size.
        deciding: One case for each kind of set that has the verdict's reason.
        parties: The parties of all sets found; if none was found, those that may be in one.
    """

    least: int
    named: "tuple[Case, ...]"
    more: Mapping[int, int]
    deciding: "tuple[Case, ...]"
    parties: tuple[str, ...]


class Case:
    """One cell and some parties: what each of them says there, and what is acceptable to all.

    Everything that a verdict, its reason and its explanation rest on is asked for here.
    """

    def __init__(self, common: Common, cell: Cell) -> None:
        self.common = common
        self.cell = cell
        self.parties = common.parties

    @cached_property
    def reason(self) -> Reason:
        """The reason for the verdict: of a conflict, that of the first of `at_odds.deciding`."""
        deciding = self.at_odds.deciding if self.value is Truth.FALSE else ()
        return first_reason(self.verdict, deciding[0] if deciding else self)

    @cached_property
    def ballot(self) -> "Ballot | None":
        """The rule that decides the cell, if it takes a vote of these parties."""
        return self.common.ballots.of(self.cell.issue)

    @cached_property
    def votes(self) -> tuple[OutcomeVote, ...]:
        """The votes on the outcomes of the cell, with outcomes that have the same votes as one."""
        if self.ballot is None:
            return ()
        alike: dict[tuple[Vote, ...], int] = {}
        for outcome, votes in self.common.votes(self.cell):
            cast = tuple(votes.values())
            alike[cast] = alike.get(cast, 0) | outcome
        members = self.ballot.members
        return tuple(
            OutcomeVote(
                mask,
                self.ballot.decision(dict(zip(members, cast, strict=True))),
                tuple(self.common.table.space(self.cell).outcomes(mask)),  # type: ignore[arg-type]
            )
            for cast, mask in alike.items()
        )

    @cached_property
    def one_voice(self) -> str:
        """The group whose position all parties hold here, as the group or its members; else ""."""
        return self.common.table.one_voice(self.parties, self.cell)

    @property
    def reported_reason(self) -> Reason:
        """The reason that reports give: `one-voice` if all parties hold one group's position."""
        return "one-voice" if self.one_voice else self.reason

    @property
    def verdict(self) -> Verdict:
        return VERDICT_OF[self.value]

    @cached_property
    def at_odds(self) -> AtOdds:
        """For a conflict, the smallest sets of parties that it is between."""
        return _at_odds(self)

    def among(self, parties: tuple[str, ...]) -> "Case":
        """The same cell among some of the parties."""
        return self if parties == self.parties else Case(self.common.among(parties), self.cell)

    @cached_property
    def stances(self) -> list[Stance]:
        """The stance of each party, in their order."""
        return [self.stance(party) for party in self.parties]

    def stance(self, party: str) -> Stance:
        return self.common.table.stance(party, self.cell)

    @cached_property
    def value(self) -> Truth:
        """Whether an outcome is acceptable to all or, if there is a ballot, passes."""
        return self.common.value(self.cell)

    @property
    def agreed(self) -> int:
        """The outcomes that are acceptable to all or, if there is a ballot, pass."""
        return self.common.ground(self.cell).yes

    @property
    def shared_aims(self) -> int:
        """The outcomes acceptable to all that every party demands or proposes."""
        mask = self.agreed
        for stance in self.stances:
            mask &= stance.demands | stance.proposes
        return mask

    @property
    def wanted(self) -> int:
        """The outcomes that any party demands, proposes or accepts, if only on conditions."""
        return reduce(or_, (stance.wants for stance in self.stances), 0)

    @property
    def but_for_conditions(self) -> int:
        """The outcomes that every party accepts, at least one of them only on conditions."""
        mask = conditional = 0
        for index, stance in enumerate(self.stances):
            willing = stance.yes | stance.conditional
            mask = mask & willing if index else willing
            conditional |= stance.conditional
        return mask & conditional

    @cached_property
    def silent(self) -> list[str]:
        """The parties that have no position in force here, and do not leave the issue open."""
        return [party for party in self.parties if self.common.table.is_silent(party, self.cell)]

    @cached_property
    def apart(self) -> tuple[Apart, ...]:
        """For a quantity, the sides that accept no value in common, the farthest apart first."""
        return all_apart(self.common, self.cell)

    @cached_property
    def meeting_without(self) -> dict[str, int]:
        """For a quantity, the parties without which all others accept a common value; and which."""
        accepted = accepted_by_each(self.common, self.cell)
        return meeting_without(accepted) if self.apart else {}

    @property
    def is_apart(self) -> bool:
        """Whether every party accepts values of a quantity, but two of them none in common."""
        space = self.common.table.space(self.cell)
        if not isinstance(space, QuantitySpace):
            return False
        accepted = accepted_by_each(self.common, self.cell).values()
        return all(accepted) and are_apart(self.common.table, self.cell, space, accepted)

    @property
    def crossed(self) -> int:
        """The outcomes that one party calls for or accepts, and another rejects."""
        mask = wanted = refused = 0
        for stance in self.stances:
            mask |= stance.wants & refused | stance.refuses & wanted
            wanted |= stance.wants
            refused |= stance.refuses
        return mask

    def entry(self, party: str) -> Entry | None:
        """The party's entry that counts here; on an issue with items, its whole entry."""
        table = self.common.table
        issue = table.dossier.issues[self.cell.issue]
        if issue.kind == "items" and self.cell.item is None:
            return table.entry(party, issue.id)
        return table.entry_on(party, self.cell)

    @property
    def reserving(self) -> list[tuple[str, str]]:
        """The parties that leave the issue open, each with what it leaves open."""
        entries = [(party, self.entry(party)) for party in self.parties]
        return [(party, entry.reserves) for party, entry in entries if entry and entry.reserves]


def _at_odds(case: Case) -> AtOdds:
    """The smallest sets of parties in conflict; none if a vote decides the cell."""
    if case.ballot is not None:
        return AtOdds(0, (), {}, (), case.parties)
    found = blocking_sets(case.common, case.cell)
    place = {party: number for number, party in enumerate(case.parties)}

    def in_order(parties: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(parties, key=place.__getitem__))

    by_reason: dict[Reason, list[Alike]] = {}
    examples = {alike: case.among(in_order(alike.example)) for alike in found.alike}
    for alike, example in examples.items():
        by_reason.setdefault(first_reason("conflict", example), []).append(alike)
    named: list[Case] = []
    ordered = sorted(by_reason, key=_TOLD_FIRST.index)
    for reason in ordered:
        sets = {in_order(one) for alike in by_reason[reason] for one in alike.first(_NAMED)}
        first = sorted(sets, key=lambda parties: (len(parties), [place[one] for one in parties]))
        named += map(case.among, first[: _NAMED - len(named)])
    more: Counter[int] = Counter()
    for alike in found.alike:
        more[len(alike.sides)] += alike.number
    more.subtract(len(one.parties) for one in named)
    deciding = tuple(examples[alike] for reason in ordered[:1] for alike in by_reason[reason])
    parties = in_order({party for alike in found.alike for side in alike.sides for party in side})
    if not parties:  # none was found: who rules nothing out is in none
        said = zip(case.parties, case.stances, strict=True)
        parties = tuple(party for party, stance in said if stance.no or stance.conditional)
    return AtOdds(found.least, tuple(named), +more, deciding, parties)
