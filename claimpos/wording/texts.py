"""Texts in words: what a party says to one as a whole, and bracketed alternatives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from claimpos.comparison.table import Table
from claimpos.dossier.model import Answer, Cell
from claimpos.wording.labels import label
from claimpos.wording.names import Words, capital, joined, one_line, written_date

_SAYS = {
    "accepts": "accepts {}",
    "accepts-as-basis": "accepts {} as a basis for talks",
    "refuses": "rejects {}",
}
NO_TEXT = "no text"


def answers_to_text(table: Table, text: str) -> Iterator[str]:
    """What each party of a table says to a text as a whole, a sentence each."""
    words = Words(table.dossier)
    for party in table.parties:
        if (answer := table.answers(party).get(text)) is not None:
            yield party_answers(party, answer, words)


def party_answers(party: str, answer: Answer, words: Words) -> str:
    """What a party says to the text spoken of, a sentence."""
    return f"{capital(words.party(party))} {answer_in_words(answer, words.of(party))}."


def answers_to_texts(table: Table) -> Iterator[str]:
    """The same of all texts, each by its title."""
    words = Words(table.dossier)
    for party in table.parties:
        for text, answer in table.answers(party).items():
            told = answer_in_words(answer, words.of(party), words.text(text))
            yield f"{capital(words.party(party))} {told}."


def answer_in_words(answer: Answer, words: Words, text: str = "the text") -> str:
    """An answer, what it leaves out, its condition and its days, of the party that `words` suit."""
    whole = answer.says != "accepts-as-basis" and not answer.excepted and not answer.subject_to
    told = words.in_number(_SAYS[answer.says]).format(text) + (" as a whole" if whole else "")
    if answer.excepted:
        told += f", except {joined(_excepted(answer.excepted, words))}"
    if answer.subject_to:
        told += f", on this condition: {one_line(answer.subject_to)}"
    days = f"since {written_date(answer.since)}"
    if answer.until is not None:
        days = f"from {written_date(answer.since)} to {written_date(answer.until)}"
    return f"{told} ({days})"


def _excepted(cells: Iterable[Cell], words: Words) -> Iterator[str]:
    for cell in cells:
        issue = words.dossier.issues[cell.issue]
        title = issue.title if cell.item is None else f"{issue.title}: {issue.items[cell.item]}"
        yield label(title)


def alternative(outcome: str, by: Iterable[str], words: Words) -> str:
    """A bracketed alternative with its authors; without an outcome it is no text."""
    authors = [words.dossier.parties[party].label for party in by]
    return f"{outcome or NO_TEXT} ({joined(authors)})" if authors else outcome or NO_TEXT
