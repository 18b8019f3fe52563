"""Texts side by side: where they differ, and which of their common terms each party rules out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from claimpos.deals.assessment import Assessment
from claimpos.deals.side_by_side import Crossed, SideBySide, Step, side_by_side
from claimpos.dossier.model import Cell
from claimpos.rendering.diff_report import cell_report
from claimpos.rendering.document import Block, Group, Heading, Item, List, Paragraph, Table
from claimpos.wording.names import cells_title
from claimpos.wording.texts import (
    CROSSED,
    NO_RED_LINES,
    changes_in_words,
    common_terms,
    crossed_in_words,
    step_in_words,
)


def side_by_side_blocks(assessments: Sequence[Assessment]) -> list[Block]:
    """A section on two or more texts; nothing on one."""
    if len(assessments) < 2:
        return []
    found = side_by_side(assessments)
    dossier = assessments[0].table.dossier
    told = common_terms(found, len(assessments), dossier)
    differ: list[Block] = [Heading("Where the texts differ"), Paragraph(told)]
    if found.common:
        differ += [
            Paragraph("Of these common terms, each party rules out:"),
            _ruled_out(found, assessments),
        ]
    steps = [
        Item(step_in_words(step), [Item(told) for told in changes_in_words(step, dossier)])
        for step in found.steps
    ]
    changed: list[Block] = [Heading("What each text changes"), List(steps)]
    return [Group(differ), Group(_red_lines(found, assessments)), Group(changed)]


def _red_lines(found: SideBySide, assessments: Sequence[Assessment]) -> list[Block]:
    """Whose red lines each text crosses, a row for each term, like sub-issues in one."""
    dossier = assessments[0].table.dossier
    if not found.red_lines:
        return [Paragraph(NO_RED_LINES)]
    folded: dict[tuple[str, tuple[Crossed | None, ...]], list[Cell]] = {}
    for cell, row in found.red_lines.items():
        folded.setdefault((cell.issue, row), []).append(cell)
    rows = [
        [cells_title(dossier, cells), *(crossed_in_words(one, dossier) for one in row)]
        for (_, row), cells in folded.items()
    ]
    header = ["Issue", *(one.proposal.title for one in assessments)]
    return [Heading("Whose red lines each text crosses"), Paragraph(CROSSED), Table(header, rows)]


def _ruled_out(found: SideBySide, assessments: Sequence[Assessment]) -> Table:
    parties = assessments[0].table.dossier.parties
    rows = [
        [parties[party].label, *(str(counts[party]) for counts in found.ruled_out)]
        for party in assessments[0].parties
    ]
    return Table(["Party", *(one.proposal.title for one in assessments)], rows, "short")


def side_by_side_report(assessments: Sequence[Assessment]) -> dict[str, Any]:
    """The same as plain data."""
    found = side_by_side(assessments)
    return {
        "common": _cells(found.common),
        "differing": _cells(found.differing),
        "ruled_out": [
            {"proposal": one.proposal.id, "parties": dict(counts)}
            for one, counts in zip(assessments, found.ruled_out, strict=True)
        ],
        "red_lines": [
            {**cell_report(cell), "texts": [_crossed(one) for one in row]}
            for cell, row in found.red_lines.items()
        ],
        "steps": list(map(_step, found.steps)),
    }


def _crossed(one: Crossed | None) -> dict[str, Any] | None:
    return one and {"parties": list(one.parties), "in_brackets": list(one.in_brackets)}


def _step(step: Step) -> dict[str, Any]:
    return {
        "from": step.before.id,
        "to": step.after.id,
        "changed": _cells(step.changed),
        "added": _cells(step.added),
        "dropped": _cells(step.dropped),
        "kept": step.kept,
    }


def _cells(cells: Iterable[Cell]) -> list[dict[str, Any]]:
    return list(map(cell_report, cells))
