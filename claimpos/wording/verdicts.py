"""Explanations of verdicts, in sentences that a stranger to the tool understands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claimpos.comparison.case import AtOdds, Case
from claimpos.comparison.reasons import Reason
from claimpos.comparison.verdicts import CellVerdict, IssueVerdict
from claimpos.wording.beside_verdicts import besides, left_open, one_voice, signals_and_offers
from claimpos.wording.distances import largest_in_words
from claimpos.wording.dossier_texts import capital, one_line
from claimpos.wording.names import joined
from claimpos.wording.phrases import Phrases
from claimpos.wording.reasons import no_recorded_position, reason_sentences
from claimpos.wording.sentences import say, template
from claimpos.wording.votes import votes_in_words


def explain_cell(verdict: CellVerdict) -> str:
    """The explanation of a cell's verdict, with offers, mixed signals and what is left open."""
    phrases = Phrases(verdict.case)
    return _paragraphs([why_cell(verdict), _paragraph(besides(phrases))])


def explain_cell_alone(verdict: CellVerdict) -> str:
    """The same without what parties leave open, which concerns the issue and not each cell."""
    return _paragraphs([why_cell(verdict), _paragraph(signals_and_offers(Phrases(verdict.case)))])


def _paragraphs(parts: Iterable[str]) -> str:
    return " ".join(part for part in parts if part)


def why_cell(verdict: CellVerdict, beside_positions: bool = False) -> str:
    """The explanation of a cell's verdict alone.

    If each party's position is shown beside it, it does not repeat all outcomes.
    """
    apart, silent = verdict.without_silent, verdict.case.silent
    sentences = [] if apart is None else [_leaving_out(Phrases(apart), silent)]
    phrases = Phrases(verdict.case, beside_positions=beside_positions)
    return _paragraph([*sentences, *_why(phrases)])


def explain_issue(verdict: IssueVerdict) -> str:
    """The explanation of an issue's verdict: those of its cells, without repetitions."""
    return _paragraphs(
        say("why.of-sub-issues", items=items, why=text) if items else text
        for items, text in issue_paragraphs(verdict)
    )


def issue_paragraphs(verdict: IssueVerdict) -> list[tuple[str, str]]:
    """The explanation in paragraphs, each with the items that it is about, or ""."""
    issue = verdict.issue
    if issue.kind != "items":
        return [("", explain_cell(verdict.cells[0]))]
    if not verdict.cells:
        phrases = Phrases(verdict.case)
        unnamed = [say("why.no-outcome-named")]
        said = no_recorded_position(phrases) if verdict.case.silent else unnamed
        said = one_voice(phrases) if verdict.case.one_voice else said
        return [("", _paragraph([*said, *besides(phrases)]))]
    alike: dict[str, list[str]] = {}
    for cell in verdict.cells:
        alike.setdefault(explain_cell_alone(cell), []).append(issue.items[cell.cell.item or ""])
    paragraphs = [(joined(items), text) for text, items in alike.items() if text]
    opened = _paragraph(left_open(Phrases(verdict.case)))
    return [*paragraphs, *([("", opened)] if opened else [])]


def _paragraph(sentences: Iterable[str]) -> str:
    return " ".join(f"{capital(one_line(sentence))}." for sentence in sentences)


def _why(phrases: Phrases) -> list[str]:
    if phrases.case.one_voice:
        return one_voice(phrases)
    if phrases.case.ballot is not None:
        return list(votes_in_words(phrases.case, phrases.words))
    if phrases.case.verdict == "conflict":
        return [*_conflict(phrases), *largest_in_words(phrases)]
    sentences = reason_sentences(phrases.case.reason, phrases)
    ruled_out = phrases.case.reason == "proposals-ruled-out"
    return [*sentences, *largest_in_words(phrases)] if ruled_out else sentences


def _conflict(phrases: Phrases) -> list[str]:
    """Why the smallest sets of parties are in conflict; no other party is named."""
    at_odds = phrases.case.at_odds
    if not at_odds.named:
        least = say("conflict.at-least", number=_spelt(at_odds.least))
        return [*reason_sentences(phrases.case.reason, phrases), least]
    by_reason: dict[tuple[Reason, int], list[Case]] = {}
    for case in at_odds.named:
        by_reason.setdefault((case.reason, min(len(case.parties), 3)), []).append(case)
    sentences = [
        sentence for cases in by_reason.values() for sentence in _why_at_odds(phrases, cases)
    ]
    return [*sentences, *_more_at_odds(at_odds)]


def _why_at_odds(phrases: Phrases, cases: Sequence[Case]) -> list[str]:
    """Why some sets of parties are in conflict, all for the same reason."""
    reason, size = cases[0].reason, len(cases[0].parties)
    if reason == "condition-failed":
        beside = phrases.beside_positions
        those = (Phrases(case, beside_positions=beside) for case in cases)
        sentences = [sentence for one in those for sentence in reason_sentences(reason, one)]
        return list(dict.fromkeys(sentences))
    sentences = reason_sentences(reason, phrases.at_odds(cases))
    if size > 2 and reason != "ruled-out":
        sentences += [phrases.of_parties("conflict.together", case.parties) for case in cases]
    return sentences


def _more_at_odds(at_odds: AtOdds) -> list[str]:
    clauses = [_more_sets(number, size) for size, number in sorted(at_odds.more.items())]
    return ["; ".join(clauses)] if clauses else []


def _more_sets(number: int, size: int) -> str:
    if size == 1:
        return say("conflict.more-parties", number)
    if size == 2:
        return say("conflict.more-pairs", number)
    return say("conflict.more-sets", number, number=_spelt(size))


def _spelt(number: int) -> str:
    """A number from one to five as a word."""
    return template("conflict.numbers").split()[number - 1]


def _leaving_out(phrases: Phrases, silent: Sequence[str]) -> str:
    first, *rest = [*map(one_line, _why(phrases)), ""]
    clause = phrases.of_parties(f"leaving-out.{phrases.case.verdict}", silent)
    if first:
        clause = say("leaving-out.why", clause=clause, why=first)
    return ". ".join([clause, *map(capital, rest[:-1])])
