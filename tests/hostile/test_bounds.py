"""Files made to be slow, to take memory, or to flood their reader: an answer within bounds."""

from __future__ import annotations

import json
import re
import time
import tracemalloc
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path
from textwrap import indent
from typing import Literal
from unittest import mock

import pytest

import claimpos
from claimpos.dossier.contents import read_all
from claimpos.dossier.files import Folder, NotRead
from claimpos.dossier.findings import SHOWN, Finding, SourceText, Span, abridged
from claimpos.dossier.limits import VARIABLE
from claimpos.dossier.looks import normal_form
from claimpos.dossier.parsing.file import parse
from claimpos.dossier.reading.form import did_you_mean
from claimpos.errors import InvalidDossier
from claimpos.rendering.data import csv_text, excel_csv
from claimpos.rendering.findings import findings_text, report
from claimpos.rendering.text import Paint
from claimpos.validation.agenda_schema import SPECIALISED_ID
from claimpos.validation.checking import Checked, _Places, check_folder
from claimpos.validation.gate import load_dossier
from claimpos.validation.targets import Target, checked_targets
from tests.reports.findings import FORMATS
from tests.support import largely, within, write_short

SECONDS = 5.0  # of the processor; what is measured took at least twice as long once
TODAY = date(2026, 6, 1)
AGENDA = """\
title: T
groups: {g: G}
issues:
  q: {title: Quota, question: How much?, group: g, kind: quantity, unit: t}
  c: {title: Choice, question: Which?, group: g, kind: choice, options: {a: Aa, b: Bb, d: Dd}}
"""
SOURCES = "sources:\n  paper: {title: A, publisher: B, date: 2026-01-01, status: press}\n"
HEAD = "party: x\nname: X\nstatements:\n  s: {source: paper, basis: stated, summary: So.}\n"


def checked(
    folder: Path, party: str, agenda: str = AGENDA, sources: str = SOURCES, head: str = HEAD
) -> Checked:
    """What is found in a dossier of one party, within the time that there is."""
    folder.mkdir(exist_ok=True)
    for name, text in {"agenda": agenda, "sources": sources, "x": head + party}.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    with within(SECONDS):
        return check_folder(folder, TODAY)


def codes(found: Checked) -> set[str]:
    return {finding.code for finding in found.findings}


def day(number: int) -> str:
    return f"{1000 + number // 336}-{1 + number // 28 % 12:02}-{1 + number % 28:02}"


def letters(number: int, length: int) -> str:
    return "".join(chr(97 + number // 26**place % 26) for place in range(length))


def members(count: int, one: Callable[[int], str]) -> str:
    return ", ".join(one(number) if number % 2 else f"m{number}" for number in range(count))


MIXED: dict[str, Callable[[int], str]] = {
    "maps": lambda number: f"{{a: {number}}}",
    "lists": lambda number: f"[{number}]",
    "numbers": lambda number: f"{number}.5",
    "maps of lists": lambda number: f"{{a: [{number}]}}",
    "maps of maps": lambda number: f"{{a: {{b: {number}}}}}",
    "true among numbers": lambda number: "true" if number == 1 else str(number),
}


@pytest.mark.parametrize("key", largely(["aliases", "members"], "members"))
@pytest.mark.parametrize("kind", largely(MIXED, "maps"))
def test_members_of_several_types_are_told_apart_quickly(
    tmp_path: Path, kind: str, key: str
) -> None:
    head = HEAD.replace("name: X", f"name: X\n{key}: [{members(20_000, MIXED[kind])}]")
    found = checked(tmp_path / "d", "positions: {}\n", head=head)
    assert codes(found) & {"CP204", "CP205"}
    assert "CP208" not in codes(found)


def test_mixed_evidence(tmp_path: Path) -> None:
    listed = members(5_000, MIXED["maps"])
    party = f"positions:\n  c: [{{since: 2026, demands: a, evidence: [{listed}]}}]\n"
    assert codes(checked(tmp_path / "d", party)) == {"CP109", "CP204"}


LONG = letters(12345, 13) * 1_400
TITLES = {
    "issues": AGENDA.replace("Quota", LONG).replace("Choice", LONG + "x"),
    "questions": AGENDA.replace("How much", LONG).replace("Which", LONG + "x"),
    "groups": AGENDA.replace("{g: G}", f"{{g: {LONG}, h: {LONG}x, i: {LONG}y}}"),
    "options": AGENDA.replace("Aa", LONG).replace("Bb", LONG + "x").replace("Dd", LONG + "y"),
    "many of 90 letters": AGENDA
    + "".join(
        f"  i{number}: {{title: {(letters(number, 4) + 'x') * 18}, question: Q{letters(number, 5)},"
        " group: g, kind: quantity, unit: t}\n"
        for number in range(2_000)
    ),
    "capitals": AGENDA.replace("Quota", LONG).replace("Choice", LONG.upper()),
}


@pytest.mark.parametrize("place", largely(TITLES, *(TITLES.keys() - {"many of 90 letters"})))
def test_long_titles_take_little_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setenv(VARIABLE, "title-characters=20000")
    tracemalloc.start()
    try:
        found = checked(tmp_path / "d", "positions: {}\n", agenda=TITLES[place])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 60_000_000
    assert found.count("error") == 0
    assert ("CP603" in codes(found)) == (place == "capitals")


SHORT = {
    "the dossier's title": ("agenda", "title: T\n", "title: {}\n"),
    "a group's title": ("agenda", "{g: G}", "{{g: {}}}"),
    "a group's id": ("agenda", "{g: G}", "{{g: G, {}: H}}"),
    "an issue's title": ("agenda", "Quota", "{}"),
    "an issue's id": ("agenda", "  q:", "  {}:"),
    "an option's title": ("agenda", "Aa", "{}"),
    "an option's id": ("agenda", "{a: Aa", "{{a: Aa, {}: Xx"),
    "a unit": ("agenda", "unit: t", "unit: {}"),
    "a source's title": ("sources", "title: A", "title: {}"),
    "a publisher": ("sources", "publisher: B", "publisher: {}"),
    "a source's id": (
        "sources",
        "  paper:",
        "  {}: {{title: C, publisher: D, date: 2026, status: press}}\n  paper:",
    ),
    "a party's name": ("x", "name: X", "name: {}"),
    "a short name": ("x", "name: X", "name: X\nshort: {}"),
    "a speaker's name": ("x", "name: X", "name: X\nspeakers: {{s: {{name: {}}}}}"),
    "a speaker's role": ("x", "name: X", "name: X\nspeakers: {{s: {{name: S, role: {}}}}}"),
    "a statement's id": ("x", "  s:", "  {}:"),
}
LONGER = {
    "a question": ("agenda", "How much?", "{}"),
    "a note": ("x", "name: X", "name: X\nnote: {}"),
    "a summary": ("x", "So.", "{}"),
    "a quotation": ("x", "So.", "So., quote: {}"),
}


def with_text(folder: Path, place: tuple[str, str, str], text: str) -> Checked:
    """What is found in a dossier with this text at a place."""
    file, before, after = place
    files = {"agenda": AGENDA, "sources": SOURCES, "x": HEAD + "positions: {}\n"}
    assert before in files[file]
    files[file] = files[file].replace(before, after.format(text), 1)
    return checked(folder, files["x"], files["agenda"], files["sources"], head="")


@pytest.mark.parametrize("what", SHORT)
def test_what_reports_repeat_is_short(tmp_path: Path, what: str) -> None:
    (met,) = (
        one
        for one in with_text(tmp_path, SHORT[what], "x" * 601).findings
        if one.severity == "error"
    )
    assert met.code == "CP109"
    assert "of more than 600 characters" in met.message
    assert f"set {VARIABLE}=title-characters=" in met.hint
    assert with_text(tmp_path, SHORT[what], "x" * 600).count("error") == 0


@pytest.mark.parametrize("what", LONGER)
def test_what_reports_do_not_repeat_may_be_longer(tmp_path: Path, what: str) -> None:
    assert with_text(tmp_path, LONGER[what], "x" * 20_000).count("error") == 0


@pytest.mark.parametrize("key", ["summary", "quote", "locator", "note"])
@pytest.mark.parametrize("cited", ["evidence: [s]", "evidence: [t], against: [s]"])
def test_a_statement_counts_as_often_as_it_is_cited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, cited: str
) -> None:
    said = {"source": "paper", "basis": "stated", "summary": "So.", key: "x" * 100}
    text = ", ".join(f"{name}: {value}" for name, value in said.items())
    entries = "".join(f"    - {{since: {day(n)}, demands: a, {cited}}}\n" for n in range(10))
    positions = f"positions:\n  c:\n{entries}"
    head = f"party: x\nname: X\nstatements:\n  s: {{{text}}}\n  t: {{{text}}}\n"
    assert checked(tmp_path, positions, head=head).count("error") == 0
    monkeypatch.setenv(VARIABLE, "cited-characters=900")
    met = [one for one in checked(tmp_path, positions, head=head).findings if one.code == "CP109"]
    assert met
    assert "the statements cited have more than 900 characters" in met[0].message
    assert f"set {VARIABLE}=cited-characters=" in met[0].hint


def test_what_is_one_letter_apart_is_told_until_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "title-letters=30")
    titles = ["Labour costs", "Labor costs", "Length of term", "Wages per hour", "Wages per hours"]
    agenda = AGENDA.replace("{g: G}", str(dict(enumerate(titles))).replace("{", "{g: G, a"))
    agenda = agenda.replace(", 1:", ", b:").replace(", 2:", ", e:").replace(", 3:", ", f:")
    found = checked(tmp_path / "d", "positions: {}\n", agenda=agenda.replace(", 4:", ", h:"))
    told = [one.message for one in found.findings if one.code == "CP603"]
    assert len(told) == 2
    assert any("“Labor costs” differs" in one for one in told)
    assert any("after 30 letters" in one for one in told)


ENTRIES = 10_000
MANY: dict[str, str] = {
    "entries that rest on too late a statement": "positions:\n  q:\n"
    + "".join(f"    - {{since: {day(n)}, demands: {n}, evidence: [s]}}\n" for n in range(ENTRIES)),
    "conditions of many entries": "positions:\n  c:\n"
    + "".join(
        f"    - {{since: {day(n)}, accepts: [{{outcome: a, if: {{q: {{min: {n}}}}}}}],"
        " evidence: [s]}\n"
        for n in range(ENTRIES // 2)
    )
    + "  q:\n"
    + "".join(
        f"    - {{since: {day(n)}, demands: {{max: -{n + 1}}}, evidence: [s]}}\n"
        for n in range(ENTRIES // 2)
    ),
    "conditions beside what is free": "positions:\n  q:\n    - since: 2026\n      evidence: [s]\n"
    + "      accepts:\n"
    + "".join(
        f"        - {{outcome: {2 * n + 1}, if: {{c: a}}}}\n        - {2 * n}\n"
        for n in range(ENTRIES // 2)
    ),
    "what is refused and accepted": "positions:\n  q:\n    - since: 2026\n      evidence: [s]\n"
    + f"      refuses: [{', '.join(str(2 * n) for n in range(ENTRIES // 2))}]\n"
    + "      accepts:\n        - {outcome: 1, if: {c: a}}\n"
    + "".join(f"        - {2 * n}\n" for n in range(ENTRIES // 2)),
}


@pytest.mark.parametrize("what", largely(MANY, "what is refused and accepted"))
def test_many_of_them_are_checked_quickly(tmp_path: Path, what: str) -> None:
    assert checked(tmp_path / "d", MANY[what]).findings


def test_no_comment_silences_what_is_only_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "findings-of-rule=2")
    said = "".join(
        f"  t{n}: {{source: paper, basis: stated, summary: So.}} # claimpos: ignore[CP502] so\n"
        for n in range(6)
    )
    found = checked(tmp_path / "d", "positions: {}\n", head=HEAD + said)
    left = sum(one.number for one in found.findings if one.code == "CP502")
    assert (left, found.silenced) == (6, 1)


def unused(numbers: range) -> str:
    return "".join(f"t{n}: {{source: paper, basis: stated, summary: So.}}\n" for n in numbers)


def test_what_is_only_counted_gets_no_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "findings-of-rule=3")
    placed = mock.Mock(side_effect=_Places.span)
    monkeypatch.setattr(_Places, "span", lambda *of: placed(*of))
    head = f"party: x\nname: X\nstatements:\n{indent(unused(range(9)), '  ')}"
    found = checked(tmp_path / "d", "positions: {}\n", head=head).findings
    assert [one.number for one in found if one.code == "CP502"] == [1, 1, 1, 6]
    assert placed.call_count == 4


def test_each_file_of_a_folder_has_findings_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "findings-of-rule=3")
    checked(folder := tmp_path / "d", "positions: {}\n")
    (folder / "x.yaml").unlink()
    (folder / "parties/x/statements").mkdir(parents=True)
    (folder / "parties/x/party.yaml").write_text("party: x\nname: X\npositions: {}\n", "utf-8")
    for name, numbers in {"a": range(6), "b": range(6, 10)}.items():
        (folder / f"parties/x/statements/{name}.yaml").write_text(unused(numbers), "utf-8")
    found = [one for one in check_folder(folder, TODAY).findings if one.code == "CP502"]
    told = [(Path(one.source.path).stem, one.span.line, one.number) for one in found]
    assert told == [
        *[("a", 1, 1), ("a", 2, 1), ("a", 3, 1), ("a", 4, 3)],
        *[("b", 1, 1), ("b", 2, 1), ("b", 3, 1), ("b", 4, 1)],
    ]


SHAPES = {
    "entries": "positions:\n  c:\n" + "".join(f"    - {{since: x{n}}}\n" for n in range(3_000)),
    "outcomes": "positions:\n  c:\n    - since: 2026\n      evidence: [s]\n      accepts:\n"
    + "".join(f"        - {{outcome: {{x: {{y: {n}}}}}}}\n" for n in range(3_000)),
    "aliases": f"aliases: [{', '.join(f'[{n}]' for n in range(3_000))}]\npositions: {{}}\n",
    "issues": "positions:\n" + "".join(f"  Issue {n}: []\n" for n in range(3_000)),
    "verbs": "positions:\n  c:\n"
    + "".join(f"    - {{since: 2026, evidence: [s], demand: {n}}}\n" for n in range(3_000)),
}


@pytest.mark.parametrize("what", largely(SHAPES, *(SHAPES.keys() - {"outcomes"})))
def test_a_form_that_is_wrong_everywhere_is_explained_only_so_often(
    tmp_path: Path, what: str
) -> None:
    found = checked(tmp_path / "d", SHAPES[what])
    assert any("are listed after the first" in one.message for one in found.findings)
    assert found.count("error") in (2_001, 2_002)


@pytest.mark.parametrize("count", largely([500, 8_000], 500))
def test_texts_that_look_like_silencers_are_found_quickly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    said = "".join(
        f'  t{n}: {{source: paper, basis: stated, summary: "# claimpos: {n}."}}'
        " # claimpos: ignore[CP502] so\n"
        for n in range(count)
    )
    monkeypatch.setenv(VARIABLE, "findings-of-rule=10000")
    found = checked(tmp_path / "d", "positions: {}\n", head=HEAD + said)
    assert found.silenced == count


DATED = [f"d{number}" for number in range(60)]
ON_DAYS: dict[str, str] = {
    "evidence": f"evidence: [{', '.join(DATED)}]",
    "evidence by verb": f"evidence: {{demands: [{', '.join(DATED)}]}}",
    "what does not fit": f"evidence: [s], against: [{', '.join(DATED)}]",
    "context": f"evidence: [s], context: [{', '.join(DATED)}]",
    "notes": "evidence: [s], notes: ["
    + ", ".join(f"{{day: {day(number)}, text: So.}}" for number in range(60))
    + "]",
}


@pytest.mark.parametrize("kind", [*ON_DAYS, "answers"])
def test_what_is_known_of_an_entry_day_by_day_is_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    said = "".join(
        f"  {one}: {{source: paper, said: {day(n)}, basis: stated, summary: So.}}\n"
        for n, one in enumerate(DATED)
    )
    positions = (
        f"positions:\n  c: [{{since: 2026, demands: a, {ON_DAYS.get(kind, 'evidence: [s]')}}}]\n"
    )
    if kind == "answers":
        cited = f"[{', '.join(DATED)}]"
        positions += f"answers:\n  text: [{{since: 2026, says: refuses, evidence: {cited}}}]\n"
        written = "proposal: text\ntitle: Text\ndate: 2025\nsource: paper\nstatus: draft\n"
        (tmp_path / "proposals").mkdir()
        (tmp_path / "proposals" / "text.yaml").write_text(
            f"{written}terms: {{c: {{outcome: a, summary: So.}}}}\n", "utf-8"
        )
    assert checked(tmp_path, positions, head=HEAD + said).count("error") == 0
    monkeypatch.setenv(VARIABLE, "evidence-days=3599")
    (met,) = (
        one
        for one in checked(tmp_path, positions, head=HEAD + said).findings
        if one.severity == "error"
    )
    assert met.code == "CP109"
    assert "times their days come to more than 3,599" in met.message
    assert f"set {VARIABLE}=evidence-days=" in met.hint


def grouped(folder: Path, groups: int, issues: int) -> None:
    """Groups each of which speaks for all after it, and contradicts it on every issue."""
    folder.mkdir(exist_ok=True)
    agenda = AGENDA + "".join(
        f"  i{n}: {{title: {letters(n, 7)}, question: {letters(n, 6)}, group: g, kind: choice,"
        " options: {a: Aa, b: Bb}}\n"
        for n in range(issues)
    )
    (folder / "agenda.yaml").write_text(agenda, "utf-8")
    (folder / "sources.yaml").write_text(SOURCES, "utf-8")
    names = [f"x{number}" for number in range(groups)]
    for number, name in enumerate(names):
        after = f"members: [{', '.join(names[number + 1 :])}]\nspeaks-for-members: true\n"
        head = HEAD.replace("party: x\nname: X\n", f"party: {name}\nname: {name.title()}\n")
        positions = "".join(
            f"  i{n}: [{{since: 2026, demands: {'ab'[number % 2]}, evidence: [s]}}]\n"
            for n in range(issues)
        )
        text = head + (after if number < groups - 1 else "") + f"positions:\n{positions}"
        (folder / f"{name}.yaml").write_text(text, "utf-8")


@pytest.mark.large
def test_contradictions_within_groups_are_looked_for_until_the_limit(tmp_path: Path) -> None:
    grouped(tmp_path, 80, 30)
    with within(2 * SECONDS):
        found = check_folder(tmp_path, TODAY)
    assert found.count("error") == 0
    for code in ("CP425", "CP426"):
        told = [one for one in found.findings if one.code == code]
        assert any("after 30,000 pairs of entries" in one.message for one in told)
        assert any("group-pairs=" in one.hint for one in told)


def at_odds(folder: Path, parties: int, issues: int, said: Callable[[int], str]) -> Checked:
    """What is found where so many parties have a position on each of so many issues."""
    folder.mkdir()
    agenda = "".join(
        f"  i{n}: {{title: I{n}, question: Q{n}?, group: g, kind: choice,"
        " options: {a: Aa, b: Bb}}\n"
        for n in range(issues)
    )
    (folder / "agenda.yaml").write_text(f"title: T\ngroups: {{g: G}}\nissues:\n{agenda}", "utf-8")
    (folder / "sources.yaml").write_text(SOURCES, "utf-8")
    for number in range(parties):
        head = HEAD.replace("party: x\nname: X\n", f"party: x{number}\nname: N{number}\n")
        positions = "".join(
            f"  i{n}: [{{since: 2026, {said(number)}, evidence: [s]}}]\n" for n in range(issues)
        )
        (folder / f"x{number}.yaml").write_text(f"{head}positions:\n{positions}", "utf-8")
    with within(2 * SECONDS):
        return check_folder(folder, TODAY)


@pytest.mark.large
def test_positions_that_agree_are_compared_once(tmp_path: Path) -> None:
    found = at_odds(tmp_path / "d", 1_000, 40, lambda _: "demands: a")
    assert not [one for one in found.findings if one.code == "CP432"]


def test_the_coding_of_parties_at_odds_is_compared_until_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def said(number: int) -> str:
        return "demands: a, refuses: b" if number % 2 else "demands: b"

    found = at_odds(tmp_path / "d", 8, 2, said)
    assert sum(one.code == "CP432" for one in found.findings) == 32
    monkeypatch.setenv(VARIABLE, "coding-pairs=600")
    found = at_odds(tmp_path / "e", 8, 2, said)
    (met,) = (one for one in found.findings if "600 pairs of positions" in one.message)
    assert "coding-pairs=" in met.hint


@pytest.mark.parametrize("texts", [2, 40])
def test_what_answers_leave_out_is_compared_until_the_limit(
    texts: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of many answers to each of many texts leaves out an issue that the party accepts."""
    says = "says: accepts, except: [c], evidence: [s]"
    dated = [f"{{since: {2027 + number}, {says}}}" for number in range(20)]
    answers = "".join(f"  t{number}: [{', '.join(dated)}]\n" for number in range(texts))
    proposals = tmp_path / "proposals"
    proposals.mkdir()
    terms = "terms: {c: {outcome: a, summary: So.}}\n"
    for number in range(texts):
        head = f"proposal: t{number}\ntitle: {letters(number, 6)}\ndate: 2026\nsource: paper\n"
        (proposals / f"t{number}.yaml").write_text(f"{head}status: draft\n{terms}", "utf-8")
    positions = "positions:\n  c: [{since: 2026, accepts: a, evidence: [s]}]\n"
    monkeypatch.setenv(VARIABLE, "answer-steps=30000")
    found = checked(tmp_path, f"{positions}answers:\n{answers}")
    told = [one for one in found.findings if one.code == "CP435"]
    met = [one for one in told if "after 30,000 steps" in one.message]
    assert (len(told) - len(met), len(met)) == ((40, 0) if texts == 2 else (30_000 // 44, 1))
    assert all("answer-steps=" in one.hint for one in met)


@pytest.mark.large
def test_names_of_parties_of_which_a_group_names_none(tmp_path: Path) -> None:
    """Each of many parties has many names."""
    folder = tmp_path / "d"
    folder.mkdir()
    for number in range(80):
        aliases = ", ".join(f"{letters(number, 3)}x{alias}" for alias in range(400))
        head = HEAD.replace("party: x\nname: X", f"party: p{number}\nname: P{number}")
        head = head.replace("statements:", f"aliases: [{aliases}]\nstatements:")
        (folder / f"p{number}.yaml").write_text(f"{head}positions: {{}}\n", "utf-8")
    group = "members: [p0, Somebody]\nspeaks-for-members: true\npositions: {}\n"
    assert checked(folder, group).count("error") == 0


@pytest.mark.large
def test_options_that_all_items_lack(tmp_path: Path) -> None:
    """A thousand options are refused for each of many items, in each of several entries."""
    options = [f"o{number}" for number in range(1_000)]
    items = ", ".join(f"m{number}: M{number}" for number in range(500))
    agenda = (
        "title: T\ngroups: {g: G}\nissues:\n  i: {title: I, question: Q?, group: g, kind: items,"
        f" items: {{{items}}}, options: {{{', '.join(f'{one}: {one}' for one in options)}}}}}\n"
    )
    refused = f"refuses: {{all: [{', '.join(options[1:])}]}}"
    entries = "".join(
        f"    - {{since: {day(number)}, {refused}, evidence: [s]}}\n" for number in range(20)
    )
    sources = SOURCES.replace("2026-01-01", "1000-01-01")
    found = checked(tmp_path / "d", f"positions:\n  i:\n{entries}", agenda, sources)
    assert "CP411" in codes(found)


@pytest.mark.large
def test_a_hash_behind_a_long_line(tmp_path: Path) -> None:
    authors = ", ".join(f"a{number}" for number in range(200_000))
    paper = f"{{authors: [{authors}], {SOURCES.partition('{')[2].strip()}"
    found = checked(tmp_path / "d", "positions: {}\n", sources=f"sources: {{paper: {paper}}} #x\n")
    assert codes(found) == {"CP502"}


@pytest.mark.large
def test_comments_that_silence_nothing_are_counted(tmp_path: Path) -> None:
    comment = f"# claimpos: ignore[{','.join(f'A{number}' for number in range(20))}]\n"
    found = checked(tmp_path / "d", f"positions: {{}}\n{comment * 20_000}")
    assert sum(one.number for one in found.findings if one.code == "CP901") == 400_000


@pytest.mark.large
def test_empty_cells_of_a_table_take_no_time() -> None:
    rows = [["note", *[""] * 90] for _ in range(40_000)]
    with within(SECONDS / 2):
        for written in (csv_text, partial(excel_csv, measured=rows[0])):
            assert written(rows[0], rows[1:]).count("note") == len(rows)


def test_members_that_groups_speak_for_are_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grouped(tmp_path, 5, 2)  # ten members of four groups, on four issues
    monkeypatch.setenv(VARIABLE, "memberships=40")
    assert check_folder(tmp_path, TODAY).count("error") == 0
    monkeypatch.setenv(VARIABLE, "memberships=39")
    (met,) = (one for one in check_folder(tmp_path, TODAY).findings if one.severity == "error")
    assert (met.code, met.source.path.rpartition("/")[2]) == ("CP109", "x3.yaml")
    assert f"set {VARIABLE}=memberships=" in met.hint


def test_positions_that_groups_hand_on_to_members_are_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = [{"since": str(2000 + at), "demands": "a"} for at in range(20)]
    positions = {"top": {"x": entries}, "group": {}, **{name: {} for name in "pqrs"}}
    besides = {
        "top": {"members": ["group"], "speaks-for-members": True},
        "group": {"members": [*"pqrs"], "speaks-for-members": True},
    }
    write_short(tmp_path, {"x": {"options": ["a", "b"]}}, positions, {}, besides)
    monkeypatch.setenv(VARIABLE, "memberships=100")
    assert check_folder(tmp_path, TODAY).count("error") == 0
    monkeypatch.setenv(VARIABLE, "memberships=99")
    (met,) = (one for one in check_folder(tmp_path, TODAY).findings if one.severity == "error")
    assert (met.code, met.source.path.rpartition("/")[2]) == ("CP109", "top.yaml")


@pytest.mark.large
def test_all_of_many_items_in_many_entries(tmp_path: Path) -> None:
    items = ", ".join(f"n{number}: N{number}" for number in range(5_000))
    issue = f"question: Ii, group: g, kind: items, items: {{{items}}}, options: {{a: Aa, b: Bb}}"
    entries = "".join(
        f"    - {{since: {day(number)}, demands: {{all: a}}, evidence: [s]}}\n"
        for number in range(5_000)
    )
    agenda = f"{AGENDA}  i: {{title: I, {issue}}}\n"
    found = checked(tmp_path / "d", f"positions:\n  i:\n{entries}", agenda=agenda)
    assert codes(found) == {"CP109"}


def test_a_long_chain_of_conditions_is_no_circle(tmp_path: Path) -> None:
    issues = [f"i{n}" for n in range(600)]
    agenda = AGENDA + "".join(
        f"  {one}: {{title: {letters(n, 7)}, question: {letters(n, 6)}, group: g, kind: choice,"
        " options: {a: Aa, b: Bb}}\n"
        for n, one in enumerate(issues)
    )
    entry = "  {}: [{{since: 2026, accepts: [{{outcome: a, if: {{{}: a}}}}], evidence: [s]}}]\n"
    chain = "".join(entry.format(*two) for two in pairwise(issues))
    open_ended = checked(tmp_path / "d", "positions:\n" + chain, agenda=agenda)
    assert "CP412" not in codes(open_ended)
    closed = checked(
        tmp_path / "d", "positions:\n" + chain + entry.format("i599", "i200"), agenda=agenda
    )
    told = [one for one in closed.findings if one.code == "CP412"]
    assert len(told) == 400


NEAR: dict[str, Callable[[], list[str]]] = {
    "short": lambda: [letters(number, 30) for number in range(100_000)],
    "alike at the start": lambda: ["a" * 50 + letters(number, 8) for number in range(100_000)],
    "very long": lambda: ["a" * 100_000] * 100,
    "alike in the middle": lambda: [
        letters(0, 3) + "ab" * 20 + letters(number, 5) for number in range(20_000)
    ],
    "of every length": lambda: ["ab" * number for number in range(2_000)],
}


@pytest.fixture(
    scope="module",
    params=largely(NEAR, "very long", "alike in the middle", "of every length"),
)
def known(request: pytest.FixtureRequest) -> list[str]:
    return NEAR[request.param]()


@pytest.mark.parametrize("name", ["aaa" + "ab" * 20, "a" * 58, "a" * 100_000, "b"])
def test_near_names_are_looked_up_quickly(name: str, known: list[str]) -> None:
    with within(SECONDS):
        assert len(did_you_mean(name, known)) < 1_000


@pytest.mark.large
def test_names_of_the_same_letters_are_looked_up_quickly() -> None:
    known = ["ab" * 28 + letters(number, 3) for number in range(300)]
    with within(SECONDS):
        for number in range(100):
            did_you_mean("ba" * 27 + letters(number, 3), known)


def test_rules_that_name_strangers(tmp_path: Path) -> None:
    """Each of the unknown names looks like that of each party."""
    folder = tmp_path / "d"
    folder.mkdir()
    for number in range(300):
        name = f"x{letters(number, 3)}{'ab' * 26}"
        head = HEAD.replace("party: x", f"party: {name}").replace("name: X", f"name: {name}")
        (folder / f"{name}.yaml").write_text(f"{head}positions: {{}}\n", "utf-8")
    weights = ", ".join(f"y{letters(number, 3)}{'ba' * 26}: 1" for number in range(1_000))
    rule = f"decides: {{weights: {{{weights}}}, at-least: 1}}, options"
    found = checked(folder, "positions: {}\n", AGENDA.replace("options", rule))
    assert sum(one.code == "CP319" for one in found.findings) == 1_000


FLOODS = {
    "controls in one line": "a: " + "b\x01" * 30_000,
    "controls in short lines": "b\x01\n" * 30_000,
    "keys that stand there twice": "a: b\n" * 30_000,
    "tags": "- !t a\n" * 30_000,
    "long numbers": ("- " + "1" * 31 + "\n") * 30_000,
    "escapes": "[" + '"\\x07", ' * 30_000 + "]",
    "anchors": "- &a b\n" * 30_000,
}


@pytest.mark.parametrize("flood", largely(FLOODS, "controls in one line", "anchors"))
def test_a_flood_of_findings_is_counted(tmp_path: Path, flood: str) -> None:
    found = checked(tmp_path / "d", FLOODS[flood], head="")
    assert found.count("error") in (30_000, 29_999)
    shown = found._replace(findings=abridged(found.findings))
    assert len(shown.findings) == SHOWN + 1
    assert shown.count("error") == found.count("error")
    more = found.count("error") - SHOWN
    assert f"and {more:,} more of" in shown.findings[-1].message
    for name in FORMATS:
        text = report(shown, name, Paint(on=False))
        assert len(text) < 300_000, name
    data = json.loads(report(found, "json", Paint(on=False)))
    assert data["summary"]["errors"] == found.count("error")
    assert len(data["findings"]) == 5_001
    with pytest.raises(InvalidDossier) as caught:
        load_dossier(tmp_path / "d")
    text = findings_text(caught.value.findings)
    assert text.endswith(f"{found.count('error'):,} errors; the command was not run\n")
    assert len(text) < 100_000


def test_few_findings_are_all_shown() -> None:
    source = SourceText("x.yaml", "a\n" * 1_000)
    spans = [Span(line, 1, line, 2) for line in range(1, 1_000)]
    few = [Finding("CP102", source, span, "m", "h") for span in spans[:SHOWN]]
    assert abridged(few) == few
    one_more = Finding("CP102", source, spans[SHOWN], "m", "h")
    assert abridged([*few, one_more]) == [*few, one_more]


LIMITS = {
    "text-characters=20": ("a: a text of more than twenty\n", "more than 20 characters"),
    "file-values=5": ("[a, b, c, d, e]\n", "the file holds more than 5 keys and values"),
    "dossier-files=2": ("positions: {}\n", "the dossier has more than 2 files"),
    "dossier-bytes=20": ("positions: {}\n", "are larger than 2e-05 MB together"),
    "shape-findings=1": ("a: b\nc: d\n", "are listed after the first 1"),
    "issue-options=2": ("positions: {}\n", "the issue has more than 2 options"),
    "cells-of-all=1": (
        f"{HEAD}positions:\n  i: [{{since: 2026, demands: {{all: a}}, evidence: [s]}}]\n",
        "`all` stands for more than 1 items",
    ),
    "named-characters=5": (
        f"{HEAD}positions:\n  c: [{{since: 2026, demands: [a, b], evidence: [s]}}]\n",
        "the outcomes named have more than 5 characters",
    ),
}


@pytest.mark.parametrize("limits", LIMITS)
def test_a_limit_is_told_and_can_be_raised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limits: str
) -> None:
    party, message = LIMITS[limits]
    agenda = AGENDA + (
        "  i: {title: I, question: Ii, group: g, kind: items, items: {n: N, m: M},"
        " options: {a: Aa, b: Bb}}\n"
    )
    if limits.startswith("text"):
        agenda, sources = "a: b\n", "a: b\n"
    elif limits.startswith("file"):
        agenda, sources = "[]\n", "[]\n"
    else:
        sources = SOURCES
    name = limits.partition("=")[0]
    monkeypatch.setenv(VARIABLE, limits)
    met = checked(tmp_path / "d", party, agenda=agenda, sources=sources, head="")
    told = [one for one in met.findings if one.code == "CP109"]
    assert any(message in one.message for one in told)
    assert all(f"{VARIABLE}={name}=" in one.hint for one in told)
    monkeypatch.delenv(VARIABLE)
    raised = checked(tmp_path / "d", party, agenda=agenda, sources=sources, head="")
    assert "CP109" not in codes(raised)


@pytest.mark.parametrize(
    "text", ["[a, b, c, d]", "? a\n: b\n? c", "- a\n- \n- - b", "{a, b}", "[? , ]"]
)
@pytest.mark.parametrize("most", range(1, 9))
def test_both_ways_of_reading_count_alike(
    monkeypatch: pytest.MonkeyPatch, text: str, most: int
) -> None:
    monkeypatch.setenv(VARIABLE, f"file-values={most}")
    plain, _ = parse(SourceText("x.yaml", text))
    node, findings = parse(SourceText("x.yaml", f"{text} # &"))  # & asks for the events first
    assert (node, bool(findings)) == (plain, plain is None)


def test_an_excerpt_of_a_long_line_is_short(tmp_path: Path) -> None:
    found = checked(tmp_path / "d", "x" * 100_000 + "\x01" + "y" * 100_000, head="")
    text = report(found, "text", Paint(on=False))
    assert max(map(len, text.splitlines())) < 200


@pytest.mark.parametrize("limits", ["dossier-files=2", "dossier-bytes=1000"])
def test_no_more_files_are_opened_than_the_limits_allow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limits: str
) -> None:
    for number in range(50):
        (tmp_path / f"p{number}.yaml").write_text("#" * 200, "utf-8")
    monkeypatch.setenv(VARIABLE, limits)
    opened: list[str] = []
    content = Folder.content

    def counted(folder: Folder, name: str) -> bytes | NotRead:
        opened.append(name)
        return content(folder, name)

    monkeypatch.setattr(Folder, "content", counted)
    assert [*read_all(tmp_path)] == [""]
    assert len(opened) < 10


SECRET = "hunter”2"
FOREIGN: dict[str, str] = {
    "keys that stand there twice": f"? {SECRET}\n: b\n" * 6_000,
    "long keys": f"? {SECRET}{'hunter' * 100}\n: b\n" * 10,
    "long tags": f"- !{SECRET.replace('”', '') * 100} a\n" * 10,
    "unknown keys": "".join(f"{SECRET}{number}: b\n" for number in range(3_000)),
    "controls": f"{SECRET}\x01\n" * 6_000,
}


@pytest.mark.parametrize("what", FOREIGN)
def test_nothing_of_a_foreign_file_is_shown_however_much_is_wrong(
    tmp_path: Path, what: str
) -> None:
    found = checked(tmp_path / "d", FOREIGN[what], head="")
    assert found.findings
    shown = found._replace(findings=abridged(found.findings))
    for name in FORMATS:
        assert "hunter" not in report(shown, name, Paint(on=False)), name


def test_names_in_a_long_foreign_file_are_hidden_quickly(tmp_path: Path) -> None:
    comment = f"#{'a' * 200}\n" * 30_000
    found = checked(tmp_path / "d", comment + "ab: b\n" * 10_000, head="")
    assert "ab" not in found.findings[0].message


FAULTY = {
    "unknown keys": HEAD + "positions: {}\n" + "".join(f"k{n}: 1\n" for n in range(100)),
    "anchors": "- &a b\n" * 100,
    "controls": "- b\x01\n" * 100,
    "statements that nobody cites": HEAD
    + "".join(f"  t{n}: {{source: paper, basis: stated, summary: So.}}\n" for n in range(100))
    + "positions: {}\n",
}


@pytest.mark.parametrize("what", FAULTY)
def test_the_findings_of_all_dossiers_count_towards_the_limit_of_a_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    targets = []
    for number in range(10):
        checked(tmp_path / str(number), FAULTY[what], head="")
        targets.append(Target(tmp_path / str(number)))
    monkeypatch.setenv(VARIABLE, "findings=250")
    found = checked_targets(targets, TODAY, None, {})
    told = len(found.findings)
    assert 250 < told < 300
    assert sum(one.number for one in found.findings) >= 1_000
    assert all(one.source.parsed is None for one in found.findings)


LISTS = {"lists": "[], ", "maps": "{}, ", "texts": '"ab", '}


@pytest.mark.parametrize("what", largely(LISTS, "texts"))
def test_copies_of_a_schema_are_read_one_at_a_time(tmp_path: Path, what: str) -> None:
    (tmp_path / "d").mkdir()
    listed = LISTS[what] * (600_000 // len(LISTS[what]))
    copy = f'{{"$id": "{SPECIALISED_ID}", "x": [{listed}0]}}'
    for number in range(10):
        (tmp_path / "d" / f"{number}.schema.json").write_text(copy, "utf-8")
    tracemalloc.start()
    found = checked(tmp_path / "d", "positions: {}\n")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sum(one.code == "CP604" for one in found.findings) == 10
    assert most < 30_000_000


def test_copies_of_a_schema_have_a_limit_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "d").mkdir()
    for number in range(10):
        (tmp_path / "d" / f"{number}.schema.json").write_text(" " * 2_000, "utf-8")
    monkeypatch.setenv(VARIABLE, "dossier-bytes=5000")
    found = checked(tmp_path / "d", "positions: {}\n")
    told = [one for one in found.findings if one.code == "CP604"]
    assert len(told) == 7
    assert all("larger than 0.005 MB together" in one.message for one in told)
    assert all("CLAIMPOS_LIMITS=dossier-bytes=" in one.hint for one in told)


def test_of_very_many_circles_of_groups_the_first_are_told(tmp_path: Path) -> None:
    """Each of many groups speaks for all the others."""
    names = [f"x{number}" for number in range(300)]
    for name in names:
        head = HEAD.replace("party: x\nname: X\n", f"party: {name}\nname: {name.title()}\n")
        members = ", ".join(one for one in names if one != name)
        text = f"{head}members: [{members}]\nspeaks-for-members: true\npositions: {{}}\n"
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    found = checked(tmp_path, "positions: {}\n")
    circles = [one for one in found.findings if one.code == "CP314"]
    assert 100 < len(circles) <= 200
    assert sum("there are more circles" in one.message for one in circles) == 1


@pytest.mark.large
def test_unknown_issues_among_many_old_names(tmp_path: Path) -> None:
    agenda = "title: T\ngroups: {g: G}\nissues:\n" + "".join(
        f"  i{n}: {{title: I{n}, question: Q{n}?, group: g, kind: choice, options: {{a: A, b: B}},"
        f" formerly: [{', '.join(f'f{n}-{old}' for old in range(200))}]}}\n"
        for n in range(300)
    )
    positions = "".join(
        f"  f{n}-1: [{{since: 2026, demands: a, evidence: [s]}}]\n" for n in range(5_000)
    )
    found = checked(tmp_path / "d", f"positions:\n{positions}", agenda)
    assert sum(one.number for one in found.findings if one.code == "CP301") == 5_000
    assert sum("its new id" in one.hint for one in found.findings) == 300


@pytest.mark.large
def test_points_of_many_options(tmp_path: Path) -> None:
    options = ", ".join(f"o{number}: {number}" for number in range(1_000))
    items = ", ".join(f"m{number}: M{number}" for number in range(240))
    agenda = (
        "title: T\ngroups: {g: G}\nissues:\n  i: {title: I, question: Q?, group: g, kind: items,"
        f" items: {{{items}}}, options: {{{options.replace(': ', ': O')}}}}}\n"
    )
    worth = "".join(f"      m{number}: {{{options}}}\n" for number in range(240))
    party = f"worth:\n  evidence: [s]\n  issues:\n    i:\n{worth}positions: {{}}\n"
    with within(3):
        assert not checked(tmp_path / "d", party, agenda).count("error")


def test_only_one_function_sorts_the_marks_on_letters() -> None:
    """To sort them takes the square of their number, so that there may only be a few."""
    asked = re.compile(r"\bnormalize\(|import [^\n]*\bnormalize\b")
    code = Path(claimpos.__file__).parent
    sorting = [path.name for path in code.rglob("*.py") if asked.search(path.read_text("utf-8"))]
    assert set(sorting) == {"looks.py", "printable.py", "genius.py"}  # of one mark; of numbers


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_marks_on_one_letter_are_sorted_up_to_thirty(form: Literal["NFC", "NFD"]) -> None:
    usual = (
        "Łódź, Việt Nam, הָאָרֶץ, 日本語の文章はここにあって空白のない長い行であることがよくある。ｅ́"
    )
    assert normal_form(form, usual) == unicodedata.normalize(form, usual)
    number = 200_000
    many = "No work. a" + "\u0301" * number + "\u0323" * number + " end"
    seconds = time.process_time()
    assert len(normal_form(form, many)) < 60
    assert time.process_time() - seconds < 2
