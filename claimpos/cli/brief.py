"""`claimpos brief A B [C…]`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from claimpos.cli import options

if TYPE_CHECKING:
    from claimpos.comparison.verdicts import Comparison
    from claimpos.deals.search import Deals


def brief(
    parties: options.Parties,
    as_of: options.AsOf = None,
    basis: options.Basis = "inferred",
    issue: options.Issues = None,
    group: options.Groups = None,
    core: options.Core = False,
    output_format: Annotated[
        Literal["markdown", "html", "json", "svg", "png"],
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
    stale_after: options.StaleAfter = None,
    output: options.Output = None,
    positions: options.Positions = None,
) -> None:
    """Write a briefing on two or more parties, with a source for every statement.

    \b
    Examples:
      claimpos brief russia ukraine -o briefing.md
      claimpos brief russia ukraine us --group territory --as-of 2025-03-14
      claimpos brief russia ukraine --format html -o briefing.html
      claimpos brief russia ukraine --issue ceasefire --format svg -o ceasefire.svg
      claimpos brief ru ua --template house.md -o briefing.md
    """
    from claimpos.briefing.data import brief_report, check_size
    from claimpos.cli.formats import PICTURES, check_picture, put_text
    from claimpos.cli.output import put
    from claimpos.cli.selection import (
        check_several,
        chosen_issues,
        chosen_parties,
        load_dossier,
        stale_before,
        warn_of_age,
    )
    from claimpos.comparison.fragility import with_fragility
    from claimpos.comparison.verdicts import compare
    from claimpos.errors import WrongUsage
    from claimpos.rendering.data import json_text

    check_several(parties)
    dossier = load_dossier(positions)
    chosen = chosen_parties(dossier, parties)
    issues = chosen_issues(dossier, issue, group, core)
    if output_format in {"json", *PICTURES} and template is not None:
        raise WrongUsage(f"--template needs a document; remove --format {output_format}")
    if besides and (output_format != "html" or template is not None):
        raise WrongUsage("--with needs --format html and no --template")
    if deals and output_format in PICTURES:
        raise WrongUsage(f"--deals needs a document; remove --format {output_format}")
    check_picture(output_format, output)
    if output_format not in PICTURES:
        check_size(dossier, chosen, as_of, basis, issues)
    comparison = compare(dossier, chosen, as_of, basis, issues)
    comparison = comparison._replace(stale_before=stale_before(comparison.day, stale_after))
    warn_of_age(dossier, comparison.newest, comparison.day)
    if output_format in PICTURES:
        put_text(_picture_of(comparison), output_format, output)
        return
    comparison = with_fragility(comparison)
    report = brief_report(comparison, _deals_of(comparison) if deals else None)
    if output_format == "json":
        text = json_text(report)
    elif output_format == "html" and template is None:
        from claimpos.briefing.page import page

        columns = chosen_parties(dossier, besides) if besides else None
        text = page(comparison, report, columns)
    else:
        text = _laid_out(report, "html" if output_format == "html" else "md", template)
    put(text, output)


def _picture_of(comparison: Comparison) -> str:
    """The picture of the comparison's one issue; raises WrongUsage unless it has one."""
    from claimpos.briefing.figures import figures_of
    from claimpos.briefing.time_line import only_issue, time_line_of

    is_quantity = only_issue(comparison).kind == "quantity"
    return figures_of(comparison) if is_quantity else time_line_of(comparison)


def _deals_of(comparison: Comparison) -> Deals:
    """The deals on the issues of the comparison; other issues are left out of the packages."""
    from claimpos.deals.search import find_deals

    told = {verdict.issue.id for verdict in comparison.issues}
    without = [issue for issue in comparison.dossier.issues if issue not in told]
    return find_deals(
        comparison.dossier,
        comparison.parties,
        comparison.day,
        comparison.basis,
        without=without,
        aims=["least"],
    )


def _laid_out(report: dict[str, Any], kind: str, template: Path | None) -> str:
    if template is not None:
        from claimpos.briefing.own_template import in_house_style

        return in_house_style(template, kind, report)
    from claimpos.briefing.documents import document

    return document(f"briefing.{kind}", report)
