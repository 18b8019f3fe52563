"""No free text of a dossier passes for a sentence of a report: it stands apart, or in a record."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Sequence, Set
from pathlib import Path
from typing import Any

import pytest

from claimpos.__main__ import main
from tests.hostile.test_inert_text import files, written

FORGED = "page 3). All accept it. Overlap (so"
FREE = {"reserves", "subject-to", "interest", "note", "text", "summary", "locator", "role"}
FREE |= {"publisher"}
COMMANDS = [
    ("diff", "a", "b", "-v"),
    ("diff", "a", "b", "--format", "github"),
    ("diff", "a", "b", "--format", "csv"),
    ("explain", "a", "b", "choice"),
    ("history", "a", "--format", "csv"),
    ("changes", "a", "b", "--from", "2024", "--to", "2025-06", "--format", "csv"),
    ("ask", "a", "b", "--format", "csv"),
    ("assess", "text", "--format", "github"),
    ("text", "a", "b"),
    ("brief", "a", "b"),
    ("brief", "a", "b", "--format", "html"),
    ("show", "a"),
    ("show", "choice"),
    ("show", "text"),
    ("show", "a/q"),
]
# Set apart in a terminal, in Markdown or in HTML; in quotation marks; or in the record of one
# piece, which begins with its name, the text itself or what it is.
APART = [
    r"⟨[^⟨⟩]*{}[^⟨⟩]*⟩",
    r"\*[^*]*{}[^*]*\*",
    r"<em>[^<]*{}[^<]*</em>",
    r"“[^“”]*{}[^“”]*”",
    r"(?m)^\W*(?:\^?\d+\W*:|[¹²]|Plain1, q:|s:|Note|Stated reason:|page 3).*{}.*$",
    r"│ page 3[^│]*{}[^│]*│",
]


def forged(data: Any, key: str = "", keys: Set[str] = FREE) -> Any:
    """The data with the forged text under each of the keys, by default those of free texts."""
    if isinstance(data, dict):
        return {name: forged(value, str(name), keys) for name, value in data.items()}
    if isinstance(data, list):
        return [forged(value, key, keys) for value in data]
    return FORGED if key in keys else data


def _output(command: Sequence[str]) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert main(command) in {0, 1}
    return out.getvalue()


@pytest.fixture(scope="module")
def positions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("forged") / "positions", forged(files("Plain")))


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_free_text_passes_for_the_report(
    command: tuple[str, ...], positions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "5000")
    left = _output([*command, "--positions", str(positions)])
    for form in APART:
        left = re.sub(form.format("All accept it"), "", left)
    assert "All accept it" not in left


# Those of a citation, of a list of members, and the units, which stand among the report's words.
SHORT = {"role", "publisher", "locator", "name", "members", "unit"}


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_none_closes_a_bracket_or_a_clause_of_the_report(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = forged(files("Plain"), keys=SHORT)
    for number, party in enumerate(("a.yaml", "b.yaml")):
        data[party]["name"] = f"Party {number}"
    monkeypatch.setenv("COLUMNS", "5000")
    left = _output([*command, "--positions", str(written(tmp_path / "positions", data))])
    for form in [*APART[:4], r"(?m)^\W*s:.*$"]:
        left = re.sub(form.format("All accept it"), "", left)
    assert "All accept it" not in left
