"""A dossier at a revision of git: read without a checkout, or refused in plain words."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from claimpos import InvalidDossier, load_dossier
from claimpos.dossier.party_conversion import split_party
from claimpos.errors import WrongUsage
from claimpos.validation.revisions import load_revision
from tests.support import write_short
from tests.validation.repositories import AGENDA, commit, git, new_repository

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return new_repository(tmp_path)


def test_a_revision_is_what_the_files_held(repository: Path) -> None:
    folder = commit(repository, ann={"war": {"demands": "on"}}, bo={})
    first = load_dossier(folder)
    git(repository, "tag", "v1")
    commit(repository, ann={"war": {"demands": "off"}}, bo={}, cy={})
    before = sorted(repository.rglob("*"))
    for name in ("v1", "HEAD~1", git(repository, "rev-parse", "v1")):
        assert load_revision(folder, name).dossier == first
    assert load_revision(folder, "m").dossier == load_dossier(folder) != first
    assert load_revision(folder, "v1").commit == git(repository, "rev-parse", "v1")
    assert (sorted(repository.rglob("*")), git(repository, "status", "--short")) == (before, "")


def test_what_is_not_committed_does_not_count(repository: Path) -> None:
    folder = commit(repository, ann={"war": {"demands": "on"}})
    first = load_dossier(folder)
    (folder / "ann.yaml").unlink()
    (folder / "bo.yaml").write_text("nonsense: [")
    assert load_revision(folder, "HEAD").dossier == first


def test_proposals_and_sub_folders(repository: Path) -> None:
    folder = commit(repository, ann={})
    (folder / "proposals").mkdir()
    terms = '{"war": {"outcome": "on", "summary": "War."}}'
    draft = f'{{"proposal": "draft", "title": "A draft", "date": "2025", "terms": {terms}}}'
    (folder / "proposals" / "draft.yaml").write_text(
        draft.replace(
            '"terms"', '"status": "draft", "source": "paper", "authors": ["ann"], "terms"'
        )
    )
    (folder / "attic").mkdir()
    (folder / "attic" / "old.yaml").write_text("nonsense: [")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "A draft")
    assert list(load_revision(folder, "HEAD").dossier.proposals) == ["draft"]


def test_faults_are_placed_as_git_names_the_file(repository: Path) -> None:
    folder = commit(repository, ann={})
    (folder / "ann.yaml").write_text("party: ann\nname: [\n")
    git(repository, "commit", "-qam", "A fault")
    with pytest.raises(InvalidDossier) as caught:
        load_revision(folder, "HEAD")
    assert {found.source.path for found in caught.value.findings} == {
        "HEAD:talks/positions/ann.yaml"
    }
    assert caught.value.findings[0].source.line(1) == "party: ann"


@pytest.mark.parametrize(
    "name", ["nowhere", "HEAD~7", "", "-q", "--all", "HEAD:talks", "a b", "\0", "^HEAD"]
)
def test_an_unknown_revision(name: str, repository: Path) -> None:
    folder = commit(repository, ann={})
    with pytest.raises(WrongUsage, match="nor a commit, branch or tag"):
        load_revision(folder, name)


@pytest.mark.parametrize("besides", ["", "~0", "^{/change}"])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("refs/remotes/origin/m", "refs/tags/origin/m"),
        ("refs/remotes/origin/m", "refs/heads/origin/m"),
        ("refs/heads/m", "refs/tags/m"),
        ("refs/heads/m", "refs/remotes/m/HEAD"),
        ("", "refs/tags/{hash}"),
        ("", "refs/heads/{hash}"),
    ],
)
def test_a_name_with_several_meanings(
    first: str, second: str, besides: str, repository: Path
) -> None:
    """Git would take one of them, such as a tag that was fetched, in place of the branch."""
    folder = commit(repository, ann={})
    before = git(repository, "rev-parse", "HEAD")
    git(repository, "config", "core.warnAmbiguousRefs", "false")
    if first:
        git(repository, "update-ref", first, before)
    shown = re.sub("^refs/(heads|remotes)/", "", first) or before[:8]
    assert load_revision(folder, f"{shown}{besides}").commit == before
    commit(repository, ann={}, bo={})
    git(repository, "update-ref", second.format(hash=before[:8]), "HEAD")
    with pytest.raises(WrongUsage, match=f"“{re.escape(shown + besides)}” is ambiguous: git knows"):
        load_revision(folder, f"{shown}{besides}")
    whole = first or before
    expected = git(repository, "rev-parse", whole)
    assert load_revision(folder, f"{whole}{besides}").commit == expected


def test_a_revision_without_the_dossier(repository: Path) -> None:
    (repository / "README").write_text("Nothing yet.")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "Nothing yet")
    folder = commit(repository, ann={})
    with pytest.raises(WrongUsage, match="there is no dossier in “talks/positions” at"):
        load_revision(folder, "HEAD~1")


def test_outside_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    folder = write_short(tmp_path / "positions", AGENDA, {"ann": {}})
    with pytest.raises(WrongUsage, match="it is not in a git repository"):
        load_revision(folder, "HEAD")


def test_without_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = commit(repository, ann={})
    monkeypatch.setenv("PATH", str(repository))
    with pytest.raises(WrongUsage, match="git must be installed"):
        load_revision(folder, "HEAD")


def test_inside_a_hook_of_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = commit(repository, ann={})
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", "nowhere")
    assert list(load_revision(folder, "HEAD").dossier.parties) == ["ann"]


def test_a_link_is_not_followed(repository: Path) -> None:
    folder = commit(repository, ann={})
    os.symlink("ann.yaml", folder / "bo.yaml")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "A link")
    with pytest.raises(WrongUsage, match=r"bo\.yaml is a link"):
        load_revision(folder, "HEAD")


@pytest.mark.parametrize("name", [".p", ".p/.q", "...", ".github/positions"])
def test_a_hidden_folder_is_itself(name: str, repository: Path) -> None:
    """Not the one of the same name without a dot."""
    commit(repository, ann={"war": {"demands": "on"}})
    write_short(repository / name.lstrip("."), AGENDA, {"bo": {}})
    folder = write_short(repository / name, AGENDA, {"cy": {}})
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "Two more")
    assert [*load_revision(folder, "HEAD").dossier.parties] == ["cy"]


PLACES = ["p", ".p", "other/deep"]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("moved", ["talks/positions", "talks"])
def test_a_link_in_place_of_the_dossier_brings_no_other_one_in(
    place: str, moved: str, repository: Path
) -> None:
    """Whoever proposes the link would choose what the report compares with."""
    folder = commit(repository, ann={"war": {"demands": "on"}})
    examples = repository / place / ("positions" if moved == "talks" else "")
    write_short(examples, AGENDA, {"ann": {"war": {"demands": "off"}}})
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "Examples")
    git(repository, "rm", "-rq", moved)
    (repository / moved).parent.mkdir(exist_ok=True)
    os.symlink(os.path.relpath(repository / place, (repository / moved).parent), repository / moved)
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "The folder moves")
    with pytest.raises(WrongUsage, match="two different dossiers would be compared"):
        load_revision(folder, "HEAD~1")
    assert load_revision(folder, "HEAD").dossier == load_dossier(examples)
    assert load_revision(examples, "HEAD~1").dossier == load_dossier(examples)


def test_nor_does_a_link_that_leads_elsewhere_now(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)
    for name in ("p", "q"):
        write_short(repository / name, AGENDA, {name: {}})
    link = repository / "positions"
    for name in ("p", "q"):
        link.unlink(missing_ok=True)
        link.symlink_to(name)
        git(repository, "add", "-A")
        git(repository, "commit", "-qm", name)
    with pytest.raises(WrongUsage, match=r"“positions” is a link to “q” now"):
        load_revision(link, "HEAD~1")
    assert [*load_revision(link, "HEAD").dossier.parties] == ["q"]


@pytest.mark.parametrize("link", ["now", "new/er/positions"])
def test_nor_does_a_link_that_was_not_there(
    link: str, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unless git does not track it, because then it is the user's own."""
    monkeypatch.chdir(repository)
    folder = commit(repository, ann={})
    place = repository / link
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(os.path.relpath(folder, place.parent))
    assert [*load_revision(place, "HEAD").dossier.parties] == ["ann"]
    git(repository, "add", "-A")
    refusal = rf"“{link}” is a link .* not there at “HEAD”.* as “talks/positions”"
    with pytest.raises(WrongUsage, match=refusal):
        load_revision(place, "HEAD")
    git(repository, "commit", "-qm", "A link")
    assert load_revision(place, "HEAD").dossier == load_dossier(folder)


@pytest.mark.parametrize("was", ["a folder", "a link"])
def test_a_dossier_that_was_nearer_is_missed(
    was: str, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(repository, ann={})
    far = write_short(repository / "positions", AGENDA, {"bo": {}})
    if was == "a link":
        (repository / "talks" / "positions").rename(repository / "archive")
        (repository / "talks" / "positions").symlink_to("../archive")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "Two")
    git(repository, "rm", "-rq", "talks")
    (repository / "talks" / "deep").mkdir(parents=True)
    monkeypatch.chdir(repository / "talks" / "deep")
    with pytest.raises(
        WrongUsage, match=r"nearest dossier is “../../positions” now, and was “../p"
    ):
        load_revision(far, "HEAD", is_nearest=True)
    assert load_revision(far, "HEAD").dossier == load_dossier(far)
    monkeypatch.chdir(repository)
    assert load_revision(far, "HEAD", is_nearest=True).dossier == load_dossier(far)


@pytest.mark.parametrize("path", ["parties/a\nb", "a\nb.yaml"])
def test_a_name_in_a_revision_makes_no_line_of_a_message(path: str, repository: Path) -> None:
    folder = commit(repository, ann={})
    (folder / path).parent.mkdir(exist_ok=True)
    (folder / path).symlink_to("nowhere")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "A name")
    with pytest.raises(WrongUsage, match=r"a\\nb"):
        load_revision(folder, "HEAD")


def test_nor_does_that_of_the_dossier(repository: Path) -> None:
    folder = write_short(repository / "a\nb", AGENDA, {"ann": {}})
    (folder / "ann.yaml").write_text("party: [", "utf-8")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "A name")
    with pytest.raises(InvalidDossier) as caught:
        load_revision(folder, "HEAD")
    assert caught.value.findings[0].source.path == "HEAD:a\\nb/ann.yaml"


def test_a_party_in_a_folder(repository: Path) -> None:
    """Its files are read at a revision, and a folder is compared with the file that it was."""
    folder = commit(repository, ann={"war": {"demands": "on"}}, bo={})
    before = load_dossier(folder)
    for name, text in split_party((folder / "ann.yaml").read_text("utf-8")).items():
        place = folder / "parties" / "ann" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    (folder / "ann.yaml").unlink()
    (folder / "parties" / "ann" / ".hidden.yaml").write_text("nonsense: [")
    (folder / "parties" / "ann" / "attic").mkdir()
    (folder / "parties" / "ann" / "attic" / "old.yaml").write_text("nonsense: [")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "A folder")
    assert load_revision(folder, "HEAD").dossier == load_revision(folder, "HEAD~1").dossier
    assert load_revision(folder, "HEAD").dossier == before


@pytest.mark.parametrize("linked", ["parties", "parties/ann", "parties/ann/statements"])
def test_a_party_folder_that_is_a_link(linked: str, repository: Path) -> None:
    folder = commit(repository, bo={})
    place = folder / linked
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to("/")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "A link")
    with pytest.raises(WrongUsage, match="is a link"):
        load_revision(folder, "HEAD")
