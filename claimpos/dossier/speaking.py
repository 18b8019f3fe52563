"""Which groups speak for which parties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from claimpos.dossier.graph import all_reached
from claimpos.dossier.model import Party

Groups = Mapping[str, tuple[str, ...]]
"""By each party that is spoken for, the groups that speak for it, in the order of the parties."""


def speaking_groups(parties: Mapping[str, Party]) -> Groups:
    """The groups that list each party as a member and speak for their members."""
    found: dict[str, list[str]] = {}
    for group in parties.values():
        if group.speaks_for_members:
            for member in group.members:
                if member in parties:
                    found.setdefault(member, []).append(group.id)
    return {member: tuple(groups) for member, groups in found.items()}


def all_above(party: str, groups: Groups) -> tuple[str, ...]:
    """The groups that speak for a party, those that speak for these included, nearest first."""
    return tuple(all_reached(groups.get(party, ()), lambda group: groups.get(group, ())))


def circles(groups: Groups) -> Iterable[tuple[str, ...]]:
    """Groups that speak for each other in a circle, from one member of it round to the last."""
    done: set[str] = set()
    for start in groups:
        path: dict[str, None] = {}
        ahead = [(start, False)]
        while ahead:
            party, left = ahead.pop()
            if left:
                done.add(party)
                del path[party]
            elif party in path:
                names = [*path]
                yield tuple(names[names.index(party) :])
            elif party not in done:
                path[party] = None
                ahead.append((party, True))
                ahead += ((group, False) for group in reversed(groups.get(party, ())))
