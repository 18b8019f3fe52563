"""Codings compared: what a unit is, what differs, and which figures come of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from claimpos.comparison.agreement import Agreement, Unit, agreement
from claimpos.dossier.outcomes import Range
from claimpos.errors import UnknownName, WrongUsage
from claimpos.rendering.agreement import agreement_document, agreement_report
from claimpos.rendering.data import json_text
from claimpos.rendering.renderers import rendered
from tests.conftest import examples
from tests.oracle.dossiers import PlainDossier, dossiers
from tests.oracle.product import load
from tests.schemas.support import errors_by_schema
from tests.support import short_dossier, within, yaml_data

pytest.importorskip("krippendorff", reason="krippendorff is not installed")

AGENDA: dict[str, Any] = {
    "war": {"options": ["on", "off"]},
    "tax": {"unit": "per cent"},
    "land": {"options": ["mine", "yours"], "items": ["hill", "dale"]},
}


def compared(folder: Path, *codings: dict[str, Any], **how: Any) -> Agreement:
    named = {
        name: short_dossier(folder / name, AGENDA, {"ann": coding})
        for name, coding in zip("xyz", codings, strict=False)
    }
    return agreement(named, **how)


def values(found: Agreement) -> dict[Unit, list[tuple[str, ...]]]:
    return {
        unit: [found.codes_of(coding, unit) for coding in found.codings]
        for difference in found.differences
        for unit in difference.units
    }


def test_large_codings_take_a_time_that_grows_with_their_size(tmp_path: Path) -> None:
    items = [f"i{at}" for at in range(6_000)]
    quantities = {f"q{at}": {"unit": "t"} for at in range(400)}
    agenda = {"land": {"options": ["mine", "yours"], "items": items}, **quantities}
    coding = {"land": {"demands": {"all": "mine"}}, **{one: {"demands": 5} for one in quantities}}
    named = {name: short_dossier(tmp_path / name, agenda, {"ann": coding}) for name in "xy"}
    with within(3):
        assert agreement(named).overall.units == len(items) + len(quantities)


def test_so_many_positions_are_compared_at_most(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = {"war": {"demands": "on"}, "tax": {"demands": 5}}
    monkeypatch.setenv("CLAIMPOS_LIMITS", "compared-positions=20")
    with pytest.raises(WrongUsage, match="more than 1 issues; to raise this limit"):
        compared(tmp_path, one, one)


def test_outcomes_count_for_each_pair_of_codings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    agenda = {"land": {"options": ["mine", "yours"], "items": [f"i{at}" for at in range(100)]}}
    coding = {"land": {"demands": {"all": "mine"}}}
    named = {str(at): short_dossier(tmp_path / str(at), agenda, {"ann": coding}) for at in range(5)}
    monkeypatch.setenv("CLAIMPOS_LIMITS", "compared-positions=167")
    assert agreement(named).overall.units == 100
    monkeypatch.setenv("CLAIMPOS_LIMITS", "compared-positions=166")
    with pytest.raises(WrongUsage, match="more than 99 outcomes;"):
        agreement(named)


def test_a_unit_is_an_outcome_that_at_least_one_coding_names(tmp_path: Path) -> None:
    one = {"war": {"demands": "on", "refuses": "off"}, "land": {"accepts": {"all": "mine"}}}
    other = {
        "war": {"demands": "on"},
        "land": {"accepts": [{"outcome": {"hill": "mine"}, "if": {"war": "on"}}]},
    }
    found = compared(tmp_path, one, other)
    assert (found.overall.units, found.overall.equal) == (4, 1)
    assert values(found) == {
        Unit("ann", "war", None, "off"): [("refuses",), ()],
        Unit("ann", "land", "hill", "mine"): [("accepts",), ("accepts-if",)],
        Unit("ann", "land", "dale", "mine"): [("accepts",), ()],
    }
    assert {code: told[:2] for code, told in found.codes.items()} == {
        "demands": (1, 1),
        "accepts": (2, 0),
        "accepts-if": (1, 0),
        "refuses": (1, 0),
    }
    assert found.coders["x"][:2] == (4, 3)


def test_figures_are_compared_as_they_were_named_and_by_their_distance(tmp_path: Path) -> None:
    """Of an outcome under different figures each is a unit; how near they are is told apart."""
    one = {"tax": [{"since": 2025, "demands": {"min": 6}}, {"since": 2026, "accepts": 4}]}
    other = {"tax": [{"since": 2025, "demands": {"min": 7}}, {"since": 2026, "accepts": 4}]}
    found = compared(tmp_path, one, other)
    assert values(found) == {
        Unit("ann", "tax", None, Range(6, None)): [("demands",), ()],
        Unit("ann", "tax", None, Range(7, None)): [(), ("demands",)],
    }
    assert found.overall[:2] == (3, 1)
    assert found.quantities["tax"][:2] == (3, 2)
    # By hand, of 6 7, 4 4 and 4 4 (the lowest and the highest of a single figure are the same).
    assert found.quantities["tax"].alpha == pytest.approx(1 - (2 / 6) / (106 / 30))


def test_entries_of_all_days_count_unless_one_day_is_asked_for(tmp_path: Path) -> None:
    one = {"war": [{"since": 2024, "demands": "on"}, {"since": 2025, "demands": "off"}]}
    other = {"war": [{"since": 2025, "demands": "off"}]}
    assert compared(tmp_path, one, other).overall[:2] == (2, 1)
    day = compared(tmp_path, one, other).codings["x"].sources["paper"].date.first
    assert compared(tmp_path, one, other, day=day).overall[:2] == (1, 1)


def test_one_source_counts_only_what_its_statements_bear_out(tmp_path: Path) -> None:
    """By verb, where evidence is written by verb."""
    grounds = {"demands": ["said-so"], "refuses": ["said-so-maybe"]}
    one = {"war": {"demands": "on", "refuses": "off", "evidence": grounds}}
    found = compared(tmp_path, one, {"war": {"demands": "on"}}, source="paper")
    assert found.overall[:2] == (2, 1)
    folder = tmp_path / "x"
    sources = (folder / "sources.yaml").read_text("utf-8")
    data = yaml_data(sources)
    data["sources"]["book"] = data["sources"]["paper"]
    (folder / "sources.yaml").write_text(json_text(data), "utf-8")
    party = yaml_data((folder / "ann.yaml").read_text("utf-8"))
    party["statements"]["said-so-maybe"]["source"] = "book"
    (folder / "ann.yaml").write_text(json_text(party), "utf-8")
    from claimpos import load_dossier

    both = {"x": load_dossier(folder), "y": load_dossier(tmp_path / "y")}
    assert agreement(both, source="paper").overall[:2] == (1, 1)
    assert agreement(both, source="book").overall[:2] == (1, 0)
    with pytest.raises(UnknownName) as caught:
        agreement(both, source="papers")
    assert caught.value.nearest == ("paper",)


def test_issues_of_one_title_have_a_row_each(tmp_path: Path) -> None:
    agenda = {
        "war": {"title": "Alike", "options": ["on", "off"]},
        "peace": {"title": "Alike", "options": ["on", "off"]},
        "tax": {"title": "Alike", "unit": "per cent"},
        "toll": {"title": "Alike", "unit": "per cent"},
    }
    own: dict[str, Any] = {"war": {"demands": "on"}, "peace": {"demands": "on"}}
    own |= {"tax": {"demands": 2}, "toll": {"demands": 3}}
    named = {one: short_dossier(tmp_path / one, agenda, {"ann": own}) for one in "xy"}
    text = rendered(agreement_document(agreement(named)))
    assert sum(line.startswith("Alike ") for line in text.splitlines()) == 4 + 2


def test_of_three_coders_the_one_who_differs_is_told(tmp_path: Path) -> None:
    same = {"war": {"demands": "on", "refuses": "off"}}
    third = {"war": {"refuses": "on", "demands": "off"}, "tax": {"demands": 4}}
    found = compared(tmp_path, same, same, third)
    assert {name: coder.alone for name, coder in found.coders.items()} == {"x": 0, "y": 0, "z": 3}
    assert found.coders["z"].without == 1
    assert found.pairs["x", "y"][:3] == (2, 2, 1)
    assert (found.pairs["x", "z"].alpha or 0) < 0


def test_where_all_coders_differ_no_one_is_alone(tmp_path: Path) -> None:
    codings = ({"war": {verb: "on"}} for verb in ("demands", "accepts", "refuses"))
    found = compared(tmp_path, *codings)
    assert {coder.alone for coder in found.coders.values()} == {0}


def test_whole_numbers_are_the_same_however_a_range_is_written(tmp_path: Path) -> None:
    agenda = {"seats": {"unit": "seats", "integer": True}}
    codings = {
        name: short_dossier(tmp_path / name, agenda, {"ann": {"seats": {"demands": demanded}}})
        for name, demanded in (("x", {"above": 5}), ("y", {"min": 6}))
    }
    assert agreement(codings).overall[:2] == (1, 1)


def test_a_figure_that_one_coding_alone_gives_is_not_compared(tmp_path: Path) -> None:
    one = {"tax": {"demands": {"min": 6}, "refuses": {"below": 2}}}
    found = compared(tmp_path, one, {"tax": {"demands": {"min": 6}}})
    assert found.quantities["tax"].units == 1


def test_equal_codings_have_no_differences_on_any_position(tmp_path: Path) -> None:
    same = {"war": {"demands": "on", "refuses": "off"}}
    text = rendered(agreement_document(compared(tmp_path, same, same)))
    assert "The codings are equal on 2 of 2 units." in " ".join(text.split())
    assert text.rstrip().endswith("NO DIFFERENCES")


def test_agendas_without_a_common_issue(tmp_path: Path) -> None:
    codings = {
        name: short_dossier(tmp_path / name, {name: {"options": ["on", "off"]}}, {"ann": {}})
        for name in ("war", "peace")
    }
    with pytest.raises(WrongUsage, match="no issue in common"):
        agreement(codings)


def test_issues_that_one_agenda_lacks_are_left_out_and_named(tmp_path: Path) -> None:
    agendas = (AGENDA, {key: AGENDA[key] for key in ("war", "tax")})
    codings = {
        name: short_dossier(tmp_path / name, agenda, {"ann": {"war": {"demands": "on"}}})
        for name, agenda in zip("xy", agendas, strict=True)
    }
    found = agreement(codings)
    assert found.left_out == ["land"]
    assert found.overall[:2] == (1, 1)


def test_labels_that_differ_under_one_id_are_told(tmp_path: Path) -> None:
    agendas = (AGENDA, {**AGENDA, "tax": {"unit": "euros"}, "war": {"options": ["off", "on"]}})
    codings = {
        name: short_dossier(tmp_path / name, agenda, {"ann": {"tax": {"demands": 5}}})
        for name, agenda in zip("xy", agendas, strict=True)
    }
    war = codings["y"].issues["war"]
    other = war._replace(options={"on": "It goes on", "off": war.options["off"]})
    codings["y"] = codings["y"]._replace(issues={**codings["y"].issues, "war": other})
    found = agreement(codings)
    assert found.overall.equal == 1
    assert [one[:3] for one in found.relabelled] == [("war", "option", "on"), ("tax", "unit", "")]
    assert found.relabelled[1].labels == {"x": "per cent", "y": "euros"}
    text = rendered(agreement_document(found))
    assert "2 labels differ under the same ids" in text
    assert "tax, unit" in text
    assert "It goes on" in text


def test_agendas_that_are_alike_are_not_mentioned(tmp_path: Path) -> None:
    found = compared(tmp_path, *[{"war": {"demands": "on"}}] * 2)
    assert not found.relabelled
    assert "Agendas that differ" not in rendered(agreement_document(found))


@examples(40)
@given(dossiers(), dossiers())
def test_it_is_symmetric_and_its_report_has_its_form(
    one: PlainDossier, other: PlainDossier
) -> None:
    left, right = load(one), load(other)
    if not {*left.issues} & {*right.issues}:
        return
    try:
        found, turned = agreement({"a": left, "b": right}), agreement({"b": right, "a": left})
    except WrongUsage:  # issues of the same ids, each of another kind
        return
    assert found.overall[:2] == turned.overall[:2]
    assert found.overall.alpha == pytest.approx(turned.overall.alpha)
    data = yaml_data(json_text(agreement_report(found)))
    assert errors_by_schema("agreement", data) == []


@examples(40)
@given(dossiers())
def test_a_coding_agrees_with_itself(plain: PlainDossier) -> None:
    dossier = load(plain)
    found = agreement({"a": dossier, "b": dossier})
    assert found.overall.units == found.overall.equal
    assert found.overall.alpha in (None, 1)
    assert found.differences == []
