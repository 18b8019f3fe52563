"""The JSON and CSV reports of what changed; see schemas/changes.schema.json."""

from __future__ import annotations

from typing import Any

from claimpos.comparison.changes import Changes, Ruling, VerdictChange
from claimpos.comparison.verdicts import Comparison
from claimpos.rendering.assess_report import cell_report
from claimpos.rendering.changes import Revisions, because, entry_in_words, ruling_in_words
from claimpos.rendering.data import csv_text
from claimpos.rendering.diff_report import entry_report, summary_report
from claimpos.wording.names import Words

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
        "summary": {
            "towards": len(changes.moved(closer=True)),
            "away": len(changes.moved(closer=False)),
        },
        "verdicts": [
            _verdict(change, changes, words, edited=revisions is not None)
            for change in changes.verdicts
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


def _ruling(ruling: Ruling) -> dict[str, Any]:
    return {"verdict": ruling.verdict, "reason": ruling.reason}


def changes_csv(changes: Changes, edited: bool = False) -> str:
    """One line a verdict that changed, then one line a position that began or ended."""
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
    return csv_text(header, [*verdicts, *entries])
