"""What an edit of a dossier's files changes besides positions: under the same id, another meaning.

A position refers to options, issues, parties, statements and texts by their ids. If a label, a
question, a rule or a date is edited, no entry differs, but what it says does. Therefore both
versions become trees of plain values, and every place in which these differ is told. Positions are
left out, because they are compared by themselves.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import groupby
from typing import Any, Literal, NamedTuple

from claimpos.dossier.model import Cell, Dossier, Entry, PartialDate, Presupposed
from claimpos.dossier.outcomes import Number, Range

Value = str | bool | Number | PartialDate | tuple[str, ...] | tuple[Range, ...]
"""A value of a tree; no value is None, and empty texts and lists are none."""

_POSITIONS = "positions"
_ON_CODING = {"coder", "reviewed"}


class Redefinition(NamedTuple):
    """A place in which two versions of a dossier differ.

    Attributes:
        place: Names of keys and ids, from the outside in: issues, pay-rise, options, seven.
        kind: What was added or removed is something that has an id of its own.
        was: The value before; None if there was none, or if it was no single value.
        now: The value afterwards, likewise. Both are the same for a review of what was edited.
    """

    place: tuple[str, ...]
    kind: Literal["edited", "added", "removed"]
    was: Value | None = None
    now: Value | None = None


class _ByKey(dict[str, "_Tree"]):
    """A tree whose branches have ids, or numbers: each can be added or removed."""


_Tree = dict[str, Any] | Value | None


def redefinitions(old: Dossier, new: Dossier) -> tuple[Redefinition, ...]:
    """Where two versions differ, in the order of the model; positions are not looked at.

    Ids that were renamed are the new ones in both. After the edits of a statement, the day of its
    review is given, if that was not edited, too.
    """
    found: list[Redefinition] = []
    for place, some in groupby(_differences((), _record(old), _record(new)), _statement):
        edits = [*some]
        found += edits
        if place and {edit.place[len(place)] for edit in edits if edit.place != place} - _ON_CODING:
            found += _outlived(old, new, place)
    return tuple(found)


def _statement(edit: Redefinition) -> tuple[str, ...]:
    """The place of the statement within which an edit is; empty for others."""
    of_one = edit.place[0] == "parties" and edit.place[2:3] == ("statements",)
    return edit.place[:4] if of_one and len(edit.place) > 4 else ()


def _outlived(old: Dossier, new: Dossier, place: tuple[str, ...]) -> Iterator[Redefinition]:
    """The day of a statement's review, if both versions have the same one."""
    _, party, _, statement = place
    before, after = (one.parties[party].statements[statement].reviewed for one in (old, new))
    if before is not None and before == after:
        yield Redefinition((*place, "reviewed", "on"), "edited", before.on, after.on)


def edited_keys(old: Entry, new: Entry) -> list[str]:
    """The keys under which two entries, or the parts of two, differ.

    A statement that says something else under the same id is no such difference.
    """
    parts = [*zip(old.pieces(), new.pieces(), strict=False)]
    found = {one.place[0] for pair in parts for one in _differences((), *map(_record, pair))}
    return [key for key in map(_named, Entry._fields) if key in found]


def _differences(place: tuple[str, ...], old: _Tree, new: _Tree) -> Iterator[Redefinition]:
    if old == new:
        return
    before, after = (one if isinstance(one, dict) else {} for one in (old, new))
    was, now = (None if isinstance(one, dict) else one for one in (old, new))
    if was != now:
        yield Redefinition(place, "edited", was, now)
    by_key = isinstance(old, _ByKey) or isinstance(new, _ByKey)
    for key in {**before, **after}:
        pair = before.get(key), after.get(key)
        if by_key and None in pair:
            values = (None if isinstance(one, dict) else one for one in pair)
            yield Redefinition((*place, key), "removed" if pair[1] is None else "added", *values)
        else:
            yield from _differences((*place, key), *pair)


def _record(record: Any) -> dict[str, Any]:
    """The fields of a named tuple as branches, without its own id and what is as by default."""
    defaults = record._field_defaults
    return {
        _named(field): _tree(value)
        for field, value in zip(record._fields, record, strict=True)
        if field not in ("id", _POSITIONS) and value != defaults.get(field, "")
    }


def _named(field: str) -> str:
    return field.replace("_", "-")


def _tree(value: Any) -> _Tree:
    match value:
        case PartialDate():
            return value
        case Cell() | Presupposed():
            return value.written
        case Fraction():
            return str(value) if value.denominator > 1 else value.numerator
        case Mapping():
            return _ByKey((_key(key), _member(one)) for key, one in value.items())
        case frozenset():
            return tuple(sorted(value))
        case tuple() if hasattr(value, "_fields"):
            # What has an id is described where it belongs, and named elsewhere.
            return str(value.id) if hasattr(value, "id") else _record(value)
        case tuple():
            return _sequence(value)
    return None if value == "" else value


def _key(key: Any) -> str:
    return key.written if isinstance(key, Cell) else str(key)


def _member(value: Any) -> _Tree:
    """The tree of what a mapping holds by its id."""
    return _record(value) if hasattr(value, "id") else _tree(value)


def _sequence(values: tuple[Any, ...]) -> _Tree:
    """A tuple as a value if its members are names or ranges; else its members by their numbers.

    Pairs are a mapping.
    """
    if all(isinstance(one, Range) for one in values):
        return values
    if all(type(one) is tuple and len(one) == 2 for one in values):
        return _tree(dict(values))
    members = [_tree(one) for one in values]
    if any(isinstance(one, dict) for one in members):
        return _ByKey((str(number), one) for number, one in enumerate(members, start=1))
    return tuple(map(str, members))
