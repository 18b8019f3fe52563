"""Extreme shapes of a dossier, and the commands that once took long or much memory on them.

Each is of a size that the limits let through, or a part of it where that is enough to tell.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from claimpos.dossier.limits import VARIABLE
from tests.cli.in_process import claimpos
from tests.hostile.large_inputs import (
    TWO_OPTIONS,
    answers_to_a_text,
    cited_by_one_entry,
    entry,
    word,
    write_agenda,
    write_besides,
    write_party,
)
from tests.support import largely, within

SECONDS = 5.0  # of the processor; what is measured took at least twice as long once


def many_options(count: int) -> str:
    options = ", ".join(f"o{number}: Option {word(number)}" for number in range(count))
    return f"kind: choice, options: {{{options}}}"


def halves_of_many_options(folder: Path) -> None:
    """Each party demands a half of very many options."""
    write_agenda(folder, [many_options(1_000)])
    for who in range(30):
        half = ", ".join(f"o{number}" for number in range(who % 2, 1_000, 2))
        write_party(folder, f"p{who}", entry(0, f"demands: [{half}]"))


def one_option_each(folder: Path, parties: int, issues: int) -> None:
    """Each party demands an option of its own on each issue."""
    write_agenda(folder, [many_options(parties)] * issues)
    for who in range(parties):
        own = (entry(number, f"demands: o{who}") for number in range(issues))
        write_party(folder, f"p{who}", "".join(own))


def many_conditions(folder: Path) -> None:
    """A decision rule of very many conditions."""
    listed = ", ".join(f"{{at-least: {number % 5 + 1}}}" for number in range(20_000))
    write_agenda(folder, [f"{TWO_OPTIONS}, decides: {{any-of: [{listed}]}}"])
    for who in range(12):
        write_party(folder, f"p{who}", entry(0, f"demands: {'ab'[who % 2]}"))


def one_statement_each(folder: Path) -> None:
    """Each entry of a party rests on a statement of its own, from one source."""
    write_agenda(folder, [TWO_OPTIONS] * 4_000)
    said = (f"  q{n}: {{source: s, basis: stated, summary: So.}}\n" for n in range(4_000))
    cited = (entry(n, "demands: a").replace("[said]", f"[q{n}]") for n in range(4_000))
    write_party(folder, "p0", "".join(cited), "".join(said))


def groups_on_items(folder: Path) -> None:
    """Groups that speak for the same parties, on a few of many items anew on each of some days."""
    names = [f"n{number}" for number in range(300)]
    items = ", ".join(f"{name}: Place {name}" for name in names)
    write_agenda(folder, [f"kind: items, items: {{{items}}}, options: {{a: A, b: B, c: C}}"])
    chance = Random(10)
    for who in range(10):
        entries = []
        for turn in range(6):
            named = ", ".join(f"{one}: {chance.choice('abc')}" for one in chance.sample(names, 10))
            since = date(2025, 3, 1) + timedelta(days=7 * turn + who % 7)
            demand = f"demands: {{{named}}}, evidence: [said]"
            entries.append(f"    - {{since: {since}, {demand}}}\n")
        write_party(folder, f"pg{who}", f"  i0:\n{''.join(entries)}")
        spoken_for = ", ".join(f"pm{member}" for member in range(30))
        write_besides(folder, f"pg{who}", f"members: [{spoken_for}]\nspeaks-for-members: true\n")
    for member in range(30):
        write_party(folder, f"pm{member}", entry(0, "accepts: {n1: a}"))


def few(folder: Path) -> None:
    one_option_each(folder, 6, 3)


SHAPES: dict[str, tuple[Callable[[Path], None], str]] = {
    "explain, options": (halves_of_many_options, "explain {parties} i0"),
    "text, options": (lambda folder: one_option_each(folder, 320, 60), "text {parties}"),
    "diff -v, options": (lambda folder: one_option_each(folder, 320, 20), "diff {parties} -v"),
    "show, statements": (one_statement_each, "show s"),
    "explain, statements": (lambda folder: cited_by_one_entry(folder, 18_000), "explain p q i0"),
    "diff, answers": (lambda folder: answers_to_a_text(folder, 2_000), "diff p q"),
    "brief, groups on items": (groups_on_items, "brief {parties}"),
    "diff, decision rules": (many_conditions, "diff {parties}"),
}


def run(folder: Path, command: str) -> str:
    """What a command says on standard error of the dossier in a folder."""
    parties = " ".join(sorted(path.stem for path in folder.glob("p*.yaml")))
    words = command.format(parties=parties).split()
    told = claimpos(*words, cwd=folder, CLAIMPOS_POSITIONS=".")
    assert told.returncode in {0, 1} or f"{VARIABLE}=" in told.stderr
    return told.stderr


@pytest.mark.parametrize(
    "case",
    largely(
        SHAPES,
        "explain, options",
        "diff, answers",
    ),
)
def test_shapes(case: str, tmp_path: Path) -> None:
    write, command = SHAPES[case]
    write(tmp_path)
    with within(SECONDS):
        run(tmp_path, command)


BOUNDS: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "explained-characters": (few, "explain {parties} i0", "answers in this explanation have more"),
    "report-characters": (few, "diff {parties} -v", "the report would have"),
    "file-characters": (few, "diff {parties} --format docx -o x.docx", "the report would have"),
    "rule-conditions": (many_conditions, "diff {parties}", "the rule has more than"),
}


@pytest.mark.parametrize("limit", BOUNDS)
def test_a_bound_is_told_and_can_be_raised(
    limit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, command, message = BOUNDS[limit]
    write(tmp_path)
    monkeypatch.setenv(VARIABLE, f"{limit}=99")
    told = " ".join(run(tmp_path, command).split())
    assert message in told
    assert f"{VARIABLE}={limit}=" in told
    if write is few:
        monkeypatch.delenv(VARIABLE)
        assert message not in run(tmp_path, command)
