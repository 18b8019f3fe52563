"""Whatever a file holds, the answer is a dossier or its faults; CLAIMPOS_FUZZ tries more."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimpos import InvalidDossier, load_dossier
from claimpos.dossier.loading import load_folder
from claimpos.rendering.findings import findings_text
from tests.conftest import examples
from tests.dossier.plain import AGENDA, PARTY, PROPOSAL, SOURCES, as_yaml

FILES = {
    "agenda.yaml": AGENDA,
    "sources.yaml": SOURCES,
    "norway.yaml": PARTY,
    "proposals/plan.yaml": {**PROPOSAL, "authors": ["norway"]},
}
SNIPPETS = [
    *[": ", "- ", "\n", "  ", "\t", "{", "}", "[", "]", '"', "'", "#", "&a ", "*a", "!!str ", "|"],
    *["? ", ",", "\x00", "\x1b[31m", "\u202e", "\ufeff", "---\n", "...\n", "%YAML 1.1\n", "~"],
    *["1e999", "-", ".", "no", "all", "5", "\\u0000", "\\ud800", "<<: ", "@", "`", ">-\n", "é"],
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


def answer(folder: Path, name: str, raw: bytes) -> None:
    """Put a file into a sound dossier; it must load, or tell its faults in words."""
    shutil.rmtree(folder)
    (folder / "proposals").mkdir(parents=True)
    for other, data in FILES.items():
        (folder / other).write_text(as_yaml(data), encoding="utf-8")
    (folder / name).write_bytes(raw)
    try:
        load_dossier(folder)
    except InvalidDossier as error:
        text = findings_text(error.findings)
        assert re.search(r"\d+ errors?; the command was not run\n\Z", text)
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)


def test_the_dossier_is_sound(folder: Path) -> None:
    answer(folder, "norway.yaml", as_yaml(PARTY).encode())
    assert not load_folder(folder).findings


@examples(200)
@given(name=st.sampled_from(sorted(FILES)), raw=st.binary(max_size=200))
def test_bytes(folder: Path, name: str, raw: bytes) -> None:
    answer(folder, name, raw)


@examples(300)
@given(name=st.sampled_from(sorted(FILES)), data=st.data())
def test_mutated_texts(folder: Path, name: str, data: st.DataObject) -> None:
    text = as_yaml(FILES[name])
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 12)))
        text = text[:start] + data.draw(st.sampled_from(["", *SNIPPETS])) + text[end:]
    answer(folder, name, text.encode("utf-8", "surrogatepass"))
