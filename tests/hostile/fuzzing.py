"""Dossiers spoiled at random, and what is asked of the answer.

`python -m tests.hostile.fuzzing COUNT [SEED]` tries so many; the same seed tries the same ones.
"""

from __future__ import annotations

import copy
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from unittest import mock
from xml.etree import ElementTree

import yaml

from claimpos.dossier import loading
from claimpos.dossier.findings import Finding
from claimpos.dossier.parsing.file import read_file
from claimpos.rendering.findings import report
from claimpos.rendering.text import Paint
from claimpos.validation.checking import Checked, check_folder
from tests.cli.in_process import claimpos
from tests.dossier.plain import FILES, PROPOSAL
from tests.support import steers

SLOW = 2.0  # seconds
TODAY = date(2025, 6, 1)
RARELY = 997
# By command, with what it may leave with where there is no error; `matrix` needs two parties.
COMMANDS = {
    ("validate", "."): {0},
    ("matrix", "--format", "json"): {0, 2},
    ("export",): {0},
    ("list", "counts"): {0},
}
OF_THE_DAY = "CP409"  # the only error that depends on the clock, and stops no other command
FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit")

_WORKED = Path(__file__).resolve().parents[1] / "sessions" / "dossiers" / "worked"
_NAMES = {
    "agenda": "agenda.yaml",
    "sources": "sources.yaml",
    "party": "norway.yaml",
    "proposal": "proposals/plan.yaml",
}
_FIGURE = re.compile(r"\d[\d.-]*")
_WORD = re.compile(r"[\w.-]+")
_SNIPPETS = [
    *["", ": ", "- ", "\n", "  ", "\t", "{", "}", "[", "]", '"', "'", "#", "&a ", "*a", "!!str "],
    *["? ", ",", "\x00", "\x1b[31m", "\u202e", "\ufeff", "---\n", "...\n", "%YAML 1.1\n", "~", "|"],
    *["1e999", "-", ".", "\\u0000", "\\ud800", "<<: ", "@", "`", ">-\n", "é", "\r\n", "\u2028"],
    *["!!python/object/apply:os.abort []", "]]>", "<script>", "::error::", "%0A", "=cmd()"],
    *["# claimpos: ignore[CP4] so", "# claimpos: ignore[", "# claimpos: ignore[CP999]"],
]
# Small, so that many can be tried: what is spoiled in it is soon something that matters.
_SMALL = {
    "agenda.yaml": """\
title: Fish
groups: {stock: The stock}
issues:
  quota: {title: Quota, question: How much?, group: stock, kind: quantity, unit: t, minimum: 0}
  access:
    {title: Access, question: Who?, group: stock, kind: items, items: {north: North, south: South},
     options: {open: Open, shut: Shut}}
""",
    "sources.yaml": "sources: {paper: {title: A, publisher: B, date: 2025-02-28, status: press}}",
    "norway.yaml": """\
party: norway
name: Norway
statements:
  said: {source: paper, basis: stated, summary: So.}
positions:
  quota:
    - {since: 2025-03-01, demands: {min: 10, below: 500}, evidence: [said]}
  access:
    - since: 2025-03
      proposes: {north: open}
      accepts: [{outcome: {all: shut}, if: {quota: {max: 5}}}]
      evidence: [said]
""",
}
_VALUES = [
    *["2025-02-30", "9999-12-31", "0001", "2025-13", "0", "-0", "-1", "1.5", "1e999", "1e-30"],
    *["true", "null", "no", "all", "any", "if", "outcome", "subject-to", "min", "above", "[]"],
]

Files = dict[str, str]


def dossiers() -> list[Files]:
    """Sound dossiers to spoil: one with every key there is, the worked example, a small one."""
    data = FILES | {"proposal": {**PROPOSAL, "authors": ["norway"]}}
    plain = {_NAMES[kind]: yaml.safe_dump(data[kind], sort_keys=False) for kind in _NAMES}
    worked = {path.name: path.read_text("utf-8") for path in sorted(_WORKED.glob("*.yaml"))}
    return [plain, worked, *[_SMALL] * 8]


def _other_word(text: str, chance: random.Random) -> str:
    words = list(_WORD.finditer(text))
    if not words:
        return text
    found = chance.choice(words)
    new = chance.choice([*_VALUES, chance.choice(words).group()])
    return text[: found.start()] + new + text[found.end() :]


def _snippet(text: str, chance: random.Random) -> str:
    start = chance.randint(0, len(text))
    return text[:start] + chance.choice(_SNIPPETS) + text[start + chance.randint(0, 12) :]


def _lines(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    source, target = chance.randrange(len(lines)), chance.randrange(len(lines))
    line = lines[source] if chance.random() < 0.5 else lines.pop(source)
    shift = chance.choice([0, 0, 2, -2])
    lines.insert(target, " " * shift + (line[2:] if shift < 0 else line))
    return "".join(lines)


def _cut(text: str, chance: random.Random) -> str:
    start, end = sorted(chance.randint(0, len(text)) for _ in range(2))
    return text[:start] + text[start:end] * chance.choice([0, 0, 2, 3]) + text[end:]


def _nodes(text: str, chance: random.Random) -> str:
    """The same file with another tree: a node is removed, repeated, replaced or moved."""
    try:
        data = yaml.load(text, yaml.CBaseLoader)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError):
        return text
    places = [*_places(data)]
    if not places:
        return text
    holder, key = chance.choice(places)
    other, there = chance.choice(places)
    value, new = holder[key], copy.deepcopy(other[there])
    match chance.randrange(6):
        case 0:
            del holder[key]
        case 1:
            holder[key] = new
        case 2:
            holder[key] = chance.choice([[value], {"a": value}, [value, new], None, [], {}])
        case 3:
            holder[key] = chance.choice(_VALUES)
        case 4 if isinstance(holder, dict):
            name = there if isinstance(there, str) else chance.choice(_VALUES)
            holder[name] = holder.pop(key)
        case _:
            holder[key], other[there] = new, copy.deepcopy(value)
    return str(yaml.dump(data, Dumper=_PlainDumper, sort_keys=False, allow_unicode=True))


class _PlainDumper(yaml.CSafeDumper):
    """Writes texts as they were read: a date or a number is one again."""


_PlainDumper.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar(
        dumper.resolve(yaml.ScalarNode, text, (True, False)),  # type: ignore[no-untyped-call]
        text,
    ),
)


def _places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Every key of a map and every index of a list, with what holds it."""
    members = (
        data if isinstance(data, dict) else dict(enumerate(data if isinstance(data, list) else []))
    )
    for key, value in members.items():
        yield data, key
        yield from _places(value)


def _figures(text: str, chance: random.Random) -> str:
    """A number or a date a little different."""
    found = [*_FIGURE.finditer(text)]
    if not found:
        return text
    one = chance.choice(found)
    new = chance.choice(
        [f"{one[0]}0", f"-{one[0]}", f"0{one[0]}", f"{one[0]}.0", one[0][:-1] + "9"]
    )
    return text[: one.start()] + new + text[one.end() :]


_CHANGES: list[Callable[[str, random.Random], str]] = [
    *[_other_word] * 8,
    *[_snippet, _lines, _nodes, _figures] * 2,
    _cut,
]


def spoiled(files: Files, chance: random.Random) -> dict[str, bytes]:
    """The files with one of them changed in one to three places, or of bytes alone."""
    name = chance.choice(list(files))
    text = files[name]
    for _ in range(chance.randint(1, 3)):
        text = chance.choice(_CHANGES)(text, chance)
    raw = {other: text.encode() for other, text in files.items()}
    raw[name] = text.encode("utf-8", "surrogatepass")
    if chance.random() < 0.05:
        raw[name] = _bytes(raw[name], chance)
    return raw


def _bytes(raw: bytes, chance: random.Random) -> bytes:
    if chance.random() < 0.3:
        return chance.randbytes(chance.randint(0, 200))
    start = chance.randint(0, len(raw))
    return raw[:start] + chance.randbytes(chance.randint(1, 4)) + raw[start + 1 :]


def checked(folder: Path, raw: dict[str, bytes]) -> Checked:
    """What is found in a folder of these files; they are never written."""
    return check_folder(folder, TODAY, 90, {folder / name: text for name, text in raw.items()})


def judge(found: Checked, formats: tuple[str, ...]) -> None:
    """The findings are in order, each in its file, and every report of them is sound."""
    keys = [finding.sort_key for finding in found.findings]
    assert keys == sorted(set(keys))
    for finding in found.findings:
        span = finding.span
        assert 1 <= span.line <= len(finding.source.lines) + 1
        assert (1, 1) <= span[:2] <= span[2:]
        assert finding.message
    for name in formats:
        text = report(found, name, Paint(on=False))
        assert not steers(text), name
        if name in {"json", "gitlab", "sarif"}:
            json.loads(text)
        if name == "junit":
            ElementTree.fromstring(text)


def _seconds(folder: Path, raw: dict[str, bytes]) -> float:
    """What an input takes of this process's own time."""
    start = time.process_time()
    judge(checked(folder, raw), FORMATS)
    return time.process_time() - start


def judge_commands(raw: dict[str, bytes], found: Checked) -> None:
    """What is found is found again, and commands leave with the exit code that it calls for."""
    with tempfile.TemporaryDirectory() as name:
        for file, content in raw.items():
            path = Path(name, file)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        again = check_folder(Path(name), TODAY, 90)
        assert [*map(_said, again.findings)] == [*map(_said, found.findings)]
        faults = {one.code for one in found.findings if one.severity == "error"}
        for command, codes in COMMANDS.items():
            done = claimpos(*command, cwd=Path(name), CLAIMPOS_POSITIONS=".")
            wrong = {1 if command[0] == "validate" else 2}
            expected = wrong if faults - {OF_THE_DAY} else codes
            if command[0] == "validate" and faults == {OF_THE_DAY}:
                expected = codes | wrong  # the command's day is another one
            assert done.returncode in expected, (command, done)


def _said(finding: Finding) -> tuple[Any, ...]:
    return finding.code, finding.span, finding.message, finding.hint


def tries(count: int, seed: int, folder: Path) -> Iterator[tuple[int, dict[str, bytes], Checked]]:
    """Spoil and check; raises what is wrong.

    The findings of every fiftieth input are reported in all formats; on fewer, commands are run.
    """
    sound = dossiers()
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")
        raw = spoiled(sound[number % len(sound)], chance)
        try:
            start = time.perf_counter()
            found = checked(folder, raw)
            judge(found, FORMATS if number % 50 == 0 else ())
            if number % RARELY == 0:
                judge_commands(raw, found)
            elif time.perf_counter() - start > SLOW:  # or the machine was busy
                assert _seconds(folder, raw) < SLOW
        except Exception as error:
            error.add_note(f"input {number} of seed {seed}: {raw}")
            raise
        yield number, raw, found


def main(count: int, seed: int) -> None:
    codes: Counter[str] = Counter()
    start = time.perf_counter()
    # Most files are as they were the last time: they are not parsed anew, which saves half.
    remembered = mock.patch.object(loading, "read_file", lru_cache(100)(read_file))
    with remembered, tempfile.TemporaryDirectory() as name:
        for number, _, found in tries(count, seed, Path(name)):
            codes.update({finding.code for finding in found.findings} or {"nothing"})
            if (number + 1) % (count // 100 or 1) == 0:
                print(f"{number + 1} inputs, {time.perf_counter() - start:.0f} s", flush=True)
    print(f"{count} inputs of seed {seed}, no exception; in how many each rule was broken:")
    print(", ".join(f"{code} {number}" for code, number in sorted(codes.items())))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
