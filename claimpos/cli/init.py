"""`claimpos init`: a small dossier to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to create.")] = Path(
        "positions"
    ),
) -> None:
    """Create a small example dossier, with comments that explain it. Nothing is overwritten.

    \b
    Examples:
      claimpos init
      claimpos diff union port
      claimpos init harbour
    """
    from shlex import quote

    from claimpos.cli.output import put, terminal_width
    from claimpos.cli.report_files import check_owners
    from claimpos.dossier.findings import shown_path
    from claimpos.dossier.starter import FILES, write_starter
    from claimpos.rendering.text import wrapped
    from claimpos.wording.names import joined

    check_owners(folder)
    write_starter(folder)
    shown = shown_path(folder)
    wrote = wrapped(f"Wrote {joined(FILES)} in {shown}.", terminal_width())
    put(f"{wrote}\nNext: claimpos diff union port --positions {quote(shown)}\n")
