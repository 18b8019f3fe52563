"""The inputs that take the most memory, at their largest: each answer takes less than 500 MB.

`python -m tests.benchmarks growth` measures all of them.
"""

from __future__ import annotations

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
    ("statements", "export -o all.xlsx"),
    ("ordinary, by entries", "validate ."),
    ("ranges apart", "diff {parties}"),
    ("only control characters on lines", "validate ."),
    ("only list of maps", "validate ."),
]


# Runs a command, and prints its exit code and the most memory that it took, in kilobytes. A process
# of its own, because the system counts what a process has when it starts another as that other's.
MEASURED = """if True:
    import resource, subprocess, sys
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    code = subprocess.call(sys.argv[1:], **quiet)
    print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.large
@pytest.mark.skipif(sys.platform != "linux", reason="other systems count memory otherwise")
@pytest.mark.parametrize(("family", "command"), WORST)
def test_the_worst_take_less_than_500_megabytes(family: str, command: str, tmp_path: Path) -> None:
    FAMILIES[family].write(tmp_path, FAMILIES[family].largest)
    parties = " ".join(sorted(path.stem for path in tmp_path.glob("p*.yaml")))
    command_line = [*COMMAND, *command.format(parties=parties).split()]
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *command_line],
        cwd=tmp_path,
        env=environment(CLAIMPOS_POSITIONS=".", XDG_CACHE_HOME=str(tmp_path / "none")),
        capture_output=True,
        text=True,
    )
    code, kilobytes = map(int, done.stdout.split())
    assert code in {0, 1}
    assert kilobytes / 1024 < MEGABYTES
