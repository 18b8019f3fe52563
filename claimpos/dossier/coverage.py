"""How much of a source the statements cover, paragraph by paragraph."""

from collections.abc import Mapping
from typing import NamedTuple

from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.model import Dossier, Source
from claimpos.dossier.paragraphs import Stated, located, stretches_named
from claimpos.errors import WrongUsage


class Coverage(NamedTuple):
    """How the paragraphs of a source are coded.

    Attributes:
        source: The source, whose paragraphs are counted.
        statements: The statements in each paragraph, by its number.
        no_position: Why other paragraphs hold no position, by their numbers.
        unmarked: The numbers of the paragraphs that are neither.
    """

    source: Source
    statements: Mapping[int, list[Stated]]
    no_position: Mapping[int, str]
    unmarked: list[int]


def coverage_of(dossier: Dossier) -> list[Coverage]:
    """The coverage of every source whose paragraphs are counted, in the order of the sources.

    Raises WrongUsage if sources have, or statements name, more paragraphs than the limit allows.
    """
    counted = [source for source in dossier.sources.values() if source.paragraphs]
    left = limit("covered-paragraphs") - sum(source.paragraphs for source in counted)
    covered: dict[str, dict[int, list[Stated]]] = {source.id: {} for source in counted}
    for stated in located(dossier):
        statement = stated[1]
        paragraphs = covered.get(statement.source.id)
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
    return [_coverage(source, covered[source.id]) for source in counted]


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
