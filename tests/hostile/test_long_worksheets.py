"""Texts to import, and worksheets of any kind, that are made to take long: an answer within bounds.

The sheets are within the size of a file, and each took more than ten seconds once.
"""

from __future__ import annotations

from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from claimpos.dossier.starter import write_starter
from tests.cli.in_process import claimpos
from tests.support import largely, within, write_short

SECONDS = 5.0


@pytest.fixture(autouse=True)
def dossiers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_starter(tmp_path / "harbour")
    options = {f"o{at}": f"choice number {at}" for at in range(600)}
    write_short(tmp_path / "options", {"war": {"options": options}}, {"ann": {}})
    issues = {f"i{at}": {"options": ["a", "b"], "title": f"Port {at}"} for at in range(1_000)}
    write_short(tmp_path / "issues", issues, {"ann": {}})


def quickly(*arguments: str) -> CompletedProcess[str]:
    with within(SECONDS):
        return claimpos(*arguments)


TEXTS = {
    "many issues": ("t.md", "".join(f"{at}. the port of {at % 999}\n" for at in range(4_900))),
    "many options": (
        "t.html",
        "<table><tr><th>a<th>b" + 4_000 * "<tr><td>War<td>choice number 5" + "</table>",
    ),
    "many brackets": ("t.md", "War: " + "[a]" * 200_000),
    "many heads": ("t.html", 400 * f"<table><tr>{'<th>a' * 900}</table>"),
    "spaces in a line": ("t.md", f"a{' ' * 100_000}x\n"),
    "spaces in a heading": ("t.md", f"# a{' ' * 100_000}x\n"),
    "spaces below a row": ("t.md", f"a|b\n{' ' * 100_000}x\n"),
}


@pytest.mark.large
@pytest.mark.parametrize("dossier", ["issues", "options"])
@pytest.mark.parametrize("case", TEXTS)
def test_texts(case: str, dossier: str) -> None:
    name, text = TEXTS[case]
    Path(name).write_text(text, "utf-8")
    told = quickly("import", "--text", name, "--worksheet", "s.md", "--positions", dossier)
    assert (
        told.returncode == 0 or "text-paragraphs" in told.stderr or "document-bytes" in told.stderr
    )


def word(number: int) -> str:
    return "".join(chr(ord("a") + number // 26**place % 26) for place in (2, 1, 0))


SIDE = 150
ZEBRA = "zebra giraffe okapi lemur"
ITEMS = {f"t{at}": f"a{word(at % SIDE)} b{word(at // SIDE)}" for at in range(SIDE * SIDE)}
SUGGESTED: dict[str, tuple[dict[str, Any], str, str]] = {
    "items that have no word in common": (
        {"i": {"title": ZEBRA, "items": {f"t{at}": f"w{at} v{at}" for at in range(30_000)}}},
        "Ann",
        f"Article 1\n\n{ZEBRA}\n\n" * 4_900,
    ),
    "items that share their words": (
        {"i": {"title": ZEBRA, "items": ITEMS}},
        "Ann",
        f"Article 1\n\n{ZEBRA} {' '.join(f'a{word(at)}' for at in range(SIDE))}\n\n" * 3_000,
    ),
    "issues that share their words": (
        {
            f"i{at}": {"title": " ".join(word(6 * at + more) for more in range(6))}
            for at in range(4_900)
        },
        "Ann",
        f"Article 1\n\n{' '.join(map(word, range(3_000)))}\n\n" * 200,
    ),
    "the name of a party in heads": (
        {"i": {}},
        "z " * 299 + "y",
        f"|{'|'.join(['z ' * 80] * 990)}|\n|{'-|' * 990}\n|{'a|' * 990}\n\n" * 24,
    ),
}


@pytest.mark.parametrize("case", largely(SUGGESTED, "items that have no word in common"))
def test_suggestions(case: str) -> None:
    issues, name, text = SUGGESTED[case]
    options = {"options": {"a": "yes", "b": "no"}}
    write_short(Path("made"), {key: options | issue for key, issue in issues.items()}, {"ann": {}})
    ann = Path("made/ann.yaml")
    ann.write_text(ann.read_text("utf-8").replace("name: Ann", f"name: {name}"), "utf-8")
    Path("t.md").write_text(text, "utf-8")
    told = quickly("import", "--text", "t.md", "--worksheet", "s.md", "--positions", "made")
    assert told.returncode == 0, told.stderr


def test_a_text_of_nothing_but_heads_is_refused_before_anything_is_written() -> None:
    Path("t.html").write_text("<table><tr><th>a<th>b</tr></table>", "utf-8")
    told = claimpos("import", "--text", "t.html", "--worksheet", "s.md", "--positions", "harbour")
    assert (told.returncode, Path("s.md").exists()) == (2, False)
    assert "holds no article" in told.stderr


def test_a_locator_stands_on_one_line() -> None:
    Path("t.html").write_text("<p>Article<br>3 The port pays.</p><p>1. More</p>", "utf-8")
    claimpos("import", "--text", "t.html", "--worksheet", "s.md", "--positions", "harbour")
    assert "locator: Article 3\n" in Path("s.md").read_text("utf-8")
    told = claimpos("import", "--take", "s.md", "--dry-run", "--positions", "harbour")
    assert "CP202" not in told.stderr


HEAD = "# Worksheet of a text: T\n\nproposal: t\ntitle: T\n"
COLUMNS = "## table 1\n\n" + "".join(f"### column {at}\n> a\n" for at in range(1, 1_001))
SHEETS = {
    "lines that are no field": f"{COLUMNS}\n## row 1\n" + "abcdef: x\n" * 400_000,
    "rows": COLUMNS + "## row 1\n" * 500_000,
    "columns": f"{COLUMNS}\n## row 1\n" + "### columns 1 to 1000\n" * 200_000,
    "articles": "".join(f"## art. {at}\nissue: war\noutcome: [o1]\n" for at in range(40_000)),
    "values far below": "## art. 1\n"
    + "> a\n" * 300_000
    + "".join(f"## art. {at}\nissue: war\noutcome: [o1]\n" for at in range(2, 2_000)),
    "terms": "## art. 1\n" + "issue: war\noutcome: o1\nsummary: a\n" * 100_000,
    "a long value": f"## art. 1\nsummary: {'a' * 7_000_000}\n",
}


@pytest.mark.large
@pytest.mark.parametrize("case", SHEETS)
def test_worksheets_of_texts(case: str) -> None:
    Path("s.md").write_text(HEAD + SHEETS[case], "utf-8")
    told = quickly("import", "--take", "s.md", "--dry-run", "--positions", "options")
    assert told.returncode == 2


def test_a_worksheet_of_empty_cells_is_not_exported() -> None:
    """A cell takes a kilobyte of a document of Word, whether or not anything stands in it."""
    rows = "".join(f"## row {at}\n> a\n" for at in range(1, 3_001))
    Path("s.md").write_text(HEAD + COLUMNS + rows, "utf-8")
    told = quickly("export", "--text", "s.md", "-o", "text.docx")
    assert told.returncode == 2
    assert "more than 50,000 cells" in told.stderr


def test_a_codebook_of_blank_lines() -> None:
    Path("harbour/CODEBOOK.md").write_text("\n" * 2_000_000, "utf-8")
    Path("text.txt").write_text("one\n\ntwo\n", "utf-8")
    arguments = ["code", "text.txt", "--source", "harbour-news", "--positions", "harbour"]
    assert quickly(*arguments, "--worksheet", "s.md").returncode == 0


def test_a_speaker_of_spaces() -> None:
    Path("text.txt").write_text("one\n\ntwo\n", "utf-8")
    arguments = ["--source", "harbour-news", "--positions", "harbour"]
    claimpos("code", "text.txt", *arguments, "--worksheet", "s.md")
    sheet = Path("s.md").read_text("utf-8")
    sheet = sheet.replace("\nspeaker:", f"\nspeaker: a={' ' * 100_000}b,", 1)
    Path("s.md").write_text(sheet.replace("\nstatement:", "\nstatement: union/x", 1), "utf-8")
    told = quickly("code", "--take", "s.md", "--dry-run", "--positions", "harbour")
    assert told.returncode == 2
    assert "text-characters" in told.stdout + told.stderr
