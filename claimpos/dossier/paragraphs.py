"""Paragraphs: of a text, and as locators name them."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import count, groupby

from claimpos.dossier.model import Dossier, Statement
from claimpos.dossier.parsing.printable import without_unprintable

# The end of a sentence; lines that are broken to fit a width seldom end in one.
_SENTENCE_ENDS = r"[.!?:…][\"'”’»)\]]*\Z"
_LINES = r"\r\n|\r|\n"
_NUMBERS = r"[0-9]{1,6}(?:(?:, | and | to |–|-)[0-9]{1,6})*"
_NAMED = rf"(?i)\bpar(?:a|agraph)?s?\.? ({_NUMBERS})\b"
_RANGE = r"([0-9]+)(?: to |–|-)([0-9]+)|([0-9]+)"

Stated = tuple[str, Statement]
"""The id of a party, and one of its statements."""


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a text in order, each on one line; the headline is the first.

    A paragraph is a line that is not empty. If lines seem to be broken to fit a width, it is the
    lines between two empty ones. Invisible characters, such as soft hyphens, are left out.
    """
    blocks: list[list[str]] = [[]]
    for line in re.split(_LINES, without_unprintable(text)):
        if plain := " ".join(line.split()):
            blocks[-1].append(plain)
        elif blocks[-1]:
            blocks.append([])
    blocks = [block for block in blocks if block]
    if _are_broken(blocks):
        return [" ".join(block) for block in blocks]
    return [line for block in blocks for line in block]


def _are_broken(blocks: list[list[str]]) -> bool:
    """Whether paragraphs are broken into lines: few lines within a block end a sentence."""
    inner = [line for block in blocks for line in block[:-1]]
    ending = sum(re.search(_SENTENCE_ENDS, line) is not None for line in inner)
    return len(blocks) > 1 and 2 * ending < len(inner)


def stretches_named(locator: str) -> list[tuple[int, int]]:
    """The paragraphs named by a locator such as “pars. 3, 5–7”, as first and last numbers."""
    return [
        (int(first or one), int(last or one))
        for numbers in re.findall(_NAMED, locator)
        for first, last, one in re.findall(_RANGE, numbers)
    ]


def written_numbers(numbers: Iterable[int]) -> str:
    """Numbers in ascending order, with ranges: 1, 3–5, 9."""
    return ", ".join(_stretches(sorted(numbers)))


def _stretches(numbers: list[int]) -> Iterator[str]:
    counter = count()
    for _, members in groupby(numbers, key=lambda number: number - next(counter)):
        first, *rest = members
        yield f"{first}–{rest[-1]}" if rest else str(first)


def located(dossier: Dossier) -> Iterator[Stated]:
    """The statements that have a locator."""
    for party in dossier.parties.values():
        for statement in party.statements.values():
            if statement.locator:
                yield party.id, statement


def marked_and_stated(dossier: Dossier) -> dict[tuple[str, int], Stated]:
    """For each paragraph that is marked as no position, by source and number, a statement in it."""
    marked: dict[str, tuple[list[int], list[int]]] = {}
    for one in dossier.sources.values():
        if one.no_position:
            of_source = sorted({number for _, numbers in one.no_position for number in numbers})
            marked[one.id] = of_source, [*range(len(of_source) + 1)]
    found: dict[tuple[str, int], Stated] = {}
    for stated in located(dossier):
        source, locator = stated[1].source.id, stated[1].locator
        numbers, after = marked.get(source, ([], []))
        for low, high in stretches_named(locator) if numbers else ():
            at = _waiting(after, bisect_left(numbers, low))
            while at < len(numbers) and numbers[at] <= high:
                found[source, numbers[at]] = stated
                after[at] = at + 1
                at = _waiting(after, at)
    return found


def _waiting(after: list[int], at: int) -> int:
    """The first place from this one on that still waits: that which comes after itself.

    What is skipped on the way is skipped in fewer steps the next time.
    """
    while after[at] != at:
        after[at] = after[after[at]]
        at = after[at]
    return at
