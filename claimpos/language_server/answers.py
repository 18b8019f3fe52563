"""What the server answers, in the terms of the dossier: findings, names, places, remedies."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from claimpos.dossier.findings import Finding, SourceText, Span, shown_path
from claimpos.dossier.loading import load_folder
from claimpos.dossier.model import Dossier
from claimpos.language_server.cursor import Cursor, cursor_at
from claimpos.language_server.names import Known, known_at
from claimpos.validation.checking import check_folder, located
from claimpos.validation.rules.rule import Diagnostic, Place, Rule

_MOST_FIXES = 10

# What a remedy says to write.
_QUOTED = re.compile(r"(?:write|did you mean) “([^”]+)”(?: or “([^”]+)”)?")
_EITHER = re.compile(r"write (\S+|\{.*?\}) if .*?, else (\S+|\{.*?\})\Z")
_VALUE = re.compile(r"write (-?[0-9][0-9.-]*|\{(?:min|max|above|below): .*?\})(?:[;,]|\Z)")
_BRACKETS = re.compile(r"put it in brackets: (\[.*?\])\. ")


class Target(NamedTuple):
    """Where something is defined: a file, and the place in its text."""

    path: Path
    text: SourceText
    span: Span


class Fix(NamedTuple):
    """What a remedy says to write at the place of a finding."""

    finding: Finding
    new: str


class Edited:
    """A dossier with the texts that an editor holds of its files, saved or not."""

    def __init__(self, folder: Path, texts: Mapping[Path, str]) -> None:
        self.folder = folder
        self.edited = {path: text.encode("utf-8", "replace") for path, text in texts.items()}

    def findings(self) -> tuple[list[Finding], list[str]]:
        """What is wrong with the dossier's files, and the paths of all of them as shown."""
        checked = check_folder(self.folder, date.today(), edited=self.edited)
        return checked.findings, checked.files

    def dossier(self) -> tuple[Dossier, Mapping[str, SourceText]]:
        """What can be read of the dossier, and its files by name."""
        loaded = load_folder(self.folder, self.edited)
        return loaded.dossier, loaded.texts

    def fixes(self, rows: range, path: Path) -> list[Fix]:
        """What can be written in some lines of a file, so that a finding is gone, and none is new.

        Of a line with very many findings, the first are mended.
        """
        before, _ = self.findings()
        shown = shown_path(path)
        here = [one for one in before if one.source.path == shown and one.span.line in rows]
        return [
            Fix(finding, new)
            for finding in here[:_MOST_FIXES]
            if (written := written_at(finding)) is not None
            for new in suggested(finding, written)
            if self._mends(finding, new, path, before)
        ]

    def _mends(self, finding: Finding, new: str, path: Path, before: Sequence[Finding]) -> bool:
        text, span = finding.source.text, finding.span
        start = finding.source.offset(span.line)
        changed = text[: start + span.column - 1] + new + text[start + span.end_column - 1 :]
        edited = {**self.edited, path: changed.encode("utf-8", "replace")}
        after = check_folder(self.folder, date.today(), edited=edited).findings
        left = {(one.source.path, one.code, one.message) for one in after}
        known = {(one.source.path, one.code, one.message) for one in before}
        errors = {(one.source.path, one.code, one.message) for one in after if _is_error(one)}
        return (shown_path(path), finding.code, finding.message) not in left and errors <= known


def _is_error(finding: Finding) -> bool:
    return finding.severity == "error"


def with_gaps_filled(now: Dossier, earlier: Dossier) -> Dossier:
    """A dossier with what an earlier reading had and this one lacks, as of half-written files."""
    return now._replace(
        groups=now.groups or earlier.groups,
        issues=now.issues or earlier.issues,
        sources=now.sources or earlier.sources,
        parties={**earlier.parties, **now.parties},
        proposals={**earlier.proposals, **now.proposals},
    )


def known_here(
    lines: Sequence[str], row: int, column: int, file: str, dossier: Dossier
) -> tuple[Cursor, list[Known]]:
    """The cursor at a row and a column, from 0, and what can be written there."""
    cursor = cursor_at(lines, row, column)
    return cursor, known_at(cursor, file, dossier)


def named_here(
    lines: Sequence[str], row: int, column: int, file: str, dossier: Dossier
) -> tuple[Cursor, Known | None]:
    """The cursor, and what the word there stands for."""
    cursor, known = known_here(lines, row, column, file, dossier)
    if not cursor.word:
        return cursor, None
    return cursor, next((one for one in known if one.name == cursor.word), None)


def target_of(known: Known, folder: Path, texts: Mapping[str, SourceText]) -> Target | None:
    """Where an id is defined; None for keys and words of the format."""
    if known.file not in texts:
        return None
    rule = Rule("", "note", lambda: iter(()))
    place = Place(known.file, known.steps, key=True)
    (finding,) = located([(rule, Diagnostic(place, "", ""))], folder, texts)
    return Target(Path(os.path.abspath(finding.source.path)), finding.source, finding.span)


def suggested(finding: Finding, written: str) -> Iterator[str]:
    """Each text that a remedy suggests to write instead of what is `written`."""
    for pattern in (_EITHER, _QUOTED, _VALUE, _BRACKETS):
        if match := pattern.search(finding.hint):
            yield from filter(None, match.groups())
            return
    if finding.hint.startswith("put it in quotes."):
        yield f'"{written}"'


def written_at(finding: Finding) -> str | None:
    """What stands at the place of a finding, if that is one line."""
    span = finding.span
    if span.end_line != span.line:
        return None
    return finding.source.line(span.line)[span.column - 1 : span.end_column - 1]
