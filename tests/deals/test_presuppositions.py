"""What an issue presupposes, as the agenda writes it: read, or reported where it names nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from claimpos import load_dossier
from claimpos.dossier.model import Presupposed
from claimpos.errors import InvalidDossier
from tests.support import write_short


def written(folder: Path, presupposes: list[str]) -> Path:
    agenda: dict[str, Any] = {
        "truce": {"options": {"now": "Now", "later": {"title": "Later", "no-agreement": True}}},
        "land": {"options": ["mine", "yours"], "items": ["hill", "dale"]},
        "length": {"unit": "days", "presupposes": presupposes},
    }
    return write_short(folder, agenda, {"ann": {}, "bo": {}})


def test_all_four_forms_are_read(tmp_path: Path) -> None:
    places = ["truce", "truce=now", "land.hill", "land.hill=mine"]
    dossier = load_dossier(written(tmp_path, places))
    assert dossier.issues["length"].presupposes == (
        Presupposed("truce"),
        Presupposed("truce", None, "now"),
        Presupposed("land", "hill"),
        Presupposed("land", "hill", "mine"),
    )
    assert dossier.issues["truce"].no_agreement == {"later"}
    assert not dossier.single_undertaking


@pytest.mark.parametrize(
    ("place", "code", "message"),
    [
        ("truse", "CP301", "there is no issue “truse”"),
        ("land.hills", "CP303", "there is no item “hills”"),
        ("truce=soon", "CP302", "there is no option “soon”"),
        ("truce=all", "CP302", "there is no option “all”"),
        ("length=long", "CP302", "there is no option “long”"),
        ("land.hill=ours", "CP302", "there is no option “ours”"),
    ],
)
def test_what_names_nothing_is_reported(
    tmp_path: Path, place: str, code: str, message: str
) -> None:
    with pytest.raises(InvalidDossier) as raised:
        load_dossier(written(tmp_path, [place]))
    (finding,) = raised.value.findings
    assert (finding.code, finding.message) == (code, message)


@pytest.mark.parametrize("place", ["", "truce=", "a b", "truce=now=later", "land.hill.top"])
def test_another_form_is_an_error(tmp_path: Path, place: str) -> None:
    with pytest.raises(InvalidDossier):
        load_dossier(written(tmp_path, [place]))
