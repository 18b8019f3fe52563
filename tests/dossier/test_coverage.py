"""What became of the paragraphs of a source, and how much of a dossier may be asked so."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimpos import load_dossier
from claimpos.dossier.coverage import coverage_of
from claimpos.dossier.paragraphs import marked_and_stated
from claimpos.errors import WrongUsage
from tests.curating.sheets import harbour
from tests.support import within


def with_sources(tmp_path: Path, keys: str, locators: list[str]) -> Path:
    positions = harbour(tmp_path)
    sources = positions / "sources.yaml"
    sources.write_text(sources.read_text("utf-8") + keys, encoding="utf-8")
    port = positions / "port.yaml"
    said = "".join(
        f"  s-{number}: {{source: gazette, basis: stated, summary: S., locator: {locator!r}}}\n"
        for number, locator in enumerate(locators)
    )
    text = port.read_text("utf-8").replace("statements: {}\n", f"statements:\n{said}")
    port.write_text(text, encoding="utf-8")
    return positions


def test_coverage(tmp_path: Path) -> None:
    keys = "    paragraphs: 7\n    no-position: {rain: [1, 7], talk: [3]}\n"
    positions = with_sources(tmp_path, keys, ["par. 2", "pars. 3, 5 to 99", "p. 4"])
    (coverage,) = coverage_of(load_dossier(positions))
    assert {number: len(some) for number, some in coverage.statements.items()} == {
        2: 1,
        3: 1,
        5: 1,
        6: 1,
        7: 1,
    }
    assert coverage.no_position == {1: "rain"}
    assert coverage.unmarked == [4]
    both = marked_and_stated(load_dossier(positions))
    assert {key: stated[1].id for key, stated in both.items()} == {
        ("gazette", 3): "s-1",
        ("gazette", 7): "s-1",
    }


def test_many_long_stretches_end_soon(tmp_path: Path) -> None:
    keys = "    paragraphs: 999999\n    no-position: {rain: [1, 7]}\n"
    locator = "pars. " + ", ".join(["1–999999"] * 500)
    positions = with_sources(tmp_path, keys, [locator] * 300)
    dossier = load_dossier(positions)
    with within(5), pytest.raises(WrongUsage, match="covered-paragraphs=…"):
        coverage_of(dossier)
    with within(5):
        assert len(marked_and_stated(dossier)) == 2


@pytest.mark.large
def test_a_stretch_over_many_marked_paragraphs(tmp_path: Path) -> None:
    keys = f"    no-position: {{rain: [{', '.join(map(str, range(1, 200_001)))}]}}\n"
    dossier = load_dossier(with_sources(tmp_path, keys, ["pars. 1-999999"]))
    with within(1):
        assert len(marked_and_stated(dossier)) == 200_000
