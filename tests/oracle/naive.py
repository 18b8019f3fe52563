"""A second, deliberately simple reading of what a comparison concludes.

It enumerates everything: every outcome of every cell, every combination of conditions, every
party, every set of parties. For a quantity it looks at each number that somebody names and at one
number between each two of them. It shares no code with the package and is far too slow for
anything but tests. What counts as a party's word on a day is for `record` to say.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable
from decimal import Context, Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from .record import (
    NAMING_VERBS,
    Cell,
    Record,
    accepted_members,
    as_list,
    members_of,
    specs_of,
)

FALSE, UNKNOWN, TRUE = 0, 1, 2
VERDICTS = {TRUE: "overlap", FALSE: "conflict", UNKNOWN: "unresolved"}
REASONS_OF_SETS = ("red-line", "rival-demands", "ruled-out", "condition-failed")
MOST_IN_A_SET = 5
SETS_NAMED = 3

Number = int | Decimal
Range = tuple[str, Number | None, Number | None, str]
Outcome = str | Fraction
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
    sources: dict[str, Any] | None = None,
    proposals: dict[str, dict[str, Any]] | None = None,
) -> dict[str, dict[str, Any]]:
    """What the parties in `ids` share and dispute: issue id → verdict, reason, outcomes, …

    The arguments are the files as parsed; numbers are int or Decimal, dates are text. The result
    is empty for a group and a member of it that has said nothing itself.
    """
    comparison = naive_comparison(agenda, parties, ids, as_of, basis, sources, proposals)
    return {issue: comparison.issue_result(issue) for issue in comparison.shown_issues()}


def naive_comparison(
    agenda: dict[str, Any],
    parties: dict[str, dict[str, Any]],
    ids: list[str],
    as_of: str,
    basis: str = "inferred",
    sources: dict[str, Any] | None = None,
    proposals: dict[str, dict[str, Any]] | None = None,
) -> NaiveComparison:
    record = Record(agenda, parties, as_of, basis, sources, proposals)
    return NaiveComparison(agenda, record, ids)


def naive_summary(results: dict[str, dict[str, Any]]) -> dict[str, int]:
    """How many issues have each verdict, and how many of the unresolved lack a position."""
    counts = dict.fromkeys(("overlap", "conflict", "unresolved", "silent"), 0)
    for result in results.values():
        counts[result["verdict"]] += 1
        cells = [result, *result.get("items", {}).values()]
        if result["verdict"] == "unresolved":
            counts["silent"] += any(cell["reason"] == "silent" for cell in cells)
    return counts


class NaiveComparison:
    def __init__(
        self,
        agenda: dict[str, Any],
        record: Record,
        ids: list[str],
        known: dict[frozenset[str], NaiveComparison] | None = None,
    ) -> None:
        self.agenda = agenda
        self.issues: dict[str, dict[str, Any]] = agenda["issues"]
        self.record = record
        self.ids = ids
        self.known: dict[frozenset[str], NaiveComparison] = {} if known is None else known
        self.known[frozenset(ids)] = self
        self.cells: list[Cell] = [
            (issue, item)
            for issue, described in self.issues.items()
            for item in (described["items"] if described["kind"] == "items" else [None])
        ]
        positions = [(party, cell) for party in ids for cell in self.cells]
        self.held = {(party, cell): record.held(party, cell) for party, cell in positions}
        self.entries = {
            position: held.entry if held else None for position, held in self.held.items()
        }
        self.terms = {(party, cell): record.accepted_term(party, cell) for party, cell in positions}
        self.outcomes = {cell: self.outcomes_of(cell) for cell in self.cells}
        self.numbers_named: dict[tuple[Cell, str], set[Outcome]] = {}

    def among(self, ids: Iterable[str]) -> NaiveComparison:
        """The comparison of some of the parties alone, in the order of this one."""
        chosen = [party for party in self.ids if party in set(ids)]
        if frozenset(chosen) not in self.known:
            NaiveComparison(self.agenda, self.record, chosen, self.known)
        return self.known[frozenset(chosen)]

    def shown_issues(self) -> list[str]:
        """All issues; of a group and its member those on which the member has its own word."""
        for group, member in itertools.permutations(self.ids, 2):
            if len(self.ids) == 2 and self.record.is_member(member, group):
                return [one for one in self.issues if self.record.has_word_of_its_own(member, one)]
        return list(self.issues)

    # The outcomes of a cell, and those that a piece of a position file names

    def outcomes_of(self, cell: Cell) -> list[Outcome]:
        issue = self.issues[cell[0]]
        if issue["kind"] == "quantity":
            return list(sample_numbers(issue, self.end_points(cell[0])))
        return list(issue["options"])

    def end_points(self, issue: str) -> set[Fraction]:
        """Every number that a position on the issue or a condition about it names."""
        specs: list[Any] = []
        for (party, cell), entry in self.entries.items():
            term = self.terms[party, cell]
            if term is not None and cell[0] == issue:
                specs.append(term.outcome)
            members = accepted_members(entry) if entry else []
            if entry and cell[0] == issue:
                specs += [spec for verb in NAMING_VERBS for spec in specs_of(entry, verb)]
                specs += [one["outcome"] for one in members_of(entry.get("weak-accepts", []))]
            specs += [member["if"][issue] for member in members if issue in member.get("if", {})]
        return {number for spec in specs for number in numbers_in(spec)}

    def is_named(self, spec: Any, cell: Cell) -> bool:
        return self.record.names_cell(spec, cell)

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
        key = cell, str(spec)
        if key not in self.numbers_named:
            self.numbers_named[key] = {
                number
                for number in self.outcomes[cell]
                if isinstance(number, Fraction)
                and any(range_holds(part, number) for part in as_list(spec))
            }
        return self.numbers_named[key]

    def named_under(self, verb: str, party: str, cell: Cell) -> set[Outcome]:
        """The outcomes that the party names under a verb, on whatever conditions.

        A term of an accepted text is named under `accepts`, and under `refuses` no longer, unless
        the yes is still subject to something.
        """
        entry = self.entries[party, cell] or {}
        named = {one for spec in specs_of(entry, verb) for one in self.named(spec, cell)}
        if verb == "accepts":
            return named | self.named_by_text(party, cell)
        if verb == "refuses":
            return named - self.named_by_text(party, cell, pending=False)
        return named

    def named_by_text(self, party: str, cell: Cell, pending: bool = True) -> set[Outcome]:
        term = self.terms[party, cell]
        if term is None or (term.pending and not pending):
            return set()
        return self.named(term.outcome, cell)

    def members_naming(
        self, party: str, cell: Cell, outcome: Outcome, key: str = "accepts"
    ) -> list[dict[str, Any]]:
        return [
            member
            for member in members_of((self.entries[party, cell] or {}).get(key, []))
            if outcome in self.named(member["outcome"], cell)
        ]

    def named_conditions(self, condition: dict[str, Any]) -> Condition:
        return {
            cell: self.named(condition[cell[0]], cell)
            for cell in self.cells
            if cell[0] in condition and self.is_named(condition[cell[0]], cell)
        }

    # Acceptance

    def ways(self, party: str, cell: Cell, outcome: Outcome) -> list[Way]:
        """The ways by the party's entry, and one by a text that it has accepted."""
        ways = self.ways_by_entry(party, cell, outcome)
        term = self.terms[party, cell]
        if term is not None and outcome in self.named(term.outcome, cell):
            ways.append((UNKNOWN if term.pending else TRUE, {}))
        return ways

    def ways_by_entry(self, party: str, cell: Cell, outcome: Outcome) -> list[Way]:
        """The first rule that applies; one way, or one for each conditional acceptance."""
        entry = self.entries[party, cell]
        if entry is None:
            return [(UNKNOWN, {})]
        naming = self.members_naming(party, cell, outcome)
        if any(is_plain(one) for one in naming):
            return [(TRUE, {})]
        if self.is_under("proposes", entry, cell, outcome):
            return [(TRUE, {})]
        if naming:
            return [
                (
                    UNKNOWN if "subject-to" in member else TRUE,
                    self.named_conditions(member.get("if", {})),
                )
                for member in naming
            ]
        if self.is_under("demands", entry, cell, outcome):
            return [(UNKNOWN if self.has_weak_price(party, cell, outcome) else TRUE, {})]
        if self.is_under("refuses", entry, cell, outcome):
            return [(FALSE, {})]
        if "demands" in entry and self.is_named(entry["demands"], cell):
            return [(FALSE, {})]
        return [(UNKNOWN, {})]

    def is_under(self, verb: str, entry: dict[str, Any], cell: Cell, outcome: Outcome) -> bool:
        return verb in entry and outcome in self.named(entry[verb], cell)

    def has_weak_price(self, party: str, cell: Cell, outcome: Outcome) -> bool:
        """Did an `accepts` that was set aside for its evidence make the yes conditional?"""
        weak = self.members_naming(party, cell, outcome, "weak-accepts")
        return bool(weak) and not any(is_plain(member) for member in weak)

    def is_conditional(self, party: str, cell: Cell, outcome: Outcome) -> bool:
        entry = self.entries[party, cell]
        if entry is None or self.is_under("proposes", entry, cell, outcome):
            return False
        if outcome in self.named_by_text(party, cell, pending=False):
            return False
        naming = self.members_naming(party, cell, outcome)
        return bool(naming) and not any(is_plain(member) for member in naming)

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

    @cached_property
    def values(self) -> Values:
        return self.settle(UNKNOWN)

    @cached_property
    def hopeful_values(self) -> Values:
        return self.settle(TRUE)

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
            cells = [cell for cell in self.cells if cell[0] == issue]
            absent = any(
                all(self.entries[party, cell] is None for cell in cells) for party in self.ids
            )
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
        is_quantity = self.issues[cell[0]]["kind"] == "quantity"
        if is_quantity:
            result["outcomes"] = self.ranges(cell, set(self.common(cell)))
        if value == FALSE:
            result["at_odds"] = self.at_odds(cell)
            if is_quantity:
                gaps = [one.gap(cell) for one in self.deciding_sets(cell)]
                result["gap"] = max((gap for gap in gaps if gap is not None), default=None)
        if is_quantity:
            result["apart"] = self.distances(cell)
            result["meet_without"] = self.standing_apart(cell) if result["apart"] else []
        if group := self.one_voice(cell):
            result["one_voice"] = group
        speaking = [party for party in self.ids if not self.is_silent(party, cell)]
        if result["reason"] == "silent" and len(speaking) >= 2:
            result["without_silent"] = self.without_silent(cell, speaking)
        return result

    def without_silent(self, cell: Cell, speaking: list[str]) -> dict[str, Any]:
        found = self.among(speaking).cell_result(cell)
        return {"parties": speaking, "verdict": found["verdict"], "reason": found["reason"]}

    def one_voice(self, cell: Cell) -> str:
        """The group whose entry all hold or, without an entry, whose yes to a text."""
        words = {
            (
                held.holder if held and self.record.speaks_on(held.entry, cell) else None,
                term and term.answer.holder,
            )
            for held, term in ((self.held[p, cell], self.terms[p, cell]) for p in self.ids)
        }
        [(holder, said_yes), *others] = words
        return (holder or said_yes or "") if len(self.ids) > 1 and not others else ""

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
        """The gravest reason among the smallest sets of parties that are in conflict."""
        reasons = {one.own_conflict_reason(cell) for one in self.smallest_sets(cell)}
        return next(reason for reason in REASONS_OF_SETS if reason in reasons)

    def deciding_sets(self, cell: Cell) -> list[NaiveComparison]:
        """The smallest sets in conflict that have the reason of the whole."""
        reason = self.conflict_reason(cell)
        return [one for one in self.smallest_sets(cell) if one.own_conflict_reason(cell) == reason]

    def at_odds(self, cell: Cell) -> dict[str, Any]:
        """The first smallest sets in conflict, those of the gravest reason before the others."""
        sets = [(one.own_conflict_reason(cell), one.ids) for one in self.smallest_sets(cell)]
        # sorted() leaves sets of one reason as they come: by size, then in the order of parties.
        ordered = sorted(sets, key=lambda one: REASONS_OF_SETS.index(one[0]))
        named = [{"parties": ids, "reason": reason} for reason, ids in ordered[:SETS_NAMED]]
        least = min(len(ids) for _, ids in sets)
        return {"least": least, "sets": named, "more": len(sets) - len(named)}

    def smallest_sets(self, cell: Cell) -> list[NaiveComparison]:
        """The sets of parties in conflict of which no part is; without one of at most five
        parties, the whole."""
        smallest: list[NaiveComparison] = []
        for size in range(1, min(len(self.ids), MOST_IN_A_SET) + 1):
            for some in itertools.combinations(self.ids, size):
                if any(set(one.ids) <= set(some) for one in smallest):
                    continue
                if (alone := self.among(some)).cell_value(cell) == FALSE:
                    smallest.append(alone)
        return smallest or [self]

    def own_conflict_reason(self, cell: Cell) -> str:
        """The reason of a conflict of which every party is needed."""
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
        if self.issues[cell[0]]["kind"] == "quantity" and self.is_apart(cell):
            return "apart"
        if any("reserves" in (self.entries[party, cell] or {}) for party in self.ids):
            return "reserved"
        return "unanswered"

    def aims(self, party: str, cell: Cell) -> set[Outcome]:
        return self.named_under("demands", party, cell) | self.named_under("proposes", party, cell)

    def asked(self, party: str, cell: Cell) -> set[Outcome]:
        return self.aims(party, cell) | self.named_under("accepts", party, cell)

    def asked_by_entry(self, party: str, cell: Cell) -> set[Outcome]:
        """What the entry says yes to, on whatever conditions, texts left aside."""
        entry = self.entries[party, cell] or {}
        return {
            outcome
            for verb in ("demands", "proposes", "accepts")
            for spec in specs_of(entry, verb)
            for outcome in self.named(spec, cell)
        }

    def all_accept_or_would(self, cell: Cell, outcome: Outcome) -> bool:
        """Would the outcome be common if every condition on it held?"""
        return all(outcome in self.asked(party, cell) for party in self.ids)

    def is_silent(self, party: str, cell: Cell) -> bool:
        if self.terms[party, cell] is not None:
            return False
        entry = self.entries[party, cell]
        if entry is None:
            return True
        is_item = cell[1] is not None
        return is_item and "reserves" not in entry and not self.names_item(party, cell)

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

    def said_yes_to(self, party: str, cell: Cell) -> set[Outcome]:
        """The values to which the party has said yes, as conditions stand among these parties."""
        return {o for o in self.outcomes[cell] if self.own_value(party, cell, o) == TRUE}

    def is_apart(self, cell: Cell) -> bool:
        everyone = all(self.said_yes_to(party, cell) for party in self.ids)
        return everyone and bool(self.distances(cell))

    def distances(self, cell: Cell) -> list[tuple[str, str, Number]]:
        """How far apart the yeses of two parties are that have none in common, most first."""
        yeses = {party: self.said_yes_to(party, cell) for party in self.ids}
        found = [
            (a, b, distance(self.ranges(cell, yeses[a]), self.ranges(cell, yeses[b])))
            for a, b in itertools.combinations(self.ids, 2)
            if yeses[a] and yeses[b] and not yeses[a] & yeses[b]
        ]
        return sorted(found, key=lambda one: -one[2])

    def standing_apart(self, cell: Cell) -> list[str]:
        """Of three or more, the parties without whom the rest have said yes to one value."""
        yeses = {party: self.said_yes_to(party, cell) for party in self.ids}
        return [
            party
            for party in self.ids
            if len(self.ids) > 2
            and set.intersection(*(yeses[other] for other in self.ids if other != party))
        ]


def is_plain(member: dict[str, Any]) -> bool:
    return "if" not in member and "subject-to" not in member


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
