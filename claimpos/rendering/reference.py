"""What `claimpos guide` and `claimpos rules` show: pages, listed and laid out for a terminal."""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from claimpos.dossier.locate import shipped
from claimpos.rendering.tables import GRID, fitted
from claimpos.rendering.text import safe, wrapped
from claimpos.validation.catalogue import Example, Page

_WIDTH = 80
_HEAD = re.compile(r"# (?P<title>.+)\n\n(?P<about>(?:.+\n?)+)")
_SENTENCE = re.compile(r".+?[.?!](?=\s|$)")
_BAR = re.compile(r"(?<!\\)\|")
_POINT = re.compile(r" *(?:[-*]|\d+\.) ")


class GuidePage(NamedTuple):
    """A page of the guide: its first heading, its first sentence, and all of its Markdown."""

    title: str
    about: str
    text: str


def guide_pages() -> dict[str, GuidePage]:
    """The pages by topic, which is the name of the file, in the order of the alphabet."""
    files = sorted(shipped("guide").glob("*.md"))
    return {path.stem: _page(path.read_text(encoding="utf-8")) for path in files}


def _page(text: str) -> GuidePage:
    head = _HEAD.match(text)
    title, opening = (head["title"], " ".join(head["about"].split())) if head else ("", "")
    sentence = _SENTENCE.match(opening)
    return GuidePage(title, sentence.group() if sentence else opening, text)


def guide_list(pages: Mapping[str, GuidePage]) -> str:
    """Every topic with what its page answers."""
    indent = max(map(len, pages)) + 4
    lines = [
        wrapped(page.about, _WIDTH, f"  {topic}".ljust(indent), " " * indent)
        for topic, page in pages.items()
    ]
    return "\n".join(["`claimpos guide TOPIC` shows one of these pages:", "", *lines]) + "\n"


def guide_text(page: GuidePage) -> str:
    """A page as a terminal shows it: its Markdown in 80 columns, with its tables drawn.

    What stands between fences is left as it is.
    """
    return "\n".join(_laid_out(safe(page.text).splitlines())) + "\n"


def _laid_out(lines: list[str]) -> Iterator[str]:
    for kind, some in groupby(_marked(lines), key=lambda marked: marked[0]):
        block = [line for _, line in some]
        if kind == "table":
            header, _, *rows = (_cells(line) for line in block)
            yield fitted(header, rows, GRID, _WIDTH)
        elif kind == "prose":
            yield from map(_wrapped, _joined(block))
        else:
            yield from block


def _marked(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Each line with the kind of block that it belongs to."""
    fenced = False
    for line in lines:
        fence = line.lstrip().startswith("```")
        if fenced or fence:
            fenced ^= fence
            yield "code", line
        elif line.startswith("|"):
            yield "table", line
        else:
            yield ("prose" if line and not line.startswith("#") else "plain"), line


def _cells(row: str) -> list[str]:
    return [cell.replace("\\|", "|").strip() for cell in _BAR.split(row.strip())[1:-1]]


def _joined(block: list[str]) -> Iterator[str]:
    """The paragraphs and points of a block, each in one line."""
    whole = ""
    for line in block:
        if whole and _POINT.match(line):
            yield whole
            whole = ""
        whole = f"{whole} {line.strip()}" if whole else line
    yield whole


def _wrapped(paragraph: str) -> str:
    point = _POINT.match(paragraph)
    return wrapped(paragraph, _WIDTH, hanging=" " * len(point.group()) if point else "")


def rules_list(pages: Mapping[str, Page]) -> str:
    """Every rule, family by family."""
    parts = []
    for family, some in _families(pages):
        lines = [
            wrapped(page.title, _WIDTH, f"  {page.code}  {page.severity:7}  ", " " * 18)
            for page in some
        ]
        parts.append("\n".join([family.capitalize(), *lines]))
    return "\n\n".join(parts) + "\n"


def rule_page(page: Page) -> str:
    """One rule: what it says, what fails, what passes."""
    head = wrapped(f"{page.code} {page.severity} ({page.family}): {page.title}", _WIDTH, "", "  ")
    text = wrapped(page.text, _WIDTH)
    examples = [f"{heading_of(example)}:\n{_indented(example.text)}" for example in page.examples]
    return "\n\n".join(part for part in [head, text, *examples] if part) + "\n"


def _families(pages: Mapping[str, Page]) -> Iterator[tuple[str, Iterator[Page]]]:
    return groupby(pages.values(), key=lambda page: page.family)


def heading_of(example: Example) -> str:
    """Whether an example fails or passes, in which file, and with which option."""
    where = " ".join(filter(None, [example.file, example.option]))
    return f"{'Fails' if example.fails else 'Passes'} ({where})"


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines()).rstrip()
