"""What counts for a party on each cell: its own entry, its answers, and what its groups say.

It is worked out on one day, or over time: then only what changes on a day is looked at again.
"""

from bisect import bisect_right, insort
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

from claimpos.comparison.entry_parts import about
from claimpos.dossier.graph import Groups, not_yet_known
from claimpos.dossier.model import NOTHING, Cell, Dossier, Entry, Issue
from claimpos.dossier.timeline import HeldAnswer, Timelines

Key = TypeVar("Key")
Said = TypeVar("Said")


class Resolved(NamedTuple):
    """For each cell, the entry that counts for a party, and the answers to texts, by text.

    A group's entry has the group's name, as its members hold it.
    """

    entries: Mapping[Cell, Entry]
    answers: Mapping[Cell, Mapping[str, HeldAnswer]]


_NOTHING = Resolved({}, {})


def resolved(
    own: Entry | None, answers: Mapping[str, HeldAnswer], of_groups: Resolved, issue: Issue
) -> Resolved:
    """What counts for a party on an issue.

    Args:
        own: The party's own entry in force.
        answers: Its own answers in force to texts that have a term on the issue.
        of_groups: What the groups that speak for it say; see `GroupsTogether`.
        issue: The issue.
    """
    entries: dict[Cell, Entry] = {}
    given: dict[Cell, Mapping[str, HeldAnswer]] = {}
    spoken = _spoken(own, issue.cells()) if own is not None else frozenset()
    for cell in issue.cells():
        speaks = cell in spoken
        entry = own if speaks else of_groups.entries.get(cell, own)
        if entry is not None:
            entries[cell] = entry
        others = NOTHING if speaks else of_groups.answers.get(cell, NOTHING)
        if others or answers:
            given[cell] = {**others, **answers} if others else answers
    return Resolved(entries, given)


def _spoken(entry: Entry, cells: Iterable[Cell]) -> Collection[Cell]:
    """Of these cells, those that an entry names or, if it leaves its issue open, all."""
    return {*cells} if entry.reserves else entry.named()


class Membership:
    """The entries of groups as their members hold them, one object for all of them."""

    def __init__(self) -> None:
        # With the group's entry, so that no other gets its id.
        self._held: dict[tuple[str, int], tuple[Entry, Entry]] = {}
        self._parts: dict[tuple[int, frozenset[Cell]], tuple[Entry, Entry]] = {}

    def held(self, entry: Entry, group: str) -> Entry:
        """A group's entry, with the name of the group."""
        if entry.group:
            return entry
        key = group, id(entry)
        if key not in self._held:
            self._held[key] = entry, entry._replace(group=group)
        return self._held[key][1]

    def part(self, entry: Entry, cells: frozenset[Cell]) -> Entry:
        """What an entry says on these cells."""
        key = id(entry), cells
        if key not in self._parts:
            self._parts[key] = entry, about(entry, cells)
        return self._parts[key][1]


class GroupsTogether:
    """What several groups say on an issue, to those for whom all of them speak.

    On each cell that is the latest entry that names it or leaves it open, and the latest answer to
    each text; of the same day, that of the first group.
    """

    def __init__(self, groups: Sequence[str], membership: Membership) -> None:
        self._groups = groups
        self._membership = membership
        self._heard: dict[int, Resolved] = {}
        self._entries: dict[Cell, _Latest[Entry]] = {}
        self._answers: dict[Cell, dict[str, _Latest[HeldAnswer]]] = {}

    def hear(self, number: int, now: Resolved) -> None:
        """Take in what counts for the group of this number from now on."""
        before = self._heard.get(number, _NOTHING)
        self._heard[number] = now
        changed: dict[int, tuple[Entry, list[Cell]]] = {}
        for cell in {**before.entries, **now.entries}:
            entry = now.entries.get(cell)
            if entry is not before.entries.get(cell):
                self._entries.setdefault(cell, _Latest()).forget(number)
                if entry is not None:
                    changed.setdefault(id(entry), (entry, []))[1].append(cell)
        for entry, cells in changed.values():
            held = self._membership.held(entry, self._groups[number])
            spoken = _spoken(entry, cells)
            for cell in cells:
                if cell in spoken:
                    self._entries[cell].hear(number, entry.since.first, held)
        for cell in {**before.answers, **now.answers}:
            were, are = before.answers.get(cell, NOTHING), now.answers.get(cell, NOTHING)
            if were is not are:
                self._hear_answers(number, cell, were, are)

    def _hear_answers(
        self,
        number: int,
        cell: Cell,
        before: Mapping[str, HeldAnswer],
        now: Mapping[str, HeldAnswer],
    ) -> None:
        said = self._answers.setdefault(cell, {})
        for text in {**before, **now}:
            given = now.get(text)
            if given is not before.get(text):
                said.setdefault(text, _Latest()).forget(number)
                if given is not None:
                    said[text].hear(number, given.answer.since.first, given)

    def together(self) -> Resolved:
        """What they say together."""
        entries = {cell: said.last() for cell, said in self._entries.items()}
        answers = {
            cell: _known({text: said.last() for text, said in texts.items()})
            for cell, texts in self._answers.items()
        }
        return Resolved(_known(entries), answers)


def _known(said: Mapping[Key, Said | None]) -> dict[Key, Said]:
    return {key: one for key, one in said.items() if one is not None}


class _Latest(Generic[Said]):
    """What was said last; of the same day, by the speaker with the lowest number."""

    def __init__(self) -> None:
        self._said: dict[int, tuple[date, Said]] = {}
        self._order: list[tuple[date, int]] = []

    def hear(self, speaker: int, day: date, said: Said) -> None:
        self._said[speaker] = day, said
        insort(self._order, (day, -speaker))

    def forget(self, speaker: int) -> None:
        if speaker in self._said:
            day, _ = self._said.pop(speaker)
            del self._order[bisect_right(self._order, (day, -speaker)) - 1]

    def last(self) -> Said | None:
        return self._said[-self._order[-1][1]][1] if self._order else None


class _Phases(Generic[Said]):
    """What holds from each of some days on, in their order."""

    def __init__(self, turns: Iterable[tuple[date, Said]]) -> None:
        known = dict(turns)
        self.days = [*known]
        self._held = [*known.values()]

    def on(self, day: date, before: Said) -> Said:
        """What holds on a day; `before`, if it is before the first."""
        begun = bisect_right(self.days, day)
        return self._held[begun - 1] if begun else before

    def turns(self) -> Iterable[tuple[date, Said]]:
        return zip(self.days, self._held, strict=True)


class ResolvedOverTime:
    """What counts for the parties of a dossier on each issue, over time."""

    def __init__(
        self,
        dossier: Dossier,
        timelines: Timelines,
        groups: Groups,
        texts: Mapping[str, Sequence[str]],
    ) -> None:
        """`texts` are those that have a term on each issue."""
        self._dossier = dossier
        self._timelines = timelines
        self._groups = groups
        self._texts = texts
        self.membership = Membership()
        self._known: dict[tuple[str, str], _Phases[Resolved]] = {}
        self._together: dict[tuple[tuple[str, ...], str], _Phases[Resolved]] = {}

    def on(self, party: str, issue: str, day: date) -> Resolved:
        """What counts for a party on an issue on a day."""
        return self._worked_out(party, issue).on(day, _NOTHING)

    def _worked_out(self, party: str, issue: str) -> _Phases[Resolved]:
        """What counts for a party; that of its groups is worked out first, without recursion."""
        groups = self._groups

        def above(key: tuple[str, str]) -> list[tuple[str, str]]:
            return [(group, key[1]) for group in groups.get(key[0], ())]

        for key in not_yet_known((party, issue), above, self._known):
            self._known[key] = self._work_out(key[0], groups.get(key[0], ()), issue)
        return self._known[party, issue]

    def _work_out(self, party: str, groups: tuple[str, ...], issue: str) -> _Phases[Resolved]:
        of_groups = self._of_groups(groups, issue)
        own = self._timelines.of(party).get(issue)
        answers = self._given(party, issue)
        if own is None and not answers.days:
            return of_groups
        days = {*of_groups.days, *answers.days, *(own.days if own is not None else ())}
        known = self._dossier.issues[issue]
        return _Phases(
            (
                day,
                resolved(
                    own.on(day).entry if own is not None else None,
                    answers.on(day, NOTHING),
                    of_groups.on(day, _NOTHING),
                    known,
                ),
            )
            for day in sorted(days)
        )

    def _of_groups(self, groups: tuple[str, ...], issue: str) -> _Phases[Resolved]:
        """What these groups say together; the same for all for whom just these speak."""
        key = groups, issue
        if key not in self._together:
            together = GroupsTogether(groups, self.membership)
            said = [
                (day, number, now)
                for number, group in enumerate(groups)
                for day, now in self._known[group, issue].turns()
            ]
            said.sort(key=itemgetter(0))
            turns = []
            for day, same in groupby(said, key=itemgetter(0)):
                for _, number, now in same:
                    together.hear(number, now)
                turns.append((day, together.together()))
            self._together[key] = _Phases(turns)
        return self._together[key]

    def _given(self, party: str, issue: str) -> _Phases[Mapping[str, HeldAnswer]]:
        """The party's own answers in force to texts that have a term on an issue."""
        answered = self._dossier.parties[party].answers
        texts = tuple(text for text in self._texts.get(issue, ()) if text in answered)
        return _Phases(self._timelines.answers(party, texts))
