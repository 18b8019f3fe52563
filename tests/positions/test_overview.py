"""The first command of the README: on one screen, and of use to who looks there for a word."""

from __future__ import annotations

import re

from claimpos import compare
from claimpos.rendering.diff import ShownParts, diff_document
from claimpos.rendering.renderers import TERMINAL, rendered
from tests.cli.in_process import claimpos
from tests.positions.test_files import dossier


def test_a_pair_at_a_glance() -> None:
    document = diff_document(compare(dossier, ["russia", "us"]), show=ShownParts(details=False))
    lines = rendered(document, TERMINAL, 80).splitlines()
    assert len(lines) <= 60
    assert max(map(len, lines)) <= 80
    (nato,) = (line for line in lines if "NATO" in line)
    assert re.search(r"NATO membership +(overlap|conflict|unresolved) +\w", nato)


def test_a_text_asked_for_by_its_source_is_suggested() -> None:
    done = claimpos("assess", "us-28-points", CLAIMPOS_POSITIONS="")
    assert done.returncode == 2
    assert "Did you mean “us-28-points-2025-11”?" in done.stderr
