"""A page in HTML as paragraphs and tables. Nothing that it names is fetched, and nothing runs.

Its tags are read in one pass, whatever it holds: the standard library's parser takes a time that
grows with the square of what is malformed.
"""

import re
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping
from html import unescape
from typing import NamedTuple

from claimpos.dossier.model import NOTHING
from claimpos.errors import WrongUsage
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

_RAW = frozenset(
    ("script", "style", "template", "noscript", "svg", "math", "textarea", "select", "title")
)
"""Elements whose contents are not text of the page."""
_FOREIGN = frozenset(("svg", "math"))
"""Elements that are empty if their tag ends with a slash; in XHTML, all are."""

_TEXT = re.compile(r"(?:[^<]++|<(?![A-Za-z/!?]))++")
_NAME = re.compile(r"(/?)([A-Za-z][^\s/>]*)")
_ATTRIBUTE = re.compile(r"""([^\s=>/]++)(?:\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s>"']*+)))?""")
_BETWEEN = re.compile(r"[\s/]*+")
_COMMENT_END = re.compile("--!?>")
_XML = re.compile(r"\s*<\?xml\s")
_DECLARATION_END = re.compile(">")
_DATA, _DATA_END = "<![CDATA[", re.compile(r"\]\]>")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_RAW_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW}

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = {
    *_HEADINGS,
    *("p", "div", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre", "hr", "caption"),
    *("section", "article", "header", "footer", "main", "nav", "aside", "form", "figure", "body"),
    *("table", "tr", "td", "th", "thead", "tbody", "tfoot", "address", "figcaption", "html"),
}
_STRUCK = {"s", "del", "strike"}
_BESIDE: Mapping[str, Callable[[str], str]] = {
    "sup": raised,
    "sub": lowered,
    **dict.fromkeys(("rt", "rp"), lambda _: ""),  # what stands above a word, and its brackets
}
_SIGNS = {"br": "\n", "math": NOT_READ}
_UNREAD = {"rt": "annotation", "math": "equation"}
_DEEPEST = 64
_NUMBER = re.compile(r"-?[0-9]{1,6}\Z")
_WIDEST = 100_000


class _Tag(NamedTuple):
    """The beginning or the end of an element, with what its beginning gives; names are small.

    `is_empty` says that its tag ends with a slash.
    """

    name: str
    is_end: bool
    attributes: Mapping[str, str] = NOTHING
    is_empty: bool = False


def read_html(name: str, text: str) -> Text:
    """The text of a page; raises WrongUsage if it is nested too deeply, or is too large."""
    reader = _HtmlReader(name)
    page = _Page(text, name.lower().endswith(".xhtml") or bool(_XML.match(text)))
    for token in page.tokens():
        reader.take(token)
    while reader.depth:
        reader.end_table()
    reader.end_paragraph()
    title = " ".join(plain_lines("".join(reader.title)).split())
    return Text(reader.blocks, title, dict(reader.unread), ends=page.ends)


class _Cell:
    def __init__(self, columns: int, rows: int) -> None:
        self.paragraphs: list[str] = []
        self.columns = columns
        self.rows = rows


class _List:
    def __init__(self, form: str, first: int) -> None:
        self.form = form
        self.next = first


class _HtmlReader:
    def __init__(self, name: str) -> None:
        self.blocks: list[Block] = []
        self.title: list[str] = []
        self.unread: Counter[str] = Counter()
        self._name = name
        self._budget = TextBudget()
        self._raw = ""
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

    def take(self, token: _Tag | str) -> None:
        """Read the next tag or stretch of text."""
        if isinstance(token, str):
            self._text(token)
        elif token.is_end:
            self._end(token.name)
        else:
            self._begin(token)

    def _begin(self, tag: _Tag) -> None:
        name = tag.name
        if name in _RAW:
            self._raw = name
        if name in _BLOCKS:
            self.end_paragraph()
        if what := _UNREAD.get(name):
            self.unread[what] += 1
        if name in _HEADINGS:
            self._is_heading = True
        elif name in _BESIDE:
            self._beside = name
        elif sign := _SIGNS.get(name):
            self._runs.append((sign, self._struck > 0))
        elif name in _STRUCK:
            self._struck += 1
        else:
            self._structure(name, tag.attributes)

    def _structure(self, tag: str, given: Mapping[str, str]) -> None:
        """Begin a list, its member, a table, a row or a cell."""
        if tag in ("ul", "ol"):
            ordered = _List(given.get("type") or "1", _number(given.get("start"), 1))
            self._check(len(self._lists))
            self._lists.append(ordered if tag == "ol" else None)
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
        latest.next = number + 1
        self._number = f"{list_number(number, latest.form)}."

    def _end(self, name: str) -> None:
        if name in _BLOCKS:
            self.end_paragraph()
        if name == self._raw:
            self._raw = ""
        elif name in _BESIDE or name == "ruby":
            self._beside = ""
        elif name in _STRUCK:
            self._struck = max(0, self._struck - 1)
        elif name in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif name in ("td", "th") and self._grids:
            self._end_cell()
        elif name == "table" and self._grids:
            self.end_table()

    def _text(self, text: str) -> None:
        if self._raw:
            if self._raw == "title" and not self.title:
                self.title.append(text)
            return
        shown = _BESIDE.get(self._beside, str)(text.replace("\n", " "))
        self._runs.append((shown, self._struck > 0))

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


def _number(written: str | None, default: int) -> int:
    return int(written) if written and _NUMBER.match(written.strip()) else default


class _Page:
    """The tags of a page, and the texts between them.

    `ends` is the line of what does not end, at which reading ends; 0 if there is nothing such.
    """

    def __init__(self, page: str, is_xml: bool) -> None:
        self._page = page
        self._is_xml = is_xml
        self.ends = 0

    def tokens(self) -> Iterator[_Tag | str]:
        """The tags and the texts, in their order."""
        page, at = self._page, 0
        while (begin := _behind(_TEXT, page, at)) < len(page):
            if begin > at:
                yield _shown(page[at:begin])
            end = yield from self._next(begin)
            if end is None:
                self.ends = page.count("\n", 0, begin) + 1
                return
            at = end
        yield _shown(page[at:])

    def _next(self, begin: int) -> Generator[_Tag | str, None, int | None]:
        """What begins with a < at a place; returns where it ends, None if the page ends before."""
        page = self._page
        name = _NAME.match(page, begin + 1)
        if name is None:
            return (yield from self._without_name(begin))
        tag, at = _tag(page, name)
        if tag is None:
            return None
        yield tag
        if tag.is_empty and (self._is_xml or tag.name in _FOREIGN):
            yield _Tag(tag.name, True)
        elif tag.name in _RAW and not tag.is_end:
            end = _RAW_ENDS[tag.name].search(page, at)
            if end is None:
                return None
            yield _shown(page[at : end.start()])
            return end.start()
        return at

    def _without_name(self, begin: int) -> Generator[str, None, int | None]:
        """The text in character data; a comment, a declaration or what is neither holds none."""
        page, is_data = self._page, self._is_xml and self._page.startswith(_DATA, begin)
        mark = _COMMENT_END if page.startswith("<!--", begin) else _DECLARATION_END
        end = (_DATA_END if is_data else mark).search(page, begin + 2)
        if end is None:
            return None
        if is_data:
            yield page[begin + len(_DATA) : end.start()]
        return end.end()


def _shown(text: str) -> str:
    """A text with its references to characters resolved."""
    return _REFERENCE.sub(lambda found: unescape(found[0]), text)


def _tag(page: str, name: re.Match[str]) -> tuple[_Tag | None, int]:
    """A tag, and where it ends; None if the page ends before."""
    attributes: dict[str, str] = {}
    written = name.end()
    at = _behind(_BETWEEN, page, written)
    while at < len(page) and page[at] != ">":
        written = at + 1
        if found := _ATTRIBUTE.match(page, at):
            value = next((one for one in found.groups()[1:] if one is not None), "")
            attributes.setdefault(found[1].lower(), _shown(value))
            written = found.end()
        at = _behind(_BETWEEN, page, written)
    if at >= len(page):
        return None, at
    is_empty = at > written and page[at - 1] == "/"
    return _Tag(name[2].lower(), name[1] == "/", attributes, is_empty), at + 1


def _behind(pattern: re.Pattern[str], page: str, at: int) -> int:
    """Where that ends which may begin at a place."""
    found = pattern.match(page, at)
    return found.end() if found else at
