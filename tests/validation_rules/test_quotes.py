"""Quotes are found whatever the typography, and only as they stand."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from claimpos import load_dossier
from claimpos.dossier.model import Dossier
from claimpos.errors import UnknownName, WrongUsage
from claimpos.validation.quotes import Lookup, look_up, plainly
from claimpos.validation.texts import texts_at
from tests.conftest import examples
from tests.support import write_short

ARTICLE = """\
The union’s chair said that “nobody here”—she paused – will sign for less than 6 per cent.
She added: 'We are not in a hurry, and the port knows it.'
"""
SAME = {"'": "'’‘‚", '"': '"“”„«»', "-": "-–—‑−", " ": " \n\t\u00a0"}


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    folder = tmp_path_factory.mktemp("quotes") / "positions"
    return load_dossier(write_short(folder, {"a": {"unit": "kg"}}, {"p": {"a": {"demands": 1}}}))


def looked_up(dossier: Dossier, quote: str, text: str | None = ARTICLE) -> Lookup:
    party = dossier.parties["p"]
    statements = {"said": next(iter(party.statements.values()))._replace(id="said", quote=quote)}
    quoting = dossier._replace(parties={"p": party._replace(statements=statements)})
    (found,) = look_up(quoting, {} if text is None else {"paper": text})
    return found


@pytest.mark.parametrize(
    ("quote", "answer"),
    [
        ('"nobody here"-she paused - will sign', "found"),
        ("The union's chair", "found"),
        ("per  cent.\nShe added", "found"),
        ("the union's chair", "not found"),
        ("nobody here - she paused", "not found"),
        ("sign for less than 6 percent", "not found"),
        ("hurry and the port", "not found"),
        ("bod", "not found"),
        ("ere”—she", "not found"),
    ],
)
def test_what_may_differ(dossier: Dossier, quote: str, answer: str) -> None:
    assert looked_up(dossier, quote).answer == answer


def test_the_nearest_passage(dossier: Dossier) -> None:
    assert looked_up(dossier, "we were not in any hurry").nearest == "'We are not in a hurry,"
    assert looked_up(dossier, "quite another matter").nearest == ""
    assert looked_up(dossier, "nobody here", None).answer == "no text"


def test_statements_without_a_quote_are_passed_over(dossier: Dossier) -> None:
    assert list(look_up(dossier, {"paper": ARTICLE})) == []


@examples(200)
@given(data=st.data(), seed=st.integers())
def test_any_words_of_the_text_are_found_in_any_typography(
    dossier: Dossier, data: st.DataObject, seed: int
) -> None:
    words = plainly(ARTICLE).split()
    start = data.draw(st.integers(0, len(words) - 1))
    quote = " ".join(words[start : data.draw(st.integers(start + 1, len(words)))])
    chosen = random.Random(seed)
    written = "".join(chosen.choice(SAME.get(letter, letter)) for letter in quote)
    assume(quote.strip("'\"-.,:"))
    assert looked_up(dossier, written).answer == "found"
    spoilt = quote.replace("e", "é").replace("o", "0")
    assert looked_up(dossier, spoilt).answer == ("found" if spoilt == quote else "not found")


def test_texts_from_files_and_folders(dossier: Dossier, tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_bytes("\ufeffÜber".encode())
    (tmp_path / "stranger.txt").write_text("of no source")
    assert texts_at([str(tmp_path)], dossier) == {"paper": "Über"}
    assert texts_at([f"paper={tmp_path / 'paper.txt'}"], dossier) == {"paper": "Über"}


@pytest.mark.parametrize(
    ("written", "error"),
    [("papr=x.txt", UnknownName), ("paper=nowhere.txt", WrongUsage), ("nowhere", WrongUsage)],
)
def test_texts_that_are_none(dossier: Dossier, written: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        texts_at([written], dossier)


def test_a_text_in_another_encoding(dossier: Dossier, tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_bytes("Über".encode("latin-1"))
    with pytest.raises(WrongUsage, match="is not UTF-8"):
        texts_at([str(tmp_path)], dossier)
