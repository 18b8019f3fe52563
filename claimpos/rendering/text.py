"""Text that is safe and fits where it is shown."""

from __future__ import annotations

import re

from claimpos.rendering.widths import filled

# Controls but line ends and tabs, bidirectional controls, and characters that show nothing.
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ufdd0-\ufdef"
    "\ue000-\uf8ff\ud800-\udfff]"
)

# Controls alone, and halves of characters: a text without them can be printed and saved.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

_COLOURS = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33"}


def is_address(text: str) -> bool:
    """Whether the text is a web address and nothing else, so that it can be made a link."""
    found = re.fullmatch(r"https?://[^\s\"<>\\^`{|}]+", text)
    return found is not None and safe(text) == text


def safe(text: str) -> str:
    """The text without anything that could steer a terminal or hide what it says."""
    return UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text)


def without_controls(text: str) -> str:
    """The text without what could steer a terminal, though it may turn the direction of writing."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)


class Paint:
    """Colours, or none; a colour never says what the words do not."""

    def __init__(self, on: bool) -> None:
        self.on = on

    def __call__(self, text: str, *colours: str) -> str:
        if not self.on:
            return text
        return f"\x1b[{';'.join(_COLOURS[colour] for colour in colours)}m{text}\x1b[0m"


def wrapped(text: str, width: int, indent: str = "", hanging: str | None = None) -> str:
    """A paragraph in lines of at most `width` columns, its later lines indented by `hanging`.

    No word is cut: an address that is broken cannot be followed.
    """
    return filled(safe(text), max(width, 20), indent, indent if hanging is None else hanging)
