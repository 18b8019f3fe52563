"""What documents say: sources, the statements made in them, and proposals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal, get_args

from claimpos.dossier.model.agenda import NOTHING, Cell, Named
from claimpos.dossier.outcomes import Outcomes
from claimpos.records import NamedTuple

Basis = Literal["inferred", "reported", "stated"]

BASES: tuple[Basis, ...] = get_args(Basis)
"""What a statement rests on, the weakest first."""


class PartialDate(NamedTuple):
    """A year, a month or a day: as written, with its first and last day."""

    text: str
    first: date
    last: date


QUOTE_WORDS = 25
"""So many words a quote may have, unless the agenda says otherwise."""


class Source(NamedTuple):
    """A document that statements come from.

    `paragraphs` is how many its text has, 0 if they were not counted; `no_position` holds those
    in which the coder found no position, reason by reason.
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
    """Who speaks for a party or, if `outside`, about it."""

    id: str
    name: str
    role: str = ""
    outside: bool = False


class Review(NamedTuple):
    """Who has checked what a coder wrote against its source, and on which day."""

    by: str
    on: PartialDate


class Statement(NamedTuple):
    """One thing said: who said it, when, where it can be read, and how directly it is known.

    `coder` is who wrote it down, if that is recorded.
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
    """One of the bracketed alternatives of a term: its outcome, None for no text, and authors."""

    outcomes: Outcomes | None
    by: tuple[str, ...] = ()


class Term(NamedTuple):
    """What a proposal says on one issue.

    On the cells of `bracketed` it holds alternatives, and names no outcome.
    """

    outcomes: Named
    summary: str
    locator: str = ""
    bracketed: Mapping[Cell, tuple[Alternative, ...]] = NOTHING


class Proposal(NamedTuple):
    """A draft, a plan or an agreement: one outcome for each cell that it speaks of, by issue.

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
