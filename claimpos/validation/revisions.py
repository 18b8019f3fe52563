"""A dossier as it was at a revision of the git repository that it lies in.

git is only asked, through its command line: nothing is checked out and nothing is written but a
folder for the while.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from claimpos.dossier.finding_home import AGENDA, PROPOSALS
from claimpos.dossier.findings import Finding, SourceText, shown_path
from claimpos.dossier.model import Dossier
from claimpos.errors import InvalidDossier, WrongUsage
from claimpos.validation.gate import read_dossier

_FILES = ("100644", "100755")
_LINK = "120000"


class Revision(NamedTuple):
    """A dossier at a revision: as it was named, the commit that is, and what the files held."""

    name: str
    commit: str
    dossier: Dossier


def load_revision(folder: Path, name: str) -> Revision:
    """Read the dossier that the folder held at a commit, a branch or a tag.

    Raises WrongUsage outside a repository, for an unknown revision, and for one at which the
    folder held no dossier; InvalidDossier with every fault of the dossier at that revision.
    """
    prefix = _ask(folder, "rev-parse", "--show-prefix").decode().strip()
    commit = _commit(folder, name)
    listed = [record for record in _ask(folder, "ls-tree", "-rz", commit).split(b"\0") if record]
    wanted = dict(filter(None, (_wanted(record, name) for record in listed)))
    if AGENDA not in wanted:
        raise WrongUsage(f"at “{name}” there is no dossier in {prefix or 'the repository'}")
    with TemporaryDirectory() as scratch:
        home = Path(scratch)
        (home / PROPOSALS).mkdir()
        for path, content in zip(wanted, _contents(folder, wanted.values()), strict=True):
            (home / path).write_bytes(content)
        try:
            return Revision(name, commit, read_dossier(home))
        except InvalidDossier as error:
            told = f"{shown_path(home)}{os.sep}", f"{name}:{prefix}"
            raise InvalidDossier(_replaced(error, *told)) from None


def _replaced(error: InvalidDossier, scratch: str, shown: str) -> list[Finding]:
    """The findings with the files named as git names them: HEAD:positions/us.yaml."""
    sources = {found.source for found in error.findings}
    renamed = {
        source: SourceText(source.path.replace(scratch, shown, 1), source.text)
        for source in sources
    }
    return [found._replace(source=renamed[found.source]) for found in error.findings]


def _commit(folder: Path, name: str) -> str:
    asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    found = None if "\0" in name or not name else _run(folder, *asked)
    if found is None or found.returncode:
        raise WrongUsage(
            f"“{name}” is no date, and no commit, branch or tag of the repository either"
        )
    return found.stdout.decode().strip()


def _wanted(record: bytes, name: str) -> tuple[str, str] | None:
    """The path and the blob of a file of a dossier, out of git's list of all files below."""
    about, _, raw = record.partition(b"\t")
    path = os.fsdecode(raw)
    mode, kind, blob = about.decode().split()
    parent, _, file = path.rpartition("/")
    if parent not in ("", PROPOSALS) or not file.endswith((".yaml", ".yml")):
        return None
    if mode == _LINK:
        raise WrongUsage(f"at “{name}” {path} is a link, which cannot be followed there")
    return (path, blob) if mode in _FILES and kind == "blob" else None


def _contents(folder: Path, blobs: Iterable[str]) -> Iterator[bytes]:
    """What git holds under these names, all asked for at once."""
    answer = _ask(folder, "cat-file", "--batch", tell="".join(f"{blob}\n" for blob in blobs))
    while answer:
        head, _, rest = answer.partition(b"\n")
        size = int(head.split()[-1])
        yield rest[:size]
        answer = rest[size + 1 :]


def _ask(folder: Path, *words: str, tell: str = "") -> bytes:
    found = _run(folder, *words, tell=tell)
    if found.returncode:
        why = found.stderr.decode(errors="replace").strip().partition("\n")[0]
        raise WrongUsage(f"the dossier's folder has no revisions: git says “{why}”")
    return found.stdout


def _run(folder: Path, *words: str, tell: str = "") -> subprocess.CompletedProcess[bytes]:
    """What git answers when it is asked in the folder, in English."""
    try:
        return subprocess.run(
            ["git", *words],
            cwd=folder,
            input=tell.encode(),
            capture_output=True,
            check=False,
            env={**_unbound(), "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"},
        )
    except FileNotFoundError:
        raise WrongUsage("to compare revisions, git must be installed") from None


def _unbound() -> dict[str, str]:
    """The environment without what a hook of git sets, which is about another folder."""
    bound = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"}
    return {key: value for key, value in os.environ.items() if key not in bound}
