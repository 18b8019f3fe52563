"""Which of the known names look like one that is unknown."""

from __future__ import annotations

from collections.abc import Collection

_LONGEST = 60
_MOST = 300
_STARTS = (1, 3)


def likest(name: str, known: Collection[str], most: int) -> list[str]:
    """Up to `most` of the known names that look like this one, the likest first.

    To compare two names takes the square of their length. So long names are like none, and of
    very many names only those are compared that begin as this one does.
    """
    from difflib import get_close_matches

    if len(name) > _LONGEST:
        return []
    names = [one for one in known if len(one) <= _LONGEST]
    for start in _STARTS:
        if len(names) > _MOST:
            names = [one for one in names if one.startswith(name[:start])]
    return get_close_matches(name, names[:_MOST], n=most, cutoff=0.6)
