"""Pages made for tests."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from claimpos import compare, load_dossier
from claimpos.briefing.data import brief_report
from claimpos.briefing.page import page
from claimpos.dossier.model import Dossier
from tests.rendering.test_hostile_text import HOSTILE, hostile

ATTACK = "</script><script>window.ran=1</script></style><svg onload='ran=2'>\"' ]]> <!-- -->"


def page_of(
    dossier: Dossier, parties: Sequence[str], as_of: str, issues: Sequence[str] | None = None
) -> str:
    comparison = compare(dossier, parties, as_of, issues=issues)
    return page(comparison, brief_report(comparison))


def page_file(
    factory: pytest.TempPathFactory,
    folder: Path,
    parties: Sequence[str],
    as_of: str,
    issues: Sequence[str] | None = None,
) -> Path:
    """A page as a file, made once for all tests, in whatever process, that look at it."""
    shared = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    asked = "-".join([folder.parent.name, folder.name, as_of, *parties, *(issues or ())])
    path = shared / f"page-{asked}" / "page.html"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        draft = path.with_name(f"{os.getpid()}.html")
        draft.write_text(page_of(load_dossier(folder), parties, as_of, issues), encoding="utf-8")
        draft.replace(path)
    return path


def hostile_dossier() -> Dossier:
    """A dossier with everything that could run or hide wherever a text may stand."""
    return hostile(" ".join([ATTACK, *HOSTILE]))
