"""Adjusted Winner: two parties share what is in dispute, so that both have as many points.

S. J. Brams and A. D. Taylor, Fair Division, Cambridge University Press, 1996.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from claimpos.dossier.model import Cell

_BEYOND_ALL = Fraction(10**9)


class Award(NamedTuple):
    """What Adjusted Winner gives on one cell: the share of it that the first party wins.

    `stakes` are the points in dispute for the two, of 100 in all.
    """

    cell: Cell
    stakes: tuple[Fraction, Fraction]
    share: Fraction


class AdjustedWinner(NamedTuple):
    """The awards, and what both parties come to, of 100 points each."""

    parties: tuple[str, str]
    awards: tuple[Award, ...]
    agreed: tuple[Cell, ...]
    points: Fraction


def adjusted_winner(
    parties: tuple[str, str], points: Mapping[Cell, Sequence[tuple[Fraction, Fraction]]]
) -> AdjustedWinner | None:
    """Who wins what, from the points of each outcome for the two; None if nothing is in dispute.

    Who values a matter more wins it; then what both value most alike changes hands.
    """
    disputed: list[tuple[Cell, Fraction, Fraction]] = []
    agreed = []
    for cell, given in points.items():
        best = (max(a for a, _ in given), max(b for _, b in given))
        if best in given:
            agreed.append(cell)
        else:
            least = (min(a for a, _ in given), min(b for _, b in given))
            disputed.append((cell, best[0] - least[0], best[1] - least[1]))
    totals = (
        sum((a for _, a, _ in disputed), Fraction(0)),
        sum((b for _, _, b in disputed), Fraction(0)),
    )
    if not all(totals):
        return None
    stakes = {cell: (100 * a / totals[0], 100 * b / totals[1]) for cell, a, b in disputed}
    shares = _shared_out(stakes)
    won = sum((stakes[cell][0] * share for cell, share in shares.items()), Fraction(0))
    awards = tuple(Award(cell, stakes[cell], shares[cell]) for cell in stakes)
    return AdjustedWinner(parties, awards, tuple(agreed), won)


def _shared_out(stakes: Mapping[Cell, tuple[Fraction, Fraction]]) -> dict[Cell, Fraction]:
    """The share of each matter that the first party wins."""
    shares = {cell: Fraction(int(a >= b)) for cell, (a, b) in stakes.items()}
    gap = sum((a * shares[c] - b * (1 - shares[c]) for c, (a, b) in stakes.items()), Fraction(0))
    ahead = int(gap > 0)
    mine = [cell for cell, share in shares.items() if share == ahead]
    mine.sort(key=lambda cell: _ratio(stakes[cell], ahead))
    for cell in mine:
        if gap == 0:
            break
        moved = min(Fraction(1), abs(gap) / sum(stakes[cell]))
        shares[cell] += -moved if ahead else moved
        gap += (-1 if ahead else 1) * moved * sum(stakes[cell])
    return shares


def _ratio(stakes: tuple[Fraction, Fraction], ahead: int) -> Fraction:
    """How much more the party that is ahead values it."""
    a, b = stakes if ahead else stakes[::-1]
    return a / b if b else _BEYOND_ALL
