"""Folders of party files as people write them, made up: no two files are alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

ISSUES, SOURCES = 40, 50
STATES, ROLL_CALLS = 193, 73
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


def write_session(folder: Path) -> Path:
    """A session of an assembly, as it is imported: its states, and how they voted.

    The size is that of the 70th session of the United Nations' General Assembly: 193 states, 73
    roll calls, and one vote in fourteen not cast.
    """
    folder.mkdir()
    names = [f"rc-{5300 + number}" for number in range(ROLL_CALLS)]
    votes = "options: {yes: In favour, no: Against, abstain: Abstention}"
    issues = "".join(
        f"  {name}:\n    title: {name}\n    question: How to vote on {name}?\n"
        f"    group: matters\n    kind: choice\n    {votes}\n"
        for name in names
    )
    (folder / "agenda.yaml").write_text(_AGENDA_HEAD + issues, "utf-8")
    _write_sources(folder, names)
    for who in range(STATES):
        cast = {
            name: _VOTES[(who * 5 + number * 3 + who * number) % 4]
            for number, name in enumerate(names)
            if (who + number) % 14
        }
        (folder / f"state-{who}.yaml").write_text("\n".join(_state(who, cast)) + "\n", "utf-8")
    return folder


def _state(who: int, cast: dict[str, str]) -> Iterator[str]:
    yield from (f"party: state-{who}", f"name: State {who}", "statements:")
    for name, vote in cast.items():
        yield from (f"  {name}:", f"    source: {name}", "    basis: stated")
        yield f"    summary: Voted {vote} on {name}."
    yield "positions:"
    for name, vote in cast.items():
        yield from (f"  {name}:", "    - since: 2025-01-01", f"      demands: {vote}")
        yield f"      evidence: [{name}]"


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
