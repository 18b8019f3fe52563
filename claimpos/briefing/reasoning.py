"""The words in which an explanation says what a party answers, and what follows."""

from __future__ import annotations

from claimpos.briefing.words import REASON_WORDS
from claimpos.comparison.answers import Answer, Outcome
from claimpos.comparison.reasons import VERDICT_OF, Reason, Verdict
from claimpos.comparison.truth import Truth
from claimpos.comparison.verdicts import IssueVerdict
from claimpos.wording.names import joined, one_line, written_day
from claimpos.wording.phrases import Phrases, agree

MET = {
    Truth.TRUE: "which holds",
    Truth.FALSE: "which fails",
    Truth.UNKNOWN: "which is not settled",
}
REQUIRED = {
    Truth.TRUE: "all could live with that",
    Truth.FALSE: "that is ruled out",
    Truth.UNKNOWN: "that is open",
}
_MEANING: dict[Verdict, str] = {
    "overlap": "an overlap, for all could live with one of the outcomes",
    "conflict": "a conflict, for every outcome is ruled out",
    "unresolved": "unresolved, for no outcome is agreed and some are still open",
}


def of_issue(verdict: IssueVerdict) -> str:
    """The verdict and the reason as `claimpos diff` gives them."""
    if verdict.reason is None:
        return f"The issue as a whole: {verdict.verdict}, the worst among its items."
    return f"Verdict: {verdict.verdict}, {verdict.reason.replace('-', ' ')}."


def conclusion(value: Truth, reason: Reason) -> str:
    """The verdict that a step ends in, and the reason."""
    name, told = REASON_WORDS[reason]
    return f"So it is {_MEANING[VERDICT_OF[value]]}. The reason: {name.lower()}. {told}"


def in_words(phrases: Phrases, answer: Answer) -> str:
    """What the party says to the outcome, by the rule of acceptance that applied."""
    if answer.rule == "on-conditions":
        return f"yes on a condition, {MET[answer.value]}"
    if answer.rule == "demands-else":
        demanded = phrases.outcomes(phrases.case.stance(answer.party).demands)
        return f"no, for it demands {demanded} and does not name this"
    if answer.rule in {"unsaid", "silent"}:
        return f"neither yes nor no: {_unsaid(phrases, answer.party)}"
    return _PLAIN[answer.rule]


_PLAIN = {
    "proposes": "yes, for it proposes this",
    "accepts": "yes, for it accepts this without a condition",
    "demands": "yes, for it demands this",
    "refuses": "no, for it refuses this: a red line",
}


def _unsaid(phrases: Phrases, party: str) -> str:
    standing = phrases.table.standing(party, phrases.issue.id)
    if standing.lapsed is not None:
        return f"its position lapsed on {written_day(standing.lapsed)}"
    if standing.entry is None:
        return "nothing is recorded"
    if standing.entry.reserves:
        return f"it leaves open: {one_line(standing.entry.reserves)}"
    return "it does not name this, and demands nothing else"


def because(phrases: Phrases, outcome: Outcome) -> str:
    """Why the outcome has its value among all parties."""
    if outcome.value is Truth.TRUE:
        return f"common, for {phrases.all()} could live with it"
    decisive = [one for one in outcome.answers if one.value is outcome.value]
    plain = [one.party for one in decisive if not one.clauses]
    waiting = [one.party for one in decisive if one.clauses]
    told = []
    if plain:
        said = "no" if outcome.value is Truth.FALSE else "neither yes nor no"
        told.append(f"{phrases.words.parties(plain)} {agree('says', plain)} {said}")
    if waiting:
        state = "fails" if outcome.value is Truth.FALSE else "is not settled"
        told.append(f"the condition of {phrases.words.parties(waiting)} {state}")
    if not told:
        said = "cannot be met" if outcome.value is Truth.FALSE else "are not settled"
        told.append(f"the conditions {said} together")
    return f"{'ruled out' if outcome.value is Truth.FALSE else 'open'}, for {joined(told)}"
