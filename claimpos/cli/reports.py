"""A report in the format that is asked for, as text or as a file."""

import os
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
    """A result as each kind of format needs it; a command gives only those that it offers."""

    document: "Callable[[], Document]"
    data: Callable[[], Any] = dict
    rows: "Callable[[], Rows]" = lambda: ([], [])
    picture: Callable[[], str] = str


def put_report(
    report: Report, name: str, output: Path | None, colour: str, has_formats: bool = True
) -> None:
    """Print a report, or write it to a file, in the format of this name.

    `has_formats` says whether the command has any others, which a message may name.

    Raises WrongUsage for a format that is not text, unless it goes to a file.
    """
    check_file(name, output, has_formats)
    put_text(report_text(report, name, output, colour), name, output)


def put_text(text: str | bytes, name: str, output: Path | None) -> None:
    """Print the text of a report, or write it, or a file, to a file; a PNG is made of its SVG.

    A format that is not text needs a file; see `check_file`. Raises WrongUsage for a summary that
    GitHub would leave out without a word.
    """
    if name == "github" and output is None:
        _check_summary(str(text))
    if name == "png":
        from claimpos.briefing.drawing import png_of

        text = png_of(str(text))
    if isinstance(text, bytes):
        put_bytes(text, cast(Path, output))
    else:
        put(text, output)


_SUMMARY = 1_048_576
"""So many bytes the summary of a step may have on GitHub."""


def _check_summary(text: str) -> None:
    if "GITHUB_STEP_SUMMARY" in os.environ and (size := len(text.encode())) > _SUMMARY:
        raise WrongUsage(
            f"the report has {size:,} bytes, and GitHub shows no summary of more than "
            f"{_SUMMARY:,}; ask for fewer issues or parties, or write it to a file with -o"
        )


# Endings of documents that word processors write, and claimpos does not.
_OTHER_DOCUMENTS = ("doc", "odt", "rtf")


def check_file(name: str, output: Path | None, has_formats: bool = True) -> None:
    """Raise WrongUsage if a format that is not text would go to a terminal.

    Raise it also if the file's name has the ending of such a format, or of HTML, but another was
    asked for.
    """
    from claimpos.rendering.renderers import file_formats

    ending = "" if output is None else output.suffix.lower().removeprefix(".")
    promised = {"htm": "html", **dict.fromkeys(_OTHER_DOCUMENTS, "docx")}.get(ending, ending)
    if output is not None and promised in {"html", *file_formats()}:
        problem = f"“{shown_path(output)}” ends in .{ending}, but its format would be {name}"
        if not has_formats:
            raise WrongUsage(f"{problem}; choose another name")
        if ending in _OTHER_DOCUMENTS:
            docx = shown_path(output.with_suffix(".docx"))
            added = "" if name == "docx" else "add --format docx, and "
            raise WrongUsage(f"{problem}; {added}call it {docx}")
        if promised != name:
            raise WrongUsage(f"{problem}; add --format {promised}, or choose another name")
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
