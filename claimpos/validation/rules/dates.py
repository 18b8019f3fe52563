"""Dates that do not exist, contradict each other, or are in the future.

CP405 error: two entries on one issue begin on the same day

    Only one of them could be in force. A year or a month alone begins on its first day.

    FAIL
        positions:
          status:
            - {since: 2025-01, accepts: open, evidence: [said]}
            - {since: 2025-01-01, refuses: barred, evidence: [said]}
    PASS
        positions:
          status:
            - {since: 2025-01-01, accepts: open, refuses: barred, evidence: [said]}

CP406 error: an entry or an answer ends before it begins, or the entry's offer does

    FAIL
        positions:
          status:
            - {since: 2025-03, until: 2025-02, accepts: open, evidence: [said]}
    PASS
        positions:
          status:
            - {since: 2025-02, until: 2029-03, accepts: open, evidence: [said]}

CP407 error: a day that does not exist

    FAIL
        positions:
          status:
            - {since: 2025-02-30, accepts: open, evidence: [said]}
    PASS
        positions:
          status:
            - {since: 2025-02-28, accepts: open, evidence: [said]}
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from claimpos.dossier.locate import file_of
from claimpos.dossier.model import Entry, PartialDate, Party, Statement
from claimpos.validation.rules.rule import (
    Diagnostic,
    Place,
    Scope,
    answers_of,
    at,
    at_answer,
    at_statement,
    entries_of,
    error,
    note,
    pieces_of,
    warning,
)

_CLOSED = Place("agenda.yaml", ("closed",))
_HELD_STILL = "add what it has said since, or remove `until` if it still holds"
_CORRECT = "correct the date: a recorded statement has already been made"


@error(409)
def ahead(party: Party, scope: Scope) -> Iterator[Diagnostic]:
    """CP409 error: a date in the future

    A statement that has not been made yet cannot be evidence. `until` may be in the future. Other
    commands ignore this error: an entry that has not begun is not in force.

    FAIL
        positions:
          status:
            - {since: 2999-01-01, accepts: open, evidence: [said]}
    PASS
        positions:
          status:
            - {since: 2025-01-01, until: 2999, accepts: open, evidence: [said]}
    """
    latest = _latest(scope)
    for entry in entries_of(party):
        if entry.since.first > latest:
            yield Diagnostic(at(party, entry, "since"), _ahead(entry.since), _CORRECT)
    for answer in answers_of(party):
        if answer.since.first > latest:
            yield Diagnostic(at_answer(party, answer, "since"), _ahead(answer.since), _CORRECT)
    for statement in party.statements.values():
        if statement.said.first > latest and statement.said != statement.source.date:
            place = at_statement(party.id, statement.id, "said")
            yield Diagnostic(place, _ahead(statement.said), _CORRECT)


@error(409)
def remark_ahead(party: Party, scope: Scope) -> Iterator[Diagnostic]:
    """The same of reviews and notes."""
    latest = _latest(scope)
    for piece in pieces_of(party):
        review = piece.held.reviewed
        if review and review.on.first > latest:
            place = piece.within("reviewed", "on")
            yield Diagnostic(place, _ahead(review.on), "correct the date of the review")
    for entry in entries_of(party):
        for number, remark in enumerate(entry.notes):
            if remark.day.first > latest:
                place = at(party, entry, "notes", number, "day")
                yield Diagnostic(place, _ahead(remark.day), "correct the date of the note")


@error(409)
def document_ahead(scope: Scope) -> Iterator[Diagnostic]:
    """The same of sources, proposals and the end of the talks."""
    dossier, latest = scope.dossier, _latest(scope)
    closed = dossier.closed
    if closed is not None and closed.last > latest:
        yield Diagnostic(
            _CLOSED,
            _ahead(closed) if closed.first > latest else f"{closed.text} has not ended yet",
            "write the day on which the talks ended, or delete `closed` until they have",
        )
    for source in dossier.sources.values():
        if source.date.first > latest:
            place = Place("sources.yaml", ("sources", source.id, "date"))
            yield Diagnostic(place, _ahead(source.date), _CORRECT)
    for proposal in dossier.proposals.values():
        if proposal.date.first > latest:
            yield Diagnostic(
                Place(f"proposals/{proposal.id}.yaml", ("date",)), _ahead(proposal.date), _CORRECT
            )


def _latest(scope: Scope) -> date:
    """The latest date that is today anywhere on earth."""
    return scope.today + timedelta(days=1) if scope.today < date.max else scope.today


def _ahead(when: PartialDate) -> str:
    return f"{when.text} is in the future"


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
            _CLOSED,
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


@note(414)
def evidence_later(party: Party, scope: Scope) -> Iterator[Diagnostic]:
    """CP414 note: an entry, or an answer to a text, begins before its first statement was made

    Later statements may confirm an entry, but it is in force from the first of them on, whatever
    its `since`. The same holds of a verb with statements of its own: on the days between, the
    entry stands without it, and what went before it no longer does. An entry marked `standing` is
    older than its first record.

    FAIL
        statements:
          said: {source: paper, said: 2025-01-01, basis: stated, summary: Said so.}
        positions:
          status:
            - {since: 2024-11-30, accepts: open, evidence: [said]}
    PASS
        statements:
          said: {source: paper, said: 2025-01-01, basis: stated, summary: Said so.}
        positions:
          status:
            - {since: 2025-01-01, accepts: open, evidence: [said]}
    """
    for entry in entries_of(party):
        if entry.standing:
            continue
        if early := _begins_early("entry", entry.since, entry.evidence):
            yield Diagnostic(
                at(party, entry, "since"),
                early,
                "let it begin with its first statement, add an earlier one, or mark it `standing` "
                "if the position is older than its first record",
            )
        elif entry.evidence:
            yield from _later_verbs(party, entry)
    for answer in answers_of(party):
        if early := _begins_early("answer", answer.since, answer.evidence):
            hint = "let it begin with its first statement, or add an earlier one"
            yield Diagnostic(at_answer(party, answer, "since"), early, hint)


def _begins_early(what: str, since: PartialDate, evidence: Sequence[Statement]) -> str:
    """That an entry or an answer begins before the first of its statements; else nothing."""
    first = min(evidence, key=lambda statement: statement.said.first, default=None)
    if first is None or first.said.first <= since.last:
        return ""
    return (
        f"the {what} begins ({since.text}) before its first statement, “{first.id}” "
        f"({first.said.text}), was made"
    )


def _later_verbs(party: Party, entry: Entry) -> Iterator[Diagnostic]:
    """Report the verbs of an entry whose first statement is later than the entry's."""
    begun = max(entry.since.last, min(one.said.first for one in entry.evidence))
    for verb, cited in entry.grounds.items():
        first = min(cited, key=lambda statement: statement.said.first)
        if first.said.first > begun:
            yield Diagnostic(
                at(party, entry, "evidence", verb),
                f"`{verb}` counts only from {first.said.text} on, when its first statement, "
                f"“{first.id}”, was made; the entry begins before",
                "give the later statement an entry of its own, and let the older one stand until "
                "then",
            )


@warning(415)
def said_after_source(party: Party, scope: Scope) -> Iterator[Diagnostic]:
    """CP415 warning: a statement is dated after its source

    A document cannot contain what was said after it came out.

    FAIL
        statements:
          said: {source: paper, said: 2025-02-01, basis: stated, summary: Said so.}
        positions:
          status:
            - {since: 2025-02-01, accepts: open, evidence: [said]}
    PASS
        statements:
          said: {source: paper, said: 2024-12-31, basis: stated, summary: Said so.}
        positions:
          status:
            - {since: 2025-02-01, accepts: open, evidence: [said]}
    """
    for statement in party.statements.values():
        if statement.said.first > statement.source.date.last:
            yield Diagnostic(
                at_statement(party.id, statement.id, "said"),
                f"said ({statement.said.text}) after its source “{statement.source.id}” came out "
                f"({statement.source.date.text})",
                "correct one of the two dates, or name the right source",
            )


@warning(436)
def reviewed_before_said(party: Party, _: Scope) -> Iterator[Diagnostic]:
    """CP436 warning: a review dated before what was reviewed had been said

    An entry can be reviewed from the first of its statements on.

    FAIL
        statements:
          said:
            source: paper
            said: 2025-01-01
            basis: stated
            summary: Said so.
            reviewed: {by: ben, on: 2024-11-30}
        positions:
          status:
            - {since: 2025-01-01, accepts: open, evidence: [said]}
    PASS
        statements:
          said:
            source: paper
            said: 2025-01-01
            basis: stated
            summary: Said so.
            reviewed: {by: ben, on: 2025-01-02}
        positions:
          status:
            - {since: 2025-01-01, accepts: open, evidence: [said]}
    """
    for piece in pieces_of(party):
        held, review = piece.held, piece.held.reviewed
        if review is None:
            continue
        behind = held.evidence if isinstance(held, Entry) else (held,)
        first = min((one.said for one in behind), key=lambda said: said.first, default=None)
        if first is not None and review.on.last < first.first:
            yield Diagnostic(
                piece.within("reviewed", "on"),
                f"the review ({review.on.text}) is dated before what was reviewed had been said "
                f"({first.text})",
                "correct one of the two dates",
            )


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
