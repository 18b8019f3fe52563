"""Positions, offers and talks that have ended, and what goes on after its end.

CP406 error: an entry or an answer ends before it begins, or the entry's offer does

    FAIL
        positions:
          status:
            - {since: 2025-03, until: 2025-02, accepts: open, evidence: [said]}
    PASS
        positions:
          status:
            - {since: 2025-02, until: 2029-03, accepts: open, evidence: [said]}
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from claimpos.dossier.locate import file_of
from claimpos.dossier.model import Entry, PartialDate, Party, Statement
from claimpos.validation.rules.rule import (
    Diagnostic,
    Place,
    Scope,
    answers_of,
    at,
    at_answer,
    entries_of,
    note,
    warning,
)

_HELD_STILL = "add what it has said since, or remove `until` if it still holds"


@warning(439)
def after_the_end(scope: Scope) -> Iterator[Diagnostic]:
    """CP439 warning: positions, or answers to texts, of after the talks closed

    Without --as-of, every report is as of the day on which the talks closed, and leaves out what
    came into force later: what begins later, or rests only on what was said later.

    FAIL agenda.yaml
        title: T
        groups: {g: G}
        closed: 2024-06-30
        issues:
          status:
            title: Status
            question: What status?
            group: g
            kind: choice
            options: {open: Open, deferred: Deferred, barred: Barred}
    PASS agenda.yaml
        title: T
        groups: {g: G}
        closed: 2025-12-31
        issues:
          status:
            title: Status
            question: What status?
            group: g
            kind: choice
            options: {open: Open, deferred: Deferred, barred: Barred}
    """
    closed = scope.dossier.closed
    if closed is None:
        return
    parties = scope.dossier.parties.values()
    begun = [_in_force(one.since, one.evidence) for party in parties for one in entries_of(party)]
    begun += [_in_force(one.since, one.evidence) for party in parties for one in answers_of(party)]
    later = sorted(day for day in begun if day > closed.last)
    if later:
        yield Diagnostic(
            Place("agenda.yaml", ("closed",)),
            f"{len(later):,} of the entries and answers came into force after the talks closed, "
            f"the first on {later[0]}",
            "correct the day, or name a later one with --as-of where they are to count",
        )


def _in_force(since: PartialDate, evidence: Sequence[Statement]) -> date:
    """The first day on which an entry or an answer is in force."""
    said = (statement.said.first for statement in evidence)
    return max(since.first, min(said, default=since.first))


@warning(413)
def lapsed(party: Party, scope: Scope) -> Iterator[Diagnostic]:
    """CP413 warning: the last entry on an issue, or the last answer to a text, has lapsed

    The party now has no recorded position on the issue, or no answer. Record what it has said
    since then, if anything. The end of an offer is not reported.

    FAIL
        positions:
          status:
            - {since: 2025-01-01, until: 2025-06-30, accepts: open, evidence: [said]}
    PASS
        positions:
          status:
            - {since: 2025-01-01, until: 2025-06-30, accepts: open, evidence: [said]}
            - {since: 2025-07-01, accepts: deferred, evidence: [said]}
    """
    for issue, entries in party.positions.items():
        last = entries[-1]
        if last.until is not None and last.until.last < scope.today:
            yield Diagnostic(
                at(party, last, "until"),
                f"the position lapsed on {last.until.last}: on “{issue}” the party now has no "
                "recorded position",
                _HELD_STILL,
            )
    for text, answers in party.answers.items():
        ends = answers[-1].until
        if ends is not None and ends.last < scope.today:
            message = f"the answer to “{text}” lapsed on {ends.last}"
            yield Diagnostic(at_answer(party, answers[-1], "until"), message, _HELD_STILL)


@note(417)
def half_lapsed(party: Party, scope: Scope) -> Iterator[Diagnostic]:
    """CP417 note: an entry does not end, but others from the same proposal do

    Entries that rest on the source of one proposal belong to one package. If some of them end, by
    `until` or with their `offer`, and others do not, part of the package would stay in force.

    FAIL
        offers:
          package: {title: The package, until: 2025-06-30}
        statements:
          said: {source: draft, basis: stated, summary: Said so.}
        positions:
          status:
            - {since: 2025-01-15, accepts: open, offer: package, evidence: [said]}
          cap:
            - {since: 2025-01-15, accepts: 500, evidence: [said]}
    PASS
        offers:
          package: {title: The package, until: 2025-06-30}
        statements:
          said: {source: draft, basis: stated, summary: Said so.}
        positions:
          status:
            - {since: 2025-01-15, accepts: open, offer: package, evidence: [said]}
          cap:
            - {since: 2025-01-15, accepts: 500, offer: package, evidence: [said]}
    """
    proposed = {one.source.id for one in scope.dossier.proposals.values() if one.source is not None}
    by_source: dict[str, list[Entry]] = {}
    for entry in entries_of(party):
        sources = {statement.source.id for statement in entry.evidence}
        if len(sources) == 1 and (source := sources.pop()) in proposed:
            by_source.setdefault(source, []).append(entry)
    for source, entries in by_source.items():
        ending = [entry for entry in entries if entry.until is not None or entry.offer is not None]
        if not ending:
            continue
        for entry in entries:
            if entry.until is None and entry.offer is None:
                yield Diagnostic(
                    at(party, entry, "since"),
                    f"the entry rests on “{source}” and does not end, but others that rest on it "
                    f"do ({_entries(len(ending))})",
                    "give all of them one `offer`, or the same `until`, if they are one package",
                )


@warning(419)
def idle_offer(party: Party, scope: Scope) -> Iterator[Diagnostic]:
    """CP419 warning: an offer that no entry is part of, or a `deadline` without a day

    An offer has content only through the entries that name it. And `deadline: true` means that
    the party itself set the day in `until`; without a day nothing ends.

    FAIL
        offers:
          package: {title: The package, until: 2027-06-30}
        positions:
          status:
            - {since: 2025-01-15, accepts: open, evidence: [said]}
    FAIL
        positions:
          status:
            - {since: 2025-01-15, deadline: true, accepts: open, evidence: [said]}
    PASS
        offers:
          package: {title: The package, until: 2027-06-30, deadline: true}
        positions:
          status:
            - {since: 2025-01-15, accepts: open, offer: package, evidence: [said]}
    """
    used = {entry.offer.id for entry in entries_of(party) if entry.offer is not None}
    for offer in party.offers.values():
        place = Place(file_of(party.id), ("offers", offer.id), key=True)
        if offer.id not in used:
            hint = f"add `offer: {offer.id}` to the entries that are part of it, or delete it"
            yield Diagnostic(place, f"no entry is part of the offer “{offer.id}”", hint)
        if offer.deadline and offer.until is None:
            place = Place(file_of(party.id), ("offers", offer.id, "deadline"), key=True)
            yield Diagnostic(place, _NO_DAY, _NAME_DAY)
    for entry in entries_of(party):
        if entry.deadline and entry.until is None:
            yield Diagnostic(at(party, entry, "deadline", key=True), _NO_DAY, _NAME_DAY)


_NO_DAY = "there is a deadline, but no day on which it falls"
_NAME_DAY = "name the day as `until`, or remove `deadline`"


def _entries(number: int) -> str:
    return f"{number:,} {'entry' if number == 1 else 'entries'}"
