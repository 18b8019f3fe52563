"""What a line of a table says of its statement: evidence, for a verb or all, or something aside.

A line may also name statements of other lines: as evidence, or as something aside.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from claimpos.importing.draft import CitingKey, Draft, Piece, cited
from claimpos.importing.import_log import LeftOut, shortened

_ASIDE = ("against", "context")


class Uses(NamedTuple):
    """How a position uses statements.

    Attributes:
        own: What it cites the line's own statement as: evidence, a verb, or something aside.
        others: The names of statements of other lines, by what it cites them as.
    """

    own: str
    others: dict[str, list[str]]


def uses_in(statement: dict[str, Any]) -> Uses:
    """What a line says of the use of statements; takes it out of the facts on its own statement.

    Raises LeftOut if it uses its own statement in two ways.
    """
    verb = statement.pop("evidence-for", "")
    evidence = statement.pop("evidence", [])
    others = evidence if isinstance(evidence, dict) else {"evidence": evidence}
    uses = [verb] if verb else []
    for key in _ASIDE:
        use = statement.pop(key, False)
        if use is True:
            uses.append(key)
        elif use:
            others[key] = use
    if len(uses) > 1:
        raise LeftOut(
            "it uses a statement in two ways; of evidence_for, against, context, fill one"
        )
    cited = {use: names for use, names in others.items() if names}
    return Uses(uses[0] if uses else "evidence", cited)


def check_uses(used: Collection[str], entry: Piece) -> None:
    """Raise LeftOut if some evidence of a position is for one verb, and some for all of them."""
    for_a_verb = {use != "evidence" for use in used if use not in _ASIDE}
    if evidence := entry["evidence"]:
        for_a_verb.add(isinstance(evidence, dict))
    if len(for_a_verb) > 1:
        raise LeftOut(
            "the evidence is for a verb on some lines of the position and for all of it on "
            f"others, such as {entry.place}; name verbs on all of them or none"
        )


def check_cited(draft: Draft) -> None:
    """Skip positions and answers that name statements which no line has, and log why."""
    draft.drop({key: why for key, piece in draft.citing() if (why := _lacks(draft, key, piece))})


def _lacks(draft: Draft, key: CitingKey, piece: Piece) -> str:
    held = draft.statements.get(key.party, {})
    name = next((name for name in cited(piece) if name not in held), None)
    if name is None:
        return ""
    near = draft.account.nearest(name, held)
    meant = f"; did you mean “{near[0]}”?" if near else ""
    return f"no line that was read has the statement “{shortened(name)}” of “{key.party}”{meant}"


def cite(entry: Piece, use: str, statements: Iterable[str]) -> None:
    """Let a position cite statements, each of them once."""
    if use in _ASIDE or use == "evidence":
        cited: list[str] = entry.setdefault(use, [])
    else:
        entry["evidence"] = entry["evidence"] or {}
        cited = entry["evidence"].setdefault(use, [])
    held = {*cited}
    cited += [name for name in dict.fromkeys(statements) if name not in held]
