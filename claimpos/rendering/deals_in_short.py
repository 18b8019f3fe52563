"""The sticking points in short: what would resolve them, without the positions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from claimpos.deals.conflict_sets import WayOut
from claimpos.deals.search import Deals
from claimpos.rendering.deals_sticking_points import (
    Kind,
    StickingPointInWords,
    folded_alike,
    in_words,
    titles_of,
)
from claimpos.rendering.document import Block, Item, List, Paragraph
from claimpos.wording.dossier_texts import capital, label
from claimpos.wording.grammar import agree, counted
from claimpos.wording.names import joined

_MOST_WAYS = 4
_MOST_TITLES = 8
_CONCEDED: dict[Kind, tuple[str, str, str]] = {
    "red line": ("gives", "up a red line", "up {} red lines"),
    "demand": ("drops", "a demand", "{} demands"),
    "condition": ("waives", "a condition", "{} conditions"),
}


def sticking_points_in_short(deals: Deals, everything: bool) -> list[Block]:
    """The sticking points by what would resolve them, without the positions."""
    if not deals.sticking_points:
        return [Paragraph("Time ran out before the sticking points were found.")]
    points = [in_words(deals, point) for point in deals.sticking_points]
    folded = [[points[number] for number in numbers] for numbers in folded_alike(points)]
    number = counted(len(folded), "sticking point", "sticking points")
    each, them = ("it", "it") if len(folded) == 1 else ("each of them", "them")
    intro = f"{number}. A deal must resolve {each}; -v shows {them} in detail."
    by_ways: dict[str, list[StickingPointInWords]] = {}
    for some in folded:
        by_ways.setdefault(_ways_in_short(some[0]), []).extend(some)
    items = [
        Item(f"{capital(ways)}: {_listed([*map(label, titles_of(some))], everything)}.")
        for ways, some in by_ways.items()
    ]
    blocks: list[Block] = [Paragraph(intro), List(items)]
    if not deals.all_sticking_points:
        blocks.append(Paragraph("Time ran out: there are more sticking points."))
    return blocks


def _listed(titles: Sequence[str], everything: bool) -> str:
    some = titles if everything or len(titles) <= _MOST_TITLES else titles[:_MOST_TITLES]
    more = len(titles) - len(some)
    return "; ".join(some) + (f"; and {more:,} more (--all)" if more else "")


def _ways_in_short(point: StickingPointInWords) -> str:
    """Who could resolve it by what: Russia drops a demand, or Ukraine gives up a red line."""
    ways = point.sticking_point.ways_out
    if len(ways) < point.sticking_point.ways_out_count or len(ways) > _MOST_WAYS:
        return _number_of_ways(point)
    words, order = point.answers.words, {party: at for at, party in enumerate(point.deals.parties)}
    alone: dict[str, dict[_Conceded, None]] = {}
    together: dict[str, None] = {}
    for way in sorted(ways, key=lambda way: sorted(order[party] for party in way.parties)):
        if len(way.parties) == 1:
            (party,) = way.parties
            alone.setdefault(party, {})[_conceded(point, way, party)] = None
        else:
            together[_jointly(point, way)] = None
    alike: dict[tuple[_Conceded, ...], list[str]] = {}
    for party, conceded in alone.items():
        alike.setdefault(tuple(conceded), []).append(party)
    own = (
        f"{words.parties(parties, 'or')} "
        + joined((_in_words(one, words.are_many(parties[-1:])) for one in conceded), "or")
        for conceded, parties in alike.items()
    )
    return ", or ".join([*own, *together])


_Conceded = tuple[tuple[Kind, int], ...]
"""What a party concedes in a way out, and how often."""


def _conceded(point: StickingPointInWords, way: WayOut, party: str) -> _Conceded:
    own = (point.concession(move) for move in way.moves if move.position.party == party)
    return tuple(Counter(own).items())


def _jointly(point: StickingPointInWords, way: WayOut) -> str:
    """Ukraine and Europe each drop a demand; Ukraine gives up a red line and Europe drops one."""
    words = point.answers.words
    by_concession: dict[_Conceded, list[str]] = {}
    for party in point.deals.parties:
        if party in way.parties:
            by_concession.setdefault(_conceded(point, way, party), []).append(party)
    return joined(
        f"{words.parties(parties)}{' each' if len(parties) > 1 else ''} "
        f"{_in_words(conceded, words.are_many(parties))}"
        for conceded, parties in by_concession.items()
    )


def _in_words(conceded: _Conceded, are_many: bool) -> str:
    """Gives up a red line and drops 2 demands."""
    parts = []
    for kind, number in conceded:
        verb, one, several = _CONCEDED[kind]
        parts.append(f"{agree(verb, are_many)} {one if number == 1 else several.format(number)}")
    return joined(parts)


def _number_of_ways(point: StickingPointInWords) -> str:
    """How many ways there are, and who could resolve it alone."""
    found = point.sticking_point
    at_least = "" if found.complete else "more than "
    together = "both" if len(point.deals.parties) == 2 else "several parties together"
    who = joined([*map(point.answers.words.party, found.alone), together], "or")
    return f"{who}, in one of {at_least}{found.ways_out_count:,} ways"
