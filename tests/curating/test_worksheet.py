"""Worksheets: what is filled in is in the dossier, and what is wrong is told at its line."""

from __future__ import annotations

import re
import tempfile
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimpos import load_dossier
from claimpos.curating.code_text import CodingResult, add_worksheet, new_worksheet, paragraphs_in
from claimpos.curating.worksheet import parties_named, speakers_named
from claimpos.dossier.model import VERBS, Speaker
from claimpos.dossier.nodes import plain
from claimpos.dossier.paragraphs import paragraphs_of
from claimpos.dossier.parsing.printable import is_printable
from claimpos.errors import InvalidDossier, WrongUsage
from claimpos.importing.writing import flow
from claimpos.validation.plain_text import plainly
from tests.conftest import examples
from tests.curating.sheets import TEXT, filled_in, harbour, sheet_of
from tests.support import within, yaml_data

CASES = sorted((Path(__file__).parent / "worksheets").glob("*.yaml"))
TODAY = date(2026, 4, 1)


def take(positions: Path, sheet: str) -> CodingResult:
    return add_worksheet(positions, "sheet.md", sheet, TODAY)


def files_of(positions: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in positions.iterdir()}


def test_an_empty_sheet_counts_the_paragraphs_and_adds_nothing_else(tmp_path: Path) -> None:
    positions = harbour(tmp_path)
    before = files_of(positions)
    taken = take(positions, sheet_of(positions))
    assert taken.unmarked == [1, 2, 3, 4, 5]
    after = files_of(positions)
    changed = after.pop("sources.yaml").replace(b"    paragraphs: 5\n", b"")
    assert after | {"sources.yaml": changed} == before


def test_the_sheet_shows_what_a_coder_needs(tmp_path: Path) -> None:
    positions = harbour(tmp_path)
    sheet = sheet_of(positions, TEXT.replace("Bo Berg", "Pat Doyle"))
    assert "- Speakers named here: doyle (Pat Doyle, union)" in sheet
    assert "- In the file since 2026-02-03:\n  proposes: banned\n  refuses: rota\n" in sheet
    assert "2 No weather" in sheet
    assert "\nsaid: 2026-03-10\n" in sheet
    assert max(map(len, sheet.splitlines())) <= 98


@pytest.mark.parametrize("name", ["Parliament", "Par, the city", "Para"])
def test_a_party_may_be_called_like_a_paragraph(tmp_path: Path, name: str) -> None:
    positions = harbour(tmp_path)
    union = positions / "union.yaml"
    union.write_text(re.sub("(?m)^name: .*", f"name: {name}", union.read_text("utf-8")), "utf-8")
    sheet = sheet_of(positions)
    assert f"\n## {name}\n" in sheet
    assert take(positions, sheet).unmarked == [1, 2, 3, 4, 5]


def test_a_name_that_very_many_speakers_have() -> None:
    speakers = {"smith": [("p", Speaker(f"s{at}", "Jo Smith")) for at in range(250_000)]}
    with within(1):
        for _ in range(5_000):
            count, named = speakers_named("Smith said.", speakers)
            assert (count, next(named)[1].id) == (250_000, "s0")


FIELDS: dict[str, dict[str, str]] = {
    "par. 1": {"no position": "the headline"},
    "par. 3": {
        "statement": "union/never",
        "speaker": "lee = Ann Lee, chair of the union, since 2020",
        "said": "2026-03-09",
        "basis": "stated",
        "quote": "“We will never sign that.”",
        "summary": "Says: no rota – “never”, # and no more.",
    },
    "par. 4": {
        "statement": "port/up-to",
        "basis": "reported",
        "quote": "up to four and a half per cent",
        "summary": "Could pay 4.5 per cent.",
    },
    "par. 5": {"no position": "2"},
    "union: weekend": {
        "proposes": "banned",
        "refuses": "rota",
        "reserves": "whether nights count: and how",
        "evidence": "never, weekends-off",
    },
    "port: pay-rise": {"since": "2026-03-10", "accepts": "{max: 4.5}", "evidence": "up-to"},
}


def test_what_is_filled_in_is_in_the_dossier(tmp_path: Path) -> None:
    positions = harbour(tmp_path)
    taken = take(positions, filled_in(sheet_of(positions), FIELDS))
    dossier = load_dossier(positions)
    union, port = dossier.parties["union"], dossier.parties["port"]
    never = union.statements["never"]
    assert union.speakers["lee"] == ("lee", "Ann Lee", "chair of the union, since 2020", False)
    assert never.speaker == union.speakers["lee"]
    assert (never.said.text, never.locator, never.basis) == ("2026-03-09", "par. 3", "stated")
    assert never.quote == "We will never sign that."
    assert never.summary == "Says: no rota – “never”, # and no more."
    first, second = union.positions["weekend"]
    assert first.since.text == "2026-02-03"
    assert second.since.text == "2026-03-09", "the day of its first new statement, by itself"
    assert [one.id for one in second.evidence] == ["never", "weekends-off"]
    assert port.positions["pay-rise"][0].evidence == (port.statements["up-to"],)
    assert dossier.sources["gazette"].no_position == (("the headline", (1,)), ("rule 2", (5,)))
    assert taken.unmarked == [2]


def test_taken_twice_or_written_anew_a_sheet_changes_nothing(tmp_path: Path) -> None:
    positions = harbour(tmp_path)
    sheet = filled_in(sheet_of(positions), FIELDS)
    take(positions, sheet)
    once = files_of(positions)
    assert take(positions, sheet).added == {}
    anew = sheet_of(positions)
    assert "- Coded already: union/never: Says: no rota" in anew
    assert take(positions, anew).added == {}
    assert files_of(positions) == once


def test_crlf_and_comments_stay_and_a_sheet_may_have_crlf(tmp_path: Path) -> None:
    positions = harbour(tmp_path)
    union = positions / "union.yaml"
    union.write_bytes(union.read_bytes().replace(b"\n", b"\r\n"))
    before = union.read_bytes().splitlines(keepends=True)
    sheet = filled_in(sheet_of(positions), FIELDS)
    take(positions, sheet.replace("\n", "\r\n"))
    after = union.read_bytes().splitlines(keepends=True)
    changes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    assert {change[0] for change in changes} == {"equal", "insert"}
    assert all(line.endswith(b"\r\n") for line in after)


# ---- mistakes ----


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_mistakes_are_told_at_their_line(
    case: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """A case fills in fields, replaces words, and says what is expected at which lines.

    `after: 1` says that a sheet was added before. `--update-sessions` writes what is found.
    """
    positions = harbour(tmp_path)
    data = yaml_data(case.read_text("utf-8"), case.name)
    for _ in range(data.get("after", 0)):
        take(positions, filled_in(sheet_of(positions), FIELDS))
    sheet = filled_in(sheet_of(positions), data.get("fill", {}))
    for old, new in data.get("replace", ()):
        assert old in sheet
        sheet = sheet.replace(old, new, 1)
    before = files_of(positions)
    with pytest.raises(InvalidDossier) as raised:
        take(positions, sheet)
    found = [told(finding) for finding in raised.value.findings]
    if request.config.getoption("--update-sessions"):
        head = case.read_text("utf-8").partition("expect:")[0]
        expected = "".join(f"  - >-\n    {one}\n" for one in found)
        case.write_text(f"{head}expect:\n{expected}", encoding="utf-8")
        return
    assert found == data["expect"]
    assert files_of(positions) == before


def told(finding: Any) -> str:
    """The line of a finding, what is marked in it, what is wrong and the remedy."""
    assert finding.source.path == "sheet.md"
    line = finding.source.line(finding.span.line)
    marked = line[finding.span.column - 1 : finding.span.end_column - 1]
    return f"{line} [{marked}] {finding.code} {finding.message}; {finding.hint}"


def test_any_file_that_is_no_worksheet_is_told_as_such(tmp_path: Path) -> None:
    positions = harbour(tmp_path)
    for text in ("", "password: hunter2\n", "\x00\x1b[31m", TEXT):
        with pytest.raises(InvalidDossier) as raised:
            take(positions, text)
        (finding,) = raised.value.findings
        assert "hunter2" not in finding.message + finding.hint
        assert finding.span.line == 1


def test_what_cannot_be_seen_is_told_and_is_not_in_the_text(tmp_path: Path) -> None:
    positions = harbour(tmp_path)
    sheet = sheet_of(positions, TEXT.replace("weekends", "week\u00adends\u200b"))
    assert "rota for weekends" in sheet
    with pytest.raises(InvalidDossier) as raised:
        take(positions, filled_in(sheet, {"par. 1": {"no position": "head\u200bline"}}))
    (finding,) = raised.value.findings
    assert (finding.code, finding.span.column) == ("CP106", 18)


def test_texts_have_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = tmp_path / "text.txt"
    for content in ("", "\n \n"):
        text.write_text(content)
        with pytest.raises(WrongUsage, match="holds no text"):
            paragraphs_in(text)
    monkeypatch.setenv("CLAIMPOS_LIMITS", "text-paragraphs=2")
    text.write_text("a.\nb.\nc.\n")
    with pytest.raises(WrongUsage, match="more than 2 paragraphs"):
        paragraphs_in(text)


@pytest.mark.parametrize(
    ("most", "parties", "remedy"),
    [
        (5_000, 100, "write one for fewer parties, with --worksheet and --party or, to raise"),
        (3_200, 100, "to raise"),  # the first party is too much already
        (1_500, 1, "to raise"),  # as the paragraphs are
    ],
)
def test_a_sheet_that_could_not_be_taken_is_not_written(
    most: int, parties: int, remedy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    positions, text = harbour(tmp_path), ["Nothing new."]
    party = load_dossier(positions).parties["port"]
    monkeypatch.setenv("CLAIMPOS_LIMITS", f"file-bytes={most}")
    told = (
        f"the worksheet for 1 paragraph and {parties} part(y|ies) × 3 issues would be larger than "
        rf"{most:,} bytes; {remedy} this limit, set CLAIMPOS_LIMITS=file-bytes=… to more than"
    )
    with pytest.raises(WrongUsage, match=told):
        new_worksheet(positions, "gazette", text, [party] * parties)
    monkeypatch.setenv("CLAIMPOS_LIMITS", "file-bytes=8000")
    sheet = new_worksheet(positions, "gazette", text, [party])
    assert 3_200 < len(sheet.encode()) < 5_000
    monkeypatch.setenv("CLAIMPOS_LIMITS", f"file-bytes={len(sheet.encode())}")
    assert new_worksheet(positions, "gazette", text, [party]) == sheet


def test_a_paragraph_lists_ten_speakers(tmp_path: Path) -> None:
    positions = harbour(tmp_path)
    union = (positions / "union.yaml").read_text("utf-8")
    namesakes = "".join(f"  doyle-{n}: {{name: N{n} Doyle}}\n" for n in range(5_000))
    (positions / "union.yaml").write_text(
        union.replace("statements:", f"{namesakes}statements:", 1)
    )
    with within(6):
        sheet = sheet_of(positions, "Doyle said so.\n\n" * 4_000)
    words = " ".join(sheet.split())
    assert words.count("doyle-8 (N8 Doyle, union) and 4,991 more") == 4_000
    assert "doyle-9 " not in words


# ---- there and back ----

WORDS = st.text(st.characters(exclude_categories=["C"], exclude_characters="\r\n"), min_size=1)
SUMMARIES = WORDS.map(lambda text: " ".join(text.split())).filter(is_printable).filter(bool)
LINES = st.lists(SUMMARIES, min_size=1, max_size=6)


@examples(60)
@given(lines=LINES, summaries=st.lists(SUMMARIES, min_size=6, max_size=6), data=st.data())
def test_there_and_back_nothing_is_lost(
    lines: list[str], summaries: list[str], data: st.DataObject
) -> None:
    """Whatever a text and a summary hold, each statement, mark and paragraph arrives as it was."""
    with tempfile.TemporaryDirectory() as folder:
        positions = harbour(Path(folder))
        text = "\n\n".join(lines)
        paragraphs = paragraphs_of(text)
        fields: dict[str, dict[str, str]] = {}
        for number, paragraph in enumerate(paragraphs, 1):
            if data.draw(st.booleans()):
                fields[f"par. {number}"] = {"no position": f"why: {summaries[number - 1]}"}
            else:
                fields[f"par. {number}"] = {
                    "statement": f"port/said-{number}",
                    "basis": "stated",
                    "quote": data.draw(
                        st.sampled_from(["", paragraph] if len(paragraph.split()) < 13 else [""])
                    ),
                    "summary": summaries[number - 1],
                }
        taken = take(positions, filled_in(sheet_of(positions, text), fields))
        assert taken.unmarked == []
        dossier = load_dossier(positions)
        marks = {
            number: reason
            for reason, some in dossier.sources["gazette"].no_position
            for number in some
        }
        statements = dossier.parties["port"].statements
        for heading, values in fields.items():
            number = int(heading.removeprefix("par. "))
            if "no position" in values:
                assert marks.pop(number) == values["no position"]
            else:
                held = statements[f"said-{number}"]
                assert (held.summary, held.locator) == (values["summary"], f"par. {number}")
                assert plainly(held.quote) in plainly(values["quote"])
                assert bool(held.quote) == bool(re.search(r"\S", values["quote"]))
        assert marks == {}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Rain is expected.", ["port", "union"]),
        ("The port offers four.", ["port"]),
        ("DOYLE said so.", ["union"]),
        ("They told us: the Dockers' Union waits.", ["union"]),
        ("The US and its reports.", ["port", "union"]),
        ("The portrait hangs.", ["port", "union"]),
    ],
)
def test_the_parties_that_a_text_names(text: str, named: list[str], tmp_path: Path) -> None:
    dossier = load_dossier(harbour(tmp_path))
    assert [party.id for party in parties_named(dossier, [text])] == named


@pytest.mark.parametrize(("text", "named"), [("us, thus", False), ("The US waits", True)])
def test_a_short_name_is_not_a_word_of_every_day(text: str, named: bool, tmp_path: Path) -> None:
    positions = harbour(tmp_path)
    (positions / "port.yaml").rename(positions / "us.yaml")
    other = (positions / "us.yaml").read_text("utf-8").replace("party: port", "party: us")
    (positions / "us.yaml").write_text(other.replace("the port", "the US"), encoding="utf-8")
    found = parties_named(load_dossier(positions), [text, "Doyle"])
    assert ("us" in [party.id for party in found]) == named


TEXTS = ("reserves", "note")
OUTCOMES: dict[str, list[Any]] = {
    "pay-rise": [7, {"min": 6}, {"max": Decimal("4.5")}, {"above": 8}, [3, {"min": 5, "below": 7}]],
    "weekend": ["banned", ["voluntary", "rota"]],
    "night": [
        {"cranes": "everyone"},
        {"all": "volunteers"},
        {"cranes": ["everyone"], "gates": "volunteers"},
    ],
}
CONDITION = {"weekend": ["voluntary", "rota"], "night": {"gates": "everyone"}}


@st.composite
def entries(draw: st.DrawFn, issue: str) -> dict[str, Any]:
    """An entry of the port, as a file holds it."""
    outcome = st.sampled_from(OUTCOMES[issue])
    entry: dict[str, Any] = {"since": draw(st.sampled_from(["2026-02", "2026-03-10"]))}
    verb = draw(st.sampled_from(["demands", "proposes", "accepts", "refuses", "if", "reserves"]))
    if verb == "if":
        other = {key: value for key, value in CONDITION.items() if key != issue}
        conditions: list[dict[str, Any]] = [{"if": other}, {"subject-to": "a ballot, soon"}]
        entry["accepts"] = [{"outcome": draw(outcome), **draw(st.sampled_from(conditions))}]
    else:
        entry[verb] = draw(SUMMARIES if verb == "reserves" else outcome)
    if draw(st.booleans()):
        entry["note"] = draw(SUMMARIES)
    cited = ["said-one", "said-two"]
    grounds = {key: cited for key in entry if key in VERBS}
    evidence: list[Any] = [["said-one"], cited, grounds]
    return entry | {"evidence": draw(st.sampled_from(evidence))}


@examples(60)
@given(data=st.data())
def test_positions_arrive_as_they_were_written(data: st.DataObject) -> None:
    wanted = {issue: data.draw(entries(issue)) for issue in OUTCOMES if data.draw(st.booleans())}
    with tempfile.TemporaryDirectory() as folder:
        positions = harbour(Path(folder))
        fields: dict[str, dict[str, str]] = {
            f"par. {number}": {"statement": f"port/said-{name}", "basis": "stated", "summary": "S."}
            for number, name in ((3, "one"), (4, "two"))
        }
        for issue, entry in wanted.items():
            fields[f"port: {issue}"] = {
                key: value if key in TEXTS or key == "since" else flow(value)
                for key, value in entry.items()
            }
        take(positions, filled_in(sheet_of(positions), fields))
        held = yaml_data((positions / "port.yaml").read_text("utf-8"))["positions"]
        assert plain(held) == {issue: [plain(entry)] for issue, entry in wanted.items()}
