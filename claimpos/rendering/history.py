"""A history as people read it: issue by issue, each step with what changed and who said so."""

from __future__ import annotations

from typing import Any

from claimpos.comparison.history import History, IssueHistory, Step
from claimpos.dossier.model import Issue, Statement
from claimpos.rendering.assess_report import answer_report
from claimpos.rendering.data import csv_text
from claimpos.rendering.diff import aside
from claimpos.rendering.diff_report import entry_report
from claimpos.rendering.layout import Layout
from claimpos.rendering.tables import TERMINAL
from claimpos.rendering.text import Paint
from claimpos.wording.movement import step_in_words
from claimpos.wording.names import Words, capital, written_date, written_day
from claimpos.wording.positions import in_full, period
from claimpos.wording.texts import answer_in_words

FORMAT = "claimpos.history/1"


def history_text(
    history: History, style: str = TERMINAL, width: int = 80, paint: Paint | None = None
) -> str:
    """The whole history in a table style of `tables`."""
    layout = Layout(style, width, paint or Paint(on=False))
    name = history.dossier.parties[history.party].name
    title = f"{name}: how its positions changed, to {written_day(history.day)}"
    about = [history.dossier.title, *aside(history.basis, history.set_aside)]
    head = [layout.title(title), layout.lines(about)]
    blocks = [layout.together(head)]
    words = Words(history.dossier)
    if history.answers:
        told = (
            capital(answer_in_words(one, words, words.text(one.text))) for one in history.answers
        )
        blocks += [layout.title("Answers to texts"), layout.lines([f"{one}." for one in told])]
    for one in history.issues:
        blocks += [layout.title(one.issue.title), _table(one, words, layout)]
    if not history.issues:
        blocks.append(layout.line("No recorded position."))
    return "\n\n".join(blocks) + "\n"


def _table(one: IssueHistory, words: Words, layout: Layout) -> str:
    rows = []
    for step in one.steps:
        position, said = _position(step, one.issue, words), _said_by(step)
        change = step_in_words(step, one.issue, words)
        if layout.terminal:
            rows.append([when(step), f"{position}\n({said})" if said else position, change])
        else:
            rows.append([when(step), position, change, said])
    return layout.table(["When", "Position", "What changed", "Said by"][: len(rows[0])], rows)


def when(step: Step) -> str:
    """The day or the days of a step, in words."""
    if step.kind == "lapsed":
        return f"after {written_day(step.last_day)}"
    if step.day != step.entry.since.first:  # an answer or a group's word came to hold later
        return f"since {written_day(step.day)}"
    return period(step.entry)


def _position(step: Step, issue: Issue, words: Words) -> str:
    if step.kind == "lapsed":
        return "none"
    return capital("; ".join(in_full(step.entry, issue, words)))


def _said_by(step: Step) -> str:
    """Who said what the entry rests on, when, and in which source."""
    if step.kind == "lapsed":
        return ""
    return "; ".join(dict.fromkeys(map(_in_short, (said for _, said in step.entry.grounds()))))


def _in_short(statement: Statement) -> str:
    speaker = statement.speaker
    who = statement.source.publisher if speaker is None else speaker.name
    return f"{who}, {written_date(statement.said)}, {statement.source.id}"


def history_report(history: History) -> dict[str, Any]:
    """The history as plain data; see schemas/history.schema.json."""
    words = Words(history.dossier)
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
        "entry": entry_report(step.entry, issue, party),
    }


def history_csv(history: History) -> str:
    """One line a step."""
    words = Words(history.dossier)
    header = ["party", "issue", "day", "kind", "position", "change", "said by"]
    lines = [
        [
            history.party,
            one.issue.id,
            step.day.isoformat(),
            step.kind,
            _position(step, one.issue, words),
            step_in_words(step, one.issue, words),
            _said_by(step),
        ]
        for one in history.issues
        for step in one.steps
    ]
    return csv_text(header, lines)
