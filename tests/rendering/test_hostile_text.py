"""Text of a dossier is inert, whatever it is shown in."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimpos import compare, diff_report
from claimpos.comparison.changes import changes, edits
from claimpos.comparison.history import history
from claimpos.comparison.matrix import matrix
from claimpos.comparison.verdicts import Comparison
from claimpos.dossier.dates import partial_date
from claimpos.dossier.findings import Finding, SourceText, Span
from claimpos.dossier.model import (
    Acceptance,
    Cell,
    Dossier,
    Entry,
    Issue,
    Party,
    Source,
    Speaker,
    Statement,
)
from claimpos.errors import UnknownName
from claimpos.rendering.changes import changes_document
from claimpos.rendering.changes_report import changes_report, changes_rows
from claimpos.rendering.data import csv_text, json_text
from claimpos.rendering.diff import diff_document
from claimpos.rendering.diff_rows import diff_rows
from claimpos.rendering.findings import error_text, findings_text
from claimpos.rendering.history import history_document, history_report, history_rows
from claimpos.rendering.listing import LISTINGS, listing_document
from claimpos.rendering.matrix import matrix_document
from claimpos.rendering.renderers import TERMINAL, rendered, renderers
from claimpos.rendering.show import Record, issue_document, party_document
from tests.conftest import examples

HOSTILE = [
    "<script>alert(1)</script>",
    "</table><img src=x onerror=alert(1)>",
    "a | b || c",
    "`code` *bold* _under_ [link](javascript:alert(1)) ![x](y)",
    "=cmd()",
    "+1 @SUM(A1)",
    "first line\n\n## second line\n---",
    "\\input{x} $x$ {y} %z",
    "{| class=x\n! y\n|}",
    "\x1b[31mred\x1b[0m \x07 \x9b5n",
    "\u202ebackwards\u202c \u2066x\u2069",
    "&lt;b&gt; &#60;i&#62;",
    ".. include:: /etc/passwd",
    "[[shell:x][y]] @@html:<b>@@ {{{x}}} #+include: x src_sh{x} call_x()",
    " \n=cmd()",
    "\ufeff\u2028line\u2029\x85\x7f",
    "\ud800 half a character",
]
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def hostile(text: str) -> Dossier:
    """A dossier with this text wherever a text may stand."""
    source = Source("s", text, text, partial_date("2025"), "press", (text,), "", "", "", text)
    speaker = Speaker("p", text, text)
    statement = Statement("q", source, speaker, source.date, "stated", text, text, text, text)
    cell, items = (
        Cell("a"),
        Issue("b", text, text, "g", "items", {"x": text, "y": text}, {"i": text}),
    )
    choice = Issue("a", text, text, "g", "choice", {"x": text, "y": text}, note=text)
    entry = Entry(
        "a",
        source.date,
        (statement,),
        proposes={cell: frozenset({"x"})},
        reserves=text,
        interest=text,
        note=text,
        against=(statement,),
    )
    other = entry._replace(issue="b", proposes={Cell("b", "i"): frozenset({"y"})})
    positions = {"a": (entry,), "b": (other,)}
    parties = {
        name: Party(
            name, text, text, positions if name == "one" else {}, {"q": statement}, note=text
        )
        for name in ("one", "two", "three")
    }
    return Dossier(text, {"g": text}, {"a": choice, "b": items}, {"s": source}, parties)


@pytest.fixture(params=HOSTILE, ids=range(len(HOSTILE)))
def dossier(request: pytest.FixtureRequest) -> Dossier:
    return hostile(request.param)


def moving(dossier: Dossier) -> Dossier:
    """The same dossier, the position of one party followed by another and by its lapse."""
    one = dossier.parties["one"]
    (entry,) = one.positions["a"]
    later = entry._replace(
        since=partial_date("2025-02"),
        until=partial_date("2025-03"),
        proposes={},
        refuses={Cell("a"): frozenset({"x"})},
        accepts=(
            Acceptance(
                {Cell("a"): frozenset({"y"})}, {Cell("b", "i"): frozenset({"x"})}, entry.note
            ),
        ),
    )
    positions = {**one.positions, "a": (entry, later)}
    parties = {**dossier.parties, "one": one._replace(positions=positions)}
    return dossier._replace(parties=parties)


def reports(dossier: Dossier, style: str, width: int = 80) -> list[str]:
    """Every report that tells of many parties or of time."""
    moved = moving(dossier)
    days = changes(moved, ["one", "two"], "2024", "2025")
    versions = edits(hostile("plain"), moved, ["one", "two"], "2025-02"), (("v1", "0" * 40), None)
    return [
        rendered(matrix_document(matrix(moved, as_of="2025")), style, width),
        rendered(history_document(history(moved, "one", as_of="2025")), style, width),
        rendered(changes_document(days), style, width),
        rendered(changes_document(*versions), style, width),
    ]


@pytest.fixture
def comparison(dossier: Dossier) -> Comparison:
    return compare(dossier, ["one", "two"], "2025")


TAGS = {"h2", "p", "ul", "li", "em", "table", "thead", "tbody", "tr", "th", "td"}


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        assert {name for name, _ in attrs} <= {"style"}


def test_html_has_only_the_tags_of_its_tables(comparison: Comparison) -> None:
    tags = Tags()
    tags.feed(rendered(diff_document(comparison), "html"))
    assert tags.found <= TAGS


def test_markdown_has_as_many_cells_in_every_row(comparison: Comparison) -> None:
    text = rendered(diff_document(comparison), "github")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {5}
    assert not re.search(r"(?<!\\)[<`]", text)
    assert "](" not in text.replace("\\](", "")
    assert not re.search(r"^---$", text, re.MULTILINE)


def test_latex_is_escaped(comparison: Comparison) -> None:
    assert "\\input{" not in rendered(diff_document(comparison), "latex")


def test_csv_holds_no_formula(comparison: Comparison) -> None:
    rows = list(csv.reader(io.StringIO(csv_text(*diff_rows(comparison)))))
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_nothing_steers_a_terminal(dossier: Dossier, comparison: Comparison) -> None:
    record = Record(dossier, comparison.day, "inferred")
    texts = [rendered(diff_document(comparison), style) for style in renderers()]
    one = party_document(record, dossier.parties["one"], dossier.issues.values())
    shown = [one, *(issue_document(record, issue) for issue in dossier.issues.values())]
    texts += map(rendered, shown)
    texts += [rendered(listing_document(listing(dossier))) for listing in LISTINGS.values()]
    for text in texts:
        assert not CONTROLS.search(text)


def test_nothing_in_a_file_steers_the_terminal_that_shows_it(comparison: Comparison) -> None:
    assert not CONTROLS.search(json_text(diff_report(comparison)))
    assert not CONTROLS.search(csv_text(*diff_rows(comparison)).replace("\r\n", "\n"))


@pytest.mark.parametrize("style", [TERMINAL, "html", "github", "latex"])
def test_reports_of_many_and_of_time_are_inert(dossier: Dossier, style: str) -> None:
    for text in reports(dossier, style):
        assert not CONTROLS.search(text)
        if style == "html":
            tags = Tags()
            tags.feed(text)
            assert tags.found <= TAGS
        if style == "github":
            assert not re.search(r"(?<!\\)[<`]", text)


def test_their_csv_and_json_are_inert(dossier: Dossier) -> None:
    moved = moving(dossier)
    found = changes(moved, ["one", "two"], "2024", "2025")
    told = history(moved, "one", as_of="2025")
    edited = edits(hostile("plain"), moved, ["one", "two"], "2025-02")
    assert edited.redefinitions
    tables = changes_rows(found), changes_rows(edited, edited=True), history_rows(told)
    for text in (csv_text(*table) for table in tables):
        assert not CONTROLS.search(text.replace("\r\n", "\n"))
        rows = list(csv.reader(io.StringIO(text)))
        assert not [one for row in rows for one in row if one.startswith(("=", "+", "-", "@"))]
    versions = changes_report(edited, (("v1", "0" * 40), None))
    for report in (changes_report(found), versions, history_report(told)):
        assert not CONTROLS.search(json_text(report))


ISOLATED = re.compile("\u2068([^\u2066-\u2069]*)\u2069")


@given(st.text(max_size=200), st.integers(60, 200), st.sampled_from([TERMINAL, "html", "github"]))
@examples(60)
def test_any_text(text: str, width: int, style: str) -> None:
    drawn = rendered(
        diff_document(compare(hostile(text), ["one", "two"], "2025")), style, width=width
    )
    drawn = ISOLATED.sub(r"\1", drawn)  # which keeps the order of a line, see rendering/text.py
    assert not CONTROLS.search(drawn)
    if style == TERMINAL:
        assert max(map(len, drawn.splitlines())) <= width
    if style == "html":
        tags = Tags()
        tags.feed(drawn)
        assert tags.found <= TAGS


@pytest.mark.parametrize("text", HOSTILE)
def test_findings_and_errors_are_safe(text: str) -> None:
    source = SourceText("x.yaml", f"{text}\n{text}")
    finding = Finding("CP101", source, Span(1, 3, 1, 9), f"found “{text}”", text)
    assert not CONTROLS.search(findings_text([finding]))
    assert not CONTROLS.search(error_text(UnknownName("party", text, [text], "claimpos list")))


def test_json_carries_every_text_unchanged(dossier: Dossier, comparison: Comparison) -> None:
    import json

    report = json.loads(json_text(diff_report(comparison)))
    assert report["dossier"] == dossier.title
    assert report["issues"][0]["positions"]["one"]["evidence"][0]["quote"] == dossier.title
