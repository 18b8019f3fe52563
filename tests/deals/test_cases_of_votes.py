"""Every file in cases_of_votes/ is a vote: who demands what, the rule, and what comes of it.

`votes` has, by issue and option, the parties that demand it; `agenda`, `parties` and `besides` are
as in other shorthand. A text with an outcome may have the further terms of `text`. `expect` says
how the vote on an outcome stands; `diff`, `assess` and `deals` agree on it. `whole` is the result
of the vote on each text as a whole.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from claimpos.comparison.verdicts import compare
from claimpos.deals.assessment import assess
from claimpos.deals.search import find_deals
from claimpos.rendering.assess import assess_document
from claimpos.rendering.assess_report import assess_report
from claimpos.rendering.data import json_text
from claimpos.rendering.deals import deals_document
from claimpos.rendering.deals_report import deals_report
from claimpos.rendering.diff import diff_document
from claimpos.rendering.diff_report import diff_report
from claimpos.rendering.renderers import rendered
from tests.schemas.support import SCHEMAS
from tests.support import short_dossier, yaml_data

CASES = sorted((Path(__file__).parent / "cases_of_votes").glob("*.yaml"))
DAY = "2025-03-14"
VERDICTS = {"fails": "conflict", "open": "unresolved", "passes": "overlap"}


def parties_of(case: dict[str, Any]) -> dict[str, Any]:
    parties = {key: dict(positions) for key, positions in case.get("parties", {}).items()}
    for issue, options in case.get("votes", {}).items():
        for option, members in options.items():
            for member in members:
                parties.setdefault(member, {})[issue] = {"demands": option}
    return parties


def in_short(vote: dict[str, Any]) -> dict[str, Any]:
    votes = [*vote["votes"].values()]
    return {
        "result": vote["result"],
        "for": votes.count("yes"),
        "against": votes.count("no"),
        "abstain": votes.count("abstains"),
        "others": votes.count("open") + votes.count("silent"),
        "to-pass": vote["to_pass"]["size"],
        "to-fail": vote["to_fail"]["size"],
        "pivotal": vote["pivotal"],
    }


def listed(outcome: str | list[str]) -> list[str]:
    return [outcome] if isinstance(outcome, str) else outcome


def validated(report: dict[str, Any], name: str) -> dict[str, Any]:
    Draft202012Validator(SCHEMAS[name]).validate(json.loads(json_text(report)))
    return report


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, tmp_path: Path) -> None:
    case = yaml_data(path.read_text("utf-8"), path.name)
    texts = {
        f"text-{issue}-{outcome}": {"terms": {**case.get("text", {}), issue: outcome}}
        for issue, outcomes in case["expect"].items()
        for outcome in outcomes
    }
    parties = parties_of(case)
    dossier = short_dossier(tmp_path, case["agenda"], parties, texts, case.get("besides", {}))
    compared = list(dossier.negotiating)
    diff = validated(diff_report(compare(dossier, compared, DAY)), "diff")
    deals = validated(deals_report(find_deals(dossier, compared, DAY)), "deals")
    assert deals["proved"]
    nearest = {one["issue"]: one for one in deals["votes"]["cells"]}
    for issue, outcomes in case["expect"].items():
        (compared_issue,) = (one for one in diff["issues"] if one["id"] == issue)
        compared_votes = {
            option: one["vote"]
            for one in compared_issue["votes"]
            for option in listed(one["outcome"])
        }
        best = max((one["result"] for one in outcomes.values()), key=[*VERDICTS].index)
        assert compared_issue["verdict"] == VERDICTS[best]
        assert nearest[issue]["vote"]["result"] == best
        for outcome, expected in outcomes.items():
            text = dossier.proposals[f"text-{issue}-{outcome}"]
            report = validated(assess_report([assess(dossier, text, None, DAY)]), "assess")
            (term,) = (one for one in report["terms"] if one["issue"] == issue)
            told = in_short(compared_votes[outcome])
            told["blocking"] = compared_issue["rule"]["blocking"]["size"]
            assert {key: told[key] for key in expected} == expected
            assert in_short(term["vote"]) == in_short(compared_votes[outcome])
            if len(report["terms"]) == 1:
                assert report["vote"] == term["vote"]
            if "whole" in case:
                assert report["vote"]["result"] == case["whole"]


def test_who_abstains_is_not_against_where_all_must_agree(tmp_path: Path) -> None:
    """Only one of the issues has a rule; on the other, an abstention leaves the vote open."""
    abstain = {"title": "an abstention", "abstention": True}
    options = {"x": "the first way", "y": "the second way", "abstain": abstain}
    agenda = {
        "ruled": {"options": options, "decides": {"at-least": 2, "of": ["ann", "bo", "cy"]}},
        "unruled": {"options": options},
    }
    wanted = {"ann": "x", "bo": "x", "cy": "abstain"}
    parties = {who: {key: {"demands": one} for key in agenda} for who, one in wanted.items()}
    found = find_deals(short_dossier(tmp_path, agenda, parties), [*parties], DAY)
    assert found.voted is not None
    assert (found.voted.failing, found.voted.pending, found.voted.turns) == (0, 1, 1)


@pytest.mark.parametrize("rule", [{}, {"decides": "unanimity"}])
def test_all_who_are_compared_must_agree_where_some_abstain(
    rule: dict[str, Any], tmp_path: Path
) -> None:
    """Also if others are not compared, of whom a rule for all parties would take account."""
    abstain = {"title": "an abstention", "abstention": True}
    agenda = {"motion": {"options": {"x": "the first way", "abstain": abstain}, **rule}}
    wanted = {"ann": "abstain", "bo": "abstain", "cy": "abstain", "dee": "x"}
    parties = {who: {"motion": {"demands": one}} for who, one in wanted.items()}
    dossier = short_dossier(tmp_path, agenda, parties)
    assert dossier.issues["motion"].decides is None  # or edits would be told of a rule
    for compared in (["ann", "bo", "cy"], [*parties]):
        found = compare(dossier, compared, DAY)
        assert [(one.verdict, one.reason) for one in found.issues] == [("unresolved", "could-pass")]
        deals = find_deals(dossier, compared, DAY)
        assert deals.voted is not None
        assert "not applied" not in rendered(deals_document(deals))


YES, NO = {"accepts": "x"}, {"refuses": "x"}


@pytest.mark.parametrize(
    ("groups_answer", "answer", "own", "vote", "is_led"),
    [
        ("accepts", None, {}, "yes", True),
        ("accepts", None, {"first": NO}, "no", True),
        ("accepts", "refuses", {}, "no", False),
        ("refuses", None, {}, "no", True),
        ("refuses", None, {"first": YES}, "no", True),
        ("refuses", None, {"first": YES, "second": YES}, "yes", False),
        ("refuses", "accepts", {}, "yes", False),
        ("refuses", "accepts-as-basis", {}, "yes", False),
        ("accepts-as-basis", None, {}, "yes", False),
    ],
)
def test_members_vote_on_a_text_as_their_group_has_answered_it(
    groups_answer: str,
    answer: str | None,
    own: dict[str, Any],
    vote: str,
    is_led: bool,
    tmp_path: Path,
) -> None:
    """On each term on which a member has no entry, unless it has answered the text itself."""
    rule = {"at-least": 2, "of": ["ann", "bo", "cy"]}
    agenda = {key: {"options": ["x", "y"], "decides": rule} for key in ("first", "second")}
    both = dict.fromkeys(agenda, "x")
    parties = {"league": dict.fromkeys(agenda, YES), "ann": own, "bo": {}, "cy": {}}
    answers = {"league": groups_answer, "ann": answer}
    besides: dict[str, dict[str, Any]] = {
        party: {"answers": {"plan": [{"says": says}]}} for party, says in answers.items() if says
    }
    besides["league"] |= {"members": ["ann"], "speaks-for-members": True}
    dossier = short_dossier(tmp_path, agenda, parties, {"plan": {"terms": both}}, besides)
    found = assess(dossier, dossier.proposals["plan"], ["ann", "bo", "cy"], DAY)
    assert found.whole is not None
    assert found.whole.votes == {"ann": vote, "bo": "silent", "cy": "silent"}
    text = " ".join(rendered(assess_document([found])).split())
    assert ("The answer of League counts for Ann, a member of it." in text) == is_led


def test_one_that_is_held_is_not_outvoted(tmp_path: Path) -> None:
    """Two of three decide; what ann votes against does not count, and an abstention is no vote."""
    abstain = {"title": "an abstention", "abstention": True}
    options = {"x": "the first way", "y": "the second way", "abstain": abstain}
    agenda = {
        key: {"options": options, "decides": {"at-least": 2, "of": ["ann", "bo", "cy"]}}
        for key in ("roads", "schools", "parks")
    }
    parties = {
        "ann": {"roads": {"demands": "y"}, "parks": {"demands": "abstain"}},
        **{one: {key: {"demands": "x"} for key in agenda} for one in ("bo", "cy")},
    }
    dossier = short_dossier(tmp_path, agenda, parties)
    free = find_deals(dossier, [*parties], DAY)
    held = find_deals(dossier, [*parties], DAY, held=["ann"])
    assert (free.answer, held.answer) == ("agreed", "blocked")
    assert free.now is not None
    assert held.now is not None
    assert [cell.issue for cell in free.now.settled] == ["roads", "schools", "parks"]
    assert [cell.issue for cell in held.now.settled] == ["schools", "parks"]
    assert held.voted is not None
    assert (held.voted.failing, held.voted.pending, held.voted.turns) == (1, 0, 1)
    text = " ".join(rendered(deals_document(held)).split())
    assert "Only packages in which Ann votes against no term are counted." in text
    everybody = find_deals(dossier, [*parties], DAY, held=[*parties])
    assert (everybody.answer, everybody.no_package) == ("blocked", True)
    text = " ".join(rendered(deals_document(everybody)).split())
    assert text.startswith("Every package has a term that Ann, Bo or Cy votes against.")


def test_a_condition_of_an_outcome_that_fails_anyhow_does_not_count(tmp_path: Path) -> None:
    """On one outcome the condition is pending, on the other somebody has voted no already."""
    agenda: dict[str, Any] = {
        "shifts": {"options": ["x", "y", "z"], "decides": "consensus"},
        "pay": {"options": ["more", "less"], "decides": "consensus"},
        "cars": {"options": ["yes", "no"], "decides": "consensus"},
    }
    conditional = [
        {"outcome": "x", "if": {"pay": "more"}},
        {"outcome": "y", "if": {"cars": "yes"}},
    ]
    parties: dict[str, dict[str, Any]] = {
        "ann": {"shifts": {"accepts": conditional}},
        "bo": {"shifts": {"proposes": "x", "refuses": "y"}},
        "cy": {"shifts": {"accepts": ["x", "y"]}},
    }
    found = compare(short_dossier(tmp_path, agenda, parties), [*parties], DAY)
    assert [one.verdict for one in found.issues] == ["unresolved"] * 3
    parties |= {one: {**parties[one], "pay": {"accepts": "more"}} for one in parties}
    found = compare(short_dossier(tmp_path, agenda, parties), [*parties], DAY)
    assert found.issues[0].verdict == "overlap"


@pytest.mark.parametrize(("of_bo", "verdict"), [("pay", "overlap"), ("cars", "unresolved")])
def test_conditions_are_in_each_others_way_only_where_they_name_the_same(
    of_bo: str, verdict: str, tmp_path: Path
) -> None:
    """On cars, both outcomes pass; one condition of ann names them, and perhaps one of bo."""
    rule = {"at-least": 3}
    agenda: dict[str, Any] = {
        key: {"options": ["yes", "no"], "decides": rule} for key in ("shifts", "pay", "cars")
    }
    both: dict[str, Any] = {"pay": {"accepts": "yes"}, "cars": {"accepts": ["yes", "no"]}}
    parties: dict[str, dict[str, Any]] = {
        "ann": {"shifts": {"accepts": [{"outcome": "yes", "if": {"cars": "yes"}}]}},
        "bo": {"shifts": {"accepts": [{"outcome": "yes", "if": {of_bo: "yes"}}]}},
        "cy": {"shifts": {"accepts": [{"outcome": "yes", "if": {"pay": "yes"}}]}},
    }
    parties = {party: {**said, **both} for party, said in parties.items()}
    found = compare(short_dossier(tmp_path, agenda, parties), [*parties], DAY)
    assert found.issues[0].verdict == verdict


def test_a_rule_does_not_apply_where_nobody_is_a_member(tmp_path: Path) -> None:
    agenda: dict[str, Any] = {"shifts": {"options": ["x", "y"], "decides": {"more-than": "1/2"}}}
    parties = {who: {"shifts": {"accepts": "x"}} for who in ("ann", "bo", "cy")}
    besides: dict[str, dict[str, Any]] = {who: {"role": "mediator"} for who in parties}
    dossier = short_dossier(tmp_path, agenda, parties, {}, besides)
    found = find_deals(dossier, [*parties], DAY)
    assert found.voted is None
    assert "All parties accept" in rendered(deals_document(found))


@pytest.mark.parametrize("rule", [{"at-least": 4}, {"more-than": 3}, {"at-least": 50}])
def test_a_rule_that_asks_for_more_votes_than_there_are_members(
    rule: dict[str, int], tmp_path: Path
) -> None:
    """As of a treaty, in a dossier that has not recorded all states yet."""
    agenda: dict[str, Any] = {"shifts": {"options": ["x", "y"], "decides": rule}}
    parties = {who: {"shifts": {"accepts": "x"}} for who in ("ann", "bo", "cy")}
    dossier = short_dossier(tmp_path, agenda, parties, {"plan": {"terms": {"shifts": "x"}}})
    told = [
        rendered(deals_document(find_deals(dossier, [*parties], DAY))),
        rendered(assess_document([assess(dossier, dossier.proposals["plan"], [*parties], DAY)])),
    ]
    assert "no number of changed votes" in rendered(
        diff_document(compare(dossier, [*parties], DAY)), "github"
    )
    for one in told:
        assert "nothing can pass, because it takes more votes" in " ".join(one.split())
