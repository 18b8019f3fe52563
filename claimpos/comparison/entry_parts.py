"""Makes entries from entries: for some cells only, with an accepted text, or from parts."""

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
from claimpos.dossier.outcomes import Outcomes, Range, integer_range, without


def with_answer(
    entry: Entry | None, answer: Answer, named: Named, group: str, issue: Issue
) -> Entry:
    """An entry with the acceptance that follows from an answer to a text.

    An acceptance on a condition leaves out what the entry accepts without one; an unconditional one
    removes what it accepts from what the entry refuses.

    Args:
        entry: The entry, if there is one.
        answer: The answer to the text.
        named: The outcomes accepted with the text.
        group: The group whose answer it is; "" for the party's own.
        issue: The issue of the entry.
    """
    if entry is None:
        acceptance = _yes(named, answer, group)
        return answer_as_entry(answer)._replace(issue=issue.id, accepts=(acceptance,))
    grounds = entry.grounds or {verb: entry.evidence for verb in VERBS if getattr(entry, verb)}
    if answer.subject_to:
        freely = [one.outcomes for one in entry.accepts if not one.conditional]
        # As in a stance, a condition counts against a demand and not against a proposal.
        conditional = [one.outcomes for one in entry.accepts if one.conditional]
        freely += [entry.proposes, _without(entry.demands, conditional, issue)]
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
    """The outcomes of `named` that none of the others names."""
    left = dict(named)
    for other in others:
        for cell in left.keys() & other.keys():
            left[cell] = without(left[cell], other[cell], issue.integer)
    return {cell: outcomes for cell, outcomes in left.items() if outcomes}


def entry_of_parts(parts: tuple[Part, ...], issue: Issue) -> Entry | None:
    """One entry made of parts, which keep their own grounds; None without parts."""
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
    """An entry with only what it says on these cells; what it leaves open stays."""
    accepts = entry.accepts_on(*cells) if len(cells) == 1 else entry.accepts
    parts = [
        acceptance._replace(outcomes=_about(acceptance.outcomes, cells))
        for acceptance in accepts
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
    """The lists of statements on which an entry rests, each as `Entry.cited` gives them.

    Each part has one list or, if its verbs rest on different statements, one for each verb and for
    each acceptance with evidence of its own.
    """
    lists = []
    for piece in entry.pieces():
        cited = piece.cited()
        places = {said: place for place, (_, said) in enumerate(cited)}
        behind = [piece.evidence]
        if piece.grounds:
            behind = [said for verb, said in piece.grounds.items() if getattr(piece, verb)]
            behind += [one.evidence for one in piece.accepts if one.evidence]
        for some in behind:
            there = sorted(places[said] for said in some if said in places)
            lists.append([cited[place] for place in there])
    return [some for some in lists if some]


def _about(named: Named, cells: Set[Cell]) -> Named:
    if len(cells) == 1:
        (only,) = cells
        return {only: named[only]} if only in named else {}
    return {cell: outcomes for cell, outcomes in named.items() if cell in cells}


def named_by_yes(term: Term, integer: bool, excepted: Collection[Cell] = ()) -> Named:
    """The outcomes of a term that a party accepts by accepting the text.

    Of a range with only one end, just that figure is accepted; nothing if the end is not included,
    unless only whole numbers count (`integer`).
    """
    named: dict[Cell, Outcomes] = {}
    for cell, outcomes in term.outcomes.items():
        if cell in excepted or Cell(cell.issue) in excepted:
            continue
        kept = outcomes
        if not isinstance(outcomes, frozenset):
            kept = tuple(one for part in outcomes if (one := _accepted(part, integer)) is not None)
        if kept:
            named[cell] = kept
    return named


def _accepted(stretch: Range, integer: bool) -> Range | None:
    low, high, low_open, high_open = integer_range(stretch) if integer else stretch
    if low is not None and high is not None:
        return stretch
    figure, is_open = (high, high_open) if low is None else (low, low_open)
    return None if figure is None or is_open else Range(figure, figure)
