"""Deals as people read them: the answer, what stands in the way, the packages that ask least."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from claimpos.comparison.wording import capital, joined, written_day
from claimpos.deals.answers import Answers
from claimpos.deals.problem import Asks
from claimpos.deals.search import Deals, Linked, Share
from claimpos.dossier.model import Cell
from claimpos.rendering.deals_knots import knot_blocks
from claimpos.rendering.deals_layout import Layout, cells_in_words, cells_title, counted
from claimpos.rendering.tables import TERMINAL
from claimpos.rendering.text import Paint

_ANSWERS = {
    "agreed": "Agreed: there is a package to which {all} have said yes everywhere",
    "open": "Open: there is a package to which nobody says no, though yeses are missing",
    "blocked": "Blocked: to every package somebody says no",
}
_COLOURS = {"agreed": "green", "open": "yellow", "blocked": "red"}
_SHARES = {
    "gets": "gets it",
    "lives_with": "lives with it",
    "gives": "gives up its demand",
    "red_lines": "crosses its red line",
    "still_to_say": "still to say",
    "depends": "depends on the rest",
}
_NEVER = (
    "A refusal outweighs a demand in these packages, so whoever says “never” keeps more. What "
    "stands in the way comes first above because there the parties stand equal."
)
_NO_CLAIM = (
    "This is no prediction and no advice: positions are what the parties have said, and silence "
    "stands in nobody's way."
)
# Combinations of cells that hang together, unless all are asked for.
_FEW = 10


def deals_text(
    deals: Deals,
    everything: bool = False,
    style: str = TERMINAL,
    width: int = 80,
    paint: Paint | None = None,
) -> str:
    """The whole report as text, in a table style of `tables`."""
    layout = Layout(style, width, paint or Paint(on=False))
    return "\n\n".join(deals_blocks(deals, everything, layout)) + "\n"


def deals_blocks(deals: Deals, everything: bool, layout: Layout) -> list[str]:
    """The parts of the report, laid out in the order in which they stand there."""
    blocks = [_head(deals, layout), *knot_blocks(deals, layout)]
    if deals.packages is not None:
        blocks += _packages(deals, everything, layout)
    blocks += _left_out(deals, layout)
    claims = [_NEVER, _NO_CLAIM] if deals.knots and deals.packages else [_NO_CLAIM]
    return [*blocks, layout.lines(claims)]


def _head(deals: Deals, layout: Layout) -> str:
    dossier = deals.problem.table.dossier
    everyone = "both" if len(deals.parties) == 2 else "all"
    answer = _ANSWERS[deals.answer].format(all=everyone)
    names = joined(dossier.parties[party].label for party in deals.parties)
    lines = [
        f"{capital(names)}, as of {written_day(deals.day)}",
        dossier.title,
        *_terms_of_search(deals),
    ]
    if deals.asks is None:
        lines.append(_nothing_left(deals))
    else:
        lines += [f"The packages that ask least: {_asked(deals.asks)}.", *_missing(deals)]
    if not deals.proved:
        lines.append(_unproved(deals))
    title = layout.title(answer)
    if layout.terminal:
        title = layout.paint(title, _COLOURS[deals.answer])
    return ("\n" if layout.terminal else "\n\n").join([title, layout.lines(lines)])


def _terms_of_search(deals: Deals) -> Iterable[str]:
    problem, words = deals.problem, Answers(deals.problem.table, {})
    for cell, outcomes in deals.fixed.items():
        fixed = words.words.outcomes(words.table.dossier.issues[cell.issue], outcomes)
        yield f"Fixed: {cells_in_words(words.table.dossier, [cell])} is {fixed}."
    if problem.held:
        yield f"Packages to which {words.words.parties(problem.held, 'or')} says no are left out."


def _nothing_left(deals: Deals) -> str:
    if not deals.proved:
        return "Time ran out before a package was found."
    words = Answers(deals.problem.table, {}).words
    return (
        f"No package is left: {words.parties(deals.problem.held)} cannot be held to no no at all."
    )


def _asked(asks: Asks) -> str:
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


def _missing(deals: Deals) -> Iterable[str]:
    parties = deals.problem.table.dossier.parties
    missing = [f"{parties[party].label} {count}" for party, count in deals.unsaid.items() if count]
    if missing and deals.packages is not None:
        several = "in the first of them " if deals.packages.number > 1 else ""
        yield f"Yeses not yet said, {several}by party: {', '.join(missing)}."
    if deals.answer == "blocked" and deals.asks is not None:
        some = "Some packages cross" if not deals.asks[0] else "Every package crosses"
        yield f"{some} {'no red line' if not deals.asks[0] else 'a red line'}."


def _unproved(deals: Deals) -> str:
    return (
        "Time ran out: this is the best package found, not proved to ask least. Proved so far: "
        f"every package asks at least as much as {_asked(deals.bound)}."
    )


def _packages(deals: Deals, everything: bool, layout: Layout) -> list[str]:
    packages = deals.packages
    assert packages is not None
    answers = Answers(deals.problem.table, {})
    number = f"{packages.number:,}" if packages.complete else f"More than {packages.number:,}"
    if packages.number == 1:
        told = "One package asks least." if deals.proved else "The best package found."
    else:
        told = f"{number} packages ask least. All of them have these outcomes in common."
    rows = _rows(
        deals, answers, packages.fixed, lambda cell: answers.outcomes(cell, packages.fixed[cell])
    )
    blocks = [layout.section("Packages that ask least"), layout.line(told)]
    if rows:
        blocks.append(layout.table(["Issue", "Outcome", "For the parties"], rows))
    if packages.free:
        free = _rows(
            deals, answers, packages.free, lambda cell: _any_of(answers, cell, packages.free[cell])
        )
        blocks.append(
            layout.line("Free, whatever the rest: any of the outcomes listed asks as little.")
        )
        blocks.append(layout.table(["Issue", "Any of", "For the parties"], free))
    for linked in packages.linked:
        blocks += _linked(linked, answers, everything, layout)
    return [*blocks, layout.table(*_totals(deals))]


def _any_of(answers: Answers, cell: Cell, outcomes: Iterable[int]) -> str:
    return answers.outcomes(cell, sum(outcomes))


def _rows(
    deals: Deals, answers: Answers, cells: Iterable[Cell], outcome: Callable[[Cell], str]
) -> list[list[str]]:
    """A row a cell, items alike in outcome and answers folded into one."""
    folded: dict[tuple[str, str, str], list[Cell]] = {}
    for cell in cells:
        folded.setdefault((cell.issue, outcome(cell), _for_parties(deals, cell)), []).append(cell)
    dossier = answers.table.dossier
    return [[cells_title(dossier, some), told, who] for (_, told, who), some in folded.items()]


def _for_parties(deals: Deals, cell: Cell) -> str:
    parties = deals.problem.table.dossier.parties
    told: dict[str, list[str]] = {}
    for party, share in deals.shares.items():
        told.setdefault(_share(share, cell), []).append(parties[party].label)
    return "\n".join(f"{', '.join(names)}: {said}" for said, names in told.items())


def _share(share: Share, cell: Cell) -> str:
    if cell in share.red_lines and cell in share.gives:
        return _SHARES["red_lines"]
    kinds = ("gets", "lives_with", "gives", "still_to_say", "depends")
    return next(_SHARES[kind] for kind in kinds if cell in getattr(share, kind))


def _linked(linked: Linked, answers: Answers, everything: bool, layout: Layout) -> list[str]:
    number = len(linked.combinations)
    some = linked.combinations if everything else linked.combinations[:_FEW]
    more = f"; the first {len(some)} are shown, --all shows every one" if len(some) < number else ""
    at_least = "" if linked.complete else "more than "
    told = f"These hang together, in {at_least}{number:,} combinations{more}."
    header = [cells_title(answers.table.dossier, [cell]) for cell in linked.cells]
    rows = [
        [answers.outcomes(cell, one) for cell, one in zip(linked.cells, row, strict=True)]
        for row in some
    ]
    return [layout.line(told), layout.table(header, rows)]


def _totals(deals: Deals) -> tuple[Sequence[str], list[list[str]]]:
    parties = deals.problem.table.dossier.parties
    rows = [
        [
            parties[party].label,
            *(
                str(len(cells))
                for cells in (
                    share.gets,
                    share.lives_with,
                    share.gives,
                    share.red_lines,
                    share.still_to_say,
                    share.depends,
                )
            ),
        ]
        for party, share in deals.shares.items()
    ]
    header = ["Party", "Gets", "Lives with", "Gives up", "Red lines", "Still to say", "Depends"]
    return header, rows


def _left_out(deals: Deals, layout: Layout) -> list[str]:
    dossier = deals.problem.table.dossier
    asked = [cell for cell in deals.left_out if cell.issue in deals.problem.without]
    unnamed = [cell for cell in deals.left_out if cell not in asked]
    told = []
    if asked:
        told.append(f"Left out, as asked: {cells_in_words(dossier, asked)}.")
    if unnamed:
        told.append(f"Left out, since none of them names it: {cells_in_words(dossier, unnamed)}.")
    return [layout.lines(told)] if told else []
