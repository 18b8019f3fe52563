"""Texts in words: what parties say to one as a whole, bracketed alternatives, several compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from claimpos.comparison.table import Table
from claimpos.dossier.model import Answer, Cell, Dossier
from claimpos.wording.names import (
    Words,
    capital,
    cells_in_words,
    counted,
    joined,
    label,
    one_line,
    written_date,
)

if TYPE_CHECKING:
    from claimpos.deals.side_by_side import Crossed, SideBySide, Step

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
    told = [labels[party] for party in crossed.parties]
    told += [f"{labels[party]} (in brackets)" for party in crossed.in_brackets]
    return ", ".join(told) or "none"


def common_terms(found: SideBySide, texts: int, dossier: Dossier) -> str:
    """How many terms all of the texts settle, and on which of these they differ; a sentence."""
    if not found.common:
        return f"The {texts} texts have no term in common."
    texts_in_words = "Both texts" if texts == 2 else f"All {texts} texts"
    terms = counted(len(found.common), "term", "terms")
    if not found.differing:
        return f"{texts_in_words} settle {terms}, and differ on none."
    differing = cells_in_words(dossier, found.differing)
    return f"{texts_in_words} settle {terms}, and differ on {len(found.differing)}: {differing}."


def step_in_words(step: Step) -> str:
    """Two texts, the earlier first, and how many terms both settle alike."""
    names = (f"{label(one.title)} ({written_date(one.date)})" for one in (step.before, step.after))
    return f"From {' to '.join(names)}: {counted(step.kept, 'term', 'terms')} kept"


def changes_in_words(step: Step, dossier: Dossier) -> list[str]:
    """What the later text changes, adds and drops, as far as it does."""
    changes = (("Changed", step.changed), ("Added", step.added), ("Dropped", step.dropped))
    return [
        f"{name} ({len(cells)}): {cells_in_words(dossier, cells)}"
        for name, cells in changes
        if cells
    ]
