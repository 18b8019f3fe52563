"""Lines of a table: what each needs, what names its pieces, and which statements it cites."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from claimpos.importing.cells import FIELDS, SAYING
from claimpos.importing.draft import CitingKey, Draft, Piece, cited
from claimpos.importing.import_log import Skipped, shortened
from claimpos.importing.table import Line

Facts = dict[str, dict[str, Any]]
"""What a line says of each piece of a dossier; a piece's name is its `id`."""

STATED = frozenset({"statement", "summary", "quote"})
"""The fields that make a statement."""

CITED = STATED | {"evidence"}
"""The fields that a position may rest on."""

# What names a piece that has no name of its own in the table.
_NAMED_BY: Mapping[str, Sequence[str]] = {
    "group": ("title",),
    "source": ("title", "url"),
    "issue": (),
    "option": ("title",),
    "item": ("title",),
    "party": (),
    "speaker": ("name",),
    "offer": ("title",),
    "proposal": ("title",),
}


def name_pieces(facts: Facts) -> None:
    """Give a name to every piece that a line describes; raises Skipped if it has none."""
    for kind in _NAMED_BY:
        held = facts.get(kind)
        if held and "id" not in held:
            name = next((held[key] for key in _NAMED_BY[kind] if key in held), None)
            if name is None:
                what = f"an {kind}" if kind[0] in "io" else f"a {kind}"
                raise Skipped(f"it describes {what} without naming it; add a column “{kind}”")
            held["id"] = name


def check(line: Line, cells: Mapping[str, str]) -> None:
    """Raise Skipped unless a line has what its fields need; `cells` include those given."""
    own = line.cells.keys()
    pieces = {FIELDS[field].piece for field in own - {"since"}}
    if pieces & _ON_TEXTS.keys():
        _check_text(pieces, cells)
        return
    missing = [named for named in ("party", "issue") if named not in cells]
    if missing and "entry" in pieces:
        raise Skipped(f"the {missing[0]} is missing")
    if "party" in missing and pieces & {"statement", "speaker", "offer"}:
        raise Skipped("the party is missing")
    if "issue" in missing and ("evidence" in own or pieces & {"option", "item"}):
        raise Skipped("the issue is missing")
    stated = bool(own & CITED)
    if {"party", "issue"} <= own and not (SAYING & cells.keys() or stated):
        raise Skipped("no position, only a party and an issue")
    if own <= {"party", "since"} or ("statement" in pieces and not (SAYING & own or stated)):
        raise Skipped("nothing that a dossier can hold")
    if not missing and "since" not in cells:
        raise Skipped("the start date is missing; --set since=DATE sets one for all lines")


# What a line on an answer to a text, or on a term of one, has to have.
_ON_TEXTS = {
    "answer": ("party", "proposal", "since", "answer"),
    "term": ("proposal", "issue", "term", "term_summary"),
}


def _check_text(pieces: Collection[str], cells: Mapping[str, str]) -> None:
    """Raise Skipped unless a line on an answer, or on a term of a proposal, has what it needs."""
    for field in _ON_TEXTS["answer" if "answer" in pieces else "term"]:
        if field not in cells:
            raise Skipped(f"the {field} is missing")


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

    Raises Skipped if it uses its own statement in two ways.
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
        raise Skipped(
            "a statement used in two ways; of evidence_for, against and context, fill in one"
        )
    cited = {use: names for use, names in others.items() if names}
    return Uses(uses[0] if uses else "evidence", cited)


def check_uses(used: Collection[str], entry: Piece) -> None:
    """Raise Skipped if some evidence of a position is for one verb, and some for all of them."""
    for_a_verb = {use != "evidence" for use in used if use not in _ASIDE}
    if evidence := entry["evidence"]:
        for_a_verb.add(isinstance(evidence, dict))
    if len(for_a_verb) > 1:
        raise Skipped(
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
    near = draft.log.nearest(name, held)
    meant = f"; did you mean “{near[0]}”?" if near else ""
    return f"no line that was read has the statement “{shortened(name)}” of “{key.party}”{meant}"


def cite(entry: Piece, use: str, statements: Iterable[str]) -> None:
    """Let a position cite statements, each of them once."""
    if use in _ASIDE or use == "evidence":
        cited: list[str] = entry.setdefault(use, [])
    else:
        entry["evidence"] = entry["evidence"] or {}
        cited = entry["evidence"].setdefault(use, [])
    for name in statements:
        entry.cite(use, name, cited)
