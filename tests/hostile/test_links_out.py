"""Links in what a stranger sent: no command reads through one what lies outside."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from claimpos.dossier.starter import write_starter
from tests.cli.in_process import claimpos

TEXT = "# A draft\n\n## Article 1\n\nWages rise by 4 per cent.\n"
ROW = "union,pay-rise,2026-03-03,4,Paper,stated,official,Archive,2026-03-03"
# A command, the file that it reads, and what that file holds.
COMMANDS = {
    "a template": ("brief union port --template {}", "house.md", "{{ title }}\n"),
    "a text": ("import --text {} --worksheet w.md", "draft.md", TEXT),
    "a text to code": ("code {} --source harbour-news --worksheet w.md", "draft.md", TEXT),
    "a table": (
        "import {} --into new",
        "t.csv",
        f"party,issue,since,accepts,source,basis,status,publisher,date\n{ROW}\n",
    ),
    "quotes": ("check-quotes --text harbour-news={}", "news.txt", "Some words.\n"),
    "a proposal": ("assess {} union port", "mediator-draft.yaml", ""),
    "a reference": ("brief union port --format docx --reference {} -o b.docx", "house.docx", ""),
}


def to_file(repository: Path, outside: Path) -> Path:
    (repository / outside.name).symlink_to(outside)
    return repository / outside.name


def to_folder(repository: Path, outside: Path) -> Path:
    (repository / "texts").symlink_to(outside.parent)
    return repository / "texts" / outside.name


def to_another_link(repository: Path, outside: Path) -> Path:
    (repository / "first").symlink_to("second")
    (repository / "second").symlink_to(outside)
    (repository / outside.name).symlink_to("first")
    return repository / outside.name


def into_git(repository: Path, outside: Path) -> Path:
    shutil.copy(outside, repository / ".git" / outside.name)
    (repository / outside.name).symlink_to(repository / ".git" / outside.name)
    return repository / outside.name


def into_git_in_capitals(repository: Path, outside: Path) -> Path:
    """As on a disk that ignores case, where `.GIT` is `.git`."""
    return into_git_called(".GIT", repository, outside)


def into_git_by_a_short_name(repository: Path, outside: Path) -> Path:
    return into_git_called("GIT~1", repository, outside)


def into_git_called(name: str, repository: Path, outside: Path) -> Path:
    (repository / ".git").rename(repository / name)
    (repository / ".git").symlink_to(name)
    shutil.copy(outside, repository / name / outside.name)
    (repository / outside.name).symlink_to(repository / name / outside.name)
    return repository / outside.name


LEADS = (
    to_file,
    to_folder,
    to_another_link,
    into_git,
    into_git_in_capitals,
    into_git_by_a_short_name,
)


@pytest.fixture
def inside(tmp_path: Path) -> Path:
    """A dossier in a repository."""
    folder = tmp_path / "repository" / "positions"
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    (tmp_path / "home").mkdir()
    write_starter(folder)
    return folder


def written(inside: Path, case: str) -> tuple[str, Path]:
    """A command, and the file that it reads, outside of the repository."""
    line, name, text = COMMANDS[case]
    outside = inside.parents[1] / "home" / name
    if name.endswith("docx"):
        run(inside, f"brief union port --format docx -o {outside}")
    elif name.endswith("yaml"):
        shutil.copy(inside / "proposals" / name, outside)
    else:
        outside.write_text(text, "utf-8")
    return line, outside


def run(inside: Path, line: str) -> tuple[int, str]:
    done = claimpos(*line.split(), cwd=inside.parent, CLAIMPOS_POSITIONS="positions")
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("lead", LEADS)
@pytest.mark.parametrize("case", COMMANDS)
def test_a_link_out_of_a_repository_is_not_read(
    case: str, lead: Callable[[Path, Path], Path], inside: Path
) -> None:
    line, outside = written(inside, case)
    code, told = run(inside, line.format(lead(inside.parent, outside)))
    assert (code, "leads out of the dossier or the repository" in " ".join(told.split())) == (
        2,
        True,
    )


@pytest.mark.parametrize("case", COMMANDS)
def test_a_link_of_ones_own_is_read(case: str, inside: Path) -> None:
    """As is one that stays in the repository, and the place itself."""
    line, outside = written(inside, case)
    own = to_file(inside.parents[1], outside)
    (inside.parent / "texts").mkdir()
    (inside.parent / "texts" / outside.name).write_bytes(outside.read_bytes())
    within = to_file(inside.parent, inside.parent / "texts" / outside.name)
    for path in (own, within, outside):
        code, told = run(inside, line.format(path))
        assert code < 2, told
        for made in ("w.md", "new", "b.docx"):
            shutil.rmtree(inside.parent / made, ignore_errors=True)
            (inside.parent / made).unlink(missing_ok=True)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away"
)
@pytest.mark.parametrize("mark", [".git", "agenda.yaml"])
def test_another_users_repository_above_holds_no_link_of_ones_own(mark: str, inside: Path) -> None:
    line, outside = written(inside, "a template")
    own = to_file(inside.parents[1] / "home", outside.rename(inside.parents[1] / "house.md"))
    above = inside.parents[1] / "home" / mark
    above.mkdir()
    assert run(inside, line.format(own))[0] == 2
    os.chown(above, 12345, 12345)
    assert run(inside, line.format(own))[0] == 0


READING = ("diff union port", "validate", "validate positions", "validate positions/union.yaml")
WRITING = (
    "split port",
    "add source letter --title T --publisher P --date 2026-02-20 --status official",
    "import t.csv --append positions",
)


@pytest.mark.parametrize("line", [*READING, *WRITING])
def test_a_folder_that_is_a_link_out_of_a_repository_is_no_dossier(line: str, inside: Path) -> None:
    """Neither by its name, nor as the nearest one."""
    elsewhere = inside.parents[1] / "home" / "positions"
    inside.rename(elsewhere)
    inside.symlink_to(elsewhere)
    (inside.parent / "t.csv").write_text("party,issue,demands\nport,pay-rise,4\n", "utf-8")
    before = {path: path.read_bytes() for path in elsewhere.rglob("*.yaml")}
    for variables in ({"CLAIMPOS_POSITIONS": ""}, {"CLAIMPOS_POSITIONS": "positions"}):
        done = claimpos(*line.split(), cwd=inside.parent, **variables)
        assert done.returncode == 2
        assert "leads out of the dossier or the repository" in " ".join(done.stderr.split())
    assert {path: path.read_bytes() for path in elsewhere.rglob("*.yaml")} == before


def test_a_folder_that_is_a_link_of_ones_own_is_a_dossier(inside: Path) -> None:
    """As is one that a link within the repository leads to."""
    (inside.parents[1] / "own").symlink_to(inside)
    (inside.parent / "within").symlink_to("positions")
    for name in (inside.parents[1] / "own", "within"):
        done = claimpos("validate", str(name), cwd=inside.parent)
        assert done.returncode < 2, done.stderr


@pytest.mark.parametrize("name", ["out/new", "empty"])
@pytest.mark.parametrize("line", ["init {}", "import t.csv --into {}"])
def test_no_folder_is_made_where_a_link_leads_out(line: str, name: str, inside: Path) -> None:
    home = inside.parents[1] / "home"
    (home / "empty").mkdir()
    (inside.parent / "out").symlink_to(home)
    (inside.parent / "empty").symlink_to(home / "empty")
    _, table, text = COMMANDS["a table"]
    (inside.parent / table).write_text(text, "utf-8")
    code, told = run(inside, line.format(name))
    assert code == 2
    assert "leads out of the dossier or the repository" in " ".join(told.split())
    assert [*home.rglob("*")] == [home / "empty"]
