"""One party's positions, or one issue across all parties, with the evidence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from claimpos.comparison.effective_positions import EffectivePositions
from claimpos.dossier.model import Basis, Dossier, Entry, Issue, Party, Source, Statement
from claimpos.dossier.timeline import Standing
from claimpos.rendering.text import Paint, wrapped
from claimpos.wording.names import Words, capital, joined, one_line, written_date, written_day
from claimpos.wording.positions import BASIS_WORDS, citation, in_full, parts_of, period, quoted
from claimpos.wording.texts import answer_in_words

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
        self.lines: list[str] = []
        self.cited: dict[str, Source] = {}
        self.positions = EffectivePositions(dossier, day, basis)

    def text(self) -> str:
        return "\n".join(self.lines) + "\n"

    def head(self, title: str) -> None:
        """The heading of the page."""
        told = f"{title}, as of {written_day(self.day)}"
        if self.basis != "inferred":
            told += f", based only on {_KNOWN[self.basis]}"
        self.lines += [self.paint(wrapped(told, self.width), "bold")]
        self.lines += [wrapped(self.dossier.title, self.width)]

    def section(self, title: str) -> None:
        self.lines += ["", self.paint(wrapped(title, self.width), "bold")]

    def line(self, text: str, indent: int = 2, *colours: str) -> None:
        """A paragraph, its later lines hanging by two columns more."""
        space = " " * indent
        lines = wrapped(one_line(text), self.width, space, f"{space}  ")
        self.lines.append(self.paint(lines, *colours) if colours else lines)

    def entry(self, entry: Entry, issue: Issue) -> None:
        """A position in full: what, from when, why, and the statements behind it."""
        for part in parts_of(entry):
            self._part(part, issue)

    def _part(self, entry: Entry, issue: Issue) -> None:
        for line in in_full(entry, issue, self.words):
            self.line(capital(line))
        details = [f"Held {period(entry)}", BASIS_WORDS[entry.basis]]
        if entry.priority:
            details.append(f"priority: {entry.priority}")
        self.line("; ".join(details))
        if entry.interest:
            self.line(f"Stated reason: {entry.interest}")
        if entry.note:
            self.line(f"Note: {entry.note}")
        for _, statement in entry.grounds():
            self.statement("–", statement)
        for statement in entry.against:
            self.statement("– against this:", statement)

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
            date = written_date(source.date)
            told = [f"{source.id}: {one_line(source.title)}", source.publisher, date, source.status]
            if source.translation not in {"", "none"}:
                told.append(source.translation)
            self.line(", ".join([*told, source.url] if source.url else told))

    def answers(self, party: str) -> None:
        """What the party says to texts as a whole, and on what grounds."""
        answers = self.positions.answers(party)
        if answers:
            self.section("Answers to texts")
        for text, answer in answers.items():
            told = answer_in_words(answer, self.words, self.words.text(text))
            self.line(capital(told))
            if answer.note:
                self.line(f"Note: {answer.note}")
            for statement in answer.evidence:
                self.statement("–", statement)

    def silence(self, standing: Standing) -> None:
        """What there is to say of a party that has no position in force."""
        if standing.lapsed is not None:
            self.line(f"No current position; the last one lapsed on {written_day(standing.lapsed)}")


def party_page(page: Page, party: Party, issues: Iterable[Issue]) -> str:
    """A party's positions on these issues, by group, then the issues on which it is silent."""
    page.head(party.name)
    if party.aliases:
        page.line(f"Aliases: {', '.join(party.aliases)}", indent=0)
    if party.is_mediator:
        page.line("Mediator: left out of matrices, pages and counts unless named", indent=0)
    if party.members:
        known = page.dossier.parties
        names = ", ".join(known[one].name if one in known else one for one in party.members)
        speaks = "; the group speaks for them" if party.speaks_for_members else ""
        page.line(f"Members: {names}{speaks}", indent=0)
    if party.note:
        page.line(party.note, indent=0)
    page.answers(party.id)
    silent = []
    for issue in issues:
        standing = page.positions.standing(party.id, issue.id)
        if standing.entry is not None:
            page.section(issue.title)
            page.entry(standing.entry, issue)
        elif standing.lapsed is not None:
            page.section(issue.title)
            page.silence(standing)
        else:
            silent.append(issue.title)
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
        standing = page.positions.standing(party.id, issue.id)
        if standing.entry is None and standing.lapsed is None:
            silent.append(party.short)
            continue
        page.section(party.name)
        if standing.entry is not None:
            page.entry(standing.entry, issue)
        else:
            page.silence(standing)
    if silent:
        page.lines.append("")
        page.line(f"No recorded position: {joined(silent)}", indent=0)
    page.sources()
    return page.text()
