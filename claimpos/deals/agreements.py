"""Agreements that others have reached, such as students in a scored case, against the frontier."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from claimpos.deals.scored_values import Value, scored_value
from claimpos.deals.scores import Scored, Scores
from claimpos.dossier.limits import bounded, how_to_raise, limit
from claimpos.dossier.model import Cell, Dossier
from claimpos.errors import WrongUsage

NAME = "agreement"
"""The column with the names of agreements."""
_FIGURE = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?\Z")
_COMPARED_AT_ONCE = 10
"""To compare so many packages takes no longer than to read and report an outcome."""


class Agreement(NamedTuple):
    """An agreement by name, and its points.

    `better` is the package that gives no party less and all together the most, if one does. Without
    a package there was no agreement, and each party has what it has without a deal.
    `is_acceptable` tells whether it gives the parties what they ask for at least.
    """

    name: str
    scored: Scored
    better: Scored | None
    is_deal: bool = True
    is_acceptable: bool = True


def agreements_of(
    header: Iterable[str], rows: Iterable[Mapping[str, str]], dossier: Dossier, scores: Scores
) -> tuple[Agreement, ...]:
    """The agreements of a table: a column `agreement`, and one for each issue or issue.item.

    `rows` need not fill all columns of the header.
    A row with no outcome at all is one without agreement. Raises WrongUsage, with the number of the
    line, for what is not on the agenda or is left out, and for too many.
    """
    cells = dict(_cells(header, dossier))
    rows = [*rows]
    _check_number(len(rows), scores)
    options = {
        issue.id: {title.casefold(): option for option, title in issue.options.items()}
        for issue in dossier.issues.values()
    }
    best_first = sorted(scores.frontier, key=lambda one: sum(one.points.values()), reverse=True)
    return tuple(
        _agreement(number, row, cells, dossier, options, scores, best_first)
        for number, row in enumerate(rows, start=2)
    )


def _agreement(
    number: int,
    row: Mapping[str, str],
    cells: Mapping[str, Cell],
    dossier: Dossier,
    options: Mapping[str, Mapping[str, str]],
    scores: Scores,
    best_first: Sequence[Scored],
) -> Agreement:
    name = row.get(NAME, "").strip() or str(number - 1)
    outcomes = {cells[column]: text.strip() for column, text in row.items() if column in cells}
    if not any(outcomes.values()):
        points = {party: Fraction(one.no_deal or 0) for party, one in scores.worth.items()}
        return Agreement(name, Scored({}, points), None, is_deal=False)
    package: dict[Cell, Value] = {}
    for cell in scores.cells:
        written = outcomes.get(cell)
        if not written:
            raise WrongUsage(f"line {number}: there is no outcome for “{cell.written}”")
        package[cell] = _value(number, cell, written, dossier, options[cell.issue])
    points = {
        party: sum(
            (
                scored_value(scale, package[cell])
                for cell, scale in one.points.items()
                if cell in package
            ),
            Fraction(0),
        )
        for party, one in scores.worth.items()
    }
    enough = scores.is_enough(points)
    better = _better(points, best_first)
    return Agreement(name, Scored(package, points), better, is_acceptable=enough)


def _check_number(agreements: int, scores: Scores) -> None:
    """Raise WrongUsage for more agreements than can be reported, or compared with the frontier."""
    each = len(scores.worth) * (len(scores.cells) + len(scores.frontier) // _COMPARED_AT_ONCE)
    most = limit("assessed-answers")
    if agreements * each > most:
        raise WrongUsage(
            f"{agreements:,} agreements on {len(scores.cells):,} issues take more than {most:,} "
            f"steps to report; leave some out, or, {how_to_raise('assessed-answers')}"
        )


def _cells(columns: Iterable[str], dossier: Dossier) -> Iterator[tuple[str, Cell]]:
    """What each column of outcomes is about."""
    every = {cell.written: cell for issue in dossier.issues.values() for cell in issue.cells()}
    for column in columns:
        if column in every:
            yield column, every[column]
        elif column != NAME:
            raise WrongUsage(
                f"the column “{column}” is not an issue of the agenda; name columns {NAME}, issue, "
                "or issue.item"
            )


def _value(
    number: int, cell: Cell, written: str, dossier: Dossier, by_title: Mapping[str, str]
) -> Value:
    issue = dossier.issues[cell.issue]
    if issue.kind != "quantity":
        if written in issue.options:
            return written
        if written.casefold() not in by_title:
            raise WrongUsage(f"line {number}: “{cell.issue}” has no option “{written}”")
        return by_title[written.casefold()]
    value = bounded(written) if _FIGURE.match(written) else None
    if value is None:
        raise WrongUsage(f"line {number}: “{written}” is not a number for “{cell.issue}”")
    if issue.integer and not isinstance(value, int):
        raise WrongUsage(f"line {number}: “{written}” is not a whole number for “{cell.issue}”")
    if issue.minimum is not None and value < issue.minimum:
        raise WrongUsage(f"line {number}: {written} is below the minimum of “{cell.issue}”")
    if issue.maximum is not None and value > issue.maximum:
        raise WrongUsage(f"line {number}: {written} is above the maximum of “{cell.issue}”")
    return value


def _better(points: Mapping[str, Fraction], best_first: Sequence[Scored]) -> Scored | None:
    """The package that gives no party less and all together the most, if it gives more."""
    for one in best_first:
        if all(one.points[party] >= own for party, own in points.items()) and one.points != points:
            return one
    return None
