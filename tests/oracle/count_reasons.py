"""How often random dossiers reach each reason: `python -m tests.oracle.count_reasons 2000`."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .dossiers import PlainDossier, bases, dates, dossiers
from .naive import naive_diff

REASONS = {
    "overlap": ["shared-aim", "condition-met", "common-ground"],
    "conflict": ["condition-failed", "red-line", "rival-demands", "ruled-out"],
    "unresolved": [
        "silent",
        "interlocking",
        "condition-pending",
        "proposals-ruled-out",
        "apart",
        "reserved",
        "unanswered",
    ],
}


def cells_of(result: dict[str, Any]) -> list[dict[str, Any]]:
    return list(result["items"].values()) if "items" in result else [result]


def count_reasons(examples: int, derandomize: bool = False) -> Counter[str]:
    """Cells by reason, and cells with `without_silent`, over all parties of each dossier."""
    counts: Counter[str] = Counter()

    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        derandomize=derandomize,
        suppress_health_check=list(HealthCheck),
    )
    @given(dossiers(), dates(), bases(), st.data())
    def count(dossier: PlainDossier, as_of: str, basis: str, data: st.DataObject) -> None:
        everyone = list(dossier.parties)
        ids = everyone[: data.draw(st.sampled_from([2, 2, 3, 5]))]
        for result in naive_diff(dossier.agenda, dossier.parties, ids, as_of, basis).values():
            for cell in cells_of(result):
                counts[f"{cell['verdict']} {cell['reason']}"] += 1
                counts["with without_silent"] += "without_silent" in cell
                counts["with a gap"] += cell.get("gap") is not None
            counts["items issues without a cell"] += result.get("items") == {}

    count()
    return counts


if __name__ == "__main__":
    for reason, times in sorted(count_reasons(int(sys.argv[1])).items()):
        print(f"{times:7}  {reason}")
