"""The gate in front of every command: a dossier without faults, or all of its faults."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from claimpos.dossier.files import Contents, read_all
from claimpos.dossier.locate import find_dossier
from claimpos.dossier.memory import Memory
from claimpos.dossier.model import Dossier
from claimpos.errors import InvalidDossier

if TYPE_CHECKING:
    from claimpos.dossier.findings import Finding
    from claimpos.dossier.loading import Loaded


def load_dossier(folder: Path | str | None = None) -> Dossier:
    """Read the dossier in a folder.

    Without one, it is found as the command line finds it: the environment variable
    CLAIMPOS_POSITIONS, the nearest `positions/`, the dossier that ships with claimpos.

    Raises InvalidDossier with every fault found, and DossierNotFound.
    """
    home = find_dossier(None if folder is None else Path(folder))
    contents = read_all(home)
    memory = Memory(contents)
    dossier = memory.recall()
    if dossier is None:
        dossier = read_dossier(home, contents)
        memory.remember(dossier)
    return dossier


def read_dossier(home: Path, contents: Contents | None = None) -> Dossier:
    """Read the dossier in a folder, or the contents of its files, if they are read already.

    Raises InvalidDossier with every fault found.
    """
    from claimpos.dossier.findings import in_order
    from claimpos.dossier.loading import load_folder

    loaded = load_folder(home, contents=contents)
    if findings := faults_of(loaded):
        raise InvalidDossier(in_order(findings))
    return loaded.dossier


def faults_of(loaded: Loaded) -> list[Finding]:
    """Every fault of the files that were read, in words."""
    from claimpos.dossier.findings import without_secrets

    findings = loaded.findings
    if loaded.misshapen:
        from claimpos.dossier.parsing.text import parse
        from claimpos.validation.shape import explain_shape

        for schema, source in loaded.misshapen:
            node, _ = parse(source)
            known = loaded.dossier.issues
            findings.extend(explain_shape(schema, source, node, known, len(findings)))
    return without_secrets(findings)
