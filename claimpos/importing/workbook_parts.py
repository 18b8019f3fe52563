"""The parts of a workbook (.xlsx) or a Word document (.docx), read within bounds."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Collection, Mapping
from typing import Literal
from xml.parsers.expat import ParserCreate

from claimpos.dossier.limits import how_to_raise, limit
from claimpos.errors import WrongUsage

_AT_ONCE = 262_144
# How deep the elements of a part may be nested; in a sheet with rich text it is eight.
_DEEPEST = 64
# Cells and rows with nothing but a format, of which a sheet may have a million; they are dropped
# before they are parsed, and count a tenth of their bytes. One is kept if the next may follow it
# without a place of its own.
_EMPTY_CELL = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"[^<>]*/>(?=\s*(?:<c r="|</row>))')
_EMPTY_ROW = re.compile(
    rb'<row r="[0-9]{1,7}"[^<>]*(?:/>|>\s*</row>)(?=\s*(?:<row r="|</sheetData>))'
)
_DROPPED = 10
_LONGEST_TAG = 10_000
_RELATIONS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/",
)
# The attributes that are read have none of their own, or one of these.
_OFFICE = ("http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/")
_COMPRESSIONS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}

Attributes = Mapping[str, str]

_MOST_DIGITS = 9
_OFF = {"0", "false", "off", "none"}
KEPT = 100
"""So many bytes an element that is kept counts for, besides its own."""
_TAG = 15
"""So many bytes a tag of a document counts for, besides its own."""


class Unreadable(Exception):
    """The archive is not what it should be."""


class Parts:
    """The parts of an archive by name; all that is read of them is counted together.

    Raises Unreadable where a part is given twice.
    """

    def __init__(
        self, archive: zipfile.ZipFile, kind: Literal["workbook", "document"] = "workbook"
    ) -> None:
        if len({one.filename.casefold() for one in archive.filelist}) < len(archive.filelist):
            raise Unreadable  # programs differ in which of two parts of one name they take
        self._archive = archive
        self._kind = kind
        self._bound = f"{kind}-bytes"
        self._left = limit(self._bound)

    def __contains__(self, name: str) -> bool:
        return name in self._archive.NameToInfo

    def spend(self, size: int) -> None:
        """Count bytes or characters; raises WrongUsage beyond the limit."""
        self._left -= size
        if self._left < 0:
            more = ", tags, paragraphs and cells counted as some more" * (self._kind == "document")
            raise WrongUsage(
                f"the unpacked {self._kind} has more than {limit(self._bound):,} bytes{more}; "
                + how_to_raise(self._bound)
            )

    def read(self, name: str, reader: Reader) -> None:
        """Let a reader see the elements of a part; raises Unreadable, and others of libraries."""
        if self._archive.getinfo(name).compress_type not in _COMPRESSIONS:
            raise Unreadable
        parser = ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartNamespaceDeclHandler = reader.declares
        parser.EndNamespaceDeclHandler = reader.declared
        parser.StartElementHandler = reader.start
        parser.EndElementHandler = reader.end
        parser.CharacterDataHandler = reader.text
        left = b""
        with self._archive.open(name) as part:
            while piece := part.read(_AT_ONCE):
                whole, begun, rest = (left + piece).rpartition(b"<")
                if len(rest) > _LONGEST_TAG:
                    whole, begun, rest = whole + begun + rest, b"", b""
                kept = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", whole))
                self.spend(len(kept) + (len(whole) - len(kept)) // _DROPPED)
                if self._kind == "document":
                    self.spend(kept.count(b"<") * _TAG)
                parser.Parse(kept, False)
                left = begun + rest
        self.spend(len(left))
        parser.Parse(left, True)

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """The parts that a part is related to: the kind and the name of each, by its id there.

        The kind is empty if it is none that the standard has, or the part is outside the archive.
        """
        folder, file = posixpath.split(name)
        relations = f"{folder}/_rels/{file}.rels".lstrip("/")
        if relations not in self:
            return {}
        found = {}
        for _, attributes in self.elements(relations, "Relationship"):
            is_inside = attributes.get("TargetMode", "Internal") == "Internal"
            kind = _kind(attributes["Type"]) if is_inside else ""
            if attributes["Id"] in found:  # programs differ in which of them they take
                raise Unreadable
            target = posixpath.normpath(posixpath.join("/", folder, attributes["Target"]))
            found[attributes["Id"]] = kind, target.lstrip("/")
        return found

    def elements(self, name: str, *wanted: str) -> list[tuple[str, Attributes]]:
        """The elements of these names in a part, in their order, with their attributes."""
        listing = _Listing(wanted, self)
        self.read(name, listing)
        return listing.found


def _kind(of_type: str) -> str:
    base = next((base for base in _RELATIONS if of_type.startswith(base)), None)
    return "" if base is None else of_type.removeprefix(base)


def sole(related: Mapping[str, tuple[str, str]], kind: str) -> str:
    """The name of the one part of a kind among related ones; empty if there is none.

    Raises Unreadable if there are several, because programs differ in which of them they take.
    """
    names = {name for one, name in related.values() if one == kind}
    if len(names) > 1:
        raise Unreadable
    return "".join(names)


class Reader:
    """Sees the elements of a part one after the other, by their names without a namespace."""

    def __init__(self) -> None:
        self.path: list[str] = []
        """The current element and those around it, the outermost first."""

    def declares(self, prefix: str | None, space: str) -> None:
        """A prefix stands for a namespace, from the next element on."""

    def declared(self, prefix: str | None) -> None:
        """A prefix stands for what it did before the element that has just ended."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._start(name.rpartition(" ")[2], attributes)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.path.append(name)
        if len(self.path) > _DEEPEST:
            raise Unreadable
        self.begins(name, attributes)

    def end(self, _: str) -> None:
        self.ends(self.path[-1])
        self.path.pop()

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def ends(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """A stretch of text in the current element."""


class ExactReader(Reader):
    """Sees elements of the part's own namespace where they belong, and all others without a name.

    `within` holds the elements that each of them may lie in; "" for the outermost.
    """

    def __init__(self, within: Mapping[str, Collection[str]]) -> None:
        super().__init__()
        self._within = within
        self._space = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if not self.path:
            self._space = space
        above = self.path[-1] if self.path else ""
        is_known = space == self._space and above in self._within.get(local, ())
        self._start(local if is_known else "", attributes)


class _Listing(Reader):
    """Lists elements of the part's own namespace."""

    def __init__(self, wanted: tuple[str, ...], parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._space: str | None = None
        self.wanted = wanted
        self.found: list[tuple[str, Attributes]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        self._space = space if self._space is None else self._space
        self._start(local if space == self._space else "", attributes)

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name in self.wanted:
            self._parts.spend(KEPT)
            self.found.append((self.path[-2] if len(self.path) > 1 else "", bare(attributes)))


def _refuse(*_: object) -> None:
    """A document type could define entities, each of which stands for many of the next."""
    raise Unreadable


def bare(attributes: Attributes) -> dict[str, str]:
    """Attributes of the office's formats by their names without a namespace."""
    return {
        name.rpartition(" ")[2]: value
        for name, value in attributes.items()
        if " " not in name or name.startswith(_OFFICE)
    }


def is_on(written: str) -> bool:
    """Whether a property that is on or off is written as on."""
    return written not in _OFF


def natural(written: str) -> int:
    """A number of few digits; raises Unreadable."""
    if not (written.isascii() and written.isdigit()) or len(written) > _MOST_DIGITS:
        raise Unreadable
    return int(written)
