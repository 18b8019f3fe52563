"""A second, deliberately simple reading of what a comparison concludes.

It enumerates everything: every outcome of every cell, every combination of conditions, every
party. For a quantity it looks at each number that somebody names and at one number between each
two of them. It shares no code with the package and is far too slow for anything but tests.
"""

from __future__ import annotations

import calendar
import itertools
import math
from collections.abc import Iterable
from datetime import date
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

FALSE, UNKNOWN, TRUE = 0, 1, 2
VERDICTS = {TRUE: "overlap", FALSE: "conflict", UNKNOWN: "unresolved"}
STRENGTH = {"inferred": 0, "reported": 1, "stated": 2}
NAMING_VERBS = ("demands", "proposes", "accepts", "refuses")

Number = int | Decimal
Range = tuple[str, Number | None, Number | None, str]
Outcome = str | Fraction
Cell = tuple[str, str | None]
Condition = dict[Cell, set[Outcome]]
Way = tuple[int, Condition]
"""One way in which a party may come to accept an outcome: never more than the value, and no
more than the condition is worth."""
Values = dict[tuple[Cell, Outcome], int]


def naive_diff(
    agenda: dict[str, Any],
    parties: dict[str, dict[str, Any]],
    ids: list[str],
    as_of: str,
    basis: str = "inferred",
) -> dict[str, dict[str, Any]]:
    """What the parties in `ids` share and dispute: issue id → verdict, reason, outcomes, …

    The arguments are the files as parsed; numbers are int or Decimal, dates are text.
    """
    comparison = NaiveComparison(agenda, parties, ids, as_of, basis)
    return {issue: comparison.issue_result(issue) for issue in agenda["issues"]}


class NaiveComparison:
    def __init__(
        self,
        agenda: dict[str, Any],
        parties: dict[str, dict[str, Any]],
        ids: list[str],
        as_of: str,
        basis: str,
    ) -> None:
        self.agenda = agenda
        self.issues: dict[str, dict[str, Any]] = agenda["issues"]
        self.parties = parties
        self.ids = ids
        self.as_of = as_of
        self.basis = basis
        self.entries = {
            (party, issue): entry_in_force(parties[party], issue, as_of, basis)
            for party in ids
            for issue in self.issues
        }
        self.cells: list[Cell] = [
            (issue, item)
            for issue, described in self.issues.items()
            for item in (described["items"] if described["kind"] == "items" else [None])
        ]
        self.outcomes = {cell: self.outcomes_of(cell) for cell in self.cells}
        self.values = self.settle(UNKNOWN)
        self.hopeful_values = self.settle(TRUE)

    # The outcomes of a cell, and those that a piece of a position file names

    def outcomes_of(self, cell: Cell) -> list[Outcome]:
        issue = self.issues[cell[0]]
        if issue["kind"] == "quantity":
            return list(sample_numbers(issue, self.end_points(cell[0])))
        return list(issue["options"])

    def end_points(self, issue: str) -> set[Fraction]:
        """Every number that a position on the issue or a condition about it names."""
        specs: list[Any] = []
        for (_, entry_issue), entry in self.entries.items():
            if entry is None:
                continue
            if entry_issue == issue:
                specs += [
                    entry[verb] for verb in ("demands", "proposes", "refuses") if verb in entry
                ]
                specs += [member["outcome"] for member in accepted_members(entry)]
            for member in accepted_members(entry):
                if issue in member.get("if", {}):
                    specs.append(member["if"][issue])
        return {number for spec in specs for number in numbers_in(spec)}

    def is_named(self, spec: Any, cell: Cell) -> bool:
        if self.issues[cell[0]]["kind"] == "items":
            return cell[1] in spec or "all" in spec
        return True

    def named(self, spec: Any, cell: Cell) -> set[Outcome]:
        """The outcomes of the cell that a piece of a position file names."""
        issue, item = cell
        kind = self.issues[issue]["kind"]
        if kind == "choice":
            return set(as_list(spec))
        if kind == "items":
            if item in spec:
                return set(as_list(spec[item]))
            return set(as_list(spec["all"])) if "all" in spec else set()
        return {
            number
            for number in self.outcomes[cell]
            if isinstance(number, Fraction)
            and any(range_holds(part, number) for part in as_list(spec))
        }

    def named_under(self, verb: str, party: str, cell: Cell) -> set[Outcome]:
        """The outcomes that the party's entry names under a verb, on whatever conditions."""
        entry = self.entries[party, cell[0]]
        if entry is None or verb not in entry:
            return set()
        if verb != "accepts":
            return self.named(entry[verb], cell)
        return {
            outcome
            for member in accepted_members(entry)
            for outcome in self.named(member["outcome"], cell)
        }

    def named_conditions(self, condition: dict[str, Any]) -> Condition:
        return {
            cell: self.named(condition[cell[0]], cell)
            for cell in self.cells
            if cell[0] in condition and self.is_named(condition[cell[0]], cell)
        }

    # Acceptance

    def ways(self, party: str, cell: Cell, outcome: Outcome) -> list[Way]:
        """The first rule that applies; one way, or one for each conditional acceptance."""
        entry = self.entries[party, cell[0]]
        if entry is None:
            return [(UNKNOWN, {})]
        naming = [
            member
            for member in accepted_members(entry)
            if outcome in self.named(member["outcome"], cell)
        ]
        unconditional = [m for m in naming if "if" not in m and "subject-to" not in m]
        if unconditional or outcome in self.named_under("proposes", party, cell):
            return [(TRUE, {})]
        if naming:
            return [
                (
                    UNKNOWN if "subject-to" in member else TRUE,
                    self.named_conditions(member.get("if", {})),
                )
                for member in naming
            ]
        if outcome in self.named_under("demands", party, cell):
            return [(TRUE, {})]
        if outcome in self.named_under("refuses", party, cell):
            return [(FALSE, {})]
        if "demands" in entry and self.is_named(entry["demands"], cell):
            return [(FALSE, {})]
        return [(UNKNOWN, {})]

    def is_conditional(self, party: str, cell: Cell, outcome: Outcome) -> bool:
        entry = self.entries[party, cell[0]]
        if entry is None or outcome in self.named_under("proposes", party, cell):
            return False
        naming = [
            member
            for member in accepted_members(entry)
            if outcome in self.named(member["outcome"], cell)
        ]
        return bool(naming) and all("if" in m or "subject-to" in m for m in naming)

    def condition_value(self, conditions: Iterable[Condition], values: Values) -> int:
        """The worth of conditions taken together: each cell needs one outcome that all name."""
        together: Condition = {}
        for condition in conditions:
            for cell, required in condition.items():
                together[cell] = together[cell] & required if cell in together else required
        return min(
            (
                max((values[cell, outcome] for outcome in required), default=FALSE)
                for cell, required in together.items()
            ),
            default=TRUE,
        )

    def outcome_value(self, cell: Cell, ways: list[list[Way]], values: Values) -> int:
        return max(
            min(
                min(value for value, _ in picks),
                self.condition_value([condition for _, condition in picks], values),
            )
            for picks in itertools.product(*ways)
        )

    def settle(self, start: int) -> Values:
        """Sweep over every outcome of every cell until nothing changes."""
        all_ways = {
            (cell, outcome): [self.ways(party, cell, outcome) for party in self.ids]
            for cell in self.cells
            for outcome in self.outcomes[cell]
        }
        values = dict.fromkeys(all_ways, start)
        while True:
            swept = {
                (cell, outcome): self.outcome_value(cell, ways, values)
                for (cell, outcome), ways in all_ways.items()
            }
            if swept == values:
                return values
            values = swept

    def own_value(self, party: str, cell: Cell, outcome: Outcome) -> int:
        return self.outcome_value(cell, [self.ways(party, cell, outcome)], self.values)

    # Verdicts

    def issue_result(self, issue: str) -> dict[str, Any]:
        if self.issues[issue]["kind"] != "items":
            return self.cell_result((issue, None))
        items = {
            item: self.cell_result((issue, item))
            for item in self.issues[issue]["items"]
            if any(self.names_item(party, (issue, item)) for party in self.ids)
        }
        value = min((self.cell_value((issue, item)) for item in items), default=UNKNOWN)
        reason = None
        if not items:
            absent = any(self.entries[party, issue] is None for party in self.ids)
            reason = "silent" if absent else "reserved"
        return {"verdict": VERDICTS[value], "reason": reason, "items": items}

    def names_item(self, party: str, cell: Cell) -> bool:
        return any(self.named_under(verb, party, cell) for verb in NAMING_VERBS)

    def cell_value(self, cell: Cell) -> int:
        return max(self.values[cell, outcome] for outcome in self.outcomes[cell])

    def common(self, cell: Cell) -> list[Outcome]:
        return [o for o in self.outcomes[cell] if self.values[cell, o] == TRUE]

    def cell_result(self, cell: Cell) -> dict[str, Any]:
        value = self.cell_value(cell)
        result: dict[str, Any] = {
            "verdict": VERDICTS[value],
            "reason": self.reason(cell, value),
            "outcomes": self.common(cell),
        }
        if self.issues[cell[0]]["kind"] == "quantity":
            result["outcomes"] = self.ranges(cell, set(self.common(cell)))
            if value == FALSE:
                result["gap"] = self.gap(cell)
        speaking = [party for party in self.ids if not self.is_silent(party, cell)]
        if result["reason"] == "silent" and len(speaking) >= 2:
            result["without_silent"] = self.without_silent(cell, speaking)
        return result

    def without_silent(self, cell: Cell, speaking: list[str]) -> dict[str, Any]:
        issue, item = cell
        diff = naive_diff(self.agenda, self.parties, speaking, self.as_of, self.basis)
        found = diff[issue] if item is None else diff[issue]["items"][item]
        return {"parties": speaking, "verdict": found["verdict"], "reason": found["reason"]}

    # Reasons

    def reason(self, cell: Cell, value: int) -> str:
        if value == TRUE:
            return self.overlap_reason(cell)
        if value == FALSE:
            return self.conflict_reason(cell)
        return self.unresolved_reason(cell)

    def overlap_reason(self, cell: Cell) -> str:
        common = self.common(cell)
        if any(all(o in self.aims(party, cell) for party in self.ids) for o in common):
            return "shared-aim"
        if all(any(self.is_conditional(party, cell, o) for party in self.ids) for o in common):
            return "condition-met"
        return "common-ground"

    def conflict_reason(self, cell: Cell) -> str:
        if any(self.all_accept_or_would(cell, o) for o in self.outcomes[cell]):
            return "condition-failed"
        pairs = list(itertools.permutations(self.ids, 2))
        if any(self.asked(a, cell) & self.named_under("refuses", b, cell) for a, b in pairs):
            return "red-line"
        for a, b in pairs:
            wanted_by_a = self.named_under("demands", a, cell)
            wanted_by_b = self.named_under("demands", b, cell)
            if wanted_by_a and wanted_by_b and not wanted_by_a & wanted_by_b:
                return "rival-demands"
        return "ruled-out"

    def unresolved_reason(self, cell: Cell) -> str:
        outcomes = self.outcomes[cell]
        if any(self.is_silent(party, cell) for party in self.ids):
            return "silent"
        if any(self.hopeful_values[cell, o] == TRUE for o in outcomes):
            return "interlocking"
        if any(
            self.values[cell, o] == UNKNOWN and self.all_accept_or_would(cell, o) for o in outcomes
        ):
            return "condition-pending"
        asked = set().union(*(self.asked(party, cell) for party in self.ids))
        if asked and all(self.values[cell, o] == FALSE for o in asked):
            return "proposals-ruled-out"
        if any("reserves" in (self.entries[party, cell[0]] or {}) for party in self.ids):
            return "reserved"
        return "unanswered"

    def aims(self, party: str, cell: Cell) -> set[Outcome]:
        return self.named_under("demands", party, cell) | self.named_under("proposes", party, cell)

    def asked(self, party: str, cell: Cell) -> set[Outcome]:
        return self.aims(party, cell) | self.named_under("accepts", party, cell)

    def all_accept_or_would(self, cell: Cell, outcome: Outcome) -> bool:
        """Would the outcome be common if every condition on it held?"""
        return all(outcome in self.asked(party, cell) for party in self.ids)

    def is_silent(self, party: str, cell: Cell) -> bool:
        issue, item = cell
        entry = self.entries[party, issue]
        if entry is None:
            return True
        return item is not None and "reserves" not in entry and not self.names_item(party, cell)

    # Quantities

    def ranges(self, cell: Cell, chosen: set[Outcome]) -> list[Range]:
        issue = self.issues[cell[0]]
        numbers = [number for number in self.outcomes[cell] if isinstance(number, Fraction)]
        ends = self.end_points(cell[0]) | bounds_of(issue)
        runs: list[list[Fraction]] = []
        previous_chosen = False
        for number in numbers:
            if number in chosen and previous_chosen:
                runs[-1].append(number)
            elif number in chosen:
                runs.append([number])
            previous_chosen = number in chosen
        return [range_of_run(run, numbers, ends, issue) for run in runs]

    def gap(self, cell: Cell) -> Number | None:
        """The largest distance between what two parties have each not ruled out."""
        left_open = {
            party: {o for o in self.outcomes[cell] if self.own_value(party, cell, o) != FALSE}
            for party in self.ids
        }
        if not all(left_open.values()):
            return None
        distances = [
            distance(self.ranges(cell, left_open[a]), self.ranges(cell, left_open[b]))
            for a, b in itertools.combinations(self.ids, 2)
            if not left_open[a] & left_open[b]
        ]
        return max(distances, default=None)


# Entries and their parts


def first_day(day: str | int) -> date:
    parts = [int(part) for part in str(day).split("-")]
    year, month, of_month = (*parts, 1, 1)[:3]
    return date(year, month, of_month)


def last_day(day: str | int) -> date:
    parts = [int(part) for part in str(day).split("-")]
    if len(parts) == 3:
        return date(*parts)
    month = parts[1] if len(parts) == 2 else 12
    return date(parts[0], month, calendar.monthrange(parts[0], month)[1])


def entry_in_force(
    party: dict[str, Any], issue: str, as_of: str, basis: str
) -> dict[str, Any] | None:
    today = last_day(as_of)
    begun = [
        entry
        for entry in party["positions"].get(issue, [])
        if strength(party, entry) >= STRENGTH[basis] and first_day(entry["since"]) <= today
    ]
    if not begun:
        return None
    latest: dict[str, Any] = max(begun, key=lambda entry: first_day(entry["since"]))
    if "until" in latest and last_day(latest["until"]) < today:
        return None
    return latest


def strength(party: dict[str, Any], entry: dict[str, Any]) -> int:
    return max(STRENGTH[party["statements"][name]["basis"]] for name in entry["evidence"])


def as_list(spec: Any) -> list[Any]:
    return spec if isinstance(spec, list) else [spec]


def accepted_members(entry: dict[str, Any]) -> list[dict[str, Any]]:
    """The members of `accepts`, each with `outcome` and perhaps `if` and `subject-to`."""
    return [
        member if isinstance(member, dict) and "outcome" in member else {"outcome": member}
        for member in as_list(entry.get("accepts", []))
    ]


# Numbers


def exact(number: Number) -> Fraction:
    return Fraction(number)


def plain(number: Fraction) -> Number:
    if number.denominator == 1:
        return number.numerator
    return Context(prec=100).divide(Decimal(number.numerator), Decimal(number.denominator))


def numbers_in(spec: Any) -> list[Fraction]:
    return [
        exact(number)
        for part in as_list(spec)
        for number in (part.values() if isinstance(part, dict) else [part])
    ]


def range_holds(part: Any, number: Fraction) -> bool:
    if not isinstance(part, dict):
        return number == exact(part)
    return (
        ("min" not in part or number >= exact(part["min"]))
        and ("above" not in part or number > exact(part["above"]))
        and ("max" not in part or number <= exact(part["max"]))
        and ("below" not in part or number < exact(part["below"]))
    )


def bounds_of(issue: dict[str, Any]) -> set[Fraction]:
    return {exact(issue[end]) for end in ("minimum", "maximum") if end in issue}


def sample_numbers(issue: dict[str, Any], end_points: set[Fraction]) -> list[Fraction]:
    """Numbers in order such that no two neighbours have a kind of number between them that is
    unlike both: the ends, and something between them, below the lowest and above the highest."""
    ends = sorted(end_points | bounds_of(issue)) or [Fraction(0)]
    if issue.get("integer", False):
        numbers = {
            Fraction(whole)
            for end in ends
            for whole in (math.floor(end) - 1, math.floor(end), math.ceil(end), math.ceil(end) + 1)
        }
    else:
        between = [(low + high) / 2 for low, high in itertools.pairwise(ends)]
        numbers = {ends[0] - 1, *ends, *between, ends[-1] + 1}
    return sorted(
        number
        for number in numbers
        if ("minimum" not in issue or number >= exact(issue["minimum"]))
        and ("maximum" not in issue or number <= exact(issue["maximum"]))
    )


def range_of_run(
    run: list[Fraction], numbers: list[Fraction], ends: set[Fraction], issue: dict[str, Any]
) -> Range:
    """The range that a run of neighbouring sample numbers stands for."""
    low, high = run[0], run[-1]
    open_below = low == numbers[0] and "minimum" not in issue
    open_above = high == numbers[-1] and "maximum" not in issue
    left: tuple[str, Number | None] = ("[", plain(low))
    right: tuple[Number | None, str] = (plain(high), "]")
    if open_below:
        left = ("(", None)
    elif not issue.get("integer", False) and low not in ends:
        left = ("(", plain(max(end for end in ends if end < low)))
    if open_above:
        right = (None, ")")
    elif not issue.get("integer", False) and high not in ends:
        right = (plain(min(end for end in ends if end > high)), ")")
    return (*left, *right)


def distance(ranges: list[Range], others: list[Range]) -> Number:
    """The least distance between two sets of ranges that do not meet."""
    steps: list[Number] = []
    for (_, low, high, _), (_, other_low, other_high, _) in itertools.product(ranges, others):
        if high is not None and other_low is not None and high <= other_low:
            steps.append(other_low - high)
        if other_high is not None and low is not None and other_high <= low:
            steps.append(low - other_high)
    return min(steps)
