"""Checks a proposal against the parties' positions, term by term."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import NamedTuple

from claimpos.comparison.ballots import Ballots
from claimpos.comparison.table import PositionTable
from claimpos.comparison.truth import Truth
from claimpos.comparison.votes import Decision, Vote
from claimpos.deals.responses import RESPONSES, Response, beyond_offers, responses_in
from claimpos.deals.text_points import Stated, points_of_text
from claimpos.deals.voting import votes_from
from claimpos.dossier.dates import day_of
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.model import (
    BASES,
    NOTHING,
    Alternative,
    Answer,
    Basis,
    Cell,
    Dossier,
    PartialDate,
    Proposal,
    strongest,
)
from claimpos.dossier.outcomes import Outcomes, QuantitySpace, Range
from claimpos.errors import WrongUsage


class AlternativeAssessed(NamedTuple):
    """What each party says to one bracketed alternative; without an outcome there is no text."""

    outcome: int
    by: tuple[str, ...]
    says: Mapping[str, Response]


class TermAssessed(NamedTuple):
    """How each party responds to one term; `outcome` is the set of outcomes that it names.

    `parts` has, by party, how it responds to which of these outcomes, if not alike to all of a
    range. A bracketed term has alternatives: `outcome` holds all of them, and a party responds to
    each. `decision` is the vote on it, where a rule of the agenda applies and it has no brackets.
    """

    cell: Cell
    outcome: int
    says: Mapping[str, Response]
    parts: Mapping[str, Mapping[Response, int]]
    alternatives: tuple[AlternativeAssessed, ...] = ()
    decision: Decision | None = None


class Assessment(NamedTuple):
    """A proposal, and how each party would respond to it as it is.

    `left_out` are the cells of the agenda that the proposal does not speak of. `whole` is the vote
    on the text as a whole, where one decision rule of the agenda decides all of its terms.
    In it, the answers of the groups in `led` count for these members. `points` are what the text is
    worth to the parties that state points.
    """

    proposal: Proposal
    table: PositionTable
    day: date
    basis: Basis
    terms: tuple[TermAssessed, ...]
    left_out: tuple[Cell, ...]
    ballots: Ballots
    whole: Decision | None = None
    points: Mapping[str, Stated] = NOTHING
    led: Mapping[str, Sequence[str]] = NOTHING

    @property
    def parties(self) -> tuple[str, ...]:
        return self.table.parties

    @property
    def text(self) -> dict[Cell, int]:
        """The outcomes of the proposal in each cell that it covers, unless it may be no text."""
        return {term.cell: term.outcome for term in self.terms if _has_text(term)}

    @property
    def newest(self) -> dict[str, PartialDate | None]:
        """The day of each party's newest evidence in force on the issues of the proposal."""
        return self.table.newest({term.cell.issue for term in self.terms})

    @property
    def answered_since(self) -> list[tuple[str, Answer]]:
        """The answers to the text as a whole that came after its day, with their party, by date.

        There are none where the positions are those of another day than the text's own.
        """
        if self.day != self.proposal.date.last:
            return []
        parties, weakest = self.table.dossier.parties, BASES.index(self.basis)
        later = [
            (party, answer)
            for party in self.parties
            for answer in parties[party].answers.get(self.proposal.id, ())
            if answer.since.first > self.day and BASES.index(strongest(answer.evidence)) >= weakest
        ]
        return sorted(later, key=lambda one: one[1].since.first)

    def tally(self, party: str) -> dict[Response, int]:
        """How many terms the party gives each response."""
        said = [term.says[party] for term in self.terms]
        return {response: said.count(response) for response in RESPONSES}

    @property
    def refused(self) -> bool:
        """Whether any party rules out any term."""
        return any(is_no(says) for term in self.terms for says in term.says.values())


def is_no(response: Response) -> bool:
    """Whether the party rules it out."""
    return response in ("gives", "crosses")


def check_size(dossier: Dossier, proposals: Sequence[Proposal], parties: Sequence[str]) -> None:
    """Raise WrongUsage if assessing these takes more answers than the limit allows.

    What a proposal leaves out counts too, because each party's demands there are reported.
    """
    cells = sum(1 for issue in dossier.issues.values() for _ in issue.cells())
    number, most = len(proposals) * len(parties) * cells, limit("assessed-answers")
    if number > most:
        raise WrongUsage(
            f"{len(proposals):,} proposals and {len(parties):,} parties on {cells:,} issues and "
            f"sub-issues are {number:,} answers, more than the {most:,} that one assessment gives; "
            f"name fewer of them, or, {how_to_raise('assessed-answers')}"
        )


def assess(
    dossier: Dossier,
    proposal: Proposal,
    parties: Sequence[str] | None = None,
    as_of: date | str | None = None,
    basis: Basis = "inferred",
) -> Assessment:
    """Check a proposal against the positions of the parties with these ids, or all but mediators.

    Conditions are judged against the proposal's own terms: one on a cell that it leaves out, or
    perhaps has no text on, stays open. A term that leaves several outcomes open, such as a range
    or bracketed alternatives, is accepted or refused only if all of them are, and otherwise not
    settled; what is said to the parts of a range stands beside it. What lies beyond a party's offer
    depends on the other parties that are assessed.

    The day is by default the proposal's own.

    Raises WrongUsage for an `as_of` that is no date, and KeyError for an id that is no party's.
    """
    day = proposal.date.last if as_of is None else day_of(as_of)
    named: dict[Cell, Outcomes] = {}
    bracketed: dict[Cell, tuple[Alternative, ...]] = {}
    for term in proposal.terms.values():
        named |= term.outcomes
        bracketed |= term.bracketed
    named |= {cell: _any_of(alternatives) for cell, alternatives in bracketed.items()}
    chosen = dossier.negotiating if parties is None else parties
    table = PositionTable(dossier, chosen, day, basis, named)
    cells = [cell for issue in dossier.issues.values() for cell in issue.cells()]
    outcomes = {cell: table.space(cell).mask(named[cell]) for cell in cells if cell in named}
    text = {
        cell: outcome
        for cell, outcome in outcomes.items()
        if all(one.outcomes is not None for one in bracketed.get(cell, ()))
    }
    ballots = Ballots(table, chosen)
    terms = tuple(
        _bracket(table, cell, bracketed[cell], text, ballots)
        if cell in bracketed
        else _assessed(table, cell, text, ballots)
        for cell in outcomes
    )
    left_out = tuple(cell for cell in cells if cell not in named)
    points = points_of_text(table, {cell: named[cell] for cell in text})
    whole, led = _whole(table, proposal, terms, ballots, points)
    return Assessment(proposal, table, day, basis, terms, left_out, ballots, whole, points, led)


def _whole(
    table: PositionTable,
    proposal: Proposal,
    terms: Sequence[TermAssessed],
    ballots: Ballots,
    points: Mapping[str, Stated],
) -> tuple[Decision | None, Mapping[str, Sequence[str]]]:
    """The vote on the text as a whole, where one rule decides all of its terms.

    With it, the groups whose answers to the text count for members, and these members.

    A member votes as it has answered the text; else no if the text is worth less to it than it asks
    for, or if it votes no on any term, and yes if it votes yes on all. On a term of which its entry
    does not speak, the answer of a group that speaks for it counts as its vote.
    """
    ballot = ballots.common(term.cell for term in terms)
    if ballot is None:
        return None, NOTHING
    votes: dict[str, Vote] = {}
    led: dict[str, list[str]] = {}
    for member in ballot.members:
        vote = _vote_by(table.answers(member).get(proposal.id))
        if vote is None and member in points and points[member].is_enough is Truth.FALSE:
            vote = "no"
        if vote is None:
            by_groups = dict(_by_groups(table, proposal, terms, member))
            for group in {group: None for group, _ in by_groups.values()}:
                led.setdefault(group, []).append(member)
            said = {term.cell: _vote_on(term, member, ballots) for term in terms}
            said |= {cell: by_group for cell, (_, by_group) in by_groups.items()}
            vote = _vote_of({*said.values()})
        votes[member] = vote
    return ballot.decision(votes), led


def _by_groups(
    table: PositionTable, proposal: Proposal, terms: Sequence[TermAssessed], member: str
) -> Iterator[tuple[Cell, tuple[str, Vote]]]:
    """The terms on which a group's answer to the text counts for a member: the group, its vote."""
    for term in terms:
        given = table.answer_on(member, term.cell, proposal.id)
        vote = None if given is None else _vote_by(given.answer)
        if given is not None and vote is not None:
            yield term.cell, (given.holder, vote)


def _vote_on(term: TermAssessed, member: str, ballots: Ballots) -> Vote:
    if term.decision is not None:
        return term.decision.votes[member]
    return votes_from(ballots, term.cell, term.says)[member]


def _vote_by(answer: Answer | None) -> Vote | None:
    if answer is None or answer.says == "accepts-as-basis":
        return None
    if answer.says == "refuses":
        return "no"
    return "open" if answer.subject_to or answer.excepted else "yes"


def _vote_of(said: Collection[Vote]) -> Vote:
    """A member's vote on a text from its votes on the terms."""
    if "no" in said:
        return "no"
    return next(iter(said)) if len(said) == 1 else "open"


def _has_text(term: TermAssessed) -> bool:
    return all(alternative.outcome for alternative in term.alternatives)


def _any_of(alternatives: Sequence[Alternative]) -> Outcomes:
    """The outcomes of all alternatives, of whatever kind they are."""
    known = [one.outcomes for one in alternatives if one.outcomes is not None]
    if all(isinstance(outcomes, frozenset) for outcomes in known):
        return frozenset(option for outcomes in known for option in outcomes)  # type: ignore[misc]
    return tuple(part for outcomes in known for part in outcomes if isinstance(part, Range))


def _bracket(
    table: PositionTable,
    cell: Cell,
    alternatives: Sequence[Alternative],
    text: Mapping[Cell, int],
    ballots: Ballots,
) -> TermAssessed:
    """How each party responds to every alternative, and to all of them."""
    space = table.space(cell)
    assessed = []
    for one in alternatives:
        outcome = 0 if one.outcomes is None else space.mask(one.outcomes)
        says: Mapping[str, Response] = dict.fromkeys(table.parties, "unsaid")
        if outcome:
            says = _assessed(table, cell, {**text, cell: outcome}, ballots).says
        assessed.append(AlternativeAssessed(outcome, one.by, says))
    whole = {
        party: _overall({alternative.says[party] for alternative in assessed})
        for party in table.parties
    }
    outcome = reduce(or_, (alternative.outcome for alternative in assessed))
    return TermAssessed(cell, outcome, whole, {}, tuple(assessed))


def _assessed(
    table: PositionTable, cell: Cell, text: Mapping[Cell, int], ballots: Ballots
) -> TermAssessed:
    beyond = beyond_offers(table, cell)
    says: dict[str, Response] = {}
    parts: dict[str, Mapping[Response, int]] = {}
    for party in table.parties:
        said = responses_in(table.stance(party, cell), text[cell], text, beyond.get(party, 0))
        says[party] = _overall(said)
        if len(said) > 1 and isinstance(table.space(cell), QuantitySpace):
            parts[party] = said
    ballot = ballots.of(cell.issue)
    decision = ballot.decision(votes_from(ballots, cell, says)) if ballot else None
    return TermAssessed(cell, text[cell], says, parts, (), decision)


def _overall(said: Collection[Response]) -> Response:
    if len(said) == 1:
        return next(iter(said))
    return "gives" if all(map(is_no, said)) else "unsaid"
