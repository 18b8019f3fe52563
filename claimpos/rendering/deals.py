"""Deals as people read them: the answer, what stands in the way, the packages that ask least."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from claimpos.deals.problem import Asks
from claimpos.deals.search import Deals
from claimpos.rendering.deals_frontier import frontier_blocks
from claimpos.rendering.deals_knots import knot_blocks
from claimpos.rendering.deals_packages import package_blocks
from claimpos.rendering.layout import Layout, cells_in_words
from claimpos.rendering.tables import TERMINAL
from claimpos.rendering.text import Paint
from claimpos.wording.names import Words, capital, counted, joined, written_day

_ANSWERS = {
    "agreed": "Agreed: there is a package to which {all} have said yes throughout",
    "open": "Open: there is a package to which nobody has said no, though yeses are missing",
    "blocked": "Blocked: whatever the package, somebody has said no to some of it",
}
_NOTHING_NAMED = "Open: nobody names an outcome of these issues, so there is nothing to say yes to"
_UNDECIDED = "Undecided in the time given: no package was found to which nobody has said no"
_COLOURS = {"agreed": "green", "open": "yellow", "blocked": "red"}
_STAND_EQUAL = (
    "In what stands in the way the parties stand equal. In the packages that ask least they do "
    "not: a red line outweighs a demand, so whoever says “never” keeps more."
)
_ORDER = (
    "Red lines crossed outweigh any number of demands given up, demands of high priority those of "
    "medium or no priority, these those of low priority, and all of them yeses not yet said."
)
_NO_CLAIM = (
    "This is no prediction and no advice. Positions are what the parties have said, and silence "
    "stands in nobody's way."
)


class Section(NamedTuple):
    """A part of the report: its heading, and the blocks of text below it."""

    title: str
    blocks: list[str]


def deals_text(
    deals: Deals,
    everything: bool = False,
    style: str = TERMINAL,
    width: int = 80,
    paint: Paint | None = None,
) -> str:
    """The whole report as text, in a table style of `tables`."""
    layout = Layout(style, width, paint or Paint(on=False))
    title = layout.title(answer_in_words(deals), _COLOURS[deals.answer])
    blocks = [title, layout.lines(opening(deals))]
    for section in sections(deals, everything, layout):
        blocks += [layout.section(section.title), *section.blocks]
    return "\n\n".join([*blocks, layout.lines(closing(deals))]) + "\n"


def answer_in_words(deals: Deals) -> str:
    """The answer as a heading; that nothing is left to find is said only where it is proved."""
    if not deals.problem.domains and deals.answer == "open":
        return _NOTHING_NAMED
    if deals.answer == "blocked" and not deals.proved and not any(deals.bound[:4]):
        return _UNDECIDED
    everyone = "both" if len(deals.parties) == 2 else "all"
    return _ANSWERS[deals.answer].format(all=everyone)


def opening(deals: Deals) -> list[str]:
    """Who, when and on what terms; what the packages that ask least ask, and whether proved."""
    dossier = deals.problem.table.dossier
    names = capital(joined(dossier.parties[party].label for party in deals.parties))
    return [
        f"{names}, as of {written_day(deals.day)}. {dossier.title}.",
        *_terms_of_search(deals),
        *_found(deals),
    ]


def sections(deals: Deals, everything: bool, layout: Layout) -> Iterable[Section]:
    """The parts of the report in a layout, for whoever puts headings of their own above them."""
    if deals.knots or not deals.all_knots:
        yield Section("What stands in the way", knot_blocks(deals, layout))
    if deals.packages is not None and deals.problem.domains:
        blocks = package_blocks(deals, deals.packages, everything, layout)
        title = "Packages that ask least" if deals.proved else "The best package found"
        yield Section(title, blocks)
    if deals.frontier is not None and deals.problem.domains:
        yield Section("The frontier", frontier_blocks(deals, deals.frontier, everything, layout))
    if left_out := list(_left_out(deals)):
        yield Section("Left out", [layout.lines(left_out)])


def closing(deals: Deals) -> list[str]:
    """What the report does not claim."""
    if deals.packages is None or not deals.problem.domains:
        return [_NO_CLAIM]
    return [*([_STAND_EQUAL] if deals.knots else []), _ORDER, _NO_CLAIM]


def asks_in_words(asks: Asks) -> str:
    """What a package asks: no red lines crossed, 2 demands given up, 1 yes not yet said."""
    crosses, high, medium, low, unsaid = asks
    demands = high + medium + low
    ranked = [
        f"{count} of {name} priority"
        for count, name in ((high, "high"), (medium, "medium or no"), (low, "low"))
        if count and count < demands
    ]
    return ", ".join(
        [
            counted(crosses, "red line crossed", "red lines crossed"),
            counted(demands, "demand given up", "demands given up")
            + (f" ({', '.join(ranked)})" if ranked else ""),
            counted(unsaid, "yes not yet said", "yeses not yet said"),
        ]
    )


def _terms_of_search(deals: Deals) -> Iterable[str]:
    dossier, problem = deals.problem.table.dossier, deals.problem
    words = Words(dossier)
    for cell, outcomes in deals.fixed.items():
        fixed = words.outcomes(dossier.issues[cell.issue], outcomes)
        yield f"Fixed: {cells_in_words(dossier, [cell])} is {fixed}."
    if problem.held:
        yield f"Packages to which {words.parties(problem.held, 'or')} says no are left out."


def _found(deals: Deals) -> Iterable[str]:
    if deals.asks is None and deals.proved:
        held = Words(deals.problem.table.dossier).parties(deals.problem.held, "or")
        yield f"No package is left: to each, {held} says no."
    elif deals.asks is None:
        yield "Time ran out before a package was found."
    elif not deals.problem.domains:
        return
    elif deals.proved:
        yield f"The least that a package asks: {asks_in_words(deals.asks)}. This is proved."
        yield from _missing(deals)
    else:
        yield f"Time ran out. The best package found asks: {asks_in_words(deals.asks)}."
        yield f"Proved so far: no package asks less than {asks_in_words(deals.bound)}."
        yield from _missing(deals)


def _missing(deals: Deals) -> Iterable[str]:
    parties = deals.problem.table.dossier.parties
    missing = [f"{parties[party].label} {count}" for party, count in deals.unsaid.items() if count]
    if missing and deals.packages is not None:
        several = ", in the first of these packages" if deals.packages.number > 1 else ""
        yield f"Yeses not yet said{several}: {', '.join(missing)}."
    if deals.answer == "blocked" and deals.asks is not None and not deals.asks[0]:
        yield "Some packages cross no red line."
    elif deals.asks is not None and deals.bound[0]:
        yield "Every package crosses a red line."


def _left_out(deals: Deals) -> Iterable[str]:
    dossier = deals.problem.table.dossier
    asked = [cell for cell in deals.left_out if cell.issue in deals.problem.without]
    unnamed = [cell for cell in deals.left_out if cell not in asked]
    if asked:
        yield f"As asked: {cells_in_words(dossier, asked)}."
    if unnamed:
        none = "neither" if len(deals.parties) == 2 else "none"
        told = capital(f"{none} of them names an outcome of")
        yield f"{told} {cells_in_words(dossier, unnamed)}."
