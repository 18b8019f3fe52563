"""Splits a party's single file into the files of a folder, and joins them again.

Lines are cut and pasted, never rewritten, so that every comment, space and line end is kept:

- Comments and blank lines above an entry of `statements` or `positions` go with it; a comment that
  is indented deeper than its key belongs to what is above.
- Everything else stays in party.yaml, with the two keys and nothing under them.
- A piece loses its indent of two spaces. If it has another indent, or not all of its lines have
  one, it stays as it is.
- What is written in braces is not split, but stays in party.yaml.
- order.txt lists the pieces in the order of the single file; pieces that it does not list come
  last.

The result must mean the same as the single file and, joined again, must be the same text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from claimpos.dossier.files import too_large
from claimpos.dossier.findings import SourceText, Span
from claimpos.dossier.limits import limit
from claimpos.dossier.locate import PARTY, PIECES
from claimpos.dossier.nodes import Map, Node, Seq
from claimpos.dossier.parsing.file import parse
from claimpos.errors import WrongUsage

ORDER = "order.txt"
_ABOUT_ORDER = "# The order in which `claimpos join` puts these files together; others come last."
_INDENT = 2
_BOM = "\ufeff"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_SCHEMA_OF_FILE = re.compile(r"(# yaml-language-server: \$schema=)(?=\.\./)")
_SCHEMA_OF_FOLDER = re.compile(r"(# yaml-language-server: \$schema=)\.\./\.\./(?=\.\./)")
_DEEPER = "../../"

Files = dict[str, str]
"""The texts of a party's folder, each by its name within it."""


def split_party(text: str) -> Files:
    """The files of a folder, from the text of a party's single file.

    Raises WrongUsage if they cannot be joined to the same text again.
    """
    bare = text.removeprefix(_BOM)
    files = _taken_apart(bare)
    files[PARTY] = text[: len(text) - len(bare)] + files[PARTY]
    if join_party(files) != text:
        raise WrongUsage("it is written in a way that cannot be taken apart without a change")
    return files


def join_party(files: Mapping[str, str]) -> str:
    """The text of a party's single file, from the files of its folder.

    Raises WrongUsage if a piece is written in a way that cannot be part of a single file.
    """
    whole = files[PARTY]
    bare = _SCHEMA_OF_FOLDER.sub(r"\1", whole.removeprefix(_BOM), count=1)
    expected = _data(bare)
    for piece in PIECES:
        texts = [files[name] for name in _ordered(files, piece)]
        bare = _with_pieces(bare, piece, texts)
        pieces = {key: one for text in texts for key, one in _data(text).items()}
        expected[piece] = {**(expected.get(piece) or {}), **pieces}
    if _data(bare) != expected:
        raise WrongUsage("the files do not mean the same in one file")
    return (_BOM if whole.startswith(_BOM) else "") + bare


def _ordered(files: Mapping[str, str], piece: str) -> list[str]:
    """The names of the pieces, in the order of order.txt, with the others last."""
    listed = [line.strip() for line in files.get(ORDER, "").splitlines()]
    place = {name: at for at, name in enumerate(listed)}
    names = sorted(name for name in files if name.startswith(f"{piece}/"))
    return sorted(names, key=lambda name: place.get(name, len(place)))


def _data(text: str) -> dict[str, Any]:
    found = parse(SourceText("", text.removeprefix(_BOM)))[0]
    return dict(found) if isinstance(found, Map) else {}


class _Block(NamedTuple):
    """The lines of one key and its value, with their comments: `first` to before `end`, from 0."""

    key: str
    first: int
    end: int


class _Lines:
    """A YAML file as its lines, each with its end, and its data."""

    def __init__(self, text: str) -> None:
        self.lines = _LINE.findall(text)
        self.node = parse(SourceText("", text))[0]

    def blocks(self, piece: str) -> list[_Block]:
        """The pairs under a key of the root; none if they do not have lines of their own."""
        root = self.node
        held = root.get(piece) if isinstance(root, Map) and not root.is_flow else None
        if not isinstance(root, Map) or not isinstance(held, Map) or held.is_flow:
            return []
        return list(self._blocks(root, piece, held))

    def _blocks(self, root: Map, piece: str, held: Map) -> Iterator[_Block]:
        column = held.span.column - 1
        keys = list(held)
        first = root.key_at(piece).line
        after = [key_at.line - 1 for key_at in map(root.key_at, root) if key_at.line > first]
        begins = [held.key_at(key).line - 1 for key in keys[1:]]
        for key, until in zip(keys, [*begins, min(after, default=len(self.lines))], strict=True):
            deep = column + (key != keys[-1])
            end = self._with_comments(_last_line(held[key], held.at(key)), until, deep)
            yield _Block(key, first, end)
            first = end

    def _with_comments(self, end: int, until: int, deep: int) -> int:
        """The end of a pair, including the comments below it that are indented at least `deep`."""
        for at in range(end, until):
            line = self.lines[at]
            bare = line.lstrip(" ")
            if bare.strip() and not bare.startswith("#"):
                break
            if bare.startswith("#") and len(line) - len(bare) >= deep:
                end = at + 1
        return end

    def indent(self, block: _Block, held: Map) -> int | None:
        """The indent of a pair's key; None if anything but spaces is before it."""
        span = held.key_at(block.key)
        before = self.lines[span.line - 1][: span.column - 1]
        return None if before.strip(" ") else len(before)


def _last_line(node: Node, span: Span) -> int:
    """The number of the last line of a value, counted from 1."""
    if isinstance(node, Map) and node and not node.is_flow:
        key = list(node)[-1]
        return _last_line(node[key], node.at(key))
    if isinstance(node, Seq) and node and not node.is_flow:
        return _last_line(node[-1], node.at(len(node) - 1))
    return span.end_line - (span.end_column == 1 and span.end_line > span.line)


def _taken_apart(text: str) -> Files:
    source = _Lines(text)
    root = source.node
    taken: set[int] = set()
    files: Files = {}
    for piece in PIECES:
        blocks = source.blocks(piece)
        held = root[piece] if isinstance(root, Map) and blocks else None
        if not isinstance(held, Map) or None in (source.indent(one, held) for one in blocks):
            continue
        for block in blocks:
            lines = source.lines[block.first : block.end]
            pair = {block.key: held[block.key]}
            files[f"{piece}/{block.key}.yaml"] = _piece_of(lines, pair)
            taken.update(range(block.first, block.end))
    rest = [line for at, line in enumerate(source.lines) if at not in taken]
    whole = _SCHEMA_OF_FILE.sub(rf"\1{_DEEPER}", "".join(rest), count=1)
    return {PARTY: whole, **files, ORDER: "\n".join([_ABOUT_ORDER, *files, ""])}


def _piece_of(lines: Sequence[str], pair: Mapping[str, Node]) -> str:
    """The lines of a piece, without their indent if they mean the same without it."""
    moved = _moved(lines, -_INDENT)
    whole = "".join(lines)
    if moved is None:
        return whole
    found = _Lines("".join(moved))
    fits = found.node == pair and isinstance(found.node, Map)
    return "".join(moved) if fits and found.node.key_at(next(iter(pair))).column == 1 else whole  # type: ignore[union-attr]


def _moved(lines: Sequence[str], by: int) -> list[str] | None:
    """The lines indented by so many columns more, or fewer if negative; None if that is impossible.

    An empty line stays as it is.
    """
    moved = []
    for line in lines:
        body = line.rstrip("\r\n")
        if not body:
            moved.append(line)
        elif by >= 0:
            moved.append(" " * by + line)
        elif body.startswith(" " * -by) and len(body) > -by:
            moved.append(line[-by:])
        else:
            return None
    return moved


def _with_pieces(text: str, piece: str, texts: Sequence[str]) -> str:
    """A party's file with pieces added to one of its maps; raises WrongUsage if it cannot be."""
    source = _Lines(text)
    root = source.node
    if not isinstance(root, Map) or (root.is_flow and texts):
        raise WrongUsage(f"“{PARTY}” is not written as a map without braces")
    own = root.get(piece)
    if own is not None and not texts:
        return text
    blocks = source.blocks(piece)
    indents = [_indent_of(one) for one in texts]
    if blocks and isinstance(own, Map):
        depth, at = source.indent(blocks[0], own) or _INDENT, blocks[-1].end
    else:
        depth = next(filter(None, indents), _INDENT)
        text, at = _opened(text, root, piece, empty=not texts)
    lines = _LINE.findall(text)
    put: list[str] = []
    left = limit("file-bytes") - len(text)
    for one, indent in zip(texts, indents, strict=True):
        held = _LINE.findall(one.removeprefix(_BOM))
        left -= len(one) + (depth - indent) * len(held)
        if left < 0:
            raise WrongUsage(f"as one file, {too_large('file-bytes').reason}")
        moved = _moved(held, depth - indent)
        if moved is None:
            raise WrongUsage(f"the {piece} are indented too differently to be put together")
        put += _closed(moved)
    rest = lines[at:]
    joined = "".join([*_closed(lines[:at]), *put, *rest])
    # The last line keeps its end, or has none as before.
    ends = lines[at - 1] if not put else _LINE.findall(texts[-1])[-1]
    return joined if rest or ends.endswith(("\r", "\n")) else joined.rstrip("\r\n")


def _closed(lines: list[str]) -> list[str]:
    """The lines; the last one gets a line end if it has none."""
    if lines and not lines[-1].endswith(("\r", "\n")):
        return [*lines[:-1], f"{lines[-1]}\n"]
    return lines


def _opened(text: str, root: Map, piece: str, empty: bool) -> tuple[str, int]:
    """The text with the key of an empty map, and the number of lines before its first pair.

    Raises WrongUsage if the map is written in braces.
    """
    lines = _LINE.findall(text)
    nothing = " {}" if empty else ""
    if piece not in root:
        lines = [*_closed(lines), f"{piece}:{nothing}\n"]
        return "".join(lines), len(lines)
    key, value = root.key_at(piece), root.at(piece)
    if isinstance(root[piece], Map) and root[piece]:
        raise WrongUsage(f"“{piece}” is written in braces; write one pair on a line")
    line = lines[key.line - 1]
    colon = line.index(":", key.end_column - 1) + 1
    rest = line[colon:]
    if value.end_line == key.line and value.end_column - 1 > colon:
        rest = line[value.end_column - 1 :]
    lines[key.line - 1] = line[:colon] + nothing + rest
    return "".join(lines), key.line


def _indent_of(text: str) -> int:
    """The indent of a piece; raises WrongUsage if it does not begin with a key."""
    found = _Lines(text.removeprefix(_BOM))
    node = found.node
    if isinstance(node, Map) and node and not node.is_flow:
        span = node.key_at(next(iter(node)))
        above = found.lines[: span.line - 1]
        if not found.lines[span.line - 1][: span.column - 1].strip(" ") and all(
            not line.strip() or line.lstrip(" ").startswith("#") for line in above
        ):
            return span.column - 1
    raise WrongUsage("a file does not begin with the key of a map; write it without braces and ---")
