"""What the server answers, apart from the protocol: findings, names, places, fixes."""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import takewhile
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple

from claimpos.dossier.dates import today
from claimpos.dossier.findings import Finding, SourceText, Span, shown_path
from claimpos.dossier.loading import load_folder
from claimpos.dossier.locate import AGENDA, PROPOSALS, SOURCES, file_of, party_of
from claimpos.dossier.model import CITING, OUTCOME_VERBS, Dossier, Issue, Party
from claimpos.dossier.schemas import schema
from claimpos.language_server.cursor import ITEM, Cursor, cursor_at
from claimpos.validation.checking import check_folder, located
from claimpos.validation.rules.rule import Diagnostic, Place, Rule

_MOST_FIXES = 10
_FIX_SECONDS = 2
"""Seconds of computing after which no further fix is tried; meanwhile nothing else is answered."""

_MOST_NAMES = 1_000

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
        checked = check_folder(self.folder, today(), edited=self.edited)
        return checked.findings, checked.files

    def dossier(self) -> tuple[Dossier, Mapping[str, SourceText]]:
        """What can be read of the dossier, and the texts of its files by name."""
        loaded = load_folder(self.folder, self.edited)
        return loaded.dossier, loaded.texts

    def fixes(self, rows: range, path: Path) -> list[Fix]:
        """What can be written in some lines of a file to mend a finding without causing another.

        If there are very many findings, or if checking the dossier takes long, only the first are
        mended.
        """
        before, _ = self.findings()
        shown = shown_path(path)
        here = [one for one in before if one.source.path == shown and one.span.line in rows]
        fixes = (
            Fix(finding, new)
            for finding in here[:_MOST_FIXES]
            if (written := written_at(finding)) is not None
            for new in suggested(finding, written)
        )
        until = process_time() + _FIX_SECONDS
        tried = takewhile(lambda _: process_time() < until, fixes)
        return [one for one in tried if self._mends(one, path, before)]

    def _mends(self, fix: Fix, path: Path, before: Sequence[Finding]) -> bool:
        finding, new = fix
        text, span = finding.source.text, finding.span
        start = finding.source.offset(span.line)
        changed = text[: start + span.column - 1] + new + text[start + span.end_column - 1 :]
        edited = {**self.edited, path: changed.encode("utf-8", "replace")}
        after = check_folder(self.folder, today(), edited=edited).findings
        left = {(one.source.path, one.code, one.message) for one in after}
        known = {(one.source.path, one.code, one.message) for one in before}
        errors = {
            (one.source.path, one.code, one.message) for one in after if one.severity == "error"
        }
        return (shown_path(path), finding.code, finding.message) not in left and errors <= known


def with_gaps_filled(now: Dossier, earlier: Dossier) -> Dossier:
    """A dossier with what an earlier reading had and this one, of half-written files, lacks."""
    return now._replace(
        groups=now.groups or earlier.groups,
        issues=now.issues or earlier.issues,
        sources=now.sources or earlier.sources,
        parties={**earlier.parties, **now.parties},
        proposals={**earlier.proposals, **now.proposals},
    )


def known_here(
    lines: Sequence[str], row: int, column: int, file: str, dossier: Dossier
) -> "tuple[Cursor, list[Known]]":
    """The cursor at a row and a column, from 0, and what can be written there."""
    cursor = cursor_at(lines, row, column)
    return cursor, known_at(cursor, file, dossier)


def some_of(known: "list[Known]", typed: str) -> "list[Known]":
    """What is known; if it is very much, the first of it that have what is typed in their names."""
    if len(known) <= _MOST_NAMES:
        return known
    typed = typed.casefold()
    return [one for one in known if typed in one.name.casefold()][:_MOST_NAMES]


def named_here(
    lines: Sequence[str], row: int, column: int, file: str, dossier: Dossier
) -> "tuple[Cursor, Known | None]":
    """The cursor, and what the word there stands for."""
    cursor, known = known_here(lines, row, column, file, dossier)
    if not cursor.word:
        return cursor, None
    return cursor, next((one for one in known if one.name == cursor.word), None)


def target_of(known: "Known", folder: Path, texts: Mapping[str, SourceText]) -> Target | None:
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
    """The text at the place of a finding, if that is on one line."""
    span = finding.span
    if span.end_line != span.line:
        return None
    return finding.source.line(span.line)[span.column - 1 : span.end_column - 1]


class Known(NamedTuple):
    """Something that can be written: its name, a title, what explains it, and where it is defined.

    `file` is a name within the dossier, empty for keys and words of the format; `steps` lead to
    it there.
    """

    name: str
    title: str
    text: str = ""
    file: str = ""
    steps: tuple[str, ...] = ()


def known_at(cursor: Cursor, file: str, dossier: Dossier) -> list[Known]:
    """What can be written at a cursor in a file of a dossier, ids first."""
    cursor = cursor._replace(path=(*steps_above(file), *cursor.path))
    found = _matching(cursor, file, dossier)
    if cursor.path[-1:] == (ITEM,) or not found:
        found += _matching(cursor._replace(is_value=not cursor.is_value), file, dossier)
    return [*{known.name: known for known in reversed(found)}.values()][::-1]


def steps_above(file: str) -> tuple[str, ...]:
    """The keys above what a file holds: a file of a party's folder may be a part of its data."""
    _, *rest = file.split("/")
    return (rest[1],) if len(rest) == 3 else ()


def _matching(cursor: Cursor, file: str, dossier: Dossier) -> list[Known]:
    return [*_ids(cursor, file, dossier), *_of_the_format(cursor, _schema_of(file))]


def _schema_of(file: str) -> str:
    if file.startswith(f"{PROPOSALS}/"):
        return "proposal"
    return {AGENDA: "agenda", SOURCES: "sources"}.get(file, "party")


# ---- ids ----


def _ids(cursor: Cursor, file: str, dossier: Dossier) -> Iterator[Known]:
    path = tuple(step for step in cursor.path if step != ITEM)
    if not path:
        return
    party = dossier.parties.get(party_of(file))
    if not cursor.is_value and path[-1] in ("positions", "terms", "if"):
        yield from _issues(dossier)
    elif not cursor.is_value and path[-1] == "answers":
        yield from _proposals(dossier)
    elif cursor.is_value and path[-1] in _OF_KEY:
        yield from _OF_KEY[path[-1]](dossier, party)
    elif cursor.is_value and not {*CITING}.isdisjoint(path[-2:]):
        yield from _statements(dossier, party)
    elif (issue := _issue_named(path, dossier)) is not None:
        yield from _outcomes(issue, cursor)


def _issue_named(path: tuple[str, ...], dossier: Dossier) -> Issue | None:
    """The issue of which outcomes stand at the end of a path."""
    if "if" in path:
        at = len(path) - path[::-1].index("if")
    elif path[0] in ("positions", "terms"):
        at = 1
        if not {*OUTCOME_VERBS, "outcome"} & {*path[2:]}:
            return None
    else:
        return None
    return dossier.issues.get(path[at]) if at < len(path) else None


def _outcomes(issue: Issue, cursor: Cursor) -> Iterator[Known]:
    def of(what: str, titles: Mapping[str, str]) -> Iterator[Known]:
        for key, title in titles.items():
            yield Known(key, title, issue.question, AGENDA, ("issues", issue.id, what, key))

    if issue.kind != "items" or (
        cursor.is_value and cursor.path[-1] in (*issue.items, "all", ITEM)
    ):
        yield from of("options", issue.options)
    else:
        yield from of("items", issue.items)


def _issues(dossier: Dossier, *_: object) -> Iterator[Known]:
    for issue in dossier.issues.values():
        text = f"{issue.question}\n\n{issue.note}".strip()
        yield Known(issue.id, issue.title, text, AGENDA, ("issues", issue.id))


def _sources(dossier: Dossier, *_: object) -> Iterator[Known]:
    for source in dossier.sources.values():
        text = f"{source.publisher}, {source.date.text}, {source.status}"
        yield Known(source.id, source.title, text, SOURCES, ("sources", source.id))


def _parties(dossier: Dossier, *_: object) -> Iterator[Known]:
    for party in dossier.parties.values():
        yield Known(party.id, party.name, party.note, file_of(party.id), ("party",))


def _proposals(dossier: Dossier, *_: object) -> Iterator[Known]:
    for proposal in dossier.proposals.values():
        file = f"{PROPOSALS}/{proposal.id}.yaml"
        yield Known(proposal.id, proposal.title, proposal.date.text, file, ("proposal",))


def _statements(_: Dossier, party: Party | None) -> Iterator[Known]:
    for statement in {} if party is None else party.statements.values():
        text = f"{statement.source.title}, {statement.said.text}, {statement.basis}"
        steps = ("statements", statement.id)
        yield Known(statement.id, statement.summary, text, _file_of(party), steps)


def _speakers(_: Dossier, party: Party | None) -> Iterator[Known]:
    for speaker in {} if party is None else party.speakers.values():
        steps = ("speakers", speaker.id)
        yield Known(speaker.id, speaker.name, speaker.role, _file_of(party), steps)


def _offers(_: Dossier, party: Party | None) -> Iterator[Known]:
    for offer in {} if party is None else party.offers.values():
        yield Known(offer.id, offer.title, "", _file_of(party), ("offers", offer.id))


def _groups(dossier: Dossier, *_: object) -> Iterator[Known]:
    for group, title in dossier.groups.items():
        yield Known(group, title, "", AGENDA, ("groups", group))


def _file_of(party: Party | None) -> str:
    return "" if party is None else file_of(party.id)


_OF_KEY: dict[str, Callable[[Dossier, Party | None], Iterator[Known]]] = {
    "source": _sources,
    "speaker": _speakers,
    "offer": _offers,
    "group": _groups,
    "members": _parties,
    "authors": _parties,
    "by": _parties,
    "except": _issues,
    "presupposes": _issues,
    **dict.fromkeys(CITING, _statements),
}


# ---- keys and words of the format ----


def _of_the_format(cursor: Cursor, name: str) -> Iterator[Known]:
    whole = _bundled(name)
    places = [*_flat(whole, whole)]
    for step in cursor.path:
        places = [deeper for one in places for deeper in _below(one, step, whole)]
    for place in places:
        if cursor.is_value:
            for word in place.get("enum", ()):
                yield Known(str(word), str(place.get("title", "")), place.get("description", ""))
        else:
            for key, value in place.get("properties", {}).items():
                yield Known(key, str(value.get("title", "")), value.get("description", ""))


def _below(place: Any, step: str, whole: Any) -> Iterator[Any]:
    if step == ITEM:
        deeper = place.get("items")
    else:
        deeper = place.get("properties", {}).get(step, place.get("additionalProperties"))
    if isinstance(deeper, dict):
        yield from _flat(deeper, whole)


def _flat(part: Any, whole: Any) -> Iterator[Any]:
    """A part of a schema, and those that it is put together from."""
    yield part
    if reference := part.get("$ref"):
        yield from _flat(whole["$defs"][reference.rpartition("/")[2]], whole)
    for key in ("anyOf", "allOf", "oneOf"):
        for one in part.get(key, ()):
            yield from _flat(one, whole)


@cache
def _bundled(name: str) -> dict[str, Any]:
    return schema(name)
