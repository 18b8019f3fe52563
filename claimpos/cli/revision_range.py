"""What `claimpos changes` compares: two days, or two revisions of the files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from claimpos.cli.selection import chosen_issues, chosen_parties, load_dossier, say_which
from claimpos.comparison.changes import Changes, changes, edits, together
from claimpos.comparison.renames import Rename, What, renames, with_new_ids
from claimpos.dossier.locate import find_dossier
from claimpos.dossier.model import Basis, Dossier
from claimpos.rendering.changes import Revisions


class Choice(NamedTuple):
    """What a command line names: parties, issues, groups of issues, the basis, the folder."""

    parties: Sequence[str]
    issues: Sequence[str] | None
    groups: Sequence[str] | None
    core: bool
    basis: Basis
    positions: Path | None

    def ids(self, dossier: Dossier) -> tuple[list[str], set[str] | None]:
        """The ids of the parties and of the issues; raises UnknownName."""
        issues = chosen_issues(dossier, self.issues, self.groups, self.core)
        return chosen_parties(dossier, self.parties), issues

    def with_new_ids(self, parties: Mapping[str, str], issues: Mapping[str, str]) -> Choice:
        """The same choice, where it names a party or an issue by an id that it had before."""
        chosen = None if self.issues is None else [issues.get(one, one) for one in self.issues]
        return self._replace(parties=[parties.get(one, one) for one in self.parties], issues=chosen)


def _new_ids(what: What, found: Sequence[Rename]) -> dict[str, str]:
    return {one.old[0]: one.new[0] for one in found if one.plain and one.what == what}


def between_days(choice: Choice, since: str, until: str | None) -> Changes:
    """What changed from one day to another, or until today."""
    dossier = load_dossier(choice.positions)
    parties, issues = choice.ids(dossier)
    return changes(dossier, parties, since, until, choice.basis, issues)


def between_revisions(
    choice: Choice, since: str, until: str | None, as_of: str | None
) -> tuple[Changes, Revisions]:
    """What changed from one revision of the files to another, or to the files as they are."""
    from claimpos.validation.revisions import load_revision

    say_which(choice.positions)
    home = find_dossier(choice.positions)
    old = load_revision(home, since)
    new = None if until is None else load_revision(home, until)
    after = load_dossier(home) if new is None else new.dossier
    found = renames(old.dossier, after)
    choice = choice.with_new_ids(_new_ids("party", found), _new_ids("issue", found))
    parties, issues = choice.ids(together(with_new_ids(old.dossier, found), after))
    changed = edits(old.dossier, after, parties, as_of, choice.basis, issues)
    return changed, (old[:2], None if new is None else new[:2])
