"""The words for decision rules and votes: what is needed, the result, who could change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from claimpos.comparison.truth import Truth
from claimpos.dossier.model import DecisionRule
from claimpos.dossier.outcomes import Number, exact
from claimpos.wording.dossier_texts import capital
from claimpos.wording.names import Last, Words, in_a_row, joined, written_number
from claimpos.wording.sentences import say, template, with_marks

if TYPE_CHECKING:
    from fractions import Fraction

    from claimpos.comparison.case import Case
    from claimpos.comparison.smallest_sets import Sets
    from claimpos.comparison.verdicts import Comparison
    from claimpos.comparison.votes import Ballot, Decision, Vote

_NAMED = 7
"""The most members that are named; of more, only the number is given."""
_MOST_OUTCOMES = 3
_RESULTS = {Truth.TRUE: "passes", Truth.FALSE: "fails", Truth.UNKNOWN: "open"}


def rule_in_words(ballot: Ballot, words: Words) -> str:
    """What a rule requires: at least 15 of 27 votes and at least 65% of the weighted votes."""
    return _rule(ballot.rule, ballot.members, words)


def _rule(rule: DecisionRule, everybody: Sequence[str], words: Words) -> str:
    from claimpos.comparison.votes import members_of

    members = members_of(rule._replace(veto=()), everybody)
    if rule.parts:
        last: Last = "and" if rule.kind == "all-of" else "or"
        inner = rule.of or everybody
        phrase = joined((_rule(one, inner, words) for one in rule.parts), last)
        phrase = phrase if rule.kind == "all-of" else say("rule.either", rules=phrase)
    elif rule.kind in ("unanimity", "consensus"):
        phrase = say(f"rule.{rule.kind}", members=_some(members, words))
    else:
        phrase = _amount(rule, len(members))
    return say("rule.veto", rule=phrase, members=_some(rule.veto, words)) if rule.veto else phrase


def _amount(rule: DecisionRule, members: int) -> str:
    """The votes that are needed: at least 15 of 27 votes; more than half of the weighted votes."""
    needed = _share(rule.needed) if rule.share else written_number(exact(rule.needed))
    amount = say("rule.at-least" if rule.kind == "at-least" else "rule.more-than", number=needed)
    if rule.share:
        key = "rule.of-weighted-votes" if rule.weights else "rule.of-votes"
        cast = "-cast" if rule.abstention == "counts-out" else ""
        return say(f"{key}{cast}", amount=amount, members=say("rule.members", members))
    total = _sum(rule.weights.values()) if rule.weights else members
    key = "rule.of-weighted-total" if rule.weights else "rule.of-total"
    return say(key, amount=amount, total=written_number(total))


def _sum(weights: Iterable[Number]) -> Number:
    from fractions import Fraction

    return exact(sum(map(Fraction, weights), Fraction(0)))


def _share(share: int | Fraction) -> str:
    if share * 2 == 1:
        return say("rule.half")
    cent = share * 100
    if (cent * 100).denominator == 1:
        return say("rule.per-cent", number=written_number(exact(cent)))
    return f"{share.numerator}/{share.denominator}"


def _some(members: Sequence[str], words: Words, last: Last = "and") -> str:
    if len(members) <= _NAMED:
        return words.parties(members, last)
    return say("rule.members", len(members))


def tally_in_words(decision: Decision, ballot: Ballot) -> str:
    """The tally of a vote: 18 in favour (60 of 100 by weight), 7 against."""
    weights = [*_by_weight(ballot.rule, decision)]
    yes = len(decision.of("yes"))
    tallies = [say("tally.yes", yes)]
    if weights:
        tallies = [say("tally.yes-by-weight", yes, weight=template("list.and").join(weights))]
    tallies.append(say("tally.no", len(decision.of("no"))))
    others: tuple[Vote, ...] = ("abstains", "open", "silent")
    tallies += [
        say(f"tally.{vote}", len(decision.of(vote))) for vote in others if decision.of(vote)
    ]
    return in_a_row(tallies)


def _by_weight(rule: DecisionRule, decision: Decision) -> Iterator[str]:
    """The weight in favour, for each part of the rule that counts weights."""
    if rule.weights:
        total = written_number(_sum(rule.weights.values()))
        cast = written_number(_sum(rule.weights.get(one, 0) for one in decision.of("yes")))
        yield say("tally.weight", weight=cast, total=total)
    for part in rule.parts:
        yield from _by_weight(part, decision)


def outcome_of_an_overlap(comparison: Comparison) -> str:
    """The words for what makes an overlap: an outcome acceptable to all, or one that passes."""
    acceptable = f"acceptable to {Words(comparison.dossier).parties(comparison.parties)}"
    votes = [comparison.common.ballots.of(one.issue.id) for one in comparison.issues]
    if not any(votes):
        return f"an outcome {acceptable}"
    passes = "an outcome that passes by the agenda's decision rule"
    return passes if all(votes) else f"{passes} or is {acceptable}"


def result_in_words(result: Truth) -> str:
    """Whether an outcome passes, as a verb of which it is the subject."""
    return say(f"result.{_RESULTS[result]}")


def change_in_words(decision: Decision, words: Words) -> str:
    """Who could change the result: how many it takes at least and, if one is enough, who."""
    passes = decision.result is Truth.TRUE
    sets = decision.to_change
    if sets.size is None:
        return "" if passes else say("change.no-number")
    if sets.size == 1 and not sets.exact:
        return say("change.unknown")
    if sets.size == 1:
        pivotal = _some(decision.pivotal, words, "or")
        if len(decision.pivotal) > _NAMED:
            pivotal = say("change.any-of", members=pivotal)
        return say("change.against" if passes else "change.one-more", members=pivotal)
    return _by_sets("change.votes" if passes else "change.more-votes", sets, sets.size, words)


def _by_sets(key: str, sets: Sets, size: int, words: Words) -> str:
    """A sentence on the size of the smallest sets, which names them if they are few and small."""
    number = with_marks(f"{size:,}")
    change = say(key, number=number if sets.exact else say("rule.at-least", number=number))
    if not sets.named or size > _NAMED:
        return change
    named = joined((words.parties(one) for one in sets.named), "or")
    return say("change.by", change=change, sets=named)


def blocking_in_words(ballot: Ballot, words: Words) -> str:
    """Who can block an outcome, whatever all others want."""
    sets = ballot.blocking
    if sets.size is None:
        return say("block.no-member")
    if sets.size == 0:
        return say("block.too-few-votes")
    if sets.size == 1 and not sets.exact:
        return say("block.unknown")
    if sets.size == 1:
        members = [one for some in sets.named for one in some]
        if len(members) == len(ballot.members):
            return say("block.any-member")
        return say("block.one", len(members), members=_some(members, words))
    return _by_sets("block.several", sets, sets.size, words)


def votes_in_words(case: Case, words: Words) -> Iterator[str]:
    """The votes on the outcomes of a cell with the most support, and the rule."""
    ballot = case.ballot
    assert ballot is not None
    issue = case.common.table.dossier.issues[case.cell.issue]
    space = case.common.table.space(case.cell)
    leading = sorted(
        (one for one in case.votes if one.decision.of("yes")),
        key=lambda one: (-one.decision.result, -len(one.decision.of("yes"))),
    )
    if not leading:
        yield say("votes.none", rule=rule_in_words(ballot, words))
        return
    for one in leading[:_MOST_OUTCOMES]:
        outcome = words.outcomes(issue, space.outcomes(one.outcome))
        change = change_in_words(one.decision, words)
        yield say(
            "votes.outcome-and-change" if change else "votes.outcome",
            outcome=outcome,
            result=result_in_words(one.decision.result),
            tally=tally_in_words(one.decision, ballot),
            change=change,
        )
    rule, blocking = rule_in_words(ballot, words), blocking_in_words(ballot, words)
    yield say("votes.needed", rule=rule, blocking=blocking)


def not_applied(missing: Iterable[tuple[str, ...]], words: Words) -> str:
    """A sentence that decision rules do not apply because members are not compared; or empty."""
    every = list(dict.fromkeys(one for some in missing for one in some))
    if not every:
        return ""
    members = capital(_some(every, words))
    return say("head.rules-not-applied", words.number(every), members=members)
