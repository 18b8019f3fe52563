"""Core issues: reports put them first, and `--core` shows them alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from claimpos import compare
from claimpos.cli.selection import chosen_issues
from claimpos.dossier.model import Dossier
from claimpos.errors import WrongUsage
from tests.support import short_dossier

OPTIONS = ["a", "b"]


def dossier(folder: Path, **more: Any) -> Dossier:
    agenda = {key: {"options": OPTIONS, **more.get(key, {})} for key in ("tea", "land", "war")}
    return short_dossier(folder, agenda, {"ann": {"tea": {"demands": "a"}}, "bo": {}})


CORE = {"land": {"core": True}, "war": {"core": True}}


def test_they_come_first_in_the_order_of_the_agenda(tmp_path: Path) -> None:
    found = compare(dossier(tmp_path, **CORE), ["ann", "bo"])
    assert [verdict.issue.id for verdict in found.issues] == ["land", "war", "tea"]


def test_they_alone_are_chosen_and_of_those_named_the_ones_among_them(tmp_path: Path) -> None:
    some = dossier(tmp_path, **CORE)
    assert chosen_issues(some, None, None, core=True) == {"land", "war"}
    assert chosen_issues(some, ["war", "tea"], None, core=True) == {"war"}
    assert chosen_issues(some, None, ["all-issues"], core=True) == {"land", "war"}
    assert chosen_issues(some, None, None) is None


def test_where_none_is_left_it_is_said_why(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match="none of the issues named is a core issue"):
        chosen_issues(dossier(tmp_path / "some", **CORE), ["tea"], None, core=True)
    with pytest.raises(WrongUsage, match="write `core: true`"):
        chosen_issues(dossier(tmp_path / "none"), None, None, core=True)
