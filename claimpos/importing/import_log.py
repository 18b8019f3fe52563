"""The log of an import: what it assumed, what to check, and what it skipped."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from itertools import islice

from claimpos.dossier.findings import cut
from claimpos.dossier.lookup import nearest
from claimpos.records import NamedTuple
from claimpos.rendering.text import wrapped
from claimpos.wording.names import capital, joined

SHOWN = 100
"""So many remarks, skipped cells, and subjects of an assumption are shown."""

_PLACES = 5
# Of more texts with the same wording than these, a few are shown as examples.
_MANY = 20
_EXAMPLES = 3
_VARYING = re.compile(r"“[^”]*”?|[\d.,:#-]+")


class Place(NamedTuple):
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


def _of_sheet(place: Place) -> str:
    return f" of “{place.sheet}”" if place.sheet else ""


KNOWN = Place(-1)
"""The place of what a dossier holds that a table adds to."""

Said = list[tuple[Place, str]]
"""What is said alike of some places: each place with its text."""


class LeftOut(Exception):
    """Why a line, or a cell of a grid, is skipped."""


class Account:
    """The log, in which nothing is repeated; of a long text it holds the beginning.

    Attributes:
        guesses: What the table does not say, but the dossier needs, with the subjects of each.
        remarks: What the user should check, by place, and the form in which many are reported
            as one.
        left_out: Why something was skipped, by place.
    """

    def __init__(self) -> None:
        self.guesses: dict[str, dict[str, None]] = {}
        self.remarks: dict[tuple[Place, str], str] = {}
        self.left_out: dict[tuple[Place, str], None] = {}
        self.whole: dict[str, frozenset[str]] = {}
        """The names of all issues, all sources, …, so that a guess about all is reported as one."""
        self._asked = 0

    def guess(self, what: str, subject: str = "") -> None:
        subjects = self.guesses.setdefault(what, {})
        if subject:
            subjects[cut(subject)] = None

    def remark(self, place: Place, text: str, form: str = "") -> None:
        """Log what the user should check; of a `form`, the first stands for all."""
        self.remarks[place, cut(text)] = cut(form or text)

    def leave_out(self, place: Place, why: str) -> None:
        self.left_out[place, cut(why)] = None

    def nearest(self, name: str, known: Iterable[str]) -> list[str]:
        """The known names that look like this one; none once enough names have been asked for."""
        self._asked += 1
        return nearest(name, known) if self._asked <= SHOWN else []

    def lines_left_out(self) -> int:
        """How many lines were skipped, in whole or in part."""
        return len({(place.sheet, place.line) for place, _ in self.left_out})


def account_text(account: Account, width: int) -> str:
    """The log as paragraphs; empty if there is nothing to report."""
    guesses = [
        f"{what} ({_subjects(subjects, account)})" if subjects else what
        for what, subjects in account.guesses.items()
    ]
    parts = [
        (
            "Assumed, because the table does not say (add a column or use --set FIELD=TEXT):",
            guesses,
        ),
        ("Please check:", _by_place(account.remarks)),
        ("Skipped:", _by_place({key: key[1] for key in account.left_out})),
    ]
    return "\n".join(
        "\n".join([head, *(wrapped(capital(line), width, "- ", "  ") for line in lines)]) + "\n"
        for head, lines in parts
        if lines
    )


def _by_place(texts: Mapping[tuple[Place, str], str]) -> list[str]:
    """The first of the texts, each of a form once with all of its places, and how many more."""
    alike: dict[str, list[tuple[Place, str]]] = {}
    for key, form in texts.items():
        alike.setdefault(form, []).append(key)
    groups = _few([sorted(said, key=_in_order) for said in alike.values()])
    shown = [_as_one(group) for group in groups[:SHOWN]]
    return [*shown, f"and {len(groups) - SHOWN:,} more"] if len(groups) > SHOWN else shown


def _few(groups: list[Said]) -> list[Said]:
    """The groups, in which those with many of the same wording become a few, and one of the rest.

    They differ in nothing but numbers and what they quote.
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


def _in_order(said: tuple[Place, str]) -> tuple[str, int, str, str]:
    """Sheet by sheet, line by line."""
    place, text = said
    return (place.sheet, place.line, place.column, text)


def _first_in_order(said: Said) -> tuple[str, int, str, str]:
    return _in_order(said[0])


def _as_one(group: Said) -> str:
    """What is said alike of some places: the first text, after the first places."""
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


def _subjects(subjects: Collection[str], account: Account) -> str:
    for kind, names in account.whole.items():
        if names == frozenset(subjects) and len(names) > 3:
            return f"all {len(names):,} {kind}"
    shown = ", ".join(islice(subjects, SHOWN))
    return f"{shown} and {len(subjects) - SHOWN:,} more" if len(subjects) > SHOWN else shown


def shortened(text: str, most: int = 60) -> str:
    """A cell as a message shows it: in one line, and not all of it if it is long."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
