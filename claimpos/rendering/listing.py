"""What a dossier holds, as rows: its parties, its issues, its sources."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from claimpos.dossier.model import Dossier

Rows = tuple[Sequence[str], list[list[str]]]
"""The heads of the columns, and the lines."""


def parties(dossier: Dossier) -> Rows:
    rows = [
        [
            party.id,
            party.name,
            ", ".join(party.aliases),
            str(len(party.positions)),
            str(len(party.statements)),
        ]
        for party in dossier.parties.values()
    ]
    return ("Id", "Name", "Also called", "Issues spoken on", "Statements"), rows


def issues(dossier: Dossier) -> Rows:
    rows = [
        [
            issue.id,
            issue.title,
            dossier.groups[issue.group],
            issue.kind,
            str(sum(issue.id in party.positions for party in dossier.parties.values())),
        ]
        for issue in dossier.issues.values()
    ]
    return ("Id", "Title", "Group", "Kind", "Parties that spoke"), rows


def sources(dossier: Dossier) -> Rows:
    rows = [
        [source.id, source.title, source.publisher, source.date.text, source.status, source.url]
        for source in dossier.sources.values()
    ]
    return ("Id", "Title", "Publisher", "Date", "Status", "Address"), rows


LISTINGS: dict[str, Callable[[Dossier], Rows]] = {
    "parties": parties,
    "issues": issues,
    "sources": sources,
}
