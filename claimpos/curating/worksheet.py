"""The worksheet of a text: its paragraphs, and for each party the issues, with room to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import TextWrapper
from typing import Any

from claimpos.curating.coding import fingerprint
from claimpos.curating.parties_named import speakers_by_name, speakers_named
from claimpos.curating.worksheet_form import STATEMENT_KEYS, TITLE
from claimpos.dossier.model import VERBS, Dossier, Entry, Party, Source
from claimpos.dossier.paragraphs import coverage_of
from claimpos.importing.writing import flow
from claimpos.rendering.text import safe
from claimpos.wording.names import one_line
from claimpos.wording.worksheet import (
    HOW_TO_ENTER,
    NAMED_HERE,
    about,
    how_to_code,
    outcomes_in_words,
    question_in_words,
    rules_in_words,
)

WIDTH = 98
_SHOWN = (*VERBS, "until", "offer")
_PREPRINTED = tuple(key for key in STATEMENT_KEYS if key != "note")


class _Lines:
    """Breaks texts and remarks into lines of a width."""

    def __init__(self, width: int) -> None:
        self._text = self._wrapper(width, "> ", "> ")
        self._remark = self._wrapper(width, "- ", "  ")

    @staticmethod
    def _wrapper(width: int, first: str, later: str) -> TextWrapper:
        return TextWrapper(
            width,
            initial_indent=first,
            subsequent_indent=later,
            break_long_words=False,
            break_on_hyphens=False,
        )

    def text(self, paragraph: str) -> list[str]:
        """A paragraph of the text that is coded."""
        return self._text.wrap(paragraph)

    def remarks(self, told: Iterable[str]) -> list[str]:
        """Remarks, each behind a dash."""
        return [line for one in told for line in self._remark.wrap(" ".join(safe(one).split()))]


def worksheet(
    dossier: Dossier,
    source: Source,
    paragraphs: Sequence[str],
    parties: Sequence[Party],
    rules: Mapping[str, str],
    positions: Mapping[str, Mapping[str, Any]],
    width: int = WIDTH,
) -> str:
    """The text of a worksheet.

    Args:
        dossier: What the source and the parties are of.
        source: Where the text is from.
        paragraphs: The text, paragraph by paragraph.
        parties: Those whose positions are to be filled in.
        rules: The titles of the codebook's rules, by number.
        positions: The `positions` of each party's file, as data, by the party's id.
        width: How long lines may be, words aside that are longer.
    """
    made = _Lines(width)
    words = [*paragraphs]
    lines = [f"{TITLE} {safe(one_line(source.title))}", "", f"source: {source.id}"]
    lines += [f"text: {fingerprint(words)}", f"said: {source.date.text}", ""]
    told = [about(source, len(words)), *how_to_code(dossier.quote_words, rules)]
    lines += made.remarks([*told, rules_in_words(rules)] if rules else told)
    lines += [line for one in _paragraphs(dossier, source, words, made) for line in one]
    lines += ["", "## Positions", "", *made.remarks(HOW_TO_ENTER)]
    for party in parties:
        lines += ["", f"## {safe(one_line(party.name))}"]
        for issue in dossier.issues.values():
            lines += ["", f"### {party.id}: {issue.id}", ""]
            lines += made.remarks([question_in_words(issue), outcomes_in_words(issue)])
            lines += made.remarks([issue.note] if issue.note else [])
            lines += _in_the_file(party, issue.id, source, positions.get(party.id, {}))
            lines += ["", *(f"{key}:" for key in ("since", *VERBS, "evidence"))]
    return "\n".join(lines) + "\n"


def _paragraphs(
    dossier: Dossier, source: Source, words: Sequence[str], made: _Lines
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
        if named := speakers_named(paragraph, speakers):
            told = (f"{one.id} ({one_line(one.name)}, {party})" for party, one in named)
            remarks.append(f"{NAMED_HERE} {', '.join(told)}")
        if remarks:
            lines += [*made.remarks(remarks), ""]
        mark = marks.get(number, "")
        lines.append(f"no position: {mark}".rstrip())
        lines += [f"{key}:" for key in _PREPRINTED]
        yield lines


def _in_the_file(
    party: Party, issue: str, source: Source, positions: Mapping[str, Any]
) -> list[str]:
    """The newest entry that had begun when the source appeared, as the party's file has it."""
    entry = _newest(party.positions.get(issue, ()), source)
    if entry is None:
        return []
    entries: Sequence[Mapping[str, Any]] = positions.get(issue, ())
    written = next(one for one in entries if str(one.get("since")) == entry.since.text)
    fields = [f"  {key}: {_as_written(written[key])}" for key in _SHOWN if key in written]
    return [f"- In the file since {entry.since.text}:", *map(safe, fields)]


def _newest(entries: Sequence[Entry], source: Source) -> Entry | None:
    begun = [one for one in entries if one.since.first <= source.date.last]
    return begun[-1] if begun else None


def _as_written(value: Any) -> str:
    return " ".join((value if isinstance(value, str) else flow(value)).split())
