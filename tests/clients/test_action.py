"""The steps of the action, run as its runner runs them; only setup-python is left out."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.cli.process import WORKED
from tests.clients.project import ROOT, copy_of_the_project, run
from tests.reports.runner import carried_out
from tests.support import yaml_data

pytestmark = pytest.mark.large

INPUT = re.compile(r"\$\{\{ *inputs\.(\w+) *\}\}")
PYTHON = re.compile(r"\$\{\{ *steps\.python\.outputs\.python-path *\}\}")


MARK = "mark"
CODE = "import os; open(os.path.join({scratch!r}, 'mark'), 'a').write({name!r})\n"
SHADOWS = ["pip", "claimpos", "sitecustomize", "usercustomize", "json", "yaml", "typer", "typing"]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scratch folder in which all steps but the last have been run, in a hostile workspace."""
    if shutil.which("bash") is None:
        pytest.skip("bash is not installed")
    scratch = tmp_path_factory.mktemp("action")
    copy_of_the_project(scratch / "project")
    (scratch / "temp").mkdir()
    shutil.copytree(WORKED, workspace(scratch) / "positions")
    made = [shadow(scratch, name) for name in SHADOWS]
    (workspace(scratch) / "pip.conf").write_text("[global]\nindex-url = file:///nowhere\n", "utf-8")
    (workspace(scratch) / "setup.cfg").write_text("[install]\nprefix = here\n", "utf-8")
    (workspace(scratch) / "constraints.txt").write_text("pyyaml==0\n", "utf-8")
    for number in range(len(scripts(scratch)) - 1):
        done = step(scratch, number, {"PIP_CONSTRAINT": "constraints.txt", "PYTHONPATH": "."})
        assert not (scratch / MARK).exists()
        if done.returncode:
            pytest.skip(f"the action cannot be installed: {done.stderr.strip().splitlines()[-1]}")
    for path in made:
        path.unlink()
    return scratch


def workspace(scratch: Path) -> Path:
    return scratch / "workspace"


def shadow(scratch: Path, name: str) -> Path:
    """A module of the workspace that leaves a mark when it is imported."""
    path = workspace(scratch) / f"{name}.py"
    path.parent.mkdir(exist_ok=True)
    path.write_text(CODE.format(scratch=str(scratch), name=name), "utf-8")
    return path


def action(scratch: Path) -> Path:
    return scratch / "project" / ".github" / "actions" / "validate"


def scripts(scratch: Path) -> list[dict[str, object]]:
    text = (action(scratch) / "action.yml").read_text("utf-8")
    return [one for one in yaml_data(text)["runs"]["steps"] if "run" in one]


def step(
    scratch: Path, number: int, environment: dict[str, str] | None = None, **inputs: str
) -> subprocess.CompletedProcess[str]:
    one = scripts(scratch)[number]
    text = (action(scratch) / "action.yml").read_text("utf-8")
    values = {name: told["default"] for name, told in yaml_data(text)["inputs"].items()} | inputs
    variables = {
        name: INPUT.sub(lambda found: values[found[1]], PYTHON.sub(sys.executable, str(value)))
        for name, value in dict(one.get("env", {})).items()  # type: ignore[call-overload]
    }
    return run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", str(one["run"])],
        workspace(scratch),
        **(environment or {}),
        **variables,
        GITHUB_ACTIONS="true",
        GITHUB_ACTION_PATH=str(action(scratch)),
        RUNNER_TEMP=str(scratch / "temp"),
    )


def test_a_dossier_in_order(installed: Path) -> None:
    done = step(installed, -1)
    assert done.returncode == 0, done.stdout + done.stderr
    assert {command.name for command in carried_out(done.stdout)} == {"warning", "notice"}


def test_options_are_passed_on(installed: Path) -> None:
    done = step(installed, -1, arguments="--strict  --ignore CP313,CP414,CP501")
    assert done.returncode == 1, done.stdout + done.stderr
    assert {command.name for command in carried_out(done.stdout)} == {"warning"}


LINES = [
    "--ignore CP313,CP414,CP501\n--strict",
    "--strict\n--ignore CP313,CP414,CP501\n",
    "\n\t--strict \n\n  --ignore\n CP313,CP414,CP501",
]


@pytest.mark.parametrize("lines", LINES)
def test_options_on_several_lines_are_passed_on(lines: str, installed: Path) -> None:
    done = step(installed, -1, arguments=lines)
    assert done.returncode == 1, done.stdout + done.stderr
    assert {command.name for command in carried_out(done.stdout)} == {"warning"}


@pytest.mark.parametrize(
    "lines", ["--bogus\n--strict", "--strict\n--bogus", "--strict\n\n--bogus\n"]
)
def test_no_option_is_left_out_in_silence(lines: str, installed: Path) -> None:
    done = step(installed, -1, arguments=lines)
    assert done.returncode == 2
    assert "--bogus" in done.stderr


def test_a_broken_dossier(installed: Path) -> None:
    broken = workspace(installed) / "broken talks"
    shutil.copytree(workspace(installed) / "positions", broken)
    (broken / "us.yaml").write_text("party: us\n  x: [", "utf-8")
    done = step(installed, -1, path="broken talks")
    assert done.returncode == 1
    first = carried_out(done.stdout)[0]
    assert (first.name, first.properties["file"]) == ("error", "broken talks/us.yaml")


def test_an_input_is_never_run(installed: Path) -> None:
    done = step(installed, -1, path='"; touch pwned; $(touch pwned) `touch pwned`')
    assert done.returncode == 2
    assert "there is no file or folder" in done.stderr
    assert not (workspace(installed) / "pwned").exists()


# Modules of the workspace that are there together, and what the job's environment says.
HOSTILE = {
    "modules": ([*SHADOWS, "os", "clingo", "tabulate", "encodings"], {}),
    "packages": (
        [f"{name}/{part}" for name in ("claimpos", "yaml") for part in ("__init__", "__main__")],
        {},
    ),
    "a path": (["claimpos", "sitecustomize"], {"PYTHONPATH": "."}),
    "an empty path": (["claimpos", "sitecustomize"], {"PYTHONPATH": ":"}),
    "a folder": (["lib/json"], {"PYTHONPATH": "lib"}),
    "startup": (["startup"], {"PYTHONSTARTUP": "startup.py", "PYTHONINSPECT": "1"}),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_nothing_of_the_workspace_is_run(case: str, installed: Path) -> None:
    names, environment = HOSTILE[case]
    paths = [shadow(installed, name) for name in names]
    done = step(installed, -1, environment)
    for path in paths:
        path.unlink()
    mark = installed / MARK
    assert not mark.exists(), mark.read_text("utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_it_needs_is_pinned() -> None:
    """Each package that pyproject.toml leads to has one version, and it is one asked for there.

    The oldest Python needs the most packages.
    """
    oldest = {"python_version": "3.11", "python_full_version": "3.11.0"}
    text = (ROOT / ".github" / "actions" / "validate" / "requirements.txt").read_text("utf-8")
    lines = [Requirement(line) for line in text.splitlines() if not line.startswith("#")]
    pinned = {one.name: str(one.specifier).removeprefix("==") for one in lines}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    waiting, met = [Requirement(line) for line in project["dependencies"]], {"colorama"}
    while waiting:
        needed = waiting.pop()
        name = canonicalize_name(needed.name)
        assert needed.specifier.contains(pinned[name]), name
        if name not in met:
            met.add(name)
            more = map(Requirement, distribution(name).requires or [])
            waiting += [one for one in more if one.marker is None or one.marker.evaluate(oldest)]
    assert met == pinned.keys()
    assert [one.name for one in lines] == sorted(pinned)


def test_no_input_is_part_of_a_command_and_every_action_is_pinned() -> None:
    text = (ROOT / ".github" / "actions" / "validate" / "action.yml").read_text("utf-8")
    for one in yaml_data(text)["runs"]["steps"]:
        assert "${{" not in one.get("run", "")
        assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", one.get("uses", f"x@{'0' * 40}"))
