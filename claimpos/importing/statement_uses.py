"""What a line of a table says of its statement: evidence, for a verb or all, or something aside."""

from __future__ import annotations

from typing import Any

from claimpos.importing.draft import Piece
from claimpos.importing.import_log import LeftOut

_ASIDE = ("against", "context")


def use_of(statement: dict[str, Any]) -> str:
    """What a position cites the statement of a line as; a verb, where it is evidence for that one.

    Takes what says so out of the facts. Raises LeftOut if they say two things.
    """
    verb = statement.pop("evidence-for", "")
    uses = [*([verb] if verb else []), *(one for one in _ASIDE if statement.pop(one, False))]
    if len(uses) > 1:
        raise LeftOut(
            "it uses a statement in two ways; of evidence_for, against, context, fill one"
        )
    return uses[0] if uses else "evidence"


def check_use(use: str, entry: Piece) -> None:
    """Raise LeftOut if some evidence of a position is for one verb, and some for all of them."""
    evidence = entry["evidence"]
    if use not in _ASIDE and evidence and isinstance(evidence, dict) == (use == "evidence"):
        raise LeftOut(
            f"evidence_for is filled on some lines of the position and empty on others, such as "
            f"{entry.place}; fill it on all of them or none"
        )


def cited_as(use: str, entry: Piece) -> list[str]:
    """The list of a position's statements that one of this use belongs to."""
    if use in _ASIDE or use == "evidence":
        cited: list[str] = entry.setdefault(use, [])
        return cited
    entry["evidence"] = entry["evidence"] or {}
    behind: list[str] = entry["evidence"].setdefault(use, [])
    return behind
