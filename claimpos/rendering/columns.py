"""How wide the columns of a table on paper are, so that no word in them is broken.

Widths are in points. Characters are measured as in a wide typeface, so that the words fit in any.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from claimpos.rendering.document import Table, plain
from claimpos.rendering.widths import width_of

PADDING = 9.0
"""What a cell needs beside its text."""

_READABLE = 90
"""How wide a column of sentences is at least."""

_BOLD = 1.2  # what words of the head are wider
_NARROW = frozenset("fijlrtI.,;:'’‘|!()[]/- ")
_WIDE = frozenset("mwMWOQ@%&—…ŒÆ")
_EMS = {"narrow": 0.4, "wide": 0.98, "capital": 0.72, "other": 0.63}
_WORD = re.compile(r"\S+")
_LINE = re.compile(".+")
# A line may end after a hyphen or a dash.
_PIECE = re.compile(r"[^\s–-]+[–-]*|[–-]+")


class Page(NamedTuple):
    """The room that a page has for text, upright and on its side, and the size of tables' text."""

    upright: float
    sideways: float
    size: float


class Fitted(NamedTuple):
    """A table as it is printed: in which form, with which widths, and whether on its side."""

    table: Table
    widths: Sequence[float]
    sideways: bool


def fitted(table: Table, page: Page) -> Fitted:
    """The table, or its narrow form, where its words fit: upright, else on its side.

    Where they fit nowhere, the longest words are broken on a page on its side.
    """
    forms = [table, *([table.narrow] if table.narrow is not None else [])]
    for pattern in (_WORD, _PIECE):
        for room in (page.upright, page.sideways):
            for form in forms:
                least = _least(form, page.size, pattern)
                if sum(least) <= room and _is_readable(form, room):
                    return Fitted(form, _shared(form, least, room, page.size), room != page.upright)
    last = forms[-1]
    return Fitted(last, [page.sideways / len(last.header)] * len(last.header), True)


def _is_readable(table: Table, room: float) -> bool:
    """Whether columns of sentences are wide enough to be read; others need no more than fits."""
    return table.form != "prose" or room / len(table.header) > _READABLE


def width(text: str, size: float) -> float:
    """How wide a text is in points, at most."""
    return size * sum(map(_ems, text))


def _ems(character: str) -> float:
    if character in _NARROW:
        return _EMS["narrow"]
    if character in _WIDE:
        return _EMS["wide"]
    if ord(character) > 0x2E80:
        return float(width_of(character)) * 0.55
    return _EMS["capital" if character.isupper() else "other"]


def _least(table: Table, size: float, pattern: re.Pattern[str]) -> list[float]:
    """How wide each column must be for the longest piece of its text."""
    return [
        PADDING
        + max(
            _longest(pattern, [head], size * _BOLD),
            _longest(pattern, cells, size),
        )
        for head, *cells in _columns(table)
    ]


def _longest(pattern: re.Pattern[str], cells: Sequence[str], size: float) -> float:
    return max((width(word, size) for cell in cells for word in pattern.findall(cell)), default=0)


def _columns(table: Table) -> list[list[str]]:
    rows = [table.header, *([plain(cell) for cell in row] for row in table.rows)]
    return [list(cells) for cells in zip(*rows, strict=True)]


def _shared(table: Table, least: Sequence[float], room: float, size: float) -> list[float]:
    """The room shared out: to each column its least, of the rest as its texts are long."""
    wanted, weights = [], []
    for low, cells in zip(least, _columns(table), strict=True):
        head, *others = (_longest(_LINE, [cell], size) for cell in cells)
        longest = max([head * _BOLD, *others])
        wanted.append(max(low, longest + PADDING))
        weights.append(min(longest, sum(width(cell, size) for cell in cells) / len(cells)))
    if sum(wanted) <= room:
        return wanted
    return _poured(least, wanted, weights, room)


def _poured(
    least: Sequence[float], wanted: Sequence[float], weights: Sequence[float], room: float
) -> list[float]:
    """What is left of the room given to columns by weight, to none more than it wants."""
    widths = [*least]
    for _ in least:
        hungry = [at for at, want in enumerate(wanted) if want > widths[at] + 1]
        rest, over = room - sum(widths), sum(weights[at] for at in hungry)
        if rest < 1 or not over:
            break
        for at in hungry:
            widths[at] = min(wanted[at], widths[at] + rest * weights[at] / over)
    return widths
