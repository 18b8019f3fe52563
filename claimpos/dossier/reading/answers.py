"""Reads what a party's file holds besides entries: answers to texts, and points."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from decimal import Decimal
from typing import get_args

from claimpos.dossier.findings import Span
from claimpos.dossier.limits import MAX_DIGITS
from claimpos.dossier.model import Answer, Cell, Issue, Points, Says, Statement, Worth
from claimpos.dossier.nodes import Map, Node, Seq
from claimpos.dossier.outcomes import Number
from claimpos.dossier.reading.consistency import check_dates
from claimpos.dossier.reading.form import (
    Misshapen,
    Reading,
    Register,
    distinct,
    fields,
    identifier,
    mapping,
    number,
    one_of,
    optional_text,
    sequence,
)
from claimpos.dossier.reading.outcome import misfit

SAYS: tuple[Says, ...] = get_args(Says)

_REQUIRED = frozenset({"since", "says", "evidence"})
_ANSWER = _REQUIRED | {"until", "subject-to", "except", "note"}
_OF_A_YES = ("except", "subject-to")

_PLACE = r"[^.]+(?:\.[^.]+)?\Z"

Cited = Callable[[Map], tuple[Statement, ...]]
"""Reads the statements that a map cites as its evidence."""


def read_answers(
    holder: Map,
    text: str,
    texts: Collection[str],
    issues: Register[Issue],
    cited: Cited,
    reading: Reading,
) -> tuple[Answer, ...]:
    """The answers to one text, in the order of their dates; `texts` are the ids of all texts."""
    listed = sequence(holder[text])
    if text not in texts:
        reading.unknown("CP315", holder.key_at(text), "proposal", text, texts)
    answers: list[Answer] = []
    for node in listed:
        try:
            answers.append(_answer(node, text, issues, cited, reading))
        except Misshapen:
            reading.misshapen = True
    if len(listed) > 1:
        check_dates(answers, listed, reading)
        answers.sort(key=lambda answer: answer.since.first)
    return tuple(answers)


def _answer(
    node: Node, text: str, issues: Register[Issue], cited: Cited, reading: Reading
) -> Answer:
    found = fields(node, _REQUIRED, _ANSWER)
    says: Says = one_of(found["says"], SAYS)  # type: ignore[assignment]
    if says != "accepts" and not found.keys().isdisjoint(_OF_A_YES):
        raise Misshapen
    since = reading.date(found, "since")
    until = reading.date(found, "until") if "until" in found else None
    if until is not None and until.last < since.first:
        message = "the answer ends before it begins"
        reading.fault("CP406", found.at("until"), message, "correct `since` or `until`")
    return Answer(
        text=text,
        says=says,
        since=since,
        until=until,
        excepted=_excepted(found, issues, reading),
        subject_to=optional_text(found, "subject-to"),
        note=optional_text(found, "note"),
        evidence=cited(found),
    )


def _excepted(found: Map, issues: Register[Issue], reading: Reading) -> tuple[Cell, ...]:
    """The cells that an acceptance leaves out; an issue alone means all of its cells."""
    cells = []
    for index, name in enumerate(distinct(found, "except", _place)):
        listed = found["except"]
        assert isinstance(listed, Seq)
        issue_id, _, item = name.partition(".")
        issue = issues.get(issue_id)
        if issue is None:
            if issues.lacks(issue_id):
                reading.unknown_issue(listed.at(index), issue_id, issues)
            continue
        if item and item not in issue.items:
            what = f"item of “{issue.id}” called"
            reading.unknown("CP303", listed.at(index), what, item, issue.items)
            continue
        cells.append(Cell(issue_id, item or None))
    return tuple(cells)


def _place(node: Node) -> str:
    """An issue, or issue.item."""
    if not isinstance(node, str) or re.match(_PLACE, node) is None:
        raise Misshapen
    for part in node.split("."):
        identifier(part)
    return node


_NUMBER = rf"-?[0-9]{{1,{MAX_DIGITS}}}(\.[0-9]{{1,{MAX_DIGITS}}})?\Z"
_WORTH_REQUIRED = frozenset({"issues", "evidence"})
_WORTH = _WORTH_REQUIRED | {"at-least", "no-deal"}


def read_worth(
    node: Node,
    issues: Register[Issue],
    cited: Cited,
    reading: Reading,
) -> Worth:
    """The points, as far as they can be read; raises Misshapen if they have another form."""
    found = fields(node, _WORTH_REQUIRED, _WORTH)
    scored = mapping(found["issues"])
    if not scored:
        raise Misshapen
    points: dict[Cell, Points] = {}
    for key in scored:
        issue = issues.get(key)
        if issue is not None:
            points.update(_of_issue(scored, key, issue, reading))
        elif issues.lacks(key):
            reading.unknown_issue(scored.key_at(key), key, issues)
    return Worth(
        points,
        cited(found),
        number(found["at-least"]) if "at-least" in found else None,
        number(found["no-deal"]) if "no-deal" in found else None,
    )


def _of_issue(
    holder: Map, key: str, issue: Issue, reading: Reading
) -> Iterator[tuple[Cell, Points]]:
    found = mapping(holder[key])
    if not found:
        raise Misshapen
    if issue.kind != "items":
        yield Cell(key), _points(found, holder.at(key), issue, reading)
        return
    for item in found:
        if item not in issue.items:
            reading.unknown("CP303", found.key_at(item), "item", item, issue.items)
            continue
        yield Cell(key, item), _points(mapping(found[item]), found.at(item), issue, reading)


def _points(found: Map, span: Span, issue: Issue, reading: Reading) -> Points:
    if issue.kind == "quantity":
        return tuple(sorted(_value(found, key, issue, reading) for key in found))
    for key in found:
        if key not in issue.options:
            reading.unknown("CP302", found.key_at(key), "option", key, issue.options)
    scored = {*found, *issue.abstentions}
    missing = [f"“{key}”" for key in issue.options if key not in scored]
    if missing:
        message = f"no points for {', '.join(missing[:3])}"
        reading.fault("CP434", span, message, "give every option its points, 0 if it has none")
    return {key: number(found[key]) for key in found if key in issue.options}


def _value(found: Map, key: str, issue: Issue, reading: Reading) -> tuple[Number, Number]:
    """A value of a quantity, and its points."""
    if re.match(_NUMBER, key) is None:
        message = f"“{key}” is no value of this quantity"
        reading.fault("CP434", found.key_at(key), message, "write a number, and its points: 5: 20")
        return 0, number(found[key])
    exact = Decimal(key)
    value = int(exact) if exact == exact.to_integral_value() else exact
    if (fault := misfit([value], issue)) is not None:
        reading.fault("CP403", found.key_at(key), *fault)
    return value, number(found[key])
