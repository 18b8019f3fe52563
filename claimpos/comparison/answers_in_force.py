"""The answers to texts that are in force on a day, and the outcomes accepted with a text.

A party that accepts a text accepts the outcomes of its terms, as if it had named them under
`accepts`, until it has a newer entry on the issue.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

from claimpos.comparison.entry_parts import named_by_yes
from claimpos.dossier.evidence import answer_as_entry
from claimpos.dossier.model import NOTHING, Answer, Basis, Cell, Dossier, Named
from claimpos.dossier.timeline import HeldAnswer, Timelines, answer_of, standing_on


class AnswersInForce:
    """The answers to texts that are in force on a day."""

    def __init__(
        self,
        dossier: Dossier,
        day: date,
        basis: Basis,
        timelines: Timelines | None = None,
        texts: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """`timelines` and `texts`, if they are known, need not be worked out again."""
        self.dossier = dossier
        self.day = day
        self.basis = basis
        self._timelines = timelines
        self._known_texts = texts
        self._of: dict[str, Mapping[str, Answer]] = {}
        self._excepted: dict[int, tuple[tuple[Cell, ...], frozenset[Cell]]] = {}
        self._names: dict[tuple[str, int, str], Named] = {}
        self._accepted: dict[int, tuple[Mapping[str, HeldAnswer], Sequence[HeldAnswer]]] = {}
        self._newest: dict[tuple[str, str], date | None] = {}

    def of(self, party: str) -> Mapping[str, Answer]:
        """The party's own answers in force, by text, with their evidence as known on the day."""
        if party not in self._of:
            known = self.dossier.parties[party].answers
            found = {text: self._in_force(party, text) for text in known}
            self._of[party] = {text: one for text, one in found.items() if one is not None}
        return self._of[party]

    def given(self, party: str, issue: str) -> dict[str, HeldAnswer]:
        """The party's own answers in force to texts that have a term on an issue."""
        known = self.of(party)
        texts = self.texts.get(issue, ()) if known else ()
        return {text: HeldAnswer(party, known[text]) for text in texts if text in known}

    def accepted(self, known: Mapping[str, HeldAnswer], cell: Cell) -> HeldAnswer | None:
        """Of these answers, the newest that accepts a text with a term on the cell's issue.

        None if there is none, if it leaves the cell out, or if its giver has a newer entry.
        """
        if not known:
            return None
        for given in self._accepting(known):
            named = self.named(given.answer, cell.issue)
            if named and not self.is_replaced(given, cell.issue):
                return given if cell in named else None
        return None

    def _accepting(self, known: Mapping[str, HeldAnswer]) -> Sequence[HeldAnswer]:
        """The answers that accept their text, the newest first.

        Of answers of the same day, that to the first text of the dossier comes first.
        """
        key = id(known)  # what is kept keeps its id
        if key not in self._accepted:
            if len(self._accepted) > len(self.dossier.parties):
                self._accepted.clear()
            found = [given for given in known.values() if given.answer.says == "accepts"]
            found.sort(key=lambda given: self._place[given.answer.text])
            found.sort(key=lambda given: given.answer.since.first, reverse=True)
            self._accepted[key] = known, found
        return self._accepted[key][1]

    def named(self, answer: Answer, issue: str) -> Named:
        """The outcomes of an issue that are accepted with the text of an answer."""
        # What is left out is known by its id, because to look at its many cells takes long; it is
        # kept, so that nothing else gets this id.
        left_out = id(answer.excepted)
        if left_out not in self._excepted:
            self._excepted[left_out] = answer.excepted, frozenset(answer.excepted)
        key = answer.text, left_out, issue
        if key not in self._names:
            term = self.dossier.proposals[answer.text].terms.get(issue)
            excepted, integer = self._excepted[left_out][1], self.dossier.issues[issue].integer
            self._names[key] = NOTHING if term is None else named_by_yes(term, integer, excepted)
        return self._names[key]

    def is_replaced(self, given: HeldAnswer, issue: str) -> bool:
        """Whether the party that gave an answer has a newer entry on the issue, lapsed or not."""
        newest = self._newest_entry(given.holder, issue)
        return newest is not None and newest > given.answer.since.first

    def _newest_entry(self, party: str, issue: str) -> date | None:
        """The first day of the newest entry that has come into force, lapsed or not."""
        key = party, issue
        if key not in self._newest:
            entries = self.dossier.parties[party].positions.get(issue, ())
            begun = bisect_right(entries, self.day, key=lambda entry: entry.since.first)
            self._newest[key] = next(
                (
                    entry.since.first
                    for entry in reversed(entries[:begun])
                    for standing in [standing_on([entry], self.day, self.basis)]
                    if standing.entry is not None or standing.lapsed is not None
                ),
                None,
            )
        return self._newest[key]

    def _in_force(self, party: str, text: str) -> Answer | None:
        if text not in self.dossier.proposals or self.dossier.proposals[text].date.first > self.day:
            return None
        if self._timelines is not None:
            return answer_of(self._timelines.of_answers(party, text).on(self.day))
        answers = self.dossier.parties[party].answers[text]
        begun = bisect_right(answers, self.day, key=lambda answer: answer.since.first)
        for answer in reversed(answers[:begun]):
            standing = standing_on([answer_as_entry(answer)], self.day, self.basis)
            if standing.entry is not None or standing.lapsed is not None:
                return answer_of(standing)
        return None

    @cached_property
    def _place(self) -> Mapping[str, int]:
        return {text: place for place, text in enumerate(self.dossier.proposals)}

    @cached_property
    def texts(self) -> Mapping[str, Sequence[str]]:
        """For each issue, the texts that have a term on it."""
        return texts_by_issue(self.dossier) if self._known_texts is None else self._known_texts


def texts_by_issue(dossier: Dossier) -> Mapping[str, Sequence[str]]:
    """For each issue, the texts that have a term on it, in the order of the dossier."""
    found: dict[str, list[str]] = {}
    for text, proposal in dossier.proposals.items():
        few, many = sorted((proposal.terms, dossier.issues), key=len)
        for issue in few:
            if issue in many:
                found.setdefault(issue, []).append(text)
    return found
