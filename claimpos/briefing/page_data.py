"""What the page's script is given: positions and verdicts on every day, worked out beforehand.

The script only looks up; no verdict is derived in the reader's browser. Texts that recur and
verdicts that recur are kept once and pointed to by number, and of everything that runs over time
only the changes are kept: a flat list of day number, value, day number, value, ….
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations
from typing import Any, NamedTuple

from claimpos.briefing.notes import OUTSIDE, link
from claimpos.briefing.page_size import bearing_on, explained_sets, joint_sets
from claimpos.briefing.position_data import TEXTS
from claimpos.briefing.stances import WEIGHTS, item_names, stances
from claimpos.comparison.effective_timelines import EffectiveTimelines
from claimpos.comparison.reasons import VERDICTS
from claimpos.comparison.verdict_timeline import (
    Outline,
    OverTime,
    Set,
    Turn,
    days_of_change,
    verdicts_over_time,
)
from claimpos.dossier.model import Basis, Dossier, Entry, Issue, Statement
from claimpos.rendering.text import safe
from claimpos.wording.names import Words, capital, one_line, written_date, written_day
from claimpos.wording.positions import citation, in_full, period, published, quoted
from claimpos.wording.reasons import REASONS_IN_WORDS, VERDICT_NAMES
from claimpos.wording.verdicts import explain_issue

_MARKUP = re.compile("[<>&\u2028\u2029]")


class View(NamedTuple):
    """What a page shows: `named` are the parties it compares, `parties` the grid's columns."""

    dossier: Dossier
    named: tuple[str, ...]
    parties: tuple[str, ...]
    issues: tuple[Issue, ...]
    day: date
    basis: Basis


class Numbered:
    """Things that are kept once, and pointed to by number."""

    def __init__(self) -> None:
        self._numbers: dict[Any, int] = {}

    def __call__(self, thing: Any) -> int:
        return self._numbers.setdefault(thing, len(self._numbers))

    def things(self) -> list[Any]:
        return list(self._numbers)


def embedded(data: object) -> str:
    """Data as JSON that can stand within a script element, whatever texts it holds."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return _MARKUP.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def page_data(view: View) -> tuple[dict[str, Any], dict[str, list[tuple[date, Turn]]]]:
    """Everything that the page's script shows, as plain data.

    With it, issue by issue, the turns of the verdict among the parties that the page compares.
    """
    moving = days_of_change(view.dossier, view.parties, view.basis)
    days = sorted({*(day for day in moving if day <= view.day), view.day})
    statements, notes, outlines, texts = Numbered(), Numbered(), Numbered(), Numbered()
    entries: list[dict[str, Any]] = []
    timelines = EffectiveTimelines(view.dossier, view.basis)
    positions = [
        [_positions(timelines, issue, party, days, entries, statements) for party in view.parties]
        for issue in view.issues
    ]
    near = bearing_on(view.dossier, view.parties, [issue.id for issue in view.issues])
    told = explained_sets(view.named)
    over_time = verdicts_over_time(near, all_sets(view), days, view.basis, told, explain_issue)
    verdicts = _verdicts(view, over_time, outlines, texts)
    data = {
        "title": view.dossier.title,
        "days": [[day.isoformat(), written_day(day)] for day in days],
        "made": days.index(view.day),
        "parties": [
            {"id": party, "label": one.label, "name": one.name}
            for party in view.parties
            if (one := view.dossier.parties[party])
        ],
        "named": len(view.named),
        "issues": [
            {
                "id": issue.id,
                "title": issue.title,
                "question": issue.question,
                "group": issue.group,
                "items": len(issue.items),
            }
            for issue in view.issues
        ],
        "weights": WEIGHTS,
        "words": VERDICT_NAMES,
        "reasons": REASONS_IN_WORDS,
        "entries": entries,
        "positions": positions,
        "statements": [_statement(one, notes, view.day) for one in statements.things()],
        "sources": notes.things(),
        "verdicts": verdicts,
        "outlines": [_outline(view.dossier, *one) for one in outlines.things()],
        "texts": texts.things(),
    }
    named = {
        issue.id: [(days[turn.day], turn) for turn in over_time[view.named][issue.id]]
        for issue in view.issues
    }
    return {key: _made_safe(value) for key, value in data.items()}, named


def _verdicts(
    view: View, over_time: OverTime, outlines: Numbered, texts: Numbered
) -> dict[str, list[list[int]]]:
    """For each set of parties, written as their numbers, the turns of each issue."""
    columns = {party: number for number, party in enumerate(view.parties)}
    told = explained_sets(view.named)
    return {
        ",".join(str(columns[party]) for party in chosen): [
            _turns(issue, turns[issue.id], chosen in told, outlines, texts) for issue in view.issues
        ]
        for chosen, turns in over_time.items()
    }


def all_sets(view: View) -> list[Set]:
    """The sets of parties whose verdicts are on the page."""
    pairs = combinations(view.parties, 2)
    return list(dict.fromkeys([*pairs, *joint_sets(view.named), view.named]))


def _turns(
    issue: Issue, turns: Iterable[Turn], told: bool, outlines: Numbered, texts: Numbered
) -> list[int]:
    flat = []
    for turn in turns:
        flat += [turn.day, outlines((issue.id, turn.outline))]
        flat += [texts(turn.told)] if told else []
    return flat


def _outline(dossier: Dossier, issue: str, outline: Outline) -> list[Any]:
    """The verdict's number, its reason and, for items, those alike taken together."""
    alike: dict[tuple[int, str], list[str]] = {}
    for item, verdict, reason in outline.items:
        title = dossier.issues[issue].items[item]
        alike.setdefault((VERDICTS.index(verdict), reason), []).append(title)
    items = [[item_names(titles, dossier.issues[issue]), *key] for key, titles in alike.items()]
    return [VERDICTS.index(outline.verdict), outline.reason or "", *([items] if items else [])]


def _positions(
    timelines: EffectiveTimelines,
    issue: Issue,
    party: str,
    days: Sequence[date],
    entries: list[dict[str, Any]],
    statements: Numbered,
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
            entries.append(_entry(entry, issue, Words(timelines.dossier).of(party), statements))
        if not flat or flat[-1] != value:
            flat += [number, value]
    return flat


def _entry(entry: Entry, issue: Issue, words: Words, statements: Numbered) -> dict[str, Any]:
    said = [
        [stance.items, [[said.weight, said.words] for said in stance.said]]
        for stance in stances(entry, issue, words)
    ]
    report: dict[str, Any] = {
        "said": said,
        "period": f"Held {period(entry)}",
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


def _statement(statement: Statement, sources: Numbered, day: date) -> list[Any]:
    """Summary, who and when, quotation, note, place in the source, and the source's number."""
    source = statement.source
    known = [source.publisher, published(source, day), source.status]
    known += [source.translation] if source.translation not in {"", "none"} else []
    number = sources((one_line(source.title), ", ".join(known), link(source)))
    speaker = statement.speaker
    outside = capital(OUTSIDE) if speaker and speaker.outside else ""
    return [
        one_line(statement.summary),
        citation(statement).partition("; ")[0],
        quoted(statement) if statement.quote else "",
        ". ".join(part for part in (outside, one_line(statement.note)) if part),
        statement.locator,
        number,
    ]


def _made_safe(data: Any) -> Any:
    if isinstance(data, str):
        return safe(data)
    if isinstance(data, dict):
        return {_made_safe(key): _made_safe(value) for key, value in data.items()}
    return [_made_safe(one) for one in data] if isinstance(data, list | tuple) else data
