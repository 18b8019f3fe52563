"""Plain data that knows the place of each key and value in its file.

A place is worked out from the parser's node only when it is asked for, because most files have no
errors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Union

from claimpos.dossier.findings import Span

if TYPE_CHECKING:
    from yaml.nodes import MappingNode, SequenceNode

Scalar = str | int | Decimal | bool | None
Node = Union["Map", "Seq", Scalar]


class _Placed:
    """Data made from a parser's node; lines are counted after `_before` lines of other texts."""

    __slots__ = ()
    _parsed: Any
    _before: int

    @property
    def span(self) -> Span:
        return span_of(self._parsed, self._before)

    @property
    def is_flow(self) -> bool:
        """Whether it is written in braces or brackets."""
        return bool(self._parsed.flow_style)


class Map(_Placed, dict[str, Node]):
    """A mapping that knows its own place and those of its keys and values."""

    __slots__ = ("_before", "_parsed", "_places")

    def __init__(self, parsed: MappingNode, before: int = 0) -> None:
        """A mapping in a text that comes after `before` lines of other texts."""
        self._parsed = parsed
        self._before = before
        self._places: dict[str, tuple[Any, Any]] | None = None

    def key_at(self, key: str) -> Span:
        """The place of a key."""
        return span_of(self._pair(key)[0], self._before)

    def at(self, key: str) -> Span:
        """The place of a key's value."""
        return span_of(self._pair(key)[1], self._before)

    def _pair(self, key: str) -> tuple[Any, Any]:
        if self._places is None:
            self._places = {pair[0].value: pair for pair in self._parsed.value}
        return self._places[key]


class JoinedMap(Map):
    """The pairs of several mappings, each with its place in its own file.

    If several mappings have the same key, the first one counts. The values in `instead` replace
    those of their keys, or are added.
    """

    __slots__ = ("_holders",)

    def __init__(self, maps: Sequence[Map], instead: Mapping[str, Node] | None = None) -> None:
        super().__init__(maps[0]._parsed, maps[0]._before)
        self._holders: dict[str, Map] = {}
        for one in maps:
            for key, value in one.items():
                if self._holders.setdefault(key, one) is one:
                    self[key] = value
        self.update(instead or {})

    def key_at(self, key: str) -> Span:
        holder = self._holders.get(key)
        return self.span if holder is None else holder.key_at(key)

    def at(self, key: str) -> Span:
        holder = self._holders.get(key)
        return self.span if holder is None else holder.at(key)


class Seq(_Placed, list[Node]):
    """A list that knows its own place and those of its members."""

    __slots__ = ("_before", "_parsed")

    def __init__(self, parsed: SequenceNode, before: int = 0) -> None:
        """A list in a text that comes after `before` lines of other texts."""
        self._parsed = parsed
        self._before = before

    def at(self, index: int) -> Span:
        """The place of a member."""
        return span_of(self._parsed.value[index], self._before)


def plain(node: Any) -> Any:
    """The data of a node, without places; a tuple becomes a list."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.items()}
    return [plain(member) for member in node] if isinstance(node, list | tuple) else node


def hashable(data: Any) -> Any:
    """What can be a key in place of plain data: it is equal for data that are."""
    if isinstance(data, dict):
        return frozenset((key, hashable(value)) for key, value in data.items())
    return tuple(map(hashable, data)) if isinstance(data, list) else data


def span_of(parsed: Any, before: int = 0) -> Span:
    """The place of a parser's node or event, in a text after `before` lines of other texts."""
    start, end = parsed.start_mark, parsed.end_mark
    line = before + 1
    return Span(start.line + line, start.column + 1, end.line + line, end.column + 1)
