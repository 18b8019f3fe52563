"""Asks in a terminal, question by question, for what a command line lacks; Tab completes ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from claimpos.cli.output import say, typed_line
from claimpos.curating.additions import Additions
from claimpos.curating.edited_dossier import EditedDossier
from claimpos.curating.entries import StartDates
from claimpos.curating.outcome_text import acceptances_of, outcomes_of
from claimpos.curating.pieces import check_id, checked_date
from claimpos.curating.requests import SAYS, Request, unknown_source
from claimpos.dossier.dates import partial_date, today
from claimpos.dossier.locate import SOURCES, file_of
from claimpos.dossier.lookup import issue_named, nearest, party_named, proposal_named
from claimpos.dossier.model import BASES, VERBS, Party
from claimpos.dossier.reading.documents import SOURCE_STATUSES
from claimpos.errors import ClaimposError, UnknownName, WrongUsage
from claimpos.importing.cells import FIELDS
from claimpos.importing.import_log import Skipped
from claimpos.rendering.findings import error_text
from claimpos.wording.additions import CONFIRM, FROM_LAST, KIND, NEXT_ISSUE, QUESTIONS, Prompt
from claimpos.wording.names import joined

_SEVERAL = {*VERBS, "evidence", "except", "options", "items"} - {"reserves"}
# What a command line may name before the rest is asked for.
_NAMED = frozenset({"party", "issue", "text", "source"})
# What is asked about an issue of each kind.
_OF_KIND = {"choice": {"options"}, "quantity": {"unit"}, "items": {"items", "options"}}


def completed_requests(
    edited: EditedDossier, requests: Sequence[Request]
) -> tuple[list[Request], bool]:
    """The pieces with what was missing, and whether anything had to be asked for.

    What is asked for is tried on the dossier at once, so that a later piece may refer to it.
    """
    asker = _Asker(edited)
    pieces = [asker.completed(request) for request in requests or [Request(asker.kind(), {})]]
    last = pieces[-1]
    if asker.has_asked and last.kind == "statement":
        while (issue := asker.ask(Prompt("issue", "", NEXT_ISSUE))) is not None:
            pieces.append(asker.completed(Request("entry", {"issue": issue})))
    return pieces, asker.has_asked


def is_confirmed() -> bool:
    """Whether the user wants the change that was shown."""
    return _is_yes(_line(CONFIRM + " ", ()))


class _Asker:
    def __init__(self, edited: EditedDossier) -> None:
        self.edited = edited
        self.additions = Additions(edited)
        self.has_asked = False
        self._kind = ""

    def kind(self) -> str:
        """What is to be added."""
        self.has_asked = True
        return str(self.ask(Prompt("piece", "", KIND, True)))

    def completed(self, request: Request) -> Request:
        """A piece with all that it needs, added to the dossier in memory."""
        given = dict(request.given)
        self._kind = request.kind
        questions = [one for one in QUESTIONS[request.kind] if one.key not in given]
        inherited = self._inherited(request.kind)
        if any(one.is_needed and one.key not in inherited for one in questions) or (
            request.kind == "entry" and self.has_asked
        ):
            self.has_asked = True
            for key in _NAMED & given.keys():
                check_answer(self.edited, request.kind, key, given[key], given)
            for question in questions:
                if question.key not in inherited and self._applies(question, given):
                    self._ask_for(question, given)
        piece = Request(request.kind, given)
        self.additions.add(piece)
        return piece

    def _inherited(self, kind: str) -> set[str]:
        """What a piece takes from those before it."""
        held = {"party": self.additions.party, "source": self.additions.source}
        return {key for key, value in held.items() if value} if kind != "source" else set()

    def _applies(self, question: Prompt, given: dict[str, Any]) -> bool:
        """Whether a question makes sense after the answers so far."""
        key = question.key
        if key in {"speaker-name", "role"}:
            return "speaker" in given and given["speaker"] not in self._party(given).speakers
        if key == "evidence":
            return not self.additions.citations.has(self._party(given).id)
        if key == "except":
            return bool(given["says"] == "accepts")
        if key == "group-title":
            return given.get("group") not in self.edited.dossier.groups
        if key in {"unit", "items", "options"}:
            return key in _OF_KIND.get(given.get("kind", ""), ())
        if key == "demands":
            self._offer_last(given)
        return True

    def _party(self, given: dict[str, Any]) -> Party:
        return party_named(self.edited.dossier, given.get("party") or self.additions.party)

    def _offer_last(self, given: dict[str, Any]) -> None:
        party = self._party(given)
        issue = issue_named(self.edited.dossier, given["issue"])
        entries = self.edited.data(file_of(party.id))["positions"].get(issue.id)
        if entries and "from-last" not in given:
            last = entries[StartDates(entries).last_before("9999")]
            given["from-last"] = _is_yes(_line(FROM_LAST.format(day=last["since"]) + " ", ()))

    def _ask_for(self, question: Prompt, given: dict[str, Any]) -> None:
        if question.key not in _SEVERAL:
            answer = self.ask(question, given)
            if answer is not None:
                given[question.key] = answer
            return
        answers: list[str] = []
        first = question._replace(is_needed=question.key == "evidence")
        while (answer := self.ask(question if answers else first, given)) is not None:
            answers.append(answer)
        if answers:
            given[question.key] = answers

    def ask(self, question: Prompt, given: dict[str, Any] | None = None) -> str | None:
        """An answer that makes sense; None if the user leaves it out."""
        while True:
            answer = _line(
                f"{question.text}: ", self._candidates(question.key, given or {})
            ).strip()
            if not answer and not question.is_needed:
                return None
            try:
                if answer:
                    held = {"party": self.additions.party, **(given or {})}
                    check_answer(self.edited, self._kind, question.key, answer, held)
                    return answer
            except ClaimposError as error:
                say(error_text(error).removeprefix("claimpos: ").rstrip("\n."))

    def _candidates(self, key: str, given: dict[str, Any]) -> Iterable[str]:
        """What Tab completes an answer to."""
        dossier = self.edited.dossier
        if key in VERBS and key != "reserves":
            issue = issue_named(dossier, given["issue"])
            return (*issue.options, *issue.items)
        if key == "evidence":
            return self._party(given).statements
        held: dict[str, Iterable[str]] = {
            **WORDS,
            "party": dossier.parties,
            "issue": dossier.issues,
            "source": self.edited.data(SOURCES)["sources"],
            "text": dossier.proposals,
            "group": dossier.groups,
            "speaker": {one for party in dossier.parties.values() for one in party.speakers},
        }
        return held.get(key, ())


def _is_yes(answer: str) -> bool:
    return answer.strip().casefold() in {"", "y", "yes"}


def _line(prompt: str, candidates: Iterable[str]) -> str:
    """A line that the user types; raises KeyboardInterrupt where input ends."""
    try:
        return typed_line(prompt, candidates)
    except EOFError:
        raise KeyboardInterrupt from None


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
    elif key in _PAST and partial_date(answer).first > today():
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


def _check_speaker(edited: EditedDossier, answer: str, given: Mapping[str, Any]) -> None:
    """Check the id of a speaker, who may be a new one."""
    speakers = party_named(edited.dossier, given["party"]).speakers
    asked = answer.casefold()
    named = [one.id for one in speakers.values() if one.name.casefold() == asked]
    if named and answer not in speakers:
        raise WrongUsage(f"“{answer}” is the speaker {joined(named, 'or')}; write this id")
    check_id(answer)


_NAMES: Mapping[str, Callable[[EditedDossier, str, Mapping[str, Any]], object]] = {
    "party": lambda edited, answer, _: party_named(edited.dossier, answer),
    "issue": lambda edited, answer, _: issue_named(edited.dossier, answer),
    "text": lambda edited, answer, _: proposal_named(edited.dossier, answer),
    "source": _check_source,
    "evidence": _check_statement,
    "speaker": _check_speaker,
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
    except Skipped as why:
        raise WrongUsage(str(why)) from None
