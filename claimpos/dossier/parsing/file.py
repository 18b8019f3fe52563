"""Reads a YAML file or text into data with places, and finds what is wrong with its syntax."""

from __future__ import annotations

from pathlib import Path

import yaml

from claimpos.dossier.files import NotRead, read, too_large
from claimpos.dossier.findings import START, Finding, SourceText, Span, shown_path
from claimpos.dossier.limits import limit
from claimpos.dossier.nodes import Node
from claimpos.dossier.parsing.data import Unusual, compose
from claimpos.dossier.parsing.printable import is_printable_file, unprintable

# Signs of anchors, aliases, tags and escaped characters, which composing does not notice.
_SIGNS = "&*!\\"
# Signs of an unresolved merge, and of a file that Git LFS keeps elsewhere.
_UNFINISHED = ("<<<<<<<", "git-lfs.github.com")


def parse(source: SourceText) -> tuple[Node, list[Finding]]:
    """Turn a file's text into data with places; see `read_file`."""
    if source.parsed is not None or source.files:
        return source.parsed, []
    text = source.text
    if any(sign in text for sign in _UNFINISHED):
        from claimpos.dossier.parsing.syntax_hints import unfinished

        if found := unfinished(source):
            return None, [found]
    if not is_printable_file(text):
        return None, unprintable(source)
    if any(sign in text for sign in _SIGNS) and (findings := _faults(source)):
        return None, findings
    try:
        return compose(text, source.before), []
    except (Unusual, yaml.YAMLError, RecursionError):
        return None, _faults(source)


def read_file(
    path: Path, content: bytes | NotRead | None = None, shown: str = "", before: int = 0
) -> tuple[SourceText, Node, list[Finding]]:
    """Read one YAML file. Nothing in it is executed, and nothing in it raises an exception.

    Args:
        path: The file.
        content: What it holds, or why it was not read; without it, the file is read as one that
            the user names.
        shown: The path that people see, if it is known already.
        before: The number of lines of the files before it, if several are read as one.

    Returns:
        Its text, its data, and what is wrong with its syntax. If anything is, do not use the data.
    """
    source = SourceText(shown or shown_path(path), "")
    raw = _content(path) if content is None else content
    if isinstance(raw, bytes) and len(raw) > limit("file-bytes"):
        raw = too_large("file-bytes")  # which standard input may be
    if isinstance(raw, NotRead):
        return source, None, [not_read(source, raw)]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        valid = raw[: error.start].decode("utf-8-sig", "replace")
        place = _end_of(valid)
        message = "from here on the file is not UTF-8"
        source = SourceText(source.path, raw.decode("utf-8-sig", "replace"))
        return source, None, [Finding("CP101", source, place, message, "save the file as UTF-8")]
    source = SourceText(source.path, text, before)
    node, findings = parse(source)
    return source, node, findings


def _faults(source: SourceText) -> list[Finding]:
    from claimpos.dossier.parsing.faults import faults

    return faults(source)


def not_read(source: SourceText, error: NotRead, what: str = "file") -> Finding:
    """The finding that a file or a folder is not read; it quotes nothing of it."""
    message = f"the {what} cannot be read: {error.reason}"
    return Finding("CP101", source, START, message, error.remedy)


def _content(path: Path) -> bytes | NotRead:
    try:
        return read(path)
    except NotRead as error:
        return error


def _end_of(text: str) -> Span:
    """The place after the end of a text."""
    lines = SourceText("", text).lines
    column = len(lines[-1]) + 1
    return Span(len(lines), column, len(lines), column + 1)
