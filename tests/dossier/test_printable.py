"""Which characters a text may hold: what shows nothing is refused but where scripts need it."""

from __future__ import annotations

import tracemalloc
import unicodedata

import pytest

from claimpos.dossier.findings import SourceText
from claimpos.dossier.looks import normal_form
from claimpos.dossier.parsing.file import parse
from claimpos.dossier.parsing.printable import (
    first_unprintable,
    is_printable,
    unprintable,
    without_unprintable,
)

REFUSED = (
    *range(0x09), *range(0x0B, 0x0D), *range(0x0E, 0x20), *range(0x7F, 0xA0),
    0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180E, 0x180F,
    *range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070), 0x2800, 0x3164,
    0xFFA0, *range(0xFE00, 0xFE10), 0xFEFF, *range(0xFFF0, 0xFFFC), 0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF,
    *range(0x13430, 0x13460), 0x16FE4, 0x1BCA0, 0x1D159, 0x1D173, 0x1D17A, 0x1FFFE, 0x2FFFF,
    0x3FFFE, 0xDFFFF, *range(0xE0000, 0xE0200), 0xE000, 0xF8FF, 0xF0001, 0x10FFFD,
)  # fmt: skip


def test_what_shows_nothing_is_refused() -> None:
    for code in REFUSED:
        for text in (chr(code), f"a{chr(code)}b", f"1{chr(code)}", f"é{chr(code)}é"):
            assert not is_printable(text), f"U+{code:04X}"
            assert len(unprintable(SourceText("x.yaml", text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهد",  # Persian
        "क्\u200dष क्\u200cष",  # Hindi
        "ශ්\u200dරී ලංකා",  # Sinhala
        "ភាសា\u200bខ្មែរ ไทย\u200bแลนด์",
        "葛\U000e0100城 神\ufe00社",
        "ᠮᠣᠩᠭᠣᠯ\u180e\u1820",
        "👨\u200d👩\u200d👧 ❤\ufe0f\u200d🔥 👩🏽\u200d💻 ☎\ufe0e 1\ufe0f\u20e3",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "10\u00a0000 10\u202f000 \u3000 ‘’“”–— \ufffd",
        "אבג العربية ру́сский 中文 한국어 ខ្មែរ",
        "\t\r\n",
        "─" * 80 + "…" * 9 + "«»" * 9 + "→" * 9 + "👍" * 9 + "؟" * 9,
        "e" + "\u0301" * 8 + "-" + "\u0301" * 8,
        "e\u0302\u0301 o\u031b\u0301 " * 9,
        "ก็ี่ สี่ בְּרֵאשִׁית مُحَمَّدٌ क्षि བསྒྲུབས",
    ],
)
def test_what_real_text_needs_is_kept(text: str) -> None:
    assert is_printable(text)
    assert unprintable(SourceText("x.yaml", text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "م\u200c\u200cم",
        "a\u200cم",
        "क\u200da\u200db",
        "👍\u200d",
        "👍\ufe0f\ufe0f",
        "🏴\U000e0067\U000e0062\U000e0068\U000e0069\U000e007f",
        "葛\U000e0100\U000e0101",
        "1\ufe0f",
        "ก\u200bx",
    ],
)
def test_nothing_is_hidden_beside_what_is_kept(text: str) -> None:
    assert not is_printable(text)


@pytest.mark.parametrize("before", ["e", "؟", "—", "", "\n", "ก"])
@pytest.mark.parametrize("mark", ["\u0301", "\u20dd", "\u0e47", "\u0651"])
def test_a_letter_has_few_marks(before: str, mark: str) -> None:
    text = f"naïve {before}{mark * 9}x{mark * 300}"
    assert not is_printable(text)
    assert first_unprintable(text) == mark
    assert is_printable(without_unprintable(text))
    assert without_unprintable(text) == f"naïve {before}{mark * 8}x{mark * 8}"
    found = unprintable(SourceText("x.yaml", text))
    assert [one.message[:30] for one in found] == ["more than 8 marks on one lette"] * 2
    assert found[0].span.column == len(text.split("\n")[-1]) - 300 - 1


def test_whatever_goes_with_the_letter_before_is_a_mark() -> None:
    """Normal forms sort all of these, which takes the square of the number in one place."""
    for code in (*range(0x300, 0xD800), *range(0xE000, 0x20000)):
        mark = chr(code)
        if unicodedata.combining(unicodedata.normalize("NFKD", mark)[0]):
            assert not is_printable(f"a{mark * 9}"), f"U+{code:04X}"
            few = unicodedata.normalize("NFKD", f"a{mark * 30}é")
            assert normal_form("NFKD", f"a{mark * 40}é") == few


@pytest.mark.parametrize("marks", ["\u0301", "\u0323\u0301", "a" + "\u0301" * 12])
def test_very_many_marks_take_little_memory(marks: str) -> None:
    text = marks * (400_000 // len(marks))
    tracemalloc.start()
    kept = normal_form("NFC", without_unprintable(text))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(kept) <= len(text)
    assert peak < 40 * len(text)


def test_every_letter_of_every_script_is_kept() -> None:
    letters = [
        chr(code)
        for code in range(0x110000)
        if unicodedata.category(chr(code)) in {"Lu", "Ll", "Lt", "Lm", "Nd", "Sc", "Sm", "Zs"}
    ]
    assert is_printable("".join(letters))


@pytest.mark.parametrize(
    ("text", "place", "more"),
    [
        ("a: b # checked\rc: d\n", (1, 15), ""),
        ("a: b\r\nc: d\r\r\ne: f\n", (2, 5), ""),
        ("a: b\rc: d\re: f\r", (1, 5), ", and 2 more"),
        ("a: |\r\n  one\r  two", (2, 6), ""),
    ],
)
def test_a_return_alone_ends_no_line(text: str, place: tuple[int, int], more: str) -> None:
    node, (found,) = parse(SourceText("x.yaml", text))
    assert node is None
    assert (found.code, found.span[:2]) == ("CP106", place)
    assert found.message == f"a carriage return without a line feed{more}"
    assert found.hint


@pytest.mark.parametrize("end", ["\x85", "\u2028", "\u2029", "\x0b", "\x0c", "\x1c", "\x1e"])
def test_what_else_some_take_for_the_end_of_a_line_is_refused(end: str) -> None:
    (found,) = parse(SourceText("x.yaml", f"a: b # checked{end}c: d\n"))[1]
    assert (found.code, found.span[:2]) == ("CP106", (1, 15))
