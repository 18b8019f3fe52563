"""What a rule is: a check with a code and a severity, whose docstring is its page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any, TypeVar

from claimpos.dossier.findings import Severity, SourceText
from claimpos.dossier.locate import file_of
from claimpos.dossier.model import Dossier, Entry, Party, Review
from claimpos.records import NamedTuple


class Place(NamedTuple):
    """What a check points at: a value of a file of the dossier or, with `key`, its key.

    `steps` lead to it: keys, indices in lists and, for an entry, its `Since`.
    """

    file: str
    steps: tuple[str | int | Since, ...]
    key: bool = False


class Since(NamedTuple):
    """The step to the entry that begins on a date, as it is written."""

    written: str


class Diagnostic(NamedTuple):
    """What a check has to say: where, what, and the remedy."""

    place: Place
    message: str
    hint: str


class Scope(NamedTuple):
    """What the checks look at, on which day, the age in days that is too old, and the texts.

    `aged_on` is the day up to which ages count; `unreviewed` whether reviews are asked for.
    """

    dossier: Dossier
    folder: Path
    today: date
    aged_on: date
    stale_after: int | None = None
    unreviewed: bool = False
    texts: Mapping[str, SourceText] = MappingProxyType({})


class Rule(NamedTuple):
    """A check, with the code and the severity of what it finds, and whether it takes a party."""

    code: str
    severity: Severity
    check: Callable[..., Iterator[Diagnostic]]
    of_party: bool = False


Check = TypeVar("Check", bound=Callable[..., Iterator[Diagnostic]])


def error(number: int) -> Callable[[Check], Check]:
    """Mark a check: what it finds is an error."""
    return _marked(number, "error")


def warning(number: int) -> Callable[[Check], Check]:
    """Mark a check: what it finds is a warning."""
    return _marked(number, "warning")


def note(number: int) -> Callable[[Check], Check]:
    """Mark a check: what it finds is a note."""
    return _marked(number, "note")


def _marked(number: int, severity: Severity) -> Callable[[Check], Check]:
    def mark(check: Check) -> Check:
        marked: Any = check
        marked.rule = Rule(f"CP{number}", severity, check, marked.__code__.co_argcount == 2)
        return check

    return mark


def rules_in(module: ModuleType) -> list[Rule]:
    """The rules of the checks in a module, in the order in which they stand there."""
    return [check.rule for check in vars(module).values() if hasattr(check, "rule")]


def entries_of(party: Party) -> Iterator[Entry]:
    """All entries of a party, issue by issue."""
    for entries in party.positions.values():
        yield from entries


class Piece(NamedTuple):
    """A statement or an entry: what it is, where it stands, who coded it, and its review."""

    what: str
    place: Place
    coder: str
    reviewed: Review | None

    def within(self, *steps: str) -> Place:
        """A place within it."""
        above = self.place.steps if self.place.key else self.place.steps[:-1]
        return Place(self.place.file, (*above, *steps))


def pieces_of(party: Party) -> Iterator[Piece]:
    """All statements of a party, then all its entries."""
    for one in party.statements.values():
        place = at_statement(party.id, one.id, key=True)
        yield Piece("statement", place, one.coder, one.reviewed)
    for entry in entries_of(party):
        yield Piece("entry", at(party, entry, "since"), entry.coder, entry.reviewed)


def at_statement(party: str, statement: str, *steps: str, key: bool = False) -> Place:
    """A place within a statement."""
    return Place(file_of(party), ("statements", statement, *steps), key)


def at(party: Party, entry: Entry, *steps: str | int, key: bool = False) -> Place:
    """A place within an entry."""
    begun = Since(entry.since.text)
    return Place(file_of(party.id), ("positions", entry.issue, begun, *steps), key)
