"""A page in HTML as paragraphs and tables. Nothing that it names is fetched, and nothing runs."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import TypeVar

from claimpos.errors import WrongUsage
from claimpos.importing.html_tags import RAW, Page, Tag
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

_XML = re.compile(r"\s*<\?xml\s")
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = {
    *_HEADINGS,
    *("p", "div", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre", "hr", "caption"),
    *("section", "article", "header", "footer", "main", "nav", "aside", "form", "figure", "body"),
    *("table", "tr", "td", "th", "thead", "tbody", "tfoot", "address", "figcaption", "html"),
    *("summary", "details", "legend", "fieldset", "center", "hgroup", "search", "dialog"),
    *("dir", "menu", "listing", "xmp", "plaintext"),
}
_STRUCK = {"s", "del", "strike"}
_BESIDE: Mapping[str, Callable[[str], str]] = {
    "sup": raised,
    "sub": lowered,
    **dict.fromkeys(("rt", "rp"), lambda _: ""),  # what stands above a word, and its brackets
}
_UNREAD = {"rt": "annotation", **dict.fromkeys(("iframe", "object", "embed"), "inserted document")}
_SKIPPED = {
    "svg": "drawing",
    "math": "equation",
    "select": "form field",
    **dict.fromkeys(("object", "video", "audio", "canvas", "meter", "progress"), ""),
    **dict.fromkeys(("template", "datalist", "dialog"), ""),
}
"""Elements in which nothing is read, and what is counted if they hold text that is shown."""
_FIELDS = {"text", "number", "date", "month", "time", "email", "tel", "url", "search"}
_NO_TEXT = {"title", "desc", "style", "script", "metadata"}  # of a drawing
_LISTS = ("ul", "ol", "menu", "dir")
_DEEPEST = 64
_Number = TypeVar("_Number", int, int | None)
_NUMBER = re.compile(r"-?[0-9]{1,6}\Z")
_WIDEST = 100_000


def read_html(name: str, text: str) -> Text:
    """The text of a page; raises WrongUsage if it is nested too deeply, or is too large."""
    reader = _HtmlReader(name)
    page = Page(text, name.lower().endswith(".xhtml") or bool(_XML.match(text)))
    for token in page.tokens():
        reader.take(token)
    while reader.depth:
        reader.end_table()
    reader.end_paragraph()
    ends = page.ends or (0 if reader.skipped_from is None else page.line(reader.skipped_from))
    title = " ".join(plain_lines("".join(reader.title)).split())
    return Text(
        reader.blocks,
        title,
        {what: number for what, number in reader.unread.items() if number},
        ends=ends,
    )


class _Cell:
    def __init__(self, columns: int, rows: int) -> None:
        self.paragraphs: list[str] = []
        self.columns = columns
        self.rows = rows


class _List:
    """An ordered list: the form of its numbers, the next one, if it is known, and the step."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self.form = given.get("type") or "1"
        self.step = -1 if "reversed" in given else 1
        self.next = _number(given.get("start"), 1 if self.step > 0 else None)


class _Skipped:
    """An element in which nothing is read: its place, the depth in those of its name, its text."""

    def __init__(self, tag: Tag) -> None:
        self.name = tag.name
        self.at = tag.at
        self.depth = 1
        self.latest = ""
        self.holds_text = False

    def take(self, token: Tag | str) -> bool:
        """Pass over a tag or a stretch of text; returns whether the element has ended."""
        if isinstance(token, str):
            self.holds_text |= self.latest not in _NO_TEXT and not token.isspace()
        elif token.name == self.name:
            self.depth += -1 if token.is_end else 1
        if isinstance(token, Tag):
            self.latest = "" if token.is_end else token.name
        return not self.depth


class _HtmlReader:
    def __init__(self, name: str) -> None:
        self.blocks: list[Block] = []
        self.title: list[str] = []
        self.unread: Counter[str] = Counter()
        self._name = name
        self._budget = TextBudget()
        self._raw = ""
        self._skipped: _Skipped | None = None
        self._runs: list[tuple[str, bool]] = []
        self._number = ""
        self._is_heading = False
        self._struck = 0
        self._beside = ""
        self._grids: list[Grid] = []
        self._cells: list[_Cell | None] = []
        self._lists: list[_List | None] = []

    @property
    def depth(self) -> int:
        """How many tables are begun."""
        return len(self._grids)

    @property
    def skipped_from(self) -> int | None:
        """The place of the element in which nothing is read, if there is one."""
        return self._skipped.at if self._skipped else None

    def take(self, token: Tag | str) -> None:
        """Read the next tag or stretch of text."""
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
        if name in RAW:
            self._raw = name
        if name in _BLOCKS:
            self.end_paragraph()
        if what := _UNREAD.get(name):
            self.unread[what] += 1
        if name in _SKIPPED and not (name == "dialog" and "open" in tag.attributes):
            self._skipped = _Skipped(tag)
            return
        if name in _HEADINGS:
            self._is_heading = True
        elif name in _BESIDE:
            self._beside = name
        elif name == "br":
            self._add("\n")
        elif name in ("input", "img"):
            self._filled(name, tag.attributes)
        elif name in _STRUCK:
            self._struck += 1
        else:
            self._structure(name, tag.attributes)

    def _structure(self, tag: str, given: Mapping[str, str]) -> None:
        """Begin a list, its member, a table, a row or a cell."""
        if tag in _LISTS:
            self._check(len(self._lists))
            self._lists.append(_List(given) if tag == "ol" else None)
        elif tag == "li" and self._lists:
            self._member(given)
        elif tag == "table":
            self._check(len(self._grids))
            self._grids.append(Grid(self._budget.spend))
            self._cells.append(None)
        elif tag == "tr" and self._grids:
            self._end_cell()
            self._grids[-1].row()
        elif tag in ("td", "th") and self._grids:
            self._end_cell()
            columns, rows = (_number(given.get(key), 1) for key in ("colspan", "rowspan"))
            self._cells[-1] = _Cell(min(max(columns, 1), _WIDEST), max(rows, 1))

    def _member(self, given: Mapping[str, str]) -> None:
        latest = self._lists[-1]
        if latest is None:
            self._number = "•"
            return
        number = _number(given.get("value"), latest.next)
        if number is None:
            self.unread["number of a reversed list"] += 1
            return
        latest.next = number + latest.step
        self._number = f"{list_number(number, latest.form)}."

    def _end(self, name: str) -> None:
        if name in _BLOCKS:
            self.end_paragraph()
        if name == self._raw:
            self._raw = ""
        elif name == "br":
            self._add("\n")
        elif name in _BESIDE or name == "ruby":
            self._beside = ""
        elif name in _STRUCK:
            self._struck = max(0, self._struck - 1)
        elif name in _LISTS and self._lists:
            self._lists.pop()
        elif name in ("td", "th") and self._grids:
            self._end_cell()
        elif name == "table" and self._grids:
            self.end_table()

    def _text(self, text: str) -> None:
        if self._raw not in ("", "xmp"):
            if self._raw == "title" and not self.title:
                self.title.append(text)
            elif self._raw == "textarea" and text.strip():
                self._leave("form field")
            return
        self._add(_BESIDE.get(self._beside, str)(text.replace("\n", " ")))

    def _add(self, text: str) -> None:
        self._runs.append((text, self._struck > 0))

    def _leave(self, what: str) -> None:
        """Count something as not read, and mark where it was."""
        self.unread[what] += 1
        self._add(NOT_READ)

    def _filled(self, name: str, given: Mapping[str, str]) -> None:
        """A field, or a picture, which counts if the page says what is in it."""
        if name == "img" and given.get("alt", "").strip():
            self.unread["picture"] += 1
        elif given.get("type", "text").lower() in _FIELDS and given.get("value", "").strip():
            self._leave("form field")

    def _skip(self, skipped: _Skipped, token: Tag | str) -> None:
        if skipped.take(token):
            self._skipped = None
            if skipped.holds_text and _SKIPPED[skipped.name]:
                self._leave(_SKIPPED[skipped.name])

    def end_paragraph(self) -> None:
        """Add the current paragraph, to the current cell if there is one."""
        text = plain_lines(joined_runs(self._runs))
        number, is_heading = self._number, self._is_heading
        self._runs, self._beside = [], ""
        if not text:
            return
        self._budget.spend(len(text) + EACH)
        self._number, self._is_heading = "", False
        cell = self._cells[-1] if self._cells else None
        if cell is not None:
            cell.paragraphs.append(f"{number} {text}" if number else text)
        else:
            self.blocks.append(TextParagraph(text, number, is_heading))

    def _end_cell(self) -> None:
        self.end_paragraph()
        cell = self._cells[-1]
        if cell is not None:
            self._grids[-1].cell("\n".join(cell.paragraphs), cell.columns, cell.rows)
            self._cells[-1] = None

    def end_table(self) -> None:
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
            self.blocks.append(table)

    def _check(self, depth: int) -> None:
        if depth >= _DEEPEST:
            raise WrongUsage(f"“{self._name}” is nested too deeply to be read")


def _number(written: str | None, default: _Number) -> int | _Number:
    return int(written) if written and _NUMBER.match(written.strip()) else default
