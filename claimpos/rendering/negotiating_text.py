"""The single negotiating text; for JSON, see schemas/text.schema.json."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import count
from string import ascii_lowercase
from typing import Any

from claimpos.comparison.acceptance import Clause
from claimpos.comparison.negotiating_text import Article, Backing, NegotiatingText, Passage, Wording
from claimpos.dossier.model import Cell
from claimpos.rendering.diff import basis_notes
from claimpos.rendering.diff_report import cell_report, head_report, outcomes_report
from claimpos.rendering.document import (
    Block,
    Document,
    Heading,
    Item,
    List,
    Paragraph,
    Section,
    Table,
    headed,
)
from claimpos.wording.age import age_notes
from claimpos.wording.dossier_texts import capital, in_summary, label, one_line
from claimpos.wording.names import Words, dossier_named, written_day
from claimpos.wording.positions import citation
from claimpos.wording.texts import DRAFT, NO_TEXT, TextWords, answers_to_text, superscript

FORMAT = "claimpos.text/1"


def text_document(text: NegotiatingText, before: NegotiatingText | None = None) -> Document:
    """The text for people to read; `before` is the same as of an earlier day."""
    layout = _Layout(text)
    articles = [layout.article(number, one) for number, one in enumerate(text.articles, start=1)]
    return Document([*_head(text, before), *articles, *layout.notes()])


def _head(text: NegotiatingText, before: NegotiatingText | None) -> Iterator[Block]:
    comparison = text.comparison
    names = Words(comparison.dossier).parties(comparison.parties)
    day = written_day(comparison.day)
    title = f"Negotiating text of {names}, as of {day}"
    agreed = "What is acceptable to every party"
    if comparison.common.ballots:
        agreed += ", or passes where a decision rule applies,"
    made = (
        f"Put together from recorded positions; no party has put this text forward. {agreed} "
        "stands without brackets; alternatives stand in brackets, each "
        "with the parties that call for it or accept it."
    )
    answers: list[str] = []
    if text.draft is not None:
        draft = capital(label(text.draft.title))
        title = f"{draft}, bracketed by the positions of {names}, as of {day}"
        made = (
            f"{agreed} stands as the draft has it. In brackets, the "
            "draft's wording comes first, then other outcomes that parties call for or accept."
        )
        answers = list(answers_to_text(comparison.common.table, text.draft.id))
    yield headed(
        Heading(title, "title"),
        dossier_named(comparison.dossier.title),
        *answers,
        *age_notes(comparison.dossier, comparison.newest, comparison.day),
        made,
        *basis_notes(comparison.basis, comparison.set_aside),
    )
    yield _counts(text, before)
    if sentence := TextWords(text).brackets_by_party():
        yield Paragraph(sentence)


def _counts(text: NegotiatingText, before: NegotiatingText | None) -> Table:
    """How many passages of each group are without brackets, in brackets, or have no text."""
    now, then = _by_group(text), None if before is None else _by_group(before)
    header = ["Passages on", "Without brackets", "In brackets", "No text"]
    if before is not None:
        header.append(f"In brackets on {written_day(before.comparison.day)}")
    groups = [*(group for group in text.comparison.dossier.groups if now[group].total()), ""]
    titles = {**text.comparison.dossier.groups, "": "All"}
    rows = [
        [
            titles[group],
            *(str(now[group][state]) for state in ("clean", "bracketed", "missing")),
            *([] if then is None else [str(then[group]["bracketed"])]),
        ]
        for group in groups
    ]
    return Table(header, rows, "short")


def _by_group(text: NegotiatingText) -> dict[str, Counter[str]]:
    """How many passages are in which state, by group and, under no name, in all."""
    counts: dict[str, Counter[str]] = {"": Counter()}
    counts |= {group: Counter() for group in text.comparison.dossier.groups}
    for issue, passage in text.passages:
        for group in ("", issue.group):
            counts[group][state_of(passage)] += 1
    return counts


def state_of(passage: Passage) -> str:
    """Whether a passage is without brackets, in brackets, or has no text."""
    if passage.agreed:
        return "clean"
    return "bracketed" if passage.bracketed else "missing"


def _letters() -> Iterator[str]:
    """The names of an article's passages: a, b, …, z, a1, b1, …"""
    for number in count():
        yield from (f"{letter}{number or ''}" for letter in ascii_lowercase)


class _Layout:
    """Articles laid out one after the other, with the notes that they refer to."""

    def __init__(self, text: NegotiatingText) -> None:
        self.words = TextWords(text)
        self.dossier = text.comparison.dossier
        self._table = text.comparison.common.table
        self._day = text.comparison.day
        self._numbers: dict[tuple[str, str], int] = {}

    def article(self, number: int, article: Article) -> Block:
        heading = Heading(f"Article {number}. {self.words.title(article)}", "part")
        blocks: list[Block] = [Paragraph(self.words.about(article))]
        for letter, passage in zip(_letters(), article.passages, strict=False):
            if items := self.words.items(passage):
                blocks.append(Paragraph(f"({letter}) {items}:"))
            blocks.append(List([Item(line) for line in self._lines(passage)]))
        return Section(heading, blocks)

    def _lines(self, passage: Passage) -> Iterator[str]:
        if not passage.wordings:
            yield f"[{NO_TEXT}]"
        for wording in passage.wordings:
            backing = ", ".join(self._behind(wording, passage))
            provisos = "; ".join(self.words.provisos(wording))
            text = f"{self.words.wording(passage, wording)} ({backing})"
            yield f"{text} – {provisos}" if provisos else text
        yield from self.words.others(passage)

    def _behind(self, wording: Wording, passage: Passage) -> Iterator[str]:
        """Whose wording it is: the draft's, and that of the parties that back it."""
        if wording.drafted and not passage.agreed:
            yield DRAFT
        yield from (self._named(one, wording, passage) for one in wording.backing)

    def _named(self, backing: Backing, wording: Wording, passage: Passage) -> str:
        """A party, with the numbers of the notes on why it backs a wording."""
        cell = passage.cells[0]
        entry = self._table.entry_on(backing.party, cell)
        verbs = self._table.stance(backing.party, cell).verbs_for(wording.outcomes)
        cited = [] if entry is None else entry.cited(verbs)
        marks = [
            self._numbers.setdefault((holder or backing.party, one.id), len(self._numbers) + 1)
            for holder, one in cited
        ]
        return self.dossier.parties[backing.party].label + " ".join(map(superscript, marks))

    def notes(self) -> Iterator[Block]:
        """Who said what each note refers to, and where it stands."""
        if not self._numbers:
            return
        yield Heading("Notes")
        yield List([self._note(number, *key) for key, number in self._numbers.items()])

    def _note(self, number: int, party: str, key: str) -> Item:
        statement = self.dossier.parties[party].statements[key]
        text = f"{in_summary(statement.summary)} ({citation(statement, self._day)})"
        return Item(f"{superscript(number)} {self.dossier.parties[party].label}: {text}")


def text_report(text: NegotiatingText, before: NegotiatingText | None = None) -> dict[str, Any]:
    """The text as plain data."""
    comparison = text.comparison
    report: dict[str, Any] = {
        **head_report(FORMAT, comparison),
        "summary": _summary(text),
        "articles": [
            {
                "number": number,
                "issue": one.issue.id,
                "title": one.issue.title,
                "question": one_line(one.issue.question),
                "group": one.issue.group,
                "passages": [_passage(passage, text) for passage in one.passages],
            }
            for number, one in enumerate(text.articles, start=1)
        ],
    }
    if text.draft is not None:
        report["draft"] = text.draft.id
    if before is not None:
        report["before"] = {"as_of": before.comparison.day.isoformat(), **_summary(before)}
    return report


def _summary(text: NegotiatingText) -> dict[str, int]:
    counts = _by_group(text)[""]
    return {state: counts[state] for state in ("clean", "bracketed", "missing")}


def _passage(passage: Passage, text: NegotiatingText) -> dict[str, Any]:
    return {
        "items": [cell.item for cell in passage.cells if cell.item is not None],
        "state": state_of(passage),
        "wordings": [_wording(one, passage, text) for one in passage.wordings],
        "without_position": list(passage.without_position),
        "undecided": list(passage.undecided),
        "against": list(passage.against),
        "unanswered": list(passage.unanswered),
    }


def _wording(wording: Wording, passage: Passage, text: NegotiatingText) -> dict[str, Any]:
    table = text.comparison.common.table
    words = TextWords(text)
    outcomes = table.space(passage.cells[0]).outcomes(wording.outcomes)
    return {
        "outcomes": [outcomes_report([one]) for one in outcomes],
        "in_words": words.wording(passage, wording),
        "drafted": wording.drafted,
        "backing": [
            {
                "party": one.party,
                "conditions": [_condition(clause, text) for clause in one.conditions],
            }
            for one in wording.backing
        ],
        "provisos": words.provisos(wording),
    }


def _condition(clause: Clause, text: NegotiatingText) -> dict[str, Any]:
    table = text.comparison.common.table

    def required(cell: Cell, mask: int) -> dict[str, Any]:
        outcomes = table.space(cell).outcomes(mask)
        return {**cell_report(cell), "outcomes": [outcomes_report([one]) for one in outcomes]}

    return {
        "requires": [required(cell, mask) for cell, mask in clause.requires],
        "subject_to": clause.subject_to,
    }
