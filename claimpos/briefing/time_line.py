"""The time line of one issue: who held which outcome, and when, and what became of the verdict."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from claimpos.briefing.drawing import drawn, lines_of
from claimpos.briefing.page_size import check_time_line
from claimpos.briefing.stances import item_names, said_in_words, said_on
from claimpos.briefing.time_line_rows import HEADING, WIDTH, Axis, Held, Layout
from claimpos.comparison.effective_timelines import EffectiveTimelines
from claimpos.comparison.verdict_timeline import (
    Turn,
    bearing_on,
    days_of_change,
    verdicts_over_time,
)
from claimpos.comparison.verdicts import Comparison
from claimpos.dossier.model import Basis, Cell, Dossier, Entry, Issue
from claimpos.dossier.timeline import Stretch
from claimpos.errors import WrongUsage
from claimpos.rendering.text import safe
from claimpos.wording.dossier_texts import capital
from claimpos.wording.names import Words, joined, written_day
from claimpos.wording.positions import period


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
    issue = only_issue(comparison)
    dossier, parties, basis = comparison.dossier, comparison.parties, comparison.basis
    turns = issue_turns(dossier, issue, parties, basis)
    timelines = EffectiveTimelines(dossier, basis)
    return drawn("time-line.svg", time_line(timelines, issue, parties, comparison.day, turns))


def only_issue(comparison: Comparison) -> Issue:
    """The one issue of a comparison; raises WrongUsage if there are several."""
    if len(comparison.issues) != 1:
        raise WrongUsage(
            "a picture is of one issue; name it with --issue, see claimpos list issues"
        )
    return comparison.issues[0].issue


def time_line(
    timelines: EffectiveTimelines,
    issue: Issue,
    parties: Sequence[str],
    day: date,
    turns: Sequence[tuple[date, Turn]],
) -> dict[str, Any]:
    """What the template `time-line.svg` receives: rows with bars, and lines of text below each.

    `turns` are those of the verdict among the parties; see `issue_turns`.
    """
    dossier = timelines.dossier
    known = {party: timelines.stretches(party, issue.id, day) for party in parties}
    stops = _stops(known.values(), day, turns)
    axis = Axis(stops[0], day, WIDTH)
    words = Words(dossier)
    rows: list[tuple[str, list[Held | None]]] = []
    for cells in _alike(known.values(), issue, words):
        named = [issue.items[one.item] for one in cells if one.item]
        items = item_names(named, issue) if named else ""
        for party in parties:
            held = [_held(one, cells[0], issue, words) for one in _entries(known[party], stops)]
            label = dossier.parties[party].label
            rows.append((f"{label}: {items}" if items else label, held))
    layout = Layout(axis, stops, issue.options)
    layout.add_legend(one for _, held in rows for one in held)
    for label, held in rows:
        layout.add_party(label, held)
    layout.add_verdict(turns)
    names = joined(dossier.parties[party].label for party in parties)
    title = safe(f"{issue.title}: {names}, to {written_day(day)}")
    return {
        "name": f"time-line-{issue.id}",
        "title": title,
        "heading": lines_of(title, WIDTH, HEADING),
        "told": " ".join(_in_words(lane) for lane in layout.lanes),
        "width": WIDTH,
        "height": layout.bottom + 34,
        "lanes": layout.lanes,
        "axes": layout.axes,
        "legend": layout.legend,
        "source": safe(f"Source: {dossier.title}, a dossier of claimpos, to {written_day(day)}."),
        "bottom": layout.bottom,
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


def _entries(known: Sequence[Stretch], stops: Sequence[date]) -> list[Entry | None]:
    """The entry in force from each stop on, dated from the day on which it said this."""
    held: list[Entry | None] = []
    for stop in stops:
        at = bisect_right(known, stop, key=lambda stretch: stretch.first) - 1
        over = at < 0 or ((last := known[at].last) is not None and last < stop)
        held.append(None if over else known[at].entry._replace(since=known[at].since))
    return held


def _alike(known: Iterable[Sequence[Stretch]], issue: Issue, words: Words) -> list[list[Cell]]:
    """The cells of an issue on which any party speaks, together if each says the same on them."""
    entries = [stretch.entry for one in known for stretch in one]
    alike: dict[tuple[object, ...], list[Cell]] = {}
    for cell in issue.cells():
        said = tuple(said_on(entry, cell, issue, words) for entry in entries)
        if any(said) or issue.kind != "items":
            alike.setdefault(said, []).append(cell)
    return [*alike.values()] or [[Cell(issue.id)]]


def _held(entry: Entry | None, cell: Cell, issue: Issue, words: Words) -> Held | None:
    """What an entry says on a cell; None where that is nothing."""
    if entry is None:
        return None
    text = said_in_words(entry, cell, issue, words)
    if not text:
        return None
    inferred = " (inferred)" if entry.basis == "inferred" else ""

    def named(accepted: bool | None) -> frozenset[str]:
        return frozenset(
            key
            for one in entry.accepts_on(cell)
            if one.conditional is accepted
            for key in _keys(one.outcomes[cell])
        )

    calls = frozenset(_keys([*entry.demands.get(cell, ()), *entry.proposes.get(cell, ())]))
    return Held(
        calls,
        named(False) - calls,
        named(True) - named(False) - calls,
        frozenset(_keys(entry.refuses.get(cell, ()))),
        bool(entry.reserves) and cell not in entry.named(),
        f"{text}{inferred}",
        capital(period(entry)),
        capital(period(entry._replace(until=None))),
    )


def _keys(outcomes: Iterable[object]) -> list[str]:
    """Options by their ids; all figures of a quantity are one outcome."""
    return ["" if not isinstance(one, str) else one for one in outcomes]


def _in_words(lane: dict[str, Any]) -> str:
    said = "; ".join(bar["text"] for bar in lane["bars"]) or "no recorded position"
    return f"{lane['label']}: {said}."
