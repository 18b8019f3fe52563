"""Where the system gives little memory, one line says so, whichever library asks for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from claimpos import load_dossier
from claimpos.dossier.libraries import check_memory
from claimpos.dossier.starter import write_starter
from claimpos.importing.exporting import exported_sheets
from claimpos.importing.workbook_writing import workbook
from tests.cli.process import environment
from tests.support import largely

NO_MEMORY = "claimpos: the system reports: cannot allocate memory.\n"
AS_OF = ("--as-of", "2026-02-28")
# What each needs a library for that may end the process, or say that it is broken.
COMMANDS = {
    "clingo": ("deals", "union", "port", *AS_OF),
    "resvg": ("matrix", "--format", "png", "-o", "out.png", *AS_OF),
    "typst": ("brief", "union", "port", "--format", "pdf", "-o", "out.pdf", *AS_OF),
    "lxml": ("brief", "union", "port", "--format", "docx", "-o", "out.docx", *AS_OF),
    "openpyxl, writing": ("export", "-o", "out.xlsx"),
    "openpyxl, reading": ("import", "table.xlsx", "--into", "out"),
    "SciPy": ("matrix", "--parties-by", "agreement", *AS_OF),
    "pygls": ("lsp",),
    "none": ("diff", "union", "port", *AS_OF),
}
ENOUGH = 512
SIZES = [4, 8, 12, 16, 24, 32, 48, 64, 80, 96, 128, 192, 256, ENOUGH]
# The limit counts from what the process has with the first of claimpos's modules.
LIMITED = """
import resource, sys
from claimpos.__main__ import command

with open("/proc/self/statm") as file:
    pages = int(file.read().split()[0])
most = pages * resource.getpagesize() + int(sys.argv.pop(1)) * 1_000_000
resource.setrlimit(resource.RLIMIT_AS, (most, most))
sys.exit(command())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems know no such limit")
@pytest.mark.parametrize("megabytes", largely(SIZES, 48))
@pytest.mark.parametrize("library", COMMANDS)
def test_one_line_says_that_there_is_too_little(
    library: str, megabytes: int, tmp_path: Path
) -> None:
    write_starter(tmp_path / "positions")
    held = workbook(exported_sheets(load_dossier(tmp_path / "positions")))
    (tmp_path / "table.xlsx").write_bytes(held)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(megabytes), *COMMANDS[library]],
        cwd=tmp_path,
        env=environment(XDG_CACHE_HOME="/dev/null", CLAIMPOS_POSITIONS="positions"),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert (done.returncode, done.stderr) in [(0, ""), (2, NO_MEMORY)]
    assert done.returncode == 0 or megabytes < ENOUGH
    if done.returncode:
        assert sorted(path.name for path in tmp_path.iterdir()) == ["positions", "table.xlsx"]


def test_memory_that_no_system_has() -> None:
    check_memory(1)
    with pytest.raises(MemoryError):
        check_memory(10**11)


@pytest.mark.parametrize(
    ("module", "command"), [("_blake2", "diff union port"), ("fcntl", "split")]
)
def test_a_part_of_python_that_finds_no_memory_is_not_one_that_is_missing(
    module: str, command: str, tmp_path: Path
) -> None:
    """What does without it would do other things: lock nothing, say."""
    write_starter(tmp_path / "positions")
    finder = (
        "import importlib.abc, sys\n"
        "class Finder(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, path, target=None):\n"
        f"        if name == {module!r}:\n"
        "            raise ImportError('lib.so: failed to map segment from shared object')\n"
        "sys.meta_path.insert(0, Finder())\n"
        f"sys.modules.pop({module!r}, None)\n"
        "from claimpos.__main__ import command\n"
        "sys.exit(command())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", finder, *command.split(), "--positions", "positions"],
        cwd=tmp_path,
        env=environment(XDG_CACHE_HOME="/dev/null"),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (2, NO_MEMORY)
    assert (tmp_path / "positions" / "port.yaml").exists()
