"""The HTML page: how large it is, and what making it costs against the diff."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from claimpos import Dossier, compare, load_dossier
from claimpos.briefing.data import brief_report
from claimpos.briefing.page import page
from claimpos.comparison.verdict_timeline import days_of_change
from tests.benchmarks.generated import half_conditional
from tests.benchmarks.ratios import PASS, QUICK, SCRIPT, pairs, show, timed
from tests.support import write_short

FIRST = date(2022, 3, 1)


def measure(scratch: Path) -> None:
    large = load_dossier(write_short(scratch / "large", *over_time(12, 30, 50)))
    told("generated", large, ["p0", "p1"])
    told("generated", large, ["p0", "p1", "p2"])
    told("shipped", load_dossier(), ["russia", "ukraine"])
    versus = "claimpos diff russia ukraine"
    diff = [str(SCRIPT), *versus.split()[1:]]
    runs = 5 if QUICK else 15
    for form in ("markdown", "html"):
        brief = [str(SCRIPT), "brief", "russia", "ukraine", "--format", form]
        show(f"{' '.join(['claimpos', *brief[1:]])} / {versus}", pairs(brief, diff, runs=runs))
    jinja = [sys.executable, "-c", "import jinja2.sandbox"]
    show("importing Jinja2 / python -c pass", pairs(jinja, PASS, runs=runs))


def told(which: str, dossier: Dossier, parties: list[str]) -> None:
    """How large a page is, and how often the diff behind it could be made in the same time."""
    made = ""

    def make() -> None:
        nonlocal made
        comparison = compare(dossier, parties)
        made = page(comparison, brief_report(comparison))

    ratios = []
    for _ in range(3 if QUICK else 7):
        diff = min(timed(lambda: compare(dossier, parties)) for _ in range(3))
        ratios.append(timed(make) / diff)
    days = len(days_of_change(dossier, dossier.parties))
    size = f"{len(dossier.parties)} parties × {len(dossier.issues)} issues × {days} days"
    print(f"{len(made.encode()) / 1e6:6.2f} MB: page of {len(parties)} parties, {which}: {size}")
    show("making it / comparing the parties, once and for one day", ratios)


def over_time(parties: int, issues: int, days: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """A dossier in shorthand with three entries to a position, on so many days in all."""
    agenda, people = half_conditional(parties, issues)
    for who, positions in enumerate(people.values()):
        for number, (issue, entry) in enumerate(positions.items()):
            starts = sorted(
                {(who * 11 + number * 7 + step * days // 3) % days for step in range(3)}
            )
            positions[issue] = [
                {
                    "since": (FIRST + timedelta(days=23 * start)).isoformat(),
                    "note": f"{issue}, {start}: " + "a note as long as people write them, " * 6,
                    **({"reserves": "How and when."} if start % 3 else entry),
                    **({"refuses": "y"} if start % 3 == 2 else {}),
                }
                for start in starts
            ]
    return agenda, people
