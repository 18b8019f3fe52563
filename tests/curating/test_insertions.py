"""Additions to files: the data is what one expects, and every other character is as it was."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from claimpos.curating.batches import with_insertions
from claimpos.curating.insertions import FIRST, Insertion, NotAdded, with_addition
from claimpos.dossier.findings import SourceText
from claimpos.dossier.parsing.file import parse
from claimpos.importing.draft import Piece
from claimpos.importing.import_log import TablePlace
from tests.conftest import examples
from tests.curating.layouts import Layout, layouts, texts

SHIPPED = Path(__file__).resolve().parents[2] / "positions"
EMPTY = re.compile(r" *(?:\{ *\}|\[ *\])")


def data_of(text: str) -> Any:
    node, findings = parse(SourceText("test.yaml", text.removeprefix("\ufeff")))
    assert findings == [], text
    return node


def is_kept(before: str, after: str) -> bool:
    """Whether a text stands whole in a later one, but for one pair of brackets without anything."""
    without_brackets = (
        before[: found.start()] + before[found.end() :] for found in EMPTY.finditer(before)
    )
    return any(_has_all(after, text) for text in (before, *without_brackets))


def _has_all(after: str, before: str) -> bool:
    """Whether a text is another with something put in, at one place or at two near each other."""
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    added = iter(after[start : len(after) - end])
    return all(one in added for one in before[start : len(before) - end])


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def piece(facts: dict[str, Any]) -> Piece:
    return Piece(TablePlace(0), facts)


STATEMENT = {"source": "news", "basis": "reported", "summary": "It: “says” so."}
ENTRY = {"since": "2026-03-01", "accepts": {"max": 7}, "evidence": ["new"]}

statements = st.dictionaries(
    st.sampled_from(["a", "b-c", "d"]),
    st.fixed_dictionaries({"source": st.just("news"), "summary": texts}),
    max_size=3,
)
entries = st.lists(
    st.fixed_dictionaries(
        {"since": st.just("2026-01-01"), "demands": st.just({"min": 6}), "note": texts}
    ),
    min_size=1,
    max_size=3,
)
positions = st.dictionaries(st.sampled_from(["pay", "hours", "rest"]), entries, max_size=3)


def party_file(layout: Layout, draw: st.DataObject) -> tuple[dict[str, Any], str]:
    """A party's data, and its file in a layout, without a byte-order mark."""
    held, moves = draw.draw(statements), draw.draw(positions)
    data: dict[str, Any] = {"party": "union", "statements": held, "positions": moves}
    text = layout.lay_out(data, lambda n: draw.draw(st.integers(0, n - 1)))
    text = text.removeprefix("\ufeff")
    assume(data_of(text) == data)  # a comment below a block may have become part of it
    return data, text


@given(layout=layouts, draw=st.data())
@examples(200)
def test_a_file_in_any_layout(layout: Layout, draw: st.DataObject) -> None:
    data, text = party_file(layout, draw)
    moves = data["positions"]
    issue = draw.draw(st.sampled_from([*moves, "new"]))
    expected = copy.deepcopy(data)
    expected["statements"]["new"] = STATEMENT
    insertions = [Insertion(["statements"], {"new": piece(STATEMENT)})]
    if issue in moves:
        after = draw.draw(st.sampled_from([None, FIRST, *range(len(moves[issue]))]))
        at = len(moves[issue]) if after is None else after + 1
        expected["positions"][issue].insert(at, ENTRY)
        insertions.append(Insertion(["positions", issue], [piece(ENTRY)], after))
    else:
        after_key = draw.draw(st.sampled_from([None, *moves]))
        expected["positions"]["new"] = [ENTRY]
        insertions.append(Insertion(["positions"], {"new": [piece(ENTRY)]}, after_key))
    for insertion in insertions:
        before = text
        text = with_insertions(text, [insertion])
        assert is_kept(before, text), text
        assert set(re.findall(r"\r\n|\r|\n", text)) <= {layout.newline}
    assert data_of(text) == expected


@given(layout=layouts, draw=st.data())
@examples(400)
def test_many_at_once_are_as_one_after_the_other(layout: Layout, draw: st.DataObject) -> None:
    """Pieces between pieces, and pieces put into new ones."""
    data, text = party_file(layout, draw)
    insertions = []
    for number in range(draw.draw(st.integers(2, 8))):
        insertion = drawn_insertion(draw, data, number)
        insertions.append(insertion)
        data = with_addition(data, insertion)
    one_by_one = text
    for insertion in insertions:
        one_by_one = with_insertions(one_by_one, [insertion])
    assert with_insertions(text, insertions) == one_by_one
    assert data_of(one_by_one) == data


def drawn_insertion(draw: st.DataObject, data: dict[str, Any], number: int) -> Insertion:
    """A statement, or an entry on an issue, on which there may be one already."""
    issue = draw.draw(st.sampled_from(["statement", "new", "other", *data["positions"]]))
    section = data["statements" if issue == "statement" else "positions"]
    after_key = draw.draw(st.sampled_from([None, *section]))
    if issue == "statement":
        some = {f"s{number}": piece(STATEMENT), f"t{number}": piece(STATEMENT)}
        return Insertion(["statements"], some, after_key)
    entry = piece({**ENTRY, "note": f"Entry {number}."})
    if issue not in section:
        return Insertion(["positions"], {issue: [entry]}, after_key)
    after = draw.draw(st.sampled_from([None, FIRST, *range(len(section[issue]))]))
    return Insertion(["positions", issue], [entry], after)


PLACES = sorted((Path(__file__).parent / "places").glob("*.yaml"))


@pytest.mark.parametrize("path", PLACES, ids=lambda path: path.stem)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_where_it_goes(path: Path, ends: str) -> None:
    """Each file is a change as a diff: lines with a + are new, those with a - are gone."""
    lines = path.read_text("utf-8").splitlines()
    before = "".join(line.removeprefix("-") + ends for line in lines if line[:1] != "+")
    after = "".join(line.removeprefix("+") + ends for line in lines if line[:1] != "-")
    new = piece({"b": "c"})
    if "statements" in after:
        behind = "a" if "(after: a)" in after else None
        insertion = Insertion(["statements"], {"new": new}, behind)
    else:
        insertion = Insertion(["positions", "pay"], [new])
    assert with_insertions(before, [insertion]) == after
    if before.endswith(f"{{}}{ends}") or "statements" not in after:
        return
    without_end = with_insertions(before.removesuffix(ends), [insertion])
    assert without_end in (after, after.removesuffix(ends))


@pytest.mark.parametrize(
    "text",
    [
        "? statements\n: a: {b: c}\n",
        "statements:\n  ? a\n  : b: c\n",
        "statements: {\n  a: {b: c} # a comment\n  , z: {b: c} # and a comma\n  , }\n",
    ],
)
def test_an_odd_layout_is_added_to_rightly_or_not_at_all(text: str) -> None:
    expected = {"statements": {**data_of(text)["statements"], "new": {"b": "c"}}}
    new = Insertion(["statements"], {"new": piece({"b": "c"})})
    try:
        after = with_insertions(text, [new])
    except NotAdded:
        return
    assert data_of(after) == expected
    assert is_kept(text, after)


@pytest.mark.parametrize("indent", [None, 1])
def test_a_file_in_brackets_is_read_as_often_for_many_additions_as_for_few(
    indent: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    compose = yaml.compose

    def counted(text: str, *arguments: Any) -> Any:
        read.append(text)
        return compose(text, *arguments)

    monkeypatch.setattr(yaml, "compose", counted)
    data = {"statements": {"old": STATEMENT}, "positions": {f"i{at}": [ENTRY] for at in range(40)}}
    numbers = []
    for size in (4, 40):
        insertions = [
            one
            for at in range(size)
            for one in (
                Insertion(["statements"], {f"s{at}": piece(STATEMENT)}),
                Insertion(["positions", f"i{at}"], [piece(ENTRY)]),
                Insertion(
                    ["positions"], {f"new{at}": [piece(ENTRY)]}, f"new{at - 1}" if at else None
                ),
            )
        ]
        read.clear()
        text = with_insertions(json.dumps(data, indent=indent), insertions)
        numbers.append(len(read))
        assert len(data_of(text)["positions"]) == 40 + size
    assert numbers[0] == numbers[1]


def test_nothing_is_added_so_far_to_the_right_that_each_line_is_long() -> None:
    text = f"statements:\n{' ' * 100_000}old: {{}}\n"
    statements = [Insertion(["statements"], {f"s{at}": piece(STATEMENT)}) for at in range(100)]
    with pytest.raises(NotAdded):
        with_insertions(text, statements)
