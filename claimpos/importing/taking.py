"""The lines of a table, taken one by one into a draft of the dossier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from claimpos.importing.account import Account, LeftOut, Place
from claimpos.importing.cells import read_outcome, shortened
from claimpos.importing.columns import Line
from claimpos.importing.dates import Order, read_date
from claimpos.importing.draft import Draft, EntryKey, Piece, added
from claimpos.importing.fields import DATES, FIELDS, SAYING, STANCE, VERBS
from claimpos.importing.stances import Vocabulary, stance_of

Facts = dict[str, dict[str, Any]]
"""What a line says, by the piece of a dossier it says it of."""

_STATED = frozenset({"statement", "summary", "quote"})


class Taker:
    """Takes lines into a draft; what cannot be taken is told to its account.

    `given` are cells for every line that has none of its own, `table` the name of the table,
    `vocabulary` what the words of a stance column stand for, `order` that of day and month.
    """

    def __init__(
        self,
        table: str,
        given: Mapping[str, str],
        vocabulary: Vocabulary,
        order: Order | None,
        account: Account,
    ) -> None:
        self.table = table
        self.given = given
        self.vocabulary = vocabulary
        self.order = order
        self.account = account
        self.draft = Draft(account)
        self.taken = 0
        self._seen: dict[tuple[str, tuple[tuple[str, str], ...]], Place] = {}
        self._untold: Counter[tuple[str, str]] = Counter()

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
                self.taken += 1
            except LeftOut as why:
                self.account.leave_out(line.place, str(why))

    def _take(self, line: Line) -> None:
        cells = {**self.given, **line.cells}
        says = bool(SAYING & cells.keys()) and {"party", "issue"} <= cells.keys()
        facts = self._facts(cells, line.place)
        if says and "since" not in cells:
            raise LeftOut("it does not say since when; --set since=DATE gives one to all lines")
        if not says and SAYING & cells.keys():
            missing = "party" if "party" not in cells else "issue"
            raise LeftOut(f"it names no {missing}")
        own = line.cells.keys()
        if not own - {"since"}:
            raise LeftOut("it says nothing that a dossier can hold")
        if {"party", "issue"} <= own and not (says or own & _STATED):
            raise LeftOut("it says who and on what, and not what the position is")
        self._state(facts, line.place)
        if "party" in cells:
            self._speak(line, cells, facts, says)

    def _facts(self, cells: Mapping[str, str], place: Place) -> Facts:
        facts: Facts = {}
        for field, cell in cells.items():
            piece, key, read = FIELDS[field]
            if field in DATES:
                value: Any = self._date(cell, place)
            elif field in VERBS:
                value = read_outcome(cell)
            elif field == STANCE:
                self._stance(cell, facts)
                continue
            else:
                value = read(cell)
            facts.setdefault(piece, {})[key] = value
        self._by_item(facts.get("entry", {}), cells)
        return facts

    def _by_item(self, entry: dict[str, Any], cells: Mapping[str, str]) -> None:
        item = entry.pop("item", None)
        if item is not None and "issue" in cells:
            for verb in VERBS:
                if verb in entry:
                    entry[verb] = {item: entry[verb]}

    def _date(self, cell: str, place: Place) -> str:
        found = read_date(cell, self.order)
        if found != cell:
            self.account.remark(place, f"the date “{cell}” is read as {found}")
        return found

    def _stance(self, word: str, facts: Facts) -> None:
        verb, outcome, priority = stance_of(word, self.vocabulary)
        entry = facts.setdefault("entry", {})
        if verb in entry:
            raise LeftOut(f"it says {verb} twice, once as “{word}”")
        entry[verb] = outcome or word
        if priority:
            entry["priority"] = priority

    def _state(self, facts: Facts, place: Place) -> None:
        """What a line says of the dossier, its groups, issues, parties and sources."""
        if "dossier" in facts:
            before = self.draft.title = self.draft.title or facts["dossier"]["title"]
            if before != facts["dossier"]["title"]:
                self.account.leave_out(place, f"the dossier is called “{before}” already")
        held = self.draft
        for kind, pieces in (
            ("group", held.groups),
            ("source", held.sources),
            ("issue", held.issues),
            ("party", held.parties),
        ):
            named = facts.get(kind, {}).pop("id", None)
            if named is None:
                continue
            made = facts[kind]["_id"] = held.names(kind).id_of(named, place)
            stated = {key: value for key, value in facts[kind].items() if key != "_id"}
            if kind == "issue" and "group" in facts:
                stated["group"] = facts["group"]["_id"]
            piece = pieces.setdefault(made, Piece(place))
            held.state(piece, f"“{named}”", stated, place)

    def _speak(self, line: Line, cells: Mapping[str, str], facts: Facts, says: bool) -> None:
        """What a line has a party say: a speaker, a statement, a position that rests on it."""
        party = facts["party"]["_id"]
        place = line.place
        speaker = self._speaker(party, facts.get("speaker", {}), place)
        told = facts.get("statement", {})
        against = bool(told.pop("against", False))
        if not (says or line.cells.keys() & _STATED):
            return
        statement = self._statement(line, party, facts, told, speaker, cells)
        if "issue" not in cells or "since" not in cells:
            return
        key = EntryKey(party, facts["issue"]["_id"], facts["entry"]["since"])
        entry = self.draft.entries.get(key)
        said = facts["entry"]
        what = "party, issue and first day"
        if entry is None:
            entry = self.draft.entries[key] = Piece(place, {**said, "evidence": []})
        else:
            entry.update(added(entry, said, what))
            entry.places.append(place)
        cited = entry.setdefault("against", []) if against else entry["evidence"]
        if statement not in cited:
            cited.append(statement)

    def _speaker(self, party: str, told: dict[str, Any], place: Place) -> str:
        if "id" not in told:
            return ""
        named = told.pop("id")
        made = self.draft.names("speaker", party).id_of(named, place)
        held = self.draft.speakers.setdefault(party, {})
        piece = held.setdefault(made, Piece(place))
        self.draft.state(piece, f"“{named}”", told, place)
        piece.setdefault("_named", named)
        return made

    def _statement(
        self,
        line: Line,
        party: str,
        facts: Facts,
        told: dict[str, Any],
        speaker: str,
        cells: Mapping[str, str],
    ) -> str:
        held = self.draft.statements.setdefault(party, {})
        named = told.pop("id", None)
        if "source" in facts and "_id" in facts["source"]:
            told["source"] = facts["source"]["_id"]
        if speaker:
            told["speaker"] = speaker
        if named is None:
            made = self._new_statement(held, facts)
        else:
            made = self.draft.names("statement", party).id_of(named, line.place)
        if made in held:
            added(held[made], told, "statement")
            return made
        if "summary" not in told:
            row = "; ".join(f"{head} “{shortened(cell)}”" for head, cell in line.told.items())
            told["summary"] = f"{self.table}, {line.place}: {row}"
            self.account.guess("summary of each statement: what its line of the table holds")
        if "since" in cells and facts.get("entry", {}).get("since"):
            told["_since"] = facts["entry"]["since"]
        held[made] = Piece(line.place, told)
        return made

    def _new_statement(self, held: Mapping[str, Piece], facts: Facts) -> str:
        wanted = facts["issue"]["_id"] if "issue" in facts and "_id" in facts["issue"] else "said"
        made, number = wanted, 2
        while made in held:
            made, number = f"{wanted}-{number}", number + 1
        return str(made)
