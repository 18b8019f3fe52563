"""A Word document (.docx) as a text: its paragraphs with their numbers, and its tables.

Only the body, the styles and the numbering are read, and whether there are words above or below a
page; no link is followed, and nothing runs.
"""

import zipfile
from collections import Counter
from io import BytesIO

from claimpos.errors import as_wrong_usage
from claimpos.importing.text_blocks import (
    NOT_READ,
    Block,
    Grid,
    Text,
    TextParagraph,
    in_one_cell,
)
from claimpos.importing.word_numbering import ListCounter, ListPlace, read_lists
from claimpos.importing.word_reader import UNCHOSEN, Fields, WordReader, holds_words
from claimpos.importing.word_runs import Runs
from claimpos.importing.word_styles import Styles, read_styles
from claimpos.importing.word_symbols import PRIVATE, symbol
from claimpos.importing.workbook_parts import Parts, bare, is_on, natural, sole

# What of an equation is not written in one line.
_EQUATIONS = ("m", "nary", "rad", "d", "eqArr", "sPre", "limLow", "limUpp")
_FORMS = ("ddList", "checkBox")
_DRAWN = {"pic": "picture", "imagedata": "picture", "chart": "chart", "relIds": "diagram"}
_SKIPPED = {
    *("del", "moveFrom", "instrText", "delText", UNCHOSEN, "txbxContent"),
    # how it looked before a change
    *("pPrChange", "rPrChange", "tblPrChange", "tblPrExChange", "trPrChange", "tcPrChange"),
    *("rt", "object", *_EQUATIONS),
}
_UNREAD = {
    "footnoteReference": "footnote",
    "endnoteReference": "endnote",
    "commentReference": "comment",
    "txbxContent": "text box",
    "rt": "annotation",
    **dict.fromkeys(("altChunk", "subDoc"), "inserted document"),
    "object": "embedded object",
    **_DRAWN,
    **dict.fromkeys(_EQUATIONS, "equation"),
    **dict.fromkeys(_FORMS, "form field"),
}
_IN_LINE = {*_EQUATIONS, *_FORMS}
_CHANGES = {"ins", "del", "moveFrom", "moveTo", "cellDel", "cellIns"}
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
    main = sole(parts.related(""), "officeDocument")
    related = parts.related(main)
    numbering, form = sole(related, "numbering"), sole(related, "styles")
    body = _Body(parts, read_styles(parts, form), ListCounter(read_lists(parts, numbering)))
    for kind, name in related.values():
        if kind in {"header", "footer"} and name in parts and holds_words(parts, name):
            body.unread[kind] += 1
    parts.read(main, body)
    return body.read()


class _Cell:
    """A cell, which may go on from the one above, or be deleted."""

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self.columns = 1
        self.goes_on = self.is_deleted = False


class _Body(WordReader):
    """Reads the body's paragraphs and tables; those within a cell become part of it."""

    anywhere = ("t", *_UNREAD)
    of_any_kind = (*_DRAWN, "textpath")

    def __init__(self, parts: Parts, styles: Styles, counter: ListCounter) -> None:
        super().__init__()
        self._parts = parts
        self._styles = styles
        self._counter = counter
        self.unread: Counter[str] = Counter()
        self._blocks: list[Block] = []
        self._title = ""
        self._changed = self._bound = False
        self._skipping = 0
        self._fields = Fields()
        self._mark_of_field = ""
        self._runs = Runs(styles)
        self._goes_on = False
        self._style = ""
        self._place = ListPlace()
        self._is_heading = False
        self._grids: list[Grid] = []
        self._tables: list[str] = []  # their styles
        self._cells: list[_Cell] = []
        self._rows_deleted: list[bool] = []  # whether each current row is

    def read(self) -> Text:
        """The text, once all of it has been seen."""
        self._end_carried()
        if self._fields.in_code:
            self.unread["field without an end"] = 1
        hidden, unread = self._runs.holds_hidden, dict(self.unread)
        return Text(self._blocks, self._title, unread, hidden, self._changed, self._bound)

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name in _UNREAD and not self._skipping:
            self._leave(_UNREAD[name], NOT_READ * (name in _IN_LINE))
        self._changed |= name in _CHANGES
        if name in _SKIPPED:
            if name == "del" and self.path[-2] == "trPr":
                self._rows_deleted[-1] = True
            self._goes_on |= name in ("del", "moveFrom") and self._is_of_mark()
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
        if self.path[-1] != "t":
            return
        if self._skipping or self.in_others:
            if self._skipping == (UNCHOSEN in self.path):
                self.unread["program-specific text"] += 1
            return
        for _ in PRIVATE.findall(text):
            self._leave("symbol")
        self._add(PRIVATE.sub(NOT_READ, text))

    def _leave(self, what: str, mark: str = "") -> None:
        """Count something as not read; a mark may stand where it was."""
        self.unread[what] += 1
        self._add(mark)

    def _add(self, text: str) -> None:
        """Add to the current run, unless it is the code of a field."""
        if not self._fields.in_code:
            self._runs.add(text, self._style, *self._tables[-1:])

    # ---- paragraphs ----

    def _begin_p(self, _: str, __: dict[str, str]) -> None:
        self._style, self._place, self._is_heading = self._styles.usual, ListPlace(), False
        self._goes_on = False

    def _begin_framepr(self, _: str, given: dict[str, str]) -> None:
        """A large first letter goes on with the paragraph that it begins."""
        self._goes_on |= given.get("dropCap", "none") != "none"

    def _begin_pstyle(self, _: str, given: dict[str, str]) -> None:
        self._style = given.get("val", "")

    def _begin_numid(self, _: str, given: dict[str, str]) -> None:
        self._place = self._place._replace(number=given.get("val", ""))

    def _begin_ilvl(self, _: str, given: dict[str, str]) -> None:
        self._place = self._place._replace(level=natural(given.get("val", "0")))

    def _begin_outlinelvl(self, _: str, given: dict[str, str]) -> None:
        self._is_heading = natural(given.get("val", "9")) < 9

    def _begin_r(self, _: str, __: dict[str, str]) -> None:
        self._runs.begin()

    def _begin_fldchar(self, _: str, given: dict[str, str]) -> None:
        self._mark_of_field = given.get("fldCharType", "")

    def _end_fldchar(self) -> None:
        """Go on behind the mark, in which a form may be, so that what Word shows of it counts."""
        self._fields.meet(self._mark_of_field)

    def _begin_databinding(self, _: str, __: dict[str, str]) -> None:
        self._bound = True

    def _begin_rstyle(self, _: str, given: dict[str, str]) -> None:
        if self._is_of_run():
            self._runs.style = given.get("val", "")

    def _begin_switch(self, _: str, given: dict[str, str]) -> None:
        name, is_on_here = self.path[-1], is_on(given.get("val", "1"))
        if self._is_of_run():
            self._runs.switches[name] = is_on_here
        elif self._is_of_mark():
            self._goes_on |= name == "vanish" and is_on_here

    _begin_strike = _begin_dstrike = _begin_vanish = _begin_switch

    def _begin_vertalign(self, _: str, given: dict[str, str]) -> None:
        if self._is_of_run():
            self._runs.height = given.get("val", "")

    def _begin_textpath(self, _: str, given: dict[str, str]) -> None:
        if given.get("string", "").strip():
            self._leave("text box")

    def _begin_sym(self, _: str, given: dict[str, str]) -> None:
        shown = symbol(given.get("char", ""), given.get("font", ""))
        if shown == NOT_READ:
            self._leave("symbol")
        self._add(shown)

    def _is_of_run(self) -> bool:
        """Whether a property is one of a run, not of the mark at a paragraph's end."""
        return self.path[-3:-1] == ["r", "rPr"]

    def _is_of_mark(self) -> bool:
        return self.path[-3:-1] == ["pPr", "rPr"]

    def _end_p(self) -> None:
        """End a paragraph, unless its mark is deleted or hidden: then it goes on with the next.

        What a style hides as a whole takes no number, either.
        """
        if self._goes_on or (not self._runs and self._styles.has("vanish", self._style)):
            self._parts.spend(_PARAGRAPH)
        else:
            self._put_paragraph()

    def _end_carried(self) -> None:
        """End a paragraph that would go on with the next, where there is none."""
        if self._runs:
            self._put_paragraph()

    def _put_paragraph(self) -> None:
        text = self._runs.take()
        number = self._counter.next(self._styles.place(self._style, self._place))
        self._parts.spend(_PARAGRAPH + len(number))
        if not text:
            return
        if self._cells:
            self._cells[-1].paragraphs.append(f"{number} {text}" if number else text)
            return
        name = self._styles.name(self._style)
        is_heading = self._is_heading or self._styles.is_heading(self._style)
        if name == "title" and not self._title:
            self._title = " ".join(text.split())
        self._blocks.append(TextParagraph(text, number, is_heading))

    # ---- equations ----

    def _begin_num(self, _: str, __: dict[str, str]) -> None:
        self._runs.begin_part()

    _begin_den = _begin_sup = _begin_sub = _begin_num

    def _end_num(self) -> None:
        self._runs.end_part(self.path[-1])

    _end_den = _end_sup = _end_sub = _end_num

    # ---- tables ----

    def _begin_tbl(self, _: str, __: dict[str, str]) -> None:
        self._end_carried()
        self._grids.append(Grid(self._parts.spend))
        self._tables.append("")

    def _begin_tblstyle(self, above: str, given: dict[str, str]) -> None:
        if above == "tblPr" and self._tables:
            self._tables[-1] = given.get("val", "")

    def _begin_tr(self, _: str, __: dict[str, str]) -> None:
        self._rows_deleted.append(False)
        self._grids[-1].row()

    def _begin_gridbefore(self, _: str, given: dict[str, str]) -> None:
        self._grids[-1].cell("", natural(given.get("val", "0")))

    def _begin_tc(self, _: str, __: dict[str, str]) -> None:
        self._cells.append(_Cell())

    def _begin_gridspan(self, _: str, given: dict[str, str]) -> None:
        self._cells[-1].columns = natural(given.get("val", "1"))

    def _begin_vmerge(self, _: str, given: dict[str, str]) -> None:
        self._cells[-1].goes_on = given.get("val", "continue") == "continue"

    def _begin_celldel(self, _: str, __: dict[str, str]) -> None:
        self._cells[-1].is_deleted = True

    def _end_tc(self) -> None:
        self._end_carried()
        cell = self._cells.pop()
        if cell.is_deleted:
            return
        if cell.goes_on:
            self._grids[-1].above(cell.columns)
        else:
            self._grids[-1].cell("\n".join(cell.paragraphs), cell.columns)

    def _end_tr(self) -> None:
        if self._rows_deleted.pop():
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
            self._blocks.append(table)
