"""Small dossiers for tests, written in a shorthand."""

from __future__ import annotations

import errno
import gc
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from claimpos import load_dossier
from claimpos.dossier.findings import SourceText
from claimpos.dossier.model import Dossier
from claimpos.dossier.parsing.file import parse
from claimpos.rendering.data import json_text

# The shipped dossier as it once stood: large, and the same whatever becomes of the shipped one.
TALKS = Path(__file__).parent / "sessions" / "dossiers" / "talks"
EVIDENCE = "said-so"


@cache
def talks() -> Dossier:
    """The dossier in TALKS."""
    return load_dossier(TALKS)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail if the block takes more than some seconds of the processor.

    What earlier tests left in memory is collected before, so that it takes none of this time.
    """
    gc.collect()
    start = time.process_time()
    yield
    taken = time.process_time() - start
    assert taken < seconds, f"{taken:.1f} s"


@contextmanager
def interruptible() -> Iterator[None]:
    """Let Ctrl-C interrupt the tests, even if a shell runs them in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def largely(cases: Iterable[Any], *kept: Any) -> list[Any]:
    """Cases as parameters of a test, of which the default run tries the kept ones only.

    The others are marked `large`: they are made to take time or memory, and `.ci/run` tries them.
    """
    cases = [*cases]
    assert {*kept} <= {*cases}
    return [pytest.param(one, marks=[] if one in kept else pytest.mark.large) for one in cases]


_KILLED = """if True:
    import os, pathlib, sys, tempfile
    {imports}
    left = None
    def count(event, arguments):
        global left
        name = event.removeprefix("os.")
        if left is not None and name in {calls}:
            left -= 1
            if left < 0:
                os._exit(137)
    sys.addaudithook(count)
    for line in sys.stdin:
        step, path = line.rstrip("\\n").split(" ", 1)
        child, code = os.fork(), 1
        if child == 0:
            try:
                left = int(step)
                {writes}
                code = 0
            finally:
                os._exit(code)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
_CALLS = {"open", "mkdir", "chmod", "chown", "rename", "remove", "rmdir"}


@contextmanager
def killed(imports: str, writes: str) -> Iterator[Callable[[Path, int], int]]:
    """Runs a process that is killed before a call to the system, and returns its exit code.

    It is given a path, and before which call, counted from 0, the process ends with 137; the code
    is 0 if it is done before that.

    Args:
        imports: What it imports, before any call counts.
        writes: What it does with the path, which is `path`.
    """
    code = _KILLED.format(imports=imports, writes=writes, calls=_CALLS)
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        told, answers = process.stdin, process.stdout
        assert told is not None
        assert answers is not None

        def run(path: Path, step: int) -> int:
            print(step, path, file=told, flush=True)
            return int(answers.readline())

        yield run


def yaml_data(text: str, name: str = "test.yaml") -> Any:
    """The data of a YAML text that has no faults."""
    data, findings = parse(SourceText(name, text))
    assert not findings, findings
    return data


def expectations(cases: Path) -> list[Any]:
    """Parameters: each file in a folder of cases, with each set of parties that it expects."""
    return [
        pytest.param(path, parties, id=f"{path.stem}: {parties}")
        for path in sorted(cases.glob("*.yaml"))
        for parties in yaml_data(path.read_text("utf-8"), path.name)["expect"]
    ]


def titled(identifier: str) -> str:
    return identifier.replace("-", " ").capitalize()


def full_issue(identifier: str, short: dict[str, Any]) -> dict[str, Any]:
    """An issue from its shorthand: `options` and `items` may be lists of ids."""
    issue = {key: value for key, value in short.items() if key not in {"options", "items"}}
    for key in ("options", "items"):
        if key in short:
            named = short[key]
            listed = not isinstance(named, dict)
            issue[key] = {one: titled(one) for one in named} if listed else named
    kind = "items" if "items" in short else "choice" if "options" in short else "quantity"
    return {
        "title": titled(identifier),
        "question": f"What about {identifier}?",
        "group": "all-issues",
        "kind": kind,
        **issue,
    }


def full_party(identifier: str, positions: dict[str, Any]) -> dict[str, Any]:
    """A party from its shorthand: issue → an entry or a list of entries, without evidence."""
    full: dict[str, Any] = {}
    for issue, entries in positions.items():
        listed = entries if isinstance(entries, list) else [entries]
        full[issue] = [{"since": "2025", "evidence": [EVIDENCE], **entry} for entry in listed]
    statements = {
        f"{EVIDENCE}{suffix}": {
            "source": "paper",
            "said": 2000,
            "basis": basis,
            "summary": f"It is {basis}.",
        }
        for suffix, basis in (("", "stated"), ("-reportedly", "reported"), ("-maybe", "inferred"))
    }
    return {
        "party": identifier,
        "name": titled(identifier),
        "statements": statements,
        "positions": full,
    }


def without_status_of(path: Path) -> Callable[..., os.stat_result]:
    """An `os.stat` to which a disk far away does not tell what is at a path."""
    status = os.stat

    def refusing(one: Any, **how: Any) -> os.stat_result:
        if os.fspath(one) == str(path):
            raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))
        return status(one, **how)

    return refusing


def full_proposal(identifier: str, short: dict[str, Any]) -> dict[str, Any]:
    """A proposal from its shorthand: `terms` are issue → outcome; the rest is left as it is."""
    terms = {key: {"outcome": one, "summary": "So."} for key, one in short["terms"].items()}
    proposal = {"title": titled(identifier), "date": "2025", "status": "draft", "source": "paper"}
    return {"proposal": identifier, **proposal, **short, "terms": terms}


def write_short(
    folder: Path,
    agenda: dict[str, Any],
    parties: dict[str, Any],
    texts: dict[str, Any] | None = None,
    besides: dict[str, Any] | None = None,
) -> Path:
    """Write the dossier of a shorthand agenda, parties and proposals, and return its folder.

    `besides` are further keys of the parties' files; an answer in them needs no evidence.
    """
    files: dict[str, Any] = {
        "agenda": {
            "title": "A test",
            "groups": {"all-issues": "All issues"},
            "issues": {key: full_issue(key, issue) for key, issue in agenda.items()},
        },
        "sources": {
            "sources": {
                "paper": {
                    "title": "A paper",
                    "publisher": "A publisher",
                    "date": "2025-01-01",
                    "status": "official",
                }
            }
        },
        **{key: full_party(key, positions) for key, positions in parties.items()},
        **{f"proposals/{key}": full_proposal(key, text) for key, text in (texts or {}).items()},
    }
    for party, more in (besides or {}).items():
        files[party] |= {key: value for key, value in more.items() if key != "answers"}
        if "answers" in more:
            files[party]["answers"] = {
                text: [{"since": "2025", "evidence": [EVIDENCE], **one} for one in answers]
                for text, answers in more["answers"].items()
            }
    folder.mkdir(parents=True, exist_ok=True)
    if texts:
        (folder / "proposals").mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / f"{name}.yaml").write_text(json_text(data), encoding="utf-8")
    return folder


_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_ISOLATED = re.compile("\u2068([^\u2066-\u2069]*)\u2069")


def steers(text: str) -> bool:
    """Whether a text holds what moves a terminal's cursor or reorders what is around it.

    The pairs of signs with which reports isolate names from right to left do neither.
    """
    return bool(_STEERING.search(_ISOLATED.sub(r"\1", text)))


def short_dossier(folder: Path, *shorthand: dict[str, Any]) -> Dossier:
    """The dossier of a shorthand agenda, parties and so on; see `write_short`."""
    return load_dossier(write_short(folder, *shorthand))
