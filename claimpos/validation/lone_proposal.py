"""A proposal in a file of its own, such as a package that was saved."""

from __future__ import annotations

from pathlib import Path

from claimpos.dossier.findings import in_order, without_secrets
from claimpos.dossier.model import Dossier, Proposal
from claimpos.dossier.parsing.file import read_file
from claimpos.dossier.reading.form import Reading, Register
from claimpos.dossier.reading.proposal import read_proposal
from claimpos.errors import InvalidDossier


def load_proposal(path: Path, dossier: Dossier) -> Proposal:
    """Read a proposal that speaks of a dossier but stands outside its folder.

    Raises InvalidDossier with every fault found.
    """
    source, node, findings = read_file(path)
    if findings:
        raise InvalidDossier(without_secrets(findings))
    reading = Reading(source)
    issues, sources = Register(dossier.issues), Register(dossier.sources)
    issues.written, sources.written = issues.keys(), sources.keys()
    proposal = read_proposal(node, issues, sources, list(dossier.parties), reading)
    findings = list(reading.findings)
    if reading.misshapen:
        from claimpos.validation.shape import explain_shape

        findings += explain_shape("proposal", source, node, dossier.issues)
    if findings or proposal is None:
        raise InvalidDossier(in_order(without_secrets(findings)))
    return proposal
