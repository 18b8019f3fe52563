"""Additions to a YAML file: new text is put in at its place, and no other character changes.

A file is parsed once for many additions, not anew for each. Each addition gets a place in the text
as it was. For each mapping and list that grows, the order of its old and new members is kept, so
that the result is that of one addition after the other. The result is parsed, too: unless it holds
the old data and the additions, nothing is changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from claimpos.curating.insertions import (
    FIRST,
    Container,
    Edit,
    Held,
    Insertion,
    Keys,
    NotAdded,
    TooMuch,
    begin_of,
    behind_comments,
    data_of,
    end_of_content,
    has_blank_line,
    in_empty,
    in_flow,
    indent_of,
    lines_at,
    lines_of_one_each,
    next_line,
    shifted,
    start_of_line,
    values_of,
    with_addition,
)
from claimpos.dossier.nodes import plain
from claimpos.importing.writing import block


def with_insertions(text: str, insertions: Sequence[Insertion]) -> str:
    """A file's text with insertions, one after the other.

    Raises NotAdded, with the first of them that cannot be made.
    """
    try:
        return _all_at_once(text, insertions)
    except NotAdded:
        if len(insertions) == 1:
            raise NotAdded(insertions[0]) from None
    half = len(insertions) // 2
    return with_insertions(with_insertions(text, insertions[:half]), insertions[half:])


def _all_at_once(text: str, insertions: Sequence[Insertion]) -> str:
    expected = plain(data_of(text))
    changed, done = text, 0
    while done < len(insertions):
        batch = _Batch(changed)
        while done < len(insertions) and batch.takes(insertions[done]):
            with_addition(expected, insertions[done])
            done += 1
        changed = batch.changed()
    with suppress(TooMuch):
        if data_of(changed) != expected:
            raise NotAdded
    return changed


class _Sibling:
    """A pair of a mapping or a member of a list, old, or, with lines, new; several if added as one.

    Attributes:
        at: Its index in the text; FIRST for what stands before all.
        start: Where in the text it is put.
        lines: The lines that are put there, without the blank one above them.
        is_blank: Whether there is a blank one.
        size: How many pairs or members it is.
        last: The last of its keys, if it holds pairs.
        nested: What is put into it in turn.
        before, after: Its neighbours.
    """

    __slots__ = ("after", "at", "before", "is_blank", "last", "lines", "nested", "size", "start")

    def __init__(self, at: int, start: int = 0, lines: str = "", is_blank: bool = False) -> None:
        self.at = at
        self.start = start
        self.lines = lines
        self.is_blank = is_blank
        self.size = 1
        self.last: str | None = None
        self.nested: list[Insertion] = []
        self.before: _Sibling | None = None
        self.after: _Sibling | None = None


class _Row:
    """The siblings in a mapping or list in block style, old and new, in order."""

    def __init__(self, place: Container) -> None:
        self.place = place
        self.column = place.column
        self.are_flow = all(
            isinstance(one, MappingNode | SequenceNode) and one.flow_style
            for one in values_of(place.node)
        )
        self.first = self.last = _Sibling(FIRST)
        for at in range(len(place.node.value)):
            self._link(_Sibling(at), self.last)
        self.members = [*self.all()]
        self.named = {}
        if isinstance(place.node, MappingNode):
            pairs = zip(place.node.value, self.members, strict=True)
            self.named = {key.value: sibling for (key, _), sibling in pairs}

    def all(self) -> list[_Sibling]:
        """All of them, from the first."""
        found, one = [], self.first.after
        while one is not None:
            found.append(one)
            one = one.after
        return found

    def followed(self, after: str | int | None) -> _Sibling | None:
        """The sibling that an addition follows; None within several that were added as one."""
        if after is None:
            return self.last
        if isinstance(after, str):
            found = self.named[after]
            return found if not found.lines or found.last == after else None
        if after == FIRST:
            return self.first
        found = self.members[after]
        return found if self.members[after + 1 : after + 2] != [found] else None

    def put(self, new: _Sibling, behind: _Sibling, insertion: Insertion) -> None:
        """Put a new one behind another."""
        self._link(new, behind)
        new.size = len(insertion.held)
        after = insertion.after
        if isinstance(insertion.held, Mapping):
            self.named |= dict.fromkeys(insertion.held, new)
            new.last = [*insertion.held][-1]
        else:
            at = len(self.members) if after is None else int(after) + 1
            self.members[at:at] = [new] * len(insertion.held)

    def _link(self, new: _Sibling, behind: _Sibling) -> None:
        new.before, new.after = behind, behind.after
        if behind.after is None:
            self.last = new
        else:
            behind.after.before = new
        behind.after = new

    def lines(self, held: Held) -> str:
        """The lines of an addition: one for each if its siblings have one each; else in block."""
        if self.are_flow and (lines := lines_of_one_each(held, self.column)):
            return shifted(lines, self.column)
        self.are_flow = False
        return shifted(block(held, indent_of(self.place, self.column), self.column), self.column)


class _Flow:
    """Additions in brackets, each of which follows the one before."""

    def __init__(self, place: Container, insertion: Insertion) -> None:
        self.place = place
        self.at = _index(place, insertion.after)
        self.additions: list[Held] = []
        self.keys: set[str] = set()
        self._add(insertion.held)

    def _add(self, held: Held) -> None:
        self.additions.append(held)
        self.last: str | int = self.at + len(self.additions)
        if isinstance(held, Mapping):
            self.keys |= held.keys()
            self.last = [*held][-1]

    def takes(self, insertion: Insertion) -> bool:
        """Take one that follows the last; False if it goes elsewhere, or behind several in one."""
        is_end = insertion.after is None and self.at == len(self.place.node.value) - 1
        follows = is_end or insertion.after == self.last
        if self.at == FIRST or len(self.additions[-1]) > 1 or not follows:
            return False
        self._add(insertion.held)
        return True

    def may_move(self, step: str | int) -> bool:
        """Whether a step may lead into what is new, or count it."""
        return isinstance(step, int) or step in self.keys

    def edits(self, text: str) -> list[Edit]:
        if self.place.node.value:
            return in_flow(text, self.place, self.additions, self.at)
        return in_empty(text, self.place, self.additions[0])


class _Batch:
    """Additions to a text that is parsed once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._root = yaml.compose(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        self._rows: dict[Keys, _Row] = {}
        self._pairs: dict[Keys, dict[str, tuple[ScalarNode, Node]]] = {}
        self._flows: dict[Keys, _Flow] = {}

    def takes(self, insertion: Insertion) -> bool:
        """Take an addition; False if it must wait until the others are made.

        Raises NotAdded if there is no line where it could go.
        """
        path = tuple(insertion.path)
        for depth in range(len(path) + 1):
            bracketed = self._flows.get(path[:depth])
            if bracketed is not None and depth < len(path) and bracketed.may_move(path[depth]):
                return False
            row = self._rows.get(path[:depth])
            if row is not None and depth < len(path):
                step = path[depth]
                if isinstance(step, int):
                    return False  # it may count what is new
                found = row.named[step]
                if found.lines:
                    found.nested.append(insertion._replace(path=path[depth:]))
                    return True
        if path in self._flows:
            return self._flows[path].takes(insertion)
        place = self._rows[path].place if path in self._rows else self._place(path)
        if place.node.value and not place.node.flow_style:
            return self._in_block(path, place, insertion)
        self._flows[path] = _Flow(place, insertion)
        return True

    def changed(self) -> str:
        """The text with all of them."""
        edits = [
            ((one.start, -len(path), at), one)
            for path, bracketed in self._flows.items()
            for at, one in enumerate(sorted(bracketed.edits(self._text)))
        ]
        for path, row in self._rows.items():
            for at, one in enumerate(row.all()):
                if one.lines:
                    lines = with_insertions(one.lines, one.nested) if one.nested else one.lines
                    lines = f"\n{lines}" if one.is_blank else lines
                    edits.append(
                        ((one.start, -len(path), at), lines_at(self._text, one.start, lines))
                    )
        parts, done = [], 0
        for _, (start, end, new) in sorted(edits):
            parts += [self._text[done:start], new]
            done = end
        return "".join((*parts, self._text[done:]))

    def _place(self, path: Keys) -> Container:
        """Where a path leads; raises NotAdded unless that is a mapping or a list."""
        node, key = self._root, None
        above: list[Node] = []
        for depth, step in enumerate(path):
            if isinstance(node, MappingNode):
                above.append(node)
                key, node = self._pairs_of(path[:depth], node)[str(step)]
            elif isinstance(node, SequenceNode):
                above.append(node)
                key, node = None, node.value[int(step)]
        if not isinstance(node, MappingNode | SequenceNode):
            raise NotAdded
        return Container(node, tuple(above), key)

    def _pairs_of(self, path: Keys, node: MappingNode) -> dict[str, tuple[ScalarNode, Node]]:
        if path not in self._pairs:
            self._pairs[path] = {pair[0].value: pair for pair in node.value}
        return self._pairs[path]

    def _in_block(self, path: Keys, place: Container, insertion: Insertion) -> bool:
        row = self._rows.get(path) or _Row(place)
        self._rows[path] = row
        followed = row.followed(insertion.after)
        if followed is None:
            return False
        start, is_blank = self._where(path, row, followed)
        new = _Sibling(FIRST, start, row.lines(insertion.held), is_blank)
        row.put(new, followed, insertion)
        return True

    def _where(self, path: Keys, row: _Row, followed: _Sibling) -> tuple[int, bool]:
        """Where an addition begins, and whether below a blank line; raises NotAdded."""
        text, place = self._text, row.place
        if followed is row.first:
            begin = int(place.node.start_mark.index)
            start = start_of_line(text, begin)
            if text[start:begin].strip(" "):
                raise NotAdded
            return start, False
        if followed.lines:
            start = begin = followed.start
        else:
            begin = begin_of(place.node.value[followed.at])
            # A comment in the column of the keys speaks of the next key, if there is one.
            is_beside_key = place.key is not None and place.key.start_mark.column == row.column
            deep = row.column if followed is row.last and not is_beside_key else row.column + 1
            start = behind_comments(text, self._behind(path, row, followed), deep)
        before = followed.before
        if before is None or before is row.first or followed.size > 1:
            return start, False
        between = text[self._behind(path, row, before) : begin]
        return start, followed.is_blank or has_blank_line(between)

    def _behind(self, path: Keys, row: _Row, one: _Sibling) -> int:
        """Where the line below a sibling begins."""
        if one.lines:
            return one.start
        node, index = row.place.node, one.at
        while isinstance(node, MappingNode | SequenceNode) and not node.flow_style:
            within = self._rows.get(path) if node is not row.place.node else None
            if within is not None and within.last.lines:
                return within.last.start
            held = node.value[index]
            key, node = held if isinstance(node, MappingNode) else (None, held)
            path, index = (*path, key.value if key is not None else index), -1
        return next_line(self._text, end_of_content(self._text, node))


def _index(place: Container, after: str | int | None) -> int:
    """The index of the pair or member that an addition follows."""
    if after is None:
        return len(place.node.value) - 1
    if isinstance(place.node, MappingNode):
        return next(at for at, (key, _) in enumerate(place.node.value) if key.value == after)
    return int(after)
