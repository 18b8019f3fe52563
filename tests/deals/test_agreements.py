"""Agreements in a CSV file, weighed by the parties' points."""

from __future__ import annotations

import re
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from tests.cli.in_process import claimpos
from tests.support import EVIDENCE, within, write_short

DAYS = {"unit": "days", "integer": True, "minimum": 0, "maximum": 30}
AGENDA = {"room": {"options": ["view", "lift"]}, "days": DAYS}
WORTH: dict[str, Any] = {
    "anna": {
        "no-deal": 5,
        "evidence": [EVIDENCE],
        "issues": {"room": {"view": 40, "lift": 10}, "days": {"0": 0, "4": 20}},
    },
    "bert": {
        "evidence": [EVIDENCE],
        "issues": {"room": {"view": 0, "lift": 5}, "days": {"0": 40, "4": 0}},
    },
}
GOOD = """agreement,room,days
Team A,view,0
Team B,lift,2
Team C,,
"""


def deals(tmp_path: Path, text: str, *options: str) -> tuple[int, str, str]:
    besides = {party: {"worth": own} for party, own in WORTH.items()}
    folder = write_short(tmp_path / "positions", AGENDA, {"anna": {}, "bert": {}}, {}, besides)
    (tmp_path / "teams.csv").write_text(text, encoding="utf-8")
    done = claimpos(
        "deals",
        "anna",
        "bert",
        "--positions",
        str(folder),
        "--as-of",
        "2025-03-14",
        "--agreements",
        str(tmp_path / "teams.csv"),
        *options,
    )
    return done.returncode, done.stdout, done.stderr


def test_agreements(tmp_path: Path) -> None:
    code, out, _ = deals(tmp_path, GOOD)
    assert code == 0
    rows = [line.split(maxsplit=4) for line in out.splitlines() if line.startswith("Team")]
    assert rows == [
        ["Team", "A", "40", "40", "nothing"],
        ["Team", "B", "20", "25", "20 for Anna, 15 for Bert"],
        ["Team", "C", "5", "0", "no agreement"],
    ]


def test_empty_cells_beyond_the_header_are_left_aside(tmp_path: Path) -> None:
    assert deals(tmp_path, GOOD)[1] == deals(tmp_path / "more", GOOD.replace(",2", ",2,, "))[1]


def test_the_picture(tmp_path: Path) -> None:
    code, out, _ = deals(tmp_path, GOOD, "--format", "svg")
    assert code == 0
    assert out.startswith("<svg")
    assert "Team B: Anna 20; Bert 25" in out
    assert ">Team C (no agreement)</text>" in out


def test_a_picture_keeps_the_names_apart_and_within_it(tmp_path: Path) -> None:
    name = "A team with a name that is as long as a sentence"
    code, out, _ = deals(tmp_path, f"{GOOD}Team D,view,0\n{name},view,4\n", "--format", "svg")
    assert code == 0
    assert ">Team A, Team D</text>" in out
    assert f'text-anchor="end">{name[:30]}' in out


def test_points_below_zero_are_in_the_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(WORTH["anna"]["issues"], "room", {"view": 40, "lift": -60})
    code, out, _ = deals(tmp_path, GOOD, "--format", "svg")
    assert code == 0
    assert "Team B: Anna -50; Bert 25" in out
    places = [float(at) for at in re.findall(r'<circle class="agreement" cx="([^"]+)"', out)]
    assert len(places) == 3
    assert min(places) >= float(re.findall(r'<path class="axis" d="M([0-9.]+) ', out)[0])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("agreement,room\nTeam A,view\n", "line 2: there is no outcome for “days”"),
        ("agreement,room,days\nTeam A,roof,1\n", "line 2: “room” has no option “roof”"),
        ("agreement,room,days\nTeam A,view,many\n", "line 2: “many” is not a number for “days”"),
        ("agreement,room,days\nA,view,1e1\n", "line 2: “1e1” is not a number for “days”"),
        ("agreement,room,days\nA,view,1_0\n", "line 2: “1_0” is not a number for “days”"),
        ("agreement,room,days\nA,view,１\n", "line 2: “１” is not a number for “days”"),
        ("agreement,room,days\nA,view,1.5\n", "“1.5” is not a whole number for “days”"),
        ("agreement,room,days\nA,view,-1\n", "line 2: -1 is below the minimum of “days”"),
        ("agreement,room,days\nA,view,31\n", "line 2: 31 is above the maximum of “days”"),
        ("agreement,rooms,days\nTeam A,view,1\n", "the column “rooms” is not an issue"),
        ("agreement,room,days\n", "no lines below its header"),
        ("room,room\nview,lift\n", "two columns with the same name"),
        (f"{GOOD}\nTeam D,view,6,5\n", "line 6 has 4 cells, but the header has 3"),
        ('agreement,room,days\n"A\nB",view,0\nC,view,6,5\n', "line 4 has 4 cells"),
    ],
)
def test_what_cannot_be_read(text: str, why: str, tmp_path: Path) -> None:
    code, out, err = deals(tmp_path, text)
    assert (code, out) == (2, "")
    assert why in err


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("agreement," + ",".join(f"c{n}" for n in range(3_000)) + "\n1" * 9_000, "table-columns"),
        ("agreement,room,days\n" + "1\n" * 40_000, "table-lines"),
    ],
)
def test_a_table_that_is_too_large_takes_neither_time_nor_memory(
    tmp_path: Path, text: str, bound: str
) -> None:
    tracemalloc.start()
    try:
        with within(5):
            code, _, err = deals(tmp_path, text)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (code, f"CLAIMPOS_LIMITS={bound}=" in err) == (2, True)
    assert most < 100_000_000


@pytest.mark.parametrize("form", ["table", "json"])
def test_too_many_agreements_are_refused_before_any_is_weighed(form: str, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patched, within(2):
        patched.setenv("CLAIMPOS_LIMITS", "assessed-answers=50000")
        text = "agreement,room,days\n" + "Team,view,2\n" * 14_000
        code, _, err = deals(tmp_path, text, "--format", form)
    assert code == 2
    assert "14,000 agreements on 2 issues" in err
    assert "set CLAIMPOS_LIMITS=assessed-answers=" in err
