"""From the name of a format to the text of a report: the one place where that is decided."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from claimpos.cli.output import paint_for, put, put_bytes, terminal_width
from claimpos.errors import WrongUsage

if TYPE_CHECKING:
    from claimpos.rendering.data import Rows
    from claimpos.rendering.document import Document


class Report(NamedTuple):
    """A result as each kind of format needs it; what a command does not offer is left out."""

    document: Callable[[], Document]
    data: Callable[[], Any] = dict
    rows: Callable[[], Rows] = lambda: ([], [])
    picture: Callable[[], str] = str


def put_report(report: Report, name: str, output: Path | None, colour: str) -> None:
    """Print a report, or write it to a file, in the format of this name."""
    put_text(report_text(report, name, output, colour), name, output)


def put_text(text: str, name: str, output: Path | None) -> None:
    """Print the text of a report, or write it to a file; a PNG is made of the text of its SVG.

    Raises WrongUsage for a PNG without a file.
    """
    if name != "png":
        put(text, output)
        return
    check_picture(name, output)
    from claimpos.briefing.png import png_of

    put_bytes(png_of(text), cast(Path, output))


def check_picture(name: str, output: Path | None) -> None:
    """Raise WrongUsage for a PNG that would go to a terminal."""
    if name == "png" and output is None:
        raise WrongUsage("--format png writes a file; name it with -o")


def report_text(report: Report, name: str, output: Path | None, colour: str) -> str:
    """A report in the format of this name, as wide and coloured as where it goes allows."""
    if name in _DATA:
        return _DATA[name](report)
    from claimpos.rendering.renderers import rendered

    return rendered(report.document(), name, terminal_width(), paint_for(colour, output))


def _json(report: Report) -> str:
    from claimpos.rendering.data import json_text

    return json_text(report.data())


def _csv(report: Report) -> str:
    from claimpos.rendering.data import csv_text

    return csv_text(*report.rows())


def _svg(report: Report) -> str:
    return report.picture()


# The formats that are made from data, and not from a document.
_DATA: dict[str, Callable[[Report], str]] = {
    "json": _json,
    "csv": _csv,
    "svg": _svg,
    "png": _svg,
}
PICTURES = {"svg", "png"}
"""The formats that draw a report."""
