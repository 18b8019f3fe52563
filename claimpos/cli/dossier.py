"""The dossier of a command line, and word of which it is where that may surprise."""

from __future__ import annotations

import os
from pathlib import Path

from claimpos.dossier.findings import shown_path
from claimpos.dossier.locate import VARIABLE, nearest, shipped
from claimpos.dossier.model import Dossier
from claimpos.validation import gate


def load_dossier(positions: Path | None) -> Dossier:
    """Read the dossier as `claimpos.load_dossier` does; say which, if it was not named."""
    say_which(positions)
    return gate.load_dossier(positions)


def say_which(positions: Path | None) -> None:
    """Say on standard error that the dossier lies above, or that another user's was left aside."""
    from claimpos.cli.output import say

    if positions is not None or os.environ.get(VARIABLE):
        return
    found = nearest()
    for other in found.others:
        say(f"“{shown_path(other)}” is another user's dossier and is left aside")
    if found.folder is not None and found.is_above and found.folder != shipped("positions"):
        say(f"reading “{shown_path(found.folder)}”, the nearest dossier above this folder")
