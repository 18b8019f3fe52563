"""Searches the statements, issues and sources of a dossier for words, in any of their forms."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple, get_args

from claimpos.dossier.looks import normal_form
from claimpos.dossier.lookup import nearest
from claimpos.dossier.model import Dossier, Issue, PartialDate, Source, Statement

Kind = Literal["issue", "statement", "source"]
_KINDS: tuple[Kind, ...] = get_args(Kind)

_PHRASE = re.compile(r'"([^"]*)"|“([^“”]*)”')

WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
"""A word as people write it: Putin's, cease-fire, 4.5."""

_SHORTEST = 3
_VOWEL = re.compile(r"[aeiouy]")
_DOUBLE = re.compile(r"([bdfgmnprt])\1\Z")
_ENDINGS = {"ingly": 3, "edly": 3, "ings": 3, "ing": 3, "ied": 3, "ed": 3, "ly": 5}
"""The endings of verbs and adverbs, and how many letters must at least come before each."""
_OF_EE = ("freed", "greed", "teed")


class Query(NamedTuple):
    """What must all be found: the stems of words, and phrases word for word."""

    stems: tuple[str, ...]
    phrases: tuple[str, ...]


class Context(NamedTuple):
    """The field that shows best what was found, and the stretches of characters to mark in it."""

    field: str
    text: str
    marks: tuple[tuple[int, int], ...]


class _Field(NamedTuple):
    """A text and, if it belongs to an id, that id, by which it can be found too."""

    text: str
    id: str = ""


class _Held(NamedTuple):
    """Something that a search may find, with its fields by their keys."""

    kind: Kind
    id: str
    party: str
    day: PartialDate | None
    fields: Mapping[str, _Field]


class Hit(NamedTuple):
    """Something that was found; the party and the day are empty if it has none."""

    kind: Kind
    id: str
    party: str
    day: PartialDate | None
    context: Context


def query(words: Sequence[str]) -> Query:
    """The query for the arguments of a command line.

    Each is a word or, if it has spaces or is in quotation marks, a phrase.
    """
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
    """Everything that matches a query: issues, statements from the newest, then sources."""
    hits = [hit for one in _held(dossier) if (hit := _hit(one, asked))]
    hits.sort(key=_first_day, reverse=True)
    return sorted(hits, key=lambda hit: _KINDS.index(hit.kind))


def unknown_words(dossier: Dossier, words: Sequence[str]) -> dict[str, list[str]]:
    """The words that occur nowhere in the dossier, each with similar words that do."""
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
    # A match in an id is shown by the text to which the id belongs.
    best = max(marked, key=lambda key: [*map(len, marked[key])])
    places = sorted({place for many in marked[best][0].values() for place in many})
    context = Context(best, held.fields[best].text, tuple(places))
    return Hit(held.kind, held.id, held.party, held.day, context)


def _marks(text: str, asked: Query) -> dict[str, list[tuple[int, int]]]:
    """The places in a text of each stem and phrase that occurs in it."""
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
    """A word and, if it has a hyphen, its parts."""
    return [word, *filter(None, word.split("-"))] if "-" in word else [word]


def _parts_of(match: re.Match[str]) -> Iterator[tuple[str, tuple[int, int]]]:
    """The stems of a word and, if it has a hyphen, of its parts, with the place of each."""
    yield stem(match[0]), match.span()
    if "-" in match[0]:
        for part in re.finditer(r"[^-]+", match[0]):
            start = match.start()
            yield stem(part[0]), (start + part.start(), start + part.end())


def _places(text: str, phrase: str) -> Iterator[tuple[int, int]]:
    """The places of a phrase, word for word; white space and capitals make no difference."""
    words = [re.escape(word) for word in phrase.split()]
    # Folding may make a text longer, so the origin of each letter is noted.
    plain, origin = [], []
    for at, letter in enumerate(text):
        for one in folded(letter):
            plain.append(one)
            origin.append(at)
    pattern = r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)"
    for match in re.finditer(pattern, "".join(plain)):
        yield origin[match.start()], origin[match.end() - 1] + 1


def folded(text: str) -> str:
    """A text for comparisons, without capitals, accents and typographic marks."""
    plain = normal_form("NFKD", text.replace("’", "'").replace("‘", "'"))
    return "".join(one for one in plain if not unicodedata.combining(one)).casefold()


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """An English word without its ending, so that one form of a word finds the others.

    A few rules remove plurals and the endings of verbs and adverbs; what is left need not be a
    word. The forms of a regular word have the same stem, those of an irregular one do not.
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
