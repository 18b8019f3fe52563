"""A dossier in the making: plain data as its files will hold it, each piece with its place."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from claimpos.importing.cells import shortened
from claimpos.importing.import_log import Account, LeftOut, Place
from claimpos.importing.names import Names

# No party's file may be called so: the first two are files of a dossier, the others devices of
# Windows whatever stands behind the point.
_NOT_OF_PARTIES = (
    *("agenda", "sources", "con", "prn", "aux", "nul"),
    *(f"{device}{number}" for device in ("com", "lpt") for number in range(1, 10)),
)

_MEMBERS_SHOWN = 10


class Piece(dict[str, Any]):
    """A mapping of a file that remembers which lines of the table it was made from."""

    def __init__(self, place: Place, facts: dict[str, Any] | None = None) -> None:
        super().__init__(facts or {})
        self.places = [place]

    @property
    def place(self) -> Place:
        return self.places[0]


class EntryKey(NamedTuple):
    """What only one position can have: a party, an issue and a first day."""

    party: str
    issue: str
    since: str


class Draft:
    """The pieces of a dossier by id, as far as the lines read so far have them."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.title = ""
        self.groups: dict[str, Piece] = {}
        self.issues: dict[str, Piece] = {}
        self.sources: dict[str, Piece] = {}
        self.parties: dict[str, Piece] = {}
        self.speakers: dict[str, dict[str, Piece]] = {}
        self.statements: dict[str, dict[str, Piece]] = {}
        self.entries: dict[EntryKey, Piece] = {}
        self.given: dict[str, dict[str, Any]] = {}
        """What every piece of a kind has that the table does not say otherwise."""
        self._names: dict[tuple[str, str], Names] = {}

    def names(self, kind: str, of: str = "") -> Names:
        """The things of a kind by name: parties, issues, …, or the options `of` an issue."""
        if (kind, of) not in self._names:
            taken = _NOT_OF_PARTIES if kind == "party" else ()
            self._names[kind, of] = Names(kind, self.account, taken)
        return self._names[kind, of]

    def all_names(self) -> list[Names]:
        return list(self._names.values())

    def state(self, piece: Piece, what: str, facts: dict[str, Any], place: Place) -> None:
        """Add facts to a piece; one that says otherwise than before is left out, and told."""
        for key, value in facts.items():
            before = piece.setdefault(key, value)
            if before != value:
                here, there = _shown(value), _shown(before)
                why = f"the {key} of {what} is “{here}” here and “{there}” in {piece.place}"
                self.account.leave_out(place, f"{why}; the first is kept")

    def drop(self, blamed: Mapping[EntryKey, str]) -> None:
        """Leave positions out, with the statements that no other rests on, and tell why."""
        dropped = {key: self.entries.pop(key) for key in blamed}
        left = {(key.party, name) for key, entry in self.entries.items() for name in cited(entry)}
        for key, entry in dropped.items():
            for place in entry.places:
                self.account.leave_out(place, blamed[key])
            for name in cited(entry):
                if (key.party, name) not in left:
                    self.statements[key.party].pop(name, None)


def _shown(value: Any) -> str:
    """A fact as a message shows it: of a list the first members, of titles by id the ids."""
    if not isinstance(value, list):
        return shortened(str(value))
    ids = [one[0] if isinstance(one, tuple) else one for one in value[:_MEMBERS_SHOWN]]
    return shortened("; ".join(ids))


def cited(entry: Piece) -> list[str]:
    """The statements behind a position, and against it."""
    return [*entry["evidence"], *entry.get("against", ())]


def give(piece: Piece, given: Mapping[str, Any], keys: Collection[str]) -> None:
    """What is given for all pieces of a kind, to one of them, where it lacks it."""
    for key in keys:
        if key in given:
            piece.setdefault(key, given[key])


def added(piece: Piece, facts: dict[str, Any], what: str) -> dict[str, Any]:
    """Facts that a further line adds to a piece; raises LeftOut if one contradicts it.

    What is said item by item may stand in several lines.
    """
    new: dict[str, Any] = {}
    for key, value in facts.items():
        before = piece.get(key, value)
        if before == value:
            new[key] = value
        elif _by_item(before) and _by_item(value) and before.keys().isdisjoint(value):
            new[key] = {**before, **value}
        else:
            raise LeftOut(
                f"its {key} is another than in {piece.place}, for the same {what}; if both hold, "
                "write them in one line"
            )
    return new


def _by_item(value: Any) -> bool:
    return isinstance(value, dict) and not {"outcome", "min", "max", "above", "below"} & {*value}
