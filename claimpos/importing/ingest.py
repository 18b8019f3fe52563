"""The lines of a table, taken one by one into a draft of the dossier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from claimpos.errors import WrongUsage
from claimpos.importing.cells import shortened
from claimpos.importing.columns import Line
from claimpos.importing.draft import Draft, EntryKey, Piece, added
from claimpos.importing.facts import STATED, FactReader, Facts, check, name_pieces
from claimpos.importing.fields import FIELDS, SAYING
from claimpos.importing.import_log import Account, LeftOut, Place
from claimpos.importing.names import unused

# Of what may be given for all lines, that which belongs to a line and not to what it names.
_OF_LINES = frozenset(
    field
    for field, (piece, _, _) in FIELDS.items()
    if piece in {"entry", "statement", "speaker"} or field in {"party", "issue", "source"}
)


class Taker:
    """Takes lines into a draft; what cannot be taken is told to the draft's account.

    `given` are cells for every line, or for every issue, source, …, that has none of its own;
    `table` is the name of the table.
    """

    def __init__(
        self, table: str, given: Mapping[str, str], reader: FactReader, account: Account
    ) -> None:
        self.table = table
        self.given = {field: given[field] for field in given if field in _OF_LINES}
        self.reader = reader
        self.account = account
        self.draft = Draft(account)
        self._numbers: dict[str, dict[str, int]] = {}
        self._seen: dict[tuple[str, tuple[tuple[str, str], ...]], Place] = {}
        rest = {field: given[field] for field in given if field not in _OF_LINES}
        try:
            self.draft.given = reader.read(rest, Place(0))
        except LeftOut as why:
            raise WrongUsage(f"--set: {why}") from None

    def take(self, lines: Sequence[Line]) -> None:
        """Take the lines in, each wholly or not at all."""
        for line in lines:
            seen = (line.place.column, tuple(sorted(line.cells.items())))
            first = self._seen.setdefault(seen, line.place)
            if first != line.place:
                if "party" in line.cells:
                    self.account.remark(line.place, f"it repeats {first}; taken once")
                continue
            try:
                self._take(line)
            except LeftOut as why:
                self.account.leave_out(line.place, str(why))

    def _take(self, line: Line) -> None:
        cells = {**self.given, **line.cells}
        facts = self.reader.read(cells, line.place)
        check(line, cells)
        name_pieces(facts)
        self._state(facts, line.place)
        if "party" in cells:
            self._speaker(facts, line.place)
        if "party" in cells and (SAYING & cells.keys() or STATED & line.cells.keys()):
            self._speak(facts, line)

    def _state(self, facts: Facts, place: Place) -> None:
        """What a line says of the dossier, its groups, issues, parties and sources."""
        draft = self.draft
        if "dossier" in facts:
            before = draft.title = draft.title or facts["dossier"]["title"]
            if before != facts["dossier"]["title"]:
                self.account.leave_out(place, f"the dossier is called “{before}” already")
        for kind, pieces in (
            ("group", draft.groups),
            ("source", draft.sources),
            ("issue", draft.issues),
            ("party", draft.parties),
        ):
            if kind in facts:
                named = facts[kind].pop("id")
                stated = dict(facts[kind])
                made = facts[kind]["id"] = draft.names(kind).id_of(named, place)
                if kind == "issue" and "group" in facts:
                    stated["group"] = facts["group"]["id"]
                piece = pieces.setdefault(made, Piece(place))
                draft.state(piece, f"“{named}”", stated, place)

    def _speaker(self, facts: Facts, place: Place) -> None:
        if "speaker" not in facts:
            return
        party, told = facts["party"]["id"], facts["speaker"]
        named = told.pop("id")
        stated = dict(told)
        made = told["id"] = self.draft.names("speaker", party).id_of(named, place)
        held = self.draft.speakers.setdefault(party, {})
        self.draft.state(held.setdefault(made, Piece(place)), f"“{named}”", stated, place)

    def _speak(self, facts: Facts, line: Line) -> None:
        """A statement and, unless it stands alone, the position that rests on it."""
        told = facts.get("statement", {})
        against = bool(told.pop("against", False))
        if "issue" not in facts:
            self._statement(facts, told, line)
            return
        said = facts["entry"]
        key = EntryKey(facts["party"]["id"], facts["issue"]["id"], said["since"])
        entry = self.draft.entries.get(key, Piece(line.place, {"evidence": []}))
        grown = added(entry, said, "party, issue and first day")
        statement = self._statement(facts, told, line)
        if self.draft.entries.setdefault(key, entry).place != line.place:
            entry.places.append(line.place)
        entry.update(grown)
        cited = entry.setdefault("against", []) if against else entry["evidence"]
        if statement not in cited:
            cited.append(statement)

    def _statement(self, facts: Facts, told: dict[str, Any], line: Line) -> str:
        """The id of what a line has a party say, which it may have said in an earlier line."""
        party = facts["party"]["id"]
        held = self.draft.statements.setdefault(party, {})
        told |= {key: facts[key]["id"] for key in ("source", "speaker") if key in facts}
        named = told.pop("id", None)
        if named is None:
            wanted = facts["issue"]["id"] if "issue" in facts else "said"
            made = unused(wanted, held, self._numbers.setdefault(party, {}))
        else:
            made = self.draft.names("statement", party).id_of(named, line.place)
        if made in held:
            added(held[made], told, "statement")
            return made
        if "summary" not in told:
            row = "; ".join(f"{head} “{shortened(cell)}”" for head, cell in line.told.items())
            told["summary"] = f"{self.table}, {line.place}: {row}"
            self.account.guess("summary of each statement: what its line of the table holds")
        told["_since"] = facts.get("entry", {}).get("since")
        held[made] = Piece(line.place, told)
        return made
