"""A history: issue by issue, each step with what changed and who said so.

For JSON, see schemas/history.schema.json.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from claimpos.comparison.history import History, IssueHistory, Step
from claimpos.dossier.model import Issue, Statement
from claimpos.rendering.data import Rows
from claimpos.rendering.diff import basis_notes
from claimpos.rendering.diff_report import answer_report, entry_report
from claimpos.rendering.document import (
    Block,
    Document,
    Heading,
    Paragraph,
    Table,
    headed,
    paragraphs,
)
from claimpos.wording.age import closed_note
from claimpos.wording.dossier_texts import capital, in_brackets
from claimpos.wording.movement import step_in_words
from claimpos.wording.names import Words, dossier_named, written_date, written_day
from claimpos.wording.positions import OUTSIDE, in_full, is_inferred, marked, period, published
from claimpos.wording.texts import answer_in_words

FORMAT = "claimpos.history/1"


def history_document(history: History) -> Document:
    """The whole history, for people to read."""
    party = history.dossier.parties[history.party]
    words = Words(history.dossier).of(party.id)
    whose = words.in_number("its")
    title = f"{party.name}: how {whose} positions changed, to {written_day(history.day)}"
    closed = closed_note(history.dossier, history.day)
    about = [
        dossier_named(history.dossier.title),
        *closed,
        *basis_notes(history.basis, history.set_aside),
    ]
    blocks: list[Block] = [headed(Heading(title, "title"), *about)]
    if history.answers:
        given = (answer_in_words(one, words, words.text(one.text)) for one in history.answers)
        blocks.append(Heading("Answers to texts", "part"))
        blocks.append(paragraphs([f"{capital(text)}." for text in given]))
    for one in history.issues:
        blocks += [Heading(one.issue.title, "part"), _table(one, words, history.day)]
    if not history.issues:
        blocks.append(Paragraph("No recorded position."))
    return Document(blocks)


def _table(one: IssueHistory, words: Words, day: date) -> Table:
    """A row for each step; with little room, who said it stands below the position."""
    rows, narrow = [], []
    for step in one.steps:
        position, said = _position(step, one.issue, words), _said_by(step, day)
        change = step_in_words(step, one.issue, words)
        rows.append([when(step), position, change, said])
        narrow.append([when(step), f"{position}\n({said})" if said else position, change])
    header = ["When", "Position", "What changed", "Said by"]
    return Table(header, rows, narrow=Table(header[:3], narrow))


def when(step: Step) -> str:
    """The day or the days of a step, in words."""
    if step.kind == "lapsed":
        return f"after {written_day(step.last_day)}"
    if step.since is None or step.since == step.entry.since:
        return period(step.entry)
    standing = step.entry.standing and not step.continues
    return period(step.entry._replace(since=step.since, standing=standing))


def _position(step: Step, issue: Issue, words: Words) -> str:
    if step.kind == "lapsed":
        return "none"
    full = "; ".join(in_full(step.entry, issue, words))
    return capital(marked(full, is_inferred(step.entry)))


def _said_by(step: Step, day: date) -> str:
    """Who said what the entry rests on, when, and in which source."""
    if step.kind == "lapsed":
        return ""
    return "; ".join(dict.fromkeys(_in_short(one, day) for one in step.entry.evidence))


def _in_short(statement: Statement, day: date) -> str:
    speaker, source = statement.speaker, statement.source
    who = [in_brackets(source.publisher if speaker is None else speaker.name)]
    who += [OUTSIDE] if speaker is not None and speaker.outside else []
    later = [published(source, day)] if source.date.first > day else []
    return ", ".join([*who, written_date(statement.said), source.id, *later])


def history_report(history: History) -> dict[str, Any]:
    """The history as plain data."""
    words = Words(history.dossier).of(history.party)
    return {
        "format": FORMAT,
        "dossier": history.dossier.title,
        "party": history.party,
        "as_of": history.day.isoformat(),
        "basis": history.basis,
        "set_aside": history.set_aside,
        "answers": [{"text": one.text, **answer_report(one)} for one in history.answers],
        "issues": [
            {
                "id": one.issue.id,
                "title": one.issue.title,
                "group": one.issue.group,
                "steps": [step_report(step, one.issue, history.party, words) for step in one.steps],
            }
            for one in history.issues
        ],
    }


def step_report(step: Step, issue: Issue, party: str, words: Words) -> dict[str, Any]:
    """A step as plain data, with the entry that begins or, for a lapse, has ended."""
    return {
        "kind": step.kind,
        "day": step.day.isoformat(),
        "after_silence": step.after_silence,
        "change": step_in_words(step, issue, words),
        "distances": [
            {
                "party": other,
                "from": change.was,
                "to": change.now,
                "moved": "narrowed" if change.narrowed else "widened",
            }
            for change in step.distances
            for other in change.sides[1]
        ],
        "entry": entry_report(step.entry, issue, party),
    }


def history_rows(history: History) -> Rows:
    """One line for each step."""
    words = Words(history.dossier).of(history.party)
    header = ["party", "issue", "day", "kind", "position", "change", "said by"]
    lines = [
        [
            history.party,
            one.issue.id,
            step.day.isoformat(),
            step.kind,
            _position(step, one.issue, words),
            step_in_words(step, one.issue, words),
            _said_by(step, history.day),
        ]
        for one in history.issues
        for step in one.steps
    ]
    return header, lines
