"""What a template receives and may do: the ones that ship with claimpos, or one's own.

Templates are Jinja2 files. They receive the keys of `claimpos.brief/2` as variables, and `parts`,
the parts of the briefing laid out for the format. Every text that they print is made inert; a key
that does not exist is an error. They run in Jinja2's sandbox, because a house style may come from
somebody else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from claimpos.briefing.layout import brief_parts
from claimpos.rendering import markup
from claimpos.rendering.text import is_address, isolated, safe

TEMPLATES = Path(__file__).parent / "templates"


def _in_markdown(value: Any) -> Any:
    return Markup(markup.in_markdown(value)) if _is_plain(value) else value


def _in_html(value: Any) -> Any:
    return isolated(safe(value)) if _is_plain(value) else value


def _is_plain(value: Any) -> bool:
    return isinstance(value, str) and not isinstance(value, Markup)


_FINALIZE: Mapping[str, Callable[[Any], Any]] = {"md": _in_markdown, "html": _in_html}


@cache
def environment(kind: str) -> ImmutableSandboxedEnvironment:
    """The templates' environment for `md` or `html`; it compiles each template once."""
    made = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        # With it, what a macro has made inert is not made inert again.
        autoescape=True,
        finalize=_FINALIZE[kind],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"address": address, "labels": labels}
    return made


def address(url: str) -> Markup:
    """A web address for the value of an attribute, or for a link of Markdown: `[x](<address>)`.

    It leads to that very address, because no part of it is read as an entity, such as `&period;`.
    What is no web address becomes nothing.
    """
    return Markup(markup.escaped(url) if is_address(url) else "")


def labels(text: str) -> Markup:
    """A text for HTML with the dossier's labels in italics; not for the value of an attribute."""
    return Markup(markup.in_html(text))


def with_parts(report: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """The report's data for a template, and its parts laid out as `md` or `html`."""
    renderer = markup.Html("html") if kind == "html" else markup.MarkdownPage("github")
    parts = {name: Markup(renderer.blocks(blocks)) for name, blocks in brief_parts(report).items()}
    return {**report, "parts": parts}
