"""Documents in HTML, without a head or a style: to be put into a page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from claimpos.rendering.document import Heading, Item, Mark, Span, Text
from claimpos.rendering.renderer import Renderer
from claimpos.rendering.text import Paint, is_address, safe
from claimpos.wording.labels import set_apart

_MARKS: dict[Mark, str] = {"strong": "<strong>{}</strong>", "emphasis": "<em>{}</em>"}


def with_labels(text: str) -> str:
    """The text, inert, with the dossier's labels in italics; not for the value of an attribute."""
    return set_apart(escape(safe(text)), "<em>{}</em>")


class Html(Renderer):
    """Elements without attributes, but for the address of a link."""

    def __init__(self, style: str, width: int = 80, paint: Paint | None = None) -> None:
        super().__init__("unsafehtml", width, paint)  # the cells are inert already

    def inert(self, text: str) -> str:
        return with_labels(super().inert(text))

    def marked(self, inert: str, mark: Mark) -> str:
        return _MARKS.get(mark, "{}").format(inert)

    def heading(self, heading: Heading) -> str:
        rank = "h3" if heading.rank == "detail" else "h2"
        return f"<{rank}>{super().heading(heading)}</{rank}>"

    def span(self, span: Span) -> str:
        if span.mark == "address" and is_address(span.text):
            return f'<a href="{escape(span.text)}">{self.inert(span.text)}</a>'
        return super().span(span)

    def paragraph(self, text: Text) -> str:
        return self.lead(self.inline(text))

    def lead(self, inert: str) -> str:
        return f"<p>{inert}</p>"

    def list(self, items: Sequence[Item]) -> str:
        if not items:
            return ""
        points = [f"<li>{self.inline(item.text)}{self.list(item.items)}</li>" for item in items]
        return "\n".join(["<ul>", *points, "</ul>"])
