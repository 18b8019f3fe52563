"""The position that a party holds by its own entries, on one day or over time.

What was said later than a day is left out: an entry, and each of its verbs, is in force from the
first of its statements on, though not before its `since`.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from heapq import heappop, heappush
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from claimpos.dossier.evidence import answer_as_entry, as_strong_as, is_over, said_by
from claimpos.dossier.model import (
    BASES,
    VERBS,
    Answer,
    Basis,
    Dossier,
    Entry,
    Offer,
    PartialDate,
    Party,
)


class Standing(NamedTuple):
    """Where a party stands on an issue on a day.

    Attributes:
        entry: The current position, as far as it had been said by that day; or None.
        lapsed: The last day of a position that has lapsed, if none has replaced it.
        set_aside: How many entries that have begun rest, wholly or in part, on too weak evidence.
        ended: An offer that has ended, if otherwise its entry would be in force.
    """

    entry: Entry | None = None
    lapsed: date | None = None
    set_aside: int = 0
    ended: Offer | None = None


NOWHERE = Standing()


class Stretch(NamedTuple):
    """A stretch of days on which one entry is in force, without a change in what it says.

    The strength of its evidence does not change either. `last` is None if nothing has ended the
    stretch. `entry` is as it was known on the last of the days.
    """

    entry: Entry
    first: date
    last: date | None
    lapses: bool
    """Whether it ends without another entry that follows on the next day."""
    after: Offer | None = None
    """The offer that ended on the day before, if the entry is in force again because of that."""
    ended: Offer | None = None
    """The offer to which the entry belongs, if it lapses because that has ended."""

    @property
    def since(self) -> PartialDate:
        """Its first day; as it was written, if that is the first of the entry."""
        if self.first == self.entry.since.first:
            return self.entry.since
        return PartialDate(self.first.isoformat(), self.first, self.first)


class _Phase(NamedTuple):
    """The days from `first` on with one standing; `number` is the index of the entry behind it."""

    first: date
    number: int
    standing: Standing


def standing_on(entries: Sequence[Entry], day: date, basis: Basis = "inferred") -> Standing:
    """The position in force on a day, on evidence at least as strong as `basis`.

    That is the entry that began last. Once it has lapsed, no older one is in force again; but an
    entry that belongs to an offer that has ended is treated as if it had never been.
    """
    set_aside = 0
    ended: Offer | None = None
    found: Entry | None = None
    for entry in reversed(entries):
        said = said_by(entry, day)
        if said is None:
            continue
        over = said.offer is not None and is_over(said.offer.until, day)
        strong = as_strong_as(said, basis)
        set_aside += strong is not said and not over
        if strong is None or found is not None:
            continue
        if over:
            ended = ended or said.offer
            continue
        found = strong
        if basis == BASES[0]:
            break
    if found is not None and found.until is not None and found.until.last < day:
        return Standing(None, found.until.last, set_aside, ended)
    return Standing(found, None, set_aside, ended)


def own_standings(party: Party, day: date, basis: Basis = "inferred") -> dict[str, Standing]:
    """Where a party itself stands on each issue on which it has ever had a position."""
    return {issue: standing_on(entries, day, basis) for issue, entries in party.positions.items()}


class Timeline:
    """Where a party stands on one issue on each day, as by `standing_on` without `set_aside`.

    It is worked out once for all days. Days between two changes share one Standing object.
    """

    def __init__(self, entries: Sequence[Entry], basis: Basis = "inferred") -> None:
        self._entries = entries
        self._basis = basis
        self._phases = list(self._swept())
        self.days = [phase.first for phase in self._phases]
        """The days on which the position in force changes, or what is known of it."""

    def on(self, day: date) -> Standing:
        """Where the party stands on a day."""
        begun = bisect_right(self.days, day)
        return self._phases[begun - 1].standing if begun else NOWHERE

    def stretches(self, by: date = date.max) -> Iterator[Stretch]:
        """When each entry is in force, as known on the day `by`."""
        last: _Phase | None = None
        phases = [phase for phase in self._phases if phase.first <= by]
        runs = [list(run) for _, run in groupby(phases, key=_position)]
        for at, run in enumerate(runs):
            before, last = last, run[-1]
            if last.standing.entry is None:
                continue
            next_ = runs[at + 1][0] if at + 1 < len(runs) else None
            end = None if next_ is None else next_.first - timedelta(days=1)
            raw = self._entries[last.number]
            said = said_by(raw, last.first, by)
            entry = None if said is None else as_strong_as(said, self._basis)
            assert entry is not None
            lapses = next_ is not None and next_.standing.entry is None
            back = before is not None and before.number > last.number
            yield Stretch(
                entry,
                run[0].first,
                end,
                lapses,
                after=last.standing.ended if back else None,
                ended=next_.standing.ended if next_ is not None and lapses else None,
            )

    def _swept(self) -> Iterator[_Phase]:
        """The phases in order; the entry in force is the last of those that count."""
        days = sorted(self._moments())
        waiting: list[int] = []
        number, ended, phase = -1, -1, _Phase(date.min, -1, NOWHERE)
        for day, group in groupby(days, key=lambda moment: moment[0]):
            moving = set()
            for _, at, begins in group:
                moving.add(at)
                if begins:
                    heappush(waiting, -at)
            while waiting and self._is_over(-waiting[0], day):
                ended = max(ended, -heappop(waiting))
            before, number = number, -waiting[0] if waiting else -1
            if number == before and moving.isdisjoint((number, ended)):
                continue
            offer = self._entries[ended].offer if ended > number else None
            new = _Phase(day, number, self._standing(number, day, offer))
            if new.standing != phase.standing or new.number != phase.number:
                phase = new
                yield phase

    def _moments(self) -> Iterator[tuple[date, int, bool]]:
        """The days on which an entry begins to count or changes: its index, whether it begins."""
        weakest = BASES.index(self._basis)
        for number, entry in enumerate(self._entries):
            said = [one.said.first for one in entry.evidence if BASES.index(one.basis) >= weakest]
            if not said:
                continue
            first = max(entry.since.first, min(said))
            yield first, number, True
            cited = (*entry.evidence, *entry.against, *entry.context)
            days = {one.said.first for one in cited} | {one.day.first for one in entry.notes}
            for until in (entry.until, entry.offer and entry.offer.until):
                if until is not None and until.last < date.max:
                    days.add(until.last + timedelta(days=1))
            yield from ((day, number, False) for day in days if day > first)

    def _is_over(self, number: int, day: date) -> bool:
        offer = self._entries[number].offer
        return offer is not None and is_over(offer.until, day)

    def _standing(self, number: int, day: date, ended: Offer | None) -> Standing:
        if number < 0:
            return Standing(ended=ended)
        raw = self._entries[number]
        if is_over(raw.until, day) and raw.until is not None:
            return Standing(lapsed=raw.until.last, ended=ended)
        said = said_by(raw, day)
        return Standing(None if said is None else as_strong_as(said, self._basis), ended=ended)


def _position(phase: _Phase) -> tuple[object, ...]:
    """The position in a phase, for comparisons: the entry, what it says, and on which basis."""
    entry = phase.standing.entry
    if entry is None:
        return ()
    strength = [(verb, entry.basis_of(verb)) for verb in VERBS if getattr(entry, verb)]
    return phase.number, entry.position, strength


class HeldAnswer(NamedTuple):
    """An answer to a text, and the party that gave it."""

    holder: str
    answer: Answer


AnswersFrom = tuple[date, Mapping[str, HeldAnswer]]
"""The answers in force, by text, from a day on."""


class Timelines:
    """The timelines of a dossier's parties, each made when it is first needed.

    Those of a part of a dossier, such as some of its issues, are taken from those of the `whole`.
    """

    def __init__(
        self, dossier: Dossier, basis: Basis = "inferred", whole: "Timelines | None" = None
    ) -> None:
        self._dossier = dossier
        self._basis = basis
        self._whole = whole
        self._known: dict[str, dict[str, Timeline]] = {}
        self._of_answers: dict[tuple[str, str], Timeline] = {}
        self._answers: dict[tuple[str, tuple[str, ...]], Sequence[AnswersFrom]] = {}

    def of(self, party: str) -> Mapping[str, Timeline]:
        """A party's timelines, by issue."""
        if party not in self._known:
            positions = self._dossier.parties[party].positions
            if self._whole is None:
                made = {issue: Timeline(held, self._basis) for issue, held in positions.items()}
            else:
                known = self._whole.of(party)
                made = {issue: known[issue] for issue in positions}
            self._known[party] = made
        return self._known[party]

    def of_answers(self, party: str, text: str) -> Timeline:
        """The timeline of a party's answers to one text, each as an entry."""
        if self._whole is not None:
            return self._whole.of_answers(party, text)
        if (party, text) not in self._of_answers:
            given = self._dossier.parties[party].answers.get(text, ())
            entries = [answer_as_entry(answer) for answer in given]
            self._of_answers[party, text] = Timeline(entries, self._basis)
        return self._of_answers[party, text]

    def answers(self, party: str, texts: tuple[str, ...]) -> Sequence[AnswersFrom]:
        """A party's answers in force to these texts, from each day on which they change."""
        if self._whole is not None:
            return self._whole.answers(party, texts)
        key = party, texts
        if key not in self._answers:
            given = [(day, text, one) for text in texts for day, one in self._held(party, text)]
            given.sort(key=itemgetter(0))
            found: list[AnswersFrom] = []
            held: dict[str, HeldAnswer] = {}
            for day, same in groupby(given, key=itemgetter(0)):
                held = dict(held)
                for _, text, one in same:
                    held.pop(text, None)
                    if one is not None:
                        held[text] = one
                found.append((day, held))
            self._answers[key] = found
        return self._answers[key]

    def _held(self, party: str, text: str) -> Iterator[tuple[date, HeldAnswer | None]]:
        """A party's answer in force to a text, but not before there is the text."""
        timeline = self.of_answers(party, text)
        proposed = self._dossier.proposals[text].date.first
        for day in timeline.days:
            answer = answer_of(timeline.on(day))
            yield max(day, proposed), None if answer is None else HeldAnswer(party, answer)

    def days(self, parties: Iterable[str]) -> list[date]:
        """The days on which something changes for one of these parties."""
        timelines = [one for party in parties for one in self.of(party).values()]
        return sorted({day for timeline in timelines for day in timeline.days})


def answer_of(standing: Standing) -> Answer | None:
    """The answer in force, where the entries of a party are its answers to one text."""
    if standing.entry is None:
        return None
    answer = standing.entry.accepts[0].answer
    return answer and answer._replace(until=standing.entry.until, evidence=standing.entry.evidence)


def stretches(
    entries: Sequence[Entry], basis: Basis = "inferred", by: date = date.max
) -> Iterator[Stretch]:
    """When each entry is in force, as known on the day `by`; see `standing_on`."""
    return Timeline(entries, basis).stretches(by)
