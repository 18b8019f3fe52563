"""Figures that are out of scale, written with another decimal mark, or incomplete."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from claimpos.dossier.findings import SourceText, Span
from claimpos.dossier.locate import file_of
from claimpos.dossier.model import OUTCOME_VERBS, Cell, Dossier, Entry, Issue, Named, Party
from claimpos.dossier.nodes import Map, Node, Seq
from claimpos.dossier.outcomes import Number, Range
from claimpos.dossier.parsing.file import parse
from claimpos.validation.rules.rule import Diagnostic, Place, Scope, Since, at, entries_of, note

_FAR = 100
_OTHERS = 3
_THOUSANDS = r"-?[1-9][0-9]{0,2}\.000\Z"
_MAYBE = r"(?<![\w.])[1-9][0-9]{0,2}\.000(?![\w.])"
_DIVIDED = r"\[(-?[0-9]+),([0-9]+)\]"


@note(420)
def out_of_scale(scope: Scope) -> Iterator[Diagnostic]:
    """CP420 note: a figure a hundred times larger or smaller than the others on its issue

    Often the sign of a wrong unit or a missing zero. The measure is the median of the issue's other
    figures, if there are at least three; zeros are left out, and signs are ignored.

    FAIL
        positions:
          cap:
            - {since: 2024-02, proposes: 3, evidence: [said]}
            - {since: 2024-03, demands: {min: 4}, evidence: [said]}
            - {since: 2024-04, demands: {min: 5}, evidence: [said]}
            - {since: 2025, demands: {min: 500}, evidence: [said]}
    PASS
        positions:
          cap:
            - {since: 2024-02, proposes: 3, evidence: [said]}
            - {since: 2024-03, demands: {min: 4}, evidence: [said]}
            - {since: 2024-04, demands: {min: 5}, evidence: [said]}
            - {since: 2025, demands: {min: 50}, evidence: [said]}
    """
    named = _figures_named(scope.dossier)
    for issue, figures in named.items():
        sizes = sorted(figure.size for figure in figures)
        if len(sizes) <= _OTHERS:
            continue
        for figure in figures:
            size, median = 2 * figure.size, _twice_the_median_without(sizes, figure.size)
            if size >= _FAR * median or _FAR * size <= median:
                much = "larger" if size > median else "smaller"
                yield Diagnostic(
                    at(figure.party, figure.entry, figure.verb),
                    f"{figure.value} on “{issue}” is at least a hundred times {much} than the "
                    "others",
                    "check the unit and the zeros; nothing to do if the figure is right",
                )


class _Figure(NamedTuple):
    """A figure that an entry names; `size` is how large it is, whatever its sign."""

    party: Party
    entry: Entry
    verb: str
    value: Number

    @property
    def size(self) -> Number:
        return -self.value if self.value < 0 else self.value


def _figures_named(dossier: Dossier) -> dict[str, list[_Figure]]:
    """The figures of each quantity except 0, each once for each entry."""
    named: dict[str, list[_Figure]] = {}
    for party in dossier.parties.values():
        for entry in entries_of(party):
            if dossier.issues[entry.issue].kind == "quantity":
                figures = [
                    _Figure(party, entry, verb, end)
                    for verb, stretch in _ranges(entry)
                    for end in stretch[:2]
                    if end
                ]
                figures.sort(key=attrgetter("value"))
                alike = groupby(figures, attrgetter("value"))
                named.setdefault(entry.issue, []).extend(next(some) for _, some in alike)
    return named


def _ranges(entry: Entry) -> Iterator[tuple[str, Range]]:
    """The ranges that an entry names, with their verbs."""
    accepts = [("accepts", acceptance.outcomes) for acceptance in entry.accepts]
    verbs: list[tuple[str, Named]] = [
        ("demands", entry.demands),
        ("proposes", entry.proposes),
        *accepts,
        ("refuses", entry.refuses),
    ]
    for verb, named in verbs:
        for part in named.get(Cell(entry.issue), ()):
            if isinstance(part, Range):
                yield verb, part


def _twice_the_median_without(ordered: list[Number], one: Number) -> Number:
    """Twice the median of some numbers, given in order, without one of them."""
    left_out = bisect_left(ordered, one)
    last = len(ordered) - 2

    def nth(place: int) -> Number:
        return ordered[place if place < left_out else place + 1]

    return nth(last // 2) + nth((last + 1) // 2)


@note(421)
def continental_thousand(scope: Scope) -> Iterator[Diagnostic]:
    """CP421 note: a figure with a point that may be meant to mark thousands

    A point marks decimals: `2.000` is 2. For two thousand write `2000`.

    FAIL
        positions:
          cap:
            - {since: 2025, demands: {max: 2.000}, evidence: [said]}
    PASS
        positions:
          cap:
            - {since: 2025, demands: {max: 200}, evidence: [said]}
    """
    for party in scope.dossier.parties.values():
        source = scope.texts.get(file_of(party.id))
        if source is not None and ".000" in source.text and re.search(_MAYBE, source.text):
            for spot in _spots(source):
                yield from _written_with_a_point(party, spot, source, scope.dossier.issues)


def _spots(source: SourceText) -> "Iterator[_Spot]":
    """The values of a party's file that name outcomes, and everything within them."""
    node = parse(source)[0]
    positions = node.get("positions") if isinstance(node, Map) else None
    for issue, entries in positions.items() if isinstance(positions, Map) else ():
        for at_index, entry in enumerate(entries if isinstance(entries, Seq) else ()):
            for verb in OUTCOME_VERBS:
                if isinstance(entry, Map) and verb in entry:
                    steps = ("positions", issue, at_index, verb)
                    yield from _within(_Spot(entry[verb], entry.at(verb), steps, issue))


class _Spot(NamedTuple):
    """A value of a file, its place, and the issue that it is about."""

    node: Node
    span: Span
    steps: tuple[str | int | Since, ...]
    issue: str


def _within(spot: _Spot) -> Iterator[_Spot]:
    """A value and all values within it, in the order of the file."""
    left = [spot]
    while left:
        one = left.pop()
        left += reversed([*_parts(one)])
        yield one


def _written_with_a_point(
    party: Party, one: _Spot, source: SourceText, issues: Mapping[str, Issue]
) -> Iterator[Diagnostic]:
    issue = issues.get(one.issue)
    if isinstance(one.node, int) and issue is not None and issue.integer:
        written = _written(source, one.span)
        if re.match(_THOUSANDS, written):
            yield Diagnostic(
                Place(file_of(party.id), one.steps),
                f"{written} is {one.node} here",
                f"write {written.replace('.', '')} if a thousand is meant, else {one.node}",
            )


def _written(source: SourceText, span: Span) -> str:
    """The characters in a stretch of one line."""
    line, column, _, end = span
    start = source.offset(line)
    return source.text[start + column - 1 : start + end - 1]


@note(423)
def divided_figure(scope: Scope) -> Iterator[Diagnostic]:
    """CP423 note: two figures that may be one, written with a comma

    A comma divides the members of a list: `[6,5]` is 6 or 5. For six and a half write `6.5`.

    FAIL
        positions:
          rate:
            - {since: 2025, demands: [6,5], evidence: [said]}
    PASS
        positions:
          rate:
            - {since: 2025, demands: [6, 5], evidence: [said]}
    """
    for party in scope.dossier.parties.values():
        source = scope.texts.get(file_of(party.id))
        if source is None or not re.search(_DIVIDED, source.text):
            continue
        for one in _spots(source):
            if isinstance(one.node, Seq) and one.span.line == one.span.end_line:
                from claimpos.dossier.written_figures import numbers_meant

                match = re.fullmatch(_DIVIDED, _written(source, one.span))
                meant = numbers_meant(f"{match[1]},{match[2]}") if match else ()
                if match and len(meant) == 1:
                    yield Diagnostic(
                        Place(file_of(party.id), one.steps),
                        f"{match[0]} is two figures here: {match[1]} and {match[2]}",
                        f"write {meant[0]} if one is meant, else [{match[1]}, {match[2]}]",
                    )


def _parts(spot: _Spot) -> Iterator[_Spot]:
    """The values within a value; those in a condition are about the issues that it names."""
    node = spot.node
    if isinstance(node, Seq):
        for index, member in enumerate(node):
            yield spot._replace(node=member, span=node.at(index), steps=(*spot.steps, index))
    elif isinstance(node, Map):
        named = spot.steps[-1] == "if"
        for key, value in node.items():
            issue = key if named else spot.issue
            yield _Spot(value, node.at(key), (*spot.steps, key), issue)


@note(422)
def bare_proposal(scope: Scope) -> Iterator[Diagnostic]:
    """CP422 note: a single figure is proposed, where others name ranges

    Would the party also accept more, or less? If so, write `accepts` with `min` or `max`.

    FAIL
        positions:
          cap:
            - {since: 2024, demands: {min: 400}, evidence: [said]}
            - {since: 2025, proposes: 300, evidence: [said]}
    PASS
        positions:
          cap:
            - {since: 2024, demands: {min: 400}, evidence: [said]}
            - {since: 2025, proposes: 300, accepts: {max: 300}, evidence: [said]}
    """
    offers: dict[str, list[tuple[Party, Entry, bool]]] = {}
    for party in scope.dossier.parties.values():
        for entry in entries_of(party):
            if scope.dossier.issues[entry.issue].kind != "quantity":
                continue
            accepted = [stretch for verb, stretch in _ranges(entry) if verb != "refuses"]
            if accepted:
                ranged = not all(stretch.is_point for stretch in accepted)
                offers.setdefault(entry.issue, []).append((party, entry, ranged))
    for issue, entries in offers.items():
        ranges = sum(ranged for _, _, ranged in entries)
        if 2 * ranges < len(entries):
            continue
        for party, entry, ranged in entries:
            if not ranged and entry.proposes and not entry.demands and not entry.accepts:
                yield Diagnostic(
                    at(party, entry, "proposes"),
                    f"a single figure is proposed on “{issue}”, where others name ranges",
                    "if more or less is acceptable too, add it under `accepts`; otherwise leave it",
                )
