"""The words for decision rules and votes: what is needed, the result, who could change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from claimpos.comparison.case import Case
from claimpos.comparison.truth import Truth
from claimpos.comparison.verdicts import Comparison
from claimpos.dossier.model import DecisionRule
from claimpos.wording.names import Last, Words, capital, counted, joined
from claimpos.wording.sentences import say

if TYPE_CHECKING:
    from claimpos.comparison.smallest_sets import Sets
    from claimpos.comparison.votes import Ballot, Decision

_NAMED = 7
"""The most members that are named; of more, only the number is given."""
_MOST_OUTCOMES = 3


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
        phrase = phrase if rule.kind == "all-of" else f"either {phrase}"
    elif rule.kind in ("unanimity", "consensus"):
        phrase = f"{rule.kind} of {_some(members, words)}"
    else:
        phrase = _amount(rule, len(members))
    return f"{phrase}, with a veto for {_some(rule.veto, words)}" if rule.veto else phrase


def _amount(rule: DecisionRule, members: int) -> str:
    """The votes that are needed: at least 15 of 27 votes; more than half of the weighted votes."""
    than = "at least" if rule.kind == "at-least" else "more than"
    weighted = "weighted votes" if rule.weights else "votes"
    if rule.share:
        cast = " cast" if rule.abstention == "counts-out" else ""
        whose = "" if rule.weights else f" of {counted(members, 'member', 'members')}"
        return f"{than} {_share(rule.needed)} of the {weighted}{cast}{whose}"
    total = (
        sum(map(Fraction, rule.weights.values()), Fraction(0))
        if rule.weights
        else Fraction(members)
    )
    return f"{than} {_number(rule.needed)} of {_number(total)} {weighted}"


def _share(share: Fraction) -> str:
    if share == Fraction(1, 2):
        return "half"
    cent = share * 100
    if (cent * 100).denominator == 1:
        return f"{float(cent):g}%"
    return f"{share.numerator}/{share.denominator}"


def _number(value: Fraction) -> str:
    return f"{value.numerator:,}" if value.denominator == 1 else f"{float(value):,g}"


def _some(members: Sequence[str], words: Words, last: Last = "and") -> str:
    if len(members) <= _NAMED:
        return words.parties(members, last)
    return counted(len(members), "member", "members")


def tally_in_words(decision: Decision, ballot: Ballot) -> str:
    """The tally of a vote: 18 in favour (60 of 100 by weight), 7 against."""
    by_weight = " and ".join(_by_weight(ballot.rule, decision))
    kinds = (
        ("yes", "in favour", True),
        ("no", "against", True),
        ("abstains", "abstaining", False),
        ("open", "undecided", False),
        ("silent", "without a recorded position", False),
    )
    return ", ".join(
        f"{number:,} {name}{f' ({by_weight})' if vote == 'yes' and by_weight else ''}"
        for vote, name, always in kinds
        if (number := len(decision.of(vote))) or always  # type: ignore[arg-type]
    )


def _by_weight(rule: DecisionRule, decision: Decision) -> Iterator[str]:
    """The weight in favour, for each part of the rule that counts weights."""
    if rule.weights:
        total = sum(map(Fraction, rule.weights.values()), Fraction(0))
        weights = (Fraction(rule.weights.get(one, 0)) for one in decision.of("yes"))
        yield f"{_number(sum(weights, Fraction(0)))} of {_number(total)} by weight"
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
    return {Truth.TRUE: "passes", Truth.FALSE: "fails", Truth.UNKNOWN: "could still pass"}[result]


def change_in_words(decision: Decision, words: Words) -> str:
    """Who could change the result: how many it takes at least and, if one is enough, who."""
    passes = decision.result is Truth.TRUE
    sets = decision.to_change
    if sets.size is None:
        return "" if passes else "no number of changed votes would be enough"
    if sets.size == 1:
        pivotal = _some(decision.pivotal, words, "or")
        any_of = "any of " if len(decision.pivotal) > _NAMED else ""
        if passes:
            return f"if {any_of}{pivotal} voted against it, it would not pass"
        return f"one more vote in favour would be enough: that of {any_of}{pivotal}"
    least = "" if sets.exact else "at least "
    named = _sets(sets, words)
    if passes:
        number = f"{least}{sets.size:,} members"
        return f"{number} would have to change their votes for it not to pass{named}"
    return f"{least}{sets.size:,} more votes in favour are needed{named}"


def _sets(sets: Sets, words: Words) -> str:
    """The smallest sets by name, if there are few and they are small; else empty."""
    if not sets.named or sets.size is None or sets.size > _NAMED:
        return ""
    return f" ({joined((words.parties(one) for one in sets.named), 'or')})"


def blocking_in_words(ballot: Ballot, words: Words) -> str:
    """Who can block an outcome, whatever all others want."""
    sets = ballot.blocking
    if sets.size is None:
        return "no member can block"
    if sets.size == 1:
        members = [one for some in sets.named for one in some]
        if len(members) == len(ballot.members):
            return "any member alone can block"
        verb = "alone can block" if len(members) == 1 else "can each block alone"
        return f"{_some(members, words)} {verb}"
    least = "" if sets.exact else "at least "
    return f"it takes {least}{sets.size:,} members to block{_sets(sets, words)}"


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
        yield f"no member is in favour of any outcome (needed: {rule_in_words(ballot, words)})"
        return
    for one in leading[:_MOST_OUTCOMES]:
        outcome = words.outcomes(issue, space.outcomes(one.outcome))
        result, tally = result_in_words(one.decision.result), tally_in_words(one.decision, ballot)
        change = change_in_words(one.decision, words)
        yield f"{outcome} {result}: {tally}" + (f"; {change}" if change else "")
    yield f"needed: {rule_in_words(ballot, words)}; {blocking_in_words(ballot, words)}"


def not_applied(missing: Iterable[tuple[str, ...]], words: Words) -> str:
    """A sentence that decision rules do not apply because members are not compared; or empty."""
    every = list(dict.fromkeys(one for some in missing for one in some))
    if not every:
        return ""
    members = capital(_some(every, words))
    return say("head.rules-not-applied", words.number(every), members=members)
