"""`claimpos validate`, `check-quotes` and `agreement`, and `lsp` for an editor."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from claimpos.cli import options

if TYPE_CHECKING:
    from claimpos.validation.targets import Target


Format = Literal["text", "json", "github", "gitlab", "sarif", "junit"]


def validate(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATH]...",
            help="Dossiers, folders that contain dossiers, or single files; - is standard input.",
        ),
    ] = None,
    positions: options.Positions = None,
    output_format: Annotated[
        Format | None,
        typer.Option("--format", help="Default: text or, in GitHub Actions, github."),
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", help="Report only these rules: CP411, or a family: CP4."),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", help="Leave these rules or families out."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings, too.")] = False,
    stale_after: Annotated[
        str | None,
        typer.Option(metavar="AGE", help="Warn of positions older than 90d, 26w, 6m, 2y …"),
    ] = None,
    unreviewed: Annotated[
        bool,
        typer.Option("--unreviewed", help="Warn of statements and entries without a review."),
    ] = False,
    as_of: options.AsOf = None,
    stdin_filename: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The file that standard input stands in for."),
    ] = None,
    all_findings: Annotated[
        bool,
        typer.Option("--all", help="List every finding, even more than 200 of a rule in one file."),
    ] = False,
    output: options.Output = None,
    color: options.Colour = "auto",
) -> None:
    """Check the files of a dossier, and say how to fix each error.

    \b
    Examples:
      claimpos validate
      claimpos validate positions --strict --stale-after 1y
      claimpos validate --format sarif -o claimpos.sarif
      claimpos validate - --stdin-filename positions/russia.yaml < draft.yaml

    Exits with 1 if there are errors, reported or not (with --strict, also for warnings), and with
    3 if there was nothing to check.
    """
    from claimpos.cli.output import paint_for, put, say
    from claimpos.dossier.dates import day_of
    from claimpos.dossier.findings import abridged
    from claimpos.rendering.findings import report
    from claimpos.validation.targets import checked_targets, days_of, selected

    age = days_of(stale_after) if stale_after else None
    found, edited = _asked_for(paths or [], positions, stdin_filename)
    checked = checked_targets(found, day_of(as_of), age, edited, as_of is None, unreviewed)
    has_errors = checked.count("error") > 0
    findings = selected(checked.findings, select or [], ignore or [])
    chosen = output_format or _usual(output)
    if not all_findings and chosen in {"text", "github"}:
        findings = abridged(findings)
    checked = checked._replace(findings=findings)
    text = report(checked, chosen, paint_for(color, output), strict)
    put(text, output, has_commands=chosen == "github")
    if has_errors and not checked.count("error"):
        say("there are errors among the findings that --select or --ignore leaves out")
    if has_errors or (strict and checked.count("warning")):
        raise typer.Exit(1)


def _asked_for(
    paths: list[Path], positions: Path | None, stdin_filename: Path | None
) -> tuple[list[Target], dict[Path, bytes]]:
    """The dossiers to check, and what is newer on standard input than in its file."""
    from claimpos.cli.output import say_which
    from claimpos.dossier.files import read_standard_input
    from claimpos.errors import WrongUsage
    from claimpos.validation.targets import Target, in_dossier, is_yaml, targets

    if Path("-") not in paths:
        if stdin_filename is not None:
            raise WrongUsage("--stdin-filename needs -, for standard input")
        if not paths:
            say_which(positions)
        return targets(paths, positions), {}
    if len(paths) > 1 or stdin_filename is None or not is_yaml(stdin_filename):
        raise WrongUsage(
            "- cannot be combined with other paths, and needs --stdin-filename FILE.yaml"
        )
    folder, file = in_dossier(stdin_filename)
    return [Target(folder, frozenset([file]))], {file: read_standard_input()}


def _usual(output: Path | None) -> Format:
    """What the log of GitHub Actions understands, where the output goes there."""
    in_actions = os.environ.get("GITHUB_ACTIONS") == "true" and output is None
    return "github" if in_actions else "text"


@options.with_groups
def check_quotes(
    text: Annotated[
        list[str],
        typer.Option(
            metavar="SOURCE=FILE",
            help="The text of a source, or a folder of texts named SOURCE.txt (repeatable).",
        ),
    ],
    *,
    files: options.Files,
) -> None:
    """Check each quote and locator against the text of its source.

    Typographic quotes, dashes, white space and invisible characters may differ, nothing else. Exits
    with 1 if a quote or a locator is not in the text of its source, and with 3 if there is no text
    for any.

    \b
    Examples:
      claimpos check-quotes --text wp-2025-03-13=article.txt
      claimpos check-quotes --text texts/
    """
    from claimpos.cli.output import paint_for, put
    from claimpos.cli.selection import load_dossier
    from claimpos.dossier.locate import find_dossier
    from claimpos.errors import NothingToCheck
    from claimpos.rendering.findings import quotes_text
    from claimpos.validation.quotes import look_up, not_found
    from claimpos.validation.source_texts import has_locators, locators_not_found, texts_at

    dossier = load_dossier(files.positions)
    texts = texts_at(text, dossier)
    found = list(look_up(dossier, texts))
    if all(one.answer == "no text" for one in found) and not has_locators(dossier, texts):
        raise NothingToCheck("nothing to check: no text was given for the source of any quote")
    folder = find_dossier(files.positions)
    missing = [*not_found(found, folder), *locators_not_found(dossier, texts, folder)]
    put(quotes_text(found, missing, paint_for(files.color, files.output)), files.output)
    if missing:
        raise typer.Exit(1)


def agreement(
    codings: Annotated[
        list[Path],
        typer.Argument(
            metavar="DIR DIR...",
            help="Two or more dossiers, each the work of one coder on the same texts.",
            show_default=False,
        ),
    ],
    only_source: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Compare only what rests on statements from this source."),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="Compare only positions as of this date (YYYY-MM-DD, YYYY-MM or YYYY). "
            "Default: all entries.",
        ),
    ] = None,
    output_format: options.ReportFormat = "table",
    output: options.Output = None,
    color: options.Colour = "auto",
) -> None:
    """Show how far codings of the same texts agree, and list every difference.

    \b
    Examples:
      claimpos agreement anna ben
      claimpos agreement anna ben --only-source interview-2025-03
      claimpos agreement anna ben --format github -o differences.md

    The figure is Krippendorff's alpha: 1 if codings are equal, about 0 if they agree no more
    than by chance. It needs claimpos[agreement].
    """
    from claimpos.cli.output import Report, progress, put_report
    from claimpos.cli.selection import named_dossiers
    from claimpos.comparison.agreement import agreement as compared
    from claimpos.dossier.dates import day_of
    from claimpos.rendering.agreement import agreement_document, agreement_report, agreement_rows

    day = None if as_of is None else day_of(as_of)
    with progress("Comparing the codings"):
        found = compared(named_dossiers(codings), day, only_source)
    report = Report(
        document=lambda: agreement_document(found),
        data=lambda: agreement_report(found),
        rows=lambda: agreement_rows(found),
    )
    put_report(report, output_format, output, color)


def lsp() -> None:
    """Help an editor: errors as you type, completion, definitions, quick fixes.

    \b
    Example:
      claimpos lsp

    Your editor starts this command and talks to it over standard input and output, in the Language
    Server Protocol; `claimpos guide curating` says how to set up some editors.
    """
    from claimpos.cli.output import protocol_stream
    from claimpos.dossier.libraries import library
    from claimpos.dossier.run_limits import RUN

    RUN.stop_watching()
    with library("the language server", "pygls", "lsp", megabytes=64):
        from claimpos.language_server.server import make_server
    make_server().start_io(stdout=protocol_stream())
