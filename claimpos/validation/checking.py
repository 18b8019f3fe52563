"""Checks a dossier: reports the errors in its files, and what the rules find."""

import sys
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import Any, NamedTuple

from claimpos.dossier.files import Contents
from claimpos.dossier.findings import (
    START,
    Finding,
    Findings,
    SourceText,
    Span,
    in_order,
    shown_path,
)
from claimpos.dossier.limits import limit
from claimpos.dossier.loading import load_folder, source_of
from claimpos.dossier.locate import file_of
from claimpos.dossier.nodes import Map, Node, Seq
from claimpos.dossier.parsing.file import parse
from claimpos.validation.gate import faults_of
from claimpos.validation.rules import (
    answers,
    consistency,
    dates,
    ends,
    figures,
    files,
    names,
    omissions,
    references,
    sense,
    sourcing,
    titles,
    upkeep,
)
from claimpos.validation.rules.comments import silenced
from claimpos.validation.rules.rule import Diagnostic, Place, Rule, Scope, Since, Spot, rules_in
from claimpos.validation.rules.upkeep import AGED, UNREVIEWED

_DEEPEST = 20  # bounds the memory that a file of ever deeper lines takes
_LONGEST = 400  # bounds the time that a file of ever longer lines takes


def fingerprints(findings: Sequence[Finding]) -> list[str]:
    """A fingerprint of each finding: of its rule, the file's name, and the line in its context.

    The context is the lines under which the line is indented. Line numbers and messages do not
    count. Findings that are the same in all of this are numbered.
    """
    from hashlib import sha256  # only some formats have fingerprints

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
    """For each line asked for, the lines under which it is indented, then the line itself."""
    above: list[tuple[int, str]] = []
    for number, line in enumerate(source.lines, 1):
        text = line.strip()
        # A list may have the same indent as its key, but is under it.
        indent = 2 * (len(line) - len(line.lstrip())) + text.startswith("-")
        if len(text) > _LONGEST:
            from hashlib import sha256

            text = sha256(text.encode("utf-8", "replace")).hexdigest()
        lone = not text or text.startswith("#")
        if not lone:
            while above and above[-1][0] >= indent:
                above.pop()
            above.append((indent, text))
        if number in asked:
            yield number, (text,) if lone else tuple(one for _, one in above[-_DEEPEST:])


_RULES = [
    rule
    for module in (
        sense,
        omissions,
        answers,
        consistency,
        dates,
        ends,
        figures,
        references,
        sourcing,
        upkeep,
        names,
        titles,
    )
    for rule in rules_in(module)
]
_OF_PARTIES = [rule for rule in _RULES if rule.of_party]
_OF_DOSSIERS = [rule for rule in _RULES if not rule.of_party]
_OF_FILES = rules_in(files)


class Checked(NamedTuple):
    """The findings of a run in order, the files checked, and the findings that were silenced."""

    findings: list[Finding]
    files: list[str]
    ignored: Sequence[Finding] = ()

    @property
    def silenced(self) -> int:
        """The number of findings silenced."""
        return sum(finding.number for finding in self.ignored)

    def count(self, severity: str) -> int:
        """The number of findings with this severity."""
        return sum(one.number for one in self.findings if one.severity == severity)


def check_folder(
    folder: Path,
    today: date,
    stale_after: int | None = None,
    edited: Mapping[Path, bytes] = MappingProxyType({}),
    ages_end: bool = False,
    unreviewed: bool = False,
    contents: Contents | None = None,
) -> Checked:
    """Check a dossier.

    Rules are not applied to a file with errors, and those about the dossier as a whole not while
    any file has errors: as pieces are missing, they would often be wrong.

    Args:
        folder: The dossier's folder.
        today: The day of the check.
        stale_after: The age in days from which on a position is stale; None if age does not matter.
        edited: What files are about to hold, in place of what they hold now.
        ages_end: Whether positions no longer age after the day on which the talks closed.
        unreviewed: Whether to report what nobody has reviewed.
        contents: The contents of the folder, if they are known already.
    """
    loaded = load_folder(folder, edited, contents)
    faults = faults_of(loaded)
    closed = loaded.dossier.closed if ages_end else None
    aged_on = today if closed is None else min(closed.last, today)
    scope = Scope(loaded.dossier, folder, today, aged_on, stale_after, unreviewed, loaded.texts)
    reported = _reported(scope, {fault.source.path for fault in faults}, loaded.texts)
    findings = Findings(faults)
    findings.extend(located(reported, folder, loaded.texts, limit("findings-of-rule")))
    asked = {AGED: stale_after is not None, UNREVIEWED: unreviewed}
    waiting = {code for code, is_asked in asked.items() if not is_asked}
    left, ignored = silenced(findings, loaded.texts.values(), waiting)
    for text in loaded.texts.values():
        text.parsed = None  # saves memory: findings keep texts, and a run may check many dossiers
    return Checked(in_order(left), _paths(loaded.texts.values()), ignored)


def _reported(
    scope: Scope, faulty: set[str], texts: Mapping[str, SourceText]
) -> Iterator[tuple[Rule, Diagnostic]]:
    yield from _asked(_OF_FILES, scope)
    if any(texts[name].path in faulty for name in ("agenda.yaml", "sources.yaml")):
        return
    for party in scope.dossier.parties.values():
        text = texts.get(file_of(party.id))
        if text is not None and faulty.isdisjoint(_paths([text])):
            yield from _asked(_OF_PARTIES, party, scope)
    if not faulty:
        yield from _asked(_OF_DOSSIERS, scope)


def _paths(texts: Iterable[SourceText]) -> list[str]:
    """The paths of some texts or, if several files are read as one, of these files."""
    return [file.path for text in texts for file in (text.files.values() or [text])]


def _asked(rules: Iterable[Rule], *about: object) -> Iterator[tuple[Rule, Diagnostic]]:
    for rule in rules:
        for diagnostic in rule.check(*about):
            yield rule, diagnostic


def located(
    found: Iterable[tuple[Rule, Diagnostic]],
    folder: Path,
    texts: Mapping[str, SourceText] = MappingProxyType({}),
    most: int = sys.maxsize,
) -> Iterator[Finding]:
    """The findings for what rules report, at their places in the files.

    Only files for which something is reported are parsed again.

    Args:
        found: What is reported, with the rule of each.
        folder: The dossier's folder.
        texts: Files that have been read already, by name.
        most: How many findings of one rule in one file are kept. Of further ones, only the first
            gets a place; after the others in its file, it comes again with the number of the rest.
            By default, all are kept.
    """
    joined = {name for name, text in texts.items() if text.files}
    by_file, numbers = _by_file(found, joined, most)
    for file, pairs in by_file.items():
        source = texts.get(file)
        if source is None and not any(diagnostic.place.steps for _, diagnostic in pairs):
            source = SourceText(shown_path(folder / file), "")  # only the whole file, not its lines
        if source is None:
            source = source_of(folder, file)
        places = _Places(parse(source)[0])
        latest: dict[str, Finding] = {}
        for rule, diagnostic in pairs:
            span = places.span(diagnostic.place)
            finding = Finding(
                rule.code, source, span, diagnostic.message, diagnostic.hint, rule.severity
            ).in_its_file
            latest[rule.code] = finding
            yield finding
        del places  # saves memory: it need not be there beside that of the next file
        for code, finding in latest.items():
            if (rest := numbers[file, code] - most - 1) > 0 and file not in joined:
                yield finding._replace(number=rest)


def _by_file(
    found: Iterable[tuple[Rule, Diagnostic]], joined: Container[str], most: int
) -> tuple[dict[str, list[tuple[Rule, Diagnostic]]], Counter[tuple[str, str]]]:
    """What is reported on each file, and how much each rule reports there.

    Of one rule in one file, `most` and one more are listed. All are in a party's folder, which is
    `joined` from several files, each with findings of its own.
    """
    by_file: dict[str, list[tuple[Rule, Diagnostic]]] = {}
    numbers: Counter[tuple[str, str]] = Counter()
    for rule, diagnostic in found:
        file = diagnostic.place.file
        number = numbers[file, rule.code] = numbers[file, rule.code] + 1
        if number <= most + 1 or file in joined:
            by_file.setdefault(file, []).append((rule, diagnostic))
    return by_file, numbers


class _Places:
    """The places of the values of one file."""

    def __init__(self, node: Node) -> None:
        self.node = node
        # For each list of entries, the index of each by its first day; there may be thousands.
        self.begun: dict[int, dict[str, int]] = {}

    def span(self, place: Place) -> Span:
        """The place of a value or, if there is none, of what should hold it."""
        node, found = self.node, 0
        holder: Any = None
        key: Any = None
        for written in place.steps:
            if isinstance(written, Spot):
                return Span(*written, *written)
            step = self.entry(node, written) if isinstance(written, Since) else written
            if isinstance(node, Map) and step in node:
                holder, key, node = node, step, node[str(step)]
            elif isinstance(node, Seq) and isinstance(step, int) and step < len(node):
                holder, key, node = node, step, node[step]
            else:
                break
            found += 1
        if holder is None:
            return START
        of_key = place.key and found == len(place.steps) and isinstance(holder, Map)
        span: Span = holder.key_at(key) if of_key else holder.at(key)
        return span

    def entry(self, node: Node, since: Since) -> int:
        """The index of the entry that begins on a date, which is given as it is written."""
        begun = self.begun.get(id(node))
        if begun is None:
            begun = self.begun[id(node)] = {}
            for index, entry in enumerate(node if isinstance(node, Seq) else ()):
                written = entry.get("since") if isinstance(entry, Map) else None
                begun.setdefault(str(written), index)
        return begun[since.written]
