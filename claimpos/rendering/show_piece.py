"""One source, statement or proposal, and what rests on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from claimpos.comparison.effective_positions import EffectivePositions
from claimpos.dossier.evidence import said_by
from claimpos.dossier.model import (
    VERBS,
    Entry,
    Party,
    Proposal,
    Source,
    Statement,
    Term,
)
from claimpos.rendering.document import (
    Block,
    Document,
    Heading,
    Item,
    List,
    MarkedText,
    Paragraph,
    Section,
    Table,
    Text,
)
from claimpos.rendering.show import Record, part
from claimpos.wording.dossier_texts import (
    capital,
    free_text,
    in_brackets,
    in_summary,
    label,
    one_line,
)
from claimpos.wording.grammar import counted
from claimpos.wording.names import Words, titles_alike, written_date
from claimpos.wording.positions import (
    OUTSIDE,
    VERB_WORDS,
    basis_in_words,
    published,
    quoted,
    reviewed_in_words,
    source_title,
    with_citation,
)
from claimpos.wording.texts import alternative, party_answers

Said = Sequence[tuple[Party, Statement]]


def source_document(record: Record, source: Source) -> Document:
    """A source, all that was taken from it by the day, and the texts that can be read in it."""
    facts: list[Text] = [f"{source.id}: {', '.join(_about(source, record))}"]
    if source.authors:
        facts.append(f"By {', '.join(source.authors)}")
    if source.url:
        facts.append(MarkedText(one_line(source.url), "address"))
    if source.archived:
        facts.append(("Kept copy: ", MarkedText(one_line(source.archived), "address")))
    if source.note:
        facts.append(f"Note: {free_text(source.note)}")
    blocks = [record.head(one_line(source.title), *facts)]
    taken = [
        (party, [one for one in party.statements.values() if _is_known(one, source, record)])
        for party in record.dossier.parties.values()
    ]
    for party, statements in taken:
        if statements:
            uses = _uses(party, record)
            items = [Item(_cited(one), uses.get(one.id, ())) for one in statements]
            blocks.append(part(party.name, items))
    texts = [
        one
        for one in record.dossier.proposals.values()
        if one.source == source and one.date.first <= record.day
    ]
    if texts:
        blocks.append(part("Texts", [Item(f"{one.id}: {one_line(one.title)}") for one in texts]))
    number = sum(len(statements) for _, statements in taken)
    text = counted(number, "statement was", "statements were")
    return Document([*blocks, Paragraph(f"{capital(text)} taken from it by this day.")])


def _about(source: Source, record: Record) -> list[str]:
    about = [source.publisher, published(source, record.day), source.status]
    return about + [one for one in (source.language, source.translation) if one not in ("", "none")]


def _is_known(one: Statement, source: Source, record: Record) -> bool:
    return one.source == source and one.said.first <= record.day


def _cited(one: Statement) -> str:
    return f"{one.id}: {with_citation(one)}"


def statements_document(record: Record, found: Said) -> Document:
    """Statements of one id, each of another party: all that is recorded, and what rests on it."""
    blocks: list[Block] = []
    for party, one in found:
        who = f"{in_brackets(one.speaker.name)}, " if one.speaker else ""
        who += f"{OUTSIDE}, " if one.speaker and one.speaker.outside else ""
        facts: list[Text] = [
            *([quoted(one)] if one.quote else []),
            f"{who}{written_date(one.said)}, {basis_in_words(one.basis)}",
            _where(one, record),
        ]
        if one.note:
            facts.append(f"Note: {free_text(one.note)}")
        facts += [capital(text) for text in reviewed_in_words(one)]
        title = f"{capital(party.short)}, {one.id}: {in_summary(one.summary)}"
        uses = _uses(party, record).get(one.id, ())
        cited = [List(uses)] if uses else [Paragraph("Nothing rests on it by this day.")]
        blocks += [record.head(title, *facts), Section(Heading("Where it is cited", "part"), cited)]
    return Document(blocks)


def _where(one: Statement, record: Record) -> Text:
    source = one.source
    text = ", ".join([f"{source.id}: {source_title(source)}", *_about(source, record)])
    where = f"{text}; {one_line(one.locator)}" if one.locator else text
    return (f"{where}, ", MarkedText(one_line(source.url), "address")) if source.url else where


def _uses(party: Party, record: Record) -> dict[str, list[Item]]:
    """By statement, what of the party rests on it or cites it, and for what, as of the day."""
    dossier = record.dossier
    found: defaultdict[str, list[Item]] = defaultdict(list)
    for whole in (entry for entries in party.positions.values() for entry in entries):
        entry = said_by(whole, record.day)
        if entry is None:
            continue
        title = dossier.issues[entry.issue].title
        since = f"since {written_date(entry.since)}"  # by that day its end was not yet known
        for cited, roles in _roles(entry, record.words.of(party.id)).items():
            found[cited].append(Item(f"{title}, {since}: {', '.join(roles)}", dash=True))
    for answers in party.answers.values():
        for answer in answers:
            if answer.since.first <= record.day:
                title = one_line(dossier.proposals[answer.text].title)
                text = f"Answer to {label(title)}, since {written_date(answer.since)}: evidence"
                for one in answer.evidence:
                    found[one.id].append(Item(text, dash=True))
    for one in party.worth.evidence if party.worth is not None else ():
        if one.said.first <= record.day:
            found[one.id].append(Item("Points: evidence", dash=True))
    return found


def _roles(entry: Entry, words: Words) -> dict[str, list[str]]:
    """What each statement that an entry cites is to it."""
    behind: list[tuple[str, Sequence[Statement]]] = [("evidence", entry.evidence)]
    if entry.grounds:
        behind = [
            (words.in_number(VERB_WORDS[verb]), entry.grounds.get(verb, ())) for verb in VERBS
        ]
    roles: defaultdict[str, list[str]] = defaultdict(list)
    for role, cited in (*behind, ("mixed signal", entry.against), ("context", entry.context)):
        for one in cited:
            roles[one.id].append(role)
    return roles


def proposal_document(record: Record, proposal: Proposal) -> Document:
    """A text: what it says term by term, and what parties have said to it as a whole."""
    dossier, words = record.dossier, record.words
    facts: list[Text] = [f"{proposal.id}: {proposal.status}, {written_date(proposal.date)}"]
    if proposal.authors:
        facts.append(f"By {words.parties(proposal.authors)}")
    if proposal.source is not None:
        facts.append(f"Source: {proposal.source.id}, {source_title(proposal.source)}")
    if proposal.note:
        facts.append(f"Note: {free_text(proposal.note)}")
    rows = [
        [dossier.issues[key].title, _outcome(key, term, words), _summary(term)]
        for key, term in proposal.terms.items()
    ]
    positions = EffectivePositions(dossier, record.day, record.basis)
    answers = [
        Item(party_answers(party, answer, words))
        for party in dossier.parties
        if (answer := positions.answers(party).get(proposal.id)) is not None
    ]
    return Document(
        [
            record.head(one_line(proposal.title), *facts),
            Table(["Issue", "Outcome", "What it says"], rows, "prose"),
            *([part("Answers", answers)] if answers else []),
        ]
    )


def _summary(term: Term) -> str:
    where = f" ({in_brackets(term.locator)})" if term.locator else ""
    return f"{one_line(term.summary)}{where}"


def _outcome(key: str, term: Term, words: Words) -> str:
    """What a term says, with one line for all sub-issues of which it says the same."""
    issue = words.dossier.issues[key]
    values = [(cell, words.outcomes(issue, outcomes)) for cell, outcomes in term.outcomes.items()]
    for cell, alternatives in term.bracketed.items():
        text = " / ".join(
            f"[{alternative(said, one.by, words)}]"
            for one in alternatives
            for said in [words.outcomes(issue, one.outcomes) if one.outcomes else ""]
        )
        values.append((cell, text))
    lines = []
    for title, text in titles_alike(words.dossier, values):
        items = title.removeprefix(issue.title).removeprefix(": ")
        lines.append(f"{items}: {text}" if items else text)
    return "\n".join(lines)
