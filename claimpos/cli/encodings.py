"""The encoding of output: UTF-8 for files and pipes, and for a terminal its own."""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from typing import TextIO

STAND_IN = "claimpos-stand-in"
"""The name, among codecs' error handlers, of the one that replaces what a terminal lacks."""

_STAND_INS = {
    **dict.fromkeys("─━═", "-"),
    **dict.fromkeys("│┃║", "|"),
    **dict.fromkeys("┌┬┐├┼┤└┴┘╞╪╡", "+"),
    **dict.fromkeys("‘’‚", "'"),
    **dict.fromkeys("“”„", '"'),
    **dict.fromkeys("–—−‐‑", "-"),
    "⟨": "{",
    "⟩": "}",
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
    """Write UTF-8 with plain line ends to files and pipes; replace what a terminal cannot show.

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
    """What replaces characters that a terminal lacks: similar ones, or question marks."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    from anyascii import anyascii

    failed = error.object[error.start : error.end]
    shown = [_STAND_INS.get(one) or anyascii(one) or "?" for one in failed]
    return "".join(shown), error.end
