"""Statements whose removal changes a verdict, and entries and answers as they are without them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from claimpos.comparison.reasons import Verdict
from claimpos.dossier.evidence import with_grounds
from claimpos.dossier.model import Answer, Entry, Party, Statement

Ids = Collection[str]
"""The ids of statements of one party."""


class Removal(NamedTuple):
    """Statements, each with the party in whose file it stands, and the verdict without them."""

    statements: tuple[tuple[str, Statement], ...]
    verdict: Verdict


class Fragility(NamedTuple):
    """What a verdict hangs on: the removals of the fewest statements that change it.

    Without any, it takes more than `searched` statements; 0 if there were too many to look at.
    """

    removals: tuple[Removal, ...]
    searched: int

    @property
    def least(self) -> int:
        """How many statements are the fewest; one more than were searched, if none was found."""
        return len(self.removals[0].statements) if self.removals else self.searched + 1


def entry_without(entry: Entry, removed: Ids) -> Entry | None:
    """An entry without some statements, and without the verbs that rest on these alone.

    None if nothing is left that it rests on.
    """
    evidence = _left(entry.evidence, removed)
    if len(evidence) == len(entry.evidence):
        return entry
    if not evidence:
        return None
    grounds = {verb: _left(cited, removed) for verb, cited in entry.grounds.items()}
    kept = with_grounds({verb: cited for verb, cited in grounds.items() if cited}, entry)
    return entry._replace(evidence=evidence, **kept)


def answer_without(answer: Answer, removed: Ids) -> Answer | None:
    """An answer to a text without some statements; None if it rests on nothing else."""
    evidence = _left(answer.evidence, removed)
    return answer._replace(evidence=evidence) if evidence else None


def party_about(party: Party, issue: str, texts: Iterable[str]) -> Party:
    """A party with nothing but its entries on an issue and its answers to these texts."""
    return party._replace(
        positions={issue: party.positions.get(issue, ())},
        answers={text: party.answers[text] for text in texts if text in party.answers},
    )


def party_without(party: Party, removed: Ids) -> Party:
    """A party whose entries and answers are without some statements."""
    positions = {
        issue: tuple(kept for one in entries if (kept := entry_without(one, removed)))
        for issue, entries in party.positions.items()
    }
    answers = {
        text: tuple(left for one in given if (left := answer_without(one, removed)))
        for text, given in party.answers.items()
    }
    return party._replace(
        positions=positions,
        answers={text: given for text, given in answers.items() if given},
    )


def evidence_of(party: Party) -> Iterator[Statement]:
    """The statements that a party's entries and answers rest on."""
    said: Iterable[Sequence[Entry | Answer]] = (*party.positions.values(), *party.answers.values())
    for given in said:
        for one in given:
            yield from one.evidence


def citations(party: Party) -> int:
    """How many statements `party_without` looks at, each as often as it is cited."""
    grounds = (
        cited
        for entries in party.positions.values()
        for entry in entries
        for cited in (entry.evidence, *entry.grounds.values())
    )
    answers = (answer.evidence for given in party.answers.values() for answer in given)
    return sum(map(len, (*grounds, *answers)))


def _left(statements: Iterable[Statement], removed: Ids) -> tuple[Statement, ...]:
    return tuple(statement for statement in statements if statement.id not in removed)
