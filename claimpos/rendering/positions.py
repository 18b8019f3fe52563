"""A party's position on an issue in words, from a few for a table to all for reading."""

from __future__ import annotations

from collections.abc import Set

from claimpos.comparison.verdicts import IssueVerdict
from claimpos.dossier.model import Cell, Entry, Issue, Named, Statement
from claimpos.wording.names import Words, joined, one_line, written_date


def positions_in_few_words(verdict: IssueVerdict, cell: Cell, words: Words) -> tuple[str, ...]:
    """What each of the parties compared says on one cell."""
    entries = verdict.positions.values()
    return tuple(in_few_words(entry, cell, verdict.issue, words) for entry in entries)


def in_few_words(entry: Entry | None, cell: Cell, issue: Issue, words: Words) -> str:
    """What an entry says on one cell, conditions not spelt out; an en dash for silence."""
    if entry is None:
        return "–"
    said = [
        f"{verb} {words.outcomes(issue, named[cell])}"
        for verb, named in _verbs(entry, conditions=False)
        if cell in named
    ]
    if _refuses_all_else(entry, cell, issue):
        said[-1] = "refuses all else"
    if entry.reserves:
        said.append("leaves questions open" if entry.named() else "leaves this open")
    if not said:
        return "–"
    inferred = " (inferred)" if entry.basis == "inferred" else ""
    return "; ".join(dict.fromkeys(said)) + inferred


def _refuses_all_else(entry: Entry, cell: Cell, issue: Issue) -> bool:
    demanded, refused = entry.demands.get(cell, ()), entry.refuses.get(cell, ())
    return bool(demanded and refused) and {*demanded, *refused} == set(issue.options)


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
    """Everything an entry says, a line each; what is said of all `headed` items needs no names."""
    lines = []
    for verb, named in _verbs(entry, conditions=True):
        lines += _said(verb, named, issue, words, headed)
    for acceptance in entry.accepts:
        if acceptance.conditional:
            condition = words.condition(acceptance.requires, acceptance.subject_to)
            lines += [
                f"{line}, {condition}"
                for line in _said("accepts", acceptance.outcomes, issue, words, headed)
            ]
    if entry.reserves:
        lines.append(f"leaves open: {one_line(entry.reserves)}")
    return lines


def _said(verb: str, named: Named, issue: Issue, words: Words, headed: Set[Cell]) -> list[str]:
    """One verb's outcomes, the items that have the same taken together."""
    alike: dict[str, list[Cell]] = {}
    for cell, outcomes in named.items():
        alike.setdefault(words.outcomes(issue, outcomes), []).append(cell)
    told = []
    for outcome, cells in alike.items():
        items = [issue.items[cell.item] for cell in cells if cell.item is not None]
        whose = f" for {joined(items)}" if items and set(cells) != headed else ""
        told.append(f"{verb} {outcome}{whose}")
    return told


def _verbs(entry: Entry, conditions: bool) -> list[tuple[str, Named]]:
    """The verbs of an entry; with `conditions`, its conditional yes is told elsewhere."""
    accepted = [
        ("accepts on conditions" if acceptance.conditional else "accepts", acceptance.outcomes)
        for acceptance in entry.accepts
        if not (conditions and acceptance.conditional)
    ]
    return [
        ("demands", entry.demands),
        ("proposes", entry.proposes),
        *accepted,
        ("refuses", entry.refuses),
    ]


def period(entry: Entry) -> str:
    """From when, and until when, an entry holds."""
    since = f"{'by' if entry.standing else 'since'} {written_date(entry.since)}"
    return since if entry.until is None else f"{since}, until {written_date(entry.until)}"


def citation(statement: Statement) -> str:
    """Who said it, when, how that is known, and where it stands."""
    speaker = statement.speaker
    who = [statement.source.publisher]
    if speaker is not None:
        who = [speaker.name, speaker.role] if speaker.role else [speaker.name]
    said = ", ".join([*who, written_date(statement.said), statement.basis])
    where = [statement.source.id, statement.locator] if statement.locator else [statement.source.id]
    return f"{said}; {', '.join(where)}"
