"""`claimpos deals A B [C…]`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from claimpos.cli import options, report_options

if TYPE_CHECKING:
    from claimpos.deals.search import Deals

Aim = Literal["now", "least", "balanced"]


def deals(
    parties: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PARTY...]",
            help="Two or more parties, by id or alias. Default: all parties.",
            autocompletion=options.complete_party,
            callback=options.at_least_two,
        ),
    ] = None,
    as_of: options.AsOf = None,
    basis: report_options.Basis = "inferred",
    fix: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ISSUE=OUTCOME",
            help="Only packages with this outcome (repeatable). For a sub-issue: "
            "ISSUE.SUB-ISSUE=OUTCOME.",
        ),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ISSUE",
            autocompletion=options.complete_issue,
            help="Leave this issue out (repeatable).",
        ),
    ] = None,
    hold: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PARTY",
            autocompletion=options.complete_party,
            help="Only packages in which this party concedes nothing or, where a decision rule "
            "applies, votes against nothing (repeatable).",
        ),
    ] = None,
    aim: Annotated[
        Aim | None,
        typer.Option(
            help="Look for one thing only: now (what could be signed now), least (packages with "
            "the smallest concessions) or balanced (packages as even as can be).",
        ),
    ] = None,
    keep_red_lines: Annotated[
        bool,
        typer.Option(
            "--keep-red-lines",
            help="Of balanced packages, only those that give up the fewest red lines.",
        ),
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Show everything found, not a summary.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Show every way and combination, not only ten.")
    ] = False,
    frontier: Annotated[
        bool,
        typer.Option(
            "--frontier",
            help="Add the efficient frontier: packages that cannot ask less of one party without "
            "asking more of another. For two parties, --format svg or png draws it.",
        ),
    ] = False,
    agreements: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Score the agreements in a CSV file by the parties' own points. The file has a "
            "column agreement and one for each issue. For two parties, --format svg draws them.",
        ),
    ] = None,
    time_limit: Annotated[
        float,
        typer.Option(
            metavar="SECONDS", min=0, help="Stop after this time, and report the best so far."
        ),
    ] = 30,
    save: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Save the least-concession packages as a proposal, FILE.yaml, for assess.",
        ),
    ] = None,
    output_format: report_options.DealsFormat = "table",
    *,
    files: report_options.Files,
) -> None:
    """Find package deals or, if there are none, what stands in their way.

    \b
    Examples:
      claimpos deals russia ukraine
      claimpos deals us europe ukraine --as-of 2025-04-25
      claimpos deals russia ukraine --fix ceasefire=immediate --hold ukraine
      claimpos deals russia ukraine --frontier --format svg -o frontier.svg

    Packages are ranked by red lines given up, then by demands dropped, then by figures beyond an
    offer, then by answers outstanding.
    """
    from claimpos.cli.output import progress, put_bytes
    from claimpos.cli.reports import PICTURES, Report, check_file, put_text, report_text
    from claimpos.cli.selection import (
        check_saved,
        check_saved_name,
        chosen_fixes,
        chosen_issues,
        chosen_parties,
        load_dossier,
        warn_of_age,
    )
    from claimpos.deals.search import find_deals
    from claimpos.errors import WrongUsage
    from claimpos.rendering.deals import deals_document

    check_file(output_format, files.output)
    if (
        output_format in PICTURES
        and agreements is None
        and (not frontier or len(parties or ()) != 2)
    ):
        raise WrongUsage(f"--format {output_format} needs --frontier and two parties")
    if aim not in (None, "least") and (save is not None or frontier):
        raise WrongUsage(
            "--save and --frontier are about least-concession packages; leave --aim out, or write "
            "--aim least"
        )
    if save is not None:
        check_saved_name(save)
    dossier = load_dossier(files.positions)
    chosen = chosen_parties(dossier, parties) if parties else list(dossier.negotiating)
    held = chosen_parties(dossier, hold or [])
    for party in held:
        if party not in chosen:
            raise WrongUsage(f"“{party}” is held but not among the parties")
    fixed = chosen_fixes(dossier, fix or [])
    with progress("Searching for packages"):
        found = find_deals(
            dossier,
            chosen,
            as_of,
            basis,
            fixed=fixed,
            without=chosen_issues(dossier, without, None) or (),
            held=held,
            everything=everything,
            frontier=frontier,
            time_limit=time_limit,
            aims=None if aim is None else (aim,),
            keep_red_lines=keep_red_lines,
        )
    if agreements is not None:
        found = _with_agreements(found, agreements)
    warn_of_age(dossier, found.newest, found.day)
    report = Report(
        document=lambda: deals_document(
            found, everything, in_short=aim is None and not verbose and not everything
        ),
        data=lambda: _report(found),
        picture=lambda: _picture(found, everything),
    )
    text = report_text(report, output_format, files.output, files.color)
    best = found.packages if found.voted is None else found.voted.packages
    to_save = best if found.problem.domains else None
    put_text(text, output_format, files.output)
    if save is not None and to_save is None:
        raise WrongUsage("there is no package, so nothing was saved")
    if save is not None and to_save is not None:
        from claimpos.rendering.saved_proposals import package_text

        saved = package_text(found, to_save, save.stem)
        check_saved(save, saved, dossier)
        put_bytes(saved.encode(), save, is_renewed=True)


def _report(found: "Deals") -> dict[str, Any]:
    from claimpos.rendering.deals_report import deals_report

    return deals_report(found)


def _with_agreements(found: "Deals", path: Path) -> "Deals":
    """The deals with the agreements of a CSV file; raises WrongUsage for what cannot be read."""
    from claimpos.deals.agreements import agreements_of
    from claimpos.errors import WrongUsage
    from claimpos.importing.csv_table import csv_records

    if found.scores is None:
        raise WrongUsage("--agreements needs at least two parties that state points under `worth`")
    header, rows = csv_records(path)
    dossier = found.problem.table.dossier
    return found._replace(agreements=agreements_of(header, rows, dossier, found.scores))


def _picture(found: "Deals", everything: bool) -> str:
    if found.agreements:
        from claimpos.briefing.deals_pictures import points_picture_of

        return points_picture_of(found)
    from claimpos.briefing.deals_pictures import frontier_of
    from claimpos.errors import WrongUsage

    if found.frontier is None or not found.frontier.complete:
        raise WrongUsage("there is no frontier to draw: no package is left, or time ran out")
    return frontier_of(found, found.frontier, everything)
