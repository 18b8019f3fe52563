"""A fingerprint stays while other lines are edited, and tells like lines apart by what is above."""

from __future__ import annotations

import pytest

from claimpos.dossier.findings import Finding, SourceText, Span
from claimpos.validation.checking import fingerprints

TEXT = """\
positions:
  status:
    - since: 2024
      until: 2025
    - since: 2025
      until: 2025
  cap:
  - since: 2024
    until: 2025
"""


def prints(text: str, line: str = "until: 2025") -> list[str]:
    """The fingerprints of a finding in each line that holds this."""
    source = SourceText("positions/a.yaml", text)
    numbers = [number for number, one in enumerate(source.lines, 1) if line in one]
    return fingerprints(
        [
            Finding("CP413", source, Span(number, 7, number, 9), f"line {number}")
            for number in numbers
        ]
    )


@pytest.mark.parametrize(
    "edited",
    [
        "# a comment\n\n" + TEXT,
        TEXT.replace("  cap:", "  years:\n    - since: 2024\n  cap:"),
        TEXT.replace("    -", "  -").replace("      until", "    until"),
        TEXT.replace(
            "      until: 2025\n    - since: 2025", "      until: 2025\n    - since: 2025 "
        ),
        TEXT.replace("\n      until", "\n      demands: open\n      until"),
        TEXT.replace("    - since: 2025", "      # a comment\n\n    - since: 2025"),
        TEXT.replace("\n", "\r\n"),
    ],
)
def test_survive_unrelated_edits(edited: str) -> None:
    assert prints(edited) == prints(TEXT)


def test_lines_alike_are_told_apart_by_those_above() -> None:
    first, second, third = prints(TEXT)
    assert len({first, second, third}) == 3
    without_first = TEXT.replace("    - since: 2024\n      until: 2025\n", "", 1)
    assert prints(without_first) == [second, third]


def test_another_line_is_another_finding() -> None:
    assert set(prints(TEXT)).isdisjoint(prints(TEXT.replace("2024", "2023"))[::2])
    assert set(prints(TEXT)).isdisjoint(prints(TEXT.replace("until", "untill"), "untill: 2025"))


def test_two_findings_in_one_line_are_told_apart() -> None:
    source = SourceText("positions/a.yaml", TEXT)
    finding = Finding("CP413", source, Span(4, 7, 4, 9), "lapsed")
    assert len(set(fingerprints([finding, finding]))) == 2


def test_a_place_past_the_end_has_one_too() -> None:
    source = SourceText("a.yaml", "")
    assert len(fingerprints([Finding("CP101", source, Span(9, 1, 9, 2), "cut short")])) == 1


def test_a_deep_file_takes_no_time() -> None:
    text = "\n".join(" " * depth + "a:" for depth in range(3000))
    assert len(set(prints(text, "a:"))) == 3000
