"""Why a verdict is what it is, as sentences that a stranger to the tool understands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from claimpos.comparison.distances import widest_gap
from claimpos.comparison.reasons import AtOdds, Case, Reason
from claimpos.comparison.truth import Truth
from claimpos.comparison.verdicts import CellVerdict, IssueVerdict
from claimpos.dossier.model import Entry
from claimpos.dossier.outcomes import QuantitySpace
from claimpos.wording.beside_verdicts import besides, left_open, one_voice, signals_and_offers
from claimpos.wording.distances import distances_in_words, largest_in_words
from claimpos.wording.names import (
    capital,
    joined,
    one_line,
    written_date,
    written_day,
    written_gap,
)
from claimpos.wording.phrases import Phrases
from claimpos.wording.reasons import VERDICT_WORDS
from claimpos.wording.votes import votes_in_words


def explain_cell(verdict: CellVerdict) -> str:
    """The explanation of a cell's verdict."""
    phrases = Phrases(verdict.case)
    return _paragraphs([why_cell(verdict), _paragraph(besides(phrases))])


def explain_cell_alone(verdict: CellVerdict) -> str:
    """The same without what parties leave open: that they say of the issue, not of each cell."""
    return _paragraphs([why_cell(verdict), _paragraph(signals_and_offers(Phrases(verdict.case)))])


def _paragraphs(parts: Iterable[str]) -> str:
    return " ".join(part for part in parts if part)


def why_cell(verdict: CellVerdict, beside_positions: bool = False) -> str:
    """The same without what parties leave open, and without mixed signals.

    Where each party's position stands beside it, the outcomes that it names are not all repeated.
    """
    apart, silent = verdict.without_silent, verdict.case.silent
    sentences = [] if apart is None else [_leaving_out(Phrases(apart), silent)]
    phrases = Phrases(verdict.case, beside_positions=beside_positions)
    return _paragraph([*sentences, *_why(phrases)])


def explain_issue(verdict: IssueVerdict) -> str:
    """The explanation of an issue's verdict: that of its cells, each explanation once."""
    return _paragraphs(
        f"{items}: {text}" if items else text for items, text in issue_paragraphs(verdict)
    )


def issue_paragraphs(verdict: IssueVerdict) -> list[tuple[str, str]]:
    """The same in paragraphs, each after the names of the items that it is about, if of some."""
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
    told = [(joined(items), text) for text, items in alike.items() if text]
    opened = _paragraph(left_open(Phrases(verdict.case)))
    return [*told, *([("", opened)] if opened else [])]


def _paragraph(sentences: Iterable[str]) -> str:
    return " ".join(f"{capital(one_line(sentence))}." for sentence in sentences)


def _why(phrases: Phrases) -> list[str]:
    if phrases.case.one_voice:
        return one_voice(phrases)
    if phrases.case.ballot is not None:
        return list(votes_in_words(phrases.case, phrases.words))
    if phrases.case.verdict == "conflict":
        return [*_conflict(phrases), *largest_in_words(phrases)]
    told = _SENTENCES.get(phrases.case.reason, _what_each_says)(phrases)
    ruled_out = phrases.case.reason == "proposals-ruled-out"
    return [*told, *largest_in_words(phrases)] if ruled_out else told


def _conflict(phrases: Phrases) -> list[str]:
    """Why the smallest sets of parties in conflict are so; no other party is named."""
    at_odds = phrases.case.at_odds
    if not at_odds.named:
        least = (
            f"it takes at least {_spelt(at_odds.least)} of the parties to rule out every outcome"
        )
        return [*_SENTENCES[phrases.case.reason](phrases), least]
    by_reason: dict[tuple[Reason, int], list[Case]] = {}
    for case in at_odds.named:
        by_reason.setdefault((case.reason, min(len(case.parties), 3)), []).append(case)
    told = [sentence for cases in by_reason.values() for sentence in _why_at_odds(phrases, cases)]
    return [*told, *_more_at_odds(at_odds)]


def _why_at_odds(phrases: Phrases, cases: Sequence[Case]) -> list[str]:
    """Why sets of parties are in conflict that are so for one reason."""
    reason, size = cases[0].reason, len(cases[0].parties)
    if reason == "condition-failed":
        beside = phrases.beside_positions
        those = (Phrases(case, beside_positions=beside) for case in cases)
        told = [sentence for one in those for sentence in _condition_ruled_out(one)]
        return list(dict.fromkeys(told))
    told = _SENTENCES[reason](phrases.at_odds(cases))
    if size > 2 and reason != "ruled-out":
        told += [
            f"{phrases.words.parties(case.parties)} rule out every outcome between them"
            for case in cases
        ]
    return told


def _more_at_odds(at_odds: AtOdds) -> list[str]:
    told = [_more_sets(number, size) for size, number in sorted(at_odds.more.items())]
    return ["; ".join(told)] if told else []


def _more_sets(number: int, size: int) -> str:
    count, one = f"{number:,} more", number == 1
    if size == 1:
        return f"{count} {'party rules' if one else 'parties each rule'} out every outcome"
    be = "is" if one else "are"
    if size == 2:
        return f"{count} {'pair' if one else 'pairs'} {be} at odds"
    return f"{count} {'set' if one else 'sets'} of {_spelt(size)} parties {be} at odds"


def _spelt(number: int) -> str:
    """How many parties, of sets that have at most five."""
    return ("one", "two", "three", "four", "five")[number - 1]


def _leaving_out(phrases: Phrases, silent: Sequence[str]) -> str:
    verdict = VERDICT_WORDS[phrases.case.verdict]
    first, *rest = [*map(one_line, _why(phrases)), ""]
    told = f"leaving {phrases.words.parties(silent)} aside, this is {verdict}"
    return ". ".join([f"{told}: {first}" if first else told, *map(capital, rest[:-1])])


def _backed_by_all(phrases: Phrases) -> list[str]:
    aims = phrases.case.shared_aims
    asked = {stance.demands | stance.proposes for stance in phrases.case.stances}
    if asked == {aims}:
        sentences = [f"{phrases.everyone()} {phrases.all()} call for {phrases.outcomes(aims)}"]
    else:
        said = "; ".join(phrases.sayings(["demands", "proposes"]))
        sentences = [said, f"{phrases.all()} back {phrases.outcomes(aims, 'and')}"]
    if rest := phrases.case.agreed & ~aims:
        be = "is" if phrases.is_one(rest) else "are"
        sentences.append(f"{phrases.outcomes(rest, 'and')} {be} also acceptable to {phrases.all()}")
    return sentences


def _condition_met(phrases: Phrases) -> list[str]:
    agreed = phrases.case.agreed
    return [phrases.acceptable(agreed), *phrases.accepts_as_met(agreed)]


def _condition_ruled_out(phrases: Phrases) -> list[str]:
    return _failed_conditions(phrases, phrases.case.but_for_conditions)


def _failed_conditions(phrases: Phrases, mask: int) -> list[str]:
    """On what conditions these outcomes would be accepted, and why that fails."""
    waits = phrases.would_accept(mask, *Truth)
    obstacles = phrases.obstacles(mask) or ["but these conditions cannot all be met"]
    return [*waits, *obstacles] if waits else []


def _dead_conditions(phrases: Phrases) -> list[str]:
    """The conditions that fail of themselves, where it is not they alone that rule all out."""
    wanted = 0
    for stance in phrases.case.stances:
        wanted |= stance.conditional
    mask = wanted & phrases.case.common.ground(phrases.case.cell).no
    waits = phrases.would_accept(mask, Truth.FALSE)
    return [*waits, *phrases.obstacles(mask)] if waits else []


def _red_line(phrases: Phrases) -> list[str]:
    return [*phrases.crossings(), *_dead_conditions(phrases)]


def _incompatible_demands(phrases: Phrases) -> list[str]:
    demands = phrases.sayings(["demands"])
    if phrases.beside_positions:
        told = f"no outcome meets the demands of {phrases.words.parties(phrases.case.parties)}"
        return [told, *_dead_conditions(phrases)]
    both = "both demands" if len(demands) == 2 else "all these demands"
    return ["; ".join(demands), f"no outcome meets {both}", *_dead_conditions(phrases)]


def _every_outcome_ruled_out(phrases: Phrases) -> list[str]:
    said = "; ".join(phrases.sayings(["demands", "rejects"]))
    if phrases.case.at_odds.least == 1:
        parties = phrases.case.parties
        each = "" if len(parties) == 1 else " each"
        rule = phrases.words.agree("rules", parties)
        rule = f"{phrases.words.parties(parties)}{each} {rule} out every outcome"
        return [said, rule]
    return [*_dead_conditions(phrases), said, "between them they rule out every outcome"]


def no_recorded_position(phrases: Phrases) -> list[str]:
    """That parties of the case have no position, that it has lapsed or does not cover this."""
    lapsed: dict[date, list[str]] = {}
    passed_over: dict[str, list[str]] = {}
    unheard: list[str] = []
    for party in phrases.case.silent:
        standing = phrases.table.standing(party, phrases.issue.id)
        if standing.entry is not None:
            passed_over.setdefault(_since(standing.entry), []).append(party)
        elif standing.lapsed is not None:
            lapsed.setdefault(standing.lapsed, []).append(party)
        else:
            unheard.append(party)
    said = []
    if unheard:
        have = phrases.words.agree("has", unheard)
        said.append(f"{phrases.words.parties(unheard)} {have} no recorded position")
    said += [
        f"{phrases.words.positions_of(parties)} lapsed on {written_day(day)}"
        for day, parties in lapsed.items()
    ]
    said += [
        f"{phrases.words.positions_of(parties)} {since} "
        f"{'does' if len(parties) == 1 else 'do'} not cover this"
        for since, parties in passed_over.items()
    ]
    return said


def _since(entry: Entry) -> str:
    """Of which day a position is, no more precise than that was given."""
    day = written_date(entry.since)
    return f"of {day} or earlier" if entry.standing else f"of {day}"


def _interlocking_conditions(phrases: Phrases) -> list[str]:
    mask = phrases.case.but_for_conditions
    waits = phrases.would_accept(mask, *Truth)
    for cell, needed in phrases.required(mask):
        waits += Phrases(Case(phrases.case.common, cell)).would_accept(needed, *Truth)
    waits = list(dict.fromkeys(waits))
    if len(waits) == 2:
        return ["; ".join(waits), "each waits for the other; one package could meet both"]
    return [*waits, "these conditions wait for one another; one package could meet all of them"]


def _condition_pending(phrases: Phrases) -> list[str]:
    ground = phrases.case.common.ground(phrases.case.cell)
    still_open = phrases.case.but_for_conditions & ~ground.no
    pending = phrases.would_accept(still_open, Truth.UNKNOWN)
    unanswered = phrases.unanswered(still_open)
    if unanswered:
        return [*pending, *unanswered]
    if phrases.beside_positions and len(pending) == 1:
        return [f"{pending[0]} that no issue on the agenda settles"]
    return [*pending, "no issue on the agenda settles that condition"]


def _proposals_ruled_out(phrases: Phrases) -> list[str]:
    return [
        *phrases.crossings(),
        *(
            _failed_conditions(phrases, phrases.case.but_for_conditions)
            or _dead_conditions(phrases)
        ),
        _what_remains(phrases),
    ]


def _what_remains(phrases: Phrases) -> str:
    ground = phrases.case.common.ground(phrases.case.cell)
    left = phrases.table.space(phrases.case.cell).full & ~ground.no
    return f"no party has put forward what remains: {phrases.outcomes(left)}"


def _unanswered(phrases: Phrases) -> list[str]:
    wanted = 0
    for stance in phrases.case.stances:
        wanted |= stance.wants
    answers = phrases.unanswered_of(wanted & ~phrases.case.common.ground(phrases.case.cell).no)
    return [
        *_what_each_says(phrases),
        *_dead_conditions(phrases),
        *(answers or [_what_remains(phrases)]),
        *_distance(phrases),
    ]


def _distance(phrases: Phrases) -> list[str]:
    """For a quantity, how far from each other the values named are."""
    space = phrases.table.space(phrases.case.cell)
    wants = [stance.wants for stance in phrases.case.stances if stance.wants]
    if not isinstance(space, QuantitySpace) or len(wants) < 2:
        return []
    widest = widest_gap(phrases.table, phrases.case.cell, space, wants)
    gap = written_gap(widest or 0, phrases.issue.unit)
    return [f"the positions are {gap} apart"] if widest else []


def _apart(phrases: Phrases) -> list[str]:
    return [*distances_in_words(phrases), *_dead_conditions(phrases)]


def _what_each_says(phrases: Phrases) -> list[str]:
    if phrases.beside_positions:
        return []
    said = phrases.sayings()
    return ["; ".join(said)] if said else []


# Where a reason is not listed, it is enough to tell what each party says.
_SENTENCES: dict[Reason, Callable[[Phrases], list[str]]] = {
    "one-voice": one_voice,
    "shared-aim": _backed_by_all,
    "condition-met": _condition_met,
    "common-ground": lambda phrases: [phrases.acceptable(phrases.case.agreed)],
    "condition-failed": _condition_ruled_out,
    "red-line": _red_line,
    "rival-demands": _incompatible_demands,
    "ruled-out": _every_outcome_ruled_out,
    "silent": no_recorded_position,
    "interlocking": _interlocking_conditions,
    "condition-pending": _condition_pending,
    "proposals-ruled-out": _proposals_ruled_out,
    "apart": _apart,
    "unanswered": _unanswered,
}
