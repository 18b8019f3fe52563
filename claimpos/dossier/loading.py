"""Reads a folder of files into a dossier, and collects everything that is wrong with them."""

import gc
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from claimpos.dossier.contents import beyond_limits, read_all
from claimpos.dossier.files import Contents, Folder, NotRead
from claimpos.dossier.findings import START, Finding, Findings, SourceText, shown_path
from claimpos.dossier.locate import AGENDA, PARTIES, PARTY, PROPOSALS, SOURCES, party_of
from claimpos.dossier.model import Dossier, Issue, Party, Proposal
from claimpos.dossier.nodes import Map, Node
from claimpos.dossier.parsing.file import not_read, read_file
from claimpos.dossier.party_folder import JoinedText, folders_in, lines_of
from claimpos.dossier.reading.agenda import Agenda, read_agenda
from claimpos.dossier.reading.documents import read_proposal, read_sources
from claimpos.dossier.reading.form import NearNames, Reading, Register, Totals
from claimpos.dossier.reading.party import read_party
from claimpos.dossier.reading.party_names import PartyNames

if TYPE_CHECKING:
    from claimpos.dossier.reading.decides import MemberNamed

T = TypeVar("T")

_KEPT_CHARACTERS = 1_000_000
"""Parsed data is kept for so many characters of text, because it may take two hundred times as much
memory as the text."""


class Loaded(NamedTuple):
    """What was read from a folder.

    Attributes:
        dossier: The dossier; it is complete only if nothing is wrong.
        findings: What is wrong, except with the form of the `misshapen` files.
        misshapen: The files that do not have the form of their schema: the schema's name, the text.
        texts: Every file as it was read, by its name within the folder. A party's folder is under
            the name that a single file would have.
    """

    dossier: Dossier
    findings: Findings
    misshapen: list[tuple[str, SourceText]]
    texts: dict[str, SourceText]


def load_folder(
    folder: Path,
    edited: Mapping[Path, bytes] = MappingProxyType({}),
    contents: Contents | None = None,
) -> Loaded:
    """Read every file of a dossier; whatever the files hold, no exception is raised.

    Args:
        folder: The dossier's folder.
        edited: What files are about to hold, in place of what they hold now.
        contents: The contents of the folder, if they have been read already.
    """
    held = dict(read_all(folder) if contents is None else contents)
    held |= {path.relative_to(folder).as_posix(): content for path, content in edited.items()}
    if edited and "" not in held and (refused := beyond_limits(held)):
        held = {"": refused}
    with _nothing_collected():
        return _load(folder, held)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Within this, there is no garbage collection: it is slow, and reading leaves no garbage."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _load(folder: Path, contents: Contents) -> Loaded:
    loading = _Loading(folder, contents)
    refused = contents.get("")
    if isinstance(refused, NotRead):
        return loading.refused(refused)
    agenda = loading.read(AGENDA, "agenda", read_agenda) or Agenda()
    listed = loading.read(SOURCES, "sources", read_sources)
    sources = Register() if listed is None else listed  # not `or`: no sources at all is valid
    parties: dict[str, Party] = {}
    names = PartyNames()
    members_at: dict[str, Finding] = {}

    def party_in(node: Node, reading: Reading) -> Party | None:
        party = read_party(node, agenda.issues, sources, reading, texts)
        if party is not None:
            names.check(party, node, reading)
            if party.speaks_for_members and isinstance(node, Map):
                span = node.at("members")
                members_at[party.id] = Finding("CP314", reading.source, span, "", "")
        return party

    def proposal_in(node: Node, reading: Reading) -> Proposal | None:
        return read_proposal(node, agenda.issues, sources, filed, reading)

    drafts = sorted(name for name in contents if name.startswith(f"{PROPOSALS}/"))
    files = sorted(loading.party_files())
    filed = dict.fromkeys(Path(name).stem for name in files)
    texts = dict.fromkeys(Path(name).stem for name in drafts)
    for name in files:
        if (party := loading.read(name, "party", party_in, filed)) is not None:
            parties[party.id] = party
    proposals = [loading.read(name, "proposal", proposal_in, texts) for name in drafts]
    loading.check_folders()
    loading.findings.extend(_unknown_members(agenda.members, filed, loading.texts[AGENDA]))
    if members_at:
        # Few dossiers have groups that speak for their members.
        from claimpos.dossier.reading.groups import circles_of_groups, too_many_members

        loading.findings.extend(circles_of_groups(parties, members_at))
        issues = agenda.issues.values()
        loading.findings.extend(too_many_members(parties, issues, members_at))
    dossier = Dossier(
        agenda.title,
        dict(agenda.groups),
        _core_first(agenda.issues),
        dict(sources),
        parties,
        {proposal.id: proposal for proposal in proposals if proposal is not None},
        agenda.closed,
        agenda.quote_words,
        agenda.single_undertaking,
        agenda.origin,
    )
    return Loaded(dossier, loading.findings, loading.misshapen, loading.texts)


def _core_first(issues: Mapping[str, Issue]) -> dict[str, Issue]:
    """The issues in the agenda's order, but with core issues first."""
    return dict(sorted(issues.items(), key=lambda item: not item[1].core))


def _unknown_members(
    members: "Iterable[MemberNamed]", filed: Collection[str], source: SourceText
) -> Iterator[Finding]:
    """Report members named by decision rules that are not parties of the dossier."""
    near = NearNames()
    for party, span in members:
        if party not in filed:
            hint = near.hint(party, filed)
            yield Finding("CP319", source, span, f"there is no party “{party}”", hint)


class _Loading:
    """Reads one file after another, and collects the findings and the texts."""

    def __init__(self, folder: Path, contents: Contents) -> None:
        self.folder = folder
        self.contents = contents
        self.findings = Findings()
        self.totals = Totals()
        self.characters = 0
        self.misshapen: list[tuple[str, SourceText]] = []
        self.texts: dict[str, SourceText] = {}
        self.folders = folders_in(contents)
        # The path that people see, without the file's name; finding it takes longer than reading.
        self.shown = {within: shown_path(folder / within / "x")[:-1] for within in ("", PROPOSALS)}

    def party_files(self) -> set[str]:
        """The names of the parties' files, and those that parties' folders would have as files."""
        others = {AGENDA, SOURCES, PROPOSALS, PARTIES}
        files = {name for name in self.contents if "/" not in name and name not in others}
        return files | self.folders.keys()

    def check_folders(self) -> None:
        """Report folders that are not read, and parties that have both a folder and a file."""
        for name, refused in self.contents.items():
            if isinstance(refused, NotRead) and not name.endswith((".yaml", ".yml")):
                source = SourceText(f"{self.shown['']}{name}", "")
                self.findings.add(not_read(source, refused, "folder"))
        for name in self.folders.keys() & self.contents.keys():
            party = party_of(name)
            message = f"the party “{party}” also has the folder {PARTIES}/{party}"
            hint = "keep what is newer, and delete the other"
            self.findings.add(Finding("CP309", self.texts[name], START, message, hint))

    def refused(self, error: NotRead) -> Loaded:
        """The result if nothing is read, with the reason as a finding."""
        for name in (AGENDA, SOURCES):
            self.texts[name] = SourceText(self.shown[""] + name, "")
        fault = Finding("CP109", self.texts[AGENDA], START, error.reason, error.remedy)
        self.findings.add(fault)
        nothing = Dossier("", {}, {}, {}, {})
        return Loaded(nothing, self.findings, self.misshapen, self.texts)

    def read(
        self,
        name: str,
        schema: str,
        read: Callable[[Node, Reading], T],
        beside: Collection[str] = (),
    ) -> T | None:
        """Read one file, and collect what is wrong with it.

        Args:
            name: The file's name, or the one that a party's folder has instead.
            schema: The name of its schema.
            read: Makes a part of the model from the file's data.
            beside: The names, without their ending, of all files of this kind.

        Returns:
            What `read` returns; None if the file is not valid YAML.
        """
        is_folder = name in self.folders and name not in self.contents
        source, node, findings = (self.joined if is_folder else self._file)(name)
        self.texts[name] = source
        self._keep(source, node)
        for file, text in (source.files or {name: source}).items():
            if file.endswith(".yml"):
                findings.append(self._ending(file, schema, text))
        self.findings.extend(findings)
        if findings:
            return None
        self.totals.findings = len(self.findings)
        reading = Reading(source, self.totals, beside)
        result = read(node, reading)
        self.findings.extend(reading.findings)
        if reading.misshapen:
            self.misshapen.append((schema, source))
        return result

    def _ending(self, file: str, schema: str, text: SourceText) -> Finding:
        """The finding of a file that ends in .yml."""
        proper = file.removesuffix(".yml") + ".yaml"
        whose = "dossier" if proper in {AGENDA, SOURCES} else schema
        message = f"a {whose}'s file ends in .yaml, not .yml"
        taken = isinstance(self.contents.get(proper), bytes)
        beside = proper.rpartition("/")[2]
        hint = f"delete one of the two: {beside} stands beside it" if taken else "rename it"
        return Finding("CP308", text, START, message, hint)

    def _file(self, name: str, before: int = 0) -> tuple[SourceText, Node, list[Finding]]:
        within, _, last = name.rpartition("/")
        if within not in self.shown:
            self.shown[within] = shown_path(self.folder / within / "x")[:-1]
        return read_file(self.folder / name, self.contents[name], self.shown[within] + last, before)

    def joined(self, name: str) -> tuple[SourceText, Node, list[Finding]]:
        """A party's folder, read as the file of this name."""
        files: dict[str, SourceText] = {}
        findings: list[Finding] = []
        before = 0
        for file in self.folders[name]:
            source, node, faults = self._file(file, before)
            source.parsed = node
            files[file] = source
            findings += faults
            before += lines_of(source)
        shown = f"{self.shown['']}{PARTIES}/{party_of(name)}"
        joined = JoinedText(shown, files)
        if findings:
            return joined, None, findings
        node, findings = joined.compose()
        return joined, node, findings

    def _keep(self, source: SourceText, node: Node) -> None:
        """Keep the parsed data for rules that ask for places of values; not if there is much."""
        self.characters += len(source.text)
        source.parsed = node if self.characters <= _KEPT_CHARACTERS else None


def source_of(folder: Path, name: str) -> SourceText:
    """The text of a file of a dossier, or of the party's folder that replaces it."""
    if os.path.exists(folder / name) or not os.path.exists(
        folder / PARTIES / Path(name).stem / PARTY
    ):
        return read_file(folder / name, Folder(folder).content(name))[0]
    return _Loading(folder, read_all(folder)).joined(name)[0]
