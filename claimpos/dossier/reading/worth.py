"""`worth` in a party's file: the points that it gives to outcomes itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from claimpos.dossier.findings import Span
from claimpos.dossier.limits import MAX_DIGITS
from claimpos.dossier.model import Cell, Issue, Points, Statement, Worth
from claimpos.dossier.nodes import Map, Node
from claimpos.dossier.outcomes import Number
from claimpos.dossier.reading.form import Misshapen, Reading, Register, fields, mapping, number
from claimpos.dossier.reading.outcome import misfit

_NUMBER = rf"-?[0-9]{{1,{MAX_DIGITS}}}(\.[0-9]{{1,{MAX_DIGITS}}})?\Z"
_REQUIRED = frozenset({"issues", "evidence"})
_WORTH = _REQUIRED | {"at-least", "no-deal"}


def read_worth(
    node: Node,
    issues: Register[Issue],
    cited: Callable[[Map], tuple[Statement, ...]],
    reading: Reading,
) -> Worth:
    """The points, as far as they can be read; `cited` reads the evidence.

    Raises Misshapen for what has another form.
    """
    found = fields(node, _REQUIRED, _WORTH)
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
    missing = [f"“{key}”" for key in issue.options if key not in {*found, *issue.abstentions}]
    if missing:
        message = f"no points for {', '.join(missing[:3])}"
        reading.fault("CP434", span, message, "give every option its points, 0 if it has none")
    return {key: number(found[key]) for key in found if key in issue.options}


def _value(found: Map, key: str, issue: Issue, reading: Reading) -> tuple[Number, Number]:
    """The value of a quantity and its points."""
    if re.match(_NUMBER, key) is None:
        message = f"“{key}” is no value of this quantity"
        reading.fault("CP434", found.key_at(key), message, "write a number, and its points: 5: 20")
        return 0, number(found[key])
    exact = Decimal(key)
    value = int(exact) if exact == exact.to_integral_value() else exact
    if (fault := misfit([value], issue)) is not None:
        reading.fault("CP403", found.key_at(key), *fault)
    return value, number(found[key])
