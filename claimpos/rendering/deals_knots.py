"""What stands in the way of a deal, knot by knot, for people to read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from claimpos.deals.knots import Knot, WayOut
from claimpos.deals.search import Deals
from claimpos.dossier.model import Cell
from claimpos.rendering.layout import Layout, cells_title
from claimpos.wording.names import capital, counted, joined
from claimpos.wording.responses import Responses

_NEVER = (
    "Where “never” decides, the packages that ask least pass over a way out of as few positions, "
    "or fewer, only because it crosses a red line: the word, not merit, decides who moves."
)


def knot_blocks(deals: Deals, layout: Layout) -> list[str]:
    """The knots and who could open which, block by block."""
    if not deals.knots:
        return [layout.line("Time ran out before the knots were found.")]
    told = [_Told(deals, knot) for knot in deals.knots]
    number = counted(len(told), "knot", "knots")
    one_each = "it" if len(told) == 1 else "every knot, and any combination of them will do"
    intro = (
        f"{capital(number)} of positions that cannot all stand. A deal needs one way out of "
        f"{one_each}. A position that moves is one whose party would live with the outcome shown."
    )
    blocks = [layout.line(intro)]
    for numbers, one in _folded(told):
        title = _title(told, numbers)
        blocks.append(layout.numbered(_runs(numbers), title, one.positions(), one.ways_out()))
    if not deals.all_knots:
        blocks.append(layout.line("Time ran out before all knots were found: there are more."))
    return [*blocks, layout.lines([*_alone(deals), *_never(deals)])]


class _Told:
    """The words of one knot; where it lies on one cell they do not name it, the title does."""

    def __init__(self, deals: Deals, knot: Knot) -> None:
        self.deals = deals
        self.knot = knot
        self.dossier = deals.problem.table.dossier
        self.answers = Responses(deals.problem.table, {})
        self.cells = list(dict.fromkeys(position.cell for position in knot.positions))
        self.names = {one: f"({_letters(at)})" for at, one in enumerate(knot.positions)}

    def alike(self) -> tuple[object, ...]:
        """What knots that differ in the item alone have in common."""
        where = self.cells if len(self.cells) > 1 else [self.cells[0].issue]
        return (*where, *self.positions(), *self.ways_out())

    def positions(self) -> list[str]:
        """The positions, and which of them cannot all stand."""
        words = self.answers.words
        if len(self.cells) == 1:
            told = [
                capital(f"{words.party(one.party)} {self.answers.position(*one)}.")
                for one in self.knot.positions
            ]
            return told + [self._cannot_stand()] * (len(told) == 1)
        told = [
            f"{name} {capital(words.party(one.party))} on {words.cells([one.cell])}: "
            f"{self.answers.position(*one)}."
            for one, name in self.names.items()
        ]
        if not self.knot.deadlocks:
            return [*told, "Not all of these can stand; time ran out before it was known which."]
        return [*told, f"These cannot all stand: {self._deadlocks()}."]

    def _cannot_stand(self) -> str:
        if self.deals.fixed or self.deals.problem.held:
            return "This cannot stand, given what is fixed or held."
        return "This cannot stand, whatever the package."

    def _deadlocks(self) -> str:
        locks = [joined(self.names[one] for one in lock) for lock in self.knot.deadlocks]
        more = self.knot.deadlocks_count - len(locks)
        if more:
            locks.append(f"{more:,} more sets")
        return "; nor ".join(locks) + ("" if self.knot.complete else "; there may be more")

    def ways_out(self) -> list[str]:
        """The ways out, the shortest first, and each party's own."""
        listed = self.knot.ways_out
        own = [way for ways in self.knot.alone.values() for way in ways[:1] if way not in listed]
        common = self._common([*listed, *own])
        lines = [self._way(way, common) for way in (*listed, *own)]
        more = self.knot.ways_out_count - len(lines)
        if not self.knot.complete:
            lines.append("More ways out exist: too many to list, or time ran out.")
        elif more > 0:
            lines.append(f"{more:,} more, of no fewer positions; --all lists them.")
        if common and listed:
            lines.append(f"In all of these: {'; '.join(self._outcomes(listed[0], common))}.")
        if self.knot.never_decides is not None:
            lines.append(self._never())
        return lines

    def _never(self) -> str:
        """Who moves instead, where that is the same in all packages that ask least."""
        moved = [one for one in self.knot.taken if one.cell in self.deals.shares[one.party].gives]
        if len(moved) < len(self.knot.taken):
            return "“Never” decides here."
        who = list(dict.fromkeys(self.answers.words.party(one.party) for one in moved))
        both = " both move" if len(who) == 2 else " moves" if len(who) == 1 else " move"
        return f"“Never” decides here: in the packages that ask least {joined(who)}{both}."

    def _common(self, ways: Sequence[WayOut]) -> list[Cell]:
        """The cells on which all ways out lead to the same; none where there is but one way."""
        if len(ways) < 2:
            return []
        return [cell for cell in self.cells if len({way.outcomes[cell] for way in ways}) == 1]

    def _way(self, way: WayOut, common: Sequence[Cell]) -> str:
        if len(self.cells) == 1:
            over = ", over a red line" if way.red_lines else ""
            who = joined(map(self.answers.words.party, way.parties))
            moves = f"{capital(who)} {'moves' if len(way.parties) == 1 else 'move'}{over}"
            return f"{moves}: {self._leads(way, self.cells[0])}."
        moves = "; ".join(self._moves(way, party) for party in way.parties)
        leads = "; ".join(self._outcomes(way, [one for one in self.cells if one not in common]))
        return f"{capital(moves)}: {leads}."

    def _moves(self, way: WayOut, party: str) -> str:
        """Russia moves on (a) and (c), over a red line on (c)."""
        own = [move for move in way.moves if move.position.party == party]
        red = [move for move in own if move.red_line]
        name = self.answers.words.party(party)
        told = f"{name} moves on {joined(self.names[move.position] for move in own)}"
        if not red:
            return told
        if red == own:
            return f"{told},{' each' if len(own) > 1 else ''} over a red line"
        return f"{told}, over a red line on {joined(self.names[move.position] for move in red)}"

    def _outcomes(self, way: WayOut, cells: Sequence[Cell]) -> Iterable[str]:
        """The outcomes on some cells, items of an issue with the same outcome together."""
        alike: dict[tuple[str, str], list[Cell]] = {}
        for cell in cells:
            alike.setdefault((cell.issue, self._leads(way, cell)), []).append(cell)
        for (_, told), some in alike.items():
            yield f"{cells_title(self.dossier, some)}, {told}"

    def _leads(self, way: WayOut, cell: Cell) -> str:
        return self.answers.outcomes(cell, sum(way.outcomes[cell]))


def _letters(number: int) -> str:
    """a, b, …, z, aa, ab, …"""
    more, letter = divmod(number, 26)
    return (_letters(more - 1) if more else "") + chr(ord("a") + letter)


def _folded(told: Sequence[_Told]) -> list[tuple[list[int], _Told]]:
    """Knots that are alike but for the item of one issue as one, with their numbers."""
    folded: dict[tuple[object, ...], list[int]] = {}
    for number, one in enumerate(told):
        folded.setdefault(one.alike(), []).append(number)
    return [(numbers, told[numbers[0]]) for numbers in folded.values()]


def _title(told: Sequence[_Told], numbers: Sequence[int]) -> str:
    by_issue: dict[str, list[Cell]] = {}
    for cell in chain.from_iterable(told[number].cells for number in numbers):
        by_issue.setdefault(cell.issue, []).append(cell)
    return "; ".join(cells_title(told[numbers[0]].dossier, some) for some in by_issue.values())


def _runs(numbers: Sequence[int]) -> str:
    """Numbers counted from one, in runs: 1 and 3–5."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return joined(
        str(run[0] + 1) if len(run) == 1 else f"{run[0] + 1}–{run[-1] + 1}" for run in runs
    )


def _alone(deals: Deals) -> Iterable[str]:
    """Which knots each party could open alone."""
    for party in deals.parties:
        name = capital(deals.problem.table.dossier.parties[party].short)
        own = [at for at, knot in enumerate(deals.knots) if party in knot.alone]
        red = [at for at in own if all(way.red_lines for way in deals.knots[at].alone[party])]
        if not own:
            yield f"{name} could open no knot alone."
            continue
        yield f"{name} could open {_which(own)} alone{_over(own, red)}."


def _over(own: Sequence[int], red: Sequence[int]) -> str:
    """Which of its knots a party opens only over a red line."""
    if not red:
        return ""
    which = "" if len(own) == 1 else " each" if red == own else f" {_which(red)}"
    return f",{which} only over a red line"


def _never(deals: Deals) -> Iterable[str]:
    if any(knot.never_decides is not None for knot in deals.knots):
        yield _NEVER


def _which(numbers: Sequence[int]) -> str:
    return f"{'knot' if len(numbers) == 1 else 'knots'} {_runs(numbers)}"
