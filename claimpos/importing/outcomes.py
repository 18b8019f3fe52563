"""The outcomes that a table names: figures, with their decimals and units; kinds of issue; ids."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from claimpos.dossier.dates import dates_meant
from claimpos.dossier.model import OUTCOME_VERBS
from claimpos.dossier.written_figures import (
    HOW,
    PERCENT,
    Mark,
    Number,
    as_written,
    figures_meant,
    numbers_in,
    numbers_meant,
    spellings,
    unit_beside,
)
from claimpos.importing.cells import check_digits, is_flow, read_flow, read_list
from claimpos.importing.draft import Names
from claimpos.importing.import_log import ImportLog, Skipped, TablePlace, shortened
from claimpos.importing.shown_numbers import Exact
from claimpos.importing.table import Line
from claimpos.wording.names import joined

Decimals = Literal["comma", "point"]

BOUNDS = frozenset({"minimum", "maximum"})
MEASURED = frozenset({*OUTCOME_VERBS, "term"}) | BOUNDS
"""The fields whose cells may hold figures."""

_UNITS = 3
_MARKS: dict[Decimals, Mark] = {"comma": ",", "point": "."}
_TOKEN = re.compile(r"\d(?:[\d.,'’ \u00a0\u202f]*\d)?")
_DIVIDED = re.compile(r"[.,]")
_NUMBERS = re.compile(r"(?:(?<!\d)-)?\d[\d.,'’\u00a0\u202f]*")
_ZERO_DECIMALS = re.compile(r"\.00?\Z")
_IN_BRACKETS = re.compile(r"\(([^()]+)\)\Z")

Column = tuple[str, str]
"""A field and, in a grid, the heading of a column."""


class WrittenOutcome(str):
    """An outcome as a cell names it, an option or a figure, and what may mark decimals in it."""

    __slots__ = ("marks",)
    marks: tuple[Mark, ...]


class DecimalMarks:
    """What marks decimals in each column.

    Args:
        lines: The lines of the table.
        stated: What marks them everywhere, if that is stated.
        comma: Whether a comma is likelier where no column shows what it is.
    """

    def __init__(self, lines: Iterable[Line], stated: Decimals | None, comma: bool) -> None:
        self._stated = stated
        self._comma = comma
        self._shown: dict[Column, set[Mark]] = {}
        for line in lines if stated is None else ():
            for field in MEASURED & line.cells.keys():
                cell = line.cells[field]
                if not isinstance(cell, Exact) and not is_flow(cell):
                    shown = self._shown.setdefault((field, line.place.column), set())
                    shown |= _shown_by(cell)
        self._anywhere: set[Mark] = set().union(*self._shown.values())

    def of(self, field: str, place: TablePlace, text: str) -> tuple[Mark, ...]:
        """What may mark decimals in a text: both point and comma where that is undecided."""
        if isinstance(text, Exact):
            return (".",)
        if self._stated is not None:
            return (_MARKS[self._stated],)
        shown = self._shown.get((field, place.column)) or self._anywhere
        if len(shown) == 1:
            return (*shown,)
        if shown:
            return (".", ",")
        likelier: Mark = "," if self._comma else "."
        # Words and currencies do not show which mark the author of a figure uses.
        is_bare = re.fullmatch(r"[\d\s.,;+-]*", text) is not None
        return (likelier,) if likelier in text and is_bare else (".", ",")


def _shown_by(cell: str) -> set[Mark]:
    """The decimal marks, point or comma, that the figures of a cell leave no choice about."""
    shown: set[Mark] = set()
    for token in _TOKEN.findall(cell):
        if _DIVIDED.search(token):
            fits = [mark for mark in _MARKS.values() if numbers_meant(token, (mark,))]
            if len(fits) == 1:
                shown.update(fits)
    return shown


def read_outcome(cell: str, marks: tuple[Mark, ...]) -> Any:
    """An outcome: what flow holds as plain data, else names and figures as they are written."""
    if is_flow(cell):
        return read_flow(cell)
    parts = [cell] if isinstance(cell, Exact) else read_list(cell)
    if not parts:
        raise Skipped(f"“{shortened(cell)}” names no outcome")
    written = [_written(part, marks) for part in parts]
    return written[0] if len(written) == 1 else written


def _written(part: str, marks: tuple[Mark, ...]) -> WrittenOutcome:
    check_digits(part)
    written = WrittenOutcome(part)
    written.marks = marks
    return written


def is_figure(written: WrittenOutcome, unit: str) -> bool:
    """Whether a text is a figure, of whatever value: in brackets, too, or in another unit."""
    bare = _IN_BRACKETS.sub(r"\1", written)
    return bool(figures_meant(bare, unit, written.marks) or (unit and unit_beside(bare)))


def units_in(outcomes: Iterable[Any]) -> list[str]:
    """The different units that cells name themselves, each in its first spelling."""
    found: list[str] = []
    spelt: set[str] = set()
    for written in (one for outcome in outcomes for one in _each(outcome)):
        if unit := unit_beside(written, written.marks):
            names = spellings(unit)
            if spelt.isdisjoint(names):
                found.append(PERCENT if PERCENT in names else unit)
                spelt |= names
    return found


def units_in_words(units: Sequence[str]) -> str:
    """The first of these units."""
    return joined([f"“{one}”" for one in units[:_UNITS]])


def _each(outcome: Any) -> Iterable[WrittenOutcome]:
    members = outcome if isinstance(outcome, list) else [outcome]
    return (one for one in members if isinstance(one, WrittenOutcome))


class FigureUnit(NamedTuple):
    """The unit of an issue; empty if it has none, or several that cannot be told apart.

    `of_cells` are the units that cells name, where nothing else states one.
    """

    name: str
    of_cells: tuple[str, ...] = ()


def figure(written: str, unit: FigureUnit, place: TablePlace, log: ImportLog) -> Any:
    """The number or the range that a text is; raises Skipped if it is none, or may be two."""
    marks = written.marks if isinstance(written, WrittenOutcome) else (".", ",")
    meant = figures_meant(written, unit.name, marks)
    shown = shortened(written)
    if not meant:
        _explain(written, unit.name, marks)
        raise Skipped(f"“{shown}” is not a figure, as on other lines; {HOW}")
    if len(meant) > 1:
        one, other = map(as_written, meant)
        raise Skipped(
            f"“{shown}” can mean {one} or {other}; use --decimals comma or --decimals point"
        )
    if unit.of_cells and meant[0] != 0 and figures_meant(written, "", marks):
        remedy = f'write it with its unit, or use --set "unit={unit.name}"'
        raise Skipped(
            f"“{shown}” has no unit, and other cells have {units_in_words(unit.of_cells)}; "
            f"{remedy if unit.name else 'write all its figures in one unit'}"
        )
    ends = meant[0].values() if isinstance(meant[0], Mapping) else meant
    if not {str(end) for end in ends} <= _as_they_stand(written):
        form = re.sub(r"\d+", "9", f"figure {written}")
        log.remark(place, f"the figure “{shown}” is read as {as_written(meant[0])}", form)
    return meant[0]


def _explain(written: str, unit: str, marks: tuple[Mark, ...]) -> None:
    """Raise Skipped for a text that would be a figure in another unit, or without brackets."""
    shown = shortened(written)
    inner = _IN_BRACKETS.match(written)
    if inner and len(meant := figures_meant(inner[1], unit, marks)) == 1:
        number = as_written(meant[0])
        raise Skipped(
            f"“{shown}” can mean -{number}, as in accounts, or {number}; write the one meant"
        )
    if other := unit_beside(written, marks):
        why = (
            f"the issue's unit is “{unit}”; write the number alone, in that unit"
            if unit
            else "the issue has no single unit; write all its figures in the same one"
        )
        raise Skipped(f"“{shown}” is in “{other}”, but {why}")


def _as_they_stand(written: str) -> set[str]:
    """The numbers in a text as they are written, and whole ones without decimals."""
    found = {*_NUMBERS.findall(written)}
    return found | {_ZERO_DECIMALS.sub("", number) for number in found}


def read_number(cell: str, marks: tuple[Mark, ...]) -> int | Decimal:
    """A number alone; raises Skipped."""
    check_digits(cell)
    meant = numbers_in(cell, unit_beside(cell, marks), marks)
    if not meant:
        raise Skipped(f"“{shortened(cell)}” is not a number; write it like 85000 or 4.5")
    if len(meant) > 1:
        raise Skipped(
            f"“{shortened(cell)}” can mean {meant[0]} or {meant[1]}; use --decimals comma or "
            "--decimals point"
        )
    return meant[0]


def looks_like_data(head: str) -> bool:
    """Whether the heading of a column is a figure, a date or an address, as cells below it are."""
    is_year = len(head) == 4 and head.isdigit()  # which may well head a column
    found = numbers_meant(head) or dates_meant(head) or head.startswith(("http:", "https:"))
    return bool(found) and not is_year


# ---- kinds and ids ----


def kind_of(outcome: Any, unit: str) -> str:
    """The kind of issue whose outcomes are written like this one; its figures may have a unit."""
    if isinstance(outcome, list):
        return kind_of(outcome[0], unit) if outcome else "choice"
    if isinstance(outcome, dict):
        if "outcome" in outcome:
            return kind_of(outcome["outcome"], unit)
        return "quantity" if _is_range(outcome) else "items"
    if isinstance(outcome, WrittenOutcome):
        return "quantity" if is_figure(outcome, unit) else "choice"
    return "quantity" if isinstance(outcome, Number) else "choice"


def outcomes_in(entry: Mapping[str, Any]) -> Iterator[Any]:
    """What each of an entry's verbs names."""
    return (entry[verb] for verb in OUTCOME_VERBS if verb in entry)


class OutcomeNames:
    """The options and items of one issue: `stated` by the table, or collected from its lines."""

    def __init__(
        self, kind: str, unit: FigureUnit, options: Names, items: Names, stated: bool
    ) -> None:
        self.kind = kind
        self.unit = unit
        self.options = options
        self.items = items
        self.stated = stated

    def resolve(self, entry: dict[str, Any], place: TablePlace) -> dict[str, Any]:
        """The entry with ids for names; raises Skipped for what the issue cannot have."""
        resolved = {
            verb: self.named(entry[verb], place, verb == "accepts")
            for verb in OUTCOME_VERBS
            if verb in entry
        }
        return {**entry, **resolved}

    def named(self, outcome: Any, place: TablePlace, conditional: bool = False) -> Any:
        """An outcome with ids in place of names; raises Skipped for what the issue cannot have."""
        if isinstance(outcome, list):
            return [self.named(one, place, conditional) for one in outcome]
        if isinstance(outcome, WrittenOutcome):
            if self.kind == "quantity":
                return figure(outcome, self.unit, place, self.options.log)
            if self.kind == "choice" and self.stated:
                return self._named(self.options, outcome, place)
        named = kind_of(outcome, self.unit.name)
        if named != self.kind:
            shown = f"“{shortened(outcome)}” is" if isinstance(outcome, str) else "it names"
            raise Skipped(f"{shown} {_WORDS[named]}, but other lines name {_WORDS[self.kind]}")
        if isinstance(outcome, dict):
            if "outcome" in outcome and conditional:
                return {**outcome, "outcome": self.named(outcome["outcome"], place, False)}
            return outcome if self.kind == "quantity" else self._by_item(outcome, place)
        return outcome if self.kind == "quantity" else self._named(self.options, outcome, place)

    def _by_item(self, outcome: Mapping[str, Any], place: TablePlace) -> dict[str, Any]:
        return {
            item if item == "all" else self._named(self.items, item, place): [
                self._named(self.options, one, place) for one in named
            ]
            if isinstance(named, list)
            else self._named(self.options, named, place)
            for item, named in outcome.items()
        }

    def _named(self, names: Names, name: Any, place: TablePlace) -> str:
        if not isinstance(name, str):
            raise Skipped(f"“{name}” is a number, but the issue has {names.kind}s")
        name = str(name)
        found = names.known(name)
        _check_units(name, names.first[found][0] if found in names.first else name)
        if not self.stated:
            return names.id_of(name, place)
        if found is None:
            near = names.log.nearest(name, names.ids)
            meant = f"; did you mean “{near[0]}”?" if near else ""
            raise Skipped(f"the issue has no {names.kind} “{name}”{meant}")
        return found


def _check_units(name: str, before: str) -> None:
    """Raise Skipped for a figure whose unit differs from that of the same name only in capitals."""
    units = [spellings(unit) for unit in map(unit_beside, (name, before)) if unit]
    if len(units) > 1 and units[0].isdisjoint(units[1]):
        raise Skipped(
            f"“{shortened(name)}” and “{shortened(before)}” are in two units that differ in "
            "capitals; write all its figures in one unit"
        )


_WORDS = {"choice": "an option", "items": "items", "quantity": "a figure"}


def _is_range(outcome: Mapping[str, Any]) -> bool:
    return all(isinstance(value, Number) for value in outcome.values())
