"""The steps of the action, run as its runner runs them; only setup-python is left out."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.process import WORKED
from tests.clients.project import copy_of_the_project, run
from tests.reports.runner import carried_out
from tests.support import yaml_data

INPUT = re.compile(r"\$\{\{ *inputs\.(\w+) *\}\}")
PYTHON = re.compile(r"\$\{\{ *steps\.python\.outputs\.python-path *\}\}")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scratch folder in which all steps but the last have been run."""
    if shutil.which("bash") is None:
        pytest.skip("bash is not installed")
    scratch = tmp_path_factory.mktemp("action")
    copy_of_the_project(scratch / "project")
    for number in range(len(scripts(scratch)) - 1):
        done = step(scratch, number)
        if done.returncode:
            pytest.skip(f"the action cannot be installed: {done.stderr.strip().splitlines()[-1]}")
    shutil.copytree(WORKED, scratch / "positions")
    return scratch


def action(scratch: Path) -> Path:
    return scratch / "project" / ".github" / "actions" / "validate"


def scripts(scratch: Path) -> list[dict[str, object]]:
    text = (action(scratch) / "action.yml").read_text("utf-8")
    return [one for one in yaml_data(text)["runs"]["steps"] if "run" in one]


def step(scratch: Path, number: int, **inputs: str) -> subprocess.CompletedProcess[str]:
    one = scripts(scratch)[number]
    text = (action(scratch) / "action.yml").read_text("utf-8")
    values = {name: told["default"] for name, told in yaml_data(text)["inputs"].items()} | inputs
    variables = {
        name: INPUT.sub(lambda found: values[found[1]], PYTHON.sub(sys.executable, str(value)))
        for name, value in dict(one.get("env", {})).items()  # type: ignore[call-overload]
    }
    return run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", str(one["run"])],
        scratch,
        **variables,
        GITHUB_ACTIONS="true",
        GITHUB_ACTION_PATH=str(action(scratch)),
        RUNNER_TEMP=str(scratch),
    )


def test_a_dossier_in_order(installed: Path) -> None:
    done = step(installed, -1)
    assert done.returncode == 0, done.stdout + done.stderr
    assert {command.name for command in carried_out(done.stdout)} == {"warning", "notice"}


def test_options_are_passed_on(installed: Path) -> None:
    done = step(installed, -1, arguments="--strict  --ignore CP313,CP501")
    assert done.returncode == 1, done.stdout + done.stderr
    assert {command.name for command in carried_out(done.stdout)} == {"warning"}


def test_a_broken_dossier(installed: Path) -> None:
    shutil.copytree(installed / "positions", installed / "broken talks")
    (installed / "broken talks" / "us.yaml").write_text("party: us\n  x: [", "utf-8")
    done = step(installed, -1, path="broken talks")
    assert done.returncode == 1
    first = carried_out(done.stdout)[0]
    assert (first.name, first.properties["file"]) == ("error", "broken talks/us.yaml")


def test_an_input_is_never_run(installed: Path) -> None:
    done = step(installed, -1, path='"; touch pwned; $(touch pwned) `touch pwned`')
    assert done.returncode == 2
    assert "there is no file or folder" in done.stderr
    assert not (installed / "pwned").exists()
