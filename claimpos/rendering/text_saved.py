"""The negotiating text as a proposal's file with brackets, which `claimpos assess` reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from claimpos.comparison.negotiating_text import NegotiatingText, Passage
from claimpos.rendering.diff_report import outcomes_report
from claimpos.rendering.saved_proposal import proposal_file, put_outcome
from claimpos.wording.names import Words, capital, written_day
from claimpos.wording.negotiating_text import TextWords

_AGREED = "Acceptable to all these parties."
_PASSES = "Passes by the agenda's decision rule."
_IN_BRACKETS = "In brackets, each alternative with the parties that back it."


def text_file(text: NegotiatingText, identifier: str) -> str | None:
    """The file, in YAML, without the articles that have no text; None if none has any.

    The summary of a term holds the conditions on which it is accepted.
    """
    comparison = text.comparison
    names = Words(comparison.dossier).parties(comparison.parties)
    day = written_day(comparison.day)
    title, made = f"Negotiating text of {names}", "put together by claimpos text"
    if text.draft is not None:
        title = f"{capital(text.draft.title)}, bracketed by {names}"
        made = f"the draft {text.draft.id}, bracketed by claimpos text"
    header = {
        "proposal": identifier,
        "title": title,
        "date": comparison.day.isoformat(),
        "status": "compiled",
        "note": f"Put forward by no party: {made} from positions as of {day}.",
    }
    outcomes: dict[str, Any] = {}
    summaries: dict[str, str] = {}
    for article in text.articles:
        written = []
        for passage in article.passages:
            outcome = _outcome(text, passage)
            if outcome is not None:
                written.append(passage)
                for cell in passage.cells:
                    put_outcome(outcomes, cell, outcome)
        if written:
            summaries[article.issue.id] = " ".join(dict.fromkeys(_summary(text, written)))
    if not outcomes:
        return None
    terms = {issue: (outcome, summaries[issue]) for issue, outcome in outcomes.items()}
    return proposal_file(header, terms)


def _outcome(text: NegotiatingText, passage: Passage) -> Any:
    """What is agreed, or all alternatives, of which a lone one stands beside no text at all.

    None without any. That any value will do is not written down.
    """
    alternatives: list[tuple[Any, list[str]]] = []
    for wording in passage.wordings:
        by = [one.party for one in wording.backing]
        space = text.comparison.common.table.space(passage.cells[0])
        for outcome in space.outcomes(wording.outcomes):
            alternatives.append((outcomes_report([outcome]), by))
    alternatives = [one for one in alternatives if one[0] != {}]
    if not alternatives:
        return None
    if passage.agreed and len(alternatives) == 1:
        return alternatives[0][0]
    merged = list(_merged(alternatives))
    if len(merged) == 1:
        merged.append(("none", list(passage.against)))
    return {
        "bracketed": [{"outcome": outcome, "by": by} if by else outcome for outcome, by in merged]
    }


def _merged(alternatives: Iterable[tuple[Any, list[str]]]) -> Iterator[tuple[Any, list[str]]]:
    """Each outcome once, with all that have accepted it."""
    found: list[tuple[Any, list[str]]] = []
    for outcome, by in alternatives:
        held = next((others for other, others in found if other == outcome), None)
        if held is None:
            found.append((outcome, [*by]))
        else:
            held += [party for party in by if party not in held]
    yield from found


def _summary(text: NegotiatingText, passages: Iterable[Passage]) -> Iterator[str]:
    words = TextWords(text)
    for passage in passages:
        by_vote = text.comparison.common.ballots.of(passage.cells[0].issue) is not None
        agreed = _PASSES if by_vote else _AGREED
        yield agreed if passage.agreed else _IN_BRACKETS
        for wording in passage.wordings:
            for proviso in words.provisos(passage, wording):
                yield f"{capital(proviso)}."
