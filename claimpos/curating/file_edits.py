"""Additions to a YAML file: new text is put in at its place, and no other character changes.

PyYAML's parser says where things stand, and its writer makes the new text. A library that reads
and writes the whole file would also lay out anew what nobody asked it to touch. The outcome is
parsed: it must be the data that the file held, and the additions, or else nothing is changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import yaml
from yaml.nodes import MappingNode, Node, SequenceNode

from claimpos.curating.insertions import Held, NotAdded, Place, insertions
from claimpos.dossier.findings import SourceText
from claimpos.dossier.nodes import plain
from claimpos.dossier.parsing.file import parse

Path = Sequence[str | int]


class Insertion(NamedTuple):
    """Pairs put into a mapping, or members put into a list.

    Attributes:
        path: The keys and indices that lead from the root of the file to the mapping or list.
        held: The pairs, or the members.
        after: The key, or index, of the one that they follow; None for the last of all. A list may
            have FIRST.
    """

    path: Path
    held: Held
    after: str | int | None = None


def with_insertion(text: str, insertion: Insertion) -> str:
    """A file's text with an insertion; raises NotAdded."""
    place = _place(_composed(text), insertion.path)
    edits = insertions(text, place, insertion.held, insertion.after)
    changed = text
    for start, end, new in sorted(edits, reverse=True):
        changed = changed[:start] + new + changed[end:]
    if data_of(changed) != _expected(plain(data_of(text)), insertion):
        raise NotAdded
    return changed


def _composed(text: str) -> Node:
    root = yaml.compose(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if root is None:
        raise NotAdded
    return root


@lru_cache(maxsize=8)
def data_of(text: str) -> Any:
    """The data of a text, which nobody may change; raises NotAdded if it has faults."""
    node, findings = parse(SourceText("", text))
    if findings:
        raise NotAdded
    return node


def _expected(data: Any, insertion: Insertion) -> Any:
    place = data
    for step in insertion.path:
        place = place[step]
    held = plain(insertion.held)
    if isinstance(held, dict):
        if not held.keys().isdisjoint(place):
            raise NotAdded
        place.update(held)
    else:
        at = len(place) if insertion.after is None else int(insertion.after) + 1
        place[at:at] = held
    return data


def _place(root: Node, path: Path) -> Place:
    node, key = root, None
    above: list[Node] = []
    for step in path:
        above.append(node)
        if isinstance(node, MappingNode):
            key, node = next(pair for pair in node.value if pair[0].value == step)
        else:
            key, node = None, node.value[step]
    if not isinstance(node, MappingNode | SequenceNode):
        raise NotAdded
    return Place(node, tuple(above), key)
