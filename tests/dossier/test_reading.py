"""What the files say is what the model holds."""

from __future__ import annotations

import json
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from claimpos import Dossier, InvalidDossier, load_dossier
from claimpos.dossier.dates import partial_date
from claimpos.dossier.model import Acceptance, Cell, DatedNote, Entry, Issue, Offer, Speaker
from claimpos.dossier.outcomes import Range
from tests.support import write_short
from tests.validation_rules.cases import CASES, files_of, put_into


def some(*options: str) -> frozenset[str]:
    return frozenset(options)


def loaded(case: str, folder: Path) -> Dossier:
    """The dossier of the cases with the files of a valid case put in."""
    (path,) = (CASES / "valid").glob(f"{case}*")
    put_into(folder, {name: file.text for name, file in files_of(path).items()})
    return load_dossier(folder)


def positions(case: str, issue: str, folder: Path) -> tuple[Entry, ...]:
    return loaded(case, folder / "positions").parties["case"].positions[issue]


def test_a_party(tmp_path: Path) -> None:
    party = loaded("party_every-key", tmp_path / "positions").parties["case"]
    assert (party.id, party.name, party.short, party.label) == (
        *("case", "A case", "the Case", "Case"),
    )
    assert (party.aliases, party.members) == (("no", "on", "y"), ("One", "Two"))
    assert party.note == "Texts: may hold #, ¡ and 𝔘."
    said, hinted, _ = party.statements.values()
    assert party.offers == {
        "package": Offer("package", "The package", partial_date("2027-06"), deadline=True)
    }
    analyst = Speaker("analyst", "B. Analyst", outside=True)
    assert said.speaker == Speaker("minister", "A. Minister", "minister", False)
    assert (said.id, said.source.id, said.basis) == ("said", "paper", "stated")
    assert (said.said, hinted.said) == (partial_date("2024-12"), partial_date("2025-01-01"))
    assert (said.summary, said.note) == ("Said so, at some length.", "Twice.\n")
    assert (said.quote, said.locator, hinted.speaker) == ("so it is", "par. 8", analyst)


def test_an_entry(tmp_path: Path) -> None:
    (entry,) = positions("party_every-key", "status", tmp_path)
    cell = Cell("status")
    assert (entry.issue, entry.since.first, entry.standing) == ("status", date(2024, 1, 1), True)
    assert entry.until == partial_date("2026-12-31")
    assert (entry.demands, entry.proposes) == ({cell: some("barred")}, {cell: some("barred")})
    assert (entry.accepts, entry.refuses) == (
        (Acceptance({cell: some("deferred")}),),
        {cell: some("open")},
    )
    assert (entry.reserves, entry.interest) == ("How it is checked.", "Calm.")
    assert (entry.priority, entry.note) == ("high", "Old.")
    assert [one.id for one in (*entry.evidence, *entry.against)] == ["said", "hinted"]
    assert (entry.basis, entry.named()) == ("stated", {cell})
    assert [one.id for one in entry.context] == ["praised"]
    assert entry.notes == (DatedNote(partial_date("2025-03"), "Said again."),)
    assert (entry.deadline, entry.offer and entry.offer.id) == (True, "package")


def test_evidence_by_verb(tmp_path: Path) -> None:
    (entry,) = positions("evidence_map-verb-missing", "status", tmp_path)
    assert [one.id for one in entry.evidence] == ["said", "hinted"]
    assert {verb: [one.id for one in cited] for verb, cited in entry.grounds.items()} == {
        "demands": ["said"],
        "accepts": ["hinted"],
    }
    assert (entry.basis_of("demands"), entry.basis_of("accepts")) == ("stated", "inferred")


def test_what_stays_text(tmp_path: Path) -> None:
    party = loaded("scalars_that-stay-text", tmp_path / "positions").parties["case"]
    assert (party.name, party.short, party.note) == ("off", "12:30", "010")
    (said,) = party.statements.values()
    assert (said.summary, said.quote, said.locator) == ("2025-03-13", "1_000", "0x1F")
    assert said.said.text == "2025"


def test_all_stands_for_the_items_not_named_beside_it(tmp_path: Path) -> None:
    first, second, third, _ = positions("items_outcomes", "regions", tmp_path)
    north, south = Cell("regions", "north"), Cell("regions", "south")
    assert first.demands == {north: some("ours")}
    assert second.demands == {north: some("ours", "theirs"), south: some("ours")}
    assert third.refuses == {north: some("theirs"), south: some("theirs")}
    assert third.named() == {north, south}


def test_members_under_accepts(tmp_path: Path) -> None:
    first, second = positions("items_accepts-several-maps", "regions", tmp_path)
    north, south = Cell("regions", "north"), Cell("regions", "south")
    ours, theirs = some("ours"), some("theirs")
    assert first.accepts == (
        Acceptance({north: ours}),
        Acceptance({north: theirs, south: ours}),
        Acceptance({south: theirs}, {north: ours}),
    )
    assert second.accepts == (Acceptance({north: ours}), Acceptance({north: theirs, south: theirs}))


def test_conditions(tmp_path: Path) -> None:
    entry, _ = positions("accepts_conditions", "status", tmp_path)
    assert [one.conditional for one in entry.accepts] == [False, True, True, True]
    assert entry.accepts[1].requires == {
        Cell("cap"): (Range(None, 5),),
        Cell("regions", "north"): some("ours"),
        Cell("regions", "south"): some("ours"),
        Cell("rate"): (Range(1, 1), Range(2, None, True)),
    }
    assert [one.subject_to for one in entry.accepts] == ["", "", "a vote", "a vote"]


def test_figures_are_exact(tmp_path: Path) -> None:
    tenth, between = positions("quantity_outcomes", "rate", tmp_path)
    (long,) = positions("quantity_outcomes", "years", tmp_path / "years")
    cell, digits = Cell("rate"), 123456789012345678901234567890
    assert tenth.demands == {cell: (Range(Decimal("-0.10"), Decimal("-0.10")),)}
    assert between.demands == {cell: (Range(Decimal("0.1"), Decimal("0.2"), True, True),)}
    assert long.demands == {Cell("years"): (Range(digits, digits),)}


def test_an_agenda(tmp_path: Path) -> None:
    dossier = loaded("agenda_three-kinds", tmp_path / "positions")
    assert (dossier.title, dossier.groups) == ("T", {"g": "G", "unused": "Unused"})
    choice, items, low, whole = dossier.issues.values()
    assert choice == Issue(
        "a", "A", "Whether?", "g", "choice", {"x": "X", "min": "Least"}, note="N"
    )
    assert (choice.cells(), items.cells()) == ([Cell("a")], [Cell("b", "min")])
    assert (low.unit, low.domain) == ("%", Range(Decimal("-0.5"), Decimal("-0.5")))
    assert (whole.integer, whole.domain, type(whole.maximum)) == (True, Range(None, 5), int)


def test_sources(tmp_path: Path) -> None:
    dossier = loaded("sources_every-key", tmp_path / "positions")
    paper, letter = dossier.sources.values()
    assert (paper.authors, paper.language) == (("A. Clerk", "A. Clerk"), "zh-Hans")
    assert (paper.url, paper.date.text) == ("https://www.example.org/a?b=c#d", "2025-01")
    assert (paper.translation, paper.status, paper.note) == ("back-translated", "leaked", "Cut.")
    assert (letter.authors, letter.url, letter.date.last) == ((), "", date(1999, 12, 31))


def test_a_proposal(tmp_path: Path) -> None:
    dossier = loaded("proposal_every-kind", tmp_path / "positions")
    draft = dossier.proposals["draft"]
    assert (draft.title, draft.status, draft.authors) == ("A draft", "reported", ("other",))
    assert draft.source == dossier.sources["paper"]
    assert draft.terms["status"].locator == "Article 1"
    assert draft.terms["cap"].outcomes == {Cell("cap"): (Range(5, 10, True),)}
    assert draft.terms["regions"].outcomes == {
        Cell("regions", "north"): some("ours"),
        Cell("regions", "south"): some("theirs"),
    }


def test_a_source_is_unknown_also_where_none_is_listed(tmp_path: Path) -> None:
    folder = write_short(tmp_path, {"a": {"unit": "kg"}}, {"p": {}})
    (folder / "sources.yaml").write_text("sources: {}")
    with pytest.raises(InvalidDossier) as caught:
        load_dossier(folder)
    assert {(one.code, one.hint) for one in caught.value.findings} == {("CP304", "none is defined")}


def test_an_author_whose_file_is_broken_is_no_stranger(tmp_path: Path) -> None:
    folder = tmp_path / "positions"
    shutil.copytree(CASES / "dossier", folder)
    (folder / "proposals").mkdir()
    shutil.copy(CASES / "valid" / "proposal_every-kind.yaml", folder / "proposals" / "draft.yaml")
    (folder / "other.yaml").write_text("party: [")
    with pytest.raises(InvalidDossier) as caught:
        load_dossier(folder)
    assert [one.code for one in caught.value.findings] == ["CP101"]


def test_an_option_with_a_bad_title_is_still_an_option(tmp_path: Path) -> None:
    folder = write_short(tmp_path, {"a": {"options": ["x", "y"]}}, {"p": {"a": {"demands": "x"}}})
    agenda = folder / "agenda.yaml"
    agenda.write_text(agenda.read_text().replace('"X"', "5"))
    with pytest.raises(InvalidDossier) as caught:
        load_dossier(folder)
    assert [one.code for one in caught.value.findings] == ["CP204"]


def test_only_so_many_unknown_names_are_compared_with_all_known(tmp_path: Path) -> None:
    folder = write_short(tmp_path, {"a": {"unit": "kg"}}, {"p": {"a": {"demands": 1}}})
    data = json.loads((folder / "p.yaml").read_text())
    (statement, *_) = data["statements"].values()
    data["statements"] = {f"statement-{number}": statement for number in range(60)}
    data["positions"]["a"][0]["evidence"] = [f"statemnet-{number}" for number in range(60)]
    (folder / "p.yaml").write_text(json.dumps(data))
    with pytest.raises(InvalidDossier) as caught:
        load_dossier(folder)
    hints = [finding.hint for finding in caught.value.findings]
    assert len(hints) == 60
    assert {hint.partition(" ")[0] for hint in hints[:50]} == {"did"}
    assert hints[50].startswith("known: statement-0, statement-1, ")


def test_every_file_with_faults_is_told_of(tmp_path: Path) -> None:
    folder = write_short(tmp_path, {"a": {"options": ["x", "y"]}}, {"p": {"a": {"demands": "z"}}})
    (folder / "q.yml").write_text((folder / "p.yaml").read_text().replace('"p"', '"q"'))
    (folder / "r.yaml").write_text("a\0b")
    (folder / "proposals").mkdir()
    (folder / "proposals" / "s.yml").write_text("{}")
    with pytest.raises(InvalidDossier) as caught:
        load_dossier(folder)
    told = [(Path(one.source.path).name, one.code, one.message) for one in caught.value.findings]
    assert told == [
        ("p.yaml", "CP302", "there is no option of “a” called “z”"),
        ("s.yml", "CP308", "a proposal's file ends in .yaml, not .yml"),
        ("q.yml", "CP308", "a party's file ends in .yaml, not .yml"),
        ("r.yaml", "CP106", "invisible or control character U+0000"),
    ]
    assert str(caught.value) == "the dossier has 4 errors"
