"""agenda.yaml: the issues on the table, their kinds and possible outcomes."""

from __future__ import annotations

from typing import NamedTuple, get_args

from claimpos.dossier.model import Issue, Kind
from claimpos.dossier.nodes import Map, Node
from claimpos.dossier.outcomes import is_empty
from claimpos.dossier.reading.form import (
    Misshapen,
    Reading,
    Register,
    fields,
    flag,
    identifier,
    mapping,
    number,
    one_of,
    optional_text,
    text,
)

_AGENDA = frozenset({"title", "groups", "issues"})
_REQUIRED = frozenset({"title", "question", "group", "kind"})
_COMMON = _REQUIRED | {"note"}
_NEEDS: dict[str, frozenset[str]] = {
    "choice": frozenset({"options"}),
    "items": frozenset({"items", "options"}),
    "quantity": frozenset({"unit"}),
}
_MAY_HAVE = {"quantity": frozenset({"integer", "minimum", "maximum"})}


class Agenda(NamedTuple):
    """What agenda.yaml says."""

    title: str = ""
    groups: Register[str] = Register()
    issues: Register[Issue] = Register()


def read_agenda(node: Node, reading: Reading) -> Agenda:
    """The agenda; what it holds wrongly is noted in `reading`."""
    try:
        found = fields(node, _AGENDA, _AGENDA)
        groups = reading.each(found["groups"], reading.title, at_least=1)
        issues = reading.each(
            found["issues"], lambda at, key: _issue(at, key, groups, reading), at_least=1
        )
        return Agenda(reading.title(found, "title"), groups, issues)
    except Misshapen:
        reading.misshapen = True
        return Agenda()


def _titles(node: Node, at_least: int, reading: Reading) -> dict[str, str]:
    """Titles by id, empty where unreadable: a position that names such an id is not at fault."""
    titles = reading.each(node, reading.title, at_least)
    return {key: titles.get(key, "") for key in mapping(node)}


def _issue(holder: Map, key: str, groups: Register[str], reading: Reading) -> Issue:
    found = mapping(holder[key])
    if "kind" not in found:
        raise Misshapen
    kind: Kind = one_of(found["kind"], get_args(Kind))  # type: ignore[assignment]
    needs = _NEEDS[kind]
    fields(found, _REQUIRED | needs, _COMMON | needs | _MAY_HAVE.get(kind, frozenset()))
    group = identifier(found["group"])
    if groups.lacks(group):
        reading.unknown("CP307", found.at("group"), "group", group, groups)
    issue = Issue(
        id=key,
        title=reading.title(found, "title"),
        question=text(found["question"]),
        group=group,
        kind=kind,
        options=_titles(found["options"], 2, reading) if "options" in found else {},
        items=_titles(found["items"], 1, reading) if "items" in found else {},
        unit=reading.optional_title(found, "unit"),
        integer=flag(found, "integer"),
        minimum=number(found["minimum"]) if "minimum" in found else None,
        maximum=number(found["maximum"]) if "maximum" in found else None,
        note=optional_text(found, "note"),
    )
    _check_bounds(issue, found, reading)
    return issue


def _check_bounds(issue: Issue, found: Map, reading: Reading) -> None:
    for key, bound in (("minimum", issue.minimum), ("maximum", issue.maximum)):
        if issue.integer and bound is not None and not isinstance(bound, int):
            message = f"{key} must be a whole number, since the issue counts in integers"
            reading.fault("CP403", found.at(key), message, "round it, or drop `integer`")
    if is_empty(issue.domain):
        message = "the minimum is above the maximum: no value is left"
        reading.fault("CP403", found.at("minimum"), message, "exchange the two")
