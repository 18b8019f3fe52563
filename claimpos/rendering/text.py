"""Text that is safe and fits where it is shown."""

from __future__ import annotations

import re
import textwrap

# Controls but line ends and tabs, bidirectional controls, and characters that show nothing.
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)

_FORMULA = re.compile(r"'*\s*[=+@-]")
_COLOURS = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33"}


def safe(text: str) -> str:
    """The text without anything that could steer a terminal or hide what it says."""
    return UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text)


def no_formula(text: str) -> str:
    """The text, quoted with ' if a spreadsheet would run it as a formula; see `formula_freed`."""
    return f"'{text}" if _FORMULA.match(text) else text


def formula_freed(text: str) -> str:
    """The text that `no_formula` made this of: one that has quotes already was given one more."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


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
