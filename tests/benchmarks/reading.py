"""Reading many party files, against composing them with PyYAML's C parser."""

from __future__ import annotations

import gc
import json
from pathlib import Path

import yaml

from claimpos.dossier.loading import load_folder
from claimpos.dossier.locate import party_files
from tests.benchmarks.generated import half_conditional
from tests.benchmarks.party_files import ROLL_CALLS, STATES, write_folder, write_session
from tests.benchmarks.ratios import QUICK, show, timed
from tests.support import write_short

COMPOSING = "composing them with PyYAML in C"


def measure(scratch: Path) -> None:
    count = 200 if QUICK else 1000
    agenda, people = half_conditional(1, 12)
    folder = write_short(scratch / "many", agenda, {f"p{n}": people["p0"] for n in range(count)})
    for path in folder.glob("p*.yaml"):
        path.write_text(yaml.safe_dump(json.loads(path.read_text("utf-8"))), encoding="utf-8")
    lines = (folder / "p0.yaml").read_text("utf-8").count("\n")
    show(f"reading {count} party files of {lines} lines / {COMPOSING}", against_composing(folder))
    session = write_session(scratch / "session")
    told = f"reading {STATES} states' votes in {ROLL_CALLS} roll calls"
    show(f"{told} / {COMPOSING}", against_composing(session))
    folder = write_folder(scratch / "assembly", count)
    show(f"reading {count} party files of 60 lines / {COMPOSING}", against_composing(folder))


def against_composing(folder: Path) -> list[float]:
    """Reading a dossier, files and all, over composing the texts of its parties in memory."""
    texts = [path.read_text("utf-8") for path in party_files(folder)]

    def compose() -> None:
        for text in texts:
            yaml.compose(text, Loader=yaml.CSafeLoader)

    gc.collect()
    gc.disable()  # as the command runs
    try:
        return [timed(lambda: load_folder(folder)) / timed(compose) for _ in range(9)]
    finally:
        gc.enable()
