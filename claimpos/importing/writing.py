"""Plain data as the YAML of a dossier's files, by PyYAML, and which line was made from what."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from claimpos.dossier.parsing.data import TooLong, plain_value
from claimpos.importing.draft import Piece

# Outcomes are written on one line, as people write them.
_ON_ONE_LINE = frozenset({"demands", "proposes", "accepts", "refuses"})
_NO_FOLDING = 2**30
_TEXT, _OTHER, _MAP, _LIST = "text", "other", "map", "list"


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
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


class Written:
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


def write(data: Mapping[str, Any]) -> Written:
    """The data as YAML in block style, outcomes and lists of texts on one line."""
    return Written(_dumped(_node(data)), data)


def flow(value: Any) -> str:
    """The data on one line: `{crimea: de-jure}`, `[a, b]`, a number, a text."""
    return _dumped(SequenceNode(_LIST, [_node(value, True)], flow_style=True))[1:-2]


def _dumped(node: Node) -> str:
    return str(yaml.serialize(node, Dumper=_Dumper, allow_unicode=True, width=_NO_FOLDING))


def _node(value: Any, on_one_line: bool = False) -> Node:
    if isinstance(value, Mapping):
        pairs = [
            (_node(key), _node(member, on_one_line or key in _ON_ONE_LINE))
            for key, member in value.items()
        ]
        return MappingNode(_MAP, pairs, flow_style=on_one_line)
    if isinstance(value, list | tuple):
        in_block = not on_one_line and any(isinstance(member, Piece) for member in value)
        members = [_node(member, not in_block) for member in value]
        return SequenceNode(_LIST, members, flow_style=not in_block)
    if isinstance(value, bool):
        return ScalarNode(_OTHER, "true" if value else "false")
    if isinstance(value, int | Decimal):
        return ScalarNode(_OTHER, f"{value:f}" if isinstance(value, Decimal) else str(value))
    return ScalarNode(_TEXT, value, style='"' if "\n" in value else None)


def _pieces_of(value: Any, node: Node | None, line: int) -> Iterator[tuple[int, Piece]]:
    if isinstance(value, Piece):
        yield line, value
    if isinstance(node, MappingNode):
        for member, (key, child) in zip(value.values(), node.value, strict=True):
            yield from _pieces_of(member, child, key.start_mark.line + 1)
    elif isinstance(node, SequenceNode):
        for member, child in zip(value, node.value, strict=True):
            yield from _pieces_of(member, child, child.start_mark.line + 1)
