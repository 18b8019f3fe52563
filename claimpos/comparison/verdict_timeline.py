"""Verdicts over time, for many sets of parties of one dossier.

Every verdict comes from the same code as that of a single comparison. To make many of them fast, an
issue is compared again only if one of the parties moves on it, or on an issue to which conditions
lead from it; and issues that no condition joins are treated as separate dossiers.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from claimpos.comparison.case import Case
from claimpos.comparison.conditions import Common
from claimpos.comparison.effective_timelines import EffectiveTimelines
from claimpos.comparison.reasons import (
    VERDICT_OF,
    VERDICTS,
    Reason,
    Verdict,
    reason_without_cells,
)
from claimpos.comparison.table import PositionTable, add_dependents, dependencies_of
from claimpos.comparison.verdicts import IssueVerdict, verdicts_on
from claimpos.dossier.graph import all_above, all_reached, is_indirect, speaking_groups
from claimpos.dossier.model import NOTHING, Basis, Cell, Dossier, Entry, Issue, Party
from claimpos.dossier.timeline import Standing, Timelines

if TYPE_CHECKING:
    from claimpos.comparison.votes import Ballot, Weights

Set = tuple[str, ...]
"""The ids of two or more parties, in the order of the dossier."""


class Outline(NamedTuple):
    """A verdict as codes: on an issue and, if it has items, on each item that is named.

    Reasons that nobody asked for are None. Of what is not compared, because a member has no
    position of its own beside its group's, the reason is "own-word".
    """

    verdict: Verdict
    reason: Reason | Literal["own-word"] | None
    items: tuple[tuple[str, Verdict, Reason | None], ...] = ()


NOT_COMPARED = Outline("unresolved", "own-word")


class Turn(NamedTuple):
    """The verdict from a day on, by the day's index; `text` is in words, if these were wanted."""

    day: int
    outline: Outline
    text: str = ""


OverTime = Mapping[Set, Mapping[str, Sequence[Turn]]]
"""For each set of parties and each issue, the turns that its verdict takes."""


def days_of_change(
    dossier: Dossier, parties: Iterable[str], basis: Basis = "inferred"
) -> list[date]:
    """The days on which a position of these parties, or what is known of it, may change."""
    return EffectiveTimelines(dossier, basis).days(parties)


def verdicts_over_time(
    dossier: Dossier,
    sets: Collection[Set],
    days: Sequence[date],
    basis: Basis = "inferred",
    worded: Collection[Set] = (),
    tell: Callable[[IssueVerdict], str] = lambda _: "",
    with_reasons: Collection[Verdict] = VERDICTS,
    known: Timelines | None = None,
) -> OverTime:
    """The verdicts for some sets of parties, on each of some days.

    Args:
        dossier: The dossier.
        sets: The sets of parties.
        days: The days, in ascending order.
        basis: The weakest evidence that counts.
        worded: The sets for which verdicts are also put into words.
        tell: Puts a verdict into words.
        with_reasons: The verdicts whose reasons are wanted, where they are not put into words; that
            of a conflict takes a search.
        known: The timelines of the dossier, or of one of which it is a part, if they are known.

    Returns:
        For each set and issue, a turn on each day on which the verdict or its words change.
    """
    parties = list(dict.fromkeys(party for chosen in sets for party in chosen))
    over_time: dict[Set, dict[str, list[Turn]]] = {
        chosen: {issue: [] for issue in dossier.issues} for chosen in sets
    }
    judge = _Judge(set(worded), tell, with_reasons)
    known = known or Timelines(dossier, basis)
    ballots: list[Ballot] = []
    for part in _parts(dossier, parties):
        timelines = EffectiveTimelines(part, basis, known)
        turning = timelines.days(parties)
        sides = [_Side(party) for party in parties]
        seen = -1
        for number, day in enumerate(days):
            if (passed := bisect_right(turning, day)) == seen:
                continue
            seen = passed
            effective = timelines.positions_on(day) if is_indirect(part) else None
            table = PositionTable(part, parties, day, basis, NOTHING, timelines.own, effective)
            table.ballots = ballots
            for side in sides:
                side.move(table)
            by_party = {side.party: side for side in sides}
            moving = {side.party for side in sides if side.moved}
            for chosen, turns in over_time.items():
                if moving.isdisjoint(chosen):
                    continue
                affected = _affected([by_party[party] for party in chosen])
                for issue, outline, words in judge.verdicts(table, chosen, affected):
                    if not turns[issue] or turns[issue][-1][1:] != (outline, words):
                        turns[issue].append(Turn(number, outline, words))
    return over_time


def bearing_on(dossier: Dossier, parties: Iterable[str], issues: Iterable[str]) -> Dossier:
    """The dossier with these issues and those that conditions, or offers, join with them."""
    joined: dict[str, set[str]] = {}
    groups = speaking_groups(dossier.parties)
    for party in dict.fromkeys(one for each in parties for one in (each, *all_above(each, groups))):
        for issue, entries in dossier.parties[party].positions.items():
            for other in dependencies_of(entries):
                joined.setdefault(issue, set()).add(other)
                joined.setdefault(other, set()).add(issue)
    reached = all_reached(issues, lambda issue: joined.get(issue, ()))
    if reached >= dossier.issues.keys():
        return dossier
    within = {key: issue for key, issue in dossier.issues.items() if key in reached}
    sides = {key: _on_issues(party, reached) for key, party in dossier.parties.items()}
    return dossier._replace(issues=within, parties=sides)


class _Side:
    """A party on one day: the issues on which it moved on that day, and what bears on what."""

    def __init__(self, party: str) -> None:
        self.party = party
        self.moved: set[str] = set()
        self._held: dict[str, tuple[Standing, Sequence[object]]] = {}
        self.dependents: dict[str, set[str]] = {}
        """For each issue or offer, the issues on which it bears, because conditions name it."""

    def move(self, table: PositionTable) -> None:
        """Move on to the party's positions on the table's day."""
        now = {
            key: (table.standing(self.party, key), self._voices(table, issue))
            for key, issue in table.dossier.issues.items()
        }
        self.moved = {key for key, one in now.items() if self._held.get(key) != one}
        if not self.moved:
            return
        self._held = now
        self.dependents = {}
        for issue, (standing, _) in now.items():
            if standing.entry:
                add_dependents(self.dependents, issue, [standing.entry])

    def _voices(self, table: PositionTable, issue: Issue) -> Sequence[object]:
        """In a dossier with groups, whether the party's own words count, and who speaks for it."""
        if not table.has_groups:
            return ()
        voices = [table.voice(self.party, cell) for cell in table.cells(issue, [self.party])]
        return [table.has_own_word(self.party, issue.id), *voices]


def _affected(sides: Sequence[_Side]) -> set[str]:
    """The issues whose verdict among these parties may have changed because one of them moved.

    If a condition ended by which an issue depended on another, the party moved on that issue.
    """
    moved = set().union(*(side.moved for side in sides))

    def led_on(issue: str) -> set[str]:
        return set().union(*(side.dependents.get(issue, ()) for side in sides))

    return {*all_reached(moved, led_on)}


class _Judge:
    """Compares issues, and remembers each verdict without conditions by the entries behind it.

    Most verdicts depend on none. If only one party has a position, it does not matter which others
    have none, unless a rule counts their votes differently.
    """

    def __init__(
        self,
        worded: Collection[Set],
        tell: Callable[[IssueVerdict], str],
        with_reasons: Collection[Verdict],
    ) -> None:
        self.worded = worded
        self.tell = tell
        self.with_reasons = with_reasons
        # With the entries, so that no other object gets the id of one of them.
        self._remembered: dict[
            tuple[str, tuple[tuple[int, Weights], ...]], tuple[Outline, Sequence[Entry | None]]
        ] = {}

    def verdicts(
        self, table: PositionTable, chosen: Set, affected: Collection[str]
    ) -> Iterator[tuple[str, Outline, str]]:
        """For each of the affected issues, the verdict among these parties, and its words."""
        issues = [issue for key, issue in table.dossier.issues.items() if key in affected]
        if member := table.member_among(chosen):
            alone = [issue for issue in issues if not table.has_own_word(member, issue.id)]
            yield from ((issue.id, NOT_COMPARED, "") for issue in alone)
            issues = [issue for issue in issues if issue not in alone]
        if chosen in self.worded:
            for verdict in verdicts_on(table.among(chosen), issues):
                yield verdict.issue.id, outline_of(verdict), self.tell(verdict)
            return
        common = Common(table, chosen)
        for issue in issues:
            yield issue.id, self._outline(common, issue), ""

    def _outline(self, common: Common, issue: Issue) -> Outline:
        entries = [common.table.entry(party, issue.id) for party in common.parties]
        if any(one.conditional for entry in entries if entry for one in entry.accepts):
            return _outline(common, issue, self.with_reasons)
        ballot = common.ballots.of(issue.id)
        weights = [ballot.weighs(party) if ballot else () for party in common.parties]
        key = issue.id, tuple(sorted(zip(map(id, entries), weights, strict=True)))
        if key not in self._remembered:
            self._remembered[key] = _outline(common, issue, self.with_reasons), entries
        return self._remembered[key][0]


def outline_of(verdict: IssueVerdict) -> Outline:
    """A verdict as codes."""
    items = [
        (cell.cell.item, cell.verdict, cell.reported_reason)
        for cell in verdict.cells
        if cell.cell.item is not None
    ]
    return Outline(verdict.verdict, verdict.reported_reason, tuple(items))


def _outline(common: Common, issue: Issue, with_reasons: Collection[Verdict]) -> Outline:
    cases = [Case(common, cell) for cell in common.cells(issue)]
    items = [
        (
            case.cell.item or "",
            case.verdict,
            case.reported_reason if case.verdict in with_reasons else None,
        )
        for case in cases
    ]
    if issue.kind != "items":
        ((_, verdict, reason),) = items
        return Outline(verdict, reason)
    whole = Case(common, Cell(issue.id))
    reason = None if items else _reason_without_cells(whole, issue)
    return Outline(VERDICT_OF[common.issue_value(issue)], reason, tuple(items))


def _reason_without_cells(whole: Case, issue: Issue) -> Reason:
    return "one-voice" if whole.one_voice else reason_without_cells(whole.common, issue)


def _parts(dossier: Dossier, parties: Sequence[str]) -> Iterator[Dossier]:
    """The dossier in parts whose issues no condition of the parties or their groups joins.

    Each has all parties, who may be members of a rule, but positions of these parties alone.
    """
    groups = speaking_groups(dossier.parties)
    behind = dict.fromkeys(one for party in parties for one in (party, *all_above(party, groups)))
    others = {key: _within(party, (), ()) for key, party in dossier.parties.items()}
    joined: dict[str, set[str]] = {issue: {issue} for issue in dossier.issues}
    for party in behind:
        for issue, entries in dossier.parties[party].positions.items():
            for other in dependencies_of(entries):
                joined[issue].add(other)
                joined.setdefault(other, set()).add(issue)
    texts = [*dossier.proposals]
    on_issue: dict[str, list[int]] = {}
    for number, proposal in enumerate(dossier.proposals.values()):
        for issue in proposal.terms:
            on_issue.setdefault(issue, []).append(number)
    left = dict.fromkeys(dossier.issues)
    place = {issue: number for number, issue in enumerate(left)}
    while left:
        members = all_reached([next(iter(left))], joined.__getitem__) & place.keys()
        # Not a loop over all issues, because there may be a part for every issue.
        issues = {key: dossier.issues[key] for key in sorted(members, key=place.__getitem__)}
        numbers = sorted({number for issue in issues for number in on_issue.get(issue, ())})
        proposals = {texts[number]: dossier.proposals[texts[number]] for number in numbers}
        sides = {
            key: _within(party, issues, proposals) if key in behind else others[key]
            for key, party in dossier.parties.items()
        }
        yield dossier._replace(issues=issues, parties=sides, proposals=proposals)
        for key in issues:
            del left[key]


def _within(party: Party, issues: Collection[str], texts: Collection[str]) -> Party:
    positions = {issue: party.positions[issue] for issue in issues if issue in party.positions}
    answers = {text: party.answers[text] for text in texts if text in party.answers}
    return party._replace(positions=positions, answers=answers)


def _on_issues(party: Party, issues: Collection[str]) -> Party:
    positions = {issue: entries for issue, entries in party.positions.items() if issue in issues}
    return party._replace(positions=positions)
