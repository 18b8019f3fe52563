"""Files that git tracks but leaves out of the folder: no party loses its positions by that."""

from __future__ import annotations

import os
import shutil
import struct
from pathlib import Path
from random import Random

import pytest

from claimpos import load_dossier
from claimpos.__main__ import main
from claimpos.dossier.checkout import left_out, refuse_objects_elsewhere
from claimpos.dossier.contents import read_all
from claimpos.dossier.files import NotRead
from claimpos.dossier.limits import VARIABLE, limit
from claimpos.errors import WrongUsage
from tests.support import within, write_short
from tests.validation.repositories import AGENDA, ANN, git, needs_git

pytestmark = needs_git

PARTIES = {"ann": ANN, "bob": {"war": {"demands": "off"}}, "cat": ANN}
ALL_BUT = ("sparse-checkout", "set", "--no-cone", "/*")

SPLIT = [
    ("config", "core.splitIndex", "true"),
    ("config", "splitIndex.maxPercentChange", "100"),
    ("update-index", "--split-index"),
]

# What is done in a clone, and which files and folders of the dossier it lacks for it.
LEFT_OUT: dict[str, tuple[list[tuple[str, ...]], set[str]]] = {
    "a party": ([(*ALL_BUT, "!/talks/positions/ann.yaml")], {"ann.yaml"}),
    "two parties": ([(*ALL_BUT, "!/talks/positions/[ab]??.yaml")], {"ann.yaml", "bob.yaml"}),
    "the sources": ([(*ALL_BUT, "!/talks/positions/sources.yaml")], {"sources.yaml"}),
    "a party's folder": (
        [(*ALL_BUT, "!/talks/positions/parties/cat/")],
        {"parties/cat/party.yaml", "parties/cat/statements/all.yaml"},
    ),
    "folders below, as a cone": (
        [("sparse-checkout", "set", "--cone", "talks/positions/proposals")],
        {"parties/cat/party.yaml", "parties/cat/statements/all.yaml"},
    ),
    "folders below, in an index that is sparse, too": (
        [("sparse-checkout", "set", "--cone", "--sparse-index", "talks/positions/proposals")],
        {"parties"},
    ),
    "an index with shortened names": (
        [("update-index", "--index-version", "4"), (*ALL_BUT, "!/talks/positions/ann.yaml")],
        {"ann.yaml"},
    ),
    "a split index": ([*SPLIT, (*ALL_BUT, "!/talks/positions/ann.yaml")], {"ann.yaml"}),
    "an index that is split later": (
        [(*ALL_BUT, "!/talks/positions/ann.yaml"), *SPLIT],
        {"ann.yaml"},
    ),
    "a split index with shortened names": (
        [
            ("update-index", "--index-version", "4"),
            *SPLIT,
            (*ALL_BUT, "!/talks/positions/[ab]??.yaml"),
        ],
        {"ann.yaml", "bob.yaml"},
    ),
    "an index of two files": (
        [(*ALL_BUT, "!/talks/positions/*.yaml", "/talks/positions/agenda.yaml")],
        {"ann.yaml", "bob.yaml", "sources.yaml"},
    ),
    "a file that a user marked": (
        [("update-index", "--skip-worktree", "talks/positions/bob.yaml"), ("rm", "bob.yaml")],
        {"bob.yaml"},
    ),
    "a mark on a file that is there": (
        [("update-index", "--skip-worktree", "talks/positions/bob.yaml")],
        set(),
    ),
    "a file that a user removed": ([("rm", "bob.yaml")], set()),
    "files of no dossier": ([(*ALL_BUT, "!/talks/notes.yaml", "!/talks/positions/*.md")], set()),
}


@pytest.fixture
def origin(repository: Path) -> Path:
    """A repository with two parties as files and one as a folder, a proposal, and notes."""
    folder = write_short(
        repository / "talks" / "positions", AGENDA, PARTIES, {"plan": {"terms": {"war": "on"}}}
    )
    cat = folder / "parties" / "cat"
    (cat / "statements").mkdir(parents=True)
    shutil.move(folder / "cat.yaml", cat / "party.yaml")
    (cat / "statements" / "all.yaml").write_text(
        "later: {source: paper, basis: stated, summary: So.}\n", "utf-8"
    )
    (folder / "README.md").write_text("Read me.\n", "utf-8")
    (repository / "talks" / "notes.yaml").write_text("note: 1\n", "utf-8")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "A dossier")
    return repository


def checkout(origin: Path, steps: list[tuple[str, ...]], *options: str) -> Path:
    """The dossier's folder in a clone in which these commands of git, or `rm`, have been run."""
    clone = origin.parent / "a clone"
    git(origin.parent, "clone", "-q", *options, f"file://{origin}", str(clone))
    folder = clone / "talks" / "positions"
    for step in steps:
        if step[0] == "rm" and len(step) == 2:
            (folder / step[1]).unlink()
        else:
            git(clone, *step)
    return folder


def missing(folder: Path) -> set[str]:
    """What the dossier lacks because git leaves it out."""
    return {
        name
        for name, content in read_all(folder).items()
        if isinstance(content, NotRead) and "sparse checkout" in content.reason
    }


@pytest.mark.parametrize("case", LEFT_OUT)
def test_what_git_leaves_out_is_told(
    case: str, origin: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    steps, lacking = LEFT_OUT[case]
    folder = checkout(origin, steps)
    assert missing(folder) == lacking
    for command in (["validate"], ["changes", "ann", "cat", "--from", "HEAD"]):
        assert (main([*command, "--positions", str(folder)]) != 0) == bool(lacking)
        out, err = capsys.readouterr()
        assert "No longer coded" not in out
        for name in lacking:
            assert name in out + err
        assert ("`git sparse-checkout disable`" in out + err) == bool(lacking)


REMOVED = ("rm", "--cached", "--sparse", "-q", "talks/positions/ann.yaml")


@pytest.mark.parametrize(
    ("steps", "lacking"),
    [
        ([*SPLIT, REMOVED, *LEFT_OUT["a file that a user marked"][0]], {"bob.yaml"}),
        ([REMOVED, *SPLIT, *LEFT_OUT["a file that a user marked"][0]], {"bob.yaml"}),
        ([*LEFT_OUT["a file that a user marked"][0], *SPLIT, REMOVED], {"bob.yaml"}),
        ([LEFT_OUT["a party"][0][0], *SPLIT, REMOVED], set()),
    ],
)
def test_what_a_split_index_no_longer_tracks_is_not_left_out(
    steps: list[tuple[str, ...]], lacking: set[str], origin: Path
) -> None:
    assert missing(checkout(origin, steps)) == lacking


@pytest.mark.parametrize("case", [name for name, (_, lacking) in LEFT_OUT.items() if lacking])
def test_the_remedy_restores_it(case: str, origin: Path) -> None:
    folder = checkout(origin, LEFT_OUT[case][0])
    git(folder, "sparse-checkout", "disable")
    assert not missing(folder)
    assert load_dossier(folder).parties.keys() == {"ann", "bob", "cat"}


@pytest.mark.parametrize("options", [(), ("--filter=blob:none",), ("--filter=tree:0",)])
def test_a_dossier_of_which_nothing_is_there(
    options: tuple[str, ...],
    origin: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    git(origin, "config", "uploadpack.allowFilter", "true")
    folder = checkout(origin, [], "--sparse", *options)
    monkeypatch.chdir(folder.parents[1])
    monkeypatch.delenv("CLAIMPOS_POSITIONS", raising=False)
    for command in (
        ["validate", "talks/positions"],
        ["validate", "talks/positions/ann.yaml"],
        ["diff", "ann", "bob", "--positions", "talks/positions"],
        ["init", "talks/positions"],
    ):
        assert main(command) == 2
        assert "git leaves it out of this sparse checkout" in capsys.readouterr().err


@pytest.mark.parametrize("above", [False, True])
def test_the_nearest_dossier_is_missed_rather_than_another_one_read(
    above: bool, origin: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    if above:
        write_short(origin / "positions", AGENDA, {"ann": ANN})
        git(origin, "add", "-A")
        git(origin, "commit", "-qm", "Another dossier")
    folder = checkout(origin, [("sparse-checkout", "set", "--cone", "positions")])
    folder.parent.mkdir()
    monkeypatch.delenv("CLAIMPOS_POSITIONS", raising=False)
    monkeypatch.chdir(folder.parent)
    assert main(["list", "parties"]) == 2
    assert "git leaves it out of this sparse checkout" in capsys.readouterr().err


@pytest.mark.parametrize(
    "how",
    [
        ("sparse-checkout", "set", "--cone", "other"),
        ("sparse-checkout", "set", "--cone", "--sparse-index", "other"),
        (*ALL_BUT, "!/talks/positions/agenda.yaml"),
    ],
)
def test_a_dossier_that_is_left_out_is_not_hidden_by_another(
    origin: Path, how: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    write_short(origin / "other", AGENDA, {"ann": ANN})
    git(origin, "add", "-A")
    git(origin, "commit", "-qm", "Another dossier")
    clone = checkout(origin, [how]).parents[1]
    assert main(["validate", str(clone)]) == 2
    assert "git leaves it out of this sparse checkout" in capsys.readouterr().err
    git(clone, "sparse-checkout", "disable")
    assert main(["validate", str(clone)]) == 0


def test_nor_by_very_many_files_that_are_left_out_before_it(
    origin: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_short(origin / "other", AGENDA, {"ann": ANN})
    (origin / "lib").mkdir()
    for number in range(30):
        (origin / "lib" / f"{number}.yaml").write_text("", "utf-8")
    git(origin, "add", "-A")
    git(origin, "commit", "-qm", "Another dossier")
    clone = checkout(origin, [("sparse-checkout", "set", "--cone", "other")]).parents[1]
    monkeypatch.setenv(VARIABLE, "dossier-files=20")
    assert main(["validate", str(clone)]) == 2
    assert "talks/positions/agenda.yaml” is not checked" in capsys.readouterr().err


def test_nor_is_a_file_of_the_dossier_missed_because_of_many_others(
    origin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    annexes = origin / "talks" / "positions" / "annexes"
    annexes.mkdir()
    for number in range(30):
        (annexes / f"{number}.pdf").write_text("", "utf-8")
    git(origin, "add", "-A")
    git(origin, "commit", "-qm", "Annexes")
    leaving = ("sparse-checkout", "set", "--no-cone", *ALL_BUT, "!annexes", "!bob.yaml")
    folder = checkout(origin, [leaving])
    monkeypatch.setenv(VARIABLE, "dossier-files=20")
    assert missing(folder) == {"bob.yaml"}


@pytest.mark.parametrize("place", ["further/talks", ".talks"])
def test_nor_is_a_submodule_that_is_not_checked_out(
    place: str, origin: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inner = origin.parent / "inner"
    write_short(inner, AGENDA, {"ann": ANN})
    git(inner, "init", "-q")
    git(inner, "add", "-A")
    git(inner, "commit", "-qm", "A dossier")
    git(origin, "submodule", "add", "-q", f"file://{inner}", place)
    (origin / "positions").symlink_to(place)
    git(origin, "add", "positions")
    git(origin, "commit", "-qm", "A submodule")
    clone = checkout(origin, []).parents[1]
    assert main(["validate", str(clone)]) == 2
    assert place in (said := capsys.readouterr().err)
    assert "in a submodule of git that is not checked out" in said
    assert main(["validate", str(clone / "talks")]) == 0
    git(clone, "submodule", "update", "--init")
    assert main(["validate", str(clone)]) == 0


def test_a_worktree_has_an_index_of_its_own(origin: Path) -> None:
    git(origin, "worktree", "add", "-q", "--detach", "../tree")
    tree = origin.parent / "tree"
    git(tree, *ALL_BUT, "!/talks/positions/ann.yaml")
    assert missing(tree / "talks" / "positions") == {"ann.yaml"}
    assert missing(origin / "talks" / "positions") == set()


@pytest.mark.parametrize("own", [[], ["x"], ["a-longer-name.txt"], ["a-longer-name.txt", "x"]])
def test_a_split_index_of_long_digests(own: list[str], tmp_path: Path) -> None:
    """However few entries stand in the index itself, a digest is not taken for a shorter one."""
    git(tmp_path, "init", "-q", "--object-format=sha256")
    folder = write_short(tmp_path / "positions", AGENDA, PARTIES)
    for name in own:
        (tmp_path / name).write_text("x\n")
    for path in tmp_path.rglob("[!.]*"):  # what is no older than the index stands in it itself
        os.utime(path, (0, 1_000_000_000))
    git(tmp_path, "add", "positions")
    git(tmp_path, "update-index", "--skip-worktree", "positions/ann.yaml")
    git(tmp_path, "config", "splitIndex.maxPercentChange", "100")
    git(tmp_path, "update-index", "--split-index")
    (folder / "ann.yaml").unlink()
    for name in own:
        git(tmp_path, "add", name)
    assert missing(folder) == {"ann.yaml"}


def test_an_index_elsewhere_is_not_read(origin: Path, tmp_path: Path) -> None:
    folder = checkout(origin, [(*ALL_BUT, "!/talks/positions/ann.yaml")])
    index = folder.parents[1] / ".git" / "index"
    shutil.move(index, tmp_path / "index")
    index.symlink_to(tmp_path / "index")
    assert missing(folder) == set()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
@pytest.mark.parametrize(("owner", "counts"), [(2002, False), (2001, True), (0, True)])
def test_only_a_repository_of_the_user_root_or_the_folders_owner_counts(
    owner: int, counts: bool, origin: Path
) -> None:
    folder = checkout(origin, [(*ALL_BUT, "!/talks/positions/ann.yaml")])
    os.chown(folder, 2001, 2001)
    os.chown(next(top for top in folder.parents if (top / ".git").exists()) / ".git", owner, owner)
    assert (missing(folder) == {"ann.yaml"}) is counts


@pytest.mark.parametrize("case", ["a party", "a split index"])
@pytest.mark.parametrize("damaged", ["index", "sharedindex.*"])
def test_a_damaged_index_is_no_reason_to_fail(case: str, damaged: str, origin: Path) -> None:
    folder = checkout(origin, LEFT_OUT[case][0])
    index = next(iter((folder.parents[1] / ".git").glob(damaged)), None)
    if index is None:
        return  # only a split index has another one
    whole = index.read_bytes()
    for seed in range(200):
        dice = Random(seed)
        content = bytearray(whole)
        content[4:8] = struct.pack(">I", dice.choice([3, 4]))
        for _ in range(dice.randint(1, 60)):
            content[dice.randrange(12, len(content))] = dice.choice([0, 0x40, 0x7F, 0x80, 0xFF])
        index.write_bytes(bytes(content[: dice.randint(8, len(content))]))
        left_out(folder)


def test_an_index_made_to_take_time(origin: Path) -> None:
    """A number without end, and names that each repeat a long one."""
    folder = origin / "talks" / "positions"
    index = origin / ".git" / "index"
    header = struct.pack(">4sII", b"DIRC", 4, 2_000_000)
    entry = struct.pack(">24xI12x20xH", 0o100644, 0)
    index.write_bytes(header + entry + b"\xff" * 8_000_000)
    with within(1):
        assert not left_out(folder)
    first = entry + b"\0" + b"n" * 4_000_000 + b"\0"
    index.write_bytes(header + first + (entry + b"\0x\0") * 50_000)
    with within(1):
        assert not left_out(folder)


def test_a_split_index_made_to_take_time_and_memory(origin: Path) -> None:
    """Runs of deleted entries without end, and more than the shared index has."""
    folder = origin / "talks" / "positions"
    header = struct.pack(">4sII", b"DIRC", 3, 0)
    (origin / ".git" / f"sharedindex.{'01' * 20}").write_bytes(header + b"\0" * 20)
    run = struct.pack(">Q", 0xFFFFFFFF << 1 | 1)
    for words in (run * 500_000, run, b""):
        bits = struct.pack(">II", 0xFFFFFFFF, len(words) // 8) + words + b"\0" * 4
        link = b"\1" * 20 + bits + bits
        extension = struct.pack(">4sI", b"link", len(link)) + link
        (origin / ".git" / "index").write_bytes(header + extension + b"\0" * 20)
        with within(1):
            assert not left_out(folder)


def test_an_index_made_to_take_memory(origin: Path) -> None:
    """Names that git leaves out, each of which continues a long one: short there, long to keep."""
    folder = origin / "talks" / "positions"
    entry = struct.pack(">24xI12x20xHH", 0o100644, 0x4000, 0x4000)
    first = entry + b"\0talks/positions/" + b"n" * 4_000 + b"00000000.yaml\0"
    others = (entry + b"\x0d%08d.yaml\0" % number for number in range(1, 40_000))
    header = struct.pack(">4sII", b"DIRC", 4, 40_000)
    (origin / ".git" / "index").write_bytes(b"".join((header, first, *others)))
    assert len(left_out(folder)) == limit("dossier-files")


@pytest.mark.parametrize("place", ["parties/cat", "parties", "proposals", ""])
def test_a_submodule_that_is_not_checked_out_is_told(
    place: str, origin: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It looks like an empty folder, as if the dossier had none of its files."""
    folder = origin / "talks" / "positions" / place
    inner = origin.parent / "inner"
    shutil.copytree(folder, inner)
    git(inner, "init", "-q")
    git(inner, "add", "-A")
    git(inner, "commit", "-qm", "A part")
    git(origin, "rm", "-rqf", "--cached", str(folder))
    shutil.rmtree(folder)
    git(origin, "submodule", "add", "-q", f"file://{inner}", str(folder.relative_to(origin)))
    git(origin, "commit", "-qm", "A submodule")
    assert load_dossier(origin / "talks" / "positions").parties.keys() == {"ann", "bob", "cat"}
    clone = checkout(origin, [])
    for command in ("list parties --positions", "validate --strict")[: 2 if place else 1]:
        assert main([*command.split(), str(clone)]) != 0
        out, err = capsys.readouterr()
        assert "in a submodule of git that is not checked out" in out + err
        assert place in out + err
    git(clone.parents[1], "submodule", "update", "--init")
    assert main(["validate", str(clone)]) == 0


def test_a_submodule_at_a_revision_is_not_left_out(
    origin: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its files are in another repository, so that parties in it would seem to have none."""
    folder = origin / "talks" / "positions"
    before = git(origin, "rev-parse", "HEAD")
    git(
        origin,
        "update-index",
        "--add",
        "--cacheinfo",
        f"160000,{before},talks/positions/parties/dan",
    )
    git(origin, "commit", "-qm", "A submodule")
    changes = ["changes", "ann", "bob", "--positions", str(folder), "--from"]
    assert main([*changes, "HEAD"]) == 2
    assert "parties/dan is a submodule, whose files are in another repository" in (
        capsys.readouterr().err
    )


@pytest.mark.parametrize("link", ["", "dossier"])
def test_a_submodule_is_not_compared_with_its_own_past(
    link: str, origin: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    git(origin, "submodule", "add", "-q", f"file://{origin}", "forked")
    if link:
        (origin / link).symlink_to("forked/talks/positions")
    git(origin, "add", "-A")
    git(origin, "commit", "-qm", "A submodule, and perhaps a link into it")
    clone = checkout(origin, [("submodule", "update", "--init")]).parents[1]
    changes = ["changes", "ann", "bob", "--from", git(origin, "rev-parse", "HEAD~1")]
    monkeypatch.chdir(clone)
    assert main([*changes, "--positions", link or "forked/talks/positions"]) == 2
    said = capsys.readouterr().err
    assert "is in another git repository" in said
    assert "change to “forked” first" in said
    assert main([*changes, "--positions", "talks/positions"]) == 0
    monkeypatch.chdir("forked")
    assert main([*changes, "--positions", "talks/positions"]) == 0


@pytest.mark.parametrize("name", ["loop", "n" * 300, "n" * 5_000, "loop/n", "no/such/folder"])
@pytest.mark.parametrize("command", ["validate", "changes"])
def test_a_git_file_that_names_what_cannot_be(
    name: str,
    command: str,
    origin: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(origin)
    shutil.rmtree(origin / ".git")
    (origin / "loop").symlink_to("loop")
    (origin / ".git").write_text(f"gitdir: {name}\n", "utf-8")
    folder = "talks/positions"
    words = [folder] if command == "validate" else ["ann", "--from", "HEAD", "--positions", folder]
    assert main([command, *words]) == (0 if command == "validate" else 2)
    assert "bug" not in capsys.readouterr().err


def test_objects_that_cannot_be_listed(origin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(WrongUsage, match="cannot be listed"):
        refuse_objects_elsewhere(origin / ".git" / "objects")
