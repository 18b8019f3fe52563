"""A briefing as plain data, `claimpos.brief/2`: what its templates receive.

See schemas/brief.schema.json; `claimpos brief … --format json` prints the same.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from claimpos.briefing.first_page import first_page
from claimpos.briefing.position_data import PositionData
from claimpos.briefing.ranking import picture, title
from claimpos.comparison.entry_parts import about
from claimpos.comparison.reasons import VERDICTS, Verdict
from claimpos.comparison.table import PositionTable
from claimpos.comparison.verdicts import CellVerdict, Comparison
from claimpos.dossier.dates import day_of
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.model import Basis, Dossier
from claimpos.errors import WrongUsage
from claimpos.rendering.diff import Row, reading_notes, rows_of, verdict_counts
from claimpos.rendering.diff_report import distances_report, summary_report
from claimpos.rendering.document import paragraphs, plain
from claimpos.rendering.renderers import Length
from claimpos.wording.age import age_in_full, last_confirmed, newest_report
from claimpos.wording.distances import gap_in_words
from claimpos.wording.dossier_texts import capital, one_line
from claimpos.wording.grammar import counted
from claimpos.wording.names import joined, written_day
from claimpos.wording.phrases import Phrases
from claimpos.wording.reasons import reason_name
from claimpos.wording.requirements import requirements
from claimpos.wording.texts import answers_to_texts
from claimpos.wording.verdicts import why_cell

if TYPE_CHECKING:
    from claimpos.comparison.changes import Changes
    from claimpos.deals.search import Deals


FORMAT = "claimpos.brief/2"

# What it takes to tell a position, or that there is none, in answers to be weighed.
_POSITION = 18
_SILENCE = 7


def check_size(
    dossier: Dossier,
    parties: Sequence[str],
    as_of: date | str | None = None,
    basis: Basis = "inferred",
    issues: Collection[str] | None = None,
) -> None:
    """Raise WrongUsage where a briefing of these, as of `compare`, is more than the limit allows.

    A briefing weighs what each party says to each outcome, to tell what would have to move. It also
    tells each position, each answer to a text, and on which issues a party has none.
    """
    table = PositionTable(dossier, parties, day_of(as_of, dossier.closed), basis)
    chosen = [issue for key, issue in dossier.issues.items() if issues is None or key in issues]
    cells = [cell for issue in chosen for cell in table.cells(issue, parties)]
    answers = len(parties) * sum(table.space(cell).full.bit_count() for cell in cells)
    positions = sum(table.entry_on(party, cell) is not None for cell in cells for party in parties)
    listed = positions + sum(len(dossier.parties[party].answers) for party in parties)
    length = _POSITION * listed + _SILENCE * (len(parties) * len(cells) - positions)
    most = limit("briefing-answers")
    for number, what in (
        (answers, f"have to weigh {answers:,} answers"),
        (length, f"tell positions and answers to texts that count as {length:,} answers"),
    ):
        if number > most:
            raise WrongUsage(
                f"a briefing of {counted(len(parties), 'party', 'parties')} and "
                f"{counted(len(chosen), 'issue', 'issues')} would {what}, more than {most:,}; "
                "name fewer parties, or issues with --issue, or, "
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
    rows = BriefingRows(comparison, only)
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
        "first_page": first_page(comparison, rows.in_order, rows.position_data.timelines),
        "sections": [verdict for verdict in VERDICTS if verdict in only],
        "picture": picture(comparison, rows.numbered),
        "rows": [rows.row(*numbered) for numbered in rows.shown],
        "silences": _silences(comparison),
        "changes": None if changed is None else _changes(changed),
        "deals": None if deals is None else _deals(deals),
        "notes": rows.position_data.notes.all,
        "method": method(bool(comparison.common.ballots)),
    }


def _deals(deals: Deals) -> dict[str, Any]:
    """The answer, and what people read of it, as blocks in the order of the report."""
    from claimpos.briefing.layout import block_data
    from claimpos.rendering.deals import answer_in_words, body_blocks, closing, opening

    _who_and_when, *terms = opening(deals)  # the briefing's head has said it
    blocks = [paragraphs(terms), *body_blocks(deals), paragraphs(closing(deals))]
    return {
        "answer": deals.answer,
        "answer_in_words": answer_in_words(deals),
        "proved": deals.proved,
        "blocks": [data for block in blocks for data in block_data(block)],
    }


def _changes(changed: Changes) -> dict[str, Any]:
    """What changed since a day, as blocks in the order of the report."""
    from claimpos.briefing.layout import block_data
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
    """The issues on which no party has a current position; then each party's other ones."""
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


_METHOD = [
    "A party's position is what it is recorded as saying: it demands, proposes or accepts an "
    "outcome, with or without conditions, rejects it (a red line), or leaves it open. The latest "
    "counts.",
    "Overlap: at least one outcome is acceptable to every party. Conflict: every outcome is "
    "ruled out by at least one. Unresolved: neither. A party with no recorded position counts "
    "neither for nor against any outcome.{}",
    "Statements are in the party's own words unless marked as reported by a named outlet, or as "
    "inferred: hints, or conclusions of others. A position is as strong as its strongest "
    "statement.",
    "Sharpest disputes: first where one party demands what another rejects and no condition is "
    "named, then incompatible demands; among equals, where more parties give high priority.",
    "What an outcome would require follows from the positions alone: no party need be ready for "
    "it. Verdicts are neither a prediction nor advice, and no better than their sources.",
]
_BY_VOTE = (
    " Where the agenda states a decision rule, the vote decides instead: overlap if an outcome "
    "passes, conflict if none can pass, unresolved otherwise."
)


def method(by_vote: bool) -> list[str]:
    """The lines; `by_vote`: if an issue is decided by a vote."""
    return [line.format(_BY_VOTE if by_vote else "") for line in _METHOD]


class BriefingRows:
    """The rows of a briefing, with the notes in the order in which they are referred to.

    Rows are numbered in the order of the sections; of the unresolved, those last that are open
    because a party has no recorded position. `shown` are the rows with a verdict asked for,
    `in_order` all in the order of the agenda.
    """

    def __init__(self, comparison: Comparison, only: Collection[Verdict] = VERDICTS) -> None:
        self.comparison = comparison
        self.position_data = PositionData(comparison)
        self.in_order = rows_of(comparison)
        rows = sorted(self.in_order, key=lambda row: (VERDICTS.index(row.verdict), is_quiet(row)))
        self.numbered = [
            (number, row, self._phrases(row)) for number, row in enumerate(rows, start=1)
        ]
        self.shown = [one for one in self.numbered if one[1].verdict in only]
        self._length = Length("what each outcome would require has")  # each party may lengthen it

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
            "moves": self._requirements(phrases),
            "hangs_on_in_words": row.hangs_on,
            "quiet": is_quiet(row),
            "spoken": any(row.issue.positions.values()) or bool(row.issue.lapsed),
            "positions": [
                self._position(party, row, said)
                for party, said in zip(self.comparison.parties, row.positions, strict=True)
            ],
        }

    def _requirements(self, phrases: Phrases | None) -> list[str]:
        """What each outcome would require; raises WrongUsage for more than a report may hold."""
        needs = () if phrases is None else requirements(phrases)
        return [f"{capital(self._length.counted(one))}." for one in needs]

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
        report = self.position_data.of(party, standing, row.issue.issue, cells, headed=cells)
        entry = standing.entry and about(standing.entry, cells)
        if entry and self.comparison.is_stale(entry):
            report["period"] += f"; {last_confirmed(entry)}"
        return {**report, "in_few_words": said}


def _in_short(row: Row, phrases: Phrases | None) -> str:
    if phrases is None:
        return row.explanation
    return _why(why_cell(row.cells[0], beside_positions=True), phrases)


def _why(why: str, phrases: Phrases) -> str:
    reserving = [party for party, _ in phrases.case.reserving]
    if why or not reserving:
        return why
    return f"{capital(phrases.left_open(reserving))}."


def is_quiet(row: Row) -> bool:
    """Whether a row is open because a party has no recorded position on it."""
    return row.verdict == "unresolved" and (not row.cells or row.reason == "silent")


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
