"""Lines of a table on proposals and their terms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from claimpos.importing.draft import Draft, Piece, give
from claimpos.importing.import_log import LeftOut, Place

Facts = dict[str, dict[str, Any]]
"""What a line says of each piece of a dossier; a piece's name is its `id`."""


def add_term(draft: Draft, facts: Facts, place: Place) -> None:
    """Add what a line says of one issue in a proposal."""
    proposal, issue = facts["proposal"]["id"], facts["issue"]["id"]
    terms = draft.terms.setdefault(proposal, {})
    what = f"the term of “{proposal}” on “{issue}”"
    draft.state(terms.setdefault(issue, Piece(place)), what, facts["term"], place)


def complete_proposals(draft: Draft) -> None:
    """Give each proposal a title, and what is given for all of them."""
    for proposal, piece in draft.proposals.items():
        piece.setdefault("title", draft.names("proposal").first[proposal][0])
        give(piece, draft.given.get("proposal", {}), draft.given.get("proposal", ()))


def complete_terms(draft: Draft, issue: str, named: Callable[[Any, Place], Any]) -> None:
    """Put ids for names into what proposals say on an issue; what it cannot have is skipped."""
    for terms in draft.terms.values():
        if (term := terms.get(issue)) is None or not _is_plain(term["outcome"]):
            continue
        try:
            term["outcome"] = named(term["outcome"], term.place)
        except LeftOut as why:
            draft.account.leave_out(term.place, str(why))
            del terms[issue]


def _is_plain(outcome: Any) -> bool:
    """Whether an outcome has no brackets, which a table holds as a file does."""
    if not isinstance(outcome, Mapping):
        return True
    return "bracketed" not in outcome and not any(
        isinstance(one, Mapping) for one in outcome.values()
    )
