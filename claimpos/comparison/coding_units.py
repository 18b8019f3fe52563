"""What a coding records, unit by unit, so that codings of the same texts can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Literal, NamedTuple, get_args

from claimpos.dossier.model import VERBS, Cell, Dossier, Entry, Issue, Party, Statement
from claimpos.dossier.outcomes import Outcomes, Range, integer_range
from claimpos.dossier.timeline import own_standings

Code = Literal["demands", "proposes", "accepts", "accepts-if", "refuses"]
CODES: tuple[Code, ...] = get_args(Code)
"""What an entry may say to an outcome; `accepts-if` is an acceptance on conditions."""


class Unit(NamedTuple):
    """What coders give a value to: one outcome of a cell, for one party.

    Of a quantity, the outcome is a range as it was named.
    """

    party: str
    issue: str
    item: str | None
    outcome: str | Range


Recorded = dict[Unit, dict[Code, tuple[Statement, ...]]]
"""For each unit that a coding names, what it says there, and the statements behind that."""


def recorded(dossier: Dossier, day: date | None = None, source: str | None = None) -> Recorded:
    """What the parties' own entries say.

    Args:
        day: Count only the positions in force on this day; without it, all entries count.
        source: Count only what rests on a statement from the source of this id.
    """
    found: Recorded = {}
    for party in dossier.parties.values():
        for entry in _entries(party, day):
            issue = dossier.issues[entry.issue]
            for code, verb, cell, outcomes in _said(entry):
                statements = entry.grounds.get(verb, entry.evidence)
                if source is not None:
                    statements = tuple(one for one in statements if one.source.id == source)
                for outcome in _each(outcomes, issue) if statements else ():
                    codes = found.setdefault(Unit(party.id, *cell, outcome), {})
                    earlier = codes.get(code, ())
                    codes[code] = tuple(dict.fromkeys((*earlier, *statements)))
    return found


def _entries(party: Party, day: date | None) -> Iterable[Entry]:
    if day is None:
        return [entry for entries in party.positions.values() for entry in entries]
    standing = own_standings(party, day).values()
    return [one.entry for one in standing if one.entry is not None]


def _said(entry: Entry) -> Iterator[tuple[Code, str, Cell, Outcomes]]:
    """What an entry says: the code, the verb, and the outcomes of a cell."""
    named: list[tuple[Code, str, Mapping[Cell, Outcomes]]] = [
        ("demands", VERBS[0], entry.demands),
        ("proposes", VERBS[1], entry.proposes),
        *(
            ("accepts-if" if one.conditional else "accepts", VERBS[2], one.outcomes)
            for one in entry.accepts
        ),
        ("refuses", VERBS[3], entry.refuses),
    ]
    for code, verb, cells in named:
        for cell, outcomes in cells.items():
            yield code, verb, cell, outcomes


def _each(outcomes: Outcomes, issue: Issue) -> Iterator[str | Range]:
    for outcome in outcomes:
        whole = isinstance(outcome, Range) and issue.integer
        yield integer_range(outcome) if whole else outcome  # type: ignore[arg-type]
