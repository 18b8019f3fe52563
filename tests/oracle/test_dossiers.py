"""Random dossiers keep the contract, reach every reason, and reach the disk unchanged."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from tests.conftest import examples

from .count_reasons import FEATURES_AT_WORK, REASONS, count_reasons
from .dossiers import FEATURES, SOURCES, PlainDossier, dossiers, write_dossier
from .naive import naive_comparison
from .record import NAMING_VERBS, VERBS, accepted_members, evidence_of, first_day, last_day


@pytest.mark.large
def test_every_reason_occurs() -> None:
    counts = count_reasons(400, derandomize=True)
    for verdict, reasons in REASONS.items():
        for reason in reasons:
            assert counts[f"{verdict} {reason}"] >= 3, (reason, counts)


@examples(100)
@given(dossiers())
def test_entries_keep_the_contract(dossier: PlainDossier) -> None:
    for party in dossier.parties.values():
        for issue, entries in party["positions"].items():
            starts = [first_day(entry["since"]) for entry in entries]
            assert len(starts) == len(set(starts))
            for entry in entries:
                assert {*NAMING_VERBS, "reserves"} & set(entry)
                if "until" in entry:
                    assert first_day(entry["since"]) <= last_day(entry["until"])
                lasting = {key: value for key, value in entry.items() if key != "until"}
                check_entry(dossier, issue, {**party, "positions": {issue: [lasting]}})


def check_entry(dossier: PlainDossier, issue: str, party: dict[str, Any]) -> None:
    """No contradiction, no condition on its own cell, no range that holds nothing."""
    alone = naive_comparison(dossier.agenda, {"it": party}, ["it"], "2030", "inferred")
    [entry] = party["positions"][issue]
    for cell in alone.cells:
        if cell[0] != issue:
            continue
        members = accepted_members(entry)
        sure = alone.aims("it", cell)
        for member in members:
            named = alone.named(member["outcome"], cell)
            if "if" not in member and "subject-to" not in member:
                sure |= named
            if named:
                assert cell not in alone.named_conditions(member.get("if", {}))
        assert not sure & alone.named_under("refuses", "it", cell)
    for member in accepted_members(entry):
        conditions = alone.named_conditions(member.get("if", {}))
        assert all(conditions.values())
        assert conditions or "if" not in member


@examples(100)
@given(dossiers(features=FEATURES))
def test_features_keep_the_contract(dossier: PlainDossier) -> None:
    ids = list(dossier.parties)
    for at, (party, file) in enumerate(dossier.parties.items()):
        assert not set(file.get("members", [])) & set(ids[at:]), "a circle"
        for entry in (entry for entries in file["positions"].values() for entry in entries):
            evidence = entry["evidence"]
            if isinstance(evidence, dict):
                assert set(evidence) == set(VERBS) & set(entry)
            for verb in set(VERBS) & set(entry):
                assert set(evidence_of(entry, verb)) <= set(file["statements"])
                assert evidence_of(entry, verb)
            if "offer" in entry:
                end = last_day(file["offers"][entry["offer"]]["until"])
                assert first_day(entry["since"]) <= end
        for text, answers in file.get("answers", {}).items():
            starts = [first_day(answer["since"]) for answer in answers]
            assert len(starts) == len(set(starts)), party
            terms = dossier.proposals[text]["terms"]
            for issue, _, item in (
                one.partition(".") for answer in answers for one in answer.get("except", [])
            ):
                assert not item or item in terms[issue]["outcome"]
        for said in file["statements"].values():
            published = first_day(dossier.sources["sources"][said["source"]]["date"])
            assert "said" not in said or first_day(said["said"]) <= published


def test_every_feature_matters() -> None:
    counts = count_reasons(250, FEATURES, derandomize=True)
    for what in FEATURES_AT_WORK:
        assert counts[what] >= 3, (what, counts)


def test_a_dossier_reaches_the_disk_with_every_digit(tmp_path: Path) -> None:
    party = {
        "positions": {
            "p": [{"since": 2024, "accepts": [Decimal("1.10"), {"max": Decimal("1E+3")}]}]
        }
    }
    write_dossier(tmp_path, {"title": "T"}, SOURCES, {"no": party})
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "agenda.yaml",
        "no.yaml",
        "sources.yaml",
    ]
    text = (tmp_path / "no.yaml").read_text(encoding="utf-8")
    assert "[1.10, " in text
    assert json.loads(text, parse_float=Decimal) == party
