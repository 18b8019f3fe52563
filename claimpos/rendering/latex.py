"""Documents in LaTeX, without a preamble: to be put into a document."""

from __future__ import annotations

from claimpos.rendering.document import Heading
from claimpos.rendering.renderer import Renderer
from claimpos.rendering.tables import latex_inert
from claimpos.rendering.text import Paint
from claimpos.wording.labels import set_apart


class Latex(Renderer):
    """Subsections, paragraphs and tabulars."""

    def __init__(self, style: str, width: int = 80, paint: Paint | None = None) -> None:
        super().__init__("latex_raw", width, paint)  # the cells are inert already

    def inert(self, text: str) -> str:
        """The text in one line, without commands but for the italics of the dossier's labels."""
        return set_apart(latex_inert(super().inert(text)), "\\emph{{{}}}")

    def heading(self, heading: Heading) -> str:
        return f"\\subsection*{{{super().heading(heading)}}}"
