"""Which choices of coding decide verdicts, against brute force: every entry coded otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from claimpos import compare, load_dossier
from claimpos.comparison.fragility import Fragilities
from claimpos.dossier.model import Cell
from tests.comparison.test_fragility import verdicts
from tests.conftest import examples
from tests.oracle.compare import files_in_short
from tests.oracle.dossiers import FEATURES, Basis, bases, dates, dossiers
from tests.oracle.naive import naive_comparison
from tests.oracle.product import compare_all, load
from tests.oracle.record import VERBS, Record, as_list, members_of
from tests.support import TALKS, within

Entry = dict[str, Any]
Recoded = tuple[str | None, str, str, Entry | None]
Told = tuple[str, str, str | None, str, str, str]


def left_with(entry: Entry, verb: str, spec: Any) -> Entry | None:
    """The entry with something else under a verb; None if it then says nothing."""
    if spec:
        return entry | {verb: spec}
    left = {key: value for key, value in entry.items() if key != verb}
    if isinstance(left["evidence"], dict):
        left["evidence"] = {key: cited for key, cited in left["evidence"].items() if key != verb}
    return left if any(verb in left for verb in VERBS) else None


def as_proposal(entry: Entry, proposed: Any, demanded: Any, counted: Entry) -> Entry | None:
    """The entry with a demand as a proposal; evidence that does not count carries nothing over."""
    left = left_with(entry | {"proposes": proposed}, "demands", demanded)
    if left is not None and isinstance(cited := entry["evidence"], dict):
        known = [one for verb in ("proposes", "demands") if verb in counted for one in cited[verb]]
        left["evidence"] = left["evidence"] | {"proposes": [*dict.fromkeys(known)]}
    return left


def recodings(entry: Entry, items: list[str], counted: Entry) -> Iterator[Recoded]:
    """Every other way to code an entry, of which this counts; of an issue with items, by item."""
    if items:
        for item in items:
            yield from ((item, *one) for one in recodings_of(item, entry, items, counted))
        return
    if "demands" in counted:
        proposed = [*as_list(counted.get("proposes", [])), *as_list(entry["demands"])]
        yield None, "demands", "as-proposal", as_proposal(entry, proposed, None, counted)
    for verb in ("proposes", "refuses", "accepts"):
        if verb in entry:
            yield None, verb, "without-verb", left_with(entry, verb, None)
    accepted = members_of(entry.get("accepts", []))
    if any(CONDITIONS & {*one} for one in accepted):
        outcomes = [one["outcome"] for one in accepted]
        flat = [each for outcome in outcomes for each in as_list(outcome)]
        yield None, "accepts", "without-condition", entry | {"accepts": flat}


CONDITIONS = {"if", "subject-to"}


def recodings_of(
    item: str, entry: Entry, items: list[str], counted: Entry
) -> Iterator[tuple[str, str, Entry | None]]:
    """Every other way to code what an entry says on one item."""
    said = {
        verb: by_item(entry[verb], items)
        for verb in ("demands", "proposes", "refuses")
        if verb in entry
    }
    if "demands" in counted and item in said.get("demands", {}):
        known = said.get("proposes", {}) if "proposes" in counted else {}
        both = [*as_list(known.get(item, [])), *as_list(said["demands"][item])]
        yield (
            *("demands", "as-proposal"),
            as_proposal(entry, known | {item: both}, without(said["demands"], item), counted),
        )
    for verb in ("proposes", "refuses"):
        if item in said.get(verb, {}):
            yield verb, "without-verb", left_with(entry, verb, without(said[verb], item))
    members = [
        one | {"outcome": by_item(one["outcome"], items)}
        for one in members_of(entry.get("accepts", []))
    ]
    own = [one for one in members if item in one["outcome"]]
    if own:
        others = [one | {"outcome": without(one["outcome"], item)} for one in members]
        rest = [one for one in others if one["outcome"]]
        yield "accepts", "without-verb", left_with(entry, "accepts", rest)
        if any(CONDITIONS & {*one} for one in own):
            plain = [{"outcome": {item: one["outcome"][item]}} for one in own]
            yield "accepts", "without-condition", entry | {"accepts": [*rest, *plain]}


def by_item(spec: Entry, items: list[str]) -> Entry:
    """What a map says of each item."""
    return {
        item: spec.get(item, spec.get("all")) for item in items if item in spec or "all" in spec
    }


def without(named: Entry, item: str) -> Entry:
    return {key: value for key, value in named.items() if key != item}


def files_recoded(record: Record) -> Iterator[tuple[Told, dict[str, dict[str, Any]]]]:
    """Every choice on its issues, with the parties' files as they then are."""
    parties = record.parties
    for party, file in parties.items():
        for issue, held in record.issues.items():
            entries = file["positions"].get(issue, [])
            for at, entry in enumerate(entries):
                counted = record.reduced(party, entry) or {}
                choices = recodings(entry, [*held.get("items", ())], counted)
                for item, verb, recoding, other in choices:
                    changed = [*entries[:at], *([other] if other else []), *entries[at + 1 :]]
                    positions = {**file["positions"], issue: changed}
                    told = party, issue, item, str(entry["since"]), verb, recoding
                    yield told, {**parties, party: {**file, "positions": positions}}


@examples(20)
@given(dates(), bases(), st.data())
def test_each_choice(as_of: str, basis: Basis, data: st.DataObject) -> None:
    features = data.draw(st.sampled_from([FEATURES, *([one] for one in FEATURES)]))
    agenda, sources, parties, proposals = plain = data.draw(
        dossiers(features=features, max_parties=3)
    )
    ids = list(parties)[: data.draw(st.sampled_from([2, 2, 3]))]

    def naive(files: dict[str, Any]) -> dict[Any, str]:
        return verdicts(naive_comparison(agenda, files, ids, as_of, basis, sources, proposals))

    record = Record(agenda, parties, as_of, basis, sources, proposals)
    now = naive(parties)
    cells = [
        (issue, item)
        for issue, item in now
        if (item is None) == (agenda["issues"][issue]["kind"] != "items")
    ]
    expected = {
        (cell, choice, verdict)
        for choice, files in files_recoded(record)
        for then in [naive(files)]
        for cell in cells
        if (verdict := then.get(cell, "unresolved")) != now[cell]
    }
    found = Fragilities(compare_all(load(plain), ids, as_of, basis))
    told = {
        (cell, (one.party, *one.cell, one.since.text, one.verb, one.recoding), then)
        for cell in cells
        for one, then in found.choices(Cell(*cell)) or ()
    }
    assert told == expected, files_in_short(plain)


def test_the_large_dossier_takes_less_than_a_second() -> None:
    comparison = compare(load_dossier(TALKS), ["russia", "ukraine"], "2025-12-30")
    with within(1):
        found = Fragilities(comparison)
        choices = [found.choices(one.cell) for each in comparison.issues for one in each.cells]
    assert None not in choices
    assert any(choices)
