"""What one line of a table says, read cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from claimpos.dossier.limits import how_to_raise, limit
from claimpos.errors import WrongUsage
from claimpos.importing.cells import read_outcome
from claimpos.importing.columns import Line
from claimpos.importing.dates import Order, read_date
from claimpos.importing.fields import DATES, FIELDS, LISTS, SAYING, STANCE, VERBS
from claimpos.importing.import_log import Account, LeftOut, Place
from claimpos.importing.stance_words import Vocabulary, stance_of

Facts = dict[str, dict[str, Any]]
"""What a line says, by the piece of a dossier it says it of; the piece's name is its `id`."""

STATED = frozenset({"statement", "summary", "quote"})
"""The fields that make a statement."""

# What names a piece that has no name of its own in the table.
_NAMED_BY = {"source": ("title", "url"), "group": ("title",), "speaker": ("name",)}


class FactReader:
    """Reads cells; `vocabulary` says what stances stand for, `order` how a date is written."""

    def __init__(self, vocabulary: Vocabulary, order: Order | None, account: Account) -> None:
        self.vocabulary = vocabulary
        self.order = order
        self.account = account
        self._members = 0

    def read(self, cells: Mapping[str, str], place: Place) -> Facts:
        """The facts in some cells.

        Raises LeftOut for a cell that cannot be read, and WrongUsage where the lists of all cells
        have more members than the limit allows.
        """
        facts: Facts = {}
        for field, cell in cells.items():
            piece, key, read = FIELDS[field]
            if field in LISTS:
                self._count(cell)
            held = facts.setdefault(piece, {})
            if field in DATES:
                held[key] = self._date(cell, place)
            elif field == STANCE:
                self._stance(cell, held)
            else:
                held[key] = read_outcome(cell) if field in VERBS else read(cell)
        _put_by_item(facts.get("entry", {}))
        return facts

    def _count(self, cell: str) -> None:
        self._members += 1 + cell.count(",") + cell.count(";")
        if self._members > limit("table-members"):
            most = f"{limit('table-members'):,}"
            remedy = how_to_raise("table-members")
            raise WrongUsage(f"the lists in the cells have more than {most} members; {remedy}")

    def _date(self, cell: str, place: Place) -> str:
        found = read_date(cell, self.order)
        if found != cell:
            self.account.remark(place, f"the date “{cell}” is read as {found}")
        return found

    def _stance(self, word: str, entry: dict[str, Any]) -> None:
        verb, outcome, priority = stance_of(word, self.vocabulary)
        if verb in entry:
            raise LeftOut(f"it says {verb} twice, once as “{word}”")
        entry[verb] = outcome or word
        if priority:
            entry["priority"] = priority


def _put_by_item(entry: dict[str, Any]) -> None:
    item = entry.pop("item", None)
    for verb in VERBS:
        if item is not None and verb in entry:
            entry[verb] = {item: entry[verb]}


def name_pieces(facts: Facts) -> None:
    """Give a name to every piece that a line tells of; raises LeftOut if it has none."""
    for kind in ("group", "source", "issue", "party", "speaker"):
        held = facts.get(kind)
        if held and "id" not in held:
            name = next((held[key] for key in _NAMED_BY.get(kind, ()) if key in held), None)
            if name is None:
                what = "an issue" if kind == "issue" else f"a {kind}"
                raise LeftOut(f"it tells of {what} that it does not name; a column {kind} would")
            held["id"] = name


def check(line: Line, cells: Mapping[str, str]) -> None:
    """Raise LeftOut unless all that a line says has its place; `cells` are its own and given."""
    own = line.cells.keys()
    pieces = {FIELDS[field].piece for field in own - {"since"}}
    missing = [named for named in ("party", "issue") if named not in cells]
    if missing and "entry" in pieces:
        raise LeftOut(f"it names no {missing[0]}")
    if "party" in missing and pieces & {"statement", "speaker"}:
        raise LeftOut("it names no party")
    stated = bool(own & STATED)
    if {"party", "issue"} <= own and not (SAYING & cells.keys() or stated):
        raise LeftOut("it says who and on what, and not what the position is")
    if own <= {"party", "since"} or ("statement" in pieces and not (SAYING & own or stated)):
        raise LeftOut("it says nothing that a dossier can hold")
    if not missing and "since" not in cells:
        raise LeftOut("it does not say since when; --set since=DATE gives one to all lines")
