"""Speed, as ratios taken in one run: `python -m tests.benchmarks [--quick] [TOPIC…]`.

Nothing here passes or fails. Each topic is a module with a function `measure`, given a folder to
write in; what it takes figures with is in `ratios.py`. Modules are byte-compiled first, as an
installation does, and what claimpos remembers is kept in that folder.
"""

from __future__ import annotations

import compileall
import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import claimpos

TOPICS = (
    "start_up",
    "comparing",
    "reading",
    "validating",
    "growth",
    "faults",
    "many_parties",
    "moving",
    "deals",
    "briefs",
    "page",
)


def main(asked: list[str]) -> None:
    compileall.compile_dir(Path(claimpos.__file__).parent, quiet=1)
    for topic in asked or TOPICS:
        with tempfile.TemporaryDirectory() as scratch:
            os.environ["XDG_CACHE_HOME"] = scratch
            import_module(f"tests.benchmarks.{topic}").measure(Path(scratch))


if __name__ == "__main__":
    main([word for word in sys.argv[1:] if not word.startswith("-")])
