"""Makes a dossier of a file with a table, or a draft of what it adds to one, step by step."""

from collections.abc import Mapping, Sequence, Set
from pathlib import Path
from typing import Any, NamedTuple

from claimpos.dossier.dates import Order
from claimpos.dossier.files import read_named
from claimpos.dossier.model import Dossier
from claimpos.errors import WrongUsage
from claimpos.importing.cells import SAYING, STANCE
from claimpos.importing.csv_table import read_csv
from claimpos.importing.defaults import complete
from claimpos.importing.draft import Draft, Piece, shown_fact
from claimpos.importing.exporting import SHEETS, SheetKind, described
from claimpos.importing.file_kinds import kind_of_file
from claimpos.importing.folder import check_free, write_folder
from claimpos.importing.import_log import KNOWN, ImportLog, TablePlace, shortened
from claimpos.importing.ingest import FactReader, Ingester
from claimpos.importing.line_checks import CITED
from claimpos.importing.outcomes import DecimalMarks, Decimals, looks_like_data
from claimpos.importing.stances import Vocabulary, outcomes_stated
from claimpos.importing.table import (
    Header,
    InputTable,
    Line,
    check_columns_named,
    fields_of,
    grid_lines,
    lines_of,
)
from claimpos.rendering.text import safe


class TableOptions(NamedTuple):
    """How to read a table.

    Attributes:
        mapped: Fields by column.
        given: Cells for the lines that have none of their own.
        vocabulary: What the words in the field `stance` mean.
        grid: In a grid of issues and parties, the field of its cells.
        order: How to read a date such as 3/4/2025.
        decimals: What marks decimals in a figure such as 1,000.
        sheet: The sheet of a workbook; None for the first that has a table.
        ignored: The columns that are not to be imported.
        parties: In a grid, the columns of parties; none for all columns that are not fields.
        encoding: The encoding of the file, if it is not UTF-8.
    """

    mapped: Mapping[str, str]
    given: Mapping[str, str]
    vocabulary: Vocabulary
    grid: str | None = None
    order: Order | None = None
    decimals: Decimals | None = None
    sheet: str | None = None
    ignored: Sequence[str] = ()
    parties: Sequence[str] = ()
    encoding: str | None = None


def import_table(path: Path, folder: Path, options: TableOptions, log: ImportLog) -> Draft:
    """Make a dossier of the table in a file; what was assumed and skipped goes into `log`.

    Raises WrongUsage or UnknownName if the table makes no dossier, and OutputFailed if the folder
    already exists or cannot be written. Nothing is written then.
    """
    check_free(folder)
    draft = drafted(path, options, log)
    if not draft.issues or (log.skipped and not draft.entries):
        others = "; leave --sheet out, and the sheets that this one refers to are read as well"
        raise WrongUsage(
            "no line could be imported as a position, so nothing was written"
            + others * (_kind_of_sheet(options) is not None)
        )
    write_folder(draft, folder)
    return draft


def drafted(
    path: Path, options: TableOptions, log: ImportLog, dossier: Dossier | None = None
) -> Draft:
    """The draft of a dossier that the table in a file makes.

    With a dossier, the draft begins with all that it holds except positions, at the place KNOWN.
    Lines may refer to that; those that contradict it are skipped. Raises WrongUsage and
    UnknownName.
    """
    tables = _read(path, options, log)
    check_columns_named(tables, (*options.mapped, *options.ignored, *options.parties))
    lines = [line for table in tables for line in _lines(table, options, log)]
    name = safe(path.name)
    marks = DecimalMarks(lines, options.decimals, tables[0].decimal_comma)
    reader = FactReader(options.vocabulary, marks, options.order, log)
    ingester = Ingester(name, options.given, reader, log)
    if dossier is not None:
        ingester.begin_with(known_pieces(dossier, lines))
    ingester.ingest(lines)
    draft = ingester.draft
    uses_stances = any(STANCE in line.cells for line in lines)
    stances = outcomes_stated(options.vocabulary) if uses_stances else {}
    complete(draft, name, stances)
    return draft


def _read(path: Path, options: TableOptions, log: ImportLog) -> list[InputTable]:
    content = read_named(path)
    wanted = _header(_needed(options), options)
    if kind_of_file(path.name, content) == "workbook":
        from claimpos.importing.workbook import read_workbook

        kinds = {name: _header(kind.needed, options) for name, kind in SHEETS.items()}
        one_table = options.sheet is not None or options.grid is not None
        return read_workbook(
            path.name, content, wanted, log, options.sheet, {} if one_table else kinds
        )
    if options.sheet is not None:
        raise WrongUsage("--sheet names a sheet of a workbook, and this is a table without sheets")
    return [read_csv(content, wanted, options.encoding, log)]


def _header(needed: Set[str], options: TableOptions) -> Header:
    """The header to look for: what is needed, except what is given for all lines."""
    return Header(options.mapped, frozenset(needed - options.given.keys()))


def _needed(options: TableOptions) -> set[str]:
    """The fields without which no line is a position."""
    return {"issue"} if options.grid else {"party", "issue"}


def _lines(table: InputTable, options: TableOptions, log: ImportLog) -> Sequence[Line]:
    fields = fields_of(table, options.mapped, options.ignored, options.parties)
    missing = _needed(options) - {*fields, *options.given}
    if missing and not table.sheet:
        kind = _kind_of_sheet(options)
        if kind and kind.needed <= {*fields}:
            raise WrongUsage(
                f"the sheet “{options.sheet}” alone holds no positions; leave --sheet out, and all "
                "sheets are read"
            )
        is_grid = missing == {"party"} and "issue" in fields and fields.count(None) > 1
        raise WrongUsage(_no_column(table, min(missing)) + _AS_GRID * is_grid)
    if not table.sheet and not _POSITIONS & {*fields, *options.given, options.grid}:
        log.remark(TablePlace(table.line), _NO_POSITIONS)
    if options.grid:
        return grid_lines(table, fields, options.grid, log)
    return lines_of(table, fields, log)


_AS_GRID = "; if columns are named after parties, add --grid stance (or demands, accepts, …)"
_POSITIONS = SAYING | CITED | {"answer", "term"}
_NO_POSITIONS = (
    'no column gives a position; --map "COLUMN=demands" names one, where demands may also be '
    "proposes, accepts, refuses, reserves or stance"
)


def _kind_of_sheet(options: TableOptions) -> SheetKind | None:
    """What the sheet that is asked for holds in a workbook of claimpos; None for any other."""
    return SHEETS.get((options.sheet or "").strip().casefold())


def _no_column(table: InputTable, field: str) -> str:
    """What is wrong with a table in which no column has a field, and what to do."""
    heads = [head.strip() for head in table.header if head.strip()]
    shown = ", ".join(f"“{shortened(head)}”" for head in heads)
    where = f"line {table.line}: no column gives the {field}"
    if any(map(looks_like_data, heads)):
        return f"{where}, and this line looks like data ({shown}): put a header above it"
    if len(heads) == 1:
        return f"{where}: the header should be here, but there is only {shown}"
    return f'{where}; the columns are {shown}: --map "COLUMN={field}" names one of them'


# ---- what a dossier holds already ----

_TITLED = frozenset({"options", "items"})


class _DraftOnDossier(Draft):
    """A draft whose table may repeat, in another form, what the dossier holds already."""

    def __init__(self, log: ImportLog, dossier: Dossier) -> None:
        super().__init__(log)
        self.is_whole = False
        """Whether it holds what the dossier has; what a table adds to such a piece is not added."""
        self._issues = dossier.issues

    def state(self, piece: Piece, what: str, facts: dict[str, Any], place: TablePlace) -> None:
        """Add facts to a piece, except those that the dossier holds in another form."""
        new = {
            key: one for key, one in facts.items() if not self._is_same(key, piece.get(key), one)
        }
        if self.is_whole and (KNOWN in piece.places or piece is self.agenda):
            for key in [key for key, one in new.items() if one and key not in piece]:
                here = shown_fact(new.pop(key))
                why = f"the {key} of {what} is “{here}” here, and the dossier has none"
                self.log.skip(place, f"{why}; it was not added: write it in the file")
        super().state(piece, what, new, place)

    def named(self, issue: str, outcome: Any) -> Any:
        """An outcome with the ids of the dossier's options in place of their titles."""
        options = self._issues[issue].options if issue in self._issues else {}
        if not isinstance(outcome, str) or outcome in options:
            return outcome
        titles = {title.casefold(): key for key, title in options.items()}
        return titles.get(outcome.casefold(), outcome)

    def _is_same(self, key: str, before: Any, value: Any) -> bool:
        """Whether a fact says the same as a known one, in another form.

        That is so of options with the same titles, and of a note that an earlier import has
        extended.
        """
        if key in _TITLED and isinstance(before, list):
            return [title for _, title in before] == [title for _, title in value]
        return key == "note" and isinstance(before, str) and before.startswith(value)


def known_pieces(dossier: Dossier, lines: Sequence[Line]) -> Draft:
    """A draft of the agenda, the sources and the parties, and of the statements that lines name."""
    log = ImportLog()  # nothing to report of a dossier that is valid
    reader = FactReader({}, DecimalMarks((), "point", False), None, log)
    ingester = Ingester("", {}, reader, log)
    ingester.draft = draft = _DraftOnDossier(log, dossier)
    named = {line.cells["statement"] for line in lines if "statement" in line.cells}
    ingester.ingest([Line(KNOWN, row, {}) for row in described(dossier, named)])
    _let_names_stand(draft, dossier)
    draft.is_whole = True
    return draft


def _let_names_stand(draft: Draft, dossier: Dossier) -> None:
    """Let a table refer to things by their titles and other names, too."""
    for issue in dossier.issues.values():
        draft.names("issue").also(issue.title, issue.id)
    for source in dossier.sources.values():
        draft.names("source").also(source.title, source.id)
    for group, title in dossier.groups.items():
        draft.names("group").also(title, group)
    for party in dossier.parties.values():
        for name in (party.name, party.label, *party.aliases):
            draft.names("party").also(name, party.id)
        for speaker in party.speakers.values():
            draft.names("speaker", party.id).also(speaker.name, speaker.id)
