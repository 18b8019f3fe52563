"""What a dossier holds, as rows: its parties, issues, sources and proposals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterator
from datetime import date

from claimpos.comparison.effective_timelines import EffectiveTimelines
from claimpos.dossier.coverage import Coverage, coverage_of
from claimpos.dossier.model import BASES, Dossier, Party, Review, Statement
from claimpos.dossier.paragraphs import written_numbers
from claimpos.rendering.data import Rows
from claimpos.rendering.document import Document, Paragraph, Table
from claimpos.wording.dossier_texts import capital, one_line
from claimpos.wording.grammar import counted


def listing_document(rows: Rows, none: str = "") -> Document:
    """The rows as a table, for people to read, or the sentence that there are none."""
    header, lines = rows
    shown = [list(map(str, line)) for line in lines]
    return Document([Table(header, shown) if shown else Paragraph(none or "None.")])


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
    """How many of each there are, and the issues on which each party has no position at all."""
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


def review(dossier: Dossier) -> Rows:
    """Who coded and who reviewed each statement and entry; those not yet reviewed come first."""
    rows = []
    for party in dossier.parties.values():
        for said in party.statements.values():
            what = ["statement", said.id]
            rows.append([party.id, *what, said.coder, *_review(said.reviewed)])
        for entry in (one for entries in party.positions.values() for one in entries):
            what = ["entry", f"{entry.issue} {entry.since.text}"]
            rows.append([party.id, *what, entry.coder, *_review(entry.reviewed)])
    header = ("Party", "Kind", "Id", "Coder", "Reviewed by", "Reviewed on")
    return header, sorted(rows, key=lambda row: bool(row[-1]))


def _review(reviewed: Review | None) -> tuple[str, str]:
    return ("", "") if reviewed is None else (reviewed.by, reviewed.on.text)


Said = list[tuple[Party, Statement]]
"""Statements, each with the party whose it is."""


def statements(
    dossier: Dossier,
    source: str | None = None,
    speakers: Container[tuple[str, str]] | None = None,
    since: date | None = None,
) -> Said:
    """The statements of all parties, by day, the newest first.

    Args:
        dossier: The dossier.
        source: Only those from the source of this id.
        speakers: Only those of these speakers, each named by party and id.
        since: Only those of this day or later.
    """
    found = [
        (party, one)
        for party in dossier.parties.values()
        for one in party.statements.values()
        if source in (None, one.source.id)
        and (speakers is None or (one.speaker and (party.id, one.speaker.id) in speakers))
        and (since is None or one.said.first >= since)
    ]
    return sorted(found, key=lambda pair: pair[1].said.first, reverse=True)


def statements_document(found: Said, dossier: Dossier) -> Document:
    """Statements as a table, for people to read."""
    header = ["Party", "Day", "Id", "Summary"]
    rows = [[party.id, one.said.text, one.id, one_line(one.summary)] for party, one in found]
    whole = sum(len(party.statements) for party in dossier.parties.values())
    statements = counted(whole, "statement", "statements")
    text = f"{capital(statements)}."
    if len(found) < whole:
        text = f"{len(found):,} of {statements}." if found else f"None of {statements} matches."
    table = [Table(header, rows)] if rows else []
    return Document([*table, Paragraph(text)])


def statements_rows(found: Said) -> Rows:
    """One line for each statement, with all that it holds."""
    header = ["Party", "Id", "Said", "Speaker", "Source", "Basis", "Summary", "Quote", "Locator"]
    header += ["Original quote", "Note", "Coder", "Reviewer", "Reviewed on", "Outside source"]
    rows = [
        [
            party.id,
            one.id,
            one.said.text,
            one.speaker.id if one.speaker else "",
            one.source.id,
            one.basis,
            one.summary,
            one.quote,
            one.locator,
            one.quote_original,
            one.note,
            one.coder,
            *((one.reviewed.by, one.reviewed.on.text) if one.reviewed else ("", "")),
            "yes" if one.speaker and one.speaker.outside else "",
        ]
        for party, one in found
    ]
    return header, rows


def coverage(dossier: Dossier) -> Rows:
    """What became of the paragraphs of each source whose paragraphs are counted."""
    rows = [row for source in coverage_of(dossier) for row in _coverage_rows(source)]
    return ("Source", "Coded as", "Paragraphs", "Count", "Statements"), rows


def _coverage_rows(coverage: Coverage) -> Iterator[list[str]]:
    """A row for statements, one for each reason why there is no position, one for the rest."""
    held = coverage.statements
    named = [
        f"{party}/{statement.id} ({number})"
        for number, some in held.items()
        for party, statement in some
    ]
    groups = [("statement", [*held], ", ".join(named))]
    for reason in dict.fromkeys(coverage.no_position.values()):
        numbers = [one for one, why in coverage.no_position.items() if why == reason]
        groups.append((f"no position: {reason}", numbers, ""))
    groups.append(("unmarked", coverage.unmarked, ""))
    for what, numbers, details in groups:
        if numbers:
            count = str(len(numbers))
            yield [coverage.source.id, what, written_numbers(numbers), count, details]


NONE = {
    "proposals": "This dossier has no proposals.",
    "review": "This dossier has no statements or entries.",
    "coverage": "No source says yet how many paragraphs it has; claimpos code counts them.",
}
"""What is said of listings that have no row."""

LISTINGS: dict[str, Callable[[Dossier], Rows]] = {
    "parties": parties,
    "issues": issues,
    "sources": sources,
    "proposals": proposals,
    "counts": counts,
    "review": review,
    "coverage": coverage,
}
