"""What verdicts hang on, against brute force: every statement deleted, and every two."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimpos import compare, load_dossier
from claimpos.briefing.explanation import fragility_report
from claimpos.comparison import changed_positions
from claimpos.comparison.alterations import Fragility
from claimpos.comparison.fragility import Fragilities, with_fragility
from claimpos.dossier.model import Cell
from claimpos.rendering.diff import diff_document
from claimpos.rendering.diff_report import diff_report
from claimpos.rendering.diff_rows import diff_rows
from claimpos.rendering.document import Document
from claimpos.rendering.renderers import rendered
from claimpos.wording.sentences import say
from tests.conftest import examples
from tests.hostile.large_inputs import chain, evidence_by_verb, many_items, texts_accepted
from tests.oracle.compare import files_in_short
from tests.oracle.dossiers import FEATURES, Basis, PlainDossier, bases, dates, dossiers
from tests.oracle.naive import NaiveComparison, naive_comparison
from tests.oracle.product import compare_all, load
from tests.oracle.record import VERBS
from tests.reports.nothing_later import kept
from tests.support import TALKS, short_dossier, within

Key = tuple[str, str]
Target = tuple[str, str | None]


def deleted(plain: PlainDossier, keys: tuple[Key, ...]) -> dict[str, dict[str, Any]]:
    """The parties' files without some statements."""
    parties = dict(plain.parties)
    for party in {party for party, _ in keys}:
        file = parties[party]
        left = {one for one in file["statements"] if (party, one) not in keys}
        parties[party] = file | {
            "positions": pieces_left(file["positions"], left),
            "answers": pieces_left(file.get("answers", {}), left),
        }
    return parties


def pieces_left(pieces: dict[str, list[dict[str, Any]]], left: set[str]) -> dict[str, Any]:
    found = {
        key: [one for piece in some if (one := piece_left(piece, left))]
        for key, some in pieces.items()
    }
    return {key: some for key, some in found.items() if some}


def piece_left(piece: dict[str, Any], left: set[str]) -> dict[str, Any] | None:
    cited = kept(piece["evidence"], left)
    if not cited:
        return None
    lost = set(VERBS) - set(cited) if isinstance(cited, dict) else set()
    return {key: value for key, value in piece.items() if key not in lost} | {"evidence": cited}


def verdicts(compared: NaiveComparison) -> dict[Target, str]:
    """The verdict on each issue, and on each sub-issue that a party names, as issue and item."""
    found: dict[Target, str] = {}
    for issue in compared.issues:
        result = compared.issue_result(issue)
        found[issue, None] = result["verdict"]
        for item, cell in result.get("items", {}).items():
            found[issue, item] = cell["verdict"]
    return found


def spread(plain: PlainDossier) -> PlainDossier:
    """The dossier with each statement threefold, so that not all entries rest on the same."""
    parties = {}
    for party, file in plain.parties.items():
        pieces = [piece for some in file["positions"].values() for piece in some]
        statements = dict(file["statements"])
        for number, piece in enumerate(pieces):
            piece["evidence"] = renamed(piece["evidence"], number % 3)
        for key, said in file["statements"].items():
            statements |= {f"{key}-{number}": said for number in range(3)}
        parties[party] = file | {"statements": statements}
    return plain._replace(parties=parties)


def renamed(cited: Any, number: int) -> Any:
    if isinstance(cited, dict):
        return {verb: renamed(some, number) for verb, some in cited.items()}
    return [f"{key}-{number}" for key in cited]


class BruteForce:
    def __init__(self, plain: PlainDossier, ids: list[str], as_of: str, basis: Basis) -> None:
        def compared(keys: tuple[Key, ...]) -> dict[Target, str]:
            agenda, sources, _, proposals = plain
            parties = deleted(plain, keys)
            return verdicts(
                naive_comparison(agenda, parties, ids, as_of, basis, sources, proposals)
            )

        keys = [
            (party, one)
            for party, file in plain.parties.items()
            for one in file["statements"]
            if f"'{one}'" in str((file["positions"], file.get("answers")))
        ]
        self.before = compared(())
        self.after: dict[tuple[Key, ...], dict[Target, str]] = {
            removed: compared(removed) for size in (1, 2) for removed in combinations(keys, size)
        }

    def of(self, target: Target) -> dict[frozenset[Key], str]:
        """The fewest statements without which the verdict is another, and that."""
        for size in (1, 2):
            found = {
                frozenset(removed): new
                for removed, after in self.after.items()
                if len(removed) == size
                and (new := after.get(target, "unresolved")) != self.before[target]
            }
            if found:
                return found
        return {}


def as_found(fragility: Fragility) -> dict[frozenset[Key], str]:
    return {
        frozenset((party, statement.id) for party, statement in removal.statements): removal.verdict
        for removal in fragility.removals
    }


@examples(6)
@given(dates(), bases(), st.data())
def test_one_and_two_statements(as_of: str, basis: Basis, data: st.DataObject) -> None:
    features = data.draw(st.sampled_from([FEATURES, *([one] for one in FEATURES)]))
    plain = data.draw(dossiers(features=features, max_parties=3))
    if data.draw(st.booleans()):
        plain = spread(plain)
    ids = list(plain.parties)[: data.draw(st.sampled_from([2, 2, 3]))]
    comparison = compare_all(load(plain), ids, as_of, basis)
    fragilities = Fragilities(comparison)
    brute = BruteForce(plain, ids, as_of, basis)
    told = files_in_short(plain), ids, as_of, basis
    for verdict in comparison.issues:
        of_issue = fragilities.of_issue(verdict.issue)
        assert as_found(of_issue) == brute.of((verdict.issue.id, None)), (verdict.issue.id, told)
        for cell in verdict.cells:
            if cell.cell.item is not None:
                found = as_found(fragilities.of_cell(cell.cell))
                assert found == brute.of((cell.cell.issue, cell.cell.item)), (cell.cell, told)
            else:
                assert fragilities.of_cell(cell.cell) == of_issue


def test_a_pair_of_the_large_dossier_takes_less_than_a_second() -> None:
    comparison = compare(load_dossier(TALKS), ["russia", "ukraine"], "2025-12-30")
    with within(1):
        fragilities = Fragilities(comparison)
        found = [fragilities.of_cell(one.cell) for each in comparison.issues for one in each.cells]
    assert {one.least for one in found} == {1, 2, 3}


def test_the_search_ends_early_and_says_so(tmp_path: Path) -> None:
    chain(tmp_path, 250)
    comparison = compare(load_dossier(tmp_path), ["p", "q"], "2025-06-30")
    with within(4):
        marked = with_fragility(comparison)
    searched = {cell.hangs_on.searched for each in marked.issues for cell in each.cells}  # type: ignore[union-attr]
    assert searched == {0, 1}
    head = rendered(Document(diff_document(marked).blocks[:1]))
    assert "too many to check" in " ".join(head.split())


def test_what_was_not_checked_is_not_shown_as_robust(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain(tmp_path, 2)
    comparison = compare(load_dossier(tmp_path), ["p", "q"], "2025-06-30")
    monkeypatch.setattr(changed_positions, "_MOST_STEPS", 0)
    marked = with_fragility(comparison)
    head, *rest = diff_document(marked, robust=True).blocks
    assert "could not be checked" in " ".join(rendered(Document([head])).split())
    titles = [each.issue.title for each in marked.issues if each.cells]
    assert titles
    assert not any(title in rendered(Document(rest)) for title in titles)
    assert diff_rows(marked, robust=True)[1] == []
    assert {row[9] for row in diff_rows(marked)[1]} == {say("hangs.unchecked")}
    told = [cell.get("hangs_on_unchecked") for cell in diff_report(marked)["issues"]]
    assert told == [True] * len(titles)


@pytest.mark.large
def test_statements_cited_count_as_steps(tmp_path: Path) -> None:
    """Each removal copies what is left of an entry's evidence: time and memory by the square."""
    evidence_by_verb(tmp_path, 4_000)
    comparison = compare(load_dossier(tmp_path), ["p", "q"], "2025-06-30")
    with within(4):
        marked = with_fragility(comparison)
    assert [each.hangs_on.searched for each in marked.issues] == [0, 0]  # type: ignore[union-attr]


def test_answers_to_other_texts_cost_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So many steps for each verdict would not do if each answer of a party took some."""
    texts_accepted(tmp_path, 300)
    comparison = compare(load_dossier(tmp_path), ["p", "q"])
    monkeypatch.setattr(changed_positions, "_MOST_STEPS", 60 * len(comparison.issues))
    with within(4):
        marked = with_fragility(comparison)
    assert {each.hangs_on.searched for each in marked.issues} == {1}  # type: ignore[union-attr]


def test_many_items_are_looked_at_together(tmp_path: Path) -> None:
    """Each item can be coded otherwise, and each of them is held against the others."""
    many_items(tmp_path, 1_000)
    comparison = compare(load_dossier(tmp_path), ["p", "q"], "2025-06-30", issues={"i0"})
    with within(6):
        (told,) = fragility_report(comparison, comparison.issues[0].issue.cells()[2:])
    assert told["coding"] is None  # too many to look at


def test_a_sub_issue_that_nobody_names_any_more_is_not_put_to_the_vote(tmp_path: Path) -> None:
    """Silent members count as a no, but without ann's words nothing is compared there."""
    rule = {"more-than": "1/2", "no-position": "counts-no"}
    agenda = {"quay": {"options": ["x", "y"], "items": ["east", "west"], "decides": rule}}
    parties: dict[str, Any] = {
        "ann": {"quay": {"proposes": {"east": "x"}}},
        "bo": {"quay": {"reserves": "So."}},
        "cy": {"quay": {"reserves": "So."}},
    }
    comparison = compare(short_dossier(tmp_path, agenda, parties), [*parties], "2026")
    found = Fragilities(comparison).of_cell(Cell("quay", "east"))
    decisive = [({who for who, _ in one.statements}, one.verdict) for one in found.removals]
    assert decisive == [({"bo", "cy"}, "conflict")]
