"""What is asked to be added, and what was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, get_args

from claimpos.dossier.lookup import nearest
from claimpos.dossier.model import Says
from claimpos.errors import UnknownName, WrongUsage

Given = Mapping[str, Any]

SAYS: tuple[str, ...] = get_args(Says)


class Request(NamedTuple):
    """One piece to add: its kind, and what was given for it by the keys of a file.

    Beside these, `id` and `party` say what and whose it is, `issue` or `text` what an entry or an
    answer is about. Outcomes are as they were typed.
    """

    kind: str
    given: Given


class Added(NamedTuple):
    """What was added, as codes and ids: its kind, its id or issue, its party, and its first day.

    Of an entry, `last` is the first day of the entry before it, `dropped` what that one says and
    this one leaves out, and `replaced` what this one says differently, both as a file writes it.
    `is_copy` says that this one was made from that one.
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
    """The error for a source that is not there: misspelt or, if none is like it, to be added."""
    near = nearest(name, held)
    remedy = "claimpos list sources" if near else "claimpos add source --help"
    return UnknownName("source", name, near, remedy)


def titled_ids(texts: Sequence[str]) -> dict[str, str]:
    """A map from ids to titles, of texts such as ID=TITLE; raises WrongUsage."""
    found: dict[str, str] = {}
    for text in texts:
        name, equals, title = text.partition("=")
        if not (equals and name.strip() and title.strip()):
            raise WrongUsage(f"“{text}” lacks one side; write ID=TITLE")
        found[name.strip()] = title.strip()
    return found
