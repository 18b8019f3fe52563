"""What the worksheet of a text says: a proposal's data, and which field each part is from."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from claimpos.curating.insertions import Keys
from claimpos.curating.pieces import written_day
from claimpos.curating.sheet_form import Field, Filled
from claimpos.curating.sheet_values import SheetValues, value_of
from claimpos.curating.text_form import (
    HOLDS,
    ISSUE,
    SUGGESTED,
    FilledPassage,
    FilledTerm,
    TextForm,
    column_of,
    tables_of,
    text_of,
)
from claimpos.curating.text_suggestions import COLUMNS
from claimpos.curating.text_worksheet import in_cells
from claimpos.dossier.findings import Finding, SourceText, Span
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.lookup import id_words
from claimpos.dossier.model import Dossier, Issue
from claimpos.dossier.nodes import hashable
from claimpos.dossier.reading.form import is_id

NO_ISSUE = NO_TEXT = "none"
COMPROMISE = "compromise"
BRACKETED = "bracketed"


class MappedText(NamedTuple):
    """A proposal as a worksheet has it.

    Attributes:
        id: The proposal's id; empty if it is missing.
        head: Its keys beside `terms`.
        terms: Its terms, by issue.
        places: The places in the sheet of parts of this data, by their paths; the empty path is
            that of the proposal itself.
        unmapped: The names of the passages that name no issue yet.
    """

    id: str
    head: dict[str, Any]
    terms: dict[str, dict[str, Any]]
    places: dict[Keys, Span]
    unmapped: list[str]


def read_mapping(
    form: TextForm, sheet: SourceText, dossier: Dossier
) -> tuple[MappedText, list[Finding]]:
    """What the worksheet says, and what is wrong with it.

    Args:
        form: The worksheet's fields.
        sheet: Its text, for the places of what is wrong.
        dossier: The dossier that is added to.
    """
    reader = _MappingReader(form, sheet, dossier)
    reader.read()
    return reader.mapped, [*reader.findings]


class _MappingReader(SheetValues):
    def __init__(self, form: TextForm, sheet: SourceText, dossier: Dossier) -> None:
        super().__init__(sheet, dossier)
        self.form = form
        self.mapped = MappedText("", {}, {}, {}, [])

    def read(self) -> None:
        self.check_text()
        self.read_head()
        columns = [*map(self.holders, range(len(self.form.tables)))]
        for passage in self.form.passages:
            holds = columns[passage.table - 1] if passage.table else {}
            named = [self.term(one, passage, holds) for one in passage.terms]
            if not any(named):
                self.mapped.unmapped.append(passage.name)

    def check_text(self) -> None:
        """Report lines of the text that are not as they were written."""
        tables = tables_of(self.form)
        heads = [table.pop(0) for table in tables]
        rows = {number: iter(table) for number, table in enumerate(tables, 1)}
        passages = [
            next(rows[passage.table]) if passage.table else [text_of(passage.cells[1])]
            for passage in self.form.passages
        ]
        self.check_words(self.form.head.get("text"), in_cells(heads, passages))

    def required(self, filled: Filled, key: str, hint: str) -> str:
        """A text that must be filled in; its lack is reported, or that it is only suggested."""
        field = filled.fields.get(key)
        if field and self.sheet.line(field.line).partition(":")[2].lstrip().startswith(SUGGESTED):
            message = f"“{key}” is a suggestion that has not been confirmed"
            remedy = f"delete the {SUGGESTED} to confirm it, or {hint}"
            self.fault("CP203", self.whole_line(field.line), message, remedy)
            return ""
        return super().required(filled, key, hint)

    # ---- the head ----

    def read_head(self) -> None:
        head = Filled(1, self.form.head)
        name = self.required(head, "proposal", "write an id for the text, such as draft-march")
        if name and not is_id(name):
            hint = f"write {id_words(name)}" if is_id(id_words(name)) else "use lower-case words"
            self.fault("CP206", head.fields["proposal"].span, f"“{name}” cannot be an id", hint)
        for key, hint in (
            ("title", "write what the text is called"),
            ("date", "write the day of the text, such as 2026-03-01"),
            ("status", "write official, draft, leaked, reported or bracketed"),
        ):
            self.required(head, key, hint)
        data = {
            "proposal": name,
            "title": value_of(head, "title"),
            "date": written_day(self.day(head, "date")),
            "source": self.source(head),
            "status": value_of(head, "status"),
            "authors": [one for one, _ in self.parties(head, "authors")],
            "note": value_of(head, "note"),
        }
        self.mapped.head.update({key: value for key, value in data.items() if value})
        self.mapped = self.mapped._replace(id=name)
        self.mapped.places[()] = Span(1, 1, 1, 2)
        self.mapped.places.update(
            {(key,): field.span for key, field in head.fields.items() if field.value}
        )

    def source(self, head: Filled) -> str:
        name = self.required(head, "source", "name the source of the text in sources.yaml")
        if name and name not in self.dossier.sources:
            near = self.near.hint(name, self.dossier.sources)
            hint = near if near.endswith("?") else f"{near}; claimpos add source adds another"
            self.fault("CP304", head.fields["source"].span, f"there is no source “{name}”", hint)
        return name

    def parties(self, filled: Filled, key: str) -> list[tuple[str, Span]]:
        """The parties listed in a field, each with its place; those unknown are reported."""
        field = filled.fields.get(key)
        if field is None or not field.value:
            return []
        found, at = [], field.column
        for part in field.value.split(","):
            name = part.strip()
            begin = at + len(part) - len(part.lstrip())
            span = Span(field.line, begin, field.line, begin + max(1, len(name)))
            if name and self.party(name, span):
                found.append((name, span))
            at += len(part) + 1
        return found

    # ---- columns ----

    def holders(self, table: int) -> dict[int, str]:
        """What the columns of a table hold, by number; what is unknown is reported."""
        holds: dict[int, str] = {}
        for number, column in self.form.tables[table].items():
            field = column.filled.fields.get(HOLDS)
            if field is None or not field.value:
                continue
            if field.value not in COLUMNS and field.value not in self.dossier.parties:
                known = [*self.dossier.parties, *COLUMNS]
                message = f"there is no party “{field.value}”"
                self.fault("CP314", field.span, message, self.near.hint(field.value, known))
            if field.value in self.dossier.parties and field.value in holds.values():
                message = f"another column of the table holds “{field.value}” already"
                self.fault("CP208", field.span, message, "say whose text this one holds")
            holds[number] = field.value
        return holds

    # ---- terms ----

    def term(self, term: FilledTerm, passage: FilledPassage, holds: dict[int, str]) -> bool:
        """Take a term; whether it names an issue, or says that there is none."""
        field = term.filled.fields.get(ISSUE)
        if field is None or not field.value:
            self.check_nothing_is_lost(term)
            return False
        if field.value == NO_ISSUE and NO_ISSUE not in self.dossier.issues:
            return True
        name, point, item = field.value.partition(".")
        issue = self.issue(field, name, item if point else None)
        if issue is None:
            return True
        outcome, places = self.outcome(term, holds, issue, item, field)
        if outcome is None:
            return True
        hint = "say in a sentence what the text says on the issue"
        summary = self.required(term.filled, "summary", hint)
        locator = value_of(term.filled, "locator") or passage.name
        self.put(name, item, (outcome, summary, locator), places, field)
        return True

    def check_nothing_is_lost(self, term: FilledTerm) -> None:
        """Report outcomes and summaries that are filled in without an issue."""
        keys = [key for key in term.filled.fields if key == "outcome" or column_of(key)]
        filled = [
            term.filled.fields[key] for key in (*keys, "summary") if key in term.filled.fields
        ]
        filled += [
            one.fields[key]
            for one in term.alternatives
            for key in ("outcome", "by")
            if key in one.fields
        ]
        begun = next((one for one in filled if one.value), None)
        if begun is not None:
            hint = "name the issue, or confirm the one that is suggested: delete its ?"
            self.fault("CP203", begun.span, "“issue” is missing above this", hint)

    def issue(self, field: Field, name: str, item: str | None) -> Issue | None:
        issue = self.dossier.issues.get(name)
        if issue is None:
            hint = self.near.hint(name, self.dossier.issues)
            self.fault("CP301", field.span, f"there is no issue “{name}”", hint)
        elif item is not None and item not in issue.items:
            hint = self.near.hint(item, issue.items) if issue.items else f"write {name} alone"
            self.fault("CP303", field.span, f"“{name}” has no item “{item}”", hint)
            return None
        return issue

    def outcome(
        self, term: FilledTerm, holds: dict[int, str], issue: Issue, item: str, field: Field
    ) -> tuple[Any, dict[Keys, Span]]:
        """The outcome of a term, and the places of its parts; None if it has none."""
        given = [*self.given(term, holds)]
        whole = [one for one in given if not one.is_alternative]
        alternatives = [one for one in given if one.is_alternative]
        if whole:
            if len(whole) > 1 or (alternatives and not whole[0].is_compromise):
                message = "an outcome is given as well as alternatives"
                self.fault("CP205", whole[0].field.span, message, "leave one of the two empty")
            return whole[0].outcome, {(): whole[0].field.span}
        if not alternatives:
            hint = "fill in outcome, or the outcome of each alternative"
            self.fault("CP203", field.span, f"the outcome on “{field.value}” is missing", hint)
            return None, {}
        if issue.items and not item:
            hint = f"name one, as in {issue.id}.{next(iter(issue.items))}"
            message = f"alternatives on “{issue.id}” need a sub-issue"
            self.fault("CP205", field.span, message, hint)
            return None, {}
        return self.bracketed(alternatives, holds)

    def given(self, term: FilledTerm, holds: dict[int, str]) -> "Iterator[_Given]":
        """What is filled in as outcomes of a term."""
        for key in term.filled.fields:
            column = column_of(key)
            if (column or key == "outcome") and value_of(term.filled, key):
                held = holds.get(column, "") if column else COMPROMISE
                if not held or held in ("provision", "remarks"):
                    message = f"the sheet does not say which party's text column {column} holds"
                    hint = f"say so at the head of the table, under “### column {column}”"
                    self.fault("CP203", term.filled.fields[key].span, message, hint)
                    continue
                by = [] if held == COMPROMISE else [held]
                outcome = self.value(term.filled, key)
                yield _Given(outcome, by, term.filled.fields[key], held != COMPROMISE, bool(column))
        for one in term.alternatives:
            by = [name for name, _ in self.parties(one, "by")]
            if value_of(one, "outcome"):
                yield _Given(self.value(one, "outcome"), by, one.fields["outcome"], True, False)
            elif value_of(one, "by"):
                self.required(one, "outcome", "write the outcome that these words stand for")

    def bracketed(
        self, given: "list[_Given]", holds: dict[int, str]
    ) -> tuple[Any, dict[Keys, Span]]:
        """Alternatives, each once; or what the texts of all parties in a table agree on."""
        by_outcome: dict[Any, _Given] = {}
        for one in given:
            same = by_outcome.setdefault(hashable(one.outcome), one._replace(by=[]))
            same.by.extend(name for name in one.by if name not in same.by)
        merged = [*by_outcome.values()]
        if len(merged) > 1:
            places: dict[Keys, Span] = {(): merged[0].field.span}
            listed = []
            for at, one in enumerate(merged):
                places[BRACKETED, at] = one.field.span
                listed.append({"outcome": one.outcome, "by": one.by} if one.by else one.outcome)
            return {BRACKETED: listed}, places
        parties = {held for held in holds.values() if held not in COLUMNS}
        if parties and parties <= {*merged[0].by} and merged[0].outcome != NO_TEXT:
            return merged[0].outcome, {(): merged[0].field.span}
        message = "a single alternative leaves nothing to choose"
        hint = "give another (none is no text at all), or write this one under outcome"
        self.fault("CP205", merged[0].field.span, message, hint)
        return None, {}

    def put(
        self,
        issue: str,
        item: str,
        term: tuple[Any, str, str],
        places: dict[Keys, Span],
        field: Field,
    ) -> None:
        """Add a term, or its part on one item; what another passage settles is reported."""
        outcome, summary, locator = term
        held = self.mapped.terms.get(issue)
        path: Keys = ("terms", issue)
        if held is not None and (not item or _settles(held["outcome"], item)):
            line = self.mapped.places[path].line
            message = f"“{field.value}” is settled already, on line {line}"
            self.fault("CP102", field.span, message, "leave out one of the two")
            return
        if held is None:
            held = {"outcome": {} if item else outcome, "locator": locator, "summary": summary}
            self.mapped.terms[issue] = held
            self.mapped.places[path] = field.span
        else:
            self.go_on(held, "locator", f"; {locator}", field)
            self.go_on(held, "summary", f" {summary}", field)
        if item:
            held["outcome"][item] = outcome
        below: Keys = (*path, "outcome", item) if item else (*path, "outcome")
        self.mapped.places.update({(*below, *key): span for key, span in places.items()})

    def go_on(self, held: dict[str, Any], key: str, text: str, field: Field) -> None:
        """Add to a text of a term what it lacks, unless it would be too long, which is reported."""
        most = limit("text-characters")
        lacking = "" if text.strip("; ") in held[key] else text
        if len(held[key]) + len(lacking) <= most:
            held[key] += lacking
            return
        name = field.value.partition(".")[0]
        message = f"“{key}” of all that is said on “{name}” holds more than {most:,} characters"
        self.fault("CP205", field.span, message, how_to_raise("text-characters"))


def _settles(outcome: Any, item: str) -> bool:
    """Whether an outcome says something of an item, or cannot be one of an issue with items."""
    return not isinstance(outcome, dict) or item in outcome or BRACKETED in outcome


class _Given(NamedTuple):
    """An outcome that is filled in: whose wording it is, and where."""

    outcome: Any
    by: list[str]
    field: Field
    is_alternative: bool
    is_compromise: bool
    """Whether a column gives it that is nobody's alone; it counts before the parties' texts."""
