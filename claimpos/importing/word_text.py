"""A Word document (.docx) as a text: its paragraphs with their numbers, and its tables.

Only the body, the styles and the numbering are read; no link is followed, and nothing runs.
"""

import zipfile
from collections import Counter
from io import BytesIO
from typing import NamedTuple

from claimpos.errors import as_wrong_usage
from claimpos.importing.text_blocks import (
    Block,
    Grid,
    Text,
    TextParagraph,
    in_one_cell,
    joined_runs,
    plain_lines,
)
from claimpos.importing.word_numbering import (
    ListCounter,
    ListPlace,
    Styles,
    is_on,
    read_lists,
    read_styles,
)
from claimpos.importing.workbook_parts import Parts, Reader, bare, natural

_SKIPPED = {
    *("del", "moveFrom", "instrText", "delText", "Fallback", "txbxContent"),
    *("pPrChange", "rPrChange", "tblPrChange"),  # how it looked before a change
}
_UNREAD = {
    "footnoteReference": "footnote",
    "endnoteReference": "endnote",
    "commentReference": "comment",
    "txbxContent": "text box",
}
_CHANGES = {"ins", "del", "moveFrom", "moveTo"}
_PARAGRAPH = 50
"""So many characters a paragraph counts for, besides those in it."""
_BREAKS = {"br": "\n", "cr": "\n", "tab": " ", "noBreakHyphen": "-", "ptab": " "}


def read_word(name: str, content: bytes) -> Text:
    """The text of a Word document; raises WrongUsage if it is not one, or is too large."""
    with (
        as_wrong_usage(f"“{name}” cannot be read as a .docx document"),
        zipfile.ZipFile(BytesIO(content)) as archive,
    ):
        return _text(Parts(archive, "document"))


def _text(parts: Parts) -> Text:
    main = next(name for kind, name in parts.related("").values() if kind == "officeDocument")
    related = {kind: name for kind, name in parts.related(main).values() if name in parts}
    lists = read_lists(parts, related["numbering"]) if "numbering" in related else {}
    styles = read_styles(parts, related["styles"]) if "styles" in related else Styles({})
    body = _Body(parts, styles, ListCounter(lists))
    parts.read(main, body)
    return Text(body.blocks, body.title, dict(body.unread), body.hidden, body.changed)


class _Cell(NamedTuple):
    """The current cell: its paragraphs and, in lists of one, its width and whether it is merged."""

    paragraphs: list[str]
    columns: list[int]
    goes_on: list[bool]


class _Body(Reader):
    """Reads the body's paragraphs and tables; those within a cell become part of it."""

    def __init__(self, parts: Parts, styles: Styles, counter: ListCounter) -> None:
        super().__init__()
        self._parts = parts
        self._styles = styles
        self._counter = counter
        self.blocks: list[Block] = []
        self.title = ""
        self.unread: Counter[str] = Counter()
        self.hidden = self.changed = False
        self._skipping = 0
        self._runs: list[tuple[str, bool]] = []
        self._style = ""
        self._place = ListPlace()
        self._is_heading = False
        self._struck = False
        self._words_style = ""
        self._vanishes: bool | None = None
        self._grids: list[Grid] = []
        self._tables: list[str] = []  # their styles
        self._cells: list[_Cell] = []
        self._row_is_deleted = False

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name in _UNREAD:
            self.unread[_UNREAD[name]] += not self._skipping
        self.changed |= name in _CHANGES
        if name in _SKIPPED:
            self._row_is_deleted |= name == "del" and self.path[-2] == "trPr"
            self._skipping += 1
        if self._skipping:
            return
        above = self.path[-2] if len(self.path) > 1 else ""
        if name in _BREAKS and above == "r":
            self._add(_BREAKS[name])
        elif begin := getattr(self, f"_begin_{name.lower()}", None):
            begin(above, bare(attributes))

    def ends(self, name: str) -> None:
        skipping = self._skipping
        self._skipping -= name in _SKIPPED
        if not skipping and (end := getattr(self, f"_end_{name.lower()}", None)):
            end()

    def text(self, text: str) -> None:
        if not self._skipping and self.path[-1] == "t":
            self._add(text)

    def _add(self, text: str) -> None:
        """Add to the current run, unless Word does not show it."""
        hides = self._vanishes
        if hides is None:
            hides = self._styles.hides(self._style, self._words_style, *self._tables[-1:])
        if hides:
            self.hidden |= bool(text.strip())
        else:
            self._runs.append((text, self._struck))

    # ---- paragraphs ----

    def _begin_p(self, _: str, __: dict[str, str]) -> None:
        self._runs, self._style, self._place, self._is_heading = [], "", ListPlace(), False

    def _begin_pstyle(self, _: str, given: dict[str, str]) -> None:
        self._style = given.get("val", "")

    def _begin_numid(self, _: str, given: dict[str, str]) -> None:
        self._place = self._place._replace(number=given.get("val", ""))

    def _begin_ilvl(self, _: str, given: dict[str, str]) -> None:
        self._place = self._place._replace(level=natural(given.get("val", "0")))

    def _begin_outlinelvl(self, _: str, given: dict[str, str]) -> None:
        self._is_heading = natural(given.get("val", "9")) < 9

    def _begin_r(self, _: str, __: dict[str, str]) -> None:
        self._struck, self._words_style, self._vanishes = False, "", None

    def _begin_rstyle(self, _: str, given: dict[str, str]) -> None:
        if self._is_of_run():
            self._words_style = given.get("val", "")

    def _begin_strike(self, _: str, given: dict[str, str]) -> None:
        if self._is_of_run():
            self._struck = is_on(given)

    _begin_dstrike = _begin_strike

    def _begin_vanish(self, _: str, given: dict[str, str]) -> None:
        if self._is_of_run():
            self._vanishes = is_on(given)

    def _is_of_run(self) -> bool:
        """Whether a property is one of a run, not of the mark at a paragraph's end."""
        return self.path[-3:-1] == ["r", "rPr"]

    def _end_p(self) -> None:
        text = plain_lines(joined_runs(self._runs))
        self._runs = []
        number = self._counter.next(self._styles.place(self._style, self._place))
        self._parts.spend(_PARAGRAPH + len(number))
        if not text:
            return
        if self._cells:
            self._cells[-1].paragraphs.append(f"{number} {text}" if number else text)
            return
        name = self._styles.name(self._style)
        is_heading = self._is_heading or self._styles.is_heading(self._style)
        if name == "title" and not self.title:
            self.title = " ".join(text.split())
        self.blocks.append(TextParagraph(text, number, is_heading))

    # ---- tables ----

    def _begin_tbl(self, _: str, __: dict[str, str]) -> None:
        self._grids.append(Grid(self._parts.spend))
        self._tables.append("")

    def _begin_tblstyle(self, above: str, given: dict[str, str]) -> None:
        if above == "tblPr" and self._tables:
            self._tables[-1] = given.get("val", "")

    def _begin_tr(self, _: str, __: dict[str, str]) -> None:
        self._row_is_deleted = False
        self._grids[-1].row()

    def _begin_gridbefore(self, _: str, given: dict[str, str]) -> None:
        self._grids[-1].cell("", natural(given.get("val", "0")))

    def _begin_tc(self, _: str, __: dict[str, str]) -> None:
        self._cells.append(_Cell([], [1], [False]))

    def _begin_gridspan(self, _: str, given: dict[str, str]) -> None:
        self._cells[-1].columns[0] = natural(given.get("val", "1"))

    def _begin_vmerge(self, _: str, given: dict[str, str]) -> None:
        self._cells[-1].goes_on[0] = given.get("val", "continue") == "continue"

    def _end_tc(self) -> None:
        cell = self._cells.pop()
        if cell.goes_on[0]:
            self._grids[-1].above(cell.columns[0])
        else:
            self._grids[-1].cell("\n".join(cell.paragraphs), cell.columns[0])

    def _end_tr(self) -> None:
        if self._row_is_deleted:
            self._grids[-1].drop_row()

    def _end_tbl(self) -> None:
        self._tables.pop()
        table = self._grids.pop().table()
        if not table.rows:
            return
        if self._cells:
            lines = in_one_cell(table)
            self._parts.spend(sum(map(len, lines)))
            self._cells[-1].paragraphs.extend(lines)
        else:
            self.blocks.append(table)
