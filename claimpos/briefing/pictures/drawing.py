"""How wide text is, as well as one can tell without its font, and how it breaks into lines."""

from __future__ import annotations

import unicodedata
from functools import cache

# In parts of the font's size; generous, so that text stays within its place in most fonts.
_NARROW, _USUAL, _BROAD, _FULL = 0.37, 0.61, 0.8, 1.05
_SLENDER = set("iljtfrI.,;:!|'’‘()[] ")
_STOUT = set("mwMWQO@%–—&")


def width_of(text: str, size: float) -> float:
    """The width of a text in a usual sans-serif font of this size."""
    return size * sum(map(_breadth, text))


@cache
def _breadth(character: str) -> float:
    if character in _SLENDER:
        return _NARROW
    if unicodedata.east_asian_width(character) in "WF":
        return _FULL
    return _BROAD if character in _STOUT or character.isupper() else _USUAL


def lines_of(text: str, width: float, size: float) -> list[str]:
    """The text in lines of at most this width; a word that is wider is broken."""
    lines = [""]
    used = 0.0
    space = width_of(" ", size)
    for word in text.split():
        breadth = width_of(word, size)
        if lines[-1] and used + space + breadth <= width:
            lines[-1] += f" {word}"
            used += space + breadth
            continue
        lines += [word] if lines[-1] else []
        lines[-1] = word
        while width_of(lines[-1], size) > width and len(lines[-1]) > 1:
            fits = max(_fitting(lines[-1], width, size), 1)
            lines[-1:] = [lines[-1][:fits], lines[-1][fits:]]
        used = width_of(lines[-1], size)
    return lines


def _fitting(text: str, width: float, size: float) -> int:
    """How many of its characters fit."""
    used = 0.0
    for number, character in enumerate(text):
        used += size * _breadth(character)
        if used > width:
            return number
    return len(text)
