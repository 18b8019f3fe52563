"""The inputs that take the most memory, at their largest: each answer takes less than 500 MB.

`python -m tests.benchmarks growth` measures all of them.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.process import COMMAND, environment
from tests.hostile.large_inputs import FAMILIES

MEGABYTES = 500
WORST = [
    ("statements", "validate ."),
    ("statements", "diff p q"),
    ("ordinary, by entries", "validate ."),
    ("ranges apart", "diff {parties}"),
    ("only control characters on lines", "validate ."),
    ("only list of maps", "validate ."),
]


@pytest.mark.large
@pytest.mark.skipif(sys.platform != "linux", reason="other systems count memory otherwise")
@pytest.mark.parametrize(("family", "command"), WORST)
def test_the_worst_take_less_than_500_megabytes(family: str, command: str, tmp_path: Path) -> None:
    FAMILIES[family].write(tmp_path, FAMILIES[family].largest)
    parties = " ".join(sorted(path.stem for path in tmp_path.glob("p*.yaml")))
    process = subprocess.Popen(
        [*COMMAND, *command.format(parties=parties).split()],
        cwd=tmp_path,
        env=environment(CLAIMPOS_POSITIONS=".", XDG_CACHE_HOME=str(tmp_path / "none")),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in {0, 1}
    assert usage.ru_maxrss / 1024 < MEGABYTES
