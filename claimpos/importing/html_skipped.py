"""The elements of a page in which nothing is read, and where they end."""

from collections import Counter

from claimpos.importing.html_tags import BLOCKS, FOREIGN, LISTS, ROW_GROUPS, Tag

UNREAD_WITHIN = {
    "svg": "drawing",
    "math": "equation",
    "select": "form field",
    **dict.fromkeys(("object", "video", "audio", "canvas", "meter", "progress"), ""),
    **dict.fromkeys(("template", "datalist"), ""),
}
"""Elements in which nothing is read, and what is counted if they hold text that is shown."""
WITHOUT_END = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"),
    *("track", "wbr"),
    *("basefont", "bgsound", "frame", "keygen", "param"),  # of old pages
}
"""Elements that hold nothing."""

_NO_TEXT = {"title", "desc", "style", "script", "metadata"}  # of a drawing
_ENDED_BY = {
    "p": BLOCKS,
    "li": {"li"},
    "dt": (_TERMS := {"dt", "dd"}),
    "dd": _TERMS,
    "td": (_CELLS := {"td", "th", "tr", *ROW_GROUPS}),
    "th": _CELLS,
    "tr": {"tr", *ROW_GROUPS},
    **{group: {*ROW_GROUPS} for group in ROW_GROUPS},
}
"""Elements whose end tags may be left out, and the elements that end them where they begin."""
_SHOWN_IF_SOUGHT = "until-found"
_AROUND = ("dl", "table", *LISTS)  # in which these elements may lie once more


def is_hidden(tag: Tag) -> bool:
    """Whether browsers show nothing of the element that begins with a tag."""
    if tag.name == "dialog" and "open" not in tag.attributes:
        return True
    marked = tag.attributes.get("hidden", _SHOWN_IF_SOUGHT).lower()
    return marked != _SHOWN_IF_SOUGHT and tag.name not in FOREIGN


class Skipped:
    """An element in which nothing is read.

    Attributes:
        at: Its place in the page.
        is_hidden: Whether browsers do not show it.
        what: What is counted if it holds text that they show; empty for nothing.
        holds_text: Whether it holds text.
    """

    def __init__(self, tag: Tag) -> None:
        self.at = tag.at
        self.is_hidden = is_hidden(tag)
        self.what = UNREAD_WITHIN.get(tag.name, "")
        self.holds_text = False
        self._name = tag.name
        is_in_line = tag.name not in BLOCKS and tag.name not in UNREAD_WITHIN
        self._may_lack_end = tag.name in _ENDED_BY or (self.is_hidden and is_in_line)
        self._latest = ""
        self._open = Counter([tag.name])

    def ends_before(self, token: Tag | str) -> bool:
        """Whether the element ends, without an end tag, before a tag or a stretch of text."""
        if isinstance(token, str):
            return False
        if token.is_end:
            return self._may_lack_end and token.name in BLOCKS and not self._open[token.name]
        ends = token.name in _ENDED_BY.get(self._name, ())
        return ends and not any(self._open[name] for name in _AROUND)

    def take(self, token: Tag | str) -> bool:
        """Pass over a tag or a stretch of text; returns whether the element has ended."""
        if isinstance(token, str):
            self.holds_text |= self._latest not in _NO_TEXT and not token.isspace()
        else:
            self._latest = "" if token.is_end else token.name
            self._open[token.name] += -1 if token.is_end else 1
        return not self._open[self._name]
