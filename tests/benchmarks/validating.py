"""`claimpos validate`, as a whole process, with nothing remembered, and other validators beside it.

The others are installed into the scratch folder; one that cannot be is passed over. They know the
form of a file from a schema, and nothing of what it says.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from claimpos.dossier.schemas import schema
from tests.benchmarks.party_files import write_folder
from tests.benchmarks.ratios import PASS, QUICK, SCRIPT, pairs, show, timed

COUNT = 200 if QUICK else 1000
SIZES = (500, 1000, 2000) if QUICK else (500, 1000, 2000, 5000, 10_000)
VALIDATE = [str(SCRIPT), "validate"]

# What yamale can say of a party's file without much ado.
YAMALE = """\
party: str()
name: str()
statements: map(include('statement'))
positions: map(list(include('entry')))
---
statement:
  source: str()
  basis: enum('stated', 'reported', 'inferred')
  summary: str()
entry:
  since: any()
  evidence: list(str())
"""


def measure(scratch: Path) -> None:
    folder = write_folder(scratch / "assembly", COUNT)
    told = f"{COUNT} party files of 60 lines / python -c pass"
    show(f"claimpos validate, {told}", pairs([*VALIDATE, str(folder)], PASS, runs=11))
    for name, command in others(scratch, folder):
        if not done(command):
            continue
        show(f"{name}, {told}", pairs(command, PASS, runs=3))
    growth(scratch)


def others(scratch: Path, folder: Path) -> Iterator[tuple[str, Sequence[str]]]:
    """Other validators of the same files, as far as they can be installed."""
    quoted = scratch / "quoted"  # without quotes, ajv-cli takes a date for no text
    quoted.mkdir()
    for path in folder.glob("party-*.yaml"):
        text = re.sub(r"since: (\S+)", r"since: '\1'", path.read_text("utf-8"))
        (quoted / path.name).write_text(text, "utf-8")
    files = [str(path) for path in sorted(quoted.iterdir())]
    form = scratch / "party.schema.json"
    form.write_text(json.dumps(schema("party")), "utf-8")
    modules = scratch / "node"
    if done(["npm", "install", "--silent", "--prefix", str(modules), "ajv-cli@5"]):
        ajv = str(modules / "node_modules" / ".bin" / "ajv")
        options = ["--spec=draft2020", "--strict=false", "-s", str(form)]
        yield "ajv-cli", [ajv, "validate", *options, "-d", str(quoted / "party-*.yaml")]
    python = scratch / "others" / "bin"
    made = done([sys.executable, "-m", "venv", str(scratch / "others")])
    names = ("check-jsonschema", "yamllint", "yamale")
    if not made or not done([str(python / "pip"), "install", "--quiet", *names]):
        return
    rules = scratch / "yamale.yaml"
    rules.write_text(YAMALE, "utf-8")
    yield "yamale", [str(python / "yamale"), "--no-strict", "-s", str(rules), *files]
    yield "check-jsonschema", [str(python / names[0]), "--schemafile", str(form), *files]
    yield "yamllint", [str(python / "yamllint"), "-d", "relaxed", *files]


def done(command: Sequence[str]) -> bool:
    """Whether something could be installed; if not, it is said."""
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        print(f"        (not measured, since this failed: {' '.join(command[:2])} …)")
        return False
    return True


def growth(scratch: Path) -> None:
    """What a file costs beyond the start, against the smallest dossier, and the memory used."""
    start = fastest(write_folder(scratch / "one", 1))
    costs, peaks = [], []
    for size in SIZES:
        folder = write_folder(scratch / f"assembly-{size}", size)
        costs.append((fastest(folder) - start) / size)
        peaks.append(peak(folder))
    told = ", ".join(
        f"{size}: {cost / costs[0]:.2f} ({megabytes:.0f} MB)"
        for size, cost, megabytes in zip(SIZES, costs, peaks, strict=True)
    )
    print(f"cost of a file, claimpos validate, by number of files (peak memory): {told}")


def fastest(folder: Path) -> float:
    """The shortest of three runs; findings are no failure here."""
    command = [*VALIDATE, str(folder)]
    return min(
        timed(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=False))
        for _ in range(3)
    )


def peak(folder: Path) -> float:
    """The most memory, in MB, that a run takes: asked of a process that has no other child."""
    asking = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    command = [sys.executable, "-c", asking, *VALIDATE, str(folder)]
    kilobytes = int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return kilobytes / 1024
