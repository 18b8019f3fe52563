"""From the name of a format to the text of a report: the one place where that is decided."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from claimpos.cli.output import paint_for, put, terminal_width

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
    put(report_text(report, name, output, colour), output)


def report_text(report: Report, name: str, output: Path | None, colour: str) -> str | bytes:
    """A report in the format of this name, as wide and coloured as where it goes allows.

    Raises WrongUsage for a format that is a file and no text where no file is named.
    """
    if name in _DATA:
        return _DATA[name](report)
    from claimpos.rendering.renderers import file_formats, file_of, rendered

    if name in file_formats():
        check_file(name, output)
        return file_of(report.document(), name)
    return rendered(report.document(), name, terminal_width(), paint_for(colour, output))


def check_file(name: str, output: Path | None) -> None:
    """Raise WrongUsage where a format that is a file and no text has no file to go to."""
    from claimpos.errors import WrongUsage

    if output is None:
        raise WrongUsage(f"--format {name} makes a file; name it with -o FILE.{name}")


def _json(report: Report) -> str:
    from claimpos.rendering.data import json_text

    return json_text(report.data())


def _csv(report: Report) -> str:
    from claimpos.rendering.data import csv_text

    return csv_text(*report.rows())


def _svg(report: Report) -> str:
    return report.picture()


# The formats that are made from data, and not from a document.
_DATA: dict[str, Callable[[Report], str]] = {"json": _json, "csv": _csv, "svg": _svg}
