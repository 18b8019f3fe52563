"""agenda.yaml: the issues on the table, their kinds and possible outcomes."""

from __future__ import annotations

from typing import NamedTuple, get_args

from claimpos.dossier.model import QUOTE_WORDS, Issue, Kind, PartialDate
from claimpos.dossier.nodes import Map, Node
from claimpos.dossier.outcomes import is_empty
from claimpos.dossier.reading.form import (
    Misshapen,
    Reading,
    Register,
    distinct,
    fields,
    flag,
    identifier,
    mapping,
    number,
    one_of,
    optional_text,
    text,
)
from claimpos.dossier.reading.presuppositions import check_presupposed, read_presupposed

_AGENDA_REQUIRED = frozenset({"title", "groups", "issues"})
_AGENDA = _AGENDA_REQUIRED | {"closed", "quote-words", "single-undertaking"}
_REQUIRED = frozenset({"title", "question", "group", "kind"})
_COMMON = _REQUIRED | {"note", "formerly", "core", "presupposes", "text"}
_TITLED = frozenset({"title", "formerly"})
_OPTION = _TITLED | {"no-agreement", "text"}
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
    closed: PartialDate | None = None
    quote_words: int = QUOTE_WORDS
    single_undertaking: bool = False


def read_agenda(node: Node, reading: Reading) -> Agenda:
    """The agenda, as far as it can be read; what it holds wrongly is noted in `reading`."""
    groups: Register[str] = Register()
    issues: Register[Issue] = Register()
    try:
        found = fields(node, _AGENDA_REQUIRED, _AGENDA)
        groups = reading.each(found["groups"], reading.title, at_least=1)
        issues = reading.each(
            found["issues"], lambda at, key: _issue(at, key, groups, reading), at_least=1
        )
        closed = reading.date(found, "closed") if "closed" in found else None
        check_presupposed(mapping(found["issues"]), issues, reading)
        title, single = reading.title(found, "title"), flag(found, "single-undertaking")
        return Agenda(title, groups, issues, closed, _quote_words(found), single)
    except Misshapen:
        reading.misshapen = True
        return Agenda(groups=groups, issues=issues)


def _quote_words(found: Map) -> int:
    words = found.get("quote-words", QUOTE_WORDS)
    if not isinstance(words, int) or isinstance(words, bool) or words < 1:
        raise Misshapen
    return words


def _titled(holder: Map, key: str, reading: Reading, keys: frozenset[str]) -> str:
    """The title of an option or an item, which may stand beside other keys."""
    value = holder[key]
    if isinstance(value, Map):
        _formerly(fields(value, frozenset({"title"}), keys))
        flag(value, "no-agreement")
        optional_text(value, "text")
        return reading.title(value, "title")
    return reading.title(holder, key)


def _formerly(found: Map) -> tuple[str, ...]:
    return distinct(found, "formerly", identifier)


def _old_ids(node: Node) -> dict[str, tuple[str, ...]]:
    """The old ids of those options or items that have any."""
    values = mapping(node)
    return {
        key: old
        for key in values
        if isinstance(value := values[key], Map) and (old := _formerly(value))
    }


def _no_agreement(node: Node) -> frozenset[str]:
    """The options in which nothing is agreed yet."""
    values = mapping(node)
    return frozenset(
        key
        for key in values
        if isinstance(value := values[key], Map) and flag(value, "no-agreement")
    )


def _texts(node: Node) -> dict[str, str]:
    """The wordings of those options that have one."""
    values = mapping(node)
    return {
        key: wording
        for key in values
        if isinstance(value := values[key], Map) and (wording := optional_text(value, "text"))
    }


def _titles(
    node: Node, at_least: int, reading: Reading, keys: frozenset[str] = _TITLED
) -> dict[str, str]:
    """Titles by id, empty where unreadable: a position that names such an id is not at fault."""
    titles = reading.each(node, lambda at, key: _titled(at, key, reading, keys), at_least)
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
        options=_titles(found["options"], 2, reading, _OPTION) if "options" in found else {},
        items=_titles(found["items"], 1, reading) if "items" in found else {},
        unit=reading.optional_title(found, "unit"),
        integer=flag(found, "integer"),
        minimum=number(found["minimum"]) if "minimum" in found else None,
        maximum=number(found["maximum"]) if "maximum" in found else None,
        note=optional_text(found, "note"),
        formerly=_formerly(found),
        options_formerly=_old_ids(found["options"]) if "options" in found else {},
        items_formerly=_old_ids(found["items"]) if "items" in found else {},
        core=flag(found, "core"),
        no_agreement=_no_agreement(found["options"]) if "options" in found else frozenset(),
        presupposes=read_presupposed(found),
        text=optional_text(found, "text"),
        option_texts=_texts(found["options"]) if "options" in found else {},
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
