"""A page in HTML as paragraphs and tables. Nothing that it names is fetched, and nothing runs."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import TypeVar

from claimpos.errors import WrongUsage
from claimpos.importing.html_skipped import UNREAD_WITHIN, WITHOUT_END, Skipped, is_hidden
from claimpos.importing.html_tags import BLOCKS, HEADINGS, LISTS, RAW, ROW_GROUPS, Page, Tag
from claimpos.importing.text_blocks import (
    EACH,
    NOT_READ,
    Block,
    Grid,
    Text,
    TextBudget,
    TextParagraph,
    in_one_cell,
    joined_runs,
    list_number,
    lowered,
    plain_lines,
    raised,
)

_STRUCK = {"s", "del", "strike"}
_BESIDE: Mapping[str, Callable[[str], str]] = {
    "sup": raised,
    "sub": lowered,
    **dict.fromkeys(("rt", "rp"), lambda _: ""),  # what stands above a word, and its brackets
}
_UNREAD = {"rt": "annotation", **dict.fromkeys(("iframe", "object", "embed"), "inserted document")}
_FIELDS = {"text", "number", "date", "month", "time", "email", "tel", "url", "search"}
_BOXES = {"checkbox", "radio"}
_IN_TABLES = ("table", "tr", "td", "th", *ROW_GROUPS)
_ADDED = {"br": ("\n", "\n"), "q": ("“", "”")}  # where these begin, and where they end
_BLANK_LINES = re.compile(r"\n\s*\n")
_FORMS = {"1", "a", "A", "i", "I"}  # of the numbers of a list
_DEEPEST = 64
_Number = TypeVar("_Number", int, int | None)
_NUMBER = re.compile(r"\s*([+-]?[0-9]{1,6})")
_WIDEST, _LONGEST = 1_000, 65_534  # cells reach over so many columns and rows at most


def read_html(name: str, text: str) -> Text:
    """The text of a page; raises WrongUsage if it is nested too deeply, or is too large."""
    return _HtmlReader(name).read(Page(text, is_xml=name.lower().endswith(".xhtml")))


class _Cell:
    def __init__(self, columns: int, rows: int) -> None:
        self.paragraphs: list[str] = []
        self.columns = columns
        self.rows = rows


class _List:
    """A list: the form of its numbers, the next one, if it is known, and the step.

    `marker` is the number or the bullet of the member that has just begun, until it has a text.
    """

    def __init__(self, tag: Tag) -> None:
        given = tag.attributes
        self.marker = ""
        form = given.get("type", "")
        self.form = form if form in _FORMS else "1"
        self.is_ordered = tag.name == "ol"
        self.step = -1 if "reversed" in given else 1
        self.next = _number(given.get("start"), 1 if self.step > 0 else None)

    def begin_member(self, given: Mapping[str, str]) -> bool:
        """Begin a member; returns whether its marker is known."""
        number = _number(given.get("value"), self.next)
        if not self.is_ordered:
            self.marker = "•"
        elif number is None:
            self.marker = ""
        else:
            self.marker = f"{list_number(number, self.form)}."
            self.next = number + self.step
        return bool(self.marker)


class _HtmlReader:
    def __init__(self, name: str) -> None:
        self._name = name
        self._blocks: list[Block] = []
        self._title = ""
        self._unread: Counter[str] = Counter()
        self._budget = TextBudget()
        self._raw = ""
        self._skipped: Skipped | None = None
        self._hides = False
        self._runs: list[tuple[str, bool]] = []
        self._is_heading = self._keeps_lines = False
        self._struck = 0
        self._beside = ""
        self._grids: list[Grid] = []
        self._cells: list[_Cell | None] = []
        self._lists: list[_List] = []

    def read(self, page: Page) -> Text:
        """The text of a page."""
        for token in page.tokens():
            self._take(token)
        while self._grids:
            self._end_table()
        self._end_paragraph()
        ends = page.ends or (page.line(self._skipped.at) if self._skipped else 0)
        return Text(self._blocks, self._title, dict(+self._unread), self._hides, ends=ends)

    def _take(self, token: Tag | str) -> None:
        if self._skipped is not None:
            self._skip(self._skipped, token)
        elif isinstance(token, str):
            self._text(token)
        elif token.is_end:
            self._end(token.name)
        else:
            self._begin(token)

    def _begin(self, tag: Tag) -> None:
        name = tag.name
        if name in BLOCKS:
            self._end_paragraph()
        if is_hidden(tag):
            self._skipped = None if name in WITHOUT_END else Skipped(tag)
            return
        if name in RAW:
            self._raw = name
        if what := _UNREAD.get(name):
            self._unread[what] += 1
        if name in UNREAD_WITHIN:
            self._skipped = Skipped(tag)
        elif name in LISTS or name == "li":
            self._begin_in_list(tag)
        elif name in _IN_TABLES:
            self._begin_in_table(name, tag.attributes)
        else:
            self._begin_text(name, tag.attributes)

    def _begin_text(self, name: str, given: Mapping[str, str]) -> None:
        if name in HEADINGS:
            self._is_heading = True
        elif name in _BESIDE:
            self._beside = name
        elif name in _ADDED:
            self._add(_ADDED[name][0])
        elif name == "img":  # which counts if the page says what is in it
            self._unread["picture"] += bool(given.get("alt", "").strip())
        elif name == "input":
            self._field(given)
        elif name in _STRUCK:
            self._struck += 1
        elif name == "pre":
            self._keeps_lines = True

    def _begin_in_list(self, tag: Tag) -> None:
        if tag.name in LISTS:
            self._check(len(self._lists))
            self._lists.append(_List(tag))
        elif self._lists and not self._lists[-1].begin_member(tag.attributes):
            self._unread["number of a reversed list"] += 1

    def _begin_in_table(self, name: str, given: Mapping[str, str]) -> None:
        if name == "table":
            self._check(len(self._grids))
            self._grids.append(Grid(self._budget.spend))
            self._cells.append(None)
        elif self._grids:
            self._end_cell()
            if name == "tr":
                self._grids[-1].row()
            elif name in ROW_GROUPS:
                self._grids[-1].end_row_group()
            else:
                columns, rows = (_number(given.get(key), 1) for key in ("colspan", "rowspan"))
                self._cells[-1] = _Cell(min(max(columns, 1), _WIDEST), rows or _LONGEST)

    def _end(self, name: str) -> None:
        if name in BLOCKS:
            self._end_paragraph()
        if name == self._raw:
            self._raw = ""
        elif name in LISTS or name == "li":
            self._end_in_list(name)
        elif name in _IN_TABLES:
            self._end_in_table(name)
        elif name in _ADDED:
            self._add(_ADDED[name][1])
        elif name in HEADINGS:
            self._is_heading = False
        elif name == "pre":
            self._keeps_lines = False
        elif name in _BESIDE or name == "ruby":
            self._beside = ""
        elif name in _STRUCK:
            self._struck = max(0, self._struck - 1)

    def _end_in_list(self, name: str) -> None:
        if self._lists and name == "li":
            self._lists[-1].marker = ""
        elif self._lists:
            self._lists.pop()

    def _end_in_table(self, name: str) -> None:
        if self._grids and name == "table":
            self._end_table()
        elif self._grids:
            self._end_cell()
            if name in ROW_GROUPS:
                self._grids[-1].end_row_group()

    def _text(self, text: str) -> None:
        if self._raw not in ("", "xmp"):
            if self._raw == "title" and not self._title:
                self._title = " ".join(plain_lines(text).split())
            elif self._raw == "textarea" and text.strip():
                self._leave("form field")
            return
        if not self._keeps_lines:
            text = text.replace("\n", " ")
        for number, part in enumerate(_BLANK_LINES.split(text)):
            if number:
                self._end_paragraph()
            self._add(_BESIDE.get(self._beside, str)(part))

    def _add(self, text: str) -> None:
        self._runs.append((text, self._struck > 0))

    def _leave(self, what: str) -> None:
        """Count something as not read, and mark where it was."""
        self._unread[what] += 1
        self._add(NOT_READ)

    def _field(self, given: Mapping[str, str]) -> None:
        kind = given.get("type", "text").lower()
        is_filled = kind in _FIELDS and given.get("value", "").strip()
        if is_filled or (kind in _BOXES and "checked" in given):
            self._leave("form field")

    def _skip(self, skipped: Skipped, token: Tag | str) -> None:
        ends_before = skipped.ends_before(token)
        if not ends_before and not skipped.take(token):
            return
        self._skipped = None
        if skipped.is_hidden:
            self._hides |= skipped.holds_text
        elif skipped.holds_text and skipped.what:
            self._leave(skipped.what)
        if ends_before:
            self._take(token)

    def _end_paragraph(self) -> None:
        """Add the current paragraph, to the current cell if there is one."""
        text = plain_lines(joined_runs(self._runs))
        self._runs, self._beside = [], ""
        if not text:
            return
        self._budget.spend(len(text) + EACH)
        number = " ".join(one.marker for one in self._lists if one.marker)
        for one in self._lists:
            one.marker = ""
        cell = self._cells[-1] if self._cells else None
        if cell is not None:
            cell.paragraphs.append(f"{number} {text}" if number else text)
        else:
            self._blocks.append(TextParagraph(text, number, self._is_heading))
        self._is_heading = False

    def _end_cell(self) -> None:
        self._end_paragraph()
        cell = self._cells[-1]
        if cell is not None:
            self._grids[-1].cell("\n".join(cell.paragraphs), cell.columns, cell.rows)
            self._cells[-1] = None

    def _end_table(self) -> None:
        """End the current table; within a cell of another table, it becomes part of that cell."""
        self._end_cell()
        table = self._grids.pop().table()
        self._cells.pop()
        cell = self._cells[-1] if self._cells else None
        if cell is not None:
            lines = in_one_cell(table)
            self._budget.spend(sum(map(len, lines)))
            cell.paragraphs.extend(lines)
        elif table.rows:
            self._blocks.append(table)

    def _check(self, depth: int) -> None:
        if depth >= _DEEPEST:
            raise WrongUsage(f"“{self._name}” is nested too deeply to be read")


def _number(written: str | None, default: _Number) -> int | _Number:
    found = _NUMBER.match(written or "")
    return int(found[1]) if found else default
