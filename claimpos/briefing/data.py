"""A briefing as plain data, `claimpos.brief/2`: what its templates receive.

See schemas/brief.schema.json; `claimpos brief … --format json` prints the same.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from claimpos.briefing.first_page import first_page
from claimpos.briefing.method import method
from claimpos.briefing.row_data import Writing
from claimpos.briefing.summary import picture
from claimpos.comparison.reasons import VERDICTS, Verdict
from claimpos.comparison.table import Table
from claimpos.comparison.verdicts import Comparison
from claimpos.dossier.dates import day_of
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.model import Basis, Dossier
from claimpos.errors import WrongUsage
from claimpos.rendering.diff import reading_notes, verdict_counts
from claimpos.rendering.diff_report import summary_report
from claimpos.rendering.document import plain
from claimpos.wording.age import age_in_full, newest_report
from claimpos.wording.names import capital, counted, joined, one_line, written_day
from claimpos.wording.texts import answers_to_texts

if TYPE_CHECKING:
    from claimpos.comparison.changes import Changes
    from claimpos.deals.search import Deals

FORMAT = "claimpos.brief/2"


def check_size(
    dossier: Dossier,
    parties: Sequence[str],
    as_of: date | str | None = None,
    basis: Basis = "inferred",
    issues: Collection[str] | None = None,
) -> None:
    """Raise WrongUsage where a briefing of these, as of `compare`, is more than the limit allows.

    A briefing weighs what each party says to each outcome, to tell what would have to move.
    """
    table = Table(dossier, parties, day_of(as_of, dossier.closed), basis)
    chosen = [issue for key, issue in dossier.issues.items() if issues is None or key in issues]
    cells = [cell for issue in chosen for cell in table.cells(issue, parties)]
    number = len(parties) * sum(table.space(cell).full.bit_count() for cell in cells)
    most = limit("briefing-answers")
    if number > most:
        raise WrongUsage(
            f"a briefing of {counted(len(parties), 'party', 'parties')} and "
            f"{counted(len(chosen), 'issue', 'issues')} would have to weigh {number:,} answers, "
            f"more than {most:,}; name fewer parties, or issues with --issue, or, "
            f"{how_to_raise('briefing-answers')}"
        )


def brief_report(
    comparison: Comparison,
    deals: Deals | None = None,
    changed: Changes | None = None,
    only: Collection[Verdict] = VERDICTS,
) -> dict[str, Any]:
    """The briefing of a comparison, with its deals and what changed where these were looked for.

    `only` some verdicts have their sections and rows. Every key is there in each report, with "",
    [] or null for nothing.
    """
    writing = Writing(comparison, only)
    dossier, parties = comparison.dossier, comparison.dossier.parties
    names = joined(parties[party].label for party in comparison.parties)
    return {
        "format": FORMAT,
        "title": capital(names),
        "dossier": dossier.title,
        "as_of": comparison.day.isoformat(),
        "as_of_in_words": written_day(comparison.day),
        "newest": newest_report(comparison.newest),
        "age": age_in_full(comparison.dossier, comparison.newest, comparison.day),
        "basis": comparison.basis,
        "set_aside": comparison.set_aside,
        "parties": [_party(comparison, party) for party in comparison.parties],
        "summary": summary_report(comparison),
        "counted": plain(verdict_counts(comparison)),
        "remarks": reading_notes(comparison),
        "answers": [*answers_to_texts(comparison.common.table)],
        "first_page": first_page(comparison),
        "sections": [verdict for verdict in VERDICTS if verdict in only],
        "picture": picture(comparison, writing.numbered),
        "rows": [writing.row(*numbered) for numbered in writing.told],
        "silences": _silences(comparison),
        "changes": None if changed is None else _changes(changed),
        "deals": None if deals is None else _deals(deals),
        "notes": writing.position_data.notes.told,
        "method": method(bool(comparison.common.ballots)),
    }


def _deals(deals: Deals) -> dict[str, Any]:
    from claimpos.briefing.deals import deals_data

    return deals_data(deals)


def _changes(changed: Changes) -> dict[str, Any]:
    """What changed since a day, as blocks in the order of the report."""
    from claimpos.briefing.deals import block_data
    from claimpos.rendering.changes import changes_blocks

    day = changed.before.day
    return {
        "since": day.isoformat(),
        "since_in_words": written_day(day),
        "blocks": [data for block in changes_blocks(changed) for data in block_data(block)],
    }


def _party(comparison: Comparison, party_id: str) -> dict[str, Any]:
    known = comparison.dossier.parties
    party = known[party_id]
    return {
        "id": party.id,
        "name": party.name,
        "short": party.short,
        "label": party.label,
        "members": [known[one].name if one in known else one for one in party.members],
        "note": one_line(party.note),
    }


def _silences(comparison: Comparison) -> dict[str, Any]:
    """The issues on which nobody has a position in force and, party by party, the others."""
    nobody = [one for one in comparison.issues if not any(one.positions.values())]
    return {
        "nobody": [one.issue.title for one in nobody],
        "parties": [
            {
                "party": party,
                "label": comparison.dossier.parties[party].label,
                "issues": [
                    one.issue.title
                    for one in comparison.issues
                    if one.positions[party] is None and one not in nobody
                ],
            }
            for party in comparison.parties
        ],
    }
