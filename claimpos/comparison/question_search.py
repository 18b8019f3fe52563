"""Searches for questions whose answers would change verdicts.

Each of the two answers to a candidate is added to the positions, and everything that it bears on is
compared again. A question is worth asking if one of them changes the verdict on its point.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import NamedTuple

from claimpos.comparison.acceptance import Stance
from claimpos.comparison.altered_common import AlteredCommon
from claimpos.comparison.answers import Outcome, outcomes_of
from claimpos.comparison.conditions import Common
from claimpos.comparison.questions import Effect, Form, Gap, Question, QuestionPoint, Questions
from claimpos.comparison.reasons import VERDICT_OF
from claimpos.comparison.table import PositionTable
from claimpos.comparison.truth import Truth
from claimpos.comparison.verdicts import CellVerdict, Comparison
from claimpos.dossier.evidence import as_strong_as
from claimpos.dossier.graph import all_reached
from claimpos.dossier.model import Cell, Entry
from claimpos.dossier.outcomes import QuantitySpace

Altered = Mapping[tuple[str, Cell], Stance]
"""The new stances of some parties on some cells."""


class Alterations:
    """Works out which verdicts of a comparison change if some stances do."""

    def __init__(self, common: Common) -> None:
        self.common = common
        self.table = common.table
        issues = self.table.dossier.issues.values()
        cells = [cell for issue in issues for cell in common.cells(issue)]
        self._places = {cell: place for place, cell in enumerate(cells)}
        self._waiting = self._conditions_on()
        self._changed: dict[object, dict[Cell, Truth]] = {}

    def _conditions_on(self) -> dict[Cell, set[Cell]]:
        """The cells on which some party has a condition on each cell."""
        waiting: dict[Cell, set[Cell]] = {}
        for cell in self._places:
            for party in self.common.parties:
                for clause in self.table.stance(party, cell).clauses:
                    for other, _ in clause.requires:
                        waiting.setdefault(other, set()).add(cell)
        return waiting

    def changed(self, stances: Altered) -> dict[Cell, Truth]:
        """The cells that would have another value, with that value, in the agenda's order."""
        alike = self._alike(stances)
        if alike not in self._changed:
            self._changed[alike] = self._compared_again(stances)
        return self._changed[alike]

    def _alike(self, stances: Altered) -> object:
        """What the stances have in common with others that change the same cells.

        It is how many parties exchange which stance for which and, in a vote, how they count.
        """
        role = self.common.ballots.role
        exchanged = (
            (cell, self.table.stance(party, cell), new, role(party, cell))
            for (party, cell), new in stances.items()
        )
        return frozenset(Counter(exchanged).items())

    def _compared_again(self, stances: Altered) -> dict[Cell, Truth]:
        cells = (cell for _, cell in stances)
        reached = all_reached(cells, lambda cell: self._waiting.get(cell, ()))
        altered = AlteredCommon(self.common, stances)
        known = sorted(reached & self._places.keys(), key=self._places.__getitem__)
        values = ((cell, altered.value(cell)) for cell in known)
        return {cell: value for cell, value in values if value is not self.common.value(cell)}

    def held_also(self, party: str, cells: Iterable[Cell], stance: Stance) -> Altered:
        """A party's new stance on some cells, also as that of the members for which it speaks."""
        return {
            (holder, cell): stance
            for cell in cells
            for holder in (party, *self.table.following(party, cell))
        }


_TOGETHER = 2
"""The most parties that one question is put to."""


def questions(comparison: Comparison, stale_before: date, parties: Sequence[str] = ()) -> Questions:
    """The questions to put next.

    Args:
        comparison: The comparison whose verdicts answers might change.
        stale_before: Positions last confirmed before this day are asked about as old ones.
        parties: The parties to ask; by default, all that are compared.

    Raises WrongUsage if conditions take more steps than the limit allows.
    """
    asking = _Asking(comparison, stale_before)
    found: list[QuestionPoint] = []
    undecided = 0
    for cells in _points(comparison):
        deciding = asking.about(cells)
        undecided += not deciding and asking.common.value(cells[0].cell) is Truth.UNKNOWN
        chosen = [one for one in deciding if not parties or not {*parties}.isdisjoint(one.asked)]
        if chosen:
            found.append(_point(chosen))
    found.sort(key=lambda point: point.questions[0].rank)
    return Questions(comparison, tuple(found), undecided)


def _point(found: Sequence[Question]) -> QuestionPoint:
    ranked = sorted(found, key=lambda question: question.rank)
    first = [one for one in ranked if one.decides == ranked[0].decides]
    return QuestionPoint(tuple(first), len(found) - len(first))


def _points(comparison: Comparison) -> Iterator[tuple[CellVerdict, ...]]:
    """The cells reported, with cells of an issue together on which every party says the same.

    Cells on which all parties hold the same group's position are left out.
    """
    table = comparison.common.table
    for issue in comparison.issues:
        alike: dict[tuple[object, ...], list[CellVerdict]] = {}
        for cell in issue.cells:
            if not cell.case.one_voice:
                said = tuple(_said(table, party, cell.cell) for party in comparison.parties)
                alike.setdefault(said, []).append(cell)
        yield from map(tuple, alike.values())


def _said(table: PositionTable, party: str, cell: Cell) -> tuple[object, ...]:
    entry = table.entry_on(party, cell)
    known = () if entry is None else (bool(entry.reserves), _is_inferred(entry, cell))
    return table.stance(party, cell), *known


_NAMING = ("demands", "proposes", "refuses")


def _is_inferred(entry: Entry, cell: Cell) -> bool:
    """Whether anything that the entry says on the cell is only inferred."""
    named = [entry.basis_of(verb) for verb in _NAMING if cell in getattr(entry, verb)]
    named += [entry.basis_of_yes(one) for one in entry.accepts_on(cell)]
    return "inferred" in named


class _Candidate(NamedTuple):
    form: Form
    asked: tuple[str, ...]
    outcomes: int = 0


class _Asking:
    """Finds the questions on each point."""

    def __init__(self, comparison: Comparison, stale_before: date) -> None:
        self.common = comparison.common
        self.table = comparison.common.table
        self._stale_before = stale_before
        self._alterations = Alterations(comparison.common)

    def about(self, point: Sequence[CellVerdict]) -> list[Question]:
        """The questions on a point to which at least one answer changes the verdict."""
        cells = tuple(cell.cell for cell in point)
        found: list[Question] = []
        for candidate in dict.fromkeys([*self._unanswered(cells[0]), *self._unsure(cells[0])]):
            yes, no = (self._effect(candidate, cells, answer) for answer in (True, False))
            if {yes.verdict, no.verdict} == {point[0].verdict}:
                continue
            alone = [candidate._replace(asked=(party,)) for party in candidate.asked]
            question = Question(
                *(candidate.form, cells, candidate.asked, candidate.outcomes),
                tuple(self._gap(candidate, party, cells[0]) for party in candidate.asked),
                point[0].verdict,
                yes,
                no,
                self._free_to_reject(candidate, cells[0]),
                self._confirmed(candidate.asked, cells[0]),
                len(alone) > 1 and all(self._effect(one, cells, False) == no for one in alone),
            )
            found.append(question)
        return found

    def _unanswered(self, cell: Cell) -> Iterator[_Candidate]:
        """The candidates that might decide an unresolved cell."""
        if self.common.value(cell) is not Truth.UNKNOWN:
            return
        outcomes = outcomes_of(self.common, cell)
        missing: dict[tuple[Form, tuple[str, ...]], int] = {}
        for outcome in outcomes:
            if (lacking := self._lacking(cell, outcome)) is not None:
                missing[lacking] = missing.get(lacking, 0) | outcome.mask
        for (form, asked), mask in missing.items():
            yield _Candidate(form, asked, mask)
        alone = {asked for form, asked in missing if form == "accepts"}
        for party, mask in self._last_hopes(outcomes):
            if (party,) not in alone:
                yield _Candidate("accepts", (party,), mask)

    def _lacking(self, cell: Cell, outcome: Outcome) -> tuple[Form, tuple[str, ...]] | None:
        """What to ask whom, if only that keeps an outcome from being acceptable to all."""
        rest = [answer for answer in outcome.answers if answer.value is not Truth.TRUE]
        if len(rest) == 1 and rest[0].value is Truth.UNKNOWN and rest[0].clauses:
            return "condition", (rest[0].party,)
        if not rest or len(outcome.lacking()) != len(rest):
            return None
        if len(rest) == len(outcome.answers) and not self._all_ruled_out(cell):
            return None
        asked = self._spokespersons([answer.party for answer in rest], cell)
        return ("accepts", asked) if len(asked) <= _TOGETHER else None

    def _spokespersons(self, parties: Sequence[str], cell: Cell) -> tuple[str, ...]:
        """The parties without those for which another of them speaks on a cell."""
        spoken_for = {member for one in parties for member in self.table.following(one, cell)}
        return tuple(party for party in parties if party not in spoken_for)

    def _all_ruled_out(self, cell: Cell) -> bool:
        """Whether everything that any party calls for or accepts is ruled out."""
        wanted = 0
        for party in self.common.parties:
            wanted |= self.table.stance(party, cell).wants
        return bool(wanted) and not wanted & ~self.common.ground(cell).no

    def _last_hopes(self, outcomes: Sequence[Outcome]) -> Iterator[tuple[str, int]]:
        """The parties that have answered none of the outcomes that are left, with these."""
        left = [outcome for outcome in outcomes if outcome.value is not Truth.FALSE]
        mask = reduce(or_, (outcome.mask for outcome in left), 0)
        lacking = [{answer.party for answer in one.lacking()} for one in left]
        for party in self.common.parties:
            if all(party in parties for parties in lacking):
                yield party, mask

    def _unsure(self, cell: Cell) -> Iterator[_Candidate]:
        """The candidates that ask whether an inferred or old position still holds."""
        for party in self.common.parties:
            entry = self.table.entry_on(party, cell)
            if entry is None or not self.table.stance(party, cell).names:
                continue
            if _is_inferred(entry, cell) or entry.confirmed < self._stale_before:
                yield _Candidate("holds", (party,))

    def _effect(self, candidate: _Candidate, cells: tuple[Cell, ...], is_yes: bool) -> Effect:
        said: dict[tuple[str, Cell], Stance] = {}
        for party in candidate.asked:
            stance = self._answered(candidate, party, cells[0], is_yes)
            if stance is not None:
                said |= self._alterations.held_also(party, cells, stance)
        changed = self._alterations.changed(said) if said else {}
        verdicts = {cell: VERDICT_OF[value] for cell, value in changed.items()}
        here = VERDICT_OF[self.common.value(cells[0])]
        of_point = {*cells}
        others = {
            cell: verdict
            for cell, verdict in verdicts.items()
            if cell not in of_point and self._is_compared(cell)
        }
        return Effect(verdicts.get(cells[0], here), others)

    def _is_compared(self, cell: Cell) -> bool:
        """Whether the parties are compared on a cell: a group and its member may not be."""
        member = self.table.member_among(self.common.parties)
        return not member or self.table.has_own_word(member, cell.issue)

    def _answered(
        self, candidate: _Candidate, party: str, cell: Cell, is_yes: bool
    ) -> Stance | None:
        """A party's stance after its answer; None if the answer changes nothing.

        An answer by which a party would reject every outcome is left out, too.
        """
        stance = self.table.stance(party, cell)
        if candidate.form == "holds":
            return None if is_yes else self.table.stance_without_own(party, cell)
        if is_yes:
            return _accepting(stance, candidate.outcomes)
        rejecting = _rejecting(stance, candidate.outcomes)
        return None if rejecting.no == self.table.space(cell).full else rejecting

    def _free_to_reject(self, candidate: _Candidate, cell: Cell) -> tuple[str, ...]:
        """Those asked whose no is put into the positions."""
        return tuple(
            party
            for party in candidate.asked
            if self._answered(candidate, party, cell, is_yes=False) is not None
        )

    def _gap(self, candidate: _Candidate, party: str, cell: Cell) -> Gap:
        if candidate.form == "condition":
            return "condition-pending"
        entry, stance = self.table.entry_on(party, cell), self.table.stance(party, cell)
        if candidate.form == "holds":
            return "inferred" if entry is not None and _is_inferred(entry, cell) else "old"
        if entry is None or not (stance.names or entry.reserves):
            return "no-position"
        if self._has_dropped(candidate.outcomes, party, cell, entry):
            return "dropped-rejection"
        if stance.yes and not stance.no and isinstance(self.table.space(cell), QuantitySpace):
            return "offer-without-limit"
        return "left-open" if entry.reserves else "no-answer"

    def _has_dropped(self, outcomes: int, party: str, cell: Cell, entry: Entry) -> bool:
        """Whether a party's position before this one rejected one of these outcomes."""
        space = self.table.space(cell)
        if isinstance(space, QuantitySpace) or not self.table.has_own_entry(party, cell):
            return False
        entries = self.table.dossier.parties[party].positions[cell.issue]
        strong = (as_strong_as(one, self.table.basis) for one in entries)
        earlier = [one for one in strong if one and one.since.first < entry.since.first]
        return bool(earlier and space.mask(earlier[-1].refuses.get(cell, frozenset())) & outcomes)

    def _confirmed(self, asked: Sequence[str], cell: Cell) -> date | None:
        entries = [self.table.entry_on(party, cell) for party in asked]
        days = [entry.confirmed for entry in entries if entry is not None]
        return min(days) if len(days) == len(entries) else None


def _accepting(stance: Stance, outcomes: int) -> Stance:
    """The stance if the party accepts these outcomes unconditionally."""
    return stance._replace(
        accepts=stance.accepts | outcomes,
        yes=stance.yes | outcomes,
        conditional=stance.conditional & ~outcomes,
    )


def _rejecting(stance: Stance, outcomes: int) -> Stance:
    """The stance if the party rejects these outcomes, whatever its conditions."""
    return stance._replace(
        refuses=stance.refuses | outcomes,
        no=stance.no | outcomes,
        conditional=stance.conditional & ~outcomes,
    )
