"""Files as a whole: files that are not read, names that Windows lacks, texts cut by a comment."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Container, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path, PurePath

from claimpos.dossier.files import Folder
from claimpos.dossier.findings import SourceText, Span
from claimpos.dossier.limits import limit
from claimpos.dossier.locate import AGENDA, PARTIES, PARTY, PIECES, PROPOSALS
from claimpos.dossier.looks import normal_form
from claimpos.dossier.lookup import DEVICES
from claimpos.dossier.nodes import Map, Node, Seq
from claimpos.dossier.parsing.file import parse
from claimpos.validation.rules.rule import Diagnostic, Place, Scope, Spot, warning

_MAYBE_CUT = r" #[^\s#]"
_CUT = r"[ \t]+(#[^\s#!]\S*)"
_TOO_FAR = " " * 101
_BLANKS = r"[ \t]{101,}"
_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ](?:/|\Z)')
_DEEPEST = 8
_READ = re.compile(rf"{PROPOSALS}|{PARTIES}(/[^/]+(/({'|'.join(PIECES)}))?)?")
"""The folders of a dossier whose files are read."""
_ENDINGS = (".yaml", ".yml")
# Endings that editors, git and people add to the names of files that they keep.
_OF_COPIES = {"txt", "orig", "bak", "old"}
_LOOKS = (
    rb"(?m)^(?:(?:party|proposal|issues|sources|statements|positions)|[ -]+(?:basis|since)):"
    rb"|[{,] *(?:basis|evidence):"
)

Steps = tuple[str | int, ...]


@warning(110)
def cut_text(scope: Scope) -> Iterator[Diagnostic]:
    """CP110 warning: a # that cuts a text short, although no space follows it

    After a space, # begins a comment, and the rest of the line is not read. A comment is written
    with a space behind its #.

    FAIL
        name: Committee #5
    PASS
        name: "Committee #5"
    """
    for name, source in scope.texts.items():
        if re.search(_MAYBE_CUT, source.text):
            cut = re.compile(_CUT)
            for steps, span in _plain_texts(parse(source)[0], source, ()):
                rest = cut.match(source.line(span.end_line), span.end_column - 1)
                if rest and not rest[1].startswith("#claimpos:"):
                    yield Diagnostic(
                        Place(name, steps),
                        f"the text ends before “{rest[1]}”, because # begins a comment",
                        "put the text in quotes; if this is a comment, put a space after the #",
                    )


@warning(111)
def far_right(scope: Scope) -> Iterator[Diagnostic]:
    """CP111 warning: something behind more than 100 blanks, where hardly anybody sees it

    FAIL
        positions:
          status:
            - {since: 2025, evidence: [said],
               accepts: open,\t\t\t\t\t\t\t\t\t\t\t\t\t\trefuses: barred}
    PASS
        positions:
          status:
            - {since: 2025, evidence: [said],
               accepts: open, refuses: barred}
    """
    for name, source in scope.texts.items():
        if _TOO_FAR in source.text.replace("\t", " "):
            for number, line in enumerate(source.lines, 1):
                for blanks in re.finditer(_BLANKS, line.rstrip()):
                    place = Place(name, (Spot(number, blanks.end() + 1),))
                    message = (
                        f"{len(blanks[0]):,} blanks hide what follows: few screens are so wide"
                    )
                    yield Diagnostic(place, message, "delete the blanks, or begin a new line")


def _plain_texts(node: Node, source: SourceText, steps: Steps) -> Iterator[tuple[Steps, Span]]:
    """The texts of a file that are not in quotes: the steps to each, and its place."""
    if isinstance(node, Map):
        for key, value in node.items():
            yield from _of_value(value, partial(node.at, key), (*steps, key), source)
    elif isinstance(node, Seq):
        for index, value in enumerate(node):
            yield from _of_value(value, partial(node.at, index), (*steps, index), source)


def _of_value(
    value: Node, at: Callable[[], Span], steps: Steps, source: SourceText
) -> Iterator[tuple[Steps, Span]]:
    if isinstance(value, Map | Seq):
        yield from _plain_texts(value, source, steps)
    elif isinstance(value, str) and value:
        span = at()
        if source.line(span.line)[span.column - 1 : span.column] not in {'"', "'", "|", ">"}:
            yield steps, span


@warning(605)
def unread_file(scope: Scope) -> Iterator[Diagnostic]:
    """CP605 warning: a YAML file in the dossier's folder, or below it, that is not read

    A party's file belongs in the folder itself, a proposal in `proposals`, and each name ends in
    .yaml, in small letters. A party may have a folder in `parties` instead, with party.yaml and the
    folders `statements` and `positions`. A hidden file, or one in a hidden folder, is reported
    if it looks like a party's, a proposal or another file of a dossier; so is a name such as
    russia.yaml.txt if there is no russia.yaml. Other folders with their own agenda are left alone,
    unless they would be among these on a disk that takes capital letters for small ones.

    FAIL old/other.yaml
        party: other
    PASS old/other.txt
        party: other
    """
    read = _names_of(scope)
    folder = Folder(scope.folder)
    for name in _yaml_below(os.fspath(scope.folder)):
        if name not in read and (not _is_hidden(name) or _is_of_a_dossier(folder, name)):
            why, hint = _why_not_read(PurePath(name), read)
            yield Diagnostic(Place(name, ()), f"this file is not read: {why}", hint)


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or "/." in name


def _is_of_a_dossier(folder: Folder, name: str) -> bool:
    """Whether a file looks like one of a dossier, because hidden YAML files may be others'."""
    content = folder.content(name)
    return isinstance(content, bytes) and re.search(_LOOKS, content) is not None


def _renamed(name: str) -> str:
    """The name of a YAML file of which this one seems to be a copy; else ""."""
    proper, _, ending = name.rpartition(".")
    is_copy = ending.lower() in _OF_COPIES and proper.lower().endswith(_ENDINGS)
    return proper if is_copy and not name.startswith(".") else ""


def _yaml_below(folder: str) -> Iterator[str]:
    """The names of the YAML files in a folder and below it, in order.

    The search ends early if the folder holds far more files than a dossier may have.
    """
    left = 4 * limit("dossier-files")
    for place, folders, files in os.walk(folder):
        left -= len(folders) + len(files)
        if left < 0:
            return
        within = os.path.relpath(place, folder).replace(os.sep, "/")
        depth = 0 if within == os.curdir else within.count("/") + 1
        if depth and AGENDA in files and not _READ.fullmatch(_on_other_disks(within)):
            folders.clear()
            continue
        is_hidden = depth > 0 and os.path.basename(within).startswith(".")
        folders[:] = [] if is_hidden or depth >= _DEEPEST else sorted(folders)
        for name in sorted(files):
            renamed = _renamed(name)
            if name.lower().endswith(_ENDINGS) or (renamed and renamed not in files):
                yield name if not depth else f"{within}/{name}"


def _names_of(scope: Scope) -> set[str]:
    """The names of all files that are read, including each file of a party's folder."""
    return {name for key, text in scope.texts.items() for name in (text.files or (key,))}


def _why_not_read(path: PurePath, read: Container[str]) -> tuple[str, str]:
    """Why a file is not read, and what to do."""
    if hidden := next((part for part in path.parts if part.startswith(".")), ""):
        return (
            f"“{hidden}” is hidden, because its name begins with a dot",
            "rename it, or delete it",
        )
    above = path.parent.as_posix()
    if (elsewhere := _on_other_disks(above)) != above and _READ.fullmatch(elsewhere):
        return (
            f"it lies in “{above}”, which is “{elsewhere}” on disks that take capital letters for "
            "small ones, and there it is read",
            "move it out of the dossier, or give the folder that name",
        )
    if not path.name.endswith(_ENDINGS):
        proper = path.with_suffix(".yaml").name.lower()
        why = "its ending must be in small letters"
        if renamed := _renamed(path.name):
            proper, why = renamed.lower(), f"its ending is {path.suffix}, not .yaml"
        if (path.parent / proper).as_posix() in read:
            return why, f"delete one of the two: {proper} stands beside it"
        return why, f"rename it to {proper}"
    if path.parts[0] == PARTIES:
        home = PurePath(*path.parts[:2])
        if len(path.parts) > 2 and (home / PARTY).as_posix() not in read:
            return (
                f"“{home}” holds no {PARTY}",
                f"write {home / PARTY}, with the party's id and name",
            )
        return (
            f"of a party's folder only {PARTY} and the folders {' and '.join(PIECES)} are read",
            "move it to one of them, or out of the dossier",
        )
    return (
        f"it lies in “{path.parent}”, and only the dossier's folder and “{PROPOSALS}” are read",
        "move it to one of these, or out of the dossier",
    )


@warning(606)
def unportable_name(scope: Scope) -> Iterator[Diagnostic]:
    """CP606 warning: a file that Windows cannot hold

    On Windows con, prn, aux, nul, com1 to com9 and lpt1 to lpt9 are devices, whatever follows the
    dot, and a repository with such a file cannot be checked out; nor can one with a name that has
    a colon or the like in it.

    FAIL con.yaml
        party: con
        name: The Conservatives
        statements: {}
        positions: {}
    PASS conservatives.yaml
        party: conservatives
        name: The Conservatives
        statements: {}
        positions: {}
    """
    for name in (*scope.texts, *sorted(_names_of(scope) - scope.texts.keys())):
        file = PurePath(name)
        is_device = file.name.partition(".")[0].rstrip().casefold() in DEVICES
        if is_device or _NOT_ON_WINDOWS.search(name):
            yield Diagnostic(
                Place(name, ()),
                f"on Windows no file can be called {file.name}",
                "rename it"
                if file.parent.name in PIECES
                else "choose another id, and name the file after it",
            )


@warning(611)
def one_file_elsewhere(scope: Scope) -> Iterator[Diagnostic]:
    """CP611 warning: two files that are one on disks that do not tell their names apart

    Most disks of Windows and macOS take capital and small letters for the same, or two spellings of
    an accented letter. Of such files, only one is there after a checkout, and what the other says
    is lost. In a repository, the same goes for the dossier's folder and those above it: two folders
    become one there, with the files of both.

    FAIL parties/case/statements/SAID.yaml
        # There are parties/case/party.yaml and parties/case/statements/said.yaml, too.
        again: {source: paper, basis: stated, summary: Said so again.}
    PASS parties/case/statements/again.yaml
        # There are parties/case/party.yaml and parties/case/statements/said.yaml, too.
        again: {source: paper, basis: stated, summary: Said so again.}
    """
    first: dict[str, str] = {}
    for name in sorted(_names_of(scope), key=str.swapcase):  # small letters first
        other = first.setdefault(_on_other_disks(name), name)
        if other != name:
            yield Diagnostic(
                Place(name, ()),
                f"on disks that take capital letters for small ones, this and {other} are one file",
                "give it another name",
            )
    for name, other in _twins(scope.folder):
        yield Diagnostic(
            Place(AGENDA, ()),
            f"on disks that take capital letters for small ones, the folders {other} and {name} "
            "are one, and so are the files in them",
            f"give {other} another name",
        )


def _on_other_disks(name: str) -> str:
    """A name as disks know it that do not tell capitals, or spellings of an accent, apart."""
    return normal_form("NFC", normal_form("NFC", name).casefold())


def _twins(folder: Path) -> Iterator[tuple[str, str]]:
    """The dossier's folder, and those above it in its repository, that have such a twin."""
    from claimpos.dossier.checkout import top_of

    real = Path(os.path.realpath(folder))
    top = top_of(real)
    for place in (real, *real.parents) if top is not None else ():
        if place == top:
            return
        with suppress(OSError):
            for other in sorted(os.listdir(place.parent)):
                if other != place.name and _on_other_disks(other) == _on_other_disks(place.name):
                    yield place.name, other
