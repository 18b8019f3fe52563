"""One piece of data as YAML in many layouts: indents, blanks, comments, flow, quotes, line ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from hypothesis import strategies as st

_WORDS = ["plain", "a text: in quotes", "two words", "é 漢 😀", "no", "12", "long " * 30 + "text"]


class Layout(NamedTuple):
    """How a file is laid out."""

    indent: int
    dash: int
    gap: int
    blanks: bool
    comments: bool
    flow_from: int
    in_json: bool
    newline: str
    bom: bool
    last_end: bool

    def lay_out(self, data: Any, pick: Callable[[int], int]) -> str:
        """The text; `pick(n)` chooses one of n ways where the layout leaves them open."""
        if self.in_json:
            text = json.dumps(data, indent=self.indent, ensure_ascii=False) + "\n"
        else:
            text = "\n".join(_Writer(self, pick).block(data, 0, 0)) + "\n"
        if not self.last_end:
            text = text.rstrip("\n")
        return ("\ufeff" if self.bom else "") + text.replace("\n", self.newline)


class _Writer:
    def __init__(self, layout: Layout, pick: Callable[[int], int]) -> None:
        self.layout = layout
        self.pick = pick
        self.number = 0

    def block(self, data: Any, column: int, level: int) -> list[str]:
        lines: list[str] = []
        pairs = data.items() if isinstance(data, dict) else ((None, one) for one in data)
        for at, (key, value) in enumerate(pairs):
            lines += self.above(column, at)
            lines += self.member(key, value, column, level)
        return [*lines, *self.comment(column + self.layout.indent * self.pick(2))]

    def above(self, column: int, at: int) -> list[str]:
        return [""] * (self.layout.blanks and at > 0) + self.comment(column)

    def comment(self, column: int) -> list[str]:
        if not self.layout.comments or self.pick(3):
            return []
        self.number += 1
        return [" " * column + f"# {self.number}: a comment, {{with}} [signs]"]

    def member(self, key: str | None, value: Any, column: int, level: int) -> list[str]:
        margin = " " * column
        head = "-" + " " * self.layout.gap if key is None else f"{key}:"
        if not isinstance(value, dict | list) or not value or level >= self.layout.flow_from:
            between = "" if key is None else " "
            return self.scalar(f"{margin}{head}{between}", value, column)
        if key is None:
            first, *rest = self.block(value, column + len(head), level + 1)
            while first.strip()[:1] in {"#", ""}:
                first, *rest = rest
            return [margin + head + first.strip(), *rest]
        further = self.layout.dash if isinstance(value, list) else self.layout.indent
        return [margin + head + self.tail(), *self.block(value, column + further, level + 1)]

    def tail(self) -> str:
        return "  # beside" if self.layout.comments and not self.pick(3) else ""

    def scalar(self, head: str, value: Any, column: int) -> list[str]:
        if isinstance(value, str) and not self.pick(3) and value not in {"no", "12"}:
            style = [">-", "|-", "|"][self.pick(3)]
            if style != "|" or value.endswith("\n"):
                return [f"{head}{style}", " " * (column + 5) + value.strip(), *[""] * self.pick(2)]
        return [f"{head}{_flow(value)}{self.tail()}"]


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


layouts = st.builds(
    Layout,
    indent=st.sampled_from([2, 3, 4, 1, 7]),
    dash=st.sampled_from([2, 0, 4, 1]),
    gap=st.sampled_from([1, 3, 2]),
    blanks=st.booleans(),
    comments=st.booleans(),
    flow_from=st.sampled_from([9, 4, 3, 2, 1]),
    in_json=st.sampled_from([False, False, False, True]),
    newline=st.sampled_from(["\n", "\r\n"]),
    bom=st.booleans(),
    last_end=st.booleans(),
)
texts = st.sampled_from(_WORDS)
