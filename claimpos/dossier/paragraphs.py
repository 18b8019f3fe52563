"""The paragraphs of a text, and the numbers by which locators name them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count, groupby

from claimpos.dossier.parsing.printable import without_unprintable

# A line with such an end is a sentence's last, and a line broken to fit a width seldom is.
_SENTENCE_ENDS = re.compile(r"[.!?:…][\"'”’»)\]]*\Z")
_LINES = re.compile(r"\r\n|\r|\n")
_NUMBERS = r"[0-9]{1,6}(?:(?:, | and | to |–|-)[0-9]{1,6})*"
_NAMED = re.compile(rf"\bpar(?:a|agraph)?s?\.? ({_NUMBERS})\b", re.IGNORECASE)
_RANGE = re.compile(r"([0-9]+)(?: to |–|-)([0-9]+)|([0-9]+)")


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a text in their order, each on one line; the headline is the first.

    A paragraph is a line that is not empty or, where lines are broken to fit a width, the lines
    between two empty ones. Invisible characters, such as soft hyphens, are left out.
    """
    blocks: list[list[str]] = [[]]
    for line in _LINES.split(without_unprintable(text)):
        if plain := " ".join(line.split()):
            blocks[-1].append(plain)
        elif blocks[-1]:
            blocks.append([])
    blocks = [block for block in blocks if block]
    if _are_broken(blocks):
        return [" ".join(block) for block in blocks]
    return [line for block in blocks for line in block]


def _are_broken(blocks: list[list[str]]) -> bool:
    """Whether paragraphs are broken into lines: then few lines within a block end a sentence."""
    inner = [line for block in blocks for line in block[:-1]]
    ending = sum(_SENTENCE_ENDS.search(line) is not None for line in inner)
    return len(blocks) > 1 and 2 * ending < len(inner)


def stretches_named(locator: str) -> list[tuple[int, int]]:
    """The first and the last of the paragraphs that a locator such as “pars. 3, 5–7” names."""
    return [
        (int(first or one), int(last or one))
        for numbers in _NAMED.findall(locator)
        for first, last, one in _RANGE.findall(numbers)
    ]


def written_numbers(numbers: Iterable[int]) -> str:
    """Numbers in ascending order with ranges: 1, 3–5, 9."""
    return ", ".join(_stretches(sorted(numbers)))


def _stretches(numbers: list[int]) -> Iterator[str]:
    counter = count()
    for _, members in groupby(numbers, key=lambda number: number - next(counter)):
        first, *rest = members
        yield f"{first}–{rest[-1]}" if rest else str(first)
