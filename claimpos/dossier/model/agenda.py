"""What the agenda says: issues, the cells and the outcomes they have, and rules of decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, Literal

from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.outcomes import Number, OptionSpace, Outcomes, QuantitySpace, Range, Space
from claimpos.errors import WrongUsage
from claimpos.records import NamedTuple

Kind = Literal["choice", "items", "quantity"]
RuleKind = Literal["unanimity", "consensus", "at-least", "more-than", "all-of", "any-of"]
Counted = Literal["open", "counts-no", "counts-out"]
NOTHING: Mapping[Any, Any] = {}


class Cell(NamedTuple):
    """What is decided as one: an issue or, of an issue with items, one item."""

    issue: str
    item: str | None = None

    @property
    def written(self) -> str:
        """As tables and profiles name it: truce, or truce.sea."""
        return self.issue if self.item is None else f"{self.issue}.{self.item}"


Named = Mapping[Cell, Outcomes]
"""The outcomes that a verb or a condition names, cell by cell."""


class Presupposed(NamedTuple):
    """What must be settled before an issue makes sense: an issue, or this option of it.

    Without an item any sub-issue will do.
    """

    issue: str
    item: str | None = None
    option: str | None = None

    @property
    def written(self) -> str:
        """As it stands in an agenda: truce.sea=now."""
        cell = Cell(self.issue, self.item).written
        return cell if self.option is None else f"{cell}={self.option}"


class DecisionRule(NamedTuple):
    """What it takes for the members of a body to decide.

    Unanimity and consensus take no member's no; `at-least` and `more-than` take as many votes, or
    weights, as `needed` says or, if it is a `share`, so large a part of those that count;
    `all-of` and `any-of` take their `parts`. Without `of`, the members are those with `weights`,
    or else all parties that negotiate. A no from one of `veto` decides. `abstention` and
    `no_position` say what these count as.
    """

    kind: RuleKind
    needed: Fraction = Fraction(0)
    share: bool = False
    of: tuple[str, ...] = ()
    weights: Mapping[str, Number] = NOTHING
    veto: tuple[str, ...] = ()
    abstention: Counted = "counts-no"
    no_position: Counted = "open"
    parts: tuple[DecisionRule, ...] = ()

    @property
    def is_plain_unanimity(self) -> bool:
        """Whether it only says that all parties must agree."""
        return self == DecisionRule("unanimity", abstention="open")


class Issue(NamedTuple):
    """A question on the agenda, and the outcomes it may have; `core` if it decides the rest.

    Options of `no_agreement` are outcomes in which nothing is agreed yet; whoever asks for one of
    `abstentions` abstains. `decides` is the rule by which it is decided, if not by all parties.
    `text` and `option_texts` are what a negotiating text says in place of the question and of the
    labels. `also` are other words for it, by which it is found.
    """

    id: str
    title: str
    question: str
    group: str
    kind: Kind
    options: Mapping[str, str] = NOTHING
    items: Mapping[str, str] = NOTHING
    unit: str = ""
    integer: bool = False
    minimum: Number | None = None
    maximum: Number | None = None
    note: str = ""
    formerly: tuple[str, ...] = ()
    options_formerly: Mapping[str, tuple[str, ...]] = NOTHING
    items_formerly: Mapping[str, tuple[str, ...]] = NOTHING
    core: bool = False
    no_agreement: frozenset[str] = frozenset()
    presupposes: tuple[Presupposed, ...] = ()
    abstentions: frozenset[str] = frozenset()
    decides: DecisionRule | None = None
    text: str = ""
    option_texts: Mapping[str, str] = NOTHING
    also: tuple[str, ...] = ()

    @property
    def domain(self) -> Range:
        """The values that a quantity may have."""
        return Range(self.minimum, self.maximum)

    def cells(self) -> list[Cell]:
        """The cells of the issue, in the agenda's order."""
        if self.kind == "items":
            return [Cell(self.id, item) for item in self.items]
        return [Cell(self.id)]

    def has(self, cell: Cell) -> bool:
        """Whether a cell is one of the issue's."""
        known = cell.item in self.items if self.kind == "items" else cell.item is None
        return known and cell.issue == self.id


def space_of(issue: Issue, named: Iterable[Outcomes]) -> Space:
    """The outcomes of each of the issue's cells; a quantity is cut where `named` needs it.

    Raises WrongUsage if that is at more numbers than the limit allows.
    """
    if issue.kind == "quantity":
        space = QuantitySpace(named, issue.domain, issue.integer)
        if len(space.ends) > (most := limit("end-points")):
            raise WrongUsage(
                f"{len(space.ends):,} different numbers are named on “{issue.id}”, where the limit "
                f"is {most:,}; {how_to_raise('end-points')}"
            )
        return space
    return OptionSpace(tuple(issue.options))
