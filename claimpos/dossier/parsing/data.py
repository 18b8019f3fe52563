"""Turns a YAML text into data with the C parser, if the text holds nothing unusual."""

from __future__ import annotations

import re
from operator import itemgetter
from typing import Any

import yaml
from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from claimpos.dossier.limits import bounded, limit
from claimpos.dossier.nodes import Map, Node, Scalar, Seq

STARTS = frozenset(["", "t", "f", "n", "~", *"-0123456789"])
"""The first characters of scalars that may mean something other than their text."""

_WORDS: dict[str, bool | None] = {
    "true": True,
    "false": False,
    "null": None,
    "~": None,
    "": None,
}
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?\Z")


class TooLong(Exception):
    """A number has more digits than are allowed."""


def plain_value(text: str) -> Scalar:
    """What a scalar without quotes means; raises TooLong."""
    if text in _WORDS:
        return _WORDS[text]
    if not _NUMBER.match(text):
        return text
    number = bounded(text)
    if number is None:
        raise TooLong
    return number


MAX_DEPTH = 40

AnyNode = ScalarNode | MappingNode | SequenceNode


class Unusual(Exception):
    """The text holds something that a position file may not hold."""


class _Composer(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Makes a tree of nodes, without finding out the type of each scalar as a loader would."""

    def resolve(self, kind: object, value: object, implicit: object) -> None:
        """Do nothing: `plain_value` decides what a scalar means."""

    def descend_resolver(self, parent: object, index: object) -> None:
        """Do nothing before a node, because there is nothing to resolve."""

    def ascend_resolver(self) -> None:
        """Do nothing after a node."""


class _BoundedComposer(_Composer):
    """Counts the nodes, because a tree may take two hundred times as much memory as its text."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.values = 0
        self.most_values = limit("file-values")

    def resolve(self, kind: object, value: object, implicit: object) -> None:
        """Count a node; raises Unusual above the limit."""
        self.values += 1
        if self.values > self.most_values:
            raise Unusual


_QUOTES = frozenset("'\"")
_INDENT = r"\n( *)(?:\t[ \t]*)?[^ \t\r\n]"


def outdented_line(scalar: Any, text: str, left: int) -> int | None:
    """The first line of a scalar that is indented no further than its key or dash, if there is one.

    YAML forbids it, because what looks like other keys would be part of a text. The parser sees to
    that in all scalars but those in quotes, in brackets or in braces.

    Args:
        scalar: The parser's node or event of such a scalar.
        text: The text that was parsed.
        left: The column of the key or the dash, counted from 0; -1 if there is none.
    """
    start, end = scalar.start_mark, scalar.end_mark
    if start.line == end.line:
        return None
    written = text[start.index : end.index]
    for found in re.finditer(_INDENT, written):
        if len(found[1]) <= left:
            return int(start.line) + written.count("\n", 0, found.end()) + 1
    return None


# What may begin nodes, and how many: a colon, a key and its value; a question mark, a comma or a
# brace, the same without a colon; a hyphen or a bracket, a member of a list.
_BEGINNINGS = {":": 2, "?": 2, ",": 2, "{": 2, "-": 1, "[": 1}


def most_nodes(text: str) -> int:
    """How many nodes the tree of a text has at most: found at once, unlike their number."""
    return 1 + sum(number * text.count(sign) for sign, number in _BEGINNINGS.items())


def compose(text: str, before: int = 0) -> Node:
    """The data of a text.

    Args:
        text: A text without aliases, anchors, tags and escaped characters.
        before: The number of lines of other texts that come before it.

    Raises:
        Unusual: The text is well-formed for the parser, but holds something that is not allowed.
        YAMLError: The text is not well-formed.
    """
    most = limit("file-values")
    is_small = 2 * len(text) <= most or most_nodes(text) <= most  # two for each character at most
    parsed = (_Composer if is_small else _BoundedComposer)(text).get_single_node()
    if parsed is None:
        raise Unusual
    try:
        longest = limit("text-characters")
        if type(parsed) is ScalarNode:
            return _scalar(parsed, longest, text, -1)
        return _data(parsed, 1, before, longest, text, -1)
    except TooLong as error:
        raise Unusual from error


def _scalar(parsed: ScalarNode, longest: int, text: str, left: int) -> Scalar:
    value: str = parsed.value
    if len(value) > longest:
        raise Unusual
    if not parsed.style:
        return plain_value(value) if value[:1] in STARTS else value
    if parsed.style in _QUOTES and outdented_line(parsed, text, left):
        raise Unusual
    return value


def _data(
    parsed: MappingNode | SequenceNode, level: int, before: int, longest: int, text: str, left: int
) -> Node:
    """The data of a map or a list; `left` is the column of the nearest above in block style."""
    if level > MAX_DEPTH:
        raise Unusual
    if not parsed.flow_style:
        left = parsed.start_mark.column
    elif parsed.start_mark.line != parsed.end_mark.line:
        _check_plain(parsed, text, left)
    if isinstance(parsed, SequenceNode):
        listed = Seq(parsed, before)
        for member in parsed.value:
            listed.append(
                _scalar(member, longest, text, left)
                if type(member) is ScalarNode
                else _data(member, level + 1, before, longest, text, left)
            )
        return listed
    found = Map(parsed, before)
    for key, value in parsed.value:
        if type(key) is not ScalarNode or len(key.value) > longest:
            raise Unusual
        found[key.value] = (
            _scalar(value, longest, text, left)
            if type(value) is ScalarNode
            else _data(value, level + 1, before, longest, text, left)
        )
    if len(found) < len(parsed.value):  # a key appears twice
        raise Unusual
    return found


def _check_plain(parsed: MappingNode | SequenceNode, text: str, left: int) -> None:
    """Raise Unusual for a text without quotes, in brackets, that `outdented_line` finds."""
    is_list = isinstance(parsed, SequenceNode)
    for value in parsed.value if is_list else map(itemgetter(1), parsed.value):
        if type(value) is ScalarNode and not value.style and outdented_line(value, text, left):
            raise Unusual
