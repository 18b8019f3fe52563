"""The sticking points in short: what would resolve them, without the positions."""

from __future__ import annotations

from collections.abc import Sequence

from claimpos.deals.search import Deals
from claimpos.rendering.deals_sticking_points import (
    StickingPointInWords,
    folded_alike,
    in_words,
    titles_of,
)
from claimpos.rendering.document import Block, Item, List, Paragraph
from claimpos.wording.names import agree, capital, counted, joined

_MOST_WAYS = 4
_MOST_TITLES = 8


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
        Item(f"{capital(ways)}: {_listed(titles_of(some), everything)}.")
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
    by_parties: dict[tuple[str, ...], dict[str, None]] = {}
    for way in ways:
        parties = tuple(sorted(way.parties, key=order.__getitem__))
        if len({point.concession(move) for move in way.moves}) > 1 and len(parties) > 1:
            return _number_of_ways(point)
        text = joined(dict.fromkeys(point.concession(move) for move in way.moves))
        by_parties.setdefault(parties, {})[text] = None
    alike: dict[object, list[tuple[str, ...]]] = {}
    for parties in sorted(by_parties, key=lambda some: [order[one] for one in some]):
        own = tuple(by_parties[parties])
        alike.setdefault(own if len(parties) == 1 else (own, parties), []).append(parties)
    return ", or ".join(
        f"{joined(map(words.parties, some), 'or')}{' each' if len(some[-1]) > 1 else ''} "
        f"{joined((_of_some(one, words.are_many(some[-1])) for one in by_parties[some[0]]), 'or')}"
        for some in alike.values()
    )


def _number_of_ways(point: StickingPointInWords) -> str:
    """How many ways there are, and who could resolve it alone."""
    found = point.sticking_point
    at_least = "" if found.complete else "more than "
    together = "both" if len(point.deals.parties) == 2 else "several parties together"
    who = joined([*map(point.answers.words.party, found.alone), together], "or")
    return f"{who}, in one of {at_least}{found.ways_out_count:,} ways"


def _of_some(concessions: str, are_many: bool) -> str:
    """The concession of one party or several: drops a demand and gives up a red line."""
    some = concessions.replace("the demand", "a demand").replace("its condition", "a condition")
    return " and ".join(
        " ".join([agree(verb, are_many), rest])
        for verb, _, rest in (one.partition(" ") for one in some.split(" and "))
    )
