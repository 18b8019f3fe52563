"""Rules: checks with a code and a severity, whose docstrings are their pages."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any, NamedTuple, TypeVar

from claimpos.dossier.findings import Severity, SourceText
from claimpos.dossier.locate import file_of
from claimpos.dossier.model import Answer, Dossier, Entry, Party, Statement


class Place(NamedTuple):
    """The place that a check reports: a value in a file of the dossier or, with `key`, its key.

    The `steps` to it are keys, indices in lists and, for an entry, its `Since`. If the place is no
    value, the only step is a `Spot`.
    """

    file: str
    steps: "tuple[str | int | Since | Spot, ...]"
    key: bool = False


class Since(NamedTuple):
    """The step to the entry that begins on a date, which is given as it is written."""

    written: str


class Spot(NamedTuple):
    """A place in the text of a file; lines and columns count from 1."""

    line: int
    column: int


class Diagnostic(NamedTuple):
    """What a check reports: the place, what is wrong, and the remedy."""

    place: Place
    message: str
    hint: str


class Scope(NamedTuple):
    """What checks look at.

    Attributes:
        dossier: The dossier.
        folder: Its folder.
        today: The day of the check.
        aged_on: The day on which the ages of positions are counted.
        stale_after: The age in days from which on a position is stale, if age matters.
        unreviewed: Whether to report what nobody has reviewed.
        texts: The files as they were read, by name.
    """

    dossier: Dossier
    folder: Path
    today: date
    aged_on: date
    stale_after: int | None = None
    unreviewed: bool = False
    texts: Mapping[str, SourceText] = MappingProxyType({})


class Rule(NamedTuple):
    """A check with its code and severity.

    A check `of_party` takes a party and the scope; any other takes the scope.
    """

    code: str
    severity: Severity
    check: Callable[..., Iterator[Diagnostic]]
    of_party: bool = False


Check = TypeVar("Check", bound=Callable[..., Iterator[Diagnostic]])


def error(number: int) -> Callable[[Check], Check]:
    """Mark a check whose findings are errors."""
    return _marked(number, "error")


def warning(number: int) -> Callable[[Check], Check]:
    """Mark a check whose findings are warnings."""
    return _marked(number, "warning")


def note(number: int) -> Callable[[Check], Check]:
    """Mark a check whose findings are notes."""
    return _marked(number, "note")


def _marked(number: int, severity: Severity) -> Callable[[Check], Check]:
    def mark(check: Check) -> Check:
        marked: Any = check
        marked.rule = Rule(f"CP{number}", severity, check, marked.__code__.co_argcount == 2)
        return check

    return mark


def rules_in(module: ModuleType) -> list[Rule]:
    """The rules in a module, in its order."""
    return [check.rule for check in vars(module).values() if hasattr(check, "rule")]


def entries_of(party: Party) -> Iterator[Entry]:
    """All entries of a party, issue by issue."""
    for entries in party.positions.values():
        yield from entries


def answers_of(party: Party) -> Iterator[Answer]:
    """All answers of a party to texts, text by text."""
    for answers in party.answers.values():
        yield from answers


class Piece(NamedTuple):
    """A statement or an entry of a party; its place is made only when it is asked for."""

    party: Party
    held: Statement | Entry

    @property
    def what(self) -> str:
        """Which of them it is."""
        return "statement" if isinstance(self.held, Statement) else "entry"

    @property
    def place(self) -> Place:
        """Where it begins."""
        if isinstance(self.held, Statement):
            return at_statement(self.party.id, self.held.id, key=True)
        return at(self.party, self.held, "since")

    def within(self, *steps: str) -> Place:
        """A place within it."""
        if isinstance(self.held, Statement):
            return at_statement(self.party.id, self.held.id, *steps)
        return at(self.party, self.held, *steps)


def pieces_of(party: Party) -> Iterator[Piece]:
    """All statements of a party, then all its entries."""
    for statement in party.statements.values():
        yield Piece(party, statement)
    for entry in entries_of(party):
        yield Piece(party, entry)


def at_statement(party: str, statement: str, *steps: str, key: bool = False) -> Place:
    """A place within a statement."""
    return Place(file_of(party), ("statements", statement, *steps), key)


def at(party: Party, entry: Entry, *steps: str | int, key: bool = False) -> Place:
    """A place within an entry."""
    begun = Since(entry.since.text)
    return Place(file_of(party.id), ("positions", entry.issue, begun, *steps), key)


def at_answer(party: Party, answer: Answer, *steps: str) -> Place:
    """A place within an answer to a text."""
    begun = Since(answer.since.text)
    return Place(file_of(party.id), ("answers", answer.text, begun, *steps))
