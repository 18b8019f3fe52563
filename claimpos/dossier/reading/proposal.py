"""A proposal's file: a text that assigns one outcome to each issue it speaks of."""

from __future__ import annotations

from collections.abc import Collection

from claimpos.dossier.model import Issue, Proposal, Source, Term
from claimpos.dossier.nodes import Map, Node, Seq
from claimpos.dossier.reading.brackets import BRACKETED, read_outcome
from claimpos.dossier.reading.form import (
    Misshapen,
    Reading,
    Register,
    distinct,
    fields,
    identifier,
    one_of,
    optional_text,
    text,
)
from claimpos.dossier.reading.outcome import read_named

STATUSES = ("official", "draft", "leaked", "reported", "bracketed", "compiled", "package")

_PUT_FORWARD_BY_NOBODY = ("compiled", "package")

_REQUIRED = frozenset({"proposal", "title", "date", "status", "terms"})
_FILE = _REQUIRED | {"source", "authors", "note"}
_TERM_REQUIRED = frozenset({"outcome", "summary"})
_TERM = _TERM_REQUIRED | {"locator"}


def read_proposal(
    node: Node,
    issues: Register[Issue],
    sources: Register[Source],
    parties: Collection[str],
    reading: Reading,
) -> Proposal | None:
    """The proposal; what its file holds wrongly is noted in `reading`. None if it is unreadable.

    `parties` are the ids of all that have a file, readable or not.
    """
    try:
        found = fields(node, _REQUIRED, _FILE)
        package = found["status"] == "package"
        if found["status"] not in _PUT_FORWARD_BY_NOBODY and "source" not in found:
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
            status=one_of(found["status"], STATUSES),
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
    proposal = identifier(found["proposal"])
    if proposal != reading.stem:
        message = f"the file is called {reading.stem}.yaml, but its proposal “{proposal}”"
        hint = f"rename the file to {proposal}.yaml, or correct the id"
        reading.fault("CP308", found.at("proposal"), message, hint)
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
    """One term, with brackets by authors among the parties.

    Of a package, without parties, it may list several outcomes, of which any will do.
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
    """Whether several outcomes are listed, for the whole issue or for one item."""
    if isinstance(outcome, Map) and BRACKETED not in outcome:
        return any(isinstance(member, Seq) for member in outcome.values())
    return isinstance(outcome, Seq)
