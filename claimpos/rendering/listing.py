"""What a dossier holds, as rows: its parties, issues, sources and proposals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from claimpos.comparison.effective_timelines import EffectiveTimelines
from claimpos.dossier.model import BASES, Dossier
from claimpos.rendering.coverage import coverage
from claimpos.rendering.data import Rows
from claimpos.rendering.document import Document, Paragraph, Table


def listing_document(rows: Rows) -> Document:
    """The rows as a table, for people to read."""
    header, lines = rows
    shown = [list(map(str, line)) for line in lines]
    return Document([Table(header, shown) if shown else Paragraph("None.")])


def parties(dossier: Dossier) -> Rows:
    timeline = EffectiveTimelines(dossier)
    rows = [
        [
            party.id,
            party.name,
            ", ".join(party.aliases),
            str(len(timeline.positions(party.id))),
            str(len(party.statements)),
        ]
        for party in dossier.parties.values()
    ]
    return ("Id", "Name", "Aliases", "Issues with a position", "Statements"), rows


def issues(dossier: Dossier) -> Rows:
    timeline = EffectiveTimelines(dossier)
    held = [timeline.positions(party) for party in dossier.negotiating]
    rows = [
        [
            issue.id,
            issue.title,
            dossier.groups[issue.group],
            issue.kind,
            "core" if issue.core else "",
            str(sum(issue.id in positions for positions in held)),
        ]
        for issue in dossier.issues.values()
    ]
    return ("Id", "Title", "Group", "Kind", "Core", "Parties with a position"), rows


def sources(dossier: Dossier) -> Rows:
    rows = [
        [source.id, source.title, source.publisher, source.date.text, source.status]
        for source in dossier.sources.values()
    ]
    return ("Id", "Title", "Publisher", "Date", "Status"), rows


def proposals(dossier: Dossier) -> Rows:
    rows = [
        [
            proposal.id,
            proposal.title,
            ", ".join(dossier.parties[author].label for author in proposal.authors),
            proposal.date.text,
            proposal.status,
            str(len(proposal.terms)),
        ]
        for proposal in dossier.proposals.values()
    ]
    return ("Id", "Title", "Authors", "Date", "Status", "Terms"), rows


def counts(dossier: Dossier) -> Rows:
    """How much of what there is, and on which issues each party is silent throughout."""
    parties = [party for party in dossier.parties.values() if not party.is_mediator]
    entries = [one for party in parties for many in party.positions.values() for one in many]
    bases = Counter(one.basis for party in parties for one in party.statements.values())
    statuses = Counter(source.status for source in dossier.sources.values())
    counted = [
        ("parties", len(parties)),
        ("issues", len(dossier.issues)),
        ("positions", len(entries)),
        *((f"statements, {basis}", bases[basis]) for basis in reversed(BASES)),
        *((f"sources, {status}", count) for status, count in sorted(statuses.items())),
        ("proposals", len(dossier.proposals)),
    ]
    rows = [[what, str(count), ""] for what, count in counted]
    timeline = EffectiveTimelines(dossier)
    for party in parties:
        held = timeline.positions(party.id)
        silent = [issue for issue in dossier.issues if issue not in held]
        rows.append(
            [f"issues with no position of {party.short}", str(len(silent)), ", ".join(silent)]
        )
    return ("Item", "Count", "Details"), rows


LISTINGS: dict[str, Callable[[Dossier], Rows]] = {
    "parties": parties,
    "issues": issues,
    "sources": sources,
    "proposals": proposals,
    "counts": counts,
    "coverage": coverage,
}
