"""Where in a YAML file a cursor is, even if the file is half written."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

ITEM = "[]"
"""The step from a list to one of its members."""

_WORD = re.compile(r"(?<![\w.-])[\w.-]*+\Z")
_WORD_AFTER = re.compile(r"[\w.-]*")
_DASH = re.compile(r"-(?:[ \t]+|\Z)")
_KEY = re.compile(
    r"(\"[^\"]*\"|'[^']*'|[^\s\"'{}\[\],#&*!|>%@`](?:[^:#{}\[\],]*[^\s:#{}\[\],])?)\s*:(?=\s|\Z)"
)
_BLOCK_TEXT = re.compile(r"[|>][0-9+-]*\s*(?:#.*)?\Z")
_TOKEN = re.compile(r"\"(?:[^\"\\]|\\.)*\"?|'(?:[^']|'')*'?|#.*|[{}\[\],:]|[^\"'#{}\[\],:]+")
_LONGEST_LINE = 2_000


class Cursor(NamedTuple):
    """A place in a file: the keys that lead there, and the word that the cursor is in.

    `path` holds keys and, for a member of a list, `ITEM`; `is_value` says that the last key's
    value stands there, and else that a key of it does. `start` and `end` are the word's columns,
    from 0.
    """

    path: tuple[str, ...]
    is_value: bool
    word: str
    start: int
    end: int


def cursor_at(lines: Sequence[str], row: int, column: int) -> Cursor:
    """The place at a row and a column, both from 0.

    Behind a dash, and on a line of its own below a key, it cannot be known yet whether a value or
    a key will stand there.
    """
    line = lines[row] if row < len(lines) else ""
    before = _WORD.search(line[:column])
    start = column if before is None else before.start()
    after = _WORD_AFTER.match(line, column)
    end = column if after is None else after.end()
    path = _Path()
    for one in lines[:row]:
        path.read(one[:_LONGEST_LINE])
    path.read(f"{line[:start]}\x00"[:_LONGEST_LINE])
    return Cursor(tuple(path.steps()), path.is_value, line[start:end], start, end)


class _Block(NamedTuple):
    """A key, or the dash of a member, and its column."""

    indent: int
    step: str


class _Path:
    """The keys that lead to the end of the text that was read so far."""

    def __init__(self) -> None:
        self.blocks: list[_Block] = []
        self.flow: list[str] = []  # of each open bracket, which it is and the key behind it
        self.keys: list[str] = []
        self.latest = ""  # the key or the text that was read last between brackets
        self.is_value = False
        self.text_from: int | None = None  # the column of a key whose value is a block of text

    def steps(self) -> Iterator[str]:
        """The keys and members, outermost first."""
        yield from (block.step for block in self.blocks)
        for bracket, key in zip(self.flow, self.keys, strict=True):
            if bracket == "[":
                yield ITEM
            elif key:
                yield key

    def read(self, line: str) -> None:
        """Read a line, or the beginning of one with a NUL at its end."""
        bare = line.strip(" \t\r")
        if not bare or bare.startswith("#"):
            return
        indent = len(line) - len(line.lstrip(" "))
        if self.text_from is not None:
            if indent > self.text_from:
                return
            self.text_from = None
        self.is_value = False
        rest = line if self.flow else self.read_block(line, indent)
        if rest and not self.flow and _BLOCK_TEXT.match(rest):
            self.text_from = self.blocks[-1].indent if self.blocks else 0
        else:
            self.read_flow(rest)

    def read_block(self, line: str, indent: int) -> str:
        """Read dashes and a key at the beginning of a line, and return what follows them."""
        at = indent
        while dash := _DASH.match(line, at):
            self.close(at, is_dash=True)
            self.blocks.append(_Block(at, ITEM))
            at = dash.end()
        if key := _KEY.match(line, at):
            self.close(at)
            self.blocks.append(_Block(at, key[1].strip("\"'")))
            self.is_value = True
            return line[key.end() :].strip()
        if at == indent:
            self.close(at)
        self.is_value = at > indent
        return line[at:].strip(" ")

    def close(self, indent: int, is_dash: bool = False) -> None:
        """Leave what does not hold a key, or a dash, of this column."""
        while self.blocks and (
            self.blocks[-1].indent > indent
            or (self.blocks[-1].indent == indent and (not is_dash or self.blocks[-1].step == ITEM))
        ):
            self.blocks.pop()

    def read_flow(self, text: str) -> None:
        """Read what is written between brackets, which may stay open at the end."""
        for token in _TOKEN.findall(text):
            if token in "{[":
                self.flow.append(token)
                self.keys.append("")
            elif token in "}]" and self.flow:
                self.flow.pop()
                self.keys.pop()
            elif token == "," and self.flow:
                self.keys[-1] = ""
            elif token == ":" and self.flow and self.latest:
                self.keys[-1] = self.latest
            self.latest = token.strip(" \t\"'") if token.strip() not in ("", ":") else self.latest
        if self.flow:
            self.is_value = self.flow[-1] == "[" or bool(self.keys[-1])
