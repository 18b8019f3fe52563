"""A picture as PNG, for programs that show no SVG: in light colours, twice as large, on white."""

from __future__ import annotations

import re

from claimpos.errors import WrongUsage

NEEDED = "a PNG needs resvg: pip install 'claimpos[png]', or choose --format svg"
NO_FONT = "a PNG needs a font, and none was found on this system; choose --format svg"

_ZOOM = 2
# The first that a system has is taken: one of Windows, macOS, Linux.
_FONTS = (
    '"Segoe UI", "Helvetica Neue", Helvetica, Arial, "Liberation Sans", "DejaVu Sans", "Noto Sans"'
)
_STYLE = re.compile(r"<style>[^<]*</style>")
_FAMILY = re.compile(r"font-family:[^;]*;")
# A rule for dark surroundings: what its outer braces hold, with the rules in them.
_DARK = re.compile(r"@media[^{}@]*+\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\}")
_COLOUR = re.compile(r"(?<![a-z0-9-])(--[a-z0-9-]++):\s*+([^:;]++);")
_USED = re.compile(r"var\((--[a-z0-9-]+)\)")


def png_of(svg: str) -> bytes:
    """A picture of `drawing.drawn` as PNG; raises WrongUsage without the library or a font."""
    try:
        import resvg_py
    except ImportError:
        raise WrongUsage(NEEDED) from None

    plain = plain_svg(svg)

    def drawn(fonts: bool) -> bytes:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=plain, background="#ffffff", zoom=_ZOOM, skip_system_fonts=not fonts
            )
        )

    picture = drawn(fonts=True)
    if picture == drawn(fonts=False):
        raise WrongUsage(NO_FONT)
    return picture


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
        told = _USED.sub(lambda used: colours[used[1]], _DARK.sub("", style[0]))
        return _FAMILY.sub(f"font-family: {_FONTS};", _COLOUR.sub("", told))

    return _STYLE.sub(plain, svg)
