"""The words of questions to put next: the question, why it is open, what each answer changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from claimpos.comparison.case import Case
from claimpos.comparison.questions import Effect, Gap, Question
from claimpos.comparison.reasons import VERDICT_OF, Verdict
from claimpos.comparison.truth import Truth
from claimpos.comparison.verdicts import Comparison
from claimpos.dossier.model import Cell, Entry
from claimpos.wording.dossier_texts import capital, free_text, one_line
from claimpos.wording.names import (
    Words,
    cells_in_words,
    cells_title,
    joined,
    written_date,
    written_day,
)
from claimpos.wording.phrases import Phrases
from claimpos.wording.reasons import VERDICT_WORDS, no_recorded_position
from claimpos.wording.verbs import VerbUse, verbs_of, verbs_wanted

_ANSWERS = {
    "accepts": ("yes", "no"),
    "condition": ("met or dropped", "ruled out"),
    "holds": ("yes", "no"),
}
_PAIR_ANSWERS = {True: ("both accept", "either rejects"), False: ("both accept", "both reject")}

GAP_NAMES: dict[Gap, str] = {
    "no-position": "no recorded position",
    "left-open": "left open",
    "dropped-rejection": "a rejection no longer mentioned",
    "offer-without-limit": "an offer without a limit",
    "no-answer": "no answer",
    "condition-pending": "a pending condition",
    "inferred": "inferred only",
    "old": "not confirmed lately",
}


class QuestionWords:
    """Words for the questions of one comparison."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self._common = comparison.common
        self._table = comparison.common.table
        self._words = Words(comparison.dossier)

    def title(self, cells: Sequence[Cell]) -> str:
        """The title of the issue, with the sub-issues that the question is on."""
        return cells_title(self.comparison.dossier, cells)

    def on_agenda(self, cells: Sequence[Cell]) -> str:
        """The agenda's question on the issue."""
        return one_line(self.comparison.dossier.issues[cells[0].issue].question)

    def asked(self, question: Question, besides: bool = False) -> str:
        """The question as it can be put; `besides` another one, as an alternative to that."""
        told = self._asked(question)
        return f"Or: {told}" if besides else capital(told)

    def _asked(self, question: Question) -> str:
        phrases = self._phrases(question)
        if question.form == "holds":
            return self._whether_it_holds(question, phrases)
        if question.form == "condition":
            return self._whether_it_can_be_met(question, phrases)
        both = "both " if len(question.asked) > 1 else ""
        parties = phrases.words.parties(question.asked)
        outcomes = phrases.outcomes(question.outcomes)
        return f"would {parties} {both}accept {outcomes}{self._backing(question, phrases)}?"

    def answers(self, question: Question) -> tuple[str, str]:
        """What the two answers are called, the favourable one first.

        The second is empty if nobody asked is free to say no.
        """
        yes, no = _ANSWERS[question.form]
        if len(question.asked) > 1:
            yes, no = _PAIR_ANSWERS[question.either]
            if len(question.no_from) == 1:
                no = self._words.with_verb(question.no_from, "rejects")
        return yes, no if question.no_from else ""

    def effects(self, question: Question) -> list[str]:
        """What each answer would change, a sentence each; the second is empty as in `answers`."""
        return [
            f"{capital(answer)}: {self._effect(question, effect)}." if answer else ""
            for answer, effect in zip(
                self.answers(question), (question.yes, question.no), strict=True
            )
        ]

    def gaps(self, question: Question) -> str:
        """Why the answer is not known, with parties for whom the reason is the same together."""
        parties_by_gap: dict[Gap, list[str]] = {}
        for party, gap in zip(question.asked, question.gaps, strict=True):
            parties_by_gap.setdefault(gap, []).append(party)
        return " ".join(
            f"{capital(sentence)}."
            for gap, parties in parties_by_gap.items()
            for sentence in self._gap(gap, parties, question)
        )

    def _phrases(self, question: Question) -> Phrases:
        return Phrases(Case(self._common, question.cells[0]))

    def _entry(self, party: str, question: Question) -> Entry | None:
        return self._table.entry_on(party, question.cells[0])

    def _whether_it_holds(self, question: Question, phrases: Phrases) -> str:
        (party,) = question.asked
        said = verbs_of(phrases.case.stance(party))
        position = joined(phrases.saying(one, [party]) for one in said)
        return f"is it still so that {phrases.words.party(party)} {position}?"

    def _whether_it_can_be_met(self, question: Question, phrases: Phrases) -> str:
        (party,) = question.asked
        name = phrases.words.party(party)
        clauses = [
            clause
            for clause in phrases.case.stance(party).conditions_for(question.outcomes)
            if self._common.clause_value(clause) is not Truth.FALSE
        ]
        conditions = ", or ".join(map(phrases.condition, clauses))
        one = "this condition" if len(clauses) == 1 else "one of these conditions"
        return (
            f"{name} would accept {phrases.outcomes(question.outcomes)} {conditions}. "
            f"Can {one} be met, or would {name} drop it?"
        )

    def _backing(self, question: Question, phrases: Phrases) -> str:
        """A clause on who calls for the outcome asked about or, of several, accepts each."""
        others = [party for party in phrases.case.parties if party not in question.asked]
        if not phrases.is_one(question.outcomes):
            accepting = [
                party
                for party in others
                if not question.outcomes & ~self._common.accepted(party, question.cells[0])
            ]
            if not accepting:
                return ""
            return f", each acceptable to {phrases.words.parties(accepting)}"
        by_verb: dict[str, list[str]] = {}
        for party in others:
            for said in verbs_wanted(phrases.case.stance(party)):
                if not question.outcomes & ~said.outcomes:
                    by_verb.setdefault(_verb(said), []).append(party)
        clauses = [phrases.words.with_verb(parties, verb) for verb, parties in by_verb.items()]
        return f", which {joined(clauses)}" if clauses else ""

    def _effect(self, question: Question, effect: Effect) -> str:
        verdict = VERDICT_WORDS[effect.verdict]
        here = f"still {verdict}" if effect.verdict == question.verdict else verdict
        return "; ".join([here, *self._others(effect)])

    def _others(self, effect: Effect) -> Iterator[str]:
        moved: dict[tuple[Verdict, Verdict], list[Cell]] = {}
        for cell, after in effect.others.items():
            before = VERDICT_OF[self._common.value(cell)]
            moved.setdefault((before, after), []).append(cell)
        for (before, after), cells in moved.items():
            named = cells_in_words(self.comparison.dossier, cells)
            yield f"{named} would go from {before} to {after}"

    def _gap(self, gap: Gap, parties: Sequence[str], question: Question) -> Iterable[str]:
        if gap == "no-position":
            case = self._phrases(question).case.among(tuple(parties))
            return no_recorded_position(Phrases(case))
        if gap == "condition-pending":
            return []
        return [self._gap_of(gap, party, question) for party in parties]

    def _gap_of(self, gap: Gap, party: str, question: Question) -> str:
        words = self._words
        entry = self._entry(party, question)
        assert entry is not None  # without an entry, the gap is another
        if gap == "left-open":
            return f"{words.with_verb([party], 'leaves')} open: {free_text(entry.reserves)}"
        since, name = written_date(entry.since), words.party(party)
        if gap == "dropped-rejection":
            its = words.of(party).in_number("its")
            return f"{name} used to reject this; {its} position of {since} does not mention it"
        if gap == "no-answer":
            return f"{words.possessive([party])} position of {since} gives no answer"
        if gap == "offer-without-limit":
            return f"{words.possessive([party])} position of {since} names figures, but no limit"
        known = "this is only inferred; last" if gap == "inferred" else "last"
        return f"{known} confirmed on {written_day(entry.confirmed)}"


def _verb(said: VerbUse) -> str:
    return "would accept on conditions" if said.on_conditions else said.verb
