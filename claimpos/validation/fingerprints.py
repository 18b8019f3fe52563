"""A name for each finding that stays the same while other lines of its file are edited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from hashlib import sha256
from pathlib import PurePath

from claimpos.dossier.findings import Finding, SourceText

_DEEPEST = 20  # or else a file without end of ever deeper lines takes memory without end
_LONGEST = 400  # and one of ever longer lines takes time without end


def fingerprints(findings: Sequence[Finding]) -> list[str]:
    """A fingerprint for each: of the rule, the file's name, the line and those that it is under.

    Line numbers and messages play no part; of several in one line, or in lines alike in all of
    this, the first, second … are told apart.
    """
    seen: Counter[bytes] = Counter()
    lines: dict[SourceText, set[int]] = {}
    for finding in findings:
        lines.setdefault(finding.source, set()).add(finding.span.line)
    contexts = {source: dict(_contexts(source, asked)) for source, asked in lines.items()}
    prints = []
    for finding in findings:
        source = finding.source
        context = contexts[source].get(finding.span.line, ())
        text = "\0".join((finding.code, PurePath(source.path).name, *context, ""))
        name = sha256(text.encode("utf-8", "replace"))
        key = name.digest()
        name.update(str(seen[key]).encode())
        prints.append(name.hexdigest()[:32])
        seen[key] += 1
    return prints


def _contexts(source: SourceText, asked: Container[int]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Of each line asked for, the lines that it is indented under, outermost first, and itself."""
    above: list[tuple[int, str]] = []
    for number, line in enumerate(source.lines, 1):
        text = line.strip()
        # A list may stand at the indent of its key, and is under it all the same.
        indent = 2 * (len(line) - len(line.lstrip())) + text.startswith("-")
        if len(text) > _LONGEST:
            text = sha256(text.encode("utf-8", "replace")).hexdigest()
        lone = not text or text.startswith("#")
        if not lone:
            while above and above[-1][0] >= indent:
                above.pop()
            above.append((indent, text))
        if number in asked:
            yield number, (text,) if lone else tuple(one for _, one in above[-_DEEPEST:])
