"""Parties, outcomes and conditions in words, as tables and sentences show them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from claimpos.dossier.model import Cell, Dossier, Issue, PartialDate
from claimpos.dossier.outcomes import Number, Range

Tellable = Mapping[Cell, Collection[str | Range]]
"""Outcomes of some cells, in whatever collection."""

_ANY = "any value"


def joined(words: Iterable[str], last: str = "and") -> str:
    """“A”, “A and B”, “A, B and C”."""
    *first, final = words
    return f"{', '.join(first)} {last} {final}" if first else final


def capital(text: str) -> str:
    """The text with a capital first letter, as a sentence begins."""
    return text[:1].upper() + text[1:]


def one_line(text: str) -> str:
    """A text of a dossier as part of a sentence: in one line, without a final full stop."""
    return " ".join(text.split()).removesuffix(".")


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun: 1 term, 2,000 terms, no terms."""
    shown = f"{number:,}" if number else "no"
    return f"{shown} {one if number == 1 else many}"


def written_day(day: date) -> str:
    """A day as in running text: 2 June 2025."""
    return f"{day.day} {day:%B %Y}"


def written_date(date: PartialDate) -> str:
    """A date as in running text, no more precise than it was given."""
    parts = written_day(date.first).split()
    return " ".join(parts[2 - date.text.count("-") :])


def written_number(number: Number) -> str:
    """A number with its thousands set apart: 515,000."""
    return f"{Decimal(number):,f}"


def written_range(stretch: Range, issue: Issue) -> str:
    """A range as in running text: at most 85,000; more than 5; 5 to 10."""
    low, high, low_open, high_open = stretch
    if low == issue.minimum and not low_open:
        low = None
    if high == issue.maximum and not high_open:
        high = None
    if stretch.is_point and stretch.low is not None:
        return written_number(stretch.low)
    if low is None and high is None:
        return _ANY
    if low is None:
        return _end(high, "less than {}" if high_open else "at most {}")
    if high is None:
        return _end(low, "more than {}" if low_open else "at least {}")
    if low_open or high_open:
        above = _end(low, "more than {}" if low_open else "at least {}")
        return f"{above} and {_end(high, 'less than {}' if high_open else 'at most {}')}"
    return f"{written_number(low)} to {written_number(high)}"


def _end(number: Number | None, form: str) -> str:
    return form.format(written_number(number or 0))


class Words:
    """Names and titles of one dossier."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier

    def party(self, party: str) -> str:
        """The party's name as it stands within a sentence."""
        return self.dossier.parties[party].short

    def parties(self, parties: Iterable[str], last: str = "and") -> str:
        return joined(map(self.party, parties), last)

    def outcomes(self, issue: Issue, outcomes: Collection[str | Range]) -> str:
        """Outcomes as alternatives: “Barred” or “Deferred”; 5 to 10 or 20 million dollars."""
        if issue.kind == "quantity":
            ranges = [written_range(part, issue) for part in outcomes if isinstance(part, Range)]
            unit = f" {issue.unit}" if issue.unit and ranges != [_ANY] else ""
            return joined(ranges, "or") + unit
        titles = [title for option, title in issue.options.items() if option in outcomes]
        return joined((f"“{title}”" for title in titles), "or")

    def condition(self, requires: Tellable, subject_to: str) -> str:
        """A condition: if “Arms” (Ukraine) is “Stopped”, subject to: it leads to a peace."""
        parts = [
            f"{self.cells(cells)} is {wanted}" + (" for each" if len(cells) > 1 else "")
            for (_, wanted), cells in self._by_outcome(requires).items()
        ]
        told = [f"if {' and '.join(parts)}"] if parts else []
        if subject_to:
            told.append(f"subject to: {one_line(subject_to)}")
        return ", ".join(told)

    def cells(self, cells: Sequence[Cell]) -> str:
        """Several cells, the items of one issue together."""
        by_issue: dict[str, list[str]] = {}
        for cell in cells:
            items = by_issue.setdefault(cell.issue, [])
            if cell.item is not None:
                items.append(self.dossier.issues[cell.issue].items[cell.item])
        titles = []
        for issue, items in by_issue.items():
            title = f"“{self.dossier.issues[issue].title}”"
            titles.append(f"{title} ({', '.join(items)})" if items else title)
        return joined(titles)

    def _by_outcome(self, requires: Tellable) -> dict[tuple[str, str], list[Cell]]:
        """The cells of each issue of which the same is required, by what that is."""
        grouped: dict[tuple[str, str], list[Cell]] = {}
        for cell, outcomes in requires.items():
            wanted = self.outcomes(self.dossier.issues[cell.issue], outcomes)
            grouped.setdefault((cell.issue, wanted), []).append(cell)
        return grouped
