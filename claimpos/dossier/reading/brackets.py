"""The outcome of a proposal's term, which may hold bracketed alternatives."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from claimpos.dossier.model import NOTHING, Alternative, Cell, Issue, Named
from claimpos.dossier.nodes import Map, Node, Seq
from claimpos.dossier.outcomes import Outcomes
from claimpos.dossier.reading.form import Misshapen, Reading, distinct, fields, identifier, sequence
from claimpos.dossier.reading.outcome import form_of, read_items, read_named, targets_of, wrong_kind

BRACKETED = "bracketed"
NO_TEXT = "none"

_BRACKET = frozenset({BRACKETED})
_AUTHORED_REQUIRED = frozenset({"outcome"})
_AUTHORED = _AUTHORED_REQUIRED | {"by"}

Alternatives = tuple[Alternative, ...]
Brackets = Mapping[Cell, Alternatives]


def read_outcome(
    found: Map, issue: Issue | None, parties: Collection[str], reading: Reading
) -> tuple[Named, Brackets]:
    """The outcomes of a term by cell, and the alternatives of the cells that are bracketed."""
    node = found["outcome"]
    if not isinstance(node, Map) or not _holds_brackets(node):
        return read_named(found, "outcome", issue, reading), NOTHING
    if BRACKETED in node:
        if issue is not None and issue.kind == "items":
            wrong_kind(found.at("outcome"), issue, reading)
            issue = None
        alternatives = _alternatives(node, issue, parties, reading)
        return NOTHING, {Cell(issue.id): alternatives} if issue and alternatives else NOTHING
    return _by_item(found, node, issue, parties, reading)


def _holds_brackets(node: Map) -> bool:
    return BRACKETED in node or any(isinstance(value, Map) for value in node.values())


def _by_item(
    found: Map, node: Map, issue: Issue | None, parties: Collection[str], reading: Reading
) -> tuple[Named, Brackets]:
    """What stands under each item of an issue, of which some are bracketed."""
    if issue is not None and issue.kind != "items":
        wrong_kind(found.at("outcome"), issue, reading)
        issue = None
    decided = issue and issue._replace(kind="choice", items=NOTHING)
    brackets: dict[Cell, Alternatives] = {}
    for item, value in node.items():
        if item != "all":
            identifier(item)
        if not isinstance(value, Map):
            identifier(value)
            continue
        alternatives = _alternatives(value, decided, parties, reading)
        if issue is not None and alternatives:
            targets = targets_of(node, item, issue, reading)
            brackets |= {Cell(issue.id, target): alternatives for target in targets}
    if issue is None:
        return NOTHING, NOTHING
    plain = [item for item, value in node.items() if not isinstance(value, Map)]
    return read_items(node, plain, issue, reading), brackets


def _alternatives(
    node: Node, issue: Issue | None, parties: Collection[str], reading: Reading
) -> Alternatives:
    listed = sequence(fields(node, _BRACKET, _BRACKET)[BRACKETED])
    if len(listed) < 2:
        raise Misshapen
    read = [_alternative(listed, index, issue, parties, reading) for index in range(len(listed))]
    known: dict[Outcomes | None, None] = {}
    for index, alternative in enumerate(read):
        if alternative is not None and alternative.outcomes in known:
            message = "this alternative is listed twice"
            reading.fault("CP402", listed.at(index), message, "delete one of the two")
        elif alternative is not None:
            known[alternative.outcomes] = None
    return tuple(one for one in read if one is not None)


def _alternative(
    listed: Seq, index: int, issue: Issue | None, parties: Collection[str], reading: Reading
) -> Alternative | None:
    """One alternative, with its authors if they are named; None if it cannot be had."""
    member = listed[index]
    holder: Map | Seq = listed
    key: str | int = index
    by: tuple[str, ...] = ()
    if isinstance(member, Map) and "outcome" in member:
        holder, key = fields(member, _AUTHORED_REQUIRED, _AUTHORED), "outcome"
        by = _authors(holder, parties, reading)
        member = holder["outcome"]
    if member == NO_TEXT:
        return Alternative(None, by)
    if isinstance(member, Seq) or form_of(member) == "items":
        raise Misshapen
    named = read_named(holder, key, issue, reading)
    return next((Alternative(outcomes, by) for outcomes in named.values()), None)


def _authors(holder: Map, parties: Collection[str], reading: Reading) -> tuple[str, ...]:
    authors = distinct(holder, "by", identifier)
    for index, author in enumerate(authors):
        listed = holder["by"]
        if author not in parties and isinstance(listed, Seq):
            reading.unknown("CP311", listed.at(index), "party", author, parties)
    return authors
