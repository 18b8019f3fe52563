"""What changed, as people read it: did it bring anyone closer, which verdicts, which positions."""

from __future__ import annotations

from collections.abc import Iterable

from claimpos.comparison.causes import Cause
from claimpos.comparison.changes import Changes, EntryChange, Ruling, VerdictChange
from claimpos.dossier.model import Cell
from claimpos.rendering.diff import aside, counted_verdicts
from claimpos.rendering.layout import Layout, cells_title
from claimpos.rendering.tables import TERMINAL
from claimpos.rendering.text import Paint
from claimpos.wording.movement import step_in_words
from claimpos.wording.names import (
    Words,
    capital,
    counted,
    joined,
    label,
    written_date,
    written_day,
)
from claimpos.wording.positions import in_few_words, in_full
from claimpos.wording.reasons import reason_name

Revisions = tuple[tuple[str, str], tuple[str, str] | None]
"""Two revisions of the files, each as it was named and as a commit; None is the files as they are.
"""


def changes_text(
    changes: Changes,
    revisions: Revisions | None = None,
    style: str = TERMINAL,
    width: int = 80,
    paint: Paint | None = None,
) -> str:
    """The whole report in a table style of `tables`."""
    telling = _Telling(changes, revisions)
    layout = Layout(style, width, paint or Paint(on=False))
    about = [changes.dossier.title, *telling.summary()]
    head = [layout.title(telling.title()), layout.lines(about)]
    blocks = [layout.together(head)]
    blocks.append(layout.section("Changed verdicts"))
    rows = list(telling.verdict_rows())
    header = ["Issue", "Verdict", "Due to"]
    blocks.append(layout.table(header, rows) if rows else layout.line("None."))
    blocks.append(layout.section(telling.entries_title()))
    rows = list(telling.entry_rows())
    header = ["When", "Party and issue", "What changed"]
    blocks.append(layout.table(header, rows) if rows else layout.line("None."))
    if restated := telling.restated():
        blocks.append(layout.lines(["Restated without change:", *restated]))
    if changes.elsewhere:
        entries = counted(changes.elsewhere, "position that is", "positions that are")
        blocks.append(layout.line(f"Also edited: {entries} not current on that day."))
    return "\n\n".join(blocks) + "\n"


class _Telling:
    def __init__(self, changes: Changes, revisions: Revisions | None) -> None:
        self.changes = changes
        self.revisions = revisions
        self.words = Words(changes.dossier)

    def title(self) -> str:
        parties = self.changes.dossier.parties
        names = capital(joined(parties[party].label for party in self.changes.after.parties))
        first, last = (written_day(one.day) for one in (self.changes.before, self.changes.after))
        if self.revisions is None:
            return f"{names}: what changed from {first} to {last}"
        old, new = map(_revision, self.revisions)
        return f"{names}: what changed from {old} to {new}, as of {last}"

    def summary(self) -> list[str]:
        """The counts at both ends, and whether it brought anyone closer."""
        before, after = self.changes.before, self.changes.after
        told = [
            f"Before: {counted_verdicts(before)}. After: {counted_verdicts(after)}.",
            f"Net movement: {closer_in_words(self.changes)}",
        ]
        return [*told, *aside(after.basis, after.set_aside)]

    def entries_title(self) -> str:
        if self.revisions is None:
            return "New and lapsed positions"
        return "Edited positions"

    def verdict_rows(self) -> Iterable[list[str]]:
        """A row for each verdict that changed, items alike folded into one."""
        alike: dict[tuple[str, bool, str, str], list[Cell]] = {}
        after, parties = self.changes.after.dossier.issues, len(self.changes.after.parties)
        for change in self.changes.verdicts:
            was, now = (ruling_in_words(one, parties) for one in (change.was, change.now))
            told = f"{was} → {now}"
            issue = after.get(change.cell.issue)
            gone = issue is None or change.cell not in issue.cells()
            key = change.cell.issue, gone, told, because(change, self.words)
            alike.setdefault(key, []).append(change.cell)
        for (_, gone, told, why), cells in alike.items():
            agenda = self.changes.before if gone else self.changes.after
            yield [cells_title(agenda.dossier, cells), told, why]

    def entry_rows(self) -> Iterable[list[str]]:
        """A row for each position that began or ended, but those that say what they did."""
        for change in self.changes.entries:
            if change.step.kind != "restated" or self.revisions is not None:
                party = self.changes.dossier.parties[change.party].label
                told = entry_in_words(change, self.changes, edited=self.revisions is not None)
                yield [self._when(change), f"{party}: {change.issue.title}", told]

    def _when(self, change: EntryChange) -> str:
        if change.step.kind != "lapsed":
            if self.revisions is None and change.step.day != change.step.entry.since.first:
                return written_day(change.step.day)
            since = written_date(change.step.entry.since)
            return f"{since} or earlier" if change.step.entry.standing else since
        return "" if self.revisions is not None else f"after {written_day(change.step.last_day)}"

    def restated(self) -> list[str]:
        """By party, the issues on which it came to say the same again."""
        if self.revisions is not None:
            return []
        titles: dict[str, dict[str, None]] = {}
        for change in self.changes.entries:
            if change.step.kind == "restated":
                titles.setdefault(change.party, {})[change.issue.title] = None
        parties = self.changes.dossier.parties
        return [f"{parties[party].label}: {joined(told)}." for party, told in titles.items()]


def _revision(revision: tuple[str, str] | None) -> str:
    if revision is None:
        return "the files as they are"
    name, commit = revision
    return f"{name} ({commit[:7]})"


def closer_in_words(changes: Changes) -> str:
    """How many verdicts moved towards overlap and how many away, by what was said or not said."""
    if not changes.verdicts:
        return "no verdict changed."
    told = ["; ".join(_moved(changes, closer) for closer in (True, False)) + "."]
    if any(change.cell.item is not None for change in changes.verdicts):
        told.append("Sub-issues are counted separately.")
    return " ".join(told)


def _moved(changes: Changes, closer: bool) -> str:
    moved = changes.moved(closer)
    count = counted(len(moved), "verdict", "verdicts")
    ways = {
        "to overlap" if closer else "to conflict": [
            change for change in moved if change.now.verdict != "unresolved"
        ],
        f"from {'conflict' if closer else 'overlap'} to unresolved": [
            change for change in moved if change.now.verdict == "unresolved"
        ],
        "only because a position ended": [change for change in moved if change.by_silence],
    }
    told = ", ".join(f"{len(found)} {way}" for way, found in ways.items() if found)
    where = "moved towards overlap" if closer else "moved away from it"
    return f"{count} {where}{f' ({told})' if told else ''}"


def ruling_in_words(ruling: Ruling, parties: int) -> str:
    """A verdict with its reason: conflict (red line)."""
    name = reason_name(ruling.reason, parties).lower() if ruling.reason else "no party names it"
    return f"{ruling.verdict} ({name})"


def because(change: VerdictChange, words: Words) -> str:
    """The positions that a changed verdict comes from."""
    if not change.causes:
        return "The agenda was edited."
    return "; ".join(_cause(cause, change.cell, words) for cause in change.causes)


def _cause(cause: Cause, cell: Cell, words: Words) -> str:
    issue = words.dossier.issues[cause.issue]
    party = words.dossier.parties[cause.party].label
    about = "" if cause.issue == cell.issue else f" on {label(issue.title)}"
    if cause.entry is None:
        return f"{party}{about}: no longer has a current position"
    since = written_date(cause.since or cause.entry.since)
    said = (
        in_few_words(cause.entry, cell, issue, words)
        if cause.issue == cell.issue
        else "; ".join(in_full(cause.entry, issue, words))
    )
    return f"{party}{about}, since {since}: {'no longer names it' if said == '–' else said}"


def entry_in_words(change: EntryChange, changes: Changes, edited: bool = False) -> str:
    """What a position that began or ended changes; of a new one, all that it says."""
    step = change.step
    words = Words(changes.before.dossier if step.kind == "lapsed" else changes.dossier)
    said = "; ".join(in_full(step.entry, change.issue, words))
    if edited and step.kind == "lapsed":
        return f"No longer current: {said}."
    if step.kind == "new" and not step.after_silence:
        return f"First recorded position: {said}."
    told = step_in_words(step, change.issue, words)
    return told.replace("Restated", "Edited", 1) if edited and step.kind == "restated" else told
