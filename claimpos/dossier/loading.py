"""A folder of files → a dossier, with everything that is wrong in any of them."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from claimpos.dossier.finding_home import (
    AGENDA,
    PROPOSALS,
    SOURCES,
    over_limits,
    party_files,
    proposal_files,
)
from claimpos.dossier.findings import START, Finding, Findings, SourceText, shown_path
from claimpos.dossier.model import Dossier, Party, Proposal
from claimpos.dossier.nodes import Map, Node
from claimpos.dossier.parsing.file import read_file
from claimpos.dossier.reading.agenda import Agenda, read_agenda
from claimpos.dossier.reading.form import Reading, Register, Totals
from claimpos.dossier.reading.party import read_party
from claimpos.dossier.reading.proposal import read_proposal
from claimpos.dossier.reading.sources import read_sources

T = TypeVar("T")


class Loaded(NamedTuple):
    """What was found in a folder: a dossier, good only if nothing is wrong with it.

    `misshapen` holds the files without the form of their schema: its name and the text; `texts`
    every file as it was read, by its name within the folder.
    """

    dossier: Dossier
    findings: Findings
    misshapen: list[tuple[str, SourceText]]
    texts: dict[str, SourceText]


def load_folder(folder: Path, edited: Mapping[Path, bytes] = MappingProxyType({})) -> Loaded:
    """Read every file of a dossier, of an `edited` one what it is about to hold.

    No exception is raised for anything they may hold.
    """
    with _nothing_collected():
        return _load(folder, edited)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Spare the garbage collector: all that reading makes is kept, and looking it over is slow."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _load(folder: Path, edited: Mapping[Path, bytes]) -> Loaded:
    loading = _Loading(folder, edited)
    files = loading.with_new(party_files(folder), folder)
    drafts = loading.with_new(proposal_files(folder), folder / PROPOSALS)
    limits_met = over_limits([folder / AGENDA, folder / SOURCES, *files, *drafts])
    if limits_met is not None:
        return loading.refused(*limits_met)
    agenda = loading.read(folder / AGENDA, "agenda", read_agenda) or Agenda()
    listed = loading.read(folder / SOURCES, "sources", read_sources)
    sources = Register() if listed is None else listed  # an empty list of sources is false too
    parties: dict[str, Party] = {}
    taken: dict[str, str] = {}

    def party_of(node: Node, reading: Reading) -> Party | None:
        party = read_party(node, agenda.issues, sources, reading)
        if party is not None:
            _claim_names(party, taken, node, reading)
        return party

    def proposal_of(node: Node, reading: Reading) -> Proposal | None:
        return read_proposal(node, agenda.issues, sources, filed, reading)

    filed = [path.stem for path in files]
    for path in files:
        if (party := loading.read(path, "party", party_of)) is not None:
            parties[party.id] = party
    proposals = [loading.read(path, "proposal", proposal_of, f"{PROPOSALS}/") for path in drafts]
    dossier = Dossier(
        agenda.title,
        dict(agenda.groups),
        dict(agenda.issues),
        dict(sources),
        parties,
        {proposal.id: proposal for proposal in proposals if proposal is not None},
    )
    return Loaded(dossier, loading.findings, loading.misshapen, loading.texts)


class _Loading:
    def __init__(self, folder: Path, edited: Mapping[Path, bytes]) -> None:
        self.edited = edited
        self.findings = Findings()
        self.totals = Totals()
        self.misshapen: list[tuple[str, SourceText]] = []
        self.texts: dict[str, SourceText] = {}
        # A path as people see it, but for the name: working it out takes longer than reading.
        self.shown = {
            within: shown_path(folder / within / "x")[:-1] for within in ("", f"{PROPOSALS}/")
        }

    def with_new(self, paths: list[Path], folder: Path) -> list[Path]:
        """The files of a folder with those that are not yet saved."""
        new = [
            path
            for path in self.edited
            if path.parent == folder and path.name not in {AGENDA, SOURCES} and path not in paths
        ]
        return sorted([*paths, *new]) if new else paths

    def refused(self, message: str, hint: str) -> Loaded:
        """Nothing read, and why."""
        for name in (AGENDA, SOURCES):
            self.texts[name] = SourceText(self.shown[""] + name, "")
        self.findings.add(Finding("CP109", self.texts[AGENDA], START, message, hint))
        nothing = Dossier("", {}, {}, {}, {})
        return Loaded(nothing, self.findings, self.misshapen, self.texts)

    def read(
        self, path: Path, schema: str, read: Callable[[Node, Reading], T], within: str = ""
    ) -> T | None:
        """What `read` makes of a file; None if it is no YAML."""
        name = path.name
        content = self.edited.get(path) if self.edited else None
        source, node, findings = read_file(path, content, self.shown[within] + name)
        self.texts[within + name] = source
        if name.endswith(".yml"):
            message = f"a {schema}'s file ends in .yaml, not .yml"
            findings.append(Finding("CP308", source, START, message, "rename it"))
        self.findings.extend(findings)
        if findings:
            return None
        self.totals.findings = len(self.findings)
        reading = Reading(source, self.totals)
        result = read(node, reading)
        self.findings.extend(reading.findings)
        if reading.misshapen:
            self.misshapen.append((schema, source))
        return result


def _claim_names(party: Party, taken: dict[str, str], node: Node, reading: Reading) -> None:
    """Note to whom a name belongs, and report one to which another party answers already."""
    for name in (party.id, *party.aliases):
        owner = taken.setdefault(name, party.id)
        if owner != party.id and isinstance(node, Map):
            message = f"the name “{name}” already belongs to the party “{owner}”"
            key = "party" if name == party.id else "aliases"
            reading.fault("CP309", node.at(key), message, "give it to one of them only")
