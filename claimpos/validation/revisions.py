"""Reads a dossier as it was at a revision of its git repository.

Nothing is checked out, and nothing is written.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from claimpos.dossier.checkout import is_submodule, path_within, top_of
from claimpos.dossier.files import Contents, NotRead
from claimpos.dossier.findings import Finding, SourceText, in_one_line, shown_path
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.locate import AGENDA, PARTIES, PARTY, PIECES, PROPOSALS, SOURCES
from claimpos.dossier.model import Dossier
from claimpos.errors import InvalidDossier, WrongUsage
from claimpos.validation.gate import read_dossier
from claimpos.validation.git_reader import Repository, TreeEntry

_FILES = ("100644", "100755")
_LINK = "120000"
_REMOTE = "origin"
_HOME = Path("revision")
"""The folder in paths of findings, in place of the one at the revision, which is not on disk."""


class Revision(NamedTuple):
    """A dossier at a revision: the name that was asked for, its commit, and the dossier."""

    name: str
    commit: str
    dossier: Dossier


def load_revision(folder: Path, name: str, is_nearest: bool = False) -> Revision:
    """Read the dossier that the folder held at a commit, a branch or a tag.

    Args:
        folder: The dossier's folder.
        name: What the commit is called.
        is_nearest: Whether the folder was not named, but is the nearest to the working directory.

    Raises:
        WrongUsage: The folder is not in a repository, or in another one within that of the working
            directory; there is no such revision, the folder held no dossier then, or another one
            was nearer or would have been called the same; or it exceeds the limits.
        InvalidDossier: The dossier at that revision has errors, which it carries.
    """
    repository = Repository(folder)
    _check_repository(repository, folder)
    commit = repository.commit(name)
    if commit is None:
        message = f"“{name}” is neither a date nor a commit, branch or tag of the repository"
        raise WrongUsage(message + _where_it_may_be(repository, name))
    _check_links(repository, commit, name)
    if is_nearest:
        _check_nearest(repository, commit, name, folder)
    prefix = f"{repository.folder}/" if repository.folder else ""
    wanted = _bounded(_wanted(repository, commit, name), name)
    if AGENDA not in wanted:
        place = f"“{shown_path(Path(prefix))}”" if prefix else "the repository"
        raise WrongUsage(f"there is no dossier in {place} at “{name}”")
    contents = _contents(repository, wanted, name)
    try:
        return Revision(name, commit, read_dossier(_HOME, contents))
    except InvalidDossier as error:
        paths = f"{shown_path(_HOME)}{os.sep}", f"{name}:{in_one_line(prefix)}"
        raise InvalidDossier(_replaced(error, *paths)) from None


def _check_repository(repository: Repository, folder: Path) -> None:
    """Raise WrongUsage for a repository within the working directory's, or a submodule elsewhere.

    The repository above may name any other as its submodule: a revision of that one tells nothing
    of what the folder held before.
    """
    users = None
    with suppress(OSError):  # of a working directory that is gone
        users = top_of(Path.cwd())
    if users == repository.top:
        return
    if (users and repository.top.is_relative_to(users)) or is_submodule(repository.top):
        raise WrongUsage(
            f"“{shown_path(folder)}” is in another git repository than the working directory, as "
            "in a submodule, which has revisions of its own; to compare these, change to "
            f"“{shown_path(repository.top)}” first"
        )


def _check_links(repository: Repository, commit: str, name: str) -> None:
    """Raise WrongUsage if what the user calls the dossier was another folder at the commit.

    A link that is new would have one dossier compared with another one, as if it had moved there;
    unless git does not know it, because then it is the user's own.
    """
    for link, target in repository.links.items():
        held = _entry_at(repository, commit, link)
        if not (_is_link_to(repository, held, target) if held else repository.lacks(link)):
            raise WrongUsage(
                f"“{shown_path(repository.top / link)}” is a link to “{shown_path(Path(target))}” "
                f"now, and was {'something else' if held else 'not there'} at “{name}”, so two "
                "different dossiers would be compared; to compare the folder itself, name it with "
                f"--positions, as “{shown_path(repository.top / repository.folder)}”"
            )


def _is_link_to(repository: Repository, held: TreeEntry, target: str) -> bool:
    with closing(repository.contents([held.blob], limit("file-bytes"))) as contents:
        return held.mode == _LINK and next(contents) == os.fsencode(target)


def _check_nearest(repository: Repository, commit: str, name: str, folder: Path) -> None:
    """Raise WrongUsage if a dossier lay nearer to the working directory at the commit."""
    start = Path.cwd()
    for place in (start, *start.parents):
        nearer = place / folder.name
        if nearer == folder or not place.is_relative_to(repository.top):
            return
        held = _entry_at(repository, commit, path_within(repository.top, nearer / AGENDA))
        if held is not None and (held.name == AGENDA or held.mode not in _FILES):
            raise WrongUsage(
                f"the nearest dossier is “{shown_path(folder)}” now, and was "
                f"“{shown_path(nearer)}” at “{name}”, so two different dossiers would be compared; "
                f"to compare “{shown_path(folder)}”, name it with --positions"
            )


def _entry_at(repository: Repository, tree: str, path: str) -> TreeEntry | None:
    """What is at a path in a tree, or what is above it that is no folder; None for nothing."""
    held = None
    for part in path.split("/"):
        held = next((one for one in repository.entries(tree) if one.name == part), None)
        if held is None or held.kind != "tree":
            break
        tree = held.blob
    return held


def _where_it_may_be(repository: Repository, name: str) -> str:
    """The end of the message on an unknown revision: what to do; a CI checkout often has one."""
    remote = f"{_REMOTE}/{name}"
    if repository.commit(remote) is not None:
        return f"; use {remote}"
    if repository.is_shallow():
        return (
            "; this clone is shallow: fetch all of its history (`git fetch --unshallow`; in GitHub "
            "Actions fetch-depth: 0 of actions/checkout, in GitLab GIT_DEPTH: 0)"
        )
    return ""


def _wanted(repository: Repository, commit: str, name: str) -> Iterator[tuple[str, str]]:
    """The path within the dossier and the blob of each file of the dossier."""
    for entry in repository.entries(commit, repository.folder):
        if entry.name in (PROPOSALS, PARTIES):
            _check_here(entry, name, entry.name)
        if entry.name == PROPOSALS and entry.kind == "tree":
            yield from _files_in(repository, entry, name, "")
        elif entry.name == PARTIES and entry.kind == "tree":
            for party in repository.entries(entry.blob):
                if _is_folder(party, name, f"{PARTIES}/"):
                    yield from _of_party(repository, party, name)
        elif _is_file(entry, name):
            yield entry.name, entry.blob


def _of_party(repository: Repository, party: TreeEntry, name: str) -> Iterator[tuple[str, str]]:
    """The path within the dossier and the blob of each file of a party's folder, party.yaml first.

    Without a party.yaml there are none, because it is not a party's folder.
    """
    above = f"{PARTIES}/{party.name}/"
    held = {entry.name: entry for entry in repository.entries(party.blob)}
    pieces = [held[one] for one in PIECES if one in held and _is_folder(held[one], name, above)]
    if PARTY not in held or not _is_file(held[PARTY], name, above):
        return
    yield above + PARTY, held[PARTY].blob
    for piece in pieces:
        yield from _files_in(repository, piece, name, above)


def _files_in(
    repository: Repository, folder: TreeEntry, name: str, above: str
) -> Iterator[tuple[str, str]]:
    within = f"{above}{folder.name}/"
    for entry in repository.entries(folder.blob):
        if _is_file(entry, name, within):
            yield within + entry.name, entry.blob


def _check_here(entry: TreeEntry, name: str, path: str) -> None:
    """Raise WrongUsage for a submodule, whose files are not at the revision."""
    if entry.kind == "commit" and not entry.name.startswith("."):
        raise WrongUsage(
            f"at “{name}”, {in_one_line(path)} is a submodule, whose files are in another "
            "repository"
        )


def _is_folder(entry: TreeEntry, name: str, above: str) -> bool:
    """Whether an entry is a folder that is not hidden.

    Raises WrongUsage if it is a link or a submodule, or if its name is a path.
    """
    path = f"{above}{entry.name}"
    if entry.name != os.path.basename(entry.name):
        raise WrongUsage(f"at “{name}” a folder is named “{in_one_line(path)}”, which is a path")
    if entry.mode == _LINK:
        raise WrongUsage(
            f"at “{name}”, {in_one_line(path)} is a link, which cannot be followed there"
        )
    _check_here(entry, name, path)
    return entry.kind == "tree" and not entry.name.startswith(".")


def _is_file(entry: TreeEntry, name: str, above: str = "") -> bool:
    """Whether an entry is a file of a dossier.

    Raises WrongUsage if it should be one but is a link, or if its name is a path.
    """
    path = f"{above}{entry.name}"
    is_yaml = entry.name.endswith((".yaml", ".yml"))
    if is_yaml and entry.name != os.path.basename(entry.name):
        raise WrongUsage(f"at “{name}” a file is named “{in_one_line(path)}”, which is a path")
    if entry.mode == _LINK and (is_yaml or path in (PROPOSALS, PARTIES)):
        raise WrongUsage(
            f"at “{name}”, {in_one_line(path)} is a link, which cannot be followed there"
        )
    return is_yaml and entry.mode in _FILES and not entry.name.startswith(".")


def _bounded(wanted: Iterable[tuple[str, str]], name: str) -> dict[str, str]:
    """The blobs by path; raises WrongUsage as soon as there are too many."""
    bound = min(("revision-files", "dossier-files"), key=limit)
    found: dict[str, str] = {}
    for path, blob in wanted:
        found[path] = blob
        if len(found) > limit(bound):
            most = f"{limit(bound):,}"
            raise WrongUsage(
                f"at “{name}” the dossier has more than {most} files; {how_to_raise(bound)}"
            )
    return found


def _contents(repository: Repository, wanted: Mapping[str, str], name: str) -> Contents:
    """The contents of the files; raises WrongUsage if one is missing or they are too large.

    If there is no list of sources, it is a NotRead, as for a folder on disk.
    """
    bound = min(("revision-bytes", "dossier-bytes"), key=limit)
    largest, left = limit("file-bytes"), limit(bound)
    contents: Contents = {SOURCES: NotRead("no such file or directory")}
    with closing(repository.contents(wanted.values(), largest)) as held:
        for path, content in zip(wanted, held, strict=True):
            if content is None:
                raise WrongUsage(
                    f"at “{name}” git lacks the content of {in_one_line(path)}: the repository is "
                    "damaged, or a partial clone, for which claimpos fetches nothing: run "
                    "`git fetch --refetch --no-filter`, or clone without --filter"
                )
            if isinstance(content, int):
                raise WrongUsage(
                    f"at “{name}” {in_one_line(path)} has {content} bytes; "
                    f"{how_to_raise('file-bytes')}"
                )
            left -= len(content)
            if left < 0:
                raise WrongUsage(
                    f"at “{name}” the files of the dossier are too large together; "
                    f"{how_to_raise(bound)}"
                )
            contents[path] = content
    return contents


def _replaced(error: InvalidDossier, home: str, shown: str) -> list[Finding]:
    """The findings with paths as git writes them: HEAD:positions/us.yaml."""
    sources = {found.source for found in error.findings}
    renamed = {
        source: SourceText(source.path.replace(home, shown, 1), source.text) for source in sources
    }
    return [found._replace(source=renamed[found.source]) for found in error.findings]
