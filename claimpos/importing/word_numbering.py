"""The styles of a Word document, and the numbers of its lists, which no paragraph holds."""

import re
from collections.abc import Collection, Mapping
from itertools import chain
from typing import NamedTuple

from claimpos.importing.text_blocks import list_number
from claimpos.importing.word_reader import WordReader
from claimpos.importing.workbook_parts import Parts, bare, natural

_OFF = {"0", "false", "off", "none"}
_SWITCHES = {"vanish", "strike", "dstrike"}
_UNDOING = {"vanish", "strike"}  # of two styles, each that is on undoes the other

_LEVELS = 9
_BULLET = "•"
_PLACEHOLDER = re.compile(r"%([1-9])")
_LONGEST_NUMBER = 60
_INHERITED = 20  # how many styles one rests on at most


def is_on(given: Mapping[str, str]) -> bool:
    """Whether a property that is on or off, such as that words are hidden, is on."""
    return given.get("val", "1") not in _OFF


class ListPlace(NamedTuple):
    """The place of a paragraph in a list: the list's id, empty for none, and the level."""

    number: str = ""
    level: int = 0


class Style(NamedTuple):
    """A style: its name, that on which it is based, and its place in a list.

    `switches` says of what is on or off which it is: whether its text is hidden or struck out.
    `height` says whether it is superscript or subscript. What neither says depends on the style
    that it is based on.
    """

    name: str = ""
    based_on: str = ""
    place: ListPlace = ListPlace()
    is_heading: bool = False
    switches: Mapping[str, bool] = {}
    height: str | None = None


class Styles:
    """The styles of a document, by id; `usual` is that of paragraphs that name none."""

    def __init__(
        self, styles: Mapping[str, Style], usual: str = "", always: Collection[str] = ()
    ) -> None:
        self._styles = styles
        self._usual = usual
        self._always = always
        self._lines: dict[str, list[Style]] = {}

    def has(self, switch: str, paragraph: str, *others: str) -> bool:
        """Whether words are hidden (`vanish`) or struck out (`strike`, `dstrike`) by their styles.

        Args:
            switch: Which of these.
            paragraph: The style of their paragraph.
            others: That of the words, and of the table around them.
        """
        if switch in self._always:
            return True
        on = [self._says(switch, style) for style in (paragraph or self._usual, *others)]
        return sum(on) % 2 == 1 if switch in _UNDOING else any(on)

    def _says(self, switch: str, style: str) -> bool:
        said = (one.switches.get(switch) for one in self._line(style))
        return next((one for one in said if one is not None), False)

    def height(self, paragraph: str, words: str) -> str:
        """Whether words are superscript or subscript, by the styles of words and paragraph."""
        line = chain(self._line(words), self._line(paragraph or self._usual))
        return next((one.height for one in line if one.height is not None), "")

    def name(self, style: str) -> str:
        """The name of a style, in small letters."""
        return self._styles.get(style, Style()).name

    def is_heading(self, style: str) -> bool:
        """Whether a style, or one that it is based on, is that of headings."""
        return any(one.is_heading for one in self._line(style))

    def place(self, style: str, own: ListPlace) -> ListPlace:
        """The place in a list of a paragraph of this style; its `own` place counts first."""
        if own.number:
            return own
        return next((one.place for one in self._line(style) if one.place.number), ListPlace())

    def _line(self, style: str) -> list[Style]:
        """A style, that on which it is based, and so on."""
        if style not in self._lines:
            found: list[Style] = []
            at = style
            while at in self._styles and len(found) < _INHERITED:
                found.append(self._styles[at])
                at = found[-1].based_on
            self._lines[style] = found
        return self._lines[style]


class Level(NamedTuple):
    """A level of a list: the first number, its form, and the text around it, such as (%1)."""

    start: int = 1
    form: str = "decimal"
    text: str = ""


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
        numbering = self._lists.get(place.number)
        if numbering is None or place.level >= _LEVELS:
            return ""
        level = numbering.levels.get(place.level, Level())
        if level.form == "bullet":
            return _BULLET
        counts = self._counts.setdefault(numbering.definition, [None] * _LEVELS)
        if place.number not in self._begun:
            self._begun.add(place.number)
            for at in numbering.restarts:
                counts[at : at + 1] = [None]
        before = counts[place.level]
        start = numbering.restarts.get(place.level, level.start)
        counts[place.level] = start if before is None else before + 1
        counts[place.level + 1 :] = [None] * (_LEVELS - place.level - 1)

        def count_of(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            its = numbering.levels.get(at, Level())
            count = counts[at]
            return list_number(its.start if count is None else count, its.form)

        return _PLACEHOLDER.sub(count_of, level.text[:_LONGEST_NUMBER]).strip()


def read_styles(parts: Parts, name: str) -> Styles:
    """The styles in a part."""
    reader = _StyleReader()
    parts.read(name, reader)
    return Styles(reader.styles, reader.usual, reader.always)


def read_lists(parts: Parts, name: str) -> dict[str, Numbering]:
    """The lists in a part, by id."""
    reader = _ListReader()
    parts.read(name, reader)
    return {
        number: Numbering(definition, reader.definitions.get(definition, {}), restarts)
        for number, (definition, restarts) in reader.lists.items()
    }


class _StyleReader(WordReader):
    def __init__(self) -> None:
        super().__init__()
        self.styles: dict[str, Style] = {}
        self.usual = ""
        self.always: set[str] = set()
        self._id = ""

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        given = bare(attributes)
        if name == "style":
            self._id = given.get("styleId", "")
            self.styles[self._id] = Style()
            is_default = given.get("default", "0") not in _OFF
            if is_default and given.get("type", "paragraph") == "paragraph":
                self.usual = self._id
        elif name in _SWITCHES:
            if self.path[-3:-1] == ["style", "rPr"]:
                style = self.styles[self._id]
                switches = {**style.switches, name: is_on(given)}
                self.styles[self._id] = style._replace(switches=switches)
            elif self.path[-3:-1] == ["rPrDefault", "rPr"] and is_on(given):
                self.always.add(name)
        elif "style" in self.path[:-1]:
            self._part(name, given.get("val", ""))

    def _part(self, name: str, value: str) -> None:
        style = self.styles[self._id]
        if name == "name" and self.path[-2] == "style":
            called = value.lower()
            style = style._replace(name=called, is_heading=called.startswith(("heading", "title")))
        elif name == "basedOn":
            style = style._replace(based_on=value)
        elif name == "numId":
            style = style._replace(place=style.place._replace(number=value))
        elif name == "ilvl":
            style = style._replace(place=style.place._replace(level=natural(value)))
        elif name == "vertAlign" and self.path[-3:-1] == ["style", "rPr"]:
            style = style._replace(height=value)
        elif name == "outlineLvl":
            style = style._replace(is_heading=natural(value) < _LEVELS)
        self.styles[self._id] = style


class _ListReader(WordReader):
    def __init__(self) -> None:
        super().__init__()
        self.definitions: dict[str, dict[int, Level]] = {}
        self.lists: dict[str, tuple[str, dict[int, int]]] = {}
        self._id = ""
        self._level = 0

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        given = bare(attributes)
        if name == "abstractNum":
            self._id = given.get("abstractNumId", "")
            self.definitions[self._id] = {}
        elif name == "num":
            self._id = given.get("numId", "")
        elif name in ("lvl", "lvlOverride"):
            self._level = natural(given.get("ilvl", "0"))
        elif "num" in self.path[:-1]:
            self._of_list(name, given.get("val", ""))
        elif "lvl" in self.path[:-1]:
            self._of_level(name, given.get("val", ""))

    def _of_list(self, name: str, value: str) -> None:
        if name == "abstractNumId":
            self.lists[self._id] = value, {}
        elif name == "startOverride" and self._id in self.lists and self._level < _LEVELS:
            self.lists[self._id][1][self._level] = natural(value)

    def _of_level(self, name: str, value: str) -> None:
        levels = self.definitions[self._id]
        level = levels.get(self._level, Level())
        if name == "start":
            level = level._replace(start=natural(value))
        elif name == "numFmt":
            level = level._replace(form=value)
        elif name == "lvlText":
            level = level._replace(text=value)
        levels[self._level] = level
