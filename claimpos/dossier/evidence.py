"""Entries, answers and dossiers cut down to what was known on a day, or to stronger evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain
from typing import Any

from claimpos.dossier.model import (
    BASES,
    NOTHING,
    VERBS,
    Acceptance,
    Answer,
    Basis,
    Cell,
    Dossier,
    Entry,
    PartialDate,
    Party,
    Statement,
    strongest,
)
from claimpos.dossier.outcomes import Outcomes, without

_EMPTY: Mapping[str, Any] = {
    "demands": NOTHING,
    "proposes": NOTHING,
    "accepts": (),
    "refuses": NOTHING,
    "reserves": "",
}


def known_by(dossier: Dossier, day: date) -> Dossier:
    """The dossier without everything that was said after a day."""
    parties = {key: _party_by(party, day) for key, party in dossier.parties.items()}
    if all(parties[key] is party for key, party in dossier.parties.items()):
        return dossier
    return dossier._replace(parties=parties)


def _party_by(party: Party, day: date) -> Party:
    positions = {
        issue: tuple(known for entry in entries if (known := said_by(entry, day)) is not None)
        for issue, entries in party.positions.items()
    }
    answers = {
        text: tuple(one for answer in given if (one := answer_by(answer, day)) is not None)
        for text, given in party.answers.items()
    }
    # What has not changed is the same object, so that the comparison takes no time.
    if positions == party.positions and answers == party.answers:
        return party
    return party._replace(
        positions={issue: said for issue, said in positions.items() if said},
        answers={text: given for text, given in answers.items() if given},
    )


def answer_by(answer: Answer, day: date) -> Answer | None:
    """An answer as it was known on a day; None if it had not been given by then."""
    said = said_by(answer_as_entry(answer), day)
    if said is None:
        return None
    if (said.until, said.evidence) == (answer.until, answer.evidence):
        return answer
    return answer._replace(until=said.until, evidence=said.evidence)


def answer_as_entry(answer: Answer) -> Entry:
    """An entry with the days, the evidence and the note of an answer, and no issue.

    The answer itself is under `accepts`.
    """
    accepts = (Acceptance(NOTHING, answer=answer),)
    return Entry("", answer.since, answer.evidence, answer.until, accepts=accepts, note=answer.note)


def said_by(entry: Entry, day: date, by: date | None = None) -> Entry | None:
    """An entry as it was known on a day; None if nothing it says had been said by then.

    Its last day is left out until it has passed, because nobody knew it, unless the party itself
    had set it.

    Args:
        entry: The entry as it is on file.
        day: What was said later is left out.
        by: The day by which a last day must have passed in order to be known, if not `day`.
    """
    if entry.since.first > day:
        return None
    by = day if by is None else by
    changed: dict[str, Any] = {}
    if not entry.deadline and entry.until is not None and not is_over(entry.until, by):
        changed["until"] = None
    offer = entry.offer
    if offer is not None and not (offer.deadline or is_over(offer.until, by)):
        changed["offer"] = offer._replace(until=None)
    if not _all_said(entry, day):
        changed["evidence"] = _said(entry.evidence, day)
        if not changed["evidence"]:
            return None
        changed["against"] = _said(entry.against, day)
        changed["context"] = _said(entry.context, day)
        changed["notes"] = tuple(note for note in entry.notes if note.day.first <= day)
        grounds = {verb: _said(cited, day) for verb, cited in entry.grounds.items()}
        changed |= with_grounds({verb: cited for verb, cited in grounds.items() if cited}, entry)
    return entry._replace(**changed) if changed else entry


def is_over(until: PartialDate | None, day: date) -> bool:
    """Whether a last day, if there is one, has passed by this day."""
    return until is not None and until.last < day


def _all_said(entry: Entry, day: date) -> bool:
    cited = (entry.evidence, entry.against, entry.context)
    return all(one.said.first <= day for statements in cited for one in statements) and all(
        note.day.first <= day for note in entry.notes
    )


def _said(statements: Iterable[Statement], day: date) -> tuple[Statement, ...]:
    return tuple(statement for statement in statements if statement.said.first <= day)


def with_grounds(grounds: Mapping[str, tuple[Statement, ...]], entry: Entry) -> dict[str, Any]:
    """The fields that an entry changes if only these of its `grounds` are left.

    A verb that has lost its grounds names nothing any more.
    """
    if not entry.grounds:
        return {}
    lost = [verb for verb in VERBS if verb in entry.grounds and verb not in grounds]
    return {"grounds": grounds, **{verb: _EMPTY[verb] for verb in lost}}


def as_strong_as(entry: Entry, basis: Basis) -> Entry | None:
    """The entry without the verbs that rest only on evidence weaker than `basis`.

    None if no verb is left.
    """
    weakest = BASES.index(basis)
    if not weakest:
        return entry
    if not entry.grounds:
        return entry if BASES.index(entry.basis) >= weakest else None
    grounds = {
        verb: cited
        for verb, cited in entry.grounds.items()
        if BASES.index(strongest(cited)) >= weakest
    }
    if not grounds:
        return None
    if len(grounds) == len(entry.grounds):
        return entry
    evidence = tuple(dict.fromkeys(one for cited in grounds.values() for one in cited))
    kept = entry._replace(**with_grounds(grounds, entry), evidence=evidence)
    return kept if "accepts" in grounds else kept._replace(accepts=_withheld(kept, entry))


def _withheld(kept: Entry, entry: Entry) -> tuple[Acceptance, ...]:
    """An acceptance, on conditions left aside, of what `kept` demands under conditions.

    These are the outcomes that the whole entry accepts only on conditions. The evidence for the
    conditions is too weak, but because there are some, the demand is no unconditional yes.
    """
    withheld: dict[Cell, Outcomes] = {}
    for cell, demanded in kept.demands.items():
        free, conditional = (
            [one.outcomes[cell] for one in entry.accepts_on(cell) if one.conditional is wanted]
            for wanted in (False, True)
        )
        unconditional = without(demanded, chain(*conditional))
        if left := without(demanded, chain(unconditional, *free)):
            withheld[cell] = left
    return (Acceptance(withheld, withheld=True),) if withheld else ()
