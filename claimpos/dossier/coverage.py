"""What became of each paragraph of a source: a statement, marked as no position, or unmarked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from claimpos.dossier.model import Dossier, Source, Statement
from claimpos.dossier.paragraphs import paragraphs_named


class Coverage(NamedTuple):
    """A source with the number of its paragraphs, and what was made of each.

    `statements` are, by paragraph, the ids of parties with the statements that it holds,
    `no_position` the reasons why others hold none; `unmarked` are the rest.
    """

    source: Source
    statements: Mapping[int, list[tuple[str, Statement]]]
    no_position: Mapping[int, str]
    unmarked: list[int]


def coverage_of(dossier: Dossier) -> list[Coverage]:
    """The coverage of every source whose paragraphs are counted, in the order of the sources."""
    located: dict[str, dict[int, list[tuple[str, Statement]]]] = {}
    for party in dossier.parties.values():
        for statement in party.statements.values():
            paragraphs = located.setdefault(statement.source.id, {})
            for number in paragraphs_named(statement.locator):
                paragraphs.setdefault(number, []).append((party.id, statement))
    return [
        _coverage(source, located.get(source.id, {}))
        for source in dossier.sources.values()
        if source.paragraphs
    ]


def _coverage(source: Source, statements: Mapping[int, list[tuple[str, Statement]]]) -> Coverage:
    reasons = {number: reason for reason, numbers in source.no_position for number in numbers}
    unmarked = [
        number
        for number in range(1, source.paragraphs + 1)
        if number not in statements and number not in reasons
    ]
    held = dict(sorted(statements.items()))
    left = {number: reasons[number] for number in sorted(reasons) if number not in statements}
    return Coverage(source, held, left, unmarked)
