"""What all readers use: checks of forms, such as a text, an id or a date; and collected errors."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property, lru_cache
from itertools import islice
from os.path import basename, splitext
from typing import TypeVar

from claimpos.dossier.dates import is_date, no_such_day, partial_date
from claimpos.dossier.findings import Finding, Findings, SourceText, Span, cut
from claimpos.dossier.limits import how_to_raise, limit, limits
from claimpos.dossier.looks import shows_nothing
from claimpos.dossier.model import Issue, PartialDate
from claimpos.dossier.nodes import Map, Node, Seq
from claimpos.dossier.outcomes import Number

T = TypeVar("T")

# With more findings than these in a file, or in all, no similar names are looked for, because that
# takes time.
_SUGGESTIONS = 50
_SUGGESTIONS_IN_ALL = 200

# So many known names are compared for one file, and one look at them costs as much as some.
_COMPARED, _COMPARED_AT_LEAST = 1_000_000, 10_000

_LONG_NAME = 60

RESERVED = frozenset({"all", "any", "none", "if", "outcome", "subject-to", "bracketed"})

_MARKS_OF_LABELS = str.maketrans("⟨⟩", "‹›")

_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")


class Misshapen(Exception):
    """A piece of a file does not have the form that its schema demands."""


class Register(dict[str, T]):
    """The pieces of a file by id, and the ids of all pieces in it, readable or not.

    `written` is None if the file could not be read, so that it may hold any id.
    """

    written: Collection[str] | None = None

    def lacks(self, name: str) -> bool:
        """Whether it is certain that there is no such id."""
        return self.written is not None and name not in self.written


class Totals:
    """Totals over the files read so far, for the limits on a dossier.

    Attributes:
        findings: The findings.
        cells: The cells that `all` stands for.
        cited: The characters of statements, counted once for each position that cites them.
        named: The characters of ids and labels of options and items, each time that one is named.
        days: The statements and notes of each entry, times their different days.
        renamed: The new ids of issues by each old one, once they have been asked for.
    """

    findings = 0
    cells = 0
    cited = 0
    named = 0
    days = 0
    renamed: dict[str, list[str]] | None = None

    @cached_property
    def limits(self) -> Mapping[str, int]:
        """The limits, which are asked for with each position."""
        return limits()


class Reading:
    """Collects the findings while one file of a dossier is read.

    Attributes:
        source: The file.
        beside: The names, without their ending, of all files of its kind.
        findings: What is wrong with it.
        totals: Totals over this file and those read before.
        misshapen: Whether a piece of it does not have the form of its schema.
    """

    def __init__(
        self,
        source: SourceText,
        totals: Totals | None = None,
        beside: Collection[str] = (),
    ) -> None:
        self.source = source
        self.beside = beside
        self.findings = Findings()
        self.totals = totals or Totals()
        self.misshapen = False
        self._longest_title = limit("title-characters")

    @property
    def stem(self) -> str:
        """The folder's name, or the file's without its ending, which the id in it must equal."""
        name = basename(self.source.path)
        return name if self.source.files else splitext(name)[0]

    @property
    def has_few(self) -> bool:
        """Whether there are so few findings that there is time to explain each in detail."""
        return are_few(len(self.findings), self.totals.findings)

    def fault(self, code: str, span: Span, message: str, hint: str = "") -> None:
        self.findings.add(Finding(code, self.source, span, message, hint))

    def unknown(self, code: str, span: Span, what: str, name: str, known: Iterable[str]) -> None:
        """Report a name that refers to nothing, and suggest similar ones."""
        hint = did_you_mean(name, known) if self.has_few else some_of(known)
        self.fault(code, span, f"there is no {what} “{name}”", hint)

    def check_stem(self, found: Map, key: str) -> None:
        """Report a file or a folder that is not named after the id in it."""
        name = identifier(found[key])
        if name == self.stem:
            return
        what, ending = ("folder", "") if self.source.files else ("file", ".yaml")
        proper = f"{name}{ending}"
        hint = f"rename the {what} to {proper}, or correct the id"
        if name in self.beside:
            hint = f"{proper} stands beside it: delete one of the two, or correct the id"
        message = f"the {what} is called {self.stem}{ending}, but its {key} “{name}”"
        self.fault("CP308", found.at(key), message, hint)

    def known(self, found: Map, key: str, code: str, those: Register[T]) -> T | None:
        """The piece with an id; None if it is unreadable, or unknown, which is reported."""
        name = identifier(found[key])
        piece = those.get(name)
        if piece is None and those.lacks(name):
            self.unknown(code, found.at(key), key, name, those)
        return piece

    def unknown_issue(self, span: Span, name: str, issues: Mapping[str, Issue]) -> None:
        """Report an issue that is not on the agenda, with its new id if it was renamed."""
        what = "issue on the agenda called"
        if self.totals.renamed is None:
            self.totals.renamed = {}
            for issue in issues.values():
                for old in issue.formerly:
                    self.totals.renamed.setdefault(old, []).append(issue.id)
        renamed = self.totals.renamed.get(name, ())
        if len(renamed) != 1:
            self.unknown("CP301", span, what, name, issues)
            return
        hint = f"write “{renamed[0]}”, its new id"
        self.fault("CP301", span, f"there is no {what} “{name}”", hint)

    def each(
        self, node: Node, read: Callable[[Map, str], T | None], at_least: int = 0
    ) -> Register[T]:
        """Read every value of a map by id, leaving out pieces that do not have their form.

        Raises Misshapen if `node` is no map, or has fewer than `at_least` values.
        """
        holder = mapping(node)
        pieces: Register[T] = Register()
        pieces.written = holder.keys()
        if len(holder) < at_least:
            raise Misshapen
        for key in holder:
            try:
                self.check_length(holder.key_at, key, identifier(key), "an id")
                piece = read(holder, key)
            except Misshapen:
                self.misshapen = True
                continue
            if piece is not None:
                pieces[key] = piece
        return pieces

    def title(self, fields: Map, key: str) -> str:
        """Read a name, a title or a unit, which must be short because reports repeat it.

        It comes out on one line, with one blank between words, because in a table, a further line
        could pass for one of the report's.
        """
        written = text(fields[key])
        if written != " ".join(written.split()):
            written = " ".join(written.split()) or written
        self.check_length(fields.at, key, written, "a name, a title or a unit")
        if shows_nothing(written):
            message = "a name, a title or a unit of which nothing is seen"
            self.fault("CP207", fields.at(key), message, "write a letter, figure or sign")
        return written

    def optional_title(self, fields: Map, key: str) -> str:
        return self.title(fields, key) if key in fields else ""

    def check_length(self, at: Callable[[str], Span], key: str, written: str, what: str) -> None:
        """Report a text that is too long for reports to repeat it."""
        if len(written) > self._longest_title:
            message = f"{what} of more than {self._longest_title:,} characters"
            self.fault("CP109", at(key), message, f"shorten it; {how_to_raise('title-characters')}")

    def date(self, fields: Map, key: str) -> PartialDate:
        """Read a date; one that names no day of the calendar is reported, and read as its month."""
        text = date_text(fields[key])
        try:
            return partial_date(text)
        except ValueError:
            self.fault("CP407", fields.at(key), no_such_day(text), "correct the date")
            return partial_date(text[:7])


def are_few(findings: int, earlier: int) -> bool:
    """Whether there is time to suggest names, with so many findings in this and earlier files."""
    return findings < _SUGGESTIONS and earlier + findings < _SUGGESTIONS_IN_ALL


def did_you_mean(name: str, known: Iterable[str], most: int = 6) -> str:
    """A hint with the known names that are similar to this one or, if none is, some of them."""
    from claimpos.dossier.lookup import nearest

    names = list(known)
    if near := nearest(name, names)[:2]:
        return "did you mean " + " or ".join(f"“{one}”" for one in near) + "?"
    return some_of(names, most)


class NearNames:
    """Hints that name the nearest of known names, until looking for them has taken long enough."""

    def __init__(self) -> None:
        self._left = _COMPARED

    def hint(self, name: str, known: Collection[str], most: int = 6) -> str:
        """What `did_you_mean` says of a name, or in the end `some_of`."""
        self._left -= _COMPARED_AT_LEAST + len(known)
        return did_you_mean(name, known, most) if self._left >= 0 else some_of(known, most)


def some_of(known: Iterable[str], most: int = 6) -> str:
    """A hint with some of the known names, at most `most`."""
    names = list(islice(known, most + 1))
    if not names:
        return "none is defined"
    more = ", …" if len(names) > most else ""
    return f"known: {', '.join(cut(one, _LONG_NAME) for one in names[:most])}{more}"


def mapping(node: Node) -> Map:
    if not isinstance(node, Map):
        raise Misshapen
    return node


def sequence(node: Node) -> Seq:
    if not isinstance(node, Seq) or not node:
        raise Misshapen
    return node


def fields(node: Node, required: frozenset[str], allowed: frozenset[str]) -> Map:
    """A map with all of the required keys and no others than those allowed; else Misshapen."""
    found = mapping(node)
    if len(found) > len(allowed) or not _fits(tuple(found), required, allowed):
        raise Misshapen
    return found


@lru_cache(maxsize=1024)  # most entries, and most statements, have the same few keys
def _fits(keys: tuple[str, ...], required: frozenset[str], allowed: frozenset[str]) -> bool:
    return required <= set(keys) <= allowed


def text(node: Node) -> str:
    """A text; ⟨ and ⟩ become ‹ and ›, because reports set labels apart with them."""
    if not isinstance(node, str) or not node:
        raise Misshapen
    return node.translate(_MARKS_OF_LABELS)


def optional_text(found: Map, key: str, pattern: re.Pattern[str] | None = None) -> str:
    if key not in found:
        return ""
    written = text(found[key])
    if pattern is not None and pattern.match(written) is None:
        raise Misshapen
    return written


def texts(found: Map, key: str, read: Callable[[Node], str] = text) -> tuple[str, ...]:
    """The members of a list of texts."""
    return tuple(map(read, sequence(found[key]))) if key in found else ()


def distinct(found: Map, key: str, read: Callable[[Node], str] = text) -> tuple[str, ...]:
    """The members of a list of texts; raises Misshapen if one appears twice."""
    members = texts(found, key, read)
    if len(set(members)) < len(members):
        raise Misshapen
    return members


def identifier(node: Node) -> str:
    if not isinstance(node, str) or not is_id(node):
        raise Misshapen
    return node


@lru_cache(maxsize=4096)  # one id of an issue, an option or a source stands in many files
def is_id(name: str) -> bool:
    """Whether a name can be an id."""
    return _ID.match(name) is not None and name not in RESERVED


def one_of(node: Node, words: tuple[str, ...]) -> str:
    if node not in words:
        raise Misshapen
    return str(node)


def flag(found: Map, key: str) -> bool:
    value = found.get(key, False)
    if not isinstance(value, bool):
        raise Misshapen
    return value


def number(node: Node) -> Number:
    if isinstance(node, bool) or not isinstance(node, Number):
        raise Misshapen
    return node


def date_text(node: Node) -> str:
    """A date as it was written, which may be a year, a number in YAML."""
    written = str(node) if type(node) is int else node
    if not isinstance(written, str) or not is_date(written):
        raise Misshapen
    return written
