"""The log of an import: what it assumed, what to check, and what it skipped."""

import re
from collections.abc import Collection, Iterable, Mapping
from itertools import islice
from typing import NamedTuple

from claimpos.dossier.findings import cut
from claimpos.dossier.lookup import nearest
from claimpos.rendering.text import wrapped
from claimpos.wording.dossier_texts import capital
from claimpos.wording.names import joined

SHOWN = 100
"""So many remarks, skipped cells, and subjects of an assumption are shown."""

_PLACES = 5
_LONGEST = 60
# Of more texts with the same wording than these, a few are shown as examples.
_MANY = 20
_EXAMPLES = 3
_VARYING = re.compile(r"“[^”]*”?|[\d.,:#-]+")


class TablePlace(NamedTuple):
    """A place in the table: a line, in a grid the heading of a column, and one of many sheets.

    See KNOWN for the dossier that a table adds to.
    """

    line: int
    column: str = ""
    sheet: str = ""

    @property
    def where(self) -> str:
        """The place with its preposition."""
        return f"in {self}" if self == KNOWN else f"on {self}"

    def __str__(self) -> str:
        if self == KNOWN:
            return "the dossier"
        column = f", “{self.column}”" if self.column else ""
        return f"line {self.line}{column}{_of_sheet(self)}"


def _of_sheet(place: TablePlace) -> str:
    return f" of “{place.sheet}”" if place.sheet else ""


KNOWN = TablePlace(-1)
"""The place of everything that the dossier held before a table was added to it."""

Said = list[tuple[TablePlace, str]]
"""Texts that are shown as one, each with its place."""


class Skipped(Exception):
    """Why a line, or a cell of a grid, is skipped."""


class ImportLog:
    """A log of an import, in which nothing is repeated; long texts are cut.

    Attributes:
        assumptions: What the table does not say, but the dossier needs, with the subjects of each.
        remarks: What the user should check, by place and text, with a form: remarks of one form
            are shown as one.
        skipped: Why something was skipped, by place.
    """

    def __init__(self) -> None:
        self.assumptions: dict[str, dict[str, None]] = {}
        self.remarks: dict[tuple[TablePlace, str], str] = {}
        self.skipped: dict[tuple[TablePlace, str], None] = {}
        self.all_names: dict[str, frozenset[str]] = {}
        """By kind, such as issues, the names of all; an assumption about all is shown as one."""
        self._asked = 0

    def assume(self, what: str, subject: str = "") -> None:
        subjects = self.assumptions.setdefault(what, {})
        if subject:
            subjects[cut(subject)] = None

    def remark(self, place: TablePlace, text: str, form: str = "") -> None:
        """Log what the user should check; remarks of the same `form` are shown as one."""
        self.remarks[place, cut(text)] = cut(form or text)

    def skip(self, place: TablePlace, why: str) -> None:
        self.skipped[place, cut(why)] = None

    def nearest(self, name: str, known: Iterable[str]) -> list[str]:
        """The known names that look like this one; none after SHOWN calls, which take time."""
        self._asked += 1
        return nearest(name, known) if self._asked <= SHOWN else []

    def lines_skipped(self) -> int:
        """How many lines were skipped, in whole or in part."""
        return len({(place.sheet, place.line) for place, _ in self.skipped})


def log_text(log: ImportLog, width: int) -> str:
    """The log as paragraphs; empty if there is nothing to report."""
    assumptions = [
        f"{what} ({_subjects(subjects, log)})" if subjects else what
        for what, subjects in log.assumptions.items()
    ]
    parts = [
        (
            "Assumed, because the table does not say (add a column or use --set FIELD=TEXT):",
            assumptions,
        ),
        ("Please check:", _by_place(log.remarks)),
        ("Skipped:", _by_place({key: key[1] for key in log.skipped})),
    ]
    return "\n".join(
        "\n".join([head, *(wrapped(capital(line), width, "- ", "  ") for line in lines)]) + "\n"
        for head, lines in parts
        if lines
    )


def _by_place(texts: Mapping[tuple[TablePlace, str], str]) -> list[str]:
    """A line for each form, with its places; at most SHOWN, and how many more there are."""
    alike: dict[str, list[tuple[TablePlace, str]]] = {}
    for key, form in texts.items():
        alike.setdefault(form, []).append(key)
    groups = _few([sorted(said, key=_in_order) for said in alike.values()])
    shown = [_as_one(group) for group in groups[:SHOWN]]
    return [*shown, f"and {len(groups) - SHOWN:,} more"] if len(groups) > SHOWN else shown


def _few(groups: list[Said]) -> list[Said]:
    """The groups, fewer if more than _MANY differ only in numbers and in what they quote.

    Of those, the first remain as examples, and all others become one group.
    """
    by_wording: dict[str, list[Said]] = {}
    for group in sorted(groups, key=_first_in_order):
        by_wording.setdefault(_VARYING.sub("", group[0][1]), []).append(group)
    few: list[Said] = []
    for several in by_wording.values():
        if len(several) > _MANY:
            rest = sorted((said for group in several[_EXAMPLES:] for said in group), key=_in_order)
            several = [*several[:_EXAMPLES], rest]
        few += several
    return sorted(few, key=_first_in_order)


def _in_order(said: tuple[TablePlace, str]) -> tuple[str, int, str, str]:
    """Sheet by sheet, line by line."""
    place, text = said
    return (place.sheet, place.line, place.column, text)


def _first_in_order(said: Said) -> tuple[str, int, str, str]:
    return _in_order(said[0])


def _as_one(group: Said) -> str:
    """A group as one line: its first places, then its first text."""
    (first, text), *_ = group
    places = list(dict.fromkeys(place for place, _ in group))
    if any(other != text for _, other in group):
        text += ", and so on"
    if len(places) == 1:
        return f"{first}: {text}"
    if any(place.column or place.sheet != first.sheet for place in places):
        return f"{first}, and {len(places) - 1:,} more: {text}"
    lines = [f"{place.line:,}" for place in places[:_PLACES]]
    if len(places) > _PLACES:
        lines.append(f"{len(places) - _PLACES:,} more")
    return f"lines {joined(lines)}{_of_sheet(first)}: {text}"


def _subjects(subjects: Collection[str], log: ImportLog) -> str:
    for kind, names in log.all_names.items():
        if names == frozenset(subjects) and len(names) > 3:
            return f"all {len(names):,} {kind}"
    shown = ", ".join(islice(subjects, SHOWN))
    return f"{shown} and {len(subjects) - SHOWN:,} more" if len(subjects) > SHOWN else shown


def shortened(text: str) -> str:
    """A cell as a message shows it: on one line, and the beginning of a long one."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
