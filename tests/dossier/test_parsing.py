"""Composing, the quick way, and following the parser's events agree on every text."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import chain
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from claimpos.dossier.findings import SourceText
from claimpos.dossier.nodes import Map, Node, Seq
from claimpos.dossier.parsing.data import most_nodes
from claimpos.dossier.parsing.faults import faults
from claimpos.dossier.parsing.file import parse
from claimpos.dossier.parsing.printable import is_printable, unprintable
from tests.conftest import examples
from tests.dossier.plain import AGENDA, PARTY, as_yaml
from tests.dossier.test_fuzz import SNIPPETS

TEXTS = [as_yaml(PARTY), yaml.safe_dump(PARTY), yaml.safe_dump(AGENDA, width=30)]
PIECES = [*SNIPPETS, "true", " ! x", "- - - ", "9" * 31, "\\x07", "'", "? ", "2025-03-13", "\t"]


@st.composite
def mutated(draw: st.DrawFn) -> str:
    text: str = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 12)))
        text = text[:start] + draw(st.sampled_from(["", *PIECES])) + text[end:]
    return text.replace("\\ud800", "")


def by_events(text: str) -> Any:
    """The data with the place of everything, from the events alone, as plainly as can be."""
    events = iter(yaml.parse(text, Loader=yaml.CSafeLoader))
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            return _next(next(events), events)
    return None


def _next(event: Any, events: Any, is_key: bool = False) -> Any:
    if isinstance(event, yaml.ScalarEvent):
        return _place(event, event), repr(event.value) if is_key else _value(event)
    is_map = isinstance(event, yaml.MappingStartEvent)
    members: list[Any] = []
    while not isinstance(inner := next(events), yaml.SequenceEndEvent | yaml.MappingEndEvent):
        members.append(_next(inner, events, is_key=is_map and len(members) % 2 == 0))
    if is_map:
        members = list(zip(members[::2], members[1::2], strict=True))
    return _place(event, inner), is_map, members


def _place(first: Any, last: Any) -> tuple[int, ...]:
    start, end = first.start_mark, last.end_mark
    return (start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def _value(event: Any) -> str:
    text = event.value
    if not event.implicit[0]:
        return repr(text)
    words = {"true": "True", "false": "False", "null": "None", "": "None"}
    return words.get(text) or repr(_number(text))


def _number(text: str) -> object:
    """The number if the text is one in JSON, else the text."""
    try:
        number = json.loads(text, parse_float=Decimal, parse_constant=str)
    except ValueError:
        return text
    if not isinstance(number, int | Decimal) or text != text.strip():
        return text
    return int(number) if number == int(number) else number


def composed(node: Node, span: tuple[int, ...]) -> Any:
    """Data with the place of everything, in the form that `by_events` gives it."""
    if isinstance(node, Map):
        assert node.span == span
        pairs = [
            ((node.key_at(key), repr(key)), composed(value, node.at(key)))
            for key, value in node.items()
        ]
        return span, True, pairs
    if isinstance(node, Seq):
        assert node.span == span
        return span, False, [composed(one, node.at(at)) for at, one in enumerate(node)]
    return span, repr(node)


@examples(300)
@given(text=mutated())
def test_both_ways_agree(text: str) -> None:
    source = SourceText("x.yaml", text)
    node, findings = parse(source)
    if not is_printable(text):
        assert findings == unprintable(source) != []
        return
    assert findings == faults(source)
    if findings:
        assert node is None
        return
    expected = by_events(text)
    assert composed(node, expected[0]) == expected


SIGNS = [*":?,-{}[]\"'#|>", ": ", "? ", "- ", "\n", "\n  ", " ", "a", "---\n", "...\n"]


def number_of_nodes(node: yaml.Node | None) -> int:
    if not isinstance(node, yaml.CollectionNode):
        return 0 if node is None else 1
    parts = node.value if isinstance(node, yaml.SequenceNode) else [*chain(*node.value)]
    return 1 + sum(map(number_of_nodes, parts))


@examples(3_000)
@given(text=mutated() | st.lists(st.sampled_from(SIGNS), max_size=24).map("".join))
def test_no_text_has_more_nodes_than_its_signs_allow(text: str) -> None:
    try:
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.YAMLError:
        return
    assert number_of_nodes(node) <= most_nodes(text)


@pytest.mark.parametrize("sign", ["this & that", "a * b", "so!", r"C:\dir"])
def test_a_sign_within_a_text_is_part_of_it(sign: str) -> None:
    assert parse(SourceText("x.yaml", f"a: {sign}\n")) == ({"a": sign}, [])
