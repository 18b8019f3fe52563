"""What the kinds of `claimpos add` have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from claimpos.curating.requests import Request

Texts = list[str] | None
Positions = Annotated[
    Path | None,
    typer.Option(
        "--positions",
        metavar="DIR",
        is_eager=True,
        help="The dossier's folder. Default: CLAIMPOS_POSITIONS, or the nearest positions/ in or "
        "above this folder.",
    ),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Print what would change as a diff; write nothing.")
]
Note = Annotated[str, typer.Option(metavar="TEXT", help="A doubt or a detail.")]
Until = Annotated[str, typer.Option(metavar="DATE", help="The last day.")]
Since = Annotated[
    str, typer.Option(metavar="DATE", help="The first day. Default: that of the statement.")
]
Evidence = Annotated[
    Texts,
    typer.Option(
        metavar="[VERB=]ID",
        help="A statement that it rests on (repeatable). Default: those just added.",
    ),
]


class Part(NamedTuple):
    """One piece of a command line, and what the line says as a whole."""

    request: Request
    positions: Path | None
    dry_run: bool


def part(
    ctx: typer.Context, kind: str, positions: Path | None, dry_run: bool, /, **given: Any
) -> Part:
    """A piece of what was given for it, by the names of a function's parameters."""
    held = {key.replace("_", "-"): value for key, value in given.items() if value}
    before: Part = ctx.obj
    return Part(Request(kind, held), positions or before.positions, dry_run or before.dry_run)
