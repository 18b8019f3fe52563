"""The questions to put next, found naively: each answer goes into the files' data.

A party that answers gets a new entry of the day, which repeats what it says now but for the answer.
Everything is then compared again by the naive evaluator. For dossiers without groups and texts.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from .dossiers import PlainDossier
from .naive import (
    FALSE,
    TRUE,
    UNKNOWN,
    NaiveComparison,
    Outcome,
    is_plain,
    naive_comparison,
    range_of_run,
)
from .record import NAMING_VERBS, Cell, evidence_of, first_day, members_of, specs_of

OVERLAP = "overlap"


class NaiveQuestion(NamedTuple):
    form: str
    asked: tuple[str, ...]
    cells: tuple[Cell, ...]
    outcomes: frozenset[Any]
    verdict: str
    yes: tuple[str, dict[Cell, str]]
    no: tuple[str, dict[Cell, str]]
    no_from: tuple[str, ...]
    either: bool
    confirmed: date | None

    @property
    def key(self) -> tuple[Any, ...]:
        return self.form, self.asked, self.cells, self.outcomes

    @property
    def rank(self) -> tuple[Any, ...]:
        yes, no = self.yes[0] != self.verdict, self.no[0] != self.verdict
        moved = {*self.yes[1], *self.no[1]}
        gained = [*self.yes[1].values(), *[self.yes[0]] * len(self.cells) * yes].count(OVERLAP)
        place = {(True, True): 0, (True, False): 1, (False, True): 2}[yes, no]
        return place, -len(moved), -gained, len(self.asked), self.confirmed or date.max


class NaiveQuestions:
    def __init__(
        self, plain: PlainDossier, ids: list[str], as_of: str, basis: str, stale_before: date
    ) -> None:
        self.plain, self.ids, self.basis = plain, ids, basis
        self.base = self.compared(plain.parties, as_of)
        self.today = self.base.record.today
        self.stale_before = stale_before
        self.verdicts = verdicts_of(self.base)

    def compared(self, parties: dict[str, Any], as_of: str) -> NaiveComparison:
        agenda, sources, _, proposals = self.plain
        return naive_comparison(agenda, parties, self.ids, as_of, self.basis, sources, proposals)

    def all(self) -> list[NaiveQuestion]:
        asked = [self.question(*one) for point in self.points() for one in self.candidates(point)]
        return [one for one in asked if {one.yes[0], one.no[0]} != {one.verdict}]

    # Points

    def points(self) -> list[tuple[Cell, ...]]:
        alike: dict[str, list[Cell]] = {}
        for cell in self.verdicts:
            said = [self.said(party, cell) for party in self.ids]
            alike.setdefault(str((cell[0], said)), []).append(cell)
        return [tuple(cells) for cells in alike.values()]

    def said(self, party: str, cell: Cell) -> Any:
        entry = self.base.entries[party, cell]
        if entry is None:
            return None
        verbs = [sorted(self.under(entry, verb, cell)) for verb in NAMING_VERBS]
        conditions = [
            (sorted(outcomes), self.condition(one))
            for named, one in self.accepted(party, entry, [cell])
            if not is_plain(one) and (outcomes := named[cell])
        ]
        return verbs, conditions, "reserves" in entry, self.is_inferred(party, entry, cell)

    def condition(self, member: dict[str, Any]) -> Any:
        named = self.base.named_conditions(member.get("if", {}))
        return [(cell, sorted(some)) for cell, some in named.items()], "subject-to" in member

    def under(self, entry: dict[str, Any], verb: str, cell: Cell) -> set[Outcome]:
        return {one for spec in specs_of(entry, verb) for one in self.base.named(spec, cell)}

    def is_inferred(self, party: str, entry: dict[str, Any], cell: Cell) -> bool:
        record = self.base.record
        said = self.plain.parties[party]["statements"]
        return any(
            {said[one]["basis"] for one in record.by_today(party, evidence_of(entry, verb))}
            == {"inferred"}
            for verb in NAMING_VERBS
            if self.under(entry, verb, cell)
        )

    def confirmed(self, party: str, cell: Cell) -> date | None:
        entry = self.base.entries[party, cell]
        if entry is None:
            return None
        record = self.base.record
        cited = {
            one
            for verb in [*NAMING_VERBS, "reserves"]
            if verb in entry
            for one in record.by_today(party, evidence_of(entry, verb))
        }
        return max([first_day(entry["since"]), *(record.day_of(party, one) for one in cited)])

    # Candidates

    def candidates(self, point: tuple[Cell, ...]) -> Iterable[tuple[Any, ...]]:
        cell = point[0]
        if self.verdicts[cell] == "unresolved":
            yield from self.missing(point)
        for party in self.ids:
            entry, confirmed = self.base.entries[party, cell], self.confirmed(party, cell)
            named = entry and any(self.under(entry, verb, cell) for verb in NAMING_VERBS)
            if not (entry and confirmed and named):
                continue
            if self.is_inferred(party, entry, cell) or confirmed < self.stale_before:
                yield "holds", (party,), point, set()

    def missing(self, point: tuple[Cell, ...]) -> Iterable[tuple[Any, ...]]:
        cell, base = point[0], self.base
        outcomes = base.outcomes[cell]
        nothing_left = self.all_wanted_is_ruled_out(cell)
        alone = set()
        for size in (1, 2):
            for asked in itertools.combinations(self.ids, size):
                others = [party for party in self.ids if party not in asked]
                fit = [
                    one
                    for one in outcomes
                    if all(base.own_value(party, cell, one) == TRUE for party in others)
                    and (others or nothing_left)
                ]
                lacking = {one for one in fit if all(self.lacks(p, cell, one) for p in asked)}
                if lacking:
                    alone.add(asked)
                    yield "accepts", asked, point, lacking
                waiting = {one for one in fit if self.waits(asked[0], cell, one)}
                if size == 1 and waiting:
                    yield "condition", asked, point, waiting
        left = [one for one in outcomes if base.values[cell, one] != FALSE]
        for party in self.ids:
            nothing_answered = all(self.lacks(party, cell, one) for one in left)
            if (party,) not in alone and nothing_answered:
                yield "accepts", (party,), point, set(left)

    def all_wanted_is_ruled_out(self, cell: Cell) -> bool:
        verbs = ("demands", "proposes", "accepts")
        wanted = {
            one for party in self.ids for verb in verbs for one in self.named(party, verb, cell)
        }
        return bool(wanted) and all(self.base.values[cell, one] == FALSE for one in wanted)

    def named(self, party: str, verb: str, cell: Cell) -> set[Outcome]:
        return self.under(self.base.entries[party, cell] or {}, verb, cell)

    def lacks(self, party: str, cell: Cell, outcome: Outcome) -> bool:
        entry = self.base.entries[party, cell] or {}
        named = {one for verb in NAMING_VERBS for one in self.under(entry, verb, cell)}
        return outcome not in named and self.base.ways(party, cell, outcome) == [(UNKNOWN, {})]

    def waits(self, party: str, cell: Cell, outcome: Outcome) -> bool:
        return (
            not self.lacks(party, cell, outcome)
            and self.base.own_value(party, cell, outcome) == UNKNOWN
        )

    # Answers

    def question(
        self, form: str, asked: tuple[str, ...], point: tuple[Cell, ...], outcomes: set[Outcome]
    ) -> NaiveQuestion:
        yes = self.effect(form, asked, point, outcomes, is_yes=True)
        no = self.effect(form, asked, point, outcomes, is_yes=False)
        alone = [self.effect(form, (one,), point, outcomes, is_yes=False) for one in asked]
        days = [self.confirmed(party, point[0]) for party in asked]
        return NaiveQuestion(
            form,
            asked,
            point,
            frozenset(self.written(point[0], outcomes)),
            self.verdicts[point[0]],
            yes,
            no,
            tuple(one for one in asked if not self.says_no_to_all(form, one, point[0], outcomes)),
            len(asked) > 1 and all(one == no for one in alone),
            None if None in days else min(day for day in days if day),
        )

    def effect(
        self,
        form: str,
        asked: tuple[str, ...],
        point: tuple[Cell, ...],
        outcomes: set[Outcome],
        is_yes: bool,
    ) -> tuple[str, dict[Cell, str]]:
        unchanged: tuple[str, dict[Cell, str]] = (self.verdicts[point[0]], {})
        if form == "holds" and is_yes:
            return unchanged
        answering = [
            party
            for party in asked
            if is_yes or not self.says_no_to_all(form, party, point[0], outcomes)
        ]
        if not answering:
            return unchanged
        parties = dict(self.plain.parties)
        for party in answering:
            entry = self.answered(form, party, point, outcomes, is_yes)
            parties[party] = with_entry(parties[party], point[0][0], entry)
        after = verdicts_of(self.compared(parties, self.today.isoformat()))
        changed = {
            cell: after.get(cell, "unresolved")
            for cell, verdict in self.verdicts.items()
            if after.get(cell, "unresolved") != verdict
        }
        here = changed.get(point[0], self.verdicts[point[0]])
        return here, {cell: verdict for cell, verdict in changed.items() if cell not in point}

    def says_no_to_all(self, form: str, party: str, cell: Cell, outcomes: set[Outcome]) -> bool:
        return form != "holds" and all(
            one in outcomes or self.base.ways(party, cell, one) == [(FALSE, {})]
            for one in self.base.outcomes[cell]
        )

    def answered(
        self,
        form: str,
        party: str,
        point: tuple[Cell, ...],
        outcomes: set[Outcome],
        is_yes: bool,
    ) -> dict[str, Any]:
        """The party's new entry on the issue of the point."""
        cells = [cell for cell in self.base.cells if cell[0] == point[0][0]]
        said = {
            verb: self.by_cell(party, verb, cells) for verb in NAMING_VERBS if verb != "accepts"
        }
        accepts = self.accepted(party, self.base.entries[party, cells[0]] or {}, cells)
        for cell in point:
            if form == "holds":
                for named in (*said.values(), *(named for named, _ in accepts)):
                    named[cell] = set()
            elif is_yes:
                accepts.append(({cell: outcomes}, {}))
            else:
                yes = [named.get(cell, set()) - outcomes for named, _ in accepts]
                excluded = set(self.base.outcomes[cell]) - said["proposes"][cell]
                excluded -= said["demands"][cell].union(*yes)
                if said["demands"][cell] & outcomes:
                    said["refuses"][cell] = said["refuses"][cell] | excluded
                for named in (said["demands"], *(named for named, _ in accepts)):
                    named[cell] = named.get(cell, set()) - outcomes
                said["refuses"][cell] = said["refuses"][cell] | outcomes
        entry = {verb: spec for verb, named in said.items() if (spec := self.spec(named))}
        yeses = [
            {key: value for key, value in one.items() if key != "outcome"} | {"outcome": spec}
            for named, one in accepts
            if (spec := self.spec(named))
        ]
        entry |= {"accepts": yeses} if yeses else {}
        return entry

    def accepted(
        self, party: str, entry: dict[str, Any], cells: list[Cell]
    ) -> list[tuple[dict[Cell, set[Outcome]], dict[str, Any]]]:
        """What an entry accepts, by cell; a demand with a price on weak evidence waits for it."""
        weak = {
            cell: {
                one
                for one in self.named(party, "demands", cell)
                if self.base.has_weak_price(party, cell, one)
            }
            for cell in cells
        }
        found = [
            ({cell: self.base.named(one["outcome"], cell) for cell in cells}, one)
            for one in members_of(entry.get("accepts", []))
        ]
        return [*found, (weak, {"subject-to": "?"})] if any(weak.values()) else found

    def by_cell(self, party: str, verb: str, cells: list[Cell]) -> dict[Cell, set[Outcome]]:
        return {cell: self.named(party, verb, cell) for cell in cells}

    def spec(self, named: dict[Cell, set[Outcome]]) -> Any:
        """Outcomes by cell as a position file writes them; nothing where there are none."""
        written = {cell: self.written(cell, some) for cell, some in named.items() if some}
        if any(item is not None for _, item in written):
            return {item: some for (_, item), some in written.items()}
        return [ends(one) for some in written.values() for one in some]

    def written(self, cell: Cell, outcomes: set[Outcome]) -> list[Any]:
        """The outcomes; of a quantity, the ranges that they stand for."""
        issue = self.base.issues[cell[0]]
        if issue["kind"] != "quantity":
            return [one for one in issue["options"] if one in outcomes]
        numbers: list[Any] = self.base.outcomes[cell]
        marked = itertools.groupby(numbers, key=lambda number: number in outcomes)
        runs = [list(run) for is_in, run in marked if is_in]
        points = self.base.end_points(cell[0]) | bounds(issue)
        return [range_of_run(run, numbers, points, issue) for run in runs]


def bounds(issue: dict[str, Any]) -> set[Any]:
    return {issue[end] for end in ("minimum", "maximum") if end in issue}


def ends(outcome: Any) -> Any:
    if not isinstance(outcome, tuple):
        return outcome
    left, low, high, right = outcome
    spec = {} if low is None else {"min" if left == "[" else "above": low}
    return spec | ({} if high is None else {"max" if right == "]" else "below": high})


def with_entry(party: dict[str, Any], issue: str, entry: dict[str, Any]) -> dict[str, Any]:
    """The party's file with this entry in place of all others on an issue; if empty, with none."""
    if not entry:
        return {**party, "positions": {**party["positions"], issue: []}}
    said = {"source": "paper", "basis": "stated", "summary": "So it answers."}
    new = {"since": 2023, "evidence": ["answer"], **entry}
    return {
        **party,
        "statements": {**party["statements"], "answer": said},
        "positions": {**party["positions"], issue: [new]},
    }


def verdicts_of(compared: NaiveComparison) -> dict[Cell, str]:
    """The verdict on each cell that a party speaks of."""
    found: dict[Cell, str] = {}
    for issue in compared.issues:
        result = compared.issue_result(issue)
        if "items" in result:
            found |= {(issue, item): cell["verdict"] for item, cell in result["items"].items()}
        else:
            found[issue, None] = result["verdict"]
    return found
