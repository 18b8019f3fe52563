"""Profiles of Genius, NegMAS and GeniusWeb become parties with points, and the other way round."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from claimpos import load_dossier
from claimpos.deals.scored_values import scored_value
from claimpos.deals.search import find_deals
from claimpos.dossier.model import Cell, Dossier
from claimpos.errors import WrongUsage
from claimpos.importing.genius import import_profiles
from claimpos.importing.genius_writing import Format, not_in_profiles, profiles_of
from claimpos.rendering.data import json_text
from tests.support import EVIDENCE, short_dossier

PROFILE = """<utility_space>
<objective index="0" name="Office" type="objective" etype="objective">
<issue index="1" name="Room" type="discrete" etype="discrete" vtype="discrete">
<item index="1" value="With a view" evaluation="8"></item>
<item index="2" value="Near the lift" evaluation="2"></item>
</issue>
<issue index="2" name="Days" type="integer" etype="integer" vtype="integer" lowerbound="0"
 upperbound="4">
<evaluator ftype="linear" offset="0.0" slope="0.25"></evaluator>
</issue>
<weight index="1" value="0.75"></weight>
<weight index="2" value="0.25"></weight>
</objective>
<discount_factor value="1.0"></discount_factor>
<reservation value="0.4"></reservation>
</utility_space>
"""
DOMAIN = """<negotiation_template><utility_space>
<objective index="0" name="Office" type="objective"></objective>
</utility_space></negotiation_template>
"""
JSON: dict[str, Any] = {
    "LinearAdditiveUtilitySpace": {
        "issueUtilities": {
            "Room": {
                "discreteutils": {"valueUtilities": {"With a view": 0.1, "Near the lift": 1.0}}
            },
            "Days": {
                "numberutils": {
                    "lowValue": 0,
                    "lowUtility": 1.0,
                    "highValue": 4,
                    "highUtility": 0.0,
                }
            },
        },
        "issueWeights": {"Room": 0.5, "Days": 0.5},
        "domain": {"name": "Office", "issuesValues": {}},
        "name": "Bert",
        "reservationBid": {"issuevalues": {"Room": "With a view", "Days": 1}},
    }
}


def points(dossier: Dossier, party: str, issue: str, value: Any) -> float:
    worth = dossier.parties[party].worth
    assert worth is not None
    return float(scored_value(worth.points[Cell(issue)], value))


def test_profiles_in_both_forms(tmp_path: Path) -> None:
    (tmp_path / "anna.xml").write_text(PROFILE, encoding="utf-8")
    (tmp_path / "domain.xml").write_text(DOMAIN, encoding="utf-8")
    (tmp_path / "bert.json").write_text(json_text(JSON), encoding="utf-8")
    files = sorted(tmp_path.glob("*.*"))
    assert import_profiles(files, tmp_path / "made") == (2, 2)
    dossier = load_dossier(tmp_path / "made")
    assert dossier.title == "Office"
    assert dossier.issues["room"].options["near-the-lift"] == "Near the lift"
    assert points(dossier, "anna", "room", "with-a-view") == 75
    assert points(dossier, "anna", "room", "near-the-lift") == 18.75
    assert [points(dossier, "anna", "days", at) for at in (0, 1, 4)] == [0, 6.25, 25]
    assert [points(dossier, "bert", "days", at) for at in (0, 1, 4)] == [50, 37.5, 0]
    anna, bert = (dossier.parties[party].worth for party in ("anna", "bert"))
    assert anna is not None
    assert bert is not None
    assert (anna.at_least, anna.no_deal) == (40, 40)
    assert bert.no_deal == Decimal("42.5")
    found = find_deals(dossier, ["anna", "bert"])
    assert found.scores is not None
    assert found.scores.nash is not None


def test_profiles_with_the_names_of_other_files(tmp_path: Path) -> None:
    """Neither the agenda nor another party's file is overwritten."""
    for name in ("agenda.xml", "con.xml"):
        (tmp_path / name).write_text(PROFILE, encoding="utf-8")
    (tmp_path / "bert.json").write_text(json_text(JSON), encoding="utf-8")
    files = sorted(tmp_path.glob("*.*"))
    assert import_profiles(files, tmp_path / "made") == (3, 2)
    dossier = load_dossier(tmp_path / "made")
    assert [*dossier.parties] == ["agenda-2", "bert", "con-2"]


def test_two_profiles_of_one_name(tmp_path: Path) -> None:
    for name in ("one.json", "two.json"):
        (tmp_path / name).write_text(json_text(JSON), encoding="utf-8")
    with pytest.raises(WrongUsage, match="two profiles are called “Bert”"):
        import_profiles([*tmp_path.glob("*.json")], tmp_path / "made")


@pytest.mark.parametrize("form", ["genius-xml", "genius-json"])
def test_there_and_back(form: Format, tmp_path: Path) -> None:
    agenda = {
        "room": {"options": ["view", "lift"]},
        "days": {"unit": "days", "integer": True},
        "desks": {"items": ["north", "south"], "options": ["old", "new"]},
    }
    worth = {
        "anna": {
            "no-deal": 20,
            "evidence": [EVIDENCE],
            "issues": {
                "room": {"view": 40, "lift": 10},
                "days": {"0": 0, "2": 30},
                "desks": {"north": {"old": 0, "new": 30}},
            },
        },
        "bert": {"evidence": [EVIDENCE], "issues": {"days": {"0": 80, "2": 0}}},
    }
    besides = {party: {"worth": own} for party, own in worth.items()}
    before = short_dossier(tmp_path / "old", agenda, {"anna": {}, "bert": {}}, {}, besides)
    for name, text in profiles_of(before, form).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    files = sorted((*tmp_path.glob("*.xml"), *tmp_path.glob("*.json")))
    import_profiles(files, tmp_path / "new")
    after = load_dossier(tmp_path / "new")
    assert points(after, "anna", "room", "lift") == 10
    assert points(after, "anna", "days", "option-1") == 15
    assert points(after, "anna", "desks-north", "new") == 30
    assert points(after, "bert", "days", "option-0") == 100  # of the most that a package can have
    if form == "genius-xml":
        own = after.parties["anna"].worth
        assert own is not None
        assert Fraction(own.no_deal or 0) == 20


@pytest.mark.parametrize(
    ("bounds", "reservation", "lost_in_xml", "lost_in_json"),
    [
        ({"at-least": 52, "no-deal": 10}, "0.52", 1, 2),
        ({"at-least": 52, "no-deal": 52}, "0.52", 0, 1),
        ({"at-least": 52}, "0.52", 0, 1),
        ({"no-deal": 0}, "0.0", 0, 1),
        ({}, "", 0, 0),
    ],
)
def test_the_reservation_is_what_a_party_accepts_at_least(
    bounds: dict[str, int], reservation: str, lost_in_xml: int, lost_in_json: int, tmp_path: Path
) -> None:
    agenda = {"room": {"options": ["view", "lift"]}}
    worth = {"evidence": [EVIDENCE], "issues": {"room": {"view": 100, "lift": 0}}, **bounds}
    dossier = short_dossier(tmp_path, agenda, {"anna": {}}, {}, {"anna": {"worth": worth}})
    profile = profiles_of(dossier, "genius-xml")["anna.xml"]
    assert re.findall('<reservation value="(.*)">', profile) == [reservation] * bool(reservation)
    forms: tuple[tuple[Format, int], ...] = (
        ("genius-xml", lost_in_xml),
        ("genius-json", lost_in_json),
    )
    for form, lost in forms:
        assert re.findall(r"\d+", not_in_profiles(dossier, form)) == [str(lost)] * bool(lost)


@pytest.mark.parametrize(
    "text",
    [
        PROFILE.replace("<utility_space>", '<!DOCTYPE a [<!ENTITY b "c">]>\n<utility_space>'),
        PROFILE.replace("linear", "triangular"),
        PROFILE.replace("</objective>", ""),
        PROFILE.replace('weight index="2"', 'weight index="3"'),
        '{"LinearAdditiveUtilitySpace": {}}',
        "[]",
        "",
        "{" * 100_000,
        "<a>" * 100_000,
        PROFILE.replace('lowerbound="0"', 'lowerbound="4"'),
        PROFILE.replace('lowerbound="0"', 'lowerbound="0.5"'),
        PROFILE.replace('"0.75"', '"1e30"'),
        PROFILE.replace('reservation value="0.4"', 'reservation value="1e30"'),
        json_text(JSON).replace('"Bert"', "5"),
        json_text(JSON).replace('"Bert"', '["Bert"]'),
        json_text(JSON).replace('"Office"', '{"Office": 1}'),
        json_text(JSON).replace("0.1", "1e30"),
    ],
    ids=[
        *("doctype", "evaluator", "cut", "weight", "keys", "list", "empty", "deep", "deep as XML"),
        *("range", "half", "large weight", "large reservation", "number as name", "list as name"),
        *("map as title", "large utility"),
    ],
)
def test_what_is_no_profile(text: str, tmp_path: Path) -> None:
    (tmp_path / "anna.xml").write_text(text, encoding="utf-8")
    with pytest.raises(WrongUsage, match="not a profile"):
        import_profiles([tmp_path / "anna.xml"], tmp_path / "made")
    assert not (tmp_path / "made").exists()


ITEM = '<item index="2" value="Near the lift" evaluation="2"></item>'
WEIGHT = '<weight index="2" value="0.25"></weight>'
RESERVATION = '<reservation value="0.4"></reservation>'
FIRST_ISSUE = PROFILE[PROFILE.index("<issue") : PROFILE.index("<issue", 200)]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (PROFILE.replace(ITEM, ITEM + ITEM), "“Near the lift” is given twice"),
        (PROFILE.replace(WEIGHT, WEIGHT + WEIGHT), "the weight “2” is given twice"),
        (PROFILE.replace(FIRST_ISSUE, FIRST_ISSUE * 2), "the issue “Room” is given twice"),
        (PROFILE.replace(RESERVATION, RESERVATION * 2), "the reservation value is given twice"),
        (json_text(JSON).replace('"highValue"', '"lowValue"'), "“lowValue” is given twice"),
        (PROFILE.replace('"8"', '"-1"').replace('"2"><', '"-5"><'), "no value of “Room” is worth"),
        (PROFILE.replace('"8"', '"0"').replace('"2"><', '"-5"><'), "no value of “Room” is worth"),
        (PROFILE.replace("0.25", "-0.25", 1), "no value of “Days” is worth more than 0"),
    ],
)
def test_what_a_profile_may_not_say(text: str, why: str, tmp_path: Path) -> None:
    assert text not in (PROFILE, json_text(JSON))
    (tmp_path / "anna.xml").write_text(text, encoding="utf-8")
    with pytest.raises(WrongUsage, match=f"is not a profile that can be read: .*{why}"):
        import_profiles([tmp_path / "anna.xml"], tmp_path / "made")


@pytest.mark.parametrize("form", ["genius-xml", "genius-json"])
def test_a_profile_does_not_take_the_place_of_the_domain(form: Format, tmp_path: Path) -> None:
    worth = {"worth": {"evidence": [EVIDENCE], "issues": {"room": {"view": 4, "lift": 1}}}}
    agenda = {"room": {"options": ["view", "lift"]}}
    dossier = short_dossier(tmp_path, agenda, {"domain": {}}, {}, {"domain": worth})
    with pytest.raises(WrongUsage, match="“domain” would take the place"):
        profiles_of(dossier, form)
