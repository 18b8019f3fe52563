"""Labels, which nobody has said, are set apart in every format, and never by quotation marks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from claimpos import Comparison, compare, diff_report, load_dossier
from claimpos.briefing.data import brief_report
from claimpos.briefing.layout import brief_document
from claimpos.rendering.data import csv_text, json_text
from claimpos.rendering.diff import diff_document
from claimpos.rendering.diff_rows import diff_rows
from claimpos.rendering.document import Document, Paragraph
from claimpos.rendering.renderers import TERMINAL, rendered, renderers
from claimpos.wording.dossier_texts import capital, label, parts, set_apart
from claimpos.wording.names import written_gap, written_unit
from tests.cli.in_process import claimpos
from tests.support import TALKS, largely, short_dossier

FORMS = {
    "github": "*a bar*",
    "html": "<em>a bar</em>",
    "latex": r"\emph{a bar}",
    **dict.fromkeys((TERMINAL, "grid", "plain", "simple"), "⟨a bar⟩"),
}
SINGLE = re.compile("[‘’‚‹›]")


def written(text: str, style: str) -> str:
    return rendered(Document([Paragraph(text)]), style)


@pytest.mark.parametrize("style", renderers())
def test_a_label_has_the_form_of_its_format(style: str) -> None:
    assert f"demands {FORMS[style]}, which" in written(
        f"A demands {label('a bar')}, which B", style
    )


@pytest.mark.parametrize("style", ["github", "html", "latex"])
@pytest.mark.parametrize(
    ("text", "read"),
    [
        (f"A “, who demands {label('a bar')}, and B”", ["a bar"]),
        (f"“A demands {label('a bar')}” and {label('x')}", ["a bar", "x"]),
        (f"{label('the “least” bar')}, {label('x')}", ["the “least” bar", "x"]),
        (f"{label('  a bar ')} or {label('a ⟨bar⟩')}", ["a bar", "bar"]),
        (f"{label('')} ⟩⟨ {label(' ')}", []),
        ("an “unclosed quotation and ⟨a bar⟩", ["a bar"]),
    ],
)
def test_what_is_a_label(style: str, text: str, read: list[str]) -> None:
    assert [part for part, is_label in parts(text) if is_label] == read
    shown = written(text, style)
    assert [one for one in read if label(one) in shown] == []


def test_a_label_that_would_be_markup_is_none() -> None:
    hostile = "- <b>x</b> *y* \\input{z} | & $"
    assert "<b>" not in written(label(hostile), "html")
    assert "\\input" not in written(label(hostile), "latex").replace("\\textbackslash{}input", "")
    assert written(label(" - x"), "github") == "*- x*\n"
    assert "\\*y\\*" in written(label(hostile), "github")


def test_the_parts_are_the_whole_text() -> None:
    text = f"Russia demands {label('a bar')}, “and ⟨so⟩ on”."
    assert set_apart(text, "⟨{}⟩") == text
    assert capital(label("a bar")) == "⟨A bar⟩"


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare(load_dossier(TALKS), ["russia", "ukraine"], "2025-11-30")


def test_no_report_quotes_a_label(comparison: Comparison) -> None:
    texts = [rendered(diff_document(comparison), style) for style in renderers()]
    texts += [json_text(diff_report(comparison)), csv_text(*diff_rows(comparison))]
    for text in texts:
        assert SINGLE.findall(text) == []
        assert len(re.findall(r"⟨|\*\w|<em>|\\emph", text)) > 20


PAGE = "brief russia ukraine --as-of 2025-11-30 --format html"
COMMANDS = [
    "brief russia ukraine --as-of 2025-11-30",
    PAGE,
    "explain russia ukraine ceasefire --as-of 2025-11-30",
    "show ukraine --as-of 2025-11-30",
    "history russia ceasefire",
    "changes russia ukraine --from 2025-03-14 --to 2025-11-30",
    "assess us-28-points-2025-11 russia ukraine",
    "ask russia ukraine --as-of 2025-11-30",
    "deals russia ukraine --as-of 2025-11-30",
    "text russia ukraine --as-of 2025-11-30",
    "matrix --as-of 2025-11-30",
]


@pytest.mark.parametrize("command", largely(COMMANDS, *(one for one in COMMANDS if one != PAGE)))
def test_no_command_quotes_a_label(command: str) -> None:
    shown = claimpos(*command.split(), "--positions", str(TALKS)).stdout
    page = re.sub(r"<(style|script)\b[^>]*>(?!\{).*?</\1>", "", shown, flags=re.DOTALL)
    assert len(page) > 500
    assert SINGLE.findall(page) == []


def test_words_of_the_dossier_keep_their_marks(tmp_path: Path) -> None:
    agenda: dict[str, Any] = {"war": {"options": ["x", "y"]}}
    parties = {"ann": {"war": {"demands": "x", "note": "She said ‘now’."}}, "bo": {}}
    folder = tmp_path / "dossier"
    dossier = short_dossier(folder, agenda, parties)
    assert dossier.parties
    shown = claimpos("show", "ann", "--positions", str(folder), "--as-of", "2025").stdout
    assert "She said ‘now’" in shown
    assert "⟨X⟩" in shown


@pytest.mark.parametrize("style", ["github", "html", "latex"])
def test_marks_of_labels_in_a_text_of_the_dossier_set_nothing_apart(
    tmp_path: Path, style: str
) -> None:
    own = "the ⟨inner⟩ part"
    agenda = {"war": {"title": f"War, {own}", "options": {"x": f"peace, {own}", "y": "Y"}}}
    parties = {"ann": {"war": {"demands": "x", "reserves": own, "note": own}}, "bo": {}}
    dossier = short_dossier(tmp_path, agenda, parties)
    comparison = compare(dossier, ["ann", "bo"], "2025")
    texts = [rendered(diff_document(comparison), style)]
    texts.append(rendered(brief_document(brief_report(comparison)), style))
    for text in texts:
        assert not re.search(r"(\*|<em>|\\emph\{)inner", text)
        assert re.search(r"inner", text)
    assert dossier.issues["war"].options["x"] == "peace, the ‹inner› part"


def test_a_label_cannot_end_early_and_go_on_as_a_sentence(tmp_path: Path) -> None:
    own = "work⟩, which Bo rejects. ⟨x"
    agenda = {"war": {"options": {"x": own, "y": "Y"}}}
    dossier = short_dossier(tmp_path, agenda, {"ann": {"war": {"demands": "x"}}, "bo": {}})
    told = rendered(diff_document(compare(dossier, ["ann", "bo"], "2025")), "github")
    assert "*work), which Bo rejects. (x*" in told


@pytest.mark.parametrize(
    ("unit", "is_set_apart"),
    [
        ("per cent (inferred)", True),
        ("per cent on conditions", True),
        ("per cent – both accept", True),
        ("per cent or less", True),
        ("per cent as offered", True),
        ("per cent; no more", True),
        ("000 euros", True),
        ("to 8 per cent", True),
        ("% or 7 %", True),
        ("− 2 per cent", True),
        (".5 per cent", True),
        ("/2 per cent", True),
        ("per cent and no more", True),
        ("per cent at most", True),
        ("per cent unless paid", True),
        ("per cent (rejected)", True),
        ("per cent [inferred]", True),
        ("per cent - rejected", True),
        ("per cent rejected", True),
        ("per cent / accepts", True),
        ("per cent； rejects", True),
        ("per cent。Accepts", True),
        ("½ per cent", True),
        ("² euros", True),
        ("per cent minus two", True),
        ("per cent until March", True),
        ("per cent conditionally", True),
        ("hundredths of a per cent", False),
        ("m³/s", False),
        ("%", False),
        ("US$", False),
        ("€ million", False),
        ("°C", False),
        ("km²", False),
        ("tonnes of CO2", False),
        ("days' wages", False),
        ("euros/tonne", False),
        ("square kilometres (km²)", False),
        ("thousand US dollars a year", False),
        ("percentage points", False),
    ],
)
def test_a_unit_cannot_pass_for_a_mark_of_a_report(unit: str, is_set_apart: bool) -> None:
    assert (written_unit(unit) == unit) is not is_set_apart


@pytest.mark.parametrize(
    ("unit", "told"),
    [
        ("%", "1 percentage point"),
        ("Per cent", "1 percentage point"),
        ("percent", "1 percentage point"),
        ("days", "1 day"),
    ],
)
def test_a_distance_between_percentages_is_in_points(unit: str, told: str) -> None:
    assert written_gap(1, unit) == told
