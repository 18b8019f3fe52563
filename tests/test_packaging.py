"""The wheel: what it carries, and that it works where nothing else of the project is."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

pytestmark = pytest.mark.large  # to build a wheel takes seconds


@pytest.fixture(scope="module")
def before() -> set[str]:
    """What was there before the wheel was built: somebody may be at work in the checkout."""
    return to_be_carried()


@pytest.fixture(scope="module")
def wheel(before: set[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel; built with what is installed, if it is enough, else with what pip fetches."""
    if find_spec("pip") is None:
        pytest.skip("pip is not installed")
    folder = tmp_path_factory.mktemp("wheel")
    here = ["--no-build-isolation"] if find_spec("hatchling") else []
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", *here, "-w", str(folder)]
    built = subprocess.run([*command, str(ROOT)], capture_output=True, text=True, cwd=folder)
    if built.returncode and not here:
        reason = built.stderr.strip().splitlines() or ["for no reason given"]
        pytest.skip(f"the build back end cannot be had: {reason[-1]}")
    assert built.returncode == 0, built.stderr
    (found,) = folder.glob("*.whl")
    return found


def shipped(folder: str) -> set[str]:
    """The files below a folder of the checkout, as git would carry them."""
    return {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }


def to_be_carried() -> set[str]:
    data = {f"claimpos/{name}" for folder in ("positions", "schemas") for name in shipped(folder)}
    return shipped("claimpos") | data


def test_it_carries_all_that_is_needed_and_nothing_else(wheel: Path, before: set[str]) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    inside = {name for name in names if ".dist-info/" not in name}
    assert before & to_be_carried() <= inside <= before | to_be_carried()
    assert "claimpos/py.typed" in inside
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def test_it_works_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    unpacked, empty = tmp_path / "unpacked", tmp_path / "empty"
    empty.mkdir()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(unpacked)
    variables = {"PYTHONPATH": str(unpacked), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    ours = "import claimpos, sys; sys.exit(not claimpos.__file__.startswith(sys.argv[1]))"
    for arguments in (
        ["-c", ours, str(unpacked)],
        ["-m", "claimpos", "diff", "russia", "us", "--as-of", "2025-03-14"],
        ["-m", "claimpos", "schema", "party"],
        ["-m", "claimpos", "guide", "files"],
    ):
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=empty,
            env={**os.environ, **variables},
            capture_output=True,
            encoding="utf-8",
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert "diff" not in arguments or "Russia and US, as of 14 March 2025" in done.stdout
    assert list(empty.iterdir()) == []


def test_it_names_its_needs_and_its_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        texts = {
            Path(name).name: archive.read(name).decode("utf-8")
            for name in archive.namelist()
            if ".dist-info/" in name
        }
    needs = [line for line in texts["METADATA"].splitlines() if line.startswith("Requires-Dist")]
    plain = {line.split()[1].split("<")[0].split(">")[0] for line in needs if "extra" not in line}
    needed = {"typer", "pyyaml", "tabulate", "jsonschema", "clingo", "jinja2", "wcwidth"}
    assert plain == needed | {"anyascii"}
    assert "claimpos = claimpos.__main__:command" in texts["entry_points.txt"]
