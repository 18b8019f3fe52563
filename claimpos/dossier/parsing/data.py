"""Turns a YAML text into data with the C parser, if the text holds nothing unusual."""

from __future__ import annotations

import re

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
        self.most_characters = limit("text-characters")

    def resolve(self, kind: object, value: object, implicit: object) -> None:
        """Count a node, with the text of a scalar; raises Unusual above a limit."""
        self.values += 1
        if self.values > self.most_values or (value and len(value) > self.most_characters):  # type: ignore[arg-type]
            raise Unusual


def compose(text: str, before: int = 0) -> Node:
    """The data of a text.

    Args:
        text: A text without aliases, anchors, tags and escaped characters.
        before: The number of lines of other texts that come before it.

    Raises:
        Unusual: The text is well-formed, but holds something that is not allowed.
        YAMLError: The text is not well-formed.
    """
    # A character makes two nodes at most, so a short text cannot exceed a limit.
    short = 2 * len(text) <= limit("file-values") and len(text) <= limit("text-characters")
    parsed = (_Composer if short else _BoundedComposer)(text).get_single_node()
    if parsed is None:
        raise Unusual
    try:
        return _scalar(parsed) if type(parsed) is ScalarNode else _data(parsed, 1, before)
    except TooLong as error:
        raise Unusual from error


def _scalar(parsed: ScalarNode) -> Scalar:
    text: str = parsed.value
    # A scalar without a style is neither in quotes nor a block.
    return plain_value(text) if text[:1] in STARTS and not parsed.style else text


def _data(parsed: MappingNode | SequenceNode, level: int, before: int) -> Node:
    if level > MAX_DEPTH:
        raise Unusual
    if isinstance(parsed, SequenceNode):
        listed = Seq(parsed, before)
        for member in parsed.value:
            listed.append(
                _scalar(member) if type(member) is ScalarNode else _data(member, level + 1, before)
            )
        return listed
    found = Map(parsed, before)
    for key, value in parsed.value:
        if type(key) is not ScalarNode:
            raise Unusual
        found[key.value] = (
            _scalar(value) if type(value) is ScalarNode else _data(value, level + 1, before)
        )
    if len(found) < len(parsed.value):  # a key appears twice
        raise Unusual
    return found
