"""What changed, as plain data and as a table for programs; see schemas/changes.schema.json."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from operator import mul
from typing import TYPE_CHECKING, Any

from claimpos.comparison.changes import Changes, Ruling, VerdictChange
from claimpos.comparison.figures import DistanceChange
from claimpos.comparison.verdicts import Comparison
from claimpos.dossier.model import PartialDate
from claimpos.rendering.changes import Revisions
from claimpos.rendering.data import Rows
from claimpos.rendering.diff_report import (
    cell_report,
    entry_report,
    outcomes_report,
    summary_report,
)
from claimpos.rendering.renderers import check_length
from claimpos.wording.age import newest_report
from claimpos.wording.changes import because, entry_in_words, ruling_in_words
from claimpos.wording.movement import distance_in_words
from claimpos.wording.names import Words

if TYPE_CHECKING:
    from claimpos.comparison.redefinitions import Redefinition

FORMAT = "claimpos.changes/2"


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
            _distance(change, pair, why)
            for change, pair, why in _distances(changes, words, revisions is None)
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
    redefined = [
        {
            "place": list(one.place),
            "kind": one.kind,
            "from": _value(one.was),
            "to": _value(one.now),
        }
        for one in changes.redefinitions
    ]
    counts = {"elsewhere": changes.elsewhere, "beyond": changes.beyond}
    return {**counts, "renames": renamed, "redefinitions": redefined}


def _value(value: Any) -> Any:
    """A value of the files as plain data."""
    if isinstance(value, PartialDate):
        return value.text
    return [outcomes_report([one]) for one in value] if isinstance(value, tuple) else value


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


def _distances(
    changes: Changes, words: Words, movers: bool
) -> Iterator[tuple[DistanceChange, tuple[str, ...], str]]:
    """Each distance that changed, pair by pair, with a sentence that names all of both sides.

    Raises WrongUsage if there are more pairs, or the sentences are longer, than the limits allow.
    """
    pairs = [len(one) * len(other) for one, other in (change.sides for change in changes.distances)]
    changes.after.common.table.effort.tell_pairs(sum(pairs))
    sentences = [distance_in_words(change, words, movers) for change in changes.distances]
    check_length(sum(map(mul, map(len, sentences), pairs)))
    for change, why in zip(changes.distances, sentences, strict=True):
        for pair in product(*change.sides):
            yield change, pair, why


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
            why,
        ]
        for change, pair, why in _distances(changes, words, not edited)
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
    return header, [*verdicts, *distances, *entries, *_redefined(changes)]


def _redefined(changes: Changes) -> list[list[Any]]:
    """A line for each edit besides positions, if files were edited."""
    if not changes.redefinitions:
        return []
    from claimpos.wording.redefinitions import sides_in_words, where_in_words

    return [
        [
            "redefinition",
            _id_in(one, "issues"),
            "",
            _id_in(one, "parties"),
            "",
            *sides_in_words(one),
            one.kind,
            where_in_words(one.place),
        ]
        for one in changes.redefinitions
    ]


def _id_in(change: Redefinition, kind: str) -> str:
    """The id of the issue, or of the party, in which something was edited; else empty."""
    return change.place[1] if change.place[0] == kind else ""
