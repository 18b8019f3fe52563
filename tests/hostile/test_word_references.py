"""Word files whose looks are taken over, made to act: on whoever makes a briefing, or opens it."""

from __future__ import annotations

import re
import tracemalloc
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

import pytest

from claimpos.dossier.limits import VARIABLE
from claimpos.errors import WrongUsage
from claimpos.rendering.document import Document, Heading, Paragraph
from claimpos.rendering.renderers import file_of
from tests.support import largely, within

docx = pytest.importorskip("docx", reason="python-docx is not installed")

PLACE = "http://evil.example/x"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
R = f'xmlns:r="{OFFICE}"'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OLD = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
HEADER, SETTINGS, DOCUMENT, WEB = "header1", "settings", "document", "webSettings"
SAID = "<w:r><w:t>Said in the header</w:t></w:r>"


def field(*told: str) -> str:
    """A field made of several runs."""
    begin, middle, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    words = "".join(f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in told)
    return f"{begin}{words}{middle}<w:r><w:t>shown</w:t></w:r>{end}"


# Where it stands, what stands there, and the kind of its relation to what is elsewhere.
ACTING: Mapping[str, tuple[str, str, str]] = {
    "a template": (SETTINGS, '<w:attachedTemplate r:id="evil"/>', "attachedTemplate"),
    "a letter to many": (
        *(SETTINGS, '<w:mailMerge><w:connectString w:val="evil"/></w:mailMerge>'),
        "mailMergeSource",
    ),
    "a style sheet for saving": (SETTINGS, '<w:saveThroughXslt r:id="evil"/>', "transform"),
    "frames": (WEB, '<w:frameset><w:sourceFileName r:id="evil"/></w:frameset>', "frame"),
    "a linked picture": (
        HEADER,
        '<w:r><w:drawing><a:blip xmlns:a="a" r:link="evil"/></w:drawing></w:r>',
        "image",
    ),
    "an old picture": (
        HEADER,
        '<w:r><w:pict><v:shape><v:imagedata src="evil"/></v:shape></w:pict></w:r>',
        "",
    ),
    "a linked old picture": (
        HEADER,
        '<w:r><w:pict><v:shape><v:imagedata r:href="evil"/></v:shape></w:pict></w:r>',
        "image",
    ),
    "an object": (
        HEADER,
        '<w:r><w:object><o:OLEObject r:id="evil"/></w:object></w:r>',
        "oleObject",
    ),
    "a control": (HEADER, '<w:r><w:control r:id="evil"/></w:r>', "control"),
    "a chart": (
        HEADER,
        '<w:r><w:drawing><c:chart xmlns:c="c" r:id="evil"/></w:drawing></w:r>',
        "chart",
    ),
    "a link to a server of files": (HEADER, f'<w:hyperlink r:id="evil">{SAID}</w:hyperlink>', "="),
    "a chunk": (HEADER, '<w:altChunk r:id="evil"/>', "aFChunk"),
    "a document within": (HEADER, '<w:subDoc r:id="evil"/>', "subDocument"),
    "a chunk in the body": (DOCUMENT, '<w:altChunk r:id="evil"/>', "aFChunk"),
    "a background": (
        DOCUMENT,
        '<w:background><v:background><v:fill r:id="evil"/></v:background></w:background>',
        "image",
    ),
    "macros": (DOCUMENT, "", "vbaProject"),
    "data": (DOCUMENT, "", "customXml"),
    "a toolbar": (DOCUMENT, "", "keyMapCustomizations"),
    "a simple field": (HEADER, '<w:fldSimple w:instr=" dde evil "/>', ""),
    "a field": (HEADER, field("INCLUDEPICTURE evil"), ""),
    "a field in pieces": (HEADER, field(" DDE", "AUTO ", "evil"), ""),
    "a field within a field": (HEADER, field("PAGE", field("INCLUDETEXT evil")), ""),
    "a field that does not end": (HEADER, field("LINK evil").rpartition("<w:r>")[0], ""),
    "a field without a name": (HEADER, field("  "), ""),
}

KEPT = ("a template", "a linked picture", "an object", "a background", "a field in pieces")


def relations(kind: str) -> str:
    """The relations of a part: one to what is elsewhere, and those of any header."""
    kind, place = ("hyperlink", "file://evil/x") if kind == "=" else (kind, PLACE)
    form = f'<Relationship Id="{{}}" Type="{OFFICE}/{{}}" Target="{{}}" TargetMode="External"/>'
    elsewhere = form.format("evil", kind, place) if kind else ""
    return elsewhere + form.format("web", "hyperlink", "https://house.example/")


def reference(where: str = HEADER, told: str = "", kind: str = "") -> bytes:
    """A Word file with a header, and with something in one of its parts."""
    plain, made = BytesIO(), BytesIO()
    file = docx.Document()
    file.styles["Heading 1"].font.name = "House Serif"
    file.sections[0].header.paragraphs[0].text = "HEADER"
    file.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name).decode("utf-8", "surrogateescape")
            if name == f"word/{HEADER}.xml":
                usual = f'{SAID}<w:hyperlink r:id="web"><w:r><w:t>web</w:t></w:r></w:hyperlink>'
                inside = told if where == HEADER and told.startswith("<w:") else ""
                text = (
                    f"<w:hdr {W} {R} {OLD}><w:p>{usual}"
                    f'<w:fldSimple w:instr="PAGE"/>{inside}</w:p></w:hdr>'
                )
            elif name == f"word/{where}.xml":
                known = re.sub(r"^<[\w:]+", rf"\g<0> {R} {OLD}", told)
                text = re.sub(rf"<w:{where}[^>]*>", rf"\g<0>{known}", text, count=1)
            elif name == f"word/_rels/{where}.xml.rels":
                text = text.replace("</Relationships>", f"{relations(kind)}</Relationships>")
            new.writestr(name, text.encode("utf-8", "surrogateescape"))
        for part in {HEADER, where}:
            if f"word/_rels/{part}.xml.rels" not in old.namelist():
                of = "http://schemas.openxmlformats.org/package/2006/relationships"
                known = relations(kind if part == where else "")
                new.writestr(
                    f"word/_rels/{part}.xml.rels",
                    f'<Relationships xmlns="{of}">{known}</Relationships>',
                )
    return made.getvalue()


def parts(file: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(file)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def briefing(house: bytes) -> dict[str, bytes]:
    document = Document([Heading("A heading"), Paragraph("Words of the briefing.")])
    return parts(file_of(document, "docx", house))


@pytest.mark.parametrize("what", largely(ACTING, *KEPT))
def test_nothing_that_acts_is_taken_over(what: str) -> None:
    house = reference(*ACTING[what])
    assert what == "a field without a name" or b"evil" in b"".join(parts(house).values())
    made = briefing(house)
    assert not [name for name, part in made.items() if b"evil" in part.lower()]
    assert docx.Document(BytesIO(file_of(Document([Paragraph("x")]), "docx", house)))


def test_what_a_page_looks_like_is_taken_over() -> None:
    made = briefing(reference())
    header = made[f"word/{HEADER}.xml"]
    assert b"Said in the header" in header
    assert b'instr="PAGE"' in header
    assert b"https://house.example/" in made[f"word/_rels/{HEADER}.xml.rels"]
    assert b"House Serif" in made["word/styles.xml"]


def picture(shade: bytes) -> bytes:
    """A PNG of one point."""
    head = (1).to_bytes(4) * 2 + b"\x08\0\0\0\0"
    chunks = [b"IHDR" + head, b"IDAT" + zlib.compress(b"\0" + shade), b"IEND"]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (len(one) - 4).to_bytes(4) + one + zlib.crc32(one).to_bytes(4) for one in chunks
    )


def test_pictures_of_the_body_are_not_carried_along() -> None:
    content = BytesIO()
    file = docx.Document()
    file.add_picture(BytesIO(picture(b"\0")))
    file.sections[0].header.paragraphs[0].add_run().add_picture(BytesIO(picture(b"\xff")))
    file.save(content)
    assert sum("media" in name for name in parts(content.getvalue())) == 2
    assert sum("media" in name for name in briefing(content.getvalue())) == 1


PADDING = {
    "elements": ("word/settings.xml", b"<w:a/>"),
    "paragraphs": ("word/document.xml", b"<w:p/>"),
    "sections": ("word/document.xml", b"<w:p><w:pPr><w:sectPr/></w:pPr></w:p>"),
    "attributes": ("word/styles.xml", b'<w:a a="" b="" c="" d="" e="" f="" g="" h="" i=""/>'),
}


def padded(name: str, piece: bytes, size: int) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for part, told in parts(reference()).items():
            at = told.rfind(b"<w:sectPr") if part == "word/document.xml" else told.rfind(b"</w:")
            padding = piece * (size // len(piece)) if part == name else b""
            new.writestr(part, told[:at] + padding + told[at:] if padding else told)
    return content.getvalue()


@pytest.mark.parametrize("what", PADDING)
def test_a_file_that_unpacks_to_very_many_elements_is_refused(what: str) -> None:
    house = padded(*PADDING[what], size=28_000_000)
    assert len(house) < 200_000
    tracemalloc.start()
    try:
        with within(5), pytest.raises(WrongUsage, match=f"{VARIABLE}=reference-elements="):
            briefing(house)
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("what", PADDING)
def test_a_file_with_many_elements_is_read(what: str) -> None:
    assert (
        b"Words of the briefing"
        in briefing(padded(*PADDING[what], size=100_000))["word/document.xml"]
    )


@pytest.mark.parametrize("encoding", ["utf-7", "utf-16", "cp037"])
def test_elements_are_counted_in_any_encoding_or_refused(encoding: str) -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for part, told in parts(reference()).items():
            if part == "word/settings.xml":
                text = told.decode().partition("?>")[2]
                text = text.replace("</w:s", "<w:a/>" * 1_100_000 + "</w:s")
                told = f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding)
            new.writestr(part, told)
    with within(5), pytest.raises(WrongUsage, match=f"{VARIABLE}|cannot be read as a document"):
        briefing(content.getvalue())
