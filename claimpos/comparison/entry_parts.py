"""Entries cut down to some cells, extended by an accepted text, and put together from parts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Set

from claimpos.dossier.evidence import answer_as_entry
from claimpos.dossier.model import (
    VERBS,
    Acceptance,
    Answer,
    Cell,
    Entry,
    Issue,
    Named,
    Part,
    Statement,
    Term,
)
from claimpos.dossier.outcomes import Outcomes, Range, without


def with_answer(
    entry: Entry | None, answer: Answer, named: Named, group: str, issue: Issue
) -> Entry:
    """An entry, if there is one, with the yes that an answer adds; `group` is whose answer it is.

    A yes on a condition takes nothing from what the entry says yes to without it; one without a
    condition takes what it says yes to from what the entry refuses.
    """
    if entry is None:
        acceptance = _yes(named, answer, group)
        return answer_as_entry(answer)._replace(issue=issue.id, accepts=(acceptance,))
    grounds = entry.grounds or {verb: entry.evidence for verb in VERBS if getattr(entry, verb)}
    if answer.subject_to:
        freely = [one.outcomes for one in entry.accepts if not one.conditional]
        # As in a stance, a condition takes the free yes from a demand and not from a proposal.
        priced = [one.outcomes for one in entry.accepts if one.conditional]
        freely += [entry.proposes, _without(entry.demands, priced, issue)]
        named = _without(named, freely, issue)
        if not named:
            return entry
    else:
        entry = entry._replace(refuses=_without(entry.refuses, [named], issue))
    own = grounds.get("accepts", ())
    accepted = tuple(dict.fromkeys((*own, *answer.evidence)))
    accepts = (one if one.evidence else one._replace(evidence=own) for one in entry.accepts)
    return entry._replace(
        accepts=(*accepts, _yes(named, answer, group)),
        evidence=tuple(dict.fromkeys((*entry.evidence, *answer.evidence))),
        grounds={**grounds, "accepts": accepted},
    )


def _yes(named: Named, answer: Answer, group: str) -> Acceptance:
    return Acceptance(
        named,
        subject_to=answer.subject_to,
        answer=answer,
        answer_of=group,
        evidence=answer.evidence,
    )


def _without(named: Named, others: Iterable[Named], issue: Issue) -> Named:
    """What is named without what any of the others names."""
    left = dict(named)
    for other in others:
        for cell in left.keys() & other.keys():
            left[cell] = without(left[cell], other[cell], issue.integer)
    return {cell: outcomes for cell, outcomes in left.items() if outcomes}


def entry_of_parts(parts: tuple[Part, ...], issue: Issue) -> Entry | None:
    """The entry that says on each cell what its part says; each part keeps its own grounds."""
    if len(parts) < 2:
        return parts[0].entry if parts else None
    entries = [part.entry for part in parts]

    def together(verb: str) -> Named:
        return {cell: outcomes for one in entries for cell, outcomes in getattr(one, verb).items()}

    return Entry(
        issue=issue.id,
        since=max((one.since for one in entries), key=lambda since: since.first),
        evidence=tuple(dict.fromkeys(said for one in entries for said in one.evidence)),
        demands=together("demands"),
        proposes=together("proposes"),
        accepts=tuple(acceptance for one in entries for acceptance in one.accepts),
        refuses=together("refuses"),
        reserves=next((one.reserves for one in entries if one.reserves), ""),
        against=tuple(dict.fromkeys(said for one in entries for said in one.against)),
        parts=parts,
    )


def about(entry: Entry, cells: Set[Cell]) -> Entry:
    """The part of an entry that speaks of these cells; what it leaves open stays with it."""
    parts = [
        acceptance._replace(outcomes=_about(acceptance.outcomes, cells))
        for acceptance in entry.accepts
        if not cells.isdisjoint(acceptance.outcomes)
    ]
    held = [
        part._replace(entry=about(part.entry, cells))
        for part in entry.parts
        if not cells.isdisjoint(part.cells)
    ]
    if len(held) == 1:
        return held[0].entry
    return entry._replace(
        parts=tuple(held),
        demands=_about(entry.demands, cells),
        proposes=_about(entry.proposes, cells),
        accepts=tuple(parts),
        refuses=_about(entry.refuses, cells),
    )


def grounds(entry: Entry) -> list[list[tuple[str, Statement]]]:
    """The statements behind each thing that an entry says, as `Entry.cited` gives them.

    There is one list for each of an entry's parts and, where its verbs rest on different
    statements, one for each verb and each yes on grounds of its own.
    """
    told = []
    for piece in entry.pieces():
        cited = piece.cited()
        behind = [piece.evidence]
        if piece.grounds:
            behind = [said for verb, said in piece.grounds.items() if getattr(piece, verb)]
            behind += [one.evidence for one in piece.accepts if one.evidence]
        told += [[one for one in cited if one[1] in some] for some in behind]
    return [some for some in told if some]


def _about(named: Named, cells: Set[Cell]) -> Named:
    return {cell: outcomes for cell, outcomes in named.items() if cell in cells}


def named_by_yes(term: Term, excepted: Collection[Cell] = ()) -> Named:
    """The outcomes of one of its terms that are accepted with a text.

    A range that is open at one end is accepted at its figure only, and names nothing if that
    figure does not count itself.
    """
    named: dict[Cell, Outcomes] = {}
    for cell, outcomes in term.outcomes.items():
        if cell in excepted or Cell(cell.issue) in excepted:
            continue
        kept = outcomes
        if not isinstance(outcomes, frozenset):
            kept = tuple(one for part in outcomes if (one := _said_yes_to(part)) is not None)
        if kept:
            named[cell] = kept
    return named


def _said_yes_to(stretch: Range) -> Range | None:
    low, high, low_open, high_open = stretch
    if low is not None and high is not None:
        return stretch
    figure, is_open = (high, high_open) if low is None else (low, low_open)
    return None if figure is None or is_open else Range(figure, figure)
