"""The colours behind verdicts on paper; a sign or a word says the same."""

from __future__ import annotations

from collections.abc import Mapping

from claimpos.rendering.document import Sign, Span, Text

SHADES: Mapping[Sign, str] = {
    "overlap": "cfe8da",
    "conflict": "f3cfcd",
    "unresolved": "ffffff",
    "silent": "eceff2",
}
_BY_MARK: Mapping[str, str] = {str(sign): shade for sign, shade in SHADES.items()}

MONTH, NOW = 15.0, 165.0
"""How wide the columns of a picture are, in points: of a month, and of the verdict in words."""


def shade_of(text: Text) -> str:
    """The colour behind a cell that holds a verdict and nothing else; empty for others."""
    return _BY_MARK.get(text.mark, "") if isinstance(text, Span) else ""
