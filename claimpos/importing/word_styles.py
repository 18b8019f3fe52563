"""The styles of a Word document: what words and paragraphs take over from them."""

from collections.abc import Mapping
from functools import reduce
from typing import NamedTuple

from claimpos.dossier.model import NOTHING
from claimpos.importing.word_numbering import LEVELS, ListPlace
from claimpos.importing.word_reader import WordReader
from claimpos.importing.workbook_parts import Parts, bare, is_on, natural

SWITCHES = {"vanish", "strike", "dstrike"}
"""What hides words, and what strikes them out once or twice."""

_UNDOING = {"vanish", "strike"}  # of two styles, each that is on undoes the other
_INHERITED = 20  # how many styles one rests on at most


class Style(NamedTuple):
    """A style: its name, that on which it is based, and its place in a list.

    `switches` says which of `SWITCHES` are on or off, and `height` whether its text is superscript
    or subscript. What neither says depends on the style that it is based on.
    """

    name: str = ""
    based_on: str = ""
    place: ListPlace = ListPlace()
    is_heading: bool = False
    switches: Mapping[str, bool] = NOTHING
    height: str | None = None


class Styles:
    """The styles of a document, by id.

    Attributes:
        usual: The id of that of paragraphs that name none.
    """

    def __init__(self, styles: Mapping[str, Style], usual: str, everywhere: Style) -> None:
        self._styles = styles
        self.usual = usual
        self._everywhere = everywhere
        self._wholes: dict[str, Style] = {}

    def has(self, switch: str, *styles: str) -> bool:
        """Whether words of all of these styles are hidden or struck out: one of `SWITCHES`."""
        if self._everywhere.switches.get(switch):
            return True
        on = [self._whole(style).switches.get(switch, False) for style in styles]
        return sum(on) % 2 == 1 if switch in _UNDOING else any(on)

    def height(self, *styles: str) -> str:
        """Whether words of all of these styles are superscript or subscript; the first counts."""
        heights = (self._whole(style).height for style in styles)
        return next((height for height in heights if height is not None), "")

    def name(self, style: str) -> str:
        """The name of a style, in small letters."""
        return self._whole(style).name

    def is_heading(self, style: str) -> bool:
        """Whether a style, or one that it is based on, is that of headings."""
        return self._whole(style).is_heading

    def place(self, style: str, own: ListPlace) -> ListPlace:
        """The place in a list of a paragraph of this style; its `own` place counts first."""
        return own.within(self._whole(style).place)

    def _whole(self, style: str) -> Style:
        """A style with all that it takes over from those that it is based on."""
        if style not in self._wholes:
            line: list[Style] = []
            at = style
            while at in self._styles and len(line) < _INHERITED:
                line.append(self._styles[at])
                at = line[-1].based_on
            self._wholes[style] = reduce(_based_on, line, Style())
        return self._wholes[style]


def _based_on(style: Style, base: Style) -> Style:
    """A style with what it takes over from another."""
    return Style(
        name=style.name or base.name,
        place=style.place.within(base.place),
        is_heading=style.is_heading or base.is_heading,
        switches={**base.switches, **style.switches},
        height=base.height if style.height is None else style.height,
    )


def read_styles(parts: Parts, name: str) -> Styles:
    """The styles in a part; none without one."""
    reader = _StyleReader()
    if name in parts:
        parts.read(name, reader)
    return Styles(reader.styles, reader.usual, reader.everywhere)


class _StyleReader(WordReader):
    def __init__(self) -> None:
        super().__init__()
        self.styles: dict[str, Style] = {}
        self.usual = ""
        self.everywhere = Style()
        self._id = ""

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        given = bare(attributes)
        if name == "style":
            self._id = given.get("styleId", "")
            self.styles[self._id] = Style()
            is_default = is_on(given.get("default", "0"))
            if is_default and given.get("type", "paragraph") == "paragraph":
                self.usual = self._id
        elif self.path[-3:-1] == ["rPrDefault", "rPr"]:
            self.everywhere = _of_words(self.everywhere, name, given)
        elif self.path[-3:-1] == ["style", "rPr"]:
            self.styles[self._id] = _of_words(self.styles[self._id], name, given)
        elif "style" in self.path[:-1]:
            style = self.styles[self._id]
            self.styles[self._id] = self._of_paragraph(style, name, given.get("val", ""))

    def _of_paragraph(self, style: Style, name: str, value: str) -> Style:
        if name == "name" and self.path[-2] == "style":
            called = value.lower()
            return style._replace(name=called, is_heading=called.startswith(("heading", "title")))
        if name == "basedOn":
            return style._replace(based_on=value)
        if name == "numId":
            return style._replace(place=style.place._replace(number=value))
        if name == "ilvl":
            return style._replace(place=style.place._replace(level=natural(value)))
        if name == "outlineLvl":
            return style._replace(is_heading=natural(value) < LEVELS)
        return style


def _of_words(style: Style, name: str, given: Mapping[str, str]) -> Style:
    """A style with one more property of its words."""
    if name in SWITCHES:
        return style._replace(switches={**style.switches, name: is_on(given.get("val", "1"))})
    if name == "vertAlign":
        return style._replace(height=given.get("val", ""))
    return style
