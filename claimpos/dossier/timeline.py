"""Which of a party's entries is in force on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
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
