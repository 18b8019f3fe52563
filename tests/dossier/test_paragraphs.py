"""Paragraphs of texts as people save them, and locators that name them."""

from __future__ import annotations

import pytest

from claimpos.dossier.paragraphs import paragraphs_of, stretches_named, written_numbers


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("", []),
        (" \n\t\n", []),
        ("Talks open\n\nThe union asks for six.\n\nThe port offers four.\n", 3),
        ("Talks open\nThe union asks for six.\nThe port offers four.\n", 3),
        ("Talks open\r\n\r\nThe union asks for six.\r\nThe port offers four.\r\n", 3),
        ("Talks open\rThe union asks.\r", 2),
        ("Talks open\n\nThe union asks for\nsix, and the\nport.\n\nIt offers\nfour.\n", 3),
        ("Talks open\n \nHe said “six.”\nShe said four?\n \nThe end.\n", 4),
        ("\ufeffTalks open\n", 1),
        ("one\u2028line\n", 1),
        ("se\u00adcu\u200brity\x0cpage", ["security page"]),
        ("\u200b\n\ufeff\n", []),
        ("نمی\u200cخواهد", ["نمی\u200cخواهد"]),
    ],
)
def test_paragraphs_are_lines_unless_lines_are_broken(
    text: str, paragraphs: list[str] | int
) -> None:
    found = paragraphs_of(text)
    assert (len(found) if isinstance(paragraphs, int) else found) == paragraphs


def test_a_paragraph_stands_on_one_line() -> None:
    assert paragraphs_of("A\tb\n\nc  d\ne f\n\ng") == ["A b", "c d e f", "g"]


@pytest.mark.parametrize(
    ("locator", "stretches"),
    [
        ("par. 8", [(8, 8)]),
        ("pars. 3, 5–7", [(3, 3), (5, 7)]),
        ("Paragraphs 3 and 5", [(3, 3), (5, 5)]),
        ("p. 2, par. 4 to 6", [(4, 6)]),
        ("point 12, article III", []),
        ("compare 5", []),
        ("par. 1–999999", [(1, 999_999)]),
    ],
)
def test_paragraphs_that_a_locator_names(locator: str, stretches: list[tuple[int, int]]) -> None:
    assert stretches_named(locator) == stretches


def test_numbers_as_people_write_them() -> None:
    assert written_numbers([9, 1, 3, 4, 5]) == "1, 3–5, 9"
