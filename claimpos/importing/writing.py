"""Plain data as the YAML of a dossier's files, by PyYAML, and which line was made from what."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from claimpos.dossier.model import OUTCOME_VERBS
from claimpos.dossier.parsing.data import TooLong, plain_value
from claimpos.importing.draft import Piece

# Outcomes are written on one line, as people write them.
_ON_ONE_LINE = frozenset({*OUTCOME_VERBS, "outcome", "evidence"})
_NO_FOLDING = 2**30
_WIDTH = 100
_SHORTEST = 40
# A text that folding would change, or that reads worse for it.
_NOT_FOLDED = re.compile(r"\s\s|^\s|\s$|[^\S ]")
_PICTURE = r"\\U[0-9A-F]{8}"
_JOINER = r"[\u200d\ufe00-\ufe0f]"
_JOINERS = rf"(?<={_PICTURE}){_JOINER}+|(?<!{_JOINER}){_JOINER}++(?={_PICTURE})"
_TEXT, _OTHER, _MAP, _LIST = "text", "other", "map", "list"


class _Quoting:
    """Puts a text in quotes if our own reader, without them, would read something else."""

    def resolve(self, kind: type[Node], value: Any, implicit: Any) -> str:
        """What a node is if nothing but its style and its value says so."""
        if kind is not ScalarNode:
            return _MAP if kind is MappingNode else _LIST
        is_plain, _ = implicit
        try:
            return _OTHER if is_plain and not isinstance(plain_value(value), str) else _TEXT
        except TooLong:
            return _OTHER


class _Dumper(_Quoting, getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """PyYAML's writer in C."""


class _IndentingDumper(_Quoting, yaml.SafeDumper):
    """PyYAML's writer in Python, the only one that can be told to indent lists below their keys."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Called at the beginning of each map and list."""
        super().increase_indent(flow, False)


class WrittenFile:
    """A file's text, and the data it was made from."""

    def __init__(self, text: str, data: Mapping[str, Any]) -> None:
        self.text = text
        self._data = data

    def piece_at(self, line: int) -> Piece | None:
        """The piece that a line of the text, counted from 1, belongs to."""
        at = bisect_right(self._pieces, line, key=lambda pair: pair[0])
        return self._pieces[at - 1][1] if at else None

    @cached_property
    def _pieces(self) -> list[tuple[int, Piece]]:
        """The pieces in the order of the lines at which they begin."""
        node = yaml.compose(self.text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return [*_pieces_of(self._data, node, 1)]


def write(data: Mapping[str, Any]) -> WrittenFile:
    """The data as YAML in block style, outcomes and lists of texts on one line."""
    return WrittenFile(_dumped(_node(data)), data)


def flow(value: Any, in_quotes: bool = False) -> str:
    """The data on one line: `{crimea: de-jure}`, `[a, b]`, a number, a text.

    With `in_quotes`, every text is in double quotes.
    """
    node = _node(value, True, '"' if in_quotes else None)
    return _dumped(SequenceNode(_LIST, [node], flow_style=True))[1:-2]


def block(value: Any, indent: int, column: int = 0) -> str:
    """The data as lines that people would write, to stand from a column on.

    Args:
        value: The data; of a list, members that are maps stand on lines of their own.
        indent: How many columns further what a key holds begins.
        column: Where the lines will begin. They go up to column 100 if they can.
    """
    width = max(_WIDTH - column, _SHORTEST)
    node = _node(value, folded_from=width - 2 * indent)
    return _dumped(node, Dumper=_IndentingDumper, indent=indent, width=width)


def _dumped(node: Node, **how: Any) -> str:
    wanted: dict[str, Any] = {"Dumper": _Dumper, "width": _NO_FOLDING} | how
    text = str(yaml.serialize(node, allow_unicode=True, **wanted))
    return re.sub(_JOINERS, _escaped, text) if "\\U" in text else text


def _escaped(found: re.Match[str]) -> str:
    """What joins pictures, as escapes like those of the pictures, without which it is refused."""
    return "".join(f"\\u{ord(one):04X}" for one in found[0])


def _node(
    value: Any, on_one_line: bool = False, quotes: str | None = None, folded_from: int = _NO_FOLDING
) -> Node:
    if isinstance(value, Mapping):
        pairs = [
            (
                _node(key, quotes=quotes),
                _node(member, on_one_line or key in _ON_ONE_LINE, quotes, folded_from),
            )
            for key, member in value.items()
        ]
        return MappingNode(_MAP, pairs, flow_style=on_one_line)
    if isinstance(value, list | tuple):
        in_block = not on_one_line and any(isinstance(member, Piece) for member in value)
        members = [_node(member, not in_block, quotes, folded_from) for member in value]
        return SequenceNode(_LIST, members, flow_style=not in_block)
    if isinstance(value, bool):
        return ScalarNode(_OTHER, "true" if value else "false")
    if isinstance(value, int | Decimal):
        return ScalarNode(_OTHER, f"{value:f}" if isinstance(value, Decimal) else str(value))
    if len(value) > folded_from and not on_one_line and not _NOT_FOLDED.search(value):
        return ScalarNode(_TEXT, value, style=">")
    return ScalarNode(_TEXT, value, style='"' if "\n" in value else quotes)


def _pieces_of(value: Any, node: Node | None, line: int) -> Iterator[tuple[int, Piece]]:
    if isinstance(value, Piece):
        yield line, value
    if isinstance(node, MappingNode):
        for member, (key, child) in zip(value.values(), node.value, strict=True):
            yield from _pieces_of(member, child, key.start_mark.line + 1)
    elif isinstance(node, SequenceNode):
        for member, child in zip(value, node.value, strict=True):
            yield from _pieces_of(member, child, child.start_mark.line + 1)
