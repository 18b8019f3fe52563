"""Golden terminal sessions: `$ command`, what it prints, and `? code` if it does not exit with 0.

Lines of standard error are marked with `! `. A command may begin with VARIABLE=value and end in
`| head -N`, which shows the first N lines only. A line that ends in `\\` continues on the next,
which begins with `> `.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
from pathlib import Path
from unittest import mock

from claimpos.__main__ import main

_ASSIGNMENT = re.compile(r"[A-Z_]+=")
_COMMAND = re.compile(r"^\$ ((?:.*\\\n> )*.*)$", re.MULTILINE)
_CONTINUED = re.compile(r"\\\n> ")
_HEAD = re.compile(r"\s*\| head -(\d+)$")


def commands(session: str) -> list[str]:
    return _COMMAND.findall(session)


def run(command: str) -> str:
    """The command and what it prints, as a session has it."""
    line = _CONTINUED.sub("", command)
    head = _HEAD.search(line)
    words = shlex.split(_HEAD.sub("", line))
    assignments = [word for word in words if _ASSIGNMENT.match(word)]
    # Sites name files from the root of the repository: here, wherever the checkout lies.
    fixed = {"COLUMNS": "80", "GITHUB_WORKSPACE": os.getcwd()}
    environment = fixed | dict(word.split("=", 1) for word in assignments)
    arguments = [word for word in words if word not in assignments]
    assert arguments[0] == "claimpos", command
    out, err = io.StringIO(), io.StringIO()
    with (
        mock.patch.dict(os.environ, environment),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = main(arguments[1:])
    printed = out.getvalue().splitlines()
    lines = [f"$ {command}", *(printed[: int(head.group(1))] if head else printed)]
    lines += [f"! {line}" for line in err.getvalue().splitlines()]
    if code:
        lines.append(f"? {code}")
    return "\n".join(line.rstrip() for line in lines)


def replayed(session: str) -> str:
    """The session with what its commands print now; comments before the first are kept."""
    preface = session.split("\n$ ", 1)[0] if not session.startswith("$ ") else ""
    runs = [run(command) for command in commands(session)]
    return "\n\n".join([preface.strip()] * bool(preface.strip()) + runs) + "\n"


def replay(path: Path, folder: Path, update: bool) -> tuple[str, str]:
    """What a session file should hold when replayed in a folder, and what it holds.

    With `update` it is written first.
    """
    recorded = path.read_text("utf-8")
    with contextlib.chdir(folder):
        now = replayed(recorded)
    if update and now != recorded:
        path.write_text(now, encoding="utf-8")
        recorded = now
    return now, recorded
