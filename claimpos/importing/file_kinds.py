"""What kind of file a table comes in, by its first bytes: a name may say anything."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Literal

from claimpos.errors import WrongUsage

_SAVE = "save the sheet as .xlsx or .csv"
_WORD = "a Word document"
_DRAFT = "use --text for a draft text"
_NAMED = {
    ".ods": "an OpenDocument spreadsheet (.ods)",
    ".xls": "a file of an old Excel (.xls)",
    ".xlsb": "a binary workbook (.xlsb)",
}
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def kind_of_file(name: str, content: bytes) -> Literal["workbook", "text"]:
    """Whether a file is a workbook (.xlsx) or a text; raises WrongUsage for others."""
    ending = name[name.rfind(".") :].lower()
    if wrong := _by_its_beginning(content, ending):
        raise WrongUsage(f"“{name}” {wrong}")
    if not content.startswith(b"PK\x03\x04"):
        if ending == ".xlsx":
            raise WrongUsage(f"“{name}” cannot be read as an .xlsx workbook")
        if ending == ".md":
            raise WrongUsage(f"“{name}” is Markdown, not a table; {_DRAFT}")
        return "text"
    if found := other_archive(content):
        draft = f", or {_DRAFT}" if found == _WORD else ""
        raise WrongUsage(f"“{name}” is {found}; {_SAVE}{draft}")
    if ending in _NAMED:
        raise WrongUsage(f"“{name}” is an .xlsx workbook, not {_NAMED[ending]}; rename it")
    return "workbook"


def _by_its_beginning(content: bytes, ending: str) -> str:
    """What a file is that is neither an archive nor a text, and what to do."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        if _ENCRYPTED in content:
            return "is protected by a password; save it without one"
        if ending in {".xlsx", ".xlsm"}:
            return (
                "is protected by a password, or a file of an old Excel under another name; save it "
                "without a password, as .xlsx or .csv"
            )
        return f"is a file of an old Excel (.xls) or Word; {_SAVE}"
    first = content[:1000].lstrip().lower()
    if first.startswith(b"%pdf"):
        return f"is a PDF, which holds no table; {_SAVE}"
    if first.startswith((b"<html", b"<!doctype html", b"<table")):
        return f"is a web page, whatever its name says; open it, and {_SAVE}"
    if first.startswith(b"<?xml"):
        return f"is XML; open it in the spreadsheet, and {_SAVE}"
    return ""


def other_archive(content: bytes) -> str:
    """What an archive is, unless it may be a workbook (.xlsx); empty if so, or unknown."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.NameToInfo
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return ""
    if "mimetype" in names and "content.xml" in names:
        return _NAMED[".ods"]
    if "xl/workbook.bin" in names:
        return _NAMED[".xlsb"]
    if "Index/Document.iwa" in names or "Index.zip" in names:
        return "a Numbers document"
    if "word/document.xml" in names:
        return _WORD
    return ""
