"""Why a verdict is what it is: one word, the first that applies."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import combinations
from typing import Literal, get_args

from claimpos.comparison.acceptance import Stance
from claimpos.comparison.conditions import Common
from claimpos.comparison.truth import Truth
from claimpos.dossier.model import Cell, Entry, Issue

Verdict = Literal["overlap", "conflict", "unresolved"]
Reason = Literal[
    "one-voice",
    "shared-aim",
    "condition-met",
    "common-ground",
    "condition-failed",
    "red-line",
    "rival-demands",
    "ruled-out",
    "silent",
    "interlocking",
    "condition-pending",
    "proposals-ruled-out",
    "reserved",
    "unanswered",
]

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

REASONS: dict[Verdict, tuple[Reason, ...]] = {
    "overlap": ("shared-aim", "condition-met", "common-ground"),
    "conflict": ("condition-failed", "red-line", "rival-demands", "ruled-out"),
    "unresolved": (
        "silent",
        "interlocking",
        "condition-pending",
        "proposals-ruled-out",
        "reserved",
        "unanswered",
    ),
}

VERDICT_OF: dict[Truth, Verdict] = {
    Truth.TRUE: "overlap",
    Truth.FALSE: "conflict",
    Truth.UNKNOWN: "unresolved",
}


class Case:
    """A cell before its judge: what each party says there, and the ground they have in common."""

    def __init__(self, common: Common, cell: Cell) -> None:
        self.common = common
        self.cell = cell
        self.parties = common.parties

    @cached_property
    def reason(self) -> Reason:
        """The reason of the verdict."""
        if self.value is Truth.TRUE:
            return _why_overlap(self)
        if self.value is Truth.FALSE:
            return _why_conflict(self)
        return _why_unresolved(self)

    @cached_property
    def one_voice(self) -> str:
        """The group whose entry all parties hold here, as its members or as itself."""
        return self.common.table.one_voice(self.parties, self.cell)

    @property
    def reads(self) -> Reason:
        """The reason as reports give it: `one-voice`, where all hold one group's entry."""
        return "one-voice" if self.one_voice else self.reason

    @property
    def verdict(self) -> Verdict:
        return VERDICT_OF[self.value]

    @cached_property
    def stances(self) -> list[Stance]:
        return [self.stance(party) for party in self.parties]

    def stance(self, party: str) -> Stance:
        return self.common.table.stance(party, self.cell)

    @cached_property
    def value(self) -> Truth:
        return self.common.value(self.cell)

    @property
    def agreed(self) -> int:
        """The outcomes that are acceptable to all."""
        return self.common.ground(self.cell).yes

    @property
    def shared_aims(self) -> int:
        """The common outcomes that every party demands or proposes."""
        mask = self.agreed
        for stance in self.stances:
            mask &= stance.demands | stance.proposes
        return mask

    @property
    def but_for_conditions(self) -> int:
        """The outcomes that every party accepts or would accept, some of them on conditions."""
        mask = conditional = 0
        for index, stance in enumerate(self.stances):
            willing = stance.yes | stance.conditional
            mask = mask & willing if index else willing
            conditional |= stance.conditional
        return mask & conditional

    @cached_property
    def silent(self) -> list[str]:
        """The parties with no position in force here, not even that they leave it open."""
        return [party for party in self.parties if self._is_silent(party)]

    def _is_silent(self, party: str) -> bool:
        entry = self.common.table.entry_on(party, self.cell)
        if entry is None:
            return True
        if self.cell.item is None or entry.reserves:
            return False
        return not self.stance(party).names

    @property
    def crossed(self) -> int:
        """The outcomes that one party wants or accepts and another refuses."""
        mask = wanted = refused = 0
        for stance in self.stances:
            mask |= stance.wants & refused | stance.refuses & wanted
            wanted |= stance.wants
            refused |= stance.refuses
        return mask

    def entry(self, party: str) -> Entry | None:
        """The entry that counts here; where the case is a whole issue with items, that on it."""
        table = self.common.table
        issue = table.dossier.issues[self.cell.issue]
        if issue.kind == "items" and self.cell.item is None:
            return table.entry(party, issue.id)
        return table.entry_on(party, self.cell)

    @property
    def reserving(self) -> list[tuple[str, str]]:
        """Who leaves what open, in the party's order."""
        entries = [(party, self.entry(party)) for party in self.parties]
        return [(party, entry.reserves) for party, entry in entries if entry and entry.reserves]


def _why_overlap(case: Case) -> Reason:
    if case.shared_aims:
        return "shared-aim"
    unconditional = case.agreed
    for stance in case.stances:
        unconditional &= ~stance.conditional
    return "common-ground" if unconditional else "condition-met"


def _why_conflict(case: Case) -> Reason:
    if case.but_for_conditions:
        return "condition-failed"
    if case.crossed:
        return "red-line"
    return "rival-demands" if has_rival_demands(case.stances) else "ruled-out"


def has_rival_demands(stances: Sequence[Stance]) -> bool:
    """Whether two parties demand outcomes of which none is the same."""
    demands = dict.fromkeys(stance.demands for stance in stances if stance.demands)
    return any(not one & other for one, other in combinations(demands, 2))


def _why_unresolved(case: Case) -> Reason:
    if case.silent:
        return "silent"
    ground = case.common.ground(case.cell)
    open_still = case.but_for_conditions & ~ground.no
    if open_still and case.common.value(case.cell, start=Truth.TRUE) is Truth.TRUE:
        return "interlocking"
    if open_still:
        return "condition-pending"
    wanted = 0
    for stance in case.stances:
        wanted |= stance.wants
    if wanted and not wanted & ~ground.no:
        return "proposals-ruled-out"
    return "reserved" if case.reserving else "unanswered"


def reason_without_cells(common: Common, issue: Issue) -> Reason:
    """The reason of an issue with items of which the parties name none."""
    entries = [common.table.entry(party, issue.id) for party in common.parties]
    return "silent" if None in entries else "reserved"
