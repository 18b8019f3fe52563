"""`claimpos add`: the model one expects, the bytes that stay, and what is refused."""

from __future__ import annotations

import json
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from claimpos import compare, load_dossier
from claimpos.dossier.locate import shipped
from claimpos.dossier.model import Dossier, Party
from claimpos.dossier.starter import write_starter
from tests.cli.in_process import claimpos
from tests.curating.keystrokes import TASKS, in_first_edition, keys, keys_in_first_edition
from tests.curating.test_insertions import is_kept
from tests.oracle.dossiers import as_json
from tests.support import largely, within, yaml_data

REFUSED = yaml_data((Path(__file__).parent / "refused.yaml").read_text("utf-8"))
REPORT = ["source", "news-2026", "--title", "News", "--publisher", "P", "--date", "2026-03-01"]
SOURCE = [*REPORT, "--status", "press"]
SAID = ["+", "statement", "port", "Offers seven per cent.", "--basis", "stated", "--id", "seven"]


def contents(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def add(folder: Path, *words: str) -> tuple[int, str, str]:
    done = claimpos("add", *words, "--positions", str(folder))
    return done.returncode, done.stdout, done.stderr


def moves(dossier: Dossier) -> Iterator[tuple[str, str, str]]:
    """A party, an issue and a demand of it, for every party and a kind of issue each."""
    kinds = {issue.kind: issue for issue in dossier.issues.values()}
    for at, party in enumerate(dossier.parties):
        issue = list(kinds.values())[at % len(kinds)]
        outcome = {
            "choice": next(iter(issue.options), ""),
            "items": f"all={next(iter(issue.options), '')}",
            "quantity": str(issue.maximum or issue.minimum or 1),
        }[issue.kind]
        yield party, issue.id, outcome


@pytest.mark.parametrize("ends", largely(["\n", "\r\n"], "\r\n"))
def test_every_file_of_the_shipped_dossier(tmp_path: Path, ends: str) -> None:
    """One report moves every party: what each file held is in it still, and the model has more."""
    folder = tmp_path / "positions"
    shutil.copytree(shipped("positions"), folder)
    for path in folder.rglob("*.yaml"):
        path.write_bytes(
            b"\xef\xbb\xbf" * (ends != "\n") + path.read_bytes().replace(b"\n", ends.encode())
        )
    before, old = contents(folder), load_dossier(folder)
    words = [*SOURCE]
    for party, issue, outcome in moves(old):
        words += ["+", "statement", party, f"Demands: {outcome}.", "--basis", "stated"]
        words += ["--id", "new-word", "+", "entry", issue, "--demands", outcome]
    code, _, said = add(folder, *words)
    assert code == 0, said
    after, new = contents(folder), load_dossier(folder)
    assert {name for name in after if after[name] != before[name]} == {
        "sources.yaml",
        *(f"{party}.yaml" for party in old.parties),
    }
    for name, content in after.items():
        if content != before[name]:
            assert lines_kept(before[name].decode(), content.decode()), name
            assert (b"\r\n" in content) == (ends == "\r\n")
            assert content.count(b"\n") == content.count(ends.encode())
    assert new.issues == old.issues
    assert new.proposals == old.proposals
    for party, issue, _ in moves(old):
        check_added(old.parties[party], new.parties[party], issue)


def check_added(old: Party, new: Party, issue: str) -> None:
    """The new model is the old one, with a statement and an entry that rests on it."""
    entries, before = new.positions[issue], old.positions.get(issue, ())
    assert [*new.statements] == [*old.statements, "new-word"]
    assert new.statements["new-word"].source.id == "news-2026"
    (entry,) = [one for one in entries if one not in before]
    assert entry.demands
    assert entry.evidence == (new.statements["new-word"],)
    assert entry.since.text == "2026-03-01"
    kept = {key: one for key, one in new.positions.items() if key != issue}
    assert kept == {key: one for key, one in old.positions.items() if key != issue}
    assert tuple(one for one in entries if one != entry) == before


def lines_kept(before: str, after: str) -> bool:
    """Whether all lines of a text stand in a later one, in their order, but for an empty map."""
    added = iter(after.splitlines(keepends=True))
    lost = [line for line in before.splitlines(keepends=True) if line not in added]
    return lost == []


def test_one_new_statement_moves_one_position(harbour: Path) -> None:
    before = contents(harbour)
    code, out, said = add(harbour, *SOURCE, *SAID, "+", "entry", "pay-rise", "--accepts", "<= 7")
    assert (code, out.splitlines()[-1].split()[0]) == (0, "Wrote")
    assert "no longer held: refuses: {above: 5} (--from-last keeps it)" in " ".join(said.split())
    after = contents(harbour)
    assert {name for name in after if after[name] != before[name]} == {"port.yaml", "sources.yaml"}
    for name, content in after.items():
        assert is_kept(before[name].decode(), content.decode()) or name == "port.yaml"
    entry = load_dossier(harbour).parties["port"].positions["pay-rise"][-1]
    assert [one.id for one in entry.evidence] == ["seven"]


def test_joins_the_text(harbour: Path) -> None:
    joins = ["statement", "union", "Joins the draft.", "--source", "mediator-paper"]
    code, _, said = add(
        harbour, *joins, "--basis", "stated", "+", "answer", "mediator-draft", "accepts"
    )
    assert (code, said) == (0, "")
    (answer,) = load_dossier(harbour).parties["union"].answers["mediator-draft"]
    assert (answer.says, answer.since.text) == ("accepts", "2026-02-24")
    assert [one.summary for one in answer.evidence] == ["Joins the draft."]


def test_a_party_an_issue_and_a_first_position(harbour: Path) -> None:
    """All of one call: the agenda, the sources, and a file that was not there."""
    issue = ["issue", "nights", "--title", "Night shift", "--question", "May one work at night?"]
    issue += ["--group", "shifts", "--group-title", "Shifts", "--kind", "items"]
    issue += [
        "--option",
        "yes=night work",
        "--option",
        "no-nights=no night work",
        "--item",
        "a=Pier A",
    ]
    party = [
        "+",
        "party",
        "shippers",
        "--name",
        "Shippers' Council",
        "--plural",
        "--alias",
        "ships",
    ]
    word = ["+", "statement", "ships", "Want it.", "--basis", "inferred", "--speaker", "boss"]
    word += ["--speaker-name", "Bo Berg", "--role", "chair", "--locator", "p. 3"]
    entry = ["+", "entry", "nights", "--proposes", "a=yes"]
    code, out, said = add(harbour, *SOURCE, "+", *issue, *party, *word, *entry)
    assert code == 0, said
    assert "Added a position of Shippers' Council on ⟨Night shift⟩ from 1 March 2026.\n" in out
    dossier = load_dossier(harbour)
    shippers = dossier.parties["shippers"]
    assert shippers.plural
    assert shippers.speakers["boss"].role == "chair"
    assert [*dossier.groups] == ["pay", "hours", "shifts"]
    assert shippers.positions["nights"][0].proposes


ENDED = """\
  weekend:
    - {since: 2026-02-01, demands: banned, evidence: [weekends-off]}
    - {since: 2026-02-03, ENDS, accepts: [banned, rota], evidence: [weekends-off]}
"""


@pytest.mark.parametrize(
    ("ends", "since", "made_of"),
    [
        ("offer: brief", "2026-02-19", "accepts: [banned, rota]"),
        ("offer: brief", "2026-02-21", "demands: banned"),
        ("until: 2026-02-20", "2026-02-20", "accepts: [banned, rota]"),
        ("until: 2026-02-20", "2026-02-21", ""),
    ],
)
def test_an_entry_that_has_ended_is_no_start(
    harbour: Path, ends: str, since: str, made_of: str
) -> None:
    union = harbour / "union.yaml"
    text = union.read_text("utf-8")
    before, _, behind = text.partition("  weekend:\n    - since")
    behind = behind[behind.index("  automation:") :]
    if "offer" in ends:
        offer = "  brief: {title: a brief offer, until: 2026-02-20}\n"
        before = before.replace("  winter-offer:", f"{offer}  winter-offer:", 1)
    union.write_text(before + ENDED.replace("ENDS", ends) + behind, "utf-8")
    word = ["statement", "union", "As before.", "--source", "harbour-news", "--basis", "stated"]
    entry = ["+", "entry", "weekend", "--from-last", "--since", since]
    code, _, said = add(harbour, *word, *entry)
    assert (code == 0) == bool(made_of), said
    if made_of:
        new = union.read_text("utf-8").partition(f"since: {since}")[2].partition("evidence")[0]
        assert made_of in new
    else:
        assert "has lapsed by 2026-02-21: instead of --from-last" in " ".join(said.split())


@pytest.mark.parametrize(
    ("option", "value", "is_same"),
    [
        ("--speaker-name", "Jo Jansen", True),
        ("--speaker-name", "Kim Jansen", False),
        ("--role", "chair of the union", True),
        ("--role", "treasurer", False),
    ],
)
def test_a_speaker_is_not_taken_for_another(
    harbour: Path, option: str, value: str, is_same: bool
) -> None:
    word = ["statement", "union", "Never.", "--source", "harbour-news", "--basis", "stated"]
    code, _, said = add(harbour, *word, "--speaker", "chair", option, value)
    assert (code == 0) == is_same, said
    assert is_same or f"leave out {option}, or give another --speaker" in said


def test_an_issue_stands_behind_those_of_its_group(harbour: Path) -> None:
    words = ["issue", "bonus", "--title", "Bonus", "--question", "How much?", "--group", "pay"]
    code, _, said = add(
        harbour, *words, "--kind", "quantity", "--unit", "euros", "--minimum", "0.5"
    )
    assert code == 0, said
    dossier = load_dossier(harbour)
    assert [*dossier.issues] == ["pay-rise", "bonus", "weekend", "automation"]
    assert str(dossier.issues["bonus"].minimum) == "0.5"


def test_a_dry_run_writes_nothing(harbour: Path) -> None:
    before = contents(harbour)
    words = [*SOURCE, *SAID, "+", "entry", "pay-rise", "--accepts", "<= 7"]
    code, out, _ = add(harbour, *words, "--dry-run")
    assert code == 0
    assert contents(harbour) == before
    changed = [
        line for line in out.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")
    ]
    assert len(changed) == 12
    assert all(line.startswith("+") for line in changed)
    assert "/port.yaml\n@@ " in out


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case["says"][:30])
def test_what_is_refused(harbour: Path, case: dict[str, str]) -> None:
    before = contents(harbour)
    code, out, said = add(harbour, *shlex.split(case["add"]))
    assert (code, out) == (2, "")
    assert case["says"] in " ".join(said.split())
    assert contents(harbour) == before


def test_what_would_be_invalid_is_not_written(harbour: Path) -> None:
    before = contents(harbour)
    words = [*SOURCE, *SAID, "+", "entry", "pay-rise", "--accepts", "<= 7", "--refuses", "> 6"]
    code, out, said = add(harbour, *words)
    assert (code, out) == (2, "")
    assert "the entry both accepts and refuses" in said
    assert "port.yaml:" in said
    assert said.endswith("1 error in the files as they would have been; nothing was written\n")
    assert contents(harbour) == before


def test_a_dossier_with_errors_is_not_added_to(harbour: Path) -> None:
    (harbour / "union.yaml").write_text("party: union\n")
    code, _, said = add(harbour, *SOURCE)
    assert code == 2
    assert "union.yaml:1:1: error:" in said


def test_the_dossier_that_comes_with_claimpos_is_not_added_to(tmp_path: Path) -> None:
    done = claimpos("add", *SOURCE, cwd=tmp_path, CLAIMPOS_POSITIONS="")
    assert done.returncode == 2
    assert "there is no dossier in or above this folder; name one with --positions" in done.stderr


@pytest.mark.parametrize("task", TASKS)
def test_a_command_takes_fewer_keys_than_the_files(task: str) -> None:
    typed, by_hand, _ = keys(TASKS[task])
    assert typed < keys_in_first_edition(task) < by_hand


@pytest.mark.parametrize("task", TASKS)
def test_a_command_does_what_was_done_by_hand(task: str, harbour: Path, tmp_path: Path) -> None:
    """As in the first edition: verdicts, and what each party says to the text, are the same."""
    by_hand = tmp_path / "by-hand"
    write_starter(by_hand)
    for name, added in in_first_edition(task).items():
        data = yaml_data((by_hand / name).read_text("utf-8"))
        for key, pieces in added.items():
            for piece, held in pieces.items():
                before = data[key].get(piece, [])
                data[key][piece] = [*before, *held] if isinstance(held, list) else held
        (by_hand / name).write_text(as_json(data), encoding="utf-8")
    words = shlex.split(TASKS[task])[1:]
    assert claimpos(*words, "--positions", str(harbour)).returncode == 0
    after, expected = load_dossier(harbour), load_dossier(by_hand)
    parties = ["union", "port"]
    for day in ("2026-02-25", "2026-04-01"):
        one, other = (compare(dossier, parties, day) for dossier in (after, expected))
        assert [(cell.verdict, cell.reason) for cell in one.issues] == (
            [(cell.verdict, cell.reason) for cell in other.issues]
        )
        assert said_to_the_draft(harbour, day) == said_to_the_draft(by_hand, day)


def said_to_the_draft(folder: Path, day: str) -> list[Any]:
    words = ("assess", "mediator-draft", "union", "port", "--as-of", day, "--format", "json")
    report = json.loads(claimpos(*words, "--positions", str(folder)).stdout)
    return [(term["issue"], term.get("item"), term["says"]) for term in report["terms"]]


def test_many_parties_at_once(harbour: Path) -> None:
    """Each is read alone; reading the dossier anew for each would take more than ten seconds."""
    said = ["Six.", "--source", "harbour-news", "--basis", "stated"]
    words = [
        word
        for n in range(400)
        for word in (
            *("+", "party", f"crew-{n}", "--name", f"Crew {n}"),
            *("+", "statement", f"crew-{n}", *said),
            *("+", "entry", f"crew-{n}", "pay-rise", "--demands", ">= 6"),
        )
    ]
    with within(5):
        code, _, told = add(harbour, *words[1:])
    assert (code, told) == (0, "")
    crews = [party for key, party in load_dossier(harbour).parties.items() if "crew" in key]
    assert [len(crew.positions["pay-rise"]) for crew in crews] == [1] * 400


@pytest.mark.parametrize(
    ("names", "code"), [(["--alias", "union"], "CP309"), (["--name", "x" * 700], "CP109")]
)
def test_what_is_wrong_with_a_new_party_is_told_at_its_line(
    names: list[str], code: str, harbour: Path
) -> None:
    before = contents(harbour)
    words = ["party", "watch", *([] if "--name" in names else ["--name", "Watch"]), *names]
    more = ["+", "statement", "watch", "Six.", "--source", "harbour-news", "--basis", "stated"]
    returned, _, told = add(harbour, *words, *more)
    assert returned == 2
    assert "watch.yaml:" in told
    assert f"[{code}]" in told
    assert contents(harbour) == before


def test_help_names_every_kind() -> None:
    done = claimpos("add", "--help")
    assert done.returncode == 0
    for kind in ("statement", "entry", "answer", "source", "party", "issue"):
        assert f"\n  {kind} " in done.stdout
        assert claimpos("add", kind, "--help").returncode == 0


def test_warnings_of_new_lines_alone_are_reported(harbour: Path) -> None:
    """Here that a quote is too long; what the files had before is for `validate`."""
    quote = "six " * 30
    words: list[Any] = ["statement", "port", "So.", "--source", "harbour-news", "--basis", "stated"]
    code, _, said = add(harbour, *words, "--quote", quote.strip())
    assert code == 0
    assert said.count("[CP") == said.count("port.yaml:") > 0
