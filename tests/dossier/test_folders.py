"""Which folder is the dossier, and what a folder may lack."""

from __future__ import annotations

import gc
import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from claimpos import DossierNotFound, InvalidDossier, load_dossier
from claimpos.__main__ import main
from claimpos.dossier.contents import read_all
from claimpos.dossier.findings import SourceText, Span, shown_path
from claimpos.dossier.loading import load_folder
from claimpos.dossier.locate import (
    find_dossier,
    party_files,
    party_folders,
    proposal_files,
    shipped,
)
from claimpos.dossier.lookup import group_named, issue_named, party_named
from claimpos.dossier.schemas import schema, schema_names
from claimpos.errors import NothingToCheck, UnknownName
from claimpos.validation.checking import check_folder
from claimpos.validation.targets import targets
from tests.cli.process import WORKED
from tests.support import without_status_of, write_short

AGENDA = {"status": {"options": ["x", "y"]}}


def dossier_at(folder: Path) -> Path:
    return write_short(folder, AGENDA, {"a": {}, "b": {}})


def test_order_of_search(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = dossier_at(tmp_path / "named")
    by_variable = dossier_at(tmp_path / "variable")
    nearest = dossier_at(tmp_path / "project" / "positions")
    (tmp_path / "project" / "deep" / "positions").mkdir(parents=True)  # holds no agenda
    monkeypatch.chdir(tmp_path / "project" / "deep")
    assert find_dossier() == nearest
    monkeypatch.setenv("CLAIMPOS_POSITIONS", str(by_variable))
    assert find_dossier() == by_variable
    assert find_dossier(named) == named
    monkeypatch.delenv("CLAIMPOS_POSITIONS")
    monkeypatch.chdir("/")
    assert find_dossier() == shipped("positions")


def test_no_dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DossierNotFound, match="there is no folder “nowhere”"):
        find_dossier(Path("nowhere"))
    with pytest.raises(DossierNotFound, match=r"holds no agenda\.yaml"):
        find_dossier(Path("."))
    with pytest.raises(DossierNotFound, match="there is no folder “gone”"):
        find_dossier(tmp_path / "gone")


@pytest.mark.parametrize("name", ["x" * 5000, "a\0b", "agenda.yaml/positions"])
def test_a_name_that_no_folder_can_have(name: str) -> None:
    with pytest.raises(DossierNotFound, match="there is no folder"):
        find_dossier(Path(name))


def test_a_folder_that_may_not_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = dossier_at(tmp_path / "positions")
    monkeypatch.chdir(tmp_path)

    def deny(folder: Path) -> list[str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "listdir", deny)
    with pytest.raises(DossierNotFound, match="“positions” cannot be read: permission denied"):
        load_dossier(folder)


def test_a_working_directory_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = dossier_at(tmp_path / "positions")
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with pytest.raises(DossierNotFound, match="working directory cannot be reached: no such file"):
        find_dossier()
    assert load_dossier(folder).title == "A test"
    assert shown_path(folder / "a.yaml") == "a.yaml"


def test_which_files_count(tmp_path: Path) -> None:
    folder = dossier_at(tmp_path)
    for name in (".hidden.yaml", "notes.md", "c.yml", "proposals"):
        path = folder / name
        path.mkdir() if name == "proposals" else path.write_text("")
    (folder / "proposals" / "plan.yaml").write_text("")
    assert [path.name for path in party_files(folder)] == ["a.yaml", "b.yaml", "c.yml"]
    assert [path.name for path in proposal_files(folder)] == ["plan.yaml"]


@pytest.mark.parametrize("missing", ["sources.yaml", "agenda.yaml"])
def test_a_missing_file_is_told_once(tmp_path: Path, missing: str) -> None:
    folder = write_short(tmp_path, AGENDA, {"a": {"status": {"demands": "x"}}, "b": {}})
    (folder / missing).unlink()
    (folder / missing).symlink_to("nowhere")
    with pytest.raises((InvalidDossier, DossierNotFound)) as caught:
        load_dossier(folder)
    if isinstance(caught.value, InvalidDossier):
        assert [Path(one.source.path).name for one in caught.value.findings] == [missing]


def test_a_file_without_the_form_of_sources(tmp_path: Path) -> None:
    folder = dossier_at(tmp_path)
    (folder / "sources.yaml").write_text("- paper")
    with pytest.raises(InvalidDossier) as caught:
        load_dossier(folder)
    assert [finding.code for finding in caught.value.findings] == ["CP204"]


def test_paths_are_shown_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert shown_path(tmp_path / "x" / "y.yaml") == os.path.join("x", "y.yaml")

    def other_drive(path: Path) -> str:
        raise ValueError

    monkeypatch.setattr(os.path, "relpath", other_drive)
    assert shown_path(Path("z:/x/y.yaml")) == "y.yaml"


def test_lines_of_a_text() -> None:
    source = SourceText("x.yaml", "one\r\ntwo")
    assert [source.line(number) for number in (1, 2, 3)] == ["one", "two", ""]
    assert Span(1, 2, 3, 4).column == 2


def test_names(tmp_path: Path) -> None:
    dossier = load_dossier(dossier_at(tmp_path))
    assert party_named(dossier, "A").id == "a"
    assert issue_named(dossier, "STATUS").id == "status"
    assert group_named(dossier, "all issues") == "all-issues"
    with pytest.raises(UnknownName) as caught:
        issue_named(dossier, "statsu")
    assert caught.value.nearest == ("status",)


def test_schemas() -> None:
    assert {"agenda", "sources", "party", "proposal", "diff"} <= set(schema_names())
    with pytest.raises(KeyError):
        schema("../pyproject")


@pytest.mark.parametrize("collecting", [True, False])
def test_the_collector_is_left_as_it_was(tmp_path: Path, collecting: bool) -> None:
    folder = dossier_at(tmp_path)
    try:
        if not collecting:
            gc.disable()
        load_folder(folder)
        assert gc.isenabled() is collecting
    finally:
        gc.enable()


@pytest.mark.parametrize("name", ["agenda.yml", "Agenda.yaml", "AGENDA.YML"])
def test_an_agenda_under_another_name_is_to_be_renamed(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("title: T\n", "utf-8")
    remedy = f"rename {name} to agenda.yaml"
    with pytest.raises(DossierNotFound, match=remedy):
        find_dossier(tmp_path)
    with pytest.raises(NothingToCheck, match=remedy):
        targets([tmp_path], None)


@pytest.mark.parametrize(
    ("name", "whose", "remedy"),
    [
        ("agenda.yml", "dossier", "delete one of the two: agenda.yaml stands beside it"),
        ("port.yml", "party", "delete one of the two: port.yaml stands beside it"),
        ("ship.yml", "party", "rename it"),
    ],
)
def test_a_file_in_yml_replaces_none(name: str, whose: str, remedy: str, tmp_path: Path) -> None:
    for other in ("agenda.yaml", "sources.yaml", "port.yaml", name):
        (tmp_path / other).write_text("party: port\nname: Port\npositions: {}\n", "utf-8")
    (told,) = (
        one for one in check_folder(tmp_path, date(2025, 1, 1)).findings if ".yml" in one.message
    )
    assert told.message == f"a {whose}'s file ends in .yaml, not .yml"
    assert told.hint == remedy


@pytest.fixture
def split(tmp_path: Path) -> Path:
    """A dossier with its parties in folders, and a text."""
    folder = Path(shutil.copytree(WORKED, tmp_path / "positions"))
    assert main(["split", "--positions", str(folder)]) == 0
    return folder


FOLDERS = ["parties", "parties/us", "parties/us/positions", "proposals"]


@pytest.mark.parametrize("name", FOLDERS)
def test_no_folder_is_missing_because_its_status_is(
    split: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "stat", without_status_of(split / name))
    with pytest.raises(DossierNotFound, match=f"{name}” cannot be read: stale file handle"):
        read_all(split)


@pytest.mark.parametrize("name", FOLDERS)
def test_nor_because_a_link_to_it_leads_nowhere(split: Path, name: str) -> None:
    shutil.rmtree(split / name, ignore_errors=True)
    (split / name).symlink_to("gone")
    with pytest.raises(DossierNotFound, match=f"{name}” is a link to nowhere"):
        read_all(split)


@pytest.mark.parametrize("name", FOLDERS)
def test_nor_because_git_has_made_a_file_of_a_link_to_it(split: Path, name: str) -> None:
    shutil.rmtree(split / name, ignore_errors=True)
    (split / name).write_text(".store/there", encoding="utf-8")
    with pytest.raises(DossierNotFound, match=f"{name}” is a file, where a dossier has a folder"):
        read_all(split)


def test_other_files_may_lie_beside_the_folders_of_parties(split: Path) -> None:
    for name in ("README", "notes.md", "party.yaml"):
        (split / "parties" / name).write_text("Notes", encoding="utf-8")
    assert len(load_dossier(split).parties) == 3


@pytest.mark.parametrize("command", ["join", "split"])
def test_no_party_is_missed_while_somebody_joins_or_splits_it(
    split: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if command == "split":
        assert main(["join", "us", "--positions", str(split)]) == 0

    def meanwhile(folder: Path) -> list[Path]:
        monkeypatch.setattr("claimpos.dossier.contents.party_folders", party_folders)
        assert main([command, "us", "--positions", str(split)]) == 0
        return party_folders(folder)

    monkeypatch.setattr("claimpos.dossier.contents.party_folders", meanwhile)
    found = {name for name in read_all(split) if name.startswith(("us", "parties/us"))}
    now = {path.relative_to(split).as_posix() for path in split.rglob("*.yaml")}
    assert found == {name for name in now if name.startswith(("us", "parties/us"))} != set()


def test_a_folder_behind_a_link_outlives_its_parties(split: Path) -> None:
    (split / ".store").mkdir()
    (split / "parties").rename(split / ".store" / "parties")
    (split / "parties").symlink_to(".store/parties")
    assert main(["join", "--positions", str(split)]) == 0
    assert {"us.yaml", "russia.yaml", "ukraine.yaml"} <= read_all(split).keys()
    assert main(["split", "--positions", str(split)]) == 0
    assert (split / ".store" / "parties" / "us" / "party.yaml").exists()
