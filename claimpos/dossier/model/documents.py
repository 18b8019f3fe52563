"""The model of documents: sources, the statements made in them, and proposals."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal, NamedTuple, get_args

from claimpos.dossier.model.agenda import NOTHING, Cell, Named
from claimpos.dossier.outcomes import Outcomes

Basis = Literal["inferred", "reported", "stated"]

BASES: tuple[Basis, ...] = get_args(Basis)
"""How a statement is known, from the weakest basis to the strongest."""


class PartialDate(NamedTuple):
    """A year, a month or a day, as it was written, with its first and last day."""

    text: str
    first: date
    last: date


QUOTE_WORDS = 25
"""The number of words that a quote may have, unless the agenda sets another."""


class Source(NamedTuple):
    """A document from which statements come.

    Attributes:
        paragraphs: The number of its paragraphs; 0 if they were not counted.
        no_position: For each reason, the paragraphs in which the coder found no position.
    """

    id: str
    title: str
    publisher: str
    date: PartialDate
    status: str
    authors: tuple[str, ...] = ()
    url: str = ""
    language: str = ""
    translation: str = ""
    note: str = ""
    archived: str = ""
    paragraphs: int = 0
    no_position: tuple[tuple[str, tuple[int, ...]], ...] = ()


class Speaker(NamedTuple):
    """Somebody who speaks for a party or, if `outside`, about it."""

    id: str
    name: str
    role: str = ""
    outside: bool = False


class Review(NamedTuple):
    """Who has checked a coder's work against the source, and on which day."""

    by: str
    on: PartialDate


class Statement(NamedTuple):
    """Something that was said: by whom, when, where it can be read, and how directly it is known.

    `coder` and `reviewed` say who recorded it and who checked that, as far as it is known.
    """

    id: str
    source: Source
    speaker: Speaker | None
    said: PartialDate
    basis: Basis
    summary: str
    quote: str = ""
    locator: str = ""
    note: str = ""
    quote_original: str = ""
    coder: str = ""
    reviewed: Review | None = None


def strongest(statements: Iterable[Statement]) -> Basis:
    """The strongest basis among some statements."""
    return max((statement.basis for statement in statements), key=BASES.index)


class Alternative(NamedTuple):
    """One of the bracketed alternatives of a term, with its authors; without outcomes, no text."""

    outcomes: Outcomes | None
    by: tuple[str, ...] = ()


class Term(NamedTuple):
    """What a proposal says on one issue: outcomes by cell or, in brackets, alternatives."""

    outcomes: Named
    summary: str
    locator: str = ""
    bracketed: Mapping[Cell, tuple[Alternative, ...]] = NOTHING


class Proposal(NamedTuple):
    """A draft, a plan or an agreement; its `terms` are by issue.

    `authors` are the ids of the parties that wrote it.
    """

    id: str
    title: str
    date: PartialDate
    status: str
    source: Source | None
    terms: Mapping[str, Term]
    authors: tuple[str, ...] = ()
    note: str = ""
