"""Which dossiers and files a run looks at, and of what it tells."""

from __future__ import annotations

import contextlib
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from claimpos.dossier.findings import Finding, SourceText, Span
from claimpos.errors import DossierNotFound, NothingToCheck, UnknownName, WrongUsage
from claimpos.validation.targets import Target, checked_targets, days_of, selected, targets
from tests.support import within

FILES = [
    *["one/agenda.yaml", "one/a.yaml", "one/proposals/draft.yaml", "one/notes.md"],
    *["deep/er/two/agenda.yaml", ".git/three/agenda.yaml", "none/b.yaml"],
]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    return tmp_path


def whole(*folders: str) -> list[Target]:
    return [Target(Path(folder)) for folder in folders]


def some(folder: str, *files: str) -> Target:
    return Target(Path(folder), frozenset(map(Path, files)))


@pytest.mark.parametrize(
    ("paths", "found"),
    [
        (["one"], whole("one")),
        (["."], whole("deep/er/two", "one")),
        (["one", "one/a.yaml"], whole("one")),
        (["one", "one"], whole("one")),
        (["one/a.yaml"], [some("one", "one/a.yaml")]),
        (["one/proposals/draft.yaml"], [some("one", "one/proposals/draft.yaml")]),
        (["none/b.yaml", "one/notes.md"], [some("none", "none/b.yaml")]),
        (["one/a.yaml", "deep"], [*whole("deep/er/two"), some("one", "one/a.yaml")]),
    ],
)
def test_what_paths_mean(tree: Path, paths: list[str], found: list[Target]) -> None:
    with contextlib.chdir(tree):
        assert targets([Path(path) for path in paths], None) == found


def test_a_proposal_named_from_its_own_folder(tree: Path) -> None:
    with contextlib.chdir(tree / "one" / "proposals"):
        assert targets([Path("draft.yaml")], None) == [some("..", "../proposals/draft.yaml")]


@pytest.mark.parametrize(
    ("paths", "error"),
    [
        (["nowhere"], WrongUsage),
        (["none"], NothingToCheck),
        (["one/notes.md"], NothingToCheck),
        ([".git/three/agenda.yaml", "nowhere.yaml"], WrongUsage),
    ],
)
def test_what_paths_do_not_mean(tree: Path, paths: list[str], error: type[Exception]) -> None:
    with contextlib.chdir(tree), pytest.raises(error):
        targets([Path(path) for path in paths], None)


@pytest.mark.parametrize(("closed", "path"), [("deep", "."), ("deep/er", "deep"), ("one", "one")])
def test_no_folder_is_passed_over_because_it_cannot_be_listed(
    closed: str, path: str, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    list_folder = os.scandir

    def refusing(folder: Any) -> Any:
        if os.path.abspath(os.fsdecode(folder)) == str(tree / closed):
            raise PermissionError(13, "Permission denied", os.fsdecode(folder))
        return list_folder(folder)

    (tree / "one/agenda.yaml").unlink()
    monkeypatch.setattr(os, "scandir", refusing)
    with contextlib.chdir(tree), pytest.raises(DossierNotFound) as error:
        targets([Path(path)], None)
    assert str(error.value) == f"the folder “{closed}” cannot be read: permission denied"


def test_no_dossier_hides_another_below_it(tree: Path) -> None:
    for name in ("agenda.yaml", "one/proposals/agenda.yaml"):
        (tree / name).write_text("", encoding="utf-8")
    with contextlib.chdir(tree):
        assert targets([Path(".")], None) == whole(".", "deep/er/two", "one", "one/proposals")


# Each link, and the dossiers that a run looks at besides those in `tree`, outside a repository.
LINKS = {
    "to a hidden folder": ("positions", ".kept/three", ["positions"]),
    "to a folder that holds hidden ones": ("positions", ".kept", ["positions/three"]),
    "to what is looked at anyway": ("a", "one", []),
    "to the folder itself": ("deep/again", "..", []),
    "that is hidden": (".positions", ".kept/three", []),
    "to a dossier elsewhere": ("positions", "../elsewhere/far", []),
    "to what holds dossiers elsewhere": ("positions", "../elsewhere", []),
}


@pytest.mark.parametrize("is_repository", [False, True])
@pytest.mark.parametrize("link", LINKS)
def test_a_dossier_behind_a_link_counts_once(
    tree: Path, tmp_path: Path, link: str, is_repository: bool
) -> None:
    name, target, more = LINKS[link]
    place = tmp_path / "place"
    (tree / ".git").rename(tree / ".kept")
    place.mkdir()
    for one in ("one", "deep", ".kept"):
        (tree / one).rename(place / one)
    if is_repository:
        (place / ".git").mkdir()
        more = [] if "elsewhere" in target else more  # no command reads what is outside
    (tmp_path / "elsewhere" / "far").mkdir(parents=True)
    (tmp_path / "elsewhere" / "far" / "agenda.yaml").write_text("", encoding="utf-8")
    (place / name).symlink_to(target)
    with contextlib.chdir(place):
        assert targets([Path(".")], None) == whole("deep/er/two", "one", *more)


# For the links in `deep`, with what they lead to: the dossiers behind them.
ELSEWHERE = [
    ({"a": "one"}, ["deep/a"]),
    ({"a": "others"}, ["deep/a/x", "deep/a/y"]),
    ({"a": "others", "b": "others/x", "c": "others"}, ["deep/a/x", "deep/a/y"]),
    ({"a": "others/x", "b": "others"}, ["deep/a", "deep/b/y"]),
    ({"a": "."}, ["deep/a/one", "deep/a/others/x", "deep/a/others/y"]),
    ({"a": "further"}, ["deep/a/b/x", "deep/a/b/y"]),
    ({"a": ".hidden"}, []),
]


@pytest.mark.parametrize(("links", "more"), ELSEWHERE)
def test_dossiers_behind_links_elsewhere_in_a_repository_count_once(
    tree: Path, links: dict[str, str], more: list[str]
) -> None:
    for name in ("x", "y"):
        (tree / "others" / name).mkdir(parents=True)
        (tree / "others" / name / "agenda.yaml").touch()
    for empty in ("further", ".hidden"):
        (tree / empty).mkdir()
    (tree / "further" / "b").symlink_to("../others")
    for name, target in links.items():
        (tree / "deep" / name).symlink_to(f"../{target}")
    with contextlib.chdir(tree):
        assert targets([Path("deep")], None) == whole("deep/er/two", *more)


@pytest.mark.parametrize("target", ["nowhere", ".nowhere"])
def test_positions_may_be_no_link_to_nowhere(tree: Path, target: str) -> None:
    (tree / "positions").symlink_to(target)
    (tree / "other").symlink_to("nowhere")
    with contextlib.chdir(tree), pytest.raises(DossierNotFound, match="is a link to nowhere"):
        targets([Path(".")], None)
    (tree / "positions").unlink()
    with contextlib.chdir(tree):
        assert targets([Path(".")], None) == whole("deep/er/two", "one")


def test_nor_a_file_that_git_has_written_in_place_of_a_link(tree: Path) -> None:
    (tree / ".hidden").mkdir()
    with contextlib.chdir(tree):
        Path("positions").write_text(".hidden", "utf-8")
        with pytest.raises(DossierNotFound, match="git writes one in place of a link"):
            targets([Path(".")], None)
        for text in ("", "A list of positions\n", ".gone"):
            Path("positions").write_text(text, "utf-8")
            assert targets([Path(".")], None) == whole("deep/er/two", "one")


def test_folders_count_by_their_names_on_disks_that_give_all_one_number(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    status = os.stat

    def seven(*path: Any, **how: Any) -> os.stat_result:
        mode, _, _, *others = status(*path, **how)
        return os.stat_result((mode, 7, 7, *others))

    monkeypatch.setattr(os, "stat", seven)
    with contextlib.chdir(tree):
        assert targets([Path(".")], None) == whole("deep/er/two", "one")


@pytest.mark.parametrize("folder", [".", "deep"])
def test_git_is_asked_once_whatever_the_number_of_links(
    folder: str, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def note(folder: Path, **_: object) -> dict[str, object]:
        asked.append(folder)
        return {}

    monkeypatch.setattr("claimpos.dossier.checkout.left_out", note)
    for number in range(50):
        (tree / f".kept{number}").mkdir()
        for again in range(2):
            (tree / folder / f"link{number}-{again}").symlink_to(tree / f".kept{number}")
    with contextlib.chdir(tree):
        found = ["deep/er/two", "one"] if folder == "." else ["deep/er/two"]
        assert targets([Path(folder)], None) == whole(*found)
    assert len(asked) == 1


def test_folders_may_be_nested_deep(tree: Path) -> None:
    deepest = "/".join(["deep", *["d"] * 1_100])
    with contextlib.chdir(tree / "deep"):
        for _ in range(1_100):
            os.mkdir("d")
            os.chdir("d")
        Path("agenda.yaml").touch()
    try:
        with contextlib.chdir(tree), within(4):
            found = targets([Path(".")], None)
    finally:  # pytest cannot delete them
        with contextlib.chdir(tree / deepest):
            os.unlink("agenda.yaml")
            for _ in range(1_100):
                os.chdir("..")
                os.rmdir("d")
    assert found == whole(deepest, "deep/er/two", "one")


def test_many_links_to_one_folder_are_followed_once(tree: Path) -> None:
    (tree / "links").mkdir()
    for number in range(2_000):
        (tree / "links" / f"l{number}").symlink_to("." if number % 2 else "..")
    with contextlib.chdir(tree), within(4):
        assert targets([Path(".")], None) == whole("deep/er/two", "one")


def test_without_a_path_the_dossier_is_found_as_elsewhere(tree: Path) -> None:
    assert targets([], tree / "one") == [Target(tree / "one")]
    with pytest.raises(DossierNotFound):
        targets([], tree / "none")


def test_of_a_single_file_only_its_findings_are_told(tree: Path) -> None:
    dossier = Path(__file__).resolve().parents[1] / "sessions" / "dossiers" / "faulty"
    asked = [Target(dossier, frozenset([dossier / "us.yaml"]))]
    checked = checked_targets(asked, date(2025, 6, 1), None, {})
    assert [one.code for one in checked.findings] == ["CP101"]
    assert [Path(file).name for file in checked.files] == ["us.yaml"]


@pytest.mark.parametrize(
    ("select", "ignore", "left"),
    [
        ([], [], ["CP101", "CP411", "CP413", "CP901"]),
        (["CP4"], [], ["CP411", "CP413"]),
        (["cp411, CP9"], [], ["CP411", "CP901"]),
        (["CP4"], ["CP413"], ["CP411"]),
        ([], ["CP"], []),
        ([], ["CP1", "CP4"], ["CP901"]),
    ],
)
def test_select_and_ignore(select: list[str], ignore: list[str], left: list[str]) -> None:
    source = SourceText("a.yaml", "")
    codes = ["CP101", "CP411", "CP413", "CP901"]
    findings = [Finding(code, source, Span(1, 1, 1, 1), "") for code in codes]
    assert [one.code for one in selected(findings, select, ignore)] == left


@pytest.mark.parametrize("code", ["CP99", "X", "", "C", "CP4111"])
def test_codes_of_no_rule(code: str) -> None:
    with pytest.raises(UnknownName):
        selected([], [code], [])


@pytest.mark.parametrize(
    ("age", "days"), [("90d", 90), ("2w", 14), ("6m", 180), ("1y", 365), ("999999d", 999999)]
)
def test_ages(age: str, days: int) -> None:
    assert days_of(age) == days


@pytest.mark.parametrize("age", ["", "0d", "d", "6", "6 m", "-1d", "1.5y", "٣d", "9999999d", "6M"])
def test_what_is_no_age(age: str) -> None:
    with pytest.raises(WrongUsage, match="is not a valid age"):
        days_of(age)
