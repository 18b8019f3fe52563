"""The time line of one issue: who stood where, and when, and what became of the verdict."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

from claimpos.briefing.drawing import drawn, lines_of, width_of
from claimpos.briefing.page_size import bearing_on, check_time_line
from claimpos.briefing.stances import WEIGHTS, heaviest, stances
from claimpos.comparison.effective_timelines import EffectiveTimelines
from claimpos.comparison.verdict_timeline import Turn, days_of_change, verdicts_over_time
from claimpos.comparison.verdicts import Comparison
from claimpos.dossier.model import Basis, Dossier, Entry, Issue
from claimpos.dossier.timeline import Stretch
from claimpos.errors import WrongUsage
from claimpos.rendering.text import safe
from claimpos.wording.names import Words, capital, joined, written_day
from claimpos.wording.positions import period

WIDTH = 720
_SIZE, _LINE, _HEAD, _BAR, _GAP, _INDENT = 12, 17, 24, 24, 18, 26
_HEADING = 18  # bold letters of 16 take as much room
# Wide enough for the number of an entry, however short a time it held.
_LEAST = 26.0

Value = TypeVar("Value")


def issue_turns(
    dossier: Dossier, issue: Issue, parties: Sequence[str], basis: Basis
) -> list[tuple[date, Turn]]:
    """The turns of the verdict among the parties, with their days.

    Raises WrongUsage where they are more than the limit.
    """
    near = bearing_on(dossier, parties, [issue.id])
    check_time_line(near, parties, basis)
    days = days_of_change(near, parties, basis)
    over_time = verdicts_over_time(near, [tuple(parties)], days, basis)
    return [(days[turn.day], turn) for turn in over_time[tuple(parties)][issue.id]]


def time_line_of(comparison: Comparison) -> str:
    """The time line of the comparison's issue as a file; raises WrongUsage unless it has one."""
    if len(comparison.issues) != 1:
        raise WrongUsage(
            "a time line is of one issue; name it with --issue, see claimpos list issues"
        )
    dossier, parties, basis = comparison.dossier, comparison.parties, comparison.basis
    issue = comparison.issues[0].issue
    turns = issue_turns(dossier, issue, parties, basis)
    timelines = EffectiveTimelines(dossier, basis)
    return drawn("time-line.svg", time_line(timelines, issue, parties, comparison.day, turns))


def time_line(
    timelines: EffectiveTimelines,
    issue: Issue,
    parties: Sequence[str],
    day: date,
    turns: Sequence[tuple[date, Turn]],
) -> dict[str, Any]:
    """What the template `time-line.svg` receives: lanes with bars and with lines of text.

    `turns` are those of the verdict among the parties; see `issue_turns`.
    """
    dossier = timelines.dossier
    held_by = {party: timelines.stretches(party, issue.id, day) for party in parties}
    stops = _stops(held_by.values(), day, turns)
    edges = _edges(stops, day)
    lanes: list[dict[str, Any]] = []
    for party in parties:
        held = _held(held_by[party], stops)
        _add_lane(lanes, dossier.parties[party].label, _positions(held, edges, issue, dossier))
    _add_lane(lanes, "Verdict", _verdicts(turns, stops, edges))
    names = joined(dossier.parties[party].label for party in parties)
    title = safe(f"{issue.title}: {names}, to {written_day(day)}")
    return {
        "name": f"time-line-{issue.id}",
        "title": title,
        "heading": lines_of(title, WIDTH, _HEADING),
        "told": " ".join(_in_words(lane) for lane in lanes),
        "width": WIDTH,
        "height": lanes[-1]["bottom"] + 28,
        "lanes": lanes,
        "years": _years(stops, edges, day),
        "bottom": lanes[-1]["bottom"],
    }


def _stops(
    held: Iterable[Sequence[Stretch]], day: date, turns: Sequence[tuple[date, Turn]]
) -> list[date]:
    """The days on which something begins, from the first position on the issue on."""
    known = [stretch for one in held for stretch in one]
    moves = {stretch.first for stretch in known}
    moves |= {one.last + timedelta(days=1) for one in known if one.last is not None}
    begun = min(moves, default=day)
    return sorted(
        {one for one in (*moves, *(when for when, _ in turns)) if begun <= one <= day}
    ) or [day]


def _held(known: Sequence[Stretch], stops: Sequence[date]) -> list[Entry | None]:
    """The entry in force from each stop on, dated from the day on which it said this."""
    held: list[Entry | None] = []
    for stop in stops:
        at = bisect_right(known, stop, key=lambda stretch: stretch.first) - 1
        over = at < 0 or ((last := known[at].last) is not None and last < stop)
        held.append(None if over else known[at].entry._replace(since=known[at].since))
    return held


def _edges(stops: Sequence[date], day: date) -> list[float]:
    """Where each stop's stretch begins, and where the last one ends: never too narrow to see."""
    lengths = [(after - stop).days for stop, after in zip(stops, [*stops[1:], day], strict=True)]
    least = min(_LEAST if any(lengths) else WIDTH, WIDTH / len(stops))
    share = (WIDTH - least * len(stops)) / max(sum(lengths), 1)
    edges = [0.0]
    for length in lengths:
        edges.append(edges[-1] + least + share * length)
    return edges


def _runs(values: Sequence[Value]) -> list[tuple[int, int, Value]]:
    """Where equal values that follow one another begin and end."""
    runs = []
    for _, numbered in groupby(enumerate(values), key=lambda pair: pair[1]):
        (first, value), *others = numbered
        runs.append((first, first + 1 + len(others), value))
    return runs


def _positions(
    held: Sequence[Entry | None], edges: Sequence[float], issue: Issue, dossier: Dossier
) -> list[dict[str, Any]]:
    words = Words(dossier)
    bars = []
    for first, end, entry in _runs(held):
        if entry is not None:
            told = stances(entry, issue, words)
            said = "; ".join(
                (f"{stance.items}: " if stance.items else "") + ", ".join(map(str, stance.said))
                for stance in told
            )
            inferred = " (inferred)" if entry.basis == "inferred" else ""
            weight = heaviest(told)
            text = f"{capital(period(entry))}: {said}{inferred}"
            bars.append(_bar(edges, first, end, weight, WEIGHTS[weight], text))
    return bars


def _verdicts(
    turns: Sequence[tuple[date, Turn]], stops: Sequence[date], edges: Sequence[float]
) -> list[dict[str, Any]]:
    begun = [bisect_right(turns, stop, key=itemgetter(0)) for stop in stops]
    found = [turns[at - 1][1].outline.verdict if at else "unresolved" for at in begun]
    return [
        _bar(
            edges,
            first,
            end,
            verdict,
            verdict.capitalize(),
            f"{'Since' if end == len(stops) else 'From'} {written_day(stops[first])}: {verdict}",
        )
        for first, end, verdict in _runs(found)
    ]


def _bar(
    edges: Sequence[float], first: int, end: int, look: str, word: str, text: str
) -> dict[str, Any]:
    width = edges[end] - edges[first] - 2
    room = width - _INDENT - 6
    return {
        "x": round(edges[first] + 1, 1),
        "width": round(width, 1),
        "look": look,
        "word": word if width_of(word, _SIZE) <= room else "",
        "text": safe(text),
    }


def _add_lane(lanes: list[dict[str, Any]], label: str, bars: list[dict[str, Any]]) -> None:
    """A lane below those there are: its label, its bars, and under them what each stands for."""
    top = lanes[-1]["bottom"] + _GAP if lanes else 0
    y = top + _HEAD + _BAR + _LINE + 2
    lines = []
    for number, bar in enumerate(bars, start=1):
        bar["number"] = number
        for at, line in enumerate(lines_of(bar["text"], WIDTH - _INDENT, _SIZE)):
            lines.append({"y": y, "number": number if at == 0 else "", "text": line})
            y += _LINE
    if not bars:
        lines.append({"y": y, "number": "–", "text": "No recorded position."})
        y += _LINE
    lanes.append(
        {
            "label": safe(label),
            "label_y": top + _HEAD - 8,
            "bar_y": top + _HEAD,
            "bars": bars,
            "lines": lines,
            "bottom": y - _LINE + 8,
        }
    )


def _in_words(lane: dict[str, Any]) -> str:
    said = "; ".join(bar["text"] for bar in lane["bars"]) or "no recorded position"
    return f"{lane['label']}: {said}."


def _years(stops: Sequence[date], edges: Sequence[float], day: date) -> list[dict[str, Any]]:
    """Where each year begins, as far as the years do not stand too close to be told apart."""
    years: list[dict[str, Any]] = [{"x": 0.0, "label": str(stops[0].year)}]
    for year in range(stops[0].year + 1, day.year + 1):
        x = _place(date(year, 1, 1), stops, edges, day)
        if x - years[-1]["x"] >= 40 and WIDTH - x >= 30:
            years.append({"x": x, "label": str(year)})
    return years


def _place(when: date, stops: Sequence[date], edges: Sequence[float], day: date) -> float:
    at = max(number for number, stop in enumerate(stops) if stop <= when)
    after = stops[at + 1] if at + 1 < len(stops) else day
    part = (when - stops[at]).days / max((after - stops[at]).days, 1)
    return round(edges[at] + part * (edges[at + 1] - edges[at]), 1)
