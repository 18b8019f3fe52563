"""All that is to be said of a dossier: the faults of its files, then what the rules find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from claimpos.dossier.files import Folder
from claimpos.dossier.findings import START, Finding, SourceText, Span, in_order
from claimpos.dossier.loading import load_folder
from claimpos.dossier.nodes import Map, Node, Seq
from claimpos.dossier.parsing.file import read_file
from claimpos.dossier.parsing.text import parse
from claimpos.validation.gate import faults_of
from claimpos.validation.rules import dates, references, sense, sourcing, upkeep
from claimpos.validation.rules.comments import silenced
from claimpos.validation.rules.rule import Place, Rule, Scope, Since, Told

_OF_PARTIES = sense.PARTY + dates.PARTY + sourcing.PARTY + upkeep.PARTY
_OF_DOSSIERS = dates.DOSSIER + references.DOSSIER + upkeep.DOSSIER


class Checked(NamedTuple):
    """What a run has found: the findings in order, the files looked at, and what was silenced."""

    findings: list[Finding]
    files: list[str]
    hushed: Sequence[Finding] = ()

    @property
    def silenced(self) -> int:
        """How many findings were silenced."""
        return len(self.hushed)

    def count(self, severity: str) -> int:
        """How many findings have this severity."""
        return sum(finding.severity == severity for finding in self.findings)


def check_folder(
    folder: Path,
    today: date,
    stale_after: int | None = None,
    edited: Mapping[Path, bytes] = MappingProxyType({}),
) -> Checked:
    """Check a dossier; of an `edited` file what it is about to hold.

    What a rule says of a file with errors, or of the dossier while any file has some, would often
    be wrong, since pieces are missing: those rules wait until the errors are mended.
    """
    loaded = load_folder(folder, edited)
    faults = faults_of(loaded)
    scope = Scope(loaded.dossier, folder, today, stale_after)
    told = _told(scope, {fault.source.path for fault in faults}, loaded.texts)
    findings = [*faults, *located(told, folder, loaded.texts)]
    left, hushed = silenced(findings, loaded.texts.values(), stale_after is not None)
    return Checked(in_order(left), [text.path for text in loaded.texts.values()], hushed)


def _told(
    scope: Scope, faulty: set[str], texts: Mapping[str, SourceText]
) -> Iterator[tuple[Rule, Told]]:
    for name in ("agenda.yaml", "sources.yaml"):
        if texts[name].path in faulty:
            return
    for party in scope.dossier.parties.values():
        text = texts.get(f"{party.id}.yaml")
        if text is not None and text.path not in faulty:
            for rule in _OF_PARTIES:
                for told in rule.check(party, scope):
                    yield rule, told
    if not faulty:
        for rule in _OF_DOSSIERS:
            for told in rule.check(scope):
                yield rule, told


def located(
    found: Iterable[tuple[Rule, Told]],
    folder: Path,
    texts: Mapping[str, SourceText] = MappingProxyType({}),
) -> Iterator[Finding]:
    """The findings of rules at their lines: only a file with any is parsed once more.

    `texts` holds the files that were read already.
    """
    by_file: dict[str, list[tuple[Rule, Told]]] = {}
    for rule, told in found:
        by_file.setdefault(told.place.file, []).append((rule, told))
    for file, pairs in by_file.items():
        source = texts.get(file) or read_file(folder / file, Folder(folder).content(file))[0]
        node = parse(source)[0]
        for rule, told in pairs:
            span = _span(node, told.place)
            yield Finding(rule.code, source, span, told.message, told.hint, rule.severity)


def _span(node: Node, place: Place) -> Span:
    span = START
    last = len(place.steps) - 1
    for number, written in enumerate(place.steps):
        step = _entry_at(node, written) if isinstance(written, Since) else written
        if isinstance(node, Map) and step in node:
            key = str(step)
            span = node.key_at(key) if place.key and number == last else node.at(key)
            node = node[key]
        elif isinstance(node, Seq) and isinstance(step, int) and step < len(node):
            span, node = node.at(step), node[step]
        else:
            break
    return span


def _entry_at(node: Node, since: Since) -> int:
    entries: Sequence[Node] = node if isinstance(node, Seq) else []
    begun = [entry.get("since") if isinstance(entry, Map) else None for entry in entries]
    return [str(one) for one in begun].index(since.written)
