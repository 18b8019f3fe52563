"""A folder of files → a dossier, with everything that is wrong in any of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from claimpos.dossier.finding_home import AGENDA, SOURCES, party_files
from claimpos.dossier.findings import START, Finding, SourceText
from claimpos.dossier.model import Dossier, Party, Source
from claimpos.dossier.nodes import Map, Node, read_file
from claimpos.dossier.reading.agenda import Agenda, read_agenda
from claimpos.dossier.reading.form import Reading, Register
from claimpos.dossier.reading.party import read_party
from claimpos.dossier.reading.sources import read_sources


@dataclass
class Loaded:
    """What was found in a folder: a dossier, good only if nothing is wrong with it."""

    dossier: Dossier
    findings: list[Finding] = field(default_factory=list)
    misshapen: list[tuple[str, SourceText, Node]] = field(default_factory=list)
    """Files without the form of their schema: the schema's name, the text, the data."""


def load_folder(folder: Path) -> Loaded:
    """Read every file of a dossier. No exception is raised for anything they may hold."""
    loaded = Loaded(Dossier("", {}, {}, {}, {}))
    agenda = Agenda()
    sources: Register[Source] = Register()
    parties: dict[str, Party] = {}
    if (file := _File.open(folder / AGENDA, "agenda", loaded)) is not None:
        agenda = read_agenda(file.node, file.reading)
        file.close(loaded)
    if (file := _File.open(folder / SOURCES, "sources", loaded)) is not None:
        sources = read_sources(file.node, file.reading)
        file.close(loaded)
    for path in party_files(folder):
        if (file := _File.open(path, "party", loaded)) is None:
            continue
        party = read_party(file.node, path.stem, agenda.issues, sources, file.reading)
        if party is not None:
            _claim_names(party, parties, file)
            parties[party.id] = party
        file.close(loaded)
    loaded.dossier = Dossier(agenda.title, agenda.groups, agenda.issues, sources, parties)
    return loaded


@dataclass
class _File:
    schema: str
    node: Node
    reading: Reading

    @classmethod
    def open(cls, path: Path, schema: str, loaded: Loaded) -> _File | None:
        source, node, findings = read_file(path)
        if path.suffix == ".yml":
            message = "a party's file ends in .yaml, not .yml"
            findings.append(Finding("CP308", source, START, message, "rename it"))
        loaded.findings += findings
        return None if findings else cls(schema, node, Reading(source))

    def close(self, loaded: Loaded) -> None:
        loaded.findings += self.reading.findings
        if self.reading.misshapen:
            loaded.misshapen.append((self.schema, self.reading.source, self.node))


def _claim_names(party: Party, others: dict[str, Party], file: _File) -> None:
    """Report an alias that another party answers to."""
    node = file.node
    taken = {name: other.id for other in others.values() for name in (other.id, *other.aliases)}
    for name in (party.id, *party.aliases):
        if name in taken and isinstance(node, Map):
            message = f"the name “{name}” already belongs to the party “{taken[name]}”"
            key = "party" if name == party.id else "aliases"
            file.reading.fault("CP309", node.at(key), message, "give it to one of them only")
