"""Texts that have swallowed what stands below them in a file."""

import re
from collections.abc import Container, Iterator, Set
from typing import Any, NamedTuple

from claimpos.dossier.findings import SourceText, Span
from claimpos.dossier.model import Dossier
from claimpos.dossier.nodes import Map, Node, Seq
from claimpos.dossier.parsing.file import parse
from claimpos.validation.rules.rule import Diagnostic, Place, Scope, warning

# Blanks and ends of lines that `_may_go_on` does not tell apart.
_UNUSUAL = "\t\r\x85\u2028\u2029"
_DASHES = re.compile("(?:- +)*")
_PLAIN_KEY = re.compile(r"[\w.-]+:(?: +|\Z)")
_WORD = r"""(["']?)(?P<word>[\w.-]+)\1\s*"""
_KEY = re.compile(rf"\s*(?:-\s+(?=\S))*(?:[\[{{]\s*)?{_WORD}:(?:\s+(?P<opens>[\[{{])?|\Z)")
_MEMBER = re.compile(rf"\s*(?:-\s+(?=\S))+{_WORD}(?:#.*)?\Z")
_BRACKETED = re.compile(rf"\s*(?:-\s+(?=\S))+[\[{{]\s*{_WORD}[,\]}}]")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_ID = re.compile("[a-z0-9-]+")

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
    known: Set[str] = frozenset()
    for name, source in scope.texts.items():
        if source.parsed is None and not _may_go_on(source.text):
            continue  # to parse a large file again takes ten times as long
        for text in _maybe_keys(parse(source)[0]):
            for line, found in _like_keys(text.span, source):
                known = known or _known_words(scope.dossier)
                if _is_like_one(found, known):
                    yield Diagnostic(
                        Place(name, text.steps),
                        f"line {line} is part of this text, though “{found['word']}” in it looks "
                        "like a key or a member of a list",
                        "end the text above that line, or begin the line with another word",
                    )
                    break


def _may_go_on(text: str) -> bool:
    """Whether a value may go on below the line where it begins, on one indented further."""
    if any(sign in text for sign in _UNUSUAL):
        return True
    above: int | None = None
    for line in text.split("\n"):
        body = line.lstrip(" ")
        if not body or body[0] == "#":
            continue
        indent = len(line) - len(body)
        if above is not None and indent > above:
            return True
        dashes = indent
        if body[0] == "-" and (found := _DASHES.match(line, indent)):
            dashes = found.end()
        above = max(indent, line.rfind("-", indent, dashes))
        if key := _PLAIN_KEY.match(line, dashes):
            above = dashes if key.end() < len(line) else None
        elif line[dashes:] == "-":
            above = None
    return False


def _known_words(dossier: Dossier) -> set[str]:
    """The keys that files of a dossier may have, and its ids."""
    from claimpos.dossier.schemas import keys_of_files  # few dossiers need them

    return {*_ids(dossier), *keys_of_files()}


def _ids(dossier: Dossier) -> Iterator[str]:
    """The ids of which keys and lists in files consist."""
    yield from (*dossier.groups, *dossier.sources, *dossier.parties, *dossier.proposals)
    for key, issue in dossier.issues.items():
        yield from (key, *issue.items, *issue.options)
    for party in dossier.parties.values():
        yield from party.statements


def _like_keys(span: Span, source: SourceText) -> Iterator[tuple[int, re.Match[str]]]:
    """The lines of a text, but its first, in the form of a key or a member: number and match."""
    # A text after | or > ends where the line below it begins.
    for number in range(span.line + 1, span.end_line + (span.end_column > 1)):
        line = source.line(number)
        if found := _KEY.match(line) or _MEMBER.match(line) or _BRACKETED.match(line):
            yield source.place(Span(number, 1, number, 1))[1].line, found


def _is_like_one(found: re.Match[str], known: Container[str]) -> bool:
    """Whether it is a known word, a figure, or any key whose value is in brackets or braces."""
    word = found["word"]
    opens = found.groupdict().get("opens") and _ID.fullmatch(word)
    return bool(word in known or opens or _NUMBER.fullmatch(word))


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


def _maybe_keys(root: Node) -> Iterator[_Text]:
    """The texts of a file, except keys, that may hold what looks like a key or a member."""
    ahead: list[tuple[Any, _Steps]] = [(root, ())] if isinstance(root, (Map, Seq)) else []
    for holder, above in ahead:  # also over those that are added meanwhile
        for step, value in holder.items() if isinstance(holder, Map) else enumerate(holder):
            if isinstance(value, str):
                ends_as_key = value[-1:] == ":"
                if ends_as_key or ": " in value or "- " in value or "\n" in value or "\t" in value:
                    yield _Text(holder, step, above)
            elif isinstance(value, (Map, Seq)):
                ahead.append((value, (*above, step)))
