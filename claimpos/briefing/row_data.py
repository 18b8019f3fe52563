"""The rows of a briefing: an issue, or like items of one, with who says what on which grounds."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from claimpos.briefing.position_data import PositionData
from claimpos.briefing.ranking import title
from claimpos.comparison.entry_parts import about
from claimpos.comparison.reasons import VERDICTS, Verdict
from claimpos.comparison.verdicts import CellVerdict, Comparison
from claimpos.rendering.diff import Row, rows_of
from claimpos.rendering.diff_report import distances_report
from claimpos.wording.age import last_confirmed
from claimpos.wording.distances import gap_in_words
from claimpos.wording.names import capital, one_line
from claimpos.wording.phrases import Phrases
from claimpos.wording.reasons import reason_name
from claimpos.wording.requirements import requirements
from claimpos.wording.verdicts import why_cell


class Writing:
    """The rows of a briefing, with the notes in the order in which they are referred to.

    Rows are numbered and told by their verdicts, as the sections stand, of the unresolved last
    those that are open because somebody has no recorded position. Only those of some verdicts are
    `told`.
    """

    def __init__(self, comparison: Comparison, only: Collection[Verdict] = VERDICTS) -> None:
        self.comparison = comparison
        self.position_data = PositionData(comparison.dossier, comparison.day)
        rows = sorted(
            rows_of(comparison), key=lambda row: (VERDICTS.index(row.verdict), is_quiet(row))
        )
        self.numbered = [
            (number, row, self._phrases(row)) for number, row in enumerate(rows, start=1)
        ]
        self.told = [one for one in self.numbered if one[1].verdict in only]

    def _phrases(self, row: Row) -> Phrases | None:
        """Words for the first of the row's cells, which are all alike; None if it has none."""
        if not row.cells:
            return None
        return Phrases(row.cells[0].case)

    def row(self, number: int, row: Row, phrases: Phrases | None) -> dict[str, Any]:
        issue = row.issue.issue
        cell = row.cells[0] if row.cells else None
        return {
            "number": number,
            "issue": issue.id,
            "items": [one.cell.item for one in row.cells if one.cell.item is not None],
            "title": title(row),
            "question": one_line(issue.question),
            "group": issue.group,
            "group_title": self.comparison.dossier.groups[issue.group],
            "kind": issue.kind,
            "core": issue.core,
            "verdict": row.verdict,
            "reason": row.reason,
            "reason_in_words": _reason_name(row),
            "why": row.explanation if phrases is None else _why(why_cell(row.cells[0]), phrases),
            "why_in_short": _in_short(row, phrases),
            "outcomes": _common(phrases),
            "gap": None if cell is None else cell.gap,
            "gap_in_words": "" if cell is None else gap_in_words(cell, issue.unit),
            **_distances(cell),
            "without_silent": self._without_silent(row),
            "moves": _requirements(phrases),
            "hangs_on_in_words": row.hangs_on,
            "quiet": is_quiet(row),
            "spoken": any(row.issue.positions.values()) or bool(row.issue.lapsed),
            "positions": [
                self._position(party, row, said)
                for party, said in zip(self.comparison.parties, row.positions, strict=True)
            ],
        }

    def _without_silent(self, row: Row) -> dict[str, Any] | None:
        apart = row.cells[0].without_silent if row.cells else None
        if apart is None:
            return None
        return {
            "parties": list(apart.parties),
            "verdict": apart.verdict,
            "reason": apart.reason,
        }

    def _position(self, party: str, row: Row, said: str) -> dict[str, Any]:
        standing = self.comparison.common.table.standing(party, row.issue.issue.id)
        cells = {one.cell for one in row.cells}
        told = self.position_data.of(party, standing, row.issue.issue, cells, headed=cells)
        entry = standing.entry and about(standing.entry, cells)
        if entry and self.comparison.is_stale(entry):
            told["period"] += f"; {last_confirmed(entry)}"
        return {**told, "in_few_words": said}


def _in_short(row: Row, phrases: Phrases | None) -> str:
    if phrases is None:
        return row.explanation
    return _why(why_cell(row.cells[0], beside_positions=True), phrases)


def _why(told: str, phrases: Phrases) -> str:
    reserving = [party for party, _ in phrases.case.reserving]
    if told or not reserving:
        return told
    return f"{capital(phrases.left_open(reserving))}."


def is_quiet(row: Row) -> bool:
    """Whether a row is open because somebody has no recorded position on it."""
    return row.verdict == "unresolved" and (not row.cells or row.reason == "silent")


def _requirements(phrases: Phrases | None) -> list[str]:
    return [] if phrases is None else [f"{capital(one)}." for one in requirements(phrases)]


def _reason_name(row: Row) -> str:
    return reason_name(row.reason, len(row.issue.positions)) if row.reason else ""


def _common(phrases: Phrases | None) -> str:
    """The outcomes that are acceptable to all, in words."""
    if phrases is None or not phrases.case.agreed:
        return ""
    return phrases.outcomes(phrases.case.agreed)


def _distances(cell: CellVerdict | None) -> dict[str, Any]:
    if cell is None:
        return {"apart": [], "meet_without": []}
    return distances_report(cell)
