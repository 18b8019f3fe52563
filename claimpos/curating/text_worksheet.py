"""The worksheet of a text: its passages, with room to map them to the agenda, and suggestions.

Suggestions follow from words that a passage has in common with the agenda, and no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from claimpos.curating.sheet_form import SheetLines, fingerprint
from claimpos.curating.text_form import HOLDS, SUGGESTED, TITLE
from claimpos.curating.worksheet import names_of
from claimpos.dossier.lookup import id_words
from claimpos.dossier.model import Dossier, Issue
from claimpos.dossier.search import WORD, stem
from claimpos.importing.text_document import Passage, TextDocument
from claimpos.records import NamedTuple
from claimpos.rendering.text import safe
from claimpos.wording.worksheet import (
    HOW_TO_MAP,
    how_read,
    issues_in_words,
    parties_in_words,
    shared_words,
)

WIDTH = 98


def text_worksheet(dossier: Dossier, document: TextDocument, name: str, width: int = WIDTH) -> str:
    """The text of a worksheet.

    Args:
        dossier: What the text is mapped to.
        document: The text.
        name: A name for the proposal to be.
        width: How long lines may be; only a longer word exceeds it.
    """
    made = _Sheet(dossier, document, SheetLines(width))
    cells = in_cells(document.heads, [one.cells for one in document.passages])
    lines = [f"{TITLE} {safe(document.title)[:200]}", ""]
    lines += [
        f"proposal: {SUGGESTED} {id_words(name)}",
        f"title: {SUGGESTED} {safe(document.title)}",
    ]
    lines += ["date:", "status:", "source:", "authors:", f"text: {fingerprint(cells)}", ""]
    told = [*how_read(document.read), *HOW_TO_MAP, parties_in_words(dossier)]
    lines += [*made.lines.remarks(told), "", *made.lines.remarks(issues_in_words(dossier))]
    for group in made.passages():
        lines += ["", *group]
    return "\n".join(lines) + "\n"


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

    def _passage(self, passage: Passage) -> Iterator[str]:
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

    def _cells(self, passage: Passage) -> Iterator[str]:
        """The cells of a row; neighbours with the same text are shown once."""
        at = 1
        for cell, same in groupby(passage.cells):
            count = len([*same])
            if cell:
                last = f"s {at} to {at + count - 1}" if count > 1 else f" {at}"
                yield from (f"### column{last}", *self.lines.text(cell))
            at += count

    def _outcomes(self, passage: Passage, issue: Issue | None) -> Iterator[str]:
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


# ---- suggestions ----

_OUTERMOST = re.compile(r"\[([^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\]")
_BEHIND = re.compile(r"\s?\(([^()]{1,200})\)")
_WORDS = re.compile(r"\w+")
_NO_TEXT = ("no text", "none")
_DASHES = (" – ", " — ", " - ")
_BETWEEN = re.compile(r"[,;/&+]|\band\b")
_FIGURE = re.compile(r"(?<![\w.,])\d+(?:\.\d+)?(?![\w,]|\.\d)")
_NOT_OF_NAMES = "⁰¹²³⁴⁵⁶⁷⁸⁹ *"
_LONGEST_BRACKET = 2_000
_SMALL = frozenset(
    (
        *("a", "an", "and", "any", "are", "as", "at", "be", "been", "both", "by", "can", "do"),
        *("does", "for", "from", "have", "how", "if", "in", "into", "is", "it", "its", "may"),
        *("must", "of", "on", "or", "other", "shall", "should", "than", "that"),
        *("the", "their", "them", "there", "these", "they", "this", "to", "under", "up", "was"),
        *("what", "when", "where", "whether", "which", "who", "will", "with", "without", "would"),
    )
)
COLUMNS = {
    "provision": (
        "no ",
        "nr ",
        "row ",
        "provision",
        "article",
        "issue",
        "topic",
        "subject",
        "point",
    ),
    "compromise": (
        "compromise",
        "agreed",
        "agreement",
        "consolidated",
        "bridging",
        "proposed text",
    ),
    "remarks": ("status", "comment", "remark", "note"),
}
"""What a column may hold besides a party's text, and the words in its head that suggest it."""

_LEAST, _AHEAD = 1.2, 1.5
_COMMON = 50
"""A word that suggests more issues than this suggests none."""
_LONGEST_HEAD = 200
"""How many words of the head of a column are looked at."""


class Bracket(NamedTuple):
    """Words in brackets, and the parties that the text names as their authors."""

    words: str
    by: tuple[str, ...]


class IssueSuggested(NamedTuple):
    """An issue, or `issue.item`, and the words that speak for it."""

    name: str
    issue: Issue
    words: tuple[str, ...]


class Suggestions:
    """Suggests what passages say, from the agenda and the parties of a dossier."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._issues: dict[str, list[str]] = {}
        for issue in dossier.issues.values():
            for word in _words_of(issue):
                self._issues.setdefault(word, []).append(issue.id)
        self._labels: dict[str, dict[str, frozenset[str]]] = {}
        self._parties = {
            _folded(name): party.id
            for party in dossier.parties.values()
            for name in names_of(party)
            if name
        }
        self._most_words = max((len(name.split()) for name in self._parties), default=0)

    def issue(self, text: str) -> IssueSuggested | None:
        """The issue that has clearly more words in common with a text than any other."""
        found = _stems(text)
        telling = {
            word: issues
            for word in found
            if len(issues := self._issues.get(word, ())) <= _COMMON and issues
        }
        scores: dict[str, float] = {}
        for issues in telling.values():
            for name in issues:
                scores[name] = scores.get(name, 0) + 1 / len(issues)
        ranked = sorted(scores.items(), key=lambda one: -one[1])[:2]
        if not ranked or ranked[0][1] < _LEAST:
            return None
        if len(ranked) > 1 and ranked[0][1] < _AHEAD * ranked[1][1]:
            return None
        issue = self._dossier.issues[ranked[0][0]]
        shared = [word for word, issues in telling.items() if issue.id in issues]
        shared.sort(key=lambda word: len(telling[word]))
        items = [item for item, label in issue.items.items() if {*_stems(label)} <= found.keys()]
        name = f"{issue.id}.{items[0]}" if len(items) == 1 else issue.id
        return IssueSuggested(name, issue, tuple(found[word] for word in shared))

    def outcome(self, issue: Issue, words: str) -> str:
        """The only outcome of an issue that a wording names; empty if there is none."""
        if words.casefold() in _NO_TEXT:
            return "none"
        if issue.kind == "quantity":
            figures = _FIGURE.findall(words)
            return figures[0] if len(figures) == 1 else ""
        found = _stems(words).keys()
        if issue.id not in self._labels:
            labels = issue.options.items()
            self._labels[issue.id] = {option: frozenset(_stems(label)) for option, label in labels}
        named = [
            option
            for option, stems in self._labels[issue.id].items()
            if stems and (stems <= found or (found and found <= stems))
        ]
        return named[0] if len(named) == 1 else ""

    def party(self, name: str) -> str:
        """The party that a text calls so; empty if none is."""
        return self._parties.get(_folded(name), "")

    def column(self, head: str) -> str:
        """What a column of this head holds: a party's text, or one of COLUMNS; empty if unclear."""
        single = _WORDS.findall(_folded(head))[:_LONGEST_HEAD]
        words = f" {' '.join(single)} "
        named = {
            party
            for first in range(len(single))
            for last in range(first, min(first + self._most_words, len(single)))
            if (party := self._parties.get(" ".join(single[first : last + 1])))
        }
        if len(named) == 1:
            return named.pop()
        told = [name for name, signs in COLUMNS.items() if any(f" {one}" in words for one in signs)]
        return told[0] if len(told) == 1 and not named else ""

    def brackets(self, text: str) -> list[Bracket]:
        """What stands in brackets, the outermost; with its authors, where the text names them."""
        found = []
        for match in _OUTERMOST.finditer(text):
            words = " ".join(match[1].split())
            if len(words) > _LONGEST_BRACKET or not WORD.search(words):
                continue
            behind = _BEHIND.match(text, match.end())
            by = self._named(behind[1]) if behind else ()
            found.append(Bracket(words, by) if by else self._with_authors(words))
        return found

    def _with_authors(self, words: str) -> Bracket:
        """The authors of words as they stand there: `Port: 5`, `5 (port)` or `5 – port`."""
        names, _, rest = words.partition(": ")
        if rest and (by := self._named(names)):
            return Bracket(rest, by)
        if words.endswith(")"):
            rest, _, names = words[:-1].rpartition("(")
        else:
            rest, names = max((words.rpartition(dash)[::2] for dash in _DASHES), key=_first_length)
        if rest.strip() and (by := self._named(names)):
            return Bracket(rest.strip(), by)
        return Bracket(words, ())

    def _named(self, names: str) -> tuple[str, ...]:
        """The parties in a list of names; none if any name is not that of a party."""
        parts = _BETWEEN.split(names.strip(_NOT_OF_NAMES))
        parties = [self.party(part) for one in parts if (part := one.strip())]
        return tuple(dict.fromkeys(parties)) if parties and all(parties) else ()


def _first_length(pair: tuple[str, str]) -> int:
    return len(pair[0])


def _folded(name: str) -> str:
    return " ".join(name.strip(_NOT_OF_NAMES).casefold().removeprefix("the ").split())


def _stems(text: str) -> dict[str, str]:
    """The words of a text that say something, by their stems, in its order."""
    words = (word for word in WORD.findall(text) if _says_something(word))
    found: dict[str, str] = {}
    for word in words:
        found.setdefault(stem(word), word)
    return found


def _says_something(word: str) -> bool:
    return len(word) > 1 and not word[0].isdigit() and word.casefold() not in _SMALL


def _words_of(issue: Issue) -> frozenset[str]:
    texts: Sequence[str] = [issue.title, issue.question]
    labels: Iterable[str] = [*issue.options.values(), *issue.items.values()]
    return frozenset(word for text in (*texts, *labels) for word in _stems(text))
