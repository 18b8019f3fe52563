"""Deals by the agenda's decision rules: what passes, who could change that, and the package."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from claimpos.deals.search import Deals
from claimpos.deals.voting import CellVotes, Voted
from claimpos.dossier.model import Cell
from claimpos.rendering.document import Block, Paragraph, Table, paragraphs
from claimpos.rendering.votes import RESULTS, ballot_report, decision_report, rules_in_words
from claimpos.wording.dossier_texts import capital
from claimpos.wording.grammar import counted
from claimpos.wording.names import Words, cells_in_words, cells_title, joined
from claimpos.wording.responses import Responses

if TYPE_CHECKING:
    from claimpos.comparison.smallest_sets import Sets

_ANSWERS = {
    "agreed": "At least one package{which} passes by the agenda's decision rules.",
    "open": "No package{which} passes yet by the agenda's decision rules, but at least one still "
    "could.",
    "blocked": "By the agenda's decision rules, no package{which} passes: each has a term that "
    "fails.",
}
# More pivotal members than these are counted, not named.
_FEW = 5
_KEY = (
    "In brackets: the fewest votes that would have to change for another result. Pivotal: members "
    "who could each bring that about alone."
)
_COUNTED = {
    "For": ("yes",),
    "Against": ("no",),
    "Abstaining": ("abstains",),
    "No vote yet": ("open", "silent"),
}


def answer_by_vote(deals: Deals, found: Voted, enough: str) -> str:
    """The answer where the agenda's decision rules decide; `enough` tells what packages are worth.

    If parties are held, it is about the packages in which they vote against nothing.
    """
    held = deals.problem.held
    if held and found.proved and found.packages is None:
        words = Words(deals.problem.table.dossier)
        votes = f"{words.parties(held, 'or')} {words.agree('votes', held[-1:])}"
        return f"Every package{enough} has a term that {votes} against."
    return _ANSWERS[deals.answer].format(which=" of those counted" if held else enough)


def held_to(deals: Deals) -> str:
    """What those held rule out of the packages."""
    words, held = Words(deals.problem.table.dossier), deals.problem.held
    if deals.voted is None:
        return f" in which {words.with_verb(held, 'concedes')} nothing"
    return f" in which {words.with_verb(held, 'votes')} against no term"


def votes_blocks(deals: Deals, found: Voted, everything: bool) -> Iterable[Block]:
    """The rules, and the votes issue by issue."""
    words = Words(deals.problem.table.dossier)
    rules = rules_in_words([(one.ballot, one.cell) for one in found.votes], words)
    yield paragraphs([*rules, *_without_vote(deals, found), _KEY])
    backed = [one for one in found.votes if everything or one.votes]
    if backed:
        yield _table(deals, backed, everything)
    if unbacked := [one.cell for one in found.votes if one not in backed]:
        named = cells_in_words(words.dossier, unbacked)
        yield Paragraph(f"No outcome has a vote in favour yet on: {named}.")
    yield paragraphs([_nearest(deals, found), *_varies(deals, found)])


def _without_vote(deals: Deals, found: Voted) -> Iterable[str]:
    """The groups among the parties that have no vote, and for whom they speak."""
    words = Words(deals.problem.table.dossier)
    voters = {member for one in found.votes for member in one.ballot.members}
    for party in deals.parties:
        group = words.dossier.parties[party]
        members = [one for one in group.members if one in deals.parties]
        if group.speaks_for_members and members and party not in voters:
            speaks, has = words.agree("speaks", [party]), words.agree("has", [party])
            theirs = "their" if words.are_many(members) else "its"
            yield capital(
                f"{words.party(party)} {speaks} for {words.parties(members)} on issues without a "
                f"position of {theirs} own, but {has} no vote."
            )


def _table(deals: Deals, votes: Sequence[CellVotes], everything: bool) -> Table:
    """The votes issue by issue, without what no member does on any."""
    header = ["Issue", "Outcome", *_COUNTED, "Result", "Pivotal"]
    rows = [row for one in votes for row in _rows(deals, one, everything)]
    shown = [
        at
        for at, name in enumerate(header)
        if name in ("For", "Result") or any(row[at] not in ("0", "") for row in rows)
    ]
    return Table([header[at] for at in shown], [[row[at] for at in shown] for row in rows], "short")


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
            _pivotal(answers.words, decision.pivotal),
        ]
        title = ""


def _to_change(sets: Sets) -> str:
    if sets.size is None:
        return ""
    return f" ({'' if sets.exact else 'at least '}{sets.size:,})"


def _pivotal(words: Words, members: Sequence[str]) -> str:
    if len(members) > _FEW:
        return f"{len(members):,} members"
    return ", ".join(words.dossier.parties[one].label for one in members)


def _nearest(deals: Deals, found: Voted) -> str:
    """How near the package shown comes to passing."""
    if found.packages is None:
        if found.proved and deals.problem.held:
            why = "Those held vote against a term of every package"
        elif found.proved:
            why = "No package is worth enough to the parties"
        else:
            why = _unproven(found, "Time ran out before a package was found")
        return f"{why}; the votes are those on single terms."
    proven = " (proven)" if found.proved else ""
    passing = len(found.votes) - found.failing - found.pending
    if passing == len(found.votes):
        return f"In the package shown, every term passes{proven}."
    counts = (
        (passing, "passes", "pass"),
        (found.pending, "could still pass", "could still pass"),
        (found.failing, "fails", "fail"),
    )
    said = [(count, one if count == 1 else many) for count, one, many in counts if count]
    every = f"all {len(found.votes):,} terms" if len(found.votes) > 1 else "the only term"
    (first, result), *others = said
    results = f"{every} {result}"
    if others:
        one_term = counted(first, "term", "terms")
        results = joined([f"{one_term} {result}", *(f"{count:,} {one}" for count, one in others)])
    turns = counted(found.turns, "vote", "votes")
    least = "No package comes nearer to that (proven)."
    if not found.proved:
        least = f"{_unproven(found, 'Time ran out')}; others may come nearer."
    return (
        f"In the package shown, {results}; for all to pass, {turns} would have to change. {least}"
    )


def _unproven(found: Voted, out_of_time: str) -> str:
    return "There are too many combinations to compare all" if found.in_time else out_of_time


def _varies(deals: Deals, found: Voted) -> Iterable[str]:
    """How many other packages come as near, and on what they differ."""
    if found.packages is None or found.packages.number < 2:
        return
    varying = [*found.packages.free, *(c for one in found.packages.linked for c in one.cells)]
    number = f"{found.packages.number:,}"
    if not found.packages.complete:
        number = f"More than {number}"
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
