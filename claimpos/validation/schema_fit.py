"""Checks whether data fits a schema: quickly, and with an explanation of what does not.

In a large file nearly everything fits and needs no explanation. The quick check knows only the
keywords that the schemas of files use; a schema with any other keyword fits nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, ValidationError, validators
from jsonschema.protocols import Validator

from claimpos.dossier.schemas import schema

Fit = Callable[[Any], bool]

_ANNOTATIONS = frozenset(
    {
        "$schema",
        "$id",
        "$comment",
        "$defs",
        "title",
        "description",
        "examples",
        "default",
        "errorMessage",
    }
)


def fit(schema: Any) -> Fit:
    """The quick check for a schema in which every `$ref` is written out.

    It accepts only what fits, but refuses everything if the schema has an unknown keyword.
    """
    if isinstance(schema, bool):
        return lambda value: schema
    checks: list[Fit] = []
    for keyword, wanted in schema.items():
        if keyword in _TOGETHER or keyword in _ANNOTATIONS:
            continue
        checker = _CHECKERS.get(keyword)
        checks.append(checker(wanted) if checker else lambda value: False)
    if not _OBJECT.isdisjoint(schema):
        checks.append(_members(schema))
    if "if" in schema:
        checks.append(_branches(schema))
    return _all(checks)


def canonical(value: Any) -> Hashable:
    """A hashable form of a value, the same for values that are equal as JSON."""
    if isinstance(value, bool):
        return ("boolean", value)
    if isinstance(value, list):
        return ("list", tuple(map(canonical, value)))
    if isinstance(value, dict):
        return ("map", frozenset((key, canonical(one)) for key, one in value.items()))
    hashable: Hashable = value
    return hashable


def repeated(members: list[Any]) -> bool:
    """Whether a member occurs in the list twice."""
    return len(set(map(canonical, members))) < len(members)


def _all(checks: list[Fit]) -> Fit:
    if len(checks) == 1:
        return checks[0]
    return lambda value: all(check(value) for check in checks)


_TYPES: Mapping[str, Fit] = {
    "string": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, int | Decimal) and not isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
    "null": lambda value: value is None,
}


def _type(wanted: Any) -> Fit:
    checks = [_TYPES[name] for name in ([wanted] if isinstance(wanted, str) else wanted)]
    if len(checks) == 1:
        return checks[0]
    return lambda value: any(check(value) for check in checks)


def _enum(wanted: Any) -> Fit:
    words = frozenset(word for word in wanted if isinstance(word, str))
    return lambda value: isinstance(value, str) and value in words


def _pattern(wanted: Any) -> Fit:
    matches = re.compile(wanted).search
    return lambda value: not isinstance(value, str) or matches(value) is not None


def _length(kind: type[Any], at_least: int) -> Fit:
    return lambda value: not isinstance(value, kind) or len(value) >= at_least


def _minimum(wanted: Any) -> Fit:
    return lambda value: not _TYPES["number"](value) or value >= wanted


def _maximum(wanted: Any) -> Fit:
    return lambda value: not _TYPES["number"](value) or value <= wanted


def _items(wanted: Any) -> Fit:
    check = fit(wanted)
    return lambda value: not isinstance(value, list) or all(map(check, value))


def _unique(wanted: Any) -> Fit:
    return lambda value: not isinstance(value, list) or not repeated(value)


def _required(wanted: Any) -> Fit:
    return lambda value: not isinstance(value, dict) or all(key in value for key in wanted)


def _names(wanted: Any) -> Fit:
    check = fit(wanted)
    return lambda value: not isinstance(value, dict) or all(map(check, value))


def _any_of(wanted: Any) -> Fit:
    checks = [fit(branch) for branch in wanted]
    return lambda value: any(check(value) for check in checks)


def _all_of(wanted: Any) -> Fit:
    return _all([fit(branch) for branch in wanted])


def _not(wanted: Any) -> Fit:
    # An unknown keyword makes `fit` refuse what may fit, which must not count as a match here.
    if not _known(wanted):
        return lambda value: False
    check = fit(wanted)
    return lambda value: not check(value)


def _members(schema: Any) -> Fit:
    """Check `properties`, `patternProperties` and `additionalProperties`, which belong together."""
    named = {key: fit(one) for key, one in schema.get("properties", {}).items()}
    patterns = [
        (re.compile(key).search, fit(one))
        for key, one in schema.get("patternProperties", {}).items()
    ]
    other = fit(schema.get("additionalProperties", True))

    def one_fits(key: str, value: Any) -> bool:
        checks = [check for matches, check in patterns if matches(key)]
        if key in named:
            checks.append(named[key])
        return all(check(value) for check in checks) if checks else other(value)

    return lambda value: (
        not isinstance(value, dict) or all(one_fits(key, one) for key, one in value.items())
    )


def _branches(schema: Any) -> Fit:
    if not _known(schema["if"]):
        return lambda value: False
    test = fit(schema["if"])
    then, otherwise = fit(schema.get("then", True)), fit(schema.get("else", True))
    return lambda value: then(value) if test(value) else otherwise(value)


def _known(schema: Any) -> bool:
    """Whether every keyword in a schema is known."""
    if isinstance(schema, bool):
        return True
    if isinstance(schema, list):
        return all(map(_known, schema))
    if not schema.keys() <= _KNOWN:
        return False
    below = [schema[key] for key in _HOLDERS & schema.keys()]
    below += [part for key in _MAPS & schema.keys() for part in schema[key].values()]
    return all(map(_known, below))


_OBJECT = frozenset({"properties", "patternProperties", "additionalProperties"})
_TOGETHER = _OBJECT | {"if", "then", "else"}
_MAPS = frozenset({"properties", "patternProperties"})
_HOLDERS = frozenset(
    {
        "items",
        "additionalProperties",
        "propertyNames",
        "allOf",
        "anyOf",
        "not",
        "if",
        "then",
        "else",
    }
)
_CHECKERS: Mapping[str, Callable[[Any], Fit]] = {
    "type": _type,
    "enum": _enum,
    "const": lambda wanted: _enum([wanted]),
    "pattern": _pattern,
    "minLength": lambda wanted: _length(str, wanted),
    "minItems": lambda wanted: _length(list, wanted),
    "minProperties": lambda wanted: _length(dict, wanted),
    "minimum": _minimum,
    "maximum": _maximum,
    "items": _items,
    "uniqueItems": _unique,
    "required": _required,
    "propertyNames": _names,
    "anyOf": _any_of,
    "allOf": _all_of,
    "not": _not,
}
_KNOWN = _TOGETHER | _ANNOTATIONS | frozenset(_CHECKERS)


@cache
def validator_for(name: str) -> Validator:
    """The validator for the schema of this name."""
    whole = schema(name)
    validator: Validator = _Explaining(_written_out(whole, whole))
    return validator


Errors = Iterator[ValidationError]


class _Fits:
    """The quick checks for parts of schemas, each made once."""

    def __init__(self) -> None:
        self._made: dict[int, tuple[Any, Fit]] = {}

    def __call__(self, part: Any, value: Any) -> bool:
        """Whether the value is certain to fit this part of a schema."""
        made = self._made.get(id(part))
        if made is None:  # the part is kept, so that no other gets its id
            made = self._made[id(part)] = (part, fit(part))
        return made[1](value)


_fits = _Fits()


def _item_errors(validator: Any, part: Any, found: Any, whole: Any) -> Errors:
    for index, member in enumerate(found) if isinstance(found, list) else ():
        if not _fits(part, member):
            yield from validator.descend(member, part, path=index)


def _property_errors(validator: Any, parts: Any, found: Any, whole: Any) -> Errors:
    for key, part in parts.items() if isinstance(found, dict) else ():
        if key in found and not _fits(part, found[key]):
            yield from validator.descend(found[key], part, path=key, schema_path=key)


def _further_property_errors(validator: Any, part: Any, found: Any, whole: Any) -> Errors:
    if not isinstance(part, dict) or "patternProperties" in whole:
        yield from Draft202012Validator.VALIDATORS["additionalProperties"](
            validator, part, found, whole
        )
        return
    named = whole.get("properties", {})
    for key, value in found.items() if isinstance(found, dict) else ():
        if key not in named and not _fits(part, value):
            yield from validator.descend(value, part, path=key)


def _name_errors(validator: Any, part: Any, found: Any, whole: Any) -> Errors:
    for key in found if isinstance(found, dict) else ():
        if not _fits(part, key):
            yield from validator.descend(key, part)


def _uniqueness_errors(validator: Any, part: Any, found: Any, whole: Any) -> Errors:
    if part and isinstance(found, list) and repeated(found):
        yield ValidationError("a member occurs twice")


# jsonschema takes long to explain data, so it is given only what does not fit. Its own
# `uniqueItems` compares every two members if they are not all of one type.
_Explaining: Any = validators.extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    {
        "items": _item_errors,
        "properties": _property_errors,
        "additionalProperties": _further_property_errors,
        "propertyNames": _name_errors,
        "uniqueItems": _uniqueness_errors,
    },
)


def _written_out(part: Any, whole: Any) -> Any:
    """A part of a schema with each `$ref` replaced by its target, because looking it up takes time.

    Keywords beside a `$ref` count, too. No `$ref` leads back to itself.
    """
    if isinstance(part, list):
        return [_written_out(member, whole) for member in part]
    if not isinstance(part, dict):
        return part
    rest = {key: _written_out(value, whole) for key, value in part.items() if key != "$ref"}
    if "$ref" not in part:
        return rest
    named = part["$ref"].removeprefix("#/$defs/")
    target = _written_out(whole["$defs"][named], whole)
    return {**rest, "allOf": [target, *rest.get("allOf", [])]} if rest else target
