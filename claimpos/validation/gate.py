"""Loads a dossier for a command, or raises all of its errors."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from claimpos.dossier.contents import read_all
from claimpos.dossier.files import Contents
from claimpos.dossier.locate import find_dossier
from claimpos.dossier.model import Dossier, Proposal
from claimpos.errors import InvalidDossier

if TYPE_CHECKING:
    from claimpos.dossier.findings import Finding
    from claimpos.dossier.loading import Loaded


def load_dossier(folder: Path | str | None = None) -> Dossier:
    """Read the dossier in a folder.

    By default, it is the one that the command line uses: that of the environment variable
    CLAIMPOS_POSITIONS, else the nearest `positions/`, else the dossier that ships with claimpos.

    Raises InvalidDossier with all errors of its files, and DossierNotFound.
    """
    home = find_dossier(None if folder is None else Path(folder))
    return remembered(home, read_all(home))


def remembered(home: Path, contents: Contents) -> Dossier:
    """The dossier with these contents of its files, from the cache if it is there.

    Raises InvalidDossier with all errors of its files.
    """
    from claimpos.dossier.memory import Memory  # validate always reads the files themselves

    memory = Memory(contents)
    dossier = memory.recall()
    if dossier is None:
        dossier = read_dossier(home, contents)
        memory.remember(dossier)
    return dossier


def read_dossier(home: Path, contents: Contents | None = None) -> Dossier:
    """Read the dossier in a folder, or from the contents of its files if they are known.

    Raises InvalidDossier with all errors of its files.
    """
    from claimpos.dossier.findings import in_order
    from claimpos.dossier.loading import load_folder

    loaded = load_folder(home, contents=contents)
    if findings := faults_of(loaded):
        raise InvalidDossier(in_order(findings))
    return loaded.dossier


def faults_of(loaded: Loaded) -> list[Finding]:
    """All errors of the files that were read, including those in their form."""
    from claimpos.dossier.findings import without_secrets

    findings = loaded.findings
    if loaded.misshapen:
        from claimpos.dossier.parsing.file import parse
        from claimpos.validation.shape import explain_shape

        for schema, source in loaded.misshapen:
            node, _ = parse(source)
            known = loaded.dossier.issues
            findings.extend(explain_shape(schema, source, node, known, len(findings)))
    return without_secrets(finding.in_its_file for finding in findings)


def load_proposal(path: Path, dossier: Dossier, content: bytes | None = None) -> Proposal:
    """Read a proposal on a dossier's issues from a file outside its folder.

    The file need not be there yet if its content is given. Raises InvalidDossier with all errors of
    the file.
    """
    from claimpos.dossier.findings import in_order, without_secrets
    from claimpos.dossier.parsing.file import read_file
    from claimpos.dossier.reading.documents import read_proposal
    from claimpos.dossier.reading.form import Reading, Register

    source, node, faults = read_file(path, content)
    if faults:
        raise InvalidDossier(without_secrets(faults))
    reading = Reading(source)
    issues, sources = Register(dossier.issues), Register(dossier.sources)
    issues.written, sources.written = issues.keys(), sources.keys()
    proposal = read_proposal(node, issues, sources, list(dossier.parties), reading)
    findings = reading.findings
    if reading.misshapen:
        from claimpos.validation.shape import explain_shape

        findings.extend(explain_shape("proposal", source, node, dossier.issues))
    if findings or proposal is None:
        raise InvalidDossier(in_order(without_secrets(findings)))
    return proposal
