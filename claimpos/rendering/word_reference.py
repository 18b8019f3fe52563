"""The styles and page layout of a reference document of Word, without its active content.

It may come from a stranger. Word would fetch a template that it names, or a picture from a
server, and a field in its footer may start a program. So it is read within bounds, and of its
parts only those are kept that say how a page looks.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from claimpos.dossier.limits import how_to_raise, limit
from claimpos.errors import WrongUsage, as_wrong_usage
from claimpos.rendering.text import is_address

NOT_WORD = "the reference cannot be read as a document of Word (.docx)"
_BYTES, _ELEMENTS = "reference-bytes", "reference-elements"

# How a part of XML may begin, and its possible encodings: it is bytes that are counted.
_MARKS = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"']*)""")
_ENCODINGS = {b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"}

# The parts that a document has for its looks, by the last word of their relation to it: those
# that are there without being referred to, and those that are referred to where they are needed.
_ALWAYS = {
    *("officeDocument", "core-properties", "styles", "numbering", "settings", "theme"),
    *("fontTable", "footnotes"),
}
_WHERE_USED = {"header", "footer", "image", "font", "hyperlink"}
_FIELDS = {
    *("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "STYLEREF", "DATE", "TIME", "SAVEDATE"),
    *("CREATEDATE", "PRINTDATE", "TITLE", "SUBJECT", "AUTHOR", "DOCPROPERTY", "FILENAME"),
}
# Elements that refer to something elsewhere, or act; the attributes are those of old drawings.
_ACTING = {
    *("mailMerge", "altChunk", "subDoc", "object", "control", "dataBinding", "docVars"),
    *("linkStyles", "saveThroughXslt", "attachedSchema", "attachedTemplate", "schemaLibrary"),
}
_ADDRESSES = {"src", "href"}
_DRAWN = {"drawing", "pict"}


def opened(reference: bytes) -> Any:
    """A document for python-docx with the looks of this one, and an empty body.

    Raises WrongUsage where it is no document of Word, or would take up too much.
    """
    import docx

    _check_size(reference)
    with as_wrong_usage(NOT_WORD):
        file = docx.Document(BytesIO(reference))
        body = file.element.body
        for child in [*body]:
            if child is not body.sectPr:
                body.remove(child)
        _ = file.sections[-1]
        _keep_looks(file.part)
    return file


def _check_size(reference: bytes) -> None:
    """Raise WrongUsage where the parts of a reference would take up too much once unpacked."""
    elements = 0
    with as_wrong_usage(NOT_WORD), zipfile.ZipFile(BytesIO(reference)) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > limit(_BYTES):
            raise _too_large(_BYTES, "bytes")
        for part in parts:
            elements += _elements(archive.read(part))
    if elements > limit(_ELEMENTS):
        raise _too_large(_ELEMENTS, "elements and attributes")


def _too_large(name: str, what: str) -> WrongUsage:
    return WrongUsage(f"the reference is larger than {limit(name):,} {what}; {how_to_raise(name)}")


def _elements(part: bytes) -> int:
    """How many tags and attributes a part has, if it is XML; raises ValueError for an odd one."""
    bare = part[:300].lstrip(_MARKS)
    if bare.startswith(b"\x4c\x6f\xa7\x94"):  # <?xm in the code of old mainframes
        raise ValueError("an encoding that is not counted in")
    if not bare.startswith(b"<"):
        return 0
    named = _ENCODING.match(bare.replace(b"\0", b""))
    if named and named[1].lower() not in _ENCODINGS:
        raise ValueError("an encoding that is not counted in")
    return part.count(b"<") + part.count(b"=")


def _keep_looks(document: Any) -> None:
    """Remove everything from the package of a document but what its looks need."""
    _keep_relations(document.package.rels, ())
    seen = {document}
    parts = [document]
    for part in parts:  # those found meanwhile too
        root = _root(part)
        if root is not None:
            _remove_acting(root)
        _keep_relations(part.rels, _referred_to(root))
        if root is not None:
            _remove_dangling(root, part.rels)
            _put_back(part, root)
        for relation in part.rels.values():
            if not relation.is_external and relation.target_part not in seen:
                seen.add(relation.target_part)
                parts.append(relation.target_part)


def _keep_relations(relations: Any, used: Iterable[str]) -> None:
    for name, relation in [*relations.items()]:
        kind = relation.reltype.rpartition("/")[2]
        if relation.is_external:
            kept = kind == "hyperlink" and name in used and is_address(relation.target_ref)
        else:
            kept = kind in _ALWAYS or (kind in _WHERE_USED and name in used)
        if not kept:
            del relations[name]


def _root(part: Any) -> Any:
    """The root element of a part; None if it is not XML."""
    from docx.opc.part import XmlPart
    from docx.oxml import parse_xml

    if isinstance(part, XmlPart):
        return part.element
    return parse_xml(part.blob) if part.content_type.endswith("xml") else None


def _put_back(part: Any, root: Any) -> None:
    from docx.opc.oxml import serialize_part_xml
    from docx.opc.part import XmlPart

    if not isinstance(part, XmlPart):
        part._blob = serialize_part_xml(root)


def _name(tag: Any) -> str:
    """The name of an element or an attribute without its namespace; of a comment, none."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _references(element: Any) -> Iterator[str]:
    """The relations that an element names."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[0].endswith("/relationships") or _name(key) == "relid":
            yield value


def _referred_to(root: Any) -> set[str]:
    return set() if root is None else {one for each in root.iter() for one in _references(each)}


def _remove_acting(root: Any) -> None:
    """Remove what acts: elements, addresses of pictures, and all fields if one is unusual."""
    for element in [*root.iter()]:
        if _name(element.tag) in _ACTING:
            _remove(element)
        for key in [key for key in element.attrib if _name(key) in _ADDRESSES]:
            del element.attrib[key]
    if not all(one.split()[:1] and one.split()[0].upper() in _FIELDS for one in _fields(root)):
        for element in [*root.iter()]:
            if _name(element.tag) in {"instrText", "delInstrText", "fldChar"}:
                _remove(element)
            elif _name(element.tag) == "fldSimple":
                _unwrap(element)


def _fields(root: Any) -> Iterator[str]:
    """The instruction of each field; for a field within another, the instructions of both."""
    parts: list[str] = []
    depth = 0
    for element in root.iter():
        name = _name(element.tag)
        if name == "fldSimple":
            yield "".join(value for key, value in element.attrib.items() if _name(key) == "instr")
        elif name in {"instrText", "delInstrText"}:
            parts.append(element.text or "")
        elif name == "fldChar":
            kind = next((one for key, one in element.items() if _name(key) == "fldCharType"), "")
            depth += {"begin": 1, "end": -1}.get(kind, 0)
            if depth <= 0 and parts:
                yield "".join(parts)
                parts.clear()
    if parts:
        yield ""


def _remove_dangling(root: Any, relations: Any) -> None:
    """Remove what refers to a part that was not kept; of a drawing, all of it."""
    for element in [*root.iter()]:
        if any(one not in relations for one in _references(element)):
            drawing = next(
                (one for one in element.iterancestors() if _name(one.tag) in _DRAWN), None
            )
            _remove(element if drawing is None else drawing)


def _remove(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: Any) -> None:
    """Put what an element holds in its place."""
    parent = element.getparent()
    for child in [*element]:
        element.addprevious(child)
    parent.remove(element)
