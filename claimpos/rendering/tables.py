"""Tables by tabulate, of inert cells: fitted to a terminal, or in the markup of some document."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

from claimpos.dossier.limits import how_to_raise, limit
from claimpos.errors import WrongUsage
from claimpos.rendering.text import are_narrow, isolated, lines_of, widest, width_of

GRID = "simple_grid"
LIGHT = "simple"
"""Without lines between the rows."""

# What a cell might show as a border of the table, in styles that draw borders.
_BORDERS = {
    GRID: dict.fromkeys(range(0x2500, 0x2580), "¦"),
    "grid": dict.fromkeys(map(ord, "|"), "¦"),
}
_BETWEEN = {GRID: 3, LIGHT: 2}

# tabulate makes a column at least this much wider than its head.
_PADDING = 2
_NARROWEST = 8
_WORD = re.compile(r"\S+")
_PART = re.compile(r"[^\s-]+-*|-+")


def drawn(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    style: str,
    widths: Sequence[int] | None = None,
) -> str:
    """A table in a style of tabulate's, of cells that are inert there.

    `widths` limits its columns, whose words are wrapped and never cut. No sign of a cell is left
    that would look like a border. Raises WrongUsage if it has more cells than the limit.
    """
    _check_cells(len(header) * len(rows))
    borders = _BORDERS.get(style, {})
    lines = [[cell.translate(borders) for cell in row] for row in (header, *rows)]
    if widths:
        heads = [max(width - _PADDING, 1) for width in widths]
        lines = [_folded(row, widths if at else heads) for at, row in enumerate(lines)]
        lines = [row if are_narrow(row) else [*map(isolated, row)] for row in lines]
    others = (cell for row in lines if not are_narrow(row) for cell in row)
    tabulate = _loaded(wide=any(width_of(cell) != len(cell) for cell in others))
    text: str = tabulate.tabulate(
        lines[1:], headers=lines[0], tablefmt=style, disable_numparse=True
    )
    return text


def _check_cells(number: int) -> None:
    most = limit("table-cells")
    if number > most:
        raise WrongUsage(
            f"the table would have {number:,} cells, more than {most:,}; ask for less, or, "
            f"{how_to_raise('table-cells')}"
        )


# tabulate asks importlib for its own version, which loads the library of email.
_STAND_INS: dict[str, Any] = {
    "wcwidth": None,
    "importlib.metadata": SimpleNamespace(version={}.__getitem__, PackageNotFoundError=KeyError),
}


def _loaded(wide: bool) -> Any:
    """tabulate, loaded without what it would import but does not need here, because that is slow.

    It gets wcwidth only if a cell is `wide`.
    """
    if "tabulate" not in sys.modules:
        absent = {name: one for name, one in _STAND_INS.items() if name not in sys.modules}
        sys.modules |= absent
        with suppress(ImportError):  # a tabulate that asks for more gets it below
            import tabulate
        for name in absent:
            del sys.modules[name]
    import tabulate

    if wide and not tabulate.WIDE_CHARS_MODE:
        import wcwidth

        tabulate.wcwidth = wcwidth  # type: ignore[attr-defined]
        tabulate.WIDE_CHARS_MODE = True
    return tabulate


def _folded(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    """The cells in lines; only a word longer than its column is broken, at a hyphen if it can.

    tabulate can do this too, at four times the cost.
    """
    return [
        "\n".join([part for line in cell.split("\n") for part in _fold(line, width)])
        for cell, width in zip(row, widths, strict=True)
    ]


def _fold(line: str, width: int) -> list[str]:
    if width_of(line) <= width and line == " ".join(line.split()):
        return [line]
    return lines_of(line, width, at_hyphens=_longest(_WORD, line) > width)


def fitted(header: Sequence[str], rows: Sequence[Sequence[str]], style: str, width: int) -> str:
    """A table whose columns share the terminal's width, each no wider than it needs."""
    columns = [(head, "\n".join(cells)) for head, *cells in zip(header, *rows, strict=True)]
    widths = [max(width_of(head) + _PADDING, widest(cells.split("\n"))) for head, cells in columns]
    room = width - _BETWEEN[style] * len(header) - (style == GRID)
    least = _least_widths(columns)
    while sum(widths) > room and (lowest := next(least, None)) is not None:
        widths = _narrowed(widths, lowest, room)
    return drawn(header, rows, style, widths)


def _least_widths(columns: Sequence[tuple[str, str]]) -> Iterator[list[int]]:
    """How narrow columns may become: so that no word is broken, and where that is too wide, more.

    Each column is its head, and the text of its cells.
    """
    yield [_least(_WORD, head, cells) for head, cells in columns]
    parts = [_least(_PART, head, cells) for head, cells in columns]
    yield parts
    narrow = [_NARROWEST] * len(columns)
    yield [parts[0], *narrow[1:]]
    yield narrow


def _narrowed(widths: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """The widths with the widest narrowed, none below its least, until they fit the room."""

    def at_most(level: int) -> list[int]:
        return [min(width, max(level, low)) for width, low in zip(widths, least, strict=True)]

    if sum(widths) <= room:
        return list(widths)
    level = bisect_right(range(max(widths)), room, key=lambda level: sum(at_most(level)))
    narrowed = at_most(level)
    excess = sum(narrowed) - room
    for at, low in enumerate(least):
        if excess > 0 and narrowed[at] == level > low:
            narrowed[at] -= 1
            excess -= 1
    return narrowed


def _least(piece: re.Pattern[str], head: str, cells: str) -> int:
    """How narrow a column can be without breaking a piece of its text."""
    return max(_longest(piece, head) + _PADDING, _longest(piece, cells))


def _longest(piece: re.Pattern[str], text: str) -> int:
    return widest(piece.findall(text))


def first_widened(
    header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], most: int
) -> list[int]:
    """The widths with the first column as wide as its longest word, at the cost of the others.

    It is never wider than `most`, nor narrower than before.
    """
    first, *others = widths
    needed = min(_least(_WORD, header[0], "\n".join(row[0] for row in rows)), most)
    if needed <= first:
        return list(widths)
    missing = needed - first
    return [
        needed,
        *(other - missing // len(others) for other in others[:-1]),
        others[-1] - missing + missing // len(others) * (len(others) - 1),
    ]


def latex_inert(text: str) -> str:
    """The text without commands; after the end of a row, [ and * would belong to that."""
    from tabulate import LATEX_ESCAPE_RULES

    rules = {**LATEX_ESCAPE_RULES, "[": "{[}", "*": "{*}"}
    return "".join(rules.get(character, character) for character in text)
