"""Search: forms of one word find each other, phrases are exact, and all words must be there."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimpos import load_dossier
from claimpos.dossier.model import Dossier
from claimpos.dossier.search import Hit, query, search, stem, unknown_words
from tests.support import TALKS, short_dossier, within


@pytest.mark.parametrize(
    "forms",
    [
        "sanction sanctions Sanctions SANCTIONED sanctioning sanction's sanctions'",
        "demand demands demanded demanding",
        "refuse refuses refused refusing",
        "treaty treaties",
        "stop stops stopped stopping",
        "agree agrees agreed agreeing",
        "cease-fire ceasefire cease-fires ceasefires",
        "supply supplies supplied supplying",
        "march marches marched",
        "box boxes",
        "permanent permanently",
        "café cafe cafés",
    ],
)
def test_forms_of_one_word(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1, [*map(stem, forms.split())]


@pytest.mark.parametrize(
    "words",
    [
        "us use", "peace piece", "war ward", "need nee", "ring red", "status statue", "bus busy",
        "this thy", "4.5 45", "territory terror", "war wary",
    ],
)  # fmt: skip
def test_different_words(words: str) -> None:
    one, other = words.split()
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("words", "stems", "phrases"),
    [
        (["ceasefire", "Troops"], ("ceasefir", "troop"), ()),
        (["lasting peace"], (), ("lasting peace",)),
        (['"Lasting  peace" troops'], ("troop",), ("lasting peace",)),
        (["“lasting peace”"], (), ("lasting peace",)),
        (["--", '""'], (), ()),
        (["troops", "troop"], ("troop",), ()),
    ],
)
def test_what_is_asked_for(
    words: list[str], stems: tuple[str, ...], phrases: tuple[str, ...]
) -> None:
    assert query(words) == (stems, phrases)


@pytest.fixture
def small(tmp_path: Path) -> Dossier:
    return short_dossier(
        tmp_path,
        {"war": {"options": {"on": "the war goes on", "off": "a lasting peace"}}},
        {"ann": {"war": {"demands": "on"}}},
    )


def found(dossier: Dossier, *words: str) -> list[tuple[str, str, str, str]]:
    def shown(hit: Hit) -> tuple[str, str, str, str]:
        start, end = hit.context.marks[0]
        return hit.kind, hit.id, hit.context.field, hit.context.text[start:end]

    return [shown(hit) for hit in search(dossier, query(words))]


def test_issues_statements_and_sources_are_found(small: Dossier) -> None:
    assert found(small, "wars") == [("issue", "war", "title", "War")]
    assert found(small, "peaceful") == []
    assert found(small, "peace") == [("issue", "war", "options.off", "peace")]
    assert found(small, "infer") == [("statement", "said-so-maybe", "summary", "inferred")]
    hits = search(small, query(["maybe"]))
    assert [(one.id, *one.context) for one in hits] == [
        ("said-so-maybe", "summary", "It is inferred.", ())
    ]
    assert found(small, "papers") == [("source", "paper", "title", "paper")]


def test_an_option_and_an_item_are_found_by_their_ids(tmp_path: Path) -> None:
    named = {"options": {"rota": "work in turn", "ban": "no work"}, "items": {"yard": "the ships"}}
    dossier = short_dossier(tmp_path, {"weekend": named}, {"ann": {}})
    hits = [search(dossier, query([word]))[0] for word in ("rota", "yards")]
    assert [(one.id, *one.context) for one in hits] == [
        ("weekend", "options.rota", "work in turn", ()),
        ("weekend", "items.yard", "the ships", ()),
    ]
    assert found(dossier, "rota", "work") == [("issue", "weekend", "options.rota", "work")]


def test_only_words_that_stand_nowhere_are_unknown(tmp_path: Path) -> None:
    """Neither an id nor a part of a word with a hyphen is."""
    named = {"options": {"rota": "a cease-fire", "ban": "no work"}}
    dossier = short_dossier(tmp_path, {"weekend": named}, {"ann": {}})
    assert found(dossier, "fire") == [("issue", "weekend", "options.rota", "fire")]
    assert unknown_words(dossier, ["fires", "rota", "ceasefire", "works"]) == {}
    assert unknown_words(dossier, ["fire", "roda"]) == {"roda": ["rota"]}


def test_all_words_must_be_there_in_whatever_field(small: Dossier) -> None:
    assert [one[1] for one in found(small, "war", "lasting")] == ["war"]
    assert [one[1] for one in found(small, "question", "war")] == []
    assert [one[1] for one in found(small, "about", "peace")] == ["war"]


def test_a_phrase_is_found_as_it_is_written(small: Dossier) -> None:
    assert found(small, "a LASTING peace") == [("issue", "war", "options.off", "a lasting peace")]
    assert found(small, "last peace") == []
    assert found(small, "sting peace") == []
    assert found(small, "peace lasting") == []


def test_issues_come_first_and_sources_last() -> None:
    kinds = [hit.kind for hit in search(load_dossier(TALKS), query(["ceasefire"]))]
    assert [*dict.fromkeys(kinds)] == ["issue", "statement", "source"]
    assert kinds == sorted(kinds, key=["issue", "statement", "source"].index)


def test_the_newest_statement_comes_first_and_a_speaker_is_found() -> None:
    hits = search(load_dossier(TALKS), query(["putin", "ceasefire"]))
    days = [hit.day.first for hit in hits if hit.kind == "statement" and hit.day]
    assert days == sorted(days, reverse=True)
    assert {hit.party for hit in hits if hit.kind == "statement"} >= {"russia"}


@pytest.mark.large
@pytest.mark.parametrize("text", ["1," * 9_000, "to " * 6_000, "a-b " * 4_000])
def test_long_texts_take_a_time_that_grows_with_their_size(text: str, tmp_path: Path) -> None:
    titles = {f"i{at}": {"options": ["a", "b"], "question": text} for at in range(150)}
    dossier = short_dossier(tmp_path, titles, {"ann": {}})
    with within(2):
        assert not search(dossier, query(["zzz"]))
        assert unknown_words(dossier, ["zzz"])
