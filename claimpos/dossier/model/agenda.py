"""The model of the agenda: issues with their cells and outcomes, and decision rules."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.outcomes import Number, OptionSpace, Outcomes, QuantitySpace, Range, Space
from claimpos.errors import WrongUsage

if TYPE_CHECKING:
    from fractions import Fraction

Kind = Literal["choice", "items", "quantity"]
RuleKind = Literal["unanimity", "consensus", "at-least", "more-than", "all-of", "any-of"]
Counted = Literal["open", "counts-no", "counts-out"]
NOTHING: Mapping[Any, Any] = {}


class Cell(NamedTuple):
    """A question that is settled on its own: an issue or, if the issue has items, one of these."""

    issue: str
    item: str | None = None

    @property
    def written(self) -> str:
        """The cell as tables and profiles write it: truce, or truce.sea."""
        return self.issue if self.item is None else f"{self.issue}.{self.item}"


Named = Mapping[Cell, Outcomes]
"""The outcomes that a verb or a condition names, by cell."""


class Presupposed(NamedTuple):
    """What must be settled before an issue makes sense: another issue, or as one of its options.

    If that issue has items and none is named, any of them will do.
    """

    issue: str
    item: str | None = None
    option: str | None = None

    @property
    def written(self) -> str:
        """The same as an agenda writes it: truce.sea=now."""
        cell = Cell(self.issue, self.item).written
        return cell if self.option is None else f"{cell}={self.option}"


class DecisionRule(NamedTuple):
    """What it takes for the members of a body to decide.

    Attributes:
        kind: For unanimity and consensus, no member may vote no; `at-least` and `more-than` need a
            number or a share of votes; `all-of` and `any-of` combine their `parts`.
        needed: How many votes, or how much weight, or which share of them.
        share: Whether `needed` is a share of the votes, or weights, that count.
        of: The members; without it, those with `weights`, or else all parties that negotiate.
        weights: The members' weights, if their votes are weighted.
        veto: The members each of whom can block by a no.
        abstention: What an abstention counts as.
        no_position: What it counts as if a member has no recorded position.
        parts: The rules that are combined.
    """

    kind: RuleKind
    needed: "int | Fraction" = 0
    share: bool = False
    of: tuple[str, ...] = ()
    weights: Mapping[str, Number] = NOTHING
    veto: tuple[str, ...] = ()
    abstention: Counted = "counts-no"
    no_position: Counted = "open"
    parts: "tuple[DecisionRule, ...]" = ()


UNANIMITY = DecisionRule("unanimity", abstention="open")
"""The rule that holds if the agenda states none: all parties must agree."""


@lru_cache(maxsize=256)
def _cells(issue: str, items: tuple[str, ...]) -> Sequence[Cell]:
    """The cells of an issue with items, which are asked for very often."""
    return [Cell(issue, item) for item in items]


class Issue(NamedTuple):
    """A question on the agenda, and the outcomes it may have.

    Attributes:
        core: Whether it is one of the issues on which the others depend.
        no_agreement: The options in which nothing is agreed yet.
        presupposes: What must be settled before the issue makes sense.
        abstentions: The options by which a party abstains.
        decides: The decision rule for it; None if all parties must agree.
        text: What a negotiating text says in place of the question.
        option_texts: What it says in place of the options' labels.
        also: Other words by which a search finds the issue.
        formerly: Its old ids; likewise `options_formerly` and `items_formerly`, by the new id.
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
            return [*_cells(self.id, tuple(self.items))]
        return [Cell(self.id)]

    def has(self, cell: Cell) -> bool:
        """Whether a cell is one of the issue's."""
        known = cell.item in self.items if self.kind == "items" else cell.item is None
        return known and cell.issue == self.id


def space_of(issue: Issue, named: Iterable[Outcomes]) -> Space:
    """The outcomes of each of the issue's cells; a quantity is cut at the ends of what is `named`.

    Raises WrongUsage if a quantity has more ends than the limit allows.
    """
    if issue.kind == "quantity":
        space = QuantitySpace(named, issue.domain, issue.integer)
        if len(space.ends) > (most := limit("end-points")):
            raise WrongUsage(
                f"{len(space.ends):,} different numbers are named on “{issue.id}”, where the limit "
                f"is {most:,}; {how_to_raise('end-points')}"
            )
        return space
    return _option_space(tuple(issue.options))


@lru_cache(maxsize=256)
def _option_space(options: tuple[str, ...]) -> OptionSpace:
    """The same for all tables, of which a timeline lays out one for each day."""
    return OptionSpace(options)
