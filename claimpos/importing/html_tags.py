"""The tags of a page in HTML, and the texts between them, in one pass, whatever it holds.

The standard library's parser takes a time that grows with the square of what is malformed.
"""

import re
from collections.abc import Generator, Iterator, Mapping
from html import unescape
from typing import NamedTuple

from claimpos.dossier.model import NOTHING

RAW = frozenset(
    ("script", "style", "noscript", "textarea", "title", "iframe", "noembed", "noframes", "xmp")
)
"""Elements in which no tags are, but their own end."""
FOREIGN = frozenset(("svg", "math"))
"""Elements that are empty if their tag ends with a slash; in XHTML, all are."""

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
BLOCKS = {
    *HEADINGS,
    *("p", "div", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre", "hr", "caption"),
    *("section", "article", "header", "footer", "main", "nav", "aside", "form", "figure", "body"),
    *("table", "tr", "td", "th", "thead", "tbody", "tfoot", "address", "figcaption", "html"),
    *("summary", "details", "legend", "fieldset", "center", "hgroup", "search", "dialog"),
    *("dir", "menu", "listing", "xmp", "plaintext"),
}
"""Elements that stand on lines of their own."""
LISTS = ("ul", "ol", "menu", "dir")
ROW_GROUPS = ("thead", "tbody", "tfoot")

_BLANK = r" \t\n\f\r"  # of which there are more in other texts
_TEXT = re.compile(r"(?:[^<]++|<(?![A-Za-z/!?]))++")
_NAME = re.compile(rf"(/?)([A-Za-z][^{_BLANK}/>]*)")
_ATTRIBUTE = re.compile(
    rf"""([^{_BLANK}=>/]++)(?:[{_BLANK}]*+=[{_BLANK}]*+(?:"([^"]*)"|'([^']*)'|([^{_BLANK}>"']*+)))?"""
)
_BETWEEN = re.compile(rf"[{_BLANK}/]*+")
_COMMENT_END = re.compile("--!?>")
_DECLARATION_END = re.compile(">")
_DATA, _DATA_END = "<![CDATA[", re.compile(r"\]\]>")
_REFERENCE = re.compile(r"&(?:#([0-9]++|[xX][0-9a-fA-F]++)|[A-Za-z][A-Za-z0-9]{1,31});?")
_MOST_FIGURES = 8  # of a character's number; larger ones have more
_RAW_ENDS = {name: re.compile(rf"</{name}(?=[{_BLANK}/>])", re.IGNORECASE) for name in RAW}
_IN_SCRIPT = re.compile(rf"<!--(-?>)?|-->|<(/?)script(?=[{_BLANK}/>])", re.IGNORECASE)


class Tag(NamedTuple):
    """The beginning or the end of an element, with what its beginning gives; names are small.

    `at` is its place in the page; `is_empty` says that its tag ends with a slash.
    """

    name: str
    is_end: bool
    at: int
    attributes: Mapping[str, str] = NOTHING
    is_empty: bool = False


class Page:
    """The tags of a page, and the texts between them.

    `ends` is the line at which reading ended, because what begins there does not end; 0 if none.
    """

    def __init__(self, page: str, is_xml: bool) -> None:
        self._page = page
        self._is_xml = is_xml
        self.ends = 0

    def tokens(self) -> Iterator[Tag | str]:
        """The tags and the texts, in their order."""
        page, at = self._page, 0
        while (begin := _behind(_TEXT, page, at)) < len(page):
            if begin > at:
                yield _shown(page[at:begin])
            end = yield from self._next(begin)
            if end is None:
                self.ends = self.line(begin)
                return
            at = end
        yield _shown(page[at:])

    def line(self, at: int) -> int:
        """The line of a place."""
        return self._page.count("\n", 0, at) + 1

    def _next(self, begin: int) -> Generator[Tag | str, None, int | None]:
        """What begins with a < at a place; returns where it ends, None if the page ends before."""
        page = self._page
        name = _NAME.match(page, begin + 1)
        if name is None:
            return (yield from self._without_name(begin))
        tag, at = _tag(page, name)
        if tag is None:
            return None
        yield tag
        if tag.is_empty and (self._is_xml or tag.name in FOREIGN):
            yield Tag(tag.name, True, begin)
        elif tag.name in RAW and not tag.is_end:
            end = _raw_end(tag.name, page, at)
            if end is not None:
                yield _shown(page[at:end])
            return end
        return at

    def _without_name(self, begin: int) -> Generator[str, None, int | None]:
        """The text in character data; a comment, a declaration or what is neither holds none."""
        page, is_data = self._page, self._is_xml and self._page.startswith(_DATA, begin)
        mark = _COMMENT_END if page.startswith("<!--", begin) else _DECLARATION_END
        end = (_DATA_END if is_data else mark).search(page, begin + 2)
        if end is None:
            return None
        if is_data:
            yield page[begin + len(_DATA) : end.start()]
        return end.end()


def _raw_end(name: str, page: str, at: int) -> int | None:
    """Where an element without tags in it ends, if it does; at is where it begins."""
    if name != "script":
        end = _RAW_ENDS[name].search(page, at)
        return end.start() if end else None
    is_comment = is_within = False  # a script within a comment has an end of its own
    for found in _IN_SCRIPT.finditer(page, at):
        mark = found[0].lower()
        if mark.startswith("<!--") or mark == "-->":
            is_comment, is_within = mark == "<!--", is_within and mark == "<!--"
        elif mark == "<script":
            is_within = is_comment
        elif is_within:
            is_within = False
        else:
            return found.start()
    return None


def _shown(text: str) -> str:
    """A text with its references to characters resolved."""
    return _REFERENCE.sub(_character, text)


def _character(reference: re.Match[str]) -> str:
    written = reference[1]
    if written is None:
        return unescape(reference[0])
    base = written[0] if written[0] in "xX" else ""
    figures = written.removeprefix(base).lstrip("0")[:_MOST_FIGURES]
    return unescape(f"&#{base}{figures or 0};")


def _tag(page: str, name: re.Match[str]) -> tuple[Tag | None, int]:
    """A tag, and where it ends; None if the page ends before."""
    attributes: dict[str, str] = {}
    written = name.end()
    at = _behind(_BETWEEN, page, written)
    while at < len(page) and page[at] != ">":
        written = at + 1
        if found := _ATTRIBUTE.match(page, at):
            value = next((one for one in found.groups()[1:] if one is not None), "")
            attributes.setdefault(found[1].lower(), _shown(value))
            written = found.end()
        at = _behind(_BETWEEN, page, written)
    if at >= len(page):
        return None, at
    is_empty = at > written and page[at - 1] == "/"
    return Tag(name[2].lower(), name[1] == "/", name.start() - 1, attributes, is_empty), at + 1


def _behind(pattern: re.Pattern[str], page: str, at: int) -> int:
    """The end of what matches at a place; the place itself if nothing does."""
    found = pattern.match(page, at)
    return found.end() if found else at
