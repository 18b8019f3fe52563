"""Which dossier a command reads, from whatever folder it is called."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer

from claimpos.__main__ import main
from claimpos.cli.app import app_for
from claimpos.cli.options import complete_party
from claimpos.dossier.locate import find_dossier, shipped
from claimpos.errors import DossierNotFound
from tests.cli.in_process import claimpos
from tests.cli.process import WORKED
from tests.support import without_status_of, write_short

AGENDA = {"status": {"options": ["x", "y"]}}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Dossiers in `here`, `near` and `far`, told apart by their one party; none in `off`."""
    for name in ("here", "near", "far"):
        write_short(tmp_path / name / "positions", AGENDA, {name: {}})
    (tmp_path / "near" / "deep" / "down").mkdir(parents=True)
    (tmp_path / "near" / "deep" / "positions").mkdir()  # without an agenda it is no dossier
    (tmp_path / "off").mkdir()
    return tmp_path


def parties(cwd: Path, *arguments: str, variable: str = "", said: str = "") -> list[str]:
    done = claimpos("list", "--format", "csv", *arguments, cwd=cwd, CLAIMPOS_POSITIONS=variable)
    assert (done.returncode, done.stderr) == (0, said)
    return [line.split(",")[0] for line in done.stdout.splitlines()[1:]]


def test_the_option_comes_first(house: Path) -> None:
    named = ("--positions", "../far/positions")
    assert parties(house / "near", *named, variable=str(house / "here" / "positions")) == ["far"]


def test_then_the_variable(house: Path) -> None:
    assert parties(house / "near", variable=str(house / "here" / "positions")) == ["here"]
    assert parties(house / "near", variable="../far/positions") == ["far"]


@pytest.mark.parametrize(
    ("cwd", "above"),
    [
        ("near", ""),
        ("near/positions", ""),
        ("near/deep", "../positions"),
        ("near/deep/down", "../../positions"),
    ],
)
def test_then_the_nearest(house: Path, cwd: str, above: str) -> None:
    said = f"claimpos: reading “{above}”, the nearest dossier above this folder.\n"
    assert parties(house / cwd, said=said if above else "") == ["near"]


STRANGER, USER = 2002, 2001


def given(owner: int, *paths: Path) -> None:
    for path in paths:
        os.chown(path, owner, owner, follow_symlinks=False)


def all_of_it(positions: Path) -> None:
    given(STRANGER, positions, positions / "agenda.yaml")


def the_folder(positions: Path) -> None:
    given(STRANGER, positions)


def the_agenda(positions: Path) -> None:
    given(STRANGER, positions / "agenda.yaml")


def a_link_to_a_folder_of_ones_own(positions: Path) -> None:
    positions.rename(positions.with_name("other"))
    positions.symlink_to("other")
    given(STRANGER, positions)


def a_link_to_an_agenda_of_ones_own(positions: Path) -> None:
    (positions / "agenda.yaml").rename(positions / "other.txt")
    (positions / "agenda.yaml").symlink_to("other.txt")
    given(STRANGER, positions / "agenda.yaml")


def a_link_of_ones_own_to_a_strangers_folder(positions: Path) -> None:
    positions.rename(positions.with_name("other"))
    positions.symlink_to("other")
    given(STRANGER, positions.with_name("other"))


STRANGE = [
    all_of_it,
    the_folder,
    the_agenda,
    a_link_to_a_folder_of_ones_own,
    a_link_to_an_agenda_of_ones_own,
    a_link_of_ones_own_to_a_strangers_folder,
]

root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")


@root_only
@pytest.mark.parametrize("strange", STRANGE)
def test_another_users_dossier_above_is_left_aside(
    house: Path,
    strange: Callable[[Path], None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    work = house / "near" / "deep" / "work"
    work.mkdir()
    strange(house / "near" / "positions")
    monkeypatch.chdir(work)
    assert find_dossier() == shipped("positions")
    assert main(["list", "--format", "csv"]) == 0
    out, said = capsys.readouterr()
    assert said == "claimpos: “../../positions” is another user's dossier and was ignored.\n"
    assert "\nrussia," in out
    # Nor is it completed, and not a word is said there.
    context = typer.Context(typer.main.get_command(app_for(["diff"])))
    assert list(complete_party(context, "nea")) == []
    assert "russia" in [name for name, _ in complete_party(context, "russ")]
    assert capsys.readouterr() == ("", "")


@root_only
def test_ones_own_further_up_is_found_past_it(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    all_of_it(house / "near" / "positions")
    write_short(house / "positions", AGENDA, {"own": {}})
    monkeypatch.chdir(house / "near" / "deep")
    assert find_dossier() == house / "positions"


@root_only
@pytest.mark.parametrize("whose", ["the user", "root", "the owner of the folder"])
def test_whose_dossier_is_read(house: Path, whose: str, monkeypatch: pytest.MonkeyPatch) -> None:
    positions, deep = house / "near" / "positions", house / "near" / "deep"
    owner = {"the user": USER, "root": 0, "the owner of the folder": STRANGER}[whose]
    given(owner, positions, positions / "agenda.yaml")
    given(STRANGER if whose == "the owner of the folder" else 0, deep)
    monkeypatch.setattr(os, "geteuid", lambda: USER)
    monkeypatch.chdir(deep)
    assert find_dossier() == positions


def test_then_the_shipped_one(house: Path) -> None:
    assert {"russia", "us", "ukraine", "europe"} <= set(parties(house / "off"))


def no_target(positions: Path, patch: pytest.MonkeyPatch) -> None:
    positions.symlink_to("/nowhere/positions")


def no_status(positions: Path, patch: pytest.MonkeyPatch) -> None:
    positions.mkdir()
    patch.setattr(os, "stat", without_status_of(positions))


def no_link(positions: Path, patch: pytest.MonkeyPatch) -> None:
    """As git writes a link where it may make none."""
    (positions.parent / ".dossier").mkdir()
    positions.write_text(".dossier", "utf-8")


@pytest.mark.parametrize("fault", [no_target, no_status, no_link])
@pytest.mark.parametrize("cwd", [".", "below"])
def test_none_stands_in_for_one_that_cannot_be_reached(
    house: Path,
    fault: Callable[[Path, pytest.MonkeyPatch], None],
    cwd: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (house / "off" / "below").mkdir()
    with monkeypatch.context() as patch:
        fault(house / "off" / "positions", patch)
        done = claimpos("list", cwd=house / "off" / cwd, CLAIMPOS_POSITIONS="")
    assert (done.returncode, done.stdout) == (2, "")
    assert "positions” " in done.stderr


@pytest.mark.parametrize("command", ["validate", "diff here there", "list"])
def test_nor_for_a_dossier_of_another_name_in_which_one_stands(house: Path, command: str) -> None:
    (house / "here" / "positions").rename(house / "off" / "talks")
    done = claimpos(*command.split(), cwd=house / "off" / "talks", CLAIMPOS_POSITIONS="")
    assert (done.returncode, done.stdout) == (2, "")
    assert "name it with `--positions .`" in done.stderr
    assert parties(house / "off" / "talks", "--positions", ".") == ["here"]


@root_only
@pytest.mark.parametrize("what", ["a file", "a link"])
def test_but_for_a_strangers_agenda_it_does(
    house: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    agenda = house / "off" / "agenda.yaml"
    if what == "a file":
        agenda.touch()
    else:
        agenda.symlink_to("nowhere")
    monkeypatch.chdir(agenda.parent)
    with pytest.raises(DossierNotFound, match="is not called"):
        find_dossier()
    given(STRANGER, agenda)
    assert find_dossier() == shipped("positions")


@pytest.mark.parametrize("named", ["nowhere", "off", "here/positions/agenda.yaml"])
def test_a_folder_that_is_no_dossier(house: Path, named: str) -> None:
    for arguments, variable in (
        (("--positions", named), ""),
        (("--positions", str(house / named)), ""),
        ((), named),
    ):
        done = claimpos("list", *arguments, cwd=house, CLAIMPOS_POSITIONS=variable)
        assert (done.returncode, done.stdout) == (2, "")
        assert f"“{named}”" in done.stderr
        assert str(house) not in done.stderr


def test_a_folders_name_makes_no_line_of_a_message(house: Path) -> None:
    (house / "a\n::error::b").mkdir()
    for named in ("a\n::error::b", "a\n::error::c"):
        done = claimpos("list", "--positions", named, cwd=house)
        assert (done.returncode, done.stdout) == (2, "")
        assert "a\\n::error::" in done.stderr


def test_faults_are_located_from_where_one_stands(house: Path) -> None:
    shutil.copytree(WORKED, house / "worked")
    (house / "worked" / "us.yaml").write_text("party: us\n", encoding="utf-8")
    for cwd, shown in ((house, "worked/us.yaml:1:1: "), (house / "off", "../worked/us.yaml:1:1: ")):
        done = claimpos("list", cwd=cwd, CLAIMPOS_POSITIONS=str(house / "worked"))
        assert done.returncode == 2
        assert done.stderr.startswith(shown)
        assert str(house) not in done.stderr


def test_a_dossier_that_has_lost_its_agenda_is_not_left_for_another(house: Path) -> None:
    (house / "near" / "positions" / "agenda.yaml").rename(house / "near" / "positions/agenda.yml")
    for line in ("list", "validate --strict"):
        done = claimpos(*line.split(), cwd=house / "near", CLAIMPOS_POSITIONS="")
        assert done.returncode == 2
        assert "holds no agenda.yaml, so it is not a dossier: rename agenda.yml" in " ".join(
            done.stderr.split()
        )


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Makes a folder one that the user may list, and not search; root may search all."""

    def close(folder: Path) -> None:
        above = f"{folder.resolve()}{os.sep}"

        def guarded(look: Callable[..., os.stat_result]) -> Callable[..., os.stat_result]:
            def refusing(path: Any, *others: Any, **named: Any) -> os.stat_result:
                if not isinstance(path, int) and os.path.abspath(os.fsdecode(path)).startswith(
                    above
                ):
                    raise PermissionError(13, "Permission denied", path)
                return look(path, *others, **named)

            return refusing

        monkeypatch.setattr(os, "lstat", guarded(os.lstat))
        monkeypatch.setattr(os, "stat", guarded(os.stat))

    return close


@pytest.mark.parametrize("place", ["positions", "positions/parties", "positions/parties/near"])
def test_what_cannot_be_searched_does_not_seem_to_be_missing(
    place: str, house: Path, closed: Callable[[Path], None]
) -> None:
    folder = house / "near"
    assert claimpos("split", "near", cwd=folder, CLAIMPOS_POSITIONS="").returncode == 0
    closed(folder / place)
    for line in ("list", "validate", "list --positions positions"):
        done = claimpos(*line.split(), cwd=folder, CLAIMPOS_POSITIONS="")
        assert (done.returncode, "permission denied" in done.stderr) == (2, True)


@pytest.mark.parametrize("place", ["near", "."])
def test_nor_does_a_dossier_where_the_working_directory_cannot_be_searched(
    place: str, house: Path, closed: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(house / "near")
    closed(house / place)
    for line in ("list", "validate", "split near", "diff russia us"):
        done = claimpos(*line.split(), CLAIMPOS_POSITIONS="")
        assert (done.returncode, "permission denied" in done.stderr) == (2, True)


def test_every_folder_to_check_holds_a_dossier(house: Path) -> None:
    for paths in (["near", "off"], ["off", "near"], ["near", "off", "far"]):
        done = claimpos("validate", *paths, cwd=house)
        assert (done.returncode, "no agenda.yaml at or below “off”" in done.stderr) == (3, True)
