"""A picture as PNG, for programs that show no SVG: in light colours, twice as large, on white."""

from __future__ import annotations

import re

from claimpos.dossier.limits import how_to_raise, limit
from claimpos.errors import WrongUsage

NEEDED = "a PNG needs resvg: pip install 'claimpos[png]', or choose --format svg"
NO_FONT = "a PNG needs a font, and none was found on this system; choose --format svg"

_ZOOM = 2
# The first that a system has is taken: one of Windows, macOS, Linux.
_FONTS = (
    '"Segoe UI", "Helvetica Neue", Helvetica, Arial, "Liberation Sans", "DejaVu Sans", "Noto Sans"'
)
A_WORD = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20">'
    f"<text x='2' y='15' font-family='{_FONTS}'>word</text></svg>"
)
_SIZE = re.compile(r'<svg [^>]*?\bwidth="([0-9.]+)" height="([0-9.]+)"')
_STYLE = re.compile(r"<style>[^<]*</style>")
_FAMILY = re.compile(r"font-family:[^;]*;")
# A rule for dark surroundings: what its outer braces hold, with the rules in them.
_DARK = re.compile(r"@media[^{}@]*+\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\}")
_COLOUR = re.compile(r"(?<![a-z0-9-])(--[a-z0-9-]++):\s*+([^:;]++);")
_USED = re.compile(r"var\((--[a-z0-9-]+)\)")


def png_of(svg: str) -> bytes:
    """A picture of `drawing.drawn` as PNG.

    Raises WrongUsage if it is too large, and without the library or a font.
    """
    try:
        import resvg_py
    except ImportError:
        raise WrongUsage(NEEDED) from None

    found = _SIZE.search(svg)
    most = limit("picture-dots")
    if found and float(found[1]) * float(found[2]) * _ZOOM**2 > most:
        how = how_to_raise("picture-dots")
        raise WrongUsage(
            f"the picture has more than {most:,} dots as a PNG; choose --format svg, or {how}"
        )

    def drawn(picture: str, fonts: bool = True) -> bytes:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=picture, background="#ffffff", zoom=_ZOOM, skip_system_fonts=not fonts
            )
        )

    if drawn(A_WORD) == drawn(A_WORD, fonts=False):
        raise WrongUsage(NO_FONT)
    return drawn(plain_svg(svg))


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
