"""Files that a dossier leads to but does not hold: none is read, and nothing of one is shown."""

from __future__ import annotations

import os
import resource
import shutil
import socket
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from claimpos import InvalidDossier, load_dossier
from claimpos.__main__ import main
from claimpos.dossier.contents import read_all
from claimpos.dossier.files import Folder, NotRead, read
from claimpos.dossier.limits import VARIABLE
from claimpos.validation.checking import check_folder
from tests.cli.process import WORKED
from tests.reports.findings import FORMATS

SECRET = "tok_0123456789abcdef"
SECRET_NUMBER = 4_929_123_456
TODAY = date(2026, 3, 1)
OUTSIDE = "it lies outside the dossier's folder"
IRREGULAR = "it is not a regular file"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dossier beside a file of secrets, which might pass for a party's."""
    (tmp_path / "secret.yaml").write_text(f"{SECRET}: [\nparty: {SECRET}\n")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "x.yaml").write_text(f"proposal: {SECRET}\n{SECRET}: [\n")
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(WORKED, tmp_path / "positions"))


def link_to(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def link_by_way_of_a_link(path: Path) -> None:
    (path.parent / "way").symlink_to("../secret.yaml")
    path.symlink_to("way")


def link_by_way_of_a_folder(path: Path) -> None:
    (path.parent / "way").symlink_to("..")
    path.symlink_to("way/secret.yaml")


def link_to_a_neighbour(path: Path) -> None:
    """A folder whose path begins with that of the dossier."""
    other = path.parent.with_name(f"{path.parent.name}-2")
    other.mkdir()
    (other / "x.yaml").write_text(SECRET)
    path.symlink_to(other / "x.yaml")


def bound_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        os.chdir(path.parent)  # a socket's path is short
        made.bind(path.name)
        os.chdir(path.parent.parent)


REFUSED: dict[str, tuple[Callable[[Path], Any], str]] = {
    "the environment": (link_to("/proc/self/environ"), OUTSIDE),
    "a memory": (link_to("/proc/self/maps"), OUTSIDE),
    "a descriptor": (link_to("/proc/self/fd/0"), OUTSIDE),
    "the kernel": (link_to("/sys/kernel/notes"), OUTSIDE),
    "passwords": (link_to("/etc/passwd"), OUTSIDE),
    "a neighbour's file": (link_to("../secret.yaml"), OUTSIDE),
    "a link to a link": (link_by_way_of_a_link, OUTSIDE),
    "through a folder": (link_by_way_of_a_folder, OUTSIDE),
    "a folder that begins alike": (link_to_a_neighbour, OUTSIDE),
    "zeros": (link_to("/dev/zero"), OUTSIDE),
    "a terminal": (link_to("/dev/tty"), OUTSIDE),
    "a pipe": (os.mkfifo, IRREGULAR),
    "a socket": (bound_socket, IRREGULAR),
    "a folder": (Path.mkdir, IRREGULAR),
    "a link to a folder": (link_to("../elsewhere"), OUTSIDE),
    "a link to itself": (link_to("x.yaml"), "symbolic links"),
    "nothing": (link_to("nowhere"), "no such file"),
    "nothing elsewhere": (link_to("/nowhere/at/all"), OUTSIDE),
    "nothing beside": (link_to("../nowhere"), OUTSIDE),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_partys_file_that_is_none(folder: Path, kind: str) -> None:
    make, reason = REFUSED[kind]
    make(folder / "x.yaml")
    (found,) = [
        one for one in check_folder(folder, TODAY).findings if one.source.path == "positions/x.yaml"
    ]
    assert (found.code, found.span[:2], found.source.text) == ("CP101", (1, 1), "")
    assert reason in found.message
    assert found.hint
    with pytest.raises(InvalidDossier, match="has 1 error"):
        load_dossier(folder)


@pytest.mark.parametrize("target", ["../secret.yaml", "/etc/passwd", "../nowhere/x", "inner"])
@pytest.mark.parametrize("name", ["x.yaml", "proposals", "parties", "proposals/x.yaml"])
def test_what_a_link_leads_out_to_is_not_even_looked_at(
    folder: Path, name: str, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A system may connect to another machine because of that."""
    (folder / "inner").symlink_to("../elsewhere")
    shutil.rmtree(folder / name, ignore_errors=True)
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).symlink_to(os.path.relpath(folder / target, (folder / name).parent))

    def only_here(usual: Callable[..., Any]) -> Callable[..., Any]:
        def called(path: Any, *given: Any, **more: Any) -> Any:
            assert isinstance(path, int) or os.path.basename(path) != os.path.basename(name)
            return usual(path, *given, **more)

        return called

    for one in ("stat", "open"):
        monkeypatch.setattr(os, one, only_here(getattr(os, one)))
    found = read_all(folder)[name]
    assert isinstance(found, NotRead)
    assert OUTSIDE in found.reason


@pytest.mark.parametrize("target", ["us.yaml", "../positions/us.yaml", "way/us.yaml", "{}/us.yaml"])
def test_a_link_within_the_folder_is_followed(folder: Path, target: str) -> None:
    (folder / "way").symlink_to(".")
    (folder / "x.yaml").symlink_to(target.format(folder))
    assert read_all(folder)["x.yaml"] == (folder / "us.yaml").read_bytes()
    other = folder.with_name("named")
    other.symlink_to(folder)
    (other / "y.yaml").symlink_to(other / "us.yaml")
    assert read_all(other)["y.yaml"] == (folder / "us.yaml").read_bytes()


@pytest.mark.parametrize("name", ["agenda.yaml", "sources.yaml", "us.yaml", "proposals/x.yaml"])
def test_every_file_of_a_dossier_comes_by_the_door(folder: Path, name: str) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    path.symlink_to(folder.parent / "secret.yaml")
    found = [one for one in check_folder(folder, TODAY).findings if one.code == "CP101"]
    assert [(one.source.path, one.message) for one in found] == [
        (f"positions/{name}", f"the file cannot be read: {OUTSIDE}")
    ]


@pytest.mark.parametrize("target", ["../elsewhere", "/etc", "/proc/self", "/root", "..", "/"])
def test_a_folder_of_proposals_elsewhere_is_not_even_listed(
    folder: Path, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(folder / "proposals", ignore_errors=True)
    (folder / "proposals").symlink_to(target)
    listed: list[object] = []
    listdir = os.listdir

    def note(path: Path) -> list[str]:
        listed.append(path)
        return listdir(path)

    monkeypatch.setattr(os, "listdir", note)
    found = [one for one in check_folder(folder, TODAY).findings if one.severity == "error"]
    assert [(one.code, one.source.path) for one in found] == [("CP101", "positions/proposals")]
    assert found[0].message == f"the folder cannot be read: {OUTSIDE}"
    assert {*listed} == {folder}


def real_folder(folder: Path) -> Path:
    return folder


def linked_folder(folder: Path) -> Path:
    (folder.parent / "link").symlink_to(folder)
    return folder.parent / "link"


def folder_below_a_link(folder: Path) -> Path:
    (folder.parent.parent / f"{folder.parent.name}-link").symlink_to(folder.parent)
    return folder.parent.parent / f"{folder.parent.name}-link" / folder.name


def folder_with_links_inside(folder: Path) -> Path:
    (folder / "kept").mkdir()
    (folder / "us.yaml").rename(folder / "kept" / "us.txt")
    (folder / "us.yaml").symlink_to("kept/us.txt")
    return folder


def folder_with_absolute_links(folder: Path) -> Path:
    (folder / "us.yaml").rename(folder / "us.txt")
    (folder / "us.yaml").symlink_to(folder / "us.txt")
    return folder


def folder_with_proposals_linked_inside(folder: Path) -> Path:
    (folder / "drafts").mkdir()
    (folder / "proposals").symlink_to("drafts")
    return folder


def relative_folder(folder: Path) -> Path:
    return Path("elsewhere") / ".." / folder.name


GOOD = [
    real_folder,
    linked_folder,
    folder_below_a_link,
    folder_with_links_inside,
    folder_with_absolute_links,
    folder_with_proposals_linked_inside,
    relative_folder,
]


@pytest.mark.parametrize("has_proc", [True, False])
@pytest.mark.parametrize("lay", GOOD)
def test_links_that_stay_inside_are_fine(
    folder: Path, lay: Callable[[Path], Path], has_proc: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = load_dossier(folder).parties
    home = lay(folder)
    if not has_proc:
        without_proc(monkeypatch)
    assert load_dossier(home).parties == expected


def without_proc(monkeypatch: pytest.MonkeyPatch) -> None:
    readlink = os.readlink

    def nothing(path: str) -> str:
        if path.startswith("/proc/"):
            raise FileNotFoundError
        return readlink(path)

    monkeypatch.setattr(os, "readlink", nothing)


def test_without_proc_links_are_resolved_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_proc(monkeypatch)
    (folder / "x.yaml").symlink_to("../secret.yaml")
    with pytest.raises(NotRead, match=OUTSIDE):
        Folder(folder).read("x.yaml")


@pytest.mark.parametrize("has_proc", [True, False])
def test_what_is_checked_is_what_is_read(
    folder: Path, has_proc: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the check of the name and the opening, the file becomes a link, and one again."""
    if not has_proc:
        without_proc(monkeypatch)
    path, open_ = folder / "us.yaml", os.open

    def replaced(name: Any, flags: int) -> int:
        if str(name) != str(path):
            return open_(name, flags)
        path.rename(folder / "aside")
        path.symlink_to("../secret.yaml")
        opened = open_(name, flags)
        path.unlink()
        (folder / "aside").rename(path)
        return opened

    door = Folder(folder)
    monkeypatch.setattr(os, "open", replaced)
    with pytest.raises(NotRead, match=f"{OUTSIDE}|it was replaced"):
        door.read("us.yaml")


def test_a_file_that_becomes_a_pipe_is_not_waited_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, open_ = folder / "us.yaml", os.open

    def replaced(name: Any, flags: int) -> int:
        if str(name) == str(path):
            path.unlink()
            os.mkfifo(path)
        return open_(name, flags)

    door = Folder(folder)
    monkeypatch.setattr(os, "open", replaced)
    with pytest.raises(NotRead, match=IRREGULAR):
        door.read("us.yaml")


@pytest.mark.parametrize("size", [99, 100, 101, 5_000])
def test_a_file_that_grows_is_bounded(
    tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"")
    monkeypatch.setenv(VARIABLE, "file-bytes=100")
    fstat = os.fstat

    def grown(descriptor: int) -> os.stat_result:
        status = fstat(descriptor)
        path.write_bytes(b"x" * size)
        return status

    monkeypatch.setattr(os, "fstat", grown)
    if size > 100:
        with pytest.raises(NotRead, match=r"larger than 0\.0001 MB; to raise this limit, set"):
            read(path)
    else:
        assert read(path) == b"x" * size


@pytest.mark.parametrize("name", ["/proc/self/environ", "/proc/cpuinfo", "/dev/zero", "."])
def test_what_the_user_names_is_a_file_too(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("API_TOKEN", SECRET)
    Path("x.md").symlink_to(name)
    here = ["--positions", str(folder)]
    source = next(iter(load_dossier(folder).sources))
    for arguments in (
        ["brief", "russia", "us", "--template", "x.md", *here],
        ["check-quotes", "--text", f"{source}={name}", *here],
        ["import", name, "--into", "new"],
    ):
        assert main(arguments) == 2
        out, err = capsys.readouterr()
        assert (out, SECRET in err) == ("", False)
        assert IRREGULAR in err


UNRECOGNISED = {
    "a token": f"token: {SECRET}\n{SECRET}: [\n",
    "a key of a map": f"{SECRET}: 1\n",
    "twice": f"{SECRET}: 1\n{SECRET}: 2\n",
    "a list": f"- {SECRET}\n- *{SECRET}\n",
    "an environment": f"HOME=/root\0API_TOKEN={SECRET}\0",
    "passwords": f"root:x:0:0:{SECRET}:/root:/bin/sh\ngroups:x:1:\n",
    "Latin": f"{SECRET}: \xe9\n",
    "a tag": f"a: !{SECRET} b\n",
    "an anchor": f"a: &{SECRET} b\n",
    "a closing quote": f"”{SECRET}: 1\n”{SECRET}: 2\n",
    "a number": f"{SECRET_NUMBER}\n",
    "a list that is asked for": f"members: {SECRET}\nname: {SECRET_NUMBER}\n",
    "a map in a list": f"members:\n  {SECRET}: 1\n",
}


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("kind", UNRECOGNISED)
def test_nothing_is_shown_of_a_file_that_is_not_recognised(
    kind: str, format_name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a hard link, which cannot be told from a file; or as a proposal that the user names."""
    path = folder.parent / "stolen.yaml"
    path.write_text(UNRECOGNISED[kind], "latin-1" if kind == "Latin" else "utf-8")
    os.link(path, folder / "x.yaml")
    assert main(["validate", str(folder), "--format", format_name]) == 1
    assert main(["assess", str(path), "us", "--positions", str(folder)]) == 2
    out, err = capsys.readouterr()
    assert "x.yaml" in out
    assert SECRET not in out + err
    assert str(SECRET_NUMBER) not in out + err
    assert "0123456789abcdef" not in out + err  # as an id would be written


@pytest.mark.parametrize("make", [link_to("/dev/zero"), link_to("/proc/self/environ"), os.mkfifo])
def test_a_copy_of_a_schema_that_is_none(folder: Path, make: Callable[[Path], Any]) -> None:
    make(folder / "party.schema.json")
    why = OUTSIDE if (folder / "party.schema.json").is_symlink() else IRREGULAR
    (found,) = [one for one in check_folder(folder, TODAY).findings if one.code == "CP604"]
    assert found.message == f"this copy of a schema cannot be read: {why}"
    assert found.source.text == ""


@pytest.fixture
def few_descriptors() -> Iterator[None]:
    """A file that is not closed would soon be one too many."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


@pytest.mark.usefixtures("few_descriptors")
def test_every_file_is_closed(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    for number in range(100):
        (folder / f"x{number}.yaml").symlink_to("../secret.yaml" if number % 2 else "pipe")
    contents = read_all(folder)
    reasons = {one.reason for one in contents.values() if isinstance(one, NotRead)}
    assert reasons == {OUTSIDE, IRREGULAR}


def test_a_device_is_not_even_opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some devices act on that."""
    door = Folder(folder)
    (folder / "x.yaml").symlink_to("/dev/null")

    def fail(*arguments: object) -> int:
        raise AssertionError("it was opened")

    monkeypatch.setattr(os, "open", fail)
    assert isinstance(door.content("x.yaml"), NotRead)
