"""A party's position on an issue in words, from a few for a table to all for reading."""

from __future__ import annotations

from collections.abc import Collection, Set
from datetime import date

from claimpos.comparison.verdicts import IssueVerdict
from claimpos.dossier.model import Acceptance, Basis, Cell, Entry, Issue, Named, Source, Statement
from claimpos.dossier.outcomes import Range
from claimpos.wording.names import Words, joined, one_line, written_date
from claimpos.wording.offers import part_of

_KEYS = {
    "demands": "demands",
    "proposes": "proposes",
    "accepts": "accepts",
    "would accept": "accepts",
    "rejects": "refuses",
}


def positions_in_few_words(verdict: IssueVerdict, cell: Cell, words: Words) -> tuple[str, ...]:
    """What each of the parties compared says on one cell."""
    entries = verdict.positions.values()
    return tuple(in_few_words(entry, cell, verdict.issue, words) for entry in entries)


def in_few_words(entry: Entry | None, cell: Cell, issue: Issue, words: Words) -> str:
    """What an entry says on one cell, conditions not spelt out; an en dash for silence."""
    if entry is None:
        return "–"
    said = _on_cell(entry, cell, issue, words)
    if entry.reserves:
        told = "leaves questions open" if entry.named() else "leaves this open"
        said.append(told + weak("reserves", entry))
    if not said:
        return "–"
    inferred = " (inferred)" if entry.basis == "inferred" and not entry.grounds else ""
    return "; ".join(dict.fromkeys(said)) + inferred


def _on_cell(entry: Entry, cell: Cell, issue: Issue, words: Words) -> list[str]:
    """Each verb of an entry with its outcomes on one cell."""
    granted = [acceptance for acceptance in entry.accepts if cell in acceptance.outcomes]
    on_conditions = [one.outcomes[cell] for one in granted if one.conditional]
    rejected = [*entry.refuses.get(cell, ())]
    unless = [one for one in rejected if any(one in some for some in on_conditions)]
    plain = [one for one in rejected if one not in unless]

    def told(outcomes: Collection[str | Range], last: str = "or") -> str:
        return words.outcomes(issue, outcomes, last)

    accepted, refused = weak("accepts", entry), weak("refuses", entry)
    said = [
        f"{verb} {_either(named[cell], issue)}{told(named[cell])}{weak(verb, entry)}"
        for verb, named in (("demands", entry.demands), ("proposes", entry.proposes))
        if cell in named
    ]
    said += [
        f"accepts {told(one.outcomes[cell])}{accepted}" for one in granted if not one.conditional
    ]
    for some in on_conditions:
        if offered := [one for one in some if one not in unless]:
            said.append(f"would accept {told(offered)} on conditions{accepted}")
    if plain:
        everything = {*entry.demands.get(cell, ()), *plain} == set(issue.options)
        rest = everything and cell in entry.demands and not unless
        what = "every other outcome" if rest else told(plain, "and")
        said.append(f"rejects {what}{refused}")
    if unless:
        said.append(f"rejects {told(unless, 'and')} unless conditions are met{refused}")
    return said


def _either(outcomes: Collection[str | Range], issue: Issue) -> str:
    return "either " if issue.kind != "quantity" and len(outcomes) == 2 else ""


def about(entry: Entry, cells: Set[Cell]) -> Entry:
    """The part of an entry that speaks of these cells; what it leaves open stays with it."""
    parts = [
        acceptance._replace(outcomes=_about(acceptance.outcomes, cells))
        for acceptance in entry.accepts
        if not cells.isdisjoint(acceptance.outcomes)
    ]
    return entry._replace(
        demands=_about(entry.demands, cells),
        proposes=_about(entry.proposes, cells),
        accepts=tuple(parts),
        refuses=_about(entry.refuses, cells),
    )


def _about(named: Named, cells: Set[Cell]) -> Named:
    return {cell: outcomes for cell, outcomes in named.items() if cell in cells}


def in_full(entry: Entry, issue: Issue, words: Words, headed: Set[Cell] = frozenset()) -> list[str]:
    """All that an entry says, a line each; what concerns all `headed` sub-issues omits names."""
    accepted = [
        ("would accept" if one.conditional else "accepts", one.outcomes, _condition(one, words))
        for one in sorted(entry.accepts, key=lambda one: one.conditional)
    ]
    verbs = [
        ("demands", entry.demands, ""),
        ("proposes", entry.proposes, ""),
        *accepted,
        ("rejects", entry.refuses, ""),
    ]
    lines = [
        f"{verb} {outcomes}{condition}{weak(_KEYS[verb], entry)}"
        for verb, named, condition in verbs
        for outcomes in _by_outcomes(verb, named, issue, words, headed)
    ]
    if entry.reserves:
        lines.append(f"leaves open: {one_line(entry.reserves)}{weak('reserves', entry)}")
    if entry.offer is not None:
        lines.append(f"this is {part_of(entry.offer)}")
    return lines


def weak(verb: str, entry: Entry) -> str:
    """How a verb is known, where the verbs rest on different evidence and this one is inferred."""
    return " (inferred)" if entry.grounds and entry.basis_of(verb) == "inferred" else ""


def _condition(acceptance: Acceptance, words: Words) -> str:
    if not acceptance.conditional:
        return ""
    return f" {words.condition(acceptance.requires, acceptance.subject_to)}"


def _by_outcomes(
    verb: str, named: Named, issue: Issue, words: Words, headed: Set[Cell]
) -> list[str]:
    """One verb's outcomes, the sub-issues that have the same taken together."""
    last = "and" if verb == "rejects" else "or"
    alike: dict[str, list[Cell]] = {}
    for cell, outcomes in named.items():
        either = _either(outcomes, issue) if verb in ("demands", "proposes") else ""
        alike.setdefault(either + words.outcomes(issue, outcomes, last), []).append(cell)
    told = []
    for outcome, cells in alike.items():
        items = [issue.items[cell.item] for cell in cells if cell.item is not None]
        told.append(outcome + (f" for {joined(items)}" if items and set(cells) != headed else ""))
    return told


def period(entry: Entry) -> str:
    """From when, and until when, a position is held."""
    since = written_date(entry.since)
    start = f"since {since} or earlier" if entry.standing else f"since {since}"
    if entry.until is None:
        return start
    return f"{start.replace('since', 'from', 1)} to {written_date(entry.until)}"


BASIS_WORDS: dict[Basis, str] = {
    "stated": "own words",
    "reported": "as reported",
    "inferred": "inferred",
}
"""How a position is known."""


def quoted(statement: Statement) -> str:
    """The words that a statement quotes, and whether they are the original ones."""
    back = statement.source.translation == "back-translated"
    return f"“{statement.quote}”" + (" (back-translated, not the original words)" if back else "")


def published(source: Source, day: date) -> str:
    """When a source came out; of one that did so after the day of the report, this is said."""
    later = "published later, on " if source.date.first > day else ""
    return later + written_date(source.date)


def citation(statement: Statement) -> str:
    """Who said it, when, how that is known, and where it stands."""
    speaker = statement.speaker
    who = [statement.source.publisher]
    if speaker is not None:
        who = [speaker.name, speaker.role] if speaker.role else [speaker.name]
    said = ", ".join([*who, written_date(statement.said), BASIS_WORDS[statement.basis]])
    where = [statement.source.id, statement.locator] if statement.locator else [statement.source.id]
    return f"{said}; {', '.join(where)}"
