"""The least-concession packages, all together: what they share, and where they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from claimpos.deals.packages import Linked, Packages
from claimpos.deals.problem import Concessions
from claimpos.deals.search import Deals, Share
from claimpos.dossier.model import Cell
from claimpos.rendering.document import Block, Paragraph, Table, paragraphs
from claimpos.wording.dossier_texts import capital
from claimpos.wording.grammar import counted
from claimpos.wording.names import cells_title, titles_alike
from claimpos.wording.responses import BEYOND_ITS_OFFER, Responses

if TYPE_CHECKING:
    from claimpos.deals.frontier import Frontier, FrontierPoint

_KEY = (
    "Calls for it: the party demands or proposes this outcome. Accepts: it has accepted it. Drops "
    "a demand; gives up a red line: its concession. No answer: it has neither accepted nor "
    "rejected it."
)
_VARIES = "Varies: the packages differ in this. Of outcomes joined by “or”, any works."
_ORDER = (
    "Packages are ranked by red lines given up, then by demands dropped (high priority, then "
    "medium or unstated, then low), then by figures beyond an offer, then by answers outstanding; "
    "so a party that rejects more by name keeps more."
)
_SHARES = {
    "gets": "calls for it",
    "accepts": "accepts",
    "concedes": "drops a demand",
    "red_lines": "gives up a red line",
    "beyond": "beyond its offer",
    "unanswered": "no answer",
    "varies": "varies",
}
# Combinations of cells that hang together, unless all are asked for.
_FEW = 10
# More parties than these share one column.
_COLUMNS = 3
_RARER = ("beyond its offer", "varies")


def package_blocks(deals: Deals, packages: Packages, everything: bool) -> list[Block]:
    """What the packages have, whatever is linked in them, and each party's share."""
    responses = {party: _by_cell(share) for party, share in deals.shares.items()}
    kinds = {response for by_cell in responses.values() for response in by_cell.values()}
    key = [_KEY]
    key += [BEYOND_ITS_OFFER] if _SHARES["beyond"] in kinds else []
    key += [_VARIES] if packages.free or _SHARES["varies"] in kinds else []
    blocks: list[Block] = [paragraphs([_number(deals, packages), _ORDER, " ".join(key)])]
    if cells := unlinked(deals, packages):
        blocks.append(_table(deals, cells, responses))
    for linked in packages.linked:
        blocks += linked_blocks(deals, linked, everything)
    return [*blocks, Paragraph("Totals by party:"), _totals(deals, responses)]


def unlinked(deals: Deals, packages: Packages) -> dict[Cell, int]:
    """The outcomes that the packages may have, whatever the rest, in the agenda's order."""
    free = {cell: sum(outcomes) for cell, outcomes in packages.free.items()}
    outcomes = {**packages.fixed, **free}
    return {cell: outcomes[cell] for cell in deals.problem.domains if cell in outcomes}


def _number(deals: Deals, packages: Packages) -> str:
    if not deals.proved:
        return "Other packages may need smaller concessions."
    if not packages.all_found:
        return "One of the least-concession packages; time ran out before the others were found."
    if packages.number == 1:
        return "One package needs the smallest concessions."
    number = f"{packages.number:,}" if packages.complete else f"More than {packages.number:,}"
    return f"{number} packages need equally small concessions."


def _table(
    deals: Deals, cells: Mapping[Cell, int], responses: Mapping[str, Mapping[Cell, str]]
) -> Table:
    """A row for each cell, items alike in outcome and responses folded into one."""
    answers = Responses(deals.problem.table, {})
    values = (
        (cell, (answers.outcomes(cell, mask), *_responses(deals, responses, cell)))
        for cell, mask in cells.items()
    )
    rows = [[title, *value] for title, value in titles_alike(answers.table.dossier, values)]
    return Table(["Issue", "Outcome", *_parties(deals)], rows)


def _parties(deals: Deals) -> list[str]:
    """The parties as columns; of many, one column."""
    parties = deals.problem.table.dossier.parties
    if len(deals.parties) > _COLUMNS:
        return ["Responses"]
    return [parties[party].label for party in deals.parties]


def _responses(
    deals: Deals, responses: Mapping[str, Mapping[Cell, str]], cell: Cell
) -> tuple[str, ...]:
    said = {party: by_cell[cell] for party, by_cell in responses.items()}
    if len(said) <= _COLUMNS:
        return tuple(said.values())
    parties = deals.problem.table.dossier.parties
    alike: dict[str, list[str]] = {}
    for party, response in said.items():
        alike.setdefault(response, []).append(parties[party].label)
    return ("\n".join(f"{', '.join(names)}: {response}" for response, names in alike.items()),)


def _by_cell(share: Share) -> dict[Cell, str]:
    """What a party has in each cell, in words."""
    kinds = ("gets", "accepts", "concedes", "beyond", "unanswered", "varies")
    shares = {cell: _SHARES[kind] for kind in kinds for cell in getattr(share, kind)}
    gives = set(share.concedes)
    return shares | {cell: _SHARES["red_lines"] for cell in share.red_lines if cell in gives}


def linked_blocks(deals: Deals, linked: Linked, everything: bool) -> list[Block]:
    """The combinations in which linked outcomes work."""
    answers = Responses(deals.problem.table, {})
    outcomes = cache(answers.outcomes)  # combinations repeat them
    number = len(linked.combinations)
    some = linked.combinations if everything else linked.combinations[:_FEW]
    more = f"; the first {len(some)} are shown, --all shows every one" if len(some) < number else ""
    at_least = "" if linked.complete else "more than "
    text = f"Linked outcomes, in {at_least}{number:,} combinations{more}."
    header = [cells_title(answers.table.dossier, [cell]) for cell in linked.cells]
    rows = [
        [outcomes(cell, one) for cell, one in zip(linked.cells, row, strict=True)] for row in some
    ]
    return [Paragraph(text), Table(header, rows)]


def _totals(deals: Deals, responses: Mapping[str, Mapping[Cell, str]]) -> Table:
    """In how many cells each party responds how; the rarer kinds only where there are some."""
    parties = deals.problem.table.dossier.parties
    counts = {party: Counter(by_cell.values()) for party, by_cell in responses.items()}
    some = set().union(*counts.values())
    kinds = [kind for kind in _SHARES.values() if kind not in _RARER or kind in some]
    rows = [
        [parties[party].label, *(f"{own[kind]:,}" for kind in kinds)]
        for party, own in counts.items()
    ]
    return Table(["Party", *map(capital, kinds)], rows, "short")


FRONTIER = (
    "The efficient frontier: packages that cannot ask less of one party without asking more of "
    "another. Packages that ask the same of each party are one point."
)
# Rows of the table, unless all are asked for.
_ROWS = 10
# A table for more parties than these says little that can be read.
_COMPARED = 3


def frontier_blocks(deals: Deals, frontier: Frontier, everything: bool) -> list[Block]:
    """What it is, and its points: a table for two or three parties, a number beyond."""
    if not frontier.complete:
        return [paragraphs([FRONTIER, "It has too many points to list, or time ran out."])]
    points = frontier.points
    number = f"It has {counted(len(points), 'such point', 'such points')}."
    if len(deals.parties) > _COMPARED:
        return [paragraphs([FRONTIER, number])]
    some = points if everything else spread(points, deals, _ROWS)
    if len(some) < len(points):
        number += f" {len(some)} of them are shown; --all shows every one."
    return [paragraphs([FRONTIER, number]), _frontier_table(deals, some)]


def least_in_sum(point: FrontierPoint, deals: Deals) -> bool:
    """Whether its packages are among the least-concession packages."""
    return tuple(map(sum, zip(*point.concessions, strict=True))) == deals.concessions


def spread(
    points: Sequence[FrontierPoint], deals: Deals, few: int, *, least: bool = True
) -> list[FrontierPoint]:
    """The first, the last, and some evenly between; with `least`, all least-concession ones."""
    if len(points) <= few:
        return list(points)
    chosen = {at * (len(points) - 1) // (few - 1) for at in range(few)}
    return [
        one for at, one in enumerate(points) if at in chosen or (least and least_in_sum(one, deals))
    ]


def _frontier_table(deals: Deals, points: Sequence[FrontierPoint]) -> Table:
    parties = deals.problem.table.dossier.parties
    header = [f"Concessions by {parties[party].short}" for party in deals.parties]
    rows = [
        [*map(concessions_of_one, point.concessions), "least" if least_in_sum(point, deals) else ""]
        for point in points
    ]
    return Table([*header, "Total"], rows)


def concessions_of_one(concessions: Concessions) -> str:
    """What is asked of one party: 2 red lines, 5 demands, 1 answer."""
    reds, high, medium, low, beyond, unsaid = concessions
    demands = high + medium + low
    parts = [
        counted(reds, "red line", "red lines") if reds else "",
        counted(demands, "demand", "demands") if demands else "",
        f"{high} of high priority" if high and high < demands else "",
        f"{low} of low priority" if low and low < demands else "",
        counted(beyond, "figure", "figures") + " beyond an offer" if beyond else "",
        counted(unsaid, "answer", "answers") if unsaid else "",
    ]
    return ", ".join(filter(None, parts)) or "nothing"
