"""What can be reached along the arrows of a graph."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, KeysView
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
