"""A report as blocks in order: headings, paragraphs, lists, tables; without markup or width.

A report makes a Document once; a renderer of `renderers` lays it out for a target. Texts are
those of a dossier or from `wording`, and nothing in them is made inert yet.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from claimpos.comparison.reasons import Verdict
from claimpos.wording.names import written_month

Mark = Literal["", "overlap", "conflict", "unresolved", "strong", "emphasis", "address", "notes"]
"""What a part of a text is: a verdict, words that stand out, a web address; "" for plain text.

Where it is "notes", the text is the numbers of notes, with blanks between them. Labels are marked
within any text, by `claimpos.wording.dossier_texts`.
"""


Sign: TypeAlias = Verdict | Literal["silent"]
SIGNS: dict[Sign, str] = {"overlap": "●", "unresolved": "○", "silent": "·", "conflict": "×"}
"""What stands for a verdict where there is no room for a word; it needs a legend.

Where an issue is unresolved because a party has no recorded position, it is "silent".
"""


class MarkedText(NamedTuple):
    """A part of a text that is marked."""

    text: str
    mark: Mark = ""


Text: TypeAlias = str | MarkedText | tuple[str | MarkedText, ...]


class Heading(NamedTuple):
    """A heading, for what follows it."""

    text: str
    rank: Literal["title", "section", "part", "detail"] = "section"
    mark: Mark = ""
    number: str = ""


class Paragraph(NamedTuple):
    """One paragraph of running text."""

    text: Text


class Facts(NamedTuple):
    """Short statements, one below another; without a full stop, which running text adds."""

    texts: Sequence[Text]


class Item(NamedTuple):
    """A point of a list, with the points below it."""

    text: Text
    items: "Sequence[Item]" = ()
    dash: bool = False
    """Whether a dash sets it apart, because it is of another kind than the point above it."""


class List(NamedTuple):
    """Points, and points below them."""

    items: Sequence[Item]


class Table(NamedTuple):
    """A table; in a cell, a line end parts what is best read on lines of its own."""

    header: Sequence[str]
    rows: Sequence[Sequence[Text]]
    form: Literal["cells", "short", "prose"] = "cells"
    """Whether rows are short and many, or the columns hold sentences and need equal room."""
    narrow: "Table | None" = None
    """The same in less room, for a terminal: always, or of prose where the columns do not fit."""


class Numbered(NamedTuple):
    """A numbered point with its name, some paragraphs, and a list."""

    number: str
    title: str
    texts: Sequence[str]
    points: Sequence[str]


class Trend(NamedTuple):
    """How a verdict ran: at each point in time, and now in words."""

    title: str
    verdicts: Sequence[Sign]
    now: str


class Chart(NamedTuple):
    """A picture of how verdicts ran, one row for each; the columns are points in time."""

    header: tuple[str, str, str]
    points: Sequence[str]
    rows: Sequence[Trend]


class Note(NamedTuple):
    """What a number in the text refers to."""

    number: int
    text: Text


class Notes(NamedTuple):
    """The notes of a document, in the order in which its text first refers to them."""

    notes: Sequence[Note]


class PageBreak(NamedTuple):
    """What follows begins on a page of its own, where there are pages."""


class Group(NamedTuple):
    """Blocks that belong together more closely than others do."""

    blocks: "Sequence[Block]"


class Section(NamedTuple):
    """A heading, and what belongs below it and nowhere else."""

    heading: Heading
    blocks: "Sequence[Block]"


Leaf: TypeAlias = Heading | Paragraph | Facts | List | Table | Numbered
Block: TypeAlias = Leaf | Chart | Notes | PageBreak | Group | Section


class Document(NamedTuple):
    """A whole report."""

    blocks: Sequence[Block]

    def headings(self) -> Iterator[Heading]:
        """The headings in order."""
        return (block for block in _all(self.blocks) if isinstance(block, Heading))

    def characters(self) -> int:
        """The number of characters of all texts."""
        return _characters(self.blocks)

    def notes(self) -> Iterator[Note]:
        """The notes in order."""
        return (
            one for block in _all(self.blocks) if isinstance(block, Notes) for one in block.notes
        )


def _all(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks and what they hold."""
    for block in blocks:
        match block:
            case Group(within):
                yield from _all(within)
            case Section(heading, within):
                yield from _all([heading, *within])
            case _:
                yield block


def _characters(part: object) -> int:
    if isinstance(part, str):
        return len(part)
    return sum(map(_characters, part)) if isinstance(part, tuple | list) else 0


def filled(form: str, **places: Text) -> Text:
    """A template with texts in its places, of which each part keeps its mark.

    Parts without a mark that follow each other become one.
    """
    parts: list[MarkedText] = []
    for at, part in enumerate(re.split(r"\{(\w+)\}", form)):
        for span in spans(places[part] if at % 2 else part):
            if parts and parts[-1].mark == span.mark == "":
                parts[-1] = MarkedText(parts[-1].text + span.text)
            elif span.text:
                parts.append(span)
    return tuple(span if span.mark else span.text for span in parts)


def initial(month: str) -> str:
    """The first letter of a month that is written YYYY-MM."""
    return written_month(date.fromisoformat(f"{month}-01"))[0]


def headed(heading: Heading, *texts: Text) -> Group:
    """A heading with paragraphs right below it."""
    return Group([heading, *map(Paragraph, texts)])


def paragraphs(texts: Sequence[Text]) -> Group:
    """Paragraphs that belong together."""
    return Group([Paragraph(text) for text in texts])


def spans(text: Text) -> Sequence[MarkedText]:
    """A text as its parts."""
    if isinstance(text, str):
        return (MarkedText(text),)
    if isinstance(text, MarkedText):
        return (text,)
    return [part if isinstance(part, MarkedText) else MarkedText(part) for part in text]


def lines_of(text: Text) -> list[tuple[MarkedText, ...]]:
    """A text as its lines, each as its parts."""
    lines: list[list[MarkedText]] = [[]]
    for span in spans(text):
        first, *others = span.text.split("\n")
        lines[-1].append(span._replace(text=first))
        lines += [[span._replace(text=line)] for line in others]
    return [tuple(line) for line in lines]


def plain(text: Text) -> str:
    """A text without its marks."""
    if isinstance(text, str):
        return text
    return "".join(f"[{span.text}]" if span.mark == "notes" else span.text for span in spans(text))


def runs_of(numbers: Iterable[int]) -> list[list[int]]:
    """Numbers in ascending order, in runs of consecutive numbers."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def stretches(numbers: Iterable[int]) -> list[str]:
    """Numbers in ascending order, with three or more consecutive ones written as 3–5."""
    return [
        f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run))
        for run in runs_of(numbers)
    ]
