"""Which lines of a file are new, and the change as a unified diff, of large files too.

The search of Python's difflib takes time that grows with the square of the number of equal lines,
such as `basis: reported`. So a file is first divided at the lines that occur in it only once,
before and after. `difflib.unified_diff` takes no other search than its own; so what formats a diff
stands here, too.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import Match, SequenceMatcher
from itertools import pairwise

Lines = Sequence[str]


def new_lines(old: Lines, new: Lines) -> set[int]:
    """The indices of the lines that were not there."""
    opcodes = _Changes(old, new).get_opcodes()
    return {at for tag, _, _, to, end in opcodes if tag != "equal" for at in range(to, end)}


def unified_diff(old: Lines, new: Lines, before: str, after: str) -> Iterator[str]:
    """The change from the file `before` to the file `after`, line by line."""
    for number, group in enumerate(_Changes(old, new).get_grouped_opcodes()):
        if number == 0:
            yield from (f"--- {before}\n", f"+++ {after}\n")
        (_, begin, _, to, _), (_, _, end, _, to_end) = group[0], group[-1]
        yield f"@@ -{_stretch(begin, end)} +{_stretch(to, to_end)} @@\n"
        for tag, first, last, first_new, last_new in group:
            if tag == "equal":
                yield from (f" {line}" for line in old[first:last])
            else:
                yield from (f"-{line}" for line in old[first:last])
                yield from (f"+{line}" for line in new[first_new:last_new])


def _stretch(begin: int, end: int) -> str:
    """Where lines begin and how many they are, as the head of a hunk writes it."""
    length = end - begin
    if length == 1:
        return str(begin + 1)
    return f"{begin + 1 if length else begin},{length}"


class _Changes(SequenceMatcher[str]):
    """The changes from some lines to others, in the terms of difflib."""

    def __init__(self, old: Lines, new: Lines) -> None:
        super().__init__(None, (), ())
        self._old, self._new = old, new

    def get_matching_blocks(self) -> list[Match]:
        """The stretches that stay, in order, and an empty one at the end."""
        blocks: list[Match] = []
        for begin, to, length in sorted(self._kept()):
            last = blocks[-1] if blocks else Match(0, 0, 0)
            if blocks and (last.a + last.size, last.b + last.size) == (begin, to):
                blocks[-1] = last._replace(size=last.size + length)
            else:
                blocks.append(Match(begin, to, length))
        return [*blocks, Match(len(self._old), len(self._new), 0)]

    def _kept(self) -> Iterator[tuple[int, int, int]]:
        """The stretches that stay, in any order."""
        left = [(0, len(self._old), 0, len(self._new))]
        while left:
            begin, end, to, to_end = left.pop()
            old, new = self._old[begin:end], self._new[to:to_end]
            if not old or not new:
                continue
            first, last = _ends(old, new)
            if first or last:
                yield from ((begin, to, first), (end - last, to_end - last, last))
                left.append((begin + first, end - last, to + first, to_end - last))
                continue
            lone = _lone(old, new)
            for at, at_new in lone:
                yield begin + at, to + at_new, 1
            ends = [(-1, -1), *lone, (len(old), len(new))]
            if lone:
                left += [
                    (begin + one[0] + 1, begin + other[0], to + one[1] + 1, to + other[1])
                    for one, other in pairwise(ends)
                ]
            else:
                matcher = SequenceMatcher(None, old, new, autojunk=False)
                yield from ((begin + a, to + b, n) for a, b, n in matcher.get_matching_blocks())


def _ends(old: Lines, new: Lines) -> tuple[int, int]:
    """How many lines at the beginning and at the end stay; of two that overlap, the longer one."""
    first, last = _common(old, new), _common(old[::-1], new[::-1])
    most = min(len(old), len(new))
    return (first, min(last, most - first)) if first >= last else (min(first, most - last), last)


def _common(old: Lines, new: Lines) -> int:
    pairs = enumerate(zip(old, new, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(old), len(new)))


def _lone(old: Lines, new: Lines) -> list[tuple[int, int]]:
    """The longest run of lines, in the order of both, that each of both has once."""
    counts, counts_new = Counter(old), Counter(new)
    where = {line: at for at, line in enumerate(new)}
    pairs = [
        (at, where[line]) for at, line in enumerate(old) if counts[line] == counts_new[line] == 1
    ]
    ends: list[int] = []
    rows: list[int] = []
    before: list[int] = []
    for number, (_, at_new) in enumerate(pairs):
        length = bisect_left(ends, at_new)
        ends[length : length + 1] = [at_new]
        rows[length : length + 1] = [number]
        before.append(rows[length - 1] if length else -1)
    kept, number = [], rows[-1] if rows else -1
    while number >= 0:
        kept.append(pairs[number])
        number = before[number]
    return kept[::-1]
