"""`claimpos validate` once the talks have closed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.in_process import claimpos
from tests.support import write_short

AGENDA = {"war": {"options": ["on", "off"]}}


def folder_closed(folder: Path, closed: str, since: str) -> Path:
    write_short(folder, AGENDA, {"ann": {"war": {"accepts": "on", "since": since}}})
    file = folder / "agenda.yaml"
    text = file.read_text("utf-8").replace('"groups"', f'"closed": "{closed}", "groups"', 1)
    file.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("closed", "more", "told"),
    [
        ("2020-03", (), ""),
        ("2020-12", (), "last confirmed 334 days ago"),
        ("2020-03", ("--as-of", "2020-12-31"), "last confirmed 334 days ago"),
        ("2020-03", ("--as-of", "today"), "days ago"),
        ("2999", (), "days ago"),
    ],
)
def test_no_position_grows_older_once_the_talks_have_closed(
    tmp_path: Path, closed: str, more: tuple[str, ...], told: str
) -> None:
    folder = folder_closed(tmp_path / "talks", closed, "2020-02-01")
    aged = ("--stale-after", "90d", "--select", "CP601", "--format", "json")
    said = claimpos("validate", str(folder), *aged, *more, cwd=tmp_path).stdout
    assert ("CP601" in said) == bool(told)
    assert told in said


def test_a_date_after_the_end_of_the_talks_is_not_in_the_future(tmp_path: Path) -> None:
    folder = folder_closed(tmp_path / "talks", "2020-03", "2021")
    assert claimpos("validate", str(folder), "--select", "CP409", cwd=tmp_path).returncode == 0


def test_talks_that_close_in_the_future_have_not_closed(tmp_path: Path) -> None:
    folder = folder_closed(tmp_path / "talks", "2999", "2020")
    assert "2999 is in the future" in claimpos("validate", str(folder), cwd=tmp_path).stdout
    default, today = (
        claimpos("show", "ann", "--positions", str(folder), *more, cwd=tmp_path).stdout
        for more in ((), ("--as-of", "today"))
    )
    assert default == today
    assert "closed" not in default
