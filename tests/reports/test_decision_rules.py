"""No report fails on a dossier whose issues are decided by votes."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.cli.in_process import claimpos
from tests.conftest import examples
from tests.oracle.dossiers import PlainDossier, dossiers, write_dossier

RULES: list[Any] = [
    "consensus",
    {"rule": "unanimity", "no-position": "counts-out"},
    {"more-than": "1/2", "no-position": "counts-no"},
    {"at-least": 2, "abstention": "counts-out"},
    {"any-of": ["unanimity", {"more-than": "1/2", "no-position": "counts-no"}]},
]
COMMANDS = {
    "diff": ["diff", "-v"],
    "brief": ["brief"],
    "ask": ["ask"],
    "matrix": ["matrix"],
    "explain": ["explain"],
    "deals": ["deals"],
}


@pytest.mark.parametrize("command", COMMANDS)
@examples(60)
@given(dossiers(features=[], max_parties=4), st.sampled_from(RULES), st.booleans())
def test_no_report_fails(command: str, plain: PlainDossier, rule: Any, is_for_one: bool) -> None:
    assume(len(plain.parties) > 2)
    issue = next(iter(plain.agenda["issues"]))
    ruled = {"decides": rule}
    issues = plain.agenda["issues"] | {issue: plain.agenda["issues"][issue] | ruled}
    agenda = plain.agenda | ({"issues": issues} if is_for_one else ruled)
    with tempfile.TemporaryDirectory() as folder:
        write_dossier(Path(folder), *plain._replace(agenda=agenda))
        about = [*plain.parties, *([issue] if command == "explain" else [])]
        day = ["--as-of", "2025-03-14", "--positions", folder]
        done = claimpos(*COMMANDS[command], *about, *day)
    assert done.returncode == 0, done.stderr
