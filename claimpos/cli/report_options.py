"""The options of commands that report positions: which ones, in which format, and where to."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Any, Literal, NamedTuple

import typer

from claimpos.cli import options
from claimpos.rendering.renderers import TERMINAL, file_formats, renderers


class Section(StrEnum):
    """A section of a report, by its verdict."""

    OVERLAP = "overlap"
    CONFLICT = "conflict"
    UNRESOLVED = "unresolved"


Basis = Annotated[
    Literal["stated", "reported", "inferred"],
    typer.Option(help="Use only evidence at least this strong; inferred uses everything."),
]


StaleAfter = Annotated[
    str | None,
    typer.Option(
        metavar="AGE",
        help="Mark positions last confirmed longer ago than this: 90d, 26w, 6m, 2y.",
    ),
]


Issues = Annotated[
    list[str] | None,
    typer.Option(
        "--issue",
        metavar="ID",
        autocompletion=options.complete_issue,
        help="Only this issue (repeatable).",
    ),
]


Core = Annotated[
    bool,
    typer.Option("--core", help="Only the core issues, those that decide the rest."),
]


Only = Annotated[
    list[Section] | None,
    typer.Option("--only", help="Show only issues with this verdict (repeatable)."),
]


Groups = Annotated[
    list[str] | None,
    typer.Option(
        "--group",
        metavar="ID",
        autocompletion=options.complete_group,
        help="Only this group of issues (repeatable).",
    ),
]


_EXPLAIN_NAMES = {"text": TERMINAL, "markdown": "github"}
"""What `claimpos explain` and `text` call two formats of a report, because they show no table."""


def _format_option(*own: str, names: Mapping[str, str] = MappingProxyType({})) -> Any:
    """The option for a format: one of a command's own, or one of documents and of plain text.

    Args:
        own: The formats besides those of documents; first the default.
        names: The formats that reports know by another name.
    """
    documents = [*(name for name in renderers() if name != TERMINAL), *file_formats()]
    formats = [*own, *documents]

    def complete(incomplete: str) -> list[str]:
        return [name for name in formats if name.startswith(incomplete)]

    def checked(context: typer.Context, name: str) -> str:
        if name not in formats:
            from claimpos.dossier.lookup import nearest
            from claimpos.errors import UnknownName

            remedy = f"{context.command_path} --help"
            raise UnknownName("format", name, nearest(name, formats), remedy)
        return names.get(name, name)

    return typer.Option(
        "--format",
        metavar="FORMAT",
        autocompletion=complete,
        callback=checked,
        help=f"{', '.join(own)}, {', '.join(documents[:-1])} or {documents[-1]}.",
    )


TableFormat = Annotated[str, _format_option(TERMINAL, "csv")]


ReportFormat = Annotated[str, _format_option(TERMINAL, "json", "csv")]


PairsFormat = Annotated[str, _format_option(TERMINAL, "json", "csv", "svg", "png")]


# No table of one kind of row holds packages: no CSV.
DealsFormat = Annotated[str, _format_option(TERMINAL, "json", "svg", "png")]


ExplainFormat = Annotated[str, _format_option(*_EXPLAIN_NAMES, "json", names=_EXPLAIN_NAMES)]


class Selection(NamedTuple):
    """Which positions are compared, and on which issues; see `claimpos.cli.selection`."""

    as_of: options.AsOf = None
    basis: Basis = "inferred"
    issue: Issues = None
    group: Groups = None
    core: Core = False


class Files(NamedTuple):
    """The file that is written, the dossier that is read, and whether there are colours."""

    output: options.Output = None
    positions: options.Positions = None
    color: options.Colour = "auto"
