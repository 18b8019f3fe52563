"""Deals: the answer, the sticking points, the least-concession packages."""

from __future__ import annotations

from collections.abc import Iterable

from claimpos.comparison.ballots import Ballots
from claimpos.deals.problem import Concessions
from claimpos.deals.search import Deals
from claimpos.dossier.outcomes import exact
from claimpos.rendering.deals_balanced import are_compared, balanced_blocks, comparison_blocks
from claimpos.rendering.deals_in_short import sticking_points_in_short
from claimpos.rendering.deals_now import now_blocks, now_in_short
from claimpos.rendering.deals_packages import frontier_blocks, package_blocks
from claimpos.rendering.deals_priorities import priorities_blocks
from claimpos.rendering.deals_scores import scores_blocks
from claimpos.rendering.deals_sticking_points import NAMED, sticking_point_blocks
from claimpos.rendering.deals_trade_offs import trade_off_blocks, trade_offs_in_short
from claimpos.rendering.deals_votes import answer_by_vote, held_to, votes_blocks
from claimpos.rendering.document import Block, Document, Heading, Mark, Paragraph, paragraphs
from claimpos.wording.age import age_notes
from claimpos.wording.dossier_texts import capital, label
from claimpos.wording.grammar import counted
from claimpos.wording.names import (
    Words,
    cells_in_words,
    dossier_named,
    joined,
    some_values_only,
    written_day,
    written_number,
)
from claimpos.wording.votes import not_applied

_ANSWERS = {
    "agreed": "{all} accept every term of at least one package.",
    "open": "At least one package contains no term that any party has ruled out, but answers are "
    "missing, or figures lie beyond an offer.",
    "blocked": "No deal without concessions: every package{enough} contains a term that a party "
    "has ruled out.",
}
_RULED_OUT = {
    False: "each contains a term that {held} rules out",
    True: "each contains a term that {held} rules out, or is worth too little to a party",
}
_NOTHING_NAMED = "No party names an outcome of these issues, so there is no package to accept."
_SOME_BY_POINTS = "By the parties' own points, at least one package is acceptable."
_NONE_BY_POINTS = "By the parties' own points, no package is acceptable."
_NONE_BY_SOME_VALUES = "By the parties' own points, no package of the values tried is acceptable."
_UNDECIDED_BY_POINTS = (
    "Undecided in the time given: by the parties' own points, no package found is acceptable."
)
_NO_TRADE_OFFS = (
    "No trade-off between two sticking points has grounds on record: lower priorities, conditions "
    "or hedges on both sides."
)
_UNDECIDED = "Undecided in the time given: every package found contains a term that is ruled out."
_AS_IF_ALL = (
    "Concessions are counted as if all parties had to agree, whatever the agenda's decision rules."
)
_MARKS: dict[str, Mark] = {"agreed": "overlap", "open": "unresolved", "blocked": "conflict"}
_RED_LINE = "A red line is any outcome that a party has explicitly rejected."
_NO_CLAIM = (
    "This is neither a prediction nor advice. It rests only on recorded positions{and_points}; a "
    "missing position does not count against a deal."
)


def deals_document(deals: Deals, everything: bool = False, in_short: bool = False) -> Document:
    """The report for people to read: as a whole, or in three short parts."""
    title = Heading(answer_in_words(deals), "title", _MARKS[deals.answer])
    if in_short:
        head, body = _head(deals), _short_blocks(deals, everything)
    else:
        head, body = opening(deals), body_blocks(deals, everything)
    return Document([title, paragraphs(head), *body, paragraphs(closing(deals))])


def answer_in_words(deals: Deals) -> str:
    """The answer as a heading; it says that there is no package only if that is proved."""
    if by_points := _answer_by_points(deals):
        return by_points
    if not deals.problem.domains and deals.answer == "open":
        return _NOTHING_NAMED
    if deals.answer == "blocked" and not deals.proved and not any(deals.bound[:4]):
        return _UNDECIDED
    enough = "" if deals.problem.thresholds is None else " worth enough to the parties"
    if deals.voted is not None:
        return answer_by_vote(deals, deals.voted, enough)
    everyone = "Both parties" if len(deals.parties) == 2 else "All parties"
    return _ANSWERS[deals.answer].format(all=everyone, enough=enough)


def opening(deals: Deals) -> list[str]:
    """Who, when and on what terms; the smallest concessions, and whether that is proven."""
    if "least" not in deals.aims:
        return _head(deals)
    return [*_head(deals), *_smallest(deals), *_missing(deals), *_red_lines(deals)]


def _answer_by_points(deals: Deals) -> str:
    """The answer by points alone, if no package has enough, or no position names an outcome."""
    scores, problem = deals.scores, deals.problem
    if problem.thresholds is not None and not problem.held and deals.no_package:
        return _NONE_BY_SOME_VALUES if problem.thresholds.sampled else _NONE_BY_POINTS
    if scores is None or problem.domains:
        return ""
    return _SOME_BY_POINTS if scores.acceptable else _UNDECIDED_BY_POINTS


def _head(deals: Deals) -> list[str]:
    """Who, when and on what terms."""
    dossier = deals.problem.table.dossier
    names = f"{len(deals.parties):,} parties"
    if len(deals.parties) <= NAMED:
        names = capital(joined(dossier.parties[party].label for party in deals.parties))
    return [
        f"{names}, as of {written_day(deals.day)}. {dossier_named(label(dossier.title))}.",
        *age_notes(dossier, deals.newest, deals.day),
        *_held_as_member(deals),
        *rules_not_applied(deals),
        *_terms_of_search(deals),
    ]


def _held_as_member(deals: Deals) -> Iterable[str]:
    """That a member holds its group's positions, if the parties are a group and its member."""
    table = deals.problem.table
    if member := table.member_among(deals.parties):
        words = Words(table.dossier)
        group = [party for party in deals.parties if party != member]
        name = words.party(member)
        yield (
            f"{capital(words.with_verb(group, 'speaks'))} for {name}, so where {name} has no "
            f"position of its own, that of {words.parties(group)} counts."
        )


def rules_not_applied(deals: Deals) -> Iterable[str]:
    """Notes that the agenda's decision rules do not apply here, or that concessions ignore them."""
    if deals.voted is not None:
        if {"least", "balanced"} & {*deals.aims}:
            yield _AS_IF_ALL
        return
    ballots = Ballots(deals.problem.table, deals.parties)
    words = Words(deals.problem.table.dossier)
    if len(deals.parties) > 2 and (text := not_applied(ballots.missing().values(), words)):
        yield text


def _short_blocks(deals: Deals, everything: bool) -> Iterable[Block]:
    """What could be signed now, the sticking points, and two kinds of packages side by side."""
    if not deals.problem.domains:
        yield from _weighed(deals, everything, in_short=True)
        return
    if deals.now is not None:
        yield Heading("Could be signed now")
        yield from now_in_short(deals, deals.now)
    if deals.voted is not None:
        yield Heading("Votes")
        yield from votes_blocks(deals, deals.voted, everything)
        yield from _weighed(deals, everything, in_short=True)
        return
    if deals.sticking_points or not deals.all_sticking_points:
        yield Heading("Sticking points")
        yield from sticking_points_in_short(deals, everything)
    if deals.trade_offs:
        yield trade_offs_in_short(deals, deals.trade_offs)
    if blocks := list(_both_kinds(deals)):
        yield Heading("Balanced and least-concession packages")
        yield from blocks
    if deals.frontier is not None:
        yield Heading("Efficient frontier")
        yield from frontier_blocks(deals, deals.frontier, everything)
    yield from _weighed(deals, everything, in_short=True)


def _both_kinds(deals: Deals) -> Iterable[Block]:
    """The two kinds of packages side by side; else, or as long as nothing is proven, in words."""
    if deals.balanced is not None:
        yield from comparison_blocks(deals, deals.balanced)
    least: Iterable[str] = ()
    if not are_compared(deals) or not deals.proved:
        least = _smallest(deals)
    elif deals.answer == "open":
        least = _missing(deals)
    if texts := list(least):
        yield paragraphs(texts)


def _weighed(deals: Deals, everything: bool, in_short: bool = False) -> Iterable[Block]:
    """Packages by the points that parties state, or by their priorities."""
    if deals.scores is not None:
        yield Heading("Scores")
        yield from scores_blocks(deals, deals.scores, everything, in_short)
    if (left := deals.priorities) is not None and (left.narrows or not in_short):
        yield Heading("Priorities")
        yield from priorities_blocks(deals, left, in_short)


def body_blocks(deals: Deals, everything: bool = False) -> Iterable[Block]:
    """The sections between the opening and the closing."""
    if deals.now is not None and deals.problem.domains:
        yield Heading("Could be signed now")
        yield from now_blocks(deals, deals.now, everything)
    if deals.voted is not None and deals.problem.domains:
        yield Heading("Votes")
        yield from votes_blocks(deals, deals.voted, everything)
    if deals.sticking_points or not deals.all_sticking_points:
        yield Heading("Sticking points")
        yield from sticking_point_blocks(deals)
    if deals.trade_offs:
        yield Heading("Trade-offs")
        yield from trade_off_blocks(deals, deals.trade_offs)
    elif len(deals.parties) == 2 and len(deals.sticking_points) > 1:
        yield Paragraph(_NO_TRADE_OFFS)
    if deals.balanced is not None and deals.problem.domains:
        yield Heading("Balanced packages")
        yield from balanced_blocks(deals, deals.balanced, everything)
    if deals.packages is not None and deals.problem.domains:
        yield Heading("Least-concession packages" if deals.proved else "Best package found so far")
        yield from package_blocks(deals, deals.packages, everything)
    if deals.frontier is not None and deals.problem.domains:
        yield Heading("Efficient frontier")
        yield from frontier_blocks(deals, deals.frontier, everything)
    yield from _weighed(deals, everything)
    if left_out := list(_left_out(deals)):
        yield Heading("Not covered")
        yield paragraphs(left_out)


def closing(deals: Deals) -> list[str]:
    """What a red line is, if the report has any, and what the report does not claim."""
    and_points = "" if deals.scores is None else " and on the points that parties state"
    rejected = any(stance.refuses for _, stance in deals.problem.positions())
    defined = [_RED_LINE] if rejected and {"least", "balanced"} & {*deals.aims} else []
    return [*defined, _NO_CLAIM.format(and_points=and_points)]


def concessions_in_words(concessions: Concessions) -> str:
    """The concessions of a package: 2 demands dropped, 1 answer outstanding."""
    red_lines, high, medium, low, beyond, unsaid = concessions
    demands = high + medium + low
    ranked = [
        f"{count} of {name} priority"
        for count, name in ((high, "high"), (medium, "medium or unstated"), (low, "low"))
        if count and count < demands
    ]
    figures = counted(beyond, "figure beyond an offer", "figures beyond an offer")
    return ", ".join(
        [
            counted(red_lines, "red line given up", "red lines given up"),
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
        yield f"Only packages{held_to(deals)} are counted."
    if (thresholds := problem.thresholds) is not None:
        asked = (
            f"{written_number(exact(points))} points to {words.party(party)}"
            for party, points in thresholds.at_least.items()
        )
        others = ", or that those who get less cannot block," if thresholds.by_rule else ""
        yield f"Only packages worth at least {joined(asked)}{others} are counted."
        if thresholds.sampled:
            yield some_values_only(dossier, thresholds.sampled)


def _smallest(deals: Deals) -> Iterable[str]:
    if deals.concessions is None and deals.proved:
        if deals.problem.held:
            held = Words(deals.problem.table.dossier).parties(deals.problem.held, "or")
            why = _RULED_OUT[deals.problem.thresholds is not None].format(held=held)
            yield f"No package is left: {why}."
    elif deals.concessions is None:
        yield "Time ran out before a package was found."
    elif not deals.problem.domains:
        return
    elif deals.proved:
        has_items = any(cell.item for cell in deals.problem.domains)
        each = ", counted sub-issue by sub-issue" if has_items else ""
        yield f"Smallest concessions{each} (proven): {concessions_in_words(deals.concessions)}."
    else:
        yield f"Time ran out. Best package found so far: {concessions_in_words(deals.concessions)}."
        if any(deals.bound):
            yield f"Proven so far: no package needs less than {concessions_in_words(deals.bound)}."


def _missing(deals: Deals) -> Iterable[str]:
    if deals.concessions is None or not deals.problem.domains:
        return
    parties = deals.problem.table.dossier.parties
    missing = [
        f"{parties[party].label} {count}" for party, count in deals.unanswered.items() if count
    ]
    if missing and deals.packages is not None and len(deals.parties) <= NAMED:
        which = "the least-concession package" if deals.proved else "this package"
        if deals.packages.number > 1:
            which = "the first of the least-concession packages"
        yield f"Answers outstanding in {which}: {', '.join(missing)}."


def _red_lines(deals: Deals) -> Iterable[str]:
    """Whether a deal takes a red line to be given up."""
    if deals.concessions is None or not deals.problem.domains:
        return
    if deals.answer == "blocked" and not deals.concessions[0]:
        yield "At least one package gives up no red line."
    elif deals.bound[0]:
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
