"""Ids made of names in any script, and names that no file can have everywhere."""

from __future__ import annotations

import re
import unicodedata

_NO_WORD = re.compile(r"[^a-z0-9]+")
# The scripts whose letters have a usual spelling in Latin ones.
_SPELT = ("LATIN", "GREEK", "CYRILLIC", "DIGIT", "FULLWIDTH", "CIRCLED")

DEVICES = frozenset(
    {"con", "prn", "aux", "nul"}
    | {f"{device}{number}" for device in ("com", "lpt") for number in range(1, 10)}
)
"""What Windows takes for devices, whatever stands behind the point: no file can be called so."""


def id_words(name: str) -> str:
    """The words of a name in small Latin letters and digits, joined by hyphens; may be empty."""
    if not name.isascii():
        from anyascii import anyascii

        name = anyascii(unicodedata.normalize("NFKC", name))
    return _NO_WORD.sub("-", name.lower().replace("'", "")).strip("-")


def is_spelt_roughly(name: str) -> bool:
    """Whether a name has letters of a script that has no usual spelling in Latin letters."""
    return any(
        not unicodedata.name(letter, "").startswith(_SPELT)
        for letter in name
        if letter.isalnum() and not letter.isascii()
    )
