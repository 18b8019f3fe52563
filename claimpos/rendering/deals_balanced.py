"""Balanced packages: what each party concedes, what the patterns share, and where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from claimpos.deals.balance import Balanced, BalancedConcession, CountRange
from claimpos.deals.packages import Packages
from claimpos.deals.search import Deals
from claimpos.dossier.model import Cell
from claimpos.rendering.deals_packages import linked_blocks, unlinked
from claimpos.rendering.deals_sticking_points import NAMED
from claimpos.rendering.document import Block, Item, List, Paragraph, Table, paragraphs
from claimpos.wording.dossier_texts import capital, label
from claimpos.wording.grammar import counted
from claimpos.wording.names import Words, cells_title, titles_alike
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
    if not even.patterns and even.proved:
        return []  # that no package is left has been said
    if not are_compared(deals):
        return [paragraphs(list(_patterns(even)))]
    found = _in_short(deals, even) if even.proved else _patterns(even)
    texts = [_why(deals, even), *found, *_proven(deals, even)]
    return [_side_by_side(deals, even), paragraphs(texts)]


def are_compared(deals: Deals) -> bool:
    """Whether there are packages of both kinds, in which somebody concedes something."""
    even = deals.balanced
    if even is None or even.patterns == 0 or even.points == 1 or not deals.given:
        return False
    return any(even.from_the_top) or any(one.points for one in deals.given.values())


def _why(deals: Deals, even: Balanced) -> str:
    """Why the two kinds of packages differ in what they ask of each party, if they do."""
    given = {party: one.points for party, one in deals.given.items()}
    if all(one == CountRange(given[party], given[party]) for party, one in even.totals.items()):
        return _SAME
    if sorted(given.values(), reverse=True) == [*even.from_the_top]:
        return _AS_EVEN
    decides = any(point.ranking_decides is not None for point in deals.sticking_points)
    return _RANKING if decides else _FEWEST


def balanced_blocks(deals: Deals, even: Balanced, everything: bool) -> list[Block]:
    """All there is to say of balanced packages."""
    blocks: list[Block] = [paragraphs([*_patterns(even), _KEY])]
    if not even.patterns or even.points == 1:
        return blocks
    if any(even.from_the_top):
        blocks.append(_totals(deals, even))
    if even.packages is not None:
        return [*blocks, *_package(deals, even, even.packages, everything)]
    if always := [one for one in even.concessions if one.always]:
        blocks.append(Paragraph("Conceded in every balanced package:"))
        blocks.append(List([Item(line) for line in _by_party(deals, always)]))
    if toss_ups := _points_in_doubt(even):
        blocks.append(Paragraph("Toss-ups, where the balanced packages differ in who concedes:"))
        blocks.append(List([Item(line) for line in _in_doubt(deals, toss_ups)]))
    if even.shared:
        blocks.append(Paragraph("All balanced packages have these outcomes:"))
        blocks.append(List([Item(line) for line in _shared(deals, even)]))
    return blocks


def _package(deals: Deals, even: Balanced, packages: Packages, everything: bool) -> Iterable[Block]:
    """The packages of the only pattern."""
    if packages.free:
        yield Paragraph("Of outcomes joined by “or”, any works.")
    if cells := unlinked(deals, packages):
        yield _outcomes(deals, even, cells)
    for linked in packages.linked:
        yield from linked_blocks(deals, linked, everything)


def _shared(deals: Deals, even: Balanced) -> Iterable[str]:
    """The outcomes that all patterns share, sub-issues with the same one together."""
    dossier, answers = deals.problem.table.dossier, Responses(deals.problem.table, {})
    outcomes = ((cell, answers.outcomes(cell, mask)) for cell, mask in even.shared.items())
    for title, outcome in titles_alike(dossier, outcomes):
        yield f"{label(title)}: {outcome}."


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


def range_of_points(halves: CountRange) -> str:
    """The least and the most: 3 or, where they differ, 3 to 4."""
    ends = dict.fromkeys([number_of_points(halves.least), number_of_points(halves.most)])
    return " to ".join(ends)


def _patterns(even: Balanced) -> Iterable[str]:
    """How many balanced patterns there are, and whether that is proven."""
    if even.points == 1:
        yield "There is one point only, so there is nothing to balance."
    elif not even.patterns and even.proved:
        yield "No package is left to balance."
    elif not even.patterns and not even.in_time:
        yield f"Time ran out before balanced packages were found.{_bound(even)}"
    elif not even.patterns:
        yield f"There are too many combinations to find balanced packages.{_bound(even)}"
    elif not even.proved:
        yield (
            "There are too many combinations to compare all; other packages may be more "
            f"balanced.{_bound(even)}"
        )
    elif not any(even.from_the_top):
        number = _number_of_packages(even)
        yield f"In balanced packages, no party concedes anything (proven).{number}"
    elif even.patterns == 1 and even.counted:
        yield from _kept(even)
        yield (
            "One pattern of who concedes where is the most balanced (proven)."
            f"{_number_of_packages(even)}"
        )
    else:
        yield from _kept(even)
        number = f"{even.patterns:,}" if even.counted else f"More than {even.patterns:,}"
        yield f"{number} patterns of who concedes where are equally balanced (proven)."


def _in_short(deals: Deals, even: Balanced) -> Iterable[str]:
    """Whether one package is the balanced one, or where it is a toss-up who concedes."""
    yield from _kept(even)
    if even.packages is not None:
        number = even.packages.number
        several = f"{number:,}" if even.packages.complete else f"more than {number:,}"
        yield (
            "There is one balanced package (-v)."
            if number == 1 and even.packages.complete
            else f"There are {several} balanced packages; all ask the same concessions (-v)."
        )
        return
    points = [
        label(cells_title(deals.problem.table.dossier, one[0].point.cells))
        for one in _points_in_doubt(even)
    ]
    more = len(points) - _FEW
    some = points[:_FEW] if more > 1 else points
    rest = f"; and {more:,} more" if more > 1 else ""
    yield "There is no single balanced package (-v). " + (
        f"It is a toss-up who concedes on: {'; '.join(some)}{rest}."
        if points
        else "Equally balanced ones differ in how much is conceded where."
    )
    if even.counted and even.shared:
        yield (
            f"On {len(even.shared):,} of {len(deals.problem.domains):,} issues and sub-issues, all "
            "balanced packages have the same outcome."
        )


def _proven(deals: Deals, even: Balanced) -> Iterable[str]:
    if even.proved and deals.proved:
        yield "No package is more balanced, and none needs smaller concessions (proven)."
    elif even.proved:
        yield "No package is more balanced (proven)."
    elif deals.proved:
        yield "No package needs smaller concessions (proven)."


def _kept(even: Balanced) -> Iterable[str]:
    if even.keep_red_lines:
        yield "Only packages that give up the fewest red lines are compared."


def _number_of_packages(even: Balanced) -> str:
    if even.packages is None or even.packages.number == 1:
        return ""
    more = "" if even.packages.complete else "more than "
    return f" There are {more}{even.packages.number:,} such packages, equally good."


def _bound(even: Balanced) -> str:
    if not even.bound:
        return ""
    points = number_of_points(even.bound)
    return f" Proven so far: some party must concede at least {points} points."


def _side_by_side(deals: Deals, even: Balanced) -> Table:
    kind = "In balanced ones" if even.proved else "In the most balanced so far"
    counts = {
        party: (
            _points(range_of_points(even.totals[party]), even.red_lines[party]),
            _points(number_of_points(given.points), CountRange(given.red_lines, given.red_lines)),
        )
        for party, given in deals.given.items()
    }
    least = "In least-concession ones" if deals.proved else "In the best found so far"
    rows = [[who, *counts[party]] for who, party in _alike(deals, counts)]
    return Table(["Who concedes", kind, least], rows, "short")


def _totals(deals: Deals, even: Balanced) -> Table:
    counts = {party: (even.totals[party], even.red_lines[party]) for party in deals.parties}
    rows = [
        [who, range_of_points(even.totals[party]), _several(even.red_lines[party])]
        for who, party in _alike(deals, counts)
    ]
    return Table(["Party", "Points conceded", "Red lines given up"], rows, "short")


def _points(number: str, red_lines: CountRange) -> str:
    """A number of points, and how many red lines are among them, at most if that varies."""
    points = f"{number} point{'' if number in ('1', '½') else 's'}"
    if not red_lines.most:
        return points
    up_to = "" if red_lines.least == red_lines.most else "up to "
    return f"{points}, {up_to}{counted(red_lines.most, 'red line', 'red lines')}"


def _several(count: CountRange) -> str:
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


def _points_in_doubt(even: Balanced) -> list[list[BalancedConcession]]:
    """For each point on which it differs who concedes, the concessions of those who may."""
    unsure = {one.point for one in even.concessions if not one.always}
    return [
        list(some)
        for point, some in groupby(even.concessions, key=lambda one: one.point)
        if point in unsure
    ]


def _in_doubt(deals: Deals, points: Iterable[Sequence[BalancedConcession]]) -> Iterable[str]:
    """Where it differs who concedes, by the parties that may."""
    words = Words(deals.problem.table.dossier)
    by_parties: dict[tuple[str, ...], list[str]] = {}
    for some in points:
        title = label(cells_title(words.dossier, some[0].point.cells))
        by_parties.setdefault(tuple(dict.fromkeys(one.party for one in some)), []).append(title)
    for who, titles in by_parties.items():
        named = words.parties(who, "or") if len(who) <= NAMED else f"some of {len(who)} parties"
        yield f"{capital(named)}: {'; '.join(titles)}."


def _by_party(deals: Deals, concessions: Sequence[BalancedConcession]) -> Iterable[str]:
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
        titles = "; ".join(label(cells_title(words.dossier, cells)) for cells in same)
        yield f"{capital(who)}: {titles}."
