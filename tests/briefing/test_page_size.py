"""Pages and time lines of dossiers made to be large: as much as the limit has room for, or none."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from claimpos.briefing.data import BriefingRows, brief_report, check_size
from claimpos.briefing.page import columns_of, page
from claimpos.briefing.time_line import time_line_of
from claimpos.comparison import verdict_timeline
from claimpos.comparison.verdicts import compare
from claimpos.dossier.limits import VARIABLE
from claimpos.dossier.model import Dossier
from claimpos.dossier.timeline import Timeline
from claimpos.errors import WrongUsage
from claimpos.wording.requirements import requirements
from tests.cli.in_process import claimpos
from tests.support import short_dossier

DAY = "2025-03-14"


@pytest.fixture
def low_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "page-verdicts=2000,briefing-answers=2000")


def plain(folder: Path, parties: int, issues: int, days: int = 1) -> Dossier:
    agenda = {f"i{number}": {"options": ["a", "b"]} for number in range(issues)}
    return short_dossier(
        folder,
        agenda,
        {
            f"p{who}": {
                issue: [
                    {"since": f"2025-01-{1 + day:02}", "demands": "ab"[(who + day) % 2]}
                    for day in range(days)
                ]
                for issue in agenda
            }
            for who in range(parties)
        },
    )


def joined(folder: Path, parties: int, issues: int) -> Dossier:
    """Each issue hangs on the next, and the last on the first; each begins on a day of its own."""
    agenda = {f"i{number}": {"options": ["a", "b"]} for number in range(issues)}
    people: dict[str, Any] = {
        f"p{who}": {
            f"i{number}": [
                {
                    "since": f"2025-01-{1 + number % 28:02}",
                    "accepts": [{"outcome": "a", "if": {f"i{(number + 1) % issues}": "a"}}],
                }
            ]
            for number in range(issues)
        }
        for who in range(parties)
    }
    return short_dossier(folder, agenda, people)


def made(dossier: Dossier, named: list[str], besides: list[str] | None = None) -> str:
    comparison = compare(dossier, named, DAY)
    shown = columns_of(comparison, besides)
    return page(comparison, brief_report(comparison), shown)


def columns(text: str) -> int:
    head = text[text.index("<thead>") : text.index("</thead>")]
    return head.count('<th scope="col"') - 2


@pytest.mark.usefixtures("low_limit")
@pytest.mark.parametrize(
    ("parties", "issues", "days"), [(40, 10, 1), (20, 10, 5), (30, 25, 1), (16, 8, 6), (60, 5, 2)]
)
def test_a_page_has_as_many_parties_as_its_limit_has_room_for(
    tmp_path: Path, parties: int, issues: int, days: int
) -> None:
    text = made(plain(tmp_path, parties, issues, days), ["p0", "p1"])
    shown = columns(text)
    assert 2 <= shown < parties
    assert f"{parties - shown} parties have no column here" in text
    assert "page-verdicts" in text


@pytest.mark.usefixtures("low_limit")
@pytest.mark.parametrize(("parties", "issues"), [(20, 12), (12, 14), (30, 8)])
def test_conditions_that_join_issues_count_for_all_that_they_lead_to(
    tmp_path: Path, parties: int, issues: int
) -> None:
    assert columns(made(joined(tmp_path, parties, issues), ["p0", "p1"])) < parties


def test_an_ordinary_page_has_all_parties_and_says_nothing_of_limits(tmp_path: Path) -> None:
    text = made(plain(tmp_path, 6, 6, 3), ["p0", "p1"])
    assert columns(text) == 6
    assert "no column here" not in text


@pytest.mark.usefixtures("low_limit")
def test_parties_asked_for_are_refused_rather_than_left_out(tmp_path: Path) -> None:
    dossier = plain(tmp_path, 40, 10)
    everybody = list(dossier.parties)
    for named, besides in ((everybody, None), (everybody[:2], everybody)):
        with pytest.raises(WrongUsage, match="CLAIMPOS_LIMITS=page-verdicts=…"):
            made(dossier, named, besides)
    assert columns(made(dossier, ["p0", "p1"], ["p7"])) == 3


def test_a_page_of_some_issues_judges_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: set[str] = set()
    judge = verdict_timeline._Judge.verdicts

    def seen(judging: Any, table: Any, chosen: Any, affected: Any) -> Any:
        judged.update(affected)
        return judge(judging, table, chosen, affected)

    monkeypatch.setattr(verdict_timeline._Judge, "verdicts", seen)
    dossier = plain(tmp_path, 4, 30)
    comparison = compare(dossier, ["p0", "p1"], DAY, issues=["i3"])
    page(comparison, brief_report(comparison))
    time_line_of(comparison)
    assert judged == {"i3"}


@pytest.mark.usefixtures("low_limit")
@pytest.mark.parametrize(("parties", "days"), [(60, 1), (30, 3), (15, 10)])
def test_a_time_line_of_too_many_verdicts_is_refused(
    tmp_path: Path, parties: int, days: int
) -> None:
    dossier = plain(tmp_path, parties, 1, days)
    with pytest.raises(WrongUsage, match=r"a time line of .* CLAIMPOS_LIMITS=page-verdicts=…"):
        time_line_of(compare(dossier, list(dossier.parties), DAY))
    assert time_line_of(compare(dossier, ["p0", "p1"], DAY)).startswith("<svg")


@pytest.mark.usefixtures("low_limit")
@pytest.mark.parametrize(("parties", "issues"), [(11, 100), (101, 10), (2, 501), (1001, 1)])
def test_a_briefing_of_too_many_answers_is_refused_before_it_is_worked_out(
    tmp_path: Path, parties: int, issues: int
) -> None:
    dossier = plain(tmp_path, parties, issues)
    with pytest.raises(WrongUsage, match=r"answers, more than 2,000; .*=briefing-answers=…"):
        check_size(dossier, list(dossier.parties), DAY)
    check_size(dossier, ["p0", "p1"], DAY, issues=["i0"])


@pytest.mark.usefixtures("low_limit")
def test_a_briefing_of_too_many_positions_is_refused_although_their_outcomes_are_few(
    tmp_path: Path,
) -> None:
    dossier = plain(tmp_path, 4, 40)
    told = "would tell positions and answers to texts that count as 2,880 answers, more than 2,000;"
    with pytest.raises(WrongUsage, match=f"4 parties and 40 issues {told} .*=briefing-answers=…"):
        check_size(dossier, list(dossier.parties), DAY)
    check_size(dossier, ["p0", "p1"], DAY)
    before_all = "2024-12-31"
    check_size(dossier, list(dossier.parties), before_all)


def with_answers(folder: Path, parties: int, texts: int, issues: int) -> Dossier:
    """All parties answer all texts, each of which has a term on every issue."""
    agenda = {f"i{number}": {"options": ["a", "b"]} for number in range(issues)}
    answer = [{"since": "2025-01-01", "says": "accepts-as-basis"}]
    answers = {f"t{number}": answer for number in range(texts)}
    return short_dossier(
        folder,
        agenda,
        {f"p{who}": {} for who in range(parties)},
        {name: {"date": "2024", "terms": dict.fromkeys(agenda, "a")} for name in answers},
        {f"p{who}": {"answers": answers} for who in range(parties)},
    )


@pytest.mark.usefixtures("low_limit")
def test_answers_to_texts_take_room_of_a_page_and_of_a_briefing(tmp_path: Path) -> None:
    dossier = with_answers(tmp_path, parties=12, texts=10, issues=10)
    parties = list(dossier.parties)
    # Each party takes 2 for an answer on an issue and 10 for a cell: 300, of which 2,000 hold 6.
    assert len(columns_of(compare(dossier, parties[:2], DAY)).parties) == 6
    with pytest.raises(WrongUsage, match=r"answers to texts that count as 3,000 answers, more"):
        check_size(dossier, parties, DAY)
    check_size(dossier, parties[:2], DAY)


def test_a_page_beyond_its_limit_is_refused_before_the_briefing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*arguments: object) -> None:
        raise AssertionError

    monkeypatch.setattr("claimpos.briefing.data.brief_report", never)
    monkeypatch.setattr("claimpos.comparison.fragility.with_fragility", never)
    plain(tmp_path, 40, 10)
    monkeypatch.setenv(VARIABLE, "page-verdicts=2000")
    everybody = [f"p{who}" for who in range(40)]
    for arguments in (everybody, ["p0", "p1", *(f"--with={party}" for party in everybody)]):
        told = claimpos("brief", *arguments, "--format", "html", "--positions", str(tmp_path))
        assert told.returncode == 2
        assert "page-verdicts" in told.stderr


@pytest.mark.parametrize("steps", [4, 10, 50])
def test_many_ways_to_a_common_outcome_are_told_as_few(tmp_path: Path, steps: int) -> None:
    """Of two who each demand other figures, one would have to drop its demand."""
    figures = [
        [{"min": 4 * at + who, "max": 4 * at + who} for at in range(steps)] for who in (0, 2)
    ]
    people = {who: {"sum": {"demands": said}} for who, said in zip("ab", figures, strict=True)}
    dossier = short_dossier(tmp_path, {"sum": {"unit": "t", "integer": True}}, people)
    ((_, _, phrases),) = BriefingRows(compare(dossier, ["a", "b"], DAY)).numbered
    assert phrases is not None
    told = [*requirements(phrases)]
    assert len(told) == 2
    assert all(re.search(r"would require [AB] to drop the demand for [^;]+$", one) for one in told)


def test_a_page_follows_each_position_once_however_many_issues_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed: list[object] = []
    start = Timeline.__init__

    def counted(timeline: Timeline, *arguments: Any) -> None:
        followed.append(timeline)
        start(timeline, *arguments)

    monkeypatch.setattr(Timeline, "__init__", counted)
    numbers = []
    for issues in (20, 40):
        dossier = plain(tmp_path / str(issues), 3, issues)
        comparison = compare(dossier, ["p0", "p1"], DAY)
        before = len(followed)
        page(comparison, brief_report(comparison))
        numbers.append(len(followed) - before)
    assert numbers[1] <= 2 * numbers[0]


def test_a_page_whose_verdicts_take_long_to_explain_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = {f"o{number}": f"{number} {'long ' * 20}" for number in range(20)}
    agenda = {"x": {"options": options}}
    parties = {f"p{who}": {"x": {"demands": [*options][who::2]}} for who in range(2)}
    comparison = compare(short_dossier(tmp_path, agenda, parties), ["p0", "p1"], DAY)
    report = brief_report(comparison)
    assert "<html" in page(comparison, report)
    monkeypatch.setenv(VARIABLE, "report-characters=1000")
    with pytest.raises(WrongUsage, match=r"explain verdicts in more than 1,000 .*report-char"):
        page(comparison, report)
