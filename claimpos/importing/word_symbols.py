"""The characters that a Word document gives by their place in a font."""

import re

from claimpos.importing.text_blocks import NOT_READ

# The characters of the font Symbol that bear on figures, by their last byte.
_SYMBOLS = {
    **dict(zip(range(0x20, 0x40), " !∀#∃%&∋()∗+,−./0123456789:;<=>?", strict=True)),
    **dict(zip(range(0xA2, 0xA6), "′≤⁄∞", strict=True)),
    **dict(zip(range(0xAC, 0xBC), "←↑→↓°±″≥×∝∂•÷≠≡≈", strict=True)),
    0xD6: "√",
    0xD7: "⋅",
    0xE5: "∑",
}
PRIVATE = re.compile("[\ue000-\uf8ff]")
"""Characters that each font draws as it likes."""

_HEXADECIMAL = re.compile("[0-9A-Fa-f]{4}\\Z")


def symbol(written: str, font: str) -> str:
    """The character at a place, in hexadecimal figures, of a font; `NOT_READ` if it is unknown."""
    code = int(written, 16) if _HEXADECIMAL.match(written) else 0xE000
    if font.lower() == "symbol":
        return _SYMBOLS.get(code & 0xFF, NOT_READ)
    return PRIVATE.sub(NOT_READ, chr(code))
