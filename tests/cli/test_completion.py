"""Completion, tried in a real bash."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.process import environment

bash = shutil.which("bash")
pytestmark = pytest.mark.skipif(bash is None, reason="there is no bash here")

SCRIPT = """
eval "$(_CLAIMPOS_COMPLETE=source_bash claimpos)"
COMP_WORDS=("$@"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
$(complete -p claimpos | sed -E 's/.*-F ([^ ]+) .*/\\1/') claimpos
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A PATH on which `claimpos` is the checkout under test."""
    folder = tmp_path_factory.mktemp("bin")
    command = folder / "claimpos"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m claimpos "$@"\n')
    command.chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


def completions(path: str, *words: str, **variables: str) -> list[str]:
    done = subprocess.run(
        [str(bash), "-c", SCRIPT, "bash", "claimpos", *words],
        env=environment(PATH=path, **variables),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("di",), ["diff"]),
        (("diff", "ru"), ["russia", "ru"]),
        (("diff", "russia", "uk"), ["ukraine"]),
        (("diff", "russia", "us", "--issue", "rec"), ["recognition"]),
        (("diff", "russia", "us", "--group", ""), ["truce", "settlement"]),
        (("diff", "russia", "us", "--format", "gi"), ["github"]),
        (("diff", "russia", "us", "--only", "c"), ["conflict"]),
        (("diff", "russia", "us", "--exi"), ["--exit-code"]),
        (("matrix", "--format", "sv"), ["svg"]),
        (("deals", "--format", "c"), ["colon_grid"]),
        (("show", "ce"), ["ceasefire"]),
        (("history", "uk"), ["ukraine"]),
        (("history", "us", "ce"), ["ceasefire"]),
        (("changes", "russia", "uk"), ["ukraine"]),
        (("matrix", "russia", "uk"), ["ukraine"]),
        (("matrix", "--parties-by", "a"), ["agreement"]),
        (("list", "so"), ["sources"]),
        (("schema", "pa"), ["party"]),
        (("guide", "ver"), ["verdicts"]),
    ],
)
def test_completion(path: str, words: tuple[str, ...], expected: list[str]) -> None:
    assert completions(path, *words) == expected


def test_the_dossier_named_on_the_line_counts(path: str) -> None:
    shipped = Path(__file__).resolve().parents[2] / "positions"
    words = ("diff", "--positions", str(shipped), "tur")
    assert completions(path, *words) == ["turkey", "turkiye"]


def test_a_dossier_with_faults_completes_nothing(path: str, tmp_path: Path) -> None:
    (tmp_path / "agenda.yaml").write_text("title: [")
    assert completions(path, "diff", "ru", CLAIMPOS_POSITIONS=str(tmp_path)) == []
    assert completions(path, "diff", "ru", CLAIMPOS_POSITIONS="nowhere") == []


def test_tab_in_a_terminal(path: str, tmp_path: Path) -> None:
    """The keys themselves, in a bash that a person would sit at."""
    start = tmp_path / "start"
    start.write_text('PS1="> "\neval "$(claimpos --show-completion)"\n', encoding="utf-8")
    leader, follower = pty.openpty()
    variables = environment(PATH=path, TERM="dumb", COLUMNS="200", INPUTRC=os.devnull)
    with os.fdopen(follower, "w") as end:
        process = subprocess.Popen(
            [str(bash), "--noprofile", "--rcfile", str(start), "-i"],
            env=variables,
            stdin=end,
            stdout=end,
            stderr=end,
            start_new_session=True,
        )
    try:
        assert seen(leader, "> ")
        os.write(leader, b"claimpos diff russia uk\t--issue cea\t")
        assert seen(leader, "claimpos diff russia ukraine --issue ceasefire ")
    finally:
        process.kill()
        process.wait(10)
        os.close(leader)


def seen(leader: int, wanted: str) -> bool:
    """Whether a terminal shows this text within a while."""
    shown = ""
    while wanted not in shown:
        if not select.select([leader], [], [], 20)[0]:
            return False
        shown += os.read(leader, 4096).decode("utf-8").replace("\a", "")
    return True
