"""What sets the dossier's own wording apart: labels of outcomes and issues, titles of texts.

Quotation marks are for what somebody has said, so a label has none. Sentences carry it in angle
brackets, which stay in plain text and in data. A document with italics shows these in their place:
see `set_apart`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

OPENING, CLOSING = "⟨", "⟩"

# Such a sign would end a quotation, and what follows would read as a sentence of the report.
_WITHIN_QUOTATION = str.maketrans("“”", "‘’")

# A quotation is passed over, so that its words stay as they are.
_QUOTATION_OR_LABEL = re.compile("“[^”]*”|⟨ *([^⟨⟩]*[^⟨⟩ ]) *⟩")


def label(title: str) -> str:
    """A text of the dossier's own, such as an outcome's label, set apart in a sentence."""
    return f"{OPENING}{title}{CLOSING}"


def in_quotation_marks(words: str) -> str:
    """Somebody's words, set apart in a sentence; a quotation within them has single marks."""
    return f"“{words.translate(_WITHIN_QUOTATION)}”"


def parts(text: str) -> Iterator[tuple[str, bool]]:
    """The parts of a text in order, none of them empty, each with whether it is a label."""
    end = 0
    for found in _QUOTATION_OR_LABEL.finditer(text):
        if found[1] is None:
            continue
        if found.start() > end:
            yield text[end : found.start()], False
        yield found[1], True
        end = found.end()
    if end < len(text):
        yield text[end:], False


def set_apart(inert: str, form: str) -> str:
    """A text that is inert for its target, its labels in a form of the target: <em>{}</em>."""
    return "".join(form.format(part) if is_label else part for part, is_label in parts(inert))
