"""A request to add a piece, and the record of what was added."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, get_args

from claimpos.dossier.lookup import nearest
from claimpos.dossier.model import Says
from claimpos.errors import UnknownName, WrongUsage

Given = Mapping[str, Any]

SAYS: tuple[str, ...] = get_args(Says)


class Request(NamedTuple):
    """One piece to add: its kind, and its values under the keys that a file has for them.

    Four more keys are `id` and `party`, and `issue` of an entry or `text` of an answer. Outcomes
    are as they were typed.
    """

    kind: str
    given: Given


class Added(NamedTuple):
    """One piece that was added: its kind, its id or issue, its party, and its first day.

    The rest is about an entry: `last` is the first day of the entry before it, `dropped` what the
    earlier one says and the new one omits, and `replaced` what the new one says differently, both
    as a file writes it. `is_copy` is whether the new one was made from the earlier one.
    """

    kind: str
    name: str
    party: str = ""
    since: str = ""
    last: str = ""
    dropped: Sequence[str] = ()
    replaced: Sequence[str] = ()
    is_copy: bool = False


def answer_of(words: Sequence[str]) -> tuple[str, str, str]:
    """The party, the text and what is said to it, in `[PARTY] TEXT SAYS`; empty if missing."""
    if len(words) > 3:
        raise WrongUsage("an answer is [PARTY] TEXT SAYS; put + before the next piece")
    *names, says = words or [""]
    if words and says not in SAYS:
        if len(words) > 1:
            raise UnknownName("answer", says, nearest(says, SAYS), "claimpos add answer --help")
        names, says = [says], ""
    party, text = ["", *names][-2:] if names else ("", "")
    return party, text, says


def unknown_source(name: str, held: Iterable[str]) -> UnknownName:
    """The error for an unknown source; it suggests a similar id or, without one, to add it."""
    near = nearest(name, held)
    new = "claimpos add source --help"
    return UnknownName("source", name, near, f"claimpos list sources` or `{new}" if near else new)


def titled_ids(texts: Sequence[str]) -> dict[str, str]:
    """Titles by id, read from texts like ID=TITLE; raises WrongUsage if one lacks a side."""
    found: dict[str, str] = {}
    for text in texts:
        name, equals, title = text.partition("=")
        if not (equals and name.strip() and title.strip()):
            raise WrongUsage(f"“{text}” lacks one side; write ID=TITLE")
        found[name.strip()] = title.strip()
    return found
