"""Where results go: files replaced whole or left alone, terminals in colour and width."""

from __future__ import annotations

import contextlib
import errno
import os
import pty
import shutil
import socket as socketlib
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from claimpos.__main__ import CI_SERVICES
from claimpos.cli import output, report_files, reports
from claimpos.dossier.starter import write_starter
from claimpos.errors import OutputFailed
from tests.cli import process
from tests.cli.in_process import claimpos
from tests.cli.process import COMMAND, DIFF, environment
from tests.support import killed, largely, write_short


def test_a_file_is_replaced_whole_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("old")
    path.chmod(0o640)
    done = claimpos(*DIFF, "-o", str(path))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert path.read_text("utf-8").startswith("Russia and Ukraine, as of 14 March 2025\n")
    assert path.stat().st_mode & 0o777 == 0o640
    assert [one.name for one in tmp_path.iterdir()] == ["report.txt"]


def test_a_summary_that_github_would_not_show_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = claimpos(*DIFF, "--format", "github", GITHUB_STEP_SUMMARY="summary.md")
    size = len(shown.stdout.encode())
    assert shown.returncode == 0
    monkeypatch.setattr(reports, "_SUMMARY", size)
    again = claimpos(*DIFF, "--format", "github", GITHUB_STEP_SUMMARY="summary.md")
    assert (again.returncode, again.stdout) == (0, shown.stdout)
    monkeypatch.setattr(reports, "_SUMMARY", size - 1)
    done = claimpos(*DIFF, "--format", "github", GITHUB_STEP_SUMMARY="summary.md")
    assert (done.returncode, done.stdout) == (2, "")
    told = f"the report has {size:,} bytes, and GitHub shows no summary of more than {size - 1:,}"
    assert told in " ".join(done.stderr.split())
    to_file = ("--format", "github", "-o", str(tmp_path / "a.md"))
    for more in (("--format", "text"), to_file):
        done = claimpos(*DIFF, *more, GITHUB_STEP_SUMMARY="summary.md")
        assert "GitHub shows no summary" not in done.stderr
    assert (tmp_path / "a.md").stat().st_size == size
    assert claimpos(*DIFF, "--format", "github").returncode == 0


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        output.put("x", tmp_path / "new.txt")
    finally:
        os.umask(mask)
    assert (tmp_path / "new.txt").stat().st_mode & 0o777 == 0o640


def test_a_file_that_cannot_be_written_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.txt"
    path.write_text("old")

    def full(*paths: object, **folders: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OutputFailed, match="no space left on device"):
        output.put("new", path)
    assert path.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["report.txt"]


# A command, and the file that it reads and would replace.
READ_HERE = {
    "a party's file": ("diff union port -o {}", "union.yaml"),
    "an agenda": ("validate . --format sarif -o {}", "agenda.yaml"),
    "sources": ("matrix --format csv -o {}", "sources.yaml"),
    "a proposal": ("assess mediator-draft -o {}", "proposals/mediator-draft.yaml"),
    "a proposal saved over": ("text union port --save {}", "proposals/mediator-draft.yaml"),
    "a proposal elsewhere": (
        "text union port --from {0} --save {0}",
        "elsewhere/mediator-draft.yaml",
    ),
    "a template": ("brief union port --template {0} -o {0}", "house.md"),
    "a reference": ("brief union port --format docx --reference {0} -o {0}", "house.docx"),
    "a text": ("check-quotes --text harbour-news={0} -o {0}", "news.txt"),
    "a worksheet": ("export --text {0} -o {0}", "sheet.md"),
    "a link": ("diff union port -o {}", "link"),
    "a hard link": ("diff union port -o {}", "hard"),
}


@pytest.mark.parametrize("case", READ_HERE)
def test_a_file_that_was_read_is_not_replaced(case: str, tmp_path: Path) -> None:
    write_starter(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    shutil.copy(
        tmp_path / "proposals" / "mediator-draft.yaml", tmp_path / "elsewhere/mediator-draft.yaml"
    )
    (tmp_path / "house.md").write_text("{{ title }}\n")
    (tmp_path / "news.txt").write_text("Some words.\n")
    (tmp_path / "draft.md").write_text("# A draft\n\n## Article 1\n\nWages rise.\n")
    (tmp_path / "link").symlink_to("port.yaml")
    os.link(tmp_path / "port.yaml", tmp_path / "hard")
    made = [
        "brief union port --format docx -o house.docx",
        "import --text draft.md --worksheet sheet.md",
    ]
    with contextlib.chdir(tmp_path):
        for line in made:
            assert claimpos(*line.split(), "--positions", ".").returncode == 0
        line, name = READ_HERE[case]
        before = (tmp_path / name).read_bytes()
        options = [] if line.startswith(("export", "validate")) else ["--positions", "."]
        done = claimpos(*line.format(name).split(), *options)
    assert done.returncode == 2
    why = "is none that --save has" if "--save" in line else "has just been read"
    assert why in " ".join(done.stderr.split())
    assert (tmp_path / name).read_bytes() == before


@pytest.mark.parametrize("command", ["text", "deals"])
@pytest.mark.parametrize("name", ["other/proposals/mediator-draft.yaml", "compose.yaml"])
def test_a_file_that_was_not_saved_is_not_replaced(command: str, name: str, tmp_path: Path) -> None:
    write_starter(tmp_path / "positions")
    write_starter(tmp_path / "other")
    (tmp_path / "compose.yaml").write_text("services: {}\n")
    before = (tmp_path / name).read_bytes()
    line = [command, "union", "port", "--positions", str(tmp_path / "positions")]
    done = claimpos(*line, "--save", str(tmp_path / name))
    assert done.returncode == 2
    assert "is none that --save has written" in " ".join(done.stderr.split())
    assert (tmp_path / name).read_bytes() == before


@pytest.mark.parametrize("command", ["text", "deals"])
def test_what_was_saved_before_is_renewed(command: str, tmp_path: Path) -> None:
    write_starter(tmp_path)
    saved = tmp_path / "proposals" / "rolling.yaml"
    line = [command, "union", "port", "--positions", str(tmp_path), "--save", str(saved)]
    for day in ("2026-02-10", "2026-03-01"):
        assert claimpos(*line, "--as-of", day).returncode == 0
        assert f'date: "{day}"' in saved.read_text("utf-8")


@pytest.mark.parametrize("name", ["new.yaml", "union.yaml"])
def test_nothing_is_saved_where_it_would_be_a_party(name: str, tmp_path: Path) -> None:
    write_starter(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.glob("*.yaml")}
    line = ["text", "union", "port", "--positions", str(tmp_path)]
    done = claimpos(*line, "--save", str(tmp_path / name))
    assert (done.returncode, "save it in proposals/" in done.stderr) == (2, True)
    assert {path: path.read_bytes() for path in tmp_path.glob("*.yaml")} == before


def test_profiles_need_a_folder(tmp_path: Path) -> None:
    write_starter(tmp_path)
    line = ["export", "--format", "genius-xml", "--positions", str(tmp_path), "-o", "-"]
    assert "use -o DIR" in claimpos(*line).stderr


BEGINNING = "Russia and Ukraine"
STREAMS = ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "/dev/stderr", "/dev/fd/2"]


def in_bash(line: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """A line of bash, in which "$@" is the command with an argument still to come."""
    command = ["bash", "-c", line, "bash", *COMMAND, *DIFF, "-o"]
    return subprocess.run(
        command, capture_output=True, text=True, env=environment(**variables), timeout=60
    )


@pytest.mark.parametrize("stream", STREAMS)
def test_a_stream_is_written_to(stream: str) -> None:
    done = process.claimpos(*DIFF, "-o", stream)
    assert done.returncode == 0
    assert (done.stdout + done.stderr).startswith(BEGINNING)
    assert bool(done.stdout) == stream.endswith(("-", "out", "1"))


@pytest.mark.parametrize("stream", STREAMS)
def test_a_file_behind_a_stream_keeps_what_is_in_it(stream: str, tmp_path: Path) -> None:
    log = tmp_path / "log"
    done = in_bash(f'{{ echo before; "$@" {stream}; echo after; }} >"{log}" 2>&1')
    assert done.returncode == 0
    first, second, *_, last = log.read_text("utf-8").splitlines()
    assert (first, last) == ("before", "after")
    assert second.startswith(BEGINNING)
    assert [one.name for one in tmp_path.iterdir()] == ["log"]


@pytest.mark.parametrize("substitution", [">(cat)", ">(cat >&2)", ">(tr a-z a-z)"])
def test_another_process_is_written_to(substitution: str) -> None:
    done = in_bash(f'"$@" {substitution}; wait $!')
    assert (done.stdout + done.stderr).startswith(BEGINNING)


def test_a_device_is_written_to() -> None:
    assert claimpos(*DIFF, "-o", "/dev/null").stderr == ""


@pytest.mark.parametrize("stream", STREAMS)
def test_what_is_written_to_a_stream_holds_no_command(stream: str, tmp_path: Path) -> None:
    parties = {"p": {"a": {"demands": 1}}, "q": {"a": {"demands": 2}}}
    folder = write_short(tmp_path / "d", {"a": {"unit": "kg", "title": "::error::x"}}, parties)
    plain = ("diff", "p", "q", "--positions", str(folder), "--format", "plain", "-o", stream)
    done = process.claimpos(*plain, GITHUB_ACTIONS="true")
    assert "error" in done.stdout + done.stderr
    assert "::error" not in done.stdout + done.stderr


INITIALIZE = b'{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}'
IN_BYTES = [
    ("lsp",),
    ("export", "--excel", "-o", "/dev/stdout"),
    ("matrix", "--format", "docx", "-o", "-"),
    ("matrix", "--format", "png", "-o", "/dev/fd/1"),
]


@pytest.mark.parametrize(
    "arguments", largely(IN_BYTES, IN_BYTES[0]), ids=lambda arguments: arguments[0]
)
def test_bytes_for_programs_are_the_same_in_ci(arguments: tuple[str, ...]) -> None:
    frame = b"Content-Length: %d\r\n\r\n%s" % (len(INITIALIZE), INITIALIZE)
    said = []
    for service in (None, *CI_SERVICES):
        variables = environment(**{} if service is None else {service: "1"})
        done = subprocess.run(
            [*COMMAND, *arguments], env=variables, input=frame, capture_output=True, timeout=60
        )
        said.append((done.returncode, done.stdout, b"bug" in done.stderr))
    assert said == [(0, said[0][1], False)] * 4
    assert said[0][1]


def test_a_name_that_no_file_can_have_is_told_in_ci() -> None:
    done = process.claimpos(*DIFF, "-o", "x" * 300, GITHUB_ACTIONS="true")
    assert done.returncode == 2
    assert "cannot write" in done.stderr


@pytest.mark.parametrize("number", ["99", "999999999"])
def test_a_descriptor_that_is_not_open(number: str) -> None:
    done = claimpos(*DIFF, "-o", f"/dev/fd/{number}")
    assert done.returncode == 2
    assert "cannot write" in done.stderr


def pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


def link_to_a_pipe(path: Path) -> Path:
    path.symlink_to(pipe(path.with_name("pipe")).name)
    return path


def socket(path: Path) -> Path:
    with contextlib.closing(socketlib.socket(socketlib.AF_UNIX)) as made:
        made.bind(os.path.relpath(path))  # the whole path may be too long for a socket
    return path


@pytest.mark.parametrize("kind", [pipe, link_to_a_pipe, socket])
def test_nobody_is_waited_for(kind: Callable[[Path], Path], tmp_path: Path) -> None:
    path = kind(tmp_path / "x")
    done = process.claimpos(*DIFF, "-o", str(path))
    assert done.returncode == 2
    assert "it is not a regular file; leave -o out" in done.stderr
    assert not path.is_file()


def in_terminal(columns: int, *arguments: str, **variables: str) -> str:
    """What a terminal of so many columns receives."""
    leader, follower = pty.openpty()
    with os.fdopen(follower, "w") as end:
        subprocess.run(["stty", "cols", str(columns), "rows", "24"], stdin=end, check=True)
        process = subprocess.Popen(
            [*COMMAND, *arguments], env=environment(**variables), stdout=end, stdin=end
        )
    received = b""
    while True:
        try:
            chunk = os.read(leader, 65536)
        except OSError:  # the other end is closed
            break
        if not chunk:
            break
        received += chunk
    process.wait(10)
    os.close(leader)
    return received.decode("utf-8").replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [
        ({"TERM": "xterm"}, True),
        ({"TERM": "dumb"}, False),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        ({"TERM": "xterm", "NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_in_a_terminal(variables: dict[str, str], coloured: bool) -> None:
    assert ("\x1b[" in in_terminal(90, *DIFF, **variables)) is coloured


@pytest.mark.parametrize(
    ("arguments", "variables", "coloured"),
    [
        ((), {}, False),
        ((), {"FORCE_COLOR": "1"}, True),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_in_a_pipe(
    arguments: tuple[str, ...], variables: dict[str, str], coloured: bool
) -> None:
    assert ("\x1b[" in claimpos(*DIFF, *arguments, cwd=None, **variables).stdout) is coloured


def test_a_file_has_no_colour(tmp_path: Path) -> None:
    claimpos(*DIFF, "-o", str(tmp_path / "x.txt"), FORCE_COLOR="1")
    assert "\x1b[" not in (tmp_path / "x.txt").read_text("utf-8")


@pytest.mark.parametrize("columns", [60, 80, 100, 160])
def test_the_width_of_the_terminal(columns: int) -> None:
    lines = in_terminal(columns, *DIFF, TERM="dumb").splitlines()
    assert columns - 30 < max(map(len, lines)) <= columns


USER, STRANGER = 2001, 2002
root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")


@root_only
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666])
def test_a_file_that_root_replaces_keeps_its_owner(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "report.txt"
    path.write_text("old")
    path.chmod(mode)
    os.chown(path, USER, 3001)
    output.put("new", path)
    status = path.stat()
    assert (status.st_uid, status.st_gid, status.st_mode & 0o777) == (USER, 3001, mode)
    assert path.read_text() == "new"


@root_only
@pytest.mark.parametrize("why", [errno.EPERM, errno.EINVAL], ids=["no right to", "unknown here"])
def test_a_group_that_cannot_be_kept_gives_no_rights_to_another(
    why: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.txt"
    path.write_text("old")
    path.chmod(0o664)
    os.chown(path, USER, 3001)

    def deny(*arguments: object) -> None:
        raise OSError(why, os.strerror(why))

    monkeypatch.setattr(os, "chown", deny)
    output.put("new", path)
    assert (path.stat().st_uid, path.stat().st_mode & 0o777) == (0, 0o644)


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A folder that everybody can write to, beside a file of the user's own."""
    (tmp_path / "own.txt").write_text("mine")
    (tmp_path / "own").mkdir()
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(0o1777)
    return tmp_path / "shared"


def link(path: Path, target: str, owner: int = STRANGER) -> None:
    path.symlink_to(target)
    os.chown(path, owner, owner, follow_symlinks=False)


def link_to_a_file(shared: Path) -> str:
    link(shared / "x", "../own.txt")
    return "x"


def link_to_nothing_yet(shared: Path) -> str:
    link(shared / "x", "../own/new.txt")
    return "x"


def link_to_a_folder(shared: Path) -> str:
    link(shared / "x", "../own")
    return "x/new.txt"


def link_that_an_own_link_leads_to(shared: Path) -> str:
    link(shared / "x", "../own.txt")
    link(shared / "y", "x", 0)
    return "y"


def link_to_a_device(shared: Path) -> str:
    link(shared / "x", "/dev/null")
    return "x"


def strangers_file(shared: Path) -> str:
    (shared / "x").write_text("theirs")
    os.chown(shared / "x", STRANGER, STRANGER)
    return "x"


def strangers_pipe(shared: Path) -> str:
    os.mkfifo(shared / "x")
    os.chown(shared / "x", STRANGER, STRANGER)
    return "x"


TRAPS = [
    link_to_a_file,
    link_to_nothing_yet,
    link_to_a_folder,
    link_that_an_own_link_leads_to,
    link_to_a_device,
    strangers_file,
    strangers_pipe,
]


@root_only
@pytest.mark.parametrize("is_relative", [True, False])
@pytest.mark.parametrize("trap", TRAPS)
def test_what_a_stranger_put_into_a_shared_folder_is_not_written_to(
    shared: Path, trap: Callable[[Path], str], is_relative: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = trap(shared)
    monkeypatch.chdir(shared)
    with pytest.raises(OutputFailed, match=r"“[xy]” is another user's, in a folder that others"):
        output.put("new", Path(name) if is_relative else shared / name)
    assert (shared.parent / "own.txt").read_text() == "mine"
    assert list((shared.parent / "own").iterdir()) == []
    assert {one.name for one in shared.iterdir()} <= {"x", "y"}


def file_to_link(folder: Path) -> None:
    (folder / "report.txt").unlink(missing_ok=True)
    (folder / "report.txt").symlink_to("../own.txt")


def folder_to_link(folder: Path) -> None:
    folder.rename(folder.with_name("moved"))
    folder.symlink_to("own")


def folder_above_to_link(folder: Path) -> None:
    folder.parent.rename(folder.parent.with_name("moved"))
    folder.parent.symlink_to("own")


@pytest.mark.parametrize("old", [None, "old"])
@pytest.mark.parametrize("turn", [file_to_link, folder_to_link, folder_above_to_link])
def test_what_becomes_a_link_after_it_was_checked_is_not_followed(
    shared: Path, turn: Callable[[Path], None], old: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stranger who keeps making and deleting a link would hit that moment within seconds."""
    folder = shared / "below" if turn is folder_above_to_link else shared
    folder.mkdir(exist_ok=True)
    (shared.parent / "own" / "below").mkdir()
    if old:
        (folder / "report.txt").write_text(old)
    check = report_files._check_links

    def check_and_turn(*arguments: Any) -> None:
        check(*arguments)
        turn(folder)

    monkeypatch.setattr(report_files, "_check_links", check_and_turn)
    with pytest.raises(OutputFailed):
        output.put("new", folder / "report.txt")
    assert (shared.parent / "own.txt").read_text() == "mine"
    assert [*(shared.parent / "own").rglob("*")] == [shared.parent / "own" / "below"]


@root_only
@pytest.mark.parametrize("trap", [trap for trap in TRAPS if trap.__name__.startswith("link_")])
def test_nor_is_a_link_followed_that_another_member_put_into_a_groups_folder(
    shared: Path, trap: Callable[[Path], str]
) -> None:
    shared.chmod(0o2770)
    name = trap(shared)
    with pytest.raises(OutputFailed, match=r"“.*[xy]” is another user's, in a folder that others"):
        output.put("new", shared / name)
    assert (shared.parent / "own.txt").read_text() == "mine"
    assert list((shared.parent / "own").iterdir()) == []


@root_only
def test_a_file_of_another_member_in_a_groups_folder_is_replaced(shared: Path) -> None:
    shared.chmod(0o2770)
    strangers_file(shared)
    output.put("new", shared / "x")
    assert (shared / "x").read_text() == "new"


@root_only
@pytest.mark.parametrize(
    "words", [["init", "x"], ["import", "table.csv", "--into", "x/new"]], ids=lambda words: words[0]
)
def test_no_dossier_is_made_behind_a_strangers_link(shared: Path, words: list[str]) -> None:
    link(shared / "x", "../own")
    (shared / "table.csv").write_text("party,issue,since,demands\np,x,2025-01-01,yes\n")
    done = claimpos(*words, cwd=shared)
    assert done.returncode == 2
    assert "“x” is another user's" in done.stderr
    assert [*(shared.parent / "own").iterdir()] == []


@root_only
@pytest.mark.parametrize("owner", ["the user", "the owner of the folder", "a stranger elsewhere"])
def test_links_that_are_followed(shared: Path, owner: str) -> None:
    if owner == "the owner of the folder":
        os.chown(shared, STRANGER, STRANGER)
    elif owner == "a stranger elsewhere":  # where only its owner can have put it there
        shared.chmod(0o755)
    link(shared / "x", "../own.txt", 0 if owner == "the user" else STRANGER)
    output.put("new", shared / "x")
    assert (shared / "x").is_symlink()
    assert (shared.parent / "own.txt").read_text() == "new"


OUT_OF_A_DOSSIER = {
    # mark of a dossier or a repository, link in its folder, where to, the file that is asked for
    "a link of a repository": (".git", "x", "../../own.txt", "x"),
    "a link in a folder of it": (".git", "below/x", "../../../own.txt", "below/x"),
    "a link to a folder": (".git", "x", "../..", "x/own.txt"),
    "a link to another link": (".git", "x", "y", "x"),
    "a link by way of a folder": (".git", "x", "../../own.txt", "below/../x"),
    "a link to what git keeps": (".git", "x", ".git/config", "x"),
    "a link of a dossier": ("agenda.yaml", "x", "../../own.txt", "x"),
    "a link of its proposals": ("agenda.yaml", "proposals/x", "../../../own.txt", "proposals/x"),
    "a link to nothing yet": (".git", "x", "../../new.txt", "x"),
}


def with_a_link(folder: Path, mark: str, name: str, target: str) -> None:
    for below in (mark if mark == ".git" else "", "below", "proposals"):
        (folder / below).mkdir(parents=True, exist_ok=True)
    (folder / mark / "config" if mark == ".git" else folder / mark).write_text("kept")
    (folder / "y").symlink_to("../../own.txt")
    (folder / name).symlink_to(target)


@pytest.mark.parametrize("is_relative", [True, False])
@pytest.mark.parametrize("trap", OUT_OF_A_DOSSIER.values(), ids=OUT_OF_A_DOSSIER)
def test_a_link_out_of_a_dossier_is_not_followed(
    trap: tuple[str, str, str, str],
    is_relative: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mark, name, target, asked = trap
    folder = tmp_path / "mail" / "talks"
    (tmp_path / "own.txt").write_text("kept")
    with_a_link(folder, mark, name, target)
    if mark != ".git":  # whatever repository it has been put into
        (tmp_path / ".git").mkdir()
    monkeypatch.chdir(folder)
    with pytest.raises(OutputFailed, match=r"the link “.*[xy]” leads out of the dossier or"):
        output.put("new", Path(asked) if is_relative else folder / asked)
    assert (tmp_path / "own.txt").read_text() == "kept"
    assert not (tmp_path / "new.txt").exists()
    assert ".git" not in mark or (folder / ".git" / "config").read_text() == "kept"


@pytest.mark.parametrize("asked", ["x", "../in/x", "../elsewhere/in/x"])
def test_a_link_within_a_repository_is_followed(
    asked: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does it matter that the repository itself is reached by a link."""
    folder = tmp_path / "talks"
    (folder / ".git").mkdir(parents=True)
    (folder / "in").mkdir()
    (folder / "in" / "x").symlink_to("../report.txt")
    (folder / "elsewhere").symlink_to(folder)
    monkeypatch.chdir(folder / "in")
    output.put("new", Path(asked))
    assert (folder / "report.txt").read_text() == "new"


def test_a_command_that_is_killed_leaves_the_old_file_or_the_new(tmp_path: Path) -> None:
    """Whatever the moment: before each call to the system that a report's writing makes."""
    path = tmp_path / "report.txt"
    new = "new" * 100_000
    imports = "from claimpos.cli import output"
    writes = 'output.put("new" * 100_000, pathlib.Path(path))'
    held = []
    with killed(imports, writes) as run:
        for step in range(40):
            path.write_text("old")
            code = run(path, step)
            held.append(path.read_text())
            assert held[-1] in ("old", new)
            if code == 0:
                break
    assert held[0] == "old"
    assert held[-1] == new
    assert len(held) > 3


@pytest.mark.parametrize("has_links", [True, False])
def test_a_new_file_replaces_none_that_has_just_appeared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    if not has_links:
        monkeypatch.setattr(os, "link", lambda *_, **__: os.stat(tmp_path / "none"))
    first, second = tmp_path / "first.md", tmp_path / "second.md"
    output.put_bytes(b"ours", first, is_new=True)
    second.write_bytes(b"somebody's notes")
    with pytest.raises(OutputFailed, match="already exists"):
        output.put_bytes(b"ours", second, is_new=True)
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == {
        "first.md": b"ours",
        "second.md": b"somebody's notes",
    }


@pytest.mark.parametrize(
    "line",
    [
        "check-quotes --text {}",
        "import t.csv --into {}",
        "init {}",
        "diff union port -o {}",
        "code t.csv --source harbour-news --worksheet {}",
        "split union --positions {}",
    ],
)
def test_a_name_that_is_too_long_is_told(line: str, tmp_path: Path) -> None:
    write_starter(tmp_path / "positions")
    row = "union,pay-rise,2026-03-03,4,Paper,stated,official,Archive,2026-03-03"
    head = "party,issue,since,accepts,source,basis,status,publisher,date"
    (tmp_path / "t.csv").write_text(f"{head}\n{row}\n")
    done = claimpos(*line.format("x" * 300).split(), cwd=tmp_path, CLAIMPOS_POSITIONS="positions")
    assert done.returncode == 2
    assert "x" * 300 in done.stderr.replace("\n", "")
