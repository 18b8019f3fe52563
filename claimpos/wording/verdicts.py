"""Explanations of verdicts, in sentences that a stranger to the tool understands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claimpos.comparison.case import AtOdds, Case
from claimpos.comparison.reasons import Reason
from claimpos.comparison.verdicts import CellVerdict, IssueVerdict
from claimpos.wording.beside_verdicts import besides, left_open, one_voice, signals_and_offers
from claimpos.wording.distances import largest_in_words
from claimpos.wording.names import capital, joined, one_line
from claimpos.wording.phrases import Phrases
from claimpos.wording.reasons import VERDICT_WORDS, no_recorded_position, reason_sentences
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
        f"{items}: {text}" if items else text for items, text in issue_paragraphs(verdict)
    )


def issue_paragraphs(verdict: IssueVerdict) -> list[tuple[str, str]]:
    """The explanation in paragraphs, each with the items that it is about, or ""."""
    issue = verdict.issue
    if issue.kind != "items":
        return [("", explain_cell(verdict.cells[0]))]
    if not verdict.cells:
        phrases = Phrases(verdict.case)
        unnamed = ["no party names an outcome for any sub-issue"]
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
        least = (
            f"it takes at least {_spelt(at_odds.least)} of the parties to rule out every outcome"
        )
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
        sentences += [
            f"{phrases.words.parties(case.parties)} rule out every outcome between them"
            for case in cases
        ]
    return sentences


def _more_at_odds(at_odds: AtOdds) -> list[str]:
    clauses = [_more_sets(number, size) for size, number in sorted(at_odds.more.items())]
    return ["; ".join(clauses)] if clauses else []


def _more_sets(number: int, size: int) -> str:
    count, one = f"{number:,} more", number == 1
    if size == 1:
        return f"{count} {'party rules' if one else 'parties each rule'} out every outcome"
    be = "is" if one else "are"
    if size == 2:
        return f"{count} {'pair' if one else 'pairs'} {be} at odds"
    return f"{count} {'set' if one else 'sets'} of {_spelt(size)} parties {be} at odds"


def _spelt(number: int) -> str:
    """A number from one to five as a word."""
    return ("one", "two", "three", "four", "five")[number - 1]


def _leaving_out(phrases: Phrases, silent: Sequence[str]) -> str:
    verdict = VERDICT_WORDS[phrases.case.verdict]
    first, *rest = [*map(one_line, _why(phrases)), ""]
    clause = f"leaving {phrases.words.parties(silent)} aside, this is {verdict}"
    return ". ".join([f"{clause}: {first}" if first else clause, *map(capital, rest[:-1])])
