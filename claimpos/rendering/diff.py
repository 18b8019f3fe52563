"""A comparison: a heading, then overlaps, conflicts and what is unresolved; or cell by cell.

For JSON, see `diff_report`; for CSV, `diff_rows`.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from claimpos.comparison.conditions import Common
from claimpos.comparison.reasons import VERDICTS, Reason, Verdict
from claimpos.comparison.verdicts import CellVerdict, Comparison, IssueVerdict
from claimpos.dossier.model import Basis, Cell
from claimpos.rendering.diff_rows import is_heard, overview, said_on, unheard_in_words
from claimpos.rendering.document import (
    Block,
    Document,
    Group,
    Heading,
    MarkedText,
    Paragraph,
    Table,
    Text,
    filled,
    headed,
)
from claimpos.wording.age import age_notes
from claimpos.wording.beside_verdicts import hangs_on
from claimpos.wording.distances import gap_in_words
from claimpos.wording.dossier_texts import capital
from claimpos.wording.names import Words, dossier_named, joined, written_day
from claimpos.wording.reasons import (
    reason_meaning,
    reason_name,
    verdict_meaning,
    verdict_title,
)
from claimpos.wording.sentences import say, template
from claimpos.wording.verdicts import explain_cell, explain_cell_alone, explain_issue
from claimpos.wording.votes import not_applied


class ShownParts(NamedTuple):
    """The parts of a report: one line for each issue, and each party's positions with why."""

    overview: bool = True
    details: bool = True


ALL = ShownParts()


class Row(NamedTuple):
    """One line of the report: an issue, or some of its items that are alike in everything."""

    issue: IssueVerdict
    cells: tuple[CellVerdict, ...]
    verdict: Verdict
    reason: Reason | None
    explanation: str
    positions: tuple[str, ...]
    hangs_on: str = ""

    @property
    def title(self) -> str:
        items = self.issue.issue.items
        named = [items[cell.cell.item] for cell in self.cells if cell.cell.item is not None]
        title = self.issue.issue.title
        return f"{title}: {', '.join(named)}" if named else title


def rows_of(
    comparison: Comparison, only: Collection[Verdict] = VERDICTS, robust: bool = False
) -> list[Row]:
    """The lines of the report in the agenda's order, like items folded into one.

    If `robust`, those of cells whose verdict hangs on one statement are left out.
    What parties leave open they say of the issue: it stands in one of its rows that are shown.
    """
    rows: list[Row] = []
    for verdict in comparison.issues:
        of_issue = [
            row
            for row in _issue_rows(verdict, comparison)
            if row.verdict in only and not (robust and row.hangs_on)
        ]
        first = min(of_issue, key=_where_left_open, default=None)
        rows += [_with_left_open(row) if row is first else row for row in of_issue]
    return rows


def _where_left_open(row: Row) -> tuple[bool, int]:
    """The rows in the order in which one may say what is left open: first one that rests on it."""
    return row.reason != "reserved", VERDICTS.index(row.verdict)


def _with_left_open(row: Row) -> Row:
    if not row.cells or not row.cells[0].case.reserving:
        return row
    return row._replace(explanation=explain_cell(row.cells[0]))


def _issue_rows(verdict: IssueVerdict, comparison: Comparison) -> list[Row]:
    words = Words(comparison.dossier)
    if not verdict.cells:
        said = said_on(comparison, verdict, Cell(verdict.issue.id), words)
        reason, why = verdict.reported_reason, explain_issue(verdict)
        return [Row(verdict, (), verdict.verdict, reason, why, said)]
    alike: dict[tuple[Verdict, Reason, str, tuple[str, ...], str], list[CellVerdict]] = {}
    for cell in verdict.cells:
        said = said_on(comparison, verdict, cell.cell, words)
        why = explain_cell_alone(cell)
        key = cell.verdict, cell.reported_reason, why, said, hangs_on(cell)
        alike.setdefault(key, []).append(cell)
    return [Row(verdict, tuple(cells), *key) for key, cells in alike.items()]


def diff_document(
    comparison: Comparison,
    only: Collection[Verdict] = VERDICTS,
    robust: bool = False,
    show: ShownParts = ALL,
) -> Document:
    """The report, or `only` some of its sections, for people to read; see `ShownParts`."""
    blocks: list[Block] = [_head(comparison, robust, show.details)]
    if show.overview:
        blocks += overview(comparison, only, robust, alone=not show.details)
    if show.details:
        blocks += _details(comparison, only, robust, show)
    return Document(blocks)


def _details(
    comparison: Comparison, only: Collection[Verdict], robust: bool, show: ShownParts
) -> list[Block]:
    """Each party's positions, and why, in sections by verdict."""
    rows = rows_of(comparison, only, robust)
    blocks: list[Block] = []
    for verdict in VERDICTS:
        if verdict in only:
            chosen = [row for row in rows if row.verdict == verdict and row.reason != "one-voice"]
            none = _none(verdict, comparison, robust)
            blocks.append(_section(verdict, chosen, comparison, none, show))
    together = [row for row in rows if row.reason == "one-voice" and row.verdict in only]
    if together:
        blocks.append(_one_voice(together, comparison))
    return blocks


def _head(comparison: Comparison, robust: bool, details: bool) -> Block:
    dossier = comparison.dossier
    names = capital(joined(dossier.parties[party].label for party in comparison.parties))
    title = say("head.title", parties=names, day=written_day(comparison.day))
    age = age_notes(dossier, comparison.newest, comparison.day)
    notes = [*age, *(reading_notes(comparison) if details else scope_notes(comparison))]
    is_checked = _is_checked(comparison)
    if robust:
        notes.append(say("head.robust" if is_checked else "head.robust-unchecked"))
    elif details and not is_checked:
        notes.append(say("head.unmarked"))
    return headed(
        Heading(title, "title"), dossier_named(dossier.title), verdict_counts(comparison), *notes
    )


def _is_checked(comparison: Comparison) -> bool:
    """Whether it is known of every verdict if it hangs on one statement, or it was not asked."""
    cells = [cell.hangs_on for issue in comparison.issues for cell in issue.cells]
    return all(one is None or one.searched for one in cells)


def verdict_counts(comparison: Comparison) -> Text:
    """How many issues have which verdict; those that are open without a position, apart."""
    summary, silent = comparison.summary, comparison.silent
    open_still = {**summary, "unresolved": summary["unresolved"] - silent}
    counts = filled(
        template("head.counts"),
        issues=say("count.issues", len(comparison.issues)),
        **{one: MarkedText(say(f"count.{one}", count), one) for one, count in open_still.items()},
        unheard=MarkedText(say("count.unheard", silent), "unresolved"),
    )
    if not comparison.one_voice:
        return counts
    number = str(comparison.one_voice)
    return filled(template("head.counts-with-one-voice"), counts=counts, count=number)


def one_voice_in_words(comparison: Comparison) -> str:
    """On how many issues there is nothing to compare, because the parties speak as one."""
    if not comparison.one_voice:
        return ""
    return say("head.one-voice", issues=say("count.issues", comparison.one_voice))


def reading_notes(comparison: Comparison) -> list[str]:
    """What a reader must know to understand the counts."""
    notes = []
    if any(len({cell.verdict for cell in issue.cells}) > 1 for issue in comparison.issues):
        notes.append(say("head.sub-issues"))
    return [*notes, *scope_notes(comparison)]


def scope_notes(comparison: Comparison) -> list[str]:
    """Which positions are compared, where not all of the parties' are."""
    return [
        *member_notes(comparison),
        *rules_not_applied(comparison.common),
        *basis_notes(comparison.basis, comparison.set_aside),
    ]


def member_notes(comparison: Comparison) -> list[str]:
    """That a group and its member are compared on some issues only, if they are."""
    member = comparison.common.table.member_among(comparison.parties)
    if not member:
        return []
    words = Words(comparison.dossier)
    group = [party for party in comparison.parties if party != member]
    speakers, name = capital(words.parties(group)), words.party(member)
    return [say("head.member", words.number(group), group=speakers, member=name)]


def rules_not_applied(common: Common) -> list[str]:
    """That among these parties the agenda's decision rules decide nothing, if they do not."""
    if len(common.parties) < 3:
        return []
    text = not_applied(common.ballots.missing().values(), Words(common.table.dossier))
    return [text] if text else []


def basis_notes(basis: Basis, count: int) -> list[str]:
    """A note that only evidence of a basis counts, and how many positions are left aside."""
    if basis == "inferred":
        return []
    return [say(f"head.based-on-{basis}", positions=say("count.positions-aside", count))]


def _none(verdict: Verdict, comparison: Comparison, robust: bool) -> str:
    """What a section says if it has no rows."""
    if robust:
        return say("section.none-robust")
    apart = any(
        one.verdict == verdict and one.reported_reason == "one-voice" for one in comparison.issues
    )
    if not apart:
        return say("section.none")
    return say("section.none-but-one-voice", section=reason_name("one-voice"))


def _section(
    verdict: Verdict, rows: Sequence[Row], comparison: Comparison, none: str, show: ShownParts
) -> Block:
    heard = [row for row in rows if is_heard(row.issue)]
    unheard = [row.title for row in rows if not is_heard(row.issue)]
    blocks: list[Block] = [Heading(verdict_title(verdict), mark=verdict)]
    meaning = verdict_meaning(verdict, bool(comparison.common.ballots))
    blocks.append(Paragraph(capital(meaning)))
    if heard:
        blocks.append(_table(heard, comparison))
    elif unheard and show.overview:
        blocks.append(Paragraph(say("section.none-but-unheard")))
    if not show.overview:
        blocks += unheard_in_words(unheard, comparison)
    if not rows:
        blocks.append(Paragraph(none))
    return Group(blocks)


def _one_voice(rows: Sequence[Row], comparison: Comparison) -> Block:
    """The section on what a group and its members, or these alone, say as one."""
    heading = Heading(reason_name("one-voice"))
    meaning = Paragraph(capital(reason_meaning("one-voice")))
    return Group([heading, meaning, _table(rows, comparison)])


def _table(rows: Sequence[Row], comparison: Comparison) -> Table:
    """A column for each party; with little room, they share one."""
    labels = [comparison.dossier.parties[party].label for party in comparison.parties]
    wide = [[row.title, *row.positions, _why(row)] for row in rows]
    narrow = [[row.title, _stacked(labels, row.positions), _why(row)] for row in rows]
    issue, why = say("table.issue"), say("section.why")
    shared = Table([issue, say("section.positions"), why], narrow, "prose")
    return Table([issue, *labels, why], wide, "prose", shared)


def _stacked(labels: Sequence[str], positions: Sequence[str]) -> str:
    return "\n".join(
        say("section.position", party=label, position=position)
        for label, position in zip(labels, positions, strict=True)
    )


def _why(row: Row) -> str:
    name = reason_name(row.reason, len(row.positions)) if row.reason else ""
    gap = gap_in_words(row.cells[0], row.issue.issue.unit) if row.cells and row.cells[0].gap else ""
    apart = say("section.gap", gap=gap) if gap else ""
    parts = [f"{name}." if name else "", row.explanation, apart, row.hangs_on]
    return " ".join(filter(None, parts))
