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
