"""Texts that have swallowed what stands below them in a file."""

import re
from collections.abc import Iterator, Set
from typing import Any, NamedTuple

from claimpos.dossier.findings import SourceText, Span
from claimpos.dossier.nodes import Map, Node, Seq
from claimpos.dossier.parsing.file import parse
from claimpos.validation.rules.rule import Diagnostic, Place, Scope, warning

_MAYBE_KEYS = re.compile(r":(?:\s|\Z)|-\s")
_WORD = r"""(?:[\[{]\s*)?(["']?)(?P<word>[\w.-]+)\1\s*"""
_KEY = re.compile(rf"\s*(?:-\s+(?=\S))*{_WORD}:(?:\s|\Z)")
_MEMBER = re.compile(rf"\s*(?:-\s+(?=\S))+{_WORD}(?:[,\]}}]|(?:#.*)?\Z)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")

_Steps = tuple[str | int, ...]


@warning(112)
def keys_in_a_text(scope: Scope) -> Iterator[Diagnostic]:
    """CP112 warning: a line of a text that looks like a key or a member of a list

    What is indented further than the key of a text may belong to that text, whatever it looks like.
    So a text can swallow the lines below it, such as an entry or a red line.

    FAIL
        positions:
          status:
            - since: 2025
              evidence: [said]
              accepts:
                - open
              note: So they said.
                - barred
    PASS
        positions:
          status:
            - since: 2025
              evidence: [said]
              accepts:
                - open
                - barred
              note: So they said.
    """
    issues = scope.dossier.issues
    ids = {*issues, *(one for issue in issues.values() for one in (*issue.items, *issue.options))}
    for name, source in scope.texts.items():
        node = parse(source)[0]
        known: Set[str] = frozenset()
        for text in _maybe_keys(node):
            for line, word in _like_keys(text.span, source):
                known = known or ids.union(_keys(node))
                if word in known or _NUMBER.fullmatch(word):
                    yield Diagnostic(
                        Place(name, text.steps),
                        f"line {line} is part of this text, though “{word}” in it looks like a key "
                        "or a member of a list",
                        "end the text above that line, or begin the line with another word",
                    )
                    break


def _like_keys(span: Span, source: SourceText) -> Iterator[tuple[int, str]]:
    """The lines of a text, but its first, that look like keys or members; and the words that do."""
    # A text after | or > ends where the line below it begins.
    for number in range(span.line + 1, span.end_line + (span.end_column > 1)):
        line = source.line(number)
        if found := _KEY.match(line) or _MEMBER.match(line):
            place = Span(number, 1, number, 1)
            yield source.place(place)[1].line, found["word"]


def _keys(node: Node) -> Iterator[str]:
    if isinstance(node, Map):
        yield from node
    if isinstance(node, Map | Seq):
        for value in node.values() if isinstance(node, Map) else node:
            yield from _keys(value)


class _Text(NamedTuple):
    """A text of a file that is no key: what holds it, at which step, and the steps to that."""

    holder: Any
    step: str | int
    above: _Steps

    @property
    def steps(self) -> _Steps:
        return (*self.above, self.step)

    @property
    def span(self) -> Span:
        span: Span = self.holder.at(self.step)
        return span


def _maybe_keys(node: Node, steps: _Steps = ()) -> Iterator[_Text]:
    """The texts of a file, except keys, that may hold what looks like a key or a member."""
    if isinstance(node, Map | Seq):
        for step, value in node.items() if isinstance(node, Map) else enumerate(node):
            if isinstance(value, Map | Seq):
                yield from _maybe_keys(value, (*steps, step))
            elif isinstance(value, str) and _MAYBE_KEYS.search(value):
                yield _Text(node, step, steps)
