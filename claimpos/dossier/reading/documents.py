"""Reads the sources in sources.yaml, and proposals, each of which has its own file."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from claimpos.dossier.looks import site_of
from claimpos.dossier.model import NOTHING, Alternative, Cell, Issue, Named, Proposal, Source, Term
from claimpos.dossier.nodes import Map, Node, Seq
from claimpos.dossier.outcomes import Outcomes
from claimpos.dossier.reading.form import (
    Misshapen,
    Reading,
    Register,
    distinct,
    fields,
    identifier,
    mapping,
    one_of,
    optional_text,
    sequence,
    text,
    texts,
)
from claimpos.dossier.reading.outcome import form_of, read_items, read_named, targets_of, wrong_kind

SOURCE_STATUSES = ("official", "draft", "leaked", "press")
TRANSLATIONS = ("none", "translated", "back-translated")

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
_MOST_PARAGRAPHS = 999_999
_SOURCES = frozenset({"sources"})
_SOURCE_REQUIRED = frozenset({"title", "publisher", "date", "status"})
_SOURCE = _SOURCE_REQUIRED | {
    *("authors", "url", "archived", "language", "translation", "note"),
    *("paragraphs", "no-position"),
}


def read_sources(node: Node, reading: Reading) -> Register[Source]:
    """The sources by id; errors are noted in `reading`."""
    try:
        found = fields(node, _SOURCES, _SOURCES)
        return reading.each(found["sources"], lambda at, key: _read_source(at, key, reading))
    except Misshapen:
        reading.misshapen = True
        return Register()


def _address(found: Map, key: str) -> str:
    written = optional_text(found, key)
    if written and not site_of(written):
        raise Misshapen
    return written


def _read_source(holder: Map, key: str, reading: Reading) -> Source:
    found = fields(holder[key], _SOURCE_REQUIRED, _SOURCE)
    translation = one_of(found["translation"], TRANSLATIONS) if "translation" in found else ""
    return Source(
        id=key,
        title=reading.title(found, "title"),
        publisher=reading.title(found, "publisher"),
        date=reading.date(found, "date"),
        status=one_of(found["status"], SOURCE_STATUSES),
        authors=texts(found, "authors"),
        url=_address(found, "url"),
        language=optional_text(found, "language", _LANGUAGE),
        translation=translation,
        note=optional_text(found, "note"),
        archived=_address(found, "archived"),
        paragraphs=_paragraph(found["paragraphs"]) if "paragraphs" in found else 0,
        no_position=_no_position(found, reading) if "no-position" in found else (),
    )


def _paragraph(node: Node) -> int:
    """A number of a paragraph, or of paragraphs."""
    if not isinstance(node, int) or isinstance(node, bool) or not 1 <= node <= _MOST_PARAGRAPHS:
        raise Misshapen
    return node


def _no_position(found: Map, reading: Reading) -> tuple[tuple[str, tuple[int, ...]], ...]:
    by_reason = mapping(found["no-position"])
    marked = []
    for reason in by_reason:
        written = text(reason)
        reading.check_length(by_reason.key_at, reason, reason, "a reason")
        numbers = tuple(map(_paragraph, sequence(by_reason[reason])))
        if len(set(numbers)) < len(numbers):
            raise Misshapen
        marked.append((written, numbers))
    return tuple(marked)


PROPOSAL_STATUSES = ("official", "draft", "leaked", "reported", "bracketed", "compiled", "package")

PUT_FORWARD_BY_NOBODY = ("compiled", "package")

_REQUIRED = frozenset({"proposal", "title", "date", "status", "terms"})
_PROPOSAL = _REQUIRED | {"source", "authors", "note"}
_TERM_REQUIRED = frozenset({"outcome", "summary"})
_TERM = _TERM_REQUIRED | {"locator"}

BRACKETED = "bracketed"
NO_TEXT = "none"

_BRACKET = frozenset({BRACKETED})
_AUTHORED_REQUIRED = frozenset({"outcome"})
_AUTHORED = _AUTHORED_REQUIRED | {"by"}

Alternatives = tuple[Alternative, ...]
Brackets = Mapping[Cell, Alternatives]


def read_proposal(
    node: Node,
    issues: Register[Issue],
    sources: Register[Source],
    parties: Collection[str],
    reading: Reading,
) -> Proposal | None:
    """The proposal, or None if it is unreadable; errors are noted in `reading`.

    `parties` are the ids of all parties that have a file, readable or not.
    """
    try:
        found = fields(node, _REQUIRED, _PROPOSAL)
        package = found["status"] == "package"
        by_nobody = found["status"] in PUT_FORWARD_BY_NOBODY
        if "authors" in found if by_nobody else "source" not in found:
            raise Misshapen
        _check_references(found, sources, parties, reading)
        terms = reading.each(
            found["terms"],
            lambda at, key: _term(at, key, issues, None if package else parties, reading),
            at_least=1,
        )
        proposal = Proposal(
            id=identifier(found["proposal"]),
            title=reading.title(found, "title"),
            date=reading.date(found, "date"),
            status=one_of(found["status"], PROPOSAL_STATUSES),
            source=sources.get(identifier(found["source"])) if "source" in found else None,
            authors=distinct(found, "authors", identifier),
            note=optional_text(found, "note"),
            terms=dict(terms),
        )
    except Misshapen:
        reading.misshapen = True
        return None
    return proposal


def _check_references(
    found: Map,
    sources: Register[Source],
    parties: Collection[str],
    reading: Reading,
) -> None:
    reading.check_stem(found, "proposal")
    if "source" in found and sources.lacks(source := identifier(found["source"])):
        reading.unknown("CP304", found.at("source"), "source", source, sources)
    authors = found.get("authors")
    for index, author in enumerate(distinct(found, "authors", identifier)):
        if author not in parties and isinstance(authors, Seq):
            reading.unknown("CP311", authors.at(index), "party", author, parties)


def _term(
    holder: Map,
    key: str,
    issues: Register[Issue],
    parties: Collection[str] | None,
    reading: Reading,
) -> Term:
    """One term of a proposal.

    `parties` are those that may be authors of brackets. A package has none; its terms may list
    several outcomes instead, any of which will do.
    """
    found = fields(holder[key], _TERM_REQUIRED, _TERM)
    summary, locator = text(found["summary"]), optional_text(found, "locator")
    if issues.lacks(key):
        reading.unknown_issue(holder.key_at(key), key, issues)
    issue = issues.get(key)
    if parties is None:
        return Term(read_named(found, "outcome", issue, reading), summary, locator)
    if _is_list(found["outcome"]):
        raise Misshapen
    named, bracketed = read_outcome(found, issue, parties, reading)
    return Term(named, summary, locator, bracketed)


def _is_list(outcome: Node) -> bool:
    """Whether a list of outcomes is given, for the whole issue or for an item."""
    if isinstance(outcome, Map) and BRACKETED not in outcome:
        return any(isinstance(member, Seq) for member in outcome.values())
    return isinstance(outcome, Seq)


def read_outcome(
    found: Map, issue: Issue | None, parties: Collection[str], reading: Reading
) -> tuple[Named, Brackets]:
    """The outcomes of a term by cell, and the alternatives of cells in brackets."""
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
    """The outcomes of a term by item, some of them in brackets."""
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
    """One alternative, with its authors if they are named; None if it cannot be read."""
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
