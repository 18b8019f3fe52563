"""How a verdict follows from the positions, in words: responses to an outcome, and conclusions."""

from __future__ import annotations

from claimpos.comparison.answers import Answer, Outcome
from claimpos.comparison.reasons import VERDICT_OF, Reason, Verdict
from claimpos.comparison.truth import Truth
from claimpos.comparison.verdicts import IssueVerdict
from claimpos.comparison.votes import Ballot
from claimpos.wording.names import Words, joined, one_line, written_day
from claimpos.wording.phrases import Phrases
from claimpos.wording.reasons import REASON_WORDS, reason_name
from claimpos.wording.votes import result_in_words, tally_in_words

MET = {
    Truth.TRUE: "which is met",
    Truth.FALSE: "which is ruled out",
    Truth.UNKNOWN: "which is pending",
}
_REQUIRED = {
    Truth.TRUE: "acceptable to all",
    Truth.FALSE: "ruled out",
    Truth.UNKNOWN: "not settled yet",
}
_MEANING: dict[Verdict, str] = {
    "overlap": "overlap, because at least one outcome is acceptable to every party",
    "conflict": "conflict, because every outcome is ruled out",
    "unresolved": "unresolved, because no outcome is acceptable to all and some are not ruled out",
}

_BY_VOTE: tuple[Reason, ...] = ("passes", "fails", "could-pass")


def required(value: Truth, by_vote: bool) -> str:
    """What becomes of an outcome that a condition requires."""
    return result_in_words(value) if by_vote else _REQUIRED[value]


def of_issue(verdict: IssueVerdict) -> str:
    """The verdict and the reason as `claimpos diff` gives them."""
    if verdict.reason is None:
        return (
            f"The issue as a whole: {verdict.verdict}, "
            "the least favourable verdict among its sub-issues."
        )
    name = reason_name(verdict.reads or verdict.reason, len(verdict.case.parties))
    return f"Verdict: {verdict.verdict}. Reason: {name.lower()}."


def conclusion(value: Truth, reason: Reason, parties: int) -> str:
    """The verdict that a step ends in, and the reason."""
    name = reason_name(reason, parties)
    verdict = VERDICT_OF[value]
    told = verdict if reason in _BY_VOTE else _MEANING[verdict]
    return f"Verdict: {told}. Reason: {name.lower()}. {REASON_WORDS[reason].meaning}"


def in_words(phrases: Phrases, answer: Answer) -> str:
    """What the party says to the outcome, by the rule of acceptance that applied."""
    entry = phrases.case.entry(answer.party)
    told = _in_words(phrases, answer)
    if entry is None or not entry.group or answer.rule in {"unsaid", "silent"}:
        return told
    return f"{told}, as a member of {phrases.words.party(entry.group)}"


def _in_words(phrases: Phrases, answer: Answer) -> str:
    words = phrases.words.of(answer.party)
    if answer.rule == "on-conditions":
        return f"would accept it on a condition, {MET[answer.value]}"
    if answer.rule == "demands-else":
        demanded = phrases.outcomes(phrases.case.stance(answer.party).demands)
        return f"{words.in_number('excludes')} it by the demand for {demanded}"
    if answer.rule in {"unsaid", "silent"}:
        return _no_answer(phrases, answer.party, words)
    return words.in_number(_PLAIN[answer.rule])


_PLAIN = {
    "proposes": "accepts it (proposes this)",
    "accepts": "accepts it",
    "demands": "accepts it (demands this)",
    "refuses": "rejects it (a red line)",
}


def _no_answer(phrases: Phrases, party: str, words: Words) -> str:
    has = words.in_number("has")
    standing = phrases.table.standing(party, phrases.issue.id)
    if standing.lapsed is not None:
        return f"{has} no current position; the last one lapsed on {written_day(standing.lapsed)}"
    if standing.entry is None:
        return f"{has} no recorded position"
    entry = phrases.case.entry(party)
    if entry is not None and entry.reserves:
        leaves = words.in_number("leaves")
        return f"{has} not answered; {leaves} open: {one_line(entry.reserves)}"
    return f"{has} neither accepted nor rejected it"


def _by_vote(phrases: Phrases, ballot: Ballot, outcome: Outcome) -> str:
    """The result of the vote on the outcome, in words."""
    told = result_in_words(outcome.value)
    votes = [vote.decision for vote in phrases.case.votes if vote.outcome & outcome.mask]
    return f"{told} ({tally_in_words(votes[0], ballot)})" if len(votes) == 1 else told


def because(phrases: Phrases, outcome: Outcome) -> str:
    """Why the outcome has its value among all parties."""
    if phrases.case.ballot is not None:
        return _by_vote(phrases, phrases.case.ballot, outcome)
    if outcome.value is Truth.TRUE:
        return f"acceptable to {phrases.all()}"
    ruled_out = outcome.value is Truth.FALSE
    decisive = [one for one in outcome.answers if one.value is outcome.value]
    plain = [one.party for one in decisive if not one.clauses]
    waiting = [one.party for one in decisive if one.clauses]
    told = []
    if plain and ruled_out:
        told.append(f"{phrases.words.with_verb(plain, 'rules')} it out")
    elif plain:
        have = phrases.words.agree("has", plain)
        told.append(f"{phrases.words.parties(plain)} {have} neither accepted nor rejected it")
    if waiting:
        owners = phrases.words.possessive(waiting)
        state = "ruled out" if ruled_out else "pending"
        what = "condition is" if len(waiting) == 1 else "conditions are"
        told.append(f"{owners} {what} {state}")
    if not told:
        state = "cannot all be met" if ruled_out else "are pending"
        told.append(f"the conditions {state} together")
    return f"{'ruled out' if ruled_out else 'not settled'}, because {joined(told)}"
