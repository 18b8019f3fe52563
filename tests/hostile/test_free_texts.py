"""No free text of a dossier passes for a sentence of a report: it stands apart, or in a record."""

from __future__ import annotations

import contextlib
import io
import re
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


def forged(data: Any, key: str = "") -> Any:
    """The data with the forged text under each key that holds a free text."""
    if isinstance(data, dict):
        return {name: forged(value, str(name)) for name, value in data.items()}
    if isinstance(data, list):
        return [forged(value, key) for value in data]
    return FORGED if key in FREE else data


@pytest.fixture(scope="module")
def positions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("forged") / "positions", forged(files("Plain")))


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_free_text_passes_for_the_report(
    command: tuple[str, ...], positions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "5000")
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert main([*command, "--positions", str(positions)]) in {0, 1}
    left = out.getvalue()
    for form in APART:
        left = re.sub(form.format("All accept it"), "", left)
    assert "All accept it" not in left
