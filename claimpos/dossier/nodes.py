"""Plain data that remembers where each key and value stands.

A place is worked out when it is asked for, from the node that the parser made: most files have no
fault, and nobody asks.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Union

from claimpos.dossier.findings import Span

if TYPE_CHECKING:
    from yaml.nodes import MappingNode, SequenceNode

Scalar = str | int | Decimal | bool | None
Node = Union["Map", "Seq", Scalar]


class Map(dict[str, Node]):
    """A mapping that knows the place of itself, its keys and its values."""

    __slots__ = ("_parsed", "_places")

    def __init__(self, parsed: MappingNode) -> None:
        self._parsed = parsed
        self._places: dict[str, tuple[Any, Any]] | None = None

    @property
    def span(self) -> Span:
        return span_of(self._parsed)

    def key_at(self, key: str) -> Span:
        """Where the key stands."""
        return span_of(self._pair(key)[0])

    def at(self, key: str) -> Span:
        """Where the key's value stands."""
        return span_of(self._pair(key)[1])

    def _pair(self, key: str) -> tuple[Any, Any]:
        if self._places is None:
            self._places = {pair[0].value: pair for pair in self._parsed.value}
        return self._places[key]


class Seq(list[Node]):
    """A list that knows the place of itself and of its members."""

    __slots__ = ("_parsed",)

    def __init__(self, parsed: SequenceNode) -> None:
        self._parsed = parsed

    @property
    def span(self) -> Span:
        return span_of(self._parsed)

    def at(self, index: int) -> Span:
        """Where a member stands."""
        return span_of(self._parsed.value[index])


def span_of(parsed: Any) -> Span:
    """Where a node or an event of the parser stands."""
    start, end = parsed.start_mark, parsed.end_mark
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)
<<<<<<< HEAD
=======


def _place(mark: Any) -> Span:
    return mark.span if isinstance(mark, Map | Seq) else _span(mark, mark)


def read_file(path: Path, content: bytes | None = None) -> tuple[SourceText, Node, list[Finding]]:
    """Read one YAML file: its text, its data, and what is wrong with its syntax.

    With `content`, that is read as if the file held it.

    The data is worth nothing if there are findings. Nothing in the file is ever executed, and
    no exception leaves this function for anything a file may hold.
    """
    source = SourceText(shown_path(path), "")
    raw = _content(path) if content is None else content
    if isinstance(raw, bytes) and len(raw) > MAX_BYTES:
        raw = _TOO_LARGE
    if not isinstance(raw, bytes):
        return source, None, [Finding("CP101", source, START, *raw)]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", "replace")
        place = _place_in(before, len(before))
        message = "from here on the file is not UTF-8"
        shown = SourceText(source.path, raw.decode("utf-8-sig", "replace"))
        return shown, None, [Finding("CP101", shown, place, message, "save the file as UTF-8")]
    source = SourceText(source.path, text)
    node, findings = parse(source)
    return source, node, findings


def _content(path: Path) -> bytes | tuple[str, str]:
    """A file's bytes, or why it is not read, and what to do."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return "this is no regular file", "name only files *.yaml"
        return _TOO_LARGE if status.st_size > MAX_BYTES else path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        return f"the file cannot be read: {reason}", "check that the file exists and is readable"


def parse(source: SourceText) -> tuple[Node, list[Finding]]:
    """Turn a file's text into data with places; see `read_file`."""
    if _UNPRINTABLE.search(source.text):
        return None, _unprintable(source)
    builder = _Builder(source)
    try:
        builder.run(source.text)
    except yaml.YAMLError as error:
        builder.findings.append(_too_deep(source, error) or _syntax_error(source, error))
    except _Refused as refused:
        builder.findings.append(refused.finding)
    documents = builder.documents
    if not documents and not builder.findings:
        message = "the file is empty"
        builder.findings.append(Finding("CP101", source, START, message, "write it or delete it"))
    return documents[0] if documents else None, builder.findings


class _Refused(Exception):
    """A fault after which the rest of the file cannot be read."""

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self.finding = finding


class _Builder:
    """Builds the data from the parser's events, on a stack of its own."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.findings: list[Finding] = []
        self.documents = Seq()
        self.parents: list[Map | Seq] = []
        self.current: Map | Seq = self.documents
        self.key: Any = None  # the event of a key that waits for its value

    def run(self, text: str) -> None:
        next_event = _Loader(text).get_event
        while (event := next_event()) is not None:
            handler = _HANDLERS.get(type(event))
            if handler:
                handler(self, event)

    def fault(self, code: str, event: Event, message: str, hint: str) -> Finding:
        return Finding(code, self.source, _span(event, event), message, hint)

    def document(self, event: Event) -> None:
        if self.documents:
            message = "a second document begins here"
            raise _Refused(self.fault("CP101", event, message, "keep one document a file"))

    def alias(self, event: Event) -> None:
        message = "an alias (*) is not allowed"
        raise _Refused(self.fault("CP103", event, message, "write the value out"))

    def scalar(self, event: Any) -> None:
        text = event.value
        if event.tag or event.anchor:
            self.decorated(event)
        if not text.isprintable() and _UNPRINTABLE.search(text):
            message = "the text holds an invisible or control character"
            hint = "take the escape sequence out"
            self.findings.append(self.fault("CP106", event, message, hint))
        if self.key is None and isinstance(self.current, Map):
            self.key = event
            if text in self.current:
                self.repeated(event, text, self.current)
        elif event.implicit[0] and (text[:1] in _NUMBER_STARTS or text in _WORDS):
            self.add(self.plain(event, text), event)
        else:
            self.add(text, event)

    def repeated(self, event: Event, key: str, current: Map) -> None:
        message = f"the key “{key}” is already there, in line {current.key_at(key).line}"
        self.findings.append(self.fault("CP102", event, message, "merge the two, or delete one"))

    def plain(self, event: Event, text: str) -> Scalar:
        if text in _WORDS:
            return _WORDS[text]
        if not _NUMBER.match(text):
            return text
        number = _number(text)
        if number is None:
            message = f"the number has more than {MAX_DIGITS} digits"
            hint = "put it in quotes if it is a text"
            self.findings.append(self.fault("CP107", event, message, hint))
            return 0
        return int(number) if number == number.to_integral_value() else number

    def open_map(self, event: Any) -> None:
        self.open(event, Map(event))

    def open_seq(self, event: Any) -> None:
        self.open(event, Seq(event))

    def open(self, event: Any, node: Map | Seq) -> None:
        if event.tag or event.anchor:
            self.decorated(event)
        if len(self.parents) == MAX_DEPTH:
            message = f"nested more than {MAX_DEPTH} levels deep"
            raise _Refused(self.fault("CP105", event, message, "write it flatter"))
        if self.key is None and isinstance(self.current, Map):
            message = "a key must be a plain text"
            raise _Refused(self.fault("CP108", event, message, "put the key in quotes"))
        self.add(node, node)
        self.parents.append(self.current)
        self.current = node

    def close(self, event: Event) -> None:
        self.current.end = event
        self.current = self.parents.pop()

    def add(self, value: Node, mark: Any) -> None:
        current = self.current
        if isinstance(current, Map):
            key = self.key.value
            current[key] = value
            current._marks[key] = (self.key, mark)
            self.key = None
        else:
            current.append(value)
            current._marks.append(mark)

    def decorated(self, event: Any) -> None:
        if event.anchor:
            message = f"an anchor (&{event.anchor}) is not allowed"
            hint = "write the value out where it is needed"
            self.findings.append(self.fault("CP103", event, message, hint))
        if event.tag:
            message = f"a tag ({event.tag}) is not allowed"
            hint = "delete it; put a text in quotes instead"
            self.findings.append(self.fault("CP104", event, message, hint))


# Outside the class: bound methods kept in the builder would keep it, and all it made, alive.
_HANDLERS: dict[type[Event], Callable[[_Builder, Any], None]] = {
    yaml.ScalarEvent: _Builder.scalar,
    yaml.MappingStartEvent: _Builder.open_map,
    yaml.MappingEndEvent: _Builder.close,
    yaml.SequenceStartEvent: _Builder.open_seq,
    yaml.SequenceEndEvent: _Builder.close,
    yaml.AliasEvent: _Builder.alias,
    yaml.DocumentStartEvent: _Builder.document,
}


def _unprintable(source: SourceText) -> list[Finding]:
    """One finding for each run of characters that are not to be in a text."""
    return [
        Finding(
            "CP106",
            source,
            Span(number, match.start() + 1, number, match.end() + 1),
            f"invisible or control character U+{ord(match.group()[0]):04X}",
            "delete it",
        )
        for number, line in enumerate(source.lines, 1)
        for match in _UNPRINTABLE.finditer(line)
    ]


def _number(text: str) -> Decimal | None:
    """The number exactly, or None if it takes more digits than are kept."""
    if len(text) > MAX_DIGITS:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:  # an exponent beyond what Decimal can hold
        return None
    return number if abs(number.adjusted()) <= MAX_DIGITS else None


def _place_in(text: str, offset: int) -> Span:
    line = text.count("\n", 0, offset) + 1
    column = offset - (text.rfind("\n", 0, offset) + 1) + 1
    return Span(line, column, line, column + 1)


def _too_deep(source: SourceText, error: yaml.YAMLError) -> Finding | None:
    """The finding of a depth that the parser, which scans ahead, has given up at before us.

    Up to the place where it did, it is willing to tell what it read.
    """
    mark = getattr(error, "problem_mark", None)
    try:
        _Builder(source).run(source.text[: mark.index] if mark else "")
    except yaml.YAMLError:
        return None
    except _Refused as refused:
        return refused.finding if refused.finding.code == "CP105" else None
    return None


def _syntax_error(source: SourceText, error: yaml.YAMLError) -> Finding:
    problem = str(getattr(error, "problem", error))
    mark = getattr(error, "problem_mark", None)
    if problem == _UNCLOSED:
        mark = getattr(error, "context_mark", mark)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    hint = next((hint for start, hint in _HINTS.items() if problem.startswith(start)), "")
    span = Span(line, column, line, column + 1)
    return Finding("CP101", source, span, f"not valid YAML: {problem}", hint)
>>>>>>> rules
