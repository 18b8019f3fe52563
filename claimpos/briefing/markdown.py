"""Text that stays text wherever Markdown is read: GitHub, GitLab, CommonMark, pandoc."""

from __future__ import annotations

import re

from claimpos.rendering.text import safe

# What begins emphasis, code, links, notes, tags, entities, tables, headings, mathematics,
# attributes, citations or subscripts in one dialect or another; addresses and emoji that come of
# themselves; and what begins a list or a rule at the beginning of a line.
_MARKED = re.compile(r"[\\`*_\[\]<>|#~^$@{}&]|(?<=-)-|:(?=[\w+/-])|(?<=www)\.|^[-+=.]")
# What numbers an item of a list; pandoc takes letters, Roman numerals and (a) for numbers too.
_NUMBERED = re.compile(r"^\(?(\d{1,9}|[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+)[.)](?= |$)")


def inert(text: str) -> str:
    """The text in one line, without anything that Markdown would take for markup."""
    marked = _MARKED.sub(r"\\\g<0>", " ".join(safe(text).split()))
    return _NUMBERED.sub(lambda number: re.sub(r"[(.)]", r"\\\g<0>", number[0]), marked)
