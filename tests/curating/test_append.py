"""`claimpos import --append`: new lines become positions, known ones stay, conflicts are told."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimpos import load_dossier
from claimpos.dossier.findings import shown_path
from claimpos.dossier.locate import shipped
from claimpos.dossier.model import Dossier
from tests.cli.in_process import claimpos
from tests.conftest import examples
from tests.curating.test_add import contents, lines_kept
from tests.support import within

HEAD = ["party", "issue", "since", "demands", "summary", "source", "source_date", "options"]
WISHES = ["--set", "publisher=P", "--set", "status=press", "--set", "basis=stated"]

Row = Sequence[str]


def append(table: Path, folder: Path, *words: str) -> tuple[int, str, str]:
    done = claimpos("import", str(table), "--append", str(folder), *WISHES, *words)
    return done.returncode, done.stdout, done.stderr


def write(path: Path, rows: Sequence[Row], head: Row = HEAD) -> Path:
    lines = [",".join(f'"{cell}"' for cell in row) for row in [head, *rows]]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def row(party: str, issue: str, day: int, option: str, source: int) -> Row:
    since = f"2025-01-{day:02}"
    said = f"{party} on {issue}, {since}: {option}"
    paper = f"Paper {source}"
    return [party, issue, since, option, said, paper, f"2025-01-{source:02}", "yes; no; Not now"]


tables = st.lists(
    st.builds(
        row,
        st.sampled_from(["Norway", "France", "Côte d'Ivoire"]),
        st.sampled_from(["Test ban", "Arms trade"]),
        st.integers(1, 4),
        st.sampled_from(["yes", "no", "Not now"]),
        st.integers(1, 3),
    ),
    min_size=2,
    max_size=12,
    unique_by=lambda one: (one[0], one[1], one[2]),
)


def positions(dossier: Dossier) -> dict[tuple[str, str], list[tuple[object, ...]]]:
    """What each party says on each issue, when, and on what: statements by what they say."""
    return {
        (party.id, issue): [
            (entry.since, entry.position, [one._replace(id="") for one in entry.evidence])
            for entry in entries
        ]
        for party in dossier.parties.values()
        for issue, entries in party.positions.items()
    }


@given(rows=tables, draw=st.data())
@examples(60)
def test_a_part_and_then_the_whole_is_the_whole(
    rows: list[Row], draw: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever was there first; and a second time changes no byte."""
    folder = tmp_path_factory.mktemp("append")
    kept = draw.draw(st.lists(st.sampled_from(rows), min_size=1, unique_by=tuple))
    whole, part = write(folder / "table.csv", rows), write(folder / "part.csv", kept)
    for table, into in ((whole, "whole"), (part, "part")):
        done = claimpos("import", str(table), "--into", str(folder / into), *WISHES)
        assert done.returncode == 0, done.stderr
    before = contents(folder / "part")
    code, out, said = append(whole, folder / "part")
    assert code == 0, said
    after = contents(folder / "part")
    assert all(lines_kept(before[name].decode(), after[name].decode()) for name in before)
    appended, expected = load_dossier(folder / "part"), load_dossier(folder / "whole")
    assert positions(appended) == positions(expected)
    assert appended.sources == expected.sources
    assert dict(appended.issues) == dict(expected.issues)
    new = len(rows) - len(kept)
    assert f"{len(kept)} position{'s were' if len(kept) > 1 else ' was'} there already" in out
    assert out.startswith("Added to ") == (new > 0)
    code, out, _ = append(whole, folder / "part")
    assert (code, out.partition(" ")[0]) == (0, "Nothing")
    assert contents(folder / "part") == after


def test_the_shipped_dossier_has_all_that_its_table_says(tmp_path: Path) -> None:
    folder, table = tmp_path / "positions", tmp_path / "table.csv"
    shutil.copytree(shipped("positions"), folder)
    before = contents(folder)
    claimpos("export", "--positions", str(folder), "-o", str(table))
    code, out, said = append(table, folder)
    assert (code, said) == (0, "")
    assert out.startswith("Nothing was added")
    assert contents(folder) == before


SHORT = ["party", "issue", "since", "accepts", "summary", "source"]


def test_things_may_be_called_by_their_titles(harbour: Path, tmp_path: Path) -> None:
    """A party, an issue, an option and a source; files keep their comments."""
    before = contents(harbour)
    said = ["Port Authority", "Weekend work", "2026-02-20", "weekend work by rota", "So.", ""]
    other = ["port", "pay-rise", "2026-02-20", "<= 6", "And so.", "Talks at the harbour open"]
    rows = [[*said[:5], "Draft settlement"], other]
    code, out, err = append(write(tmp_path / "t.csv", rows, SHORT), harbour)
    assert code == 0, err
    assert "Added to" in out
    assert "2 positions." in out
    after = contents(harbour)
    assert {name for name in after if after[name] != before[name]} == {"port.yaml"}
    assert lines_kept(before["port.yaml"].decode(), after["port.yaml"].decode())
    port = load_dossier(harbour).parties["port"]
    assert [entry.since.text for entry in port.positions["weekend"]] == ["2026-02-03", "2026-02-20"]
    assert port.positions["pay-rise"][-1].evidence[0].source.id == "harbour-news"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("pay-rise;2026-02-03;<= 6", "the dossier has another position of “port” on “pay-rise”"),
        ("weekend;2026-02-20;sundays", "the issue has no option “sundays”"),
    ],
)
def test_a_conflict_is_told(harbour: Path, tmp_path: Path, said: str, why: str) -> None:
    before = contents(harbour)
    cells = ["port", *said.split(";"), "So.", "harbour-news"]
    code, out, err = append(write(tmp_path / "t.csv", [cells], SHORT), harbour)
    assert code == 1
    assert "Line 2: " in err
    assert why in " ".join(err.split())
    assert out.startswith("Nothing was added")
    assert contents(harbour) == before


def test_what_a_table_says_of_what_is_there_is_told(harbour: Path, tmp_path: Path) -> None:
    before = contents(harbour)
    head = "party,issue,since,accepts,source,summary,members,speaks_for_members,plural,core,"
    head += "no_agreement,talks_closed,unit"
    cells = "port,weekend,2026-02-20,rota,harbour-news,So.,union,true,false,true,voluntary"
    table = tmp_path / "t.csv"
    table.write_text(f"{head}\n{cells},2026-02-01,\n", "utf-8")
    code, _, err = append(table, harbour)
    told = " ".join(err.split())
    assert code == 1
    for what in (
        "the members of “port” is “union” here, and the dossier has none",
        "the speaks-for-members of “port” is",
        "the core of “weekend” is",
        "the no-agreement of “weekend” is",
        "the closed of the dossier is “2026-02-01” here, and the dossier has none",
    ):
        assert what in told
    assert "plural" not in told
    after = contents(harbour)
    assert {name for name in after if after[name] != before[name]} == {"port.yaml"}


def test_the_same_on_other_evidence(harbour: Path, tmp_path: Path) -> None:
    """It is told, and no conflict; a statement that no position cites is not added."""
    before = contents(harbour)
    head = [*SHORT, "refuses"]
    cells = ["port", "pay-rise", "2026-02-03", "<= 4.5", "Again.", "harbour-news", "> 5"]
    code, out, err = append(write(tmp_path / "t.csv", [cells], head), harbour)
    assert code == 0
    assert "on other evidence; it was kept" in " ".join(err.split())
    assert out == f"Nothing was added to {shown_path(harbour)}. 1 position was there already.\n"
    assert contents(harbour) == before


def test_a_table_of_another_name(tmp_path: Path) -> None:
    """Lines that have no summary are made into statements that name the table and the line."""
    head = ["party", "issue", "since", "demands", "source", "options"]
    rows = [[one, "Ban", "2025-01-02", "yes", "Res. 1", "yes; no"] for one in "abc"]
    first = write(tmp_path / "one.csv", rows[:2], head)
    claimpos("import", str(first), "--into", str(tmp_path / "out"), *WISHES)
    code, out, err = append(write(tmp_path / "two.csv", rows[::-1], head), tmp_path / "out")
    assert code == 0, err
    assert "evidence" not in err
    assert out.endswith("1 party, 1 position. 2 positions were there already.\n")


def test_a_source_that_is_told_otherwise(harbour: Path, tmp_path: Path) -> None:
    head = ["source", "publisher", "party", "issue", "since", "accepts", "summary"]
    cells = ["harbour-news", "Bay News", "port", "pay-rise", "2026-02-20", "5", "So."]
    code, out, err = append(write(tmp_path / "t.csv", [cells], head), harbour)
    assert code == 1
    text = "the publisher of “harbour-news” is “Bay News” here and “Harbour News” in the dossier"
    assert text in " ".join(err.split())
    assert "Added to" in out
    assert load_dossier(harbour).sources["harbour-news"].publisher == "Harbour News"


def test_a_statement_that_is_there_may_be_cited(harbour: Path, tmp_path: Path) -> None:
    head = ["party", "issue", "since", "accepts", "statement"]
    cells = ["port", "automation", "2026-02-20", "{cars: allowed}", "offer"]
    code, _, err = append(write(tmp_path / "t.csv", [cells], head), harbour)
    assert code == 0, err
    port = load_dossier(harbour).parties["port"]
    assert port.positions["automation"][-1].evidence == (port.statements["offer"],)
    assert len(port.statements) == 3


def test_a_proposal_and_an_answer_to_it(harbour: Path, tmp_path: Path) -> None:
    head = ["proposal", "issue", "party", "since", "proposal_date", "proposal_status", "source"]
    head += ["term", "term_summary", "answer", "except", "summary"]
    text = ["plan", "", "", "", "2026-03-01", "draft", "harbour-news", "", "", "", "", ""]
    term = ["plan", "weekend", "", "", "", "", "", "weekend work by rota", "So.", "", "", ""]
    answer = ["plan", "", "union", "2026-03-02", "", "", "harbour-news"]
    rows = [text, term, [*answer, "", "", "accepts", "weekend", "Takes it."]]
    table = write(tmp_path / "t.csv", rows, head)
    code, out, err = append(table, harbour)
    assert code == 0, err
    assert out.endswith(": 1 proposal, 1 answer to a text.\n")
    dossier = load_dossier(harbour)
    assert [*dossier.proposals["plan"].terms] == ["weekend"]
    (given,) = dossier.parties["union"].answers["plan"]
    assert (given.says, given.evidence[0].summary) == ("accepts", "Takes it.")
    after = contents(harbour)
    assert append(table, harbour)[0] == 0
    assert contents(harbour) == after
    rows = [
        ["plan", "pay-rise", *term[2:7], "6", *term[8:]],
        [*answer, "", "", "refuses", "", "No."],
    ]
    code, _, err = append(write(tmp_path / "t.csv", rows, head), harbour)
    assert code == 1
    told = " ".join(err.split())
    assert "Line 2: the dossier's “plan” has no term on “pay-rise”; it was kept as it is" in told
    assert "Line 3: the dossier has another answer of “union” to “plan” from 2026-03-02" in told
    assert contents(harbour) == after


def test_an_id_that_is_another_statements(harbour: Path, tmp_path: Path) -> None:
    """A statement without an id gets one that is free."""
    rows = [
        ["port", "pay-rise", f"2026-02-{day}", "5", f"So {day}.", "harbour-news"]
        for day in (20, 21)
    ]
    for count in (1, 2):
        code, _, err = append(write(tmp_path / "t.csv", rows[:count][-1:], SHORT), harbour)
        assert code == 0, err
    assert {"pay-rise", "pay-rise-2"} < {*load_dossier(harbour).parties["port"].statements}


@pytest.mark.parametrize("words", [[], ["--into", "a", "--append", "b"]])
def test_one_of_the_two_is_needed(words: list[str]) -> None:
    done = claimpos("import", "t.csv", *words)
    assert done.returncode == 2
    assert "use --into DIR for a new dossier, or --append DIR to add to one" in done.stderr


def test_two_statements_alike_are_told_apart(tmp_path: Path) -> None:
    head = ["party", "issue", "since", "demands", "summary", "source", "options"]
    rows = [["a", one, "2025-01-02", "yes", "Said so.", "Res. 1", "yes; no"] for one in ("X", "Y")]
    table = write(tmp_path / "t.csv", rows, head)
    claimpos("import", str(table), "--into", str(tmp_path / "out"), *WISHES)
    code, out, err = append(table, tmp_path / "out")
    assert code == 0, err
    assert "evidence" not in err
    assert out.endswith("2 positions were there already.\n")


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (
            {"statement": "new", "summary": "So.", "source": "harbour-news", "basis": "stated"},
            "1 statement that nothing cites",
        ),
        ({"speaker": "deputy", "speaker_name": "A Deputy"}, "1 speaker"),
        ({"offer": "package", "offer_title": "The package"}, "1 offer"),
    ],
    ids=["statement", "speaker", "offer"],
)
def test_what_no_position_names_is_added(
    harbour: Path, tmp_path: Path, cells: dict[str, str], told: str
) -> None:
    head = ["party", "issue", *cells]
    table = write(tmp_path / "table.csv", [["union", "", *cells.values()]], head)
    before = contents(harbour)
    assert append(table, harbour)[:2] == (0, f"Added to {shown_path(harbour)}: {told}.\n")
    assert contents(harbour) != before
    load_dossier(harbour)
    assert append(table, harbour)[1] == f"Nothing was added to {shown_path(harbour)}.\n"


@pytest.mark.large
def test_many_lines_are_added_at_once(harbour: Path, tmp_path: Path) -> None:
    """A file is not read anew for each line, whether its issue is new there or not."""
    days = [f"{1990 + at // 12}-{at % 12 + 1:02}" for at in range(150)]
    rows = [
        ["port", issue, day, "6", f"Said {day}.", "harbour-news"]
        for day in days
        for issue in ("pay-rise", "severance-pay")
    ]
    path = write(tmp_path / "t.csv", rows, SHORT)
    with path.open("a", encoding="utf-8") as file:
        file.writelines(f"port,new-{at},2025-01-01,6,So {at}.,harbour-news\n" for at in range(150))
    with within(3):
        code, out, err = append(path, harbour, "--set", "kind=quantity", "--set", "unit=%")
    assert code == 0, err
    assert "450 positions" in out
