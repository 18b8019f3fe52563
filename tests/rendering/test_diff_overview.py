"""A comparison at a glance: one line for each issue, whom its reason concerns, and a legend."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from claimpos import Comparison, compare, load_dossier
from claimpos.comparison.reasons import VERDICTS, concerned
from claimpos.rendering.diff import ShownParts, diff_document
from claimpos.rendering.renderers import TERMINAL, rendered
from tests.cli.in_process import claimpos
from tests.support import TALKS, short_dossier, write_short

CHOICE = {"options": ["x", "y", "z"]}
CASES: dict[str, tuple[dict[str, Any], str, list[str]]] = {
    "red-line": ({"ann": {"demands": "x"}, "bo": {"refuses": "x"}}, "red-line", ["ann", "bo"]),
    "silent": ({"ann": {"demands": "x"}, "cy": {"accepts": "x"}}, "silent", ["bo"]),
    "left open": (
        {"ann": {"demands": "x"}, "bo": {"proposes": "y"}, "cy": {"reserves": "whether"}},
        "reserved",
        ["cy"],
    ),
    "unanswered": (
        {"ann": {"proposes": "x"}, "bo": {"accepts": "x"}, "cy": {"refuses": "y"}},
        "unanswered",
        ["cy"],
    ),
    "shared aim": (
        {one: {"demands": "x"} for one in ("ann", "bo", "cy")},
        "shared-aim",
        ["ann", "bo", "cy"],
    ),
    "condition": (
        {
            "ann": {"accepts": [{"outcome": "x", "subject-to": "a ballot"}]},
            "bo": {"demands": "x"},
            "cy": {"accepts": "x"},
        },
        "condition-pending",
        ["ann"],
    ),
}


def of_three(folder: Path, said: dict[str, Any]) -> Comparison:
    parties = {one: {"issue": said[one]} if one in said else {} for one in ("ann", "bo", "cy")}
    if parties["cy"] == {} and "bo" in said:
        parties["cy"] = {"issue": {"accepts": ["x", "y", "z"]}}
    return compare(short_dossier(folder, {"issue": CHOICE}, parties), [*parties], "2025")


@pytest.mark.parametrize("name", CASES)
def test_whom_a_reason_concerns(tmp_path: Path, name: str) -> None:
    said, reason, parties = CASES[name]
    (cell,) = of_three(tmp_path, said).issues[0].cells
    assert (cell.reason, [*concerned(cell.case)]) == (reason, parties)


def lines(comparison: Comparison, width: int = 80) -> list[str]:
    document = diff_document(comparison, show=ShownParts(details=False))
    return rendered(document, TERMINAL, width).splitlines()


def test_every_issue_of_which_anybody_speaks_has_one_line() -> None:
    dossier = load_dossier(TALKS)
    comparison = compare(dossier, ["russia", "ukraine"], "2025-11-30")
    shown = lines(comparison, 160)
    for issue in comparison.issues:
        heard = any(issue.positions.values()) or issue.lapsed
        named = [line for line in shown if line.startswith(issue.issue.title)]
        assert len(named) == bool(heard), issue.issue.title
        assert not heard or f" {issue.verdict} " in named[0]


def test_a_line_found_by_a_word_says_what_the_verdict_is() -> None:
    (line,) = (
        one for one in lines(compare(load_dossier(TALKS), ["russia", "us"])) if "NATO" in one
    )
    assert re.search(r"NATO membership +(overlap|conflict|unresolved) +\w", line)


def test_the_legend_explains_the_reasons_that_occur_and_no_others(tmp_path: Path) -> None:
    shown = " ".join(lines(of_three(tmp_path, CASES["unanswered"][0])))
    told = " ".join(shown.split())
    assert "Unanswered: each has spoken; at least one has neither accepted nor rejected" in told
    assert "Unresolved: nothing is acceptable to all yet" in told
    assert "Red line:" not in told
    assert "Overlap:" not in told


def test_an_issue_stands_under_its_least_favourable_verdict(tmp_path: Path) -> None:
    agenda = {"land": {"options": ["mine", "yours"], "items": ["hill", "dale", "ford"]}}
    parties = {
        "ann": {"land": {"demands": {"hill": "mine", "dale": "yours", "ford": "mine"}}},
        "bo": {"land": {"refuses": {"hill": "mine"}, "accepts": {"dale": "yours", "ford": "mine"}}},
    }
    shown = lines(compare(short_dossier(tmp_path, agenda, parties), ["ann", "bo"], "2025"))
    (line,) = (one for one in shown if one.startswith("Land"))
    assert line.split() == ["Land", "(1/3)", "conflict", "Red", "line", "both"]


@pytest.mark.parametrize("parties", [2, 3, 6, 11])
@pytest.mark.parametrize("width", [60, 80, 140])
def test_it_fits(width: int, parties: int) -> None:
    dossier = load_dossier(TALKS)
    comparison = compare(dossier, list(dossier.parties)[-parties:], "2025-11-30")
    assert max(map(len, lines(comparison, width))) <= width


ASKED = {
    "": (True, False),
    "-v": (True, True),
    "--stale-after 1y": (True, True),
    "--issue ceasefire": (False, True),
    "--only conflict": (False, True),
    "--format github": (True, True),
    "--format github --issue ceasefire": (False, True),
    "--group ceasefire": (True, False),
}


@pytest.mark.parametrize("options", ASKED)
def test_details_are_for_those_who_ask(options: str) -> None:
    line = f"diff russia ukraine --as-of 2025-03-14 --positions {TALKS} {options}"
    shown = claimpos(*line.split()).stdout
    overview = any(re.match(r"(\| )?Issue +(\| )?Verdict ", one) for one in shown.splitlines())
    details = re.search(r"^(#+ )?conflicts$", shown, re.IGNORECASE | re.MULTILINE) is not None
    assert (overview, details) == ASKED[options]
    assert ("add -v" in shown) == (not details)


def test_robust_leaves_out_what_hangs_on_one_statement(tmp_path: Path) -> None:
    from claimpos.comparison.fragility import with_fragility

    comparison = with_fragility(of_three(tmp_path, CASES["red-line"][0]))
    assert comparison.issues[0].cells[0].hangs_on
    document = diff_document(comparison, VERDICTS, robust=True, show=ShownParts(details=False))
    assert "Red line" not in rendered(document)


def test_no_party_without_a_position_is_said_to_accept_what_passes(tmp_path: Path) -> None:
    agenda = {"issue": {**CHOICE, "decides": {"more-than": "1/2"}}}
    said = {"issue": {"demands": "x"}}
    write_short(tmp_path, agenda, {"ann": said, "bo": said, "cy": {}})
    comparison = compare(load_dossier(tmp_path), ["ann", "bo", "cy"], "2025")
    (cell,) = comparison.issues[0].cells
    assert (cell.reason, concerned(cell.case)) == ("passes", ("ann", "bo"))
    told = " ".join(" ".join(lines(comparison)).split())
    assert "acceptable to every party. Where a decision rule applies" in told
    for command in ("brief ann bo cy", "brief ann bo cy --one-page", "explain ann bo cy issue"):
        done = claimpos(*command.split(), "--as-of", "2025", "--positions", str(tmp_path))
        assert done.returncode == 0, done.stderr
        claims = re.findall(r"[^.]*acceptable to [^.]*", " ".join(done.stdout.split()))
        assert [one for one in claims if "Overlap: at least one" not in one] == []
        assert "passes" in done.stdout
