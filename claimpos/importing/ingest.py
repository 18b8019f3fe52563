"""The lines of a table, read one by one into the draft of a dossier."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from claimpos.dossier.dates import Order
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.model import OUTCOME_VERBS
from claimpos.errors import WrongUsage
from claimpos.importing.cells import DATES, FIELDS, LISTS, SAYING, STANCE, read_date
from claimpos.importing.draft import AnswerKey, Draft, EntryKey, Piece, added, titled, unused
from claimpos.importing.import_log import KNOWN, ImportLog, Skipped, TablePlace, shortened
from claimpos.importing.line_checks import (
    CITED,
    STATED,
    Facts,
    Uses,
    check,
    check_cited,
    check_uses,
    cite,
    name_pieces,
    uses_in,
)
from claimpos.importing.outcomes import BOUNDS, MEASURED, DecimalMarks, read_number, read_outcome
from claimpos.importing.stances import Vocabulary, stance_of
from claimpos.importing.table import Line


class FactReader:
    """Reads the cells of a line as facts about the pieces of a dossier.

    Args:
        vocabulary: What stances stand for.
        marks: What marks decimals in each column.
        order: How a date such as 3/4/2025 is read.
        log: Where remarks on what was read go.
    """

    def __init__(
        self, vocabulary: Vocabulary, marks: DecimalMarks, order: Order | None, log: ImportLog
    ) -> None:
        self.vocabulary = vocabulary
        self.marks = marks
        self.order = order
        self.log = log
        self._members = 0

    def read(self, cells: Mapping[str, str], place: TablePlace) -> Facts:
        """The facts in some cells.

        Raises Skipped for a cell that cannot be read, and WrongUsage if the lists in all cells
        together have more members than the limit allows.
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
                held[key] = self._measured(field, cell, place) if field in MEASURED else read(cell)
        if "party" in cells:
            _put_by_item(facts.pop("item", {}), facts.get("entry", {}))
        return facts

    def _measured(self, field: str, cell: str, place: TablePlace) -> Any:
        marks = self.marks.of(field, place, cell)
        return (read_number if field in BOUNDS else read_outcome)(cell, marks)

    def _count(self, cell: str) -> None:
        self._members += 1 + cell.count(",") + cell.count(";")
        if self._members > limit("table-members"):
            most = f"{limit('table-members'):,}"
            remedy = how_to_raise("table-members")
            raise WrongUsage(f"the lists in the cells have more than {most} members; {remedy}")

    def _date(self, cell: str, place: TablePlace) -> str:
        found = read_date(cell, self.order)
        if found != cell:
            form = re.sub(r"[A-Za-z]+", "a", re.sub(r"\d+", "9", f"9 {cell}"))
            self.log.remark(place, f"the date “{cell}” is read as {found}", form)
        return found

    def _stance(self, word: str, entry: dict[str, Any]) -> None:
        verb, outcome, priority = stance_of(word, self.vocabulary)
        if verb in entry:
            raise Skipped(f"it gives `{verb}` twice, once as “{word}”")
        entry[verb] = outcome or word
        if priority:
            entry["priority"] = priority


def _put_by_item(item: Mapping[str, Any], entry: dict[str, Any]) -> None:
    for verb in OUTCOME_VERBS:
        if "id" in item and verb in entry:
            entry[verb] = {item["id"]: entry[verb]}


# Those fields that may be given for all lines and belong to a line, not to what it names.
_OF_LINES = frozenset(
    field
    for field, (piece, _, _) in FIELDS.items()
    if piece in {"entry", "item", "statement", "speaker", "offer"}
    or field in {"party", "issue", "source"}
)


class Ingester:
    """Reads lines into a draft, and logs what it cannot read.

    Args:
        table: The name of the table.
        given: Cells for every line, issue, source, … that has none of its own.
        reader: What reads the cells.
        log: Where assumptions, remarks and skipped lines go.
    """

    def __init__(
        self, table: str, given: Mapping[str, str], reader: FactReader, log: ImportLog
    ) -> None:
        self.table = table
        self.given = {field: given[field] for field in given if field in _OF_LINES}
        self.reader = reader
        self.log = log
        self.draft = Draft(log)
        self._numbers: dict[str, dict[str, int]] = {}
        self._outcomes: dict[tuple[str, str], dict[str, str]] = {}
        self._seen: dict[tuple[str, tuple[tuple[str, str], ...]], TablePlace] = {}
        rest = {field: given[field] for field in given if field not in _OF_LINES}
        try:
            self.draft.given = reader.read(rest, TablePlace(0))
        except Skipped as why:
            raise WrongUsage(f"--set: {why}") from None

    def begin_with(self, draft: Draft) -> None:
        """Use a draft that holds pieces already; call this before `ingest`."""
        draft.given = self.draft.given
        draft.log = self.log
        for names in draft.all_names():
            names.log = self.log
        self.draft = draft

    def ingest(self, lines: Sequence[Line]) -> None:
        """Read the lines, each wholly or not at all."""
        for line in lines:
            seen = (line.place.column, tuple(sorted(line.cells.items())))
            first = self._seen.setdefault(seen, line.place)
            if first != line.place:
                if "party" in line.cells:
                    text = f"the same as {first}; imported once"
                    self.log.remark(line.place, text, "the same")
                continue
            try:
                self._ingest(line)
            except Skipped as why:
                self.log.skip(line.place, str(why))
        check_cited(self.draft)

    def _ingest(self, line: Line) -> None:
        cells = {**self.given, **line.cells}
        facts = self.reader.read(cells, line.place)
        check(line, cells)
        name_pieces(facts)
        self._add_agenda(facts, line.place)
        if "term" in facts:
            self._add_term(facts, line.place)
        if "party" in cells:
            self._add_of_party("speaker", self.draft.speakers, facts, line.place)
            self._add_of_party("offer", self.draft.offers, facts, line.place)
        if "answer" in facts:
            self._add_answer(facts, line)
        elif "party" in cells and (SAYING & cells.keys() or CITED & line.cells.keys()):
            self._add_position(facts, line)

    def _add_agenda(self, facts: Facts, place: TablePlace) -> None:
        """Add what a line says of the dossier, its groups, issues, parties and sources."""
        draft = self.draft
        if "dossier" in facts:
            self._add_dossier(facts["dossier"], place)
        for kind, pieces in (
            ("group", draft.groups),
            ("source", draft.sources),
            ("issue", draft.issues),
            ("party", draft.parties),
            ("proposal", draft.proposals),
        ):
            if kind in facts:
                named = facts[kind].pop("id")
                stated = dict(facts[kind])
                made = facts[kind]["id"] = draft.names(kind).meant(named, place)
                if kind == "issue" and "group" in facts:
                    stated["group"] = facts["group"]["id"]
                if kind == "proposal" and "source" in facts and "answer" not in facts:
                    stated["source"] = facts["source"]["id"]
                piece = pieces.setdefault(made, Piece(place))
                draft.state(piece, f"“{named}”", stated, place)
        for kind in ("option", "item"):
            if kind in facts:
                self._add_outcome(facts["issue"]["id"], kind, facts[kind], place)

    def _add_outcome(
        self, issue: str, kind: str, stated: Mapping[str, str], place: TablePlace
    ) -> None:
        """Add an option or an item of an issue, whose title a line may state."""
        piece = self.draft.issues[issue]
        key, name = f"{kind}s", stated["id"]
        if (issue, key) not in self._outcomes:
            self._outcomes[issue, key] = dict(piece.get(key, ()))
        known = self._outcomes[issue, key]
        title = stated.get("title", known.get(name, titled(name)))
        if piece.place == KNOWN and place != KNOWN and name not in known:
            raise Skipped(f"the dossier's “{issue}” has no {kind} “{name}”, and none was added")
        if known.setdefault(name, title) != title:
            raise Skipped(f"the {kind} “{name}” of “{issue}” is called “{known[name]}” already")
        listed = piece.setdefault(key, [])
        if len(listed) < len(known):
            listed.append((name, title))

    def _add_dossier(self, stated: dict[str, Any], place: TablePlace) -> None:
        draft = self.draft
        title = stated.pop("title", draft.title)
        before = draft.title = draft.title or title
        if before != title:
            self.log.skip(place, f"the dossier is already called “{before}”")
        if stated and not draft.agenda:
            draft.agenda = Piece(place)
        draft.state(draft.agenda, "the dossier", stated, place)

    def _add_term(self, facts: Facts, place: TablePlace) -> None:
        """Add what a line says of one issue in a proposal."""
        proposal, issue = facts["proposal"]["id"], facts["issue"]["id"]
        terms = self.draft.terms.setdefault(proposal, {})
        term, what = dict(facts["term"]), f"the term of “{proposal}” on “{issue}”"
        if "outcome" in term:
            term["outcome"] = self.draft.named(issue, term["outcome"])
        self.draft.state(terms.setdefault(issue, Piece(place)), what, term, place)

    def _add_answer(self, facts: Facts, line: Line) -> None:
        """Add a statement and the answer to a text that rests on it."""
        entry = facts["entry"]
        until = {"until": entry["until"]} if "until" in entry else {}
        said = {"since": entry["since"], **until, **facts["answer"]}
        key = AnswerKey(facts["party"]["id"], facts["proposal"]["id"], entry["since"])
        answer = self.draft.answers.get(key, Piece(line.place, {"evidence": []}))
        grown = added(answer, said, "party, proposal and start date")
        statement_facts = facts.get("statement", {})
        uses = uses_in(statement_facts)
        if {uses.own, *uses.others} != {"evidence"}:
            raise Skipped(
                "an answer cites statements as evidence for all of it; leave evidence_for, against "
                "and context empty"
            )
        self._cite(answer, uses, facts, statement_facts, line)
        self.draft.answers.setdefault(key, answer).grow(grown)

    def _add_of_party(
        self, kind: str, pieces: dict[str, dict[str, Piece]], facts: Facts, place: TablePlace
    ) -> None:
        """Add what a line says of a party's speaker or offer."""
        if kind not in facts:
            return
        party, piece = facts["party"]["id"], facts[kind]
        named = piece.pop("id")
        stated = dict(piece)
        made = piece["id"] = self.draft.names(kind, party).meant(named, place)
        held = pieces.setdefault(party, {})
        self.draft.state(held.setdefault(made, Piece(place)), f"“{named}”", stated, place)

    def _add_position(self, facts: Facts, line: Line) -> None:
        """Add a statement and, if the line names an issue, the position that rests on it."""
        statement_facts = facts.get("statement", {})
        uses = uses_in(statement_facts)
        if "issue" not in facts:
            self._add_statement(facts, statement_facts, line)
            return
        said = facts["entry"]
        if "offer" in facts:
            said["offer"] = facts["offer"]["id"]
        key = EntryKey(facts["party"]["id"], facts["issue"]["id"], said["since"])
        entry = self.draft.entries.get(key, Piece(line.place, {"evidence": []}))
        grown = added(entry, said, "party, issue and start date")
        self._cite(entry, uses, facts, statement_facts, line)
        if self.draft.entries.setdefault(key, entry).place != line.place:
            entry.places.append(line.place)
        entry.grow(grown)

    def _cite(
        self, entry: Piece, uses: Uses, facts: Facts, statement_facts: dict[str, Any], line: Line
    ) -> None:
        """Let a position or an answer cite the statement that its line makes, and those it names.

        A line that names its evidence makes a statement only if it states one.
        """
        makes_one = bool(STATED & line.cells.keys()) or "evidence" not in line.cells
        check_uses([*uses.others, *([uses.own] if makes_one else [])], entry)
        if makes_one:
            cite(entry, uses.own, [self._add_statement(facts, statement_facts, line)])
        names = self.draft.names("statement", facts["party"]["id"])
        for use, named in uses.others.items():
            cite(entry, use, [names.id_of(name, line.place) for name in named])

    def _add_statement(self, facts: Facts, statement_facts: dict[str, Any], line: Line) -> str:
        """Add the statement of a line, unless an earlier line has it; return its id."""
        party = facts["party"]["id"]
        statements = self.draft.statements.setdefault(party, {})
        statement_facts |= {key: facts[key]["id"] for key in ("source", "speaker") if key in facts}
        named = statement_facts.pop("id", None)
        if named is None:
            wanted = facts["issue"]["id"] if "issue" in facts else "said"
            made = unused(wanted, statements, self._numbers.setdefault(party, {}))
        else:
            made = self.draft.names("statement", party).id_of(named, line.place)
        if made in statements:
            own = {FIELDS[field].key for field in line.cells if FIELDS[field].piece == "statement"}
            own |= {"source", "speaker"} & line.cells.keys()
            stated = {key: fact for key, fact in statement_facts.items() if key in own}
            added(statements[made], stated, "statement")
            self.draft.state(statements[made], f"the statement “{made}”", stated, line.place)
            return made
        if "summary" not in statement_facts:
            row = "; ".join(f"{head} “{shortened(cell)}”" for head, cell in line.quoted.items())
            statement_facts["summary"] = f"{self.table}, {line.place}: {row}"
            self.log.assume("summary of each statement: the contents of its line")
        statement_facts["_since"] = facts.get("entry", {}).get("since")
        statements[made] = Piece(line.place, statement_facts)
        return made
