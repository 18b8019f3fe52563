"""What is said beside a verdict: offers, mixed signals, what is left open, whose position it is."""

from __future__ import annotations

from claimpos.dossier.model import Answer
from claimpos.wording.names import joined, one_line
from claimpos.wording.phrases import Phrases
from claimpos.wording.positions import accepted_texts, ended_offer, part_of


def besides(phrases: Phrases) -> list[str]:
    """What is said whatever the reason: groups, texts, what is left open, mixed signals, offers."""
    return [*left_open(phrases), *signals_and_offers(phrases)]


def signals_and_offers(phrases: Phrases) -> list[str]:
    """The same without what is left open."""
    return [
        *_origins(phrases),
        *_mixed_signals(phrases),
        *_parts_of_offers(phrases),
        *_ended_offers(phrases),
    ]


def _parts_of_offers(phrases: Phrases) -> list[str]:
    """Whose yes is part of an offer, with its terms that others rule out."""
    told = []
    for party in phrases.case.parties:
        entry = phrases.case.entry(party)
        stance = phrases.case.stance(party)
        if entry is None or entry.offer is None or not stance.yes | stance.conditional:
            continue
        told.append(f"what {phrases.words.party(party)} accepts here is {part_of(entry.offer)}")
        rejected: dict[tuple[str, ...], list[str]] = {}
        for term in phrases.case.common.terms_rejected(party, entry.offer.id):
            outcomes = phrases.outcomes_of(term.cell, term.outcomes, "and")
            where = phrases.words.cells([term.cell])
            rejected.setdefault(term.parties, []).append(f"{outcomes} on {where}")
        if rejected:
            ruled = [
                f"{phrases.words.with_verb(others, 'rules')} out {joined(terms)}"
                for others, terms in rejected.items()
            ]
            told.append(f"but not every term of that offer is possible: {'; '.join(ruled)}")
    return told


def _ended_offers(phrases: Phrases) -> list[str]:
    standings = {
        party: phrases.table.standing(party, phrases.issue.id) for party in phrases.case.parties
    }
    return [
        ended_offer(standing, phrases.table.dossier.parties[party])
        for party, standing in standings.items()
        if standing.ended is not None
    ]


def left_open(phrases: Phrases) -> list[str]:
    """Who leaves what open."""
    return [
        f"{phrases.words.with_verb([party], 'leaves')} open: {text}"
        for party, text in phrases.case.reserving
    ]


def _mixed_signals(phrases: Phrases) -> list[str]:
    return [
        f"mixed signals from {phrases.words.party(party)}, "
        f"which {phrases.words.agree('is', [party])} also on record as follows: "
        + ". ".join(one_line(statement.summary).rstrip(".") for statement in entry.against)
        for party in phrases.case.parties
        if (entry := phrases.case.entry(party)) is not None and entry.against
    ]


def one_voice(phrases: Phrases) -> list[str]:
    """Who holds a group's position here, where all parties do."""
    group = phrases.case.one_voice
    members = [party for party in phrases.case.parties if party != group]
    whose = f"the position of {phrases.words.party(group)}"
    return [f"{phrases.words.with_verb(members, 'holds')} {whose} here"]


def _origins(phrases: Phrases) -> list[str]:
    """Who holds a position as a member of a group, or by accepting a text."""
    if phrases.case.one_voice:
        return []
    members: dict[str, list[str]] = {}
    accepting: dict[str, list[str]] = {}
    for party in phrases.case.parties:
        entry = phrases.case.entry(party)
        for part in entry.pieces() if entry is not None else ():
            if part.group:
                members.setdefault(part.group, []).append(party)
            for answer, group in accepted_texts(part, phrases.case.cell):
                holders = accepting.setdefault(_accepted(answer, phrases), [])
                if (group or party) not in holders:
                    holders.append(group or party)
    said = [
        f"{phrases.words.with_verb(parties, 'holds')} this position as "
        f"{'a member' if len(parties) == 1 else 'members'} of {phrases.words.party(group)}"
        for group, parties in members.items()
    ]
    said += [
        f"{phrases.words.with_verb(parties, 'has')} accepted {text}"
        for text, parties in accepting.items()
    ]
    return said


def _accepted(answer: Answer, phrases: Phrases) -> str:
    """The text that is accepted, and whether all of it is, for good."""
    text = phrases.words.text(answer.text)
    if answer.excepted:
        text += " with exceptions"
    if answer.subject_to:
        return f"{text} on a condition that is pending"
    return text if answer.excepted else f"{text} as a whole"
