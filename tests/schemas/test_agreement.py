"""Two implementations of JSON Schema read each schema alike.

One of them may then stand in for the other: the fast one to pass a document, the other to say what
is wrong with it.
"""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.conftest import examples

from .support import CASE_FOLDER, SCHEMAS, cases, document, location, schema_name

jsonschema_rs = pytest.importorskip(
    "jsonschema_rs", reason="jsonschema-rs is not installed: nothing to compare jsonschema with"
)

VALIDATORS = {
    name: (Draft202012Validator(schema), jsonschema_rs.Draft202012Validator(schema))
    for name, schema in SCHEMAS.items()
}
VALID = [(schema_name(case), document(case)) for case in cases("valid-*.yaml")]

# What a hand or a slip might put in the place of something valid.
ODD_VALUES: list[Any] = [
    *(None, True, False, 0, 1, -1, 1.0, 1.5, 999, 2025, 2025.0, 2025.5, 10000, 10**30, 1e300),
    *("", " ", "\n", "x", "x\n", "x\r\n", "x\u2028", "X", "é", "x y", "x-", "x--y", "1x", "٣"),
    *("all", "any", "none", "if", "outcome", "subject-to", "choice", "items", "quantity"),
    *("2025", "2025-03", "2025-03-13", "2025-13", "2025-03-32", "2025-03-13\n", "0999", "٢٠٢٥"),
    *("stated", "overlap", "conflict", "silent", "https://example.org/", "javascript:alert(1)"),
    *([], [[]], ["x"], ["x", "x"], [1, 1.0], [None], [{"min": 1}], [{"outcome": "x"}]),
    *({}, {"x": "y"}, {"all": "x"}, {"x": ["y"]}, {"x": 1}, {"min": 1}, {"min": "x"}, {"min": []}),
    *({"min": 1, "above": 1}, {"max": 1, "x": 1}, {"outcome": "x", "if": {"y": "z"}}),
    *({"outcome": "x", "if": {}}, {"outcome": "x", "subject-to": "y"}, {"if": {"x": "y"}}),
]
# No empty key: of the two, jsonschema-rs leaves it out when it says where an error is.
ODD_KEYS = [
    *("x", "X", "x\n", "all", "any", "if", "outcome", "min", "above", "note", "kind", "options"),
    *("items", "unit", "gap", "reason", "without_silent", "subject-to", "demands", "accepts"),
]


def containers(value: Any) -> Iterator[Any]:
    """Every mapping and list in a document that holds something."""
    if isinstance(value, dict | list) and value:
        yield value
        for child in value.values() if isinstance(value, dict) else value:
            yield from containers(child)


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[str, Any]:
    """A valid document with one to three things replaced, taken out, renamed or added."""
    name, valid = draw(st.sampled_from(VALID))
    broken = copy.deepcopy(valid)
    for _ in range(draw(st.integers(1, 3))):
        places = list(containers(broken))
        if not places:
            break
        place = draw(st.sampled_from(places))
        key = draw(st.sampled_from(list(place) if isinstance(place, dict) else range(len(place))))
        odd = copy.deepcopy(draw(st.sampled_from(ODD_VALUES)))
        change = draw(st.sampled_from(("replace", "take out", "add", "rename")))
        if change == "replace":
            place[key] = odd
        elif change == "take out":
            del place[key]
        elif isinstance(place, list):
            place.insert(key, odd)
        else:
            place[draw(st.sampled_from(ODD_KEYS))] = odd if change == "add" else place.pop(key)
    return name, broken


def assert_agreement(name: str, instance: Any, told: str = "") -> None:
    """The two refuse the same documents, at the same places."""
    python, rust = VALIDATORS[name]
    by_python = {location(error.absolute_path) for error in python.iter_errors(instance)}
    by_rust = {location(error.instance_path) for error in rust.iter_errors(instance)}
    assert by_python == by_rust, told
    assert rust.is_valid(instance) == (not by_python), told


@pytest.mark.parametrize("name", sorted({schema_name(case) for case in cases("*.yaml")}))
def test_agree_on_example_documents(name: str) -> None:
    for case in (CASE_FOLDER / name).glob("*.yaml"):
        assert_agreement(name, document(case), case.stem)


@given(spoilt())
@examples(300)
def test_agree_on_spoilt_documents(spoilt_document: tuple[str, Any]) -> None:
    assert_agreement(*spoilt_document)
