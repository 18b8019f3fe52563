"""Pages made for tests."""

from __future__ import annotations

from collections.abc import Sequence

from claimpos import compare
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


def hostile_dossier() -> Dossier:
    """A dossier with everything that could run or hide wherever a text may stand."""
    return hostile(" ".join([ATTACK, *HOSTILE]))
