"""The negotiating text: who backs a wording, held against what `assess` says of it alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from claimpos import compare
from claimpos.comparison.negotiating_text import (
    NegotiatingText,
    Passage,
    Wording,
    negotiating_text,
)
from claimpos.deals.assessment import assess
from claimpos.deals.bracketed_draft import bracketed_draft
from claimpos.dossier.dates import partial_date
from claimpos.dossier.model import Cell, Dossier, Proposal, Term
from tests.conftest import examples
from tests.oracle.compare import files_in_short
from tests.oracle.dossiers import (
    FEATURES,
    Basis,
    Feature,
    PlainDossier,
    bases,
    dates,
    dossiers,
    dossiers_with_features,
)
from tests.oracle.product import compare_all, load
from tests.support import short_dossier


def responses(text: NegotiatingText, cell: Cell, wording: Wording) -> dict[str, str]:
    """How each party responds to a draft that has this wording and nothing else."""
    comparison = text.comparison
    outcomes = comparison.common.table.space(cell).outcomes(wording.outcomes)
    named: Any = frozenset(outcomes) if isinstance(outcomes[0], str) else tuple(outcomes)
    day = partial_date("2025-01-01")
    assert day is not None
    draft = Proposal("d", "D", day, "draft", None, {cell.issue: Term({cell: named}, "So.")})
    assessed = assess(
        comparison.dossier, draft, comparison.parties, comparison.day, comparison.basis
    )
    (term,) = assessed.terms
    return dict(term.says)


@examples(15)
@given(dossiers_with_features(), dates(), bases())
def test_who_backs_a_wording_accepts_it(plain: PlainDossier, as_of: str, basis: Basis) -> None:
    comparison = compare_all(load(plain), list(plain.parties), as_of, basis)
    text = negotiating_text(comparison)
    told = files_in_short(plain), as_of, basis
    for _, passage in text.passages:
        for cell in passage.cells:
            overlap = comparison.common.ground(cell).yes
            assert bool(overlap) == (passage.agreed or bool(passage.wordings and overlap)), told
            for wording in passage.wordings:
                said = responses(text, cell, wording)
                freely = {one.party for one in wording.backing if not one.conditions}
                assert freely == {party for party in said if said[party] == "yes"}, (cell, told)
                assert wording.backing, (cell, told)
                if passage.agreed:
                    assert {one.party for one in wording.backing} == {*comparison.parties}, told
        others = [*passage.without_position, *passage.undecided, *passage.against]
        backing = {one.party for wording in passage.wordings for one in wording.backing}
        assert sorted({*backing, *others, *passage.unanswered}) == sorted(comparison.parties)


@examples(15)
@given(dates(), bases(), st.data())
def test_a_draft_stands_without_brackets_where_all_accept_it(
    as_of: str, basis: Basis, data: st.DataObject
) -> None:
    features: list[Feature] = data.draw(
        st.sampled_from([["answers"], ["answers", "brackets"], FEATURES])
    )
    plain = data.draw(dossiers(features=features, max_parties=3))
    dossier = load(plain)
    comparison = compare_all(dossier, list(plain.parties), as_of, basis)
    for draft in dossier.proposals.values():
        assessed = assess(dossier, draft, comparison.parties, comparison.day, basis)
        text = bracketed_draft(assessed, comparison)
        of_cell = {cell: one for _, one in text.passages for cell in one.cells}
        assert [term.cell for term in assessed.terms] == sorted(
            of_cell, key=[term.cell for term in assessed.terms].index
        )
        for term in assessed.terms:
            passage = of_cell[term.cell]
            all_accept = all(said == "yes" for said in term.says.values())
            assert passage.agreed == (all_accept and not term.alternatives)
            drafted = [one.outcomes for one in passage.wordings if one.drafted]
            texts = [one.outcome for one in term.alternatives if one.outcome] or [term.outcome]
            assert drafted == texts
            for wording in passage.wordings:
                said = responses(text, term.cell, wording)
                freely = {one.party for one in wording.backing if not one.conditions}
                assert freely == {party for party in said if said[party] == "yes"}


def passages(dossier: Dossier, *parties: str) -> dict[str, Passage]:
    text = negotiating_text(compare(dossier, parties, "2025-03-14"))
    return {
        ".".join(filter(None, [issue.id, passage.cells[0].item])): passage
        for issue, passage in text.passages
    }


AGENDA: dict[str, Any] = {
    "shared": {"options": ["x", "y"]},
    "several": {"options": ["x", "y", "z"]},
    "met": {"options": ["x", "y"]},
    "contested": {"options": ["x", "y", "z"]},
    "figure": {"unit": "euros"},
    "range": {"unit": "euros"},
    "nothing": {"options": ["x", "y"]},
    "parts": {"items": ["a", "b", "c"], "options": ["x", "y"]},
}
PARTIES: dict[str, Any] = {
    "ann": {
        "shared": {"demands": "x"},
        "several": {"accepts": ["x", "y"]},
        "met": {"accepts": [{"outcome": "x", "if": {"shared": "x"}}]},
        "contested": {"demands": "x"},
        "figure": {"demands": 300},
        "range": {"accepts": {"max": 50}},
        "parts": {"demands": {"a": "x", "b": "x"}},
    },
    "bo": {
        "shared": {"accepts": "x"},
        "several": {"accepts": ["x", "y"], "refuses": "z"},
        "met": {"demands": "x"},
        "contested": {"refuses": ["x", "y"]},
        "figure": {"proposes": 500, "reserves": "how it is paid"},
        "range": {"demands": {"min": 20}},
        "parts": {"reserves": "who is meant"},
    },
}


def test_what_stands_in_brackets(tmp_path: Path) -> None:
    found = passages(short_dossier(tmp_path, AGENDA, PARTIES), "ann", "bo")
    agreed = {key for key, passage in found.items() if passage.agreed}
    assert agreed == {"shared", "met", "range"}
    assert {key for key, passage in found.items() if passage.provisos} == {"met"}
    assert {key for key, one in found.items() if not one.wordings} == {"nothing", "parts.c"}
    assert [len(found[key].wordings) for key in ("several", "contested", "figure")] == [2, 1, 2]
    assert found["contested"].against == ("bo",)
    assert found["nothing"].without_position == ("ann", "bo")
    assert (found["parts.a"].undecided, len(found["parts.a"].cells)) == (("bo",), 2)
