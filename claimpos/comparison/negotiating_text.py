"""The single text of a negotiation as it stands: agreed terms, and alternatives in brackets.

An article has one passage for each cell, or for cells of an issue on which every party says the
same. What is acceptable to all stands without brackets; else every outcome that a party has said
yes to, on conditions or without, is an alternative.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claimpos.comparison.acceptance import Clause, Stance
from claimpos.comparison.conditions import Common
from claimpos.comparison.table import Table
from claimpos.comparison.verdicts import Comparison
from claimpos.dossier.model import Cell, Issue, Proposal, Term
from claimpos.dossier.outcomes import QuantitySpace
from claimpos.records import NamedTuple


class Backing(NamedTuple):
    """A party that has said yes to an alternative, and its conditions, any of which will do."""

    party: str
    conditions: tuple[Clause, ...] = ()


class Wording(NamedTuple):
    """Outcomes as one alternative, or as agreed, with who backs them.

    Of options it is one; of a quantity, values to which the same parties have said yes. `drafted`
    tells that it is that of a draft.
    """

    outcomes: int
    backing: tuple[Backing, ...]
    drafted: bool = False


class Passage(NamedTuple):
    """The text on some cells of an issue on which all parties say the same.

    One wording stands without brackets if it is `agreed`; without any there is no text. Of the
    parties that back no wording, `without_position` have no position here, `undecided` leave it
    open, `against` rule all wordings out, and the others have not answered.
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
    """The text on one issue; `term` is that of the draft whose wordings stand first, if any."""

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
    """The text as the parties' positions leave it on the day of the comparison."""
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
    """The passage on cells that are alike, with what parties say that back no wording."""
    backing = {one.party for wording in wordings for one in wording.backing}
    others: dict[str, list[str]] = {}
    for party in common.parties:
        if party not in backing:
            why = _why_not(common.table, party, cells[0], wordings)
            others.setdefault(why, []).append(party)
    states = (tuple(others.get(state, ())) for state in _STATES)
    return Passage(tuple(cells), tuple(wordings), agreed, *states)


def said_on(table: Table, party: str, cell: Cell) -> tuple[object, ...]:
    """What a party says on a cell, and by which entry; the same where these are."""
    return table.stance(party, cell), id(table.entry_on(party, cell))


_STATES = ("without-position", "undecided", "against", "unanswered")


def _why_not(table: Table, party: str, cell: Cell, wordings: Sequence[Wording]) -> str:
    """Why a party backs none of the wordings, as one of the states."""
    entry, stance = table.entry_on(party, cell), table.stance(party, cell)
    if entry is None or not (stance.names or entry.reserves):
        return "without-position"
    if wordings and all(not one.outcomes & ~stance.no for one in wordings):
        return "against"
    return "undecided" if entry.reserves else "unanswered"


def _wordings(common: Common, cell: Cell) -> tuple[list[Wording], bool]:
    """The wordings of a cell, and whether the one there is is agreed."""
    parts = accepted_parts(common, cell)
    agreed = common.ground(cell).yes
    if agreed:
        is_one = _is_one(common, cell, agreed)
        parts = [agreed] if is_one else [part & agreed for part in parts if part & agreed]
        parts = list(dict.fromkeys(parts))
    wordings = [wording_of(common, cell, part) for part in parts]
    return wordings, bool(agreed) and len(wordings) == 1


def wording_of(common: Common, cell: Cell, part: int, drafted: bool = False) -> Wording:
    """Outcomes as one wording, with the parties that have said yes to all of them."""
    stances = [(party, common.table.stance(party, cell)) for party in common.parties]
    return Wording(part, tuple(_backing(stances, part)), drafted)


def _is_one(common: Common, cell: Cell, outcomes: int) -> bool:
    """Whether outcomes are one option, or one stretch of values."""
    space = common.table.space(cell)
    if isinstance(space, QuantitySpace):
        return space.pieces(outcomes) == 1
    return outcomes.bit_count() == 1


def accepted_parts(common: Common, cell: Cell) -> list[int]:
    """The outcomes that parties have said yes to: single options, or values as they are named."""
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
    """Values that a party calls for, those it accepts besides, and those on each condition."""
    called_for = (stance.demands | stance.proposes) & stance.yes
    conditional = [clause.mask & stance.conditional for clause in stance.clauses]
    yield from (part for part in (called_for, stance.yes & ~called_for, *conditional) if part)


def _backing(stances: Sequence[tuple[str, Stance]], part: int) -> Iterator[Backing]:
    """Who has said yes to all of these outcomes: first without a condition, then with."""
    for party, stance in stances:
        if not part & ~stance.yes:
            yield Backing(party)
    for party, stance in stances:
        if part & ~stance.yes and not part & ~(stance.yes | stance.conditional):
            yield Backing(party, stance.conditions_for(part))
