"""Ids from names: always legal, never shared by two things, steady for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimpos.dossier.reading.form import is_id
from claimpos.importing.draft import Draft, Names
from claimpos.importing.import_log import ImportLog, TablePlace


@given(st.lists(st.text(min_size=1).map(str.strip).filter(bool), min_size=1))
def test_ids_are_legal_and_each_thing_has_its_own(listed: list[str]) -> None:
    names = Names("party", ImportLog(), taken=("agenda", "sources"))
    found = {name: names.id_of(name, TablePlace(2)) for name in listed}
    assert all(is_id(made) and made not in {"agenda", "sources"} for made in found.values())
    assert found == {name: names.id_of(name, TablePlace(3)) for name in listed}
    for one in listed:
        for other in listed:
            if found[one] == found[other]:
                assert _like(one) == _like(other)


def _like(name: str) -> str:
    from unicodedata import normalize

    return " ".join(
        normalize("NFKC", name).replace("-", " ").replace("_", " ").casefold().split()
    ).casefold()


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("nato-membership", "nato-membership"),
        ("NATO membership", "nato-membership"),
        ("Côte d'Ivoire", "cote-divoire"),
        ("2nd round", "issue-2nd-round"),
        ("All", "issue-all"),
        ("none", "issue-none"),
        ("中文", "zhongwen"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Ærø", "aero"),
        ("ıstanbul", "istanbul"),
        ("İstanbul", "istanbul"),
        ("Київ", "kiiv"),
        ("Αθήνα", "athina"),
        ("ＡＢＣ", "abc"),
        ("Союз-2", "soyuz-2"),
        ("Þór", "thor"),
        ("Œuvre", "oeuvre"),
        ("ﬁnance", "finance"),
        ("Đà Nẵng", "da-nang"),
        ("საქართველო", "sakartvelo"),
        ("Հայաստան", "hayastan"),
        ("대한민국", "daehanmingug"),
        ("𝐍𝐀𝐓𝐎", "nato"),
        ("Cafe\u0301", "cafe"),
        ("O’Neill", "oneill"),
        ("Ⅷ", "viii"),
        ("🇫🇷", "fr"),
        ("$ 800", "dollar-800"),
        ("US$800 billion", "us-dollar-800-billion"),
        ("€ 800", "eur-800"),
        ("100% renewable", "issue-100-per-cent-renewable"),
        ("Pay (%)", "pay"),
        ("¿¡", "issue"),
        ("word " * 40, "word-word-word-word-word-word-word-word-word-word-word-word"),
    ],
)
def test_an_id_is_made(name: str, made: str) -> None:
    assert Names("issue", ImportLog()).id_of(name, TablePlace(2)) == made


def test_what_differs_in_signs_is_kept_apart() -> None:
    names = Names("option", ImportLog())
    assert [names.id_of(name, TablePlace(2)) for name in ("≥ 5", "≤ 5", "A+", "A-", "a")] == [
        "option-5",
        "option-5-2",
        "a",
        "a-2",
        "a-3",
    ]


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Border crossing", "Border crossings", True),
        ("South", "Sovth", True),
        ("Carbon tax", "Carbon-Tex", True),
        ("Article 1", "Article 2", False),
        ("Iran", "Iraq", False),
        ("Niger", "Nigeria", False),
        ("Austria", "Australia", False),
    ],
)
def test_slips_are_told(one: str, other: str, near: bool) -> None:
    log = ImportLog()
    names = Names("issue", log)
    names.id_of(one, TablePlace(2))
    names.id_of(other, TablePlace(3))
    names.remark_on_similar_names()
    assert [place.line for place, _ in log.remarks] == ([3] if near else [])


@pytest.mark.parametrize("name", ["con", "NUL", "Com1", "agenda", "Sources"])
def test_no_party_has_the_name_of_a_device_or_of_another_file(name: str) -> None:
    draft = Draft(ImportLog())
    assert draft.names("party").id_of(name, TablePlace(2)) == f"{name.lower()}-2"


def test_rough_ids_are_told_with_the_way_to_give_others() -> None:
    log = ImportLog()
    names = Names("party", log)
    for line, name in enumerate(("حزب العمال", "東京都", "Київ", "Łódź", "Union"), 2):
        names.id_of(name, TablePlace(line))
    assert [place.line for place, _ in log.remarks] == [2, 3]
    (_, text), _ = log.remarks
    assert "put them into party, and the names into name" in text
