"""Packages by priorities alone: those that no other beats, and for whom they are best."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from claimpos.deals.packages import Packages
from claimpos.deals.priorities import ByPriorities, Undominated
from claimpos.deals.search import Deals
from claimpos.dossier.model import Cell
from claimpos.rendering.document import Block, Item, List, Table, paragraphs
from claimpos.wording.dossier_texts import capital, label
from claimpos.wording.grammar import agree, counted
from claimpos.wording.names import Words, cells_title, joined, titles_alike
from claimpos.wording.responses import Responses

_COLUMNS = 4
_NAMED = 7


def priorities_blocks(deals: Deals, found: ByPriorities, in_short: bool = False) -> Iterable[Block]:
    """How many packages are left, and which; if `in_short`, several only if a table holds them."""
    is_one = len(found.packages) == 1
    cells = list(found.cells) if is_one else _differing(found)
    is_table = not is_one and len(cells) <= _COLUMNS
    is_listed = is_one or is_table or not (in_short and found.packages)
    linked = {cell for one in found.packages for some in one.packages.linked for cell in some.cells}
    parts = list(_in_words(deals, found, is_listed))
    if is_listed and linked.intersection(cells):
        parts.append("Of linked outcomes, the first combination that works is named.")
    yield paragraphs(parts)
    if found.packages and is_table:
        yield _table(deals, found, cells)
    elif found.packages and is_listed:
        yield List([Item(_item(deals, found, one, cells)) for one in found.packages])


def _in_words(deals: Deals, found: ByPriorities, is_listed: bool) -> Iterable[str]:
    words = Words(deals.problem.table.dossier)
    yield f"{_who(words, list(found.alone), 'ranks')} some issues above others."
    yield _remaining(found)
    few = len(found.packages)
    if not is_listed:
        yield f"-v lists {'them' if few == found.number else f'the first {few}'}."
    elif found.number is not None and found.number > few:
        yield f"The first {few} are listed; --all lists every one."
    several = {party: number for party, number in found.alone.items() if number and number > 1}
    if several and len(found.alone) > 1:
        for_whom = joined(
            (f"{words.party(party)} ({number:,} remain)" for party, number in several.items()), "or"
        )
        yield f"No single package is the best for {for_whom} under every such weighting."
    if found.unranked:
        are = agree("is", words.are_many(found.unranked))
        none = _who(words, found.unranked, "ranks")
        yield f"{none} no issue above another, and {are} left out here."
    if found.scored:
        yield f"{_who(words, found.scored, 'states')} points instead."


def _remaining(found: ByPriorities) -> str:
    """How many packages are left, or that one of them is the best."""
    if found.number is None:
        return (
            "The packages could not all be compared by these priorities: there are too many, or "
            "time ran out."
        )
    of_these = "Of the packages in which no party gives up a red line,"
    every = "under every weighting of the issues that fits these priorities"
    who = {1: "", 2: " both"}.get(len(found.alone), " all of these parties")
    if found.number == 1:
        return f"{of_these} one is the best{who and f' for{who}'} {every} (proven)."
    remain = f"{found.number:,} remain"
    if not who:
        return f"{of_these} none is the best {every}; {remain} that no other beats (proven)."
    return (
        f"{of_these} {remain} (proven). No other package is at least as good for{who} {every}, and "
        "better for one of them."
    )


def _who(words: Words, parties: Sequence[str], verb: str) -> str:
    """Who does something, many parties by their number."""
    if len(parties) <= _NAMED:
        return capital(words.with_verb(parties, verb))
    return f"{counted(len(parties), 'party', 'parties')} {words.agree(verb, parties)}"


def _differing(found: ByPriorities) -> list[Cell]:
    """Of the cells that matter to those who rank issues, where the packages differ."""
    return [
        cell
        for cell in found.cells
        if len({_outcomes(one.packages, cell) for one in found.packages}) > 1
    ]


def _outcomes(packages: Packages, cell: Cell) -> int:
    """The outcomes that will do; of linked ones, that of the first combination."""
    return sum(packages.free[cell]) if cell in packages.free else packages.first()[cell]


def _table(deals: Deals, found: ByPriorities, cells: Sequence[Cell]) -> Table:
    """A row for each package; if several parties rank issues, with those for whom it is best."""
    answers = Responses(deals.problem.table, {})
    header = [cells_title(answers.table.dossier, [cell]) for cell in cells]
    rows = [
        [answers.outcomes(cell, _outcomes(one.packages, cell)) for cell in cells]
        for one in found.packages
    ]
    if len(found.alone) > 1:
        header.append("Best for")
        for row, one in zip(rows, found.packages, strict=True):
            row.append(_best_for(answers.words, found, one) or "–")
    return Table(header, rows, "short")


def _best_for(words: Words, found: ByPriorities, one: Undominated) -> str:
    """The parties for which no package is better; where there are several, one of how many."""
    return ", ".join(
        words.party(party) if number == 1 else f"{words.party(party)} (one of {number})"
        for party, number in found.alone.items()
        if party in one.best_for
    )


def _item(deals: Deals, found: ByPriorities, one: Undominated, cells: Sequence[Cell]) -> str:
    answers = Responses(deals.problem.table, {})
    values = ((cell, answers.outcomes(cell, _outcomes(one.packages, cell))) for cell in cells)
    titled = titles_alike(answers.table.dossier, values)
    outcomes = "; ".join(f"{label(title)}: {outcome}" for title, outcome in titled)
    several = len(found.alone) > 1 and len(found.packages) > 1
    best = _best_for(answers.words, found, one) if several else ""
    return f"{outcomes}.{f' Best for {best}.' if best else ''}"


def priorities_report(
    found: ByPriorities, described: Callable[[Packages], dict[str, Any]]
) -> dict[str, Any]:
    """The packages that priorities leave, as data of `claimpos.deals/2`."""
    return {
        "alone": dict(found.alone),
        "count": found.number,
        "packages": [
            {"best_for": list(one.best_for), "packages": described(one.packages)}
            for one in found.packages
        ],
        "scored": list(found.scored),
        "unranked": list(found.unranked),
    }
