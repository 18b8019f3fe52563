"""Documents in HTML, without a head or a style: to be put into a page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from claimpos.rendering.document import Heading, Item, Mark, Span, Text
from claimpos.rendering.renderer import Renderer
from claimpos.rendering.text import is_address

_MARKS: dict[Mark, str] = {"strong": "<strong>{}</strong>", "emphasis": "<em>{}</em>"}


class Html(Renderer):
    """Elements without attributes, but for the address of a link."""

    def inert(self, text: str) -> str:
        return escape(super().inert(text))

    def cell(self, text: str) -> str:
        return super().inert(text)  # tabulate escapes it in the same way

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
