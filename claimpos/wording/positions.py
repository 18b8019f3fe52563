"""Positions and offers in words, short for tables or in full."""

from __future__ import annotations

from collections.abc import Collection, Set
from datetime import date
from typing import TYPE_CHECKING

from claimpos.dossier.model import (
    Acceptance,
    Answer,
    Basis,
    Cell,
    Entry,
    Issue,
    Named,
    Offer,
    Party,
    Review,
    Source,
    Statement,
)
from claimpos.dossier.outcomes import Range
from claimpos.dossier.timeline import Standing
from claimpos.wording.dossier_texts import (
    free_text,
    in_brackets,
    in_quotation_marks,
    in_summary,
    label,
    one_line,
    title_in_sentence,
)
from claimpos.wording.grammar import possessive
from claimpos.wording.names import Last, Words, joined, on_date, written_date, written_day
from claimpos.wording.sentences import say

if TYPE_CHECKING:
    from claimpos.comparison.verdicts import IssueVerdict


def positions_in_few_words(verdict: IssueVerdict, cell: Cell, words: Words) -> tuple[str, ...]:
    """What each of the parties compared says on one cell."""
    return tuple(
        in_few_words(entry, cell, verdict.issue, words.of(party))
        for party, entry in verdict.positions.items()
    )


def in_few_words(entry: Entry | None, cell: Cell, issue: Issue, words: Words) -> str:
    """What an entry says on one cell, without its conditions; an en dash if it says nothing."""
    entry = entry and entry.on(cell)
    if entry is None:
        return "–"
    answered = []
    if entry.group:
        # What an accepted text adds to a group's entry says itself whose answer it is.
        answers = tuple(one for one in entry.accepts if one.answer is not None)
        others = tuple(one for one in entry.accepts if one.answer is None)
        only = Entry(issue.id, entry.since, entry.evidence, accepts=answers, grounds=entry.grounds)
        answered = _on_cell(only, cell, issue, words)
        entry = entry._replace(accepts=others)
    said = _on_cell(entry, cell, issue, words)
    if entry.reserves:
        said.append(marked(left_open(entry, words.number()), is_weak("reserves", entry)))
    if not said and not answered:
        return "–"
    own = "; ".join(dict.fromkeys(said))
    if entry.group and said:
        own = say("says.as-member", words=own, group=words.party(entry.group))
    every = "; ".join(filter(None, [own, *answered]))
    return marked(every, is_inferred(entry))


def left_open(entry: Entry, number: int = 1) -> str:
    """The words for an entry that leaves something open; “questions” if it also names outcomes."""
    return say("says.questions-open" if entry.named() else "says.this-open", number)


def accepted_texts(entry: Entry, cell: Cell) -> list[tuple[Answer, str]]:
    """The answers to texts by which an entry accepts something on a cell.

    Each comes with the group that gave it; "" if it is the party's own.
    """
    accepted = entry.accepts if cell.item is None else entry.accepts_on(cell)
    return [(one.answer, one.answer_of) for one in accepted if one.answer is not None]


def _by_accepting(text: str, acceptance: Acceptance, words: Words) -> str:
    """An acceptance in words, with the text whose acceptance it is part of, if it is."""
    answer = acceptance.answer
    if answer is None:
        return text
    accepted = {"text": words.text(answer.text), "date": written_date(answer.since)}
    if not acceptance.answer_of:
        return say("says.by-accepting", words=text, **accepted)
    group = words.party(acceptance.answer_of)
    return say("says.by-accepting-as-member", words=text, group=group, **accepted)


def _on_cell(entry: Entry, cell: Cell, issue: Issue, words: Words) -> list[str]:
    """Each verb of an entry with its outcomes on one cell."""
    granted = entry.accepts_on(cell)
    priced = [one for one in granted if one.conditional]
    on_conditions = {outcome for one in priced for outcome in one.outcomes[cell]}
    rejected = entry.refuses.get(cell, ())
    unless = dict.fromkeys(one for one in rejected if one in on_conditions)
    plain = [one for one in rejected if one not in unless]

    def saying(verb: str, outcomes: Collection[str | Range], last: Last = "or") -> str:
        in_text = words.outcomes(issue, outcomes, last)
        return say(f"says.{verb}", words.number(), outcomes=_either(verb, in_text, outcomes, issue))

    said = [
        marked(saying(verb, named[cell]), is_weak(verb, entry))
        for verb, named in (("demands", entry.demands), ("proposes", entry.proposes))
        if cell in named
    ]
    said += [
        marked(
            _by_accepting(saying("accepts", one.outcomes[cell]), one, words),
            _is_weak_yes(one, entry),
        )
        for one in granted
        if not one.conditional
    ]
    for one in priced:
        if offered := [some for some in one.outcomes[cell] if some not in unless]:
            said.append(marked(saying("would accept", offered), _is_weak_yes(one, entry)))
    weakly = is_weak("refuses", entry)
    if plain:
        everything = {*entry.demands.get(cell, ()), *plain} == set(issue.options)
        if everything and cell in entry.demands and not unless:
            said.append(marked(say("says.rejects-rest", words.number()), weakly))
        else:
            said.append(marked(saying("rejects", plain, "and"), weakly))
    if unless:
        said.append(marked(saying("rejects-unless", unless, "and"), weakly))
    return said


def _either(verb: str, in_text: str, outcomes: Collection[str | Range], issue: Issue) -> str:
    """Outcomes in words, of which a party that calls for two calls for either."""
    two = issue.kind != "quantity" and len(outcomes) == 2
    calls = verb in ("demands", "proposes")
    return say("says.either", outcomes=in_text) if two and calls else in_text


def in_full(entry: Entry, issue: Issue, words: Words, headed: Set[Cell] = frozenset()) -> list[str]:
    """All that an entry says, a line for each verb and its outcomes.

    A line on exactly the `headed` sub-issues does not name them.
    """
    if entry.parts:
        held = (in_full(part.entry, issue, words, headed) for part in entry.parts)
        return [line for lines in held for line in lines]
    member = ""
    if entry.group:
        member = f", as a member of {words.party(entry.group)}"
    lines = []
    for verb, named in (("demands", entry.demands), ("proposes", entry.proposes)):
        for text in _by_outcomes(verb, named, issue, words, headed):
            lines.append(marked(f"{text}{member}", is_weak(verb, entry)))
    for one in sorted(entry.accepts, key=lambda one: one.conditional):
        verb = "would accept" if one.conditional else "accepts"
        for text in _by_outcomes(verb, one.outcomes, issue, words, headed):
            whole = _with_condition(_by_accepting(text, one, words), one, words)
            own = whole if one.answer is not None else f"{whole}{member}"
            lines.append(marked(own, _is_weak_yes(one, entry)))
    for text in _by_outcomes("rejects", entry.refuses, issue, words, headed):
        lines.append(marked(f"{text}{member}", is_weak("refuses", entry)))
    if entry.reserves:
        what = marked(free_text(entry.reserves), is_weak("reserves", entry))
        lines.append(f"{words.in_number('leaves open')}: {what}{member}")
    if lines and entry.offer is not None:
        lines.append(f"this is {part_of(entry.offer)}{member}")
    return lines


def is_inferred(entry: Entry) -> bool:
    """Whether all of it is only inferred, if the verbs do not rest on different evidence."""
    return entry.basis == "inferred" and not entry.grounds


def is_weak(verb: str, entry: Entry) -> bool:
    """Whether a verb is only inferred, if the verbs rest on different evidence."""
    return bool(entry.grounds) and entry.basis_of(verb) == "inferred"


def _is_weak_yes(acceptance: Acceptance, entry: Entry) -> bool:
    """The same of one of the acceptances."""
    return bool(entry.grounds) and entry.basis_of_yes(acceptance) == "inferred"


def marked(text: str, inferred: bool) -> str:
    """What is said, with a mark if it is only inferred."""
    return say("says.inferred", words=text) if inferred else text


def _with_condition(text: str, acceptance: Acceptance, words: Words) -> str:
    if not acceptance.conditional:
        return text
    return f"{text} {words.condition(acceptance.requires, acceptance.subject_to)}"


def _by_outcomes(
    verb: str, named: Named, issue: Issue, words: Words, headed: Set[Cell]
) -> list[str]:
    """A verb with its outcomes, with sub-issues that have the same ones put together."""
    last: Last = "and" if verb == "rejects" else "or"
    alike: dict[str, list[Cell]] = {}
    for cell, outcomes in named.items():
        in_text = words.outcomes(issue, outcomes, last)
        alike.setdefault(_either(verb, in_text, outcomes, issue), []).append(cell)
    phrases = []
    for outcome, cells in alike.items():
        items = [issue.items[cell.item] for cell in cells if cell.item is not None]
        where = (
            f" for {joined(map(title_in_sentence, items))}"
            if items and set(cells) != headed
            else ""
        )
        phrases.append(f"{words.in_number(verb)} {outcome}{where}")
    return phrases


def period(entry: Entry, first: Entry | None = None) -> str:
    """The days from and to which a position is held; `first` is the entry that it restates."""
    began = first or entry
    days = f"since {written_date(began.since)}"
    if began.standing:
        days += " or earlier"
    if entry.until is not None:
        days = f"{days.replace('since', 'from', 1)} to {written_date(entry.until)}"
    if began.since != entry.since:
        days += f", restated {on_date(entry.since)}"
    return days


OUTSIDE = "outside source"

VERB_WORDS = {
    "demands": "demands",
    "proposes": "proposes",
    "accepts": "accepts",
    "refuses": "rejects",
    "reserves": "leaves open",
}
"""The verbs of an entry in words, in the singular."""


def basis_in_words(basis: Basis) -> str:
    """How a position is known: the party's own words, for example."""
    return say(f"basis.{basis}")


def quoted(statement: Statement) -> str:
    """The quote of a statement; see `quotation`."""
    return quotation(
        statement.quote, statement.quote_original, statement.source.translation == "back-translated"
    )


def quotation(quote: str, original: str, back_translated: bool) -> str:
    """A quote with its original or, if it is back-translated without one, with a warning."""
    how = " (back-translated, not the original words)" if back_translated else ""
    first = f" (in the original: {in_quotation_marks(original)})" if original else how
    return f"{in_quotation_marks(quote)}{first}"


def published(source: Source, day: date) -> str:
    """When a source was published, with a remark if that was after the day of the report."""
    later = "published later, on " if source.date.first > day else ""
    return later + written_date(source.date)


def reviewed_in_words(piece: Entry | Statement) -> list[str]:
    """Who coded and who reviewed an entry or a statement, as far as that is recorded."""
    phrases = [f"coded by {in_brackets(piece.coder)}"] if piece.coder else []
    return phrases + ([review_in_words(piece.reviewed)] if piece.reviewed else [])


def review_in_words(review: Review) -> str:
    """Who reviewed something, and when: reviewed by Ben on 1 March 2025."""
    return f"reviewed by {in_brackets(review.by)} {on_date(review.on)}"


def with_citation(statement: Statement) -> str:
    """What was said, the quote, and who said it where."""
    quote = f" {quoted(statement)}" if statement.quote else ""
    return one_line(f"{in_summary(statement.summary)}.{quote} ({citation(statement)})")


def citation(statement: Statement, day: date | None = None) -> str:
    """Who said something, when, how that is known, and where it can be read.

    If a `day` is given, it says so if the source was published after it.
    """
    source = statement.source
    later = published(source, day) if day is not None and source.date.first > day else ""
    where = [source.id, in_brackets(statement.locator), later]
    return f"{who_said(statement)}; {', '.join(filter(None, where))}"


def who_said(statement: Statement) -> str:
    """Who said something, when, and how that is known.

    An outside source speaks about the party, and not for it.
    """
    speaker = statement.speaker
    who = [statement.source.publisher]
    if speaker is not None:
        who = [speaker.name, speaker.role]
    outside = OUTSIDE if speaker is not None and speaker.outside else ""
    said = [
        *map(in_brackets, who),
        outside,
        written_date(statement.said),
        basis_in_words(statement.basis),
    ]
    return ", ".join(filter(None, said))


def part_of(offer: Offer) -> str:
    """That something is part of an offer, with the offer's last day if it is known."""
    title = label(one_line(offer.title))
    if offer.until is None:
        return say("offer.part", offer=title)
    return say("offer.part-until", offer=title, date=written_date(offer.until))


def ended_offer(standing: Standing, party: Party) -> str:
    """That an offer has lapsed, and what is in force instead; empty if none has."""
    if standing.ended is None or standing.ended.until is None:
        return ""
    title, until = label(one_line(standing.ended.title)), on_date(standing.ended.until)
    owner = possessive(party.short, party.plural)
    lapsed = say("offer.lapsed", party=party.short, possessive=owner, offer=title, day=until)
    if standing.entry is not None:
        day = date_of_position(standing.entry)
        return say("offer.earlier-holds", lapsed=lapsed, day=day)
    if standing.lapsed is not None:
        return say("offer.earlier-lapsed", lapsed=lapsed, day=written_day(standing.lapsed))
    return say("offer.none-before", lapsed=lapsed)


def date_of_position(entry: Entry) -> str:
    """The day of a position, as precise as it was given."""
    day = written_date(entry.since)
    return say("open.or-earlier", day=day) if entry.standing else day
