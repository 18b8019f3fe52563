"""Asks git what a repository holds. This is the only module that starts another program.

A repository may come from a stranger, and its configuration can name programs for git to run,
places to fetch from and other repositories to read. So git is started with a fixed environment and
fixed settings, it is asked only for names, lists and contents of objects, and its time, memory and
output are limited.
"""

import os
import re
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread, Timer
from typing import IO, NamedTuple

from claimpos.dossier.checkout import (
    CEILINGS,
    own_git_folder,
    path_within,
    refuse_objects_elsewhere,
    top_of,
    unreadable,
)
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.links import way_to
from claimpos.errors import WrongUsage

# What git needs from the user's environment: the place of the configuration that says which
# repositories of other owners are safe, who called sudo, and what the program needs to start.
_KEPT = ("HOME", "XDG_CONFIG_HOME", "SUDO_UID", "LD_LIBRARY_PATH", "SYSTEMROOT", "USERPROFILE")

_FIXED = {
    "LC_ALL": "C",
    # Objects of a partial clone that are missing stay missing. Versions of git that do not know
    # the first of these would fetch them; unlike the setting protocol.allow, the second cannot be
    # overruled by a configuration.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    # Otherwise git would write the logs that the user's configuration may ask for.
    "GIT_TRACE2": "0",
    "GIT_TRACE2_EVENT": "0",
    "GIT_TRACE2_PERF": "0",
}

_OPTIONS = ("--no-pager", "--no-optional-locks", "--no-replace-objects", "--literal-pathspecs")

_SETTINGS = (
    # A bare repository among the files of a folder is not taken for the folder's repository.
    "safe.bareRepository=explicit",
    # What a repository may name for git to run or to fetch. Today the commands used here do none of
    # it, except fetching the missing objects of a partial clone.
    "protocol.allow=never",
    "fetch.bundleURI=",
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.sshCommand=false",
    "core.askPass=",
    "core.alternateRefsCommand=",
    # An index of several packs may name packs outside the repository.
    "core.multiPackIndex=false",
    "core.warnAmbiguousRefs=true",
    "credential.helper=",
    "gc.auto=0",
    "maintenance.auto=false",
    # How much unpacked data git keeps in memory.
    "core.deltaBaseCacheLimit=16m",
)

_ENDING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
_COMPLAINT = 4_000
_AMBIGUOUS = re.compile("^warning: refname '.*' is ambiguous", re.MULTILINE)
_OWNED = "fatal: detected dubious ownership in repository at "
# A quotation, from the first mark to the last because it may hold such marks; and the beginning of
# a message, up to a colon.
_QUOTED = re.compile(r"""['"](?:.*['"]|.*)""")
_BEGUN = re.compile(r"(?:\w+: )?[^:]*")


class TreeEntry(NamedTuple):
    """An entry of a folder at a commit; `mode` and `kind` (blob, tree, commit) are git's."""

    mode: str
    kind: str
    blob: str
    name: str


class Repository:
    """The repository in which a folder lies: that of the nearest `.git`, in the folder or above.

    `top` is the repository's folder, and `folder` the path of the one asked for in it, with
    slashes; "" at the top. `links` are those in the repository that lead to it, as it was named:
    their paths, and what they name.

    All methods raise WrongUsage if git cannot answer, with git's reason, or if the answer would
    take more time or memory than the limits allow.
    """

    def __init__(self, folder: Path) -> None:
        self._until = time.monotonic() + limit("git-seconds")
        self._program = _program()
        real = folder.resolve()
        top = top_of(real)
        if top is None:
            raise unreadable("it is not in a git repository")
        self.top = top
        self.folder = path_within(top, real)
        self.links = dict(self._links_to(folder))
        self._git_dir: Path | None = None
        own_git_folder(self.top)
        # Git checks who owns the repository only while it looks for it, so this call lets it look.
        objects = self.top / os.fsdecode(self._ask("rev-parse", "--git-path", "objects")[:-1])
        self._git_dir = self.top / ".git"
        refuse_objects_elsewhere(objects)

    def _links_to(self, folder: Path) -> Iterator[tuple[str, str]]:
        steps, _ = way_to(os.path.abspath(folder))
        for step, status, _ in steps:
            place = Path(os.path.realpath(os.path.dirname(step)))
            if stat.S_ISLNK(status.st_mode) and place.is_relative_to(self.top):
                yield path_within(self.top, place / os.path.basename(step)), os.readlink(step)

    def commit(self, name: str) -> str | None:
        """The commit that a name means to git, such as a branch or a tag; None if there is none.

        Nor does ^name mean one, by which git leaves out a commit. A name with several meanings, of
        which git would take one, raises WrongUsage: a tag that came with a fetched branch would
        otherwise take the place of the branch that the tag is named after.
        """
        if "\0" in name or not name or name.startswith("^"):
            return None
        asked = ("--end-of-options", f"{name}^{{commit}}")
        with self._started("rev-parse", "--verify", "--quiet", *asked) as git:
            answer = git.read()
            if code := git.ended():
                if code == 1:
                    return None
                raise git.failed()
        with self._started("rev-parse", "--verify", *asked) as git:
            git.ended()
            if _AMBIGUOUS.search(git.complaint()):
                raise WrongUsage(
                    f"“{name}” is ambiguous: git knows several branches, tags or commits by this "
                    "name; write refs/heads/… for a branch, refs/remotes/… for a fetched one, "
                    "refs/tags/… for a tag, or the whole hash of a commit"
                )
        return answer.decode().strip()

    def is_shallow(self) -> bool:
        """Whether the repository was cloned without its whole history."""
        return self._ask("rev-parse", "--is-shallow-repository").strip() == b"true"

    def lacks(self, path: str) -> bool:
        """Whether a file or a link in the repository's folder is one that git does not track."""
        return self._ask("ls-files", "--others", "-z", "--", path) == os.fsencode(path) + b"\0"

    def entries(self, tree: str, folder: str = "") -> Iterator[TreeEntry]:
        """The entries of a folder in a tree or a commit; none if there is no such folder."""
        prefix = os.fsencode(f"{folder}/" if folder else "")
        below = ("--", prefix) if folder else ()
        for record in self._ask("ls-tree", "-z", "--full-tree", tree, *below).split(b"\0"):
            about, _, path = record.partition(b"\t")
            if record and path.startswith(prefix):
                mode, kind, blob = about.decode().split()
                yield TreeEntry(mode, kind, blob, os.fsdecode(path[len(prefix) :]))

    def contents(
        self, blobs: Iterable[str], largest: int
    ) -> Generator[bytes | int | None, None, None]:
        """The contents of each of these blobs.

        Yields None for a blob that is missing. For one that has more than `largest` bytes, yields
        its size, after which no more may be asked for. Git runs until the generator is closed.
        """
        with self._started("cat-file", "--batch") as git:
            for blob in blobs:
                yield git.blob(blob, largest)

    def _ask(self, *words: str | bytes) -> bytes:
        with self._started(*words) as git:
            answer = git.read()
            if git.ended():
                raise git.failed()
            return answer

    @contextmanager
    def _started(self, *words: str | bytes) -> "Iterator[_Git]":
        place = () if self._git_dir is None else (f"--git-dir={self._git_dir}",)
        settings = [part for setting in _SETTINGS for part in ("-c", setting)]
        with (
            _signals_end_it_first() as started,
            subprocess.Popen(
                [self._program, *_OPTIONS, *settings, *place, *words],
                cwd=self.top,
                env=_environment(self.top),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,  # so that it has no terminal to ask or to write to
            ) as process,
        ):
            git = _Git(process, self._until)
            started(git)
            try:
                yield git
            finally:
                git.stop()


@contextmanager
def _signals_end_it_first() -> "Iterator[Callable[[_Git], None]]":
    """Within this, a signal that ends this process ends git before; Ctrl-C does so anyway.

    Yields what is to be called once git has started; until then, a signal waits.
    """
    running: list[_Git] = []
    waiting: list[int] = []

    def end(number: int, _: object) -> None:
        if not running:
            waiting.append(number)
            return
        running[0].kill()
        signal.signal(number, signal.SIG_DFL)
        signal.raise_signal(number)

    def started(git: _Git) -> None:
        running.append(git)
        for number in waiting:
            end(number, None)

    usual = [one for one in _ENDING if signal.getsignal(one) is signal.SIG_DFL]
    try:
        for ending in usual:
            signal.signal(ending, end)
    except ValueError:  # Python lets only the first thread decide; editors have others
        usual = []
    try:
        yield started
    finally:
        for ending in usual:
            signal.signal(ending, signal.SIG_DFL)
        for number in () if running else waiting:  # git could not be started
            signal.raise_signal(number)


class _Git:
    """A running git process, with limits on its output and its time."""

    def __init__(self, process: subprocess.Popen[bytes], until: float) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        self._process = process
        self._until = until
        self._questions, self._answers = process.stdin, process.stdout
        self._complaint = b""
        self._listener = Thread(target=self._listen, args=(process.stderr,), daemon=True)
        self._listener.start()
        self._timer = Timer(max(until - time.monotonic(), 0), self.kill)
        self._timer.daemon = True
        self._timer.start()

    def read(self) -> bytes:
        """Its whole answer, if no questions are put to it."""
        most = limit("revision-bytes")
        answer = self._answers.read(most + 1)
        if len(answer) > most:
            raise unreadable(f"git's answer is too long; {how_to_raise('revision-bytes')}")
        return answer

    def blob(self, name: str, largest: int) -> bytes | int | None:
        """The content of a blob; its size if that is more than `largest`; None if it is missing."""
        try:
            self._questions.write(f"{name}\n".encode())
            self._questions.flush()
        except BrokenPipeError:
            raise self.failed() from None
        said = self._answers.readline().split()
        if said[1:] == [b"missing"]:
            return None
        if len(said) != 3 or not said[2].isdigit():
            raise self.failed()
        size = int(said[2])
        if size > largest:
            return size
        content = self._answers.read(size + 1)
        if len(content) != size + 1:
            raise self.failed()
        return content[:-1]

    def ended(self) -> int:
        """Its exit code, after it has ended."""
        code = self._process.wait()
        if time.monotonic() > self._until and code < 0:
            raise self.failed()
        return code

    def failed(self) -> WrongUsage:
        """The error that says why it gave no answer, or not a valid one."""
        self.kill()
        said = self.complaint()
        if time.monotonic() > self._until:
            return unreadable(
                f"git gave no answer within {limit('git-seconds')} seconds; "
                f"{how_to_raise('git-seconds')}"
            )
        if "over limit" in said:  # what git says when GIT_ALLOC_LIMIT is met
            return unreadable(
                f"an object is too large for git to unpack; {how_to_raise('revision-bytes')}"
            )
        # Transports are forbidden; git may not say why, because a broken pipe may end it.
        if "promisor remote" in said or "fatal: transport '" in said:
            return WrongUsage(
                "this is a partial clone, which lacks files of the revision, and claimpos "
                "fetches none: run `git fetch --refetch --no-filter`, or clone without "
                "--filter"
            )
        reason = _reason(said)
        return unreadable(f"git says “{reason}”" if reason else "git gave no answer")

    def complaint(self) -> str:
        """What it has said besides its answers, after it has ended."""
        self._listener.join()
        return self._complaint.decode(errors="replace")

    def stop(self) -> None:
        """End it and everything that it has started."""
        self._timer.cancel()
        self.kill()
        with suppress(BrokenPipeError):  # of a question that it did not read
            self._questions.close()
        self._listener.join()

    def _listen(self, complaints: IO[bytes]) -> None:
        self._complaint = complaints.read(_COMPLAINT)
        while complaints.read(_COMPLAINT):  # otherwise it would wait until the rest is read
            pass

    def kill(self) -> None:
        """End it at once."""
        if self._process.poll() is not None:
            return
        if hasattr(os, "killpg"):
            os.killpg(self._process.pid, signal.SIGKILL)
        else:
            self._process.kill()


def _reason(said: str) -> str:
    """The last reason that git gave, or all that it said, without quotations.

    In a stranger's repository any file may be a link, and a setting may include one, so that a
    quotation may be a line of somebody's secrets. Only the message on who owns a repository is
    passed on in full.
    """
    _, fatal, last = f"\n{said}".rpartition("\nfatal: ")
    reason = " ".join(f"{fatal}{last}".split())
    if reason.startswith(_OWNED):
        return reason
    begun = _BEGUN.match(_QUOTED.sub("“…”", reason))
    return begun[0] if begun else ""


def _path() -> str:
    """The user's PATH without relative folders, so that no git in the working directory is used."""
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    return os.pathsep.join(filter(os.path.isabs, folders))


def _program() -> str:
    found = shutil.which("git", path=_path())
    if found is None:
        raise WrongUsage("to compare revisions, git must be installed")
    return found


def _environment(top: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {
        **kept,
        **_FIXED,
        "PATH": _path(),
        CEILINGS: str(top.parent),
        # Undocumented, and in every version: no single piece of memory is larger than this.
        "GIT_ALLOC_LIMIT": str(limit("revision-bytes")),
    }
