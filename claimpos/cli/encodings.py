"""In which encoding output goes: UTF-8 to files and pipes, the terminal's own to a terminal."""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from typing import TextIO

STAND_IN = "claimpos-stand-in"
"""The name under which codecs know what stands in for characters that a terminal cannot show."""

_STAND_INS = {
    **dict.fromkeys("─━═", "-"),
    **dict.fromkeys("│┃║", "|"),
    **dict.fromkeys("┌┬┐├┼┤└┴┘╞╪╡", "+"),
    **dict.fromkeys("‘’‚", "'"),
    **dict.fromkeys("“”„", '"'),
    **dict.fromkeys("–—−‐‑", "-"),
    "⟨": "<",
    "⟩": ">",
    "…": "...",
    "→": "->",
    "←": "<-",
    "≤": "<=",
    "≥": ">=",
    "•": "*",
    "·": "-",
    "€": "EUR",
}


def set_encodings(streams: Iterable[TextIO]) -> None:
    """Have files and pipes written in UTF-8 with plain line ends, and terminals never fail.

    A redirect gets the same bytes as `-o`, whatever the locale says.
    """
    codecs.register_error(STAND_IN, _stand_in)
    for stream in streams:
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream.isatty():
            reconfigure(errors=STAND_IN)
        else:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    """What a terminal shows for characters that it does not have: a letter's nearest, or a ?."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    from anyascii import anyascii

    failed = error.object[error.start : error.end]
    shown = [_STAND_INS.get(one) or anyascii(one) or "?" for one in failed]
    return "".join(shown), error.end
