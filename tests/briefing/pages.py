"""Pages made for tests."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

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


@cache
def page_of_three(folder: Path, as_of: str, issues: tuple[str, ...] | None = None) -> str:
    """The page of Russia, Ukraine and the US, made once for all tests that drive it."""
    return page_of(load_dossier(folder), ["russia", "ukraine", "us"], as_of, issues)


def hostile_dossier() -> Dossier:
    """A dossier with everything that could run or hide wherever a text may stand."""
    return hostile(" ".join([ATTACK, *HOSTILE]))
