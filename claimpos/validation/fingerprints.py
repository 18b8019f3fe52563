"""A name for each finding that stays the same while other lines of its file are edited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import PurePath

from claimpos.dossier.findings import Finding, SourceText

_DEEPEST = 20  # or else a file without end of ever deeper lines takes memory without end


def fingerprints(findings: Sequence[Finding]) -> list[str]:
    """A fingerprint for each: of the rule, the file's name, the line and those that it is under.

    Line numbers and messages play no part; of several in one line, or in lines alike in all of
    this, the first, second … are told apart.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    contexts: dict[SourceText, list[tuple[str, ...]]] = {}
    prints = []
    for finding in findings:
        source, number = finding.source, finding.span.line
        if source not in contexts:
            contexts[source] = [*_contexts(source)]
        context = contexts[source][number - 1] if number <= len(source.lines) else ()
        key = (finding.code, PurePath(source.path).name, *context)
        text = "\0".join([*key, str(seen[key])])
        prints.append(sha256(text.encode("utf-8", "replace")).hexdigest()[:32])
        seen[key] += 1
    return prints


def _contexts(source: SourceText) -> Iterator[tuple[str, ...]]:
    """Of each line the lines that it is indented under, outermost first, and itself."""
    above: list[tuple[int, str]] = []
    for line in source.lines:
        text = line.strip()
        # A list may stand at the indent of its key, and is under it all the same.
        indent = 2 * (len(line) - len(line.lstrip())) + text.startswith("-")
        if text and not text.startswith("#"):
            while above and above[-1][0] >= indent:
                above.pop()
            above.append((indent, text))
            yield tuple(one for _, one in above[-_DEEPEST:])
        else:
            yield (text,)
