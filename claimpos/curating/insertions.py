"""An addition to a YAML file: what the data become, where it may go, and the text that is put in.

PyYAML's parser gives the places of keys and values, and its writer makes the new text. A library
that reads and writes the whole file would also change the layout of everything else in it.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from claimpos.dossier.findings import SourceText
from claimpos.dossier.nodes import plain
from claimpos.dossier.parsing.file import parse
from claimpos.importing.writing import block, flow

FIRST = -1
"""Put a member before all others."""

Held = Mapping[str, Any] | Sequence[Any]
"""What is added: pairs, or members."""

_INDENT = 2
_FURTHEST = 500
"""The column up to which something is put in lines of its own."""
_WIDTH = 100
_EMPTY = re.compile(r"\{ *\}|\[ *\]")
_REST_OF_LINE = re.compile(r"[^\r\n]*(\r\n|\r|\n)?")
_LINE_END = re.compile(r"\r\n|\r|\n")
_COMMENT = re.compile(r"(?:[ \t]*+(?:\r\n?|\n))*+( *+)#[^\r\n]*+(?:\r\n?|\n|\Z)")
_COMMENT_OR_COMMA = re.compile(r"#[^\r\n]*|(,)")


class NotAdded(Exception):
    """The file is laid out in a way that cannot be added to."""


class TooMuch(NotAdded):
    """A file would be larger than a limit allows, which the check of the dossier reports."""


Keys = tuple[str | int, ...]
"""The keys and indices that lead to a part of a file's data."""


class Insertion(NamedTuple):
    """Pairs put into a mapping, or members put into a list.

    Attributes:
        path: The keys and indices that lead from the root of the file to the mapping or list.
        held: The pairs, or the members.
        after: The key, or index, of the one that they follow; None for the last of all. A list may
            have FIRST.
    """

    path: Sequence[str | int]
    held: Held
    after: str | int | None = None


@lru_cache(maxsize=8)
def data_of(text: str) -> Any:
    """The data of a text, which must not be changed; raises NotAdded if it has faults."""
    node, findings = parse(SourceText("", text))
    if findings:
        raise TooMuch if findings[0].code == "CP109" else NotAdded
    return node


def with_addition(data: Any, insertion: Insertion) -> Any:
    """The same plain data, changed by an insertion; raises NotAdded if a key is there already."""
    place = data
    for step in insertion.path:
        place = place[step]
    held, after = plain(insertion.held), insertion.after
    if isinstance(held, dict):
        if not held.keys().isdisjoint(place):
            raise NotAdded
        behind = [*place][[*place].index(after) + 1 :] if after is not None else []
        moved = {key: place.pop(key) for key in behind}
        place.update(held | moved)
    else:
        at = len(place) if after is None else int(after) + 1
        place[at:at] = held
    return data


class Edit(NamedTuple):
    """A stretch of the text, and what replaces it."""

    start: int
    end: int
    new: str


class Container(NamedTuple):
    """A mapping or list of a file, the key that holds it, and what it lies in, outermost first."""

    node: MappingNode | SequenceNode
    above: tuple[Node, ...]
    key: ScalarNode | None

    @property
    def column(self) -> int:
        """The column, from 0, at which its keys or dashes stand."""
        node = self.node
        first = node.value[0][0] if isinstance(node, MappingNode) else node
        return int(first.start_mark.column)


def begin_of(one: Any) -> int:
    """Where a pair or a member begins."""
    first = one[0] if isinstance(one, tuple) else one
    return int(first.start_mark.index)


def values_of(node: Node) -> list[Node]:
    return [one[1] if isinstance(node, MappingNode) else one for one in node.value]


# ---- in block style ----


def lines_of_one_each(held: Held, column: int) -> str:
    """An addition with one line for each pair or member; empty if that is too long for a line."""
    lines = [f"{line}\n" for line in _one_line_each(held)]
    return "".join(lines) if max(map(len, lines)) + column <= _WIDTH + 1 else ""


def _one_line_each(held: Held) -> list[str]:
    if isinstance(held, Mapping):
        return [f"{flow([key])[1:-1]}: {flow(value)}" for key, value in held.items()]
    return [f"- {flow(value)}" for value in held]


def indent_of(place: Container, column: int) -> int:
    """How many columns the contents of a mapping or list are indented, as elsewhere in the file."""
    if isinstance(place.node, SequenceNode):
        return max(int(place.node.value[0].start_mark.column) - column, _INDENT)
    for node in (place.node, *reversed(place.above)):
        for pair in node.value if isinstance(node, MappingNode) else ():
            further: int = pair[1].start_mark.column - pair[0].start_mark.column
            if isinstance(pair[1], MappingNode) and not pair[1].flow_style and further >= _INDENT:
                return further
    return _INDENT


def has_blank_line(text: str) -> bool:
    """Whether one of the lines that end in a stretch of text is blank."""
    return any(not line.strip() for line in _LINE_END.split(text)[:-1])


def shifted(lines: str, column: int) -> str:
    """Lines that begin at a column; raises NotAdded for one so far that they would be too long."""
    if column > _FURTHEST:
        raise NotAdded
    return re.sub(r"(?m)^(?=.)", " " * column, lines)


def lines_at(text: str, start: int, lines: str) -> Edit:
    """The edit that puts lines where a line of the text begins."""
    end = _line_end_at(text, start)
    if start and text[start - 1] not in "\r\n":  # the last line of the file has no end
        lines = "\n" + lines.removesuffix("\n")
    return Edit(start, start, lines.replace("\n", end))


def _line_end_at(text: str, start: int) -> str:
    """How lines end there: as the line before it does or, failing that, the first line."""
    before = re.search(r"(\r\n|\r|\n)\Z", text[max(0, start - 2) : start])
    found = before or _LINE_END.search(text)
    return found[0] if found else "\n"


def end_of_content(text: str, node: Node) -> int:
    """Where a value ends, without the comments and blanks behind it."""
    while isinstance(node, MappingNode | SequenceNode) and not node.flow_style:
        node = node.value[-1][1] if isinstance(node, MappingNode) else node.value[-1]
    end = int(node.end_mark.index)
    if isinstance(node, ScalarNode) and node.style in {"|", ">"}:
        written = text[node.start_mark.index : end]
        keeps_blanks = "+" in _LINE_END.split(written, maxsplit=1)[0].partition("#")[0]
        end = node.start_mark.index + len(written if keeps_blanks else written.rstrip())
        if keeps_blanks and text[end - 1] in "\r\n":
            end -= 2 if text[end - 2 : end] == "\r\n" else 1
    return end


def next_line(text: str, at: int) -> int:
    """Where the line after that of a place begins, or the end of the text."""
    found = _REST_OF_LINE.match(text, at)
    return found.end() if found else len(text)


def start_of_line(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def behind_comments(text: str, start: int, deep: int) -> int:
    """Where comments end that begin on a line and are indented at least to this column."""
    while (found := _COMMENT.match(text, start)) and len(found[1]) >= deep:
        start = found.end()
    return start


# ---- in flow style ----


def in_flow(text: str, place: Container, additions: Sequence[Held], at: int) -> list[Edit]:
    """Text behind the pair or member at an index: additions that follow one another."""
    in_quotes = _is_in_quotes(place.node)
    news = [flow(held, in_quotes)[1:-1] for held in additions]
    new = ", ".join(news)
    if at == FIRST:
        start = place.node.value[0].start_mark.index
        return [Edit(start, start, f"{new}, ")]
    end = int(values_of(place.node)[at].end_mark.index)
    begin = begin_of(place.node.value[at])
    margin = text[start_of_line(text, begin) : begin]
    close = _comma(text, end, place.node)
    if margin.strip(" "):
        return [Edit(close, close, f" {new},") if close > end else Edit(end, end, f", {new}")]
    return _on_own_lines(text, end, close, [f"{margin}{new}" for new in news])


def _on_own_lines(text: str, end: int, close: int, lines: Sequence[str]) -> list[Edit]:
    """The edits for pairs on lines of their own, below the one that ends at `end`."""
    is_closed = close > end
    behind = next_line(text, close)
    rest = text[close:behind].strip()
    stop = _line_end_at(text, behind)
    line = f",{stop}".join(lines)
    if rest and not rest.startswith("#"):
        new = f"{stop}{line}"
        return [Edit(close, close, f"{new},") if is_closed else Edit(end, end, f",{new}")]
    edits = [] if is_closed else [Edit(end, end, ",")]
    return [*edits, Edit(behind, behind, f"{line}{',' if is_closed else ''}{stop}")]


def _comma(text: str, end: int, node: Node) -> int:
    """The place after the comma that follows a value, or `end` if there is none."""
    for found in _COMMENT_OR_COMMA.finditer(text, end, int(node.end_mark.index)):
        if found[1]:
            return found.end() if not text[end : found.start()].strip() else end
        if not found[0].startswith("#"):
            break
    return end


def _is_in_quotes(node: Node) -> bool:
    """Whether the first key, or the first text, is in double quotes, as in JSON."""
    while isinstance(node, MappingNode | SequenceNode) and node.value:
        first = node.value[0]
        node = first[0] if isinstance(first, tuple) else first
    return isinstance(node, ScalarNode) and node.style == '"'


# ---- in what is empty ----


def in_empty(text: str, place: Container, held: Held) -> list[Edit]:
    """Text inside the brackets or, where a line ends with them, lines in their stead."""
    node, key = place.node, place.key
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    above = place.above[-1] if place.above else None
    is_block = isinstance(above, MappingNode) and not above.flow_style and key is not None
    if is_block and key is not None and _EMPTY.fullmatch(text, start, end):
        gap = text[key.end_mark.index : start]
        rest = _REST_OF_LINE.match(text, end)
        behind = rest[0].strip() if rest else ""
        if gap.strip(" ") == ":" and (not behind or behind.startswith("#")):
            column = key.start_mark.column + _indent_of_file(place)
            lines = block(held, _indent_of_file(place), column)
            return [
                Edit(key.end_mark.index + gap.index(":") + 1, end, ""),
                lines_at(text, next_line(text, end), shifted(lines, column)),
            ]
    in_quotes = any(_is_in_quotes(one) for one in place.above)
    return [Edit(start + 1, start + 1, flow(held, in_quotes)[1:-1])]


def _indent_of_file(place: Container) -> int:
    root = Container(place.above[0], place.above[:1], None)  # type: ignore[arg-type]
    return indent_of(root, root.column)
