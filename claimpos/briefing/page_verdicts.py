"""The data of a page on verdicts: for each set of parties, when which verdict holds, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations
from typing import Any

from claimpos.briefing.page_size import (
    View,
    explained_sets,
    joint_sets,
    sets_with_room,
)
from claimpos.briefing.stances import item_names
from claimpos.comparison.reasons import VERDICTS
from claimpos.comparison.verdict_timeline import Outline, Set, bearing_on, verdicts_over_time
from claimpos.comparison.verdicts import IssueVerdict
from claimpos.dossier.model import Dossier, Issue, Party
from claimpos.rendering.renderers import Length
from claimpos.wording.dossier_texts import capital
from claimpos.wording.verdicts import issue_paragraphs


class Pool:
    """Things that are kept once; calling it with a thing returns the number of that."""

    def __init__(self) -> None:
        self._numbers: dict[Any, int] = {}

    def __call__(self, thing: Any) -> int:
        return self._numbers.setdefault(thing, len(self._numbers))

    def things(self) -> list[Any]:
        return list(self._numbers)


def flat(values: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    """Pairs of a day's number and a value as a flat list, without those that repeat the value."""
    turns: list[int] = []
    for day, value in values:
        if not turns or turns[-1] != value:
            turns += [day, value]
    return tuple(turns)


def all_sets(view: View) -> list[Set]:
    """The sets of parties whose verdicts are on the page."""
    known = [*combinations(view.parties, 2), *joint_sets(view.named), view.named]
    near = bearing_on(view.dossier, view.parties, [issue.id for issue in view.issues])
    more = sets_with_room(near, view.parties, view.basis, view.known)
    return list(dict.fromkeys([*known, *more]))


def verdict_data(view: View, days: Sequence[date]) -> dict[str, Any]:
    """The keys of the page's data on verdicts.

    `sets` has, for each set of parties, written as their numbers, the place in `turns` of each
    issue's turns: a flat list of day, outline, day, outline, …. `told` has, for the sets whose
    verdicts are explained, the same with texts. Raises WrongUsage where these are longer than a
    report may be.
    """
    explained = explained_sets(view.named)
    length = Length("the page would explain verdicts in", ", or leave --format html out")

    def tell(verdict: IssueVerdict) -> str:
        return length.counted(_explained(verdict))

    near = bearing_on(view.dossier, view.parties, [issue.id for issue in view.issues])
    over_time = verdicts_over_time(
        near, all_sets(view), days, view.basis, explained, tell, known=view.known
    )
    outlines, texts = Pool(), _Texts(view.dossier.parties.values())
    turns = [Pool() for _ in view.issues]
    column = {party: number for number, party in enumerate(view.parties)}
    sets: dict[str, list[int]] = {}
    explanations: dict[str, list[tuple[int, ...]]] = {}
    for chosen, by_issue in over_time.items():
        key = ",".join(str(number) for number in sorted(column[party] for party in chosen))
        sets[key] = [
            kept(
                flat((turn.day, outlines((issue.id, turn.outline))) for turn in by_issue[issue.id])
            )
            for issue, kept in zip(view.issues, turns, strict=True)
        ]
        if chosen in explained:
            explanations[key] = [
                flat((turn.day, texts(turn.text)) for turn in by_issue[issue.id])
                for issue in view.issues
            ]
    return {
        "sets": sets,
        "turns": [kept.things() for kept in turns],
        "outlines": [_outline(view.dossier, *one) for one in outlines.things()],
        "told": explanations,
        **texts.data(),
    }


def _explained(verdict: IssueVerdict) -> str:
    """Paragraphs in lines, each with its heading and its text."""
    text = issue_paragraphs(verdict)
    return "\n".join("\t".join(" ".join(part.split()) for part in one) for one in text)


class _Texts:
    """Texts as paragraphs of sentences, and these as pieces: labels, names, what is between.

    Each is kept once. The first sentence of a paragraph is its heading, or empty. A space joins
    sentences again, and nothing pieces.
    """

    def __init__(self, parties: Iterable[Party]) -> None:
        self.texts, self.sentences, self.pieces = Pool(), Pool(), Pool()
        names = {name for party in parties for name in (party.short, capital(party.short)) if name}
        longest_first = sorted(map(re.escape, names), key=lambda name: (-len(name), name))
        self._cut = re.compile(
            "|".join(["(⟨[^⟨⟩]*⟩", *(rf"\b{name}\b" for name in longest_first)]) + ")"
        )

    def __call__(self, text: str) -> int:
        return self.texts(tuple(map(self._paragraph, filter(None, text.split("\n")))))

    def _paragraph(self, line: str) -> tuple[int, ...]:
        heading, text = line.split("\t")
        sentences = text.replace(". ", ".\n").split("\n")
        return (self._sentence(heading), *map(self._sentence, sentences))

    def _sentence(self, text: str) -> int:
        return self.sentences(tuple(self.pieces(one) for one in self._cut.split(text) if one))

    def data(self) -> dict[str, Any]:
        return {
            "texts": self.texts.things(),
            "sentences": self.sentences.things(),
            "pieces": self.pieces.things(),
        }


def _outline(dossier: Dossier, issue_id: str, outline: Outline) -> list[Any]:
    """The verdict's number, its reason and, for sub-issues, those alike taken together.

    Each such group has its names, verdict, reason, and its places among the issue's sub-issues.
    """
    issue = dossier.issues[issue_id]
    places = list(issue.items)
    alike: dict[tuple[int, str], list[str]] = {}
    for item, verdict, reason in outline.items:
        alike.setdefault((VERDICTS.index(verdict), reason or ""), []).append(item)
    items = [
        [_names(some, issue), *key, [places.index(item) for item in some]]
        for key, some in alike.items()
    ]
    return [VERDICTS.index(outline.verdict), outline.reason or "", *([items] if items else [])]


def _names(items: list[str], issue: Issue) -> str:
    return item_names([issue.items[item] for item in items], issue)
