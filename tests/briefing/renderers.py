"""Markdown as three programs render it, and what their HTML holds."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

PANDOC = ["pandoc", "--wrap=none", "--to", "html5", "--from"]
DIALECTS = {"pandoc": "markdown", "pandoc-gfm": "gfm+footnotes"}
EACH = Path(__file__).with_name("pandoc_each.lua")


def cmark(text: str) -> str:
    """cmark-gfm, which GitHub's renderer is built on; raw HTML is let through, to be found."""
    extensions = ["footnotes", "table", "strikethrough", "autolink", "tasklist"]
    return piped(["cmark-gfm", "--unsafe", *(w for e in extensions for w in ("-e", e))], text)


def markdown_it(text: str) -> str:
    """markdown-it with its footnotes and tables, as many editors and GitLab's have it."""
    markdown = pytest.importorskip("markdown_it", reason="markdown-it-py is not installed")
    plugin = pytest.importorskip("mdit_py_plugins.footnote", reason="mdit-py-plugins is missing")
    parser = markdown.MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    rendered = parser.use(plugin.footnote_plugin).render(text)
    assert isinstance(rendered, str)
    return rendered


def pandoc(text: str) -> str:
    """pandoc, from its own Markdown, as `pandoc briefing.md -o briefing.docx` reads it."""
    return piped([*PANDOC, DIALECTS["pandoc"]], text)


def pandoc_gfm(text: str) -> str:
    """pandoc, from GitHub's Markdown."""
    return piped([*PANDOC, DIALECTS["pandoc-gfm"]], text)


def pandoc_each(texts: Sequence[str], dialect: str) -> list[str]:
    """Each text by itself as pandoc renders it; from 2.17 on, pandoc need be started only once."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for number, text in enumerate(texts, start=1):
            (folder / f"{number}.md").write_bytes(text.encode())
        asked = {"folder": folder, "dialect": dialect, "count": len(texts)}
        options = [word for key, value in asked.items() for word in ("-M", f"{key}={value}")]
        try:
            piped([*PANDOC, "markdown", "--lua-filter", str(EACH), *options], "")
        except subprocess.CalledProcessError:
            return [piped([*PANDOC, dialect], text) for text in texts]
        numbers = range(1, len(texts) + 1)
        return [(folder / f"{number}.html").read_text("utf-8") for number in numbers]


def piped(command: list[str], text: str) -> str:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(
        command, input=text, capture_output=True, encoding="utf-8", check=True, timeout=120
    )
    return done.stdout


RENDERERS: Mapping[str, Callable[[str], str]] = {
    "cmark-gfm": cmark,
    "markdown-it": markdown_it,
    "pandoc": pandoc,
    "pandoc-gfm": pandoc_gfm,
}


def each_rendered(texts: Sequence[str], renderer: str) -> list[str]:
    """Each text by itself as one of the RENDERERS renders it."""
    if renderer in DIALECTS:
        return pandoc_each(texts, DIALECTS[renderer])
    return [RENDERERS[renderer](text) for text in texts]


_VOID = {"br", "hr", "img", "col", "input", "meta", "link"}


class Rendered(HTMLParser):
    """How many elements of each kind there are, where links lead, what people read."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.count: Counter[str] = Counter()
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.headings: list[str] = []
        self.cells: list[str] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.count[tag] += 1
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]
        if tag not in _VOID:
            self._open.append(tag)
        if tag in {"h1", "h2", "h3"}:
            self.headings.append("")
        if tag in {"td", "th"}:
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "sup" in self._open:  # the number of a note, which renderers write each in their way
            return
        self.text += data
        if {"h1", "h2", "h3"} & set(self._open):
            self.headings[-1] += data
        if {"td", "th"} & set(self._open):
            self.cells[-1] += data

    @property
    def notes(self) -> int:
        """Notes, by the links that lead back from each to where it is referred to."""
        return sum(link.startswith("#fnref") for link in self.links)

    @property
    def references(self) -> int:
        """The references to notes."""
        return sum(link.startswith("#fn") and not link.startswith("#fnref") for link in self.links)
