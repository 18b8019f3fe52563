"""Explains what is wrong with the form of a file: the errors of its JSON Schema, in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from claimpos.dossier.dates import date_remedy
from claimpos.dossier.findings import START, Finding, Findings, SourceText, Span
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.model import NOTHING, Issue
from claimpos.dossier.nodes import Map, Node, Seq
from claimpos.dossier.parsing.syntax_hints import odd_space_before
from claimpos.dossier.reading.form import RESERVED, are_few, did_you_mean, some_of
from claimpos.dossier.written_figures import figures_meant, numbers_in, numbers_meant, remedy
from claimpos.validation.schema_fit import validator_for
from claimpos.validation.texts_meant import (
    ID_FORM,
    QUOTES,
    as_id,
    id_form,
    id_meant,
    ids_form,
    issue_of,
    recast_value,
    text_meant,
)

if TYPE_CHECKING:
    from jsonschema import ValidationError

Fault = tuple[str, str, str]
"""The code of the rule, what is wrong, and the remedy."""

_ID = (
    "lower-case words joined by hyphens; all, any, none, if, outcome, subject-to and bracketed are "
    "reserved"
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
    """The errors in the form of a file.

    Args:
        name: The name of the schema.
        source: The file.
        node: Its data.
        issues: The issues that are known; remedies name their outcomes.
        earlier: The number of findings in other files; the more, the less is explained.
    """
    findings = Findings()
    most = limit("shape-findings")
    for error in validator_for(name).iter_errors(node):  # type: ignore[arg-type]
        if findings and earlier + len(findings) >= most:
            message = f"no errors in the form of this file are listed after the first {most:,}"
            hint = f"fix those first; {how_to_raise('shape-findings')}"
            findings.add(Finding("CP109", source, START, message, hint))
            break
        known = issues if are_few(len(findings), earlier) else NOTHING
        for span, (code, message, hint) in _explained(error, node, known):
            folded = _folded(source, span) if error.instance == "" else ""
            if folded:
                code, message = "CP205", f"“{folded}” begins a block of text in YAML, not a range"
                hint = remedy(figures_meant(folded))
            findings.add(Finding(code, source, span, message, hint))
    if not findings:
        findings.add(Finding("CP200", source, START, f"this is not a {name} file", ""))
    return findings


def _folded(source: SourceText, span: Span) -> str:
    """A range such as >5, if it was written where it begins a block of text; else empty."""
    written = source.line(span.line)[span.column - 1 :].split(" #")[0].strip()
    return written if re.match(r">\s*\d", written) else ""


def _at(node: Node, path: Iterable[str | int]) -> tuple[Span, Node]:
    """The place of the value at the end of a path, and the value."""
    span = node.span if isinstance(node, Map | Seq) else START
    for step in path:
        span = node.at(step)  # type: ignore[union-attr,arg-type]
        node = node[step]  # type: ignore[index]
    return span, node


def _explained(
    error: ValidationError, node: Node, issues: Mapping[str, Issue]
) -> Iterator[tuple[Span, Fault]]:
    span, place = _at(node, error.absolute_path)
    if isinstance(place, Map) and "propertyNames" in error.absolute_schema_path:
        yield _invalid_key(error, place, issues)
    elif error.validator == "additionalProperties" and isinstance(error.instance, Map):
        yield from _unknown_keys(error, error.instance)
    elif error.validator == "required":
        yield from _missing_keys(error, place, span)
    else:
        yield span, _invalid_value(error, issues)


def _invalid_key(
    error: ValidationError, place: Map, issues: Mapping[str, Issue]
) -> tuple[Span, Fault]:
    key = str(error.instance)
    titles = {name: issue.title for name, issue in issues.items()}
    if titles and [*error.absolute_path][-1:] in (["positions"], ["if"], ["terms"]):
        return place.key_at(key), ("CP205", f"there is no issue “{key}”", id_meant(key, titles))
    hint = _run_together(place, key) or id_form(key) or _remedy(error.schema) or _ID
    if as_id(key) in place:
        hint = f"{ID_FORM}; “{as_id(key)}” is taken"
    return place.key_at(key), ("CP205", f"“{key}” is not a valid id", hint)


_RUN_TOGETHER = re.compile(r"([a-z-]+):\s*(\S.*)\Z", re.DOTALL)
_END = re.compile(r"(min|max|above|below)(?:\s*=\s*|\s+)(\S+)\Z")
_MERGE = "<<"


def _run_together(found: Map, key: str, known: Container[str] | None = None) -> str:
    """The remedy for a key and a value without an ordinary space between, as in {basis:stated}."""
    parts = _RUN_TOGETHER.match(key)
    if found[key] is not None:
        return ""
    if end := _END.match(key):
        cut = [one for one in found if one.isdecimal()]  # the digits after a decimal comma
        meant = numbers_meant(",".join([end[2], *cut]))
        return f"write “{end[1]}: {meant[0]}”" if len(meant) == 1 else ""
    if parts is None or (known is not None and parts[1] not in known):
        return ""
    return f"put a space after the colon: write “{parts[1]}: {parts[2]}”"


def _unknown_keys(error: ValidationError, found: Map) -> Iterator[tuple[Span, Fault]]:
    described: Any = error.schema
    known = tuple(described["properties"])
    keys = [*found]
    for number, key in enumerate(key for key in found if key not in known):
        meant = _key_meant if are_few(number, 0) else _some_key
        before = keys[keys.index(key) - 1] if number < _SHORT and key != keys[0] else ""
        hint = _cut_in_two(found, before, key) or _run_together(found, key, known)
        hint = hint or _merged(key) or odd_space_before(key) or meant(key, known)
        yield found.key_at(key), ("CP202", f"unknown key “{key}”", hint)


def _merged(key: str) -> str:
    """The remedy for a merge key of YAML 1.1; else empty."""
    return "write the keys themselves here: a merge (<<) is not supported" if key == _MERGE else ""


def _cut_in_two(found: Map, before: str, key: str) -> str:
    """The remedy for a figure with a decimal comma, as in {min: 6,5}; else empty."""
    whole = found.get(before)
    if found[key] is not None or not key.isdecimal() or not isinstance(whole, int):
        return ""
    meant = numbers_meant(f"{whole},{key}")
    return f"a comma ends a value here; {remedy(meant)} after “{before}:”" if meant else ""


def _missing_keys(error: ValidationError, place: Node, span: Span) -> Iterator[tuple[Span, Fault]]:
    wanted: Any = error.validator_value
    described: Any = error.schema
    for key in wanted:
        if error.message.startswith(f"{key!r} is"):
            remedy = _remedy(described.get("properties", {}).get(key)) or _remedy(described)
            hint = _too_deep(key, place) or remedy
            yield _head(span), ("CP203", f"“{key}” is missing", hint)


def _invalid_value(error: ValidationError, issues: Mapping[str, Issue]) -> Fault:
    value = error.instance
    explain = _EXPLANATIONS.get(str(error.validator), _misfit)
    code, message, hint = explain(value, error.validator_value, _remedy(error.schema))
    if isinstance(value, str) and code == "CP205":
        message, hint = text_meant(value, error.absolute_path, issues) or (message, hint)
    elif isinstance(value, str) and error.validator_value in ("number", "integer"):
        issue = issue_of(error.absolute_path, issues)
        meant = numbers_in(value, "" if issue is None else issue.unit)
        hint = f"{remedy(meant)}. {hint}" if meant else hint
    if error.validator == "type" and error.absolute_path:
        hint = _too_shallow(error.absolute_path[-1], error.schema) + hint
    return code, message, hint


def _too_deep(key: str, place: Node) -> str:
    """The remedy if a missing key is in a map below, where it does not belong; else empty."""
    for first, child in place.items() if isinstance(place, Map) else ():
        if isinstance(child, Map) and key in child and first == _MERGE:
            return f"write “{key}” itself here: a merge (<<) is not supported"
        if isinstance(child, Map) and key in child:
            line = child.key_at(key).line
            return f"it is on line {line}, indented too far; align it with “{first}”"
    return ""


def _too_shallow(step: str | int, described: Any) -> str:
    """The remedy if a key of a map is one level too high, in place of the map; else empty."""
    if step in described.get("properties", {}):
        return f"indent “{step}” further, under its id. "
    return ""


def _head(span: Span) -> Span:
    return Span(span.line, span.column, span.line, span.column + 1)


def _remedy(described: object) -> str:
    """What a part of a schema demands, in its own words for people."""
    if not isinstance(described, dict):
        return ""
    return str(described.get("errorMessage") or described.get("description") or "")


# Remembered, because a slip is often repeated, and looking for similar names takes time.
@lru_cache(maxsize=1024)
def _key_meant(key: str, known: tuple[str, ...]) -> str:
    if key in {"if", "subject-to"} and "accepts" in known:
        return f"write a condition beside its outcome: accepts: [{{outcome: X, {key}: …}}]"
    if (same := _SAME.get(key.casefold())) in known:
        return f"write “{same}”"
    return did_you_mean(key, known, most=len(known))


# Words that reports and people use, with those that files use for the same.
_SAME = {
    "reject": "refuses",
    "rejects": "refuses",
    "condition": "if",
    "conditions": "if",
    "leaves-open": "reserves",
    "leaves open": "reserves",
}


def _some_key(key: str, known: tuple[str, ...]) -> str:
    return some_of(known, most=len(known))


def _wrong_type(found: object, wanted: Any, remedy: str) -> Fault:
    names = [wanted] if isinstance(wanted, str) else list(wanted)
    expected = " or ".join(_TYPES[name] for name in names)
    recast = recast_value(found, names, remedy)
    hint = recast.removesuffix(". ") if recast and names == ["boolean"] else recast + remedy
    return "CP204", f"expected {expected}, found {_kind(found)}", hint


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
    same = _SAME.get(found.casefold())
    hint = f"write “{same}”" if same in wanted else remedy
    return "CP206", f"“{found}” is not one of {words}", hint


def _misfit(found: object, wanted: Any, remedy: str) -> Fault:
    shown = f"“{found}”" if isinstance(found, str) else _kind(found)
    if remedy.startswith("An id:"):
        return "CP205", f"{shown} is not a valid id", ids_form(str(found)) or remedy
    if remedy.startswith("A date:"):
        return "CP205", f"{shown} is not a valid date", date_remedy(str(found).strip(QUOTES))
    return "CP205", f"{shown} is in the wrong format", remedy


def _too_low(found: object, wanted: Any, remedy: str) -> Fault:
    if remedy.startswith("A date:"):
        return _misfit(found, wanted, remedy)
    return "CP205", f"{_kind(found)} is below {wanted}, the lowest value allowed", remedy


def _none_of(found: object, wanted: Any, remedy: str) -> Fault:
    keys = [key for branch in wanted for key in branch.get("required", ())]
    return "CP203", f"one of {', '.join(keys)} is missing", remedy


def _ruled_out(found: object, wanted: Any, remedy: str) -> Fault:
    if isinstance(found, str) and found in RESERVED:
        return "CP205", f"“{found}” is a reserved word and cannot be an id", _ID
    both = wanted.get("required")
    misplaced = (
        "a condition is not allowed here" if "condition" in remedy else "this is not allowed here"
    )
    message = f"{' and '.join(both)} cannot be combined" if both else misplaced
    return "CP205", message, remedy


def _empty(found: object, wanted: Any, remedy: str) -> Fault:
    kind = "text" if isinstance(found, str) else "list" if isinstance(found, list) else "map"
    least = "is empty" if wanted == 1 else f"has fewer than {wanted} members"
    return "CP207", f"the {kind} {least}", remedy


def _repeated(found: object, wanted: Any, remedy: str) -> Fault:
    return "CP208", "a member occurs twice in this list", "delete one of the two"


_EXPLANATIONS: dict[str, Callable[[object, Any, str], Fault]] = {
    "type": _wrong_type,
    "enum": _not_among,
    "anyOf": _none_of,
    "not": _ruled_out,
    "minLength": _empty,
    "minItems": _empty,
    "minProperties": _empty,
    "uniqueItems": _repeated,
    "minimum": _too_low,
}
