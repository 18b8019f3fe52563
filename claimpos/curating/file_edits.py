"""Additions to a YAML file: new text is put in at its place, and no other character changes.

PyYAML's parser says where things stand, and its writer makes the new text. A library that reads
and writes the whole file would also lay out anew what nobody asked it to touch. The outcome is
parsed: it must be the data that the file held, and the additions, or else nothing is changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import yaml
from yaml.nodes import MappingNode, Node, SequenceNode

from claimpos.curating.insertions import NotAdded, Place, insertions
from claimpos.dossier.findings import SourceText
from claimpos.dossier.parsing.file import parse

Path = Sequence[str | int]


class Addition(NamedTuple):
    """A pair put into a mapping, or a member put into a list.

    Attributes:
        path: The keys and indices that lead from the root of the file to the mapping or list.
        value: The value of the pair, or the member.
        key: The key of the pair; None for a member.
        after: The key, or index, of the one that it follows; None for the last of all. A list may
            have FIRST.
    """

    path: Path
    value: Any
    key: str | None = None
    after: str | int | None = None


def with_addition(text: str, addition: Addition) -> str:
    """A file's text with an addition; raises NotAdded."""
    root = _composed(text)
    place = _place(root, addition.path)
    held = [addition.value] if addition.key is None else {addition.key: addition.value}
    changed = text
    for start, end, new in sorted(insertions(text, place, held, addition.after), reverse=True):
        changed = changed[:start] + new + changed[end:]
    if _data(changed) != _expected(_data(text), addition):
        raise NotAdded
    return changed


def _composed(text: str) -> Node:
    root = yaml.compose(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if root is None:
        raise NotAdded
    return root


def _data(text: str) -> Any:
    """The data of a text as plain maps and lists; raises NotAdded if it has faults."""
    node, findings = parse(SourceText("", text))
    if findings:
        raise NotAdded
    return _plain(node)


def _plain(node: Any) -> Any:
    if isinstance(node, Mapping):
        return {key: _plain(value) for key, value in node.items()}
    return [_plain(member) for member in node] if isinstance(node, list | tuple) else node


def _expected(data: Any, addition: Addition) -> Any:
    held = data
    for step in addition.path:
        held = held[step]
    value = _plain(addition.value)
    if addition.key is not None:
        held[addition.key] = value
    elif addition.after is None:
        held.append(value)
    else:
        held.insert(int(addition.after) + 1, value)
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
