"""Checks what a user answers in a terminal, so that a slip is asked about again at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from claimpos.curating.edited_dossier import EditedDossier
from claimpos.curating.outcome_text import acceptances_of, outcomes_of
from claimpos.curating.pieces import check_id, checked_date
from claimpos.curating.requests import SAYS, unknown_source
from claimpos.dossier.dates import partial_date
from claimpos.dossier.locate import SOURCES
from claimpos.dossier.lookup import issue_named, nearest, party_named, proposal_named
from claimpos.dossier.model import BASES, VERBS
from claimpos.dossier.reading.documents import SOURCE_STATUSES
from claimpos.errors import UnknownName, WrongUsage
from claimpos.importing.cells import FIELDS
from claimpos.importing.import_log import LeftOut
from claimpos.wording.names import joined

WORDS: Mapping[str, tuple[str, ...]] = {
    "piece": ("statement", "entry", "answer", "source", "party", "issue"),
    "basis": BASES,
    "says": SAYS,
    "status": SOURCE_STATUSES,
    "kind": ("choice", "quantity", "items"),
}
"""The words that may be answered to a question, by its key."""

_PAST = frozenset({"date", "said", "since"})
_LIKE_CELLS = frozenset({"url", "language"})


def check_answer(
    edited: EditedDossier, kind: str, key: str, answer: str, given: Mapping[str, Any]
) -> None:
    """Check one answer about a piece of a kind.

    `given` are the answers before it. Raises ClaimposError for one that names nothing, cannot be
    read or could not be written.
    """
    checked_date(key, answer)
    if key in _NAMES:
        _NAMES[key](edited, answer, given)
    elif key in WORDS and answer not in WORDS[key]:
        raise WrongUsage(f"“{answer}” is not one of {joined(WORDS[key], 'or')}")
    elif key == "id":
        _check_new_id(edited, kind, answer)
    elif key in _PAST and partial_date(answer).first > date.today():
        raise WrongUsage(f"{answer} is in the future")
    elif key in _LIKE_CELLS:
        _check_like_cell(key, answer)
    elif key in VERBS and key != "reserves":
        issue = issue_named(edited.dossier, given["issue"])
        if key == "accepts":
            acceptances_of([answer], issue, edited.dossier)
        else:
            outcomes_of([answer], issue)


def _check_source(edited: EditedDossier, answer: str, _: Mapping[str, Any]) -> None:
    if answer not in (held := edited.data(SOURCES)["sources"]):
        raise unknown_source(answer, held)


def _check_statement(edited: EditedDossier, answer: str, given: Mapping[str, Any]) -> None:
    party = party_named(edited.dossier, given["party"])
    if answer not in party.statements:
        near, remedy = nearest(answer, party.statements), f"claimpos show {party.id}"
        raise UnknownName("statement", answer, near, remedy, f" of “{party.id}”")


_NAMES: Mapping[str, Callable[[EditedDossier, str, Mapping[str, Any]], object]] = {
    "party": lambda edited, answer, _: party_named(edited.dossier, answer),
    "issue": lambda edited, answer, _: issue_named(edited.dossier, answer),
    "text": lambda edited, answer, _: proposal_named(edited.dossier, answer),
    "source": _check_source,
    "evidence": _check_statement,
}
"""What looks up the thing of the dossier that an answer names."""


def _check_new_id(edited: EditedDossier, kind: str, answer: str) -> None:
    held: Mapping[str, Iterable[str]] = {
        "source": edited.data(SOURCES)["sources"],
        "party": edited.dossier.parties,
        "issue": edited.dossier.issues,
    }
    check_id(answer)
    if answer in held[kind]:
        raise WrongUsage(f"“{answer}” already exists; choose another id")


def _check_like_cell(key: str, answer: str) -> None:
    try:
        FIELDS[key].read(answer)
    except LeftOut as why:
        raise WrongUsage(str(why)) from None
