"""The negotiating text that follows from the positions: agreed terms, and others in brackets.

An article has a passage for each cell, or for several cells of an issue on which every party says
the same. What is acceptable to all parties has no brackets; otherwise every outcome that a party
accepts, if only on conditions, is an alternative in brackets.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from claimpos.comparison.acceptance import Clause, Stance
from claimpos.comparison.conditions import Common
from claimpos.comparison.table import PositionTable
from claimpos.comparison.verdicts import Comparison
from claimpos.dossier.model import Cell, Issue, Proposal, Term
from claimpos.dossier.outcomes import QuantitySpace


class Backing(NamedTuple):
    """A party that accepts an alternative, and its conditions, any of which will do."""

    party: str
    conditions: tuple[Clause, ...] = ()


class Wording(NamedTuple):
    """An alternative, or what is agreed, with the parties that back it.

    It is one option or, of a quantity, values that the same parties accept. `drafted` says that it
    comes from a draft.
    """

    outcomes: int
    backing: tuple[Backing, ...]
    drafted: bool = False


class Passage(NamedTuple):
    """The text on some cells of an issue, on all of which each party says the same.

    Attributes:
        cells: The cells.
        wordings: The alternatives, or what is agreed; without any, there is no text.
        agreed: Whether the single wording is agreed, without brackets.
        without_position: Of the parties that back no wording, those without a position here.
        undecided: Those that leave it open.
        against: Those that rule out all wordings.
        unanswered: Those that have not answered.
    """

    cells: tuple[Cell, ...]
    wordings: tuple[Wording, ...]
    agreed: bool
    without_position: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()

    @property
    def bracketed(self) -> bool:
        return bool(self.wordings) and not self.agreed

    @property
    def provisos(self) -> bool:
        """Whether a party backs what is agreed only on conditions."""
        return self.agreed and any(one.conditions for one in self.wordings[0].backing)


class Article(NamedTuple):
    """The text on one issue; `term` is that of the draft, if there is one."""

    issue: Issue
    passages: tuple[Passage, ...]
    term: Term | None = None


class NegotiatingText(NamedTuple):
    """The articles on the issues of a comparison, or of a draft, in the agenda's order."""

    comparison: Comparison
    articles: tuple[Article, ...]
    draft: Proposal | None = None

    @property
    def passages(self) -> list[tuple[Issue, Passage]]:
        return [(one.issue, passage) for one in self.articles for passage in one.passages]


def negotiating_text(comparison: Comparison) -> NegotiatingText:
    """The text that follows from the parties' positions on the day of the comparison."""
    common = comparison.common
    articles = tuple(
        Article(one.issue, tuple(_passages(common, one.issue))) for one in comparison.issues
    )
    return NegotiatingText(comparison, articles)


def _passages(common: Common, issue: Issue) -> Iterator[Passage]:
    alike: dict[tuple[object, ...], list[Cell]] = {}
    for cell in issue.cells():
        said = tuple(said_on(common.table, party, cell) for party in common.parties)
        alike.setdefault(said, []).append(cell)
    for cells in alike.values():
        yield passage_on(common, cells, *_wordings(common, cells[0]))


def passage_on(
    common: Common, cells: Sequence[Cell], wordings: Sequence[Wording], agreed: bool
) -> Passage:
    """The passage on cells with the same positions, including parties that back no wording."""
    backing = {one.party for wording in wordings for one in wording.backing}
    others: dict[str, list[str]] = {}
    for party in common.parties:
        if party not in backing:
            why = _why_not(common.table, party, cells[0], wordings)
            others.setdefault(why, []).append(party)
    states = (tuple(others.get(state, ())) for state in _STATES)
    return Passage(tuple(cells), tuple(wordings), agreed, *states)


def said_on(table: PositionTable, party: str, cell: Cell) -> tuple[object, ...]:
    """What a party says on a cell and by which entry, for comparisons."""
    return table.stance(party, cell), id(table.entry_on(party, cell))


_STATES = ("without-position", "undecided", "against", "unanswered")


def _why_not(table: PositionTable, party: str, cell: Cell, wordings: Sequence[Wording]) -> str:
    """Why a party backs none of the wordings, as one of the states."""
    entry, stance = table.entry_on(party, cell), table.stance(party, cell)
    if entry is None or not (stance.names or entry.reserves):
        return "without-position"
    if wordings and all(not one.outcomes & ~stance.no for one in wordings):
        return "against"
    return "undecided" if entry.reserves else "unanswered"


def _wordings(common: Common, cell: Cell) -> tuple[list[Wording], bool]:
    """The wordings of a cell, and whether there is a single one, which is agreed."""
    parts = accepted_parts(common, cell)
    agreed = common.ground(cell).yes
    if agreed:
        is_one = _is_one(common, cell, agreed)
        parts = [agreed] if is_one else [part & agreed for part in parts if part & agreed]
        parts = list(dict.fromkeys(parts))
    wordings = wordings_of(common, cell, parts)
    return wordings, bool(agreed) and len(wordings) == 1


def wordings_of(
    common: Common, cell: Cell, parts: Iterable[int], drafted: bool = False
) -> list[Wording]:
    """Sets of outcomes as a wording each, with the parties that accept all outcomes of it.

    The parties that accept it without conditions come first.
    """
    stances = [(party, common.table.stance(party, cell)) for party in common.parties]
    # Each part is held against each party, so that what this looks at is worked out once.
    unaccepted = [(party, ~stance.yes) for party, stance in stances]
    on_conditions = [
        (party, stance, ~(stance.yes | stance.conditional))
        for party, stance in stances
        if stance.conditional
    ]
    return [
        Wording(
            part,
            (
                *(Backing(party) for party, others in unaccepted if not part & others),
                *(
                    Backing(party, stance.conditions_for(part))
                    for party, stance, others in on_conditions
                    if part & ~stance.yes and not part & others
                ),
            ),
            drafted,
        )
        for part in parts
    ]


def _is_one(common: Common, cell: Cell, outcomes: int) -> bool:
    """Whether outcomes are a single option, or a single range."""
    space = common.table.space(cell)
    if isinstance(space, QuantitySpace):
        return space.pieces(outcomes) == 1
    return outcomes.bit_count() == 1


def accepted_parts(common: Common, cell: Cell) -> list[int]:
    """The outcomes that parties accept: single options, or values as the parties name them."""
    space = common.table.space(cell)
    stances = [common.table.stance(party, cell) for party in common.parties]
    if isinstance(space, QuantitySpace):
        named = [part for stance in stances for part in _values(stance)]
        return sorted(dict.fromkeys(named), key=lambda part: (part & -part, part))
    willing = 0
    for stance in stances:
        willing |= stance.yes | stance.conditional
    return [1 << bit for bit in range(willing.bit_length()) if willing >> bit & 1]


def _values(stance: Stance) -> Iterator[int]:
    """The values that a party calls for, others that it accepts, and those on each condition."""
    called_for = (stance.demands | stance.proposes) & stance.yes
    conditional = [clause.mask & stance.conditional for clause in stance.clauses]
    yield from (part for part in (called_for, stance.yes & ~called_for, *conditional) if part)
