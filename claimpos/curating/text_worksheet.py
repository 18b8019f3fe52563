"""The worksheet of a text: its passages, with room to map them to the agenda, and suggestions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from claimpos.curating.sheet_form import WIDTH, NewSheet, SheetLines, fingerprint
from claimpos.curating.text_form import HOLDS, SUGGESTED, TITLE
from claimpos.curating.text_suggestions import Suggestions
from claimpos.dossier.lookup import id_words
from claimpos.dossier.model import Dossier, Issue
from claimpos.importing.text_document import TextDocument, TextPassage
from claimpos.rendering.text import safe
from claimpos.wording.worksheet import (
    HOW_TO_MAP,
    how_read,
    issues_in_words,
    parties_in_words,
    shared_words,
    text_sheet_for,
)


def text_worksheet(dossier: Dossier, document: TextDocument, name: str) -> str:
    """The text of a worksheet; raises WrongUsage if it would be too large to be read back.

    Args:
        dossier: What the text is mapped to.
        document: The text.
        name: A name for the proposal to be.
    """
    made = _Sheet(dossier, document, SheetLines(WIDTH))
    cells = in_cells(document.heads, [one.cells for one in document.passages])
    lines = [f"{TITLE} {safe(document.title)[:200]}", ""]
    lines += [
        f"proposal: {SUGGESTED} {id_words(name)}",
        f"title: {SUGGESTED} {safe(document.title)}",
    ]
    lines += ["date:", "status:", "source:", "authors:"]
    lines += [f"heading: {safe(document.heading)}"] if document.heading else []
    lines += [f"text: {fingerprint(cells)}", ""]
    parts = [*how_read(document.read), *HOW_TO_MAP, parties_in_words(dossier)]
    lines += [*made.lines.remarks(parts), "", *made.lines.remarks(issues_in_words(dossier))]
    sheet = NewSheet(text_sheet_for(len(document.passages)))
    sheet.add(lines)
    for group in made.passages():
        sheet.add(["", *group])
    return sheet.text()


def in_cells(heads: Sequence[Sequence[str]], passages: Sequence[Sequence[str]]) -> list[str]:
    """The texts in the heads of tables and in passages, each after the number of its cell."""
    return [
        f"{at}: {cell}" for cells in (*heads, *passages) for at, cell in enumerate(cells) if cell
    ]


class _Sheet:
    def __init__(self, dossier: Dossier, document: TextDocument, lines: SheetLines) -> None:
        self.lines = lines
        self._document = document
        self._suggestions = Suggestions(dossier)
        self._holds: list[list[str]] = []

    def passages(self) -> Iterator[list[str]]:
        """The parts of the sheet: the head of each table, articles and rows."""
        counts = {"art.": 0, "row": 0}
        heads = [*enumerate(self._document.heads, 1)]
        for passage in self._document.passages:
            while heads and heads[0][0] <= passage.table:
                yield self._head(*heads.pop(0))
            kind = "row" if passage.table else "art."
            counts[kind] += 1
            yield [f"## {kind} {counts[kind]}", *self._passage(passage)]
        for number, head in heads:
            yield self._head(number, head)

    def _head(self, number: int, head: Sequence[str]) -> list[str]:
        holds = [self._suggestions.column(cell) for cell in head]
        self._holds.append(holds)
        lines = [f"## table {number}"]
        for at, (cell, suggested) in enumerate(zip(head, holds, strict=True), 1):
            lines += ["", f"### column {at}", *self.lines.text(cell)]
            lines.append(_field(HOLDS, suggested))
        return lines

    def _passage(self, passage: TextPassage) -> Iterator[str]:
        yield ""
        if passage.table:
            yield from self._cells(passage)
        else:
            yield from self.lines.text(passage.cells[0])
        yield ""
        found = self._suggestions.issue(" ".join(passage.cells))
        if found:
            yield from self.lines.remarks([shared_words(found.words)])
        yield _field("issue", found.name if found else "")
        issue = found.issue if found else None
        if passage.table:
            yield from self._outcomes(passage, issue)
        else:
            yield "outcome:"
        yield "summary:"
        yield f"locator: {passage.locator}".rstrip()
        if not passage.table:
            yield from self._alternatives(passage.cells[0], issue)

    def _cells(self, passage: TextPassage) -> Iterator[str]:
        """The cells of a row; neighbours with the same text are shown once."""
        at = 1
        for cell, same in groupby(passage.cells):
            count = len([*same])
            if cell:
                last = f"s {at} to {at + count - 1}" if count > 1 else f" {at}"
                yield from (f"### column{last}", *self.lines.text(cell))
            at += count

    def _outcomes(self, passage: TextPassage, issue: Issue | None) -> Iterator[str]:
        holds = self._holds[passage.table - 1]
        for at, (cell, held) in enumerate(zip(passage.cells, holds, strict=True), 1):
            if held not in ("provision", "remarks"):
                suggested = self._suggestions.outcome(issue, cell) if issue else ""
                yield _field(f"column {at}", suggested)

    def _alternatives(self, text: str, issue: Issue | None) -> Iterator[str]:
        for words, by in self._suggestions.brackets(text):
            yield f"alternative: {words}"
            yield _field("outcome", self._suggestions.outcome(issue, words) if issue else "")
            yield _field("by", ", ".join(by))


def _field(key: str, suggested: str) -> str:
    return f"{key}: {SUGGESTED} {suggested}" if suggested else f"{key}:"
