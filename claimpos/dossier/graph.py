"""Graphs: what can be reached, what lies on circles; and which groups speak for which party."""

from __future__ import annotations

from collections import deque
from collections.abc import (
    Callable,
    Collection,
    Container,
    Hashable,
    Iterable,
    Iterator,
    KeysView,
    Mapping,
)
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from claimpos.dossier.model import Dossier, Party

Node = TypeVar("Node", bound=Hashable)


def all_reached(
    starts: Iterable[Node], following: Callable[[Node], Iterable[Node]]
) -> KeysView[Node]:
    """The starts and everything that can be reached from them, each once, the nearest first."""
    reached = dict.fromkeys(starts)
    queue = deque(reached)
    while queue:
        for node in following(queue.popleft()):
            if node not in reached:
                reached[node] = None
                queue.append(node)
    return reached.keys()


def not_yet_known(
    start: Node, following: Callable[[Node], Iterable[Node]], known: Container[Node]
) -> Iterator[Node]:
    """The start and what can be reached from it, if not known: each after all that follow it.

    What is given must be known before the next is asked for. There may be no circles.
    """
    ahead = [start]
    while ahead:
        node = ahead[-1]
        if node in known:
            ahead.pop()
        elif missing := [one for one in following(node) if one not in known]:
            ahead += missing
        else:
            yield node


def on_circles(arrows: Mapping[Node, Collection[Node]]) -> set[Node]:
    """The nodes that can be reached from themselves."""
    found: set[Node] = set()
    for component in components(arrows):
        first = next(iter(component))
        if len(component) > 1 or first in arrows[first]:
            found.update(component)
    return found


def components(arrows: Mapping[Node, Collection[Node]]) -> Iterator[KeysView[Node]]:
    """The strongly connected components: sets of nodes each of which leads to all others.

    Each comes before those to which it leads.
    """
    back: dict[Node, list[Node]] = {}
    for node, others in arrows.items():
        for other in others:
            back.setdefault(other, []).append(node)
    seen: set[Node] = set()
    for start in reversed(_postorder(arrows)):
        if start in seen:
            continue
        component = all_reached(
            [start], lambda node: (one for one in back.get(node, ()) if one not in seen)
        )
        seen.update(component)
        yield component


def _postorder(arrows: Mapping[Node, Collection[Node]]) -> list[Node]:
    """The nodes with arrows, in the order in which a depth-first search leaves them."""
    order: list[Node] = []
    seen: set[Node] = set()
    for start in arrows:
        ahead = [(start, False)]
        while ahead:
            node, done = ahead.pop()
            if done:
                order.append(node)
            elif node not in seen and node in arrows:
                seen.add(node)
                ahead.append((node, True))
                ahead += ((other, False) for other in arrows[node])
    return order


Groups = Mapping[str, tuple[str, ...]]
"""For each party that groups speak for, these groups, in the order of the parties."""


def speaking_groups(parties: Mapping[str, Party]) -> Groups:
    """The groups that list each party as a member and speak for their members."""
    found: dict[str, list[str]] = {}
    for group in parties.values():
        if group.speaks_for_members:
            for member in group.members:
                if member in parties:
                    found.setdefault(member, []).append(group.id)
    return {member: tuple(groups) for member, groups in found.items()}


def is_indirect(dossier: Dossier) -> bool:
    """Whether a party may hold more than its own entries: as a member, or by accepting a text."""
    return any(party.speaks_for_members or party.answers for party in dossier.parties.values())


def all_above(party: str, groups: Groups) -> tuple[str, ...]:
    """The groups that speak for a party, directly or through other groups, nearest first."""
    return tuple(all_reached(groups.get(party, ()), lambda group: groups.get(group, ())))


def circles(groups: Groups) -> Iterable[tuple[str, ...]]:
    """Each circle of groups that speak for each other, its members in order."""
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
