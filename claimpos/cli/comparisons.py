"""`claimpos diff`, `explain`, `ask` and `matrix`: parties compared on a day."""

from typing import Annotated, Literal

import typer

from claimpos.cli import options, report_options


def diff(
    parties: options.Parties,
    *,
    choice: report_options.Selection,
    only: report_options.Only = None,
    robust: Annotated[
        bool,
        typer.Option("--robust", help="Show only verdicts that no single statement decides."),
    ] = False,
    stale_after: report_options.StaleAfter = None,
    verbose: Annotated[
        bool,
        typer.Option(
            "--verbose", "-v", help="Also show each party's position, and explain the verdict."
        ),
    ] = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 if there is a conflict.")
    ] = False,
    output_format: report_options.ReportFormat = "table",
    files: report_options.Files,
) -> None:
    """Compare two or more parties issue by issue, and say why they overlap or conflict.

    \b
    Examples:
      claimpos diff russia us
      claimpos diff russia us -v --as-of 2025-03-14
      claimpos diff russia us --issue nato-membership
      claimpos diff russia ukraine --group territory --only conflict
      claimpos diff ru ua --format github -o comparison.md

    Overlap: at least one outcome is acceptable to every party. Conflict: every outcome is ruled
    out by at least one party. Unresolved: neither.

    A terminal shows one line for each issue. -v and --stale-after add each party's position and
    an explanation; --issue and --only show only these. Documents (--format github, …) have both.
    """
    from claimpos.cli.reports import Report, put_report
    from claimpos.cli.selection import comparison_of, stale_before, warn_of_age
    from claimpos.comparison.fragility import with_fragility
    from claimpos.comparison.reasons import VERDICTS
    from claimpos.rendering.diff import ShownParts, diff_document
    from claimpos.rendering.diff_report import diff_report
    from claimpos.rendering.diff_rows import diff_rows
    from claimpos.rendering.renderers import TERMINAL

    comparison = comparison_of(parties, choice, files.positions)
    comparison = with_fragility(comparison)
    comparison = comparison._replace(stale_before=stale_before(comparison.day, stale_after))
    warn_of_age(comparison.dossier, comparison.newest, comparison.day)
    sections = [verdict for verdict in VERDICTS if not only or verdict in only]
    asked = verbose or stale_after is not None
    chosen_ones = bool(choice.issue or only)
    show = ShownParts(
        overview=verbose or not chosen_ones,
        details=asked or chosen_ones or output_format != TERMINAL,
    )
    report = Report(
        document=lambda: diff_document(comparison, sections, robust, show),
        data=lambda: diff_report(comparison, sections, robust),
        rows=lambda: diff_rows(comparison, sections, robust),
    )
    put_report(report, output_format, files.output, files.color)
    if exit_code and comparison.summary["conflict"]:
        raise typer.Exit(1)


def explain(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="PARTY PARTY... ISSUE",
            help="Two or more parties, then an issue or a sub-issue (ISSUE.SUB-ISSUE).",
            autocompletion=options.complete_any,
        ),
    ],
    as_of: options.AsOf = None,
    basis: report_options.Basis = "inferred",
    fragile: Annotated[
        bool,
        typer.Option("--fragile", help="Add the statements and choices of coding that decide it."),
    ] = False,
    output_format: report_options.ExplainFormat = "text",
    *,
    files: report_options.Files,
) -> None:
    """Show step by step how the verdict on one issue was reached.

    \b
    Examples:
      claimpos explain russia ukraine ceasefire --as-of 2025-03-14
      claimpos explain russia ukraine us recognition.crimea --fragile
      claimpos explain russia ukraine nato-membership --format markdown -o nato.md

    The steps end in the verdict and the reason that claimpos diff gives.
    """
    from claimpos.briefing.explanation import explain_document, explain_report, fragility_report
    from claimpos.cli.reports import Report, put_report
    from claimpos.cli.selection import (
        chosen_parties,
        issue_and_cells,
        load_dossier,
        warn_of_age,
    )
    from claimpos.comparison.verdicts import compare
    from claimpos.errors import WrongUsage
    from claimpos.rendering.show import Record
    from claimpos.wording.age import newest_note

    if len(names) < 3:
        raise WrongUsage("name two or more parties, and then the issue")
    dossier = load_dossier(files.positions)
    issue, cells = issue_and_cells(dossier, names[-1])
    comparison = compare(dossier, chosen_parties(dossier, names[:-1]), as_of, basis, {issue.id})
    warn_of_age(dossier, comparison.newest, comparison.day)
    data = explain_report(comparison, cells)
    if fragile:
        data["fragility"] = fragility_report(comparison, cells)
    record = Record(dossier, comparison.day, basis)
    newest = newest_note(dossier, comparison.newest)
    report = Report(document=lambda: explain_document(data, record, newest), data=lambda: data)
    put_report(report, output_format, files.output, files.color)


def ask(
    parties: options.Parties,
    *,
    choice: report_options.Selection,
    party: Annotated[
        list[str] | None,
        typer.Option(
            "--party",
            metavar="PARTY",
            autocompletion=options.complete_party,
            help="Only questions to this party (repeatable).",
        ),
    ] = None,
    limit: Annotated[
        int, typer.Option(min=1, metavar="N", help="Show so many points at most.")
    ] = 10,
    stale_after: Annotated[
        str,
        typer.Option(
            metavar="AGE",
            help="Ask whether positions still hold that were last confirmed longer ago than this.",
        ),
    ] = "6m",
    output_format: report_options.ReportFormat = "table",
    files: report_options.Files,
) -> None:
    """List the questions whose answers would change most, and who should be asked.

    \b
    Examples:
      claimpos ask russia ukraine us
      claimpos ask russia ukraine --party ukraine --limit 5
      claimpos ask russia ukraine us --as-of 2025-11-30 --format github -o questions.md

    Both answers to each question are put into the positions, and everything is compared again.
    """
    from claimpos.cli.reports import Report, put_report
    from claimpos.cli.selection import asked_parties, comparison_of, stale_before, warn_of_age
    from claimpos.comparison.question_search import questions
    from claimpos.rendering.ask import ask_document, ask_report, ask_rows

    comparison = comparison_of(parties, choice, files.positions)
    before = stale_before(comparison.day, stale_after) or comparison.day
    asked = asked_parties(comparison.dossier, party or (), comparison.parties)
    found = questions(comparison, before, asked)
    warn_of_age(comparison.dossier, comparison.newest, comparison.day)
    report = Report(
        document=lambda: ask_document(found, limit),
        data=lambda: ask_report(found, limit),
        rows=lambda: ask_rows(found, limit),
    )
    put_report(report, output_format, files.output, files.color)


def matrix(
    parties: options.PartiesOrAll = None,
    *,
    choice: report_options.Selection,
    parties_by: Annotated[
        Literal["given", "agreement"],
        typer.Option(
            help="The order of the parties: as given, or with parties that agree side by side "
            "(needs claimpos[cluster])."
        ),
    ] = "given",
    output_format: report_options.PairsFormat = "table",
    files: report_options.Files,
) -> None:
    """Compare every pair of parties, and show how contested each issue is.

    \b
    Examples:
      claimpos matrix
      claimpos matrix russia ukraine us europe --as-of 2025-11-30
      claimpos matrix --group territory --parties-by agreement
      claimpos matrix --format csv -o pairs.csv
      claimpos matrix --format svg -o pairs.svg

    Agreement rate: overlaps as a share of the issues with a clear verdict (overlap or conflict).
    The formats svg and png draw all pairs as a heat map; png needs claimpos[png].
    """
    from claimpos.cli.output import progress
    from claimpos.cli.reports import PICTURES, Report, check_file, put_report
    from claimpos.cli.selection import (
        chosen_issues,
        chosen_parties,
        load_dossier,
        warn_of_age,
    )
    from claimpos.comparison.matrix import matrix as compared
    from claimpos.rendering.matrix import matrix_document, matrix_report, matrix_rows

    with progress("Reading the dossier"):
        dossier = load_dossier(files.positions)
    chosen = chosen_parties(dossier, parties) if parties else list(dossier.negotiating)
    check_file(output_format, files.output)
    if output_format in PICTURES:
        from claimpos.briefing.heat_map import check_heat_map

        check_heat_map(len(chosen))
    with progress(f"Comparing {len(chosen) * (len(chosen) - 1) // 2:,} pairs of parties"):
        issues = chosen_issues(dossier, choice.issue, choice.group, choice.core)
        found = compared(dossier, chosen, choice.as_of, choice.basis, issues)
        if parties_by == "agreement":
            from claimpos.comparison.matrix import by_agreement

            found = by_agreement(found)

    warn_of_age(dossier, found.newest, found.day)

    def picture() -> str:
        from claimpos.briefing.heat_map import heat_map_of

        return heat_map_of(found)

    report = Report(
        document=lambda: matrix_document(found),
        data=lambda: matrix_report(found),
        rows=lambda: matrix_rows(found),
        picture=picture,
    )
    put_report(report, output_format, files.output, files.color)
