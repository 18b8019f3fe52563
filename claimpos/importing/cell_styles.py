"""The styles of the cells of a workbook: their number formats, and what is struck out."""

from typing import NamedTuple

from claimpos.importing.workbook_parts import KEPT, ExactReader, Parts, is_on, natural

_LONGEST_FORMAT = 255  # of a number; a spreadsheet allows no longer one
_STYLES = {
    "styleSheet": ("",),
    **dict.fromkeys(("numFmts", "fonts", "cellXfs", "dxfs"), ("styleSheet",)),
    "numFmt": ("numFmts", "dxf"),
    "xf": ("cellXfs",),
    "dxf": ("dxfs",),
    "font": ("fonts", "dxf"),
    "strike": ("font",),
}


class CellStyle(NamedTuple):
    """The style of a cell: the code of its number format, and whether its text is struck out."""

    code: str = "General"
    is_struck: bool = False


class CellStyles(NamedTuple):
    """The styles of cells by number; and of rules, those that strike out, or format numbers."""

    of_cells: list[CellStyle]
    striking: frozenset[str] = frozenset()
    formatting: frozenset[str] = frozenset()


def read_cell_styles(parts: Parts, name: str) -> CellStyles:
    """The styles in a part; none without a part."""
    if not name:
        return CellStyles([])
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    reader = _StyleReader(parts)
    parts.read(name, reader)
    codes: dict[int, str] = {**BUILTIN_FORMATS, **reader.codes}
    styles = [
        CellStyle(codes.get(code, "General"), font in reader.struck) for code, font in reader.cells
    ]
    return CellStyles(styles, frozenset(reader.striking), frozenset(reader.formatting))


class _StyleReader(ExactReader):
    def __init__(self, parts: Parts) -> None:
        super().__init__(_STYLES)
        self._parts = parts
        self.codes: dict[int, str] = {}
        self.cells: list[tuple[int, int]] = []
        self.struck: set[int] = set()
        self.striking: set[str] = set()
        self.formatting: set[str] = set()
        self._fonts = self._rules = -1

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name not in {"numFmt", "xf", "font", "dxf", "strike"}:
            return
        self._parts.spend(KEPT)
        if name == "numFmt" and "dxf" in self.path:
            self.formatting.add(str(self._rules))
        elif name == "numFmt":
            if len(attributes["formatCode"]) <= _LONGEST_FORMAT:
                self.codes[natural(attributes["numFmtId"])] = attributes["formatCode"]
        elif name == "xf":
            used = (natural(attributes.get(key, "0")) for key in ("numFmtId", "fontId"))
            self.cells.append((next(used), next(used)))
        elif name == "dxf":
            self._rules += 1
        elif name == "font":
            self._fonts += "fonts" in self.path
        elif is_on(attributes.get("val", "1")):
            if "fonts" in self.path:
                self.struck.add(self._fonts)
            else:
                self.striking.add(str(self._rules))
