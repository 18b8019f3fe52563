"""A folder of files → a dossier, with everything that is wrong in any of them."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from claimpos.dossier.files import Contents, NotRead, read_all
from claimpos.dossier.finding_home import AGENDA, PROPOSALS, SOURCES
from claimpos.dossier.findings import START, Finding, SourceText, shown_path
from claimpos.dossier.model import Dossier, Party, Proposal
from claimpos.dossier.nodes import Map, Node
from claimpos.dossier.parsing.file import not_read, read_file
from claimpos.dossier.reading.agenda import Agenda, read_agenda
from claimpos.dossier.reading.form import Reading, Register
from claimpos.dossier.reading.party import read_party
from claimpos.dossier.reading.proposal import read_proposal
from claimpos.dossier.reading.sources import read_sources

T = TypeVar("T")


class Loaded(NamedTuple):
    """What was found in a folder: a dossier, good only if nothing is wrong with it.

    `misshapen` holds the files without the form of their schema: its name, the text, the data;
    `texts` every file as it was read, by its name within the folder.
    """

    dossier: Dossier
    findings: list[Finding]
    misshapen: list[tuple[str, SourceText, Node]]
    texts: dict[str, SourceText]


def load_folder(
    folder: Path,
    edited: Mapping[Path, bytes] = MappingProxyType({}),
    contents: Contents | None = None,
) -> Loaded:
    """Read every file of a dossier, of an `edited` one what it is about to hold.

    The `contents` are those of the folder, if they are read already. No exception is raised for
    anything they may hold.
    """
    held = dict(read_all(folder) if contents is None else contents)
    held |= {path.relative_to(folder).as_posix(): content for path, content in edited.items()}
    with _nothing_collected():
        return _load(folder, held)


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


def _load(folder: Path, contents: Contents) -> Loaded:
    loading = _Loading(folder, contents)
    agenda = loading.read(AGENDA, "agenda", read_agenda) or Agenda()
    listed = loading.read(SOURCES, "sources", read_sources)
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

    drafts = sorted(name for name in contents if name.startswith(f"{PROPOSALS}/"))
    files = sorted(contents.keys() - {AGENDA, SOURCES, PROPOSALS, *drafts})
    filed = [Path(name).stem for name in files]
    for name in files:
        if (party := loading.read(name, "party", party_of)) is not None:
            parties[party.id] = party
    proposals = [loading.read(name, "proposal", proposal_of) for name in drafts]
    loading.check_folder_of_proposals()
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
    def __init__(self, folder: Path, contents: Contents) -> None:
        self.folder = folder
        self.contents = contents
        self.findings: list[Finding] = []
        self.misshapen: list[tuple[str, SourceText, Node]] = []
        self.texts: dict[str, SourceText] = {}
        # A path as people see it, but for the name: working it out takes longer than reading.
        self.shown = {within: shown_path(folder / within / "x")[:-1] for within in ("", PROPOSALS)}

    def check_folder_of_proposals(self) -> None:
        """Report a folder of proposals that is not read."""
        refused = self.contents.get(PROPOSALS)
        if isinstance(refused, NotRead):
            source = SourceText(f"{self.shown['']}{PROPOSALS}", "")
            self.findings.append(not_read(source, refused, "folder"))

    def read(self, name: str, schema: str, read: Callable[[Node, Reading], T]) -> T | None:
        """What `read` makes of the file of this name; None if it is no YAML."""
        within, _, last = name.rpartition("/")
        source, node, findings = read_file(
            self.folder / name, self.contents[name], self.shown[within] + last
        )
        self.texts[name] = source
        if name.endswith(".yml"):
            message = f"a {schema}'s file ends in .yaml, not .yml"
            findings.append(Finding("CP308", source, START, message, "rename it"))
        self.findings += findings
        if findings:
            return None
        reading = Reading(source)
        result = read(node, reading)
        self.findings += reading.findings
        if reading.misshapen:
            self.misshapen.append((schema, source, node))
        return result


def _claim_names(party: Party, taken: dict[str, str], node: Node, reading: Reading) -> None:
    """Note to whom a name belongs, and report one to which another party answers already."""
    for name in (party.id, *party.aliases):
        owner = taken.setdefault(name, party.id)
        if owner != party.id and isinstance(node, Map):
            message = f"the name “{name}” already belongs to the party “{owner}”"
            key = "party" if name == party.id else "aliases"
            reading.fault("CP309", node.at(key), message, "give it to one of them only")
