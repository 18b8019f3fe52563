"""A party in a folder of its own: what is read, and where mistakes in it are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from claimpos import load_dossier
from claimpos.dossier.contents import read_all
from claimpos.dossier.files import NotRead
from claimpos.errors import InvalidDossier
from claimpos.validation.checking import check_folder
from claimpos.validation.targets import in_dossier
from tests.support import write_short

AGENDA = {"war": {"options": ["on", "off"]}, "tax": {"unit": "per cent"}}
PARTY = "party: ann\nname: Ann\n"
STATEMENT = "  source: paper\n  basis: stated\n  summary: So.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = write_short(tmp_path, AGENDA, {"bo": {"war": {"demands": "on"}}})
    write(home, "party.yaml", PARTY)
    write(home, "statements/word.yaml", f"word:\n{STATEMENT}")
    write(home, "positions/war.yaml", "war: [{since: 2025, refuses: on, evidence: [word]}]\n")
    return home


def write(home: Path, name: str, text: str) -> None:
    place = home / "parties" / "ann" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, "utf-8")


def found(home: Path) -> list[tuple[str, str, int, int, str]]:
    """What is found, for each finding its place in the very file."""
    return [
        (one.code, Path(one.source.path).name, one.span.line, one.span.column, one.message)
        for one in check_folder(home, date(2026, 1, 1)).findings
        if one.severity == "error"
    ]


def test_the_files_are_read_as_one_party(folder: Path) -> None:
    ann = load_dossier(folder).parties["ann"]
    assert [*ann.statements] == ["word"]
    assert [*ann.positions] == ["war"]
    assert [*load_dossier(folder).parties] == ["ann", "bo"]


def test_pieces_may_stand_beside_what_party_yaml_holds(folder: Path) -> None:
    other = STATEMENT.replace("  ", "    ")
    write(folder, "party.yaml", f"{PARTY}statements:\n  other:\n{other}")
    ann = load_dossier(folder).parties["ann"]
    assert [*ann.statements] == ["other", "word"]


def test_one_file_may_hold_several_pieces_in_any_layout(folder: Path) -> None:
    body = "{source: paper, basis: stated, summary: So.}"
    write(folder, "statements/many.yaml", f"---\n{{one: {body}, two: {body}}}")
    assert [*load_dossier(folder).parties["ann"].statements] == ["one", "two", "word"]


@pytest.mark.parametrize(
    ("name", "text", "finding"),
    [
        (
            "positions/war.yaml",
            "# so\nwar:\n  - since: 2025\n    refuses: onn\n    evidence: [word]\n",
            ("CP302", "war.yaml", 4, 14),
        ),
        (
            "positions/war.yaml",
            "war: [{since: 2025, refuses: on, evidence: [wrod]}]\n",
            ("CP306", "war.yaml", 1, 45),
        ),
        (
            "statements/word.yaml",
            "word:\n  source: papr\n  basis: stated\n  summary: So.\n",
            ("CP304", "word.yaml", 2, 11),
        ),
        (
            "statements/word.yaml",
            f"word:\n{STATEMENT}  sumary: So.\n",
            ("CP202", "word.yaml", 5, 3),
        ),
        ("statements/word.yaml", "word: {source: paper\n", ("CP101", "word.yaml", 1, 7)),
        ("statements/word.yaml", "- word\n", ("CP204", "word.yaml", 1, 1)),
        ("statements/zzz.yaml", f"\nword:\n{STATEMENT}", ("CP102", "zzz.yaml", 2, 1)),
        ("party.yaml", "party: anne\nname: Ann\n", ("CP308", "party.yaml", 1, 8)),
        ("party.yaml", "party: ann\n", ("CP203", "party.yaml", 1, 1)),
        ("party.yaml", f"{PARTY}statements: []\n", ("CP204", "party.yaml", 3, 13)),
        (
            "positions/tax.yml",
            "tax: [{since: 2025, demands: 1, evidence: [word]}]",
            ("CP308", "tax.yml", 1, 1),
        ),
    ],
)
def test_a_mistake_is_told_where_it_stands(
    folder: Path, name: str, text: str, finding: tuple[str, str, int, int]
) -> None:
    write(folder, name, text)
    assert [one[:4] for one in found(folder)] == [finding]
    with pytest.raises(InvalidDossier) as caught:
        load_dossier(folder)
    assert [one.code for one in caught.value.findings] == [finding[0]]


def test_notes_and_silencing_comments_are_those_of_the_file(folder: Path) -> None:
    """Of a file that is no longer the first, too."""
    write(folder, "statements/a.yaml", f"# one\n# two\nunused:\n{STATEMENT}")
    checked = check_folder(folder, date(2026, 1, 1))
    told = [(one.code, Path(one.source.path).name, one.span.line) for one in checked.findings]
    assert ("CP502", "a.yaml", 3) in told
    write(folder, "statements/a.yaml", f"# 1\nunused:  # claimpos: ignore[CP502] kept\n{STATEMENT}")
    checked = check_folder(folder, date(2026, 1, 1))
    assert [Path(one.source.path).name for one in checked.ignored] == ["a.yaml"]
    assert not [one for one in checked.findings if one.source.path.endswith("/a.yaml")]


@pytest.mark.parametrize(
    ("name", "text", "named"),
    [
        ("positions/war.yaml", "wra:\n  - {since: 2025, demands: on, evidence: [word]}\n", "“wra”"),
        ("statements/word.yaml", "wrd: {source: papr, basis: stated, summary: So.}\n", "“papr”"),
    ],
)
def test_a_mistake_within_braces_is_named(folder: Path, name: str, text: str, named: str) -> None:
    write(folder, name, text)
    told = check_folder(folder, date(2026, 1, 1)).findings
    assert any(named in one.message and "did you mean" in one.hint for one in told)


def test_the_name_of_a_partys_folder_has_no_ending(folder: Path) -> None:
    for name in ("ann.yaml", "ann.x"):
        home = (folder / "parties" / "ann").rename(folder / "parties" / name)
        assert [one[:2] for one in found(folder)] == [("CP308", "party.yaml")]
        home.rename(folder / "parties" / "ann")


def test_a_folder_and_a_file_of_one_party(folder: Path) -> None:
    (folder / "ann.yaml").write_text(f"{PARTY}statements: {{}}\npositions: {{}}\n", "utf-8")
    assert [one[:2] for one in found(folder)] == [("CP309", "ann.yaml")]


def test_what_is_not_read_is_told(folder: Path) -> None:
    write(folder, "stray.yaml", "a: 1\n")
    write(folder, "attic/old.yaml", "a: 1\n")
    (folder / "parties" / "cy").mkdir()
    (folder / "parties" / "cy" / "x.yaml").write_text("a: 1\n")
    (folder / "parties" / "loose.yaml").write_text("a: 1\n")
    told = {
        Path(one.source.path).name: one.message
        for one in check_folder(folder, date(2026, 1, 1)).findings
        if one.code == "CP605"
    }
    assert {*told} == {"stray.yaml", "old.yaml", "x.yaml", "loose.yaml"}
    assert "holds no party.yaml" in told["x.yaml"]


@pytest.mark.parametrize("name", ["parties", "parties/ann", "parties/ann/statements"])
def test_a_folder_that_leads_elsewhere_is_not_read(
    folder: Path, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    away = tmp_path_factory.mktemp("away") / "x"
    (folder / name).rename(away)
    (folder / name).symlink_to(away)
    contents = read_all(folder)
    assert isinstance(contents[name], NotRead)
    assert not any(one.startswith(f"{name}/") for one in contents)
    assert ("CP101", Path(name).name) in [one[:2] for one in found(folder)]


@pytest.mark.parametrize(
    ("file", "home"),
    [
        ("d/parties/ann/party.yaml", "d"),
        ("d/parties/ann/statements/word.yaml", "d"),
        ("d/parties/ann/positions/war.yaml", "d"),
        ("d/parties/ann/attic/war.yaml", "d/parties/ann/attic"),
        ("d/proposals/plan.yaml", "d"),
        ("d/ann.yaml", "d"),
    ],
)
def test_which_dossier_a_file_belongs_to(
    file: str, home: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert in_dossier(tmp_path / file) == (tmp_path / home, tmp_path / file)
    (tmp_path / file).parent.mkdir(parents=True)
    monkeypatch.chdir((tmp_path / file).parent)
    folder, path = in_dossier(Path(Path(file).name))
    assert folder.resolve() == tmp_path / home
    assert path.resolve() == tmp_path / file


def test_what_an_editor_holds_stands_for_the_file(folder: Path) -> None:
    path = folder / "parties" / "ann" / "statements" / "word.yaml"
    checked = check_folder(folder, date(2026, 1, 1), edited={path: b"word: 1\n"})
    assert [one.code for one in checked.findings if one.severity == "error"] == ["CP204"]
