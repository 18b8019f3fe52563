"""The form of the worksheet of a text to be mapped: its columns, its passages and their terms."""

import re
from collections.abc import Collection, Iterator
from typing import ClassVar, NamedTuple

from claimpos.curating.sheet_form import SPOILT, Field, Filled, FormReader
from claimpos.dossier.findings import Finding, SourceText

TITLE = "# Worksheet of a text:"
HEAD_KEYS = ("proposal", "title", "date", "status", "source", "authors", "note", "heading", "text")
HOLDS = "holds"
ISSUE, ALTERNATIVE = "issue", "alternative"
TERM_KEYS = (ISSUE, "outcome", "summary", "locator")
ALTERNATIVE_KEYS = (ALTERNATIVE, "outcome", "by")
_OF_PASSAGE = tuple(dict.fromkeys((*TERM_KEYS, *ALTERNATIVE_KEYS)))
SUGGESTED = "?"
"""What a value begins with that is a suggestion, and counts as empty."""

_PASSAGE = re.compile(r"##[ \t]+((?:art\.|row)[ \t]*[0-9]{1,6})[ \t]*\Z")
_TABLE = re.compile(r"##[ \t]+table[ \t]*([0-9]{1,6})[ \t]*\Z")
_COLUMN = re.compile(r"###[ \t]+columns?[ \t]*([0-9]{1,6})(?:[ \t]+to[ \t]+([0-9]{1,6}))?[ \t]*\Z")
_OF_COLUMN = re.compile(r"column-([0-9]{1,6})\Z")
_MOST_COLUMNS = 1_000


class FilledTerm(NamedTuple):
    """What is filled in for one issue: its fields, and the alternatives."""

    filled: Filled
    alternatives: list[Filled]


class FilledPassage(NamedTuple):
    """A passage of the sheet: its name, such as row 3, the lines of its cells, and its terms.

    `table` is the number of its table, 0 of an article, whose only cell has the number 1.
    """

    name: str
    line: int
    table: int
    cells: dict[int, list[str]]
    terms: list[FilledTerm]


class FilledColumn(NamedTuple):
    """A column of a table: the lines of its head, and what it holds."""

    head: list[str]
    filled: Filled


class TextForm(NamedTuple):
    """A worksheet: `tables` holds for each table its columns by number; `suggested` the names of
    the places of suggestions that are not confirmed.
    """

    head: dict[str, Field]
    tables: list[dict[int, FilledColumn]]
    passages: list[FilledPassage]
    suggested: list[str]


def read_text_form(source: SourceText) -> tuple[TextForm, list[Finding]]:
    """The worksheet in a text, and what is wrong with its form."""
    reader = _TextFormReader(source)
    reader.read()
    return reader.form, [*reader.findings]


def text_of(lines: Collection[str]) -> str:
    """The text of lines of the sheet, which a bare > parts into paragraphs."""
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line:
            paragraphs[-1].append(line)
        else:
            paragraphs.append([])
    return "\n".join(" ".join(one) for one in paragraphs if one)


def tables_of(form: TextForm) -> list[list[list[str]]]:
    """The tables in a worksheet, row by row, the head first; a cell's lines are paragraphs."""
    tables = []
    for columns in form.tables:
        width = max(columns, default=0)
        heads = {number: column.head for number, column in columns.items()}
        tables.append([_cells(heads, width)])
    for passage in form.passages:
        if passage.table:
            rows = tables[passage.table - 1]
            rows.append(_cells(passage.cells, len(rows[0])))
    return tables


def _cells(lines: dict[int, list[str]], width: int) -> list[str]:
    cells = [""] * width
    latest, text = None, ""
    for number, some in lines.items():
        if some is not latest:  # columns that hold the same have the same lines
            latest, text = some, text_of(some)
        if number <= width:
            cells[number - 1] = text
    return cells


def column_of(key: str) -> int:
    """The number of the column that a field gives the outcome of; 0 if it gives none."""
    found = _OF_COLUMN.match(key)
    return int(found[1]) if found else 0


class _TextFormReader(FormReader):
    title = TITLE
    command = "claimpos import --text FILE --worksheet FILE"
    headings = "keep the headings as they were written: “## art. 3”, “## row 3”, “### column 2”"
    twice: ClassVar = {
        "head": "delete one of the two",
        "column": "delete one of the two",
        "passage": (
            "delete one of the two, begin another term with “issue:”, or another alternative with "
            "“alternative:”"
        ),
    }
    quoting = ("column", "passage")

    def __init__(self, source: SourceText) -> None:
        super().__init__(source)
        self.form = TextForm(self.fields, [], [], [])
        self._lines: list[str] = []
        self._keys: dict[int, dict[str, None]] = {}

    def heading(self, number: int, line: str) -> bool:
        if passage := _PASSAGE.match(line):
            self.count("articles and rows", 1)
            name = " ".join(passage[1].split())
            table = len(self.form.tables) if name.startswith("row") else 0
            if table:
                self.count("cells", 10, max(self.form.tables[-1], default=0))
            self.form.passages.append(FilledPassage(name, number, table, {1: []}, []))
            self.place, self.fields = "passage", {}
            self._lines = self.form.passages[-1].cells[1]
        elif head := _TABLE.match(line):
            self.form.tables.append({})
            self.place = "table"
            return int(head[1]) == len(self.form.tables)
        elif column := _COLUMN.match(line):
            return self._column(number, int(column[1]), int(column[2] or column[1]))
        else:
            return False
        return True

    def _column(self, number: int, first: int, last: int) -> bool:
        """Go to a column, or to several that hold the same; False where there can be none."""
        if self.place == SPOILT:
            return True
        if not 1 <= first <= last <= _MOST_COLUMNS or self.place not in ("table", *self.quoting):
            return False
        self._lines = []
        self.count("columns", 10, last - first + 1)
        if self.place == "passage":
            cells = self.form.passages[-1].cells
            cells |= dict.fromkeys(range(first, last + 1), self._lines)
        else:
            filled = Filled(number, {})
            self.form.tables[-1][first] = FilledColumn(self._lines, filled)
            self.place, self.fields = "column", filled.fields
        return True

    def quoted(self, words: str) -> None:
        self._lines.append(words)

    def keys(self) -> Collection[str]:
        if self.place == "passage":
            return self._passage_keys(self.form.passages[-1].table)
        return {"head": HEAD_KEYS, "column": (HOLDS,)}.get(self.place, ())

    def _passage_keys(self, table: int) -> Collection[str]:
        """The keys of a passage, and of the columns of its table."""
        columns = self.form.tables[table - 1] if table else {}
        known = self._keys.get(table)
        if known is None or len(known) != len(columns) + len(_OF_PASSAGE):
            known = dict.fromkeys((*_OF_PASSAGE, *(f"column-{number}" for number in columns)))
            self._keys[table] = known
        return known

    def fields_for(self, number: int, key: str) -> dict[str, Field]:
        """Where a field of a passage belongs: to its latest term, or alternative."""
        if self.place != "passage":
            return self.fields
        terms = self.form.passages[-1].terms
        if key == ISSUE or not terms:
            terms.append(FilledTerm(Filled(number, {}), []))
        alternatives = terms[-1].alternatives
        if key == ALTERNATIVE:
            alternatives.append(Filled(number, {}))
        within = alternatives and key in ALTERNATIVE_KEYS
        return (alternatives[-1] if within else terms[-1].filled).fields

    def read(self) -> None:
        """Read all lines; values that are only suggested are noted by place, and emptied."""
        super().read()
        named = [("the head", self.form.head)]
        named += [
            (f"table {at}", column.filled.fields)
            for at, columns in enumerate(self.form.tables, 1)
            for column in columns.values()
        ]
        named += [
            (passage.name, fields) for passage in self.form.passages for fields in _within(passage)
        ]
        for name, fields in named:
            for key, field in fields.items():
                if field.value.startswith(SUGGESTED):
                    fields[key] = field._replace(value="")
                    self.form.suggested.append(name)


def _within(passage: FilledPassage) -> Iterator[dict[str, Field]]:
    for term in passage.terms:
        yield term.filled.fields
        yield from (one.fields for one in term.alternatives)
