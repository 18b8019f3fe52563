"""What a scalar means: `true`, `false`, `null`, a number as JSON writes it, or else a text."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from claimpos.dossier.nodes import Scalar

MAX_DIGITS = 30

STARTS = frozenset(["", "t", "f", "n", *"-0123456789"])
"""The first characters of what may mean something else than its text."""

_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "": None}
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?\Z")


class TooLong(Exception):
    """A number of more digits than are kept."""


def plain_value(text: str) -> Scalar:
    """What a scalar without quotes means; raises TooLong."""
    if text in _WORDS:
        return _WORDS[text]
    if not _NUMBER.match(text):
        return text
    if len(text) > MAX_DIGITS:
        raise TooLong
    try:
        number = Decimal(text)
    except InvalidOperation as error:  # an exponent beyond what Decimal can hold
        raise TooLong from error
    if abs(number.adjusted()) > MAX_DIGITS:
        raise TooLong
    return int(number) if number == number.to_integral_value() else number
