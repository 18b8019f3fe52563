"""A file's bytes as text, or why there is none."""

from __future__ import annotations

import stat
from pathlib import Path

from claimpos.dossier.findings import START, Finding, SourceText, Span, shown_path
from claimpos.dossier.nodes import Node
from claimpos.dossier.parsing.text import parse

MAX_BYTES = 8_000_000
_TOO_LARGE = (
    f"the file is larger than {MAX_BYTES // 1_000_000} MB",
    "split it, or take out what is not needed",
)


def read_file(
    path: Path, content: bytes | None = None, shown: str = ""
) -> tuple[SourceText, Node, list[Finding]]:
    """Read one YAML file: its text, its data, and what is wrong with its syntax.

    With `content`, that is read as if the file held it; `shown` is the path that people see, if
    it is known already.

    The data is worth nothing if there are findings. Nothing in the file is ever executed, and
    no exception leaves this function for anything a file may hold.
    """
    source = SourceText(shown or shown_path(path), "")
    raw = _content(path) if content is None else content
    if isinstance(raw, bytes) and len(raw) > MAX_BYTES:
        raw = _TOO_LARGE
    if not isinstance(raw, bytes):
        return source, None, [Finding("CP101", source, START, *raw)]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", "replace")
        place = _end_of(before)
        message = "from here on the file is not UTF-8"
        source = SourceText(source.path, raw.decode("utf-8-sig", "replace"))
        return source, None, [Finding("CP101", source, place, message, "save the file as UTF-8")]
    source = SourceText(source.path, text)
    node, findings = parse(source)
    return source, node, findings


def _content(path: Path) -> bytes | tuple[str, str]:
    """A file's bytes, or why it is not read, and what to do."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return "this is no regular file", "name only files *.yaml"
        return _TOO_LARGE if status.st_size > MAX_BYTES else path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        return f"the file cannot be read: {reason}", "check that the file exists and is readable"


def _end_of(text: str) -> Span:
    """The place behind a text."""
    lines = SourceText("", text).lines
    column = len(lines[-1]) + 1
    return Span(len(lines), column, len(lines), column + 1)
