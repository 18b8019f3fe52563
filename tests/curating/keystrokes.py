"""How many keys three tasks of a curator take: by `claimpos add`, and typed into the files.

Run it with `python -m tests.curating.keystrokes`. A command is counted as it is typed, without
completion; a file as the lines that are new in it, without their indents, which editors repeat.
Finding the places in the files comes on top, and with today's files so does restating what still
holds, which `--from-last` does. The folder `first_edition` has what the first edition's README
had people type for the same: no `add`, evidence for all verbs together, no answers to texts.
"""

from __future__ import annotations

import shlex
import tempfile
from pathlib import Path
from typing import Any

from claimpos.dossier.starter import write_starter
from tests.cli.in_process import claimpos
from tests.support import yaml_data

TASKS = {
    "one new statement moves one position": (
        'claimpos add statement port "Offers five per cent." --source mediator-paper '
        "--basis reported + entry pay-rise --from-last --accepts '<=5'"
    ),
    "one report moves two parties": (
        'claimpos add source bay-times --title "Talks resume" --publisher "Bay Times" --date '
        '2026-03-01 --status press + statement port "Would pay seven per cent." --basis reported '
        "+ entry pay-rise --accepts '<=7' --refuses '>7' + statement union \"Would take "
        'volunteers." --basis reported + entry weekend --from-last --accepts voluntary'
    ),
    "joins the text": (
        'claimpos add statement union "Joins the draft." --source mediator-paper --basis stated '
        "+ answer mediator-draft accepts"
    ),
}
_FIRST_EDITION = Path(__file__).parent / "first_edition"
_IN_FILES = 2  # levels of a file's name, and of `statements`, `positions` or `sources` in it


def keys(command: str) -> tuple[int, int, int]:
    """The keys of a command, those of the lines that it adds to files, and how many files."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "positions"
        write_starter(folder)
        words = [*shlex.split(command)[1:], "--dry-run", "--positions", str(folder)]
        done = claimpos(*words)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    new = [line[1:].strip() for line in lines if line.startswith("+") and line[:3] != "+++"]
    return len(command) + 1, sum(len(line) + 1 for line in new), done.stdout.count("\n+++ ")


def in_first_edition(task: str) -> dict[str, dict[str, Any]]:
    """What was added to each file for a task."""
    text = (_FIRST_EDITION / f"{task}.yaml").read_text("utf-8")
    files: dict[str, dict[str, Any]] = yaml_data(text)
    return files


def keys_in_first_edition(task: str) -> int:
    """The keys of the lines that a task took; those above them were there."""
    text = (_FIRST_EDITION / f"{task}.yaml").read_text("utf-8")
    kept = {
        issue for held in in_first_edition(task).values() for issue in held.get("positions", ())
    }
    total = 0
    for line in text.splitlines():
        level = (len(line) - len(line.lstrip())) // 2
        if level >= _IN_FILES and line.strip().removesuffix(":") not in kept:
            total += len(line.strip()) + 1
    return total


def main() -> None:
    """Print the keys of each task."""
    for task, command in TASKS.items():
        typed, by_hand, files = keys(command)
        first = keys_in_first_edition(task)
        where = "one file" if files == 1 else f"{files} files"
        print(
            f"{task}: {typed} in one command; by hand, in {where}: {by_hand} today, "
            f"{first} in the first edition"
        )


if __name__ == "__main__":
    main()
