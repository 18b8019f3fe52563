"""`claimpos import`: a new dossier, or more of one, from tables, texts and profiles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from claimpos.cli import options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claimpos.importing.draft import Draft
    from claimpos.importing.import_log import ImportLog
    from claimpos.importing.importer import TableOptions

Pairs = list[str] | None


def import_(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE",
            help="The table: .csv or .xlsx. Or several profiles of Genius or NegMAS: .xml, .json.",
        ),
    ] = None,
    into: Annotated[
        Path | None, typer.Option("--into", metavar="DIR", help="The new dossier's folder.")
    ] = None,
    append: Annotated[
        Path | None,
        typer.Option("--append", metavar="DIR", help="Add what is new to this dossier instead."),
    ] = None,
    mapped: Annotated[
        Pairs,
        typer.Option(
            "--map", metavar="COLUMN=FIELD", help="The field that a column holds (repeatable)."
        ),
    ] = None,
    given: Annotated[
        Pairs,
        typer.Option(
            "--set",
            metavar="FIELD=TEXT",
            help="A value for every line that has none (repeatable).",
        ),
    ] = None,
    stance: Annotated[
        Pairs,
        typer.Option(
            metavar="WORD=VERB OUTCOME",
            help="What a word in the field stance means (repeatable).",
        ),
    ] = None,
    grid: Annotated[
        Literal["stance", "demands", "proposes", "accepts", "refuses", "reserves"] | None,
        typer.Option(help="One line per issue, one column per party; the cells are this field."),
    ] = None,
    dates: Annotated[
        Literal["day-first", "month-first"] | None,
        typer.Option(help="How to read a date such as 3/4/2025."),
    ] = None,
    decimals: Annotated[
        Literal["comma", "point"] | None,
        typer.Option(help="What marks decimals, in a figure such as 1,000."),
    ] = None,
    encoding: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="For a file that is not UTF-8, such as windows-1252."),
    ] = None,
    sheet: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="The only sheet to read. Default: the sheets that claimpos export writes, or else "
            "the first that has a table.",
        ),
    ] = None,
    ignore: Annotated[
        Pairs, typer.Option(metavar="COLUMN", help="Leave this column out (repeatable).")
    ] = None,
    parties: Annotated[
        Pairs,
        typer.Option(
            metavar="COLUMN",
            help="In a grid, a column that is a party (repeatable). All other columns that are "
            "not fields are ignored.",
        ),
    ] = None,
    text: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Read a draft text instead of a table, in articles or in columns: .docx, .html "
            "or .md.",
        ),
    ] = None,
    worksheet: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="With --text: the worksheet to write and fill in."),
    ] = None,
    take: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Make a proposal of what has been filled in on this worksheet."
        ),
    ] = None,
    positions: options.Positions = None,
    dry_run: options.DryRun = False,
) -> None:
    """Create a dossier from a table: one line per position, or a grid of issues and parties.

    \b
    Examples:
      claimpos import positions.csv --into positions
      claimpos import more.csv --append positions
      claimpos import votes.csv --into votes --map vote=demands --map date=since
      claimpos import parties.xlsx --into coalition --grid stance --set since=2025-11
          --stance "support=proposes yes" --stance "red line=refuses yes"
          --stance "high priority=demands yes priority high"
      claimpos import --text draft.docx --worksheet sheet.md
      claimpos import --take sheet.md

    \b
    Fields. A column of the same name needs no --map:
      party name short aliases members speaks_for_members plural party_role party_note
        party_formerly
      issue title question kind unit integer minimum maximum core no_agreement
        presupposes issue_note issue_also issue_formerly group group_title
        options items option option_title item item_title
      since until deadline standing demands proposes accepts refuses stance
        reserves interest priority note dated_notes
        evidence evidence_for against context
        offer offer_title offer_until offer_deadline
      statement speaker speaker_name role outside said basis summary quote
        quote_original locator statement_note
      source source_title publisher source_date status authors url archived
        language translation source_note
      proposal proposal_title proposal_date proposal_status proposal_authors
        proposal_note term term_summary term_locator
      answer except answer_subject_to answer_note
      dossier talks_closed quote_words single_undertaking dossier_editor
        dossier_licence dossier_errata

    An outcome is an option's name, or several with semicolons between them; a figure, or >= 5; or
    what a position file holds: {crimea: de-jure}, [{outcome: open, if: {toll: low}}].

    If a workbook has a sheet for each kind of thing, as claimpos export writes it, all sheets are
    read.

    With --append, the files of a dossier are added to in place: lines that it has already are left,
    and lines that contradict it are skipped.

    With --text, it writes a worksheet in which you map the articles of a draft text, or the rows of
    its tables, to the agenda. With --take, it makes a proposal of what you have filled in; see
    `claimpos guide curating`.

    What was assumed and what was skipped is reported on standard error. Exits with 1 if something
    was skipped. Nothing is overwritten.
    """
    from claimpos.cli.output import put_done
    from claimpos.errors import WrongUsage

    of_tables = (files, into, append, mapped, given, stance, grid, dates, decimals, encoding, sheet)
    if text is not None or take is not None:
        if any((*of_tables, ignore, parties)):
            raise WrongUsage("--text and --take do not go with a table or its options")
        _text(text, worksheet, take, positions, dry_run)
        return
    if worksheet or positions or dry_run:
        raise WrongUsage("--worksheet, --positions and --dry-run go only with --text or --take")
    if not files:
        raise WrongUsage("name a table, a text with --text FILE, or a worksheet with --take FILE")
    if all(one.suffix.lower() in (".xml", ".json") for one in files):
        put_done(_profiles_done(files, into, append))
        return
    table_options = _table_options(mapped or [], given or [], stance or [], grid)._replace(
        order=dates,
        decimals=decimals,
        encoding=encoding,
        sheet=sheet,
        ignored=ignore or (),
        parties=parties or (),
    )
    _table(files, into, append, table_options)


def _table(
    files: Sequence[Path], into: Path | None, append: Path | None, table_options: TableOptions
) -> None:
    """Import a table, and report what was made of it; exits with 1 if anything was skipped."""
    from claimpos.cli.output import progress, put_done, tell, terminal_width
    from claimpos.cli.report_files import check_owners
    from claimpos.errors import WrongUsage
    from claimpos.importing.import_log import ImportLog, log_text
    from claimpos.importing.importer import import_table

    if len(files) > 1:
        raise WrongUsage(
            "name one table, and its folder with --into or --append; only profiles (.xml, "
            ".json) can be several files"
        )
    (file,) = files
    if table_options.parties and not table_options.grid:
        raise WrongUsage("--parties names columns of a grid; add --grid FIELD")
    if (into is None) == (append is None):
        raise WrongUsage("use --into DIR for a new dossier, or --append DIR to add to one")
    if into is not None:
        check_owners(into)
    log = ImportLog()
    done = ""
    try:
        with progress(f"Importing {file.name}"):
            if append is not None:
                done = _appended(file, append, table_options, log)
            elif into is not None:
                draft = import_table(file, into, table_options, log)
                done = _done(draft, into, log.lines_skipped())
    except Exception:
        log.assumptions.clear()  # nothing was made of them
        raise
    finally:
        tell(log_text(log, terminal_width()))
    put_done(done)
    if log.skipped:
        raise typer.Exit(1)


def _text(
    text: Path | None,
    worksheet: Path | None,
    taken: Path | None,
    positions: Path | None,
    dry_run: bool,
) -> None:
    """Write the worksheet of a text, or add one to the dossier; raises WrongUsage for both."""
    from claimpos.cli.worksheets import take_sheet, write_sheet
    from claimpos.errors import WrongUsage

    if taken is not None:
        if text is not None or worksheet is not None:
            raise WrongUsage("--take needs nothing but the worksheet, which holds the text")
        take_sheet(taken, positions, dry_run)
    elif dry_run:
        raise WrongUsage("--dry-run needs --take FILE")
    elif text is None or worksheet is None:
        raise WrongUsage("name the worksheet to write: --text FILE --worksheet FILE")
    else:
        write_sheet(text, worksheet, positions)


def _profiles_done(files: Sequence[Path], into: Path | None, append: Path | None) -> str:
    """Import profiles, and say what was made of them; raises WrongUsage without a new folder."""
    from shlex import quote

    from claimpos.cli.report_files import check_owners
    from claimpos.dossier.findings import shown_path
    from claimpos.errors import WrongUsage
    from claimpos.importing.genius import import_profiles
    from claimpos.wording.grammar import counted

    if into is None or append is not None:
        raise WrongUsage("profiles make a new dossier; use --into DIR")
    check_owners(into)
    parties, issues = import_profiles(files, into)
    shown = shown_path(into)
    made = f"{counted(parties, 'party', 'parties')}, {counted(issues, 'issue', 'issues')}"
    return f"Wrote {shown}: {made}.\nNext: claimpos deals --positions {quote(shown)}\n"


def _table_options(
    mapped: Sequence[str],
    given: Sequence[str],
    stance: Sequence[str],
    grid: str | None,
) -> TableOptions:
    from claimpos.importing.importer import TableOptions
    from claimpos.importing.stances import read_vocabulary
    from claimpos.importing.table import field_named

    columns = {column: field_named(field) for column, field in _pairs(mapped, "--map")}
    cells = {field_named(field): cell for field, cell in _pairs(given, "--set")}
    return TableOptions(columns, cells, read_vocabulary(stance), grid)


def _pairs(texts: Sequence[str], option: str) -> list[tuple[str, str]]:
    """The two sides of each `left=right`; raises WrongUsage."""
    from claimpos.errors import WrongUsage

    pairs = []
    for text in texts:
        left, _, right = text.rpartition("=") if option == "--map" else text.partition("=")
        if not (left.strip() and right.strip()):
            raise WrongUsage(f"{option} “{text}” lacks one side; write {option} LEFT=RIGHT")
        pairs.append((left.strip(), right.strip()))
    return pairs


def _appended(file: Path, folder: Path, table_options: TableOptions, log: ImportLog) -> str:
    """Add a table to a dossier, and return what is reported of it."""
    from claimpos.curating.appending import append_table
    from claimpos.curating.edited_dossier import editing
    from claimpos.dossier.findings import shown_path
    from claimpos.dossier.locate import find_dossier
    from claimpos.wording.additions import appended_text

    find_dossier(folder)
    with editing(folder) as edited:
        added = append_table(file, edited, table_options, log)
        if edited.edited:
            edited.check()
    return appended_text(shown_path(folder), added, log.lines_skipped())


def _done(draft: Draft, into: Path, left_out: int) -> str:
    from shlex import quote

    from claimpos.dossier.findings import shown_path
    from claimpos.wording.additions import pieces_text, skipped_text

    shown = shown_path(into)
    counts = (len(draft.parties), len(draft.issues), len(draft.entries), len(draft.sources))
    made, skipped = pieces_text(counts), skipped_text(left_out)
    return f"Wrote {shown}: {made}.{skipped}\nNext: claimpos validate {quote(shown)}\n"
