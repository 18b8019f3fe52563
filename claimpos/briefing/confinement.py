"""Work in a process of its own, which can use up no more than its share of time and memory."""

from __future__ import annotations

import json
import os
import signal
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn

from claimpos.dossier.limits import how_to_raise, limit

_SECONDS, _MEGABYTES = "template-seconds", "template-megabytes"


class Exceeded(Exception):
    """The work has met a limit; `remedy` says how to raise it."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


def confined(work: Callable[[], Any]) -> Any:
    """What the work returns, which JSON can carry; raises Exceeded.

    A system without fork, such as Windows, has no limits for its processes: there the work is
    done in this one.
    """
    if sys.platform == "win32":
        return work()
    ours, theirs = os.pipe()
    child = _forked()
    if child == 0:
        _work(work, theirs)
    os.close(theirs)
    try:
        with open(ours, "rb") as end:
            answer = end.read()
    except BaseException:
        os.kill(child, signal.SIGKILL)
        raise
    finally:
        _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU:
        message = f"takes more seconds of computing than {limit(_SECONDS)}"
        raise Exceeded(message, how_to_raise(_SECONDS))
    if status or not answer:
        raise out_of_memory()
    return json.loads(answer)


def out_of_memory() -> Exceeded:
    """What to raise where memory is used up."""
    message = f"takes more than {limit(_MEGABYTES)} megabytes of memory"
    return Exceeded(message, how_to_raise(_MEGABYTES))


def _forked() -> int:
    with warnings.catch_warnings():
        # That threads are lost is what the warning is about; the work knows of none.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _work(work: Callable[[], Any], pipe: int) -> NoReturn:
    """Do the work, write what it returns and end, without anything that a process does last."""
    try:
        _limit()
        with open(pipe, "wb") as end:
            end.write(json.dumps(work()).encode("ascii"))
        os._exit(0)
    finally:
        os._exit(1)


def _limit() -> None:
    import resource

    seconds = limit(_SECONDS)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_DATA, held + limit(_MEGABYTES) * 1_000_000),
    ):
        with suppress(ValueError, OSError):  # a lower limit holds already, or the system has none
            resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))
