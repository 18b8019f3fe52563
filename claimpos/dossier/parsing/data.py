"""Text to data, by the C parser, as long as the text holds nothing unusual."""

from __future__ import annotations

import re

import yaml
from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from claimpos.dossier.limits import bounded, limit
from claimpos.dossier.nodes import Map, Node, Scalar, Seq

STARTS = frozenset(["", "t", "f", "n", "~", *"-0123456789"])
"""The first characters of what may mean something else than its text."""

_WORDS: dict[str, bool | None] = {
    "true": True,
    "false": False,
    "null": None,
    "~": None,
    "": None,
}
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?\Z")


class TooLong(Exception):
    """A number of more digits than are kept."""


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
    """The text holds something that no position file may hold."""


class _Composer(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Makes a tree of nodes without looking for the type of each scalar, as a loader would."""

    def resolve(self, kind: object, value: object, implicit: object) -> None:
        """No node has a tag: what a text means is decided by `plain_value`."""

    def descend_resolver(self, parent: object, index: object) -> None:
        """Called before each node, and not needed without `resolve`."""

    def ascend_resolver(self) -> None:
        """Called after each node."""


class _BoundedComposer(_Composer):
    """Counts what it makes: a tree may take two hundred times as much memory as its text."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.values = 0
        self.most_values = limit("file-values")
        self.most_characters = limit("text-characters")

    def resolve(self, kind: object, value: object, implicit: object) -> None:
        """Called once for each node, with the text of a scalar; raises Unusual past a limit."""
        self.values += 1
        if self.values > self.most_values or (value and len(value) > self.most_characters):  # type: ignore[arg-type]
            raise Unusual


def compose(text: str, before: int = 0) -> Node:
    """The data of a text that holds no alias, anchor, tag or escaped character.

    `before` is the number of lines of other texts that it follows.

    Raises Unusual for what is well-formed but not allowed, and YAMLError.
    """
    # One character makes two nodes at most: a short text cannot meet a limit.
    short = 2 * len(text) <= limit("file-values") and len(text) <= limit("text-characters")
    parsed = (_Composer if short else _BoundedComposer)(text).get_single_node()
    if parsed is None:
        raise Unusual
    try:
        return _data(parsed, 1, before)
    except TooLong as error:
        raise Unusual from error


def _data(parsed: AnyNode, level: int, before: int) -> Node:
    if isinstance(parsed, ScalarNode):
        text: str = parsed.value
        # Without a style the scalar is plain, neither in quotes nor a block.
        return plain_value(text) if text[:1] in STARTS and not parsed.style else text
    if level > MAX_DEPTH:
        raise Unusual
    if isinstance(parsed, MappingNode):
        return _map(parsed, level, before)
    listed = Seq(parsed, before)
    for member in parsed.value:
        listed.append(_data(member, level + 1, before))
    return listed


def _map(parsed: MappingNode, level: int, before: int) -> Map:
    found = Map(parsed, before)
    for key, value in parsed.value:
        if not isinstance(key, ScalarNode):
            raise Unusual
        found[key.value] = _data(value, level + 1, before)
    if len(found) < len(parsed.value):  # a key stands there twice
        raise Unusual
    return found
