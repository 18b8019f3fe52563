"""How wide a text is in a terminal, and how it is wrapped: by columns, not by letters."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

# Letters of Latin, Greek and Cyrillic, punctuation, signs of money, arrows and lines of tables.
_NARROW = re.compile(
    "[\t\n -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e"
    "\u20a0-\u20c0\u2190-\u21ff\u2500-\u257f\u27e8\u27e9]*\\Z"
)


# Letters that are written from right to left: Hebrew, Arabic, Syriac, N'Ko and older scripts.
_LEFTWARD = (
    "\u0591-\u05f4\u0608-\u065f\u066d-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff"
)
_LEFTWARD_RUN = f"[{_LEFTWARD}](?:[{_LEFTWARD} \\-'’]*[{_LEFTWARD}])?"


def isolated(text: str) -> str:
    """A line in which text from right to left moves nothing around it, such as a table's border."""
    if _NARROW.match(text):
        return text
    return re.sub(_LEFTWARD_RUN, "\u2068\\g<0>\u2069", text)


def width_of(text: str) -> int:
    """How many columns a line takes in a terminal: two for a letter of Chinese or an emoji."""
    if _NARROW.match(text):
        return len(text)
    from wcwidth import wcswidth

    width: int = wcswidth(text)
    return len(text) if width < 0 else width


def lines_of(text: str, width: int, at_hyphens: bool = False) -> list[str]:
    """A line in lines of at most `width` columns; "" is one of them.

    A word that does not fit into what is left of a line begins the next, and is cut only where it
    is wider than a line. With `at_hyphens`, a word may be divided behind its hyphens.
    """
    if _NARROW.match(text):
        wrapper = _Wrapper(width=width, break_on_hyphens=at_hyphens)
        return wrapper.wrap(text) or [""]
    return [*_wrapped(text.split(), width)] or [""]


def filled(text: str, width: int, indent: str, hanging: str) -> str:
    """A paragraph in lines of at most `width` columns, of which no word is cut."""
    if _NARROW.match(text):
        return textwrap.fill(
            text,
            width=width,
            initial_indent=indent,
            subsequent_indent=hanging,
            break_on_hyphens=False,
            break_long_words=False,
        )
    lines: list[list[str]] = [[]]
    left = width - width_of(indent)
    for word in text.split():
        needed = width_of(word) + bool(lines[-1])
        if needed > left and lines[-1]:
            lines.append([])
            left, needed = width - width_of(hanging), width_of(word)
        lines[-1].append(word)
        left -= needed
    first, *others = map(" ".join, lines)
    return "\n".join([f"{indent}{first}", *(f"{hanging}{line}" for line in others)])


class _Wrapper(textwrap.TextWrapper):
    """Begins a word that is longer than a line on a line of its own, before it cuts it."""

    def _handle_long_word(
        self, reversed_chunks: list[str], cur_line: list[str], cur_len: int, width: int
    ) -> None:
        if not cur_line:
            super()._handle_long_word(reversed_chunks, cur_line, cur_len, width)


def _wrapped(words: list[str], width: int) -> Iterator[str]:
    """Words in lines, by their widths."""
    line = ""
    for word in words:
        longer = f"{line} {word}" if line else word
        if width_of(longer) <= width:
            line = longer
            continue
        if line:
            yield line
        *full, line = _cut(word, width)
        yield from full
    if line:
        yield line


def _cut(word: str, width: int) -> list[str]:
    """A word in pieces of at most `width` columns, none of which divides a letter or an emoji."""
    if width_of(word) <= width:
        return [word]
    from wcwidth import iter_graphemes

    pieces = [""]
    for letter in iter_graphemes(word):
        if pieces[-1] and width_of(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces
