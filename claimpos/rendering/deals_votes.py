"""Deals by the agenda's decision rules: what passes, who could change that, and the package."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from claimpos.comparison.smallest_sets import Sets
from claimpos.deals.search import Deals
from claimpos.deals.voting import CellVotes, Voted
from claimpos.dossier.model import Cell
from claimpos.rendering.document import Block, Facts, Paragraph, Table, paragraphs
from claimpos.rendering.votes import RESULTS, ballot_report, decision_report, rules_in_words
from claimpos.wording.names import Words, cells_in_words, cells_title, counted
from claimpos.wording.responses import Responses
from claimpos.wording.votes import change_in_words

ANSWERS = {
    "agreed": "At least one package passes by the agenda's decision rules.",
    "open": "No package passes yet by the agenda's decision rules, but at least one still could.",
    "blocked": "By the agenda's decision rules, no package{enough} passes: each has a term that "
    "fails.",
}
_FEW = 5


def votes_blocks(deals: Deals, found: Voted, everything: bool) -> Iterable[Block]:
    """The rules, the votes issue by issue, and who could change them."""
    words = Words(deals.problem.table.dossier)
    rules = rules_in_words([(one.ballot, one.cell) for one in found.votes], words)
    yield paragraphs([*rules, _KEY])
    backed = [one for one in found.votes if everything or one.chosen.decision.of("yes")]
    if backed:
        yield _table(deals, backed, everything)
    if unbacked := [one.cell for one in found.votes if one not in backed]:
        named = cells_in_words(words.dossier, unbacked)
        yield Paragraph(f"No outcome has a vote in favour yet on: {named}.")
    if parts := list(_changes(deals, found, everything)):
        yield Facts(parts)
    yield paragraphs([_nearest(found), *_varies(deals, found)])


_KEY = "In brackets: how many votes would have to change for another result."


_COUNTED = {
    "For": ("yes",),
    "Against": ("no",),
    "Abstaining": ("abstains",),
    "No vote yet": ("open", "silent"),
}


def _table(deals: Deals, votes: Sequence[CellVotes], everything: bool) -> Table:
    """The votes issue by issue, without what no member does on any."""
    rows = [row for one in votes for row in _rows(deals, one, everything)]
    counts = [
        at
        for at, name in enumerate(_COUNTED, start=2)
        if name == "For" or any(row[at] != "0" for row in rows)
    ]
    columns = [0, 1, *counts, len(_COUNTED) + 2]
    header = ["Issue", "Outcome", *_COUNTED, "Result"]
    return Table(
        [header[at] for at in columns], [[row[at] for at in columns] for row in rows], "short"
    )


def _rows(deals: Deals, one: CellVotes, everything: bool) -> Iterable[list[str]]:
    """The vote on the outcome of the package, and those on the others if all are asked for."""
    answers = Responses(deals.problem.table, {})
    others = [other for other in one.votes if other.outcome != one.chosen.outcome]
    title = cells_title(answers.table.dossier, [one.cell])
    for vote in (one.chosen, *(others if everything else ())):
        decision = vote.decision
        yield [
            title,
            answers.outcomes(one.cell, vote.outcome),
            *(f"{len(decision.of(*kinds)):,}" for kinds in _COUNTED.values()),
            RESULTS[decision.result] + _to_change(decision.to_change),
        ]
        title = ""


def _to_change(sets: Sets) -> str:
    if sets.size is None:
        return ""
    return f" ({'' if sets.exact else 'at least '}{sets.size:,})"


def _changes(deals: Deals, found: Voted, everything: bool) -> Iterable[str]:
    """For each issue on which one vote decides, whose vote that is."""
    words = Words(deals.problem.table.dossier)
    close = [one for one in found.votes if one.chosen.decision.pivotal]
    for one in close if everything else close[:_FEW]:
        title = cells_title(words.dossier, [one.cell])
        yield f"{title}: {change_in_words(one.chosen.decision, words)}"
    more = 0 if everything else len(close) - _FEW
    if more > 0:
        yield f"On {more:,} more, one vote decides (--all)"


def _nearest(found: Voted) -> str:
    """How near the package shown comes to passing."""
    if found.packages is None and found.proved:
        return "No package is worth enough to the parties; the votes are those on single terms."
    if found.packages is None:
        return "Time ran out before a package was found; the votes are those on single terms."
    proven = " (proven)" if found.proved else ""
    failing = counted(found.failing, "term fails", "terms fail")
    pending = counted(found.pending, "term could still pass", "terms could still pass")
    turns = counted(found.turns, "vote", "votes")
    if not found.failing and not found.pending:
        return f"In the package shown, every term passes{proven}."
    text = " and ".join(
        part for count, part in ((found.failing, failing), (found.pending, pending)) if count
    )
    least = "No package comes nearer to passing" if found.proved else "Others may come nearer"
    return f"In the package shown, {text}; {turns} would have to change. {least}{proven}."


def _varies(deals: Deals, found: Voted) -> Iterable[str]:
    """How many other packages come as near, and on what they differ."""
    if found.packages is None or found.packages.number < 2:
        return
    varying = [*found.packages.free, *(c for one in found.packages.linked for c in one.cells)]
    number = f"{found.packages.number:,}" if found.packages.complete else "More"
    named = cells_in_words(deals.problem.table.dossier, varying)
    yield f"{number} packages come equally near; they differ on: {named}."


def voted_report(
    deals: Deals, found: Voted, packages: Any, settled: Callable[[Cell, int], dict[str, Any]]
) -> dict[str, Any]:
    """The votes as data of `claimpos.deals/2`; `settled` writes a cell with its outcome."""
    words = Words(deals.problem.table.dossier)
    return {
        "failing": found.failing,
        "pending": found.pending,
        "turns": found.turns,
        "proved": found.proved,
        "packages": packages,
        "cells": [
            {
                **settled(one.cell, one.chosen.outcome),
                "rule": ballot_report(one.ballot, words),
                "vote": decision_report(one.chosen.decision),
                "others": [
                    {
                        **settled(one.cell, other.outcome),
                        "vote": decision_report(other.decision),
                    }
                    for other in one.votes
                    if other.outcome != one.chosen.outcome
                ],
            }
            for one in found.votes
        ],
    }
