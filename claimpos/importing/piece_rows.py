"""The pieces of a dossier as cells of a table, by field; each names others by their ids."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from claimpos.dossier.model import (
    ENTRY_TEXTS,
    OUTCOME_VERBS,
    QUOTE_WORDS,
    Alternative,
    Answer,
    Cell,
    Dossier,
    Entry,
    Issue,
    Offer,
    Party,
    Proposal,
    Source,
    Speaker,
    Statement,
    Term,
)
from claimpos.importing.writing import flow
from claimpos.rendering.diff_report import entry_report, outcomes_report, written

Row = dict[str, str]


def filled(row: Mapping[str, Any]) -> Row:
    """The row with texts for values; what is empty, false or none is left out."""
    return {field: _cell(value) for field, value in row.items() if value not in ("", False, None)}


def _cell(value: Any) -> str:
    return str(value) if isinstance(value, str) else flow(value)


def talks_row(dossier: Dossier) -> Row:
    words = dossier.quote_words
    return filled(
        {
            "dossier": dossier.title,
            "talks_closed": dossier.closed.text if dossier.closed else "",
            "quote_words": words if words != QUOTE_WORDS else None,
            "single_undertaking": dossier.single_undertaking,
            **{f"dossier_{key}": text for key, text in dossier.origin._asdict().items()},
        }
    )


def source_row(source: Source) -> Row:
    return filled(
        {
            "source": source.id,
            "source_title": source.title,
            "publisher": source.publisher,
            "source_date": source.date.text,
            "status": source.status,
            "authors": source.authors or None,
            "url": source.url,
            "archived": source.archived,
            "language": source.language,
            "translation": source.translation,
            "source_note": source.note,
        }
    )


def issue_row(issue: Issue) -> Row:
    bounds = {"minimum": issue.minimum, "maximum": issue.maximum}
    return filled(
        {
            "issue": issue.id,
            "title": issue.title,
            "question": issue.question,
            "group": issue.group,
            "kind": issue.kind,
            "options": dict(issue.options) or None,
            "items": dict(issue.items) or None,
            "unit": issue.unit,
            "integer": issue.integer,
            "core": issue.core,
            "no_agreement": [one for one in issue.options if one in issue.no_agreement] or None,
            "presupposes": [one.written for one in issue.presupposes] or None,
            "issue_note": issue.note,
            "issue_also": issue.also or None,
            "issue_formerly": issue.formerly or None,
        }
    ) | {key: flow(bound) for key, bound in bounds.items() if bound is not None}


def party_row(party: Party) -> Row:
    return filled(
        {
            "party": party.id,
            "name": party.name,
            "short": party.short if party.short != party.name else "",
            "aliases": party.aliases or None,
            "members": party.members or None,
            "speaks_for_members": party.speaks_for_members,
            "plural": party.plural,
            "party_role": party.role,
            "party_note": party.note,
            "party_formerly": party.formerly or None,
        }
    )


def speaker_row(speaker: Speaker) -> Row:
    row = {"speaker_name": speaker.name, "role": speaker.role, "outside": speaker.outside}
    return {"speaker": speaker.id} | filled(row)


def offer_row(offer: Offer) -> Row:
    row = {
        "offer": offer.id,
        "offer_title": offer.title,
        "offer_until": offer.until.text if offer.until else "",
        "offer_deadline": offer.deadline,
    }
    return filled(row)


def statement_row(statement: Statement) -> Row:
    row = {
        "statement": statement.id,
        "said": statement.said.text,
        "basis": statement.basis,
        "summary": statement.summary,
        "quote": statement.quote,
        "quote_original": statement.quote_original,
        "locator": statement.locator,
        "statement_note": statement.note,
        "source": statement.source.id,
        "speaker": statement.speaker.id if statement.speaker else "",
    }
    return filled(row)


def entry_row(entry: Entry, issue: Issue, party: Party) -> Row:
    """What a position says; not the statements that it cites."""
    report = entry_report(entry, issue, party.id)
    said: dict[str, Any] = {
        "party": party.id,
        "issue": entry.issue,
        "since": entry.since.text,
        "until": entry.until.text if entry.until else "",
        "standing": entry.standing,
        "deadline": entry.deadline,
        "offer": entry.offer.id if entry.offer else "",
        "dated_notes": [{"day": one.day.text, "text": one.text} for one in entry.notes] or None,
        **{text: getattr(entry, text) for text in ENTRY_TEXTS},
    }
    return filled(said) | {verb: flow(report[verb]) for verb in OUTCOME_VERBS if verb in report}


def proposal_row(proposal: Proposal) -> Row:
    return filled(
        {
            "proposal": proposal.id,
            "proposal_title": proposal.title,
            "proposal_date": proposal.date.text,
            "proposal_status": proposal.status,
            "proposal_authors": proposal.authors or None,
            "proposal_note": proposal.note,
            "source": proposal.source.id if proposal.source else "",
        }
    )


def term_row(proposal: Proposal, issue: Issue) -> Row:
    term = proposal.terms[issue.id]
    row = {"term_summary": term.summary, "term_locator": term.locator}
    outcome = _cell(term_outcome(term, issue))
    return {"proposal": proposal.id, "issue": issue.id, "term": outcome} | filled(row)


def term_outcome(term: Term, issue: Issue) -> Any:
    """What a term says, as a proposal's file writes it."""
    if not term.bracketed:
        return written(term.outcomes, issue)
    brackets = {cell: _brackets(some) for cell, some in term.bracketed.items()}
    if issue.kind != "items":
        return brackets[Cell(issue.id)]
    named = written(term.outcomes, issue) if term.outcomes else {}
    return {**named, **{cell.item: held for cell, held in brackets.items()}}


def _brackets(alternatives: tuple[Alternative, ...]) -> dict[str, Any]:
    return {"bracketed": [_alternative(one) for one in alternatives]}


def _alternative(alternative: Alternative) -> Any:
    outcome = "none" if alternative.outcomes is None else outcomes_report(alternative.outcomes)
    return {"outcome": outcome, "by": list(alternative.by)} if alternative.by else outcome


def answer_row(answer: Answer, party: Party) -> Row:
    """What a party answers to a text; not the statements that it cites."""
    row = {
        "answer": answer.says,
        "until": answer.until.text if answer.until else "",
        "except": [".".join(filter(None, cell)) for cell in answer.excepted] or None,
        "answer_subject_to": answer.subject_to,
        "answer_note": answer.note,
    }
    key = {"party": party.id, "proposal": answer.text, "since": answer.since.text}
    return key | filled(row)
