"""How a party's position on an issue runs over time, answers and speaking groups taken in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby, zip_longest

from claimpos.comparison.effective_positions import EffectivePositions, answer_as_entry
from claimpos.dossier.model import BASES, Basis, Dossier, Entry
from claimpos.dossier.speaking import all_above, speaking_groups
from claimpos.dossier.timeline import Standing, Stretch, standings_on, stretches

_A_DAY = timedelta(days=1)


def moves(entries: Iterable[Entry], basis: Basis) -> Iterator[date]:
    """The days on which one of these entries begins, or is for the first time no more."""
    weakest = BASES.index(basis)
    for entry in entries:
        if not weakest or BASES.index(entry.basis) >= weakest:
            yield entry.since.first
            if entry.until is not None and entry.until.last < date.max:
                yield entry.until.last + _A_DAY


class EffectiveTimeline:
    """When which position of the parties of a dossier is in force."""

    def __init__(self, dossier: Dossier, basis: Basis = "inferred") -> None:
        self.dossier = dossier
        self.basis = basis
        self._groups = speaking_groups(dossier.parties)
        self._on: dict[date, EffectivePositions] = {}

    def days_of_change(self, party: str, issue: str) -> list[date]:
        """The days on which the party's position may begin, or be for the first time no more."""
        return sorted(set(self._moves(party, [issue])))

    def all_days_of_change(self, parties: Iterable[str]) -> list[date]:
        """The same of several parties, on any issue."""
        issues = self.dossier.issues
        return sorted({day for party in parties for day in self._moves(party, issues)})

    def stretches(self, party: str, issue: str) -> list[Stretch]:
        """The stretches of days on which the party holds one position, the earliest first."""
        if not self._is_indirect(party):
            return list(stretches(self._entries(party, issue), self.basis))
        days = self.days_of_change(party, issue)
        held = zip(days, self.standings(party, issue, days), strict=True)
        runs = [next(same) for _, same in groupby(held, lambda pair: _said(pair[1].entry))]
        found = []
        for (day, standing), following in zip_longest(runs, runs[1:]):
            if standing.entry is not None:
                last = following[0] - _A_DAY if following else None
                lapses = following is not None and following[1].entry is None
                found.append(Stretch(standing.entry, day, last, lapses))
        return found

    def positions(self, party: str) -> dict[str, list[Entry]]:
        """By issue, all the positions that the party holds at some time."""
        if not self._is_indirect(party):
            return {issue: [*held] for issue, held in self.dossier.parties[party].positions.items()}
        known = {
            issue: [stretch.entry for stretch in self.stretches(party, issue)]
            for issue in self.dossier.issues
        }
        return {issue: entries for issue, entries in known.items() if entries}

    def standings(self, party: str, issue: str, days: Iterable[date]) -> Iterator[Standing]:
        """Where the party stands on each of the days, but for what is set aside."""
        if not self._is_indirect(party):
            yield from standings_on(self._entries(party, issue), days, self.basis)
            return
        turns = self.days_of_change(party, issue)
        for day in days:
            begun = bisect_right(turns, day)
            yield self.positions_on(turns[begun - 1] if begun else day).standing(party, issue)

    def positions_on(self, day: date) -> EffectivePositions:
        """All positions on one day."""
        if day not in self._on:
            self._on[day] = EffectivePositions(self.dossier, day, self.basis)
        return self._on[day]

    def _is_indirect(self, party: str) -> bool:
        return party in self._groups or bool(self.dossier.parties[party].answers)

    def _entries(self, party: str, issue: str) -> tuple[Entry, ...]:
        return self.dossier.parties[party].positions.get(issue, ())

    def _moves(self, party: str, issues: Collection[str]) -> Iterator[date]:
        behind = (party, *all_above(party, self._groups))
        for one in behind:
            for issue in issues:
                yield from moves(self._entries(one, issue), self.basis)
            for text, answers in self.dossier.parties[one].answers.items():
                proposal = self.dossier.proposals.get(text)
                if proposal is not None and not proposal.terms.keys().isdisjoint(issues):
                    yield from moves(map(answer_as_entry, answers), self.basis)


def _said(entry: Entry | None) -> Entry | None:
    """An entry without what it rests on, which may grow while it is in force."""
    return entry and entry._replace(evidence=(), against=())
