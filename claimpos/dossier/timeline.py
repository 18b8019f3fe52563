"""Which of a party's entries is in force on a day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from claimpos.dossier.model import BASES, Basis, Entry


class Standing(NamedTuple):
    """Where a party stands on an issue on a day.

    `entry` is its position in force, or None; `lapsed` the last day of the position that would
    be in force had it not lapsed; `set_aside` the number of entries begun that are too weak.
    """

    entry: Entry | None = None
    lapsed: date | None = None
    set_aside: int = 0


class Stretch(NamedTuple):
    """The days on which an entry is in force; `last` is None if nothing has ended it."""

    entry: Entry
    first: date
    last: date | None
    lapses: bool
    """Whether it ends of itself, with no other entry to follow on the next day."""


def stretches(entries: Sequence[Entry], basis: Basis = "inferred") -> Iterator[Stretch]:
    """When each entry is in force, among those at least as strong as `basis`; see `standing_on`."""
    weakest = BASES.index(basis)
    counted = [entry for entry in entries if BASES.index(entry.basis) >= weakest]
    for at, entry in enumerate(counted):
        until = entry.until.last if entry.until is not None else None
        after = counted[at + 1].since.first if at + 1 < len(counted) else None
        if after is not None and (until is None or until >= after - timedelta(days=1)):
            yield Stretch(entry, entry.since.first, after - timedelta(days=1), lapses=False)
        else:
            yield Stretch(entry, entry.since.first, until, lapses=until is not None)


def standing_on(entries: Sequence[Entry], day: date, basis: Basis = "inferred") -> Standing:
    """The position in force on a day, among entries at least as strong as `basis`.

    It is the entry that began last; once it has lapsed, no older one comes back.
    """
    begun = [entry for entry in entries if entry.since.first <= day]
    weakest = BASES.index(basis)
    counted = (
        [entry for entry in begun if BASES.index(entry.basis) >= weakest] if weakest else begun
    )
    set_aside = len(begun) - len(counted)
    if not counted:
        return Standing(set_aside=set_aside)
    entry = counted[-1]
    if entry.until is not None and entry.until.last < day:
        return Standing(lapsed=entry.until.last, set_aside=set_aside)
    return Standing(entry, set_aside=set_aside)


def standings_on(
    entries: Sequence[Entry], days: Iterable[date], basis: Basis = "inferred"
) -> Iterator[Standing]:
    """The position in force on each of the days, as by `standing_on` but for `set_aside`.

    The entries are not gone through once more for each day.
    """
    known = list(stretches(entries, basis))
    firsts = [stretch.first for stretch in known]
    for day in days:
        begun = bisect_right(firsts, day)
        if not begun:
            yield Standing()
            continue
        stretch = known[begun - 1]
        over = stretch.last is not None and stretch.last < day
        yield Standing(lapsed=stretch.last) if over else Standing(stretch.entry)
