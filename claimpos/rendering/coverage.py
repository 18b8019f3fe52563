"""What became of the paragraphs of each source, as rows."""

from __future__ import annotations

from collections.abc import Iterator

from claimpos.dossier.coverage import Coverage, coverage_of
from claimpos.dossier.model import Dossier
from claimpos.dossier.paragraphs import written_numbers
from claimpos.rendering.data import Rows


def coverage(dossier: Dossier) -> Rows:
    """What became of the paragraphs of each source whose paragraphs are counted."""
    rows = [row for source in coverage_of(dossier) for row in _coverage_rows(source)]
    return ("Source", "Coded as", "Paragraphs", "Count", "Statements"), rows


def _coverage_rows(coverage: Coverage) -> Iterator[list[str]]:
    """A row for statements, one for each reason why there is no position, one for the rest."""
    held = coverage.statements
    named = [
        f"{party}/{statement.id} ({number})"
        for number, some in held.items()
        for party, statement in some
    ]
    groups = [("statement", [*held], ", ".join(named))]
    for reason in dict.fromkeys(coverage.no_position.values()):
        numbers = [one for one, why in coverage.no_position.items() if why == reason]
        groups.append((f"no position: {reason}", numbers, ""))
    groups.append(("unmarked", coverage.unmarked, ""))
    for what, numbers, details in groups:
        if numbers:
            count = str(len(numbers))
            yield [coverage.source.id, what, written_numbers(numbers), count, details]
