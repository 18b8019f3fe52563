"""The formats of a document by name: the one place where a new one is entered."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claimpos.rendering.document import Document
    from claimpos.rendering.renderer import Renderer
    from claimpos.rendering.text import Paint

TERMINAL = "table"
# The module and the class of each, loaded when the format is asked for.
_RENDERERS = {
    TERMINAL: ("terminal", "Terminal"),
    "github": ("markup", "Markdown"),
    "grid": ("renderer", "Renderer"),
    "html": ("markup", "Html"),
    "latex": ("markup", "Latex"),
    "plain": ("renderer", "Renderer"),
    "simple": ("renderer", "Renderer"),
}

# The same for formats that are binary files.
_FILES = {"docx": ("word_file", "word_file"), "pdf": ("typst", "pdf_file")}


def renderers() -> list[str]:
    """The names of the formats, that of the terminal first."""
    return list(_RENDERERS)


def rendered(
    document: Document, style: str = TERMINAL, width: int = 80, paint: Paint | None = None
) -> str:
    """The document in the format of this name; width and colours are for the terminal.

    Raises WrongUsage where it is longer than the limit.
    """
    check_length(document.characters())
    module, name = _RENDERERS[style]
    renderer: type[Renderer] = getattr(import_module(f"claimpos.rendering.{module}"), name)
    return renderer(style, width, paint).document(document)


def page_of(document: Document) -> str:
    """The document as a page of Markdown; raises WrongUsage where it is longer than the limit."""
    from claimpos.rendering.markup import MarkdownPage

    check_length(document.characters())
    return MarkdownPage("github").document(document)


def file_formats() -> list[str]:
    """The names of the formats that are files and no text."""
    return list(_FILES)


def file_of(document: Document, style: str, reference: bytes | None = None) -> bytes:
    """The document as a file of this format; of Word, in the styles of `reference`.

    Raises WrongUsage where it is longer than the limit, or what makes such files is not installed.
    """
    check_length(document.characters(), "file-characters")
    module, name = _FILES[style]
    make = getattr(import_module(f"claimpos.rendering.{module}"), name)
    made: bytes = make(document) if reference is None else make(document, reference)
    return made


def check_length(characters: int, name: str = "report-characters") -> None:
    """Raise WrongUsage where a report has more characters than the limit of this name."""
    from claimpos.dossier.limits import how_to_raise, limit
    from claimpos.errors import WrongUsage

    most = limit(name)
    if characters > most:
        raise WrongUsage(
            f"the report would have {characters:,} characters, more than {most:,}; ask for fewer "
            f"parties or issues, or, {how_to_raise(name)}"
        )


class Length:
    """Counts the characters of texts as they are worded, so that too many are not worded first."""

    def __init__(self, what: str, instead: str = "") -> None:
        """`what` begins the message about too many, and `instead` is one more way out."""
        from claimpos.dossier.limits import limit

        self._what, self._instead = what, instead
        self._most = limit("report-characters")
        self._characters = 0

    def counted(self, text: str) -> str:
        """The text itself; raises WrongUsage if all together are longer than a report may be."""
        self._characters += len(text)
        if self._characters > self._most:
            from claimpos.dossier.limits import how_to_raise
            from claimpos.errors import WrongUsage

            raise WrongUsage(
                f"{self._what} more than {self._most:,} characters; name fewer parties, or issues "
                f"with --issue{self._instead}, or, {how_to_raise('report-characters')}"
            )
        return text
