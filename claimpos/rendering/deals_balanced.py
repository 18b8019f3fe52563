"""Balanced packages: what each party concedes, what the patterns share, and where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from claimpos.deals.balance import Balanced, Concession, Range
from claimpos.deals.search import Deals
from claimpos.dossier.model import Cell
from claimpos.rendering.deals_packages import linked_blocks
from claimpos.rendering.deals_sticking_points import NAMED
from claimpos.rendering.document import Block, Item, List, Paragraph, Table, paragraphs
from claimpos.wording.names import Words, capital, cells_title, counted, titles_alike
from claimpos.wording.responses import Responses

_KEY = (
    "A party concedes at a point if it has not accepted the outcome although it has accepted "
    "another there, or if it rejects the outcome. A point is an issue, or all sub-issues on which "
    "each party says the same. A figure between the nearest accepted figures counts half."
)
_RANKING = (
    "The two kinds differ because least-concession packages treat giving up a red line as worse "
    "than dropping any demand, which favours a party that has explicitly rejected more; balanced "
    "packages count every point alike."
)
_FEWEST = (
    "The two kinds differ because least-concession packages ask as little as possible of all "
    "parties together; balanced packages spread the concessions as evenly as possible."
)
_SAME = "Both kinds of packages ask each party to concede the same number of points."
_AS_EVEN = "Least-concession packages spread the concessions as evenly as balanced ones do."
# Toss-ups listed in the short form.
_FEW = 3


def comparison_blocks(deals: Deals, even: Balanced) -> list[Block]:
    """Balanced and least-concession packages side by side, and why they differ."""
    if even.patterns == 0 or even.points == 1 or not deals.given:
        return [paragraphs(list(_patterns(deals, even)))]
    return [
        _side_by_side(deals, even),
        paragraphs([_why(deals, even), *_patterns(deals, even), *_toss_ups(deals, even)]),
    ]


def _why(deals: Deals, even: Balanced) -> str:
    """Why the two kinds of packages differ in what they ask of each party, if they do."""
    given = {party: one.points for party, one in deals.given.items()}
    if all(one == Range(given[party], given[party]) for party, one in even.totals.items()):
        return _SAME
    if sorted(given.values(), reverse=True) == [*even.from_the_top]:
        return _AS_EVEN
    decides = any(point.ranking_decides is not None for point in deals.sticking_points)
    return _RANKING if decides else _FEWEST


def balanced_blocks(deals: Deals, even: Balanced, everything: bool) -> list[Block]:
    """All there is to say of balanced packages."""
    blocks: list[Block] = [paragraphs([*_patterns(deals, even), _KEY])]
    if not even.patterns or even.points == 1:
        return blocks
    blocks.append(_totals(deals, even))
    if always := [one for one in even.concessions if one.always]:
        blocks.append(Paragraph("Conceded in every balanced package:"))
        blocks.append(List([Item(line) for line in _by_party(deals, always)]))
    if toss_ups := _points_in_doubt(even):
        blocks.append(Paragraph("Toss-ups, where the balanced packages differ in who concedes:"))
        blocks.append(List([Item(line) for line in _in_doubt(deals, toss_ups)]))
    if even.packages is None:
        if even.shared:
            blocks.append(Paragraph("They share these outcomes:"))
            blocks.append(_outcomes(deals, even, even.shared))
        return blocks
    blocks.append(_outcomes(deals, even, even.packages.fixed))
    if even.packages.free:
        free = {cell: sum(outcomes) for cell, outcomes in even.packages.free.items()}
        blocks.append(Paragraph("Interchangeable outcomes: any of those listed works."))
        blocks.append(_outcomes(deals, even, free))
    for linked in even.packages.linked:
        blocks += linked_blocks(deals, linked, everything)
    return blocks


def _outcomes(deals: Deals, even: Balanced, cells: Mapping[Cell, int]) -> Table:
    """A row for each cell, or for sub-issues alike, with those who always concede there."""
    words, answers = Words(deals.problem.table.dossier), Responses(deals.problem.table, {})
    concede: dict[Cell, list[str]] = {}
    for one in even.concessions:
        for cell in one.point.cells if one.always else ():
            concede.setdefault(cell, []).append(one.party)

    def named(who: Sequence[str]) -> str:
        return words.parties(who) if 0 < len(who) <= NAMED else f"{len(who) or 'none'}"

    values = (
        (cell, (answers.outcomes(cell, mask), capital(named(concede.get(cell, [])))))
        for cell, mask in cells.items()
    )
    rows = [[title, *value] for title, value in titles_alike(words.dossier, values)]
    return Table(["Issue", "Outcome", "Concedes"], rows)


def number_of_points(halves: int) -> str:
    """A number of points in words: 3, 2½, ½."""
    whole, half = divmod(halves, 2)
    return f"{whole or '' if half else whole}{'½' if half else ''}"


def range_of_points(halves: Range) -> str:
    """The least and the most: 3 or, where they differ, 3 to 4."""
    ends = dict.fromkeys([number_of_points(halves.least), number_of_points(halves.most)])
    return " to ".join(ends)


def _patterns(deals: Deals, even: Balanced) -> Iterable[str]:
    """How many balanced patterns there are, and whether that is proven."""
    if even.points == 1:
        yield "There is one point only, so there is nothing to balance."
    elif not even.patterns and even.proved:
        yield "No package is left to balance."
    elif not even.patterns:
        yield f"Time ran out before balanced packages were found.{_bound(even)}"
    elif not even.proved:
        yield f"Time ran out; other packages may be more even.{_bound(even)}"
    elif even.patterns == 1 and even.counted:
        yield from _kept(even)
        yield (
            "One pattern of who concedes where is the most balanced (proven)."
            f"{_number_of_packages(even)}"
        )
    else:
        yield from _kept(even)
        number = f"{even.patterns:,}" if even.counted else f"More than {even.patterns:,}"
        cells = len(deals.problem.domains)
        yield (
            f"{number} patterns of who concedes where are equally balanced (proven). All have the "
            f"same outcome on {len(even.shared):,} of {cells:,} issues and sub-issues."
        )


def _kept(even: Balanced) -> Iterable[str]:
    if even.keep_red_lines:
        yield "Only packages that give up the fewest red lines are compared."


def _number_of_packages(even: Balanced) -> str:
    if even.packages is None or even.packages.number == 1:
        return ""
    more = "" if even.packages.complete else "more than "
    return f" Within it, {more}{even.packages.number:,} packages are equally good."


def _bound(even: Balanced) -> str:
    if not even.bound:
        return ""
    points = number_of_points(even.bound)
    return f" Proven so far: some party must concede at least {points} points."


def _side_by_side(deals: Deals, even: Balanced) -> Table:
    kind = "In balanced ones" if even.proved else "In the most balanced so far"
    counts = {
        party: (
            _points(range_of_points(even.totals[party]), _several(even.red_lines[party])),
            _points(number_of_points(given.points), f"{given.red_lines}"),
        )
        for party, given in deals.given.items()
    }
    rows = [[who, *counts[party]] for who, party in _alike(deals, counts)]
    return Table(["Who concedes", kind, "In least-concession ones"], rows, "short")


def _totals(deals: Deals, even: Balanced) -> Table:
    counts = {party: (even.totals[party], even.red_lines[party]) for party in deals.parties}
    rows = [
        [who, range_of_points(even.totals[party]), _several(even.red_lines[party])]
        for who, party in _alike(deals, counts)
    ]
    return Table(["Party", "Points conceded", "Red lines given up"], rows, "short")


def _points(number: str, red_lines: str) -> str:
    """A number of points, and how many red lines are among them."""
    points = f"{number} point{'' if number in ('1', '½') else 's'}"
    if red_lines == "0":
        return points
    return f"{points}, {red_lines} red line{'' if red_lines == '1' else 's'}"


def _several(count: Range) -> str:
    return " to ".join(dict.fromkeys([f"{count.least}", f"{count.most}"]))


def _alike(deals: Deals, counts: Mapping[str, object]) -> list[tuple[str, str]]:
    """Each party with its name; of many parties, those with the same counts together."""
    parties = deals.problem.table.dossier.parties
    if len(counts) <= NAMED:
        return [(parties[party].label, party) for party in counts]
    alike: dict[object, list[str]] = {}
    for party, count in counts.items():
        alike.setdefault(count, []).append(party)
    return [
        (
            ", ".join(parties[one].label for one in some)
            if len(some) <= NAMED
            else f"{len(some):,} parties",
            some[0],
        )
        for some in alike.values()
    ]


def _points_in_doubt(even: Balanced) -> list[list[Concession]]:
    """For each point on which it differs who concedes, the concessions of those who may."""
    unsure = {one.point for one in even.concessions if not one.always}
    return [
        list(some)
        for point, some in groupby(even.concessions, key=lambda one: one.point)
        if point in unsure
    ]


def _toss_ups(deals: Deals, even: Balanced) -> Iterable[str]:
    points = _points_in_doubt(even)
    if not points:
        return
    dossier = deals.problem.table.dossier
    titles = [cells_title(dossier, one[0].point.cells) for one in points]
    more = len(titles) - _FEW
    some = titles[:_FEW] if more > 1 else titles
    rest = f"; and {more} more (--aim balanced)" if more > 1 else ""
    yield f"It is a toss-up who concedes on: {'; '.join(some)}{rest}."


def _in_doubt(deals: Deals, points: Iterable[Sequence[Concession]]) -> Iterable[str]:
    words = Words(deals.problem.table.dossier)
    for some in points:
        title = cells_title(words.dossier, some[0].point.cells)
        who = list(dict.fromkeys(one.party for one in some))
        named = words.parties(who, "or") if len(who) <= NAMED else f"some of {len(who)} parties"
        yield f"{title}: {named}."


def _by_party(deals: Deals, concessions: Sequence[Concession]) -> Iterable[str]:
    """What each party concedes; parties that concede on the same points share a line."""
    words = Words(deals.problem.table.dossier)
    own: dict[str, list[tuple[Cell, ...]]] = {}
    for one in concessions:
        own.setdefault(one.party, []).append(one.point.cells)
    alike: dict[tuple[tuple[Cell, ...], ...], list[str]] = {}
    for party, points in own.items():
        alike.setdefault(tuple(points), []).append(party)
    for same, parties in alike.items():
        named = words.parties(parties)
        who = named if len(parties) <= NAMED else counted(len(parties), "party", "parties")
        titles = "; ".join(cells_title(words.dossier, cells) for cells in same)
        yield f"{capital(who)}: {titles}."
