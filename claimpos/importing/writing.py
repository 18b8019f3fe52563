"""Plain data as the YAML of a dossier's files, and which line of it came from where."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from claimpos.importing.draft import Piece

# Texts that need no quotes: nothing in them has a meaning in YAML, and none reads as a number.
_PLAIN = re.compile(r"[^\W_](?:[\w.;,()'’“”„«»/–—%&+*=$€£ -]|:(?=[\w/]))*(?<! )\Z")
_PLAIN_IN_FLOW = re.compile(r"[^\W\d_](?:[\w.;()'’“”/–+-]| (?=\S))*\Z")
_NUMBER = re.compile(r"-?[0-9.]+(?:[eE][+-]?[0-9]+)?\Z")
_WORDS = {"true", "false", "null"}
# What stands in one line, as people write it.
_FLOW = frozenset({"demands", "proposes", "accepts", "refuses"})


class Written(NamedTuple):
    """A file's text, and the pieces that begin at some of its lines, counted from 1."""

    text: str
    pieces: list[tuple[int, Piece]]

    def piece_at(self, line: int) -> Piece | None:
        """The piece that a line of the text belongs to."""
        at = bisect_right(self.pieces, line, key=lambda pair: pair[0])
        return self.pieces[at - 1][1] if at else None


def write(data: Mapping[str, Any]) -> Written:
    """The data as YAML in block style, outcomes and lists of texts in a line."""
    lines: list[str] = []
    pieces: list[tuple[int, Piece]] = [(1, data)] if isinstance(data, Piece) else []
    for line, piece in _block(data, ""):
        lines.append(line)
        if piece is not None:
            pieces.append((len(lines), piece))
    return Written("\n".join(lines) + "\n", pieces)


def _block(data: Mapping[str, Any], indent: str) -> Iterator[tuple[str, Piece | None]]:
    for key, value in data.items():
        begun = value if isinstance(value, Piece) else None
        if isinstance(value, dict) and value and key not in _FLOW:
            yield f"{indent}{key}:", begun
            yield from _block(value, indent + "  ")
        elif isinstance(value, list) and any(isinstance(one, Piece) for one in value):
            yield f"{indent}{key}:", None
            for member in value:
                for number, (line, piece) in enumerate(_block(member, "")):
                    dash = f"{indent}  {'  ' if number else '- '}"
                    yield dash + line, piece if number else member
        else:
            inline = isinstance(value, list | dict)
            yield f"{indent}{key}: {flow(value) if inline else _scalar(value, _PLAIN)}", begun


def flow(value: Any) -> str:
    """The data in one line: `{crimea: de-jure}`, `[a, b]`, a number, a text."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(flow, value))}]"
    return _scalar(value, _PLAIN_IN_FLOW)


def _scalar(value: Any, plain: re.Pattern[str]) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    if plain.match(value) and value not in _WORDS and not _NUMBER.match(value):
        return str(value)
    return json.dumps(value, ensure_ascii=False)
