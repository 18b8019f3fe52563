"""A sign of life from work that takes more than a second."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from claimpos.rendering.text import safe

_PATIENCE = 1.0
"""Seconds before the first sign, and between two of them."""


@contextmanager
def progress(doing: str) -> Iterator[None]:
    """Say on standard error, second by second, what is being done and for how long.

    Nothing is said within the first second, nor outside a terminal, and nothing is left behind:
    results and other messages begin on a clean line. `doing` reads like “Comparing 190 pairs”.
    (typer's progress bar has no such patience, and rich's takes longer to import than most
    commands take to run.)
    """
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield
        return
    done = threading.Event()
    teller = threading.Thread(target=_tell, args=(safe(doing), done), daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()


def _tell(doing: str, done: threading.Event) -> None:
    told = ""
    seconds = 0
    while not done.wait(_PATIENCE):
        seconds += 1
        told = f"{doing}: {seconds} s"
        sys.stderr.write(f"\r{told}")
        sys.stderr.flush()
    if told:
        sys.stderr.write(f"\r{' ' * len(told)}\r")
        sys.stderr.flush()
