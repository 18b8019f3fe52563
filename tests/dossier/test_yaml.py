"""YAML as a dossier reads it: few surprises, a place for everything, no harm done."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from claimpos.dossier.findings import Finding, SourceText
from claimpos.dossier.nodes import Map, Seq
from claimpos.dossier.parsing.file import parse, read_file

SCALARS: list[tuple[str, Any]] = [
    *[("no", "no"), ("yes", "yes"), ("on", "on"), ("Null", "Null"), ("~", None), ("True", "True")],
    *[("12:30", "12:30"), ("2025-03-13", "2025-03-13"), ("010", "010"), ("0x1F", "0x1F")],
    *[(".inf", ".inf"), (".5", ".5"), ("+5", "+5"), ("1_000", "1_000"), ("5.", "5."), ("-x", "-x")],
    *[("true", True), ("false", False), ("null", None), ("", None)],
    *[("5", 5), ("-5", -5), ("0", 0), ("-0", 0), ("1e5", 100000), ("2.50", Decimal("2.5"))],
    *[("0.1", Decimal("0.1")), ("1E-3", Decimal("0.001")), ("4.0", 4)],
    *[('"true"', "true"), ("'5'", "5"), ("|\n  5\n", "5\n"), (">-\n  a\n  b\n", "a b")],
]


def read(text: str) -> Any:
    data, findings = parse(SourceText("x.yaml", text))
    assert not findings, findings
    return data


@pytest.mark.parametrize(("written", "value"), SCALARS)
def test_scalar(written: str, value: Any) -> None:
    found = read(f"key: {written}")["key"]
    assert found == value
    assert type(found) is type(value)


def test_numbers_are_exact() -> None:
    digits = "0.1234567890123456789012345678"
    assert str(read(f"- {digits}")[0]) == digits
    assert read("- 123456789012345678901234567890")[0] == 123456789012345678901234567890


def test_keys_are_texts() -> None:
    assert list(read("no: 1\ntrue: 2\n5: 3\nnull: 4\n<<: 5")) == ["no", "true", "5", "null", "<<"]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_places(line_end: str) -> None:
    text = "a: b\nflow: {x: [1, two]}\nblock:\n  - one\n  - |\n    much\n    text\n"
    data = read(text.replace("\n", line_end))
    assert isinstance(data, Map)
    assert data.key_at("flow")[:2] == (2, 1)
    assert data.at("a") == (1, 4, 1, 5)
    flow, block = data["flow"], data["block"]
    assert isinstance(flow, Map)
    assert isinstance(block, Seq)
    assert flow.at("x") == (2, 11, 2, 19)
    assert flow.span[:2] == (2, 7)
    members = flow["x"]
    assert isinstance(members, Seq)
    assert members.at(1) == (2, 15, 2, 18)
    assert [block.at(index)[:2] for index in range(2)] == [(4, 5), (5, 5)]


def test_places_count_characters(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes("\ufeffName: “𝔘𝔫𝔦” # ü\nб: {ü: 𝔘, z: w}\n".encode())
    _, data, findings = read_file(path)
    assert not findings
    assert isinstance(data, Map)
    inner = data["б"]
    assert isinstance(inner, Map)
    assert (data.key_at("Name")[:2], inner.at("z")[:2]) == ((1, 1), (2, 14))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[" * 5_000, (1, 41)),
        ("[" * 5_000 + "]" * 5_000, (1, 41)),
        ("{a: " * 5_000, (1, 161)),
        ("- " * 5_000, (1, 81)),
        ("é: " + "[" * 5_000, (1, 43)),
        ("x: [\n" * 5_000, (21, 1)),
        ("\n".join(" " * depth + "a:" for depth in range(2_000)), (41, 41)),
    ],
)
def test_thousands_of_levels_are_always_too_deep(text: str, place: tuple[int, int]) -> None:
    _, findings = parse(SourceText("x.yaml", text))
    assert [(one.code, one.span[:2]) for one in findings] == [("CP105", place)]


@pytest.mark.parametrize("quote", ["'", '"'])
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a:\n  b: ~one\n    two~\n", 0),
        ("a:\n  b: ~one\n   two\n\n \n    three\n   ~\n", 0),
        ("a:\n  b: ~one\n  two~\n", 3),
        ("a:\n  b: ~one\n    two\n c: ~\n  d: e\n", 4),
        ("a:\n  b: ~one\n    two\n  ~\n", 4),
        ("a:\n  b: ~one\n\t\ttwo~\n", 3),
        ("a:\n  b:\n    ~one\n   two~\n", 0),
        ("a:\n  b:\n    ~one\n  two~\n", 4),
        ("a:\n- ~one\n two~\n", 0),
        ("a:\n- ~one\n- two~\n", 3),
        ("a:\n- b: ~one\n  two~\n", 3),
        ("- - ~one\n  two~\n", 2),
        ("a:\n  b: {c: ~one\n   two~}\n", 0),
        ("a:\n  b: {c: ~one\n  two~}\n", 3),
        ("a:\n  b: [x, [y,\n{c: ~one\n  two~}]]\n", 4),
        ("[~one\ntwo~]\n", 0),
        ("a:\n  - [\n  b, ~c~, {d: ~e~\n  }\n  ]\n", 0),
    ],
)
@pytest.mark.parametrize("sign", ["", "# !\n"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_lines_of_a_quoted_text_are_indented_further_than_its_key(
    text: str, line: int, quote: str, sign: str, line_end: str
) -> None:
    """A text whose signs make for a closer look is no different."""
    written = f"{sign}{text}".replace("~", quote).replace("\n", line_end)
    _, findings = parse(SourceText("x.yaml", written))
    lines = [line + bool(sign)] if line else []
    assert [(one.code, one.span.line) for one in findings] == [("CP101", one) for one in lines]


@pytest.mark.parametrize(("text", "lines"), [("- [a\n- b]\n", [2]), ("- [a\n - b]\n", [])])
def test_so_are_those_of_a_text_without_quotes_in_brackets(text: str, lines: list[int]) -> None:
    _, findings = parse(SourceText("x.yaml", text))
    assert [(one.code, one.span.line) for one in findings] == [("CP101", one) for one in lines]


def refused(path: Path) -> Finding:
    _, _, findings = read_file(path)
    (finding,) = findings
    return finding


def test_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "dangling.yaml").symlink_to("nowhere")
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    for name in ("folder.yaml", "pipe.yaml"):
        message = "the file cannot be read: it is not a regular file"
        assert refused(tmp_path / name).message == message
    assert "no such file" in refused(tmp_path / "dangling.yaml").message
    assert "symbolic links" in refused(tmp_path / "loop.yaml").message


def test_an_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("a: b")

    def deny(path: Path, flags: int) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", deny)
    assert refused(path).message == "the file cannot be read: permission denied"


def test_a_file_too_large_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    assert refused(path).message == (
        "the file cannot be read: it is larger than 8 MB; "
        "to raise this limit, set CLAIMPOS_LIMITS=file-bytes=… to more than 8,000,000"
    )


@pytest.mark.parametrize(
    ("raw", "place"),
    [("a: ü".encode("latin-1"), (1, 4)), ("a: b\nc: d".encode("utf-16"), (1, 1))],
)
def test_other_encodings(tmp_path: Path, raw: bytes, place: tuple[int, int]) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(raw)
    finding = refused(path)
    assert (finding.message, finding.span[:2]) == ("from here on the file is not UTF-8", place)


HOSTILE = {
    "brackets": "[" * 100_000,
    "braces": "{a: " * 50_000,
    "dashes": "- " * 50_000,
    "laughs": "a: &a [x, x, x]\n" + "".join(f"k{n}: &k{n} [*a, *a, *a]\n" for n in range(20)),
    "object": "a: !!python/object/apply:os.system ['touch pwned']\nb: !<x> y",
    "digits": "a: " + "9" * 1_000_000,
    "exponent": "a: 1e" + "9" * 30,
    "quotes": '"' * 99_999,
    "bells": "\a" * 500_000,
    "key": "? " * 1_000 + "x",
    "comment": "#" * 1_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _, findings = parse(SourceText("x.yaml", HOSTILE[name]))
    assert 0 < len(findings) < 50
    assert list(tmp_path.iterdir()) == []


def test_all_faults_that_do_not_end_the_reading_are_told() -> None:
    text = 'a: &x 1\nb: !t 2\na: 3\nc: 1e99\nd: "\\a"\ne: *x\nf: &y z\n'
    _, findings = parse(SourceText("x.yaml", text))
    assert [finding.code for finding in findings] == [
        *("CP103", "CP104", "CP102", "CP107", "CP106", "CP103"),
    ]
