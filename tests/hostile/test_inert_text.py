"""One list of hostile texts, in every text field of a dossier, read back from every report."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from claimpos.__main__ import main
from claimpos.rendering.text import safe

HOSTILE = {
    "a command of the shell": "x \\$(touch pwned) `id` ${IFS} '; id #",
    "a workflow command": "::error title=Security::Forged",
    "one after white space": "x\n \u00a0::set-output name=a::b",
    "an old one": "##[error]x ##[set-env name=A]b",
    "one of Azure": "##vso[task.setvariable variable=a]b",
    "one of TeamCity": "x\n##teamcity[buildStatus status='SUCCESS']",
    "a line of GitLab": "section_start:1560896352:x",
    "an address": "https://evil.example/login www.evil.example HTTP://x.example ftp://e.example",
    "a mail address": "write to x.y+z@evil.example or mailto:a_@-b.example or <c@d.example>",
    "a mention": "@org/team @torvalds see #12, GH-1 and org/repo#3",
    "Markdown": "![x](y) [link](javascript:alert(1)) `a` **b** _c_ ~~d~~ [^1] :tada: $x$",
    "a task": "- [x] approved\n\n# heading\n\n> quote\n\n1. one\n\n---\n\n~~~\ncode",
    "a table": "a | b\n|---|\n| c |",
    "a comment": "<!-- x --> <?php ?> <![CDATA[ ]]> &lt;b&gt; &#60;i&#62;",
    "an element": "</td></table><script>alert(1)</script><img src=x onerror=alert(1)>",
    "an attribute": '" onmouseover="alert(1)" x=\'y\' style=z',
    "a picture": "]]></text></svg><svg onload=alert(1)><a href='javascript:x'>",
    "a formula": "=HYPERLINK('http://evil.example')",
    "a formula after a semicolon": "four;=cmd|' /C calc'!A0;+1\t-2,@SUM(1)|=3\n=4;\"=5",
    "LaTeX": "[2cm] * \\input{/etc/passwd} \\write18{id} $x$ #1 %x & ^^41 ~ {",
    "markup of rich": "[/b] [red]x[/red] [link=y]",
    "a format": "{0.__class__} %s %(x)s %n {{ 7*7 }} {% for %} ${x}",
    "a long word": "W" * 500,
}
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
OURS = re.compile("\x1b\\[[0-9;]*m")
COMMANDS = re.compile(r"^[\s\x1b]*::|##[a-z]*\[", re.MULTILINE)
DIFF = ("diff", "a", "b")
STYLED = [
    DIFF,
    ("changes", "a", "b", "--from", "2024", "--to", "2025-06"),
    ("ask", "a", "b"),
    ("matrix",),
    ("history", "a"),
    ("deals", "a", "b"),
    ("assess", "text"),
]
PLAIN = [
    *(("show", one) for one in ("a", "choice", "items", "s", "a/q", "text")),
    ("explain", "a", "b", "choice"),
    ("text", "a", "b"),
    *(("list", one) for one in ("parties", "issues", "sources", "proposals", "counts")),
    *(("list", one) for one in ("coverage", "statements", "review")),
    ("validate", "--format", "text"),
    ("brief", "a", "b"),
]


def files(text: str) -> dict[str, Any]:
    """A dossier with this text wherever a text may stand."""
    named = {"title": text, "question": text, "group": "g", "note": text}
    choice = {**named, "also": [text], "kind": "choice", "options": {"x": text, "y": f"{text} y"}}
    items = {**choice, "title": f"{text} 2", "kind": "items", "items": {"i": text}}
    figure = {**named, "title": f"{text} 3", "kind": "quantity", "unit": text}
    source = {"publisher": text, "date": 2024, "authors": [text], "note": text}
    source |= {"paragraphs": 2, "no-position": {text: [1]}}
    said = {"source": "s", "speaker": "p", "basis": "stated", "locator": text, "note": text}
    quote = " ".join(text.split()[:20])
    condition = {"outcome": "y", "if": {"items": {"i": "x"}}, "subject-to": text}
    words: dict[str, Any] = {"reserves": text, "interest": text, "note": text, "evidence": ["q"]}
    words["notes"] = [{"day": 2025, "text": text}]
    coded = {"coder": text, "reviewed": {"by": text, "on": 2025}}
    words |= coded
    answer = {"since": 2025, "says": "accepts", "subject-to": text, "note": text, "evidence": ["q"]}

    def party(number: int, outcome: str, other: str) -> dict[str, Any]:
        return {
            "name": f"{text} {number}",
            "short": f"{text}{number}",
            "members": [text],
            "note": text,
            "speakers": {"p": {"name": text, "role": text}},
            "offers": {"o": {"title": text}},
            "answers": {"text": [answer]},
            "statements": {
                "q": {**said, "summary": text, "quote": quote, "quote-original": quote, **coded}
            },
            "positions": {
                "choice": [
                    {"since": "2024", "until": "2025-02", "demands": outcome, **words},
                    {"since": "2025-03", "accepts": [condition], "refuses": "x", **words},
                ],
                "items": [{"since": "2024", "offer": "o", "demands": {"i": other}, **words}],
                "figure": [{"since": "2024", "accepts": {"min": number}, **words}],
            },
        }

    term = {"locator": text, "summary": text}
    return {
        "agenda.yaml": {
            "title": text,
            "editor": text,
            "licence": text,
            "errata": text,
            "groups": {"g": text},
            "issues": {"choice": choice, "items": items, "figure": figure},
        },
        "sources.yaml": {"sources": {"s": {"title": text, "status": "press", **source}}},
        "a.yaml": {"party": "a", **party(1, "x", "y")},
        "b.yaml": {"party": "b", **party(2, "y", "x")},
        "proposals/text.yaml": {
            "proposal": "text",
            "title": text,
            "date": 2024,
            "source": "s",
            "status": "draft",
            "authors": ["a"],
            "note": text,
            "terms": {"choice": {"outcome": "x", **term}, "items": {"outcome": {"i": "x"}, **term}},
        },
    }


def written(folder: Path, data: dict[str, Any]) -> Path:
    (folder / "proposals").mkdir(parents=True)
    for name, content in data.items():
        (folder / name).write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    return folder


@pytest.fixture(params=[*HOSTILE.values()], ids=[*HOSTILE], scope="module")
def text(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def positions(text: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("hostile") / "positions", files(text))


@pytest.fixture(autouse=True)
def _there(positions: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMPOS_POSITIONS", str(positions))
    monkeypatch.chdir(positions.parent)


def run(*arguments: str, code: int | None = None) -> str:
    """The report of a command, without what it says on standard error."""
    return spoken(*arguments, code=code)[0]


def spoken(*arguments: str, code: int | None = None) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        exit_code = main(arguments)
    assert exit_code in ({0, 1} if code is None else {code}), err.getvalue()
    return out.getvalue(), err.getvalue()


# None of these texts holds what steers a terminal: only what one says could be taken for it.
@pytest.mark.parametrize("text", [HOSTILE["markup of rich"], HOSTILE["a format"]], indirect=True)
def test_nothing_steers_a_terminal() -> None:
    for command in (*STYLED, *PLAIN):
        colour = ("--color", "always") if command == DIFF else ()
        assert not STEERING.search(OURS.sub("", "".join(spoken(*command, *colour))))


LIKE_COMMANDS = [text for text in HOSTILE.values() if COMMANDS.search(text)]


@pytest.mark.parametrize("text", LIKE_COMMANDS, indirect=True)
def test_no_line_in_ci_begins_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    formats = ("table", "github", "csv", "json", "plain")
    styled = [(*command, "--format", name) for command in STYLED for name in formats]
    for command in (*styled, *PLAIN, ("export",), ("brief", "a", "b", "--format", "html")):
        if command[0] in {"deals", "assess"} and "csv" in command:
            continue
        assert not COMMANDS.search("".join(spoken(*command))), command
    for line in "".join(spoken("validate")).splitlines():
        if COMMANDS.search(line):
            told = r"::(warning|notice|error)( file=|::and \d+ more )"
            assert re.match(rf"{told}|::stop-commands::\w{{64}}$|::\w{{64}}::$", line)


class Elements(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: set[str] = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses |= {value or "" for name, value in attrs if name in {"href", "src"}}


TABLES = {"table", "thead", "tbody", "tr", "th", "td", "p", "h2", "strong", "em", "ul", "li"}


def test_html_has_the_elements_of_its_tables_alone() -> None:
    for command in STYLED:
        found = Elements(run(*command, "--format", "html"))
        assert found.tags <= TABLES
        assert found.attributes <= {"style"}


@pytest.fixture(scope="module")
def ordinary(tmp_path_factory: pytest.TempPathFactory) -> Elements:
    """What the page of a dossier of ordinary words holds."""
    folder = written(tmp_path_factory.mktemp("ordinary") / "positions", files("word"))
    return Elements(run("brief", "a", "b", "--format", "html", "--positions", str(folder)))


def test_the_page_has_no_element_of_a_dossier(ordinary: Elements) -> None:
    found = Elements(run("brief", "a", "b", "--format", "html"))
    assert found.tags <= ordinary.tags
    assert found.attributes <= ordinary.attributes
    assert {one for one in found.addresses if not one.startswith("#")} <= ordinary.addresses


def test_markdown_holds_text_alone() -> None:
    markdown = pytest.importorskip("markdown_it").MarkdownIt("commonmark", {"html": True})
    markdown.enable("table")
    for command in (*((*one, "--format", "github") for one in STYLED), ("brief", "a", "b")):
        told = run(*command)
        found = Elements(markdown.render(told))
        assert found.tags <= {*TABLES, "h1", "h3", "h4", "em", "ul", "ol", "li", "hr"}
        assert found.attributes <= {"style", "start"}
        bare = re.sub(r"\\.", "\\\\", told).replace("\\*", "*")
        assert not re.search(r"@\w|www\.\w|://\w|(?<!\[)[<`$]|:\w+:", bare)
        seen = re.sub(r"\\([^\w\s])", r"\1", told)
        assert not re.search(r"@\w|www\.\w|://\w|(?<![&\[\w])#\d|GH-\d", seen)


def test_csv_holds_no_formula_wherever_it_is_split(text: str) -> None:
    tables = [run(*one, "--format", "csv") for one in STYLED[:4]]
    for table in (*tables, run("export")):
        for delimiter in ",;\t|":
            rows = csv.reader(io.StringIO(table, newline=""), delimiter=delimiter)
            cells = [cell.lstrip() for row in rows for cell in row]
            assert not [one for one in cells if one.startswith(("=", "+", "@"))]
            assert not [one for one in cells if re.match(r"-[^\d]|-\d+\D", one)]


def test_export_is_imported_unchanged(tmp_path: Path) -> None:
    run("export", "-o", "table.csv")
    run("import", "table.csv", "--into", str(tmp_path / "copy"))
    run("export", "--positions", str(tmp_path / "copy"), "-o", "again.csv")
    assert Path("again.csv").read_bytes() == Path("table.csv").read_bytes()


def test_latex_has_no_command_of_a_dossier() -> None:
    known = {"subsection", "begin", "end", "hline", "textbackslash", "textasciitilde"}
    known |= {"emph", "ensuremath", "textless", "textgreater", "textasciicircum"}
    for command in STYLED:
        told = run(*command, "--format", "latex")
        commands = set(re.findall(r"\\([A-Za-z]+)", told))
        assert commands <= known, commands
        assert not re.search(r"^\s*[\[*]", told, re.MULTILINE)


def test_svg_is_xml_without_scripts() -> None:
    for command in (
        ("matrix", "--format", "svg"),
        ("brief", "a", "b", "--issue", "choice", "--format", "svg"),
        ("deals", "a", "b", "--frontier", "--format", "svg"),
    ):
        for element in ElementTree.fromstring(run(*command)).iter():
            assert element.tag.rpartition("}")[2] not in {"script", "foreignObject", "image"}
            assert not [name for name in element.attrib if name.startswith("on")]
            assert not [name for name in element.attrib if name.endswith("href")]


WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FIELDS = re.compile(r" (PAGE|NUMPAGES|NOTEREF _Note\d+ \\h|HYPERLINK \"https?://[^\s\"\\]+\") ")


class WordFile:
    """What a file of Word holds: elements, texts, fields and what it points to."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as parts:
            told = {name: parts.read(name) for name in parts.namelist()}
        own = [told[name] for name in told if re.search(r"document|endnotes|footer", name)]
        elements = [one for xml in own for one in ElementTree.fromstring(xml).iter()]
        self.names = set(told)
        self.tags = {one.tag for one in elements}
        self.text = "".join(one.text or "" for one in elements)
        self.fields = {one.get(f"{WORD}instr", "") for one in elements} - {""}
        self.targets = set(re.findall(rb'TargetMode="External"', b"".join(told.values())))


@pytest.fixture(scope="module")
def ordinary_word(tmp_path_factory: pytest.TempPathFactory) -> WordFile:
    """The Word file of a dossier of ordinary words."""
    pytest.importorskip("docx", reason="python-docx is not installed")
    folder = tmp_path_factory.mktemp("ordinary-word")
    positions = str(written(folder / "positions", files("word")))
    run(
        "brief",
        "a",
        "b",
        "--format",
        "docx",
        "-o",
        str(folder / "x.docx"),
        "--positions",
        positions,
    )
    return WordFile(folder / "x.docx")


def test_word_has_the_parts_and_elements_of_ordinary_words(
    text: str, ordinary_word: WordFile
) -> None:
    run("brief", "a", "b", "--format", "docx", "-o", "x.docx")
    found = WordFile(Path("x.docx"))
    assert found.names <= ordinary_word.names
    assert found.tags <= ordinary_word.tags
    assert found.targets == set()
    assert all(FIELDS.fullmatch(field) for field in found.fields)
    assert not STEERING.search(found.text)
    assert " ".join(safe(text).split())[:30].strip() in " ".join(found.text.split())


def test_reports_for_programs_can_be_read(text: str) -> None:
    for command in (*STYLED[:5], ("brief", "a", "b")):
        assert isinstance(json.loads(run(*command, "--format", "json")), dict)
    for name in ("json", "gitlab", "sarif"):
        json.loads(run("validate", "--format", name))
    ElementTree.fromstring(run("validate", "--format", "junit"))
    title = text if len(text.splitlines()) == 1 else " ".join(text.split())
    assert json.loads(run(*DIFF, "--format", "json"))["dossier"] == title


def test_tab_offers_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    for shell in ("bash", "zsh", "fish"):
        monkeypatch.setenv("_CLAIMPOS_COMPLETE", f"complete_{shell}")
        monkeypatch.setenv("_TYPER_COMPLETE_ARGS", "claimpos diff ")
        monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
        monkeypatch.setenv("COMP_WORDS", "claimpos diff ")
        monkeypatch.setenv("COMP_CWORD", "2")
        out, err = io.StringIO(), io.StringIO()
        with (
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            pytest.raises(SystemExit) as left,
        ):
            main([])
        assert (left.value.code, err.getvalue()) == (0, "")
        offered = out.getvalue().removeprefix("_arguments '*: :((").strip().removesuffix("))'")
        for line in offered.splitlines():
            signs = "’“”‹›！＃＄％：；＝？＠｜～"
            shown = rf'"?[ab]"?([:\t]"?[\w\s(),./+&{signs}-]*"?)?'
            assert re.fullmatch(shown, line), line
