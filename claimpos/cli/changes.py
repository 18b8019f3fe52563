"""`claimpos history` and `changes`: how positions, or the files, have changed."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from claimpos.cli import options, report_options

if TYPE_CHECKING:
    from claimpos.comparison.changes import Changes
    from claimpos.comparison.renames import Rename, What
    from claimpos.dossier.model import Basis, Dossier
    from claimpos.rendering.changes import Revisions


def history(
    party: Annotated[
        str,
        typer.Argument(
            metavar="PARTY", help="A party, by id or alias.", autocompletion=options.complete_party
        ),
    ],
    issue: Annotated[
        str | None,
        typer.Argument(
            metavar="[ISSUE]", help="Only this issue.", autocompletion=options.complete_issue
        ),
    ] = None,
    as_of: options.AsOf = None,
    basis: report_options.Basis = "inferred",
    group: report_options.Groups = None,
    core: report_options.Core = False,
    output_format: report_options.ReportFormat = "table",
    *,
    files: report_options.Files,
) -> None:
    """Show how a party's positions have changed, each compared with the one before it.

    \b
    Examples:
      claimpos history us
      claimpos history us annexation-recognition
      claimpos history russia --group territory --format github -o history.md

    For each outcome a party stands at one of five points: rejects it; rejects it unless
    conditions are met; no answer; would accept it on conditions; accepts it. Hardened: moved down
    on some outcomes and up on none. Softened: the reverse. Shifted: both, or different
    conditions, or a different proposal. Restated: no movement. Lapsed: the position ended, and no
    new one followed.
    """
    from claimpos.cli.reports import Report, put_report
    from claimpos.cli.selection import chosen_issues, load_dossier
    from claimpos.comparison.history import history as history_of
    from claimpos.dossier.lookup import party_named
    from claimpos.rendering.history import history_document, history_report, history_rows

    dossier = load_dossier(files.positions)
    issues = chosen_issues(dossier, None if issue is None else [issue], group, core)
    found = history_of(dossier, party_named(dossier, party).id, issues, as_of, basis)
    report = Report(
        document=lambda: history_document(found),
        data=lambda: history_report(found),
        rows=lambda: history_rows(found),
    )
    put_report(report, output_format, files.output, files.color)


def changes(
    parties: options.Parties,
    since: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="DATE|REV",
            help="A date (YYYY-MM-DD, or YYYY-MM or YYYY, which mean their last day), or a commit, "
            "branch or tag of git.",
        ),
    ],
    until: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="DATE|REV",
            help="The same. Default: today, or the day on which the talks closed; for revisions, "
            "the files as they are.",
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="For two revisions: compare positions as of this date. Default: today, or the day "
            "on which the talks closed, if both revisions agree on it.",
        ),
    ] = None,
    basis: report_options.Basis = "inferred",
    issue: report_options.Issues = None,
    group: report_options.Groups = None,
    core: report_options.Core = False,
    output_format: report_options.ReportFormat = "table",
    *,
    files: report_options.Files,
) -> None:
    """Show what changed between two dates, or two revisions of the files, and why.

    \b
    Examples:
      claimpos changes russia us --from 2025-03-14 --to 2025-11-30
      claimpos changes russia ukraine us --from 2025-06
      claimpos changes russia ukraine --from main --format github -o comment.md
      claimpos changes russia ukraine --from v1 --to v2 --as-of 2025-11-30

    Anything that looks like a date is read as a date; for a branch with such a name, write
    refs/heads/2025. Git is used read-only: nothing is checked out.
    """
    from claimpos.cli.output import progress
    from claimpos.cli.reports import Report, put_report
    from claimpos.cli.selection import warn_of_age
    from claimpos.dossier.dates import TODAY, is_date
    from claimpos.errors import WrongUsage
    from claimpos.rendering.changes import changes_document
    from claimpos.rendering.changes_report import changes_report, changes_rows

    if until is not None and is_date(since) != (is_date(until) or until == TODAY):
        raise WrongUsage(
            f"one of “{since}” and “{until}” is a date and the other a revision; "
            "name two dates or two revisions"
        )
    if is_date(since) and as_of is not None:
        raise WrongUsage("--as-of needs revisions; between two days, --to is the later one")
    choice = _Choice(parties, issue, group, core, basis, files.positions)
    with progress("Comparing"):
        if is_date(since):
            found, revisions = _between_days(choice, since, until), None
        else:
            found, revisions = _between_revisions(choice, since, until, as_of)
    warn_of_age(found.after.dossier, found.after.newest, found.after.day)
    report = Report(
        document=lambda: changes_document(found, revisions),
        data=lambda: changes_report(found, revisions),
        rows=lambda: changes_rows(found, edited=revisions is not None),
    )
    put_report(report, output_format, files.output, files.color)


class _Choice(NamedTuple):
    """What a command line names: parties, issues, groups of issues, the basis, the folder."""

    parties: Sequence[str]
    issues: Sequence[str] | None
    groups: Sequence[str] | None
    core: bool
    basis: "Basis"
    positions: Path | None

    def ids(self, dossier: "Dossier") -> tuple[list[str], set[str] | None]:
        """The ids of the parties and of the issues; raises UnknownName."""
        from claimpos.cli.selection import chosen_issues, chosen_parties

        issues = chosen_issues(dossier, self.issues, self.groups, self.core)
        return chosen_parties(dossier, self.parties), issues

    def with_new_ids(self, parties: Mapping[str, str], issues: Mapping[str, str]) -> "_Choice":
        """The same choice, where it names a party or an issue by an id that it had before."""
        chosen = None if self.issues is None else [issues.get(one, one) for one in self.issues]
        return self._replace(parties=[parties.get(one, one) for one in self.parties], issues=chosen)


def _new_ids(what: "What", found: "Sequence[Rename]") -> dict[str, str]:
    return {one.old[0]: one.new[0] for one in found if one.plain and one.what == what}


def _between_days(choice: _Choice, since: str, until: str | None) -> "Changes":
    """What changed from one day to another, or until today."""
    from claimpos.cli.selection import load_dossier
    from claimpos.comparison.changes import changes as changed

    dossier = load_dossier(choice.positions)
    parties, issues = choice.ids(dossier)
    return changed(dossier, parties, since, until, choice.basis, issues)


def _between_revisions(
    choice: _Choice, since: str, until: str | None, as_of: str | None
) -> "tuple[Changes, Revisions]":
    """What changed from one revision of the files to another, or to the files as they are."""
    from claimpos.cli.output import say_which
    from claimpos.cli.selection import load_dossier
    from claimpos.comparison.changes import edits, together
    from claimpos.comparison.renames import renames, with_new_ids
    from claimpos.dossier.locate import find_dossier, is_named
    from claimpos.validation.revisions import load_revision

    say_which(choice.positions)
    home = find_dossier(choice.positions)
    is_nearest = not is_named(choice.positions)
    old = load_revision(home, since, is_nearest)
    new = None if until is None else load_revision(home, until, is_nearest)
    after = load_dossier(home) if new is None else new.dossier
    found = renames(old.dossier, after)
    choice = choice.with_new_ids(_new_ids("party", found), _new_ids("issue", found))
    parties, issues = choice.ids(together(with_new_ids(old.dossier, found), after))
    changed = edits(old.dossier, after, parties, as_of, choice.basis, issues)
    return changed, (old[:2], None if new is None else new[:2])
