"""What reports say beside a verdict: offers, mixed signals, what is left open.

Also whose position it is, and what the verdict hangs on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimpos.comparison.reasons import Verdict
from claimpos.comparison.verdicts import CellVerdict
from claimpos.dossier.model import Answer, Cell, Dossier, Statement
from claimpos.wording.dossier_texts import free_text, label
from claimpos.wording.names import cells_title, joined, written_date
from claimpos.wording.phrases import Phrases
from claimpos.wording.positions import (
    accepted_texts,
    basis_in_words,
    citation,
    ended_offer,
    part_of,
)
from claimpos.wording.reasons import VERDICT_WORDS
from claimpos.wording.sentences import say

if TYPE_CHECKING:
    from claimpos.comparison.alterations import Choice, Fragility, Recoding, Removal


def besides(phrases: Phrases) -> list[str]:
    """The sentences for any reason: what is left open, groups, texts, mixed signals, offers."""
    return [*left_open(phrases), *signals_and_offers(phrases)]


def signals_and_offers(phrases: Phrases) -> list[str]:
    """The sentences on groups, texts, mixed signals and offers."""
    return [
        *_origins(phrases),
        *_mixed_signals(phrases),
        *_parts_of_offers(phrases),
        *_ended_offers(phrases),
    ]


def _parts_of_offers(phrases: Phrases) -> list[str]:
    """Which acceptances are part of an offer, and which of its terms other parties rule out."""
    sentences = []
    for party in phrases.case.parties:
        entry = phrases.case.entry(party)
        stance = phrases.case.stance(party)
        if entry is None or entry.offer is None or not stance.yes | stance.conditional:
            continue
        accepted = {"party": phrases.words.party(party), "part": part_of(entry.offer)}
        sentences.append(say("offer.accepted-here", **accepted))
        rejected: dict[tuple[str, ...], list[str]] = {}
        for term in phrases.case.common.terms_rejected(party, entry.offer.id):
            outcomes = phrases.outcomes_of(term.cell, term.outcomes, "and")
            where = phrases.words.cells([term.cell])
            on_cell = say("condition.on", outcomes=outcomes, cells=where)
            rejected.setdefault(term.parties, []).append(on_cell)
        if rejected:
            ruled = [
                phrases.of_parties("offer.ruled-out", others, terms=joined(terms))
                for others, terms in rejected.items()
            ]
            sentences.append(say("offer.not-every-term", reasons="; ".join(ruled)))
    return sentences


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
    """What each party leaves open."""
    return [
        phrases.of_parties("open.left", [party], what=free_text(text))
        for party, text in phrases.case.reserving
    ]


def _mixed_signals(phrases: Phrases) -> list[str]:
    said: dict[str, dict[Statement, None]] = {}  # in the order in which they come up
    for party in phrases.case.parties:
        entry = phrases.case.entry(party)
        for piece in entry.pieces() if entry is not None else ():
            said.setdefault(piece.group or party, {}).update(dict.fromkeys(piece.against))
    return [
        phrases.of_parties(
            "signals.mixed", [holder], summaries=joined(free_text(one.summary) for one in held)
        )
        for holder, held in said.items()
        if held
    ]


def one_voice(phrases: Phrases) -> list[str]:
    """A sentence on whose position all parties hold."""
    group = phrases.case.one_voice
    members = [party for party in phrases.case.parties if party != group]
    return [phrases.of_parties("group.holds", members, group=phrases.words.party(group))]


def _origins(phrases: Phrases) -> list[str]:
    """Which parties hold their position as members of a group, or by accepting a text."""
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
        phrases.of_parties(
            "group.holds-as",
            parties,
            members=say("group.members", len(parties)),
            group=phrases.words.party(group),
        )
        for group, parties in members.items()
    ]
    said += [
        phrases.of_parties("text.accepted", parties, text=text)
        for text, parties in accepting.items()
    ]
    return said


def _accepted(answer: Answer, phrases: Phrases) -> str:
    """The text that is accepted, and whether as a whole, with exceptions or on a condition."""
    text = phrases.words.text(answer.text)
    if answer.excepted:
        text = say("text.with-exceptions", text=text)
    if answer.subject_to:
        return say("text.on-condition", text=text)
    return text if answer.excepted else say("text.whole", text=text)


def hangs_on(verdict: CellVerdict) -> str:
    """A sentence if a verdict hangs on one statement, or each of several, or may do; else empty."""
    fragility, dossier = verdict.hangs_on, verdict.case.common.table.dossier
    if fragility is None:
        return ""
    if not fragility.searched:
        return say("hangs.unchecked")
    if not fragility.removals or fragility.least > 1:
        return ""
    if len(fragility.removals) > 1:
        return say("hangs.on-each", len(fragility.removals))
    ((party, statement),) = fragility.removals[0].statements
    date, basis = written_date(statement.said), basis_in_words(statement.basis)
    return say("hangs.on-one", party=dossier.parties[party].label, date=date, basis=basis)


def removal_in_words(removal: Removal, dossier: Dossier) -> str:
    """Statements whose removal changes a verdict, and the verdict without them."""
    cited = [
        f"{dossier.parties[party].label}: {citation(statement)}"
        for party, statement in removal.statements
    ]
    without = "this" if len(cited) == 1 else "both"
    return f"{' – and '.join(cited)}. Without {without}: {VERDICT_WORDS[removal.verdict]}"


def fragility_in_words(fragility: Fragility) -> str:
    """How many statements must be removed to change a verdict."""
    ways = len(fragility.removals)
    if not fragility.searched:
        return "There are too many statements to look at"
    if fragility.least == 1:
        which = "one statement" if ways == 1 else f"each of {ways} statements"
        return f"This verdict hangs on {which}"
    if ways:
        times = "" if ways == 1 else f", in {ways} ways"
        return f"No single statement decides this verdict; two together do{times}"
    if fragility.searched == 1:
        return "No single statement decides this verdict; there are too many pairs to look at"
    return "No single statement and no pair decides this verdict; it takes at least three"


_RECODED: dict[tuple[str, Recoding], str] = {
    ("demands", "as-proposal"): "if its demand were read as a proposal",
    ("proposes", "without-verb"): "if its proposal were left out",
    ("accepts", "without-verb"): "if its acceptance were left out",
    ("accepts", "without-condition"): "if it accepted this without conditions",
    ("refuses", "without-verb"): "if its rejection were left out",
}


def choice_in_words(choice: Choice, verdict: Verdict, cell: Cell, dossier: Dossier) -> str:
    """Another way to code an entry, and the verdict on a cell that would follow."""
    elsewhere = "" if choice.cell == cell else f" on {label(cells_title(dossier, [choice.cell]))}"
    since = written_date(choice.since)
    recoding = _RECODED[choice.verb, choice.recoding]
    party = dossier.parties[choice.party].label
    return f"{party}{elsewhere}, entry of {since}, {recoding}: {VERDICT_WORDS[verdict]}"


def choices_in_words(count: int | None) -> str:
    """How many choices of coding decide a verdict; None means that there are too many to try."""
    if count is None:
        return "There are too many choices of coding to look at"
    if not count:
        return "This verdict hangs on no single choice of coding"
    which = "one choice" if count == 1 else f"each of {count} choices"
    return f"This verdict hangs on {which} of coding"
