"""From the name of a format to the text of a report: the one place where that is decided."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from claimpos.cli.output import paint_for, put, put_bytes, terminal_width
from claimpos.dossier.findings import shown_path
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
    """Print a report, or write it to a file, in the format of this name.

    Raises WrongUsage for a format that is not text, unless it goes to a file.
    """
    check_file(name, output)
    put_text(report_text(report, name, output, colour), name, output)


def put_text(text: str | bytes, name: str, output: Path | None) -> None:
    """Print the text of a report, or write it, or a file, to a file; a PNG is made of its SVG.

    A format that is not text needs a file; see `check_file`.
    """
    if name == "png":
        from claimpos.briefing.drawing import png_of

        text = png_of(str(text))
    if isinstance(text, bytes):
        put_bytes(text, cast(Path, output))
    else:
        put(text, output)


def check_file(name: str, output: Path | None) -> None:
    """Raise WrongUsage for a format that is not text if it would go to a terminal.

    Raise it also where a file's name promises one of these, and its format is another.
    """
    from claimpos.rendering.renderers import file_formats

    promised = "" if output is None else output.suffix.lower().removeprefix(".")
    if output is not None and promised in file_formats() and promised != name:
        raise WrongUsage(
            f"“{shown_path(output)}” ends in .{promised}, but its format would be {name}; add "
            f"--format {promised}, or choose another name"
        )
    if output is None and name in {"png", *file_formats()}:
        raise WrongUsage(f"--format {name} writes a file; name it with -o")


def report_text(report: Report, name: str, output: Path | None, colour: str) -> str | bytes:
    """A report in the format of this name, as wide and coloured as where it goes allows."""
    if name in _DATA:
        return _DATA[name](report)
    from claimpos.rendering.renderers import file_formats, file_of, rendered

    if name in file_formats():
        return file_of(report.document(), name)
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
