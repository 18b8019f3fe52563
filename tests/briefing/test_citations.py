"""Which statements a long briefing cites, and in which order they are numbered."""

from __future__ import annotations

import pytest

from claimpos.briefing.citations import Citations

NOTES = [
    {"number": 1, "basis": "inferred", "said": "2026-01-01"},
    {"number": 2, "basis": "stated", "said": "2024"},
    {"number": 3, "basis": "reported", "said": "2025-11-03"},
    {"number": 4, "basis": "stated", "said": "2025-02"},
]


@pytest.mark.parametrize(
    ("numbers", "most", "chosen"),
    [
        ([1, 2, 3, 4], 1, [4]),
        ([1, 2, 3, 4], 2, [2, 4]),
        ([4, 3, 1], 2, [4, 3]),
        ([1, 3], 1, [3]),
        ([1], 2, [1]),
    ],
)
def test_the_strongest_and_newest_are_cited(
    numbers: list[int], most: int, chosen: list[int]
) -> None:
    assert Citations(NOTES).best(numbers, most) == chosen


def test_notes_are_numbered_as_the_text_refers_to_them() -> None:
    citations = Citations(NOTES)
    assert citations.refs([3, 1]).text == "1 2"
    assert citations.refs([1, 4]).text == "2 3"
    assert [(one["number"], one["basis"]) for one in citations.cited()] == [
        (1, "reported"),
        (2, "inferred"),
        (3, "stated"),
    ]
