"""What can be reached along the arrows of a graph, and what leads back to itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Hashable, Iterable, KeysView, Mapping
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def all_reached(
    starts: Iterable[Node], following: Callable[[Node], Iterable[Node]]
) -> KeysView[Node]:
    """The starts and all that they lead to, each once, the nearest first."""
    reached = dict.fromkeys(starts)
    queue = deque(reached)
    while queue:
        for node in following(queue.popleft()):
            if node not in reached:
                reached[node] = None
                queue.append(node)
    return reached.keys()


def on_circles(arrows: Mapping[Node, Collection[Node]]) -> set[Node]:
    """The nodes that lead back to themselves: those of the strongly connected components."""
    back: dict[Node, list[Node]] = {}
    for node, others in arrows.items():
        for other in others:
            back.setdefault(other, []).append(node)
    found: set[Node] = set()
    seen: set[Node] = set()
    for start in reversed(_postorder(arrows)):
        if start in seen:
            continue
        component = all_reached(
            [start], lambda node: (one for one in back.get(node, ()) if one not in seen)
        )
        if len(component) > 1 or start in arrows[start]:
            found.update(component)
        seen.update(component)
    return found


def _postorder(arrows: Mapping[Node, Collection[Node]]) -> list[Node]:
    """The nodes with arrows, each after all that can be reached from it first."""
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
