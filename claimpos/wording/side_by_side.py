"""Texts side by side in words."""

from __future__ import annotations

from claimpos.deals.side_by_side import SideBySide, Step
from claimpos.dossier.model import Dossier
from claimpos.wording.labels import label
from claimpos.wording.names import cells_in_words, counted, written_date


def common_terms(found: SideBySide, texts: int, dossier: Dossier) -> str:
    """How many terms all of the texts settle, and on which of these they differ; a sentence."""
    texts_in_words = "Both texts" if texts == 2 else f"All {texts} texts"
    if not found.common:
        return f"{texts_in_words} have no term in common."
    terms = counted(len(found.common), "term", "terms")
    if not found.differing:
        return f"{texts_in_words} settle {terms}, and these alike."
    differing = cells_in_words(dossier, found.differing)
    return f"{texts_in_words} settle {terms}, and differ on {len(found.differing)}: {differing}."


def step_in_words(step: Step) -> str:
    """Two texts, the earlier first, and how many terms both settle alike."""
    names = (f"{label(one.title)} ({written_date(one.date)})" for one in (step.before, step.after))
    return f"From {' to '.join(names)}: {counted(step.kept, 'term', 'terms')} kept"


def changes_in_words(step: Step, dossier: Dossier) -> list[str]:
    """What the later text changes, adds and drops, as far as it does."""
    changes = (("Changed", step.changed), ("Added", step.added), ("Dropped", step.dropped))
    return [
        f"{name} ({len(cells)}): {cells_in_words(dossier, cells)}"
        for name, cells in changes
        if cells
    ]
