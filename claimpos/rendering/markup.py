"""Documents in the markup of other programs (HTML, LaTeX, Markdown), and text that stays text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import MappingProxyType

from claimpos.rendering.document import (
    Heading,
    Item,
    Note,
    Table,
    Text,
    plain,
    spans,
    stretches,
)
from claimpos.rendering.renderer import Renderer
from claimpos.rendering.text import Paint, isolated, safe
from claimpos.wording.dossier_texts import set_apart


def in_html(text: str) -> str:
    """The text, inert, with the dossier's labels in italics; not for the value of an attribute."""
    return set_apart(escaped(isolated(safe(text))), "<em>{}</em>")


def escaped(text: str) -> str:
    """The text for HTML, also for the value of an attribute, without markup and entities."""
    from html import escape

    return escape(text)


class Html(Renderer):
    """Elements without attributes, but for the address of a link."""

    marks = MappingProxyType({"strong": "<strong>{}</strong>", "emphasis": "<em>{}</em>"})

    def __init__(self, style: str, width: int = 80, paint: Paint | None = None) -> None:
        super().__init__("unsafehtml", width, paint)  # the cells are inert already

    def inert(self, text: str) -> str:
        return in_html(" ".join(text.split()))

    def heading(self, heading: Heading) -> str:
        rank = "h3" if heading.rank == "detail" else "h2"
        return f"<{rank}>{super().heading(heading)}</{rank}>"

    def address(self, address: str) -> str:
        return f'<a href="{escaped(address)}">{self.inert(address)}</a>'

    def paragraph(self, text: Text) -> str:
        return self.lead(self.inline(text))

    def lead(self, inert: str) -> str:
        return f"<p>{inert}</p>"

    def list(self, items: Sequence[Item]) -> str:
        if not items:
            return ""
        points = [f"<li>{self.inline(item.text)}{self.list(item.items)}</li>" for item in items]
        return "\n".join(["<ul>", *points, "</ul>"])


class Latex(Renderer):
    """Subsections, paragraphs and tabulars."""

    def __init__(self, style: str, width: int = 80, paint: Paint | None = None) -> None:
        super().__init__("latex_raw", width, paint)  # the cells are inert already

    def inert(self, text: str) -> str:
        """The text in one line, without commands except italics for the dossier's labels.

        Text from right to left is not isolated, because LaTeX does not know the characters for it.
        """
        from claimpos.rendering.tables import latex_inert

        return set_apart(latex_inert(" ".join(safe(text).split())), "\\emph{{{}}}")

    def heading(self, heading: Heading) -> str:
        return f"\\subsection*{{{super().heading(heading)}}}"


# What begins emphasis, code, links, notes, tags, entities, tables, headings, mathematics,
# attributes, citations or subscripts in one dialect or another; addresses and emoji that come of
# themselves; and what begins a list, a rule or a command to a bot at the beginning of a line. First
# come all characters that may be meant, because a search then passes over others forty times as
# fast; then where each of them is.
_MARKED = re.compile(
    r"[]\\`*_[<>|#~^$@{}&:.+=/-]"
    r"(?:(?<=[]\\`*_[<>|#~^$@{}&])|(?<=--)|(?<=:)(?=[\w+/-])|(?<=[wW]{3}\.)|(?<=^[-+=./]))"
)
# What numbers an item of a list; pandoc takes letters, Roman numerals and (a) for numbers too.
_NUMBERED = re.compile(r"^\(?(\d{1,9}|[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+)[.)](?= |$)")

# What sites link after Markdown is rendered, when \ is gone: mail addresses, web addresses, people
# who are mentioned, issues, epics and merge requests that are referred to, commits. None has
# emphasis within.
_LINKED = re.compile(
    r"(\\@[\\_.+-]*|(?:\\[#&]|!|\bGH-)(?=\d)|\\\[[a-z\\_]+\\:(?=\d)|\\://|\bwww\\\.)([^\W_])",
    re.IGNORECASE,
)
# Each of them but a commit has one of these, which most texts lack; to look for links is slow.
_SIGNS_OF_LINKS = ("@", "#", "&", "!", "gh-", "[", "://", "www")
_COMMIT = re.compile(
    r"\b(?=[0-9a-f]{0,39}[0-9])(?=[0-9]{0,39}[a-f])[0-9a-f]{7,40}\b", re.IGNORECASE
)


def markdown_inert(text: str) -> str:
    """The text in one line, without anything that Markdown would take for markup.

    An address, a mention or a reference to an issue has its first letter or digit in emphasis.
    """
    marked = _MARKED.sub(r"\\\g<0>", " ".join(safe(text).split()))
    marked = _COMMIT.sub(_in_sixes, marked)
    lowered = marked.lower()
    if any(sign in lowered for sign in _SIGNS_OF_LINKS):
        marked = _LINKED.sub(r"\1*\2*", marked)
    return isolated(_NUMBERED.sub(lambda number: re.sub(r"[(.)]", r"\\\g<0>", number[0]), marked))


def _in_sixes(commit: re.Match[str]) -> str:
    """The id of a commit, with emphasis in it so often that no rest of it can be one."""
    return re.sub(r"(.)(.{0,6})", r"*\1*\2", commit[0])


def in_markdown(text: str) -> str:
    """The text, inert, with the dossier's labels in italics."""
    return set_apart(markdown_inert(text), "*{}*")


class Markdown(Renderer):
    """A document in a comment, a summary or a page of GitHub."""

    marks = MappingProxyType({"strong": "**{}**", "emphasis": "*{}*"})

    def inert(self, text: str) -> str:
        return in_markdown(text)

    def heading(self, heading: Heading) -> str:
        rank = "###" if heading.rank == "detail" else "##"
        return f"{rank} {super().heading(heading)}"

    def address(self, address: str) -> str:
        """A link. Programs differ in whether they read entities within <>, but not within (<>)."""
        if re.search(r"&#?\w+;", address):
            return f"[{self.inert(address)}](<{escaped(address)}>)"
        return f"<{address}>"

    def list(self, items: Sequence[Item], indent: str = "") -> str:
        lines = []
        for item in items:
            lines.append(f"{indent}- {self.inline(item.text)}")
            lines += [self.list(item.items, f"{indent}  ")] if item.items else []
        return "\n".join(lines)


_RANKS = {"title": "#", "section": "##", "part": "###", "detail": "####"}
# The least and the greatest width of a column, in dashes.
_NARROWEST, _WIDEST = 6, 60


class MarkdownPage(Markdown):
    """A document that stands alone: its own title, and notes as footnotes.

    A footnote is referred to once, because not every program can point to one twice; from then on
    its number stands in the text. Both are the same number, because programs count footnotes in
    the order of the text.
    """

    def __init__(self, style: str, width: int = 80, paint: Paint | None = None) -> None:
        super().__init__(style, width, paint)
        self._cited: set[int] = set()

    def heading(self, heading: Heading) -> str:
        title = self.numbered_title(heading.number, heading.text)
        return f"{_RANKS[heading.rank]} {title}"

    def table(self, table: Table) -> str:
        """A table with its cells as they are; pandoc makes columns as wide as the dashes."""
        lines = [[*map(self.shown, row)] for row in table.rows]
        columns = zip(table.header, *([*map(plain, row)] for row in table.rows), strict=True)
        dashes = ["-" * min(max(_NARROWEST, *map(len, column)), _WIDEST) for column in columns]
        return "\n".join(
            "|".join(["", *cells, ""])
            for cells in (
                [f" {self.inert(head)} " for head in table.header],
                dashes,
                *([f" {cell} " for cell in line] for line in lines),
            )
        )

    def shown(self, text: Text) -> str:
        """A cell on one line; its own lines are separated by semicolons."""
        parts = [part._replace(text=_on_one_line(part.text)) for part in spans(text)]
        return self.inline(tuple(parts))

    def references(self, numbers: Sequence[int]) -> str:
        new = [number for number in numbers if number not in self._cited]
        again = [number for number in numbers if number in self._cited]
        self._cited.update(new)
        parts = [" ".join(f"[^{number}]" for number in new)] if new else []
        if again:
            word = "note" if len(again) == 1 else "notes"
            parts.append(f" ({word} {', '.join(stretches(again))})")
        return "".join(parts)

    def notes(self, notes: Sequence[Note]) -> str:
        return "\n\n".join(f"[^{number}]: {self.inline(text)}" for number, text in notes)


def _on_one_line(text: str) -> str:
    return re.sub(r"(?<![.;])\n", "; ", text).replace("\n", " ")
