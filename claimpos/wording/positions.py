"""Positions and offers in words, short for tables or in full."""

from __future__ import annotations

from collections.abc import Collection, Set
from datetime import date

from claimpos.comparison.verdicts import IssueVerdict
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
    Source,
    Statement,
)
from claimpos.dossier.outcomes import Range
from claimpos.dossier.timeline import Standing
from claimpos.wording.names import (
    Words,
    in_quotation_marks,
    joined,
    label,
    on_date,
    one_line,
    possessive,
    written_date,
    written_day,
)


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
        said.append(words.in_number(left_open(entry)) + weak("reserves", entry))
    if not said and not answered:
        return "–"
    inferred = " (inferred)" if entry.basis == "inferred" and not entry.grounds else ""
    as_member = f" ({_as_member(entry.group, words)})" if entry.group and said else ""
    own = "; ".join(dict.fromkeys(said)) + as_member
    return "; ".join(filter(None, [own, *answered])) + inferred


def left_open(entry: Entry) -> str:
    """The words for an entry that leaves something open; “questions” if it also names outcomes."""
    return "leaves questions open" if entry.named() else "leaves this open"


def accepted_texts(entry: Entry, cell: Cell) -> list[tuple[Answer, str]]:
    """The answers to texts by which an entry accepts something on a cell.

    Each comes with the group that gave it; "" if it is the party's own.
    """
    accepted = (one for one in entry.accepts if cell in one.outcomes or cell.item is None)
    return [(one.answer, one.answer_of) for one in accepted if one.answer is not None]


def _as_member(group: str, words: Words) -> str:
    return f"as a member of {words.party(group)}"


def _by_accepting(acceptance: Acceptance, words: Words) -> str:
    """The text with which an outcome is accepted; empty if it is accepted by itself."""
    answer = acceptance.answer
    if answer is None:
        return ""
    phrase = f" by accepting {words.text(answer.text)} ({written_date(answer.since)})"
    return (
        f"{phrase}, {_as_member(acceptance.answer_of, words)}" if acceptance.answer_of else phrase
    )


def _on_cell(entry: Entry, cell: Cell, issue: Issue, words: Words) -> list[str]:
    """Each verb of an entry with its outcomes on one cell."""
    granted = [acceptance for acceptance in entry.accepts if cell in acceptance.outcomes]
    priced = [one for one in granted if one.conditional]
    on_conditions = {outcome for one in priced for outcome in one.outcomes[cell]}
    rejected = entry.refuses.get(cell, ())
    unless = dict.fromkeys(one for one in rejected if one in on_conditions)
    plain = [one for one in rejected if one not in unless]

    def in_text(outcomes: Collection[str | Range], last: str = "or") -> str:
        return words.outcomes(issue, outcomes, last)

    accepts, rejects = map(words.in_number, ("accepts", "rejects"))
    refused = weak("refuses", entry)
    said = [
        f"{words.in_number(verb)} {_either(named[cell], issue)}{in_text(named[cell])}"
        f"{weak(verb, entry)}"
        for verb, named in (("demands", entry.demands), ("proposes", entry.proposes))
        if cell in named
    ]
    said += [
        f"{accepts} {in_text(one.outcomes[cell])}{_by_accepting(one, words)}{_weak_yes(one, entry)}"
        for one in granted
        if not one.conditional
    ]
    for one in priced:
        if offered := [some for some in one.outcomes[cell] if some not in unless]:
            weakly = _weak_yes(one, entry)
            said.append(f"would accept {in_text(offered)} on conditions{weakly}")
    if plain:
        everything = {*entry.demands.get(cell, ()), *plain} == set(issue.options)
        rest = everything and cell in entry.demands and not unless
        what = "every other outcome" if rest else in_text(plain, "and")
        said.append(f"{rejects} {what}{refused}")
    if unless:
        said.append(f"{rejects} {in_text(unless, 'and')} unless conditions are met{refused}")
    return said


def _either(outcomes: Collection[str | Range], issue: Issue) -> str:
    return "either " if issue.kind != "quantity" and len(outcomes) == 2 else ""


def in_full(entry: Entry, issue: Issue, words: Words, headed: Set[Cell] = frozenset()) -> list[str]:
    """All that an entry says, a line for each verb and its outcomes.

    A line on exactly the `headed` sub-issues does not name them.
    """
    if entry.parts:
        held = (in_full(part.entry, issue, words, headed) for part in entry.parts)
        return [line for lines in held for line in lines]
    member = f", {_as_member(entry.group, words)}" if entry.group else ""
    accepted = [
        (
            "would accept" if one.conditional else "accepts",
            one.outcomes,
            _condition(one, words) + ("" if one.answer is not None else member),
            _weak_yes(one, entry),
        )
        for one in sorted(entry.accepts, key=lambda one: one.conditional)
    ]
    verbs = [
        ("demands", entry.demands, member, weak("demands", entry)),
        ("proposes", entry.proposes, member, weak("proposes", entry)),
        *accepted,
        ("rejects", entry.refuses, member, weak("refuses", entry)),
    ]
    lines = [
        f"{words.in_number(verb)} {outcomes}{condition}{weakly}"
        for verb, named, condition, weakly in verbs
        for outcomes in _by_outcomes(verb, named, issue, words, headed)
    ]
    if entry.reserves:
        what = f"{one_line(entry.reserves)}{weak('reserves', entry)}{member}"
        lines.append(f"{words.in_number('leaves open')}: {what}")
    if lines and entry.offer is not None:
        lines.append(f"this is {part_of(entry.offer)}{member}")
    return lines


def weak(verb: str, entry: Entry) -> str:
    """The mark of a verb that is only inferred, if the verbs rest on different evidence."""
    return " (inferred)" if entry.grounds and entry.basis_of(verb) == "inferred" else ""


def _weak_yes(acceptance: Acceptance, entry: Entry) -> str:
    """The same mark for one of the acceptances."""
    return " (inferred)" if entry.grounds and entry.basis_of_yes(acceptance) == "inferred" else ""


def _condition(acceptance: Acceptance, words: Words) -> str:
    phrase = _by_accepting(acceptance, words)
    if not acceptance.conditional:
        return phrase
    return f"{phrase} {words.condition(acceptance.requires, acceptance.subject_to)}"


def _by_outcomes(
    verb: str, named: Named, issue: Issue, words: Words, headed: Set[Cell]
) -> list[str]:
    """A verb's outcomes, with sub-issues that have the same ones put together."""
    last = "and" if verb == "rejects" else "or"
    alike: dict[str, list[Cell]] = {}
    for cell, outcomes in named.items():
        either = _either(outcomes, issue) if verb in ("demands", "proposes") else ""
        alike.setdefault(either + words.outcomes(issue, outcomes, last), []).append(cell)
    phrases = []
    for outcome, cells in alike.items():
        items = [issue.items[cell.item] for cell in cells if cell.item is not None]
        phrases.append(
            outcome + (f" for {joined(items)}" if items and set(cells) != headed else "")
        )
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


VERB_WORDS = {
    "demands": "demands",
    "proposes": "proposes",
    "accepts": "accepts",
    "refuses": "rejects",
    "reserves": "leaves open",
}
"""The verbs of an entry in words, in the singular."""

BASIS_WORDS: dict[Basis, str] = {
    "stated": "own words",
    "reported": "as reported",
    "inferred": "inferred",
}
"""How a position is known."""


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
    review = piece.reviewed
    phrases = [f"coded by {piece.coder}"] if piece.coder else []
    return phrases + ([f"reviewed by {review.by} {on_date(review.on)}"] if review else [])


def with_citation(statement: Statement) -> str:
    """What was said, the quote, and who said it where."""
    quote = f" {quoted(statement)}" if statement.quote else ""
    return one_line(f"{one_line(statement.summary)}.{quote} ({citation(statement)})")


def citation(statement: Statement) -> str:
    """Who said something, when, how that is known, and where it can be read."""
    speaker = statement.speaker
    who = [statement.source.publisher]
    if speaker is not None:
        who = [speaker.name, speaker.role] if speaker.role else [speaker.name]
    said = ", ".join([*who, written_date(statement.said), BASIS_WORDS[statement.basis]])
    where = [statement.source.id, statement.locator] if statement.locator else [statement.source.id]
    return f"{said}; {', '.join(where)}"


def part_of(offer: Offer) -> str:
    """That something is part of an offer, with the offer's last day if it is known."""
    until = f" (until {written_date(offer.until)})" if offer.until is not None else ""
    return f"part of the offer {label(one_line(offer.title))}{until}"


def ended_offer(standing: Standing, party: Party) -> str:
    """That an offer has lapsed, and what is in force instead; empty if none has."""
    if standing.ended is None or standing.ended.until is None:
        return ""
    title, until = label(one_line(standing.ended.title)), on_date(standing.ended.until)
    lapsed = f"{possessive(party.short, party.plural)} offer {title} lapsed {until}"
    if standing.entry is not None:
        since = written_date(standing.entry.since)
        earlier = " or earlier" if standing.entry.standing else ""
        return f"{lapsed}; the position of {since}{earlier} holds again"
    if standing.lapsed is not None:
        return f"{lapsed}; the position before it had lapsed on {written_day(standing.lapsed)}"
    return f"{lapsed}; no position was recorded before it"
