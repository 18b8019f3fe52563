"""`claimpos import FILE --into DIR`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claimpos.importing.draft import Draft
    from claimpos.importing.importer import Wishes

Pairs = list[str] | None


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The table: .csv or .xlsx.")],
    into: Annotated[Path, typer.Option("--into", metavar="DIR", help="The new dossier's folder.")],
    mapped: Annotated[
        Pairs,
        typer.Option("--map", metavar="COLUMN=FIELD", help="What a column is (repeatable)."),
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
    encoding: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="For a file that is not UTF-8, such as windows-1252."),
    ] = None,
) -> None:
    """Create a dossier from a table: one line per position, or a grid of issues and parties.

    \b
    Examples:
      claimpos import positions.csv --into positions
      claimpos import votes.csv --into votes --map vote=demands --map date=since
      claimpos import parties.xlsx --into coalition --grid stance --set since=2025-11
          --stance "support=proposes yes" --stance "red line=refuses yes"
          --stance "high priority=demands yes priority high"

    \b
    Fields. A column of the same name needs no --map:
      party name short aliases members speaks_for_members party_role party_note
      issue title question kind options items unit integer minimum maximum
        issue_note group group_title
      since until standing demands proposes accepts refuses item stance
        reserves interest priority note
      statement speaker speaker_name role outside said basis summary quote
        locator against statement_note
      source source_title publisher source_date status authors url language
        translation source_note
      dossier

    An outcome is an option's name, or several with semicolons between them; a figure, or >= 5; or
    what a position file holds: {crimea: de-jure}, [{outcome: open, if: {toll: low}}].

    What was assumed and what was skipped is reported on standard error. Exits with 1 if something
    was skipped. Nothing is overwritten.
    """
    from claimpos.cli.output import put, tell, terminal_width
    from claimpos.cli.progress import progress
    from claimpos.importing.import_log import Account
    from claimpos.importing.import_log_words import account_text
    from claimpos.importing.importer import import_table

    wishes = _wishes(mapped or [], given or [], stance or [], grid, dates, encoding)
    account = Account()
    try:
        with progress(f"Importing {file.name}"):
            draft = import_table(file, into, wishes, account)
    except Exception:
        account.guesses.clear()  # nothing was made of them
        raise
    finally:
        tell(account_text(account, terminal_width()))
    put(_done(draft, into, account.lines_left_out()))
    if account.left_out:
        raise typer.Exit(1)


def _wishes(
    mapped: Sequence[str],
    given: Sequence[str],
    stance: Sequence[str],
    grid: str | None,
    dates: Literal["day-first", "month-first"] | None,
    encoding: str | None,
) -> Wishes:
    from claimpos.importing.columns import field_named
    from claimpos.importing.importer import Wishes
    from claimpos.importing.stance_words import read_vocabulary

    columns = {column: field_named(field) for column, field in _pairs(mapped, "--map")}
    cells = {field_named(field): cell for field, cell in _pairs(given, "--set")}
    return Wishes(columns, cells, read_vocabulary(stance), grid, dates, encoding)


def _pairs(texts: Sequence[str], option: str) -> list[tuple[str, str]]:
    """The two sides of each `left=right`; raises WrongUsage."""
    from claimpos.errors import WrongUsage

    pairs = []
    for text in texts:
        left, _, right = text.rpartition("=") if option == "--map" else text.partition("=")
        if not (left.strip() and right.strip()):
            raise WrongUsage(f"{option} “{text}” has no two sides; write {option} LEFT=RIGHT")
        pairs.append((left.strip(), right.strip()))
    return pairs


def _done(draft: Draft, into: Path, left_out: int) -> str:
    from shlex import quote

    from claimpos.dossier.findings import shown_path
    from claimpos.wording.names import counted

    shown = shown_path(into)
    made = ", ".join(
        counted(len(held), one, many)
        for held, one, many in (
            (draft.parties, "party", "parties"),
            (draft.issues, "issue", "issues"),
            (draft.entries, "position", "positions"),
            (draft.sources, "source", "sources"),
        )
    )
    lines = counted(left_out, "line", "lines")
    told = f"of {lines} something was left out" if left_out else "nothing was left out"
    return f"Wrote {shown}: {made}; {told}.\nNext: claimpos validate {quote(shown)}\n"
