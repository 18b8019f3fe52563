"""The words for texts: answers to them, brackets, comparisons, and the negotiating text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from claimpos.comparison.table import PositionTable
from claimpos.comparison.truth import Truth
from claimpos.dossier.model import Answer, Cell, Dossier, Issue
from claimpos.wording.dossier_texts import capital, free_text, label, one_line
from claimpos.wording.grammar import counted
from claimpos.wording.names import Words, cells_in_words, joined, written_date

if TYPE_CHECKING:
    from claimpos.comparison.acceptance import Clause
    from claimpos.comparison.negotiating_text import Article, NegotiatingText, Passage, Wording
    from claimpos.deals.side_by_side import Crossed, SideBySide, TextChange


_SAYS = {
    "accepts": "accepts {}",
    "accepts-as-basis": "accepts {} as a basis for talks",
    "refuses": "rejects {}",
}
NO_TEXT = "no text"


def answers_to_text(table: PositionTable, text: str) -> Iterator[str]:
    """Each party's answer to a text as a whole, a sentence each."""
    words = Words(table.dossier)
    for party in table.parties:
        if (answer := table.answers(party).get(text)) is not None:
            yield party_answers(party, answer, words)


def party_answers(party: str, answer: Answer, words: Words) -> str:
    """A party's answer to the text in question, as a sentence."""
    return f"{capital(words.party(party))} {answer_in_words(answer, words.of(party))}."


def answers_to_texts(table: PositionTable) -> Iterator[str]:
    """Each party's answers to all texts, a sentence each, with the texts' titles."""
    words = Words(table.dossier)
    for party in table.parties:
        for text, answer in table.answers(party).items():
            phrase = answer_in_words(answer, words.of(party), words.text(text))
            yield f"{capital(words.party(party))} {phrase}."


def answer_in_words(answer: Answer, words: Words, text: str = "the text") -> str:
    """An answer with its exceptions, its condition and its days; `words` are in its party's number.

    `text` is what the sentence calls the text.
    """
    whole = answer.says != "accepts-as-basis" and not answer.excepted and not answer.subject_to
    phrase = words.in_number(_SAYS[answer.says]).format(text) + (" as a whole" if whole else "")
    if answer.excepted:
        phrase += f", except {joined(_excepted(answer.excepted, words))}"
    if answer.subject_to:
        phrase += f", on this condition: {free_text(answer.subject_to)}"
    days = f"since {written_date(answer.since)}"
    if answer.until is not None:
        days = f"from {written_date(answer.since)} to {written_date(answer.until)}"
    return f"{phrase} ({days})"


def _excepted(cells: Iterable[Cell], words: Words) -> Iterator[str]:
    for cell in cells:
        issue = words.dossier.issues[cell.issue]
        title = issue.title if cell.item is None else f"{issue.title}: {issue.items[cell.item]}"
        yield label(title)


def alternative(outcome: str, by: Iterable[str], words: Words) -> str:
    """A bracketed alternative with its authors; “no text” if the outcome is empty."""
    authors = [words.dossier.parties[party].label for party in by]
    return f"{outcome or NO_TEXT} ({joined(authors)})" if authors else outcome or NO_TEXT


CROSSED = (
    "A red line is an outcome that a party has explicitly rejected. “None” means that the text "
    "crosses no red line here; a dash means that it does not settle the issue."
)
NO_RED_LINES = "None of the texts crosses a red line, an outcome that a party has rejected."


def crossed_in_words(crossed: Crossed | None, dossier: Dossier) -> str:
    """The parties whose red lines a text crosses on an issue."""
    if crossed is None:
        return "–"
    labels = {party.id: party.label for party in dossier.parties.values()}
    names = [labels[party] for party in crossed.parties]
    names += [f"{labels[party]} (in brackets)" for party in crossed.in_brackets]
    return ", ".join(names) or "none"


def common_terms(found: SideBySide, texts: int, dossier: Dossier) -> str:
    """A sentence on how many terms all of the texts settle, and on which of these they differ."""
    if not found.common:
        return f"The {texts} texts have no term in common."
    texts_in_words = "Both texts" if texts == 2 else f"All {texts} texts"
    terms = counted(len(found.common), "term", "terms")
    if not found.differing:
        return f"{texts_in_words} settle {terms}, and differ on none."
    differing = cells_in_words(dossier, found.differing)
    return f"{texts_in_words} settle {terms}, and differ on {len(found.differing)}: {differing}."


def step_in_words(step: TextChange) -> str:
    """The step from one text to the next, and how many terms it keeps."""
    names = (f"{label(one.title)} ({written_date(one.date)})" for one in (step.before, step.after))
    return f"From {' to '.join(names)}: {counted(step.kept, 'term', 'terms')} kept"


def changes_in_words(step: TextChange, dossier: Dossier) -> list[str]:
    """The terms that the later text changes, adds and drops, if there are any."""
    changes = (("Changed", step.changed), ("Added", step.added), ("Dropped", step.dropped))
    return [
        f"{name} ({len(cells)}): {cells_in_words(dossier, cells)}"
        for name, cells in changes
        if cells
    ]


DRAFT = "draft"
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

# Within a negotiating text, square brackets are around alternatives, small digits are notes, and
# quotation marks are for what was said; no text of the dossier may hold any of these, except the
# digit of a square or cubic metre.
_BRACKETS = str.maketrans('[]⁅⁆［］〔〕【】⟦⟧“”«»"', "()()()()()()‘’‘’'")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SMALL_DIGITS = r"(?<!\bm)(?<!\b[cdkm]m)[⁰¹²³⁴⁵⁶⁷⁸⁹]+"


def _unbracketed(text: str) -> str:
    """A text of the dossier in a negotiating text: round brackets, single marks, usual digits."""
    return re.sub(_SMALL_DIGITS, _plain_digits, text.translate(_BRACKETS))


def _plain_digits(found: re.Match[str]) -> str:
    return found[0].translate(_PLAIN)


class TextWords:
    """Words for one negotiating text."""

    def __init__(self, text: NegotiatingText) -> None:
        self.text = text
        self.dossier: Dossier = text.comparison.dossier
        self._table = text.comparison.common.table
        self._words = Words(self.dossier)

    def items(self, passage: Passage) -> str:
        """The sub-issues that a passage is on; empty if it is on the whole issue."""
        issue = self.dossier.issues[passage.cells[0].issue]
        items = [issue.items[cell.item] for cell in passage.cells if cell.item is not None]
        return "" if len(items) == len(issue.items) else capital(_unbracketed(joined(items)))

    def title(self, article: Article) -> str:
        """The title of an article's issue."""
        return _unbracketed(article.issue.title)

    def about(self, article: Article) -> str:
        """What a draft says on an issue, and where; without one, the issue's text or question."""
        if (term := article.term) is None:
            said = article.issue.text or article.issue.question
        else:
            said = f"{one_line(term.summary)} ({term.locator})" if term.locator else term.summary
        return free_text(_unbracketed(said))

    def wording(self, passage: Passage, wording: Wording) -> str:
        """The outcomes alone, as the dossier labels them, in brackets unless they are agreed."""
        cell = passage.cells[0]
        issue = self.dossier.issues[cell.issue]
        outcomes = self._table.space(cell).outcomes(wording.outcomes)
        if issue.kind == "quantity":
            labels = self._words.outcomes(issue, outcomes)
        else:
            labels = joined((self._option(issue, str(one)) for one in outcomes), "or")
        labels = _unbracketed(labels)
        return f"{capital(labels)}." if passage.agreed else f"[{labels}]"

    def _option(self, issue: Issue, option: str) -> str:
        return one_line(issue.option_texts.get(option) or issue.options[option])

    def provisos(self, wording: Wording) -> list[str]:
        """The conditions on which parties back a wording, and whether these are ruled out."""
        return [
            f"{self._words.party(one.party)}: {', or '.join(map(self._condition, one.conditions))}"
            for one in wording.backing
            if one.conditions
        ]

    def _condition(self, clause: Clause) -> str:
        parts = []
        if clause.requires:
            named = {cell: self._table.space(cell).outcomes(mask) for cell, mask in clause.requires}
            ruled_out = self.text.comparison.common.clause_value(clause) is Truth.FALSE
            remark = " (ruled out as things stand)" * ruled_out
            parts.append(f"provided that {self._words.required(named)}{remark}")
        if clause.subject_to:
            parts.append(f"on this condition: {free_text(clause.subject_to)}")
        return ", and ".join(parts) or "on conditions left aside with their weaker evidence"

    def others(self, passage: Passage) -> list[str]:
        """Sentences on the parties that back no wording, and why they do not."""
        if len(passage.without_position) == len(self.text.comparison.parties):
            return ["No party has a recorded position."]
        this = "this" if len(passage.wordings) == 1 else "all of these"
        groups = [
            (passage.against, "rules", f"{this} out"),
            (passage.undecided, "leaves", "this open"),
            (passage.unanswered, "has", "not answered"),
            (passage.without_position, "has", "no recorded position"),
        ]
        return [
            f"{capital(self._words.with_verb(parties, verb))} {rest}."
            for parties, verb, rest in groups
            if parties
        ]

    def brackets_by_party(self) -> str:
        """A sentence on how many passages in brackets each party backs a wording in."""
        bracketed = [passage for _, passage in self.text.passages if passage.bracketed]
        if not bracketed:
            return ""
        counts = (
            f"{self._words.party(party)} in {sum(_backs(party, one) for one in bracketed)}"
            for party in self.text.comparison.parties
        )
        passages = counted(len(bracketed), "passage", "passages")
        return f"In brackets: {passages}. A wording is backed by {joined(counts)} of them."


def _backs(party: str, passage: Passage) -> bool:
    return any(one.party == party for wording in passage.wordings for one in wording.backing)


def superscript(number: int) -> str:
    """A number as the mark of a footnote."""
    return str(number).translate(_SUPERSCRIPT)
