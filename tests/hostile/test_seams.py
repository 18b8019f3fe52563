"""Many of what a command takes several of: proposals, texts, outcomes of a schema, columns."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from claimpos.dossier.limits import VARIABLE
from claimpos.rendering.tables import GRID, _narrowed, fitted
from tests.cli.in_process import claimpos
from tests.hostile.large_inputs import TWO_OPTIONS, entry, write_agenda, write_party

QUOTED = '  q: {source: s, basis: stated, summary: So., quote: "by lot"}\n'


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    write_agenda(tmp_path, [TWO_OPTIONS, "kind: items, items: {n: N, m: M}, options: {a: A, b: B}"])
    for name in "pq":
        write_party(tmp_path, name, entry(0, "demands: a"), QUOTED)
    (tmp_path / "proposals").mkdir()
    for name in ("one", "two"):
        (tmp_path / "proposals" / f"{name}.yaml").write_text(
            f"proposal: {name}\ntitle: T {name}\ndate: 2025-03-01\nsource: s\nstatus: draft\n"
            "terms: {i0: {outcome: b, summary: So.}}\n"
        )
    (tmp_path / "text.txt").write_text("It is by lot.")
    return tmp_path


@pytest.mark.parametrize(
    ("command", "bound", "needed"),
    [
        ("assess one two", "assessed-answers", 12),
        ("assess one", "assessed-answers", 6),
        ("assess one two p", "assessed-answers", 6),
        ("schema party --for-agenda", "schema-outcomes", 8),
        ("check-quotes --text s=text.txt", "texts-bytes", 13),
    ],
)
def test_the_limit_is_told_and_can_be_raised(
    dossier: Path, command: str, bound: str, needed: int
) -> None:
    words = [*command.split(), "--positions", "."]
    met = claimpos(*words, cwd=dossier, **{VARIABLE: f"{bound}={needed - 1}"})
    assert met.returncode == 2
    assert f"set {VARIABLE}={bound}=… to more than {needed - 1:,}" in " ".join(met.stderr.split())
    assert claimpos(*words, cwd=dossier, **{VARIABLE: f"{bound}={needed}"}).returncode == 0


def test_a_table_of_many_columns_is_fitted_quickly() -> None:
    row = ["ab cd ef gh" * 9] * 1000
    began = time.process_time()
    fitted(row, [row, row], GRID, 80)
    assert time.process_time() - began < 3


def test_columns_are_narrowed_as_if_one_by_one() -> None:
    chance = Random(1)
    for _ in range(500):
        size = chance.randrange(1, 7)
        widths, least = ([chance.randrange(30) for _ in range(size)] for _ in range(2))
        room = chance.randrange(-9, 120)
        assert _narrowed(widths, least, room) == one_by_one(widths, least, room)


def one_by_one(widths: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    narrowed = list(widths)
    while sum(narrowed) > room:
        wider = [at for at, width in enumerate(narrowed) if width > least[at]]
        if not wider:
            break
        narrowed[max(wider, key=narrowed.__getitem__)] -= 1
    return narrowed
