"""What is wrong with the form of a file: the errors of its JSON Schema, in words for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.protocols import Validator

from claimpos.dossier.findings import START, Finding, SourceText, Span
from claimpos.dossier.nodes import Map, Node, Seq
from claimpos.dossier.reading.form import RESERVED, did_you_mean
from claimpos.dossier.schemas import schema

Fault = tuple[str, str, str]
"""The code of the rule, what is wrong, and the remedy."""

_TYPES = {
    "string": "a text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a map of keys and values",
}


def explain_shape(name: str, source: SourceText, node: Node) -> list[Finding]:
    """Every way in which a file's data does not fit the schema of this name."""
    findings = []
    for error in _validator(name).iter_errors(node):  # type: ignore[arg-type]
        path = list(error.absolute_path)
        for span, (code, message, hint) in _told(error, _at(node, path)):
            findings.append(Finding(code, source, span, message, hint))
    return findings or [Finding("CP200", source, START, f"this is no {name} file", "")]


@cache
def _validator(name: str) -> Validator:
    return Draft202012Validator(schema(name))


def _at(node: Node, path: list[str | int]) -> Span:
    """The place of the value at the end of a path."""
    span = node.span if isinstance(node, Map | Seq) else START
    for step in path:
        span = node.at(step)  # type: ignore[union-attr,arg-type]
        node = node[step]  # type: ignore[index,call-overload]
    return span


def _told(error: ValidationError, span: Span) -> Iterator[tuple[Span, Fault]]:
    keyword, found = str(error.validator), error.instance
    remedy = str(error.schema.get("description", "")) if isinstance(error.schema, dict) else ""
    if error.parent is None and "propertyNames" in error.absolute_schema_path:
        yield _key_span(error, span, found), ("CP205", f"“{found}” is no id", remedy)
    elif keyword == "additionalProperties" and isinstance(found, Map):
        known = list(error.schema["properties"])
        for key in [key for key in found if key not in known]:
            yield found.key_at(key), ("CP202", f"unknown key “{key}”", did_you_mean(key, known))
    elif keyword == "required":
        missing = [key for key in error.validator_value if key not in found]
        named = [key for key in missing if f"'{key}'" in error.message]
        for key in named:
            yield _head(span), ("CP203", f"“{key}” is missing", _describe(error, key) or remedy)
    else:
        teller = _TELLERS.get(keyword, _misfit)
        yield span, teller(error, remedy)


def _head(span: Span) -> Span:
    return Span(span.line, span.column, span.line, span.column + 1)


def _key_span(error: ValidationError, span: Span, key: str) -> Span:
    return span


def _describe(error: ValidationError, key: str) -> str:
    schema_here = error.schema if isinstance(error.schema, dict) else {}
    return str(schema_here.get("properties", {}).get(key, {}).get("description", ""))


def _wrong_type(error: ValidationError, remedy: str) -> Fault:
    wanted = error.validator_value
    names = [wanted] if isinstance(wanted, str) else list(wanted)
    expected = " or ".join(_TYPES[name] for name in names)
    hint = remedy
    if "string" in names and isinstance(error.instance, bool | int | Decimal):
        hint = f"put it in quotes. {remedy}"
    return "CP204", f"expected {expected}, found {_kind(error.instance)}", hint


def _kind(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | Decimal):
        return f"the number {value}"
    if isinstance(value, str):
        return "a text"
    return "a list" if isinstance(value, list) else "a map of keys and values"


def _not_among(error: ValidationError, remedy: str) -> Fault:
    words = [str(word) for word in error.validator_value]
    message = f"“{error.instance}” is not one of {', '.join(words)}"
    return "CP206", message, did_you_mean(str(error.instance), words)


def _misfit(error: ValidationError, remedy: str) -> Fault:
    return "CP205", f"{_shown(error.instance)} does not fit here", remedy


def _shown(value: object) -> str:
    return f"“{value}”" if isinstance(value, str) else _kind(value)


def _reserved(error: ValidationError, remedy: str) -> Fault:
    if error.instance in RESERVED:
        return "CP205", f"“{error.instance}” is a reserved word and no id", remedy
    return _misfit(error, remedy)


def _empty(error: ValidationError, remedy: str) -> Fault:
    return "CP207", f"{_kind(error.instance)} with too little in it", remedy


def _repeated(error: ValidationError, remedy: str) -> Fault:
    return "CP208", "a member stands in this list twice", "delete one of the two"


_TELLERS: dict[str, Callable[[ValidationError, str], Fault]] = {
    "type": _wrong_type,
    "enum": _not_among,
    "not": _reserved,
    "minLength": _empty,
    "minItems": _empty,
    "minProperties": _empty,
    "uniqueItems": _repeated,
}
