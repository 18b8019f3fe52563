"""Checks of answers to texts: whether they fit the positions that reports count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from claimpos.dossier.graph import Groups, speaking_groups
from claimpos.dossier.model import NOTHING, Acceptance, Answer, Cell, Dossier, Entry, Party, Term
from claimpos.dossier.outcomes import Outcomes, Range, without
from claimpos.validation.rules.rule import (
    Diagnostic,
    Scope,
    answers_of,
    at_answer,
    note,
    warning,
)


@warning(435)
def excepted_but_accepted(party: Party, scope: Scope) -> Iterator[Diagnostic]:
    """CP435 warning: an answer to a text leaves out an issue, but the position accepts its term

    The party accepts the text except for an issue. Its position on that day accepts, demands or
    proposes what the text says there, and reports count that. So they do if it is the position of a
    group that speaks for the party, or that of an older text that it has accepted.

    FAIL
        positions:
          cap:
            - {since: 2024, accepts: 500, evidence: [said]}
        answers:
          truce-plan:
            - {since: 2025, says: accepts, except: [cap], evidence: [said]}
    PASS
        positions:
          cap:
            - {since: 2024, accepts: 500, evidence: [said]}
            - {since: 2025, refuses: 500, evidence: [said]}
        answers:
          truce-plan:
            - {since: 2025, says: accepts, except: [cap], evidence: [said]}
    """
    answers = [one for one in answers_of(party) if one.excepted]
    groups = speaking_groups(scope.dossier.parties) if answers else {}
    for answer in answers:
        for issue, entry in _accepted_anyhow(party, answer, groups, scope.dossier):
            whose = f"the position of “{entry.group}”" if entry.group else "the position"
            yield Diagnostic(
                at_answer(party, answer, "except"),
                f"the answer leaves out “{issue}”, but {whose} since {entry.since.text} accepts "
                "what the text says there",
                "add an entry from that day on, if the position has changed; else take the issue "
                "out of `except`",
            )


def _accepted_anyhow(
    party: Party, answer: Answer, groups: Groups, dossier: Dossier
) -> Iterator[tuple[str, Entry]]:
    """The issues that an answer leaves out, of whose terms the party accepts one, and its entry."""
    from claimpos.comparison.effective_positions import EffectivePositions  # few answers need it

    text = dossier.proposals.get(answer.text)
    terms = NOTHING if text is None else text.terms
    positions = EffectivePositions(dossier, answer.since.first, groups=groups)
    for issue in dict.fromkeys(cell.issue for cell in answer.excepted):
        whole = positions.standing(party.id, issue).entry if issue in terms else None
        if whole is None:
            continue
        integer = dossier.issues[issue].integer
        for cell, parts in _said(terms[issue]):
            entry = whole.on(cell) if whole.parts else whole
            if entry is None or not {cell, Cell(issue)} & {*answer.excepted}:
                continue
            wanted = _wanted(entry, cell, terms, dossier)
            if not any(without(part, wanted, integer) for part in parts):
                yield issue, entry
                break


def _said(term: Term) -> Iterator[tuple[Cell, list[Outcomes]]]:
    """What a term says of each cell: its outcomes or, in brackets, those of each alternative."""
    yield from ((cell, [outcomes]) for cell, outcomes in term.outcomes.items())
    for cell, alternatives in term.bracketed.items():
        parts = [one.outcomes for one in alternatives if one.outcomes]
        if len(parts) == len(alternatives):
            yield cell, parts


def _wanted(
    entry: Entry, cell: Cell, terms: Mapping[str, Term], dossier: Dossier
) -> list[str | Range]:
    """The outcomes of a cell that an entry demands, proposes or accepts, given a text's terms.

    Conditions that the text itself does not meet count as not met.
    """
    accepted = (one.outcomes for one in entry.accepts_on(cell) if _is_met(one, terms, dossier))
    said = (entry.demands, entry.proposes, *accepted)
    return [outcome for named in said for outcome in named.get(cell, ())]


def _is_met(acceptance: Acceptance, terms: Mapping[str, Term], dossier: Dossier) -> bool:
    """Whether an acceptance has no condition but such as are met by the terms of a text."""
    if acceptance.subject_to or acceptance.withheld:
        return False
    for cell, outcomes in acceptance.requires.items():
        term = terms[cell.issue].outcomes.get(cell, ()) if cell.issue in terms else ()
        if not term or without(term, outcomes, dossier.issues[cell.issue].integer):
            return False
    return True


@warning(438)
def excepted_but_not_there(party: Party, scope: Scope) -> Iterator[Diagnostic]:
    """CP438 warning: an answer to a text leaves out what the text does not speak of

    The party then accepts all of the text, whatever was meant to be left out.

    FAIL
        positions: {}
        answers:
          truce-plan:
            - {since: 2025, says: accepts, except: [status], evidence: [said]}
    PASS
        positions: {}
        answers:
          truce-plan:
            - {since: 2025, says: accepts, except: [cap], evidence: [said]}
    """
    for answer in answers_of(party):
        text = scope.dossier.proposals.get(answer.text)
        for cell in () if text is None else answer.excepted:
            term = None if text is None else text.terms.get(cell.issue)
            if term is None or not (
                cell.item is None or cell in term.outcomes or cell in term.bracketed
            ):
                yield Diagnostic(
                    at_answer(party, answer, "except"),
                    f"the answer leaves out “{cell.written}”, of which the text does not speak",
                    "name an issue or a sub-issue on which the text has a term",
                )


@note(437)
def answered_before_text(party: Party, scope: Scope) -> Iterator[Diagnostic]:
    """CP437 note: an answer to a text rests only on statements made before the text

    What was said before the day of a text may be about an earlier text.

    FAIL
        statements:
          said: {source: paper, said: 2024-12-31, basis: stated, summary: Said so.}
        positions:
          status:
            - {since: 2024-12-31, accepts: open, evidence: [said]}
        answers:
          truce-plan: [{since: 2025-01-02, says: accepts, evidence: [said]}]
    PASS
        statements:
          said: {source: paper, said: 2025-01-01, basis: stated, summary: Said so.}
        positions:
          status:
            - {since: 2025-01-01, accepts: open, evidence: [said]}
        answers:
          truce-plan: [{since: 2025-01-02, says: accepts, evidence: [said]}]
    """
    for answer in answers_of(party):
        text = scope.dossier.proposals.get(answer.text)
        last = max((one.said.last for one in answer.evidence), default=date.max)
        if text is not None and last < text.date.first:
            yield Diagnostic(
                at_answer(party, answer, "evidence"),
                f"the answer rests only on what was said before the text ({text.date.text})",
                "cite a statement about this text, or correct one of the dates",
            )
