"""A text in Markdown as paragraphs and tables; emphasis and links stay as they are written."""

from __future__ import annotations

import re
from html import unescape

from claimpos.importing.text_blocks import Block, Budget, Grid, Paragraph, Text, plain_lines

_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]++(.*))?\Z")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*\Z")
_DELIMITERS = re.compile(r"[ \t]*+\|?(?:[ \t]*+:?-++:?[ \t]*+(?:\||\Z))++[ \t]*+\Z")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\(?(?:\d{1,9}|[A-Za-z]|[ivxlcIVXLC]{1,6})\\?[.)])[ \t]+\S")
_QUOTE = re.compile(r"\A(?: {0,3}>[ ]?)+")
_BAR = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_BREAK = re.compile(r"<br[ \t]*/?>", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|&#?\w{1,32};")


def read_markdown(text: str) -> Text:
    """The text; raises WrongUsage if a table is too large."""
    reader = _Reader()
    for line in _without_comments(text).splitlines():
        reader.line(_QUOTE.sub("", line, count=1))
    reader.end_paragraph()
    reader.end_table()
    return Text(reader.blocks)


def _without_comments(text: str) -> str:
    first, *others = text.split("<!--")
    return first + "".join(rest for one in others for rest in one.split("-->")[1:])


class _Reader:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._spend = Budget().spend
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
        """Add the table at hand, if there is one."""
        if self._grid is not None:
            table = self._grid.table()
            self.blocks += [table] if table.rows else []
            self._grid = None

    def end_paragraph(self, is_heading: bool = False) -> None:
        """Add the paragraph at hand, if there is one."""
        told = "".join(map(_joining, self._lines))
        self._lines = []
        self._add(told, is_heading)

    def _add(self, text: str, is_heading: bool) -> None:
        if shown := _shown(text):
            self.blocks.append(Paragraph(shown, is_heading=is_heading))


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


def _cells(line: str) -> list[str]:
    """The cells of a row, as they are written."""
    whole = line.strip().removeprefix("|")
    parts = _BAR.sub(lambda bar: f"{bar[1]}\0", whole).split("\0")
    return parts[:-1] if len(parts) > 1 and not parts[-1].strip() else parts


def _shown(written: str) -> str:
    """What a text shows: its breaks, and what is escaped."""

    def resolved(found: re.Match[str]) -> str:
        return found[1] if found[1] is not None else unescape(found[0])

    return plain_lines(_ESCAPED.sub(resolved, _BREAK.sub("\n", written)))
