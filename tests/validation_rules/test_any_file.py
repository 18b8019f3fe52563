"""Whatever is changed in a dossier: rules and gate agree, and every finding is fit to be told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimpos.dossier.loading import load_folder
from claimpos.validation.catalogue import catalogue
from claimpos.validation.checking import check_folder, fingerprints
from tests.conftest import examples
from tests.dossier.plain import FILES, as_yaml, changed

NAMES = {
    "agenda.yaml": "agenda",
    "sources.yaml": "sources",
    "norway.yaml": "party",
    "proposals/plan.yaml": "proposal",
}
SEVERITIES = {code: page.severity for code, page in catalogue().items()}
TODAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("any") / "positions"
    (folder / "proposals").mkdir(parents=True)
    for name, kind in NAMES.items():
        (folder / name).write_text(as_yaml(FILES[kind]), encoding="utf-8")
    (folder / "other.yaml").write_text("party: other\nname: O\nstatements: {}\npositions: {}\n")
    return folder


def test_the_dossier_that_is_changed_has_no_error(folder: Path) -> None:
    assert check_folder(folder, TODAY).count("error") == 0


@pytest.mark.parametrize("name", NAMES)
@examples(120)
@given(data=st.data())
def test_rules_and_gate_agree(folder: Path, name: str, data: st.DataObject) -> None:
    text = as_yaml(data.draw(changed(FILES[NAMES[name]])))
    edited = {folder / name: text.encode()}
    loaded = load_folder(folder, edited)
    found = check_folder(folder, TODAY, 30, edited).findings
    # A date that is in the future stops no other command: the entry is not in force yet.
    stops = any(one.severity == "error" and one.code != "CP409" for one in found)
    assert stops == bool(loaded.findings or loaded.misshapen)
    assert len(set(fingerprints(found))) == len(found)
    for one in found:
        assert one.severity == SEVERITIES[one.code]
        assert one.hint, one
        assert one.span[:2] <= one.span[2:]
        assert one.span.line <= len(one.source.lines)
        assert one.span.column <= len(one.source.line(one.span.line)) + 1
