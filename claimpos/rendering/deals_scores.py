"""Packages by the points that parties state themselves: fair ones, and the Pareto frontier."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from claimpos.deals.search import Deals
from claimpos.dossier.model import Cell
from claimpos.dossier.outcomes import Range
from claimpos.rendering.document import Block, Heading, Paragraph, Table, paragraphs
from claimpos.wording.dossier_texts import label
from claimpos.wording.grammar import counted
from claimpos.wording.names import (
    Words,
    cells_in_words,
    cells_title,
    points_in_words,
    some_values_only,
    written_number,
)
from claimpos.wording.votes import rule_in_words

if TYPE_CHECKING:
    from fractions import Fraction

    from claimpos.deals.adjusted_winner import AdjustedWinner
    from claimpos.deals.agreements import Agreement
    from claimpos.deals.scored_values import Value
    from claimpos.deals.scores import Scores

_FEW = 10
_COLUMNS = 4
_FAIR = (
    "Nash: the largest product of what the parties gain over no deal. Kalai–Smorodinsky: each "
    "gains as even a share as possible of the most that it could gain."
)
_NO_FAIR_ONE = "None of them gives every party at least what it has without a deal."


def scores_blocks(
    deals: Deals, scores: Scores, everything: bool, in_short: bool = False
) -> Iterable[Block]:
    """The frontier with the fair packages on it, and agreements; at length, Adjusted Winner."""
    words = Words(deals.problem.table.dossier)
    thresholds = deals.problem.thresholds
    told_above = () if thresholds is None else thresholds.sampled
    yield paragraphs(list(_intro(scores, words, told_above)))
    if not scores.frontier:
        return
    yield Heading("Pareto frontier", "part")
    yield from _frontier(deals, scores, everything)
    if deals.agreements:
        yield Heading("Agreements", "part")
        yield from _agreements(deals, scores)
    if scores.adjusted_winner is not None and not in_short:
        yield Heading("Adjusted Winner", "part")
        yield from _adjusted_winner(deals, scores.adjusted_winner)


def _intro(scores: Scores, words: Words, told_above: Collection[Cell]) -> Iterable[str]:
    names = words.parties(scores.worth)
    state = words.agree("states", list(scores.worth))
    cells = counted(len(scores.cells), "issue or sub-issue", "issues and sub-issues")
    yield f"Points that {names} {state}, on {cells}; recorded positions play no part here."
    least = [
        f"{words.party(party)} {written_number(one.at_least)}"
        for party, one in scores.worth.items()
        if one.at_least is not None
    ]
    if least:
        yield f"The fewest points that a party would accept: {', '.join(least)}."
    if scores.ballot is not None and any(one.at_least is not None for one in scores.worth.values()):
        yield f"A package needs: {rule_in_words(scores.ballot, words)}."
    if not scores.frontier:
        enough = "enough of them" if scores.ballot is not None else "all of them"
        which, proven = ("", " (proven)") if scores.complete else (" found", "")
        yield f"No package{which} gives {enough} at least what they ask for{proven}."
    if not scores.complete:
        yield "There may be others: time ran out, or there are too many."
    if others := [cell for cell in scores.sampled if cell not in told_above]:
        yield some_values_only(words.dossier, others)


def _side_by_side(deals: Deals, scores: Scores) -> Table:
    """The fair packages: a row for each cell and each party, a column for each package."""
    words = Words(deals.problem.table.dossier)
    fair = [("Nash", scores.nash), ("Kalai–Smorodinsky", scores.kalai_smorodinsky)]
    named = [(name, one) for name, one in fair if one is not None]
    if len(named) == 2 and named[0][1] == named[1][1]:
        named = [("Nash, Kalai–Smorodinsky", named[0][1])]
    rows = [
        [
            cells_title(words.dossier, [cell]),
            *(outcome_in_words(words, cell, one.package[cell]) for _, one in named),
        ]
        for cell in scores.cells
    ]
    rows += [
        [
            f"Points of {words.party(party)}",
            *(points_in_words(one.points[party]) for _, one in named),
        ]
        for party in scores.worth
    ]
    return Table(["Issue", *(name for name, _ in named)], rows, "short")


def _frontier(deals: Deals, scores: Scores, everything: bool) -> Iterable[Block]:
    """The packages with their points; of many issues, the outcomes only if all is asked for."""
    words = Words(deals.problem.table.dossier)
    marked = _marked(scores, words)
    all_told = everything or len(scores.frontier) <= _FEW
    some = [one for at, one in enumerate(scores.frontier) if all_told or at in marked]
    shared = [
        cell
        for cell in scores.cells
        if len(some) > 1 and len({one.package[cell] for one in some}) == 1
    ]
    cells = [cell for cell in scores.cells if cell not in shared]
    few = len(cells) <= _COLUMNS
    packages = counted(len(scores.frontier), "package", "packages")
    if not scores.complete:
        packages = f"Of the packages found, {len(scores.frontier):,}"
    these = "" if all_told else f" These {len(some)} stand out; --all lists every one."
    outcomes_with_all = (
        " --all adds the outcomes." if not few and all_told and not everything else ""
    )
    if scores.nash is not None and not few and not everything:
        yield _side_by_side(deals, scores)
    yield Paragraph(
        f"{packages} cannot be improved for one party without giving another fewer points."
        f"{these}{outcomes_with_all}"
    )
    if shared:
        alike = (
            f"{label(cells_title(words.dossier, [cell]))}: "
            f"{outcome_in_words(words, cell, some[0].package[cell])}"
            for cell in shared
        )
        yield Paragraph(f"The same in all {len(some)}: {'; '.join(alike)}.")
    header = [words.dossier.parties[party].label for party in scores.worth]
    if few:
        header += [cells_title(words.dossier, [cell]) for cell in cells]
    elif everything:
        header.append("Package")
    header.append("")
    rows = []
    for at, one in enumerate(scores.frontier):
        if one not in some:
            continue
        row = [points_in_words(one.points[party]) for party in scores.worth]
        outcomes = [outcome_in_words(words, cell, one.package[cell]) for cell in cells]
        titles = [cells_title(words.dossier, [cell]) for cell in cells]
        named = [f"{title}: {outcome}" for title, outcome in zip(titles, outcomes, strict=True)]
        row += outcomes if few else ["; ".join(named)] if everything else []
        rows.append([*row, ", ".join(marked.get(at, ()))])
    yield Table(header, rows, "short")
    yield Paragraph(_NO_FAIR_ONE if scores.nash is None else _FAIR)


def _marked(scores: Scores, words: Words) -> dict[int, list[str]]:
    """Labels of notable packages, by their number on the frontier: fair, or best for a party."""
    marked: dict[int, list[str]] = {}
    numbers = range(len(scores.frontier))
    for party in scores.worth:
        best = max(numbers, key=lambda at: scores.frontier[at].points[party])
        marked.setdefault(best, []).append(f"best for {words.party(party)}")
    for name, one in (("Nash", scores.nash), ("Kalai–Smorodinsky", scores.kalai_smorodinsky)):
        if one in scores.frontier:
            marked.setdefault(scores.frontier.index(one), []).append(name)
    return marked


def _agreements(deals: Deals, scores: Scores) -> Iterable[Block]:
    """The agreements reached, and what each leaves on the table."""
    words = Words(deals.problem.table.dossier)
    labels = [words.dossier.parties[party].label for party in scores.worth]
    rows = [
        [
            one.name,
            *(points_in_words(one.scored.points[party]) for party in scores.worth),
            _left_on_the_table(one, words),
        ]
        for one in deals.agreements
    ]
    yield Table(["Agreement", *labels, "Left on the table"], rows, "short")


def _left_on_the_table(one: Agreement, words: Words) -> str:
    if not one.is_deal:
        return "no agreement"
    too_little = "" if one.is_acceptable else "less than a party would accept"
    if one.better is None:
        return too_little or "nothing"
    better = one.better.points
    gains = {party: better[party] - own for party, own in one.scored.points.items()}
    parts = (
        f"{points_in_words(gain)} for {words.party(party)}" for party, gain in gains.items() if gain
    )
    return ", ".join([*parts, *([too_little] if too_little else [])])


def _adjusted_winner(deals: Deals, found: AdjustedWinner) -> Iterable[Block]:
    words = Words(deals.problem.table.dossier)
    yield Paragraph(
        "Each party has 100 points for what is in dispute. Whichever gives a matter more of them "
        "wins it, and one matter is shared so that both end up with the same number: "
        f"{points_in_words(found.points)} each."
    )
    labels = [words.dossier.parties[party].label for party in found.parties]
    rows = [
        [
            cells_title(words.dossier, [award.cell]),
            *map(points_in_words, award.stakes),
            labels[0]
            if award.share == 1
            else labels[1]
            if award.share == 0
            else f"{labels[0]} {_cent(award.share)}, {labels[1]} {_cent(1 - award.share)}",
        ]
        for award in found.awards
    ]
    yield Table(["Issue", *labels, "Who wins it"], rows, "short")
    if found.agreed:
        yield Paragraph(
            f"Not in dispute, because one outcome is best for both: "
            f"{cells_in_words(words.dossier, found.agreed)}."
        )


def _cent(share: Fraction) -> str:
    return f"{float(100 * share):.1f}%"


def outcome_in_words(words: Words, cell: Cell, value: Value) -> str:
    issue = words.dossier.issues[cell.issue]
    return words.outcomes(issue, [value if isinstance(value, str) else Range(value, value)])
