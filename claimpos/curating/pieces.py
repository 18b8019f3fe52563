"""The parts of what is added: ids, dates, and facts in the order in which people write them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from claimpos.curating.requests import Given
from claimpos.dossier.dates import is_date, no_such_day
from claimpos.dossier.lookup import id_words
from claimpos.dossier.written_dates import date_remedy
from claimpos.errors import WrongUsage
from claimpos.importing.draft import Piece, is_id
from claimpos.importing.import_log import Place

_DATES = ("date", "said", "since", "until")
_WORDS_OF_ID = 3
_SMALL_WORDS = {
    *("a", "an", "and", "as", "at", "be", "by", "for", "from", "in", "is", "it", "of", "on", "or"),
    *("per", "than", "that", "the", "to", "up", "will", "with", "would"),
}


def id_of_text(text: str) -> str:
    """An id of the first words of a text that say something."""
    words = [word for word in id_words(text).split("-") if word and word not in _SMALL_WORDS]
    made = "-".join(words[:_WORDS_OF_ID])
    if is_id(made):
        return made
    return f"said-{made}" if is_id(f"said-{made}") else "said"


def piece_of(facts: Given, keys: Sequence[str]) -> Piece:
    """The facts that have these keys, in their order; a year is a number, as people write it."""
    held = {key: facts[key] for key in keys if not _is_empty(facts.get(key))}
    return Piece(
        Place(0), {key: written_day(one) if key in _DATES else one for key, one in held.items()}
    )


def written_day(day: str) -> str | int:
    """A day as a file holds it: a bare year is a number."""
    return int(day) if day.isdigit() else day


def _is_empty(value: Any) -> bool:
    """Whether nothing was given; 0 is an outcome, although it equals False."""
    return value is None or value is False or value in ("", [])


def checked_date(key: str, value: Any) -> Any:
    """The value of a key; raises WrongUsage if it should be a date and is none."""
    if key in _DATES:
        if not is_date(value):
            raise WrongUsage(f"“{value}” is not a valid date; {date_remedy(value)}")
        if why := no_such_day(value):
            raise WrongUsage(why)
    return value


def check_id(name: str) -> None:
    """Raise WrongUsage for a name that cannot be an id, with one that can."""
    if not is_id(name):
        meant = id_words(name)
        example = f"; write {meant}" if is_id(meant) else "; write lower-case words with hyphens"
        raise WrongUsage(f"“{name}” cannot be an id{example}")
