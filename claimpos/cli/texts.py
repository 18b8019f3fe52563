"""`claimpos text` and `assess`: negotiating texts, with brackets and against the positions."""

from pathlib import Path
from typing import Annotated

import typer

from claimpos.cli import options, report_options


def text(
    parties: options.Parties,
    as_of: options.AsOf = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Also count the brackets as of this earlier date."),
    ] = None,
    draft: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="PROPOSAL",
            autocompletion=options.complete_proposal,
            help="Put brackets into this draft instead: a proposal, by id or as a file.",
        ),
    ] = None,
    basis: report_options.Basis = "inferred",
    issue: report_options.Issues = None,
    group: report_options.Groups = None,
    save: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Also save it as a proposal, for claimpos assess: a .yaml file."
        ),
    ] = None,
    output_format: report_options.ExplainFormat = "text",
    *,
    files: report_options.Files,
) -> None:
    """Write the negotiating text as it stands, contested terms in square brackets.

    \b
    Examples:
      claimpos text russia ukraine us
      claimpos text russia ukraine --group territory --since 2025-03-14
      claimpos text russia ukraine --from us-28-points-2025-11
      claimpos text russia ukraine us --format markdown -o text.md
      claimpos text russia ukraine --save positions/proposals/rolling-text.yaml

    One article for each issue. What is acceptable to every party stands without brackets;
    alternatives stand in brackets, each with the parties that call for it or accept it.
    """
    from claimpos.cli.output import put_bytes
    from claimpos.cli.reports import Report, put_report
    from claimpos.cli.selection import (
        check_saved,
        check_saved_name,
        chosen_issues,
        chosen_parties,
        chosen_proposal,
        load_dossier,
        warn_of_age,
    )
    from claimpos.comparison.negotiating_text import NegotiatingText, negotiating_text
    from claimpos.comparison.verdicts import Comparison, compare
    from claimpos.deals.assessment import assess
    from claimpos.deals.bracketed_draft import bracketed_draft
    from claimpos.errors import WrongUsage
    from claimpos.rendering.negotiating_text import text_document, text_report
    from claimpos.rendering.saved_proposals import text_file

    if save is not None:
        check_saved_name(save)
    dossier = load_dossier(files.positions)
    chosen = chosen_parties(dossier, parties)
    issues = chosen_issues(dossier, issue, group)
    comparison = compare(dossier, chosen, as_of, basis, issues)
    earlier = None if since is None else compare(dossier, chosen, since, basis, issues)
    proposal = None if draft is None else chosen_proposal(dossier, draft)

    def text_of(compared: Comparison) -> NegotiatingText:
        if proposal is None:
            return negotiating_text(compared)
        assessed = assess(dossier, proposal, chosen, compared.day, basis)
        return bracketed_draft(assessed, compared)

    now = text_of(comparison)
    before = None if earlier is None else text_of(earlier)
    warn_of_age(dossier, comparison.newest, comparison.day)
    saved = None if save is None else text_file(now, save.stem)
    if save is not None and saved is None:
        raise WrongUsage("no article has any text, so nothing was saved")
    if save is not None and saved is not None:
        check_saved(save, saved, dossier)
    report = Report(
        document=lambda: text_document(now, before), data=lambda: text_report(now, before)
    )
    put_report(report, output_format, files.output, files.color)
    if save is not None and saved is not None:
        put_bytes(saved.encode(), save, is_renewed=True)


def assess(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="PROPOSAL [PROPOSAL...] [PARTY...]",
            help="One or more proposals, by id or as a file; then parties. Default: all parties.",
            autocompletion=options.complete_proposal_or_party,
        ),
    ],
    as_of: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="Use positions as of this date, or today. Default: the day of the text; of "
            "several, the newest one's.",
        ),
    ] = None,
    basis: report_options.Basis = "inferred",
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 if a party rules out a term.")
    ] = False,
    output_format: report_options.ReportFormat = "table",
    *,
    files: report_options.Files,
) -> None:
    """Check a draft text against the parties' positions, term by term.

    \b
    Examples:
      claimpos assess us-text-2025-04 russia ukraine
      claimpos assess us-text-2025-04 europe-ukraine-text-2025-04 --as-of 2025-04-25
      claimpos assess package.yaml russia us --format json

    A condition is met or not by the proposal's own terms. A term that leaves several outcomes
    open is accepted, or ruled out, only if all of them are.
    """
    from claimpos.cli.reports import Report, put_report
    from claimpos.cli.selection import (
        load_dossier,
        proposals_and_parties,
        warn_of_age,
    )
    from claimpos.deals.assessment import assess as assessed
    from claimpos.deals.assessment import check_size
    from claimpos.rendering.assess import assess_document
    from claimpos.rendering.assess_report import assess_report, assess_rows

    dossier = load_dossier(files.positions)
    proposals, parties = proposals_and_parties(dossier, names)
    check_size(dossier, proposals, parties or dossier.negotiating)
    day = as_of or max(one.date.last for one in proposals)
    assessments = [assessed(dossier, one, parties or None, day, basis) for one in proposals]
    warn_of_age(dossier, assessments[0].newest, assessments[0].day)
    report = Report(
        document=lambda: assess_document(assessments),
        data=lambda: assess_report(assessments),
        rows=lambda: assess_rows(assessments),
    )
    put_report(report, output_format, files.output, files.color)
    if exit_code and any(one.refused for one in assessments):
        raise typer.Exit(1)
