"""One party's positions, or one issue across all parties, with the evidence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from claimpos.comparison.effective_positions import EffectivePositions
from claimpos.comparison.effective_timelines import EffectiveTimelines
from claimpos.comparison.history import first_held
from claimpos.dossier.model import Basis, Dossier, Entry, Issue, Party, Source, Statement
from claimpos.rendering.document import (
    Block,
    Document,
    Facts,
    Group,
    Heading,
    Item,
    List,
    MarkedText,
    Paragraph,
    Section,
    Text,
)
from claimpos.wording.age import closed_note, last_confirmed
from claimpos.wording.dossier_texts import (
    capital,
    free_text,
    in_brackets,
    label,
    one_line,
)
from claimpos.wording.names import (
    Words,
    dossier_named,
    joined,
    question_named,
    written_date,
    written_day,
)
from claimpos.wording.positions import (
    basis_in_words,
    ended_offer,
    in_full,
    period,
    published,
    reviewed_in_words,
    source_title,
    with_citation,
)
from claimpos.wording.texts import answer_in_words

_MEDIATOR = "Mediator: left out of matrices, pages and counts unless named"
_KNOWN = {"reported": "own words and reports", "stated": "own words"}


class Record:
    """What is on record on a day, in full, and the sources cited so far."""

    def __init__(self, dossier: Dossier, day: date, basis: Basis) -> None:
        self.dossier = dossier
        self.day = day
        self.basis = basis
        self.words = Words(dossier)
        self.stale_before: date | None = None
        self.cited: dict[str, Source] = {}
        self._positions = EffectivePositions(dossier, day, basis)
        self._timelines = EffectiveTimelines(dossier, basis)

    def head(self, title: str, *facts: Text) -> Block:
        """The heading of the report, and facts about what it shows."""
        text = f"{title}, as of {written_day(self.day)}"
        if self.basis != "inferred":
            text += f", based only on {_KNOWN[self.basis]}"
        about = Paragraph(dossier_named(self.dossier.title))
        closed = closed_note(self.dossier, self.day)
        return Group([Heading(text, "title"), about, Facts((*closed, *facts))])

    def position(self, party: Party, issue: Issue) -> list[Item]:
        """A party's position on an issue, or that it has lapsed; nothing if there was none."""
        standing = self._positions.standing(party.id, issue.id)
        items = []
        if standing.ended is not None:
            items.append(Item(one_line(capital(ended_offer(standing, party)))))
        if standing.entry is not None:
            pieces = standing.entry.pieces()
            first = first_held(self._timelines, party.id, issue.id, self.day)
            for entry in pieces:
                items += self._entry(entry, issue, party, first if len(pieces) == 1 else None)
        elif standing.lapsed is not None:
            lapsed = written_day(standing.lapsed)
            items.append(Item(f"No current position; the last one lapsed on {lapsed}"))
        return items

    def _entry(self, entry: Entry, issue: Issue, party: Party, first: Entry | None) -> list[Item]:
        """A position in full: what, from when, why, and the statements behind it."""
        lines = [capital(line) for line in in_full(entry, issue, self.words.of(party.id))]
        details = [f"Held {period(entry, first)}", basis_in_words(entry.basis)]
        if self.stale_before is not None and entry.confirmed < self.stale_before:
            details.append(last_confirmed(entry))
        details += reviewed_in_words(entry)
        if entry.priority:
            details.append(f"priority: {entry.priority}")
        lines.append("; ".join(details))
        if entry.interest:
            lines.append(f"Stated reason: {free_text(entry.interest)}")
        if entry.note:
            lines.append(f"Note: {free_text(entry.note)}")
        lines += [f"Note, {written_date(note.day)}: {free_text(note.text)}" for note in entry.notes]
        *items, last = [Item(one_line(line)) for line in lines]
        statements = [self._statement("", statement) for statement in entry.evidence]
        statements += [self._statement("against this: ", statement) for statement in entry.against]
        statements += [self._statement("context: ", statement) for statement in entry.context]
        return [*items, last._replace(items=statements)]

    def answers(self, party: Party) -> list[Item]:
        """What the party says to texts as a whole, and on what grounds."""
        items = []
        for text, answer in self._positions.answers(party.id).items():
            sentence = answer_in_words(answer, self.words.of(party.id), self.words.text(text))
            statements = [self._statement("", statement) for statement in answer.evidence]
            if answer.note:
                statements.insert(0, Item(f"Note: {free_text(answer.note)}"))
            items.append(Item(one_line(capital(sentence)), statements))
        return items

    def _statement(self, role: str, statement: Statement) -> Item:
        self.cited[statement.source.id] = statement.source
        note = f" Note: {free_text(statement.note)}" if statement.note else ""
        return Item(f"{role}{with_citation(statement)}{note}", dash=True)

    def sources(self) -> list[Block]:
        """The documents cited."""
        items = []
        for source in self.cited.values():
            out = published(source, self.day)
            parts = [
                f"{source.id}: {source_title(source)}",
                source.publisher,
                out,
                source.status,
            ]
            if source.translation not in {"", "none"}:
                parts.append(source.translation)
            cited = ", ".join(parts)
            link = (f"{cited}, ", MarkedText(one_line(source.url), "address"))
            items.append(Item(link if source.url else one_line(cited)))
        return [part("Sources", items)] if items else []


def part(title: str, items: list[Item]) -> Block:
    """Points under a heading of their own."""
    return Section(Heading(title, "part"), [List(items)])


def party_document(record: Record, party: Party, issues: Iterable[Issue]) -> Document:
    """A party's positions on these issues, by group, then the issues on which it has none."""
    facts = [
        f"Aliases: {', '.join(party.aliases)}" if party.aliases else "",
        _MEDIATOR if party.is_mediator else "",
        _members(party, record.dossier) if party.members else "",
        f"Note: {free_text(party.note)}" if party.note else "",
    ]
    blocks = [record.head(party.name, *(one_line(fact) for fact in facts if fact))]
    if answers := record.answers(party):
        blocks.append(part("Answers to texts", answers))
    silent = []
    for issue in issues:
        if items := record.position(party, issue):
            blocks.append(part(issue.title, items))
        else:
            silent.append(label(issue.title))
    if silent:
        blocks.append(Facts([f"No recorded position on: {'; '.join(silent)}"]))
    return Document([*blocks, *record.sources()])


def _members(party: Party, dossier: Dossier) -> str:
    known = dossier.parties
    names = (known[one].name if one in known else one for one in party.members)
    listed = ", ".join(map(in_brackets, names))
    return f"Members: {listed}{'; the group speaks for them' if party.speaks_for_members else ''}"


def issue_document(record: Record, issue: Issue) -> Document:
    """Each party's position on an issue, then the parties that have none."""
    facts = [
        question_named(issue.question),
        f"Sub-issues: {', '.join(issue.items.values())}" if issue.items else "",
        f"Outcomes: {' / '.join(issue.options.values())}" if issue.options else "",
        f"Note: {free_text(issue.note)}" if issue.note else "",
    ]
    blocks = [record.head(issue.title, *(one_line(fact) for fact in facts if fact))]
    silent = []
    for party in record.dossier.parties.values():
        if items := record.position(party, issue):
            blocks.append(part(party.name, items))
        elif not party.is_mediator:
            silent.append(party.short)
    if silent:
        blocks.append(Facts([one_line(f"No recorded position: {joined(silent)}")]))
    return Document([*blocks, *record.sources()])
