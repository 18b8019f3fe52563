"""A package made without a search, for when there is no time for one."""

from functools import reduce
from operator import or_
from typing import NamedTuple

from claimpos.deals.problem import Concessions, Problem
from claimpos.dossier.model import Cell

NOTHING_ASKED: Concessions = (0, 0, 0, 0, 0, 0)


class Least(NamedTuple):
    """The best package found, what it asks, and the least that every package is proved to ask.

    `package` is None where none was found: proved, there is none.
    """

    package: dict[Cell, int] | None
    concessions: Concessions
    bound: Concessions
    proved: bool


def package_without_search(problem: Problem) -> Least:
    """A package made without a search, for when there was no time for one.

    In each cell what a party may say no to is left out while anything else is left: first, whether
    on conditions or not, of those held; then red lines, party by party, then all other noes. There
    is none if those held rule it out, or it is worth too little to a party.
    """
    package: dict[Cell, int] = {}
    for cell, domain in problem.domains.items():
        if not domain:
            return Least(None, NOTHING_ASKED, NOTHING_ASKED, proved=False)
        stances = {party: problem.table.stance(party, cell) for party in problem.parties}
        unwanted = [stances[party].no | stances[party].conditional for party in problem.held]
        unwanted += [stance.refuses & stance.no for stance in stances.values()]
        unwanted += [stance.no for stance in stances.values()]
        left = reduce(or_, domain)
        for mask in unwanted:
            left = left & ~mask or left
        package[cell] = next(outcome for outcome in domain if outcome & left)
    positions = [position for position, _ in problem.positions()]
    if not problem.is_worth_enough(package) or any(
        problem.says(position, package) in ("gives", "crosses")
        for position in positions
        if position.party in problem.held
    ):
        return Least(None, NOTHING_ASKED, NOTHING_ASKED, proved=False)
    red, high, medium, low, beyond, unsaid = map(
        sum, zip(*problem.concessions(positions, package), strict=True)
    )
    return Least(package, (red, high, medium, low, beyond, unsaid), NOTHING_ASKED, proved=False)
