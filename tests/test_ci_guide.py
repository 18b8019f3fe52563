"""The guide to CI: its workflows are sound, and give a stranger's pull request nothing."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from claimpos.dossier.limits import DEFAULTS
from tests.support import yaml_data

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "claimpos" / "guide" / "ci.md").read_text("utf-8")
SNIPPETS = [yaml_data(text) for text in re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)]
WORKFLOWS = [one for one in SNIPPETS if "on" in one]
STEPS = [step for one in WORKFLOWS for job in one["jobs"].values() for step in job["steps"]]
SCRIPTS = [
    *(step["run"] for step in STEPS if "run" in step),
    *("\n".join(one["positions"]["script"]) for one in SNIPPETS if "positions" in one),
]
# A whole commit hash, or in place of it the word that the page explains.
PINNED = re.compile(r"actions/[\w-]+@[0-9a-f]{40}|OWNER/claimpos/[\w./-]+@COMMIT")


def test_there_is_something_to_check() -> None:
    assert (len(SNIPPETS), len(WORKFLOWS), len(SCRIPTS)) == (5, 2, 3)


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_a_workflow_gives_a_fork_nothing(workflow: dict[str, Any]) -> None:
    assert set(workflow["on"]) <= {"push", "pull_request"}
    assert workflow["permissions"] == {"contents": "read"}
    assert all("permissions" not in job for job in workflow["jobs"].values())
    assert "secrets" not in str(workflow)


@pytest.mark.parametrize("step", [step for step in STEPS if "uses" in step])
def test_an_action_is_pinned(step: dict[str, Any]) -> None:
    assert PINNED.fullmatch(step["uses"])
    if step["uses"].startswith("actions/checkout@"):
        assert str(step["with"]["persist-credentials"]).lower() == "false"
    if step["uses"].startswith("OWNER/claimpos/"):
        folder = step["uses"].removeprefix("OWNER/claimpos/").partition("@")[0]
        inputs = yaml_data((ROOT / folder / "action.yml").read_text("utf-8"))["inputs"]
        assert set(step["with"]) <= set(inputs)


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_takes_nothing_from_the_workspace(script: str) -> None:
    assert "${{" not in script
    runs = re.findall(r"^.*python.*$", script.replace("\\\n", ""), re.MULTILINE)
    assert runs
    assert all(re.search(r'python3?"? -I -m (venv|pip|claimpos) ', line) for line in runs)
    assert all("@COMMIT" in line for line in script.splitlines() if "git+" in line)
    if shutil.which("bash"):
        assert subprocess.run(["bash", "-n"], input=script, text=True).returncode == 0


def test_the_hook_is_one_of_ours_at_a_commit() -> None:
    (repository,) = next(one["repos"] for one in SNIPPETS if "repos" in one)
    manifest = yaml_data((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert repository["rev"] == "COMMIT"
    assert {one["id"] for one in repository["hooks"]} <= {one["id"] for one in manifest}


def test_its_limits_exist() -> None:
    (text,) = (one["env"]["CLAIMPOS_LIMITS"] for one in SNIPPETS if "env" in one)
    assert {part.partition("=")[0] for part in text.split(",")} <= DEFAULTS.keys()
