"""English words without their endings, so that one form of a word finds the others.

A few rules, not a dictionary: plurals, and the endings of verbs and adverbs, are cut off, and what
is cut need not be a word. The forms of a regular word have one stem; `left` is not `leave`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
"""A word as people write it: Putin's, cease-fire, 4.5."""

_SHORTEST = 3
_VOWEL = re.compile(r"[aeiouy]")
_DOUBLE = re.compile(r"([bdfgmnprt])\1\Z")
_ENDINGS = {"ingly": 3, "edly": 3, "ings": 3, "ing": 3, "ied": 3, "ed": 3, "ly": 5}
"""The endings, and how many letters at least must stand before each."""
_OF_EE = ("freed", "greed", "teed")


def folded(text: str) -> str:
    """A text in which capitals, accents and the forms of marks make no difference."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‘", "'"))
    return "".join(one for one in plain if not unicodedata.combining(one)).casefold()


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """What the forms of a word have in common."""
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
