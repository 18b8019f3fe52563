"""What the YAML parser complains of, and the slip of the pen that is behind it."""

from __future__ import annotations

import re

from claimpos.dossier.findings import Finding, SourceText, Span

_NO_SPACE = re.compile(r" *(?:(-)[a-z][a-z-]*:(?: |$)|(?:- +)?[a-z][a-z-]*:[^ ])")
_UNCLOSED = "found unexpected end of stream"
_CHECK = "check the indent, the quotes and the brackets of this line and the one above"
_HINTS = {
    "mapping values are not allowed": "put a text that contains “: ” in quotes",
    "found character that cannot start any token": "put a text that begins with @, ` or % in "
    "quotes",
    "could not find expected ':'": "write `key: value`, and align it with the keys above",
    "did not find expected key": "align the key with its neighbours, and close every quote and "
    "bracket above it",
    "did not find expected '-' indicator": "align the dash with the dashes above it",
    "did not find expected ',' or": "separate the members with commas and close the bracket",
    _UNCLOSED: "close the quote that opens here",
}


def syntax_error(source: SourceText, error: Exception) -> Finding:
    """What the YAML parser complains of, at its place, with what to do about it."""
    problem = str(getattr(error, "problem", error))
    mark = getattr(error, "problem_mark", None)
    if problem == _UNCLOSED:
        mark = getattr(error, "context_mark", mark)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    hint = next((hint for start, hint in _HINTS.items() if problem.startswith(start)), _CHECK)
    hint = _slip(source, line, column) or hint
    span = Span(line, column, line, column + 1)
    return Finding("CP101", source, span, f"not valid YAML: {problem}", hint)


def _slip(source: SourceText, line: int, column: int) -> str:
    """The remedy of a slip that the parser notices only further on."""
    written = [source.line(number) for number in (line - 1, line) if number]
    for one in written:
        if slip := _NO_SPACE.match(one):
            return f"put a space after the {'dash' if slip.group(1) else 'colon'}"
    if written[-1][column - 1 : column] == "\t" or written[-1].startswith("\t"):
        return "indent with spaces, never with tabs"
    before = written[-1][: column - 1].rstrip()
    if before.endswith(("'", '"')) and before.count(before[-1]) > 1:
        return "the quoted text ends before this; put all of it in quotes, of the other kind"
    return ""
