"""What became of each paragraph of a source: a statement, marked as no position, or unmarked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.model import Dossier, Source, Statement
from claimpos.dossier.paragraphs import stretches_named
from claimpos.errors import WrongUsage

Stated = tuple[str, Statement]
"""The id of a party, and a statement of it."""


class Coverage(NamedTuple):
    """A source with the number of its paragraphs, and what was made of each.

    `statements` are those that a paragraph holds, `no_position` the reasons why others hold none,
    each by the paragraph's number; `unmarked` are the rest.
    """

    source: Source
    statements: Mapping[int, list[Stated]]
    no_position: Mapping[int, str]
    unmarked: list[int]


def coverage_of(dossier: Dossier) -> list[Coverage]:
    """The coverage of every source whose paragraphs are counted, in the order of the sources.

    Raises WrongUsage where sources have more paragraphs, or statements name more, than the limit.
    """
    counted = [source for source in dossier.sources.values() if source.paragraphs]
    left = limit("covered-paragraphs") - sum(source.paragraphs for source in counted)
    located: dict[str, dict[int, list[Stated]]] = {source.id: {} for source in counted}
    for stated in _located(dossier):
        statement = stated[1]
        paragraphs = located.get(statement.source.id)
        if paragraphs is None:
            continue
        for low, high in stretches_named(statement.locator):
            last = min(high, statement.source.paragraphs)
            left -= max(0, last - low + 1)
            if left < 0:
                break
            for number in range(low, last + 1):
                paragraphs.setdefault(number, []).append(stated)
    if left < 0:
        raise WrongUsage(
            f"the sources have, or the statements name, more than {limit('covered-paragraphs'):,} "
            f"paragraphs; {how_to_raise('covered-paragraphs')}"
        )
    return [_coverage(source, located[source.id]) for source in counted]


def _located(dossier: Dossier) -> Iterator[Stated]:
    """The statements that have a locator."""
    for party in dossier.parties.values():
        for statement in party.statements.values():
            if statement.locator:
                yield party.id, statement


def _coverage(source: Source, statements: Mapping[int, list[Stated]]) -> Coverage:
    reasons = {number: reason for reason, numbers in source.no_position for number in numbers}
    unmarked = [
        number
        for number in range(1, source.paragraphs + 1)
        if number not in statements and number not in reasons
    ]
    held = dict(sorted(statements.items()))
    left = {number: reasons[number] for number in sorted(reasons) if number not in statements}
    return Coverage(source, held, left, unmarked)


def marked_and_stated(dossier: Dossier) -> dict[tuple[str, int], Stated]:
    """The first statement in each paragraph that is marked as no position, by source and number."""
    marked = {
        source.id: sorted({number for _, numbers in source.no_position for number in numbers})
        for source in dossier.sources.values()
        if source.no_position
    }
    found: dict[tuple[str, int], Stated] = {}
    for stated in _located(dossier):
        source, locator = stated[1].source.id, stated[1].locator
        waiting = marked.get(source, [])
        for low, high in stretches_named(locator) if waiting else ():
            at = bisect_left(waiting, low)
            while at < len(waiting) and waiting[at] <= high:
                found[source, waiting.pop(at)] = stated
    return found
