"""The shipped dossier keeps the rules it was coded by."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest

from claimpos import load_dossier
from claimpos.dossier.model import Entry, Party, Statement
from claimpos.validation.checking import check_folder

POSITIONS = Path(__file__).resolve().parents[2] / "positions"
ARTICLE = POSITIONS.parents[1] / "shared" / "facts" / "wp-2025-03-13.txt"
SOURCE = "wp-2025-03-13"

dossier = load_dossier(POSITIONS)


def entries() -> list[tuple[Party, Entry]]:
    return [
        (party, entry)
        for party in dossier.parties.values()
        for entry in chain.from_iterable(party.positions.values())
    ]


def statements() -> list[tuple[str, Statement]]:
    return [
        (f"{party.id}/{statement.id}", statement)
        for party in dossier.parties.values()
        for statement in party.statements.values()
    ]


@pytest.fixture(scope="module")
def article() -> str:
    if not ARTICLE.exists():
        pytest.skip("the article's text is not part of this project")
    return plain(ARTICLE.read_text("utf-8"))


def plain(text: str) -> str:
    return re.sub(r"[’‘]", "'", text)


def test_validate_finds_nothing() -> None:
    last = max(source.date.last for source in dossier.sources.values())
    checked = check_folder(POSITIONS, last)
    assert checked.findings == []


def test_reach() -> None:
    kinds = [issue.kind for issue in dossier.issues.values()]
    assert len(kinds) >= 25
    assert kinds.count("quantity") >= 3
    assert kinds.count("items") >= 4
    assert {"russia", "ukraine", "us", "europe"} <= dossier.parties.keys()
    assert all(len(party.positions) >= 2 for party in dossier.parties.values())
    assert dossier.parties["europe"].members


@pytest.mark.parametrize("path", sorted(POSITIONS.rglob("*.yaml")), ids=lambda path: path.stem)
def test_every_file_names_its_schema(path: Path) -> None:
    first = path.read_text("utf-8").splitlines()[0]
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert named
    assert (path.parent / named.group(1)).resolve().is_file()


def test_nothing_is_written_for_nothing() -> None:
    used = {one.source.id for _, one in statements()}
    used |= {proposal.source.id for proposal in dossier.proposals.values() if proposal.source}
    assert used == dossier.sources.keys()
    cited = {
        f"{party.id}/{statement.id}"
        for party, entry in entries()
        for statement in (*entry.evidence, *entry.against, *entry.context)
    }
    cited |= {
        f"{party.id}/{statement.id}"
        for party in dossier.parties.values()
        for answer in chain.from_iterable(party.answers.values())
        for statement in answer.evidence
    }
    assert {name for name, _ in statements()} == cited


def test_an_outsider_or_a_hint_is_no_more_than_inferred() -> None:
    outside = [name for name, one in statements() if one.speaker and one.speaker.outside]
    assert outside
    assert all(one.basis == "inferred" for name, one in statements() if name in outside)


def test_a_condition_stands_on_a_position_of_its_own() -> None:
    for party, entry in entries():
        for acceptance in entry.accepts:
            assert {cell.issue for cell in acceptance.requires} <= party.positions.keys(), party.id


def test_quotes_are_short() -> None:
    assert [name for name, one in statements() if len(one.quote.split()) > 8] == []


def test_quotes_stand_where_they_are_said_to(article: str) -> None:
    lines = [line for line in article.splitlines() if line.strip()]
    quoted = [(name, one) for name, one in statements() if one.source.id == SOURCE and one.quote]
    assert len(quoted) > 20
    for name, one in quoted:
        found = re.fullmatch(r"par\. (\d+)", one.locator)
        assert found, name
        assert plain(one.quote) in lines[int(found.group(1)) - 1], name


def test_no_sentence_is_taken_from_the_article(article: str) -> None:
    words = re.findall(r"[\w'-]+", article.lower())
    runs = {tuple(words[at : at + 7]) for at in range(len(words) - 6)}
    texts = [(name, one.summary) for name, one in statements()]
    texts += [(f"{party.id} {entry.issue}", entry.note) for party, entry in entries()]
    for name, text in texts:
        own = re.findall(r"[\w'-]+", plain(text).lower())
        assert not runs & {tuple(own[at : at + 7]) for at in range(len(own) - 6)}, name


def test_the_article_says_where_it_comes_from() -> None:

    article = dossier.sources[SOURCE]
    assert article.translation == "back-translated"
    assert article.note
    assert not article.url
