"""What an issue presupposes: `issue`, `issue.item`, `issue=option` or `issue.item=option`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimpos.dossier.findings import Span
from claimpos.dossier.model import Issue, Presupposed
from claimpos.dossier.nodes import Map
from claimpos.dossier.reading.form import (
    Misshapen,
    Reading,
    Register,
    distinct,
    sequence,
)

_ID = "[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
_FORM = re.compile(rf"(?P<issue>{_ID})(\.(?P<item>{_ID}))?(=(?P<option>{_ID}))?\Z")


def read_presupposed(found: Map) -> tuple[Presupposed, ...]:
    """What an issue presupposes, as written.

    Raises Misshapen for what has another form.
    """
    return tuple(map(_read, distinct(found, "presupposes")))


def _read(written: str) -> Presupposed:
    match = _FORM.match(written)
    if match is None:
        raise Misshapen
    return Presupposed(match["issue"], match["item"], match["option"])


def check_presupposed(holder: Map, issues: Register[Issue], reading: Reading) -> None:
    """Report what the issues of the agenda presuppose that the agenda does not have."""
    for key, issue in issues.items():
        found = holder[key]
        if issue.presupposes and isinstance(found, Map):
            listed = sequence(found["presupposes"])
            for at, one in enumerate(issue.presupposes):
                _check(one, listed.at(at), issues, reading)


def _check(one: Presupposed, span: Span, issues: Register[Issue], reading: Reading) -> None:
    if one.issue not in issues:
        if issues.lacks(one.issue):
            reading.unknown("CP301", span, "issue", one.issue, issues)
        return
    issue = issues[one.issue]
    for code, what, name, known in _named(one, issue):
        if name not in known:
            reading.unknown(code, span, what, name, known)


def _named(one: Presupposed, issue: Issue) -> Iterator[tuple[str, str, str, list[str]]]:
    if one.item is not None:
        yield "CP303", "item", one.item, list(issue.items)
    if one.option is not None:
        yield "CP302", "option", one.option, list(issue.options)
