"""The numbers of the lists of a Word document, which no paragraph holds."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from claimpos.importing.text_blocks import list_number
from claimpos.importing.word_reader import WordReader
from claimpos.importing.workbook_parts import Parts, bare, is_on, natural

LEVELS = 9
"""So many levels a list has."""

_BULLET = "•"
_PLACEHOLDER = re.compile(r"%([1-9])")
_LONGEST_NUMBER = 60


class ListPlace(NamedTuple):
    """The place of a paragraph in a list: the list's id and the level, as far as they are given."""

    number: str = ""
    level: int | None = None

    def within(self, outer: "ListPlace") -> "ListPlace":
        """This place, with what it does not give from another."""
        level = outer.level if self.level is None else self.level
        return ListPlace(self.number or outer.number, level)


class Level(NamedTuple):
    """A level of a list.

    Attributes:
        start: The first number.
        form: Its form.
        text: The text around it, such as (%1).
        restarts_below: It begins anew below a number at a level above this one, of which the first
            is 0; None for any level above itself.
        is_legal: Whether its text has all numbers in figures, as 2.1 rather than II.1.
    """

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restarts_below: int | None = None
    is_legal: bool = False


class Numbering(NamedTuple):
    """A list: the id of the definition whose numbering it continues, its levels, its restarts."""

    definition: str
    levels: Mapping[int, Level]
    restarts: Mapping[int, int]


class ListCounter:
    """Numbers the list items of a document in the order of its paragraphs."""

    def __init__(self, lists: Mapping[str, Numbering]) -> None:
        self._lists = lists
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()

    def next(self, place: ListPlace) -> str:
        """The number of the next paragraph at a place; empty outside lists."""
        numbering, at_level = self._lists.get(place.number), place.level or 0
        if numbering is None or at_level >= LEVELS:
            return ""
        level = numbering.levels.get(at_level, Level())
        if level.form == "bullet":
            return _BULLET if level.text.strip() else ""
        counts = self._counts.setdefault(numbering.definition, [None] * LEVELS)
        if place.number not in self._begun:
            self._begun.add(place.number)
            for at in numbering.restarts:
                counts[at] = None
        before = counts[at_level]
        start = numbering.restarts.get(at_level, level.start)
        counts[at_level] = start if before is None else before + 1
        for below in range(at_level + 1, LEVELS):
            restarts_below = numbering.levels.get(below, Level()).restarts_below
            if restarts_below is None or at_level < restarts_below:
                counts[below] = None

        def count_of(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            its = numbering.levels.get(at, Level())
            count = counts[at]
            form = "decimal" if level.is_legal else its.form
            return list_number(its.start if count is None else count, form)

        return _PLACEHOLDER.sub(count_of, level.text[:_LONGEST_NUMBER]).strip()


def read_lists(parts: Parts, name: str) -> dict[str, Numbering]:
    """The lists in a part, by id; none without one."""
    reader = _ListReader()
    if name in parts:
        parts.read(name, reader)
    return {number: reader.numbering(number) for number in reader.definition_of}


class _ListReader(WordReader):
    """Reads the definitions of lists by id, and lists: the definition and what differs from it.

    A definition may stand for that of a style of lists.
    """

    def __init__(self) -> None:
        super().__init__()
        self.definition_of: dict[str, str] = {}
        self._definitions: dict[str, dict[int, Level]] = {}
        self._style_meant: dict[str, str] = {}
        self._of_styles: dict[str, str] = {}
        self._differing: dict[str, dict[int, Level]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._levels: dict[int, Level] = {}
        self._id = ""
        self._level = 0

    def numbering(self, number: str) -> Numbering:
        """The numbering of a list."""
        definition = self.definition_of[number]
        meant = self._of_styles.get(self._style_meant.get(definition, ""), definition)
        levels = self._definitions.get(meant, {}) | self._differing[number]
        return Numbering(definition, levels, self._restarts[number])

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        given = bare(attributes)
        if name == "abstractNum":
            self._id = given.get("abstractNumId", "")
            self._levels = self._definitions[self._id] = {}
        elif name == "num":
            self._id = given.get("numId", "")
            self._levels = self._differing[self._id] = {}
            self._restarts[self._id] = {}
        elif name in ("lvl", "lvlOverride"):
            self._level = natural(given.get("ilvl", "0"))
        elif "lvl" in self.path[:-1]:
            self._of_level(name, given)
        elif "num" in self.path[:-1]:
            self._of_list(name, given.get("val", ""))
        elif name == "numStyleLink":
            self._style_meant[self._id] = given.get("val", "")
        elif name == "styleLink":
            self._of_styles[given.get("val", "")] = self._id

    def _of_list(self, name: str, value: str) -> None:
        if name == "abstractNumId":
            self.definition_of[self._id] = value
        elif name == "startOverride" and self._level < LEVELS:
            self._restarts[self._id][self._level] = natural(value)

    def _of_level(self, name: str, given: Mapping[str, str]) -> None:
        level, value = self._levels.get(self._level, Level()), given.get("val", "")
        if name == "start":
            level = level._replace(start=natural(value))
        elif name == "numFmt":
            level = level._replace(form=value)
        elif name == "lvlText":
            level = level._replace(text=value)
        elif name == "lvlRestart":
            level = level._replace(restarts_below=natural(value))
        elif name == "isLgl":
            level = level._replace(is_legal=is_on(given.get("val", "1")))
        self._levels[self._level] = level
