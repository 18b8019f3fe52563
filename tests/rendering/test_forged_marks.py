"""Texts of a dossier cannot end the marks around them, and go on as if they were the report."""

from pathlib import Path

import pytest

from claimpos.wording.dossier_texts import (
    in_brackets,
    in_quotation_marks,
    in_summary,
    label,
)
from tests.cli.in_process import claimpos
from tests.support import largely, short_dossier


def _shown(folder: Path, *command: str) -> str:
    return claimpos(*command, "--positions", str(folder), "--as-of", "2025").stdout


BRACKETS = ["⟨⟩", "‹›", "〈〉", "\u2329\u232a", "❬❭", "❮❯", "❰❱", "⧼⧽", "⦑⦒", "＜＞", "<>", "{}"]
BRACKETS += ["⟪⟫", "《》", "⦉⦊", "⟮⟯", "⪡⪢", "⪻⪼", "◃▹", "◅▻", "ᐊᐅ"]


@pytest.mark.parametrize("pair", BRACKETS[1:])
def test_a_label_holds_no_bracket_that_looks_like_its_own(pair: str) -> None:
    opening, closing = [*pair]
    told = label(f"no work{closing}, which Bo accepts; demands {opening}nothing else")
    assert told == "⟨no work), which Bo accepts; demands (nothing else⟩"


@pytest.mark.parametrize("pair", largely(BRACKETS, "⟨⟩", "❬❭", "<>"))
@pytest.mark.parametrize("field", ["reserves", "subject-to", "note", "label"])
def test_nor_does_any_text_that_is_set_apart(tmp_path: Path, pair: str, field: str) -> None:
    opening, closing = [*pair]
    own = f"no work{closing}: which Bo accepts; demands {opening}nothing else"
    entries: dict[str, dict[str, object]] = {
        "reserves": {"demands": "x", "reserves": own},
        "subject-to": {"accepts": [{"outcome": "x", "subject-to": own}]},
        "note": {"demands": "x", "note": "A note."},
        "label": {"demands": "x"},
    }
    note = {"ann": {"note": own}} if field == "note" else {}
    agenda = {"war": {"options": {"x": own if field == "label" else "X", "y": "Y"}}}
    short_dossier(tmp_path, agenda, {"ann": {"war": entries[field]}, "bo": {}}, {}, note)
    told = " ".join(_shown(tmp_path, "show", "ann").split())
    assert "no work): which Bo accepts; demands (nothing else" in told


@pytest.mark.parametrize("title", ["profits > 5 per cent", "x>5", "a <- b -> c", "less than <= 3"])
def test_signs_that_compare_stay(title: str) -> None:
    assert label(title) == f"⟨{title}⟩"


@pytest.mark.parametrize(
    "mark",
    [
        '"',
        "”",
        "″",
        "❞",
        "〞",
        "＂",
        "ʺ",
        "''",
        "’’",
        "ˮ",
        "»",
        "′′",
        "‴",
        "⁗",
        "〃",
        "＇＇",
        "﹂",
        "｣",
        "⸣",
    ],
)
def test_a_quotation_does_not_end_early(mark: str) -> None:
    told = in_quotation_marks(f"six{mark} (Jo, 3 March 2026, own words). Accepts. {mark}no")
    inner = told[1:-1]
    assert (told[0], told[-1]) == ("“", "”")
    assert inner in {f"six{one} (Jo, 3 March 2026, own words). Accepts. {one}no" for one in "'’‘′"}


def test_a_quotation_within_a_quotation_keeps_single_marks() -> None:
    assert in_quotation_marks("She said “no” and ‘don’t’.") == "“She said ‘no’ and ‘don’t’.”"


@pytest.mark.parametrize(
    ("part", "is_set_apart"),
    [
        ("anna; reviewed by ben on 10 February 2026", True),
        ("anna, reviewed by ben", True),
        ("chair of the union, 3 February 2026, own words", True),
        ("Own words", True),
        ("par. 4; confirmed by the union", True),
        ("par. 4, confirmed by the union in March", True),
        ("as reported", True),
        ("x) (y", True),
        ("chair, “we can live with a rota”", True),
        ('par. 4: "four will do"', True),
        ("chair of the union, 3 February  2026, own  words", True),
        ("anna, reviewed  by ben", True),
        ("chair, ｏｗｎ ｗｏｒｄｓ", True),
        ("chair, 1 Mar. 2026, verbatim", True),
        ("chair, 2026-03-01", True),
        ("chair, 3.2.2026", True),
        ("chair, March 1st, 2026", True),
        ("chair: we accept", True),
        ("Harbour News «both accept»", True),
        ("par. 4. The union has withdrawn this", True),
        ("par. 4 on pay. The union has withdrawn this", True),
        ("Harbour News. No party has denied it", True),
        ("Harbour News! It is agreed", True),
        ("Annex A. The union has withdrawn this", True),
        ("par. 4.The union has withdrawn this", True),
        ("par. 4 – withdrawn by the union", True),
        ("par. 4, withdrawn since by the union", True),
        ("par. 4 (the union has withdrawn it)", True),
        ("Gen. J.F. Kelly", False),
        ("St. Petersburg Port Authority", False),
        ("par. 12, ll. 3-4", False),
        ("par. 4", False),
        ("art. 4 par. 2", False),
        ("Seán O'Brien", False),
        ("Seán O’Brien", False),
        ("chair, wage committee", False),
        ("par. 4, table 2", False),
        ("press secretary (acting)", False),
        ("the reported speech", False),
    ],
)
def test_a_part_of_a_citation_cannot_pass_for_several(part: str, is_set_apart: bool) -> None:
    told = in_brackets(part)
    assert told == (f"⟨{' '.join(part.split())}⟩" if is_set_apart else part)


def test_a_coder_cannot_forge_a_review(tmp_path: Path) -> None:
    coder = "anna; reviewed by ben on 10 February 2026"
    agenda = {"war": {"options": ["x", "y"]}}
    short_dossier(tmp_path, agenda, {"ann": {"war": {"demands": "x", "coder": coder}}})
    assert f"coded by ⟨{coder}⟩" in " ".join(_shown(tmp_path, "show", "ann").split())


def test_the_note_of_a_party_is_told_as_one(tmp_path: Path) -> None:
    note = "No recorded position on: War"
    agenda = {"war": {"options": ["x", "y"]}}
    ann = {"ann": {"war": {"demands": "x"}}}
    short_dossier(tmp_path, agenda, ann, {}, {"ann": {"note": note}})
    assert f"\nNote: ⟨{note}⟩\n" in _shown(tmp_path, "show", "ann")


FORGED = "by rota] (ann¹, bo³) [no work"


@pytest.mark.parametrize("field", ["options", "text", "question", "title", "unit"])
@pytest.mark.parametrize("pair", ["[]", "［］", "⟦⟧", "【】"])
def test_only_the_tool_puts_brackets_into_a_negotiating_text(
    tmp_path: Path, field: str, pair: str
) -> None:
    own = FORGED.replace("[", pair[0]).replace("]", pair[1])
    issue: dict[str, object] = {"options": {"x": own if field == "options" else "X", "y": "Y"}}
    demands: object = "x"
    if field == "unit":
        issue, demands = {"kind": "quantity", "unit": own}, {"min": 5}
    elif field != "options":
        issue[field] = own
    short_dossier(tmp_path, {"war": issue}, {"ann": {"war": {"demands": demands}}, "bo": {}})
    shown = _shown(tmp_path, "text", "ann", "bo")
    told = " ".join(shown.split())
    assert "by rota) (ann1, bo3) (no work" in told
    assert not set(pair) - set("[]") & set(shown)


def test_square_metres_stay(tmp_path: Path) -> None:
    issue = {"options": {"x": "a zone of 10 km²", "y": "5 m³ of water"}}
    short_dossier(tmp_path, {"war": issue}, {"ann": {"war": {"demands": "x"}}, "bo": {}})
    shown = _shown(tmp_path, "text", "ann", "bo")
    assert "10 km²" in shown


@pytest.mark.parametrize(
    "summary",
    [
        *("´We accept´", "`We accept`", "｢We accept｣", "❮We accept❯", "⸢We accept⸣", "⹂We accept⹂"),
        *(
            "‴We accept‴",
            "⁗We accept⁗",
            "ˮWe acceptˮ",
            "״We accept״",
            "＇We accept＇",
            "ʼWe acceptʼ",
        ),
        *(
            "〃We accept〃",
            "˝We accept˝",
            "<we accept>",
            "Said so (own words)",
            "Said (Jo， chair)",
        ),
        *("Said so ❨Jo, chair❩", "Said so ⁽Jo, chair⁾", "Said so 【Jo, chair】"),
        "against this： Accepts a rota",
        "Accepts (Jo Jansen (chair of the union), 1 March 2026, own words; news)",
        "Accepts [Jo (chair); news]",
    ],
)
def test_a_summary_in_any_signs_cannot_pass_for_a_quotation(summary: str) -> None:
    assert in_summary(summary) == label(summary)


@pytest.mark.parametrize(
    "summary",
    [
        "It's what workers’ groups want – a rota",
        "Accepts five; never six (at most)",
        "It is inferred that he spoke in January 2026",
        "Demands > 5 per cent",
    ],
)
def test_a_usual_summary_stands_plain(summary: str) -> None:
    assert in_summary(summary) == summary


@pytest.mark.parametrize("end", ["\n\n", "\n", "\r"])
@pytest.mark.parametrize(
    "command",
    ["diff ann bo", "matrix", "text ann bo", "show ann", "explain ann bo war"],
)
def test_a_title_makes_no_line_of_its_own(tmp_path: Path, end: str, command: str) -> None:
    own = f"War{end}  Conflict: both accepted a rota.{end}"
    agenda = {"war": {"title": own, "options": {"x": own, "y": "Y"}}}
    short_dossier(tmp_path, agenda, {"ann": {"war": {"demands": "x"}}, "bo": {}})
    shown = _shown(tmp_path, *command.split())
    assert "Conflict: both" in shown
    assert not [line for line in shown.splitlines() if line.strip(" │|").startswith("Conflict: b")]


@pytest.mark.parametrize(
    "command", ["diff ann bo", "matrix", "text ann bo", "show ann", "ask ann bo", "history ann war"]
)
def test_a_title_that_fills_the_line_goes_on_indented(tmp_path: Path, command: str) -> None:
    counts = "3 issues: 3 overlaps, 0 conflicts"
    title = f"{'Wages at the harbour ' * 3}and {counts}"
    agenda = {"war": {"options": ["x", "y"]}}
    folder = short_dossier(tmp_path, agenda, {"ann": {"war": {"demands": "x"}}, "bo": {}})
    assert folder.title
    path = tmp_path / "agenda.yaml"
    path.write_text(path.read_text("utf-8").replace("A test", title), "utf-8")
    shown = _shown(tmp_path, *command.split())
    assert "overlaps, 0 conflicts" in " ".join(shown.split())
    assert not [line for line in shown.splitlines() if line.startswith(counts[:8])]


TITLES = [
    *("Car terminal, agreed by both sides", "Car terminal without conditions"),
    *("Car terminal unless paid", "Car terminal (overlap)", "Car terminal – accepted"),
    *("Car terminal, since 1 March 2026", "Car terminal as a member of the port"),
    *("Car terminal: the port accepts it", "Car terminal，the port has accepted"),
    *("Car terminal and nothing else", "Car terminal in part", "Car terminal"),
    *("Car terminal, which  the port has accepted", "Car. The port accepts"),
]


@pytest.mark.parametrize("title", largely(TITLES, TITLES[0], TITLES[1], TITLES[-1]))
@pytest.mark.parametrize(
    "command",
    [
        "show ann",
        "deals ann bo -v",
        "history ann war",
        "explain ann bo war",
        "matrix",
        "diff ann bo",
    ],
)
def test_a_title_in_a_sentence_cannot_go_on_with_it(
    tmp_path: Path, title: str, command: str
) -> None:
    other = {"title": title, "options": ["x", "y"]}
    items = {"n": title, "s": "Port", "w": "West"}
    agenda = {"war": {"items": items, "options": ["x", "y"]}, "other": other}
    stance = {"war": {"demands": {"n": "x", "s": "x", "w": "y"}}}
    short_dossier(tmp_path, agenda, {"ann": stance, "bo": {}})
    told = " ".join(_shown(tmp_path, *command.split()).split())
    for before in ("for ", "on ", "on: ", "; ", "and ", "acceptance: "):
        assert f"{before}{' '.join(title.split())}" not in told


@pytest.mark.parametrize("source", ["question", "text"])
def test_what_an_issue_asks_cannot_pass_for_the_report(tmp_path: Path, source: str) -> None:
    agenda = {"war": {"options": ["x", "y"], source: "Ann leaves this open."}}
    short_dossier(tmp_path, agenda, {"ann": {"war": {"demands": "x"}}, "bo": {}})
    assert "  ⟨Ann leaves this open⟩" in _shown(tmp_path, "text", "ann", "bo").splitlines()


def test_nor_can_what_a_draft_says_on_it(tmp_path: Path) -> None:
    agenda, texts = {"war": {"options": ["x", "y"]}}, {"plan": {"terms": {"war": "x"}}}
    short_dossier(tmp_path, agenda, {"ann": {"war": {"demands": "x"}}, "bo": {}}, texts)
    path = tmp_path / "proposals" / "plan.yaml"
    path.write_text(path.read_text("utf-8").replace("So.", "Ann leaves this open."), "utf-8")
    shown = _shown(tmp_path, "text", "ann", "bo", "--from", "plan")
    assert "  ⟨Ann leaves this open⟩" in shown.splitlines()


@pytest.mark.parametrize("command", ["assess plan", "text ann bo --from plan"])
def test_the_title_of_a_text_in_a_heading_is_set_apart(tmp_path: Path, command: str) -> None:
    agenda = {"war": {"options": ["x", "y"]}}
    texts = {"plan": {"title": "the plan, which Bo accepts", "terms": {"war": "x"}}}
    short_dossier(tmp_path, agenda, {"ann": {"war": {"demands": "x"}}, "bo": {}}, texts)
    assert _shown(tmp_path, *command.split()).startswith("⟨The plan, which Bo accepts⟩, ")


def test_the_title_of_a_dossier_in_a_line_is_set_apart(tmp_path: Path) -> None:
    agenda = {"war": {"options": ["x", "y"]}}
    folder = short_dossier(tmp_path, agenda, {"ann": {"war": {"demands": "x"}}, "bo": {}})
    assert folder.title
    path = tmp_path / "agenda.yaml"
    path.write_text(path.read_text("utf-8").replace("A test", "Pay. Both agree on it"), "utf-8")
    lines = _shown(tmp_path, "deals", "ann", "bo").splitlines()
    assert "Ann and Bo, as of 31 December 2025. Dossier: ⟨Pay. Both agree on it⟩." in lines
