"""What the schemas refuse is told in words, whatever the keyword that refuses it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from claimpos.dossier.findings import SourceText
from claimpos.dossier.parsing.file import parse
from claimpos.dossier.schemas import schema
from claimpos.validation.shape import explain_shape

CASES = Path(__file__).resolve().parents[1] / "cases" / "invalid"
READ = ("agenda", "sources", "party", "proposal")
STRUCTURE = {"allOf", "if", "$ref", "properties", "patternProperties", "const"}
"""Keywords that pass on what refuses, or stand only in the tests of `if`."""
ANNOTATIONS = {"$schema", "$id", "$comment", "$defs", "title", "description", "examples"}
ANNOTATIONS |= {"errorMessage", "default", "then", "else"}


def keywords(subschema: Any) -> Iterator[str]:
    """The keywords of a schema and of every schema in it."""
    if not isinstance(subschema, dict):
        return
    yield from subschema
    for key in ("properties", "patternProperties", "$defs"):
        for child in subschema.get(key, {}).values():
            yield from keywords(child)
    for key in ("items", "additionalProperties", "propertyNames", "if", "then", "else", "not"):
        yield from keywords(subschema.get(key))
    for key in ("allOf", "anyOf"):
        for child in subschema.get(key, []):
            yield from keywords(child)


def refusing(case: Path) -> Iterator[str]:
    """The keywords by which its schema refuses the file of a case."""
    text = case.read_bytes().decode("utf-8")
    named = text.partition("\n")[0].removeprefix("# file: ")
    node, findings = parse(SourceText(case.name, text))
    name = named.removesuffix(".yaml") if named in {"agenda.yaml", "sources.yaml"} else "party"
    if named.startswith("proposals/"):
        name = "proposal"
    if not findings:
        for error in Draft202012Validator(schema(name)).iter_errors(node):
            yield str(error.validator)
            yield from {"propertyNames", "items"}.intersection(map(str, error.schema_path))


def test_every_keyword_that_can_refuse_has_a_case() -> None:
    known = {keyword for name in READ for keyword in keywords(schema(name))}
    cases = {keyword for case in CASES.glob("*.yaml") for keyword in refusing(case)}
    assert known - STRUCTURE - ANNOTATIONS - cases == set()


def told(text: str, name: str = "party") -> list[tuple[int, int, str, str, str]]:
    source = SourceText("x.yaml", text)
    node, findings = parse(source)
    assert not findings
    found = explain_shape(name, source, node)
    return [(*one.span[:2], one.code, one.message, one.hint) for one in found]


def test_all_that_is_wrong_is_told_at_its_place() -> None:
    text = "party: a\nname: 5\nshort: ''\nstatements: []\nwhat: x\nPositions: {}\n"
    assert [one[:4] for one in sorted(told(text))] == [
        (1, 1, "CP203", "“positions” is missing"),
        (2, 7, "CP204", "expected a text, found the number 5"),
        (3, 8, "CP207", "the text is empty"),
        (4, 13, "CP204", "expected a map of keys and values, found a list"),
        (5, 1, "CP202", "unknown key “what”"),
        (6, 1, "CP202", "unknown key “Positions”"),
    ]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("", "nothing"),
        ("true", "true or false"),
        ("0.50", "the number 0.50"),
        ("[a]", "a list"),
        ("{a: b}", "a map of keys and values"),
    ],
)
def test_what_was_found_is_named(written: str, found: str) -> None:
    text = f"party: a\nname: {written}\nstatements: {{}}\npositions: {{}}\n"
    ((_, _, code, message, _),) = told(text)
    assert (code, message) == ("CP204", f"expected a text, found {found}")


def test_the_remedy_is_what_the_schema_asks_for() -> None:
    shown = schema("party")["properties"]["name"]["description"]
    missing = "party: a\nstatements: {}\npositions: {}\n"
    assert [one[-1] for one in told(missing)] == [shown]
    assert [one[-1] for one in told(f"name: 5\n{missing}")] == [f"put it in quotes. {shown}"]
    ((*_, hint),) = told("party: 5\nname: n\nstatements: {}\npositions: {}\n")
    assert hint.startswith("An id:"), "a number in quotes is no id either"
    assert [one[-1] for one in told(f"name: n\nnaem: n\n{missing}")] == ["did you mean “name”?"]


def test_a_key_that_is_no_id_is_told_at_the_key() -> None:
    ((line, column, code, message, hint),) = told("sources:\n  A Paper: {}\n", "sources")[:1]
    assert (line, column, code, message) == (2, 3, "CP205", "“A Paper” is not a valid id")
    assert hint.startswith("write “a-paper”: ids are lower-case words")


def test_an_id_that_cannot_be_guessed_has_the_remedy_of_the_schema() -> None:
    hints = [one[-1] for one in told('sources:\n  "!!": {}\n  if: {}\n  5: {}\n', "sources")]
    assert hints.count(schema("sources")["$defs"]["id"]["errorMessage"]) == 3
