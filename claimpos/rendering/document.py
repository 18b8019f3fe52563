"""A report laid out: what it says, in which order, and what each part is; no markup, no width.

A report makes a Document once; a renderer of `renderers` lays it out for a target. Texts are
those of a dossier or from `wording`, and nothing in them is made inert yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

Mark = Literal["", "overlap", "conflict", "unresolved", "strong", "emphasis", "address"]
"""What a part of a text is: a verdict, words that stand out, a web address; "" for plain text.

Labels are marked within any text, by `claimpos.wording.labels`.
"""


class Span(NamedTuple):
    """A part of a text that is marked."""

    text: str
    mark: Mark = ""


Text: TypeAlias = str | Span | tuple[str | Span, ...]


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
    items: Sequence[Item] = ()
    dash: bool = False
    """Whether it is of another kind than the point above it, and needs a dash to be told apart."""


class List(NamedTuple):
    """Points, and points below them."""

    items: Sequence[Item]


class Table(NamedTuple):
    """A table; in a cell, a line end parts what is best read on lines of its own."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    form: Literal["cells", "short", "prose"] = "cells"
    """Whether rows are short and many, or the columns hold sentences and need equal room."""
    narrow: Table | None = None
    """The same in less room, for a terminal: always, or of prose where the columns do not fit."""


class Numbered(NamedTuple):
    """A numbered matter: its name, what there is to say of it, and points."""

    number: str
    title: str
    texts: Sequence[str]
    points: Sequence[str]


class Group(NamedTuple):
    """Blocks that belong together more closely than others do."""

    blocks: Sequence[Block]


class Section(NamedTuple):
    """A heading, and what belongs below it and nowhere else."""

    heading: Heading
    blocks: Sequence[Block]


Block: TypeAlias = Heading | Paragraph | Facts | List | Table | Numbered | Group | Section


class Document(NamedTuple):
    """A whole report."""

    blocks: Sequence[Block]


def headed(heading: Heading, *texts: Text) -> Group:
    """A heading with paragraphs right below it."""
    return Group([heading, *map(Paragraph, texts)])


def paragraphs(texts: Sequence[Text]) -> Group:
    """Paragraphs that belong together."""
    return Group([Paragraph(text) for text in texts])


def spans(text: Text) -> Sequence[Span]:
    """A text as its parts."""
    if isinstance(text, str):
        return (Span(text),)
    if isinstance(text, Span):
        return (text,)
    return [part if isinstance(part, Span) else Span(part) for part in text]


def plain(text: Text) -> str:
    """A text without its marks."""
    return "".join(span.text for span in spans(text))
