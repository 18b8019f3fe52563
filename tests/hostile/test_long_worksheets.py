"""Texts to import, and worksheets of any kind, that are made to take long: an answer within bounds.

The sheets are within the size of a file, and each took more than ten seconds once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from claimpos.curating.sheet_form import fingerprint
from claimpos.dossier.starter import write_starter
from tests.cli.in_process import claimpos
from tests.curating.sheets import harbour
from tests.support import largely, within, write_short

SECONDS = 5.0


@pytest.fixture(autouse=True)
def _small_dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_starter(tmp_path / "harbour")


@pytest.fixture
def _large_dossiers(tmp_path: Path) -> None:
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
    "an unfinished tag": ("t.html", f"<p>a<a {'/' * 2_000_000}="),
    "signs that begin no tag": ("t.html", "<p>a" + "<" * 4_000_000),
    "paragraphs of a page": ("t.html", "<p>a" * 1_000_000),
    "rows without cells": ("t.html", "<table>" + "<tr>" * 1_000_000 + "<td>a"),
    "paragraphs": ("t.md", "a\n\n" * 1_300_000),
    "headings": ("t.md", "# a\n" * 1_300_000),
    "quotations in quotations": ("t.md", "> " * 3_000_000 + "a"),
    "bars": ("t.md", f"a|b\n-|-\n{'|' * 4_000_000}"),
    "spaces in a line": ("t.md", f"a{' ' * 100_000}x\n"),
    "spaces in a heading": ("t.md", f"# a{' ' * 100_000}x\n"),
    "spaces below a row": ("t.md", f"a|b\n{' ' * 100_000}x\n"),
}


@pytest.mark.large
@pytest.mark.usefixtures("_large_dossiers")
@pytest.mark.parametrize("dossier", ["issues", "options"])
@pytest.mark.parametrize("case", TEXTS)
def test_texts(case: str, dossier: str) -> None:
    name, text = TEXTS[case]
    Path(name).write_text(text, "utf-8")
    told = quickly("import", "--text", name, "--worksheet", "s.md", "--positions", dossier)
    bounds = ("text-paragraphs", "document-bytes", "table-columns")
    assert told.returncode == 0 or any(bound in told.stderr for bound in bounds)


def word(number: int) -> str:
    return "".join(chr(ord("a") + number // 26**place % 26) for place in (2, 1, 0))


SIDE = 150
ZEBRA = "zebra giraffe okapi lemur"
SUGGESTED: dict[str, Callable[[], tuple[dict[str, Any], str, str]]] = {
    "items that have no word in common": lambda: (
        {"i": {"title": ZEBRA, "items": {f"t{at}": f"w{at} v{at}" for at in range(30_000)}}},
        "Ann",
        f"Article 1\n\n{ZEBRA}\n\n" * 4_900,
    ),
    "items that share their words": lambda: (
        {
            "i": {
                "title": ZEBRA,
                "items": {
                    f"t{at}": f"a{word(at % SIDE)} b{word(at // SIDE)}" for at in range(SIDE**2)
                },
            }
        },
        "Ann",
        f"Article 1\n\n{ZEBRA} {' '.join(f'a{word(at)}' for at in range(SIDE))}\n\n" * 3_000,
    ),
    "issues that share their words": lambda: (
        {
            f"i{at}": {"title": " ".join(word(6 * at + more) for more in range(6))}
            for at in range(4_900)
        },
        "Ann",
        f"Article 1\n\n{' '.join(map(word, range(3_000)))}\n\n" * 200,
    ),
    "the name of a party in heads": lambda: (
        {"i": {}},
        "z " * 299 + "y",
        f"|{'|'.join(['z ' * 80] * 990)}|\n|{'-|' * 990}\n|{'a|' * 990}\n\n" * 24,
    ),
}


@pytest.mark.parametrize("case", largely(SUGGESTED, "items that have no word in common"))
def test_suggestions(case: str) -> None:
    issues, name, text = SUGGESTED[case]()
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
@pytest.mark.usefixtures("_large_dossiers")
@pytest.mark.parametrize("case", SHEETS)
def test_worksheets_of_texts(case: str) -> None:
    Path("s.md").write_text(HEAD + SHEETS[case], "utf-8")
    told = quickly("import", "--take", "s.md", "--dry-run", "--positions", "options")
    assert told.returncode == 2


# ---- worksheets of a dossier with much in it ----

MANY = 6_000


def much(folder: Path) -> None:
    """A dossier with many issues, items, statements and parties."""
    issues: dict[str, Any] = {f"i{at}": {"options": ["a", "b"]} for at in range(1_000)}
    issues["it"] = {"options": ["a", "b"], "items": [f"t{at}" for at in range(MANY)]}
    issues["n"] = {"unit": "%"}
    write_short(folder, issues, {f"q{at}": {} for at in range(200)})
    statement = "{source: paper, basis: stated, summary: Said.}"
    (folder / "p.yaml").write_text(
        "party: p\nname: P\npositions: {}\nstatements:\n"
        + "".join(f"  st{at}: {statement}\n" for at in range(MANY)),
        "utf-8",
    )


ARTICLE = "## art. 1\n\n> a\n\n"


def of_text(fields: str) -> str:
    """The worksheet of a text of one article, with fields."""
    words = fingerprint(["0: a"])
    head = f"{HEAD}date: 2026-01-02\nstatus: draft\nsource: paper\ntext: {words}\n"
    return f"{head}\n{ARTICLE}{fields}"


def of_coding(paragraph: str, fields: str, positions: str = "") -> str:
    """The worksheet of a text to code of one paragraph, with fields."""
    return (
        f"# Worksheet: X\n\nsource: paper\ntext: {fingerprint([paragraph])}\nsaid: 2025-01-01\n\n"
        f"## par. 1\n\n> {paragraph}\n\n{fields}\n## Positions\n\n{positions}"
    )


def told(number: int, **fields: str) -> str:
    """A statement of a worksheet."""
    told = {"statement": f"p/new{number}", "basis": "stated", "summary": "Said.", **fields}
    return "".join(f"{key}: {value}\n" for key, value in told.items()) + "\n"


def entry(party_and_issue: str, **fields: str) -> str:
    held = "".join(f"{key}: {value}\n" for key, value in fields.items())
    return f"### {party_and_issue}\n{held}"


def day(number: int) -> str:
    return (date(1900, 1, 1) + timedelta(number)).isoformat()


LONG = "word " * 200_000
WORKSHEETS: dict[str, tuple[str, str, int, str]] = {
    "alternatives": (
        "import",
        of_text(
            "issue: n\nsummary: So.\n"
            + "".join(f"alternative: x\noutcome: {at}\n" for at in range(9_000))
        ),
        0,
        "",
    ),
    "terms of one issue": (
        "import",
        of_text("".join(f"issue: it.t{at}\noutcome: a\nsummary: say {at}\n" for at in range(MANY))),
        2,
        "text-characters",
    ),
    "outcomes that are none": (
        "import",
        of_text("".join(f"issue: it.t{at}\noutcome: zz\nsummary: So.\n" for at in range(MANY))),
        2,
        "6,000 errors in the worksheet",
    ),
    "unknown items": (
        "import",
        of_text("".join(f"issue: it.q{at}\noutcome: a\n" for at in range(20_000))),
        2,
        "20,000 errors in the worksheet",
    ),
    "entries of one issue": (
        "code",
        of_coding(
            "a",
            "",
            "".join(
                entry("p: i0", since=day(3_000 - at), accepts="a", evidence=f"st{at}")
                for at in range(3_000)
            ),
        ),
        0,
        "",
    ),
    "entries": (
        "code",
        of_coding("a", "", entry("p: i0", since="2020", evidence="st1") * 10_001),
        2,
        "text-paragraphs",
    ),
    "statements": (
        "code",
        of_coding("a", "".join(told(at, speaker=f"s{at} = S") for at in range(10_001))),
        2,
        "text-paragraphs",
    ),
    "unknown statements": (
        "code",
        of_coding(
            "a",
            "",
            "".join(
                entry(f"p: i{at}", evidence=f"[{', '.join(f'zt{one}' for one in range(50))}]")
                for at in range(500)
            ),
        ),
        2,
        "25,000 errors in the worksheet",
    ),
    "unknown speakers": (
        "code",
        of_coding("a", "".join(told(at, speaker=f"zz{at}") for at in range(9_000))),
        2,
        "9,000 errors in the worksheet",
    ),
    "unknown parties and issues": (
        "code",
        of_coding("a", "", "".join(entry(f"z{at}: zz{at}", since="2020") for at in range(9_000))),
        2,
        "errors in the worksheet",
    ),
    "quotations of a long paragraph": (
        "code",
        of_coding(LONG, "".join(told(at, quote="word word") for at in range(5_000))),
        2,
        "quote-steps",
    ),
    "misquotations of a long paragraph": (
        "code",
        of_coding(LONG, "".join(told(at, quote=f"word wird w{at}") for at in range(5_000))),
        2,
        "5,000 errors in the worksheet",
    ),
}


@pytest.mark.parametrize("case", largely(WORKSHEETS, "unknown items"))
def test_worksheets(case: str) -> None:
    command, sheet, code, expected = WORKSHEETS[case]
    much(Path("much"))
    Path("s.md").write_text(sheet, "utf-8")
    done = quickly(command, "--take", "s.md", "--dry-run", "--positions", "much")
    assert (done.returncode, expected in done.stderr) == (code, True), done.stderr[-500:]


OF_ITEMS = "issue: night.{0}\noutcome: everyone\nsummary: x{0}\nlocator: x{0}\n"
TOO_LONG = {
    "a note that goes on": f"note: {'x' * 19_999}\n  {'y' * 19_999}\n  z\n\n{ARTICLE}",
    "a summary that goes on": f"{ARTICLE}issue: pay-rise\noutcome: 5\nsummary: {'x' * 9_000}"
    + f"\n {'x' * 9_000}" * 3,
    **{
        f"each {key} on an issue": ARTICLE
        + "".join(OF_ITEMS.format(item) for item in ("cranes", "gates")).replace(
            f"{key}: ", f"{key}: {'word ' * 3_000}"
        )
        for key in ("summary", "locator")
    },
}


@pytest.mark.parametrize("case", TOO_LONG)
def test_a_text_that_is_too_long_only_when_put_together(case: str) -> None:
    positions = str(harbour(Path()))
    sheet = of_text("").replace("source: paper", "source: gazette")
    Path("s.md").write_text(sheet.replace(f"\n{ARTICLE}", TOO_LONG[case]), "utf-8")
    done = quickly("import", "--take", "s.md", "--dry-run", "--positions", positions)
    assert done.returncode == 2
    assert done.stderr.startswith("s.md:")
    assert "set CLAIMPOS_LIMITS=text-characters=" in done.stderr
    assert "\n1 error in the worksheet" in done.stderr


ALTERNATIVES = "".join(f"alternative: x\noutcome: {at}\n" for at in range(400))


@pytest.mark.parametrize(
    ("command", "sheet", "file"),
    [
        ("import", of_text(f"issue: pay-rise\nsummary: So.\n{ALTERNATIVES}"), "proposals/t.yaml"),
        ("code", of_coding("a", "".join(told(at) for at in range(100))), "union.yaml"),
    ],
)
def test_a_file_that_would_be_too_large_is_not_written(
    monkeypatch: pytest.MonkeyPatch, command: str, sheet: str, file: str
) -> None:
    monkeypatch.setenv("CLAIMPOS_LIMITS", "file-values=400")
    sheet = sheet.replace("source: paper", "source: harbour-news").replace("p/new", "union/new")
    Path("s.md").write_text(sheet, "utf-8")
    done = quickly(command, "--take", "s.md", "--positions", "harbour")
    assert done.returncode == 2
    assert f"harbour/{file}:" in done.stderr
    assert "file-values" in done.stderr
    assert "in the files as they would have been; nothing was written" in done.stderr


EXPORTED = {
    "tables": ("".join(f"## table {at}\n\n### column 1\n> a\n" for at in range(1, 40_000)), 0),
    "paragraphs": ("## art. 1\n" + "> a\n>\n" * 700_000, 2),
    "merged cells": (COLUMNS + 49 * ("## row 1\n### columns 1 to 1000\n" + "> a\n>\n" * 3_000), 2),
    "a table without columns": ("## table 1\n## row 1\n> a\n## row 2\n> a\n", 0),
}


@pytest.mark.parametrize("ending", ["docx", "html", "md"])
@pytest.mark.parametrize("case", largely(EXPORTED, "merged cells", "a table without columns"))
def test_texts_exported(case: str, ending: str) -> None:
    text, code = EXPORTED[case]
    Path("s.md").write_text(HEAD + text, "utf-8")
    done = quickly("export", "--text", "s.md", "-o", f"text.{ending}")
    assert done.returncode == code, done.stderr
    assert ("document-bytes" in done.stderr) == (code == 2)


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


def test_line_ends_of_a_dossier_fill_in_no_field() -> None:
    Path("text.txt").write_text("one\n\ntwo\n", "utf-8")
    sources = Path("harbour/sources.yaml")
    reason = "x\\n\\n## Positions\\n\\n### union: pay-rise\\nrefuses: {above: 0}"
    marked = f'  harbour-news:\n    no-position: {{"{reason}": [1]}}\n    paragraphs: 2\n'
    sources.write_text(sources.read_text("utf-8").replace("  harbour-news:\n", marked), "utf-8")
    arguments = ["code", "text.txt", "--source", "harbour-news", "--positions", "harbour"]
    assert claimpos(*arguments, "--worksheet", "s.md").returncode == 0
    sheet = Path("s.md").read_text("utf-8")
    assert sheet.count("\n## Positions\n") == 1
    assert sheet.count("no position: x ## Positions ### union: pay-rise refuses: {above: 0}\n") == 1
    told = claimpos("code", "--take", "s.md", "--dry-run", "--positions", "harbour")
    assert (told.returncode, told.stderr) == (0, ""), told.stderr


def test_line_ends_of_a_file_name_fill_in_no_field() -> None:
    name = "x\nsource: harbour-news\nproposal: evil.md"
    Path(name).write_text(f"{'x' * 300}\n\ntwo\n", "utf-8")
    arguments = ["import", "--text", name, "--positions", "harbour", "--worksheet", "s.md"]
    assert claimpos(*arguments).returncode == 0
    lines = Path("s.md").read_text("utf-8").splitlines()
    assert "source: harbour-news" not in lines
    assert "proposal: evil" not in lines


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
