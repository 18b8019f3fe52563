"""Files that somebody may think are read, and those that nobody does."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimpos.errors import NothingToCheck
from claimpos.validation.checking import check_folder
from claimpos.validation.targets import targets
from tests.support import write_short
from tests.validation_rules.cases import TODAY

AGENDA = {"war": {"options": ["on", "off"]}}
PARTY = "party: {}\nname: X\nstatements: {{}}\npositions: {{}}\n"
PIECE = "word:\n  source: paper\n  basis: stated\n  summary: So.\n"

# The name of a file, what it holds, why it is not read, and what to do; None where nothing is said.
FILES: list[tuple[str, str, str | None, str]] = [
    (".positions.yaml", PARTY, "“.positions.yaml” is hidden", "rename it, or delete it"),
    (".bob.yml", PARTY, "“.bob.yml” is hidden", "rename it, or delete it"),
    ("proposals/.plan.yaml", "proposal: plan\n", "“.plan.yaml” is hidden", "rename it"),
    (".drafts/bob.yml", PARTY, "“.drafts” is hidden", "rename it, or delete it"),
    (".drafts/word.yaml", PIECE, "“.drafts” is hidden", "rename it, or delete it"),
    (".word.yaml", "word: {source: paper, basis: stated, summary: So.}\n", "“.word.yaml” is", ""),
    (".war.yaml", "war:\n  - {since: 2025, evidence: [word]}\n", "“.war.yaml” is hidden", ""),
    ("proposals/.old/x.yaml", "proposal: x\n", "“.old” is hidden", "rename it"),
    ("Bob.YAML", PARTY, "its ending must be in small letters", "rename it to bob.yaml"),
    ("bob.YML", PARTY, "its ending must be in small letters", "rename it to bob.yaml"),
    ("ANN.Yaml", PARTY, "its ending must be", "delete one of the two: ann.yaml stands beside it"),
    ("proposals/Plan.YAML", "proposal: plan\n", "its ending must be", "rename it to plan.yaml"),
    ("bob.yaml.txt", PARTY, "its ending is .txt, not .yaml", "rename it to bob.yaml"),
    ("bob.yaml.orig", PARTY, "its ending is .orig, not .yaml", "rename it to bob.yaml"),
    ("bob.yaml.bak", PARTY, "its ending is .bak, not .yaml", "rename it to bob.yaml"),
    ("ann.yaml.orig", PARTY, None, ""),
    ("ann.yaml.bak", PARTY, None, ""),
    ("ann.yaml~", PARTY, None, ""),
    ("#ann.yaml#", PARTY, None, ""),
    (".ann.yaml.swp", "b0VIM 9.0", None, ""),
    ("._ann.yaml", "\0\5\26\7\0\2\0\0Mac OS X", None, ""),
    (".gitlab-ci.yml", "stages: [check]\n", None, ""),
    (".pre-commit-config.yaml", "repos:\n  - repo: x\n", None, ""),
    (".yamllint.yaml", "rules:\n  indentation: {spaces: 2}\n", None, ""),
    (".github/dependabot.yml", "version: 2\nupdates: []\n", None, ""),
    (".github/workflows/x.yml", "on: push\njobs: {}\n", None, ""),
    (".git/x.yaml", "[core]\n", None, ""),
    (".idea/x.yaml", "project: x\n", None, ""),
    ("other/agenda.yaml", "title: T\n", None, ""),
    ("Parties/agenda.yaml", "title: T\n", "it lies in “Parties”, which is “parties” on", "move it"),
    ("PROPOSALS/agenda.yaml", "title: T\n", "it lies in “PROPOSALS”, which is", "move it"),
    ("parties/bob/Positions/agenda.yaml", "title: T\n", "it lies in “parties/bob/Pos", "move it"),
    ("notes.txt", "party: bob\n", None, ""),
]


@pytest.mark.parametrize(("name", "text", "why", "remedy"), FILES, ids=[one[0] for one in FILES])
def test_a_file_that_is_not_read(
    name: str, text: str, why: str | None, remedy: str, tmp_path: Path
) -> None:
    folder = write_short(tmp_path / "positions", AGENDA, {"ann": {"war": {"demands": "on"}}})
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.format("bob") if text is PARTY else text, "utf-8")
    found = [one for one in check_folder(folder, TODAY).findings if one.code == "CP605"]
    assert len(found) == (why is not None)
    for one in found:
        assert one.source.path.endswith(f"positions/{name}")
        assert one.message.startswith(f"this file is not read: {why}")
        assert one.hint.startswith(remedy)


@pytest.mark.parametrize(
    "name", ["ann (1).yaml", "ann copy.yaml", "ann - Copy.yaml", "Kopie von ann.yaml", "ann 2.yaml"]
)
def test_a_copy_is_to_replace_nothing(name: str, tmp_path: Path) -> None:
    folder = write_short(tmp_path, AGENDA, {"ann": {"war": {"demands": "on"}}})
    (folder / name).write_bytes((folder / "ann.yaml").read_bytes())
    (found,) = [one for one in check_folder(folder, TODAY).findings if one.code == "CP308"]
    assert found.message == f"the file is called {name}, but its party “ann”"
    assert found.hint == "ann.yaml stands beside it: delete one of the two, or correct the id"


@pytest.mark.parametrize("name", ["Bob.YAML", ".bob.yaml", "bob.yaml.txt"])
def test_a_file_that_is_named_and_not_read(name: str, tmp_path: Path) -> None:
    folder = write_short(tmp_path, AGENDA, {"ann": {}})
    (folder / name).write_text(PARTY.format("bob"), "utf-8")
    with pytest.raises(NothingToCheck, match=r"files end in \.yaml and are not hidden, unlike"):
        targets([folder / name], None)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("positions/war.yaml", "positions/WAR.yaml"),
        ("statements/caf\u00e9.yaml", "statements/cafe\u0301.yaml"),
        ("statements/caf\u00e9.yaml", "statements/CAF\u00c9.yaml"),
    ],
)
def test_two_names_that_other_systems_take_for_one(name: str, other: str, tmp_path: Path) -> None:
    folder = write_short(tmp_path / "positions", AGENDA, {"ann": {}})
    piece = "{}: {{source: paper, basis: stated, summary: So.}}\n"
    entry = "{}:\n  - {{since: 2025, evidence: [one], demands: on}}\n"
    home = folder / "parties" / "bob"
    for within in ("statements", "positions"):
        (home / within).mkdir(parents=True)
    (home / "party.yaml").write_text("party: bob\nname: Bob\n", "utf-8")
    (home / "statements" / "first.yaml").write_text(piece.format("one"), "utf-8")
    for at, file in enumerate((name, other)):
        text = (
            piece.format(f"more{at}") if "statements" in file else entry.format(("war", "sea")[at])
        )
        (home / file).write_text(text, "utf-8")
    found = [one for one in check_folder(folder, TODAY).findings if one.code == "CP611"]
    (one,) = found
    assert one.message.endswith(" are one file")
    assert one.source.path.endswith((name, other))


@pytest.mark.parametrize("is_repository", [False, True])
@pytest.mark.parametrize("twin", ["talks/Positions", "TALKS", "talks/other"])
def test_a_folder_that_other_systems_take_for_the_dossiers(
    twin: str, is_repository: bool, tmp_path: Path
) -> None:
    """Its files would join the dossier there; outside a repository, nobody checks it out there."""
    folder = write_short(tmp_path / "top" / "talks" / "positions", AGENDA, {"ann": {}})
    (tmp_path / "Top").mkdir()
    (tmp_path / "top" / twin).mkdir(parents=True)
    if is_repository:
        (tmp_path / "top" / ".git").mkdir()
    found = [one for one in check_folder(folder, TODAY).findings if one.code == "CP611"]
    name = Path(twin).name
    told = [one.message.partition("the folders ")[2] for one in found]
    is_told = is_repository and name != "other"
    assert told == [f"{name} and {name.lower()} are one, and so are the files in them"] * is_told


@pytest.mark.parametrize("name", ["CON", "Nul.x", "a:b", "why?", "a "])
def test_names_of_small_files_that_windows_lacks(name: str, tmp_path: Path) -> None:
    folder = write_short(tmp_path / "positions", AGENDA, {"ann": {}})
    home = folder / "parties" / "bob"
    (home / "statements").mkdir(parents=True)
    (home / "party.yaml").write_text("party: bob\nname: Bob\n", "utf-8")
    text = "one: {source: paper, basis: stated, summary: So.}\n"
    (home / "statements" / f"{name}.yaml").write_text(text, "utf-8")
    found = check_folder(folder, TODAY).findings
    assert [one.message for one in found if one.code == "CP606"] == (
        [f"on Windows no file can be called {name}.yaml"] if name != "a " else []
    )
