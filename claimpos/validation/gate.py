"""The gate in front of every command: a dossier without faults, or all of its faults."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from claimpos.dossier.finding_home import find_dossier
from claimpos.dossier.memory import Memory
from claimpos.dossier.model import Dossier
from claimpos.errors import InvalidDossier

if TYPE_CHECKING:
    from claimpos.dossier.findings import Findings
    from claimpos.dossier.loading import Loaded


def load_dossier(folder: Path | str | None = None) -> Dossier:
    """Read the dossier in a folder.

    Without one, it is found as the command line finds it: the environment variable
    CLAIMPOS_POSITIONS, the nearest `positions/`, the dossier that ships with claimpos.

    Raises InvalidDossier with every fault found, and DossierNotFound.
    """
    home = find_dossier(None if folder is None else Path(folder))
    memory = Memory(home)
    dossier = memory.recall()
    if dossier is None:
        dossier = read_dossier(home)
        memory.remember(dossier)
    return dossier


def read_dossier(home: Path) -> Dossier:
    """Read the dossier in a folder anew; raises InvalidDossier with every fault found."""
    from claimpos.dossier.findings import in_order
    from claimpos.dossier.loading import load_folder

    loaded = load_folder(home)
    if findings := faults_of(loaded):
        raise InvalidDossier(in_order(findings))
    return loaded.dossier


def faults_of(loaded: Loaded) -> Findings:
    """Every fault of the files that were read, in words."""
    findings = loaded.findings
    if loaded.misshapen:
        from claimpos.dossier.parsing.text import parse
        from claimpos.validation.shape import explain_shape

        # What a file holds takes much memory, so it is not kept but parsed once more.
        for schema, source in loaded.misshapen:
            node, _ = parse(source)
            known = loaded.dossier.issues
            findings.extend(explain_shape(schema, source, node, known, len(findings)))
    return findings
