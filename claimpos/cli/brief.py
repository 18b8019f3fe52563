"""`claimpos brief A B [C…]`."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from claimpos.cli import options, report_options

if TYPE_CHECKING:
    from claimpos.comparison.changes import Changes
    from claimpos.comparison.verdicts import Comparison
    from claimpos.deals.search import Deals


def brief(
    parties: options.Parties,
    *,
    choice: report_options.Selection,
    only: report_options.Only = None,
    one_page: Annotated[
        bool,
        typer.Option(
            "--one-page",
            help="Only the first page: three paragraphs, and the core issues month by month.",
        ),
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="Add what changed after this date (YYYY-MM-DD, or YYYY-MM or YYYY, which mean "
            "their last day).",
        ),
    ] = None,
    output_format: Annotated[
        Literal["markdown", "docx", "pdf", "html", "json", "svg", "png"],
        typer.Option(
            "--format",
            help="A document, the data that templates receive, or a picture of one issue.",
        ),
    ] = "markdown",
    besides: Annotated[
        list[str] | None,
        typer.Option(
            "--with",
            metavar="PARTY",
            autocompletion=options.complete_party,
            help="HTML: also show this party in the table (repeatable). Default: all parties.",
        ),
    ] = None,
    deals: Annotated[
        bool,
        typer.Option("--deals", help="Add package deals, or what stands in their way."),
    ] = False,
    template: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="A Jinja2 template of your own; it receives the data that --format json prints.",
        ),
    ] = None,
    reference: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.docx",
            help="A Word file whose styles, page and footer the briefing takes over.",
        ),
    ] = None,
    stale_after: report_options.StaleAfter = None,
    output: options.Output = None,
    positions: options.Positions = None,
) -> None:
    """Write a briefing on two or more parties, with a source for every position.

    \b
    Examples:
      claimpos brief russia ukraine -o briefing.md
      claimpos brief russia ukraine us --one-page --format pdf -o page.pdf
      claimpos brief russia ukraine us --group territory --as-of 2025-03-14
      claimpos brief russia ukraine us --format docx -o briefing.docx
      claimpos brief russia ukraine --only conflict --since 2025-12
      claimpos brief russia ukraine --format html -o briefing.html
      claimpos brief ru ua --template house.md -o briefing.md
    """
    from claimpos.briefing.data import brief_report, check_size
    from claimpos.cli.output import put
    from claimpos.cli.reports import PICTURES, check_file, put_text
    from claimpos.cli.selection import (
        chosen_issues,
        chosen_parties,
        load_dossier,
        stale_before,
        warn_of_age,
    )
    from claimpos.comparison.fragility import with_fragility
    from claimpos.comparison.reasons import VERDICTS
    from claimpos.comparison.verdicts import compare
    from claimpos.dossier.files import read_named

    dossier = load_dossier(positions)
    chosen = chosen_parties(dossier, parties)
    issues = chosen_issues(dossier, choice.issue, choice.group, choice.core)
    wanted = {
        "--template": template is not None,
        "--with": bool(besides),
        "--only": bool(only),
        "--one-page": one_page,
        "--since": since is not None,
        "--deals": deals,
        "--reference": reference is not None,
    }
    _check(output_format, [name for name, is_asked in wanted.items() if is_asked])
    house_style = None if reference is None else read_named(reference, "reference-bytes")
    check_file(output_format, output)
    if output_format not in PICTURES:
        check_size(dossier, chosen, choice.as_of, choice.basis, issues)
    comparison = compare(dossier, chosen, choice.as_of, choice.basis, issues)
    comparison = comparison._replace(stale_before=stale_before(comparison.day, stale_after))
    warn_of_age(dossier, comparison.newest, comparison.day)
    if output_format in PICTURES:
        put_text(_picture_of(comparison), output_format, output)
        return
    columns = None
    if output_format == "html" and template is None:
        from claimpos.briefing.page import columns_of

        columns = columns_of(comparison, chosen_parties(dossier, besides) if besides else None)
    comparison = with_fragility(comparison)
    report = brief_report(
        comparison,
        _deals_of(comparison) if deals else None,
        None if since is None else _changes_of(comparison, since, issues),
        [verdict for verdict in VERDICTS if not one_page and (not only or verdict in only)],
    )
    if columns is not None:
        from claimpos.briefing.page import page

        put(page(comparison, report, columns), output)
    else:
        laid_out = _laid_out(report, output_format, template, one_page, house_style)
        put_text(laid_out, output_format, output)


# The formats that each option cannot go with.
_UNSUITABLE = {
    "--template": ("docx", "pdf", "json", "svg", "png"),
    "--reference": ("markdown", "pdf", "html", "json", "svg", "png"),
    "--only": ("html", "svg", "png"),
    "--one-page": ("html", "json", "svg", "png"),
    "--since": ("html", "svg", "png"),
    "--deals": ("svg", "png"),
}
_WHY = {
    "--reference": "--reference needs --format docx, not {}",
    "--template": "--template lays out Markdown or HTML; remove --format {}",
}


def _check(output_format: str, asked: Sequence[str]) -> None:
    """Raise WrongUsage for options that the format, or one another, cannot go with."""
    from claimpos.errors import WrongUsage

    laid_out = "--template" in asked and output_format == "html"
    for name in asked:
        if output_format in _UNSUITABLE.get(name, ()) and not laid_out:
            raise WrongUsage(
                _WHY.get(name, f"{name} needs a document; remove --format {{}}").format(
                    output_format
                )
            )
    if "--with" in asked and (output_format != "html" or "--template" in asked):
        raise WrongUsage("--with needs --format html and no --template")
    for name in ("--template", "--only", "--since", "--deals"):
        if "--one-page" in asked and name in asked:
            raise WrongUsage(f"--one-page leaves no room for {name}; remove one of them")


def _changes_of(
    comparison: "Comparison", since: str, issues: "Collection[str] | None"
) -> "Changes":
    """What changed since a day, among the same parties on the issues chosen, or on all.

    A group and its member are compared on fewer, but what moved on the others is told, too.
    """
    from claimpos.comparison.changes import changes

    known = comparison.dossier, comparison.parties, since, comparison.day
    return changes(*known, comparison.basis, issues)


def _picture_of(comparison: "Comparison") -> str:
    """The picture of the comparison's one issue; raises WrongUsage unless it has one."""
    from claimpos.briefing.figures import figures_of
    from claimpos.briefing.time_line import only_issue, time_line_of

    is_quantity = only_issue(comparison).kind == "quantity"
    return figures_of(comparison) if is_quantity else time_line_of(comparison)


def _deals_of(comparison: "Comparison") -> "Deals":
    """The deals on the issues of the comparison; other issues are left out of the packages."""
    from claimpos.deals.search import find_deals

    compared = {verdict.issue.id for verdict in comparison.issues}
    without = [issue for issue in comparison.dossier.issues if issue not in compared]
    return find_deals(
        comparison.dossier,
        comparison.parties,
        comparison.day,
        comparison.basis,
        without=without,
        aims=["least"],
    )


def _laid_out(
    report: dict[str, Any],
    output_format: str,
    template: Path | None,
    one_page: bool,
    reference: bytes | None,
) -> str | bytes:
    if output_format == "json":
        from claimpos.rendering.data import json_text

        return json_text(report)
    if template is not None:
        from claimpos.briefing.own_template import in_house_style

        return in_house_style(template, "html" if output_format == "html" else "md", report)
    from claimpos.briefing.layout import brief_document, one_page_document
    from claimpos.rendering.renderers import file_of, page_of

    document = (one_page_document if one_page else brief_document)(report)
    if output_format == "markdown":
        return page_of(document)
    return file_of(document, output_format, reference)
