"""The annotations of GitHub Actions, as its runner reads them."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from claimpos.rendering.text import inert_in_line, safe
from tests.reports.findings import HOSTILE, finding, hostile, of_dossier, told
from tests.reports.runner import carried_out

KINDS = {"error": "error", "warning": "warning", "note": "notice"}


@pytest.mark.parametrize("name", ["faulty", "worked", "hostile"])
def test_an_annotation_a_finding_errors_first(name: str) -> None:
    checked = of_dossier(name)
    commands = carried_out(told(checked, "github"))
    ranks = [[*KINDS.values()].index(command.name) for command in commands]
    assert ranks == sorted(ranks)
    shown = Counter(
        (one.name, one.properties["file"], one.properties["title"])
        for one in commands
        if one.properties
    )
    found = Counter((KINDS[one.severity], one.source.path, one.code) for one in checked.findings)
    assert shown <= found
    # Of more than ten of a kind, nine are shown, and the tenth annotation counts the rest.
    left = {kind: count - 9 for kind, count in of_each_kind(found).items() if count > 10}
    assert of_each_kind(found - shown) == left
    assert [one.name for one in commands if not one.properties] == list(left)
    for one in commands:
        assert one.properties or f"and {left[one.name]} more" in one.data


def of_each_kind(annotations: Counter[tuple[str, str, str]]) -> dict[str, int]:
    kinds: Counter[str] = Counter()
    for (kind, _, _), count in annotations.items():
        kinds[kind] += count
    return dict(kinds)


@pytest.mark.parametrize("name", ["faulty", "worked", "hostile"])
def test_every_line_of_the_text_is_printed_as_well(name: str) -> None:
    checked = of_dossier(name)
    assert told(checked, "text") in told(checked, "github")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_only_the_annotations_are_carried_out(text: str) -> None:
    commands = carried_out(told(hostile(text), "github"))
    assert [command.name for command in commands] == ["error", "warning", "notice"]
    for command in commands:
        shown = inert_in_line(safe(text))
        assert command.data == f"unknown key “{shown}”\n{shown}"
    path = hostile(text).findings[2].source.path
    assert commands[2].properties["file"] == inert_in_line(safe(path))


WITHIN = ["##vso[task.setvariable variable=a]b", "##[add-path]/tmp", "x\n##teamcity[a b='c']"]


@pytest.mark.parametrize("text", WITHIN)
def test_no_annotation_holds_a_command_of_another_service(text: str) -> None:
    report = told(hostile(text), "github")
    assert "## " in report
    assert not re.search(r"##[a-zA-Z]*\[", report)


def test_what_an_annotation_says_of_the_place() -> None:
    one = finding("x")
    (command,) = carried_out(told(hostile("x")._replace(findings=[one]), "github"))
    place = {"file": "positions/x.yaml", "line": "2", "endLine": "2", "col": "1", "endColumn": "3"}
    assert command.properties == {**place, "title": "CP202"}
    long = one._replace(span=one.span._replace(end_line=3))
    (command,) = carried_out(told(hostile("x")._replace(findings=[long]), "github"))
    assert command.properties.keys() == {"file", "line", "endLine", "title"}


def test_the_runner_of_these_tests_is_fooled_by_a_careless_log() -> None:
    assert [one.name for one in carried_out(told(hostile("x\n ::error::y"), "text"))] == []
    careless = "    ::set-output name=a::b\nsay ##[add-path]/tmp\n"
    assert [one.name for one in carried_out(careless)] == ["set-output", "add-path"]
