"""A party's position on an issue over time, including answers to texts and speaking groups."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from claimpos.comparison.answers_in_force import texts_by_issue
from claimpos.comparison.effort import Effort
from claimpos.dossier.graph import all_above, speaking_groups
from claimpos.dossier.model import BASES, VERBS, Acceptance, Basis, Dossier, Entry
from claimpos.dossier.timeline import Standing, Stretch, Timeline, Timelines

if TYPE_CHECKING:
    from claimpos.comparison.effective_positions import EffectivePositions
    from claimpos.comparison.resolved import ResolvedOverTime

_A_DAY = timedelta(days=1)


class _Run(NamedTuple):
    """Days on which a position may change, but says the same: where the party stands on each.

    The stretch is None if it has no position.
    """

    first: date
    held: Sequence[tuple[date, Standing]]
    stretch: Stretch | None


class EffectiveTimelines:
    """The positions of the parties of a dossier over time; see `EffectivePositions`."""

    def __init__(
        self, dossier: Dossier, basis: Basis = "inferred", whole: Timelines | None = None
    ) -> None:
        """`whole`: of a part of a dossier, the timelines of the whole, if they are known."""
        self.dossier = dossier
        self.basis = basis
        self.own = Timelines(dossier, basis, whole)
        self.effort = Effort()
        self._groups = speaking_groups(dossier.parties)
        self._on: dict[date, EffectivePositions] = {}
        self._stretches: dict[tuple[str | tuple[str, ...], str, date], Sequence[Stretch]] = {}
        self._runs: dict[tuple[str, str], list[_Run]] = {}
        self._turns: dict[tuple[str, str], list[date]] = {}
        # With the entry, so that no other gets its id.
        self._strengths: dict[int, tuple[Entry, int]] = {}

    def days_of_change(self, party: str, issue: str) -> list[date]:
        """The days on which the party's position, or what is known of it, may change."""
        key = party, issue
        if key not in self._turns:
            self._turns[key] = sorted(set(self._moves(party, [issue])))
        return self._turns[key]

    def days(self, parties: Iterable[str]) -> list[date]:
        """The days on which the position of any of these parties on any issue may change."""
        issues = self.dossier.issues
        return sorted({day for party in parties for day in self._moves(party, issues)})

    def stretches(self, party: str, issue: str, by: date = date.max) -> Sequence[Stretch]:
        """The stretches of days on which the party holds one position, as known on a day."""
        known = self.dossier.parties[party]
        silent = not known.answers and issue not in known.positions
        # Without positions of their own, members of the same groups hold the same.
        key = self._groups[party] if silent and party in self._groups else party, issue, by
        if key not in self._stretches:
            if self._is_indirect(party):
                self._stretches[key] = self._put_together(party, issue, by)
            else:
                self._stretches[key] = [*self._own(party, issue).stretches(by)]
        return self._stretches[key]

    def strength(self, entry: Entry) -> int:
        """How strong the evidence of an entry is: the place of its basis among all."""
        if id(entry) not in self._strengths:
            parts = [self.strength(part.entry) for part in entry.parts]
            strength = min(parts) if parts else BASES.index(entry.basis)
            self._strengths[id(entry)] = entry, strength
        return self._strengths[id(entry)][1]

    def _own(self, party: str, issue: str) -> Timeline:
        return self.own.of(party).get(issue) or Timeline(())

    def _put_together(self, party: str, issue: str, by: date) -> Sequence[Stretch]:
        """The stretches of a party with answers to texts, or for which groups speak."""
        runs = self._runs_of(party, issue)
        begun = bisect_right(runs, by, key=lambda run: run.first)
        found = [run.stretch for run in runs[:begun] if run.stretch is not None]
        if begun and runs[begun - 1].stretch is not None:
            # Nobody knew by then when the last of them would end.
            last, held = found.pop(), runs[begun - 1].held
            entry = held[bisect_right(held, by, key=itemgetter(0)) - 1][1].entry
            assert entry is not None
            found.append(Stretch(entry, last.first, None, lapses=False, after=last.after))
        return found

    def _runs_of(self, party: str, issue: str) -> Sequence[_Run]:
        """The days of change, in runs on which the position says the same."""
        if (party, issue) not in self._runs:
            days = self.days_of_change(party, issue)
            standings = zip(days, self.standings(party, issue, days), strict=True)
            runs = [[*same] for _, same in groupby(standings, lambda pair: _said(pair[1].entry))]
            found = self._runs[party, issue] = []
            before: Standing | None = None
            for run, following in zip_longest(runs, runs[1:]):
                after = None if following is None else following[0]
                found.append(_Run(run[0][0], run, _stretch(run, before, after)))
                before = run[-1][1]
        return self._runs[party, issue]

    def positions(self, party: str) -> dict[str, list[Entry]]:
        """For each issue, all positions that the party holds at some time."""
        if not self._is_indirect(party):
            return {issue: [*held] for issue, held in self.dossier.parties[party].positions.items()}
        known = {
            issue: [stretch.entry for stretch in self.stretches(party, issue)]
            for issue in self.dossier.issues
        }
        return {issue: entries for issue, entries in known.items() if entries}

    def standings(self, party: str, issue: str, days: Iterable[date]) -> Iterator[Standing]:
        """Where the party stands on each of the days, without `set_aside`."""
        if not self._is_indirect(party):
            yield from map(self._own(party, issue).on, days)
            return
        turns = self.days_of_change(party, issue)
        for day in days:
            begun = bisect_right(turns, day)
            turn = turns[begun - 1] if begun else day
            if turn not in self._on:
                self._on[turn] = self.positions_on(turn)
            yield self._on[turn].standing(party, issue)

    def positions_on(self, day: date) -> "EffectivePositions":
        """The positions of all parties on one day."""
        from claimpos.comparison.effective_positions import EffectivePositions

        return EffectivePositions(
            self.dossier, day, self.basis, self.own, self._groups, self._texts, self._over_time
        )

    def _is_indirect(self, party: str) -> bool:
        return party in self._groups or bool(self.dossier.parties[party].answers)

    def _moves(self, party: str, issues: Collection[str]) -> Iterator[date]:
        for one in (party, *all_above(party, self._groups)):
            own, answers = self.own.of(one), self.dossier.parties[one].answers
            for issue in issues:
                if issue in own:
                    yield from own[issue].days
                if answers:
                    texts = tuple(text for text in self._texts.get(issue, ()) if text in answers)
                    yield from (day for day, _ in self.own.answers(one, texts))

    @cached_property
    def _over_time(self) -> "ResolvedOverTime":
        from claimpos.comparison.resolved import ResolvedOverTime

        return ResolvedOverTime(self.dossier, self.own, self._groups, self._texts)

    @cached_property
    def _texts(self) -> Mapping[str, Sequence[str]]:
        return texts_by_issue(self.dossier)


def _stretch(
    run: Sequence[tuple[date, Standing]],
    before: Standing | None,
    after: tuple[date, Standing] | None,
) -> Stretch | None:
    """The stretch of a run of days, given where the party stood before it and stands after it."""
    (first, began), (_, standing) = run[0], run[-1]
    if standing.entry is None:
        return None
    # Only the stretch that begins because an offer ended names that offer.
    back = began.ended if before is not None and before.ended != began.ended else None
    if after is None:
        return Stretch(standing.entry, first, None, lapses=False, after=back)
    day, following = after
    lapses = following.entry is None
    ended = following.ended if lapses else None
    return Stretch(standing.entry, first, day - _A_DAY, lapses, back, ended)


def _said(entry: Entry | None) -> tuple[object, ...]:
    """What a position says, whose it is, and on which basis, for comparisons.

    The evidence is left out, because it may grow while the position stays the same.
    """
    if entry is None:
        return ()
    return tuple(
        (
            *(one.group, one.since, one.demands, one.proposes, one.refuses, one.reserves),
            [_accepted(acceptance) for acceptance in one.accepts],
            [one.basis_of(verb) for verb in VERBS if getattr(one, verb)],
        )
        for one in entry.pieces()
    )


def _accepted(acceptance: Acceptance) -> tuple[object, ...]:
    answer = acceptance.answer
    text = answer and (answer.text, answer.since)
    known = acceptance.outcomes, acceptance.requires, acceptance.subject_to
    return *known, acceptance.withheld, text, acceptance.answer_of
