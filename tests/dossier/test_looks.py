"""Which names look alike, which show nothing, and which mix letters of two scripts."""

from __future__ import annotations

import re
import unicodedata

import pytest

from claimpos.dossier.looks import as_read, looks, mixed_words, shows_nothing, site_of
from claimpos.dossier.schemas import schema
from claimpos.rendering.text import is_address


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
        ("Party Q", "Party Q\u20dd"),
        ("Party Q", "Party\u00a0Q"),
        ("Party Q", "“Party\u2011Q”"),
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


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://kremlin.ru/", "kremlin.ru"),
        ("http://a", "a"),
        ("https://localhost:8000?a=b@c", "localhost:8000"),
        ("https://x.example/a@b,c;d(e)/％?q=1#x", "x.example"),
        ("https://web.archive.org/web/2025/http://user@x.example/", "web.archive.org"),
        ("https://[2001:db8::1]:80/x", "[2001:db8::1]:80"),
        ("https://президент.рф/а", "президент.рф"),
        ("https://xn--d1abbgf6aiiy.xn--p1ai/", "xn--d1abbgf6aiiy.xn--p1ai"),
        ("https://中国.example/", "中国.example"),
        ("https://विकिपीडिया.भारत", "विकिपीडिया.भारत"),
        ("https://مثال.إختبار/", "مثال.إختبار"),
        ("https://cool·la.example", "cool·la.example"),
        ("https://x_y.example", "x_y.example"),
    ],
)
def test_the_site_of_an_address(address: str, site: str) -> None:
    assert site_of(address) == site
    assert _fits_schema(address)


@pytest.mark.parametrize(
    "address",
    [
        *("", "x", "ftp://x.example", "https://", "https:///x", "javascript:alert(1)", "//x"),
        "https://kremlin.ru@evil.example/",
        "https://kremlin.ru:443@evil.example/",
        "https://user:pass@x.example/",
        "https://kremlin.ru\\@evil.example/",
        "https://kremlin.ru&period;evil.example/",
        "https://kremlin.ru%2eevil.example/",
        *(f"https://x{sign}evil.example/" for sign in "\u3002\uff0e\uff61\u2024\u2044\u2215\uff0f"),
        *(
            f"https://x{sign}evil.example/"
            for sign in "\uff1f\uff03\uff20\ufe6b\uff1a\u29f8\u2571\u3033"
        ),
        *(f"https://x.example/{blank}y" for blank in " \t\n\u00a0\u3000\u2003\u2028"),
        *(f"https://x.example{blank}y/" for blank in " \u00a0\u3000\u2007"),
        "https://x.example/\n",
        "https://x.example\n",
    ],
)
def test_addresses_that_hide_their_site(address: str) -> None:
    assert site_of(address) == ""
    assert not _fits_schema(address)
    assert not is_address(address)


def _fits_schema(address: str) -> bool:
    properties = schema("sources")["$defs"]["source"]["properties"]
    patterns = {properties[key]["pattern"] for key in ("url", "archived")}
    return all(re.search(pattern, address) is not None for pattern in patterns)


@pytest.mark.parametrize(
    ("site", "shown"),
    [
        ("xn--d1abbgf6aiiy.xn--p1ai", "президент.рф"),
        ("XN--pple-43d.com", "аpple.com"),
        ("xn--a-\u0430.com", "xn--a-\u0430.com"),
        ("xn--99999999.com", "xn--99999999.com"),
        ("x.example", "x.example"),
    ],
)
def test_a_site_in_letters(site: str, shown: str) -> None:
    assert as_read(site) == shown
