"""Text that is safe and fits where it is shown."""

from __future__ import annotations

import re
import textwrap

# Controls but line ends and tabs, bidirectional controls, and characters that show nothing.
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ufdd0-\ufdef"
    "\ue000-\uf8ff\ud800-\udfff]"
)

# Controls alone, and halves of characters: a text without them can be printed and saved.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

# A spreadsheet may split a table at another character than it was made with, and then takes quotes
# for text, so a cell may begin after each of these, and each line.
_DELIMITERS = ";,|\t\r\n"
# The beginning of the text or of such a cell, all up to the first letter there, and the sign of a
# formula, if that follows. Taken whole whatever follows, because long runs would cost their square.
_BEGINNING = re.compile(r"((?:\A|[;,|\t\r\n])[\s;,|'\"]*+)([=+@\-＝＋＠－]?)")
_STRIPPED = re.compile(r"[;,|\t\r\n]'*[\t\r]")
_WITH_QUOTES = str.maketrans({delimiter: f"{delimiter}'" for delimiter in _DELIMITERS})

_ADDRESS = re.compile(r"https?://[^\s\"<>\\^`{|}]+")

_COLOURS = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33"}


def is_address(text: str) -> bool:
    """Whether the text is a web address and nothing else, so that it can be made a link."""
    return _ADDRESS.fullmatch(text) is not None and safe(text) == text


def safe(text: str) -> str:
    """The text without anything that could steer a terminal or hide what it says."""
    return UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text)


def without_controls(text: str) -> str:
    """The text without what could steer a terminal, though it may turn the direction of writing."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)


def no_formula(text: str) -> str:
    """The text, with a ' wherever a spreadsheet would run it as a formula; see `formula_freed`."""
    return _BEGINNING.sub(lambda found: _quoted(found[1], found.start() == 0, found[2]), text)


def formula_freed(text: str) -> str:
    """The text that `no_formula` made this of: one that has quotes already was given more."""
    return _BEGINNING.sub(lambda found: _freed(found[1], found.start() == 0, found[2]), text)


def _quoted(begun: str, is_first: bool, sign: str) -> str:
    """The beginning of a cell, with a ' if it is one of a formula, or is once it is stripped."""
    if sign or _STRIPPED.search(f",{begun}" if is_first else begun):
        begun = "'" * is_first + begun.translate(_WITH_QUOTES)
    return begun + sign


def _freed(quoted: str, is_first: bool, sign: str) -> str:
    begun = quoted.removeprefix("'") if is_first else quoted
    for delimiter in _DELIMITERS:
        begun = begun.replace(f"{delimiter}'", delimiter)
    return begun + sign if _quoted(begun, is_first, sign) == quoted + sign else quoted + sign


class Paint:
    """Colours, or none; a colour never says what the words do not."""

    def __init__(self, on: bool) -> None:
        self.on = on

    def __call__(self, text: str, *colours: str) -> str:
        if not self.on:
            return text
        return f"\x1b[{';'.join(_COLOURS[colour] for colour in colours)}m{text}\x1b[0m"


def wrapped(text: str, width: int, indent: str = "", hanging: str | None = None) -> str:
    """A paragraph in lines of at most `width` columns, its later lines indented by `hanging`."""
    return textwrap.fill(
        safe(text),
        width=max(width, 20),
        initial_indent=indent,
        subsequent_indent=indent if hanging is None else hanging,
        break_on_hyphens=False,
        break_long_words=False,  # an address that is broken cannot be followed
    )
