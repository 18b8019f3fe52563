"""Asks in a terminal, paragraph by paragraph, for what `claimpos code` needs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path

from claimpos.cli.output import put, put_bytes, say, terminal_width, typed_line
from claimpos.curating.code_text import CodingResult, add_worksheet, new_worksheet
from claimpos.curating.worksheet import (
    STATEMENT,
    STATEMENT_KEYS,
    EntryPlace,
    SheetFilling,
    speakers_by_name,
    speakers_named,
)
from claimpos.dossier.dates import today
from claimpos.dossier.findings import Finding, shown_path
from claimpos.dossier.lookup import id_words, nearest
from claimpos.dossier.model import BASES, VERBS, Party
from claimpos.errors import InvalidDossier
from claimpos.rendering.text import safe, wrapped
from claimpos.validation.gate import load_dossier
from claimpos.wording.names import joined
from claimpos.wording.worksheet import (
    KEEP_OR_CHANGE,
    PROMPTS,
    WHAT_NEXT,
    WHY_NO_POSITION,
    named_here,
    place_in_text,
)

_NO, _STATEMENT, _LATER, _QUIT = "n", "s", "", "q"
_CLEAR = "-"
_CHANGE = "c"
_ID_WORDS = 4
_STATEMENT_KEYS = ("quote", "party", "id", "speaker", "said", "basis", "summary")
_ENTRY_KEYS = ("since", *VERBS, "evidence")


class CodingSession:
    """Works through a text with whoever sits at the terminal.

    What is typed fills in a worksheet, which is added to the dossier at the end; if that cannot be
    done, it is kept as a file.
    """

    def __init__(self, folder: Path, source: str, paragraphs: Sequence[str]) -> None:
        self.folder = folder
        self.paragraphs = paragraphs
        self.dossier = load_dossier(folder)
        parties = [*self.dossier.parties.values()]
        self.sheet = SheetFilling(
            new_worksheet(folder, source, paragraphs, parties, terminal_width())
        )
        self.source = self.dossier.sources[source]
        self.said = self.source.date.text
        self.kept = Path(f"code-{source}.md")
        self.new: dict[str, list[str]] = {}
        self.doubts: list[Finding] = []
        self.kept_doubts: list[Finding] = []
        self.speakers = speakers_by_name(self.dossier)

    def run(self, today: date) -> CodingResult:
        """Ask, and add what was said; show any doubts first. Raises what `add_worksheet` raises."""
        try:
            try:
                self.ask()
            except EOFError:
                put("\n")
            shown = shown_path(self.kept)
            result = add_worksheet(self.folder, shown, self.sheet.text(), today)
        except (KeyboardInterrupt, Exception):
            if self.sheet.is_begun:
                self.keep()
            raise
        kept = {one.message for one in self.kept_doubts}
        self.tell([one for one in result.doubts if one.message not in kept])
        return result._replace(doubts=[])  # their lines are of a file that is not there

    def keep(self) -> None:
        """Save the worksheet in this folder, under a name that is free."""
        number = 2
        while os.path.lexists(self.kept):
            self.kept = Path(f"code-{self.source.id}-{number}.md")
            number += 1
        put_bytes(self.sheet.text().encode(), self.kept, is_new=True)
        shown = shown_path(self.kept)
        say(f"what you have coded is kept in {shown}; add it with claimpos code --take {shown}")

    def ask(self) -> None:
        """Ask about each paragraph that is not coded yet, then about positions."""
        marked = {number for _, numbers in self.source.no_position for number in numbers}
        for number in range(1, len(self.paragraphs) + 1):
            if number not in marked and not self.ask_paragraph(number):
                break
        for party, statements in self.new.items():
            self.ask_positions(self.dossier.parties[party], statements)

    # ---- paragraphs ----

    def ask_paragraph(self, number: int) -> bool:
        """Ask what a paragraph holds; returns False if the user wants to stop."""
        text = self.paragraphs[number - 1]
        width = terminal_width()
        put(f"\n{place_in_text(number, len(self.paragraphs))}\n{wrapped(text, width, '  ')}\n")
        count, named = speakers_named(text, self.speakers)
        if count:
            names = (f"{speaker.name} ({party}/{speaker.id})" for party, speaker in named)
            put(f"{wrapped(named_here(names, count), width, '  ')}\n")
        while True:
            answer = self.line(WHAT_NEXT).lower()[:1]
            if answer == _QUIT:
                return False
            if answer == _LATER:
                return True
            if answer == _STATEMENT:
                self.ask_statement(number)
            elif answer == _NO and self.ask_reason(number):
                return True

    def ask_reason(self, number: int) -> bool:
        """Ask why a paragraph holds no position; returns whether there was a valid answer."""
        reason = self.line(WHY_NO_POSITION)
        return bool(reason) and not self.wrong_keys(lambda: self.sheet.mark(number, reason))

    def ask_statement(self, number: int) -> None:
        """Ask for a statement, and once more for what is wrong with it."""
        values = {"said": self.said}
        _, named = speakers_named(self.paragraphs[number - 1], self.speakers)
        for party, speaker in islice(named, 1):
            values |= {"party": party, "speaker": speaker.id}
        asked = {*_STATEMENT_KEYS}
        while asked:
            for key in _STATEMENT_KEYS:
                if key == "id" and "id" not in values:
                    values["id"] = "-".join(id_words(values["quote"]).split("-")[:_ID_WORDS])
                if key in asked:
                    values[key] = self.party(values) if key == "party" else self.field(key, values)
                while key in asked and key == "quote" and self.is_misquoted(number, values[key]):
                    values[key] = self.field(key, values)
                if key == "party" and not values[key]:
                    return
            filled = {
                STATEMENT: f"{values['party']}/{values['id']}",
                **_of(values, STATEMENT_KEYS),
            }
            wrong = self.wrong_keys(lambda: self.sheet.add_statement(number, filled))  # noqa: B023
            wrong |= {"party", "id"} if STATEMENT in wrong else set()
            asked = {*_STATEMENT_KEYS} & wrong or ({*_STATEMENT_KEYS} if wrong else set())
        self.said = values["said"]
        self.new.setdefault(values["party"], []).append(values["id"])

    def is_misquoted(self, number: int, quote: str) -> bool:
        """Report what is wrong with a statement's quote alone; returns whether anything is."""
        before = self.sheet.copy()
        name = f"{next(iter(self.dossier.parties))}/quote"
        findings = self.faults(
            lambda: self.sheet.add_statement(number, {STATEMENT: name, "quote": quote})
        )
        self.sheet = before
        wrong = [one for one in findings if _key_of(one) == "quote"]
        self.tell(wrong)
        return bool(wrong)

    def party(self, values: Mapping[str, str]) -> str:
        """The id of a party; empty if the statement is given up."""
        while True:
            name = self.field("party", values).casefold()
            if not name or name in self.dossier.parties:
                return name
            self.tell_unknown(name, [*self.dossier.parties])

    # ---- positions ----

    def ask_positions(self, party: Party, statements: Sequence[str]) -> None:
        places = {
            place.issue: place for place in self.sheet.form.entries if place.party == party.id
        }
        put(f"\n{safe(party.name)}: {', '.join(places)}\n")
        while name := self.field("issue", {}):
            if name in places:
                self.ask_position(places[name], statements)
            else:
                self.tell_unknown(name, [*places])

    def ask_position(self, place: EntryPlace, statements: Sequence[str]) -> None:
        """Ask for a position, and once more for what is wrong with it."""
        put("".join(f"{line}\n" for line in self.sheet.remarks(place)))
        values = {"evidence": ", ".join(statements), "issue": place.issue, "party": place.party}
        asked = {*_ENTRY_KEYS}
        while asked:
            for key in _ENTRY_KEYS:
                if key in asked and (key != "evidence" or any(map(values.get, VERBS))):
                    values[key] = self.field(key, values)
            if not any(map(values.get, VERBS)):
                return
            wrong = self.wrong_keys(lambda: self.sheet.enter(place, _of(values, _ENTRY_KEYS)))
            if not wrong and self.is_doubtful(place):
                wrong = {*_ENTRY_KEYS}
            asked = {*_ENTRY_KEYS} & wrong or ({*_ENTRY_KEYS} if wrong else set())

    def is_doubtful(self, place: EntryPlace) -> bool:
        """Report what is doubtful about a position; returns whether the user will change it."""
        last = max(field.line for field in place.filled.fields.values())
        doubts = [one for one in self.doubts if place.filled.line <= one.span.line <= last]
        self.tell(doubts)
        if doubts and self.line(KEEP_OR_CHANGE).lower()[:1] == _CHANGE:
            return True
        self.kept_doubts += doubts
        return False

    # ---- what they have in common ----

    def line(self, prompt: str, candidates: Iterable[str] = ()) -> str:
        """A line that is typed; raises EOFError at the end of the input."""
        return " ".join(typed_line(prompt, candidates).split())

    def field(self, key: str, values: Mapping[str, str]) -> str:
        """The value of a field; an empty line keeps the usual one, and a dash clears it."""
        usual = values.get(key, "")
        shown = f" [{safe(usual)}]" if usual else ""
        typed = self.line(f"{PROMPTS[key]}{shown}: ", self.candidates(key, values))
        return "" if typed == _CLEAR else typed or usual

    def candidates(self, key: str, values: Mapping[str, str]) -> Iterable[str]:
        """What Tab completes a field to."""
        party = self.dossier.parties.get(values.get("party", ""))
        issue = self.dossier.issues.get(values.get("issue", ""))
        held: dict[str, Iterable[str]] = {
            "party": self.dossier.parties,
            "speaker": () if party is None else party.speakers,
            "basis": BASES,
            "issue": self.dossier.issues,
            "evidence": self.new.get(values.get("party", ""), ()),
        }
        if key in VERBS and issue is not None:
            return (*issue.options, *issue.items)
        return held.get(key, ())

    def wrong_keys(self, fill: Callable[[], None]) -> set[str]:
        """Fill something in; if anything is wrong with it, report that and take it back.

        Returns:
            The keys of the lines that are wrong; none if nothing is.
        """
        before = self.sheet.copy()
        if findings := self.faults(fill):
            self.sheet = before
            self.tell(findings)
        return {*map(_key_of, findings)}

    def faults(self, fill: Callable[[], None]) -> Sequence[Finding]:
        """What is wrong with the sheet once something is filled in."""
        fill()
        try:
            result = add_worksheet(self.folder, "", self.sheet.text(), today(), True)
        except InvalidDossier as error:
            return error.findings
        self.doubts = result.doubts
        return ()

    def tell(self, findings: Sequence[Finding]) -> None:
        """Report what is wrong, or doubtful, with what was typed."""
        for finding in findings:
            line = finding.source.line(finding.span.line)
            what = line.strip("# ") if line.startswith("#") else line.partition(":")[0]
            hint = f" ({finding.hint})" if finding.hint else ""
            text = f"{what}: {finding.message}{hint}"
            put(f"{wrapped(text, terminal_width(), '! ', '  ')}\n")

    def tell_unknown(self, name: str, known: Sequence[str]) -> None:
        near = nearest(name, known)
        meant = f"did you mean {joined(near, 'or')}?" if near else f"known: {', '.join(known)}"
        put(safe(f"! “{name}” is unknown; {meant}\n"))


def _key_of(finding: Finding) -> str:
    """The key of the line that a finding is about."""
    return finding.source.line(finding.span.line).partition(":")[0]


def _of(values: Mapping[str, str], keys: Iterable[str]) -> dict[str, str]:
    return {key: values[key] for key in keys if key in values}
