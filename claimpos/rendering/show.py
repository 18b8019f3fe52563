"""One party's positions, or one issue across all parties, with the evidence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from claimpos.dossier.model import Basis, Dossier, Entry, Issue, Party, Source, Statement
from claimpos.dossier.timeline import Standing, standing_on
from claimpos.rendering.text import Paint, wrapped
from claimpos.wording.age import last_confirmed
from claimpos.wording.names import Words, capital, joined, one_line, written_date, written_day
from claimpos.wording.offers import ended_offer
from claimpos.wording.positions import BASIS_WORDS, citation, in_full, period, published, quoted

_KNOWN = {"reported": "own words and reports", "stated": "own words"}


class Page:
    """Lines of text of a limited width, headed by what they are about."""

    def __init__(self, dossier: Dossier, day: date, basis: Basis, width: int, paint: Paint) -> None:
        self.dossier = dossier
        self.day = day
        self.basis = basis
        self.width = width
        self.paint = paint
        self.words = Words(dossier)
        self.stale_before: date | None = None
        self.lines: list[str] = []
        self.cited: dict[str, Source] = {}

    def text(self) -> str:
        return "\n".join(self.lines) + "\n"

    def head(self, title: str) -> None:
        """The heading of the page."""
        told = f"{title}, as of {written_day(self.day)}"
        if self.basis != "inferred":
            told += f", based only on {_KNOWN[self.basis]}"
        self.lines += [self.paint(wrapped(told, self.width), "bold")]
        self.lines += [wrapped(self.dossier.title, self.width)]
        closed = self.dossier.closed
        if closed is not None and closed.last <= self.day:
            self.line(f"The talks closed on {written_day(closed.last)}.", indent=0)

    def section(self, title: str) -> None:
        self.lines += ["", self.paint(wrapped(title, self.width), "bold")]

    def line(self, text: str, indent: int = 2, *colours: str) -> None:
        """A paragraph, its later lines hanging by two columns more."""
        space = " " * indent
        lines = wrapped(one_line(text), self.width, space, f"{space}  ")
        self.lines.append(self.paint(lines, *colours) if colours else lines)

    def entry(self, entry: Entry, issue: Issue) -> None:
        """A position in full: what, from when, why, and the statements behind it."""
        for line in in_full(entry, issue, self.words):
            self.line(capital(line))
        details = [f"Held {period(entry)}", BASIS_WORDS[entry.basis]]
        if self.stale_before is not None and entry.confirmed < self.stale_before:
            details.append(last_confirmed(entry))
        if entry.priority:
            details.append(f"priority: {entry.priority}")
        self.line("; ".join(details))
        if entry.interest:
            self.line(f"Stated reason: {entry.interest}")
        if entry.note:
            self.line(f"Note: {entry.note}")
        for note in entry.notes:
            self.line(f"Note, {written_date(note.day)}: {note.text}")
        for statement in entry.evidence:
            self.statement("–", statement)
        for statement in entry.against:
            self.statement("– against this:", statement)
        for statement in entry.context:
            self.statement("– context:", statement)

    def statement(self, mark: str, statement: Statement) -> None:
        self.cited[statement.source.id] = statement.source
        quote = f" {quoted(statement)}" if statement.quote else ""
        note = f" Note: {one_line(statement.note)}" if statement.note else ""
        told = f"{one_line(statement.summary)}.{quote} ({citation(statement)}){note}"
        self.line(f"{mark} {told}", indent=4)

    def sources(self) -> None:
        """The documents cited on the page."""
        if self.cited:
            self.section("Sources")
        for source in self.cited.values():
            out = published(source, self.day)
            told = [f"{source.id}: {one_line(source.title)}", source.publisher, out, source.status]
            if source.translation not in {"", "none"}:
                told.append(source.translation)
            self.line(", ".join([*told, source.url] if source.url else told))

    def standing(self, standing: Standing, party: Party, issue: Issue) -> None:
        """Where a party stands: its position in full, or that it has none in force."""
        if standing.ended is not None:
            self.line(f"{capital(ended_offer(standing, party.short))}")
        if standing.entry is not None:
            self.entry(standing.entry, issue)
        elif standing.lapsed is not None:
            self.line(f"No current position; the last one lapsed on {written_day(standing.lapsed)}")
        else:
            self.line("No recorded position")


def is_silent(standing: Standing) -> bool:
    """Whether there is nothing to tell of where a party stands."""
    return standing.entry is None and standing.lapsed is None and standing.ended is None


def party_page(page: Page, party: Party, issues: Iterable[Issue]) -> str:
    """A party's positions on these issues, by group, then the issues on which it is silent."""
    page.head(party.name)
    if party.aliases:
        page.line(f"Aliases: {', '.join(party.aliases)}", indent=0)
    if party.members:
        page.line(f"Members: {', '.join(party.members)}", indent=0)
    if party.note:
        page.line(party.note, indent=0)
    silent = []
    for issue in issues:
        standing = standing_on(party.positions.get(issue.id, ()), page.day, page.basis)
        if is_silent(standing):
            silent.append(issue.title)
        else:
            page.section(issue.title)
            page.standing(standing, party, issue)
    if silent:
        page.lines.append("")
        page.line(f"No recorded position on: {'; '.join(silent)}", indent=0)
    page.sources()
    return page.text()


def issue_page(page: Page, issue: Issue) -> str:
    """Where every party stands on an issue, then those that are silent on it."""
    page.head(issue.title)
    page.line(issue.question, indent=0)
    if issue.items:
        page.line(f"Sub-issues: {', '.join(issue.items.values())}", indent=0)
    if issue.options:
        page.line(f"Outcomes: {' / '.join(issue.options.values())}", indent=0)
    if issue.note:
        page.line(f"Note: {issue.note}", indent=0)
    silent = []
    for party in page.dossier.parties.values():
        standing = standing_on(party.positions.get(issue.id, ()), page.day, page.basis)
        if is_silent(standing):
            silent.append(party.short)
            continue
        page.section(party.name)
        page.standing(standing, party, issue)
    if silent:
        page.lines.append("")
        page.line(f"No recorded position: {joined(silent)}", indent=0)
    page.sources()
    return page.text()
