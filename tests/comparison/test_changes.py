"""History, changes and diff tell one story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimpos import compare
from claimpos.comparison.causes import Cause
from claimpos.comparison.changes import Changes, Ruling, VerdictChange, changes, edits
from claimpos.comparison.conditions import Common
from claimpos.comparison.history import history
from claimpos.comparison.reasons import VERDICT_OF, Verdict
from claimpos.comparison.table import PositionTable
from claimpos.dossier.model import Basis, Cell, Dossier, Entry
from claimpos.dossier.timeline import standing_on, stretches
from claimpos.errors import WrongUsage
from claimpos.rendering.changes import changes_document
from claimpos.rendering.changes_report import changes_report
from claimpos.rendering.renderers import rendered
from tests.conftest import examples
from tests.oracle.dossiers import FIRST_DAYS, LAST_DAYS, PlainDossier, bases, dossiers
from tests.oracle.product import load
from tests.oracle.record import first_day, last_day
from tests.support import short_dossier

random_dossiers = examples(30)
# Days on which an entry begins or ends, and those beside them.
EDGES = sorted(
    day + timedelta(days=by)
    for day in {*map(first_day, FIRST_DAYS), *map(last_day, LAST_DAYS)}
    for by in (-1, 0, 1)
)
days = st.sampled_from(EDGES)

AGENDA = {
    "war": {"options": ["on", "off"]},
    "arms": {"options": ["go-on", "stop"]},
    "land": {"options": ["mine", "yours"], "items": ["hill", "dale"]},
}


def said(entry: Entry | None) -> object:
    """Which entry it is, and what it says; how long it held may be known on one day only."""
    return entry and (entry.since, entry.position, entry.basis)


def in_force(dossier: Dossier, party: str, basis: Basis, day: date) -> dict[str, Entry]:
    """The entries in force, as a history up to the day tells them."""
    found: dict[str, Entry] = {}
    for one in history(dossier, party, None, day, basis).issues:
        for step in one.steps:
            if step.kind == "lapsed":
                assert said(found.pop(one.issue.id)) == said(step.entry)
            else:
                found[one.issue.id] = step.entry
    return found


@random_dossiers
@given(dossiers(), bases(), st.lists(days, min_size=3, max_size=3))
def test_history_and_diff_agree_on_which_entry_is_in_force(
    plain: PlainDossier, basis: Basis, some_days: list[date]
) -> None:
    dossier = load(plain)
    parties = list(dossier.parties)
    for day in some_days:
        told = {party: in_force(dossier, party, basis, day) for party in parties}
        for verdict in compare(dossier, parties, day, basis).issues:
            for party, entry in verdict.positions.items():
                assert said(told[party].get(verdict.issue.id)) == said(entry)


@random_dossiers
@given(dossiers(), bases())
def test_stretches_are_the_days_on_which_an_entry_is_in_force(
    plain: PlainDossier, basis: Basis
) -> None:
    dossier = load(plain)
    for party in dossier.parties.values():
        for entries in party.positions.values():
            for day in EDGES:
                found = [
                    said(stretch.entry)
                    for stretch in stretches(entries, basis)
                    if stretch.first <= day <= (stretch.last or date.max)
                ]
                entry = standing_on(entries, day, basis).entry
                assert found == ([] if entry is None else [said(entry)])


@random_dossiers
@given(dossiers(), bases(), days)
def test_nothing_changes_from_a_day_to_itself(plain: PlainDossier, basis: Basis, day: date) -> None:
    dossier = load(plain)
    found = changes(dossier, list(dossier.parties), day, day, basis)
    assert (found.entries, found.verdicts) == ((), ())
    again = edits(dossier, load(plain), list(dossier.parties), day, basis)
    assert (again.entries, again.verdicts) == ((), ())


@random_dossiers
@given(dossiers(), bases(), st.lists(days, min_size=3, max_size=3))
def test_two_stretches_of_time_compose(
    plain: PlainDossier, basis: Basis, some_days: list[date]
) -> None:
    dossier = load(plain)
    parties = list(dossier.parties)
    a, b, c = sorted(some_days)
    one, two, both = (
        changes(dossier, parties, since, until, basis) for since, until in ((a, b), (b, c), (a, c))
    )
    assert begun(one) + begun(two) == begun(both)
    moved = {**verdicts(one), **verdicts(two)}
    for cell, (was, _) in verdicts(one).items():
        moved[cell] = was, moved[cell][1]
    assert {cell: pair for cell, pair in moved.items() if pair[0] != pair[1]} == verdicts(both)
    for party in parties:
        replay = replayed(in_force(dossier, party, basis, a), both, party)
        now = in_force(dossier, party, basis, c)
        assert {key: said(one) for key, one in replay.items()} == {
            key: said(one) for key, one in now.items()
        }


def begun(found: Changes) -> list[object]:
    return [
        (change.party, change.issue.id, change.step.kind, change.step.day, said(change.step.entry))
        for change in found.entries
    ]


def verdicts(found: Changes) -> dict[Cell, tuple[Verdict, Verdict]]:
    return {change.cell: (change.was.verdict, change.now.verdict) for change in found.verdicts}


def replayed(entries: Mapping[str, Entry], found: Changes, party: str) -> dict[str, Entry]:
    """The entries in force of a party after the changes, from those before."""
    now = dict(entries)
    for change in found.entries:
        if change.party == party and change.step.kind == "lapsed":
            del now[change.issue.id]
        elif change.party == party:
            now[change.issue.id] = change.step.entry
    return now


@random_dossiers
@given(dossiers(), bases(), days, days)
def test_the_verdicts_are_those_of_the_diffs_and_the_causes_make_them(
    plain: PlainDossier, basis: Basis, one_day: date, other_day: date
) -> None:
    dossier = load(plain)
    parties = list(dossier.parties)
    first, last = sorted([one_day, other_day])
    found = changes(dossier, parties, first, last, basis)
    before, after = (rulings(dossier, parties, day, basis) for day in (first, last))
    cells = before.keys() | after.keys()
    expected = {
        cell: (before.get(cell, Ruling()), after.get(cell, Ruling()))
        for cell in cells
        if before.get(cell, Ruling()).verdict != after.get(cell, Ruling()).verdict
    }
    assert {change.cell: (change.was, change.now) for change in found.verdicts} == expected
    for change in found.verdicts:
        assert change.causes
        check_causes(change, found)


def rulings(
    dossier: Dossier, parties: Sequence[str], day: date, basis: Basis
) -> dict[Cell, Ruling]:
    return {
        cell.cell: Ruling(cell.verdict, cell.reason)
        for issue in compare(dossier, parties, day, basis).issues
        for cell in issue.cells
    }


def check_causes(change: VerdictChange, found: Changes) -> None:
    """Together the causes make the new verdict, and none of them can be left out."""
    assert with_only(change.causes, change.cell, found) == change.now.verdict
    for cause in change.causes:
        rest = [one for one in change.causes if one != cause]
        assert with_only(rest, change.cell, found) != change.now.verdict


def with_only(causes: Sequence[Cause], cell: Cell, found: Changes) -> Verdict:
    """The verdict if all parties stood as before, but for these positions."""
    parties = {}
    for party in found.before.parties:
        standing = {issue.issue.id: issue.positions[party] for issue in found.before.issues}
        standing |= {cause.issue: cause.entry for cause in causes if cause.party == party}
        entries = {
            issue: (entry._replace(until=None),)
            for issue, entry in standing.items()
            if entry is not None
        }
        parties[party] = found.dossier.parties[party]._replace(positions=entries)
    mixed = found.dossier._replace(parties=parties)
    table = PositionTable(mixed, found.before.parties, found.after.day)
    return VERDICT_OF[Common(table, found.before.parties).value(cell)]


@random_dossiers
@given(dossiers(), dossiers(), bases(), days)
def test_any_two_versions_can_be_compared(
    old: PlainDossier, new: PlainDossier, basis: Basis, day: date
) -> None:
    one, two = load(old), load(new)
    parties = list({**one.parties, **two.parties})
    found = edits(one, two, parties, day, basis)
    assert rendered(changes_document(found, (("one", "0" * 40), None)))
    assert changes_report(found, (("one", "0" * 40), None))
    for change in found.verdicts:
        if change.causes:
            check_causes(change, found)
    for entry in found.entries:
        assert entry.party in parties


def test_the_summary_tells_silence_from_what_was_said(tmp_path: Path) -> None:
    ann = {
        "war": [{"since": "2024", "until": "2024", "demands": "on"}],
        "arms": [{"since": "2024", "demands": "go-on"}, {"since": "2025", "accepts": "stop"}],
        "land": [{"since": "2025", "demands": {"hill": "mine"}}],
    }
    bo = {
        "war": {"since": "2024", "demands": "off"},
        "arms": {"since": "2024", "demands": "stop"},
        "land": {"since": "2024", "refuses": {"hill": "mine"}},
    }
    dossier = short_dossier(tmp_path, AGENDA, {"ann": ann, "bo": bo})
    found = changes(dossier, ["ann", "bo"], "2024-12", "2025-01-31")
    told = [(one.cell, one.closer, one.by_silence) for one in found.verdicts]
    assert told == [
        (Cell("war"), True, True),
        (Cell("arms"), True, False),
        (Cell("land", "hill"), False, False),
    ]
    assert [one.cell.issue for one in found.moved(closer=True)] == ["war", "arms"]


def test_a_verdict_changes_because_of_a_condition_elsewhere(tmp_path: Path) -> None:
    ann = {"war": {"since": "2024", "accepts": [{"outcome": "off", "if": {"arms": "stop"}}]}}
    bo = {
        "war": {"since": "2024", "demands": "off"},
        "arms": [{"since": "2024", "reserves": "All."}, {"since": "2025", "refuses": "stop"}],
    }
    dossier = short_dossier(tmp_path, AGENDA, {"ann": ann, "bo": bo})
    (change,) = changes(dossier, ["ann", "bo"], "2024-12", "2025-01").verdicts
    assert change.now == Ruling("conflict", "condition-failed")
    assert [(cause.party, cause.issue) for cause in change.causes] == [("bo", "arms")]


def test_a_cause_is_dated_by_the_day_from_which_the_same_was_said(tmp_path: Path) -> None:
    """A restatement is not when a position came about; a break, or another answer, is."""
    same = {"demands": "on", "note": "Again."}
    ann = {"war": [{"since": "2022", "refuses": "off"}, {"since": "2024", "demands": "on"}]}
    runs = [
        ([], "2024"),
        ([{"since": "2025", **same}, {"since": "2026", **same}], "2024"),
        ([{"since": "2025", "proposes": "on"}, {"since": "2026", **same}], "2026"),
        ([{"since": "2025", "until": "2025", **same}, {"since": "2027", **same}], "2027"),
    ]
    for number, (later, since) in enumerate(runs):
        people = {
            "ann": {"war": [*ann["war"], *later]},
            "bo": {"war": {"since": "2022", "demands": "on"}},
        }
        dossier = short_dossier(tmp_path / str(number), AGENDA, people)
        (change,) = changes(dossier, ["ann", "bo"], "2023", "2028").verdicts
        assert [one.since and one.since.text for one in change.causes] == [since]
        assert f"Ann, since {since}: demands" in rendered(
            changes_document(changes(dossier, ["ann", "bo"], "2023", "2028")), "github"
        )


def test_an_edit_of_the_agenda_is_a_cause_of_its_own(tmp_path: Path) -> None:
    people = {"ann": {"war": {"refuses": "on"}}, "bo": {"war": {"refuses": "off"}}}
    old = short_dossier(tmp_path / "old", AGENDA, people)
    wider = AGENDA | {"war": {"options": ["on", "off", "frozen"]}}
    (change,) = edits(old, short_dossier(tmp_path / "new", wider, people), ["ann", "bo"]).verdicts
    assert (change.was.verdict, change.now.verdict) == ("conflict", "unresolved")
    assert change.causes == ()


def test_parties_and_issues_that_only_one_version_knows(tmp_path: Path) -> None:
    bo = {"war": {"demands": "on"}}
    old = short_dossier(tmp_path / "old", {"war": AGENDA["war"]}, {"bo": bo})
    people = {"ann": {"war": {"demands": "off"}, "arms": {"demands": "stop"}}, "bo": bo}
    new = short_dossier(tmp_path / "new", AGENDA, people)
    found = edits(old, new, ["ann", "bo"])
    assert [(one.issue.id, one.step.kind) for one in found.entries] == [
        ("war", "new"),
        ("arms", "new"),
    ]
    (change,) = found.verdicts
    assert (change.was.verdict, change.now.verdict) == ("unresolved", "conflict")
    back = edits(new, old, ["ann", "bo"])
    assert [(one.issue.id, one.step.kind) for one in back.entries] == [
        ("war", "lapsed"),
        ("arms", "lapsed"),
    ]
    assert [one.closer for one in back.verdicts] == [True]


def test_edits_of_entries_that_are_not_in_force_are_counted(tmp_path: Path) -> None:
    entries = [{"since": "2024", "demands": "on"}, {"since": "2025", "demands": "off"}]
    old = short_dossier(tmp_path / "old", AGENDA, {"ann": {"war": entries}, "bo": {}, "cy": {}})
    entries[0] = {"since": "2024", "accepts": "on"}
    entries.append({"since": "2026", "reserves": "All."})
    new = short_dossier(tmp_path / "new", AGENDA, {"ann": {"war": entries}, "bo": {}, "cy": {}})
    found = edits(old, new, ["ann", "bo"], "2025-06")
    assert (found.entries, found.elsewhere) == ((), 2), "2026 is not known yet"
    found = edits(old, new, ["ann", "bo"], "2026-06")
    assert ([one.step.kind for one in found.entries], found.elsewhere) == (["softened"], 1)
    found = edits(old, new, ["ann", "bo"], "2024-06")
    assert ([one.step.kind for one in found.entries], found.elsewhere) == (["softened"], 1)
    assert found.beyond == 0
    for beside in (
        edits(old, new, ["bo", "cy"], "2025"),
        edits(old, new, ["ann", "bo"], "2025", issues={"arms"}),
    ):
        assert (beside.entries, beside.elsewhere, beside.beyond) == ((), 0, 2)


def test_the_earlier_day_goes_first(tmp_path: Path) -> None:
    dossier = short_dossier(tmp_path, AGENDA, {"ann": {}, "bo": {}})
    with pytest.raises(WrongUsage, match="later"):
        changes(dossier, ["ann", "bo"], "2025", "2024")
