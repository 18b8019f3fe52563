"""The page as a file: whole in itself, safe, and true to the comparison."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import date
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimpos import compare, load_dossier
from claimpos.briefing.data import brief_report
from claimpos.briefing.page import value_at
from claimpos.briefing.page_data import embedded, page_data, steps_data
from claimpos.briefing.page_size import View, explained_sets, sets_with_room
from claimpos.briefing.page_verdicts import all_sets
from claimpos.briefing.stances import WEIGHTS
from claimpos.comparison.changes import changes
from claimpos.comparison.effective_timelines import EffectiveTimelines
from claimpos.comparison.reasons import REASONS, VERDICTS
from claimpos.dossier.limits import VARIABLE
from claimpos.dossier.model import Dossier
from claimpos.dossier.timeline import Timeline, Timelines
from claimpos.rendering.text import safe
from claimpos.wording.dossier_texts import set_apart
from claimpos.wording.reasons import reason_names
from claimpos.wording.verdicts import explain_issue
from tests.briefing.pages import hostile_dossier, page_file, page_of
from tests.conftest import examples
from tests.rendering.test_hostile_text import CONTROLS, hostile
from tests.support import TALKS, largely, short_dossier

MADE = "2025-12-30"
SHIPPED = Path(__file__).parents[2] / "positions"


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = page_file(tmp_path_factory, TALKS, ["russia", "ukraine"], MADE)
    return path.read_text(encoding="utf-8")


class Page(HTMLParser):
    """The tags of a page, its attributes, and what its scripts and styles hold."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.inside = ""
        self.held: dict[str, list[str]] = {"script": [], "style": []}
        self.told: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self.inside = tag

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        self.held.get(self.inside, self.told).append(data)


def data_of(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_nothing_is_fetched(text: str) -> None:
    page = Page(text)
    fetched = {"src", "srcset", "poster", "data", "action", "formaction", "ping", "xlink:href"}
    assert not [one for one in page.attributes if one[1] in fetched]
    assert not {"link", "iframe", "img", "object", "embed", "base"} & set(page.tags)
    assert not re.search(r"@import|url\((?!#)", "".join(page.held["style"]))
    targets = [value for tag, name, value in page.attributes if name == "href"]
    assert {re.match(r"#|https?://", target) is not None for target in targets} == {True}


def test_the_policy_allows_this_style_and_this_script_and_nothing_else(text: str) -> None:
    page = Page(text)
    (policy,) = [v for _, name, v in page.attributes if name == "content" and "default" in v]
    (style,) = page.held["style"]
    _, script = ["".join(page.held["script"][:1]), "".join(page.held["script"][1:])]
    for kind, held in (("style", style), ("script", script)):
        digest = base64.b64encode(hashlib.sha256(held.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert not [one for one in page.attributes if one[1].startswith("on") or one[1] == "style"]


def test_it_names_no_place_of_this_machine(text: str) -> None:
    assert str(Path.home()) not in text
    assert str(TALKS.parents[3]) not in text


def test_the_script_takes_nothing_for_markup(text: str) -> None:
    script = Page(text).held["script"][-1]
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", script)


SETS = [
    ("russia", "ukraine"),
    ("us", "europe"),
    ("belarus", "uk"),
    ("russia", "us", "europe"),
    ("russia", "ukraine", "us", "europe"),
]


def test_its_verdicts_are_those_of_a_comparison(dossier: Dossier, text: str) -> None:
    data = data_of(text)
    ids = [party["id"] for party in data["parties"]]
    for number in range(0, len(data["days"]), 9):
        day = data["days"][number][0]
        for some in SETS:
            chosen = sorted(some, key=ids.index)
            comparison = compare(dossier, chosen, day)
            places = data["sets"][",".join(str(ids.index(party)) for party in chosen)]
            for at, verdict in enumerate(comparison.issues):
                outline = data["outlines"][value_at(data["turns"][at][places[at]], number)]
                assert VERDICTS[outline[0]] == verdict.verdict
                assert outline[1] == (verdict.reason or "")


def test_its_explanations_are_those_of_a_comparison(dossier: Dossier, text: str) -> None:
    data = data_of(text)
    told = data["told"]["0,1"]
    for number in range(0, len(data["days"]), 9):
        comparison = compare(dossier, ["russia", "ukraine"], data["days"][number][0])
        for at, verdict in enumerate(comparison.issues):
            shown = []
            for paragraph in data["texts"][value_at(told[at], number)]:
                heading, *sentences = (
                    "".join(data["pieces"][one] for one in data["sentences"][each])
                    for each in paragraph
                )
                shown += [f"{heading}:", *sentences] if heading else sentences
            assert " ".join(shown) == safe(explain_issue(verdict))


def moved(data: dict[str, Any], day: int) -> set[tuple[str, str]]:
    """The cells that a page's data says moved on the day of this number."""
    return {
        (party["id"], issue["id"])
        for issue, row in zip(data["issues"], data["steps"], strict=True)
        for party, steps in zip(data["parties"], row, strict=True)
        if day in steps[::3]
    }


@pytest.mark.parametrize(
    "steps", largely([(TALKS, 23), (TALKS, 1), (SHIPPED, 1)], (TALKS, 23)), ids=str
)
def test_what_moved_on_a_day_is_what_changes_names(steps: tuple[Path, int]) -> None:
    folder, every = steps
    dossier = load_dossier(folder)
    parties = dossier.negotiating
    last = date(2026, 6, 30)
    view = View(dossier, parties, parties, tuple(dossier.issues.values()), last, "inferred")
    timelines = EffectiveTimelines(dossier)
    days = sorted({*(day for day in timelines.days(parties) if day <= last), last})
    data = {
        "parties": [{"id": party} for party in parties],
        "issues": [{"id": issue} for issue in dossier.issues],
        **steps_data(view, timelines, days),
    }
    found = 0
    for number in range(1, len(days), every):
        named = changes(dossier, parties, days[number - 1], days[number]).entries
        assert moved(data, number) == {(one.party, one.issue.id) for one in named}
        found += len(named)
    assert found


def test_it_holds_what_the_briefing_says(dossier: Dossier, text: str) -> None:
    report = brief_report(compare(dossier, ["russia", "ukraine"], MADE))
    page = Page(text)
    told = " ".join(" ".join(page.told).split())
    run_on = "".join("".join(page.told).split())
    for row in report["rows"]:
        assert row["title"] in told
        sentences = [*row["moves"], *([row["why"]] if row["spoken"] else [])]
        shown = ["".join(set_apart(one, "{}").split()) for one in sentences]
        assert [one for one in shown if one not in run_on] == []
    assert [line for line in report["method"] if line not in told] == []
    ids = [value for _, name, value in page.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    notes = [f"note-{note['number']}" for note in report["notes"]]
    assert [one for one in ids if one.startswith("note-")] == notes
    within = [value[1:] for _, name, value in page.attributes if name == "href" and value[0] == "#"]
    assert set(within) <= set(ids)
    assert {one for one in within if one.startswith("note-")} == set(notes)


def test_hostile_text_makes_no_tag_of_its_own() -> None:
    plain, attacked = (
        Page(page_of(made, ["one", "two"], "2025")) for made in (hostile("x"), hostile_dossier())
    )
    assert set(attacked.tags) <= set(plain.tags)
    assert attacked.tags.count("script") == 2
    names = {(tag, name) for tag, name, _ in plain.attributes}
    assert {(tag, name) for tag, name, _ in attacked.attributes} <= names


@given(st.text(max_size=60))
@examples(25)
def test_any_text(text: str) -> None:
    page = page_of(hostile(text), ["one", "two"], "2025")
    assert not CONTROLS.search(page)
    assert Page(page).tags.count("script") == 2
    assert data_of(page)["issues"][0]["id"] == "a"


def test_json_within_a_script_cannot_end_it() -> None:
    told = embedded(["</script>", "<!--", "]]>", "&amp;", "\u2028"])
    assert not re.search("[<>&\u2028]", told)
    assert json.loads(told)[0] == "</script>"


def view_of(dossier: Dossier, named: tuple[str, ...]) -> View:
    columns = tuple(dict.fromkeys([*named, *dossier.parties]))
    issues = tuple(dossier.issues.values())
    return View(dossier, named, columns, issues, date(2025, 6, 1), "inferred")


def test_which_sets_have_a_verdict_and_which_an_explanation(tmp_path: Path) -> None:
    agenda = {"war": {"options": ["on", "off"]}}
    people = {name: {"war": {"demands": "on"}} for name in ("a", "b", "c", "d", "e", "f")}
    dossier = short_dossier(tmp_path, agenda, people)
    pairs = list(combinations("abcdef", 2))
    three = view_of(dossier, ("a", "b", "c"))
    larger = [*combinations("abcdef", 3), *combinations("abcdef", 4)]
    assert set(all_sets(three)) == {*pairs, *larger}
    assert explained_sets(three.named) == [("a", "b"), ("a", "c"), ("b", "c"), ("a", "b", "c")]
    six = view_of(dossier, tuple("abcdef"))
    assert set(all_sets(six)) == {*pairs, *larger, tuple("abcdef")}


@pytest.mark.parametrize("room", [1, 40, 100, 1000])
def test_sets_of_the_first_parties_come_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    agenda = {"war": {"options": ["on", "off"]}}
    people = {name: {"war": {"demands": "on"}} for name in ("a", "b", "c", "d", "e", "f")}
    dossier = short_dossier(tmp_path, agenda, people)
    monkeypatch.setenv(VARIABLE, f"page-verdicts={room}")
    found = list(sets_with_room(dossier, tuple("abcdef"), "inferred"))
    every = [*combinations("abcdef", 3), *combinations("abcdef", 4)]
    assert found == sorted(every, key=lambda one: (one[-1], len(one), one))[: len(found)]
    assert (len(found) == len(every)) == (room == 1000)


def test_a_lapsed_position_is_told_from_none(tmp_path: Path) -> None:
    agenda = {"war": {"options": ["on", "off"]}}
    people = {
        "a": {"war": {"since": "2020", "until": "2021", "demands": "on"}},
        "b": {"war": {"since": "2023", "refuses": "on", "against": ["said-so-maybe"]}},
        "c": {},
    }
    dossier = short_dossier(tmp_path, agenda, people)
    data = page_data(view_of(dossier, ("a", "b")))
    assert [day for day, _ in data["days"]] == [
        "2020-01-01",
        "2022-01-01",
        "2023-01-01",
        "2025-06-01",
    ]
    assert data["positions"] == [[[0, 0, 1, -2], [2, 1], []]]
    assert data["kinds"][0] == "First recorded"
    assert [steps[::3] for steps in data["steps"][0]] == [[0, 1], [2], []]
    assert data["made"] == 3
    assert data["entries"][1]["said"] == [["", [["red-line", "rejects ⟨On⟩"]]]]
    assert data["entries"][1]["against"] == [1]


def test_a_group_and_its_member_are_not_compared_where_diff_compares_nothing(
    tmp_path: Path,
) -> None:
    agenda = {"war": {"options": ["on", "off"]}, "tax": {"options": ["low", "high"]}}
    people = {
        "ann": {"tax": {"demands": "low"}},
        "bloc": {"war": {"demands": "on"}, "tax": {"accepts": "low"}},
        "cy": {"war": {"refuses": "on"}},
    }
    group = {"bloc": {"members": ["ann"], "speaks-for-members": True}}
    dossier = short_dossier(tmp_path, agenda, people, {}, group)
    data = page_data(view_of(dossier, ("ann", "bloc", "cy")))
    outlines = [
        data["outlines"][turns[place][-1]][:2]
        for turns, place in zip(data["turns"], data["sets"]["0,1"], strict=True)
    ]
    assert [one[:2] for one in outlines] == [[2, "own-word"], [0, "common-ground"]]
    assert {one.issue.id for one in compare(dossier, ["ann", "bloc"], "2025-06-01").issues} == {
        "tax"
    }
    assert data["reasons"]["own-word"][0] == "Not compared"


def test_every_reason_has_words() -> None:
    reasons = [reason for known in REASONS.values() for reason in known]
    assert list(reason_names()) == ["one-voice", *reasons]


def test_every_weight_has_a_look() -> None:
    style = (Path(__file__).parents[2] / "claimpos/briefing/templates/page.css").read_text("utf-8")
    assert [weight for weight in WEIGHTS if f".said.{weight}" not in style] == []


@pytest.mark.parametrize("silent", [False, True])
def test_that_each_party_has_a_position_is_said_only_if_so(tmp_path: Path, silent: bool) -> None:
    said = {"road": {"demands": "toll"}}
    parties = {"ann": said, "bo": said, "cy": {} if silent else said}
    dossier = short_dossier(tmp_path, {"road": {"options": ["toll", "free"]}}, parties)
    told = page_of(dossier, [*parties], "2025")
    assert ("On every issue, each party has a recorded position." in told) is not silent
    assert ("<b>Cy:</b> no recorded position on" in told) is silent


def test_answers_to_texts_are_followed_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever parts of the page ask about other days."""
    followed: list[tuple[str, str]] = []
    timeline = Timelines.of_answers

    def counted(self: Timelines, party: str, text: str) -> Timeline:
        if self._whole is None and (party, text) not in self._of_answers:
            followed.append((party, text))
        return timeline(self, party, text)

    monkeypatch.setattr(Timelines, "of_answers", counted)
    texts = {f"t{at}": {"date": "2024", "terms": {"x": "a", "y": "b"}} for at in range(3)}
    answers = {text: [{"since": "2025-01-01", "says": "accepts"}] for text in texts}
    besides = {party: {"answers": answers} for party in ("ann", "bo")}
    agenda = {issue: {"options": ["a", "b"]} for issue in "xy"}
    dossier = short_dossier(tmp_path, agenda, {"ann": {}, "bo": {}}, texts, besides)
    page_of(dossier, ["ann", "bo"], "2025-06-01")
    assert sorted(followed) == sorted((party, text) for party in besides for text in texts)
