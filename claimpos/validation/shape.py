"""What is wrong with the form of a file: the errors of its JSON Schema, in words for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from jsonschema import Draft202012Validator, ValidationError, validators
from jsonschema.protocols import Validator

from claimpos.dossier.findings import START, Finding, Findings, SourceText, Span
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.model import NOTHING, Issue
from claimpos.dossier.nodes import Map, Node, Seq
from claimpos.dossier.reading.form import RESERVED, are_few, did_you_mean, some_of
from claimpos.dossier.schemas import schema
from claimpos.validation.remedies import id_form, id_meant, issue_of, outcome_meant
from claimpos.validation.schema_fit import Fit, fit, repeated

Fault = tuple[str, str, str]
"""The code of the rule, what is wrong, and the remedy."""

_ID = (
    "lower-case words joined by hyphens; all, any, none, if, outcome, subject-to, bracketed are "
    "no ids"
)
_SHORT = 60
_TYPES = {
    "string": "a text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a map of keys and values",
}


def explain_shape(
    name: str,
    source: SourceText,
    node: Node,
    issues: Mapping[str, Issue] = NOTHING,
    earlier: int = 0,
) -> Findings:
    """Every way in which a file's data does not fit the schema of this name, up to a limit.

    Of the issues, as far as they are known, it is told what their outcomes are. After `earlier`
    findings in other files less is told, and fewer ways.
    """
    findings = Findings()
    most = limit("shape-findings")
    for error in _validator(name).iter_errors(node):  # type: ignore[arg-type]
        if findings and earlier + len(findings) >= most:
            message = f"after {most:,} findings no more are looked for in the form of this file"
            hint = f"mend those first; {how_to_raise('shape-findings')}"
            findings.add(Finding("CP109", source, START, message, hint))
            break
        at, place = _at(node, error.absolute_path)
        known = issues if are_few(len(findings), earlier) else NOTHING
        for span, (code, message, hint) in _told(error, place, at, known):
            findings.add(Finding(code, source, span, message, hint))
    if not findings:
        findings.add(Finding("CP200", source, START, f"this is no {name} file", ""))
    return findings


@cache
def _validator(name: str) -> Validator:
    whole = schema(name)
    validator: Validator = _Explaining(_written_out(whole, whole))
    return validator


Errors = Iterator[ValidationError]


class _Fits:
    """The quick checks of the parts of schemas, each made once."""

    def __init__(self) -> None:
        self._made: dict[int, tuple[Any, Fit]] = {}

    def __call__(self, part: Any, value: Any) -> bool:
        """Whether the value surely fits this part of a schema."""
        made = self._made.get(id(part))
        if made is None:  # the part is kept as well, so that no other can have its id
            made = self._made[id(part)] = (part, fit(part))
        return made[1](value)


_fits = _Fits()


def _items(validator: Any, part: Any, found: Any, whole: Any) -> Errors:
    for index, member in enumerate(found) if isinstance(found, list) else ():
        if not _fits(part, member):
            yield from validator.descend(member, part, path=index)


def _properties(validator: Any, parts: Any, found: Any, whole: Any) -> Errors:
    for key, part in parts.items() if isinstance(found, dict) else ():
        if key in found and not _fits(part, found[key]):
            yield from validator.descend(found[key], part, path=key, schema_path=key)


def _further_properties(validator: Any, part: Any, found: Any, whole: Any) -> Errors:
    if not isinstance(part, dict) or "patternProperties" in whole:
        yield from Draft202012Validator.VALIDATORS["additionalProperties"](
            validator, part, found, whole
        )
        return
    named = whole.get("properties", {})
    for key, value in found.items() if isinstance(found, dict) else ():
        if key not in named and not _fits(part, value):
            yield from validator.descend(value, part, path=key)


def _names(validator: Any, part: Any, found: Any, whole: Any) -> Errors:
    for key in found if isinstance(found, dict) else ():
        if not _fits(part, key):
            yield from validator.descend(key, part)


def _unique(validator: Any, part: Any, found: Any, whole: Any) -> Errors:
    if part and isinstance(found, list) and repeated(found):
        yield ValidationError("a member stands there twice")


# jsonschema explains any piece of data, but takes long over it: it is given only what does not
# fit. Its own `uniqueItems` compares every two members if they are not all of one type.
_Explaining: Any = validators.extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    {
        "items": _items,
        "properties": _properties,
        "additionalProperties": _further_properties,
        "propertyNames": _names,
        "uniqueItems": _unique,
    },
)


def _written_out(part: Any, whole: Any) -> Any:
    """A part of a schema with what each `$ref` leads to in its place: to look it up takes time.

    What stands beside a `$ref` counts as well. None leads back to where it stands.
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


def _at(node: Node, path: Iterable[str | int]) -> tuple[Span, Node]:
    """The value at the end of a path, and its place."""
    span = node.span if isinstance(node, Map | Seq) else START
    for step in path:
        span = node.at(step)  # type: ignore[union-attr,arg-type]
        node = node[step]  # type: ignore[index]
    return span, node


def _told(
    error: ValidationError, place: Node, span: Span, issues: Mapping[str, Issue]
) -> Iterator[tuple[Span, Fault]]:
    keyword, found = str(error.validator), error.instance
    wanted: Any = error.validator_value
    described: Any = error.schema
    remedy = _remedy(described)
    if isinstance(place, Map) and "propertyNames" in error.absolute_schema_path:
        fault = _no_id(str(found), error.absolute_path, issues, remedy or _ID)
        yield place.key_at(str(found)), fault
    elif keyword == "additionalProperties" and isinstance(found, Map):
        known = tuple(described["properties"])
        for number, key in enumerate(key for key in found if key not in known):
            meant = _key_meant if are_few(number, 0) else _some_key
            yield found.key_at(key), ("CP202", f"unknown key “{key}”", meant(key, known))
    elif keyword == "required":
        for key in [key for key in wanted if error.message.startswith(f"{key!r} is")]:
            hint = _remedy(described.get("properties", {}).get(key)) or remedy
            yield _head(span), ("CP203", f"“{key}” is missing", _too_deep(key, place) or hint)
    else:
        issue = issue_of(error.absolute_path, issues)
        fault = _TELLERS.get(keyword, _misfit)(found, wanted, remedy)
        if issue is not None and isinstance(found, str) and fault[0] == "CP205":
            fault = "CP205", *outcome_meant(found, issue)
        if keyword == "type" and (step := [*error.absolute_path][-1:]):
            fault = (*fault[:2], _too_shallow(step[0], described) + fault[2])
        yield span, fault


def _too_deep(key: str, place: Node) -> str:
    """The remedy, if a key that is missing stands in a map that is a value of this one."""
    for first, child in place.items() if isinstance(place, Map) else ():
        if isinstance(child, Map) and key in child:
            line = child.key_at(key).line
            return f"it stands in line {line}, indented too far; align it with “{first}”"
    return ""


def _too_shallow(step: str | int, described: Any) -> str:
    """The remedy, if in the place of a map there is the value of one of that map's own keys."""
    if step in described.get("properties", {}):
        return f"indent “{step}” further, below the id that it belongs to. "
    return ""


def _head(span: Span) -> Span:
    return Span(span.line, span.column, span.line, span.column + 1)


def _remedy(described: object) -> str:
    """What a schema asks for, in the words it shows to people."""
    if not isinstance(described, dict):
        return ""
    return str(described.get("errorMessage") or described.get("description") or "")


def _no_id(
    found: str, path: Iterable[str | int], issues: Mapping[str, Issue], remedy: str
) -> Fault:
    """A key that is no id; where issues are named, one of them is meant."""
    titles = {key: issue.title for key, issue in issues.items()}
    holder = [*path][-1:]
    if titles and holder in (["positions"], ["if"], ["terms"]):
        return "CP205", f"“{found}” is no id of an issue", id_meant(found, titles)
    return "CP205", f"“{found}” is no id", id_form(found) or remedy


# A slip is often made over and over, and to look for near names takes time.
@lru_cache(maxsize=1024)
def _key_meant(key: str, known: tuple[str, ...]) -> str:
    if key in {"if", "subject-to"} and "accepts" in known:
        return f"a condition stands beside its outcome: accepts: [{{outcome: X, {key}: …}}]"
    return did_you_mean(key, known, most=len(known))


def _some_key(key: str, known: tuple[str, ...]) -> str:
    return some_of(key, known, most=len(known))


def _wrong_type(found: object, wanted: Any, remedy: str) -> Fault:
    names = [wanted] if isinstance(wanted, str) else list(wanted)
    expected = " or ".join(_TYPES[name] for name in names)
    return "CP204", f"expected {expected}, found {_kind(found)}", _recast(found, names) + remedy


def _recast(found: object, names: list[str]) -> str:
    """How what is found becomes what is asked, where that is plain."""
    if "string" in names and isinstance(found, bool | int | Decimal):
        return "put it in quotes. "
    if names == ["array"] and isinstance(found, Map) and found:
        return f"put a dash before its first key: “- {next(iter(found))}: …”. "
    if names == ["array"] and isinstance(found, str) and len(found) < _SHORT:
        return f"put it in brackets: [{found}]. "
    if names == ["object"] and isinstance(found, list) and found:
        if all(isinstance(member, str) for member in found):
            return f"write {{{found[0]}: …}}. "
        return "put an id with a colon in the place of each dash. "
    return ""


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


def _not_among(found: object, wanted: Any, remedy: str) -> Fault:
    words = ", ".join(map(str, wanted))
    if not isinstance(found, str):
        return "CP204", f"expected one of {words}, found {_kind(found)}", remedy
    return "CP206", f"“{found}” is not one of {words}", remedy


def _misfit(found: object, wanted: Any, remedy: str) -> Fault:
    shown = f"“{found}”" if isinstance(found, str) else _kind(found)
    if remedy.startswith("An id:"):
        return "CP205", f"{shown} is no id", id_form(str(found)) or remedy
    if remedy.startswith("A date:"):
        return "CP205", f"{shown} is no date", remedy
    return "CP205", f"{shown} is not written as it should be", remedy


def _none_of(found: object, wanted: Any, remedy: str) -> Fault:
    keys = [key for branch in wanted for key in branch.get("required", ())]
    return "CP203", f"one of {', '.join(keys)} is missing", remedy


def _ruled_out(found: object, wanted: Any, remedy: str) -> Fault:
    if isinstance(found, str) and found in RESERVED:
        return "CP205", f"“{found}” is a reserved word and no id", _ID
    both = wanted.get("required")
    misplaced = "no condition stands here" if "condition" in remedy else "this does not belong here"
    message = f"{' and '.join(both)} exclude each other" if both else misplaced
    return "CP205", message, remedy


def _empty(found: object, wanted: Any, remedy: str) -> Fault:
    kind = "text" if isinstance(found, str) else "list" if isinstance(found, list) else "map"
    least = "is empty" if wanted == 1 else f"has fewer than {wanted} members"
    return "CP207", f"the {kind} {least}", remedy


def _repeated(found: object, wanted: Any, remedy: str) -> Fault:
    return "CP208", "a member stands in this list twice", "delete one of the two"


_TELLERS: dict[str, Callable[[object, Any, str], Fault]] = {
    "type": _wrong_type,
    "enum": _not_among,
    "anyOf": _none_of,
    "not": _ruled_out,
    "minLength": _empty,
    "minItems": _empty,
    "minProperties": _empty,
    "uniqueItems": _repeated,
}
