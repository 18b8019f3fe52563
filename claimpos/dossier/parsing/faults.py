"""Finds every syntax error of a text by checking the parser's events.

No tree is made: depth is counted before anything recurses, and aliases are refused before they are
expanded.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn

import yaml

from claimpos.dossier.findings import START, Finding, Findings, SourceText, Span
from claimpos.dossier.limits import MAX_DIGITS, how_to_raise, limit
from claimpos.dossier.nodes import span_of
from claimpos.dossier.parsing.data import MAX_DEPTH, TooLong, outdented_line, plain_value
from claimpos.dossier.parsing.printable import is_printable

if TYPE_CHECKING:
    from yaml.events import Event

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BLOCKS = ("|", ">")
_TOO_DEEP = "CP105"
_WRITTEN_OUT = "write the value out; put a text that begins with & or * in quotes"


def faults(source: SourceText) -> list[Finding]:
    """The errors in the syntax of a text, up to one after which the rest cannot be read."""
    checker = _Checker(source)
    try:
        checker.check(source.text)
    except _Unreadable:
        pass
    except yaml.YAMLError as error:
        checker.findings.add(_depth_before(source, error) or _syntax_error(source, error))
    if not checker.has_document and not checker.findings:
        hint = "write it or delete it"
        checker.findings.add(Finding("CP101", source, START, "the file is empty", hint))
    return [*checker.findings]


class _Unreadable(Exception):
    """The rest of the file cannot be read because of the last finding."""


class _Checker:
    """Checks the parser's events one by one."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.findings = Findings()
        self.has_document = False
        self._values = 0
        self._most_values = limit("file-values")
        self._most_characters = limit("text-characters")
        # For each open map or list, the outermost first: the lines of a map's keys, None for a
        # list; and whether the key of a map waits for its value.
        self._keys: list[dict[str, int] | None] = []
        self._waits: list[bool] = []
        # Besides, the column of the nearest one in block style that it lies in, or is.
        self._lefts = [-1]
        # What would mislead where a bracket is not closed.
        self._later = Findings()

    def check(self, text: str) -> None:
        """Check a text; raises YAMLError, or _Unreadable if the rest cannot be read."""
        next_event = _Loader(text).get_event
        while (event := next_event()) is not None:
            handler = _HANDLERS.get(type(event))
            if handler:
                handler(self, event)
        self.findings.extend(self._later)

    def document(self, event: Event) -> None:
        if self.has_document:
            self._stop(event, "CP101", "a second document begins here", "keep one per file")
        self.has_document = True

    def alias(self, event: Event) -> None:
        self._stop(event, "CP103", "an alias (*) is not allowed", _WRITTEN_OUT)

    def scalar(self, event: Any) -> None:
        is_key = self._begin(event)
        text = event.value
        if len(text) > self._most_characters:
            message = f"the text has more than {self._most_characters:,} characters"
            self._add(event, "CP109", message, f"shorten it; {how_to_raise('text-characters')}")
        if not is_printable(text):
            message = "the text contains an invisible or control character"
            self._add(event, "CP106", message, "remove the escape sequence")
        if not is_key and event.style not in _BLOCKS:
            self._indent(event)
        if is_key:
            self._key(event)
        elif event.implicit[0] and _is_too_long(text):
            message = f"the number has more than {MAX_DIGITS} digits"
            self._add(event, "CP107", message, "put it in quotes if it is a text")

    def open_map(self, event: Event) -> None:
        self._open(event, {})

    def open_list(self, event: Event) -> None:
        self._open(event, None)

    def close(self, event: Event) -> None:
        self._keys.pop()
        self._waits.pop()
        self._lefts.pop()

    def _open(self, event: Any, keys: dict[str, int] | None) -> None:
        is_key = self._begin(event)
        if len(self._keys) == MAX_DEPTH:
            message = f"nested more than {MAX_DEPTH} levels deep"
            self._stop(event, _TOO_DEEP, message, "use fewer levels")
        if is_key:
            self._stop(event, "CP108", "a key must be a plain text", "put the key in quotes")
        self._keys.append(keys)
        self._waits.append(False)
        self._lefts.append(self._lefts[-1] if event.flow_style else event.start_mark.column)

    def _begin(self, event: Any) -> bool:
        """Count a value, which must have neither anchor nor tag; return whether it is a key."""
        self._values += 1
        if self._values > self._most_values:
            message = f"the file holds more than {self._most_values:,} keys and values"
            self._stop(event, "CP109", message, f"split it; {how_to_raise('file-values')}")
        if event.anchor:
            message = f"an anchor (&{event.anchor}) is not allowed"
            self._add(event, "CP103", message, _WRITTEN_OUT)
        if event.tag:
            message = f"a tag ({event.tag}) is not allowed"
            self._add(event, "CP104", message, "delete it; put a text in quotes instead")
        if not self._keys or self._keys[-1] is None:
            return False
        self._waits[-1] = not self._waits[-1]
        return self._waits[-1]

    def _indent(self, event: Any) -> None:
        line = outdented_line(event, self.source.text, self._lefts[-1])
        findings = self.findings if event.style else self._later
        if line is not None and not findings.counted(self.source.path, "CP101"):
            message = (
                f"this is part of the text that begins on line {event.start_mark.line + 1}, but is "
                "indented no further than its key or dash"
            )
            written = self.source.line(line)
            begin = len(written) - len(written.lstrip()) + 1
            span = Span(line, begin, line, len(written) + 1)
            hint = "end that text before this line, or indent the line further"
            findings.add(Finding("CP101", self.source, span, message, hint))

    def _key(self, event: Any) -> None:
        lines = self._keys[-1]
        assert lines is not None
        if event.value in lines:
            message = f"the key “{event.value}” is already on line {lines[event.value]}"
            self._add(event, "CP102", message, "merge the two, or delete one")
        lines[event.value] = event.start_mark.line + 1

    def _add(self, event: Event, code: str, message: str, hint: str) -> None:
        if not self.findings.counted(self.source.path, code):
            self.findings.add(Finding(code, self.source, span_of(event), message, hint))

    def _stop(self, event: Event, code: str, message: str, hint: str) -> NoReturn:
        self.findings.add(Finding(code, self.source, span_of(event), message, hint))
        raise _Unreadable


# Outside the class, because bound methods in the checker would keep it and its findings alive.
_HANDLERS: dict[type[Event], Callable[[_Checker, Any], None]] = {
    yaml.ScalarEvent: _Checker.scalar,
    yaml.MappingStartEvent: _Checker.open_map,
    yaml.MappingEndEvent: _Checker.close,
    yaml.SequenceStartEvent: _Checker.open_list,
    yaml.SequenceEndEvent: _Checker.close,
    yaml.AliasEvent: _Checker.alias,
    yaml.DocumentStartEvent: _Checker.document,
}


def _is_too_long(text: str) -> bool:
    try:
        plain_value(text)
    except TooLong:
        return True
    return False


def _depth_before(source: SourceText, error: yaml.YAMLError) -> Finding | None:
    """The finding that a text is nested too deeply, if that is why the parser gave up.

    The parser scans ahead, so that the checker may not have seen the place. It checks the text
    before it once more.
    """
    mark = getattr(error, "problem_mark", None)
    checker = _Checker(source)
    try:
        checker.check(source.text[: mark.index] if mark else "")
    except yaml.YAMLError:
        return None
    except _Unreadable:
        return next((one for one in checker.findings if one.code == _TOO_DEEP), None)
    return None


_NO_COLON = "could not find expected ':'"
_NOT_CLOSED = "did not find expected ',' or"
_UNCLOSED = "found unexpected end of stream"
_NO_DASH = "did not find expected '-' indicator"
_NEXT_KEY = "align it with the keys above it, or put a dash before it"
_CHECK = "check the indent, the quotes and the brackets on this line and the one above"
_HINTS = {
    "mapping values are not allowed": "put a text that contains “: ” in quotes; a second key "
    "begins a line of its own",
    "found character that cannot start any token": "put a text that begins with @, ` or % in "
    "quotes",
    _NO_COLON: "write `key: value`, or put a dash before the member of a list",
    "did not find expected key": "align the key with its neighbours, and close every quote and "
    "bracket above it",
    _NO_DASH: "align the dash with the dashes above it",
    "did not find expected comment or line break": "put a text that begins with > or | in quotes",
    "did not find expected alphabetic": "put a text that begins with * or & in quotes",
    "mapping keys are not allowed": "put a text that begins with ? in quotes",
    _NOT_CLOSED: "close the bracket that opens here, and separate its members with commas",
    _UNCLOSED: "close the quote that opens here",
}


def _syntax_error(source: SourceText, error: Exception) -> Finding:
    """The finding for an error of the parser: the slip behind it if it is known, and a remedy."""
    from claimpos.dossier.parsing.syntax_hints import dash_forgotten, outdented_block, slip_near

    problem = str(getattr(error, "problem", error))
    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    begun = getattr(error, "context_mark", None)
    begin = (begun.line + 1, begun.column + 1) if begun else (line, column)
    if problem != _UNCLOSED and (slip := slip_near(source, line, begin[0])):
        return slip
    if problem == _NO_COLON and (outdented := outdented_block(source, begin[0])):
        return outdented
    if problem.startswith((_UNCLOSED, _NOT_CLOSED, _NO_COLON)):
        line, column = begin
    elif not _in_a_value(source.line(line)[: column - 1], problem) and (
        forgotten := dash_forgotten(source, line)
    ):
        return forgotten
    written = source.line(line)
    hint = (
        _apostrophe(written[column - 1 :], problem)
        or _ends_before(written[: column - 1], written[column - 1 :])
        or (_NEXT_KEY if problem == _NO_DASH and not written.lstrip().startswith("-") else "")
        or next((hint for start, hint in _HINTS.items() if problem.startswith(start)), _CHECK)
    )
    span = Span(line, column, line, column + 1)
    return Finding("CP101", source, span, f"not valid YAML: {problem}", hint)


_VALUE = r" *(?:- +)*[\w-]+: +[^\s#]"
_BRACKETED = r"^ *(?:- +)*(?:[\w-]+: +)?(?:\[[^\[\]]*\]|\{[^{}]*\})\Z"


def _apostrophe(written: str, problem: str) -> str:
    """The remedy for an apostrophe at the beginning of a text, as in 'tis; else empty."""
    if problem != _UNCLOSED or not re.match(r"'\w", written):
        return ""
    return f"{_HINTS[_UNCLOSED]}; put a text that begins with an apostrophe in double quotes"


def _in_a_value(written: str, problem: str) -> bool:
    """Whether the error is a second colon on a line, in a text without quotes."""
    return problem.startswith("mapping values") and bool(re.match(_VALUE, written))


def _ends_before(written: str, rest: str) -> str:
    """The remedy for a quoted or bracketed text that ends before the error; else empty."""
    before = written.rstrip()
    quoted = before.endswith(("'", '"')) and before.count(before[-1]) > 1
    if not quoted and not re.search(_BRACKETED, before):
        return ""
    if rest.strip() == ",":
        return "delete the comma: a new line separates keys"
    if not quoted and rest[:1] in {"]", "}"}:
        return "delete this bracket, which closes nothing"
    if not quoted and not rest[:1].isalnum():
        return ""
    ends, kind = ("quoted", ", of the other kind") if quoted else ("bracketed", "")
    return f"the {ends} text ends before this; put all of it in quotes{kind}"
