"""Sentences on what changed: how verdicts moved and why, and what positions now say."""

from __future__ import annotations

from collections.abc import Sequence

from claimpos.comparison.causes import Cause
from claimpos.comparison.changes import Changes, EntryChange, Ruling, VerdictChange
from claimpos.comparison.figures import DistanceChange
from claimpos.dossier.dates import TODAY, day_of
from claimpos.dossier.model import VERBS, Cell, Entry
from claimpos.wording.dossier_texts import capital, label
from claimpos.wording.grammar import counted
from claimpos.wording.movement import (
    step_in_words,
    strength_in_words,
)
from claimpos.wording.names import Words, joined, written_date, written_day
from claimpos.wording.positions import in_few_words, in_full, review_in_words
from claimpos.wording.reasons import reason_name

_DISTANCES = ("distance between figures", "distances between figures")


def closer_in_words(changes: Changes) -> str:
    """How many verdicts moved towards overlap, and how many away from it."""
    sentences = ["no verdict changed."]
    if changes.verdicts:
        sentences = ["; ".join(_moved(changes, closer) for closer in (True, False)) + "."]
    if changes.distances:
        sentences.append(distances_in_words(changes))
    if any(change.cell.item is not None for change in changes.verdicts):
        sentences.append("Sub-issues are counted separately.")
    if changes.redefinitions:
        edits = counted(len(changes.redefinitions), "edit", "edits")
        sentences.append(f"{capital(edits)} besides positions may change what positions mean.")
    return " ".join(sentences)


def edited_closing(changes: Changes) -> list[str]:
    """A sentence on the days of reports, if two versions disagree on when the talks closed."""
    closed = changes.after.dossier.closed
    if closed == changes.before.dossier.closed:
        return []
    later = day_of(None, closed)
    day = "today" if later == day_of(TODAY) else written_day(later)
    return [
        "The day on which the talks closed was edited: without --as-of, this report is as of "
        f"today, and others are from now on as of {day}."
    ]


def edited_besides(changes: Changes) -> list[str]:
    """Sentences on the edits that a comparison of two versions only counts, or leaves out."""
    counts = (
        (changes.elsewhere, "without any effect on that day"),
        (changes.beyond, "of other parties or on other issues"),
    )
    counted_only = [
        f"Also edited: {counted(count, 'position', 'positions')} {which}."
        for count, which in counts
        if count
    ]
    return [*counted_only, "Comments, layout and order are not compared."]


def distances_in_words(changes: Changes) -> str:
    """A sentence on how many distances between figures narrowed, and how many widened."""
    narrowed, widened = (len(changes.distances_that(narrowed)) for narrowed in (True, False))
    counts = [(narrowed, "narrowed"), (widened, "widened")]
    clauses = "; ".join(f"{counted(count, *_DISTANCES)} {how}" for count, how in counts if count)
    return f"{capital(clauses)}."


def moved_in_words(change: DistanceChange) -> str:
    return "Narrowed" if change.narrowed else "Widened"


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
    details = ", ".join(_some(len(found), len(moved), way) for way, found in ways.items() if found)
    where = "moved towards overlap" if closer else "moved away from it"
    return f"{count} {where}{f' ({details})' if details else ''}"


def _some(number: int, of: int, way: str) -> str:
    """How many of some verdicts moved in one way: 2 to overlap; all to overlap; to overlap."""
    if number < of:
        return f"{number} {way}"
    return way if of == 1 else f"all {way}"


def ruling_in_words(ruling: Ruling, parties: int) -> str:
    """A verdict with its reason: conflict (red line)."""
    name = (
        reason_name(ruling.reason, parties).lower()
        if ruling.reason
        else "no party names an outcome"
    )
    return f"{ruling.verdict} ({name})"


def because(change: VerdictChange, words: Words, edited: bool = False) -> str:
    """The positions because of which a verdict changed; after an edit, how they are now coded."""
    if not change.causes:
        return "The agenda was edited."
    return "; ".join(_cause(cause, change.cell, words, edited) for cause in change.causes)


def _cause(cause: Cause, cell: Cell, words: Words, edited: bool) -> str:
    issue = words.dossier.issues[cause.issue]
    party = words.dossier.parties[cause.party].label
    words = words.of(cause.party)
    about = "" if cause.issue == cell.issue else f" on {label(issue.title)}"
    if cause.entry is None:
        lost = words.in_number("no longer has a current position")
        return f"{party}{about}: {'no position is in force any more' if edited else lost}"
    said = (
        in_few_words(cause.entry, cell, issue, words)
        if cause.issue == cell.issue
        else "; ".join(in_full(cause.entry, issue, words))
    )
    if edited:
        return f"{party}{about}: {'no longer coded' if said == '–' else f'now coded as: {said}'}"
    since = written_date(cause.since or cause.entry.since)
    now = words.in_number("no longer covers this") if said == "–" else said
    return f"{party}{about}, since {since}: {now}"


def entry_in_words(change: EntryChange, changes: Changes, edited: bool = False) -> str:
    """What changed by a position that began or ended; of a first one, everything that it says.

    If it was `edited`, how it is coded, because the party may not have said anything new.
    """
    step = change.step
    words = Words(changes.before.dossier if step.kind == "lapsed" else changes.dossier)
    words = words.of(change.party)
    said = "; ".join(in_full(step.entry, change.issue, words))
    if edited:
        return _coding_in_words(change, said, changes, words)
    if step.kind == "new" and not step.after_silence:
        return f"First recorded position: {said}."
    return step_in_words(step, change.issue, words)


def _coding_in_words(change: EntryChange, said: str, changes: Changes, words: Words) -> str:
    from claimpos.comparison.redefinitions import edited_keys

    step = change.step
    if step.kind == "lapsed":
        entries = changes.dossier.parties[change.party].positions.get(change.issue.id, ())
        kept = [one for one in entries if one.since.first == step.entry.since.first]
        if not kept:
            return f"No longer coded: {said}."
        how = [*filter(None, ["no longer in force", _under(edited_keys(step.entry, kept[0]))])]
        return f"Still coded, but {joined(how)}: {said}.{_review_before(step.entry, kept[0])}"
    if step.before is None:
        return f"Newly coded: {said}."
    old = Words(changes.before.dossier, words.many)
    before = "; ".join(in_full(step.before, old.dossier.issues[step.before.issue], old))
    keys = edited_keys(step.before, step.entry)
    if before == said:
        strength = strength_in_words(step.before, step.entry, words)
        how = [*filter(None, [strength, _under(keys)])] or ["what it cites was edited"]
        return (
            f"Coded as before, but {joined(how)}: {said}.{_review_before(step.before, step.entry)}"
        )
    is_same = step.before.since == step.entry.since
    also = _under([key for key in keys if is_same and key not in VERBS])
    more = also and f" Also {also}."
    return f"Now coded as: {said}. Before: {before}.{more}{_review_before(step.before, step.entry)}"


def _review_before(old: Entry, new: Entry) -> str:
    """A sentence on the review of an entry that was edited since; empty if there is none."""
    if new.reviewed is None or new.reviewed != old.reviewed:
        return ""
    return f" It was {review_in_words(new.reviewed)}, before this edit."


def _under(keys: Sequence[str]) -> str:
    return f"edited under {joined(keys)}" if keys else ""
