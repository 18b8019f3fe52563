"""What stands in the way of a deal, knot by knot, for people to read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claimpos.comparison.wording import capital, joined
from claimpos.deals.answers import Answers
from claimpos.deals.knots import Knot, Move, WayOut
from claimpos.deals.problem import Position
from claimpos.deals.search import Deals
from claimpos.dossier.model import Cell
from claimpos.rendering.deals_layout import Layout, cells_title, counted


def knot_blocks(deals: Deals, layout: Layout) -> list[str]:
    """A section on the knots; nothing where there is none."""
    if not deals.knots:
        return []
    told = [_Told(deals, knot) for knot in deals.knots]
    number = counted(len(told), "knot", "knots")
    intro = (
        f"{capital(number)} of positions that cannot all stand. A deal needs one way out of "
        "every knot, and any combination will do."
    )
    return [
        layout.section("What stands in the way"),
        layout.line(intro),
        layout.table(["Knot", "What cannot all stand", "Ways out"], list(_rows(told))),
        layout.lines([*_alone(deals), *_never(deals)]),
    ]


class _Told:
    """The words of one knot; on one cell alone they do not name it, the title does."""

    def __init__(self, deals: Deals, knot: Knot) -> None:
        self.knot = knot
        self.dossier = deals.problem.table.dossier
        self.answers = Answers(deals.problem.table, {})
        self.cells = list(dict.fromkeys(position.cell for position in knot.positions))

    def title_key(self) -> tuple[Cell | str, ...]:
        """What knots that differ in the item alone have in common."""
        if len(self.cells) == 1:
            return (self.cells[0].issue,)
        return tuple(self.cells)

    def deadlocks(self) -> str:
        lines = [self._deadlock(one) for one in self.knot.deadlocks]
        more = self.knot.deadlocks_count - len(lines)
        if more:
            lines.append(f"and {more:,} more")
        if not self.knot.complete:
            lines.append("and there may be more")
        return "\n".join(lines)

    def _deadlock(self, positions: Sequence[Position]) -> str:
        said: dict[tuple[Cell, str], list[str]] = {}
        for party, cell in positions:
            said.setdefault((cell, self.answers.position(party, cell)), []).append(party)
        parts = []
        for (cell, words), parties in said.items():
            on = f" on {self.answers.words.cells([cell])}" if len(self.cells) > 1 else ""
            parts.append(f"{self.answers.words.parties(parties)}{on}: {words}")
        return capital("; ".join(parts)) + "."

    def ways_out(self) -> str:
        lines = [self._way(way) for way in self.knot.ways_out]
        more = self.knot.ways_out_count - len(lines)
        if more or not self.knot.complete:
            count = f"{self.knot.ways_out_count:,}"
            lines.append(f"{len(lines)} of {count if self.knot.complete else f'at least {count}'}")
        if self.knot.never_decides is not None:
            lines.append("“Never” decides here.")
        return "\n".join(lines)

    def _who(self, way: WayOut) -> str:
        parties = dict.fromkeys(move.position.party for move in way.moves)
        return self.answers.words.parties(parties)

    def _way(self, way: WayOut) -> str:
        if len(self.cells) == 1:
            (cell,) = self.cells
            over = " over a red line" if way.red_lines else ""
            leads = self.answers.outcomes(cell, sum(way.outcomes[cell]))
            return f"{capital(self._who(way))}{over}: {leads}."
        moves = joined(self._move(move) for move in way.moves)
        return f"{capital(moves)}, which leads to {'; '.join(self._leads(way))}."

    def _move(self, move: Move) -> str:
        over = " over a red line" if move.red_line else ""
        words = self.answers.words
        return f"{words.party(move.position.party)}{over} on {words.cells([move.position.cell])}"

    def _leads(self, way: WayOut) -> Iterable[str]:
        for cell, outcomes in way.outcomes.items():
            told = self.answers.outcomes(cell, sum(outcomes))
            yield f"{cells_title(self.dossier, [cell])}, {told}"


def _rows(told: Sequence[_Told]) -> Iterable[list[str]]:
    """A row a knot, numbered; knots on items of one issue that are alike share one."""
    folded: dict[tuple[object, str, str], list[int]] = {}
    for number, one in enumerate(told):
        folded.setdefault((one.title_key(), one.deadlocks(), one.ways_out()), []).append(number)
    for (_, deadlocks, ways_out), numbers in folded.items():
        yield [f"{_numbers(numbers)}. {_title(told, numbers)}", deadlocks, ways_out]


def _title(told: Sequence[_Told], numbers: Sequence[int]) -> str:
    cells = [cell for number in numbers for cell in told[number].cells]
    by_issue: dict[str, list[Cell]] = {}
    for cell in cells:
        by_issue.setdefault(cell.issue, []).append(cell)
    return "; ".join(cells_title(told[numbers[0]].dossier, some) for some in by_issue.values())


def _numbers(numbers: Sequence[int]) -> str:
    """Numbers counted from one, in runs: 1, 3–5."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        str(run[0] + 1) if len(run) == 1 else f"{run[0] + 1}–{run[-1] + 1}" for run in runs
    )


def _alone(deals: Deals) -> Iterable[str]:
    """Which knots each party could open alone."""
    for party in deals.parties:
        name = deals.problem.table.dossier.parties[party].short
        own = [at for at, knot in enumerate(deals.knots) if party in knot.alone]
        red = [at for at in own if all(way.red_lines for way in deals.knots[at].alone[party])]
        if not own:
            yield capital(f"{name} could open no knot alone.")
            continue
        over = f", {'each' if red == own else _which(red)} only over a red line" if red else ""
        yield capital(f"{name} alone could open {_which(own)}{over}.")


def _never(deals: Deals) -> Iterable[str]:
    if any(knot.never_decides is not None for knot in deals.knots):
        yield (
            "Where “never” decides, the packages that ask least pass over a way out of no more "
            "positions only because it crosses a red line: the word, not merit, decides who gives."
        )


def _which(numbers: Sequence[int]) -> str:
    return f"{'knot' if len(numbers) == 1 else 'knots'} {_numbers(numbers)}"
