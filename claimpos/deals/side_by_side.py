"""Several texts side by side: what all of them settle, where they differ, what each adds or drops.

Texts are compared by their terms. Who rules out more of a text is counted on the terms that all of
them settle, so that a longer text does not fare worse for its length.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from claimpos.deals.assessment import Assessment, TermAssessed, is_no
from claimpos.dossier.model import Alternative, Cell, Proposal
from claimpos.dossier.outcomes import Outcomes

Settled = Outcomes | frozenset[Outcomes | None]
"""What a text says on a cell: outcomes or, in brackets, alternatives without their authors."""


class TextChange(NamedTuple):
    """What one text changes of another: the cells it settles otherwise, adds and drops."""

    before: Proposal
    after: Proposal
    changed: tuple[Cell, ...]
    added: tuple[Cell, ...]
    dropped: tuple[Cell, ...]
    kept: int
    """How many cells both settle alike."""


class Crossed(NamedTuple):
    """The parties whose red lines a text crosses on a cell: with its term, or in its brackets."""

    parties: tuple[str, ...]
    in_brackets: tuple[str, ...] = ()


class SideBySide(NamedTuple):
    """Texts in the order in which they were named, and from each to the next by their dates.

    `common` are the cells that all of them settle, `differing` those of them on which two of the
    texts differ; `ruled_out` tells, for each text, how many of the common cells each party rules
    out. `red_lines` has, in agenda order, each cell on which one of the texts crosses a red line,
    with what each text crosses there, None where it does not settle the cell.
    """

    common: tuple[Cell, ...]
    differing: tuple[Cell, ...]
    ruled_out: tuple[Mapping[str, int], ...]
    red_lines: Mapping[Cell, tuple[Crossed | None, ...]]
    steps: tuple[TextChange, ...]


def side_by_side(assessments: Sequence[Assessment]) -> SideBySide:
    """Two or more texts, assessed by the same parties, side by side."""
    texts = [settled_by(one.proposal) for one in assessments]
    cells = [cell for one in assessments for cell in (term.cell for term in one.terms)]
    common = tuple(cell for cell in dict.fromkeys(cells) if all(cell in text for text in texts))
    differing = tuple(cell for cell in common if len({text[cell] for text in texts}) > 1)
    among = set(common)
    ruled_out = tuple(
        {
            party: sum(is_no(term.says[party]) for term in one.terms if term.cell in among)
            for party in one.parties
        }
        for one in assessments
    )
    proposals = sorted((one.proposal for one in assessments), key=lambda one: one.date.first)
    order = {cell: number for number, cell in enumerate(_in_agenda_order(assessments))}
    steps = tuple(_step(before, after, order) for before, after in pairwise(proposals))
    return SideBySide(common, differing, ruled_out, _red_lines(assessments, [*order]), steps)


def _red_lines(
    assessments: Sequence[Assessment], cells: Sequence[Cell]
) -> dict[Cell, tuple[Crossed | None, ...]]:
    texts = [{term.cell: _crossed(term) for term in one.terms} for one in assessments]
    rows = {cell: tuple(text.get(cell) for text in texts) for cell in cells}
    return {cell: row for cell, row in rows.items() if any(one and any(one) for one in row)}


def _crossed(term: TermAssessed) -> Crossed:
    whole = dict.fromkeys(party for party, says in term.says.items() if says == "crosses")
    some = {
        party
        for one in term.alternatives
        for party, says in one.says.items()
        if says == "crosses" and party not in whole
    }
    return Crossed(tuple(whole), tuple(party for party in term.says if party in some))


def settled_by(proposal: Proposal) -> dict[Cell, Settled]:
    """What a text says on each cell of which it speaks."""
    settled: dict[Cell, Settled] = {}
    for term in proposal.terms.values():
        settled |= term.outcomes
        settled |= {cell: _alternatives(some) for cell, some in term.bracketed.items()}
    return settled


def _alternatives(alternatives: Sequence[Alternative]) -> frozenset[Outcomes | None]:
    return frozenset(one.outcomes for one in alternatives)


def _in_agenda_order(assessments: Sequence[Assessment]) -> list[Cell]:
    issues = assessments[0].table.dossier.issues.values()
    return [cell for issue in issues for cell in issue.cells()]


def _step(before: Proposal, after: Proposal, order: Mapping[Cell, int]) -> TextChange:
    old, new = settled_by(before), settled_by(after)
    both = [cell for cell in order if cell in old and cell in new]
    changed = tuple(cell for cell in both if old[cell] != new[cell])
    return TextChange(
        before,
        after,
        changed,
        tuple(cell for cell in order if cell in new and cell not in old),
        tuple(cell for cell in order if cell in old and cell not in new),
        len(both) - len(changed),
    )
