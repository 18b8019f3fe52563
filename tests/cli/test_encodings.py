"""What a terminal shows of characters that it does not have."""

from __future__ import annotations

import io
from typing import TextIO

import pytest

from claimpos.cli.encodings import set_encodings


class Terminal(io.TextIOWrapper):
    """A stream to a terminal of some encoding."""

    def isatty(self) -> bool:
        return True


def shown(text: str, encoding: str, stream: type[io.TextIOWrapper] = Terminal) -> bytes:
    held = io.BytesIO()
    streams: list[TextIO] = [stream(held, encoding=encoding)]
    set_encodings(streams)
    streams[0].write(text)
    streams[0].flush()
    return held.getvalue()


@pytest.mark.parametrize(
    ("text", "encoding", "read"),
    [
        ("┌─┐ │a│ └─┘", "ascii", "+-+ |a| +-+"),
        ("‘by rota’ – “words” …", "ascii", "'by rota' - \"words\" ..."),
        ("Łódź, Straße, Київ", "ascii", "Lodz, Strasse, Kiiv"),
        ("Łódź, Straße", "cp1252", "Lód" + "z, Straße"),
        ("≤ 5 → 6", "cp1252", "<= 5 -> 6"),
        ("東京", "ascii", "DongJing"),
        ("\U000fffff", "ascii", "?"),
        ("Łódź", "utf-8", "Łódź"),
    ],
)
def test_a_terminal_shows_what_is_nearest(text: str, encoding: str, read: str) -> None:
    assert shown(text, encoding).decode(encoding) == read


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1", "utf-16"])
def test_a_file_or_a_pipe_is_utf_8_with_plain_line_ends(encoding: str) -> None:
    text = "Łódź\na,b\r\n"
    assert shown(text, encoding, io.TextIOWrapper) == text.encode()
