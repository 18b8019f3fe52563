"""The positions of a briefing laid out: nothing is told twice, and little where there is much."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from claimpos import compare
from claimpos.briefing.data import brief_report
from claimpos.briefing.position_layout import NoteNumbers, Positions
from claimpos.rendering.document import Item, plain
from tests.support import short_dossier

MAYBE = "said-so-maybe"
AGENDA: dict[str, Any] = {
    "road": {"options": ["toll", "free", "closed"], "items": ["hill", "dale"]},
    "fee": {"options": ["high", "low"]},
}


def laid_out(tmp_path: Path, said: dict[str, Any], in_depth: bool = False) -> dict[str, list[str]]:
    """The lines about each row, by its title."""
    report = brief_report(compare(short_dossier(tmp_path, AGENDA, said), [*said], "2025"))
    positions = Positions(NoteNumbers(report["notes"]), in_depth)
    return {row["title"]: [*lines(positions.items(row))] for row in report["rows"]}


def lines(items: Any) -> Any:
    for item in items:
        assert isinstance(item, Item)
        yield plain(item.text)
        yield from (f"- {line}" for line in lines(item.items))


def test_parties_of_which_the_same_few_words_are_told_share_a_point(tmp_path: Path) -> None:
    both = {"demands": {"hill": "toll", "dale": "toll"}, "refuses": {"hill": "free"}}
    alike = {"accepts": {"all": "toll"}}
    said = {"ann": {"road": both}, "bo": {"road": alike}, "cy": {"road": alike}, "dee": {}}
    told = laid_out(tmp_path, {**said, "ed": {"fee": {"demands": "low"}}})
    assert told["Road: Hill"] == [
        "Ann (since 2025): Demands ⟨Toll⟩. Rejects ⟨Free⟩.[1]",
        "Bo (since 2025): Accepts ⟨Toll⟩.[2]",
        "Cy (since 2025): Accepts ⟨Toll⟩.[3]",
        "Dee and Ed: no recorded position.",
    ]
    assert told["Road: Dale"] == [
        "Ann (since 2025): Demands ⟨Toll⟩.[1]",
        "Bo and Cy: as under no. 1.",
        "Dee and Ed: no recorded position.",
    ]
    assert told["Fee"] == [
        "Ed (since 2025): Demands ⟨Low⟩.[4]",
        "Ann, Bo, Cy and Dee: no recorded position.",
    ]


@pytest.mark.parametrize("in_depth", [False, True])
def test_a_mixed_signal_is_told_once_and_then_by_its_number(tmp_path: Path, in_depth: bool) -> None:
    entry = {
        "demands": {"hill": "toll", "dale": "free"},
        "evidence": ["said-so", "said-so-reportedly"],
        "against": [MAYBE],
    }
    told = laid_out(tmp_path, {"ann": {"road": entry}, "bo": {}}, in_depth)
    cited = "[1 2]" if in_depth else "[1] (+1)"
    signal = "[3]" if in_depth else "[2]"
    assert told["Road: Hill"][:2] == [
        f"Ann (since 2025, mixed signals): Demands ⟨Toll⟩.{cited}",
        f"- Mixed signal: It is inferred.{signal}",
    ]
    assert told["Road: Dale"][1] == f"- Mixed signal:{signal}"


def test_in_a_table_a_source_without_a_note_has_a_short_reference(tmp_path: Path) -> None:
    said = {
        "ann": {"fee": {"demands": "low", "evidence": ["said-so", "said-so-reportedly"]}},
        "bo": {"fee": {"demands": "low", "evidence": ["said-so-reportedly"], "against": [MAYBE]}},
        "cy": {"fee": {"demands": "low"}},
        "dee": {},
    }
    report = brief_report(compare(short_dossier(tmp_path, AGENDA, said), [*said], "2025"))
    (row,) = (row for row in report["rows"] if row["title"] == "Fee")
    citations = NoteNumbers(report["notes"])
    cy = next(one for one in row["positions"] if one["party"] == "cy")
    citations.refs(cy["evidence"])
    assert plain(Positions(citations, in_depth=False).in_a_cell(row)).split("\n") == [
        "Ann: demands ⟨Low⟩ (2000, A publisher; +1)",
        "Bo: demands ⟨Low⟩ (mixed signals) (2000, as reported, A publisher; "
        "2000, inferred, A publisher)",
        "Cy: as Ann[1]",
    ]


SHORT = {
    "each rejects the other's demand": (
        {"demands": "high", "refuses": "low"},
        {"demands": "low", "refuses": "high"},
        "Bo rejects what Ann demands; Ann rejects what Bo demands.",
    ),
    "one of two outcomes is rejected": (
        {"demands": ["high", "low"]},
        {"demands": "middle", "refuses": "high"},
        "Ann demands either ⟨High⟩ or ⟨Low⟩, but Bo rejects ⟨High⟩.",
    ),
    "no outcome in common": (
        {"demands": "high"},
        {"demands": "low"},
        "No outcome meets the demands of Ann and Bo.",
    ),
    "on a condition that nothing settles": (
        {"demands": "high"},
        {"accepts": [{"outcome": "high", "subject-to": "a vote"}]},
        "Bo would accept ⟨High⟩ on a condition that no issue on the agenda settles.",
    ),
}


@pytest.mark.parametrize("case", SHORT)
def test_the_reason_does_not_repeat_the_positions_below_it(tmp_path: Path, case: str) -> None:
    ann, bo, why = SHORT[case]
    agenda = {"fee": {"options": ["high", "low", "middle"]}}
    dossier = short_dossier(tmp_path, agenda, {"ann": {"fee": ann}, "bo": {"fee": bo}})
    (row,) = brief_report(compare(dossier, ["ann", "bo"], "2025"))["rows"]
    assert row["why_in_short"] == why
    assert "⟨High⟩" in row["why"]
