"""The figures of one issue as a picture: offers, demands and red lines on one scale; the gap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal, localcontext
from typing import Any

from claimpos.briefing.drawing import drawn, lines_of, width_of
from claimpos.briefing.stances import said_in_words
from claimpos.comparison.effective_timelines import EffectiveTimelines
from claimpos.comparison.verdicts import CellVerdict, Comparison
from claimpos.dossier.model import Cell, Issue
from claimpos.dossier.outcomes import Number, QuantitySpace, Range
from claimpos.dossier.timeline import Stretch
from claimpos.rendering.text import safe
from claimpos.wording.distances import apart_in_words, gap_in_words
from claimpos.wording.dossier_texts import capital
from claimpos.wording.names import Words, joined, written_day, written_number
from claimpos.wording.positions import period

WIDTH = 720
_MOST_ROWS = 12
_SIZE, _LINE, _BAR, _RED_LINE, _HEADING, _INDENT = 12, 17, 18, 5, 18, 26
_POINT = 8.0
_TICKS = 7
_KINDS = (
    ("earlier", "Dashed: earlier figures"),
    ("demands", "Demands"),
    ("proposes", "Proposes"),
    ("accepts", "Accepts"),
    ("if", "Accepts on conditions"),
    ("rejects", "Line below: rejects"),
)


# Enough for the difference of any two numbers that files may hold.
_DIGITS = 100


def figures_of(comparison: Comparison) -> str:
    """The figures of the comparison's one issue, a quantity, as a file."""
    return drawn("figures.svg", figures(comparison))


def figures(comparison: Comparison) -> dict[str, Any]:
    """What the template `figures.svg` receives: a row for each party, on one scale."""
    with localcontext(prec=_DIGITS):
        return _picture(comparison)


def _picture(comparison: Comparison) -> dict[str, Any]:
    (verdict,) = comparison.issues
    issue, dossier = verdict.issue, comparison.dossier
    (judged,) = verdict.cells
    known = {party: _stretches(comparison, party) for party in comparison.parties}
    ranges = {
        party: {"earlier": _earlier(held, issue, comparison.day), **_ranges(comparison, party)}
        for party, held in known.items()
    }
    scale = _Scale(
        [stretch for kinds in ranges.values() for some in kinds.values() for stretch in some]
    )
    rows: list[dict[str, Any]] = []
    axes: list[int] = []
    kinds = [(kind, word) for kind, word in _KINDS if any(one[kind] for one in ranges.values())]
    y = _LINE * 2 if kinds else 0
    first = y
    for number, party in enumerate(comparison.parties):
        if number % _MOST_ROWS == 0:
            axes.append(y + 18)
            y += 34
        row = _row(dossier.parties[party].label, ranges[party], scale, y)
        row["lines"] = [
            {"y": row["bottom"] + _LINE * at, "text": line}
            for at, line in enumerate(_history(known[party], issue, Words(dossier), comparison.day))
        ]
        rows.append(row)
        y = row["bottom"] + _LINE * len(row["lines"]) + 12
    between = _between(judged, issue, scale, Words(dossier))
    gap = gap_in_words(judged, issue.unit)
    names = joined(dossier.parties[party].label for party in comparison.parties)
    unit = f", {issue.unit}" if issue.unit else ""
    title = safe(f"{issue.title}{unit}: {names}, as of {written_day(comparison.day)}")
    parts = [f"{row['label']}: {'; '.join(one['text'] for one in row['lines'])}." for row in rows]
    return {
        "name": f"figures-{issue.id}",
        "title": title,
        "heading": lines_of(title, WIDTH, _HEADING),
        "told": " ".join([*parts, f"{between['text']}." if between else ""]).strip(),
        "gap": safe(f"The gap is {gap}.") if gap else "",
        "width": WIDTH,
        "height": y + 64,
        "top": first,
        "bottom": y,
        "legend": _legend(kinds),
        "axes": [{"y": at, "ticks": scale.ticks()} for at in axes],
        "rows": rows,
        "between": between,
        "source": safe(
            f"Source: {dossier.title}, a dossier of claimpos, to {written_day(comparison.day)}."
        ),
    }


def _legend(kinds: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    legend, x = [], 0.0
    for kind, word in kinds:
        legend.append({"kind": kind, "text": word, "x": x})
        x = round(x + width_of(word, _SIZE) + 44, 1)
    return legend


def _ranges(comparison: Comparison, party: str) -> dict[str, list[Range]]:
    """What a party says to which figures, by how it says so."""
    table, cell = comparison.common.table, Cell(comparison.issues[0].issue.id)
    stance, space = table.stance(party, cell), table.space(cell)
    assert isinstance(space, QuantitySpace)
    masks = {
        "demands": stance.demands,
        "proposes": stance.proposes & ~stance.demands,
        "accepts": stance.accepts & ~stance.demands & ~stance.proposes & ~stance.conditional,
        "if": stance.conditional & ~stance.demands & ~stance.proposes,
        "rejects": stance.refuses,
    }
    return {kind: space.outcomes(mask) for kind, mask in masks.items()}


def _stretches(comparison: Comparison, party: str) -> Sequence[Stretch]:
    """The party's positions on the issue, the latest last."""
    timelines = EffectiveTimelines(comparison.dossier, comparison.basis)
    return timelines.stretches(party, comparison.issues[0].issue.id, comparison.day)


def _has_lapsed(stretch: Stretch, day: date) -> bool:
    return stretch.last is not None and stretch.last < day


def _earlier(known: Sequence[Stretch], issue: Issue, day: date) -> list[Range]:
    """The figures that a party once called for or accepted, and does no longer."""
    over = known if known and _has_lapsed(known[-1], day) else known[:-1]
    now = {one for stretch in known[len(over) :] for one in _wanted(stretch, issue)}
    return [one for stretch in over for one in _wanted(stretch, issue) if one not in now]


def _wanted(stretch: Stretch, issue: Issue) -> Iterator[Range]:
    """The figures that a position calls for or accepts."""
    cell, entry = Cell(issue.id), stretch.entry
    accepted = (one.outcomes for one in entry.accepts)
    for named in (entry.demands, entry.proposes, *accepted):
        yield from (one for one in named.get(cell, ()) if isinstance(one, Range))


def _history(known: Sequence[Stretch], issue: Issue, words: Words, day: date) -> list[str]:
    """What the party has said over time, in lines that fit; the last is what it says now.

    A position that is only repeated has a single line.
    """
    lines: list[str] = []
    before = ""
    for stretch in known:
        entry = stretch.entry._replace(since=stretch.since)
        inferred = " (inferred)" if entry.basis == "inferred" else ""
        text = f"{said_in_words(entry, Cell(issue.id), issue, words)}{inferred}"
        if text != before:
            lines += lines_of(safe(f"{capital(period(entry))}: {text}"), WIDTH, _SIZE)
        before = "" if stretch.lapses or entry.until else text
    if known and (last := known[-1].last) is not None and last < day:
        lines.append(f"No current position; the last one lapsed on {written_day(last)}.")
    return lines or ["No recorded position."]


def _row(label: str, ranges: dict[str, list[Range]], scale: _Scale, y: int) -> dict[str, Any]:
    bars = []
    for kind, some in ranges.items():
        for stretch in some:
            x, end = scale.span(stretch)
            down = _BAR + 2 if kind == "rejects" else 0
            height = _RED_LINE - 1 if kind == "rejects" else _BAR
            bars.append(
                {
                    "kind": kind,
                    "x": x,
                    "width": round(end - x, 1),
                    "y": y + 12 + down,
                    "height": height,
                    "is_point": stretch.is_point,
                }
            )
    rejects = 8 if ranges["rejects"] else 0
    bottom = y + 12 + _BAR + rejects + _LINE
    return {"label": safe(label), "y": y, "bars": bars, "bottom": bottom}


def _between(
    judged: CellVerdict, issue: Issue, scale: _Scale, words: Words
) -> dict[str, Any] | None:
    """Where the two parties that are farthest apart come nearest, or all have figures in common."""
    if judged.apart:
        apart = judged.apart[0]
        one, other = apart.nearest.one, apart.nearest.other
        below, above = (one, other) if _low(one) < _low(other) else (other, one)
        if below.high is None or above.low is None:
            return None
        x, end = scale.at(below.high), scale.at(above.low)
        names = capital(words.parties((*apart.some, *apart.others)))
        text = f"{names}: {apart_in_words(apart.distance, issue.unit)}"
        return {"x": x, "width": round(end - x, 1), "look": "gap", "text": safe(text)}
    common = [one for one in judged.outcomes if isinstance(one, Range)]
    if not common:
        return None
    x, end = scale.span(common[0])
    return {"x": x, "width": round(end - x, 1), "look": "common", "text": "Acceptable to all"}


def _low(stretch: Range) -> Decimal:
    return Decimal("-Infinity") if stretch.low is None else Decimal(stretch.low)


class _Scale:
    """A scale on which all ends that are named have room, and some beyond them."""

    def __init__(self, ranges: Sequence[Range]) -> None:
        ends = [Decimal(end) for one in ranges for end in one[:2] if end is not None]
        low, high = min(ends, default=Decimal(0)), max(ends, default=Decimal(1))
        room = (high - low) / 8 or abs(high) / 8 or Decimal(1)
        self.low = low - room if low - room >= 0 or low < 0 else Decimal(0)
        self.high = high + room

    def at(self, number: Number | Decimal) -> float:
        share = (Decimal(number) - self.low) / (self.high - self.low)
        return round(float(max(Decimal(0), min(share, Decimal(1)))) * WIDTH, 1)

    def span(self, stretch: Range) -> tuple[float, float]:
        """Where a range begins and ends; a figure alone is wide enough to be seen."""
        x = 0.0 if stretch.low is None else self.at(stretch.low)
        end = float(WIDTH) if stretch.high is None else self.at(stretch.high)
        if end - x < _POINT:
            x = min(max(x - _POINT / 2, 0.0), WIDTH - _POINT)
            end = x + _POINT
        return round(x, 1), round(end, 1)

    def ticks(self) -> list[dict[str, Any]]:
        """Round figures, evenly apart."""
        return [{"x": self.at(one), "label": written_number(one)} for one in self._round()]

    def _round(self) -> Iterator[Decimal]:
        step = Decimal(10) ** ((self.high - self.low).adjusted() - 1)
        for factor in (1, 2, 5, 10, 20, 50, 100):
            if (self.high - self.low) / (step * factor) <= _TICKS:
                break
        step *= factor
        at = (self.low / step).to_integral_value("ROUND_CEILING") * step
        while at <= self.high:
            if 12 <= self.at(at) <= WIDTH - 12:
                yield at.quantize(step) if step < 1 else at.quantize(Decimal(1))
            at += step
