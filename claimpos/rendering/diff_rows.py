"""A comparison in rows: one for each issue, at a glance, and one for each cell, as CSV."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from claimpos.comparison.reasons import REASONS, VERDICTS, Reason, Verdict, concerned
from claimpos.comparison.verdicts import CellVerdict, Comparison, IssueVerdict
from claimpos.dossier.model import Cell, Dossier
from claimpos.dossier.outcomes import Number
from claimpos.rendering.document import (
    Block,
    Group,
    Item,
    List,
    MarkedText,
    Paragraph,
    Table,
    Text,
    filled,
)
from claimpos.wording.age import last_confirmed
from claimpos.wording.beside_verdicts import hangs_on
from claimpos.wording.dossier_texts import label
from claimpos.wording.names import Words, in_a_row
from claimpos.wording.positions import positions_in_few_words
from claimpos.wording.reasons import (
    NAMED_PLAINLY,
    reason_meaning,
    reason_name,
    verdict_meaning,
    verdict_name,
)
from claimpos.wording.sentences import say, template
from claimpos.wording.verdicts import explain_cell, explain_issue

if TYPE_CHECKING:
    from claimpos.rendering.data import Rows


_NAMED = 3
"""So many parties are named one by one; of more, those that are left out, or how many."""


class IssueLine(NamedTuple):
    """An issue in one line: its least favourable verdict, why, and whom the reason concerns."""

    issue: IssueVerdict
    verdict: Verdict
    reason: Reason
    parties: tuple[str, ...]
    share: Mapping[str, int] = {}
    """Of an issue's sub-issues, how many have this verdict for this reason, if not all."""


def overview(
    comparison: Comparison, only: Collection[Verdict], robust: bool, alone: bool
) -> Sequence[Block]:
    """The table, the issues on which no party has a position, and what the words mean.

    If it stands `alone`, also what the verdicts mean, and how to see more. If `robust`, verdicts
    that hang on one statement are left out. Nothing where no issue is left.
    """
    lines = [
        line
        for verdict in comparison.issues
        if (line := _line(verdict, comparison, robust)) is not None and line.verdict in only
    ]
    heard = sorted((line for line in lines if is_heard(line.issue)), key=_place)
    unheard = unheard_in_words(
        [line.issue.issue.title for line in lines if not is_heard(line.issue)], comparison
    )
    blocks: list[Block] = []
    if heard:
        rows = [_row(line, comparison.dossier, len(comparison.parties)) for line in heard]
        header = [say(f"table.{column}") for column in ("issue", "verdict", "reason", "who")]
        blocks.append(Table(header, rows, "short"))
    blocks += unheard
    verdicts = {line.verdict for line in heard} if alone else ()
    meanings = {one: verdict_meaning(one, bool(comparison.common.ballots)) for one in verdicts}
    legend = List(_legend(heard, len(comparison.parties), meanings))
    end: list[Block] = [legend] if heard else []
    end += [Paragraph(say("table.more"))] if alone and lines else []
    return [*blocks, Group(end)] if end else blocks


def is_heard(verdict: IssueVerdict) -> bool:
    """Whether any party has a position on the issue, or has had one."""
    return any(verdict.positions.values()) or bool(verdict.lapsed)


def unheard_in_words(titles: Sequence[str], comparison: Comparison) -> list[Block]:
    """The issues on which no party has a position, in one paragraph; nothing if there are none."""
    if not titles:
        return []
    issues = "; ".join(map(label, titles))
    return [Paragraph(say("table.unheard", len(comparison.parties), issues=issues))]


def _line(verdict: IssueVerdict, comparison: Comparison, robust: bool) -> IssueLine | None:
    if not verdict.cells:
        reason = verdict.reported_reason or "silent"
        return IssueLine(verdict, verdict.verdict, reason, _without_cells(verdict, reason))
    cells = [one for one in verdict.cells if not (robust and hangs_on(one))]
    if not cells:
        return None
    worst = min(cells, key=_severity)
    alike = [one for one in cells if _severity(one) == _severity(worst)]
    of_any = {party for one in alike for party in concerned(one.case)}
    parties = tuple(party for party in comparison.parties if party in of_any)
    some, every = len(alike), len(verdict.cells)
    share = {} if some == every else {"some": some, "all": every}
    return IssueLine(verdict, worst.verdict, worst.reported_reason, parties, share)


def _without_cells(verdict: IssueVerdict, reason: Reason) -> tuple[str, ...]:
    """Whom the reason concerns of an issue with sub-issues of which no party names one."""
    case = verdict.case
    silent, reserving = case.silent, [party for party, _ in case.reserving]
    return tuple({"silent": silent, "reserved": reserving}.get(reason, [])) or case.parties


def _severity(cell: CellVerdict) -> tuple[int, int]:
    """The order from the least favourable verdict on, and within it that of the reasons."""
    order: tuple[Verdict, ...] = ("conflict", "unresolved", "overlap")
    reasons = REASONS[cell.verdict]
    place = reasons.index(cell.reported_reason) if cell.reported_reason in reasons else len(reasons)
    return order.index(cell.verdict), place


def _place(line: IssueLine) -> tuple[bool, int, bool]:
    """The order of the lines: by section, of the unresolved those without a position last."""
    return line.reason == "one-voice", VERDICTS.index(line.verdict), line.reason == "silent"


def _row(line: IssueLine, dossier: Dossier, compared: int) -> list[str]:
    title = line.issue.issue.title
    if line.share:
        title = say("table.some-sub-issues", issue=title, **line.share)
    who = _who(line.parties, tuple(line.issue.positions), dossier)
    verdict = say(f"verdict.{line.verdict}.in-table")
    return [title, verdict, reason_name(line.reason, compared), who]


def _who(parties: Sequence[str], compared: Sequence[str], dossier: Dossier) -> str:
    if len(parties) == len(compared):
        return say("table.everyone", len(compared))
    others = [party for party in compared if party not in parties]
    if len(parties) <= _NAMED:
        return in_a_row(dossier.parties[party].label for party in parties)
    if len(others) < _NAMED:
        labels = in_a_row(dossier.parties[party].label for party in others)
        return say("table.all-but", parties=labels)
    return say("table.some", some=len(parties), all=len(compared))


def _legend(
    lines: Sequence[IssueLine], compared: int, meanings: Mapping[Verdict, str]
) -> list[Item]:
    """What verdicts mean, by these, and the reasons that occur; no more, so that it is read."""
    reasons = dict.fromkeys(line.reason for line in lines)
    items = [
        Item(_meaning(MarkedText(verdict_name(verdict), verdict), meanings[verdict]))
        for verdict in VERDICTS
        if verdict in meanings
    ]
    items += [
        Item(_meaning(reason_name(one), reason_meaning(one, compared)))
        for one in reasons
        if one not in NAMED_PLAINLY
    ]
    if share := next((line.share for line in lines if line.share), None):
        items.append(Item(say("legend.sub-issues", share["some"], **share)))
    return [*items, Item(_meaning(say("table.who"), say("legend.who")))]


def _meaning(name: Text, meaning: str) -> Text:
    return filled(template("legend.meaning"), name=name, meaning=meaning)


_HEADER = [
    *["issue", "item", "group", "verdict", "reason", "outcomes", "gap", "apart"],
    *["explanation", "hangs on"],
]


def diff_rows(
    comparison: Comparison, only: Collection[Verdict] = VERDICTS, robust: bool = False
) -> "Rows":
    """One line for each cell, or issue of which no item is named: verdict, reason, positions."""
    words = Words(comparison.dossier)
    lines = [
        [*cells, *said_on(comparison, verdict, cell, words)]
        for verdict in comparison.issues
        for cell, cells in _lines(verdict, words, robust)
        if cells[3] in only
    ]
    return [*_HEADER, *comparison.parties], lines


def _lines(
    verdict: IssueVerdict, words: Words, robust: bool
) -> list[tuple[Cell, list[str | Number]]]:
    issue = verdict.issue
    if not verdict.cells:
        said: list[str | Number] = [verdict.verdict, verdict.reported_reason or "", "", "", ""]
        return [(Cell(issue.id), [issue.id, "", issue.group, *said, explain_issue(verdict), ""])]
    return [
        (
            cell.cell,
            [
                issue.id,
                cell.cell.item or "",
                issue.group,
                cell.verdict,
                cell.reported_reason,
                words.outcomes(issue, cell.outcomes) if cell.outcomes else "",
                "" if cell.gap is None else cell.gap,
                cell.apart[0].distance if cell.apart else "",
                explain_cell(cell),
                hangs_on(cell),
            ],
        )
        for cell in verdict.cells
        if not (robust and hangs_on(cell))
    ]


def said_on(
    comparison: Comparison, verdict: IssueVerdict, cell: Cell, words: Words
) -> tuple[str, ...]:
    """What each party says on a cell; what was last confirmed too long ago is marked."""
    said = positions_in_few_words(verdict, cell, words)
    entries = [entry and entry.on(cell) for entry in verdict.positions.values()]
    return tuple(
        say("says.confirmed", words=text, when=last_confirmed(entry))
        if entry and comparison.is_stale(entry)
        else text
        for text, entry in zip(said, entries, strict=True)
    )
