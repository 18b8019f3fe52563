"""How many keys three tasks of a curator take: by `claimpos add`, and typed into the files.

Run it with `python -m tests.curating.keystrokes`. A command is counted as it is typed, without
completion; a file as the lines that are new in it, without their indents, which editors repeat.
Finding the places in the files, and restating what still holds, comes on top.
"""

from __future__ import annotations

import shlex
import tempfile
from pathlib import Path

from claimpos.dossier.starter import write_starter
from tests.cli.in_process import claimpos

TASKS = {
    "one new statement moves one position": (
        'claimpos add statement port "Offers five per cent." --source harbour-news '
        "--basis reported --said 2026-02-10 + entry pay-rise --from-last --accepts '<=5'"
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


def main() -> None:
    """Print the keys of each task."""
    for task, command in TASKS.items():
        typed, by_hand, files = keys(command)
        where = "one file" if files == 1 else f"{files} files"
        print(f"{task}: {typed} in one command; {by_hand} by hand, in {where}")


if __name__ == "__main__":
    main()
