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
