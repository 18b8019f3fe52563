"""Checks entries for contradictions: within one, and between the dates of several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from claimpos.dossier.findings import Span
from claimpos.dossier.model import VERBS, Answer, Cell, Entry, Issue, Named, space_of
from claimpos.dossier.nodes import Map, Seq
from claimpos.dossier.outcomes import Outcomes, Range, Space
from claimpos.dossier.reading.form import Reading

_CONTRADICTION_HINT = (
    "drop one of the two; “never, unless …” is `refuses` with a conditional `accepts`"
)

_LISTED = 1_000  # it takes long to name more outcomes


class Gathered:
    """Outcomes gathered by cell, with which each of those `asked` can be compared at once."""

    def __init__(
        self, named: Iterable[Named], asked: Iterable[Named], issues: Mapping[str, Issue]
    ) -> None:
        of_cells: dict[Cell, list[Outcomes]] = {}
        for one in asked:
            for cell, outcomes in one.items():
                of_cells.setdefault(cell, []).append(outcomes)
        gathered: dict[Cell, list[Outcomes]] = {cell: [] for cell in of_cells}
        for one in named:
            for cell in one.keys() & gathered.keys():
                gathered[cell].append(one[cell])
        self.options: dict[Cell, set[object]] = {}
        self.figures: dict[Cell, tuple[Space, int]] = {}
        for cell, several in gathered.items():
            issue = issues[cell.issue]
            if issue.kind != "quantity":
                self.options[cell] = set().union(*several)
                continue
            # One space for all of them, because making one for each pair would take long.
            space = space_of(issue, [*several, *of_cells[cell]])
            merged = tuple(stretch for outcomes in several for stretch in outcomes)
            self.figures[cell] = space, space.mask(merged)  # type: ignore[arg-type]

    def meets(self, cell: Cell, outcomes: Outcomes) -> bool:
        """Whether any of these outcomes of a cell was gathered."""
        if cell in self.options:
            return not self.options[cell].isdisjoint(outcomes)
        space, gathered = self.figures[cell]
        return bool(space.mask(outcomes) & gathered)

    def holds(self, named: Named) -> bool:
        """Whether all of these outcomes were gathered."""
        for cell, outcomes in named.items():
            if cell in self.options:
                if not self.options[cell].issuperset(outcomes):
                    return False
            else:
                space, gathered = self.figures[cell]
                if space.mask(outcomes) & ~gathered:
                    return False
        return True


def check_entry(entry: Entry, issue: Issue | None, found: Map, reading: Reading) -> None:
    """Report an entry that refuses what it also accepts, ends before it begins, and the like."""
    granted: list[tuple[str, Named]] = [("demands", entry.demands), ("proposes", entry.proposes)]
    for acceptance in entry.accepts:
        if not acceptance.conditional:
            granted.append(("accepts", acceptance.outcomes))
        for cell in acceptance.requires.keys() & acceptance.outcomes.keys():
            message = (
                f"the condition is on the same issue or sub-issue as its own outcome: {_cell(cell)}"
            )
            reading.fault("CP404", found.at("accepts"), message, "name another issue or item")
    if entry.refuses and issue:
        _check_refusals(entry.refuses, granted, issue, found, reading)
    if entry.until and entry.until.last < entry.since.first:
        message = "the entry ends before it begins"
        reading.fault("CP406", found.at("until"), message, "correct `since` or `until`")
    ends = entry.offer.until if entry.offer else None
    if ends and ends.last < entry.since.first:
        message = f"its offer ends ({ends.text}) before the entry begins"
        hint = "correct `since`, or the `until` of the offer"
        reading.fault("CP406", found.at("offer"), message, hint)
    if entry.against or entry.context:
        _check_cited(entry, found, reading)
    if entry.grounds:
        _check_grounds(found, reading)


def _check_cited(entry: Entry, found: Map, reading: Reading) -> None:
    places = {"evidence": entry.evidence, "against": entry.against, "context": entry.context}
    first: dict[str, str] = {}
    for key, cited in places.items():
        for statement in cited:
            if (other := first.setdefault(statement.id, key)) != key:
                message = f"“{statement.id}” stands both under {other} and under {key}"
                reading.fault("CP408", found.at(key), message, "keep it in one of the two")


def _check_grounds(found: Map, reading: Reading) -> None:
    """Report evidence for a verb that the entry does not have, and a verb without evidence."""
    by_verb = found["evidence"]
    assert isinstance(by_verb, Map)
    for verb in by_verb:
        if verb not in found:
            message = f"there is evidence for “{verb}”, which the entry does not have"
            hint = "move it to the verb that it supports, or add the verb"
            reading.fault("CP418", by_verb.key_at(verb), message, hint)
    for verb in VERBS:
        if verb in found and verb not in by_verb:
            message = f"the evidence is written by verb, but there is none for “{verb}”"
            hint = f"add “{verb}: [ids of statements]” to the evidence"
            reading.fault("CP418", found.key_at(verb), message, hint)


def _check_refusals(
    refuses: Named,
    granted: Sequence[tuple[str, Named]],
    issue: Issue,
    found: Map,
    reading: Reading,
) -> None:
    refused = Gathered([refuses], [named for _, named in granted], {issue.id: issue})
    for verb, named in granted:
        for cell in named.keys() & refuses.keys():
            if refused.meets(cell, named[cell]):
                shared = "outcomes"
                if reading.has_few and len(named[cell]) + len(refuses[cell]) < _LISTED:
                    shared = _shared(named[cell], refuses[cell], issue)
                message = f"the entry both {verb} and refuses {shared} of “{_cell(cell)}”"
                reading.fault("CP401", found.at("refuses"), message, _CONTRADICTION_HINT)


def check_dates(entries: Sequence[Entry | Answer], listed: Seq, reading: Reading) -> None:
    """Report two entries of one issue, or answers to one text, that begin on the same day."""
    if len(entries) != len(listed):
        return
    begun: dict[object, int] = {}
    for index, entry in enumerate(entries):
        first = begun.setdefault(entry.since.first, index)
        if first != index:
            what = "answers" if isinstance(entry, Answer) else "entries"
            message = f"two {what} begin on {entry.since.first}; the other is on line "
            reading.fault(
                "CP405",
                _since(listed, index),
                f"{message}{_since(listed, first).line}",
                "merge them, or correct a date",
            )


def _since(listed: Seq, index: int) -> Span:
    node = listed[index]
    return node.at("since") if isinstance(node, Map) else listed.at(index)


def _shared(one: Outcomes, other: Outcomes, issue: Issue) -> str:
    """The outcomes that two sets share, as a position file writes them."""
    space = space_of(issue, [one, other])
    return ", ".join(map(_written, space.outcomes(space.mask(one) & space.mask(other))))


def _written(outcome: str | Range) -> str:
    if isinstance(outcome, str):
        return f"“{outcome}”"
    if outcome.is_point:
        return str(outcome.low)
    low, high = ("above", "min"), ("below", "max")
    ends = {low[not outcome.low_open]: outcome.low, high[not outcome.high_open]: outcome.high}
    return f"{{{', '.join(f'{key}: {end}' for key, end in ends.items() if end is not None)}}}"


def _cell(cell: Cell) -> str:
    return f"{cell.issue}: {cell.item}" if cell.item else cell.issue
