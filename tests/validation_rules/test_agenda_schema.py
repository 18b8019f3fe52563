"""The specialised schema refuses just what is unknown to the dossier, and a stale copy is told."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from claimpos import load_dossier
from claimpos.dossier.locate import party_files
from claimpos.dossier.nodes import Map
from claimpos.dossier.parsing.file import read_file
from claimpos.dossier.reading.form import Reading
from claimpos.dossier.reading.party import read_party
from claimpos.rendering.data import json_text
from claimpos.validation.agenda_schema import party_schema_for
from claimpos.validation.checking import check_folder
from tests.conftest import examples
from tests.dossier.plain import AGENDA, PARTY, PROPOSAL, SOURCES, as_yaml, changed
from tests.dossier.test_agreement import ISSUES, KNOWN_SOURCES, node_of
from tests.support import TALKS, short_dossier

UNKNOWN = {"CP301", "CP302", "CP303", "CP304", "CP310", "CP315"}


def write(folder: Path) -> Path:
    folder.mkdir()
    for name, data in (("agenda", AGENDA), ("sources", SOURCES), ("norway", PARTY)):
        (folder / f"{name}.yaml").write_text(as_yaml(data), encoding="utf-8")
    (folder / "proposals").mkdir()
    plan = as_yaml({**PROPOSAL, "authors": ["norway"]})
    (folder / "proposals" / "plan.yaml").write_text(plan, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def special(tmp_path_factory: pytest.TempPathFactory) -> Draft202012Validator:
    dossier = load_dossier(write(tmp_path_factory.mktemp("special") / "positions"))
    return Draft202012Validator(party_schema_for(dossier))


def test_it_is_a_schema(special: Draft202012Validator) -> None:
    Draft202012Validator.check_schema(special.schema)
    assert special.is_valid(PARTY)


@examples(400)
@given(data=st.data())
def test_it_refuses_what_the_reader_does_not_know(
    special: Draft202012Validator, data: st.DataObject
) -> None:
    node, source = node_of(data.draw(changed(PARTY)))
    reading = Reading(source)
    read_party(node, ISSUES, KNOWN_SOURCES, reading, ["plan"])
    unknown = UNKNOWN & {finding.code for finding in reading.findings}
    assert special.is_valid(node) == (not unknown and not reading.misshapen), unknown


def test_it_accepts_the_files_of_a_large_dossier() -> None:
    special = Draft202012Validator(party_schema_for(load_dossier(TALKS)))
    for path in party_files(TALKS):
        _, node, _ = read_file(path)
        assert isinstance(node, Map)
        assert special.is_valid(node), path


def test_ids_are_explained_by_their_titles(special: Draft202012Validator) -> None:
    schema: Any = special.schema
    positions = schema["properties"]["positions"]["properties"]
    assert (positions["season"]["title"], positions["season"]["description"]) == (
        *("Season", "When may boats go out?"),
    )
    told = json_text(schema)
    for title in ("In autumn", "The south", "All boats", "Talks go on", "Wants a quota."):
        assert title in told


def stale(folder: Path) -> list[tuple[str, str]]:
    checked = check_folder(folder, date(2026, 1, 1))
    return [
        (Path(one.source.path).name, one.code) for one in checked.findings if one.code == "CP604"
    ]


def test_a_copy_goes_stale_with_the_agenda(tmp_path: Path) -> None:
    folder = write(tmp_path / "positions")
    copy = folder / "for-editors.schema.json"
    fresh = party_schema_for(load_dossier(folder))
    copy.write_text(json_text(fresh), encoding="utf-8")
    assert stale(folder) == []
    copy.write_text(json.dumps(fresh, indent=7), encoding="utf-8")
    assert stale(folder) == [], "how it is laid out does not matter"
    party = folder / "norway.yaml"
    party.write_text(party.read_text("utf-8").replace("Wants a quota.", "Asks for one."), "utf-8")
    assert stale(folder) == [], "a statement's summary is offered, and binds nobody"
    agenda = folder / "agenda.yaml"
    agenda.write_text(agenda.read_text("utf-8").replace("In spring", "At Easter"), "utf-8")
    assert stale(folder) == [("for-editors.schema.json", "CP604")]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "\x00", "[" * 100_000, '{"$id": 5}'])
def test_what_is_no_copy_is_let_be(tmp_path: Path, text: Any) -> None:
    folder = write(tmp_path / "positions")
    (folder / "party.schema.json").write_text(text, encoding="utf-8")
    (folder / "folder.schema.json").mkdir()
    assert stale(folder) == []


KINDS = {
    "choice": {"options": ["aaa", "bbb", "ccc"]},
    "quantity": {"unit": "aaa"},
    "items": {"options": ["aaa", "bbb"], "items": [f"i{number}" for number in range(9)]},
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_outcomes_of_an_issue_are_said_once(tmp_path: Path, kind: str) -> None:
    fresh = party_schema_for(short_dossier(tmp_path, {"x": KINDS[kind]}, {}))
    Draft202012Validator.check_schema(fresh)
    assert json.dumps(fresh).count("aaa") <= 6  # as an id, a title and a text; alone, in a list
