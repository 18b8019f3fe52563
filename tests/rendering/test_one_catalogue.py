"""What `claimpos diff` says comes from the catalogue of one language, and from nowhere else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from string import Formatter
from unittest import mock

import pytest

from claimpos import compare, load_dossier
from claimpos.rendering.diff import diff_document
from claimpos.rendering.renderers import rendered
from claimpos.wording.english import TEMPLATES, Template
from claimpos.wording.sentences import say

PACKAGE = Path(__file__).resolve().parents[2] / "claimpos"
DOSSIERS = Path(__file__).resolve().parents[1] / "sessions" / "dossiers"
WORD = re.compile(r"[a-z]{2,}")


def forms(template: Template) -> Mapping[str, str]:
    return {"many": template} if isinstance(template, str) else template


def foreign(template: Template) -> Template:
    """A template in a language that has no Latin letters."""
    said = {
        form: re.sub(r"(\{\w+\})|[A-Za-z]", lambda found: found[1] or "ж", text)
        for form, text in forms(template).items()
    }
    return said["many"] if isinstance(template, str) else said


@pytest.mark.parametrize("name", ["climate", "coalition", "quoted", "valley", "wages", "worked"])
def test_in_another_language_no_english_is_left(name: str) -> None:
    """What is left is the dossier's: its labels, and the words of its evidence."""
    folder = DOSSIERS / name
    dossier = load_dossier(folder)
    own = {word for path in folder.rglob("*.yaml") for word in WORD.findall(_lower(path))}
    with mock.patch.dict(TEMPLATES, {key: foreign(one) for key, one in TEMPLATES.items()}):
        comparison = compare(dossier, [*dossier.parties], "2026")
        text = rendered(diff_document(comparison)).lower()
    assert "ж" in text
    assert {*WORD.findall(text)} <= own


def _lower(path: Path) -> str:
    return path.read_text("utf-8").lower()


def test_every_template_is_used() -> None:
    """By its key or, where a code completes it, by what stands before the code."""
    code = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    asked = re.findall(r'f?"([a-z-]+\.[^"]*)"', code)
    patterns = [re.sub(r"\\{.*?\\}", "[^.]+", re.escape(one)) for one in asked]
    unused = {key for key in TEMPLATES if not any(re.fullmatch(one, key) for one in patterns)}
    assert unused == set()


def test_the_forms_of_a_template_have_the_same_places() -> None:
    for key, template in TEMPLATES.items():
        places = {
            frozenset(place for _, place, _, _ in Formatter().parse(text) if place != "count")
            for text in forms(template).values()
        }
        assert len({one - {None} for one in places}) == 1, key


def test_a_number_chooses_the_form() -> None:
    said = [say("count.issues", number) for number in (0, 1, 2, 1000)]
    assert said == ["no issues", "1 issue", "2 issues", "1,000 issues"]
    assert say("reason.shared-aim", 2) == "Backed by both"
    assert say("reason.shared-aim", 3) == say("reason.shared-aim") == "Backed by all"
