"""Packages and negotiating texts as files of proposals, which `claimpos assess` reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from claimpos.comparison.negotiating_text import NegotiatingText, Passage
from claimpos.dossier.limits import limit
from claimpos.dossier.model import Cell
from claimpos.dossier.outcomes import Number, QuantitySpace, middle
from claimpos.rendering.data import json_text
from claimpos.rendering.diff_report import outcomes_report, put_outcome
from claimpos.wording.dossier_texts import capital
from claimpos.wording.grammar import counted
from claimpos.wording.names import Words, written_day
from claimpos.wording.texts import TextWords

if TYPE_CHECKING:
    from claimpos.deals.packages import Packages
    from claimpos.deals.search import Deals


def proposal_file(header: Mapping[str, str], terms: Mapping[str, tuple[Any, str]]) -> str:
    """The file in YAML: its first keys, and by issue the outcome of each term and its summary."""
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in header.items()]
    lines.append("terms:")
    for issue, (outcome, summary) in terms.items():
        lines += [
            f"  {issue}:",
            f"    outcome: {' '.join(json_text(outcome).split())}",
            f"    summary: {json.dumps(summary, ensure_ascii=False)}",
        ]
    return "\n".join(lines) + "\n"


def _title(what: str, link: str, words: Words, parties: Sequence[str]) -> str:
    """A title no longer than a file may hold it: with the parties' names, or else their number.

    If it is still too long, the end of what it is about is left out.
    """
    most = limit("title-characters")
    title = f"{what} {link} {words.parties(parties)}"
    if len(title) <= most:
        return title
    end = f" {link} {counted(len(parties), 'party', 'parties')}"
    room = max(0, most - len(end))
    return (what if len(what) <= room else f"{what[: room - 1].rstrip()}…") + end


_SUMMARY = "In the least-concession packages."
_HALF_WAY = "In the least-concession packages a range; half way, by arithmetic."
_ANY = "In the least-concession packages, any of these outcomes."


def package_text(deals: Deals, packages: Packages, identifier: str) -> str:
    """The file, in YAML: a free cell with all its outcomes, of combinations the first."""
    words = Words(deals.problem.table.dossier)
    header = {
        "proposal": identifier,
        "title": _title("Package", "for", words, deals.parties),
        "date": deals.day.isoformat(),
        "status": "package",
        "note": _note(deals, packages),
    }
    halved = _halved(deals, packages)
    terms = {
        issue: (
            outcome,
            _HALF_WAY if Cell(issue) in halved else _ANY if _has_several(outcome) else _SUMMARY,
        )
        for issue, outcome in _terms(deals, packages, halved).items()
    }
    return proposal_file(header, terms)


def _has_several(outcome: Any) -> bool:
    """Whether several outcomes are listed, on the issue or on one of its items."""
    held = outcome.values() if isinstance(outcome, dict) else [outcome]
    return any(isinstance(one, list) for one in held)


def _note(deals: Deals, packages: Packages) -> str:
    day = written_day(deals.day)
    note = f"Put forward by no party: found by claimpos deals among positions as of {day}."
    if packages.linked:
        note += " Of linked outcomes, the first combination is taken."
    if not deals.proved:
        note += " Time ran out; other packages may need smaller concessions."
    return note


def _halved(deals: Deals, packages: Packages) -> dict[Cell, Number]:
    """The middle of each open stretch between the nearest figures that parties have accepted."""
    middles = {}
    for cell, mask in packages.first().items():
        space = deals.problem.table.space(cell)
        if not isinstance(space, QuantitySpace) or cell in packages.free:
            continue
        (stretch,) = space.outcomes(mask)
        if not stretch.is_point and _is_between(deals, cell, mask):
            middles[cell] = middle(stretch, space.integer)
    return middles


def _is_between(deals: Deals, cell: Cell, mask: int) -> bool:
    """Whether values lie between the nearest ones that two parties have accepted."""
    stances = [deals.problem.table.stance(party, cell) for party in deals.parties]
    everybody = reduce(or_, (stance.yes for stance in stances))
    below, above = everybody & (mask & -mask) - 1, everybody & -(1 << mask.bit_length())
    if everybody & mask or not below or not above:
        return False
    ends = 1 << below.bit_length() - 1, above & -above
    reaching = [[bool(stance.yes & end) for stance in stances] for end in ends]
    return reaching[0] != reaching[1] or sum(reaching[0]) > 1


def _terms(deals: Deals, packages: Packages, halved: Mapping[Cell, Number]) -> Mapping[str, Any]:
    """The outcome of each issue, by item where it has items; what may be anything is left out."""
    taken = packages.first()
    terms: dict[str, Any] = {}
    for cell in deals.problem.domains:
        mask = sum(packages.free[cell]) if cell in packages.free else taken[cell]
        space = deals.problem.table.space(cell)
        outcome = halved.get(cell, outcomes_report(space.outcomes(mask)))
        if outcome != {}:
            put_outcome(terms, cell, outcome)
    return terms


_AGREED = "Acceptable to all these parties."
_PASSES = "Passes by the agenda's decision rule."
_IN_BRACKETS = "In brackets, each alternative with the parties that back it."


def text_file(text: NegotiatingText, identifier: str) -> str | None:
    """The file, in YAML, without the articles that have no text; None if none has any.

    The summary of a term holds the conditions on which it is accepted.
    """
    comparison = text.comparison
    day = written_day(comparison.day)
    what, link, made = "Negotiating text", "of", "put together by claimpos text"
    if text.draft is not None:
        what, link = f"{capital(text.draft.title)},", "bracketed by"
        made = f"the draft {text.draft.id}, bracketed by claimpos text"
    header = {
        "proposal": identifier,
        "title": _title(what, link, Words(comparison.dossier), comparison.parties),
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
    """What is agreed, or all alternatives; a single one is set against no text at all.

    None if there is none. A range without ends, which any value meets, is not written down.
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
            for proviso in words.provisos(wording):
                yield f"{capital(proviso)}."
