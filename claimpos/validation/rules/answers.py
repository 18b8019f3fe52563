"""Checks of answers to texts: whether they fit the positions that reports count."""

from __future__ import annotations

from collections.abc import Iterator

from claimpos.comparison.effective_positions import EffectivePositions
from claimpos.dossier.graph import Groups, speaking_groups
from claimpos.dossier.locate import file_of
from claimpos.dossier.model import NOTHING, Answer, Cell, Dossier, Entry, Party, Term
from claimpos.dossier.outcomes import Outcomes, Range, without
from claimpos.validation.rules.rule import Diagnostic, Place, Scope, Since, warning


@warning(435)
def excepted_but_accepted(party: Party, scope: Scope) -> Iterator[Diagnostic]:
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
    answers = [one for some in party.answers.values() for one in some if one.excepted]
    groups = speaking_groups(scope.dossier.parties) if answers else {}
    for answer in answers:
        place = "answers", answer.text, Since(answer.since.text), "except"
        for issue, entry in _accepted_anyhow(party, answer, groups, scope.dossier):
            whose = f"the position of “{entry.group}”" if entry.group else "the position"
            yield Diagnostic(
                Place(file_of(party.id), place),
                f"the answer leaves out “{issue}”, but {whose} since {entry.since.text} accepts "
                "what the text says there",
                "add an entry from that day on, if the position has changed; else take the issue "
                "out of `except`",
            )


def _accepted_anyhow(
    party: Party, answer: Answer, groups: Groups, dossier: Dossier
) -> Iterator[tuple[str, Entry]]:
    """The issues that an answer leaves out, of whose terms the party accepts one, and its entry."""
    text = dossier.proposals.get(answer.text)
    terms = NOTHING if text is None else text.terms
    positions = EffectivePositions(dossier, answer.since.first, groups=groups)
    for issue in dict.fromkeys(cell.issue for cell in answer.excepted):
        whole = positions.standing(party.id, issue).entry if issue in terms else None
        if whole is None:
            continue
        integer = dossier.issues[issue].integer
        for cell, parts in _said(terms[issue]):
            entry = whole.on(cell) if whole.parts else whole
            if entry is None or not {cell, Cell(issue)} & {*answer.excepted}:
                continue
            wanted = _wanted(entry, cell)
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


def _wanted(entry: Entry, cell: Cell) -> list[str | Range]:
    """The outcomes of a cell that an entry demands, proposes or accepts without conditions."""
    accepted = (one.outcomes for one in entry.accepts if not one.conditional)
    said = (entry.demands, entry.proposes, *accepted)
    return [outcome for named in said for outcome in named.get(cell, ())]
