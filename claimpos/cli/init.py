"""`claimpos init DIR`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to create.")],
) -> None:
    """Create a small example dossier, with comments that explain it. Nothing is overwritten.

    \b
    Examples:
      claimpos init positions
      claimpos diff union port --positions positions
    """
    from shlex import quote

    from claimpos.cli.output import put
    from claimpos.dossier.findings import shown_path
    from claimpos.dossier.starter import FILES, write_starter
    from claimpos.wording.names import joined

    write_starter(folder)
    shown = shown_path(folder)
    put(
        f"Wrote {joined(FILES)} in {shown}.\n"
        f"Next: claimpos diff union port --positions {quote(shown)}\n"
    )
