"""The words of `explain`: how a verdict follows from the parties' answers to outcomes."""

from __future__ import annotations

from claimpos.comparison.answers import Outcome, OutcomeAnswer
from claimpos.comparison.reasons import VERDICT_OF, Reason, Verdict
from claimpos.comparison.truth import Truth
from claimpos.comparison.verdicts import IssueVerdict
from claimpos.comparison.votes import Ballot
from claimpos.wording.dossier_texts import capital, free_text
from claimpos.wording.names import Words, joined, written_day
from claimpos.wording.phrases import Phrases
from claimpos.wording.reasons import reason_meaning, reason_name
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
    """Whether an outcome that a condition requires is acceptable or, `by_vote`, passes."""
    return result_in_words(value) if by_vote else _REQUIRED[value]


def of_issue(verdict: IssueVerdict) -> str:
    """The verdict and the reason as `claimpos diff` gives them."""
    if verdict.reason is None:
        return (
            f"The issue as a whole: {verdict.verdict}, "
            "the least favourable verdict among its sub-issues."
        )
    name = reason_name(verdict.reported_reason or verdict.reason, len(verdict.case.parties))
    return f"Verdict: {verdict.verdict}. Reason: {name.lower()}."


def conclusion(value: Truth, reason: Reason, parties: int) -> str:
    """The verdict in which a step ends, with its meaning, and the reason with its meaning."""
    name = reason_name(reason, parties)
    verdict = VERDICT_OF[value]
    meaning = verdict if reason in _BY_VOTE else _MEANING[verdict]
    return f"Verdict: {meaning}. Reason: {name.lower()}. {capital(reason_meaning(reason))}"


def in_words(phrases: Phrases, answer: OutcomeAnswer) -> str:
    """The party's answer to an outcome, by the rule of acceptance that applied."""
    entry = phrases.case.entry(answer.party)
    answered = _in_words(phrases, answer)
    if entry is None or not entry.group or answer.rule in {"unsaid", "silent"}:
        return answered
    return f"{answered}, as a member of {phrases.words.party(entry.group)}"


def _in_words(phrases: Phrases, answer: OutcomeAnswer) -> str:
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
        return f"{has} not answered; {leaves} open: {free_text(entry.reserves)}"
    return f"{has} neither accepted nor rejected it"


def _by_vote(phrases: Phrases, ballot: Ballot, outcome: Outcome) -> str:
    """The result of the vote on the outcome, with the tally if there is a single one."""
    result = result_in_words(outcome.value)
    votes = [vote.decision for vote in phrases.case.votes if vote.outcome & outcome.mask]
    if len(votes) == 1:
        result = f"{result} ({tally_in_words(votes[0], ballot)})"
    met = [one.party for one in outcome.answers if one.clauses and one.value is Truth.TRUE]
    if any(vote.votes.get(party) == "open" for vote in votes for party in met):
        return f"{result}; met apart, the conditions are pending together"
    return result


def because(phrases: Phrases, outcome: Outcome) -> str:
    """Why an outcome is acceptable to all, ruled out, or neither."""
    if phrases.case.ballot is not None:
        return _by_vote(phrases, phrases.case.ballot, outcome)
    if outcome.value is Truth.TRUE:
        return f"acceptable to {phrases.all()}"
    ruled_out = outcome.value is Truth.FALSE
    decisive = [one for one in outcome.answers if one.value is outcome.value]
    plain = [one.party for one in decisive if not one.clauses]
    waiting = [one.party for one in decisive if one.clauses]
    clauses = []
    if plain and ruled_out:
        clauses.append(f"{phrases.words.with_verb(plain, 'rules')} it out")
    elif plain:
        have = phrases.words.agree("has", plain)
        clauses.append(f"{phrases.words.parties(plain)} {have} neither accepted nor rejected it")
    if waiting:
        owners = phrases.words.possessive(waiting)
        state = "ruled out" if ruled_out else "pending"
        what = "condition is" if len(waiting) == 1 else "conditions are"
        clauses.append(f"{owners} {what} {state}")
    if not clauses:
        state = "cannot all be met" if ruled_out else "are pending"
        clauses.append(f"the conditions {state} together")
    return f"{'ruled out' if ruled_out else 'not settled'}, because {joined(clauses)}"
