"""What changed: did it bring anyone closer, which verdicts, which positions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claimpos.comparison.changes import Changes, EntryChange
from claimpos.dossier.model import Cell
from claimpos.rendering.diff import basis_notes, member_notes, verdict_counts
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
from claimpos.wording.age import age_notes
from claimpos.wording.changes import (
    because,
    closer_in_words,
    edited_besides,
    edited_closing,
    entry_in_words,
    moved_in_words,
    ruling_in_words,
)
from claimpos.wording.dossier_texts import capital, label
from claimpos.wording.movement import (
    distance_in_words,
    rename_in_words,
)
from claimpos.wording.names import (
    Words,
    cells_title,
    dossier_named,
    joined,
    written_date,
    written_day,
)

_REDEFINED = "Edited agenda, parties, sources and texts"

Revisions = tuple[tuple[str, str], tuple[str, str] | None]
"""Two revisions of the files, each as it was named and as a commit; None is the files as they are.
"""


def changes_document(changes: Changes, revisions: Revisions | None = None) -> Document:
    """The whole report, for people to read."""
    parts = _Parts(changes, revisions)
    head = headed(
        Heading(parts.title(), "title"), dossier_named(changes.dossier.title), *parts.summary()
    )
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
    if parts.revisions is not None:
        blocks += _rows(_REDEFINED, ["Where", "Before", "Now"], parts.redefined_rows())
    blocks += _rows("Changed verdicts", ["Issue", "Verdict", "Due to"], parts.verdict_rows())
    if changes.distances:
        header = ["Issue", "Distance", "What moved"]
        blocks += _rows("Distances between figures", header, parts.distance_rows())
    header = ["When", "Party and issue", "What changed"]
    blocks += _rows(parts.entries_title(), header, parts.entry_rows())
    if restated := parts.restated():
        blocks.append(paragraphs(["Restated without change:", *restated]))
    if parts.revisions is not None:
        blocks.append(paragraphs(edited_besides(changes)))
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
        parts += edited_closing(self.changes)
        parts += age_notes(after.dossier, after.newest, after.day)
        parts += member_notes(after)
        return [*parts, *basis_notes(after.basis, after.set_aside)]

    def redefined_rows(self) -> Iterable[tuple[str, str, str]]:
        """A row for each edit besides positions."""
        from claimpos.wording.redefinitions import redefined_rows

        return redefined_rows(self.changes.redefinitions)

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
        titles: dict[str, dict[str, str]] = {}
        for change in self.changes.entries:
            if change.step.kind == "restated":
                titles.setdefault(change.party, {})[change.issue.id] = change.issue.title
        parties = self.changes.dossier.parties
        return [
            f"{parties[party].label}: {joined(map(label, on.values()))}."
            for party, on in titles.items()
        ]


def _revision(revision: tuple[str, str] | None) -> str:
    if revision is None:
        return "the files as they are"
    name, commit = revision
    return f"{name} ({commit[:7]})"
