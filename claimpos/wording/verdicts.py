"""Why a verdict is what it is, as sentences that a stranger to the tool understands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import combinations

from claimpos.comparison.reasons import Reason
from claimpos.comparison.truth import Truth
from claimpos.comparison.verdicts import CellVerdict, IssueVerdict
from claimpos.dossier.model import Entry
from claimpos.dossier.outcomes import QuantitySpace
from claimpos.wording.names import (
    capital,
    joined,
    one_line,
    written_date,
    written_day,
    written_number,
)
from claimpos.wording.phrases import ALL_VERBS, Phrases

VERDICT_WORDS = {"overlap": "an overlap", "conflict": "a conflict", "unresolved": "unresolved"}


def explain_cell(verdict: CellVerdict) -> str:
    """The explanation of a cell's verdict."""
    phrases = Phrases(verdict.case)
    told = [why_cell(verdict), _paragraph([*_reserves(phrases), *_mixed_signals(phrases)])]
    return " ".join(part for part in told if part)


def why_cell(verdict: CellVerdict) -> str:
    """The same without what parties leave open, and without mixed signals."""
    apart, silent = verdict.without_silent, verdict.case.silent
    sentences = [] if apart is None else [_leaving_out(Phrases(apart), silent)]
    return _paragraph([*sentences, *_why(Phrases(verdict.case))])


def explain_issue(verdict: IssueVerdict) -> str:
    """The explanation of an issue's verdict: that of its cells, each explanation once."""
    issue = verdict.issue
    if issue.kind != "items":
        return explain_cell(verdict.cells[0])
    if not verdict.cells:
        phrases = Phrases(verdict.case)
        unnamed = ["nobody has named an outcome for any item"]
        said = _silent(phrases) if verdict.case.silent else unnamed
        return _paragraph([*said, *_reserves(phrases), *_mixed_signals(phrases)])
    alike: dict[str, list[str]] = {}
    for cell in verdict.cells:
        alike.setdefault(explain_cell(cell), []).append(issue.items[cell.cell.item or ""])
    return " ".join(f"{joined(items)}: {text}" for text, items in alike.items())


def _paragraph(sentences: Iterable[str]) -> str:
    return " ".join(f"{capital(one_line(sentence))}." for sentence in sentences)


def _why(phrases: Phrases) -> list[str]:
    return _TELLERS[phrases.case.reason](phrases)


def _leaving_out(phrases: Phrases, silent: Sequence[str]) -> str:
    verdict = VERDICT_WORDS[phrases.case.verdict]
    told = "; ".join(_why(phrases))
    names = phrases.words.parties(silent)
    return f"without {names} this is {verdict}" + (f": {told}" if told else "")


def _could_live_with(phrases: Phrases) -> str:
    agreed = phrases.outcomes(phrases.case.agreed)
    return f"{phrases.everyone()} could {phrases.all()} live with {agreed}"


def _shared_aim(phrases: Phrases) -> list[str]:
    aims = phrases.case.shared_aims
    asked = {stance.demands | stance.proposes for stance in phrases.case.stances}
    if asked == {aims}:
        sentences = [f"{phrases.everyone()} {phrases.all()} ask for {phrases.outcomes(aims)}"]
    else:
        said = "; ".join(phrases.sayings(["demands", "proposes"]))
        sentences = [f"{said}: {phrases.outcomes(aims)} would suit {phrases.all()}"]
    if rest := phrases.case.agreed & ~aims:
        sentences.append(f"they could {phrases.all()} live with {phrases.outcomes(rest)} too")
    return sentences


def _condition_met(phrases: Phrases) -> list[str]:
    met = phrases.would_accept(phrases.case.agreed, Truth.TRUE)
    return [_could_live_with(phrases), *(f"{one}, and that is met" for one in met)]


def _condition_failed(phrases: Phrases) -> list[str]:
    return _failed_conditions(phrases, phrases.case.but_for_conditions)


def _failed_conditions(phrases: Phrases, mask: int) -> list[str]:
    """On what conditions these outcomes would be accepted, and why that fails."""
    waits = phrases.would_accept(mask, *Truth)
    obstacles = phrases.obstacles(mask) or ["these conditions cannot be met together"]
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


def _rival_demands(phrases: Phrases) -> list[str]:
    rivals = f"{'; '.join(phrases.sayings(['demands']))}: no outcome satisfies {phrases.all()}"
    return [rivals, *_dead_conditions(phrases)]


def _ruled_out(phrases: Phrases) -> list[str]:
    said = "; ".join(phrases.sayings(["demands", "refuses"]))
    return [*_dead_conditions(phrases), f"{said}: between them every outcome is ruled out"]


def _silent(phrases: Phrases) -> list[str]:
    lapsed: dict[date, list[str]] = {}
    passed_over: dict[str, list[str]] = {}
    unheard: list[str] = []
    for party in phrases.case.silent:
        standing = phrases.table.standing(party, phrases.issue.id)
        if standing.entry is not None:
            passed_over.setdefault(_when(standing.entry), []).append(party)
        elif standing.lapsed is not None:
            lapsed.setdefault(standing.lapsed, []).append(party)
        else:
            unheard.append(party)
    said = [
        f"the {'position' if len(parties) == 1 else 'positions'} of "
        f"{phrases.words.parties(parties)} lapsed on {written_day(day)}"
        for day, parties in lapsed.items()
    ]
    said += [
        f"what {phrases.words.parties(parties)} said {when} leaves this out"
        for when, parties in passed_over.items()
    ]
    if unheard:
        said.insert(0, f"nothing is recorded from {phrases.words.parties(unheard, 'or')} on this")
    return [joined(said)]


def _when(entry: Entry) -> str:
    """When an entry began, no more precise than it was given."""
    on = "on" if entry.since.first == entry.since.last else "in"
    return f"{'by' if entry.standing else on} {written_date(entry.since)}"


def _mutual(phrases: Phrases) -> list[str]:
    waits = phrases.would_accept(phrases.case.but_for_conditions, *Truth)
    return [*waits, "these conditions wait for one another: in one package they could all hold"]


def _conditional(phrases: Phrases) -> list[str]:
    ground = phrases.case.common.ground(phrases.case.cell)
    still_open = phrases.case.but_for_conditions & ~ground.no
    unsettled = phrases.would_accept(still_open, Truth.UNKNOWN)
    return [*unsettled, *phrases.unanswered(still_open)]


def _blocked(phrases: Phrases) -> list[str]:
    ground = phrases.case.common.ground(phrases.case.cell)
    left = phrases.table.space(phrases.case.cell).full & ~ground.no
    return [
        *phrases.crossings(),
        *(
            _failed_conditions(phrases, phrases.case.but_for_conditions)
            or _dead_conditions(phrases)
        ),
        f"nobody has asked for what is left, {phrases.outcomes(left)}",
    ]


def _unaddressed(phrases: Phrases) -> list[str]:
    said = "; ".join(phrases.sayings(ALL_VERBS))
    wanted = 0
    for stance in phrases.case.stances:
        wanted |= stance.wants
    ground = phrases.case.common.ground(phrases.case.cell)
    left = phrases.table.space(phrases.case.cell).full & ~ground.no
    answers = phrases.unanswered_of(wanted & left)
    asked = answers or [f"nobody has asked for what is left, {phrases.outcomes(left)}"]
    return [said, *_dead_conditions(phrases), *asked, *_distance(phrases)]


def _distance(phrases: Phrases) -> list[str]:
    """For a quantity, how far from each other the values named are."""
    space = phrases.table.space(phrases.case.cell)
    wants = [stance.wants for stance in phrases.case.stances if stance.wants]
    if not isinstance(space, QuantitySpace) or len(wants) < 2:
        return []
    widest = max(space.distance(one, other) or 0 for one, other in combinations(wants, 2))
    unit = f" {phrases.issue.unit}" if phrases.issue.unit else ""
    return [f"the values named are {written_number(widest)}{unit} apart"] if widest else []


def _reserves(phrases: Phrases) -> list[str]:
    return [
        f"{phrases.words.party(party)} leaves open: {text}"
        for party, text in phrases.case.reserving
    ]


def _mixed_signals(phrases: Phrases) -> list[str]:
    return [
        f"mixed signals from {phrases.words.party(party)}: "
        + "; ".join(one_line(statement.summary) for statement in entry.against)
        for party in phrases.case.parties
        if (entry := phrases.table.entry(party, phrases.issue.id)) is not None and entry.against
    ]


_TELLERS: dict[Reason, Callable[[Phrases], list[str]]] = {
    "shared-aim": _shared_aim,
    "condition-met": _condition_met,
    "common-ground": lambda phrases: [_could_live_with(phrases)],
    "condition-failed": _condition_failed,
    "red-line": _red_line,
    "rival-demands": _rival_demands,
    "ruled-out": _ruled_out,
    "silent": _silent,
    "mutual": _mutual,
    "conditional": _conditional,
    "blocked": _blocked,
    "reserved": lambda phrases: [],
    "unaddressed": _unaddressed,
}
