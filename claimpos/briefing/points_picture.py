"""A picture of points: the Pareto frontier of two parties, and agreements that were reached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from claimpos.briefing.drawing import drawn, lines_of, width_of
from claimpos.deals.agreements import Agreement
from claimpos.deals.scores import Scored, Scores
from claimpos.deals.search import Deals
from claimpos.errors import WrongUsage
from claimpos.rendering.text import safe
from claimpos.wording.names import points_in_words, written_day

_WIDTH, _HEIGHT = 760, 520
_LEFT, _TOP, _RIGHT, _BOTTOM = 70, 90, 640, 460
_STEPS = 4
_SIZE, _LINE, _APART, _WIDEST = 12, 15, 8, 260


def points_picture_of(deals: Deals) -> str:
    """The frontier in points, with the agreements; raises WrongUsage if two parties have none."""
    scores = deals.scores
    if scores is None or len(scores.worth) != 2:
        raise WrongUsage("a picture of points needs two parties that state points")
    return drawn("points.svg", _picture(deals, scores))


def _picture(deals: Deals, scores: Scores) -> dict[str, Any]:
    parties = list(scores.worth)
    names = [safe(deals.problem.table.dossier.parties[party].short) for party in parties]
    every = [*(one.points for one in scores.frontier), *(a.scored.points for a in deals.agreements)]
    spans = [_span([float(one[party]) for one in every]) for party in parties]

    def place(points: Mapping[str, Fraction]) -> dict[str, Any]:
        across, up = (
            (float(points[party]) - low) / (high - low)
            for party, (low, high) in zip(parties, spans, strict=True)
        )
        told = "; ".join(
            f"{name} {points_in_words(points[party])}"
            for name, party in zip(names, parties, strict=True)
        )
        return {
            "x": round(_LEFT + across * (_RIGHT - _LEFT), 1),
            "y": round(_BOTTOM - up * (_BOTTOM - _TOP), 1),
            "text": told,
        }

    agreements = [
        _agreement(some, place(some[0].scored.points)) for some in _alike(deals.agreements)
    ]
    frontier = [place(one.points) for one in _from_left(scores, parties[0])]
    told = "; ".join(one["text"] for one in frontier)
    reached = " ".join(f"{one['text']}." for one in agreements)
    return {
        "name": "points",
        "title": f"Points of {names[0]} and {names[1]}, as of {written_day(deals.day)}",
        "told": f"Pareto frontier: {told}. {reached}",
        "width": _WIDTH,
        "height": _HEIGHT,
        "left": _LEFT,
        "top": _TOP,
        "right": _RIGHT,
        "bottom": _BOTTOM,
        "names": names,
        "ticks": [_tick(step, spans) for step in range(_STEPS + 1)],
        "frontier": frontier,
        "agreements": agreements,
        "source": safe(
            f"Source: {deals.problem.table.dossier.title}, a dossier of claimpos. "
            "Neither a prediction nor advice."
        ),
    }


def _alike(agreements: Iterable[Agreement]) -> list[list[Agreement]]:
    """The agreements that are worth the same to both parties, together."""
    alike: dict[tuple[Fraction, ...], list[Agreement]] = {}
    for one in agreements:
        alike.setdefault(tuple(one.scored.points.values()), []).append(one)
    return [*alike.values()]


def _agreement(some: Sequence[Agreement], placed: Mapping[str, Any]) -> dict[str, Any]:
    """Agreements in one place, with their names in lines beside it, where there is room."""
    told = (one.name if one.is_deal else f"{one.name} (no agreement)" for one in some)
    names = safe(", ".join(told))
    lines = lines_of(names, _WIDEST, _SIZE)
    width = max(width_of(line, _SIZE) for line in lines)
    on_left = placed["x"] + _APART + width > _WIDTH
    return {
        **placed,
        "text": f"{names}: {placed['text']}",
        "lines": [
            {"text": line, "y": placed["y"] - _APART - _LINE * above}
            for above, line in zip(reversed(range(len(lines))), lines, strict=True)
        ],
        "at": placed["x"] + (-_APART if on_left else _APART),
        "anchor": "end" if on_left else "start",
    }


def _from_left(scores: Scores, party: str) -> list[Scored]:
    return sorted(scores.frontier, key=lambda one: one.points[party])


def _span(points: list[float]) -> tuple[float, float]:
    """From where to where an axis runs: from 0, unless there are fewer points, to the most."""
    low, high = min([0.0, *points]), max([0.0, *points])
    return low, high if high > low else low + 1


def _tick(step: int, spans: list[tuple[float, float]]) -> dict[str, Any]:
    across, up = (low + (high - low) * step / _STEPS for low, high in spans)
    return {
        "x": _LEFT + step * (_RIGHT - _LEFT) // _STEPS,
        "y": _BOTTOM - step * (_BOTTOM - _TOP) // _STEPS,
        "across": f"{across:g}",
        "up": f"{up:g}",
    }
