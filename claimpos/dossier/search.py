"""What of a dossier holds some words: statements, issues and sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from claimpos.dossier.lookup import nearest
from claimpos.dossier.model import Dossier, Issue, PartialDate, Source, Statement
from claimpos.dossier.stems import WORD, folded, stem

Kind = Literal["issue", "statement", "source"]

_MAIN: dict[Kind, str] = {"issue": "title", "statement": "summary", "source": "title"}
_PHRASE = re.compile(r'"([^"]*)"|“([^”]*)”')


class Query(NamedTuple):
    """The stems of words that all must be found, and phrases that must, as they are written."""

    stems: tuple[str, ...]
    phrases: tuple[str, ...]


class Context(NamedTuple):
    """The field that shows best what was found, and where in it: stretches of characters."""

    field: str
    text: str
    marks: tuple[tuple[int, int], ...]


class Hit(NamedTuple):
    """Something that was found: what it is, whose, of which day, and a field of it."""

    kind: Kind
    id: str
    party: str
    day: PartialDate | None
    context: Context


def query(words: Sequence[str]) -> Query:
    """What is looked for: a word, or a phrase in quotation marks, or given as one argument."""
    phrases: list[str] = []
    loose: list[str] = []
    for one in words:
        quoted = [first or other for first, other in _PHRASE.findall(one)]
        rest = _PHRASE.sub(" ", one)
        if not quoted and len(one.split()) > 1:
            quoted, rest = [one], ""
        phrases += [" ".join(folded(phrase).split()) for phrase in quoted if phrase.strip()]
        loose += WORD.findall(rest)
    return Query(tuple(dict.fromkeys(map(stem, loose))), tuple(dict.fromkeys(phrases)))


def search(dossier: Dossier, asked: Query) -> list[Hit]:
    """What holds all that is asked for: issues, then statements, the newest first, then sources."""
    issues = [
        hit
        for issue in dossier.issues.values()
        if (hit := _hit("issue", issue.id, "", None, _of_issue(issue), asked))
    ]
    statements = [
        hit
        for party in dossier.parties.values()
        for one in party.statements.values()
        if (hit := _hit("statement", one.id, party.id, one.said, _of_statement(one), asked))
    ]
    sources = [
        hit
        for source in dossier.sources.values()
        if (hit := _hit("source", source.id, "", source.date, _of_source(source), asked))
    ]
    statements.sort(key=_first_day, reverse=True)
    sources.sort(key=_first_day, reverse=True)
    return [*issues, *statements, *sources]


def unknown_words(dossier: Dossier, words: Sequence[str]) -> dict[str, list[str]]:
    """The words asked for that stand nowhere, each with those that look like it."""
    known: dict[str, str] = {}
    for text in _texts(dossier):
        for word in WORD.findall(text):
            known.setdefault(stem(word), word.casefold())
    asked = dict.fromkeys(word for one in words for word in WORD.findall(one))
    return {word: nearest(word, known.values()) for word in asked if stem(word) not in known}


def _texts(dossier: Dossier) -> Iterator[str]:
    for issue in dossier.issues.values():
        yield from _of_issue(issue).values()
    for party in dossier.parties.values():
        for one in party.statements.values():
            yield from _of_statement(one).values()
    for source in dossier.sources.values():
        yield from _of_source(source).values()


def _first_day(hit: Hit) -> str:
    return "" if hit.day is None else hit.day.first.isoformat()


def _of_issue(issue: Issue) -> dict[str, str]:
    return {
        "title": issue.title,
        "question": issue.question,
        **{f"options.{key}": title for key, title in issue.options.items()},
        **{f"items.{key}": title for key, title in issue.items.items()},
        "note": issue.note,
        "id": issue.id,
    }


def _of_statement(one: Statement) -> dict[str, str]:
    speaker = one.speaker
    return {
        "quote": one.quote,
        "quote-original": one.quote_original,
        "summary": one.summary,
        "speaker": "" if speaker is None else ", ".join(filter(None, (speaker.name, speaker.role))),
        "note": one.note,
        "id": one.id,
    }


def _of_source(source: Source) -> dict[str, str]:
    return {
        "title": source.title,
        "publisher": source.publisher,
        "note": source.note,
        "id": source.id,
    }


def _hit(
    kind: Kind,
    name: str,
    party: str,
    day: PartialDate | None,
    fields: Mapping[str, str],
    asked: Query,
) -> Hit | None:
    marked = {field: _marks(text, asked) for field, text in fields.items() if text}
    found = {what for marks in marked.values() for what in marks}
    if not found.issuperset((*asked.stems, *asked.phrases)):
        return None
    shown = [field for field in marked if field != "id" and marked[field]]
    # What only the id holds is shown by what it is the id of.
    best = max(shown, key=lambda field: len(marked[field]), default=_MAIN[kind])
    places = sorted({place for many in marked[best].values() for place in many})
    return Hit(kind, name, party, day, Context(best, fields[best], tuple(places)))


def _marks(text: str, asked: Query) -> dict[str, list[tuple[int, int]]]:
    """Where in a text each thing that is asked for stands; without what does not."""
    found: dict[str, list[tuple[int, int]]] = {}
    for match in WORD.finditer(text):
        for part in _parts(match):
            if part[0] in asked.stems:
                found.setdefault(part[0], []).append(part[1])
    for phrase in asked.phrases:
        if places := list(_places(text, phrase)):
            found[phrase] = places
    return found


def _parts(match: re.Match[str]) -> Iterator[tuple[str, tuple[int, int]]]:
    """The stems of a word and, of one with a hyphen, of its parts, with where each stands."""
    yield stem(match[0]), match.span()
    if "-" in match[0]:
        for part in re.finditer(r"[^-]+", match[0]):
            start = match.start()
            yield stem(part[0]), (start + part.start(), start + part.end())


def _places(text: str, phrase: str) -> Iterator[tuple[int, int]]:
    """Where a phrase stands, word for word; white space and capitals make no difference."""
    words = [re.escape(word) for word in phrase.split()]
    # What folding makes of a text may be longer, so that it is looked for letter by letter.
    plain, origin = [], []
    for at, letter in enumerate(text):
        for one in folded(letter):
            plain.append(one)
            origin.append(at)
    pattern = r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)"
    for match in re.finditer(pattern, "".join(plain)):
        yield origin[match.start()], origin[match.end() - 1] + 1
