"""Files that no dossier should hold, and the command: a finding, never a traceback or a wait.

The streams of a dossier's other faults are in tests/sessions, the parser's own in tests/dossier.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.in_process import claimpos
from tests.cli.process import COMMAND, WORKED, environment
from tests.reports.findings import FORMATS

SECONDS = 20  # of a busy machine; left alone, none of these takes one
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def of_bytes(raw: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(raw)


def large(path: Path) -> None:
    """A hundred million bytes, which take no room on the disk."""
    with path.open("wb") as file:
        file.write(b"party: x\n# ")
        file.truncate(100_000_000)


def fifo(path: Path) -> None:
    os.mkfifo(path)


def unreadable(path: Path) -> None:
    path.write_text("party: x\n")
    path.chmod(0)


# What a file is, the line and column of its first finding, and a part of what is said.
FILES: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "broken YAML": (of_bytes(b"party: x\nname: [a, b\n"), "2:7", "not valid YAML"),
    "a quote left open": (of_bytes(b'party: x\nname: "a\n'), "2:7", "not valid YAML"),
    "Latin-1": (of_bytes("party: x\nname: é\n".encode("latin-1")), "2:7", "not UTF-8"),
    "UTF-16": (of_bytes("party: x\n".encode("utf-16")), "1:1", "not UTF-8"),
    "bytes at random": (of_bytes(bytes(range(256)) * 40), "3:115", "not UTF-8"),
    "a NUL": (of_bytes(b"party: x\nname: a\0b\n"), "2:8", "U+0000"),
    "a tab indent": (
        of_bytes(b"party: x\nstatements:\n\ta: b\n"),
        "3:1",
        "a tab indents this line",
    ),
    "a duplicate key": (of_bytes(b"party: x\nname: a\nname: b\n"), "3:1", "already on line"),
    "an alias": (of_bytes(b"party: x\nname: *a\n"), "2:7", "an alias"),
    "an anchor": (of_bytes(b"party: &a x\n"), "1:8", "an anchor"),
    "ten laughs": (
        of_bytes(b"a: &a [x, x]\n" + b"".join(b"b%d: [*a, *a]\n" % n for n in range(50_000))),
        *("1:4", "an anchor"),
    ),
    "a Python object": (
        of_bytes(b"party: !!python/object/apply:os.system ['touch pwned']\n"),
        *("1:8", "a tag"),
    ),
    "a tag of one's own": (of_bytes(b"party: !<tag:x> y\n"), "1:8", "a tag"),
    "nested brackets": (of_bytes(b"a: " + b"[" * 100_000), "1:43", "levels deep"),
    "nested maps": (of_bytes(b"{a: " * 100_000), "1:161", "levels deep"),
    "nested dashes": (of_bytes(b"- " * 100_000), "1:81", "levels deep"),
    "nested by indent": (
        of_bytes(b"".join(b" " * depth + b"a:\n" for depth in range(2_000))),
        *("41:41", "levels deep"),
    ),
    "100 MB": (large, "1:1", "larger than 8 MB"),
    "a folder": (Path.mkdir, "1:1", "not a regular file"),
    "a FIFO": (fifo, "1:1", "not a regular file"),
    "a device": (lambda path: path.symlink_to("/dev/zero"), "1:1", "lies outside the dossier"),
    "a link to nowhere": (lambda path: path.symlink_to("nowhere"), "1:1", "no such file"),
    "a link to itself": (lambda path: path.symlink_to(path.name), "1:1", "symbolic links"),
    "an unreadable file": (unreadable, "1:1", "permission denied"),
    "an empty file": (of_bytes(b""), "1:1", "empty"),
    "two documents": (of_bytes(b"party: x\n---\nparty: y\n"), "2:1", "a second document"),
    "a bell": (of_bytes(b"party: x\nname: \a\n"), "2:7", "U+0007"),
    "a terminal's escape": (of_bytes(b"party: x\nname: a\x1b[31m\n"), "2:8", "U+001B"),
    "an escape written out": (of_bytes(b'party: x\nname: "a\\e[31m"\n'), "2:7", "control"),
    "right to left": (of_bytes("party: x\nname: a\u202eb\n".encode()), "2:8", "U+202E"),
    "a digit too long": (of_bytes(b"party: x\nname: " + b"9" * 1_000_000), "2:7", "digits"),
    "an exponent": (of_bytes(b"party: x\nname: 1e999999999999\n"), "2:7", "digits"),
}


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    return Path(shutil.copytree(WORKED, tmp_path / "positions"))


def obey_permissions() -> None:
    """Take root's way past them, before the command starts."""
    if os.geteuid() == 0:
        drop_from_bounding_set = 24
        for capability in (1, 2):  # to override permissions; to read whatever they say
            ctypes.CDLL(None).prctl(drop_from_bounding_set, capability, 0, 0, 0)


# These could take up memory or wait for ever; and permissions mean nothing to root.
APART = {"100 MB", "a FIFO", "a device", "an unreadable file"}


def run(folder: Path, *arguments: str, apart: bool = False) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, in a process of its own if it is to be `apart`."""
    if not apart:
        return claimpos(*arguments, cwd=folder, CLAIMPOS_POSITIONS="")
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder,
        env=environment(CLAIMPOS_POSITIONS=""),
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        preexec_fn=obey_permissions,
    )


ELSEWHERE = ["broken YAML", "nested brackets", "100 MB", "a FIFO", "an unreadable file"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *[("x.yaml", kind) for kind in FILES],
        *[("agenda.yaml", kind) for kind in ELSEWHERE],
        *[("proposals/x.yaml", kind) for kind in ELSEWHERE],
    ],
)
def test_a_file(kind: str, name: str, dossier: Path) -> None:
    make, place, message = FILES[kind]
    path = dossier / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    make(path)
    done = run(dossier.parent, "validate", "positions", apart=kind in APART)
    assert (done.returncode, done.stderr) == (1, "")
    heads = [line for line in done.stdout.splitlines() if not line.startswith("    ")]
    first = next(line for line in heads if line.startswith(f"positions/{name}:"))
    assert first.startswith(f"positions/{name}:{place}: error: ")
    assert message in first
    assert not STEERING.search(done.stdout)
    assert "Traceback" not in done.stdout
    assert not (dossier.parent / "pwned").exists()


@pytest.mark.parametrize("kind", ["broken YAML", "a Python object", "100 MB", "a FIFO"])
def test_any_other_command_stops_with_the_same_findings(kind: str, dossier: Path) -> None:
    FILES[kind][0](dossier / "x.yaml")
    rules = ("--ignore", "CP4,CP5,CP6,CP313")
    told = run(dossier.parent, "validate", "positions", *rules, apart=kind in APART)
    done = run(dossier.parent, "diff", "russia", "us", apart=kind in APART)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[:-1] == told.stdout.splitlines()[:-1]


@pytest.mark.parametrize("format_name", FORMATS)
def test_hostile_words_of_a_dossier(format_name: str, dossier: Path) -> None:
    words = "<script>alert(1)</script> ]]> ::error::x ##[add-mask]y 100%0A {0} [a](b) \\u001b[31m"
    (dossier / "x.yaml").write_text(
        f"party: x\nname: {json.dumps(words)}\n{json.dumps(words)}: 1\nstatements: {{}}\n"
        f"positions:\n  arms:\n    - {{since: 2025, demands: {json.dumps(words)}}}\n",
        "utf-8",
    )
    done = run(dossier.parent, "validate", "--format", format_name)
    assert (done.returncode, done.stderr) == (1, "")
    assert not STEERING.search(done.stdout)
    assert "script" in done.stdout


def test_a_report_that_cannot_be_written(dossier: Path) -> None:
    done = run(dossier.parent, "validate", "-o", "missing/report.txt")
    assert done.returncode == 2
    assert (
        done.stderr == "claimpos: cannot write “missing/report.txt”: no such file or directory.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("validate", "positions", "--strict"), 1),
        (("validate", "positions"), 0),
        (("validate", "nowhere"), 2),
        (("validate", "--select", "CP999"), 2),
        (("validate", "empty"), 3),
    ],
)
def test_exit_codes(arguments: tuple[str, ...], code: int, dossier: Path) -> None:
    (dossier.parent / "empty").mkdir()
    assert run(dossier.parent, *arguments).returncode == code


def test_standard_input_that_is_closed_or_endless(dossier: Path) -> None:
    command = [*COMMAND, "validate", "-", "--stdin-filename", str(dossier / "us.yaml")]
    for source, said in (("<&-", "the file is empty"), ("</dev/zero", "larger than 8 MB")):
        done = subprocess.run(
            ["sh", "-c", f'exec "$@" {source}', "sh", *command],
            env=environment(),
            capture_output=True,
            encoding="utf-8",
            timeout=SECONDS,
        )
        assert done.returncode == 1, done.stderr
        assert said in done.stdout


def test_a_name_that_is_unknown() -> None:
    done = claimpos("diff", "russia", "ukrane")
    assert done.returncode == 2
    assert "ukraine" in done.stderr
