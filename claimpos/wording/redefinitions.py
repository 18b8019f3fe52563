"""Where an edit of the files changed something besides positions, and what it says now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from claimpos.comparison.redefinitions import Redefinition, Value
from claimpos.dossier.model import Issue, PartialDate
from claimpos.dossier.outcomes import Range
from claimpos.wording.dossier_texts import capital, label
from claimpos.wording.names import joined, written_date, written_number, written_range

# What stands before an id, by the name of the key or the field that holds it.
_KINDS: Mapping[str, str] = {
    "groups": "group",
    "issues": "issue",
    "options": "option",
    "items": "item",
    "option-texts": "text of option",
    "options-formerly": "former ids of option",
    "items-formerly": "former ids of item",
    "weights": "weight of",
    "parts": "part",
    "sources": "source",
    "no-position": "no position:",
    "parties": "party",
    "statements": "statement",
    "speakers": "speaker",
    "offers": "offer",
    "answers": "answer to",
    "points": "points on",
    "proposals": "text",
    "terms": "term on",
    "outcomes": "outcome on",
    "bracketed": "bracketed alternatives on",
}
_FIELDS: Mapping[str, str] = {
    "origin": "",
    "decides": "decision rule",
    "no-agreement": "options with no-agreement",
    "abstentions": "options that are an abstention",
    "excepted": "except",
}
_WITH_WORDS = "no-position"  # whose keys are free texts, not ids
_ID = 1  # where in a place the first id is
_NO_BOUNDS = Issue("", "", "", "", "quantity")


def redefined_rows(changes: Iterable[Redefinition]) -> Iterator[tuple[str, str, str]]:
    """For each edit where it is, what stood there and what stands there now.

    Alike edits of several issues, parties and so on are folded into one, and so is whatever was
    added or removed in one place.
    """
    alike: dict[tuple[object, ...], list[tuple[int, Redefinition]]] = {}
    for change in changes:
        last = len(change.place) - 1
        at = min(_ID, last) if change.kind == "edited" else last
        rest = change.place[:at], change.place[at + 1 :]
        alike.setdefault((*rest, *change[1:]), []).append((at, change))
    for found in alike.values():
        at, change = found[0]
        ids = joined(one.place[at] for _, one in found)
        place = (*change.place[:at], ids, *change.place[at + 1 :])
        yield where_in_words(place), *sides_in_words(change)


def where_in_words(place: Sequence[str]) -> str:
    """A place in the files: Issue pay-rise: option seven; Party port: short; Agenda: title."""
    parts = [] if place[0] in _KINDS else ["agenda"]
    names = iter(place)
    for name in names:
        if name in _KINDS and (key := next(names, None)) is not None:
            parts.append(f"{_KINDS[name]} {label(key) if name == _WITH_WORDS else key}")
        else:
            parts.append(_FIELDS.get(name, name))
    return capital(": ".join(filter(None, parts)))


def sides_in_words(change: Redefinition) -> tuple[str, str]:
    """What stood in a place before, and what stands there now."""
    if (change.was, change.now) == (None, None):
        return ("none", "new") if change.kind == "added" else ("present", "removed")
    if change.was == change.now:
        return _in_words(change.was), "unchanged, before this edit"
    is_flag = isinstance(change.was, bool) or isinstance(change.now, bool)
    was, now = (False if one is None and is_flag else one for one in (change.was, change.now))
    return _in_words(was), _in_words(now)


def _in_words(value: Value | None) -> str:
    match value:
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
        case PartialDate():
            return written_date(value)
        case str():
            return label(" ".join(value.split()))
        case tuple():
            return joined(map(_one_of, value))
    return written_number(value)


def _one_of(value: Any) -> str:
    return written_range(value, _NO_BOUNDS) if isinstance(value, Range) else label(value)
