"""Texts side by side in words."""

from __future__ import annotations

from claimpos.deals.side_by_side import Crossed, SideBySide, Step
from claimpos.dossier.model import Dossier
from claimpos.wording.labels import label
from claimpos.wording.names import cells_in_words, counted, written_date

CROSSED = (
    "A red line is an outcome that a party has explicitly rejected. “None” means that the text "
    "crosses none here, a dash that it does not settle the issue."
)
NO_RED_LINES = "None of the texts crosses a red line, an outcome that a party has rejected."


def crossed_in_words(crossed: Crossed | None, dossier: Dossier) -> str:
    """The parties whose red lines a text crosses on an issue."""
    if crossed is None:
        return "–"
    labels = {party.id: party.label for party in dossier.parties.values()}
    told = [labels[party] for party in crossed.parties]
    told += [f"{labels[party]} (in brackets)" for party in crossed.in_brackets]
    return ", ".join(told) or "none"


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
