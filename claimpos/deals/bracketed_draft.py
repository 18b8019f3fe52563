"""A draft with brackets where the parties' positions leave it contested."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from claimpos.comparison.conditions import Common
from claimpos.comparison.negotiating_text import (
    Article,
    NegotiatingText,
    Passage,
    Wording,
    accepted_parts,
    passage_on,
    said_on,
    wordings_of,
)
from claimpos.comparison.verdicts import Comparison
from claimpos.deals.assessment import Assessment, TermAssessed
from claimpos.dossier.model import Cell, Issue


def bracketed_draft(assessment: Assessment, comparison: Comparison) -> NegotiatingText:
    """The text of a draft: without brackets what every party accepts, as the draft has it.

    Elsewhere the draft's wordings come first, then what else parties have said yes to. Only the
    draft's own issues are in it. The comparison is one of the same parties on the same day.
    """
    common = Common(assessment.table, assessment.parties)
    terms = {term.cell: term for term in assessment.terms}
    shown = {verdict.issue.id for verdict in comparison.issues}
    articles = []
    for issue in comparison.dossier.issues.values():
        passages = tuple(_passages(common, issue, terms)) if issue.id in shown else ()
        if passages:
            articles.append(Article(issue, passages, assessment.proposal.terms[issue.id]))
    held = comparison._replace(common=common)
    return NegotiatingText(held, tuple(articles), assessment.proposal)


def _passages(
    common: Common, issue: Issue, terms: Mapping[Cell, TermAssessed]
) -> Iterator[Passage]:
    alike: dict[tuple[object, ...], list[Cell]] = {}
    for cell in issue.cells():
        if cell in terms:
            said = tuple(said_on(common.table, party, cell) for party in common.parties)
            drafted = tuple(_drafted(terms[cell]))
            alike.setdefault((said, drafted), []).append(cell)
    for cells in alike.values():
        term = terms[cells[0]]
        agreed = not term.alternatives and set(term.says.values()) == {"yes"}
        yield passage_on(common, cells, list(_wordings(common, term, agreed)), agreed)


def _drafted(term: TermAssessed) -> Iterator[int]:
    """The outcomes of a term, or of each of its alternatives that is a text."""
    if not term.alternatives:
        yield term.outcome
    yield from (one.outcome for one in term.alternatives if one.outcome)


def _wordings(common: Common, term: TermAssessed, agreed: bool) -> Iterator[Wording]:
    drafted = list(_drafted(term))
    yield from wordings_of(common, term.cell, drafted, drafted=True)
    if not agreed:
        among = frozenset(drafted)
        others = [part for part in accepted_parts(common, term.cell) if part not in among]
        yield from wordings_of(common, term.cell, others)
