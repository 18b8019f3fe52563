"""The sticking points of a deal, one by one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Literal

from claimpos.deals.conflict_sets import Move, StickingPoint, WayOut
from claimpos.deals.search import Deals
from claimpos.dossier.model import Cell
from claimpos.rendering.document import Block, Numbered, Paragraph, paragraphs, runs_of
from claimpos.wording.dossier_texts import capital, label
from claimpos.wording.grammar import counted
from claimpos.wording.names import cells_title, joined, titles_alike
from claimpos.wording.responses import Responses

Kind = Literal["red line", "demand", "condition"]
"""What a party concedes when it moves."""

_CONCEDED: dict[Kind, tuple[str, str]] = {
    "red line": ("gives up a red line", "give up a red line"),
    "demand": ("drops the demand", "drop the demand"),
    "condition": ("waives its condition", "waive their conditions"),
}
_RANKING = (
    "The ranking decides on {which}: a red line outranks a demand{so}. Another way there needs "
    "no more concessions, but more red lines. Who gives way thus follows from how firmly the "
    "parties spoke, not from the merits."
)

# Of more parties than these their number is given instead of their names.
NAMED = 7


def sticking_point_blocks(deals: Deals) -> list[Block]:
    """The sticking points and who could resolve which."""
    if not deals.sticking_points:
        return [Paragraph("Time ran out before the sticking points were found.")]
    points = [in_words(deals, point) for point in deals.sticking_points]
    folded = folded_alike(points)
    number = counted(len(folded), "sticking point", "sticking points")
    each = "it" if len(folded) == 1 else "each of them"
    any_of = "" if len(folded) == 1 else "; any combination works"
    intro = f"{number}. A deal must resolve {each} in one of the ways listed{any_of}."
    blocks: list[Block] = [Paragraph(intro)]
    for at, numbers in enumerate(folded):
        same = [points[number] for number in numbers]
        texts, ways = same[0].positions(), same[0].ways_out()
        blocks.append(Numbered(_runs([at]), _title(same), texts, ways))
    if not deals.all_sticking_points:
        blocks.append(Paragraph("Time ran out: there are more sticking points."))
    shown = [points[numbers[0]] for numbers in folded]
    alone = _alone(deals, [one.sticking_point for one in shown])
    return [*blocks, paragraphs([*alone, *_ranking(shown)])]


def in_words(deals: Deals, point: StickingPoint) -> StickingPointInWords:
    cells = list(dict.fromkeys(position.cell for position in point.positions))
    return (_OnOneCell if len(cells) == 1 else _OnSeveralCells)(deals, point, cells)


class StickingPointInWords(ABC):
    """A sticking point in words: the positions that are incompatible, and the ways out."""

    def __init__(self, deals: Deals, point: StickingPoint, cells: Sequence[Cell]) -> None:
        self.deals = deals
        self.sticking_point = point
        self.cells = cells
        self.dossier = deals.problem.table.dossier
        self.answers = Responses(deals.problem.table, {})

    @abstractmethod
    def positions(self) -> list[str]:
        """The positions, and which of them are incompatible."""

    @abstractmethod
    def way_out(self, way: WayOut, common: Sequence[Cell]) -> str:
        """Who concedes what, and what that leads to, but on the cells common to all ways."""

    def where(self) -> Sequence[object]:
        """What two sticking points must have in common to be listed as one: cells, or an issue."""
        return self.cells

    def ways_out(self) -> list[str]:
        """The ways out, the shortest first, and each party's own."""
        listed = self.sticking_point.ways_out
        own = [
            way
            for ways in self.sticking_point.alone.values()
            for way in ways[:1]
            if way not in listed
        ]
        common = self._common([*listed, *own])
        lines = [self.way_out(way, common) for way in (*listed, *own)]
        more = self.sticking_point.ways_out_count - len(lines)
        if not self.sticking_point.complete:
            lines.append("There are more ways: too many to list, or time ran out.")
        elif more > 0:
            lines.append(f"{more:,} more ways, with no fewer concessions; --all lists them.")
        if common and listed:
            lines.append(f"In all of these: {'; '.join(self.outcomes(listed[0], common))}.")
        return lines

    @property
    def ranking_decides(self) -> bool:
        """Whether a way with more red lines would need no more concessions."""
        return self.sticking_point.ranking_decides is not None

    def gives_way(self) -> str:
        """Who moves by the ranking, where that is the same in all least-concession packages."""
        taken = self.sticking_point.taken
        if any(one.cell not in self.deals.shares[one.party].concedes for one in taken):
            return ""
        return self.answers.words.parties(dict.fromkeys(one.party for one in taken))

    def _common(self, ways: Sequence[WayOut]) -> list[Cell]:
        """The cells on which all ways out lead to the same; none where there is but one way."""
        if len(ways) < 2:
            return []
        return [cell for cell in self.cells if len({way.outcomes[cell] for way in ways}) == 1]

    def concession(self, move: Move) -> Kind:
        if move.red_line:
            return "red line"
        return "demand" if self.answers.table.stance(*move.position).demands else "condition"

    def outcomes(self, way: WayOut, cells: Sequence[Cell]) -> Iterable[str]:
        """The outcomes on some cells, items of an issue with the same outcome together."""
        outcomes = ((cell, self.outcome(way, cell)) for cell in cells)
        for title, outcome in titles_alike(self.dossier, outcomes):
            yield f"{label(title)}, {outcome}"

    def outcome(self, way: WayOut, cell: Cell) -> str:
        return self.answers.outcomes(cell, sum(way.outcomes[cell]))


class _OnOneCell(StickingPointInWords):
    """A sticking point on one cell, which only the heading names."""

    def where(self) -> Sequence[object]:
        return [self.cells[0].issue]

    def positions(self) -> list[str]:
        words = self.answers.words
        lines = [
            capital(f"{words.party(one.party)} {self.answers.position(*one)}.")
            for one in self.sticking_point.positions
        ]
        if len(lines) > 1:
            return lines
        if self.deals.fixed or self.deals.problem.held:
            return [*lines, "Incompatible with what is fixed or held."]
        return [*lines, "Ruled out in every package."]

    def way_out(self, way: WayOut, common: Sequence[Cell]) -> str:
        """Russia drops the demand and accepts; A drops the demand and B gives up a red line; …"""
        words = self.answers.words
        by_concession: dict[Kind, list[str]] = {}
        for move in way.moves:
            by_concession.setdefault(self.concession(move), []).append(move.position.party)
        conceded = joined(
            f"{words.parties(parties)} {_CONCEDED[concession][words.are_many(parties)]}"
            for concession, parties in by_concession.items()
        )
        alone = f" and {words.agree('accepts', [*way.parties])}"
        accept = {1: alone, 2: "; both accept"}.get(len(way.parties), "; all accept")
        return f"{capital(conceded)}{accept} {self.outcome(way, self.cells[0])}."


class _OnSeveralCells(StickingPointInWords):
    """A sticking point on several cells; sentences refer to its positions by letters."""

    def __init__(self, deals: Deals, point: StickingPoint, cells: Sequence[Cell]) -> None:
        super().__init__(deals, point, cells)
        self.names = {one: f"({_letters(at)})" for at, one in enumerate(point.positions)}

    def positions(self) -> list[str]:
        words = self.answers.words
        lines = [
            f"{name} {capital(words.party(one.party))} on {words.cells([one.cell])}: "
            f"{self.answers.position(*one)}."
            for one, name in self.names.items()
        ]
        if self.sticking_point.conflict_sets:
            return [*lines, f"Incompatible: {self._incompatible()}."]
        return [*lines, "Some of these are incompatible; time ran out before that was settled."]

    def _incompatible(self) -> str:
        sets = [
            _together([self.names[one] for one in conflict_set])
            for conflict_set in self.sticking_point.conflict_sets
        ]
        more = self.sticking_point.conflict_sets_count - len(sets)
        if more:
            sets.append(f"{more:,} more sets")
        return "; ".join(sets) + ("" if self.sticking_point.complete else "; there may be more")

    def way_out(self, way: WayOut, common: Sequence[Cell]) -> str:
        moves = "; ".join(self._moves(way, party) for party in way.parties)
        outcomes = self.outcomes(way, [one for one in self.cells if one not in common])
        return f"{capital(moves)}: {'; '.join(outcomes)}."

    def _moves(self, way: WayOut, party: str) -> str:
        """Russia drops the demand on (a) and gives up a red line on (c)."""
        own: dict[Kind, list[str]] = {}
        for move in way.moves:
            if move.position.party == party:
                own.setdefault(self.concession(move), []).append(self.names[move.position])
        words = self.answers.words
        conceded = joined(
            f"{_CONCEDED[concession][words.are_many([party])]} on {joined(names)}"
            for concession, names in own.items()
        )
        return f"{words.party(party)} {conceded}"


def _letters(number: int) -> str:
    """a, b, …, z, aa, ab, …"""
    more, letter = divmod(number, 26)
    return (_letters(more - 1) if more else "") + chr(ord("a") + letter)


def folded_alike(points: Sequence[StickingPointInWords]) -> list[list[int]]:
    """The numbers of the points, those whose words differ only in one issue's item together."""
    folded: dict[tuple[object, ...], list[int]] = {}
    for number, one in enumerate(points):
        alike = (*one.where(), *one.positions(), *one.ways_out(), one.ranking_decides)
        folded.setdefault(alike, []).append(number)
    return list(folded.values())


def _title(points: Sequence[StickingPointInWords]) -> str:
    return "; ".join(titles_of(points))


def titles_of(points: Sequence[StickingPointInWords]) -> list[str]:
    """The issues of some sticking points, each with its sub-issues."""
    by_issue: dict[str, list[Cell]] = {}
    for cell in chain.from_iterable(one.cells for one in points):
        by_issue.setdefault(cell.issue, []).append(cell)
    return [cells_title(points[0].dossier, list(dict.fromkeys(some))) for some in by_issue.values()]


def _together(names: Sequence[str]) -> str:
    """Positions that exclude each other: (a) with (b); (a), (b) and (c) together."""
    return " with ".join(names) if len(names) == 2 else f"{joined(names)} together"


def _runs(numbers: Sequence[int]) -> str:
    """Numbers counted from one, in runs: 1 and 3–5."""
    runs = runs_of(number + 1 for number in numbers)
    return joined(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _alone(deals: Deals, points: Sequence[StickingPoint]) -> Iterable[str]:
    """Which sticking points each party could resolve alone; of many parties, how many could."""
    if len(deals.parties) > NAMED:
        able = [party for party in deals.parties if any(party in one.alone for one in points)]
        yield f"{len(able):,} of {len(deals.parties):,} parties alone could resolve some of them."
        return
    for party in deals.parties:
        name = capital(deals.problem.table.dossier.parties[party].short)
        own = [at for at, point in enumerate(points) if party in point.alone]
        red = [at for at in own if all(way.red_lines for way in points[at].alone[party])]
        if not own:
            yield f"{name} alone could resolve none of them."
            continue
        yield f"{name} alone could resolve {_which(own)}{_over(own, red)}."


def _over(own: Sequence[int], red: Sequence[int]) -> str:
    """On which of them a party would have to give up a red line."""
    if not red:
        return ""
    which = "" if len(own) == 1 or red == own else f"; on {_runs(red)}, only"
    return f"{which or ', only'} by giving up a red line"


def _ranking(points: Sequence[StickingPointInWords]) -> Iterator[str]:
    """Where the ranking of red lines above demands decides, and who gives way there."""
    decided = [at for at, point in enumerate(points) if point.ranking_decides]
    if not decided:
        return
    by_party: dict[str, list[int]] = {}
    for at in decided:
        by_party.setdefault(points[at].gives_way(), []).append(at)
    by_party.pop("", None)
    who = ", and ".join(
        f"{named}{'' if at else ' give way'}{'' if numbers == decided else f' on {_runs(numbers)}'}"
        for at, (named, numbers) in enumerate(by_party.items())
    )
    so = f", so the least-concession packages have {who}" if who else ""
    yield _RANKING.format(which=_which(decided), so=so)


def _which(numbers: Sequence[int]) -> str:
    return f"sticking {'point' if len(numbers) == 1 else 'points'} {_runs(numbers)}"
