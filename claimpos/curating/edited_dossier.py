"""A dossier as it would be after additions, which is checked before any file is replaced."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from claimpos.curating.batches import with_insertions
from claimpos.curating.changed_lines import new_lines, unified_diff
from claimpos.curating.insertions import Insertion, NotAdded, data_of, with_addition
from claimpos.dossier.contents import read_all
from claimpos.dossier.dates import today
from claimpos.dossier.files import Contents, NotRead
from claimpos.dossier.findings import Finding, SourceText, shown_path
from claimpos.dossier.folder_lock import locked
from claimpos.dossier.locate import AGENDA, PARTIES, PARTY, PIECES, SOURCES, file_of, party_of
from claimpos.dossier.model import Dossier
from claimpos.dossier.nodes import plain
from claimpos.dossier.open_folder import HeldFolder
from claimpos.dossier.parsing.file import parse
from claimpos.dossier.party_folder import folders_in, home_of
from claimpos.dossier.reading.form import Reading, Register
from claimpos.dossier.reading.party import read_party
from claimpos.dossier.whole_files import replace_all
from claimpos.errors import InvalidAddition, InvalidDossier, OutputFailed, WrongUsage, writing
from claimpos.importing.writing import block
from claimpos.validation.checking import check_folder
from claimpos.validation.gate import read_dossier, remembered

BOM = "\ufeff"
_INDENT = 2


class EditedDossier:
    """The files of a dossier, with additions that are not on disk yet.

    Raises InvalidDossier if the dossier has errors as it is.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.contents: Contents = read_all(folder)
        self._dossier: Dossier | None = remembered(folder, self.contents)
        self._texts: dict[str, str] = {}
        self._data: dict[str, Any] = {}
        self._due: dict[str, list[Insertion]] = {}
        self._folders = folders_in(self.contents)

    @property
    def edited(self) -> dict[Path, bytes]:
        """What each file that changes is about to hold."""
        return {self.folder / name: content for name, content in self._new.items()}

    @property
    def _new(self) -> dict[str, bytes]:
        """The same by the files' names.

        If only the first of them were replaced, the dossier would still be valid: what others
        refer to comes first.
        """
        return {name: self.text(name).encode() for name in sorted(self.changed, key=_rank)}

    @property
    def changed(self) -> dict[str, None]:
        """The names of the files that change, in the order in which they were added to."""
        return dict.fromkeys((*self._texts, *self._due))

    def text(self, name: str) -> str:
        """The text of a file as it is about to be, with its byte-order mark.

        Raises WrongUsage if it is written in a way that what was added cannot be.
        """
        if name in self._due:
            self._texts[name] = self._with_due(name)
        if name not in self._texts:
            content = self.contents.get(name)
            return content.decode() if isinstance(content, bytes) else ""
        return self._texts[name]

    def nodes(self, name: str) -> Any:
        """The data of a file as it is about to be, with the places of all keys and values."""
        return data_of(self.text(name).removeprefix(BOM))

    def data(self, name: str) -> Any:
        """The plain data of a file as it is about to be; of a party's folder, as one file.

        They must not be changed.
        """
        if files := self._folder(name):
            return joined_data(files, self.data)
        if name not in self._data:
            self._data[name] = plain(self.nodes(name))
        return self._data[name]

    def add(self, name: str, insertion: Insertion) -> None:
        """Add to a file, or to the folder that stands for a party's.

        The new text is made only when it is asked for, with all additions up to then.
        """
        if files := self._folder(name):
            for file, part in [*in_folder(name, files, insertion, self.data)]:
                if file in self._texts or file in self.contents:
                    self._add(file, part)
                else:
                    self.create(file, dict(part.held))
        else:
            self._add(name, insertion)

    def _folder(self, name: str) -> list[str]:
        """The files of the folder that stands for a party's file; none if the party has a file."""
        is_file = name in self._texts or name in self.contents
        return [] if is_file else self._folders.get(name, [])

    def _add(self, name: str, insertion: Insertion) -> None:
        try:
            self._data[name] = with_addition(self.data(name), insertion)
        except NotAdded:
            raise self._not_added(name, insertion) from None
        self._due.setdefault(name, []).append(insertion)

    def _with_due(self, name: str) -> str:
        due = self._due.pop(name)
        text = self.text(name)
        bare = text.removeprefix(BOM)
        try:
            changed = with_insertions(bare, due)
        except NotAdded as error:
            raise self._not_added(name, *error.args) from None
        return text[: len(text) - len(bare)] + changed

    def _not_added(self, name: str, insertion: Insertion) -> WrongUsage:
        keys = [*insertion.held] if isinstance(insertion.held, Mapping) else []
        where = ".".join(map(str, [*insertion.path, *keys[:1]]))
        path = shown_path(self.folder / name)
        return WrongUsage(
            f"“{path}” is laid out in a way that cannot be added to; write “{where}” by hand"
        )

    def create(self, name: str, data: Mapping[str, Any]) -> None:
        """Add a file; raises WrongUsage if there is one of that name."""
        if name in self.contents or os.path.lexists(self.folder / name) or name in self._texts:
            raise WrongUsage(f"“{shown_path(self.folder / name)}” already exists")
        self._texts[name] = block(data, _INDENT)
        if home := home_of(name):
            self._folders.setdefault(file_of(home.party), []).append(name)

    def create_party(self, name: str, data: Mapping[str, Any]) -> None:
        """Add the file of a new party, which `dossier` has from now on.

        Only that file is read; if anything is wrong with it, `reload` tells.
        """
        self.create(file_of(name), data)
        source = SourceText(file_of(name), self.text(file_of(name)))
        node, findings = parse(source)
        reading = Reading(source)
        party = None if findings else read_party(node, Register(), Register(), reading)
        if party is None or len(reading.findings):
            self.reload()
        else:
            parties = {**self.dossier.parties, name: party}
            self._dossier = self.dossier._replace(parties=parties)

    def reload(self) -> None:
        """Let `dossier` be what the files are about to hold, as soon as it is asked for."""
        self._dossier = None

    @property
    def dossier(self) -> Dossier:
        """The dossier as it was read last; raises InvalidAddition if it has become invalid."""
        if self._dossier is None:
            held: Contents = {name: self.text(name).encode() for name in self.changed}
            try:
                self._dossier = read_dossier(self.folder, {**self.contents, **held})
            except InvalidDossier as error:
                raise InvalidAddition(error.findings) from None
        return self._dossier

    def check(self) -> list[Finding]:
        """The warnings and notes on lines that are new; raises InvalidAddition if errors appear."""
        findings = check_folder(self.folder, today(), edited=self.edited).findings
        if errors := [finding for finding in findings if finding.severity == "error"]:
            raise InvalidAddition(errors)
        new = {
            shown_path(self.folder / name): new_lines(*self._lines(name)) for name in self.changed
        }
        return [one for one in findings if one.span.line - 1 in new.get(one.source.path, ())]

    def diff(self) -> str:
        """What changes, as a unified diff."""
        lines: list[str] = []
        for name in self._new:
            old, new = self._lines(name)
            path = Path(shown_path(self.folder / name)).as_posix()
            before = path if old else os.devnull
            lines += unified_diff(old, new, before, path)
        return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)

    def _lines(self, name: str) -> tuple[list[str], list[str]]:
        """The lines of a file as they are and as they will be, with \\n for each line's end."""
        content = self.contents.get(name)
        before = content.decode() if isinstance(content, bytes) else ""
        return [f"{one}\n" for one in _split(before)], [
            f"{one}\n" for one in _split(self.text(name))
        ]

    def save(self, held: HeldFolder) -> None:
        """Replace the files, all or none, in the folder that they were read from.

        Raises OutputFailed if that is impossible, or if the dossier was changed meanwhile.
        """
        if not self.changed:
            return
        now = read_all(self.folder)
        if now.keys() != self.contents.keys() or any(map(self._differs, now, now.values())):
            raise OutputFailed("the dossier was changed meanwhile; nothing was written; try again")
        with writing(f"to “{shown_path(self.folder)}”"):
            for name in self.changed:
                if above := os.path.dirname(name):
                    held.make_folder(held.place(above))  # a party may have no statements yet
            replace_all(held, self._new)

    def _differs(self, name: str, content: bytes | NotRead) -> bool:
        return isinstance(content, bytes) and content != self.contents[name]


@contextmanager
def editing(folder: Path, dry_run: bool = False) -> Iterator[EditedDossier]:
    """Within this, a dossier can be added to; at the end it is saved, unless in a dry run.

    No other process writes to it meanwhile. Raises InvalidDossier, and OutputFailed as `save` does.
    """
    with nullcontext() if dry_run else locked(folder) as held:
        edited = EditedDossier(folder)
        yield edited
        if held is not None:
            edited.save(held)


def _rank(name: str) -> tuple[object, ...]:
    """The order in which files are replaced: those that others refer to come first."""
    home = home_of(name)
    is_statement = home is not None and home.piece == "statements"
    return name != AGENDA, name != SOURCES, not is_statement, name


def _split(text: str) -> list[str]:
    lines = SourceText("", text.removeprefix(BOM)).lines
    return lines[:-1] if not lines[-1] else lines


DataOf = Callable[[str], Any]
"""The data of a file, by its name."""


def joined_data(files: Iterable[str], data_of: DataOf) -> dict[str, Any]:
    """The data of a party's folder, as its single file would hold it."""
    whole: dict[str, Any] = {}
    pieces: dict[str, dict[str, Any]] = {piece: {} for piece in PIECES}
    for name in files:
        home = home_of(name)
        if home is not None and home.piece:
            pieces[home.piece] |= data_of(name)
        else:
            whole = {**data_of(name)}
    return whole | {piece: {**(whole.get(piece) or {}), **some} for piece, some in pieces.items()}


def in_folder(
    party_file: str, files: Iterable[str], insertion: Insertion, data_of: DataOf
) -> Iterator[tuple[str, Insertion]]:
    """What an addition to a party's file becomes in its folder: the file, and what is put in.

    A statement, and an issue without a position so far, gets a file of its own, which may be new.
    """
    folder = f"{PARTIES}/{party_of(party_file)}"
    first, *rest = insertion.path or [""]
    if first not in PIECES:
        after = insertion.after if insertion.after in data_of(f"{folder}/{PARTY}") else None
        kept = insertion.after if insertion.path else after
        yield f"{folder}/{PARTY}", Insertion(insertion.path, insertion.held, kept)
    elif rest:
        of_piece = [name for name in files if name.startswith(f"{folder}/{first}/")]
        holders = [name for name in of_piece if rest[0] in data_of(name)]
        for name in holders[:1]:
            yield name, Insertion(rest, insertion.held, insertion.after)
        if not holders:
            yield f"{folder}/{PARTY}", Insertion(insertion.path, insertion.held, insertion.after)
    elif isinstance(insertion.held, Mapping):
        for key, value in insertion.held.items():
            yield f"{folder}/{first}/{key}.yaml", Insertion([], {key: value})
