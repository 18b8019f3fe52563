"""Documents of Word made for tests: whole parts, of which the body is given."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word_file(body: str, head: str = "", **parts: str) -> bytes:
    """A .docx file with this body, `head` before its root, and further parts by their kind."""
    related = "".join(
        f'<Relationship Id="r{kind}" Type="{_KIND}/{kind}" Target="{kind}.xml"/>' for kind in parts
    )
    document = f'{head}<w:document xmlns:w="{_MAIN}"><w:body>{body}</w:body></w:document>'
    files: Mapping[str, str] = {
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" '
        f'Type="{_KIND}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": document,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{related}'
        "</Relationships>",
        **{
            f"word/{kind}.xml": f'<w:{kind} xmlns:w="{_MAIN}">{text}</w:{kind}>'
            for kind, text in parts.items()
        },
    }
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return made.getvalue()


def par(text: str, properties: str = "") -> str:
    """A paragraph; `properties` is what stands in its pPr."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str, properties: str = "") -> str:
    """A cell of a table, each line a paragraph."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(map(par, text.split('|')))}</w:tc>"


def table(*rows: str) -> str:
    """A table of rows, each the cells in it."""
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
