"""The JSON and CSV reports of a matrix; see schemas/matrix.schema.json."""

from __future__ import annotations

from typing import Any

from claimpos.comparison.matrix import IssueAmongMany, Matrix, Pair
from claimpos.dossier.outcomes import Number
from claimpos.rendering.data import csv_text

FORMAT = "claimpos.matrix/1"


def matrix_report(matrix: Matrix) -> dict[str, Any]:
    """The matrix as plain data; shares are binary fractions, None where nothing is settled."""
    return {
        "format": FORMAT,
        "dossier": matrix.dossier.title,
        "as_of": matrix.day.isoformat(),
        "basis": matrix.basis,
        "set_aside": matrix.set_aside,
        "parties": list(matrix.parties),
        "pairs": [_pair(pair) for pair in matrix.pairs],
        "issues": [_issue(one) for one in matrix.issues],
    }


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "parties": list(pair.parties),
        "overlap": pair.overlap,
        "conflict": pair.conflict,
        "unresolved": pair.unresolved,
        "agreement": pair.agreement,
        "coverage": pair.coverage,
        **({"one_voice": pair.one_voice} if pair.one_voice else {}),
    }


def _issue(one: IssueAmongMany) -> dict[str, Any]:
    return {
        "id": one.issue.id,
        "title": one.issue.title,
        "group": one.issue.group,
        "state": one.state,
        "spoken": list(one.spoken),
        "overlap": one.overlap,
        "conflict": one.conflict,
        "unresolved": one.unresolved,
    }


def matrix_csv(matrix: Matrix) -> str:
    """One line a pair."""
    header = ["party", "other", "overlap", "conflict", "unresolved", "agreement", "coverage"]
    lines: list[list[str | Number]] = [
        [
            *pair.parties,
            pair.overlap,
            pair.conflict,
            pair.unresolved,
            "" if pair.agreement is None else str(pair.agreement),
            str(pair.coverage),
        ]
        for pair in matrix.pairs
    ]
    return csv_text(header, lines)
