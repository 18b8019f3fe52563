"""Texts that a shell shows beside what it completes, without anything that it would run."""

from __future__ import annotations

import re

from claimpos.rendering.text import safe

_LONGEST = 100

# zsh evaluates what a program offers, twice, and typer reads it as rich's markup, so of ASCII
# only what means nothing to either is left; what changes the meaning of a text, such as %, is
# replaced by the wide form of the same sign, quotation marks and brackets by those of another kind.
_WIDE = "!#$%:;=?@|~"
_ALIKE = str.maketrans(
    {
        **dict(zip("'\"[{<]}>", "’”((‹))›", strict=True)),
        **{sign: chr(ord(sign) + 0xFEE0) for sign in _WIDE},
    }
)
_OPENING = re.compile(r'(?:^|(?<=[\s(]))"(?=\S)')
_MEANT = re.compile(r"[^\w\s(),./+&-]", re.ASCII)
_VALUE = re.compile(r"\w[\w.-]*")


def described(text: str) -> str:
    """The text in one short line, without quotes, expansions, escapes and markup."""
    line = _OPENING.sub("“", safe(text[:_LONGEST])).translate(_ALIKE)
    plain = _MEANT.sub(lambda found: found[0] if found[0] > "\x7f" else " ", line)
    return " ".join(plain.split())


def is_word(text: str) -> bool:
    """Whether every shell takes the text for one word, and claimpos for no option."""
    return _VALUE.fullmatch(text) is not None
