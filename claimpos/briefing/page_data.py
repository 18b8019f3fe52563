"""What the page's script is given: positions and verdicts on every day, worked out beforehand.

The script only looks up; no verdict is derived in the reader's browser. Texts that recur and
verdicts that recur are kept once and pointed to by number, and of everything that runs over time
only the changes are kept: a flat list of day number, value, day number, value, ….
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from typing import Any

from claimpos.briefing.page_size import (
    View,
)
from claimpos.briefing.page_texts import texts_data
from claimpos.briefing.page_verdicts import Pool, verdict_data
from claimpos.briefing.position_data import TEXTS, link
from claimpos.briefing.stances import WEIGHTS, stances
from claimpos.comparison.effective_timelines import EffectiveTimelines
from claimpos.comparison.figures import Figures
from claimpos.comparison.history import first_held, steps
from claimpos.comparison.reasons import VERDICTS
from claimpos.dossier.model import Entry, Issue, Statement
from claimpos.rendering.text import isolated, safe
from claimpos.wording.dossier_texts import capital, in_summary, one_line
from claimpos.wording.movement import KIND_NAMES, step_in_words
from claimpos.wording.names import Words, written_date, written_day
from claimpos.wording.positions import in_full, period, published, quoted, who_said
from claimpos.wording.reasons import reason_meaning, reason_names, verdict_name

_MARKUP = re.compile("[<>&\u2028\u2029]")


def embedded(data: object) -> str:
    """Data as JSON that can stand within a script element, whatever texts it holds."""
    text = isolated(json.dumps(data, ensure_ascii=False, separators=(",", ":")))
    return _MARKUP.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def page_data(view: View) -> dict[str, Any]:
    """Everything that the page's script shows, as plain data."""
    timelines = EffectiveTimelines(view.dossier, view.basis, view.known)
    moving = timelines.days(view.parties)
    days = sorted({*(day for day in moving if day <= view.day), view.day})
    statements, notes = Pool(), Pool()
    entries: list[dict[str, Any]] = []
    positions = [
        [_positions(timelines, issue, party, days, entries, statements) for party in view.parties]
        for issue in view.issues
    ]
    reasons: dict[str, tuple[str, str]] = {
        reason: (name, capital(reason_meaning(reason))) for reason, name in reason_names().items()
    }
    data = {
        "title": view.dossier.title,
        "days": [[day.isoformat(), written_day(day)] for day in days],
        "made": days.index(view.day),
        "parties": [
            {"id": party, "label": one.label, "name": one.name, "also": one.aliases}
            for party in view.parties
            if (one := view.dossier.parties[party])
        ],
        "named": len(view.named),
        "issues": [
            {
                "id": issue.id,
                "title": issue.title,
                "question": issue.question,
                "note": one_line(issue.note),
                "also": issue.also,
                "group": issue.group,
                "items": list(issue.items.values()),
                "outcomes": list(issue.options.values()),
                "core": int(issue.core),
            }
            for issue in view.issues
        ],
        "groups": dict(view.dossier.groups),
        "weights": WEIGHTS,
        "words": {verdict: verdict_name(verdict) for verdict in VERDICTS},
        "reasons": {**reasons, "own-word": ("Not compared", _NOT_COMPARED)},
        "entries": entries,
        "positions": positions,
        "statements": [_statement(one, notes, view.day) for one in statements.things()],
        "sources": notes.things(),
        **verdict_data(view, days),
        **steps_data(view, timelines, days),
        **texts_data(view),
    }
    return {key: _made_safe(value) for key, value in data.items()}


_NOT_COMPARED = (
    "A group and a party for which it speaks are compared only where that has a position of its own"
)


def _positions(
    timelines: EffectiveTimelines,
    issue: Issue,
    party: str,
    days: Sequence[date],
    entries: list[dict[str, Any]],
    statements: Pool,
) -> list[int]:
    """The positions in force, day by day: their numbers, -1 for none, -2 for one that lapsed."""
    seen: list[tuple[Entry, int]] = []
    flat: list[int] = []
    moving = [day for day in timelines.days_of_change(party, issue.id) if day <= days[-1]]
    for day, standing in zip(moving, timelines.standings(party, issue.id, moving), strict=True):
        number = bisect_left(days, day)
        entry = standing.entry
        if entry is None:
            value = -1 if standing.lapsed is None else -2
        elif (value := next((number for one, number in seen if one == entry), -1)) < 0:
            value = len(entries)
            seen.append((entry, value))
            first = first_held(timelines, party, issue.id, day)
            words = Words(timelines.dossier).of(party)
            entries.append(_entry(entry, first, issue, words, statements))
        if not flat or flat[-1] != value:
            flat += [number, value]
    return flat


def _entry(
    entry: Entry, first: Entry | None, issue: Issue, words: Words, statements: Pool
) -> dict[str, Any]:
    said = [
        [stance.items, [[said.weight, said.words] for said in stance.said]]
        for stance in stances(entry, issue, words)
    ]
    report: dict[str, Any] = {
        "said": said,
        "period": f"Held {period(entry, first)}",
        "evidence": [statements(statement) for _, statement in entry.cited()],
    }
    qualified = any(one.conditional or one.answer is not None for one in entry.accepts)
    if entry.reserves or entry.group or entry.parts or qualified or entry.grounds or entry.offer:
        report["full"] = [capital(line) for line in in_full(entry, issue, words)]
    report |= {"inferred": 1} if entry.basis == "inferred" else {}
    for key in ("against", "context"):
        cited = [said for one in entry.pieces() for said in getattr(one, key)]
        if cited:
            report[key] = [statements(said) for said in cited]
    notes = [note for one in entry.pieces() for note in one.notes]
    if notes:
        report["notes"] = [f"{written_date(note.day)}: {one_line(note.text)}" for note in notes]
    return report | {key: one_line(text) for key in TEXTS if (text := getattr(entry, key))}


def _statement(statement: Statement, sources: Pool, day: date) -> list[Any]:
    """Summary, who and when, quotation, note, place in the source, and the source's number."""
    source = statement.source
    known = [source.publisher, published(source, day), source.status]
    known += [source.translation] if source.translation not in {"", "none"} else []
    number = sources((one_line(source.title), ", ".join(known), link(source)))
    return [
        in_summary(statement.summary),
        who_said(statement),
        quoted(statement) if statement.quote else "",
        one_line(statement.note),
        statement.locator,
        number,
    ]


def _made_safe(data: Any) -> Any:
    if isinstance(data, str):
        return safe(data)
    if isinstance(data, dict):
        return {_made_safe(key): _made_safe(value) for key, value in data.items()}
    return [_made_safe(one) for one in data] if isinstance(data, list | tuple) else data


KINDS = tuple(KIND_NAMES)


def steps_data(view: View, timelines: EffectiveTimelines, days: Sequence[date]) -> dict[str, Any]:
    """The keys of the page's data on movement.

    `steps` has, by issue and party, a flat list of day, kind, words, day, kind, words, …: the
    first two by their numbers in `days` and `kinds`, the last by that in `moves`.
    """
    figures = Figures(timelines, view.dossier.negotiating)
    words = Words(view.dossier)
    moves = Pool()
    found: list[list[list[int]]] = []
    for issue in view.issues:
        found.append([])
        for party in view.parties:
            turns: list[int] = []
            for step in steps(figures, party, issue.id, view.day):
                number = moves(step_in_words(step, issue, words.of(party)))
                turns += [bisect_left(days, step.day), KINDS.index(step.kind), number]
            found[-1].append(turns)
    return {
        "kinds": [KIND_NAMES[kind] for kind in KINDS],
        "restated": KIND_NAMES["restated"],
        "steps": found,
        "moves": moves.things(),
    }
