"""How each position moved, step by step, as `claimpos history` and `changes` tell it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from typing import Any

from claimpos.briefing.page_view import Numbered, View
from claimpos.comparison.effective_timelines import EffectiveTimelines
from claimpos.comparison.figures import Figures
from claimpos.comparison.history import steps
from claimpos.wording.movement import KIND_NAMES, step_in_words
from claimpos.wording.names import Words

KINDS = tuple(KIND_NAMES)


def steps_data(view: View, timelines: EffectiveTimelines, days: Sequence[date]) -> dict[str, Any]:
    """The keys of the page's data that tell movement.

    `steps` has, by issue and party, a flat list of day, kind, words, day, kind, words, …: the
    first two by their numbers in `days` and `kinds`, the last by that in `moves`.
    """
    figures = Figures(timelines, view.dossier.negotiating)
    words = Words(view.dossier)
    moves = Numbered()
    found: list[list[list[int]]] = []
    for issue in view.issues:
        found.append([])
        for party in view.parties:
            turns: list[int] = []
            for step in steps(figures, party, issue.id, view.day):
                told = moves(step_in_words(step, issue, words.of(party)))
                turns += [bisect_left(days, step.day), KINDS.index(step.kind), told]
            found[-1].append(turns)
    return {
        "kinds": [KIND_NAMES[kind] for kind in KINDS],
        "restated": KIND_NAMES["restated"],
        "steps": found,
        "moves": moves.things(),
    }
