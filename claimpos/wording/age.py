"""How old the evidence of a report is, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from claimpos.dossier.model import Dossier, Entry, PartialDate
from claimpos.wording.names import in_a_row, joined, written_date, written_day
from claimpos.wording.sentences import say

OLD = 60
"""The age in days of a party's newest evidence, above which a report warns of it."""

_NAMED = 6

Newest = Mapping[str, PartialDate | None]


def newest_report(newest: Newest) -> dict[str, str | None]:
    """The date of each party's newest evidence, as data."""
    return {party: None if said is None else said.text for party, said in newest.items()}


def age_notes(dossier: Dossier, newest: Newest, day: date) -> list[str]:
    """The notes on the day of a report: how new the evidence is, and whether talks are over."""
    return [newest_note(dossier, newest), *closed_note(dossier, day)]


def age_in_full(dossier: Dossier, newest: Newest, day: date, on: str = "") -> list[str]:
    """The same for a report on its own, which also says how much of the evidence is old.

    `on` names the issues, if the report is not on all.
    """
    notes = [newest_note(dossier, newest, on), old_in_words(newest, day)]
    return [*filter(None, notes), *closed_note(dossier, day)]


def newest_note(dossier: Dossier, newest: Newest, on: str = "") -> str:
    """The date of each party's newest evidence; for many parties, the first and the last of these.

    `on` names the issues, if the report is not on all.
    """
    dates = _listed(dossier, newest)
    return say("age.newest-on", issues=on, dates=dates) if on else say("age.newest", dates=dates)


def closed_note(dossier: Dossier, day: date) -> list[str]:
    """A sentence on when the talks closed, if they had by the day of a report; else none."""
    if dossier.closed is None or dossier.closed.last > day:
        return []
    return [say("head.closed", day=written_day(dossier.closed.last))]


def _listed(dossier: Dossier, newest: Newest) -> str:
    known = sorted(
        ((said, dossier.parties[party].label) for party, said in newest.items() if said),
        key=lambda one: one[0].first,
    )
    if len(newest) <= _NAMED:
        labels = {party: dossier.parties[party].label for party in newest}
        return in_a_row(
            say(
                "age.of-party",
                party=labels[party],
                date=written_date(said) if said else say("age.none"),
            )
            for party, said in newest.items()
        )
    if not known:
        return say("age.none")
    (oldest, one), (latest, other) = known[0], known[-1]
    if oldest == latest:
        if len(known) > _NAMED:
            return say("age.same-of-many", len(known), date=written_date(oldest))
        parties = joined(name for _, name in known)
        return say("age.of-parties", parties=parties, date=written_date(oldest))
    first, last = written_date(oldest), written_date(latest)
    return say("age.from-to", oldest=first, first=one, latest=last, last=other)


def age_warning(dossier: Dossier, newest: Newest, day: date) -> str:
    """A clause on whose newest evidence is old; empty if nobody's is."""
    old = [
        say("age.old-party", party=dossier.parties[party].label, date=written_date(said))
        for party, said in newest.items()
        if said is not None and (day - said.first).days > OLD
    ]
    if not old:
        return ""
    more = len(old) - _NAMED
    named = old[:_NAMED] if more > 1 else old
    parties = in_a_row(named)
    if more > 1:
        parties = say("age.and-others", more, parties=parties)
    return say("age.warning", days=OLD, day=written_day(day), parties=parties)


def last_confirmed(entry: Entry) -> str:
    """When a position was last confirmed."""
    return say("age.confirmed", day=written_day(entry.confirmed))


def old_in_words(newest: Newest, day: date) -> str:
    """A short sentence on how much of the newest evidence is old; empty if none is."""
    ages = [(day - said.first).days for said in newest.values() if said is not None]
    old = sum(age > OLD for age in ages)
    if not old:
        return ""
    since = {"days": OLD, "day": written_day(day)}
    if old == len(ages):
        return say("age.all-old", **since)
    return say("age.some-old", old=old, all=len(ages), **since)
