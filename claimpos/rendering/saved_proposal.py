"""A proposal's file, as commands save one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from claimpos.dossier.model import Cell
from claimpos.rendering.data import json_text


def proposal_file(header: Mapping[str, str], terms: Mapping[str, tuple[Any, str]]) -> str:
    """The file in YAML: its first keys, and by issue the outcome of each term and its summary."""
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in header.items()]
    lines.append("terms:")
    for issue, (outcome, summary) in terms.items():
        lines += [
            f"  {issue}:",
            f"    outcome: {' '.join(json_text(outcome).split())}",
            f"    summary: {json.dumps(summary, ensure_ascii=False)}",
        ]
    return "\n".join(lines) + "\n"


def put_outcome(outcomes: dict[str, Any], cell: Cell, outcome: Any) -> None:
    """Add a cell's outcome to those by issue, of an issue with items by item."""
    if cell.item is None:
        outcomes[cell.issue] = outcome
    else:
        outcomes.setdefault(cell.issue, {})[cell.item] = outcome
