"""Checks of answers to texts: whether they fit the positions that reports count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from claimpos.dossier.graph import all_above, speaking_groups
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.model import NOTHING, Acceptance, Answer, Cell, Dossier, Entry, Party, Term
from claimpos.dossier.outcomes import Outcomes, Range, without
from claimpos.dossier.timeline import Timelines
from claimpos.validation.rules.rule import (
    Diagnostic,
    Scope,
    answers_of,
    at_answer,
    note,
    warning,
)

if TYPE_CHECKING:
    from claimpos.comparison.effective_positions import EffectivePositions


@warning(435)
def excepted_but_accepted(scope: Scope) -> Iterator[Diagnostic]:
    """CP435 warning: an answer to a text leaves out an issue, but the position accepts its term

    The party accepts the text except for an issue. Its position on that day accepts, demands or
    proposes what the text says there, and reports count that. So they do if it is the position of a
    group that speaks for the party, or that of an older text that it has accepted.

    FAIL
        positions:
          cap:
            - {since: 2024, accepts: 500, evidence: [said]}
        answers:
          truce-plan:
            - {since: 2025, says: accepts, except: [cap], evidence: [said]}
    PASS
        positions:
          cap:
            - {since: 2024, accepts: 500, evidence: [said]}
            - {since: 2025, refuses: 500, evidence: [said]}
        answers:
          truce-plan:
            - {since: 2025, says: accepts, except: [cap], evidence: [said]}
    """
    parties, texts = scope.dossier.parties.values(), scope.dossier.proposals
    given = [(party, one) for party in parties for one in answers_of(party) if one.excepted]
    if not given:
        return
    held = _Held(scope.dossier)
    most = left = limit("answer-steps")
    for party, answer in given:
        terms = texts[answer.text].terms if answer.text in texts else NOTHING
        left -= held.steps(party, answer, terms)
        if left < 0:
            message = f"after {most:,} steps, what answers leave out is no longer compared"
            yield Diagnostic(
                at_answer(party, answer, "except"), message, how_to_raise("answer-steps")
            )
            return
        for issue, entry in _accepted_anyhow(party, answer, terms, held):
            whose = f"the position of “{entry.group}”" if entry.group else "the position"
            yield Diagnostic(
                at_answer(party, answer, "except"),
                f"the answer leaves out “{issue}”, but {whose} since {entry.since.text} accepts "
                "what the text says there",
                "add an entry from that day on, if the position has changed; else take the issue "
                "out of `except`",
            )


class _Held:
    """The positions that are held on the days of answers, with what is the same on all days."""

    def __init__(self, dossier: Dossier) -> None:
        from claimpos.comparison.answers_in_force import texts_by_issue  # few dossiers need it

        self.dossier = dossier
        self._groups = speaking_groups(dossier.parties)
        self._timelines = Timelines(dossier)
        self._texts = texts_by_issue(dossier)
        self._steps: dict[tuple[str, str], int] = {}

    def on(self, day: date) -> EffectivePositions:
        """The positions on one day."""
        from claimpos.comparison.effective_positions import EffectivePositions

        known = self._timelines, self._groups, self._texts
        return EffectivePositions(self.dossier, day, "inferred", *known)

    def steps(self, party: Party, answer: Answer, terms: Mapping[str, Term]) -> int:
        """How many steps it takes at most to compare what an answer leaves out."""
        return 1 + sum(self._steps_on(party.id, issue) for issue in _left_out(answer, terms))

    def _steps_on(self, party: str, issue: str) -> int:
        if (party, issue) not in self._steps:
            voices = [self.dossier.parties[one] for one in (party, *all_above(party, self._groups))]
            entries = [one for voice in voices for one in voice.positions.get(issue, ())]
            yeses = [yes for entry in entries for yes in entry.accepts]
            said = sum(len(voice.answers) for voice in voices) + len(entries) + len(yeses)
            said += sum(len(outcomes) for yes in yeses for outcomes in yes.requires.values())
            self._steps[party, issue] = len(self.dossier.issues[issue].cells()) * (1 + said)
        return self._steps[party, issue]


def _left_out(answer: Answer, terms: Mapping[str, Term]) -> list[str]:
    """The issues on which a text has a term and an answer leaves out that, or a part."""
    return [
        issue for issue in dict.fromkeys(cell.issue for cell in answer.excepted) if issue in terms
    ]


def _accepted_anyhow(
    party: Party, answer: Answer, terms: Mapping[str, Term], held: _Held
) -> Iterator[tuple[str, Entry]]:
    """The issues that an answer leaves out, of whose terms the party accepts one, and its entry."""
    dossier, positions = held.dossier, held.on(answer.since.first)
    excepted = {*answer.excepted}
    for issue in _left_out(answer, terms):
        whole = positions.standing(party.id, issue).entry
        if whole is None:
            continue
        integer = dossier.issues[issue].integer
        for cell, parts in _said(terms[issue]):
            entry = whole.on(cell) if whole.parts else whole
            if entry is None or excepted.isdisjoint((cell, Cell(issue))):
                continue
            wanted = _wanted(entry, cell, terms, dossier)
            if not any(without(part, wanted, integer) for part in parts):
                yield issue, entry
                break


def _said(term: Term) -> Iterator[tuple[Cell, list[Outcomes]]]:
    """What a term says of each cell: its outcomes or, in brackets, those of each alternative."""
    yield from ((cell, [outcomes]) for cell, outcomes in term.outcomes.items())
    for cell, alternatives in term.bracketed.items():
        parts = [one.outcomes for one in alternatives if one.outcomes]
        if len(parts) == len(alternatives):
            yield cell, parts


def _wanted(
    entry: Entry, cell: Cell, terms: Mapping[str, Term], dossier: Dossier
) -> list[str | Range]:
    """The outcomes of a cell that an entry demands, proposes or accepts, given a text's terms.

    Conditions that the text itself does not meet count as not met.
    """
    accepted = (one.outcomes for one in entry.accepts_on(cell) if _is_met(one, terms, dossier))
    said = (entry.demands, entry.proposes, *accepted)
    return [outcome for named in said for outcome in named.get(cell, ())]


def _is_met(acceptance: Acceptance, terms: Mapping[str, Term], dossier: Dossier) -> bool:
    """Whether an acceptance has no condition but such as are met by the terms of a text."""
    if acceptance.subject_to or acceptance.withheld:
        return False
    for cell, outcomes in acceptance.requires.items():
        term = terms[cell.issue].outcomes.get(cell, ()) if cell.issue in terms else ()
        if not term or without(term, outcomes, dossier.issues[cell.issue].integer):
            return False
    return True


@warning(438)
def excepted_but_not_there(party: Party, scope: Scope) -> Iterator[Diagnostic]:
    """CP438 warning: an answer to a text leaves out what the text does not speak of

    The party then accepts all of the text, whatever was meant to be left out.

    FAIL
        positions: {}
        answers:
          truce-plan:
            - {since: 2025, says: accepts, except: [status], evidence: [said]}
    PASS
        positions: {}
        answers:
          truce-plan:
            - {since: 2025, says: accepts, except: [cap], evidence: [said]}
    """
    for answer in answers_of(party):
        text = scope.dossier.proposals.get(answer.text)
        for cell in () if text is None else answer.excepted:
            term = None if text is None else text.terms.get(cell.issue)
            if term is None or not (
                cell.item is None or cell in term.outcomes or cell in term.bracketed
            ):
                yield Diagnostic(
                    at_answer(party, answer, "except"),
                    f"the answer leaves out “{cell.written}”, of which the text does not speak",
                    "name an issue or a sub-issue on which the text has a term",
                )


@note(437)
def answered_before_text(party: Party, scope: Scope) -> Iterator[Diagnostic]:
    """CP437 note: an answer to a text rests only on statements made before the text

    What was said before the day of a text may be about an earlier text.

    FAIL
        statements:
          said: {source: paper, said: 2024-12-31, basis: stated, summary: Said so.}
        positions:
          status:
            - {since: 2024-12-31, accepts: open, evidence: [said]}
        answers:
          truce-plan: [{since: 2025-01-02, says: accepts, evidence: [said]}]
    PASS
        statements:
          said: {source: paper, said: 2025-01-01, basis: stated, summary: Said so.}
        positions:
          status:
            - {since: 2025-01-01, accepts: open, evidence: [said]}
        answers:
          truce-plan: [{since: 2025-01-02, says: accepts, evidence: [said]}]
    """
    for answer in answers_of(party):
        text = scope.dossier.proposals.get(answer.text)
        last = max((one.said.last for one in answer.evidence), default=date.max)
        if text is not None and last < text.date.first:
            yield Diagnostic(
                at_answer(party, answer, "evidence"),
                f"the answer rests only on what was said before the text ({text.date.text})",
                "cite a statement about this text, or correct one of the dates",
            )
