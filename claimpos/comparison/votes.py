"""Votes by a decision rule: whether an outcome passes, who is pivotal, and who can block it.

A rule becomes a tree of sums. A member's yes adds something to a sum, its no takes something away,
and each sum must reach a least value. As votes in favour never make it harder to meet a rule, open
votes do not matter if it is met when all of them count as no, or not met when all count as yes.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from math import lcm
from typing import Literal, NamedTuple

from claimpos.comparison.effort import Effort
from claimpos.comparison.smallest_sets import Sets, Shape, smallest_sets
from claimpos.comparison.truth import Truth
from claimpos.dossier.model import Counted, DecisionRule

Vote = Literal["yes", "no", "abstains", "open", "silent"]
"""A member's vote on an outcome; `open` if no vote follows from its position, `silent` if it has no
recorded position."""

_Kind = Literal["yes", "no", "against", "out", "open"]
"""What a vote counts as; `against` is a no that is not a veto, `out` is not counted."""

_KINDS: tuple[_Kind, ...] = ("yes", "no", "against", "out", "open")

_COUNTED: Mapping[Counted, _Kind] = {"open": "open", "counts-no": "against", "counts-out": "out"}


Weights = tuple[tuple[int, int], ...]
"""How a member's votes count: for each sum, what a yes adds and a no takes away."""


class _Sum(NamedTuple):
    """By member, what a yes adds and a no takes away; and the total that is needed.

    Abstentions and members without a recorded position count as the rule says whose sum it is.
    """

    gains: Mapping[str, tuple[int, int]]
    least: int
    abstention: _Kind
    silence: _Kind
    veto: bool = False

    def kind(self, vote: Vote, open_as: _Kind) -> _Kind:
        """What a vote counts as; one that is left open counts as `open_as`."""
        kind: _Kind
        if vote == "abstains":
            kind = self.abstention
        elif vote == "silent":
            kind = self.silence
        else:
            kind = vote
        return open_as if kind == "open" else kind

    def adds(self, member: str, kind: _Kind) -> int:
        yes, no = self.gains.get(member, (0, 0))
        if kind == "yes":
            return yes
        return -no if kind == "no" or (kind == "against" and not self.veto) else 0


class _Node(NamedTuple):
    """A rule that is met if all of its parts are or, unless `every`, if any of them is."""

    every: bool
    parts: "tuple[_Node | _Sum, ...]"


class Weighed(NamedTuple):
    """The weight of each member's vote against, and the most weight against that a rule allows."""

    weights: Mapping[str, int]
    most: int


class Joint(NamedTuple):
    """Several conditions, of which all must be met or, unless `every`, any."""

    every: bool
    parts: "tuple[Slack, ...]"


Slack = Weighed | Joint
"""How many votes against a rule allows, if all other members are in favour."""


class Decision(NamedTuple):
    """The vote on one outcome.

    Attributes:
        result: Whether it passes.
        votes: The members' votes.
        to_pass: The smallest sets of members that must change to yes for it to pass.
        to_fail: If it passes, the smallest sets that must change to no for that to be uncertain.
    """

    result: Truth
    votes: Mapping[str, Vote]
    to_pass: Sets
    to_fail: Sets

    @property
    def to_change(self) -> Sets:
        """The smallest sets of members whose change of vote changes the result."""
        return self.to_fail if self.result is Truth.TRUE else self.to_pass

    @property
    def pivotal(self) -> tuple[str, ...]:
        """The members who can change the result alone, if there are any."""
        sets = self.to_change
        return tuple(one for some in sets.named for one in some) if sets.size == 1 else ()

    def of(self, *votes: Vote) -> tuple[str, ...]:
        """The members with one of these votes."""
        return tuple(one for one, vote in self.votes.items() if vote in votes)


class Ballot:
    """A decision rule for its members, ready to be asked again and again."""

    def __init__(
        self, rule: DecisionRule, everybody: Sequence[str], effort: Effort | None = None
    ) -> None:
        """Prepare a rule for counting.

        Args:
            rule: The rule.
            everybody: The members of a rule that names none.
            effort: What counts the steps of the searches for the smallest sets.
        """
        self.rule = rule
        self.members = members_of(rule, everybody)
        self._effort = effort or Effort()
        self._tree = _tree(rule, everybody)
        self._sums = list(_sums(self._tree))
        self._counts = [
            {kind: [one.adds(member, kind) for member in self.members] for kind in _KINDS}
            for one in self._sums
        ]
        self._places = {member: place for place, member in enumerate(self.members)}

    def is_same_as(self, other: "Ballot") -> bool:
        """Whether both rules count every vote in the same way, however they are written."""
        return self._tree == other._tree

    def result(self, votes: Mapping[str, Vote]) -> Truth:
        """Whether an outcome passes or fails with these votes; unknown if it still can do both."""
        if self._holds(votes, "no"):
            return Truth.TRUE
        return Truth.UNKNOWN if self._holds(votes, "yes") else Truth.FALSE

    def decision(self, votes: Mapping[str, Vote]) -> Decision:
        """The decision by these votes, of which there is one for each member."""
        votes = {one: votes[one] for one in self.members}
        result = self.result(votes)
        if result is Truth.TRUE:
            in_favour = [one for one, vote in votes.items() if vote == "yes"]
            to_fail = self._smallest(votes, in_favour, "no", self._effort)
            return Decision(result, votes, Sets(0, ((),)), to_fail)
        return Decision(result, votes, self._to_pass(votes, self._effort), Sets(None))

    def to_pass(self, votes: Mapping[str, Vote]) -> Sets:
        """The smallest sets that must change to yes for an outcome to pass that does not yet.

        This is one search by itself: it leaves as many steps for all others as there were.
        """
        return self._to_pass(votes, Effort())

    def _to_pass(self, votes: Mapping[str, Vote], effort: Effort) -> Sets:
        movers = [one for one in self.members if votes[one] != "yes"]
        return self._smallest(votes, movers, "yes", effort)

    @property
    def size(self) -> int:
        """How many sums it takes to count the votes."""
        return len(self._sums)

    def weighs(self, member: str) -> Weights:
        """How a party's votes count; members with the same are interchangeable, others have 0s."""
        return tuple(one.gains.get(member, (0, 0)) for one in self._sums)

    @cached_property
    def blocking(self) -> Sets:
        """The smallest sets of members who can block whatever all others want."""
        in_favour: dict[str, Vote] = dict.fromkeys(self.members, "yes")
        return self._smallest(in_favour, self.members, "no", self._effort)

    @property
    def slack(self) -> Slack:
        """How many votes against it allows, if all other members are in favour."""
        return _slack(self._tree)

    def _kinds(self, votes: Collection[Vote], open_as: _Kind) -> list[dict[Vote, _Kind]]:
        """For each sum, what it counts each vote as."""
        return [{vote: one.kind(vote, open_as) for vote in votes} for one in self._sums]

    def _totals(
        self, votes: Mapping[str, Vote], kinds: Sequence[Mapping[Vote, _Kind]]
    ) -> list[int]:
        """What the votes add up to in each sum."""
        places: dict[Vote, list[int]] = {}
        for member, place in self._places.items():
            places.setdefault(votes[member], []).append(place)
        return [
            sum(sum(map(counts[said[vote]].__getitem__, some)) for vote, some in places.items())
            for counts, said in zip(self._counts, kinds, strict=True)
        ]

    def _holds(self, votes: Mapping[str, Vote], open_as: _Kind) -> bool:
        totals = self._totals(votes, self._kinds({*votes.values()}, open_as))
        reached = (now >= one.least for one, now in zip(self._sums, totals, strict=True))
        return _met(self._tree, reached)

    def _smallest(
        self, votes: Mapping[str, Vote], movers: Sequence[str], to: _Kind, effort: Effort
    ) -> Sets:
        """The smallest sets of movers whose change to yes meets the rule or, to no, fails it."""
        wanted = to == "yes"
        kinds = self._kinds({*votes.values()}, "no")
        totals = self._totals(votes, kinds)
        moving = [(self._places[member], votes[member]) for member in movers]
        lacking = [
            one.least - now if wanted else now - one.least + 1
            for one, now in zip(self._sums, totals, strict=True)
        ]
        gains = [
            [abs(counts[to][place] - counts[said[vote]][place]) for place, vote in moving]
            for counts, said in zip(self._counts, kinds, strict=True)
        ]
        shape = _shape(self._tree, iter(range(len(self._sums))), wanted)
        return smallest_sets(movers, shape, lacking, gains, effort)


def members_of(rule: DecisionRule, everybody: Sequence[str]) -> tuple[str, ...]:
    """The members of a rule and its parts, each once."""
    own: Iterable[str] = rule.of or rule.weights or (() if rule.parts else everybody)
    if rule.parts:
        inner = rule.of or everybody
        own = [one for part in rule.parts for one in members_of(part, inner)]
    return tuple(dict.fromkeys([*own, *rule.veto]))


def _tree(rule: DecisionRule, everybody: Sequence[str]) -> _Node | _Sum:
    parts: list[_Node | _Sum] = []
    if rule.parts:
        inner = rule.of or everybody
        parts = [_Node(rule.kind == "all-of", tuple(_tree(one, inner) for one in rule.parts))]
    else:
        parts = [*_conditions(rule, rule.of or tuple(rule.weights) or everybody)]
    if rule.veto:
        counted = _COUNTED[rule.abstention], _COUNTED[rule.no_position]
        parts.append(_Sum(dict.fromkeys(rule.veto, (0, 1)), 0, *counted, veto=True))
    return _Node(True, tuple(parts))


def _conditions(rule: DecisionRule, members: Iterable[str]) -> Iterator[_Sum]:
    """The sums that must be reached: at least one yes, then what the rule itself requires."""
    counted = _COUNTED[rule.abstention], _COUNTED[rule.no_position]
    names = list(members)

    def counting(weights: Mapping[str, int], yes: int, no: int, least: int) -> _Sum:
        gains = {one: (yes * weights[one], no * weights[one]) for one in names}
        return _Sum(gains, least, *counted)

    alike = dict.fromkeys(names, 1)
    yield counting(alike, 1, 0, 1)
    if rule.kind in ("unanimity", "consensus"):
        yield counting(alike, 0, 1, 0)
        return
    scale, weights = _scaled(rule, names)
    strictly = int(rule.kind == "more-than")
    part, whole = rule.needed.numerator, rule.needed.denominator
    if rule.share:
        yield counting(weights, whole - part, part, strictly)
    else:
        scaled = {one: weight * whole for one, weight in weights.items()}
        yield counting(scaled, 1, 0, part * scale + strictly)


def _scaled(rule: DecisionRule, names: Sequence[str]) -> tuple[int, dict[str, int]]:
    """The factor that makes all weights whole numbers, and the weights multiplied by it."""
    from fractions import Fraction

    exact = {
        one: weight if isinstance(weight, int) else Fraction(weight)
        for one in names
        for weight in (rule.weights.get(one, 1),)
    }
    scale = lcm(*(weight.denominator for weight in exact.values()))
    return scale, {one: int(weight * scale) for one, weight in exact.items()}


def _slack(tree: _Node | _Sum) -> Slack:
    if isinstance(tree, _Node):
        return Joint(tree.every, tuple(map(_slack, tree.parts)))
    weights = {one: tree.adds(one, "yes") - tree.adds(one, "no") for one in tree.gains}
    return Weighed(weights, sum(tree.adds(one, "yes") for one in tree.gains) - tree.least)


def _sums(tree: _Node | _Sum) -> Iterator[_Sum]:
    if isinstance(tree, _Sum):
        yield tree
    else:
        for part in tree.parts:
            yield from _sums(part)


def _met(tree: _Node | _Sum, left: Iterator[bool]) -> bool:
    if isinstance(tree, _Sum):
        return next(left)
    values = [_met(part, left) for part in tree.parts]
    return all(values) if tree.every else any(values)


def _shape(tree: _Node | _Sum, left: Iterator[int], wanted: bool) -> Shape:
    if isinstance(tree, _Sum):
        return next(left)
    return tree.every == wanted, tuple(_shape(part, left, wanted) for part in tree.parts)
