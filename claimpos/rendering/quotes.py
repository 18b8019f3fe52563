"""What became of each quote, as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from claimpos.rendering.text import safe
from claimpos.validation.quotes import Lookup


def quotes_text(found: Sequence[Lookup]) -> str:
    """The quotes that are not found, with the nearest passage; the last line counts all."""
    lines = []
    for one in found:
        if one.answer == "not found":
            lines.append(f"{one.party}, {one.statement}: not found in {one.source}")
            lines.append(f"    quote:   “{one.quote}”")
            lines.append(f"    nearest: “{one.nearest}”" if one.nearest else "    nothing like it")
    counts = Counter(one.answer for one in found)
    lines.append(
        f"{counts['found']} found, {counts['not found']} not found, "
        f"{counts['no text']} without a text at hand"
    )
    return "\n".join(" ".join(safe(line).splitlines()) for line in lines) + "\n"
