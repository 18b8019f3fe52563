"""The runs of a paragraph of a Word document: what of them Word shows, and how."""

import re
from collections.abc import Callable, Sequence

from claimpos.importing.text_blocks import at_height, joined_runs, lowered, plain_lines, raised
from claimpos.importing.word_styles import Styles

_FIGURE = re.compile(r"[\w.,%]*\Z")


class Runs:
    """The runs of the current paragraph, and the properties of the current run.

    Attributes:
        holds_hidden: Whether any run so far was hidden.
        style: The id of the run's style.
        switches: Which of SWITCHES are on or off for it; styles decide on the others.
        height: Whether it is superscript or subscript; None if styles decide.
    """

    def __init__(self, styles: Styles) -> None:
        self.holds_hidden = False
        self._styles = styles
        self._shown: list[tuple[str, bool]] = []
        self._parts_begun: list[int] = []
        self.begin()

    def __bool__(self) -> bool:
        return bool(self._shown)

    def begin(self) -> None:
        """Begin a run."""
        self.style = ""
        self.switches: dict[str, bool] = {}
        self.height: str | None = None

    def add(self, text: str, *styles: str) -> None:
        """Add to the current run; the styles are those of its paragraph and its table."""
        styles = (self.style, *styles)
        if self._has("vanish", styles):
            self.holds_hidden |= bool(text.strip())
            return
        is_struck = self._has("strike", styles) or self._has("dstrike", styles)
        height = self._styles.height(*styles) if self.height is None else self.height
        self._shown.append((at_height(text, height), is_struck))

    def _has(self, switch: str, styles: Sequence[str]) -> bool:
        own = self.switches.get(switch)
        return self._styles.has(switch, *styles) if own is None else own

    def take(self) -> str:
        """The text of all runs; the next paragraph begins."""
        shown, self._shown = self._shown, []
        return plain_lines(joined_runs(shown))

    def begin_part(self) -> None:
        """Begin a part of an equation."""
        self._parts_begun.append(len(self._shown))

    def end_part(self, name: str) -> None:
        """End a part of an equation: a numerator, a denominator, an exponent or an index."""
        begun = self._parts_begun.pop()
        runs = self._shown[begun:]
        text = _PARTS[name]("".join(text for text, _ in runs))
        self._shown[begun:] = [(text, any(is_struck for _, is_struck in runs))]


def _grouped(text: str) -> str:
    """A part of a fraction, in brackets unless it is one figure or one word."""
    return text if _FIGURE.match(text) else f"({text})"


_PARTS: dict[str, Callable[[str], str]] = {
    "num": lambda text: f" {_grouped(text)}/",
    "den": _grouped,
    "sup": raised,
    "sub": lowered,
}
