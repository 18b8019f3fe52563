"""Comments that silence: `# claimpos: ignore[CP411] reason` beside a line.

It silences what the rule finds in that line; several codes are separated by commas. Only warnings
and notes are silenced: an error stops every command, whatever a comment says.

CP901 warning: a comment that silences nothing

    The rule reports errors, which no comment silences, or it reports nothing on this line; or there
    is no such rule, or the comment is not in the right form. While the dossier has errors, only a
    comment on an error is reported, because some rules then wait.

    FAIL
        name: A case  # claimpos: ignore[CP505] the quote is a legal text
    PASS
        name: A case

CP902 warning: a comment that silences a finding without a reason

    FAIL
        positions:
          status:
            - since: 2025
              refuses: [barred, deferred]  # claimpos: ignore[CP411]
              evidence: [said]
    PASS
        positions:
          status:
            - since: 2025
              refuses: [barred, deferred]  # claimpos: ignore[CP411] it says no more than that
              evidence: [said]
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Container, Iterable, Iterator
from typing import Any, NamedTuple

from claimpos.dossier.findings import Finding, Findings, SourceText, Span
from claimpos.dossier.nodes import Map, Node, Seq
from claimpos.dossier.parsing.file import parse

UNUSED, UNREASONED = "CP901", "CP902"

_MARK = "claimpos:"
_COMMENT = re.compile(r"(?:^|(?<=\s))# *claimpos: *([^\n]*)")
_IGNORE = re.compile(r"ignore\[([^\]]+)\](.*)")
_FORM = "# claimpos: ignore[CP411] it says no more than that"


class _Silencer(NamedTuple):
    source: SourceText
    span: Span
    codes: tuple[str, ...]
    reason: str


def silenced(
    findings: Iterable[Finding], texts: Iterable[SourceText], waiting: Container[str] = ()
) -> tuple[list[Finding], list[Finding]]:
    """The findings that remain, with those about comments, and the findings that are silenced.

    `waiting` are rules that this run does not apply: a comment for them may have no effect.
    """
    findings = list(findings)
    silencers = [one for text in texts if _MARK in text.text for one in _silencers(text)]
    if not silencers:
        return findings, []
    at = {(one.source.path, one.span.line, code): one for one in silencers for code in one.codes}
    errors = {_place(finding) for finding in findings if finding.severity == "error"}
    ignored = [one for one in findings if one.severity != "error" and _place(one) in at]
    left = [one for one in findings if one.severity == "error" or _place(one) not in at]
    of_comments = Findings(_unreasoned(one) for one in silencers if not one.reason)
    of_comments.extend(_on_error(one, place[2]) for place, one in at.items() if place in errors)
    if not errors:
        used = set(map(_place, findings))
        unused = ((place[2], one) for place, one in at.items() if place not in used)
        of_comments.extend(_unused(one, code) for code, one in unused if code not in waiting)
    return [*left, *of_comments], ignored


def _place(finding: Finding) -> tuple[str, int, str]:
    """The file, the line and the code that a comment needs to silence a finding.

    A finding that counts others, on other lines, cannot be silenced.
    """
    line = finding.span.line if finding.number == 1 else 0
    return finding.source.path, line, finding.code


def _silencers(source: SourceText) -> Iterator[_Silencer]:
    texts = sorted(_texts(parse(source)[0]))
    begins = [text[:2] for text in texts]
    for number, line in enumerate(source.lines, 1):
        for match in _COMMENT.finditer(line) if _MARK in line else ():
            span = Span(number, match.start() + 1, number, len(line.rstrip()) + 1)
            before = bisect_right(begins, span[:2]) - 1
            if before < 0 or span[:2] >= texts[before][2:]:
                yield _silencer(source, span, match.group(1))


def _silencer(source: SourceText, span: Span, written: str) -> _Silencer:
    """What a comment silences; one that is not in the right form has the code ""."""
    match = _IGNORE.match(written)
    codes, reason = match.groups() if match else ("", written)
    known = tuple(code.strip().upper() for code in codes.split(","))
    return _Silencer(*source.place(span), known, reason.strip())


def _texts(node: Node) -> Iterator[Span]:
    """The places, in any order, of texts that hold what looks like a comment."""
    left: list[Any] = [node]
    while left:
        holder = left.pop()
        if not isinstance(holder, Map | Seq):
            continue
        at: Callable[[Any], Span] = holder.at
        for key, value in holder.items() if isinstance(holder, Map) else enumerate(holder):
            if not isinstance(value, str):
                left.append(value)
            elif _MARK in value:
                yield at(key)


def _unused(one: _Silencer, code: str) -> Finding:
    from claimpos.validation.catalogue import catalogue

    message = f"this comment has no effect: {code} reports nothing on this line"
    hint = "delete it, or move it to the line the rule reports"
    if not code:
        message, hint = "this comment has no effect: it names no rule", f"write: {_FORM}"
    elif code not in catalogue():
        message = f"this comment has no effect: there is no rule {code}"
        hint = "`claimpos rules` lists them"
    return Finding(UNUSED, one.source, one.span, message, hint, "warning")


def _on_error(one: _Silencer, code: str) -> Finding:
    message = f"this comment has no effect: what {code} reports on this line is an error"
    hint = "fix the error, and delete the comment"
    return Finding(UNUSED, one.source, one.span, message, hint, "warning")


def _unreasoned(one: _Silencer) -> Finding:
    message = "a finding is silenced without a reason"
    hint = f"say why after the bracket: {_FORM}"
    return Finding(UNREASONED, one.source, one.span, message, hint, "warning")
