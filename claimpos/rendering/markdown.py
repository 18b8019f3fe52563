"""Text that stays text wherever Markdown is read: GitHub, GitLab, CommonMark, pandoc."""

from __future__ import annotations

import re

from claimpos.rendering.text import safe

# What begins emphasis, code, links, notes, tags, entities, tables, headings, mathematics,
# attributes, citations or subscripts in one dialect or another; addresses and emoji that come of
# themselves; and what begins a list or a rule at the beginning of a line.
_MARKED = re.compile(r"[\\`*_\[\]<>|#~^$@{}&]|(?<=-)-|:(?=[\w+/-])|(?<=[wW]{3})\.|^[-+=.]")
# What numbers an item of a list; pandoc takes letters, Roman numerals and (a) for numbers too.
_NUMBERED = re.compile(r"^\(?(\d{1,9}|[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+)[.)](?= |$)")

# What sites link after Markdown is rendered, when \ is gone: mail addresses, web addresses, people
# who are mentioned, issues that are referred to. None has emphasis within.
_LINKED = re.compile(r"(\\@[\\_.+-]*|\\#(?=\d)|\bGH-(?=\d)|\\://|\bwww\\\.)([^\W_])", re.IGNORECASE)


def inert(text: str) -> str:
    """The text in one line, without anything that Markdown would take for markup.

    An address, a mention or a reference to an issue has its first letter or digit in emphasis.
    """
    marked = _MARKED.sub(r"\\\g<0>", " ".join(safe(text).split()))
    marked = _LINKED.sub(r"\1*\2*", marked)
    return _NUMBERED.sub(lambda number: re.sub(r"[(.)]", r"\\\g<0>", number[0]), marked)
