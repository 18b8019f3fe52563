"""The worksheet for coding a text: how it is read, filled in and written."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import copy
from itertools import chain
from typing import Any, ClassVar, NamedTuple

from claimpos.curating.sheet_form import (
    WIDTH,
    Field,
    Filled,
    FormReader,
    NewSheet,
    SheetLines,
    SheetText,
    fingerprint,
)
from claimpos.dossier.coverage import coverage_of
from claimpos.dossier.findings import Finding, SourceText
from claimpos.dossier.model import VERBS, Dossier, Party, Source, Speaker
from claimpos.importing.writing import flow
from claimpos.rendering.text import safe
from claimpos.wording.dossier_texts import one_line
from claimpos.wording.worksheet import (
    FEWER_PARTIES,
    HOW_TO_ENTER,
    about,
    how_to_code,
    issue_in_words,
    named_here,
    sheet_for,
)

TITLE = "# Worksheet:"
NO_POSITION = "no-position"
STATEMENT = "statement"
HEAD_KEYS = ("source", "text", "said")
STATEMENT_KEYS = (STATEMENT, "speaker", "said", "basis", "quote", "summary", "note")
ENTRY_KEYS = (
    *("since", *VERBS, "evidence"),
    *("until", "deadline", "standing", "offer", "interest", "priority"),
    *("note", "notes", "against", "context"),
)

_PARAGRAPH = re.compile(r"##[ \t]+par\.[ \t]*([0-9]{1,6})[ \t]*\Z")
_ENTRY = re.compile(r"###[ \t]+([^\s:]+)[ \t]*:[ \t]*(\S+)[ \t]*\Z")
_LIKE_PARAGRAPH = re.compile(r"#+[ \t]*par(?:\.|(?:a|agraph)?\b\.?[ \t]*[0-9])", re.IGNORECASE)


class SheetParagraph(NamedTuple):
    """A paragraph of the sheet: its number, the words of the text, and what was made of it."""

    number: int
    line: int
    words: list[str]
    marks: dict[str, Field]
    statements: list[Filled]


class EntryPlace(NamedTuple):
    """Where a party's position on an issue is filled in."""

    party: str
    issue: str
    filled: Filled


class Form(NamedTuple):
    """A worksheet, heading by heading."""

    head: dict[str, Field]
    paragraphs: list[SheetParagraph]
    entries: list[EntryPlace]


def read_form(source: SourceText) -> tuple[Form, list[Finding]]:
    """The worksheet in a text, and what is wrong with its form."""
    reader = _CodingFormReader(source)
    reader.read()
    return reader.form, [*reader.findings]


_KEYS: dict[str, tuple[str, ...]] = {
    "head": HEAD_KEYS,
    "paragraph": (NO_POSITION, *STATEMENT_KEYS),
    "entry": ENTRY_KEYS,
    "": (),
}
"""The keys that fields may have, by the place where they stand."""


class _CodingFormReader(FormReader):
    title = TITLE
    command = "claimpos code TEXT --source ID --worksheet FILE"
    headings = "write “## par. 3” above a paragraph, “### PARTY: ISSUE” above a position"
    twice: ClassVar = {
        "head": "delete one of the two",
        "paragraph": (
            "delete one of the two, or begin another statement with “statement: PARTY/ID”"
        ),
        "entry": "delete one of the two, or write both outcomes in brackets: [a, b]",
    }
    quoting = ("paragraph",)

    def __init__(self, source: SourceText) -> None:
        super().__init__(source)
        self.form = Form(self.fields, [], [])

    def heading(self, number: int, line: str) -> bool:
        if paragraph := _PARAGRAPH.match(line):
            self.count("paragraphs", 1)
            self.form.paragraphs.append(SheetParagraph(int(paragraph[1]), number, [], {}, []))
            self.place = "paragraph"
        elif entry := _ENTRY.match(line):
            filled = Filled(number, {})
            self.form.entries.append(EntryPlace(entry[1], entry[2], filled))
            self.place, self.fields = "entry", filled.fields
        elif line.startswith("###") or _LIKE_PARAGRAPH.match(line):
            return False
        else:
            self.place = ""
        return True

    def quoted(self, words: str) -> None:
        self.form.paragraphs[-1].words.append(words)

    def keys(self) -> Collection[str]:
        return _KEYS[self.place]

    def fields_for(self, number: int, key: str) -> dict[str, Field]:
        """Where a field of a paragraph belongs: to its mark, or to its latest statement."""
        if self.place != "paragraph":
            return self.fields
        paragraph = self.form.paragraphs[-1]
        if key == NO_POSITION:
            return paragraph.marks
        if key == STATEMENT or not paragraph.statements:
            paragraph.statements.append(Filled(number, {}))
        return paragraph.statements[-1].fields


class SheetFilling:
    """A worksheet as it was made, and what is filled in so far."""

    def __init__(self, sheet: str) -> None:
        self._lines = sheet.splitlines()
        self.form = read_form(SheetText("", sheet))[0]
        self._values: dict[int, str] = {}
        self._more: dict[int, list[str]] = {}
        self._begun: set[int] = set()

    def text(self) -> str:
        """The worksheet as it is filled in."""
        lines: list[str] = []
        for number, line in enumerate(self._lines, 1):
            value = self._values.get(number, "")
            lines.append(f"{line.partition(':')[0]}: {value}" if value else line)
            lines += self._more.get(number, [])
        return "\n".join(lines) + "\n"

    def copy(self) -> "SheetFilling":
        """The same worksheet, which does not change with this one."""
        other = copy(self)
        other._values, other._begun = dict(self._values), set(self._begun)
        other._more = {number: [*lines] for number, lines in self._more.items()}
        return other

    @property
    def is_begun(self) -> bool:
        """Whether anything is filled in."""
        return bool(self._values)

    def mark(self, number: int, reason: str) -> None:
        """Say why a paragraph holds no position."""
        self._fill(self.form.paragraphs[number - 1].marks, {NO_POSITION: reason})

    def add_statement(self, number: int, values: Mapping[str, str]) -> None:
        """Add a statement to a paragraph, in the room that is left or below."""
        fields = self.form.paragraphs[number - 1].statements[0].fields
        if number not in self._begun:
            self._begun.add(number)
            self._fill(fields, values)
            return
        last = max(field.line for field in fields.values())
        lines = [f"{key}: {values[key]}" for key in STATEMENT_KEYS if key in values]
        self._more.setdefault(last, []).extend(["", *lines])

    def enter(self, place: EntryPlace, values: Mapping[str, str]) -> None:
        """Fill in a position."""
        self._fill(place.filled.fields, values)

    def remarks(self, place: EntryPlace) -> list[str]:
        """What the sheet says of an issue and of the party's position so far."""
        first = min(field.line for field in place.filled.fields.values())
        return [line for line in self._lines[place.filled.line : first - 1] if line]

    def _fill(self, fields: Mapping[str, Field], values: Mapping[str, str]) -> None:
        for key, value in values.items():
            self._values[fields[key].line] = value


# ---- how it is written ----

_SHOWN = (*VERBS, "until", "offer")
_PREPRINTED = tuple(key for key in STATEMENT_KEYS if key != "note")


def worksheet(
    dossier: Dossier,
    source: Source,
    paragraphs: Sequence[str],
    parties: Sequence[Party],
    rules: Mapping[str, str],
    positions: Mapping[str, Mapping[str, Any]],
    width: int = WIDTH,
) -> str:
    """The text of a worksheet; raises WrongUsage if it would be too large to be read back.

    Args:
        dossier: What the source and the parties are of.
        source: Where the text is from.
        paragraphs: The text, paragraph by paragraph.
        parties: Those whose positions are to be filled in.
        rules: The titles of the codebook's rules, by number.
        positions: The `positions` of each party's file, as data, by the party's id.
        width: How long lines may be, words aside that are longer.
    """
    made = SheetLines(width)
    lines = [f"{TITLE} {safe(one_line(source.title))}", "", f"source: {source.id}"]
    lines += [f"text: {fingerprint(paragraphs)}", f"said: {source.date.text}", ""]
    lines += made.remarks(
        [about(source, len(paragraphs)), *how_to_code(dossier.quote_words, rules)]
    )
    sheet = NewSheet(sheet_for(len(paragraphs), len(parties), len(dossier.issues)))
    sheet.add(chain(lines, chain.from_iterable(_paragraphs(dossier, source, paragraphs, made))))
    sheet.add(["", "## Positions", "", *made.remarks(HOW_TO_ENTER)])
    asked = {one.id: made.remarks(issue_in_words(one)) for one in dossier.issues.values()}
    for party in parties:
        sheet.add(["", f"## {safe(one_line(party.name))}"])
        for issue, remarks in asked.items():
            sheet.add(["", f"### {party.id}: {issue}", "", *remarks])
            sheet.add(_in_the_file(party, issue, source, positions.get(party.id, {})))
            sheet.add(["", *(f"{key}:" for key in ("since", *VERBS, "evidence"))])
        sheet.remedy = FEWER_PARTIES
    return sheet.text()


def _paragraphs(
    dossier: Dossier, source: Source, words: Sequence[str], made: SheetLines
) -> Iterator[list[str]]:
    covered = [one for one in coverage_of(dossier) if one.source.id == source.id]
    marks = covered[0].no_position if covered else {}
    held = covered[0].statements if covered else {}
    speakers = speakers_by_name(dossier)
    for number, paragraph in enumerate(words, 1):
        lines = ["", f"## par. {number}", "", *made.text(paragraph), ""]
        remarks = [
            f"Coded already: {party}/{statement.id}: {statement.summary}"
            for party, statement in held.get(number, ())
        ]
        count, named = speakers_named(paragraph, speakers)
        if count:
            names = (f"{one.id} ({one_line(one.name)}, {party})" for party, one in named)
            remarks.append(named_here(names, count))
        if remarks:
            lines += [*made.remarks(remarks), ""]
        lines.append(f"no position: {marks.get(number, '')}".rstrip())
        lines += [f"{key}:" for key in _PREPRINTED]
        yield lines


def _in_the_file(
    party: Party, issue: str, source: Source, positions: Mapping[str, Any]
) -> list[str]:
    """The newest entry that had begun when the source appeared, as the party's file has it."""
    begun = [one for one in party.positions.get(issue, ()) if one.since.first <= source.date.last]
    if not begun:
        return []
    entry = begun[-1]
    entries: Sequence[Mapping[str, Any]] = positions.get(issue, ())
    written = next(one for one in entries if str(one.get("since")) == entry.since.text)
    fields = [f"  {key}: {_as_written(written[key])}" for key in _SHOWN if key in written]
    return [f"- In the file since {entry.since.text}:", *map(safe, fields)]


def _as_written(value: Any) -> str:
    return " ".join((value if isinstance(value, str) else flow(value)).split())


# ---- who is named in a text ----

_WORD = re.compile(r"\w+")
_SHORTEST = 3


def parties_named(dossier: Dossier, paragraphs: Sequence[str]) -> list[Party]:
    """The parties that negotiate and are named in a text, or whose speakers are; else all."""
    text = _words(" ".join(paragraphs))
    folded = text.casefold()
    parties = [dossier.parties[party] for party in dossier.negotiating]
    named = [
        party
        for party in parties
        if any(
            name in text if len(name.strip()) <= _SHORTEST else name.casefold() in folded
            for names in (names_of(party), map(last_name, party.speakers.values()))
            for name in map(_words, filter(None, names))
        )
    ]
    return named or parties


def _words(text: str) -> str:
    """The words of a text, each between blanks."""
    return f" {' '.join(_WORD.findall(text))} "


def names_of(party: Party) -> Iterator[str]:
    """What a party is called."""
    yield from (party.name, party.label)
    for alias in (party.id, *party.aliases):
        yield alias.upper() if len(alias) <= _SHORTEST else alias


def last_name(speaker: Speaker) -> str:
    """The last word of a speaker's name; empty if it is too short to be looked for."""
    words = _WORD.findall(speaker.name)
    return words[-1] if words and len(words[-1]) >= _SHORTEST else ""


def speakers_by_name(dossier: Dossier) -> dict[str, list[tuple[str, Speaker]]]:
    """Each speaker, with the id of the party, by the last word of the name in small letters."""
    speakers: dict[str, list[tuple[str, Speaker]]] = {}
    for party in dossier.parties.values():
        for speaker in party.speakers.values():
            if last := last_name(speaker):
                speakers.setdefault(last.casefold(), []).append((party.id, speaker))
    return speakers


def speakers_named(
    paragraph: str, speakers: Mapping[str, Sequence[tuple[str, Speaker]]]
) -> tuple[int, Iterator[tuple[str, Speaker]]]:
    """How many speakers there are whose last name a paragraph holds; and these, in its order."""
    words = dict.fromkeys(_WORD.findall(paragraph.casefold()))
    named = [speakers[word] for word in words if word in speakers]
    return sum(map(len, named)), chain.from_iterable(named)
