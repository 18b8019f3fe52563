"""`claimpos validate`."""

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
) -> "tuple[list[Target], dict[Path, bytes]]":
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
