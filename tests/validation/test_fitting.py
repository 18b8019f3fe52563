"""The quick check accepts just what jsonschema accepts, and skipping it changes no explanation."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from claimpos.dossier.findings import SourceText
from claimpos.dossier.parsing.file import parse
from claimpos.dossier.schemas import schema
from claimpos.validation.schema_fit import _written_out, fit, repeated, validator_for
from tests.conftest import examples
from tests.dossier.plain import FILES, as_yaml, changed

SCHEMAS = {name: _written_out(schema(name), schema(name)) for name in FILES}
PLAIN = {name: Draft202012Validator(SCHEMAS[name]) for name in FILES}
FITS = {name: fit(SCHEMAS[name]) for name in FILES}


@pytest.mark.parametrize("name", FILES)
@examples(100)
@given(data=st.data())
def test_the_quick_check_agrees_with_jsonschema(name: str, data: st.DataObject) -> None:
    node, findings = parse(SourceText("x.yaml", as_yaml(data.draw(changed(FILES[name])))))
    assert not findings
    assert FITS[name](node) == PLAIN[name].is_valid(node)
    if not FITS[name](node):
        ours = map(_told, validator_for(name).iter_errors(node))  # type: ignore[arg-type]
        assert sorted(ours) == sorted(map(_told, PLAIN[name].iter_errors(node)))


def _told(error: Any) -> str:
    paths = [*error.absolute_path], [*error.absolute_schema_path]
    return repr((*paths, error.validator, error.instance))


@pytest.mark.parametrize(
    ("members", "twice"),
    [
        ([1, True], False),
        ([0, False], False),
        ([1, Decimal(1)], True),
        ([[1], [True]], False),
        ([{"a": 1, "b": 2}, {"b": 2, "a": 1}], True),
        ([{"a": [1]}, {"a": [True]}], False),
        ([None, "", 0, [], {}], False),
        ([["list"], ("list",), "list"][:1] * 2, True),
        (["a", {"a": "a"}, "a"], True),
    ],
)
def test_what_stands_there_twice(members: list[Any], twice: bool) -> None:
    assert repeated(members) == twice
    assert Draft202012Validator({"uniqueItems": True}).is_valid(members) != twice


def test_an_unknown_keyword_fits_nothing() -> None:
    assert not fit({"multipleOf": 2})(4)
    assert not fit({"not": {"multipleOf": 2}})(3)
    assert not fit({"if": {"multipleOf": 2}})(4)
