"""`claimpos init DIR`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make.")],
) -> None:
    """Make a small valid dossier, with comments that teach the format. Nothing is overwritten.

    \b
    Examples:
      claimpos init positions
      claimpos diff union port --positions positions
    """
    from claimpos.cli.output import put
    from claimpos.dossier.findings import shown_path
    from claimpos.dossier.starter import FILES, write_starter

    write_starter(folder)
    shown = shown_path(folder)
    names = ", ".join(FILES)
    put(f"Wrote {names} in {shown}. Next: claimpos diff union port --positions {shown}\n")
