"""A draft that begins with what a dossier holds already, so that a table may add to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from claimpos.dossier.model import Dossier
from claimpos.importing.draft import Draft, Piece
from claimpos.importing.exporting import described
from claimpos.importing.figures import DecimalMarks
from claimpos.importing.import_log import KNOWN, Account, Place
from claimpos.importing.ingest import FactReader, Ingester
from claimpos.importing.table import Line

_TITLED = frozenset({"options", "items"})


class _Draft(Draft):
    """A draft in which the table may say again, in its own way, what the dossier holds."""

    def __init__(self, account: Account, dossier: Dossier) -> None:
        super().__init__(account)
        issues = dossier.issues.values()
        self._options = {
            title.casefold(): key for issue in issues for key, title in issue.options.items()
        }

    def state(self, piece: Piece, what: str, facts: dict[str, Any], place: Place) -> None:
        """The same as of any draft, but for what differs in form alone."""
        new = {
            key: one for key, one in facts.items() if not self._is_same(key, piece.get(key), one)
        }
        super().state(piece, what, new, place)

    def _is_same(self, key: str, before: Any, value: Any) -> bool:
        """Whether a fact says what is known.

        That is so of options by name, of an outcome by its title, and of a note that an import
        went on with.
        """
        if key in _TITLED and isinstance(before, list):
            return [title for _, title in before] == [title for _, title in value]
        if key == "outcome" and isinstance(before, str) and isinstance(value, str):
            return self._options.get(value.casefold(), value) == before
        return key == "note" and isinstance(before, str) and before.startswith(value)


def known_pieces(dossier: Dossier, lines: Sequence[Line]) -> Draft:
    """A draft of the agenda, the sources and the parties, and of the statements that lines name."""
    account = Account()  # nothing to report of a dossier that is valid
    reader = FactReader({}, DecimalMarks((), "point", False), None, account)
    ingester = Ingester("", {}, reader, account)
    ingester.draft = _Draft(account, dossier)
    named = {line.cells["statement"] for line in lines if "statement" in line.cells}
    ingester.ingest([Line(KNOWN, row, {}) for row in described(dossier, named)])
    _let_names_stand(ingester.draft, dossier)
    return ingester.draft


def _let_names_stand(draft: Draft, dossier: Dossier) -> None:
    """Let a table call things by their titles and other names, too."""
    for issue in dossier.issues.values():
        draft.names("issue").also(issue.title, issue.id)
    for source in dossier.sources.values():
        draft.names("source").also(source.title, source.id)
    for group, title in dossier.groups.items():
        draft.names("group").also(title, group)
    for party in dossier.parties.values():
        for name in (party.name, party.label, *party.aliases):
            draft.names("party").also(name, party.id)
        for speaker in party.speakers.values():
            draft.names("speaker", party.id).also(speaker.name, speaker.id)
