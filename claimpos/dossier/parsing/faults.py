"""Every fault of a text's syntax, found by following the parser's events.

No tree is made, so that depth is counted before anything recurses and aliases are refused before
they multiply.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import yaml

from claimpos.dossier.findings import START, Finding, Findings, SourceText
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.nodes import span_of
from claimpos.dossier.parsing.composing import MAX_DEPTH
from claimpos.dossier.parsing.printable import is_printable
from claimpos.dossier.parsing.scalars import MAX_DIGITS, TooLong, plain_value
from claimpos.dossier.parsing.syntax_hints import syntax_error

if TYPE_CHECKING:
    from yaml.events import Event

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def faults(source: SourceText) -> list[Finding]:
    """What is wrong with the syntax, up to the fault after which nothing more can be told."""
    follower = _Follower(source)
    try:
        follower.run(source.text)
    except yaml.YAMLError as error:
        follower.findings.add(_too_deep(source, error) or syntax_error(source, error))
    except _Refused as refused:
        follower.findings.add(refused.finding)
    if not follower.begun and not follower.findings:
        message = "the file is empty"
        follower.findings.add(Finding("CP101", source, START, message, "write it or delete it"))
    return [*follower.findings]


class _Refused(Exception):
    """A fault after which the rest of the file cannot be read."""

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self.finding = finding


class _Collection:
    """A map or a list that is open: the keys of a map so far, each with its line."""

    def __init__(self, is_map: bool) -> None:
        self.is_map = is_map
        self.keys: dict[str, int] = {}
        self.key_waits = False  # for its value


class _Follower:
    """Goes through the parser's events, on a stack of its own."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.findings = Findings()
        self.begun = False
        self.open_ones: list[_Collection] = []
        self.values = 0
        self.most_values = limit("file-values")
        self.most_characters = limit("text-characters")

    def run(self, text: str) -> None:
        next_event = _Loader(text).get_event
        while (event := next_event()) is not None:
            handler = _HANDLERS.get(type(event))
            if handler:
                handler(self, event)

    def fault(self, code: str, event: Event, message: str, hint: str) -> Finding:
        return Finding(code, self.source, span_of(event), message, hint)

    def add(self, code: str, event: Event, message: str, hint: str) -> None:
        if not self.findings.counted(self.source.path, code):
            self.findings.add(self.fault(code, event, message, hint))

    def document(self, event: Event) -> None:
        if self.begun:
            message = "a second document begins here"
            raise _Refused(self.fault("CP101", event, message, "keep one document a file"))
        self.begun = True

    def alias(self, event: Event) -> None:
        message = "an alias (*) is not allowed"
        raise _Refused(self.fault("CP103", event, message, "write the value out"))

    def scalar(self, event: Any) -> None:
        self.begin(event)
        if len(event.value) > self.most_characters:
            message = f"a text of more than {self.most_characters:,} characters"
            self.add("CP109", event, message, f"shorten it; {how_to_raise('text-characters')}")
        if not is_printable(event.value):
            message = "the text holds an invisible or control character"
            self.add("CP106", event, message, "take the escape sequence out")
        if self.takes_key():
            self.key(event, self.open_ones[-1].keys)
        elif event.implicit[0]:
            self.plain(event)

    def takes_key(self) -> bool:
        """Whether the node that begins is a key: in a map, every other one is."""
        around = self.open_ones[-1] if self.open_ones else None
        if around is None or not around.is_map:
            return False
        around.key_waits = not around.key_waits
        return around.key_waits

    def key(self, event: Any, keys: dict[str, int]) -> None:
        name = event.value
        if name in keys:
            message = f"the key “{name}” is already there, in line {keys[name]}"
            self.add("CP102", event, message, "merge the two, or delete one")
        keys[name] = event.start_mark.line + 1

    def plain(self, event: Any) -> None:
        try:
            plain_value(event.value)
        except TooLong:
            message = f"the number has more than {MAX_DIGITS} digits"
            self.add("CP107", event, message, "put it in quotes if it is a text")

    def open_map(self, event: Event) -> None:
        self.open(event, _Collection(is_map=True))

    def open_seq(self, event: Event) -> None:
        self.open(event, _Collection(is_map=False))

    def open(self, event: Event, collection: _Collection) -> None:
        self.begin(event)
        if len(self.open_ones) == MAX_DEPTH:
            message = f"nested more than {MAX_DEPTH} levels deep"
            raise _Refused(self.fault("CP105", event, message, "write it flatter"))
        if self.takes_key():
            message = "a key must be a plain text"
            raise _Refused(self.fault("CP108", event, message, "put the key in quotes"))
        self.open_ones.append(collection)

    def close(self, event: Event) -> None:
        self.open_ones.pop()

    def begin(self, event: Any) -> None:
        """Whatever begins with this event: it is counted, and must have neither anchor nor tag."""
        self.values += 1
        if self.values > self.most_values:
            message = f"the file holds more than {self.most_values:,} keys and values"
            hint = f"split it; {how_to_raise('file-values')}"
            raise _Refused(self.fault("CP109", event, message, hint))
        if event.anchor:
            message = f"an anchor (&{event.anchor}) is not allowed"
            self.add("CP103", event, message, "write the value out where it is needed")
        if event.tag:
            message = f"a tag ({event.tag}) is not allowed"
            self.add("CP104", event, message, "delete it; put a text in quotes instead")


# Outside the class: bound methods kept in the follower would keep it, and its findings, alive.
_HANDLERS: dict[type[Event], Callable[[_Follower, Any], None]] = {
    yaml.ScalarEvent: _Follower.scalar,
    yaml.MappingStartEvent: _Follower.open_map,
    yaml.MappingEndEvent: _Follower.close,
    yaml.SequenceStartEvent: _Follower.open_seq,
    yaml.SequenceEndEvent: _Follower.close,
    yaml.AliasEvent: _Follower.alias,
    yaml.DocumentStartEvent: _Follower.document,
}


def _too_deep(source: SourceText, error: yaml.YAMLError) -> Finding | None:
    """The finding of a depth that the parser, which scans ahead, has given up at before us.

    Up to the place where it did, it is willing to tell what it read.
    """
    mark = getattr(error, "problem_mark", None)
    try:
        _Follower(source).run(source.text[: mark.index] if mark else "")
    except yaml.YAMLError:
        return None
    except _Refused as refused:
        return refused.finding if refused.finding.code == "CP105" else None
    return None
