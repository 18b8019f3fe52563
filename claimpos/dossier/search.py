"""What of a dossier holds some words, in whichever form: statements, issues and sources."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal, get_args

from claimpos.dossier.lookup import nearest
from claimpos.dossier.model import Dossier, Issue, PartialDate, Source, Statement
from claimpos.records import NamedTuple

Kind = Literal["issue", "statement", "source"]
_KINDS: tuple[Kind, ...] = get_args(Kind)

_PHRASE = re.compile(r'"([^"]*)"|“([^“”]*)”')

WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
"""A word as people write it: Putin's, cease-fire, 4.5."""

_SHORTEST = 3
_VOWEL = re.compile(r"[aeiouy]")
_DOUBLE = re.compile(r"([bdfgmnprt])\1\Z")
_ENDINGS = {"ingly": 3, "edly": 3, "ings": 3, "ing": 3, "ied": 3, "ed": 3, "ly": 5}
"""The endings, and how many letters at least must stand before each."""
_OF_EE = ("freed", "greed", "teed")


class Query(NamedTuple):
    """The stems of words that all must be found, and phrases that must, as they are written."""

    stems: tuple[str, ...]
    phrases: tuple[str, ...]


class Context(NamedTuple):
    """The field that shows best what was found, and where in it: stretches of characters."""

    field: str
    text: str
    marks: tuple[tuple[int, int], ...]


class _Field(NamedTuple):
    """A text and, if it spells out an id, that id, by which it can be found as well."""

    text: str
    id: str = ""


class _Held(NamedTuple):
    """Something that may be found, as a `Hit` tells it, with its fields by their keys."""

    kind: Kind
    id: str
    party: str
    day: PartialDate | None
    fields: Mapping[str, _Field]


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
    hits = [hit for one in _held(dossier) if (hit := _hit(one, asked))]
    hits.sort(key=_first_day, reverse=True)
    return sorted(hits, key=lambda hit: _KINDS.index(hit.kind))


def unknown_words(dossier: Dossier, words: Sequence[str]) -> dict[str, list[str]]:
    """The words asked for that stand nowhere, each with those that look like it."""
    known: dict[str, str] = {}
    for field in (field for one in _held(dossier) for field in one.fields.values()):
        for word in (word for text in field for word in dict.fromkeys(WORD.findall(text))):
            for part in _parts(word):
                known.setdefault(stem(part), part.casefold())
    asked = dict.fromkeys(word for one in words for word in WORD.findall(one))
    return {word: nearest(word, known.values()) for word in asked if stem(word) not in known}


def _held(dossier: Dossier) -> Iterator[_Held]:
    for issue in dossier.issues.values():
        yield _Held("issue", issue.id, "", None, _of_issue(issue))
    for party in dossier.parties.values():
        for one in party.statements.values():
            yield _Held("statement", one.id, party.id, one.said, _of_statement(one))
    for source in dossier.sources.values():
        yield _Held("source", source.id, "", source.date, _of_source(source))


def _first_day(hit: Hit) -> str:
    return "" if hit.day is None else hit.day.first.isoformat()


def _of_issue(issue: Issue) -> dict[str, _Field]:
    return {
        "title": _Field(issue.title, issue.id),
        "question": _Field(issue.question),
        **{f"options.{key}": _Field(title, key) for key, title in issue.options.items()},
        **{f"items.{key}": _Field(title, key) for key, title in issue.items.items()},
        "also": _Field(", ".join(issue.also)),
        "note": _Field(issue.note),
    }


def _of_statement(one: Statement) -> dict[str, _Field]:
    speaker = one.speaker
    return {
        "quote": _Field(one.quote),
        "quote-original": _Field(one.quote_original),
        "summary": _Field(one.summary, one.id),
        "speaker": _Field(
            "" if speaker is None else ", ".join(filter(None, (speaker.name, speaker.role)))
        ),
        "note": _Field(one.note),
    }


def _of_source(source: Source) -> dict[str, _Field]:
    return {
        "title": _Field(source.title, source.id),
        "publisher": _Field(source.publisher),
        "note": _Field(source.note),
    }


def _hit(held: _Held, asked: Query) -> Hit | None:
    marked = {
        key: (_marks(field.text, asked), _marks(field.id, asked))
        for key, field in held.fields.items()
    }
    found = {what for both in marked.values() for marks in both for what in marks}
    if not found.issuperset((*asked.stems, *asked.phrases)):
        return None
    # What only an id holds is shown by what it is the id of.
    best = max(marked, key=lambda key: [*map(len, marked[key])])
    places = sorted({place for many in marked[best][0].values() for place in many})
    context = Context(best, held.fields[best].text, tuple(places))
    return Hit(held.kind, held.id, held.party, held.day, context)


def _marks(text: str, asked: Query) -> dict[str, list[tuple[int, int]]]:
    """Where in a text each thing that is asked for stands; without what does not."""
    found: dict[str, list[tuple[int, int]]] = {}
    words = {*WORD.findall(text)}
    if any(stem(part) in asked.stems for word in words for part in _parts(word)):
        for match in WORD.finditer(text):
            for part, place in _parts_of(match):
                if part in asked.stems:
                    found.setdefault(part, []).append(place)
    for phrase in asked.phrases:
        if places := list(_places(text, phrase)):
            found[phrase] = places
    return found


def _parts(word: str) -> list[str]:
    """A word and, of one with a hyphen, its parts."""
    return [word, *filter(None, word.split("-"))] if "-" in word else [word]


def _parts_of(match: re.Match[str]) -> Iterator[tuple[str, tuple[int, int]]]:
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


def folded(text: str) -> str:
    """A text in which capitals, accents and the forms of marks make no difference."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‘", "'"))
    return "".join(one for one in plain if not unicodedata.combining(one)).casefold()


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """An English word without its ending, so that one form of the word finds the others.

    A few rules, not a dictionary: plurals, and the endings of verbs and adverbs, are cut off, and
    what is left need not be a word. The forms of a regular word have one stem; `left` is not
    `leave`.
    """
    found = folded(word).replace("-", "").removesuffix("'s").removesuffix("'")
    if not found.isascii() or not found.isalpha():
        return found
    return _tail(_without_verb_ending(_singular(found)))


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > _SHORTEST + 1:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "ches", "shes", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > _SHORTEST:
        return word[:-1]
    return word


def _without_verb_ending(word: str) -> str:
    if word.endswith(_OF_EE):
        return word[:-1]
    for ending, least in _ENDINGS.items():
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= least and _VOWEL.search(rest):
            return f"{rest}y" if ending == "ied" else _DOUBLE.sub(r"\1", rest)
    return word


def _tail(word: str) -> str:
    """The word without a last e, and with i for a last y."""
    if len(word) > _SHORTEST and word.endswith("e"):
        return word[:-1]
    return f"{word[:-1]}i" if len(word) > _SHORTEST and word.endswith("y") else word
