"""The texts that a page puts side by side: what each says on each term, and who rules that out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from claimpos.briefing.page_size import View
from claimpos.deals.assessment import assess
from claimpos.deals.side_by_side import settled_by
from claimpos.dossier.limits import limit
from claimpos.dossier.model import Cell, Proposal
from claimpos.wording.dossier_texts import one_line
from claimpos.wording.names import Words, joined, written_date
from claimpos.wording.texts import alternative

_MOST = 30
_MUCH = 0.5
"""The share of the fullest text's terms that a text has which is put beside it at first."""


def texts_data(view: View) -> dict[str, Any]:
    """The keys of the page's data on the texts known by its day, the earliest first.

    `terms` has, for each cell that a text settles, its issue, its sub-issue's title, and by the
    text's number what that says: a number that is the same where texts settle the cell alike, the
    words, the parties that reject it, and those whose demand excludes it.

    Where there are more texts than a page has room for, only the newest are there.
    """
    texts = sorted(texts_known(view), key=lambda one: one.date.first)[-_room(view) :]
    assessed = [assess(view.dossier, text, view.parties, view.day, view.basis) for text in texts]
    settled = [settled_by(text) for text in texts]
    responses = [{term.cell: term.says for term in one.terms} for one in assessed]
    words = Words(view.dossier)
    numbers: dict[object, int] = {}
    terms = []
    for place, issue in enumerate(view.issues):
        for cell in issue.cells():
            said = {
                number: [
                    numbers.setdefault((cell, settled[number][cell]), len(numbers)),
                    _in_words(text, cell, words),
                    *_ruled_out(responses[number][cell], view),
                ]
                for number, text in enumerate(texts)
                if cell in settled[number]
            }
            if said:
                terms.append([place, issue.items.get(cell.item or "", ""), said])
    return {
        "proposals": [
            {
                "id": text.id,
                "title": one_line(text.title),
                "date": written_date(text.date),
                "status": text.status,
            }
            for text in texts
        ],
        "terms": terms,
        "beside": _at_first(terms),
    }


def texts_known(view: View) -> list[Proposal]:
    """All texts known by the page's day."""
    return [one for one in view.dossier.proposals.values() if one.date.last <= view.day]


def _room(view: View) -> int:
    """How many texts may be assessed: at least one."""
    cells = sum(len(issue.cells()) for issue in view.dossier.issues.values())
    return min(_MOST, max(1, limit("assessed-answers") // (len(view.parties) * cells)))


def _in_words(text: Proposal, cell: Cell, words: Words) -> str:
    issue = words.dossier.issues[cell.issue]
    term = text.terms[cell.issue]
    if cell in term.outcomes:
        return words.outcomes(issue, term.outcomes[cell])
    parts = [
        alternative(words.outcomes(issue, one.outcomes) if one.outcomes else "", one.by, words)
        for one in term.bracketed[cell]
    ]
    return f"in brackets: {joined(parts, 'or')}"


def _ruled_out(says: Mapping[str, str], view: View) -> list[list[int]]:
    """The numbers of the parties that reject a term, and of those whose demand excludes it."""
    return [
        [number for number, party in enumerate(view.parties) if says[party] == response]
        for response in ("crosses", "gives")
    ]


def _at_first(terms: list[list[Any]]) -> list[int]:
    """The fullest text and, of those that are half as full at least, the newest other one."""
    sizes = Counter(number for _, _, said in terms for number in said)
    fullest = max(sizes, key=lambda number: (sizes[number], number), default=0)
    others = [
        number
        for number, size in sizes.items()
        if number != fullest and size >= _MUCH * sizes[fullest]
    ]
    return sorted({fullest, max(others, default=fullest)} & sizes.keys())
