"""Breaks what a worksheet shows into its lines: the text behind >, remarks behind a dash."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import TextWrapper

from claimpos.rendering.text import safe


class SheetLines:
    """Breaks texts and remarks into lines of a width."""

    def __init__(self, width: int) -> None:
        self._text = self._wrapper(width, "> ", "> ")
        self._remark = self._wrapper(width, "- ", "  ")

    @staticmethod
    def _wrapper(width: int, first: str, later: str) -> TextWrapper:
        return TextWrapper(
            width,
            initial_indent=first,
            subsequent_indent=later,
            break_long_words=False,
            break_on_hyphens=False,
        )

    def text(self, text: str) -> list[str]:
        """A text that is worked on; a bare > parts its paragraphs, each of which is a line."""
        lines: list[str] = []
        for paragraph in text.split("\n"):
            lines += [">"] if lines else []
            lines += self._text.wrap(paragraph)
        return lines

    def remarks(self, told: Iterable[str]) -> list[str]:
        """Remarks, each behind a dash."""
        return [line for one in told for line in self._remark.wrap(" ".join(safe(one).split()))]
