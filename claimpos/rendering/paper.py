"""Documents on paper: what files for Word and PDF have in common.

Widths are in points. Characters are measured as in a wide typeface, so that the words fit in any.
"""

import re
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from claimpos.rendering.document import (
    SIGNS,
    Block,
    Chart,
    Document,
    Group,
    Heading,
    Item,
    MarkedText,
    Notes,
    Numbered,
    Section,
    Sign,
    Table,
    Text,
    initial,
    plain,
)
from claimpos.rendering.renderer import Renderer
from claimpos.rendering.text import width_of

PADDING = 9.0
"""What a cell needs beside its text."""

_READABLE = 90
"""How wide a column of sentences is at least."""

_BOLD = 1.2  # how much wider words are in the head
_NARROW = frozenset("fijlrtI.,;:'’‘|!()[]/- ")
_WIDE = frozenset("mwMWOQ@%&—…ŒÆ")
_EMS = {"narrow": 0.4, "wide": 0.98, "capital": 0.72, "other": 0.63}
_WORD = re.compile(r"\S+")
_LINE = re.compile(".+")
# A line may end after a hyphen or a dash.
_PIECE = re.compile(r"[^\s–-]+[–-]*|[–-]+")


class PageRoom(NamedTuple):
    """The room that a page has for text, upright and on its side, and the size of tables' text."""

    upright: float
    sideways: float
    size: float


class Fitted(NamedTuple):
    """A table as it is printed: in which form, with which widths, and whether on its side."""

    table: Table
    widths: Sequence[float]
    sideways: bool


def fitted(table: Table, page: PageRoom) -> Fitted:
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
    """The widths of columns: each its least, and a share of the rest by the length of its texts."""
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
    """The room that is left, given to columns by weight; no column gets more than it wants."""
    widths = [*least]
    for _ in least:
        hungry = [at for at, want in enumerate(wanted) if want > widths[at] + 1]
        rest, over = room - sum(widths), sum(weights[at] for at in hungry)
        if rest < 1 or not over:
            break
        for at in hungry:
            widths[at] = min(wanted[at], widths[at] + rest * weights[at] / over)
    return widths


SHADES: Mapping[Sign, str] = {
    "overlap": "cfe8da",
    "conflict": "f3cfcd",
    "unresolved": "ffffff",
    "silent": "eceff2",
}
_BY_MARK: Mapping[str, str] = {str(sign): shade for sign, shade in SHADES.items()}

MONTH, NOW = 15.0, 165.0
"""How wide the columns of a picture are, in points: of a month, and of the verdict in words."""


def shade_of(text: Text) -> str:
    """The colour behind a cell that holds a verdict and nothing else; empty for others."""
    return _BY_MARK.get(text.mark, "") if isinstance(text, MarkedText) else ""


def by_section(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Blocks in runs that begin with the title, or with the heading of a section.

    Groups and sections are taken apart, except sections of notes.
    """
    run: list[Block] = []
    for block in _flat(blocks):
        if isinstance(block, Heading) and block.rank in ("title", "section") and run:
            yield run
            run = []
        run.append(block)
    yield run


def by_orientation(
    parts: Iterable[tuple[str, bool | None]], between: str = ""
) -> list[tuple[str, bool]]:
    """Join neighbouring parts of the same orientation.

    Args:
        parts: Texts, each with whether it needs a page on its side; None if that does not matter:
            then it is joined to the part before it or, if it is the first, after it.
        between: What goes between two parts that are joined.

    Returns:
        The joined texts, each with whether its pages are on their sides.
    """
    joined: list[tuple[str, bool | None]] = []
    for text, sideways in parts:
        if joined and (sideways is None or joined[-1][1] in (None, sideways)):
            before, known = joined.pop()
            joined.append((before + between + text, sideways if known is None else known))
        else:
            joined.append((text, sideways))
    return [(text, bool(sideways)) for text, sideways in joined]


def _flat(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        match block:
            case Group(within):
                yield from _flat(within)
            case Section(heading, within) if not any(isinstance(one, Notes) for one in within):
                yield from _flat([heading, *within])
            case _:
                yield block


Cell = TypeVar("Cell")
"""A cell of a table, as the target has it."""


def title_of(document: Document) -> str:
    """What the file is called: the first heading; empty without one."""
    return next((one.text for one in document.headings()), "")


def before_number(title: str) -> str:
    """What comes before the number at the foot of each page."""
    return f"{title} · page " if title else "page "


class Paper(Renderer, Generic[Cell]):
    """Blocks on pages; a table that is too wide for a page lies on its side, with its section."""

    between = ""
    """What stands between two blocks in the target."""

    def __init__(self, style: str, page: PageRoom) -> None:
        super().__init__(style)
        self.page = page
        self.below_heading = False
        """Whether the block before was a heading; a paragraph there is kept with what follows."""
        self._sideways: bool | None = None

    @abstractmethod
    def table_cell(self, text: Text) -> Cell:
        """A cell: each line is a paragraph, and a verdict that stands alone is shaded."""

    @abstractmethod
    def sign(self, sign: str, shade: str = "") -> Cell:
        """A narrow cell with one sign in its middle."""

    @abstractmethod
    def drawn(
        self, head: Sequence[Cell], rows: Sequence[Sequence[Cell]], widths: Sequence[float]
    ) -> str:
        """A table, its columns as wide as this, in points; the head is repeated on each page."""

    def chapters(self, document: Document) -> list[tuple[str, bool]]:
        """The document in parts, each with whether it is printed on pages on their sides."""
        return by_orientation(map(self._part_of, by_section(document.blocks)), self.between)

    def _part_of(self, blocks: Sequence[Block]) -> tuple[str, bool | None]:
        self._sideways = None
        return self.blocks(blocks), self._sideways

    def blocks(self, blocks: Iterable[Block]) -> str:
        return self.between.join(filter(None, map(self.block, blocks)))

    def block(self, block: Block) -> str:
        text = super().block(block)
        self.below_heading = isinstance(block, Heading)
        return text

    def facts(self, texts: Iterable[Text]) -> str:
        return self.between.join(map(self.paragraph, texts))

    def numbered(self, numbered: Numbered) -> str:
        title = self.paragraph(MarkedText(f"{numbered.number}. {numbered.title}", "strong"))
        points = self.list([Item(point) for point in numbered.points])
        return self.between.join([title, *map(self.paragraph, numbered.texts), points])

    def table(self, table: Table) -> str:
        form, widths, sideways = fitted(table, self.page)
        self._sideways = bool(self._sideways) or sideways
        head = [self.table_cell(MarkedText(name, "strong")) for name in form.header]
        return self.drawn(head, [[*map(self.table_cell, row)] for row in form.rows], widths)

    def chart(self, chart: Chart) -> str:
        """A picture: a cell for each point in time, shaded, with the sign of its verdict."""
        months = [MONTH] * len(chart.points)
        widths = [self.page.upright - sum(months) - NOW, *months, NOW]
        title, now = (self.table_cell(MarkedText(chart.header[at], "strong")) for at in (0, 2))
        head = [title, *(self.sign(initial(point)) for point in chart.points), now]
        rows = [
            [
                self.table_cell(trend.title),
                *(self.sign(SIGNS[one], SHADES[one]) for one in trend.verdicts),
                self.table_cell(trend.now),
            ]
            for trend in chart.rows
        ]
        return self.drawn(head, rows, widths)
