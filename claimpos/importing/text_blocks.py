"""Texts as paragraphs and tables, with merged cells filled in."""

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import NamedTuple

from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.model import NOTHING
from claimpos.dossier.parsing.printable import without_unprintable
from claimpos.errors import WrongUsage

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_LARGEST_ROMAN = 3999
EACH = 100
"""So many characters a paragraph, a row or a cell counts for, besides those in it."""

NOT_READ = "\ufffd"
"""Stands in a text where something is left out that could be part of a figure."""
_RAISED = str.maketrans("0123456789+-\u2212=()[]", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾⁽⁾")
_LOWERED = str.maketrans("0123456789+-\u2212=()[]", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎₍₎")

Rows = list[list[str]]
Spend = Callable[[int], None]
"""Counts characters; raises WrongUsage when there are too many in all."""


class TextParagraph(NamedTuple):
    """A paragraph, with the number that its list gives it, and whether it is a heading."""

    text: str
    number: str = ""
    is_heading: bool = False


class TextTable(NamedTuple):
    """A table: rows of equally many cells, in each of which a line is a paragraph."""

    rows: Rows


Block = TextParagraph | TextTable


class Text(NamedTuple):
    """A text as it was read.

    Attributes:
        blocks: Its paragraphs and tables in order.
        title: What its file gives as its title; often empty.
        unread: What it holds beside and how much of that, such as 2 footnotes; none was read.
        hidden: Whether it holds text that is not shown, which was not read.
        changed: Whether it holds tracked changes; it was read as if all were accepted.
        bound: Whether it holds text that Word takes from elsewhere in the file as it opens it.
        ends: The line at which reading ended, because what begins there does not end; 0 if none.
    """

    blocks: list[Block]
    title: str = ""
    unread: Mapping[str, int] = NOTHING
    hidden: bool = False
    changed: bool = False
    bound: bool = False
    ends: int = 0


def raised(text: str) -> str:
    """A text above the line, so that no figure runs into the next: ¹ for 1, ^(1,2) for 1,2."""
    return _beside_the_line(text, _RAISED, "^")


def lowered(text: str) -> str:
    """A text below the line: ₁ for 1, _(1,2) for 1,2."""
    return _beside_the_line(text, _LOWERED, "_")


def at_height(text: str, height: str) -> str:
    """A text that Word or a spreadsheet calls superscript, subscript or neither."""
    return _HEIGHTS.get(height, str)(text)


_HEIGHTS: Mapping[str, Callable[[str], str]] = {"superscript": raised, "subscript": lowered}


def _beside_the_line(text: str, signs: Mapping[int, int], mark: str) -> str:
    if not any(map(str.isdecimal, text)):
        return text
    is_plain = all(ord(one) in signs or one.isspace() for one in text)
    return text.translate(signs) if is_plain else f"{mark}({text})"


def plain_lines(text: str) -> str:
    """A text without what cannot be seen, each line without needless blanks, no line empty."""
    lines = (" ".join(without_unprintable(line).split()) for line in text.split("\n"))
    return "\n".join(filter(None, lines))


def joined_runs(runs: Iterable[tuple[str, bool]]) -> str:
    """The text of some runs, between tildes where they are struck out."""
    parts = []
    for is_struck, some in groupby(runs, key=lambda run: run[1]):
        text = "".join(run for run, _ in some)
        words = text.strip()
        parts.append(text.replace(words, f"~~{words}~~", 1) if is_struck and words else text)
    return "".join(parts)


class Grid:
    """A table as it is read, cell by cell; a merged cell holds its text wherever it reaches."""

    def __init__(self, spend: Spend) -> None:
        self._spend = spend
        self._rows: Rows = []
        self._row: list[str] = []
        self._above: list[str] = []
        self._reaching: dict[int, tuple[int, str]] = {}

    def row(self) -> None:
        """Begin a row."""
        self._spend(EACH)
        self._end_row()
        self._above, self._row = self._row, []
        self._rows.append(self._row)

    def end_row_group(self) -> None:
        """End a group of rows, beyond which no cell reaches."""
        self._end_row()
        self._reaching = {}

    def cell(self, text: str, columns: int = 1, rows: int = 1) -> None:
        """Add a cell to the current row."""
        if not self._rows:
            self.row()
        self._fill()
        for _ in range(columns):
            at = len(self._row)
            if rows > 1:
                self._reaching[at] = rows - 1, text
            self._put(text)

    def above(self, columns: int = 1) -> None:
        """Add the cells above."""
        for _ in range(columns):
            at = len(self._row)
            self._put(self._above[at] if at < len(self._above) else "")

    def drop_row(self) -> None:
        """Drop the current row, from which cells of the next may go on all the same."""
        self._rows.pop()

    def table(self) -> TextTable:
        """All rows, each as wide as the widest."""
        self._end_row()
        width = max(map(len, self._rows), default=0)
        for row in self._rows:
            self._spend(width - len(row))
            row += [""] * (width - len(row))
        return TextTable([row for row in self._rows if any(row)])

    def _fill(self) -> None:
        """Put in the cells from above that reach into the current row."""
        while self._rows and (at := len(self._row)) in self._reaching:
            left, text = self._reaching.pop(at)
            if left > 1:
                self._reaching[at] = left - 1, text
            self._put(text)

    def _end_row(self) -> None:
        """Put in also those from above that reach into the row behind cells that it lacks."""
        self._fill()
        last = max(self._reaching, default=-1)
        while len(self._row) <= last:
            self._put("")
            self._fill()

    def _put(self, text: str) -> None:
        self._spend(len(text) + EACH)
        self._row.append(text)
        if len(self._row) > limit("table-columns"):
            raise WrongUsage(
                f"a table has more than {limit('table-columns'):,} columns; "
                f"{how_to_raise('table-columns')}"
            )


def in_one_cell(table: TextTable) -> list[str]:
    """The rows of a table within a cell of another table, each as one line."""
    return [" | ".join(" ".join(cell.split()) for cell in row) for row in table.rows]


class TextBudget:
    """The characters that a text may have, its merged cells counted wherever they reach."""

    def __init__(self) -> None:
        self._left = limit("document-bytes")

    def spend(self, size: int) -> None:
        """Count characters; raises WrongUsage beyond the limit."""
        self._left -= size
        if self._left < 0:
            raise WrongUsage(
                f"the text has more than {limit('document-bytes'):,} characters, each paragraph, "
                f"row and cell counted as {EACH} more, and a merged cell wherever it reaches; "
                f"{how_to_raise('document-bytes')}"
            )


def list_number(number: int, form: str) -> str:
    """The number of a member of a list, in a form that Word or HTML knows; in figures otherwise."""
    return _FORMS.get(form, str)(number)


def _letters(number: int, alphabet: str = "abcdefghijklmnopqrstuvwxyz") -> str:
    """a to z, then aa, bb, …, as Word numbers."""
    if not 1 <= number <= len(alphabet) * 9:
        return str(number)
    times, at = divmod(number - 1, len(alphabet))
    return alphabet[at] * (times + 1)


def _russian(number: int) -> str:
    return _letters(number, "абвгдежзиклмнопрстуфхцчшщыэюя")


def _roman(number: int) -> str:
    if not 1 <= number <= _LARGEST_ROMAN:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        text += letters * times
    return text


_FORMS: Mapping[str, Callable[[int], str]] = {
    **dict.fromkeys(("a", "lowerLetter"), _letters),
    **dict.fromkeys(("A", "upperLetter"), lambda number: _letters(number).upper()),
    **dict.fromkeys(("i", "lowerRoman"), _roman),
    **dict.fromkeys(("I", "upperRoman"), lambda number: _roman(number).upper()),
    "russianLower": _russian,
    "russianUpper": lambda number: _russian(number).upper(),
    "decimalZero": lambda number: f"{number:02}",
    "none": lambda _: "",
}
