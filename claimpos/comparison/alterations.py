"""Altered positions, to see what a verdict hangs on: without statements, or coded otherwise."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from claimpos.comparison.reasons import Verdict
from claimpos.dossier.evidence import as_strong_as, with_grounds
from claimpos.dossier.model import (
    NOTHING,
    Acceptance,
    Answer,
    Basis,
    Cell,
    Entry,
    Named,
    PartialDate,
    Party,
    Statement,
)
from claimpos.dossier.outcomes import either

Ids = Collection[str]
"""The ids of statements of one party."""


class Removal(NamedTuple):
    """Statements, each with the party whose file holds it, and the verdict without them."""

    statements: tuple[tuple[str, Statement], ...]
    verdict: Verdict


class Fragility(NamedTuple):
    """The removals of the fewest statements that change a verdict.

    If there is none, it takes more statements than the `searched` number; 0 means that there were
    too many to search at all.
    """

    removals: tuple[Removal, ...]
    searched: int

    @property
    def least(self) -> int:
        """The smallest number of statements; one more than was searched if none was found."""
        return len(self.removals[0].statements) if self.removals else self.searched + 1


def entry_without(entry: Entry, removed: Ids) -> Entry | None:
    """An entry without some statements, and without the verbs that rest on these alone.

    None if no evidence is left.
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
    """A party with only its entries on one issue and its answers to these texts."""
    return party._replace(
        positions={issue: party.positions.get(issue, ())},
        answers={text: party.answers[text] for text in texts if text in party.answers},
    )


def party_without(party: Party, removed: Ids) -> Party:
    """A party without some statements in its entries and answers."""
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
    """The number of citations that `party_without` looks at."""
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


Recoding = Literal["as-proposal", "without-verb", "without-condition"]
"""A demand read as a proposal; a verb left out; an acceptance read as unconditional."""


class Choice(NamedTuple):
    """One way to recode what an entry says on a cell; `place` is the entry's index in its list."""

    party: str
    cell: Cell
    place: int
    since: PartialDate
    verb: str
    recoding: Recoding


def choices_of(party: Party, issue: str) -> Iterator[Choice]:
    """Every way to recode one of the party's entries on an issue."""
    for place, entry in enumerate(party.positions.get(issue, ())):
        for verb, cell, recoding in _recodings(entry):
            yield Choice(party.id, cell, place, entry.since, verb, recoding)


def _recodings(entry: Entry) -> Iterator[tuple[str, Cell, Recoding]]:
    for cell in entry.demands:
        yield "demands", cell, "as-proposal"
    for verb, named in (("proposes", entry.proposes), ("refuses", entry.refuses)):
        for cell in named:
            yield verb, cell, "without-verb"
    for cell in dict.fromkeys(cell for one in entry.accepts for cell in one.outcomes):
        yield "accepts", cell, "without-verb"
        if any(one.conditional for one in entry.accepts_on(cell)):
            yield "accepts", cell, "without-condition"


def recoded(party: Party, choice: Choice, basis: Basis) -> Party:
    """The party with one entry recoded, or removed if it then says nothing.

    If a demand is read as a proposal beside another one, and only one of the two rests on evidence
    as strong as `basis`, the recoded entry proposes only what that one names.
    """
    issue = choice.cell.issue
    entries = list(party.positions[issue])
    entry = _without_idle_grounds(_recoded(entries[choice.place], choice, basis))
    entries[choice.place : choice.place + 1] = [entry] if any(entry.position) else []
    return party._replace(positions={**party.positions, issue: tuple(entries)})


def _recoded(entry: Entry, choice: Choice, basis: Basis) -> Entry:
    verb, cell, recoding = choice.verb, choice.cell, choice.recoding
    if recoding == "as-proposal":
        counted = as_strong_as(entry, basis) or entry
        proposes = counted.proposes
        if cell in counted.demands:
            both = either(counted.demands[cell], proposes.get(cell, ()))
            proposes = {**proposes, cell: both}
        grounds = entry.grounds
        if grounds:
            cited = (*counted.grounds.get("proposes", ()), *counted.grounds.get("demands", ()))
            grounds = {**grounds, "proposes": tuple(dict.fromkeys(cited))}
        return entry._replace(
            demands=_less(entry.demands, cell), proposes=proposes, grounds=grounds
        )
    if verb == "accepts":
        unconditional = recoding == "without-condition"
        return entry._replace(accepts=tuple(_accepted(entry.accepts, cell, unconditional)))
    if verb == "refuses":
        return entry._replace(refuses=_less(entry.refuses, cell))
    return entry._replace(proposes=_less(entry.proposes, cell))


def _without_idle_grounds(entry: Entry) -> Entry:
    """The entry without the evidence for verbs that it no longer has, if it is given by verb."""
    if not entry.grounds:
        return entry
    grounds = {verb: cited for verb, cited in entry.grounds.items() if getattr(entry, verb)}
    evidence = dict.fromkeys(one for cited in grounds.values() for one in cited)
    return entry._replace(grounds=grounds, evidence=tuple(evidence))


def _accepted(accepts: Iterable[Acceptance], cell: Cell, kept: bool) -> Iterator[Acceptance]:
    """The acceptances without those on a cell or, if these are `kept`, without their conditions."""
    for one in accepts:
        if others := _less(one.outcomes, cell):
            yield one._replace(outcomes=others)
        if kept and cell in one.outcomes:
            yield one._replace(
                outcomes={cell: one.outcomes[cell]},
                requires=NOTHING,
                subject_to="",
                withheld=False,
            )


def _less(named: Named, cell: Cell) -> Named:
    return {other: outcomes for other, outcomes in named.items() if other != cell}
