"""Repositories and environments that would have git run, fetch, follow or write something.

Each trap is first sprung by git itself, or else a test of it would show nothing; reading a
revision must leave it alone.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from claimpos import load_dossier
from claimpos.errors import WrongUsage
from claimpos.validation.revisions import load_revision
from tests.validation.repositories import (
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

# What a remote's section says so that a fetch from it runs a command; {} is the command.
REMOTES = {
    "a local upload-pack": {"url": ".", "uploadpack": "{}; false"},
    "an address of a file": {"url": "file:///", "uploadpack": "{}; false"},
    "a helper that is a command": {"url": "ext::sh -c {}"},
    "an ssh command": {"url": "ssh://nowhere.example/x"},
    "a proxy": {"url": "git://nowhere.example/x"},
    "only a push address": {"url": ".", "pushurl": "x", "uploadpack": "sh -c '{}'"},
}
ALLOWED = {
    "protocol.file.allow": "always",
    "protocol.ext.allow": "always",
    "protocol.ssh.allow": "always",
    "protocol.git.allow": "always",
    "protocol.allow": "always",
}


class Trap:
    """A command that leaves a mark when it is run."""

    def __init__(self, folder: Path) -> None:
        self.mark = folder / "mark"
        self.command = folder / "trap"
        self.command.write_text(f"#!/bin/sh\ntouch '{self.mark}'\nexit 1\n")
        self.command.chmod(0o755)

    def sprung(self) -> bool:
        """Whether it was run since it was last asked."""
        found = self.mark.exists()
        self.mark.unlink(missing_ok=True)
        return found


@pytest.fixture
def trap(tmp_path: Path) -> Trap:
    folder = tmp_path / "trap"
    folder.mkdir()
    return Trap(folder)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    return folder


@pytest.fixture(params=["this git", "an older git"])
def any_git(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Git as it is, and without GIT_NO_LAZY_FETCH, which older versions do not know."""
    if request.param == "an older git":
        folder = tmp_path / "older"
        folder.mkdir()
        program = folder / "git"
        program.write_text(
            f'#!/bin/sh\nunset GIT_NO_LAZY_FETCH\nexec "{shutil.which("git")}" "$@"\n'
        )
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return str(request.param)


def promise(repository: Path, blob: str, remote: dict[str, str], trap: Trap) -> None:
    """Take a blob out of a repository that has it fetched from the remote."""
    settings = {
        "core.repositoryformatversion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "core.sshCommand": str(trap.command),
        "core.gitProxy": str(trap.command),
        **ALLOWED,
        **{f"remote.origin.{key}": text.format(trap.command) for key, text in remote.items()},
    }
    for key, text in settings.items():
        git(repository, "config", key, text)
    objects = repository / ("objects" if (repository / "objects").is_dir() else ".git/objects")
    (objects / blob[:2] / blob[2:]).unlink()


@pytest.mark.parametrize("remote", REMOTES.values(), ids=REMOTES)
def test_a_promised_object_is_not_fetched(
    remote: dict[str, str], repository: Path, trap: Trap, any_git: str
) -> None:
    folder = commit(repository, ann=ANN)
    blob = git(repository, "rev-parse", "HEAD:talks/positions/ann.yaml")
    promise(repository, blob, remote, trap)
    git(repository, "cat-file", "-e", blob, fails=True)
    assert trap.sprung()
    with pytest.raises(WrongUsage, match=r"partial clone.*--no-filter") as caught:
        load_revision(folder, "HEAD")
    assert not trap.sprung()
    assert "\n" not in str(caught.value)


def test_of_a_promised_object_git_may_say_only_that_it_may_not_be_fetched(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = commit(repository, ann=ANN)
    (tmp_path / "ended").mkdir()
    program = tmp_path / "ended" / "git"
    program.write_text(
        f'''#!/bin/sh
case "$*" in *cat-file*) echo "fatal: transport 'ext' not allowed" >&2; kill -PIPE $$;; esac
exec "{shutil.which("git")}" "$@"
'''
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(WrongUsage, match=r"partial clone.*--no-filter"):
        load_revision(folder, "HEAD")


@pytest.mark.parametrize("missing", ["HEAD", "HEAD^{tree}", "HEAD:talks", "HEAD:talks/positions"])
def test_nor_is_a_commit_or_a_folder(
    missing: str, repository: Path, trap: Trap, any_git: str
) -> None:
    folder = commit(repository, ann=ANN)
    name = git(repository, "rev-parse", missing)
    promise(repository, name, REMOTES["a local upload-pack"], trap)
    git(repository, "cat-file", "-e", name, fails=True)
    assert trap.sprung()
    with pytest.raises(WrongUsage):
        load_revision(folder, "HEAD")
    assert not trap.sprung()


@pytest.mark.parametrize("place", [".", ".."])
def test_a_bare_repository_among_the_files(
    place: str, repository: Path, tmp_path: Path, trap: Trap, any_git: str
) -> None:
    folder = commit(repository, ann=ANN)
    true = load_dossier(folder)
    bare = tmp_path / "bare"
    git(tmp_path, "clone", "-q", "--bare", str(repository), str(bare))
    blob = git(bare, "rev-parse", "HEAD:talks/positions/ann.yaml")
    promise(bare, blob, REMOTES["a local upload-pack"], trap)
    shutil.copytree(bare, folder / place, dirs_exist_ok=True)
    git(folder / place, "cat-file", "-e", blob, fails=True)
    assert trap.sprung()
    git(repository, "add", "-Af", ".")
    git(repository, "commit", "-qm", "A better offer")
    assert load_revision(folder, "HEAD~1").dossier == true
    assert not trap.sprung()


# A setting, and the command of git that springs it.
SETTINGS: dict[str, tuple[str, ...]] = {
    "core.fsmonitor": ("status",),
    "core.editor": ("commit", "--amend"),
    "diff.external": ("diff",),
    "diff.x.textconv": ("diff", "--no-ext-diff"),
    "diff.x.command": ("diff",),
    "filter.x.clean": ("add", "--renormalize", "."),
    "filter.x.smudge": ("checkout-index", "-af"),
    "filter.x.process": ("checkout-index", "-af"),
    "alias.zz": ("zz",),
    "gpg.program": ("commit", "-S", "--allow-empty", "-m", "x"),
    "core.hooksPath": ("commit", "--allow-empty", "-m", "x"),
}


@pytest.mark.parametrize("place", ["the repository", "the home", "an included file"])
@pytest.mark.parametrize("setting", SETTINGS)
def test_a_setting_that_names_a_program(
    setting: str, place: str, repository: Path, home: Path, trap: Trap
) -> None:
    (repository / ".gitattributes").write_text("* filter=x diff=x\n")
    folder = commit(repository, ann=ANN)
    true = load_dossier(folder)
    target = {
        "the repository": repository / ".git" / "config",
        "the home": home / ".gitconfig",
        "an included file": repository / "included",
    }[place]
    command = str(trap.command)
    if setting == "core.hooksPath":
        shutil.copy(trap.command, trap.command.parent / "pre-commit")
        command = str(trap.command.parent)
    elif setting == "alias.zz":
        command = f"!{command}"
    git(repository, "config", "--file", str(target), setting, command)
    if place == "an included file":
        git(repository, "config", "include.path", str(target))
    (folder / "ann.yaml").write_text("changed: 1\n")
    git(repository, *SETTINGS[setting], fails=True)
    assert trap.sprung()
    assert load_revision(folder, "HEAD").dossier == true
    assert not trap.sprung()


@pytest.mark.parametrize("hook", ["post-checkout", "post-index-change", "reference-transaction"])
def test_a_hook(hook: str, repository: Path, trap: Trap) -> None:
    folder = commit(repository, ann=ANN)
    shutil.copy(trap.command, repository / ".git" / "hooks" / hook)
    git(repository, "checkout", "-q", "-B", "other", fails=True)
    (folder / "ann.yaml").touch()
    git(repository, "update-index", "--refresh", fails=True)
    assert trap.sprung()
    load_revision(folder, "HEAD")
    assert not trap.sprung()


@pytest.mark.parametrize("path", [".:", ":", "bin:", "./bin/../bin/:", "../positions:"])
def test_a_git_in_the_working_directory(
    path: str, repository: Path, trap: Trap, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = commit(repository, ann=ANN)
    (folder / "bin").mkdir()
    for place in (folder, folder / "bin"):
        shutil.copy(trap.command, place / "git")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PATH", path + os.environ["PATH"])
    subprocess.run(["git"], cwd=folder)
    assert trap.sprung()
    assert load_revision(folder, "HEAD").dossier == load_dossier(folder)
    assert not trap.sprung()


# Variables of git; {other} is a repository of somebody else, {trap} a command, {new} a new file.
VARIABLES = {
    "another repository": {"GIT_DIR": "{other}/.git", "GIT_WORK_TREE": "{other}"},
    "another place of the settings": {"GIT_COMMON_DIR": "{other}/.git"},
    "other objects": {"GIT_OBJECT_DIRECTORY": "{other}/.git/objects"},
    "a trace": {"GIT_TRACE": "{new}"},
    "a trace of events": {"GIT_TRACE2_EVENT": "{new}"},
    "a redirection": {"GIT_REDIRECT_STDOUT": "{new}", "GIT_TRACE_SETUP": "{new}"},
    "settings as options": {"GIT_CONFIG_PARAMETERS": "'nonsense"},
    "a file of settings": {"GIT_CONFIG_GLOBAL": "{trap}"},
    "a system's settings": {"GIT_CONFIG_SYSTEM": "{trap}"},
    "no file of its own": {"GIT_SHALLOW_FILE": "{trap}"},
    "a limit": {"GIT_ALLOC_LIMIT": "1"},
}


@pytest.mark.parametrize("variables", VARIABLES.values(), ids=VARIABLES)
def test_a_variable_of_git(
    variables: dict[str, str],
    repository: Path,
    tmp_path: Path,
    trap: Trap,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = commit(repository, ann=ANN)
    true = load_dossier(folder)
    other, new = new_repository(tmp_path / "other"), tmp_path / "new"
    commit(other, bo={})
    for name, text in variables.items():
        monkeypatch.setenv(name, text.format(other=other, trap=trap.command, new=new))
    assert load_revision(folder, "HEAD").dossier == true
    assert not new.exists()


def test_other_programs_of_git(
    repository: Path, trap: Trap, any_git: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = commit(repository, ann=ANN)
    blob = git(repository, "rev-parse", "HEAD:talks/positions/ann.yaml")
    promise(repository, blob, REMOTES["a local upload-pack"], trap)
    shutil.copy(trap.command, trap.command.parent / "git")
    monkeypatch.setenv("GIT_EXEC_PATH", str(trap.command.parent))
    with pytest.raises(WrongUsage):
        load_revision(folder, "HEAD")
    assert not trap.sprung()


@pytest.mark.parametrize("target", ["normalTarget", "eventTarget", "perfTarget"])
def test_a_log_that_the_home_asks_for(target: str, repository: Path, home: Path) -> None:
    folder = commit(repository, ann=ANN)
    log = home / "log"
    git(home, "config", "--global", f"trace2.{target}", str(log))
    git(repository, "status")
    assert log.exists()
    log.unlink()
    load_revision(folder, "HEAD")
    assert not log.exists()


def borrow(repository: Path, other: Path, how: str) -> None:
    """Move the objects of a repository to another, and have the first read them there."""
    objects, lent = repository / ".git" / "objects", other / ".git" / "objects"
    shutil.rmtree(lent)
    shutil.move(objects, lent)
    if how == "a link":
        objects.symlink_to(lent)
        return
    (objects / "info").mkdir(parents=True)
    alternates = objects / "info" / "alternates"
    text = f"{os.path.relpath(lent, objects)}\n" if how == "a relative path" else f"{lent}\n"
    if how == "a file that is a link":
        (other / "list").write_text(text)
        alternates.symlink_to(other / "list")
    else:
        alternates.write_text(f"# a comment\n{text}" if how == "after a comment" else text)


BORROWING = ["a path", "a relative path", "after a comment", "a file that is a link", "a link"]


def lead_to(other: Path, repository: Path, how: str) -> None:
    """Have a folder with a repository of its own show what another repository holds."""
    own, others = repository / ".git", other / ".git"
    if how == "objects that are links":
        loose = [path for path in (others / "objects").iterdir() if len(path.name) == 2]
        for path in loose:
            shutil.rmtree(own / "objects" / path.name, ignore_errors=True)
            (own / "objects" / path.name).symlink_to(path)
        shutil.copytree(others / "refs", own / "refs", dirs_exist_ok=True)
    elif how == "packs that are links":
        git(other, "gc", "-q")
        for path in (others / "objects" / "pack").iterdir():
            (own / "objects" / "pack" / path.name).symlink_to(path)
        shutil.copy(others / "packed-refs", own / "packed-refs")
        shutil.rmtree(own / "refs" / "heads")
        (own / "refs" / "heads").mkdir()
    elif how == "a common folder":
        (own / "commondir").write_text(f"{others}\n")
    else:
        shutil.rmtree(own)
        if how == "a link":
            own.symlink_to(others)
        elif how.startswith("a false worktree"):
            false = repository / "false" / "worktrees" / "x"
            false.mkdir(parents=True)
            (false / "gitdir").write_text(f"{own}\n")
            (false / "commondir").write_text(f"{others}\n")
            shutil.copy(others / "HEAD", false / "HEAD")
            own.write_text(f"gitdir: {false}\n")
        elif how == "a worktree of another folder":
            git(other, "worktree", "add", "-q", str(other.parent / "elsewhere"))
            own.write_text((other.parent / "elsewhere" / ".git").read_text())
        else:
            named = os.path.relpath(others, repository) if "relative" in how else str(others)
            own.write_text(f"gitdir: {named}\n")


LEADING = [
    *("a path", "a relative path", "a link", "a common folder", "a false worktree"),
    *("a worktree of another folder", "objects that are links", "packs that are links"),
]


@pytest.mark.parametrize("how", LEADING)
def test_what_another_repository_holds_is_not_read(
    how: str, repository: Path, tmp_path: Path
) -> None:
    folder = commit(repository, ann=ANN)
    other = new_repository(tmp_path / "other")
    shutil.copytree(repository / "talks", other / "talks")
    commit(other, ann={"war": {"demands": "off"}})
    lead_to(other, repository, how)
    assert git(repository, "cat-file", "-t", "HEAD") == "commit"
    with pytest.raises(WrongUsage, match=r"not allowed|another repository"):
        load_revision(folder, "HEAD")


def test_a_pack_of_another_repository_that_an_index_names(repository: Path, tmp_path: Path) -> None:
    """The name in the index keeps its length, so that nothing else in the file moves."""
    folder = commit(repository, ann=ANN)
    git(repository, "repack", "-qad")
    git(repository, "multi-pack-index", "write")
    packs = repository / ".git" / "objects" / "pack"
    lent = new_repository(tmp_path / "o") / ".git" / "objects" / "pack"
    (index,) = packs.glob("*.idx")
    path = os.path.relpath(lent, packs)
    name = f"{path}/{'x' * (len(index.name) - len(path) - 5)}.idx"
    for ending in (".idx", ".pack"):
        shutil.move(index.with_suffix(ending), (packs / name).with_suffix(ending))
    several = packs / "multi-pack-index"
    content = several.read_bytes()[:-20].replace(index.name.encode(), name.encode())
    several.unlink()
    several.write_bytes(content + hashlib.sha1(content, usedforsecurity=False).digest())
    assert git(repository, "cat-file", "-t", "HEAD") == "commit"
    with pytest.raises(WrongUsage):
        load_revision(folder, "HEAD")


@pytest.mark.parametrize("how", BORROWING)
def test_objects_of_another_repository_are_not_read(
    how: str, repository: Path, tmp_path: Path
) -> None:
    folder = commit(repository, ann=ANN)
    borrow(repository, new_repository(tmp_path / "other"), how)
    assert git(repository, "cat-file", "-t", "HEAD") == "commit"
    with pytest.raises(WrongUsage, match="which is not allowed"):
        load_revision(folder, "HEAD")


def test_nor_those_that_the_environment_names(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = commit(repository, ann=ANN)
    other = new_repository(tmp_path / "other")
    shutil.rmtree(other / ".git" / "objects")
    shutil.copytree(repository / ".git" / "objects", other / ".git" / "objects")
    loose_object(repository, git(repository, "rev-parse", "HEAD:talks/positions/ann.yaml")).unlink()
    monkeypatch.setenv("GIT_ALTERNATE_OBJECT_DIRECTORIES", str(other / ".git" / "objects"))
    with pytest.raises(WrongUsage, match=r"lacks the content of ann\.yaml"):
        load_revision(folder, "HEAD")


WORDS = ["key=hunter2", "'hunter2: x"]
SETTING = ["[core]\n\tbare = hunter2:'", "[core]\nbare = a'hunter2"]
VALUES = [*SETTING, "[core]\nabbrev = hunter2", "[core]\n\tcompression = a'hunter2: x"]
# In place of which file of git's a link to this text has git tell a line of it.
TELLING = [
    *(("shallow", text) for text in WORDS),
    *(("packed-refs", text) for text in (*WORDS, *VALUES)),
    *((file, text) for file in ("config", "config.worktree") for text in SETTING),
    *(("an include", text) for text in VALUES),
]


@pytest.mark.parametrize(("file", "secret"), TELLING)
def test_no_line_of_another_file_is_told(
    file: str, secret: str, repository: Path, tmp_path: Path
) -> None:
    folder = commit(repository, ann=ANN)
    elsewhere = tmp_path / "secrets"
    elsewhere.write_text(f"{secret}\n" if file == "an include" else f"{secret}\nand {secret}\n")
    git(repository, "config", "extensions.worktreeConfig", "true")
    if file == "an include":
        git(repository, "config", "include.path", str(elsewhere))
    else:
        (repository / ".git" / file).unlink(missing_ok=True)
        (repository / ".git" / file).symlink_to(elsewhere)
    asked = ["git", "rev-parse", "--verify", "m^{commit}"]
    assert b"hunter2" in subprocess.run(asked, cwd=repository, capture_output=True).stderr
    with pytest.raises(WrongUsage) as caught:
        load_revision(folder, "m")
    assert "hunter2" not in str(caught.value)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name")
def test_a_pipe_in_place_of_the_borrowed(repository: Path) -> None:
    folder = commit(repository, ann=ANN)
    os.mkfifo(repository / ".git" / "objects" / "info" / "alternates")
    with pytest.raises(WrongUsage, match="which is not allowed"):
        load_revision(folder, "HEAD")


@pytest.mark.parametrize("what", ["", "^{tree}", ":talks", ":talks/positions/ann.yaml"])
def test_a_replacement_is_not_followed(what: str, repository: Path) -> None:
    folder = commit(repository, ann=ANN)
    true = load_dossier(folder)
    commit(repository, ann={"war": {"demands": "off"}})
    old, new = (git(repository, "rev-parse", f"{at}{what}") for at in ("HEAD~1", "HEAD"))
    git(repository, "replace", old, new)
    assert load_revision(folder, "HEAD~1" if what else old).dossier == true


def test_a_graft_is_not_followed(repository: Path) -> None:
    folder = commit(repository, ann={})
    before = git(repository, "rev-parse", "HEAD")
    for _ in range(2):
        git(repository, "commit", "-q", "--allow-empty", "-m", "Nothing")
    head = git(repository, "rev-parse", "HEAD")
    true = git(repository, "rev-parse", "HEAD~1")
    (repository / ".git" / "info" / "grafts").write_text(f"{head} {before}\n")
    assert git(repository, "rev-parse", "HEAD~1") == before
    assert load_revision(folder, "HEAD~1").commit == true


@pytest.mark.parametrize("path", ["bo.yaml", "proposals", "sources.yml"])
@pytest.mark.parametrize("target", ["ann.yaml", "../../elsewhere", "/etc/passwd"])
def test_a_link_in_a_revision_is_not_followed(path: str, target: str, repository: Path) -> None:
    folder = commit(repository, ann=ANN)
    blob = git(repository, "hash-object", "-w", "--stdin", tell=target.encode())
    name = grown(repository, entry("120000", "blob", blob, path))
    with pytest.raises(WrongUsage, match=f"{path} is a link"):
        load_revision(folder, name)


@pytest.mark.parametrize("path", ["bo.yaml", "bo"])
def test_a_submodule_in_a_revision_is_not_followed(path: str, repository: Path) -> None:
    folder = commit(repository, ann=ANN)
    name = grown(repository, entry("160000", "commit", "1" * 40, path))
    assert load_revision(folder, name).dossier == load_dossier(folder)


@pytest.mark.parametrize("path", ["proposals", "parties"])
def test_nor_is_one_that_would_hold_files_of_the_dossier(path: str, repository: Path) -> None:
    folder = commit(repository, ann=ANN)
    name = grown(repository, entry("160000", "commit", "1" * 40, path))
    with pytest.raises(WrongUsage, match=f"{path} is a submodule"):
        load_revision(folder, name)


@pytest.mark.parametrize("mode", ["120000", "160000"], ids=["a link", "a submodule"])
def test_nor_where_the_dossier_is_to_be(mode: str, repository: Path) -> None:
    folder = commit(repository, ann=ANN)
    blob = git(repository, "hash-object", "-w", "--stdin", tell=b"../elsewhere")
    kind, name = ("blob", blob) if mode == "120000" else ("commit", "1" * 40)
    talks = git(repository, "mktree", tell=entry(mode, kind, name, "positions"))
    top = git(repository, "mktree", tell=entry("040000", "tree", talks, "talks"))
    with pytest.raises(WrongUsage, match="there is no dossier in “talks/positions” at"):
        load_revision(folder, git(repository, "commit-tree", "-m", "x", top))


def test_nothing_is_written(repository: Path, home: Path) -> None:
    folder = commit(repository, ann=ANN)
    for path in (folder / "ann.yaml", repository / ".git" / "index"):
        os.utime(path, (1, 1))  # an index that git would refresh
    before = {path: path.lstat().st_mtime_ns for path in repository.rglob("*")}
    load_revision(folder, "HEAD")
    assert {path: path.lstat().st_mtime_ns for path in repository.rglob("*")} == before
    assert list(home.iterdir()) == []
