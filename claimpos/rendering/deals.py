"""Deals as people read them: the answer, the sticking points, the least-concession packages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from claimpos.deals.problem import Asks
from claimpos.deals.search import Deals
from claimpos.rendering.deals_frontier import frontier_blocks
from claimpos.rendering.deals_packages import package_blocks
from claimpos.rendering.deals_sticking_points import knot_blocks
from claimpos.rendering.layout import Layout, cells_in_words
from claimpos.rendering.tables import TERMINAL
from claimpos.rendering.text import Paint
from claimpos.wording.names import Words, capital, counted, joined, written_day

_ANSWERS = {
    "agreed": "{all} accept every term of at least one package.",
    "open": "At least one package contains no term that any party has ruled out, but answers are "
    "missing.",
    "blocked": "No deal without concessions: every package contains a term that a party has ruled "
    "out.",
}
_NOTHING_NAMED = "No party names an outcome of these issues, so there is no package to accept."
_UNDECIDED = "Undecided in the time given: every package found contains a term that is ruled out."
_COLOURS = {"agreed": "green", "open": "yellow", "blocked": "red"}
_STAND_EQUAL = (
    "In the sticking points all parties count alike. In the least-concession packages they do "
    "not: a red line outweighs a demand, so a party that rejects more by name keeps more."
)
_ORDER = (
    "Packages are ranked by red lines given up, then by demands dropped (high priority, then "
    "medium or unstated, then low), then by figures beyond an offer, then by answers outstanding. "
    "A red line is any outcome that a party has explicitly rejected."
)
_NO_CLAIM = (
    "This is neither a prediction nor advice. It rests only on recorded positions; where a party "
    "has none, nothing counts against a deal."
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
    everyone = "Both parties" if len(deals.parties) == 2 else "All parties"
    return _ANSWERS[deals.answer].format(all=everyone)


def opening(deals: Deals) -> list[str]:
    """Who, when and on what terms; the smallest concessions, and whether that is proven."""
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
        yield Section("Sticking points", knot_blocks(deals, layout))
    if deals.packages is not None and deals.problem.domains:
        blocks = package_blocks(deals, deals.packages, everything, layout)
        title = "Least-concession packages" if deals.proved else "Best package found so far"
        yield Section(title, blocks)
    if deals.frontier is not None and deals.problem.domains:
        yield Section(
            "Efficient frontier", frontier_blocks(deals, deals.frontier, everything, layout)
        )
    if left_out := list(_left_out(deals)):
        yield Section("Not covered", [layout.lines(left_out)])


def closing(deals: Deals) -> list[str]:
    """What the report does not claim."""
    if deals.packages is None or not deals.problem.domains:
        return [_NO_CLAIM]
    return [*([_STAND_EQUAL] if deals.knots else []), _ORDER, _NO_CLAIM]


def asks_in_words(asks: Asks) -> str:
    """What a package asks: no red lines given up, 2 demands dropped, 1 answer outstanding."""
    crosses, high, medium, low, beyond, unsaid = asks
    demands = high + medium + low
    ranked = [
        f"{count} of {name} priority"
        for count, name in ((high, "high"), (medium, "medium or unstated"), (low, "low"))
        if count and count < demands
    ]
    figures = counted(beyond, "figure beyond an offer", "figures beyond an offer")
    return ", ".join(
        [
            counted(crosses, "red line given up", "red lines given up"),
            counted(demands, "demand dropped", "demands dropped")
            + (f" ({', '.join(ranked)})" if ranked else ""),
            *([figures] if beyond else []),
            counted(unsaid, "answer outstanding", "answers outstanding"),
        ]
    )


def _terms_of_search(deals: Deals) -> Iterable[str]:
    dossier, problem = deals.problem.table.dossier, deals.problem
    words = Words(dossier)
    for cell, outcomes in deals.fixed.items():
        fixed = words.outcomes(dossier.issues[cell.issue], outcomes)
        yield f"Fixed: {cells_in_words(dossier, [cell])} is settled as {fixed}."
    if problem.held:
        yield f"Only packages in which {words.parties(problem.held)} concede nothing are counted."


def _found(deals: Deals) -> Iterable[str]:
    if deals.asks is None and deals.proved:
        held = Words(deals.problem.table.dossier).parties(deals.problem.held, "or")
        yield f"No package is left: each contains a term that {held} rules out."
    elif deals.asks is None:
        yield "Time ran out before a package was found."
    elif not deals.problem.domains:
        return
    elif deals.proved:
        yield f"Smallest concessions (proven): {asks_in_words(deals.asks)}."
        yield from _missing(deals)
    else:
        yield f"Time ran out. Best package found so far: {asks_in_words(deals.asks)}."
        yield f"Proven so far: no package needs less than {asks_in_words(deals.bound)}."
        yield from _missing(deals)


def _missing(deals: Deals) -> Iterable[str]:
    parties = deals.problem.table.dossier.parties
    missing = [f"{parties[party].label} {count}" for party, count in deals.unsaid.items() if count]
    if missing and deals.packages is not None:
        several = ", in the first of these packages" if deals.packages.number > 1 else ""
        yield f"Answers outstanding{several}: {', '.join(missing)}."
    if deals.answer == "blocked" and deals.asks is not None and not deals.asks[0]:
        yield "At least one package crosses no red line."
    elif deals.asks is not None and deals.bound[0]:
        yield "Every package requires at least one party to give up a red line."


def _left_out(deals: Deals) -> Iterable[str]:
    dossier = deals.problem.table.dossier
    asked = [cell for cell in deals.left_out if cell.issue in deals.problem.without]
    unnamed = [cell for cell in deals.left_out if cell.issue not in deals.problem.without]
    if asked:
        yield f"Left aside, as asked: {cells_in_words(dossier, asked)}."
    if unnamed:
        nobody = "neither party" if len(deals.parties) == 2 else "no party"
        yield f"Because {nobody} names an outcome: {cells_in_words(dossier, unnamed)}."
