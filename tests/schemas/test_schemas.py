"""The schemas themselves: sound, documented in every place an editor or a message shows, alike."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from claimpos.wording.reasons import reason_names

from .support import CASE_FOLDER, CURRENT, SCHEMA_FOLDER, SCHEMAS, document, location

Place = tuple[str, dict[str, Any]]

every_schema = pytest.mark.parametrize("name", SCHEMAS)
hand_written = pytest.mark.parametrize("name", ["agenda", "sources", "party", "proposal"])


def subschemas(schema: Any, path: tuple[str | int, ...] = ()) -> Iterator[Place]:
    """Every subschema that a value is held against; the tests of `if` and `not` are left out."""
    if not isinstance(schema, dict):
        return
    yield location(path), schema
    for keyword in ("properties", "patternProperties", "$defs"):
        for key, child in schema.get(keyword, {}).items():
            yield from subschemas(child, (*path, keyword, key))
    for keyword in ("items", "additionalProperties", "propertyNames", "then", "else"):
        yield from subschemas(schema.get(keyword), (*path, keyword))
    for position, child in enumerate(schema.get("allOf", [])):
        yield from subschemas(child, (*path, "allOf", position))


def described(schema: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    """A subschema with what its `$ref` leads to; what stands beside the `$ref` goes first."""
    if "$ref" not in schema:
        return schema
    target = root["$defs"][schema["$ref"].removeprefix("#/$defs/")]
    return {**described(target, root), **schema}


def shown(place: str) -> bool:
    """Whether an editor shows the subschema at this place: a key's, a member's or a value's."""
    words = place.replace("[", ".").split(".")
    return words[-2:-1] == ["properties"] or words[-1] in (
        *("items", "additionalProperties", "propertyNames"),
    )


def same_value(schema: dict[str, Any], root: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The subschemas inside a subschema that the very same value is held against."""
    for child in (*schema.get("allOf", []), schema.get("then"), schema.get("else")):
        if child is not None:
            yield described(child, root)
            yield from same_value(described(child, root), root)


@every_schema
def test_schema_is_sound(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])


@every_schema
def test_schema_names_itself(name: str) -> None:
    schema = SCHEMAS[name]
    report = schema["properties"].get("format", {}).get("const", f"claimpos.{name}/1")
    kind, _, number = report.removeprefix("claimpos.").partition("/")
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:claimpos:schema:{kind}:{number or 1}"
    assert schema["title"]
    assert schema["description"]


@every_schema
def test_every_place_has_a_title_and_a_description(name: str) -> None:
    root = SCHEMAS[name]
    places = [(place, sub) for place, sub in subschemas(root) if shown(place)]
    assert len(places) > 10
    assert [
        place
        for place, sub in places
        if not {"title", "description"} <= described(sub, root).keys()
    ] == []


@hand_written
def test_a_place_is_described_once(name: str) -> None:
    """Editors show the innermost description: a branch's would hide what the key means.

    A branch says what it wants as `errorMessage`. One that refuses its value outright may hide it.
    """
    root = SCHEMAS[name]
    assert [
        (place, branch)
        for place, sub in subschemas(root)
        if shown(place)
        for branch in same_value(described(sub, root), root)
        if "description" in branch and branch.get("not") != {}
    ] == []


@every_schema
def test_every_refusal_says_what_is_wanted(name: str) -> None:
    """`not`, `anyOf`, a pattern and a choice of types make poor messages of their own."""
    speechless = [
        place
        for place, sub in subschemas(SCHEMAS[name])
        if {"not", "anyOf", "pattern", "allOf"} & sub.keys()
        and not {"description", "errorMessage"} & sub.keys()
    ]
    assert speechless == []


@every_schema
def test_texts_are_sentences(name: str) -> None:
    texts = [
        sub[keyword]
        for _, sub in subschemas(SCHEMAS[name])
        for keyword in ("description", "errorMessage")
        if keyword in sub
    ]
    assert [text for text in texts if not (text[-1] == "." and text == text.strip())] == []


@every_schema
def test_examples_are_valid(name: str) -> None:
    root = SCHEMAS[name]
    for place, sub in subschemas(root):
        validator = Draft202012Validator({**sub, "$defs": root.get("$defs", {})})
        for example in sub.get("examples", []):
            assert validator.is_valid(example), (place, example)


@every_schema
def test_only_annotations_stand_beside_a_reference(name: str) -> None:
    """So that a reference can be replaced by what it leads to, in any tool."""
    annotations = {"$ref", "title", "description", "examples"}
    assert [
        place
        for place, sub in subschemas(SCHEMAS[name])
        if "$ref" in sub and not sub.keys() <= annotations
    ] == []


@every_schema
def test_definitions_are_all_used(name: str) -> None:
    root = SCHEMAS[name]
    used = {reference.removeprefix("#/$defs/") for reference in references(root)}
    assert root["$defs"].keys() == used


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        for child in value.values():
            yield from references(child)
    elif isinstance(value, list):
        for child in value:
            yield from references(child)


@every_schema
def test_patterns_refuse_a_trailing_newline(name: str) -> None:
    """Python's `$` matches before a final newline, that of other languages does not."""
    patterns = [sub["pattern"] for _, sub in subschemas(SCHEMAS[name]) if "pattern" in sub]
    assert patterns
    assert [p for p in patterns if not (p.startswith("^") and p.endswith("(?!\\n)$"))] == []


def test_no_definition_stands_twice() -> None:
    files = {
        path.name: json.loads(path.read_text("utf-8"))
        for path in SCHEMA_FOLDER.iterdir()
        if path.suffix == ".json" and not path.name.removesuffix(".schema.json")[-1].isdigit()
    }
    places: dict[str, list[str]] = {}
    for name, content in files.items():
        for key, definition in content.get("$defs", {}).items():
            places.setdefault(f"{key} {json.dumps(definition)}", []).append(name)
    assert [where for where in places.values() if len(where) > 1] == []


@every_schema
def test_a_file_means_the_same_as_the_schema_that_is_printed(name: str) -> None:
    """An editor is led to the file itself, which refers to the definitions beside it."""
    registry: Registry[Any] = Registry().with_resources(
        (path.as_uri(), Resource.from_contents(json.loads(path.read_text("utf-8"))))
        for path in SCHEMA_FOLDER.glob("*.json")
    )
    place = (SCHEMA_FOLDER / f"{name}.schema.json").as_uri()
    by_file = Draft202012Validator({"$ref": place}, registry=registry)
    printed = Draft202012Validator(SCHEMAS[name])
    for case in sorted((CASE_FOLDER / name).glob("*")):
        value = document(case)
        assert faults(by_file, value) == faults(printed, value)


def faults(validator: Any, value: Any) -> list[tuple[str, str]]:
    return sorted((error.json_path, error.message) for error in validator.iter_errors(value))


@hand_written
def test_unknown_keys_are_refused_in_hand_written_files(name: str) -> None:
    assert [
        place
        for place, sub in subschemas(SCHEMAS[name])
        if sub.get("type") == "object" and "additionalProperties" not in sub
    ] == []


def test_reports_may_gain_keys() -> None:
    as_in_a_position_file = {"range", "conditional-outcome"}
    closed = {
        place
        for place, sub in subschemas(SCHEMAS["diff"])
        if sub.get("additionalProperties") is False
    }
    assert closed == {f"$.$defs.{name}" for name in as_in_a_position_file}


@pytest.mark.parametrize("name", sorted(set(SCHEMAS) - set(CURRENT)))
def test_the_schema_of_a_format_that_was_replaced_stays(name: str) -> None:
    kind, _, number = name.rpartition("-")
    old, new = (SCHEMAS[one]["properties"]["format"]["const"] for one in (name, kind))
    assert old == f"claimpos.{kind}/{number}"
    assert new == f"claimpos.{kind}/{int(number) + 1}"


def test_the_reasons_are_those_that_have_words() -> None:
    shared = json.loads((SCHEMA_FOLDER / "definitions.json").read_text("utf-8"))["$defs"]
    assert shared["reason"]["enum"] == list(reason_names())


def test_the_guide_names_the_number_of_every_format() -> None:
    page = (SCHEMA_FOLDER.parent / "claimpos" / "guide" / "library.md").read_text("utf-8")
    formats = [SCHEMAS[name]["properties"].get("format", {}).get("const") for name in CURRENT]
    assert {*re.findall(r"`(claimpos\.[a-z]+/[0-9]+)`", page)} == {*filter(None, formats)}
