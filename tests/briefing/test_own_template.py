"""A template of one's own: what it may do, and how its faults are told."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from claimpos import compare
from claimpos.briefing.data import brief_report
from claimpos.briefing.layout import brief_document
from claimpos.briefing.own_template import in_house_style
from claimpos.errors import BadTemplate
from claimpos.rendering.renderers import page_of
from tests.support import largely, short_dossier

AGENDA = {"truce": {"options": ["now", "later"]}}
PARTIES = {"ann": {"truce": {"demands": "now"}}, "bo": {"truce": {"refuses": "now"}}}


@pytest.fixture
def report(tmp_path: Path) -> dict[str, Any]:
    dossier = short_dossier(tmp_path / "positions", AGENDA, PARTIES)
    return brief_report(compare(dossier, ["ann", "bo"], "2025-06"))


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "house.md"


def test_it_receives_the_data_of_the_json_report(report: dict[str, Any], house: Path) -> None:
    house.write_text("{{ format }}: {{ summary.conflict }} of {{ rows | length }}; {{ nothing() }}")
    with pytest.raises(BadTemplate, match="'nothing' is undefined"):
        in_house_style(house, "md", report)
    house.write_text("{{ format }}: {{ summary.conflict }} of {{ rows | length }}")
    assert in_house_style(house, "md", report) == "claimpos.brief/2: 1 of 1"


def test_the_shipped_one_lays_out_what_the_command_writes(
    report: dict[str, Any], house: Path
) -> None:
    house.write_text('{% extends "briefing.md" %}')
    assert in_house_style(house, "md", report) == page_of(brief_document(report))


def test_it_may_change_a_part_of_the_shipped_one(report: dict[str, Any], house: Path) -> None:
    head = "{% block head %}# Ministry: {{ title }}\n{% endblock %}"
    row = "### {{ row.number }}. {{ row.title }}\n"
    rows = f"{{% block verdicts %}}{{% for row in rows %}}{row}{{% endfor %}}{{% endblock %}}"
    rest = "{% block glance %}{{ parts.glance }}{% endblock %}"
    house.write_text('{% extends "briefing.md" %}' + head + rows + rest)
    text = in_house_style(house, "md", report)
    assert text.startswith("# Ministry: Ann and Bo\n")
    assert "### 1. Truce" in text
    assert "## Conflicts" not in text
    assert "[^2]: " in text


@pytest.mark.parametrize(("kind", "shown"), [("md", "a \\| \\<b\\>"), ("html", "a | &lt;b&gt;")])
def test_text_is_inert_in_the_format(
    report: dict[str, Any], house: Path, kind: str, shown: str
) -> None:
    house.write_text("{{ dossier }}{% macro twice(x) %}{{ x }}{% endmacro %}: {{ twice(dossier) }}")
    told = in_house_style(house, kind, {**report, "dossier": "a | <b>\u202e"})
    assert told == f"{shown}\ufffd: {shown}\ufffd"


@pytest.mark.parametrize(
    ("template", "line", "says"),
    [
        ("a\n{{ titel }}", 2, "'titel' is undefined; did you mean “title”?"),
        ("a\n{% for row in rows %}\n{{ row.nix }}{% endfor %}", 3, "has no attribute 'nix'"),
        ("a\n\n{% for %}", 3, "Expected an expression"),
        ("{{ title | shout }}", 1, "No filter named 'shout'"),
        ("x\n{{ ''.__class__.__mro__ }}", 2, "unsafe; templates run in a sandbox"),
        ("{{ rows.append(1) }}", 1, "unsafe; templates run in a sandbox"),
        ("{{ 1 / 0 }}", 1, "division by zero"),
        ("{{ range(10000000) | list }}", 1, "Range too big"),
        ("{% macro a() %}{{ a() }}{% endmacro %}\n{{ a() }}", 1, "recursion"),
        ('{% extends "brief.md" %}', 1, "no template “brief.md”; there are briefing.md"),
        ('a\n{% include "/etc/passwd" %}', 2, "no template “/etc/passwd”"),
        ('{% include "../documents.py" %}', 1, "no template “../documents.py”"),
        ('{% include "sub/../../documents.py" %}', 1, "no template “sub/../../documents.py”"),
        ('{% import "/proc/self/environ" as x %}', 1, "no template “/proc/self/environ”"),
        ('{% from "../page.py" import x %}', 1, "no template “../page.py”"),
        ('{% extends "house.md" %}', 1, "no template “house.md”"),
        ('{% include ["/etc/passwd", "/etc/hosts"] %}', 1, "no template “/etc/hosts”"),
    ],
)
def test_a_fault_is_told_with_its_line(
    report: dict[str, Any], house: Path, template: str, line: int, says: str
) -> None:
    house.write_text(template)
    with pytest.raises(BadTemplate) as caught:
        in_house_style(house, "md", report)
    assert caught.value.line == line
    assert str(caught.value).startswith(f"the template house.md:{line}: ")
    assert says in str(caught.value)


@pytest.mark.parametrize(
    "template",
    [
        '{{ ("{0.__init__.__globals__[os]}" | attr("format"))(cycler) }}',
        '{% set f = "{0.__globals__[__builtins__]}" | attr("format") %}{{ f(lipsum) }}',
        '{% set f = "{0.__globals__[os].environ[X]}" | attr("format") %}{{ f(lipsum) | title }}',
        '{{ "{0.__class__}".format(title) }}',
        "{{ lipsum.__globals__ }}",
        '{{ cycler["__init__"] }}',
        '{{ cycler | attr("__init__") }}',
        "{{ self.__init__.__globals__ }}",
        "{{ title.__class__.mro() }}",
        "{{ joiner.__call__.__func__ }}",
    ],
)
def test_nothing_is_reached_from_a_template(
    report: dict[str, Any], house: Path, template: str
) -> None:
    house.write_text(template)
    with pytest.raises(BadTemplate, match=r"unsafe; templates run in a sandbox|undefined"):
        in_house_style(house, "md", report)


@pytest.mark.parametrize(
    "template",
    [
        "{{ 'a' * 10**9 }}",
        "{{ 'a' | center(10**9) }}",
        '{{ "{:>1000000000}".format(1) }}',
        "{{ '%1000000000d' % 1 }}",
        "{{ rows | batch(10**9, 0) | list }}",
        "{{ (['x' * 10**6] * 10**5) | join }}",
        "{{ range(99999) | map('center', 99999) | list }}",
        "{% set n = namespace(x='a') %}{% for i in range(60) %}{% set n.x = n.x ~ n.x %}"
        "{% endfor %}",
    ],
)
def test_its_memory_is_bounded(
    report: dict[str, Any], house: Path, template: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMPOS_LIMITS", "template-megabytes=40")
    house.write_text(template)
    with pytest.raises(BadTemplate, match="more than 40 megabytes of memory; to raise this limit"):
        in_house_style(house, "md", report)


ENDLESS = [
    "{{ 3 ** (10 ** 8) % 7 }}",
    "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
    "{% macro f(n) %}{% if n %}{{ f(n - 1) ~ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}",
    "{{ 7 | round(10**8, 'ceil') }}",
    '{% for i in range(99999) %}{% set made %}{% include "briefing.md" %}{% endset %}{% endfor %}',
]


@pytest.mark.parametrize("template", largely(ENDLESS, ENDLESS[0]))
def test_its_time_is_bounded(
    report: dict[str, Any], house: Path, template: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMPOS_LIMITS", "template-seconds=1,template-megabytes=1000")
    house.write_text(template)
    with pytest.raises(BadTemplate, match="more seconds of computing than 1; to raise this limit"):
        in_house_style(house, "md", report)


def test_its_length_is_bounded(
    report: dict[str, Any], house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMPOS_LIMITS", "template-characters=5000")
    house.write_text("{% for i in range(600) %}12345678\n{% endfor %}")
    with pytest.raises(BadTemplate, match="more than 5000 characters"):
        in_house_style(house, "md", report)
    house.write_text("{% for i in range(500) %}12345678\n{% endfor %}")
    assert len(in_house_style(house, "md", report)) == 4500


def test_a_document_steers_no_terminal(report: dict[str, Any], house: Path) -> None:
    house.write_text(
        "\x1b]0;x\x07{{ '\\x1b[31m' }}{{ '\\x9b5n' | safe }}{{ '\\ud800' | safe }}\u05d0\u200f\n"
    )
    text = in_house_style(house, "md", report)
    assert not set(text) & {"\x1b", "\x07", "\x9b", "\ud800"}
    assert text.endswith("\u05d0\u200f\n")


def test_files_that_are_no_templates(report: dict[str, Any], tmp_path: Path) -> None:
    latin, large = tmp_path / "latin.md", tmp_path / "large.md"
    pipe = tmp_path / "pipe.md"
    os.mkfifo(pipe)
    latin.write_bytes(b"one\ntwo \xe9")
    large.write_bytes(b"x" * 1_000_001)
    for path, says in [
        (latin, "latin.md:2: not written in UTF-8; save the file as UTF-8"),
        (large, "cannot be read: it is larger than 1 MB"),
        (tmp_path / "none.md", "cannot be read: no such file or directory"),
        (tmp_path, "is not a regular file"),
        (pipe, "is not a regular file"),
    ]:
        with pytest.raises(BadTemplate, match=says):
            in_house_style(path, "md", report)
