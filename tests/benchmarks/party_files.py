"""Folders of party files as people write them, made up: no two files are alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

ISSUES, SOURCES, SESSION = 40, 50, 73
_LINES = 60
_AGENDA_HEAD = "title: An assembly\ngroups:\n  matters: Matters\nissues:\n"
_VOTES = ("yes", "yes", "no", "abstain")


def write_folder(folder: Path, count: int) -> Path:
    """A dossier of `count` parties, of 60 lines each, in which there is no fault."""
    folder.mkdir()
    issues = "".join(_issue(f"matter-{number}") for number in range(ISSUES))
    (folder / "agenda.yaml").write_text(_AGENDA_HEAD + issues, "utf-8")
    _write_sources(folder, [f"paper-{number}" for number in range(SOURCES)])
    for who in range(count):
        (folder / f"party-{who}.yaml").write_text("\n".join(_party(who)) + "\n", "utf-8")
    return folder


def _write_sources(folder: Path, names: list[str]) -> None:
    lines = [
        f"  {name}: {{title: The {name}, publisher: P, date: 2025-01-01, status: press}}\n"
        for name in names
    ]
    (folder / "sources.yaml").write_text("sources:\n" + "".join(lines), "utf-8")


def _issue(name: str) -> str:
    return (
        f"  {name}:\n    title: {name.capitalize()}\n    question: What is to become of {name}?\n"
        "    group: matters\n    kind: choice\n"
        "    options: {open: Left open, barred: Barred in writing, deferred: Put off}\n"
    )


def _party(who: int) -> Iterator[str]:
    matters = [f"matter-{(who * 3 + step * 7) % ISSUES}" for step in range(5)]
    options = [("open", "barred", "deferred")[(who + step) % 3] for step in range(5)]
    yield from (f"party: party-{who}", f"name: The Party of Number {who}", f"short: No. {who}")
    yield from (f"aliases: [p{who}, number-{who}]", "speakers:")
    yield f"  chair: {{name: The Chair of {who}, role: chair}}"
    yield "statements:"
    for step, (matter, option) in enumerate(zip(matters, options, strict=True)):
        yield f"  on-{matter}:"
        yield f"    source: paper-{(who + step * 11) % SOURCES}"
        yield "    speaker: chair"
        yield f"    basis: {('stated', 'reported')[(who + step) % 2]}"
        yield f"    summary: Says that {matter} is to be {option} in the end, and gives reasons."
    yield "positions:"
    for step, matter in enumerate(matters):
        since = f"2025-{1 + (who + step) % 10:02}-{1 + who % 28:02}"
        yield from (f"  {matter}:", f"    - since: {since}")
        if step % 3 == 1:
            yield from ("      accepts:", f"        - outcome: {options[step]}")
            yield f"          if: {{{matters[step - 1]}: {options[step - 1]}}}"
        else:
            yield from (f"      demands: {options[step]}", "      priority: high")
        yield f"      evidence: [on-{matter}]"
