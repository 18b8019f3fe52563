"""What changed: did it bring anyone closer, which verdicts, which positions.

For JSON, see schemas/changes.schema.json.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any

from claimpos.comparison.changes import Changes, EntryChange, Ruling, VerdictChange
from claimpos.comparison.figures import DistanceChange
from claimpos.comparison.verdicts import Comparison
from claimpos.dossier.model import Cell
from claimpos.rendering.data import Rows
from claimpos.rendering.diff import basis_notes, verdict_counts
from claimpos.rendering.diff_report import cell_report, entry_report, summary_report
from claimpos.rendering.document import (
    Block,
    Document,
    Heading,
    Paragraph,
    Table,
    headed,
    paragraphs,
    plain,
)
from claimpos.wording.age import age_notes, newest_report
from claimpos.wording.changes import (
    because,
    closer_in_words,
    entry_in_words,
    moved_in_words,
    ruling_in_words,
)
from claimpos.wording.movement import (
    distance_in_words,
    rename_in_words,
)
from claimpos.wording.names import (
    Words,
    capital,
    cells_title,
    counted,
    joined,
    written_date,
    written_day,
)

FORMAT = "claimpos.changes/2"


Revisions = tuple[tuple[str, str], tuple[str, str] | None]
"""Two revisions of the files, each as it was named and as a commit; None is the files as they are.
"""


def changes_document(changes: Changes, revisions: Revisions | None = None) -> Document:
    """The whole report, for people to read."""
    parts = _Parts(changes, revisions)
    head = headed(Heading(parts.title(), "title"), changes.dossier.title, *parts.summary())
    return Document([head, *_body(parts)])


def changes_blocks(changes: Changes) -> list[Block]:
    """What changed between two days, as part of a larger report on the second of them."""
    parts = _Parts(changes, None)
    before, net, *_ = parts.summary()
    return [paragraphs([before, net]), *_body(parts)]


def _body(parts: _Parts) -> list[Block]:
    changes = parts.changes
    blocks: list[Block] = []
    if changes.renames:
        renamed = [f"{capital(rename_in_words(one))}." for one in changes.renames]
        blocks.append(headed(Heading("Renamed"), *renamed))
    blocks += _rows("Changed verdicts", ["Issue", "Verdict", "Due to"], parts.verdict_rows())
    if changes.distances:
        header = ["Issue", "Distance", "What moved"]
        blocks += _rows("Distances between figures", header, parts.distance_rows())
    header = ["When", "Party and issue", "What changed"]
    blocks += _rows(parts.entries_title(), header, parts.entry_rows())
    if restated := parts.restated():
        blocks.append(paragraphs(["Restated without change:", *restated]))
    if changes.elsewhere:
        entries = counted(changes.elsewhere, "position that is", "positions that are")
        blocks.append(Paragraph(f"Also edited: {entries} not current on that day."))
    return blocks


def _rows(title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[Block]:
    found = list(rows)
    return [Heading(title), Table(header, found) if found else Paragraph("None.")]


class _Parts:
    """The title, the summary and the rows of the report."""

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
        parts = [
            f"Before: {plain(verdict_counts(before))}. After: {plain(verdict_counts(after))}.",
            f"Net movement: {closer_in_words(self.changes)}",
        ]
        parts += age_notes(after.dossier, after.newest, after.day)
        return [*parts, *basis_notes(after.basis, after.set_aside)]

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
            text = f"{was} → {now}"
            issue = after.get(change.cell.issue)
            gone = issue is None or not issue.has(change.cell)
            key = (
                change.cell.issue,
                gone,
                text,
                because(change, self.words, edited=self.revisions is not None),
            )
            alike.setdefault(key, []).append(change.cell)
        for (_, gone, text, why), cells in alike.items():
            agenda = self.changes.before if gone else self.changes.after
            yield [cells_title(agenda.dossier, cells), text, why]

    def distance_rows(self) -> Iterable[list[str]]:
        """A row for each distance between figures that has changed."""
        for change in self.changes.distances:
            title = cells_title(self.changes.after.dossier, [change.cell])
            text = distance_in_words(change, self.words, self.revisions is None)
            yield [title, moved_in_words(change), f"{capital(text)}."]

    def entry_rows(self) -> Iterable[list[str]]:
        """A row for each position that began or ended, except those restated between two days."""
        for change in self.changes.entries:
            if change.step.kind != "restated" or self.revisions is not None:
                party = self.changes.dossier.parties[change.party].label
                text = entry_in_words(change, self.changes, edited=self.revisions is not None)
                yield [self._when(change), f"{party}: {change.issue.title}", text]

    def _when(self, change: EntryChange) -> str:
        if change.step.kind != "lapsed":
            since = written_date(change.step.since or change.step.entry.since)
            standing = change.step.entry.standing and not change.step.continues
            return f"{since} or earlier" if standing else since
        return "" if self.revisions is not None else f"after {written_day(change.step.last_day)}"

    def restated(self) -> list[str]:
        """A sentence for each party, with the issues on which it restated its position."""
        if self.revisions is not None:
            return []
        titles: dict[str, dict[str, None]] = {}
        for change in self.changes.entries:
            if change.step.kind == "restated":
                titles.setdefault(change.party, {})[change.issue.title] = None
        parties = self.changes.dossier.parties
        return [f"{parties[party].label}: {joined(on)}." for party, on in titles.items()]


def _revision(revision: tuple[str, str] | None) -> str:
    if revision is None:
        return "the files as they are"
    name, commit = revision
    return f"{name} ({commit[:7]})"


def changes_report(changes: Changes, revisions: Revisions | None = None) -> dict[str, Any]:
    """The changes as plain data, between two days or, with `revisions`, between those."""
    words = Words(changes.dossier)
    return {
        "format": FORMAT,
        "dossier": changes.dossier.title,
        "parties": list(changes.after.parties),
        "basis": changes.after.basis,
        "from": _end(changes.before, revisions, 0),
        "to": _end(changes.after, revisions, 1),
        "newest": newest_report(changes.after.newest),
        "summary": {
            "towards": len(changes.moved(closer=True)),
            "away": len(changes.moved(closer=False)),
            "narrowed": len(changes.distances_that(narrowed=True)),
            "widened": len(changes.distances_that(narrowed=False)),
        },
        "verdicts": [
            _verdict(change, changes, words, edited=revisions is not None)
            for change in changes.verdicts
        ],
        "distances": [
            _distance(change, pair, distance_in_words(change, words, revisions is None))
            for change in changes.distances
            for pair in product(*change.sides)
        ],
        "entries": [
            {
                "party": change.party,
                "issue": change.issue.id,
                "kind": change.step.kind,
                "day": change.step.day.isoformat(),
                "after_silence": change.step.after_silence,
                "change": entry_in_words(change, changes, edited=revisions is not None),
                "entry": entry_report(change.step.entry, change.issue, change.party),
            }
            for change in changes.entries
        ],
        **({} if revisions is None else _of_edit(changes)),
    }


def _of_edit(changes: Changes) -> dict[str, Any]:
    renamed = [
        {
            "what": one.what,
            "from": list(one.old),
            "to": list(one.new),
            **({"issue": one.issue} if one.issue else {}),
        }
        for one in changes.renames
    ]
    return {"elsewhere": changes.elsewhere, "renames": renamed}


def _end(comparison: Comparison, revisions: Revisions | None, at: int) -> dict[str, Any]:
    end: dict[str, Any] = {"as_of": comparison.day.isoformat()}
    if revisions is not None:
        revision = revisions[at]
        named = ("name", "commit")
        end["revision"] = None if revision is None else dict(zip(named, revision, strict=True))
    return {**end, "set_aside": comparison.set_aside, "summary": summary_report(comparison)}


def _verdict(change: VerdictChange, changes: Changes, words: Words, edited: bool) -> dict[str, Any]:
    return {
        **cell_report(change.cell),
        "title": changes.dossier.issues[change.cell.issue].title,
        "from": _ruling(change.was),
        "to": _ruling(change.now),
        "moved": "towards" if change.closer else "away",
        "by_silence": change.by_silence,
        "because": [
            {
                "party": cause.party,
                "issue": cause.issue,
                "since": None if cause.entry is None else cause.entry.since.text,
            }
            for cause in change.causes
        ],
        "why": because(change, words, edited),
    }


def _distance(change: DistanceChange, pair: Sequence[str], why: str) -> dict[str, Any]:
    """How the distance between the figures of two parties changed, and who moved."""
    return {
        **cell_report(change.cell),
        "parties": list(pair),
        "from": change.was,
        "to": change.now,
        "moved": "narrowed" if change.narrowed else "widened",
        "why": why,
    }


def _ruling(ruling: Ruling) -> dict[str, Any]:
    return {"verdict": ruling.verdict, "reason": ruling.reason}


def changes_rows(changes: Changes, edited: bool = False) -> Rows:
    """One line for each changed verdict, then for each distance, then for each changed position."""
    words = Words(changes.dossier)
    header = ["what", "issue", "item", "party", "day", "from", "to", "kind", "change"]
    verdicts = [
        [
            "verdict",
            change.cell.issue,
            change.cell.item or "",
            "",
            "",
            ruling_in_words(change.was, len(changes.after.parties)),
            ruling_in_words(change.now, len(changes.after.parties)),
            "towards" if change.closer else "away",
            because(change, words, edited),
        ]
        for change in changes.verdicts
    ]
    distances = [
        [
            "distance",
            change.cell.issue,
            "",
            " ".join(pair),
            "",
            "" if change.was is None else change.was,
            "" if change.now is None else change.now,
            "narrowed" if change.narrowed else "widened",
            distance_in_words(change, words, not edited),
        ]
        for change in changes.distances
        for pair in product(*change.sides)
    ]
    entries = [
        [
            "position",
            change.issue.id,
            "",
            change.party,
            change.step.day.isoformat(),
            "",
            "",
            change.step.kind,
            entry_in_words(change, changes, edited),
        ]
        for change in changes.entries
    ]
    return header, [*verdicts, *distances, *entries]
