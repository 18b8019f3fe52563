"""A comparison as people read it: a heading, then overlaps, conflicts and what is unresolved."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from claimpos.comparison.reasons import VERDICTS, Reason, Verdict
from claimpos.comparison.verdicts import CellVerdict, Comparison, IssueVerdict
from claimpos.dossier.model import Basis, Cell
from claimpos.rendering.layout import Layout
from claimpos.rendering.tables import TERMINAL, table
from claimpos.rendering.text import Paint
from claimpos.wording.names import (
    Words,
    capital,
    counted,
    joined,
    written_day,
    written_gap,
)
from claimpos.wording.positions import positions_in_few_words
from claimpos.wording.reasons import REASONS_IN_WORDS, VERDICT_MEANINGS, reason_name
from claimpos.wording.verdicts import explain_cell, explain_issue

_TITLES: dict[Verdict, str] = {
    "overlap": "Overlaps",
    "conflict": "Conflicts",
    "unresolved": "Unresolved",
}
_COLOURS: dict[Verdict, str] = {"overlap": "green", "conflict": "red", "unresolved": "yellow"}
_COUNTED: dict[Verdict, tuple[str, str]] = {
    "overlap": ("overlap", "overlaps"),
    "conflict": ("conflict", "conflicts"),
    "unresolved": ("unresolved", "unresolved"),
}
# A column of words narrower than this is hard to read; parties then share one column.
_NARROWEST = 16


class Row(NamedTuple):
    """One line of the report: an issue, or some of its items that are alike in everything."""

    issue: IssueVerdict
    cells: tuple[CellVerdict, ...]
    verdict: Verdict
    reason: Reason | None
    explanation: str
    positions: tuple[str, ...]

    @property
    def title(self) -> str:
        items = self.issue.issue.items
        named = [items[cell.cell.item] for cell in self.cells if cell.cell.item is not None]
        title = self.issue.issue.title
        return f"{title}: {', '.join(named)}" if named else title


def rows_of(comparison: Comparison) -> list[Row]:
    """The lines of the report in the agenda's order, like items folded into one."""
    return [row for verdict in comparison.issues for row in _issue_rows(verdict, comparison)]


def _issue_rows(verdict: IssueVerdict, comparison: Comparison) -> list[Row]:
    words = Words(comparison.dossier)
    if not verdict.cells:
        said = positions_in_few_words(verdict, Cell(verdict.issue.id), words)
        return [Row(verdict, (), verdict.verdict, verdict.reason, explain_issue(verdict), said)]
    alike: dict[tuple[Verdict, Reason, str, tuple[str, ...]], list[CellVerdict]] = {}
    for cell in verdict.cells:
        said = positions_in_few_words(verdict, cell.cell, words)
        alike.setdefault((cell.verdict, cell.reason, explain_cell(cell), said), []).append(cell)
    return [Row(verdict, tuple(cells), *key) for key, cells in alike.items()]


def diff_text(
    comparison: Comparison,
    only: Collection[Verdict] = VERDICTS,
    style: str = TERMINAL,
    width: int = 80,
    paint: Paint | None = None,
) -> str:
    """The whole report as text, `only` some of its sections, in a table style of `tables`."""
    layout = Layout(style, width, paint if paint and style == TERMINAL else Paint(on=False))
    rows = rows_of(comparison)
    blocks = [_head(comparison, layout)]
    for verdict in VERDICTS:
        if verdict in only:
            chosen = [row for row in rows if row.verdict == verdict and row.reason != "one-voice"]
            blocks.append(_section(verdict, chosen, comparison, layout))
    together = [row for row in rows if row.reason == "one-voice" and row.verdict in only]
    if together:
        blocks.append(_one_voice(together, comparison, layout))
    return "\n\n".join(blocks) + "\n"


def _head(comparison: Comparison, layout: Layout) -> str:
    dossier = comparison.dossier
    names = capital(joined(dossier.parties[party].label for party in comparison.parties))
    title = f"{names}, as of {written_day(comparison.day)}"
    verdicts = counted_verdicts(comparison, layout.paint)
    counts = verdicts if layout.terminal else layout.line(verdicts)  # colours do not wrap
    notes = map(layout.line, reading_notes(comparison))
    return layout.together([layout.title(title), layout.line(dossier.title), counts, *notes])


def counted_verdicts(comparison: Comparison, paint: Paint | None = None) -> str:
    """How many issues have which verdict: 4 issues: 1 overlap, 2 conflicts, 1 unresolved."""
    painted = paint or Paint(on=False)
    counts = ", ".join(
        painted(f"{count} {_COUNTED[verdict][count != 1]}", _COLOURS[verdict])
        for verdict, count in comparison.summary.items()
    )
    if comparison.one_voice:
        counts += f", {comparison.one_voice} with one voice"
    return f"{counted(len(comparison.issues), 'issue', 'issues')}: {counts}"


def one_voice_in_words(comparison: Comparison) -> str:
    """On how many issues there is nothing to compare, because the parties speak as one."""
    if not comparison.one_voice:
        return ""
    issues = counted(comparison.one_voice, "issue", "issues")
    return f"On {issues}, all of them hold one group's position, which is not counted."


def reading_notes(comparison: Comparison) -> list[str]:
    """What a reader must know to read the counts aright."""
    notes = []
    if any(len({cell.verdict for cell in issue.cells}) > 1 for issue in comparison.issues):
        notes.append(
            "An issue with several sub-issues counts once, under the least favourable verdict "
            "among them. Below, each sub-issue is listed under its own verdict."
        )
    return [*notes, *aside(comparison.basis, comparison.set_aside)]


def aside(basis: Basis, count: int) -> list[str]:
    """What there is to say of evidence that does not count, and of entries set aside for it."""
    if basis == "inferred":
        return []
    strong = {"reported": " and on reports", "stated": ""}[basis]
    verb = "is" if count == 1 else "are"
    return [
        f"Based only on the parties' own words{strong}; "
        f"{counted(count, 'position', 'positions')} with weaker evidence {verb} left aside."
    ]


def _section(verdict: Verdict, rows: Sequence[Row], comparison: Comparison, layout: Layout) -> str:
    told: list[Row] = []
    unheard: list[Row] = []
    for row in rows:
        heard = any(row.issue.positions.values()) or row.issue.lapsed
        (told if heard else unheard).append(row)
    heading = layout.section(_TITLES[verdict], _COLOURS[verdict])
    blocks = [layout.together([heading, layout.line(VERDICT_MEANINGS[verdict])])]
    if told:
        blocks.append(_table(told, comparison, layout))
    if unheard:
        nobody = "Neither party" if len(comparison.parties) == 2 else "No party"
        titles = "; ".join(row.title for row in unheard)
        blocks.append(layout.line(f"{nobody} has a recorded position on: {titles}."))
    if not rows:
        blocks.append(layout.line("None."))
    return layout.together(blocks)


def _one_voice(rows: Sequence[Row], comparison: Comparison, layout: Layout) -> str:
    """The section on what a group and its members, or these alone, say as one."""
    name, meaning = REASONS_IN_WORDS["one-voice"]
    heading = layout.together([layout.section(name), layout.line(meaning)])
    return layout.together([heading, _table(rows, comparison, layout)])


def _table(rows: Sequence[Row], comparison: Comparison, layout: Layout) -> str:
    labels = [comparison.dossier.parties[party].label for party in comparison.parties]
    columns, widths = _columns(len(labels), layout.width)
    if not layout.terminal or columns > 3:
        header = ["Issue", *labels, "Why"]
        cells = [[row.title, *row.positions, _why(row)] for row in rows]
    else:
        header = ["Issue", "Positions", "Why"]
        cells = [[row.title, _stacked(labels, row.positions), _why(row)] for row in rows]
    return table(header, cells, layout.style, widths if layout.terminal else None)


def _columns(parties: int, width: int) -> tuple[int, list[int]]:
    """How many columns there are, and how wide each may be."""
    room = width - 3 * (parties + 2) - 1
    share = room // (parties + 3)
    if share >= _NARROWEST:
        return parties + 2, [share] * (parties + 1) + [room - share * (parties + 1)]
    room = width - 10
    return 3, [room * 2 // 10, room * 4 // 10, room - room * 2 // 10 - room * 4 // 10]


def _stacked(labels: Sequence[str], positions: Sequence[str]) -> str:
    return "\n".join(
        f"{label}: {position}" for label, position in zip(labels, positions, strict=True)
    )


def _why(row: Row) -> str:
    name = reason_name(row.reason, len(row.positions)) if row.reason else ""
    gap = next((cell.gap for cell in row.cells if cell.gap is not None), None)
    apart = f"The gap is {written_gap(gap, row.issue.issue.unit)}." if gap else ""
    return " ".join(filter(None, [f"{name}." if name else "", row.explanation, apart]))
