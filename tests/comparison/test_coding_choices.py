"""Which choices of coding decide verdicts, against brute force: every entry coded otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from claimpos import compare, load_dossier
from claimpos.comparison.fragility import Fragilities
from claimpos.comparison.verdicts import compare_all
from claimpos.dossier.model import Cell
from tests.comparison.test_fragility import verdicts
from tests.conftest import examples
from tests.oracle.compare import files_in_short
from tests.oracle.dossiers import FEATURES, Basis, bases, dates, dossiers
from tests.oracle.naive import naive_comparison
from tests.oracle.product import load
from tests.oracle.record import VERBS, as_list, members_of
from tests.support import TALKS, within

Entry = dict[str, Any]
Recoded = tuple[str, str, Entry | None]
Told = tuple[str, str, str, str, str]


def without(entry: Entry, verb: str) -> Entry | None:
    left = {key: value for key, value in entry.items() if key != verb}
    if isinstance(left["evidence"], dict):
        left["evidence"] = {key: cited for key, cited in left["evidence"].items() if key != verb}
    return left if any(verb in left for verb in VERBS) else None


def as_proposal(entry: Entry) -> Entry:
    proposed = [*as_list(entry.get("proposes", [])), *as_list(entry["demands"])]
    left = without(entry | {"proposes": proposed}, "demands")
    assert left is not None
    if isinstance(cited := entry["evidence"], dict):
        known = dict.fromkeys([*cited.get("proposes", ()), *cited["demands"]])
        left["evidence"] = left["evidence"] | {"proposes": [*known]}
    return left


def recodings(entry: Entry) -> Iterator[Recoded]:
    """Every other way to code an entry on an issue without sub-issues."""
    if "demands" in entry:
        yield "demands", "as-proposal", as_proposal(entry)
    for verb in ("proposes", "refuses", "accepts"):
        if verb in entry:
            yield verb, "without-verb", without(entry, verb)
    accepted = members_of(entry.get("accepts", []))
    if any({"if", "subject-to"} & {*one} for one in accepted):
        outcomes = [one["outcome"] for one in accepted]
        flat = [each for outcome in outcomes for each in as_list(outcome)]
        yield "accepts", "without-condition", entry | {"accepts": flat}


def files_recoded(
    parties: dict[str, dict[str, Any]], issues: list[str]
) -> Iterator[tuple[Told, dict[str, dict[str, Any]]]]:
    """Every choice on these issues, with the parties' files as they then are."""
    for party, file in parties.items():
        for issue in issues:
            entries = file["positions"].get(issue, [])
            for at, entry in enumerate(entries):
                for verb, recoding, other in recodings(entry):
                    changed = [*entries[:at], *([other] if other else []), *entries[at + 1 :]]
                    positions = {**file["positions"], issue: changed}
                    told = party, issue, str(entry["since"]), verb, recoding
                    yield told, {**parties, party: {**file, "positions": positions}}


@examples(20)
@given(dates(), bases(), st.data())
def test_each_choice(as_of: str, basis: Basis, data: st.DataObject) -> None:
    features = data.draw(st.sampled_from([FEATURES, *([one] for one in FEATURES)]))
    agenda, sources, parties, proposals = plain = data.draw(
        dossiers(features=features, max_parties=3)
    )
    ids = list(parties)[: data.draw(st.sampled_from([2, 2, 3]))]
    issues = [issue for issue, held in agenda["issues"].items() if held["kind"] != "items"]

    def naive(files: dict[str, Any]) -> dict[Any, str]:
        return verdicts(naive_comparison(agenda, files, ids, as_of, basis, sources, proposals))

    now = naive(parties)
    expected = {
        (issue, choice, then[issue, None])
        for choice, files in files_recoded(parties, issues)
        for then in [naive(files)]
        for issue in issues
        if then[issue, None] != now[issue, None]
    }
    found = Fragilities(compare_all(load(plain), ids, as_of, basis))
    told = {
        (issue, (one.party, one.cell.issue, one.since.text, one.verb, one.recoding), then)
        for issue in issues
        for one, then in found.choices(Cell(issue)) or ()
        if one.cell.item is None
    }
    assert told == expected, files_in_short(plain)


def test_the_large_dossier_takes_less_than_a_second() -> None:
    comparison = compare(load_dossier(TALKS), ["russia", "ukraine"], "2025-12-30")
    with within(1):
        found = Fragilities(comparison)
        choices = [found.choices(one.cell) for each in comparison.issues for one in each.cells]
    assert None not in choices
    assert any(choices)
