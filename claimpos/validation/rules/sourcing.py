"""Sourcing: weak or missing evidence, quotes, and statements that nothing uses.

CP506 error: a quote that is not in the text of its source

    Found by `claimpos check-quotes`, which needs the texts. Typographic quotes, dashes, white space
    and invisible characters may differ, but nothing else.

    FAIL
        # The text of “paper”: We shall not sign this, said the chair.
        statements:
          said: {source: paper, basis: stated, summary: Refuses to sign., quote: will not sign}
        positions:
          status:
            - {since: 2025, refuses: open, evidence: [said]}
    PASS
        # The text of “paper”: We shall not sign this, said the chair.
        statements:
          said: {source: paper, basis: stated, summary: Refuses to sign., quote: shall not sign}
        positions:
          status:
            - {since: 2025, refuses: open, evidence: [said]}

CP507 warning: a locator that is not in the text of its source

    Found by `claimpos check-quotes`, which needs the texts. For a locator such as “par. 8” or
    “point 12, article III”, the text must have that many paragraphs, or that number; any other
    locator must be in the text word for word. Pages are not looked up.

    FAIL
        # The text of “paper”: 1. We shall not sign. 2. We shall wait.
        statements:
          said: {source: paper, basis: stated, summary: Refuses to sign., locator: point 3}
        positions:
          status:
            - {since: 2025, refuses: open, evidence: [said]}
    PASS
        # The text of “paper”: 1. We shall not sign. 2. We shall wait.
        statements:
          said: {source: paper, basis: stated, summary: Refuses to sign., locator: point 2}
        positions:
          status:
            - {since: 2025, refuses: open, evidence: [said]}
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from claimpos.dossier.locate import file_of
from claimpos.dossier.model import Party, Source
from claimpos.dossier.paragraphs import Stated, marked_and_stated
from claimpos.validation.rules.rule import (
    Diagnostic,
    Place,
    Scope,
    at,
    at_statement,
    entries_of,
    note,
    warning,
)


@note(501)
def inferred_only(party: Party, scope: Scope) -> Iterator[Diagnostic]:
    """CP501 note: an entry that rests on inferred statements alone

    Hints and analysts' conclusions are weak evidence; `--basis reported` leaves such entries aside.

    FAIL
        positions:
          status:
            - {since: 2025, accepts: open, evidence: [hinted]}
    PASS
        positions:
          status:
            - {since: 2025, accepts: open, evidence: [hinted, said]}
    """
    for entry in entries_of(party):
        if all(statement.basis == "inferred" for statement in entry.evidence):
            yield Diagnostic(
                at(party, entry, "evidence"),
                "the entry rests only on inferred statements",
                "look for the party's own words, or a report of what it said",
            )


@warning(502)
def unused_statement(party: Party, scope: Scope) -> Iterator[Diagnostic]:
    """CP502 warning: a statement that neither an entry, an answer nor the points of its party use

    FAIL
        statements:
          said: {source: paper, basis: stated, summary: Said so.}
          said-too: {source: paper, basis: stated, summary: Said that too.}
        positions:
          status:
            - {since: 2025, accepts: open, evidence: [said]}
    PASS
        statements:
          said: {source: paper, basis: stated, summary: Said so.}
          said-too: {source: paper, basis: stated, summary: Said that too.}
        positions:
          status:
            - {since: 2025, accepts: open, evidence: [said], against: [said-too]}
    """
    cited = party.cited()
    for statement in party.statements:
        if statement not in cited:
            yield Diagnostic(
                at_statement(party.id, statement, key=True),
                f"no entry and no answer uses the statement “{statement}”",
                "cite it under `evidence`, `against` or `context`, or delete it",
            )


@warning(503)
def unused_speaker(party: Party, scope: Scope) -> Iterator[Diagnostic]:
    """CP503 warning: a speaker whom no statement names

    FAIL
        speakers:
          chair: {name: The Chair}
    PASS
        speakers:
          chair: {name: The Chair}
        statements:
          said: {source: paper, speaker: chair, basis: stated, summary: Said so.}
        positions:
          status:
            - {since: 2025, accepts: open, evidence: [said]}
    """
    if not party.speakers:
        return
    speaking = {
        statement.speaker.id for statement in party.statements.values() if statement.speaker
    }
    for speaker in party.speakers:
        if speaker not in speaking:
            yield Diagnostic(
                Place(file_of(party.id), ("speakers", speaker), key=True),
                f"no statement names the speaker “{speaker}”",
                "name the speaker in a statement, or delete the line",
            )


@warning(504)
def outsider_believed(party: Party, scope: Scope) -> Iterator[Diagnostic]:
    """CP504 warning: a statement by an `outside` speaker that is not marked as inferred

    From someone who speaks about a party, and not for it, its position can only be inferred.

    FAIL
        speakers:
          analyst: {name: An Analyst, outside: true}
        statements:
          told: {source: paper, speaker: analyst, basis: reported, summary: Wants it open.}
        positions:
          status:
            - {since: 2025, accepts: open, evidence: [told]}
    PASS
        speakers:
          analyst: {name: An Analyst, outside: true}
        statements:
          told: {source: paper, speaker: analyst, basis: inferred, summary: Wants it open.}
          said: {source: paper, basis: stated, summary: Said so.}
        positions:
          status:
            - {since: 2025, accepts: open, evidence: [told, said]}
    """
    for statement in party.statements.values():
        speaker = statement.speaker
        if speaker and speaker.outside and statement.basis != "inferred":
            yield Diagnostic(
                at_statement(party.id, statement.id, "basis"),
                f"“{speaker.id}” is marked `outside`, but the statement counts as "
                f"{statement.basis}",
                "write `basis: inferred`, or remove `outside` from the speaker",
            )


@warning(505)
def long_quote(party: Party, scope: Scope) -> Iterator[Diagnostic]:
    """CP505 warning: a quote longer than the agenda allows

    A quote helps readers find the words in the source; the summary says what was said. The
    agenda's `quote-words` says how many words a quote may have; by default 25.

    FAIL
        statements:
          said:
            source: paper
            basis: stated
            summary: Said so.
            quote: >-
              one two three four five six seven eight nine ten eleven twelve thirteen fourteen
              fifteen sixteen seventeen eighteen nineteen twenty and one and two and three
        positions:
          status:
            - {since: 2025, accepts: open, evidence: [said]}
    PASS
        statements:
          said: {source: paper, basis: stated, summary: Said so., quote: one two three}
        positions:
          status:
            - {since: 2025, accepts: open, evidence: [said]}
    """
    most = scope.dossier.quote_words
    for statement, key in product(party.statements.values(), ("quote", "quote-original")):
        said = statement.quote if key == "quote" else statement.quote_original
        if (words := len(said.split())) > most:
            yield Diagnostic(
                at_statement(party.id, statement.id, key),
                f"the quote has {words} words; the limit is {most}",
                "keep the words that matter; the summary says the rest",
            )


@warning(510)
def marked_twice(scope: Scope) -> Iterator[Diagnostic]:
    """CP510 warning: a paragraph that is marked as no position, and as something else

    A paragraph of a source is a statement, or holds no position for one reason. No number under
    `no-position` may be higher than the number of `paragraphs`.

    FAIL sources.yaml
        sources:
          paper:
            title: On the talks
            publisher: A Paper
            date: 2025-01-01
            status: press
            paragraphs: 3
            no-position: {rule 7: [1, 2], rule 9: [2]}
    PASS sources.yaml
        sources:
          paper:
            title: On the talks
            publisher: A Paper
            date: 2025-01-01
            status: press
            paragraphs: 3
            no-position: {rule 7: [1, 2], rule 9: [3]}
    """
    stated = marked_and_stated(scope.dossier)
    for source in scope.dossier.sources.values():
        reasons: dict[int, str] = {}
        for reason, numbers in source.no_position:
            place = Place("sources.yaml", ("sources", source.id, "no-position", reason))
            for number in numbers:
                if number in reasons:
                    message = f"par. {number} is marked under “{reasons[number]}”, too"
                    yield Diagnostic(place, message, "delete the number from one of them")
                elif message := _otherwise(number, source, stated.get((source.id, number))):
                    yield Diagnostic(place, message, "delete the number here, or correct it")
                reasons.setdefault(number, reason)


def _otherwise(number: int, source: Source, stated: Stated | None) -> str:
    """Why a paragraph cannot be marked as no position; empty if it can."""
    if stated is not None:
        party, statement = stated
        return f"par. {number} is a statement, too: “{statement.id}” of {party}"
    if source.paragraphs and number > source.paragraphs:
        return f"the text has {source.paragraphs} paragraphs, so there is no par. {number}"
    return ""
