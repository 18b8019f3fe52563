"""Which names look alike, which show nothing, and which mix letters of two scripts."""

from __future__ import annotations

import unicodedata

import pytest

from claimpos.dossier.looks import looks, mixed_words, shows_nothing


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Party Q", "Party Q"),
        ("Party Q", "party q"),
        ("Party Q", "P\u0430rty Q"),  # Cyrillic a
        ("Party Q", "P\u0391RTY Q"),  # Greek capital alpha
        ("Party Q", "Party\u3000Q"),
        ("Party Q", "Party\u2009Q "),
        ("Party Q", "Party-Q"),
        ("Party Q", "Party\u2010Q"),
        ("Party Q", "\uff30arty Q"),
        ("Party Q", "\U0001d5e3arty Q"),
        ("Party Q", "Party Q\u0301"),
        ("Café", "Cafe\u0301"),
        ("Israel", "lsrael"),
        ("ALLY", "ally"),
        ("OPEC", "\u041e\u0420\u0415\u0421"),
        ("НАТО", "Нато"),
        ("Россия", "РОССИЯ"),
        ("scope", "\u0455\u0441\u043e\u0440\u0435"),
        ("IOTA", "\u0399\u039f\u03a4\u0391"),
        ("USA", "U.S.A."),
        ("–", "–"),
    ],
)
def test_names_that_look_alike_share_a_form(name: str, other: str) -> None:
    assert looks(name) & looks(other)
    assert looks(other) & looks(name)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Iran", "Iraq"),
        ("IT", "LT"),
        ("Europa", "+Europa"),
        ("Annex 1", "Annex I"),
        ("Group A", "Group B"),
        ("Россия", "Белоруссия"),
        ("ハ", "バ"),
        ("中国", "中國"),
        ("–", "+"),
        ("", "–"),
    ],
)
def test_other_names_share_none(name: str, other: str) -> None:
    assert not looks(name) & looks(other)


def test_a_long_name_is_looked_at_in_one_pass() -> None:
    assert len(min(looks("a\u0301 \u0430-" * 100_000))) == 200_000


@pytest.mark.parametrize(
    "name", [" ", "\u00a0\u3000", "\u2003", "\u0301", "\ufffd", " \u0301\ufffd\t", "\u0903"]
)
def test_what_shows_nothing(name: str) -> None:
    assert shows_nothing(name)


@pytest.mark.parametrize("name", ["a", "–", "+", "…", "¿", " 1", "é", "中", "👍", "\u0301a", "€"])
def test_what_shows_something(name: str) -> None:
    assert not shows_nothing(name)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("The p\u0430rty of \u0395urope", [("p\u0430rty", "\u0430"), ("\u0395urope", "\u0395")]),
        ("Р\u043eссия", []),
        ("Росcия", [("Росcия", "Р")]),  # with a Latin c
        ("НАТО (NATO)", []),
        ("IT-\u0446\u0435\u043d\u0442\u0440", []),
        ("5 µg, 3 kΩ, ΔT", []),
        ("plain", []),
    ],
)
def test_words_of_two_scripts(name: str, found: list[tuple[str, str]]) -> None:
    assert [*mixed_words(name)] == found


def test_every_letter_shows_something() -> None:
    letters = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code))[0] in "LNS"]
    assert [one for one in letters if shows_nothing(one)] == ["\ufffd"]
