"""The tags and texts of a page in HTML, in one pass whatever it holds.

The standard library's parser takes a time that grows with the square of what is malformed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import NamedTuple

RAW = frozenset({"script", "style", "template", "noscript", "svg", "textarea", "select", "title"})
"""Elements whose contents are no text of the page, up to the end of the element."""

_NAME = re.compile(r"(/?)([A-Za-z][^\s/>]*)")
_ATTRIBUTE = re.compile(
    r"""[\s/]*+([^\s=>/]++)(?:\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s>"']*+)))?"""
)
_END = re.compile(r"[\s/]*+>")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_RAW_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW}


class Tag(NamedTuple):
    """The beginning or the end of an element, with what its beginning gives; names are small."""

    name: str
    is_end: bool
    attributes: Mapping[str, str]


def tokens(page: str) -> Iterator[Tag | str]:
    """The tags of a page, and what stands between them; an unfinished tag ends it."""
    at = 0
    while at < len(page):
        begin = page.find("<", at)
        if begin < 0:
            yield shown(page[at:])
            return
        if begin > at:
            yield shown(page[at:begin])
        name = _NAME.match(page, begin + 1)
        if name is None:
            if page[begin + 1 : begin + 2] not in ("!", "?", "/"):
                yield "<"
                at = begin + 1
                continue
            at = _after_comment(page, begin)
            continue
        tag, at = _tag(page, name)
        if tag is None:
            return
        yield tag
        if tag.name in RAW and not tag.is_end:
            end = _RAW_ENDS[tag.name].search(page, at)
            if end is None:
                return
            yield shown(page[at : end.start()])
            at = end.start()


def shown(text: str) -> str:
    """A text with its references to characters resolved."""
    return _REFERENCE.sub(lambda found: unescape(found[0]), text)


def _after_comment(page: str, begin: int) -> int:
    """Where a comment, a declaration or what is neither ends; the end of the page if it does not.

    The same mark is never looked for twice in vain, because reading ends there.
    """
    mark = "-->" if page.startswith("<!--", begin) else ">"
    end = page.find(mark, begin + 2)
    return len(page) if end < 0 else end + len(mark)


def _tag(page: str, name: re.Match[str]) -> tuple[Tag | None, int]:
    """A tag, and where it ends; None if the page ends before."""
    attributes: dict[str, str] = {}
    at = name.end()
    while not (end := _END.match(page, at)):
        found = _ATTRIBUTE.match(page, at)
        if found is None:
            at += 1
            if at >= len(page):
                return None, at
            continue
        value = next((one for one in found.groups()[1:] if one is not None), "")
        attributes.setdefault(found[1].lower(), shown(value))
        at = found.end()
    return Tag(name[2].lower(), name[1] == "/", attributes), end.end()
