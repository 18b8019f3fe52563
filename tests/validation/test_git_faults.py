"""Damaged, oversized and odd repositories, and a git that misbehaves: one line, within bounds."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest

from claimpos import load_dossier
from claimpos.dossier.checkout import left_out
from claimpos.dossier.limits import VARIABLE
from claimpos.errors import InvalidDossier, WrongUsage
from claimpos.validation.revisions import load_revision
from tests.cli.process import COMMAND, environment
from tests.support import largely, within, write_short
from tests.validation.repositories import (
    AGENDA,
    ANN,
    commit,
    entry,
    git,
    grown,
    loose_object,
    needs_git,
    new_repository,
)

pytestmark = needs_git

OBJECTS = [
    "HEAD",
    "HEAD^{tree}",
    "HEAD:talks",
    "HEAD:talks/positions",
    "HEAD:talks/positions/ann.yaml",
]


def refused(folder: Path, name: str = "HEAD") -> str:
    """What a refusal says, in one line; after it no git is left at work."""
    before = children()
    with pytest.raises(WrongUsage) as caught:
        load_revision(folder, name)
    assert children() <= before
    said = str(caught.value)
    assert "\n" not in said
    assert len(said) < 5_000
    return said


def children() -> set[str]:
    """The processes that this thread has started, where the system lists them."""
    listed = Path(f"/proc/self/task/{threading.get_native_id()}/children")
    return set(listed.read_text().split()) if listed.exists() else set()


@pytest.mark.parametrize("damage", ["gone", "empty", "cut short", "nonsense"])
@pytest.mark.parametrize("what", OBJECTS)
def test_a_damaged_object(what: str, damage: str, repository: Path) -> None:
    folder = commit(repository, ann=ANN)
    path = loose_object(repository, git(repository, "rev-parse", what))
    content = path.read_bytes()
    path.unlink()
    damaged = {"empty": b"", "cut short": content[: len(content) // 2], "nonsense": b"nonsense"}
    if damage != "gone":
        path.write_bytes(damaged[damage])
    refused(folder)


@pytest.mark.parametrize("at", [0, 10, 40, -30])
def test_a_damaged_pack(at: int, repository: Path) -> None:
    folder = commit(repository, ann=ANN)
    git(repository, "gc", "-q")
    (pack,) = (repository / ".git" / "objects" / "pack").glob("*.pack")
    content = bytearray(pack.read_bytes())
    content[at : at + 8 if at >= 0 else None] = b"\xff" * 8
    pack.chmod(0o644)
    pack.write_bytes(content)
    refused(folder)


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        ("file-bytes=5000", r"zz\.yaml has 20000 bytes; .*CLAIMPOS_LIMITS=file-bytes"),
        ("revision-bytes=15000", r"too large.*CLAIMPOS_LIMITS=revision-bytes"),
        ("revision-files=3", r"has more than 3 files; .*CLAIMPOS_LIMITS=revision-files"),
    ],
)
def test_a_dossier_that_is_too_large(
    limits: str, message: str, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = commit(repository, ann=ANN)
    blob = git(repository, "hash-object", "-w", "--stdin", tell=b"#" * 20_000)
    name = grown(repository, entry("100644", "blob", blob, "zz.yaml"))
    monkeypatch.setenv(VARIABLE, limits)
    assert re.search(message, refused(folder, name))


def test_a_file_named_many_times(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = commit(repository, ann=ANN)
    blob = git(repository, "hash-object", "-w", "--stdin", tell=b"#" * 50_000)
    many = [entry("100644", "blob", blob, f"z{number}.yaml") for number in range(30)]
    name = grown(repository, *many)
    monkeypatch.setenv(VARIABLE, "revision-bytes=1000000")
    with pytest.raises(WrongUsage, match="too large together"):
        load_revision(folder, name)


def test_a_file_that_git_cannot_hold(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = commit(repository, ann=ANN)
    blob = git(repository, "hash-object", "-w", "--stdin", tell=b"#" * 900_000)
    name = grown(repository, entry("100644", "blob", blob, "zz.yaml"))
    monkeypatch.setenv(VARIABLE, "revision-bytes=500000")
    with pytest.raises(WrongUsage, match=r"too large for git to unpack.*revision-bytes"):
        load_revision(folder, name)


@pytest.mark.parametrize("place", ["", "proposals/"])
def test_other_folders_are_not_gone_through(
    place: str, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder of ten million files, made of eight objects."""
    folder = commit(repository, ann=ANN)
    tree, kind, mode = git(repository, "hash-object", "-w", "--stdin", tell=b"x"), "blob", "100644"
    for _ in range(7):
        ten = b"".join(entry(mode, kind, tree, f"x{number}") for number in range(10))
        tree, kind, mode = git(repository, "mktree", tell=ten), "tree", "040000"
    if place:
        tree = git(repository, "mktree", tell=entry(mode, kind, tree, "deep"))
    name = grown(repository, entry(mode, kind, tree, place.rstrip("/") or "deep"))
    monkeypatch.setenv(VARIABLE, "revision-bytes=2000000")
    assert load_revision(folder, name).dossier == load_dossier(folder)


PATHS = ["../evil.yaml", "../../evil.yml", "./evil.yaml", "a/b.yaml", "proposals/../../evil.yaml"]
PATHS += ["/evil.yaml", "../.git/hooks/x.yaml"]


def raw_tree(repository: Path, *entries: bytes) -> str:
    """A tree that git itself would not make."""
    words = ("hash-object", "-t", "tree", "-w", "--literally", "--stdin")
    return git(repository, *words, tell=b"".join(entries))


def raw_entry(repository: Path, path: bytes, content: bytes = b"{}") -> bytes:
    blob = git(repository, "hash-object", "-w", "--stdin", tell=content)
    return b"100644 " + path + b"\0" + bytes.fromhex(blob)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("above", ["", "proposals"])
def test_a_name_that_is_a_path(path: str, above: str, repository: Path, tmp_path: Path) -> None:
    folder = commit(repository, ann=ANN)
    agenda = (folder / "agenda.yaml").read_bytes()
    tree = raw_tree(
        repository,
        *([] if above else [raw_entry(repository, path.encode())]),
        raw_entry(repository, b"agenda.yaml", agenda),
    )
    if above:
        inner = raw_tree(repository, raw_entry(repository, path.encode()))
        tree = git(repository, "mktree", tell=entry("040000", "tree", inner, "proposals"))
    for part in ("positions", "talks"):
        tree = git(repository, "mktree", tell=entry("040000", "tree", tree, part))
    name = git(repository, "commit-tree", "-m", "x", tree)
    assert "which is a path" in refused(folder, name)
    assert not list(tmp_path.rglob("evil.*"))


def test_a_name_that_is_too_long_for_a_disk(repository: Path) -> None:
    folder = commit(repository, ann=ANN)
    blob = git(repository, "hash-object", "-w", "--stdin", tell=b"{}")
    name = grown(repository, entry("100644", "blob", blob, f"{'x' * 300}.yaml"))
    with pytest.raises(InvalidDossier) as told:
        load_revision(folder, name)
    assert {Path(one.source.path).name for one in told.value.findings} == {f"{'x' * 300}.yaml"}


def test_nothing_is_written(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So a full disk, and whatever kills the command, leaves nothing behind."""
    folder = commit(repository, ann=ANN)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    before = sorted(tmp_path.rglob("*"))
    assert load_revision(folder, "HEAD").dossier.parties.keys() == {"ann"}
    assert sorted(tmp_path.rglob("*")) == before


AT_ONCE = {
    "echo 'fatal: something is wrong' >&2; exit 128": "git says “fatal: something is wrong”",
    "kill -9 $$": "git gave no answer",
}
MISBEHAVING = AT_ONCE | {
    "sleep 60": "no answer within 1 seconds; .*git-seconds",
    "sleep 60 & wait": "no answer within 1 seconds",
    "yes": "answer is too long; .*revision-bytes|no answer within",
    "yes >&2": "no answer within 1 seconds",
    "trap '' TERM INT HUP; cat; sleep 60": "no answer within 1 seconds",
    "exec >&-; sleep 60": "no answer within 1 seconds",
}


@pytest.mark.skipif(os.name != "posix", reason="a stand-in for git is a shell script")
@pytest.mark.parametrize("script", largely(MISBEHAVING, "sleep 60", *AT_ONCE))
def test_a_git_that_misbehaves(
    script: str, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = commit(repository, ann=ANN)
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "git"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    monkeypatch.setenv(VARIABLE, "git-seconds=1")
    start = time.monotonic()
    told = f"no revision of the dossier's folder can be read: .*({MISBEHAVING[script]})"
    with pytest.raises(WrongUsage, match=told):
        load_revision(folder, "HEAD")
    assert time.monotonic() - start < 10


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name")
@pytest.mark.parametrize("path", ["include.path pipe", "include.path /dev/zero", "core.worktree /"])
def test_a_setting_that_would_stop_git(
    path: str, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = commit(repository, ann=ANN)
    os.mkfifo(repository / ".git" / "pipe")
    git(repository, "config", *path.split())
    monkeypatch.setenv(VARIABLE, "git-seconds=1")
    start = time.monotonic()
    if path.startswith("include"):
        refused(folder)
    else:
        assert load_revision(folder, "HEAD").dossier == load_dossier(folder)
    assert time.monotonic() - start < 10


@pytest.mark.parametrize("text", ["", "gitdir: nowhere", "gitdir: .git", "gitdir: /dev/zero", "x"])
def test_a_file_that_leads_to_no_repository(text: str, tmp_path: Path) -> None:
    folder = write_short(tmp_path / "positions", AGENDA, {"ann": ANN})
    (folder / ".git").write_text(text)
    assert "git says" in refused(folder)


def test_a_shallow_clone(repository: Path, tmp_path: Path) -> None:
    commit(repository, ann=ANN)
    commit(repository, ann={})
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{repository}", "clone")
    folder = tmp_path / "clone" / "talks" / "positions"
    assert load_revision(folder, "HEAD").dossier == load_dossier(folder)
    assert "nor a commit, branch or tag" in refused(folder, "HEAD~1")


def test_a_partial_clone_that_has_the_files(repository: Path, tmp_path: Path) -> None:
    commit(repository, ann=ANN)
    git(repository, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--filter=blob:none", f"file://{repository}", "clone")
    folder = tmp_path / "clone" / "talks" / "positions"
    assert load_revision(folder, "HEAD").dossier == load_dossier(folder)


def test_a_second_work_tree(repository: Path, tmp_path: Path) -> None:
    commit(repository, ann=ANN)
    git(repository, "worktree", "add", "-q", str(tmp_path / "second"))
    folder = tmp_path / "second" / "talks" / "positions"
    assert (tmp_path / "second" / ".git").is_file()
    assert load_revision(folder, "second").dossier == load_dossier(folder)


def test_a_submodule_with_a_dossier(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its revisions are compared within it: the repository above may change which one it is."""
    commit(repository, ann=ANN)
    whole = new_repository(tmp_path / "whole")
    git(whole, "submodule", "add", "-q", str(repository), "part")
    folder = whole / "part" / "talks" / "positions"
    for place in (whole, tmp_path, repository):
        monkeypatch.chdir(place)
        with pytest.raises(WrongUsage, match="as in a submodule, which has revisions of its own"):
            load_revision(folder, "HEAD")
    monkeypatch.chdir(folder.parent)
    assert load_revision(folder, "HEAD").dossier == load_dossier(folder)


@pytest.mark.parametrize("path", ["part", "part/inner"])
def test_a_submodule_of_a_second_work_tree(
    path: str, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its data are with those of the work tree; an index is there, too."""
    commit(repository, ann=ANN, bob=ANN)
    middle, whole = (new_repository(tmp_path / name) for name in ("middle", "whole"))
    git(middle, "submodule", "add", "-q", str(repository), "inner")
    git(middle, "commit", "-qm", "One")
    part = repository if path == "part" else middle
    git(whole, "submodule", "add", "-q", str(part), "part")
    git(whole, "commit", "-qm", "Two")
    git(whole, "worktree", "add", "-q", str(tmp_path / "second"))
    git(tmp_path / "second", "submodule", "update", "--init", "--recursive")
    checkout = tmp_path / "second" / path
    assert "worktrees" in (checkout / ".git").read_text()
    folder = checkout / "talks" / "positions"
    monkeypatch.chdir(checkout)
    assert load_revision(folder, "HEAD").dossier == load_dossier(folder)
    git(checkout, "sparse-checkout", "set", "--no-cone", "/*", "!ann.yaml")
    assert [*left_out(folder)] == ["ann.yaml"]


@pytest.mark.parametrize("start", [".", "talks", "talks/positions", ".git"])
def test_from_any_folder(start: str, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = commit(repository, ann=ANN)
    monkeypatch.chdir(repository / start)
    relative = Path(os.path.relpath(folder))
    assert load_revision(relative, "HEAD").dossier == load_dossier(folder)


@pytest.mark.parametrize(
    "name",
    ["", "with space", "line\nend", ":(exclude)x", "*", "-x", "ü", b"\xff".decode("latin-1")],
)
def test_a_folder_of_any_name(name: str, tmp_path: Path) -> None:
    repository = new_repository(tmp_path / "a\nb")
    folder = write_short(repository / name / "x" if name else repository, AGENDA, {"ann": ANN})
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "x")
    assert load_revision(folder, "HEAD").dossier == load_dossier(folder)


def test_a_dossier_behind_a_link(repository: Path, tmp_path: Path) -> None:
    folder = commit(repository, ann=ANN)
    (tmp_path / "short").symlink_to(folder)
    assert load_revision(tmp_path / "short", "HEAD").dossier == load_dossier(folder)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away"
)
def test_a_repository_of_another_owner(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = commit(repository, ann=ANN)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("SUDO_UID", raising=False)
    for path in (repository, repository / ".git"):
        os.chown(path, 12345, 12345)
    said = refused(folder)
    assert "dubious ownership" in said
    assert f"git config --global --add safe.directory {repository}" in said
    git(home, "config", "--global", "safe.directory", str(repository))
    assert load_revision(folder, "HEAD").dossier == load_dossier(folder)


def test_many_files_in_the_folders_of_many_parties(repository: Path) -> None:
    """A tree of very many files takes little room, and may stand in another as often as one likes.

    The list of them ends where there are too many.
    """
    folder = commit(repository, ann=ANN)
    blob = git(repository, "hash-object", "-w", "--stdin", tell=b"{}")
    held = (b"100644 %05d.yaml\0" % n + bytes.fromhex(blob) for n in range(6_000))
    files = raw_tree(repository, *held)
    tree = entry("100644", "blob", blob, "party.yaml")
    for piece in ("positions", "statements"):
        tree += entry("040000", "tree", files, piece)
    party = git(repository, "mktree", tell=tree)
    tree = b"".join(entry("040000", "tree", party, f"p{n}") for n in range(40))
    parties = git(repository, "mktree", tell=tree)
    name = grown(repository, entry("040000", "tree", parties, "parties"))
    with within(1):
        assert "more than 5,000 files" in refused(folder, name)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="processes are looked up in /proc")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_no_git_behind(
    number: signal.Signals, repository: Path, tmp_path: Path
) -> None:
    """Its settings include a pipe, for which git would wait without end."""
    folder = commit(repository, ann=ANN, bo=ANN)
    os.mkfifo(repository / ".git" / "pipe")
    git(repository, "config", "include.path", "pipe")
    words = ["changes", "ann", "bo", "--from", "HEAD", "--positions", str(folder)]
    command = subprocess.Popen(
        [*COMMAND, *words], env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    children = Path(f"/proc/{command.pid}/task/{command.pid}/children")
    until = time.monotonic() + 8
    while not (found := children.read_text().split()) and time.monotonic() < until:
        time.sleep(0.02)
    (child,) = found
    command.send_signal(number)
    assert command.wait(timeout=20) == -number
    while Path(f"/proc/{child}").exists() and time.monotonic() < until + 5:
        time.sleep(0.02)
    assert not Path(f"/proc/{child}").exists()
