"""Pictures as SVG or PNG: what lays them out, and how wide text is without its font."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Template
from markupsafe import Markup

from claimpos.briefing.documents import TEMPLATES, environment
from claimpos.dossier.libraries import check_memory, library
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.errors import WrongUsage

_PAPER = """svg { background: #ffffff; }
@media (prefers-color-scheme: dark) { svg { background: #14191e; } }
"""

# In hundredths of the font's size, whole so that sums are exact; generous, so that text stays
# within its place in most fonts.
_NARROW, _USUAL, _BROAD, _FULL = 37, 61, 80, 105
_SLENDER = set("iljtfrI.,;:!|'⟨⟩()[] ")
_STOUT = set("mwMWQO@%–—&")


def drawn(template: str, picture: Mapping[str, Any], alone: bool = True) -> str:
    """The picture laid out by a template such as `heat-map.svg`.

    One that is `alone` is a whole file, on the paper that light or dark calls for; otherwise the
    page around it has `pictures.css` and `patterns.svg`.
    """
    style = patterns = ""
    if alone:
        style = f"<style>\n{_PAPER}{shipped('pictures.css')}</style>"
        patterns = shipped("patterns.svg")
    known = {**picture, "alone": alone, "style": Markup(style), "patterns": Markup(patterns)}
    return _template(template).render(known)


@cache
def _template(name: str) -> Template:
    return environment("html").get_template(name)


def shipped(name: str) -> str:
    """A file of the templates' folder as it is."""
    return (TEMPLATES / name).read_text("utf-8")


def width_of(text: str, size: float) -> float:
    """The width of a text in a usual sans-serif font of this size."""
    return size * sum(map(_breadth, text)) / 100


@cache
def _breadth(character: str) -> int:
    if character in _SLENDER:
        return _NARROW
    if unicodedata.east_asian_width(character) in "WF":
        return _FULL
    return _BROAD if character in _STOUT or character.isupper() else _USUAL


def lines_of(text: str, width: float, size: float) -> list[str]:
    """The text in lines of at most this width; a word that is wider is broken."""
    lines = [""]
    used = 0.0
    space = width_of(" ", size)
    for word in text.split():
        breadth = width_of(word, size)
        if lines[-1] and used + space + breadth <= width:
            lines[-1] += f" {word}"
            used += space + breadth
            continue
        lines += [word] if lines[-1] else []
        lines[-1] = word
        while width_of(lines[-1], size) > width and len(lines[-1]) > 1:
            fits = max(_fitting(lines[-1], width, size), 1)
            lines[-1:] = [lines[-1][:fits], lines[-1][fits:]]
        used = width_of(lines[-1], size)
    return lines


def _fitting(text: str, width: float, size: float) -> int:
    """How many of its characters fit."""
    used = 0
    for number, character in enumerate(text):
        used += _breadth(character)
        if size * used / 100 > width:
            return number
    return len(text)


NO_FONT = "a PNG needs a font, and none was found on this system; choose --format svg"

_ZOOM = 2
# What a painter needs that ends the process where it gets no memory.
_MEGABYTES, _BYTES_OF_A_DOT = 64, 12
# The first that a system has is taken: one of Windows, macOS, Linux.
_FONTS = (
    '"Segoe UI", "Helvetica Neue", Helvetica, Arial, "Liberation Sans", "DejaVu Sans", "Noto Sans"'
)
A_WORD = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20">'
    f"<text x='2' y='15' font-family='{_FONTS}'>word</text></svg>"
)
_SIZE = re.compile(r'<svg [^>]* width="([0-9.]+)" height="([0-9.]+)"')
_STYLE = re.compile(r"<style>[^<]*</style>")
_FAMILY = re.compile(r"font-family:[^;:]*;")
# A rule for dark surroundings: what its outer braces hold, with the rules in them.
_DARK = re.compile(r"@media[^{}@]*+\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\}")
_COLOUR = re.compile(r"(?<![a-z0-9-])(--[a-z0-9-]++):\s*+([^:;]++);")
_USED = re.compile(r"var\((--[a-z0-9-]+)\)")


def png_of(svg: str) -> bytes:
    """A picture of `drawn` as PNG.

    Raises NotInstalled without the library, WrongUsage without a font, or if it is too large.
    """
    with library("a PNG", "resvg", "png", "choose --format svg", megabytes=_MEGABYTES):
        import resvg_py

    found = _SIZE.match(svg)
    dots = float(found[1]) * float(found[2]) * _ZOOM**2 if found else 0
    most = limit("picture-dots")
    if dots > most:
        how = how_to_raise("picture-dots")
        raise WrongUsage(
            f"the picture has more than {most:,} dots as a PNG; choose --format svg, or {how}"
        )

    check_memory(_MEGABYTES + dots * _BYTES_OF_A_DOT / 1_000_000)

    def painted(picture: str, fonts: bool = True) -> bytes:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=picture, background="#ffffff", zoom=_ZOOM, skip_system_fonts=not fonts
            )
        )

    if painted(A_WORD) == painted(A_WORD, fonts=False):
        raise WrongUsage(NO_FONT)
    return painted(plain_svg(svg))


def plain_svg(svg: str) -> str:
    """The picture without what only browsers know: variables, and rules for dark surroundings.

    Its texts, which are a dossier's, stay as they are.
    """
    colours = {
        name: colour
        for style in _STYLE.findall(svg)
        for name, colour in _COLOUR.findall(_DARK.sub("", style))
    }

    def plain(style: re.Match[str]) -> str:
        text = _USED.sub(lambda used: colours[used[1]], _DARK.sub("", style[0]))
        return _FAMILY.sub(f"font-family: {_FONTS};", _COLOUR.sub("", text))

    return _STYLE.sub(plain, svg)
