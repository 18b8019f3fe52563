"""What the passages of a text may say, by words that they have in common with the agenda."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from claimpos.curating.worksheet import names_of
from claimpos.dossier.model import Dossier, Issue
from claimpos.dossier.search import WORD, stem

_OUTERMOST = re.compile(r"\[([^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\]")
_BEHIND = re.compile(r"\s?\(([^()]{1,200})\)")
_WORDS = re.compile(r"\w+")
_NO_TEXT = ("no text", "none")
_DASHES = (" – ", " — ", " - ")
_BETWEEN = re.compile(r"[,;/&+]|\band\b")
_FIGURE = re.compile(r"(?<![\w.,])\d+(?:\.\d+)?(?![\w,]|\.\d)")
_NOT_OF_NAMES = "⁰¹²³⁴⁵⁶⁷⁸⁹ *"
_LONGEST_BRACKET = 2_000
_SMALL = frozenset(
    (
        *("a", "an", "and", "any", "are", "as", "at", "be", "been", "both", "by", "can", "do"),
        *("does", "for", "from", "have", "how", "if", "in", "into", "is", "it", "its", "may"),
        *("must", "of", "on", "or", "other", "shall", "should", "than", "that"),
        *("the", "their", "them", "there", "these", "they", "this", "to", "under", "up", "was"),
        *("what", "when", "where", "whether", "which", "who", "will", "with", "without", "would"),
    )
)
COLUMNS = {
    "provision": (
        "no ",
        "nr ",
        "row ",
        "provision",
        "article",
        "issue",
        "topic",
        "subject",
        "point",
    ),
    "compromise": (
        "compromise",
        "agreed",
        "agreement",
        "consolidated",
        "bridging",
        "proposed text",
    ),
    "remarks": ("status", "comment", "remark", "note"),
}
"""What a column may hold besides a party's text, and the words in its head that suggest it."""

_LEAST, _AHEAD = 1.2, 1.5
_COMMON = 10
"""A word that suggests more issues than this suggests none."""
_LONGEST_HEAD = 40
"""How many words of the head of a column are looked at."""
_ALIKE = 20
"""How many labels are looked for by the same word."""

_Names = dict[str, Any]
"""What may follow on a word in the names of parties; on the last of a name, "" and the party."""


class Bracket(NamedTuple):
    """Words in brackets, and the parties that the text names as their authors."""

    words: str
    by: tuple[str, ...]


class IssueSuggested(NamedTuple):
    """An issue, or `issue.item`, and the words that speak for it."""

    name: str
    issue: Issue
    words: tuple[str, ...]


class _Labels:
    """Labels by their words.

    Each is looked for by one word of its own, that by which the fewest others are; where too many
    are made of the same few words, some are not looked for.
    """

    def __init__(self, labels: Mapping[str, str]) -> None:
        self._stems: dict[str, frozenset[str]] = {}
        self._by_word: dict[str, list[str]] = {}
        self._having: dict[str, list[str]] = {}
        for name, label in labels.items():
            stems = [*_stems(label)]
            self._stems[name] = frozenset(stems)
            by_word = [self._by_word.setdefault(word, []) for word in stems]
            if by_word and len(fewest := min(by_word, key=len)) < _ALIKE:
                fewest.append(name)
            for word in stems:
                self._having.setdefault(word, []).append(name)

    def within(self, words: frozenset[str]) -> Iterator[str]:
        """The labels that are made of some of these words."""
        for word in words:
            for name in self._by_word.get(word, ()):
                if self._stems[name] <= words:
                    yield name

    def around(self, words: frozenset[str]) -> Iterator[str]:
        """The labels that have all these words."""
        fewest = min((self._having.get(word, ()) for word in words), key=len, default=())
        return (name for name in fewest if words <= self._stems[name])


def _labels_of(issue: Issue, labels: Mapping[str, str], known: dict[str, _Labels]) -> _Labels:
    if issue.id not in known:
        known[issue.id] = _Labels(labels)
    return known[issue.id]


def _only(names: Iterable[str]) -> str:
    """The name, if it is only one; however often."""
    names = iter(names)
    first = next(names, "")
    return "" if any(name != first for name in names) else first


class Suggestions:
    """Suggests what passages say, from the agenda and the parties of a dossier."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._issues: dict[str, list[str]] = {}
        for issue in dossier.issues.values():
            for word in _words_of(issue):
                self._issues.setdefault(word, []).append(issue.id)
        self._options: dict[str, _Labels] = {}
        self._items: dict[str, _Labels] = {}
        self._parties = {
            _folded(name): party.id
            for party in dossier.parties.values()
            for name in names_of(party)
            if name
        }
        self._names: _Names = {}
        for name, party in self._parties.items():
            below = self._names
            for word in name.split()[:_LONGEST_HEAD]:
                below = below.setdefault(word, {})
            below[""] = party

    def issue(self, text: str) -> IssueSuggested | None:
        """The issue that has clearly more words in common with a text than any other."""
        found = _stems(text)
        telling = {
            word: issues
            for word in found
            if len(issues := self._issues.get(word, ())) <= _COMMON and issues
        }
        scores: defaultdict[str, float] = defaultdict(float)
        for issues in telling.values():
            share = 1 / len(issues)
            for name in issues:
                scores[name] += share
        ranked = sorted(scores.items(), key=lambda one: -one[1])[:2]
        if not ranked or ranked[0][1] < _LEAST:
            return None
        if len(ranked) > 1 and ranked[0][1] < _AHEAD * ranked[1][1]:
            return None
        issue = self._dossier.issues[ranked[0][0]]
        shared = [word for word, issues in telling.items() if issue.id in issues]
        shared.sort(key=lambda word: len(telling[word]))
        item = _only(_labels_of(issue, issue.items, self._items).within(frozenset(found)))
        name = f"{issue.id}.{item}" if item else issue.id
        return IssueSuggested(name, issue, tuple(found[word] for word in shared))

    def outcome(self, issue: Issue, words: str) -> str:
        """The only outcome of an issue that a wording names; empty if there is none."""
        if words.casefold() in _NO_TEXT:
            return "none"
        if issue.kind == "quantity":
            figures = _FIGURE.findall(words)
            return figures[0] if len(figures) == 1 else ""
        found = frozenset(_stems(words))
        labels = _labels_of(issue, issue.options, self._options)
        return _only(chain(labels.within(found), labels.around(found)))

    def party(self, name: str) -> str:
        """The party that a text calls so; empty if none is."""
        return self._parties.get(_folded(name), "")

    def column(self, head: str) -> str:
        """What a column of this head holds: a party's text, or one of COLUMNS; empty if unclear."""
        single = _WORDS.findall(_folded(head))[:_LONGEST_HEAD]
        words = f" {' '.join(single)} "
        named = {*self._named_in(single)}
        if len(named) == 1:
            return named.pop()
        kinds = [
            name for name, signs in COLUMNS.items() if any(f" {one}" in words for one in signs)
        ]
        return kinds[0] if len(kinds) == 1 and not named else ""

    def _named_in(self, words: Sequence[str]) -> Iterator[str]:
        """The parties whose names are among words that follow each other."""
        for first in range(len(words)):
            below = self._names
            for at in range(first, len(words)):
                if (deeper := below.get(words[at])) is None:
                    break
                below = deeper
                if "" in below:
                    yield below[""]

    def brackets(self, text: str) -> list[Bracket]:
        """The contents of outermost brackets, with their authors if the text names them."""
        found = []
        for match in _OUTERMOST.finditer(text):
            words = " ".join(match[1].split())
            if len(words) > _LONGEST_BRACKET or not WORD.search(words):
                continue
            behind = _BEHIND.match(text, match.end())
            by = self._named(behind[1]) if behind else ()
            found.append(Bracket(words, by) if by else self._with_authors(words))
        return found

    def _with_authors(self, words: str) -> Bracket:
        """Words, and the authors named with them: `Port: 5`, `5 (port)` or `5 – port`."""
        names, _, rest = words.partition(": ")
        if rest and (by := self._named(names)):
            return Bracket(rest, by)
        if words.endswith(")"):
            rest, _, names = words[:-1].rpartition("(")
        else:
            rest, names = max((words.rpartition(dash)[::2] for dash in _DASHES), key=_first_length)
        if rest.strip() and (by := self._named(names)):
            return Bracket(rest.strip(), by)
        return Bracket(words, ())

    def _named(self, names: str) -> tuple[str, ...]:
        """The parties in a list of names; none if any name is not that of a party."""
        parts = _BETWEEN.split(names.strip(_NOT_OF_NAMES))
        parties = [self.party(part) for one in parts if (part := one.strip())]
        return tuple(dict.fromkeys(parties)) if parties and all(parties) else ()


def _first_length(pair: tuple[str, str]) -> int:
    return len(pair[0])


def _folded(name: str) -> str:
    return " ".join(name.strip(_NOT_OF_NAMES).casefold().removeprefix("the ").split())


def _stems(text: str) -> dict[str, str]:
    """The words of a text that say something, by their stems, in its order."""
    words = (word for word in WORD.findall(text) if _says_something(word))
    found: dict[str, str] = {}
    for word in words:
        found.setdefault(stem(word), word)
    return found


def _says_something(word: str) -> bool:
    return len(word) > 1 and not word[0].isdigit() and word.casefold() not in _SMALL


def _words_of(issue: Issue) -> frozenset[str]:
    texts: Sequence[str] = [issue.title, issue.question]
    labels: Iterable[str] = [*issue.options.values(), *issue.items.values()]
    return frozenset(word for text in (*texts, *labels) for word in _stems(text))
