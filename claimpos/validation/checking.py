"""Checks a dossier: the errors in its files, then what the rules report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePath
from types import MappingProxyType

from claimpos.dossier.findings import (
    START,
    Finding,
    Findings,
    SourceText,
    Span,
    in_order,
    shown_path,
)
from claimpos.dossier.loading import load_folder, source_of
from claimpos.dossier.locate import file_of
from claimpos.dossier.nodes import Map, Node, Seq
from claimpos.dossier.parsing.file import parse
from claimpos.records import NamedTuple
from claimpos.validation.gate import faults_of
from claimpos.validation.rules import (
    consistency,
    dates,
    figures,
    files,
    references,
    sense,
    sourcing,
    upkeep,
)
from claimpos.validation.rules.comments import silenced
from claimpos.validation.rules.rule import Diagnostic, Place, Rule, Scope, Since, rules_in
from claimpos.validation.rules.upkeep import AGED, UNREVIEWED

_DEEPEST = 20  # or an endless file of ever deeper lines would take endless memory
_LONGEST = 400  # and one of ever longer lines, endless time


def fingerprints(findings: Sequence[Finding]) -> list[str]:
    """A fingerprint for each: of the rule, the file's name, the line and those that it is under.

    Line numbers and messages play no part; of several in one line, or in lines alike in all of
    this, the first, second … are told apart.
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
    """Of each line asked for, the lines that it is indented under, outermost first, and itself."""
    above: list[tuple[int, str]] = []
    for number, line in enumerate(source.lines, 1):
        text = line.strip()
        # A list may stand at the indent of its key, and is under it all the same.
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
    for module in (sense, consistency, dates, figures, references, sourcing, upkeep)
    for rule in rules_in(module)
]
_OF_PARTIES = [rule for rule in _RULES if rule.of_party]
_OF_DOSSIERS = [rule for rule in _RULES if not rule.of_party]
_OF_FILES = rules_in(files)


class Checked(NamedTuple):
    """The findings of a run in order, the files that it looked at, and the findings silenced."""

    findings: list[Finding]
    files: list[str]
    ignored: Sequence[Finding] = ()

    @property
    def silenced(self) -> int:
        """How many findings were silenced."""
        return sum(finding.number for finding in self.ignored)

    def count(self, severity: str) -> int:
        """How many findings have this severity."""
        return sum(one.number for one in self.findings if one.severity == severity)


def check_folder(
    folder: Path,
    today: date,
    stale_after: int | None = None,
    edited: Mapping[Path, bytes] = MappingProxyType({}),
    ages_end: bool = False,
    unreviewed: bool = False,
) -> Checked:
    """Check a dossier; of an `edited` file what it is about to hold.

    With `ages_end`, the age of a position counts up to the day on which the talks closed, if they
    have. With `unreviewed`, what nobody has reviewed is found, too.

    What a rule says of a file with errors, or of the dossier while any file has some, would often
    be wrong, because pieces are missing: those rules wait until the errors are fixed.
    """
    loaded = load_folder(folder, edited)
    faults = faults_of(loaded)
    closed = loaded.dossier.closed if ages_end else None
    aged_on = today if closed is None else min(closed.last, today)
    scope = Scope(loaded.dossier, folder, today, aged_on, stale_after, unreviewed, loaded.texts)
    told = _reported(scope, {fault.source.path for fault in faults}, loaded.texts)
    findings = Findings(faults)
    findings.extend(located(told, folder, loaded.texts))
    asked = {AGED: stale_after is not None, UNREVIEWED: unreviewed}
    waiting = {code for code, is_asked in asked.items() if not is_asked}
    left, ignored = silenced(findings, loaded.texts.values(), waiting)
    for text in loaded.texts.values():
        text.parsed = None  # findings keep their texts, and a run may check thousands of dossiers
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
    """The paths of the files that some texts are, or are put together of."""
    return [file.path for text in texts for file in (text.files.values() or [text])]


def _asked(rules: Iterable[Rule], *about: object) -> Iterator[tuple[Rule, Diagnostic]]:
    for rule in rules:
        for told in rule.check(*about):
            yield rule, told


def located(
    found: Iterable[tuple[Rule, Diagnostic]],
    folder: Path,
    texts: Mapping[str, SourceText] = MappingProxyType({}),
) -> Iterator[Finding]:
    """The findings of rules at their lines: only a file with any is parsed once more.

    `texts` holds the files that were read already.
    """
    by_file: dict[str, list[tuple[Rule, Diagnostic]]] = {}
    for rule, told in found:
        by_file.setdefault(told.place.file, []).append((rule, told))
    for file, pairs in by_file.items():
        source = texts.get(file)
        if source is None and not any(told.place.steps for _, told in pairs):
            source = SourceText(shown_path(folder / file), "")  # the file as a whole: a schema's
        if source is None:
            source = source_of(folder, file)
        places = _Places(parse(source)[0])
        for rule, told in pairs:
            span = places.span(told.place)
            finding = Finding(rule.code, source, span, told.message, told.hint, rule.severity)
            yield finding.in_its_file


class _Places:
    """Where the values of one file stand."""

    def __init__(self, node: Node) -> None:
        self.node = node
        # Of each list of entries, which of them begins when: there may be thousands.
        self.begun: dict[int, dict[str, int]] = {}

    def span(self, place: Place) -> Span:
        """The place of a value or, if it is not there, of what should hold it."""
        node = self.node
        span = START
        last = len(place.steps) - 1
        for number, written in enumerate(place.steps):
            step = self.entry(node, written) if isinstance(written, Since) else written
            if isinstance(node, Map) and step in node:
                key = str(step)
                span = node.key_at(key) if place.key and number == last else node.at(key)
                node = node[key]
            elif isinstance(node, Seq) and isinstance(step, int) and step < len(node):
                span, node = node.at(step), node[step]
            else:
                break
        return span

    def entry(self, node: Node, since: Since) -> int:
        """The index of the entry that begins on a date, as it is written."""
        begun = self.begun.get(id(node))
        if begun is None:
            begun = self.begun[id(node)] = {}
            for index, entry in enumerate(node if isinstance(node, Seq) else ()):
                written = entry.get("since") if isinstance(entry, Map) else None
                begun.setdefault(str(written), index)
        return begun[since.written]
