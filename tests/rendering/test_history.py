"""How a history shows what a position rests on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from claimpos.comparison.history import history
from claimpos.rendering.history import history_document
from claimpos.rendering.renderers import rendered
from tests.support import EVIDENCE, short_dossier


@pytest.mark.parametrize(
    ("evidence", "position"),
    [
        ([EVIDENCE], "Accepts ⟨On⟩"),
        ([f"{EVIDENCE}-maybe"], "Accepts ⟨On⟩ (inferred)"),
        ([f"{EVIDENCE}-maybe", EVIDENCE], "Accepts ⟨On⟩"),
        ({"accepts": [f"{EVIDENCE}-maybe"]}, "Accepts ⟨On⟩ (inferred)"),
    ],
)
def test_a_position_that_is_only_inferred_is_marked_once(
    evidence: Any, position: str, tmp_path: Path
) -> None:
    entry = {"accepts": "on", "evidence": evidence}
    dossier = short_dossier(tmp_path, {"war": {"options": ["on", "off"]}}, {"ann": {"war": entry}})
    shown = rendered(history_document(history(dossier, "ann", as_of="2025-06")), width=200)
    assert f" {position} " in shown
    assert shown.count("(inferred)") == position.count("(inferred)")
