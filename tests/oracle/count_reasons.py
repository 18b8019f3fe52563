"""How often random dossiers reach each reason: `python -m tests.oracle.count_reasons 2000`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .dossiers import FEATURES, Feature, PlainDossier, bases, dates, dossiers
from .naive import NaiveComparison, naive_comparison

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


FEATURES_AT_WORK = [
    "entry of a group",
    "entry under an offer",
    "entry of an offer that has ended",
    "price on evidence too weak",
    "term of a text",
    "term subject to something",
    "term by way of a group",
    "one voice",
    "conflict of one party",
    "conflict of three parties",
]


def cells_of(result: dict[str, Any]) -> list[dict[str, Any]]:
    return list(result["items"].values()) if "items" in result else [result]


def count_reasons(
    examples: int, features: Collection[Feature] = (), derandomize: bool = False
) -> Counter[str]:
    """Cells by reason, and what else occurs, over some parties of each dossier."""
    counts: Counter[str] = Counter()

    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        derandomize=derandomize,
        suppress_health_check=list(HealthCheck),
    )
    @given(dossiers(features=features), dates(), bases(), st.data())
    def count(dossier: PlainDossier, as_of: str, basis: str, data: st.DataObject) -> None:
        everyone = list(dossier.parties)
        ids = everyone[: data.draw(st.sampled_from([2, 3, 5, 5]))]
        agenda, sources, parties, proposals = dossier
        compared = naive_comparison(agenda, parties, ids, as_of, basis, sources, proposals)
        counts.update(at_work(compared))
        for issue in compared.shown_issues():
            result = compared.issue_result(issue)
            for cell in cells_of(result):
                sets = cell["at_odds"]["sets"] if cell["verdict"] == "conflict" else []
                sizes = {len(one["parties"]) for one in sets}
                counts["conflict of one party"] += 1 in sizes
                counts["conflict of three parties"] += 3 in sizes
                counts["one voice"] += "one_voice" in cell
                counts[f"{cell['verdict']} {cell['reason']}"] += 1
                counts["with without_silent"] += "without_silent" in cell
                counts["with a gap"] += cell.get("gap") is not None
            counts["items issues without a cell"] += result.get("items") == {}

    count()
    return counts


def at_work(compared: NaiveComparison) -> Iterator[str]:
    """What of the features plays a part in a comparison, once a party and cell."""
    held = [(party, one) for (party, _), one in compared.held.items() if one is not None]
    terms = [(party, one) for (party, _), one in compared.terms.items() if one is not None]
    yield from ("entry of a group" for party, one in held if one.holder != party)
    yield from ("entry under an offer" for _, one in held if "offer" in one.entry)
    yield from ("price on evidence too weak" for _, one in held if "weak-accepts" in one.entry)
    yield from ("term of a text" for _ in terms)
    yield from ("term subject to something" for _, one in terms if one.pending)
    yield from ("term by way of a group" for party, one in terms if one.answer.holder != party)
    record = compared.record
    for party in compared.ids:
        for entries in record.parties[party]["positions"].values():
            ended = [entry for entry in entries if record.has_ended_offer(party, entry)]
            yield from ("entry of an offer that has ended" for _ in ended)


if __name__ == "__main__":
    for reason, times in sorted(count_reasons(int(sys.argv[1]), FEATURES).items()):
        print(f"{times:7}  {reason}")
