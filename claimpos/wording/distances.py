"""Sentences on how far apart the figures are that parties accept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import and_

from claimpos.comparison.distances import Apart
from claimpos.comparison.verdicts import CellVerdict
from claimpos.dossier.outcomes import Number, QuantitySpace, Range
from claimpos.wording.names import joined, written_gap, written_number, written_range
from claimpos.wording.phrases import Phrases
from claimpos.wording.sentences import say

_MOST = 10


def distances_in_words(phrases: Phrases) -> list[str]:
    """How far apart the parties are, the farthest first; then without whom the others meet."""
    sentences = [_apart(phrases, apart) for apart in phrases.case.apart[:_MOST]]
    more = len(phrases.case.apart) - len(sentences)
    if more:
        sentences.append(say("apart.others", more))
    return [*sentences, *_without(phrases)] if sentences else []


def largest_in_words(phrases: Phrases) -> list[str]:
    """Which parties are farthest apart, and how far; none if no parties are apart."""
    return [_apart(phrases, apart) for apart in phrases.case.apart[:1]]


def apart_in_words(distance: Number, unit: str) -> str:
    """A distance as the end of a sentence: 200 euros apart."""
    if not distance:
        return say("apart.adjacent")
    return say("apart.gap", gap=written_gap(distance, unit))


def gap_in_words(cell: CellVerdict, unit: str) -> str:
    """The gap of a quantity in conflict, with an explanation if the distance is different."""
    if cell.gap is None:
        return ""
    gap = written_gap(cell.gap, unit)
    other = bool(cell.apart) and cell.apart[0].distance != cell.gap
    return say("gap.counting", gap=gap) if other else gap


def _apart(phrases: Phrases, apart: Apart) -> str:
    distance = apart_in_words(apart.distance, phrases.issue.unit)
    accepted = [phrases.case.common.accepted(one[0], phrases.case.cell) for one in apart[:2]]
    low, high = sorted(zip(accepted, apart.ranges, strict=True), key=lambda side: _lowest(side[0]))
    if low[0].bit_length() > _lowest(high[0]):  # one side accepts figures below and above the other
        one, other = apart.nearest[1:]
        names = joined(phrases.words.parties(parties) for parties in apart[:2])
        up = _is_below(one, other)
        figures = joined([_end(one, up), _end(other, not up)])
        return say("apart.nearest", parties=names, figures=figures, gap=distance)
    ends = {"low": _reaches(phrases, *low[1], up=True), "high": _reaches(phrases, *high[1])}
    return say("apart.sides", gap=distance, **ends)


def _lowest(mask: int) -> int:
    return (mask & -mask).bit_length()


def _reaches(phrases: Phrases, parties: Sequence[str], stretch: Range, up: bool = False) -> str:
    """How far some parties go towards others, with the verb by which they do."""
    stances = [phrases.case.stance(party) for party in parties]
    space = phrases.table.space(phrases.case.cell)
    assert isinstance(space, QuantitySpace)
    mask = space.mask((stretch,))
    end = 1 << mask.bit_length() - 1 if up else mask & -mask
    demanded = reduce(and_, (stance.demands for stance in stances)) & mask
    if demanded & end:
        ranges = space.outcomes(demanded)
        figures = written_range(ranges[-1 if up else 0], phrases.issue)
        return phrases.of_parties("apart.calls-for", parties, figure=figures)
    if stretch.is_point:
        offered = all(end & (stance.demands | stance.proposes) for stance in stances)
        figure, key = written_range(stretch, phrases.issue), "proposes" if offered else "accepts"
        return phrases.of_parties(f"apart.{key}", parties, figure=figure)
    direction = "up" if up else "down"
    return phrases.of_parties(f"apart.{direction}-to", parties, figure=_end(stretch, up))


def _end(stretch: Range, up: bool) -> str:
    """The upper or the lower end of a range, which must have that end."""
    figure = stretch.high if up else stretch.low
    assert figure is not None
    if stretch.high_open if up else stretch.low_open:
        return say(f"apart.{'under' if up else 'over'}", figure=written_number(figure))
    return written_number(figure)


def _is_below(one: Range, other: Range) -> bool:
    return one.high is not None and other.low is not None and one.high <= other.low


def _without(phrases: Phrases) -> list[str]:
    """The parties without which all others have a value in common, a sentence each."""
    return [
        phrases.of_parties("apart.without", [party], figures=phrases.outcomes(mask))
        for party, mask in phrases.case.meeting_without.items()
    ]
