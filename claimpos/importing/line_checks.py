"""What a line of a table needs, and what names the pieces that it describes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from claimpos.importing.cells import FIELDS, SAYING
from claimpos.importing.import_log import LeftOut
from claimpos.importing.table import Line
from claimpos.importing.text_lines import Facts

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
    """Give a name to every piece that a line describes; raises LeftOut if it has none."""
    for kind in _NAMED_BY:
        held = facts.get(kind)
        if held and "id" not in held:
            name = next((held[key] for key in _NAMED_BY[kind] if key in held), None)
            if name is None:
                what = f"an {kind}" if kind[0] in "io" else f"a {kind}"
                raise LeftOut(f"it describes {what} without naming it; add a column “{kind}”")
            held["id"] = name


def check(line: Line, cells: Mapping[str, str]) -> None:
    """Raise LeftOut unless a line has what its fields need; `cells` include those given."""
    own = line.cells.keys()
    if "answer" in own or "term" in own:
        _check_text(own, cells)
        return
    pieces = {FIELDS[field].piece for field in own - {"since"}}
    missing = [named for named in ("party", "issue") if named not in cells]
    if missing and "entry" in pieces:
        raise LeftOut(f"the {missing[0]} is missing")
    if "party" in missing and pieces & {"statement", "speaker", "offer"}:
        raise LeftOut("the party is missing")
    if "issue" in missing and ("evidence" in own or pieces & {"option", "item"}):
        raise LeftOut("the issue is missing")
    stated = bool(own & CITED)
    if {"party", "issue"} <= own and not (SAYING & cells.keys() or stated):
        raise LeftOut("it names a party and an issue, but no position")
    if own <= {"party", "since"} or ("statement" in pieces and not (SAYING & own or stated)):
        raise LeftOut("it contains nothing that a dossier can hold")
    if not missing and "since" not in cells:
        raise LeftOut("the start date is missing; --set since=DATE sets one for all lines")


def _check_text(own: Collection[str], cells: Mapping[str, str]) -> None:
    """Raise LeftOut unless a line on an answer, or on a term of a proposal, has what it needs."""
    needed = ("party", "proposal", "since") if "answer" in own else ("proposal", "issue")
    for field in needed:
        if field not in cells:
            raise LeftOut(f"the {field} is missing")
    if "term" in own and "term_summary" not in cells:
        raise LeftOut("the term_summary is missing")
