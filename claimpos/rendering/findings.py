"""Findings and errors as text: where, how bad, what, the line with a caret, and the remedy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from claimpos.dossier.findings import Finding, abridged
from claimpos.errors import (
    ClaimposError,
    InvalidAddition,
    InvalidDossier,
    InvalidWorksheet,
    UnknownName,
)
from claimpos.rendering.text import Paint, isolated, safe, width_of
from claimpos.wording.grammar import counted

if TYPE_CHECKING:
    from claimpos.validation.checking import Checked
    from claimpos.validation.quotes import Lookup

_LONGEST = 76  # with its indent it fits a terminal of 80 columns
_COLOURS = {"error": "red", "warning": "yellow", "note": "dim"}
_PLAIN = Paint(on=False)


def report(checked: Checked, name: str, paint: Paint, strict: bool = False) -> str:
    """What a run of validate found, in the format of this name; only text has colours.

    With `strict`, warnings fail.
    """
    if name == "text":
        return checked_text(checked, paint)
    from claimpos.rendering.finding_formats import FORMATS

    return FORMATS[name](checked, strict)


def checked_text(checked: Checked, paint: Paint = _PLAIN) -> str:
    """For people: each finding with its line and a caret; the last line counts."""
    lines = [finding_text(finding, paint) for finding in checked.findings]
    silenced = f"; {checked.silenced} silenced" if checked.silenced else ""
    files = counted(len(checked.files), "file", "files")
    summary = f"{by_severity(checked.findings)}; {files} checked{silenced}"
    return "\n".join([*lines, summary]) + "\n"


def findings_text(findings: Sequence[Finding]) -> str:
    """The errors that stop a command, each with its line; a last line gives the outcome."""
    return _stopping(abridged(findings), findings, "; the command was not run")


def _unwritten_text(findings: Sequence[Finding], where: str) -> str:
    """The same of errors in what was to be written, which no other command can list."""
    shown = abridged(findings, "mend the first ones; the command then names the next")
    return _stopping(shown, findings, f" in {where}; nothing was written")


def _stopping(shown: Sequence[Finding], findings: Sequence[Finding], outcome: str) -> str:
    return "\n".join([*map(finding_text, shown), f"{by_severity(findings)}{outcome}"]) + "\n"


def by_severity(findings: Sequence[Finding]) -> str:
    """How many errors, warnings and notes there are, or that there are none."""
    numbers: Counter[str] = Counter()
    for finding in findings:
        numbers[finding.severity] += finding.number
    counts = [
        counted(numbers[severity], severity, f"{severity}s")
        for severity in _COLOURS
        if numbers[severity]
    ]
    return ", ".join(counts) or "No errors, warnings or notes"


def finding_text(finding: Finding, paint: Paint = _PLAIN) -> str:
    """One finding: path:line:column, then its line, a caret and the remedy, each indented."""
    span = finding.span
    severity = paint(finding.severity, "bold", _COLOURS[finding.severity])
    head = f"{_line(finding.source.path)}:{span.line}:{span.column}: {severity}: "
    lines = [f"{head}{_line(finding.message)} [{finding.code}]", *map(safe, _excerpt(finding))]
    if finding.hint:
        lines.append(f"    help: {_line(finding.hint)}")
    return "\n".join(lines)


def _line(text: str) -> str:
    """The text on one line, whatever it quotes from a file."""
    return isolated(" ".join(safe(text).splitlines()))


def _excerpt(finding: Finding) -> list[str]:
    """The line and a caret under it; of a long line the part around the place.

    Nothing of a file that is not recognised as one of a dossier.
    """
    if not finding.source.is_of_a_dossier:
        return []
    span = finding.span
    line = finding.source.line(span.line)
    at = min(span.column - 1, len(line))
    start = max(0, min(at - _LONGEST // 2, len(line) - _LONGEST))
    shown = line[start : start + _LONGEST].replace("\t", " ")
    if not shown.strip():
        return []
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    width = max(1, min(end - start, len(shown)) - (at - start))
    if start:
        shown = f"…{shown[1:]}"
    if start + _LONGEST < len(line):
        shown = f"{shown[:-1]}…"
    before = width_of(shown[: at - start])
    marked = max(1, width_of(shown[at - start : at - start + width]))
    return [f"    {shown}", f"    {' ' * before}{'^' * marked}"]


def error_text(error: ClaimposError) -> str:
    """The message of an error, with a line end."""
    if isinstance(error, InvalidAddition):
        return _unwritten_text(error.findings, "the files as they would have been")
    if isinstance(error, InvalidWorksheet):
        return _unwritten_text(error.findings, "the worksheet")
    if isinstance(error, InvalidDossier):
        return findings_text(error.findings)
    if isinstance(error, UnknownName):
        from claimpos.wording.names import joined

        near = joined((f"“{name}”" for name in error.nearest), "or") if error.nearest else ""
        asked = f" Did you mean {near}?" if near else ""
        return isolated(safe(f"claimpos: {error}.{asked} See `{error.remedy}`.\n"))
    end = "" if str(error).endswith("?") else "."
    return isolated(safe(f"claimpos: {error}{end}\n"))


_NAMED = 3


def _halves(found: Sequence[Lookup]) -> Iterator[str]:
    """Of which quotes only the translation, or only the original, is in the text of a source."""
    halves: dict[tuple[str, str], list[str]] = {}
    for one in found:
        if one.answer == "found" and one.missing:
            there = "translation" if one.missing == ("quote-original",) else "original"
            halves.setdefault((one.source, there), []).append(f"{one.party}/{one.statement}")
    for (source, there), names in halves.items():
        more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
        yield f"{source}: only the {there} is there of {', '.join(names[:_NAMED])}{more}"


def quotes_text(found: Sequence[Lookup], findings: Sequence[Finding], paint: Paint) -> str:
    """The quotes that are not found, then the sources without a text; the last line counts all."""
    lines = [finding_text(finding, paint) for finding in findings]
    lacking = Counter(one.source for one in found if one.answer == "no text")
    for source, number in lacking.items():
        quotes = counted(number, "quote", "quotes")
        lines.append(f"{source}: no text at hand for {quotes}")
    lines += _halves(found)
    counts = Counter(one.answer for one in found)
    lines.append(
        f"{counts['found']} found, {counts['not found']} not found, "
        f"{counts['no text']} without a text at hand"
    )
    return "\n".join(lines) + "\n"
