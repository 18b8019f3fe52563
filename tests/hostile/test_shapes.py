"""Extreme shapes of a dossier, and the commands that once took long or much memory on them.

Each is of a size that the limits let through, or a part of it where that is enough to tell.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.in_process import claimpos
from tests.hostile.large_inputs import entry, word, write_agenda, write_party
from tests.support import largely, within

SECONDS = 5.0  # of the processor; what is measured took at least twice as long once


def many_options(count: int) -> str:
    options = ", ".join(f"o{number}: Option {word(number)}" for number in range(count))
    return f"kind: choice, options: {{{options}}}"


def every(count: int, step: int, first: int = 0) -> str:
    return f"[{', '.join(f'o{number}' for number in range(first, count, step))}]"


def parties_with_options(folder: Path) -> None:
    """Parties each of which demands a half of very many options."""
    write_agenda(folder, [many_options(1_000)])
    for who in range(30):
        write_party(folder, f"p{who}", entry(0, f"demands: {every(1_000, 2, who % 2)}"))


SHAPES: dict[str, tuple[Callable[[Path], None], str]] = {
    "explain, options": (parties_with_options, "explain {parties} i0"),
}


@pytest.mark.parametrize("case", largely(SHAPES, "explain, options"))
def test_shapes(case: str, tmp_path: Path) -> None:
    write, command = SHAPES[case]
    write(tmp_path)
    parties = " ".join(sorted(path.stem for path in tmp_path.glob("p*.yaml")))
    with within(SECONDS):
        told = claimpos(
            *command.format(parties=parties).split(), cwd=tmp_path, CLAIMPOS_POSITIONS="."
        )
    assert told.returncode in {0, 1} or "CLAIMPOS_LIMITS=" in told.stderr
