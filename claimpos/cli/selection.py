"""The dossier that a command line reads, and what the names on that line refer to."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from claimpos.dossier import locate
from claimpos.dossier.findings import shown_path
from claimpos.dossier.looks import looks
from claimpos.dossier.lookup import (
    group_named,
    issue_named,
    nearest,
    party_named,
    proposal_named,
    source_named,
    statements_named,
)
from claimpos.dossier.model import (
    Cell,
    Dossier,
    Issue,
    Named,
    PartialDate,
    Party,
    Proposal,
    Source,
)
from claimpos.dossier.outcomes import Outcomes
from claimpos.errors import (
    DossierNotFound,
    InvalidAddition,
    InvalidDossier,
    UnknownName,
    WrongUsage,
)
from claimpos.validation import gate

if TYPE_CHECKING:
    from claimpos.cli.report_options import Selection
    from claimpos.comparison.verdicts import Comparison

_MOST_NEAR = 3


def load_dossier(positions: Path | None) -> Dossier:
    """Read the dossier as `claimpos.load_dossier` does; say which, if it was not named."""
    from claimpos.cli.output import say_which

    say_which(positions)
    return gate.load_dossier(positions)


def named_dossiers(folders: Sequence[Path]) -> dict[str, Dossier]:
    """The dossiers in several folders, each by the end of its path that distinguishes it.

    Raises WrongUsage for fewer than two, or one named twice, and what `load_dossier` raises.
    """
    if len(folders) < 2:
        raise WrongUsage("one dossier has nothing to be compared with; name at least two")
    places = [Path(os.path.realpath(folder)) for folder in folders]
    for place, folder in zip(places, folders, strict=True):
        if places.count(place) > 1:
            raise WrongUsage(f"“{shown_path(folder)}” cannot be compared with itself")
    named = ["/".join(place.parts[-_parts_needed(places) :]) for place in places]
    loaded = [gate.load_dossier(folder) for folder in folders]
    return dict(zip(named, loaded, strict=True))


def _parts_needed(places: Sequence[Path]) -> int:
    """How many parts at the end of some paths are needed to distinguish them."""
    longest = max(len(place.parts) for place in places)
    return next(
        number
        for number in range(1, longest + 1)
        if len({place.parts[-number:] for place in places}) == len(places)
    )


def own_dossier(positions: Path | None) -> Path:
    """The folder of a dossier that a command is to change.

    Raises DossierNotFound if none is named or near: the one that comes with claimpos is not the
    user's.
    """
    from claimpos.cli.output import say_which

    say_which(positions)
    if not locate.is_named(positions) and not locate.nearest().folder:
        raise DossierNotFound(
            "there is no dossier in or above this folder; name one with --positions DIR, or create "
            "one with `claimpos init`"
        )
    return locate.find_dossier(positions)


def stale_before(day: date, age: str | None) -> date | None:
    """The day before which a position was last confirmed too long ago, if an age is asked for."""
    if age is None:
        return None
    from claimpos.validation.targets import days_of

    return day - min(timedelta(days=days_of(age)), day - date.min)


def warn_of_age(dossier: Dossier, newest: Mapping[str, PartialDate | None], day: date) -> None:
    """Say on standard error whose newest evidence is much older than the day of the report."""
    from claimpos.cli.output import say
    from claimpos.wording.age import age_warning

    if text := age_warning(dossier, newest, day):
        say(text)


def chosen_parties(dossier: Dossier, names: Sequence[str]) -> list[str]:
    """The ids of the parties named; raises UnknownName, and WrongUsage for one named twice."""
    parties = [party_named(dossier, name).id for name in names]
    for party, name in zip(parties, names, strict=True):
        if parties.count(party) > 1:
            raise WrongUsage(f"“{name}” cannot be compared with itself; name another party")
    return parties


def comparison_of(parties: Sequence[str], choice: Selection, positions: Path | None) -> Comparison:
    """The comparison that a command line asks for; raises what its parts raise."""
    from claimpos.comparison.verdicts import compare

    dossier = load_dossier(positions)
    chosen = chosen_parties(dossier, parties)
    issues = chosen_issues(dossier, choice.issue, choice.group, choice.core)
    return compare(dossier, chosen, choice.as_of, choice.basis, issues)


def asked_parties(dossier: Dossier, names: Sequence[str], compared: Sequence[str]) -> list[str]:
    """The ids of the parties named, each of them one of those compared; raises WrongUsage."""
    chosen = [party_named(dossier, name).id for name in names]
    for party, name in zip(chosen, names, strict=True):
        if party not in compared:
            raise WrongUsage(f"“{name}” is not among the parties compared; name it with them")
    return chosen


def chosen_issues(
    dossier: Dossier,
    issues: Iterable[str] | None,
    groups: Iterable[str] | None,
    core: bool = False,
) -> set[str] | None:
    """The ids of the issues named, alone or by group; None if none is named.

    With `core`, only core issues; all of these if none is named. Raises UnknownName, and WrongUsage
    if no issue is left.
    """
    if not issues and not groups and not core:
        return None
    chosen = {issue_named(dossier, name).id for name in issues or ()}
    wanted = {group_named(dossier, name) for name in groups or ()}
    chosen |= {issue.id for issue in dossier.issues.values() if issue.group in wanted}
    if not core:
        return chosen
    at_core = {issue.id for issue in dossier.issues.values() if issue.core}
    if not at_core:
        raise WrongUsage(
            "the agenda marks no issue as core; write `core: true` under those that decide the rest"
        )
    if (issues or groups) and not chosen & at_core:
        raise WrongUsage("none of the issues named is a core issue; leave --core out")
    return chosen & at_core if issues or groups else at_core


def issue_and_cells(dossier: Dossier, name: str) -> tuple[Issue, list[Cell]]:
    """The issue named, with all its cells or, written ISSUE.SUB-ISSUE, one; raises UnknownName."""
    issue_name, _, item = name.partition(".")
    if (known := dossier.issues.get(issue_name)) is not None and item in known.items:
        return known, [Cell(known.id, item)]
    if not item or name.casefold() in {one.title.casefold() for one in dossier.issues.values()}:
        issue = issue_named(dossier, name)
        return issue, issue.cells()
    issue = issue_named(dossier, issue_name)
    if item not in issue.items:
        remedy = f"claimpos show {issue.id}"
        near = nearest(item, issue.items)
        raise UnknownName("sub-issue", item, near, remedy, f" of “{issue.id}”")
    return issue, [Cell(issue.id, item)]


def chosen_fixes(dossier: Dossier, fixes: Sequence[str]) -> Named:
    """The outcomes fixed by texts of the form ISSUE=OUTCOME or ISSUE.SUB-ISSUE=OUTCOME.

    Raises UnknownName, and WrongUsage for an outcome that the issue cannot have.
    """
    fixed: dict[Cell, Outcomes] = {}
    for fix in fixes:
        name, equals, outcome = fix.partition("=")
        if not equals:
            raise WrongUsage(
                f"“{fix}” fixes nothing; write ISSUE=OUTCOME, or ISSUE.SUB-ISSUE=OUTCOME"
            )
        issue_name, _, item = name.partition(".")
        issue = issue_named(dossier, issue_name.strip())
        written = f"{{{item}: {outcome}}}" if item else outcome
        for cell, outcomes in _outcome(issue, written, fix).items():
            if cell in fixed:
                raise WrongUsage(f"“{fix}” fixes an outcome that is already fixed")
            fixed[cell] = outcomes
    return fixed


def _outcome(issue: Issue, written: str, fix: str) -> Named:
    """The outcome in a text of a command line, written as in a position file; raises WrongUsage."""
    from claimpos.dossier.findings import SourceText
    from claimpos.dossier.nodes import Map
    from claimpos.dossier.parsing.file import parse
    from claimpos.dossier.reading.form import Misshapen, Reading
    from claimpos.dossier.reading.outcome import read_named

    source = SourceText("--fix", f"outcome: {written}\n")
    node, findings = parse(source)
    named: Named = {}
    if isinstance(node, Map):  # otherwise the findings say why it is not one
        reading = Reading(source)
        with suppress(Misshapen):
            named = read_named(node, "outcome", issue, reading)
        findings = [*reading.findings]
    if named and not findings:
        return named
    why = f": {findings[0].message}; {findings[0].hint}" if findings else ""
    raise WrongUsage(f"“{fix}” names no outcome of “{issue.id}”{why}")


def proposals_and_parties(
    dossier: Dossier, names: Sequence[str]
) -> tuple[list[Proposal], list[str]]:
    """The proposals that come first, by id or as files, and the ids of the parties after them."""
    proposals = [chosen_proposal(dossier, names[0])]
    parties: list[str] = []
    for at, name in enumerate(names[1:], start=1):
        try:
            proposals.append(chosen_proposal(dossier, name, proposals))
        except UnknownName:
            parties = chosen_parties(dossier, names[at:])
            break
    return proposals, parties


def chosen_proposal(dossier: Dossier, name: str, others: Sequence[Proposal] = ()) -> Proposal:
    """The proposal named, by its id or as a file.

    If the title of a file looks like that of another text, of the dossier or of the `others`, the
    file's name is added to it. Raises UnknownName, and WrongUsage for a file with the id of another
    text, because the parties' answers are to that one.
    """
    path = Path(name)
    if path.suffix != ".yaml":
        return proposal_named(dossier, name)
    proposal = gate.load_proposal(path, dossier)
    if dossier.proposals.get(proposal.id, proposal) != proposal:
        raise WrongUsage(
            f"{shown_path(path)} is not the dossier's text “{proposal.id}”, which has other words; "
            "give it another id"
        )
    known = [one.title for one in (*dossier.proposals.values(), *others) if one != proposal]
    if looks(proposal.title).isdisjoint(form for title in known for form in looks(title)):
        return proposal
    return proposal._replace(title=f"{proposal.title} ({shown_path(path)})")


def pieces_named(dossier: Dossier, name: str) -> list[Party | Issue | Proposal | Source]:
    """The party of this name or, if there is none, the issue, proposal or source.

    What else has the same id comes after it. There may be none if statements have the name; raises
    UnknownName if there are none either.
    """
    near: dict[str, None] = {}
    more = ""
    for named in (party_named, issue_named, proposal_named, source_named):
        try:
            found = named(dossier, name)
        except UnknownName as error:
            near |= dict.fromkeys(error.nearest)
            more = error.more
        else:
            held = (dossier.parties, dossier.issues, dossier.proposals, dossier.sources)
            alike = [some[found.id] for some in held if found.id in some]
            return [found, *(one for one in alike if one is not found)]
    if statements_named(dossier, name):
        return []
    known = [one for party in dossier.parties.values() for one in party.statements]
    near |= dict.fromkeys(nearest(name.rpartition("/")[2], known))
    kind = "party, issue, proposal, source or statement"
    raise UnknownName(kind, name, [*near][:_MOST_NEAR], "claimpos list", more)


def check_saved(path: Path, text: str, dossier: Dossier) -> None:
    """Check that a file may get this text, and be read as a proposal again.

    Raises InvalidAddition if it could not be, or if the dossier that the file lies in could not be
    read with it; and WrongUsage for a file that is there but that no command has saved, or that
    would be taken for a party's.
    """
    from claimpos.dossier.findings import in_order
    from claimpos.dossier.loading import load_folder
    from claimpos.validation.targets import in_dossier

    content = text.encode()
    try:
        gate.load_proposal(path, dossier, content)
    except InvalidDossier as error:
        raise InvalidAddition(error.findings) from None
    if os.path.isfile(path.parent / locate.AGENDA):
        raise WrongUsage(
            f"cannot save as “{shown_path(path)}”: beside {locate.AGENDA} it would be read as a "
            f"party's file; save it in {locate.PROPOSALS}/"
        )
    if os.path.exists(path) and not _is_saved(path, dossier):
        raise WrongUsage(
            f"cannot save as “{shown_path(path)}”: the file is there, and is none that --save has "
            "written; name another file"
        )
    folder, file = in_dossier(path)
    if os.path.isfile(folder / locate.AGENDA):
        errors = gate.faults_of(load_folder(folder, {file: content}))
        if errors:
            raise InvalidAddition(in_order(errors))


def _is_saved(path: Path, dossier: Dossier) -> bool:
    """Whether a file is a proposal that a command has saved, put forward by nobody."""
    from claimpos.dossier.reading.documents import PUT_FORWARD_BY_NOBODY

    try:
        return gate.load_proposal(path, dossier).status in PUT_FORWARD_BY_NOBODY
    except InvalidDossier:
        return False


def check_known_by(day: date, name: str, days: Iterable[PartialDate]) -> None:
    """Raise WrongUsage if what has this name was not known by a day; `days` are those it is of."""
    first = min(days, key=lambda one: one.first)
    if first.first > day:
        raise WrongUsage(f"“{name}” is of {first.text}; as of {day.isoformat()} it was not known")


def check_saved_name(path: Path) -> None:
    """Raise WrongUsage for a file name that cannot be a proposal's, because that holds its id."""
    from claimpos.dossier.reading.form import is_id

    if path.suffix != ".yaml" or not is_id(path.stem):
        message = "a proposal's file name is lower-case words joined by hyphens, and ends in .yaml"
        raise WrongUsage(f"cannot save as “{path.name}”: {message}")
