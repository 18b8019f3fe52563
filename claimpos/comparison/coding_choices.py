"""How an entry could have been coded otherwise, one choice at a time.

Coders who agree on what was said may still differ on the verb, or on whether a yes has a condition.
A verdict that one such choice decides is as open as one that hangs on a single statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from claimpos.dossier.evidence import as_strong_as
from claimpos.dossier.model import (
    NOTHING,
    Acceptance,
    Basis,
    Cell,
    Entry,
    Named,
    PartialDate,
    Party,
)
from claimpos.dossier.outcomes import either

Recoding = Literal["as-proposal", "without-verb", "without-condition"]
"""A demand read as a proposal; a verb left out; an acceptance read as unconditional."""


class Choice(NamedTuple):
    """One recoding of what an entry says on a cell; `place` is the entry's in its list."""

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
        if any(one.conditional for one in entry.accepts if cell in one.outcomes):
            yield "accepts", cell, "without-condition"


def recoded(party: Party, choice: Choice, basis: Basis) -> Party:
    """The party with one entry recoded; without the entry, if it then says nothing.

    A demand and a proposal of which only one rests on evidence as strong as `basis` stay apart:
    the recoded entry proposes what that one names.
    """
    issue = choice.cell.issue
    entries = list(party.positions[issue])
    entry = _on_what_is_left(_recoded(entries[choice.place], choice, basis))
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
            known = [one for v in ("proposes", "demands") for one in counted.grounds.get(v, ())]
            grounds = {**grounds, "proposes": tuple(dict.fromkeys(known))}
        return entry._replace(
            demands=_less(entry.demands, cell), proposes=proposes, grounds=grounds
        )
    if verb == "accepts":
        unconditional = recoding == "without-condition"
        return entry._replace(accepts=tuple(_accepted(entry.accepts, cell, unconditional)))
    if verb == "refuses":
        return entry._replace(refuses=_less(entry.refuses, cell))
    return entry._replace(proposes=_less(entry.proposes, cell))


def _on_what_is_left(entry: Entry) -> Entry:
    """The entry without the evidence of verbs that it no longer has, if it is given by verb."""
    if not entry.grounds:
        return entry
    grounds = {verb: cited for verb, cited in entry.grounds.items() if getattr(entry, verb)}
    evidence = dict.fromkeys(one for cited in grounds.values() for one in cited)
    return entry._replace(grounds=grounds, evidence=tuple(evidence))


def _accepted(accepts: Iterable[Acceptance], cell: Cell, kept: bool) -> Iterator[Acceptance]:
    """The acceptances without those on a cell or, if these are kept, without their conditions."""
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
