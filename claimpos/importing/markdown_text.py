"""A text in Markdown as paragraphs and tables."""

import re
from collections.abc import Iterator
from html import unescape

from claimpos.importing.text_blocks import (
    EACH,
    Block,
    Grid,
    Text,
    TextBudget,
    TextParagraph,
    plain_lines,
)

_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]++(.*))?\Z")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*\Z")
_BREAK = re.compile(r" {0,3}([-*_])(?:[ \t]*+\1){2,}[ \t]*\Z")
_DELIMITERS = re.compile(r"[ \t]*+\|?(?:[ \t]*+:?-++:?[ \t]*+(?:\||\Z))++[ \t]*+\Z")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\(?(?:\d{1,9}|[A-Za-z]|[ivxlcIVXLC]{1,6})\\?[.)])[ \t]+\S")
_QUOTE = re.compile(r"\A(?: {0,3}+>[ ]?+)++")
_BAR = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_LINE_END = re.compile(r"<br[ \t]*/?>", re.IGNORECASE)
_CODE_OR_COMMENT = re.compile(
    r"^ {0,3}(?P<fence>~{3,}|`{3,}(?=[^`\n]*$))|(?<!`)(?P<code>`++)[^`\n]*+(?P=code)(?!`)"
    r"|(?P<block>^ {0,3})?(?P<comment><!--)",
    re.MULTILINE,
)
_COMMENT_END = re.compile("-->")
_BLANK_LINE = re.compile(r"\n[ \t]*(?=\n)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|&#?\w{1,32};")


def read_markdown(text: str) -> Text:
    """The text; raises WrongUsage if a table is too large."""
    reader = _MarkdownReader()
    for line in _without_comments(text).splitlines():
        reader.line(_QUOTE.sub("", line, count=1))
    reader.end_paragraph()
    reader.end_table()
    return Text(reader.blocks)


def _without_comments(text: str) -> str:
    """A text without its comments, none of which begins in code.

    One that begins its line ends wherever it ends, any other one within its paragraph.
    """
    kept: list[str] = []
    at = sought = end = paragraph = 0
    while found := _CODE_OR_COMMENT.search(text, sought):
        sought = found.end()
        if found["fence"]:
            sought = _after_fence(text, found["fence"], sought)
        if not found["comment"]:
            continue
        if end < sought - 2:
            end = _behind(_COMMENT_END, text, sought - 2)
        if paragraph < sought:
            paragraph = min(len(text), _behind(_BLANK_LINE, text, sought))
        if end <= (len(text) if found["block"] is not None else paragraph):
            kept.append(text[at : found.start("comment")])
            at = sought = end
    return "".join([*kept, text[at:]])


def _after_fence(text: str, fence: str, at: int) -> int:
    closing = re.compile(rf"^ {{0,3}}{fence[0]}{{{len(fence)},}}[ \t]*$", re.MULTILINE)
    return min(len(text), _behind(closing, text, at))


def _behind(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where what is looked for ends; beyond the text if it is not there."""
    found = pattern.search(text, at)
    return found.end() if found else len(text) + 1


class _MarkdownReader:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._spend = TextBudget().spend
        self._lines: list[str] = []
        self._grid: Grid | None = None

    def line(self, line: str) -> None:
        if self._grid is not None:
            if "|" in line:
                self._row(line)
                return
            self.end_table()
        if not line.strip():
            self.end_paragraph()
        elif heading := _HEADING.match(line):
            self.end_paragraph()
            self._add(_without_closing(heading[1] or ""), is_heading=True)
        elif self._lines and "|" in line + self._lines[-1] and _DELIMITERS.match(line):
            head = self._lines.pop()
            self.end_paragraph()
            self._grid = Grid(self._spend)
            self._row(head)
        elif self._lines and _UNDERLINE.match(line):
            self.end_paragraph(is_heading=True)
        elif _BREAK.match(line):
            self.end_paragraph()
        else:
            if _ITEM.match(line):
                self.end_paragraph()
            self._lines.append(line)

    def _row(self, line: str) -> None:
        assert self._grid is not None
        self._grid.row()
        for cell in _cells(line):
            self._grid.cell(_shown(cell))

    def end_table(self) -> None:
        """Add the current table, if there is one."""
        if self._grid is not None:
            table = self._grid.table()
            self.blocks += [table] if table.rows else []
            self._grid = None

    def end_paragraph(self, is_heading: bool = False) -> None:
        """Add the current paragraph, if there is one."""
        text = "".join(map(_joining, self._lines))
        self._lines = []
        self._add(text, is_heading)

    def _add(self, text: str, is_heading: bool) -> None:
        if shown := _shown(text):
            self._spend(len(shown) + EACH)
            self.blocks.append(TextParagraph(shown, is_heading=is_heading))


def _without_closing(heading: str) -> str:
    """The heading without the number signs that may close it."""
    bare = heading.rstrip(" \t")
    title = bare.rstrip("#")
    return title if not title or title[-1] in " \t" else bare


def _joining(line: str) -> str:
    """A line of a paragraph, with a line end where it breaks there and otherwise with a space."""
    if line.endswith("\\"):
        return line[:-1] + "\n"
    return line.rstrip(" ") + "\n" if line.endswith("  ") else line + " "


def _cells(line: str) -> Iterator[str]:
    """The cells of a row, as they are written."""
    whole = line.strip().removeprefix("|")
    at = 0
    for bar in _BAR.finditer(whole):
        yield whole[at : bar.end() - 1]
        at = bar.end()
    if not at or whole[at:].strip():
        yield whole[at:]


def _shown(written: str) -> str:
    """What a text shows: its breaks, and what is escaped."""

    def resolved(found: re.Match[str]) -> str:
        return found[1] if found[1] is not None else unescape(found[0])

    return plain_lines(_ESCAPED.sub(resolved, _LINE_END.sub("\n", written)))
