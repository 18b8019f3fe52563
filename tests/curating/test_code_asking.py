"""`claimpos code` in a terminal: what is typed, what is asked again, and what is kept."""

from __future__ import annotations

from pathlib import Path
from subprocess import CompletedProcess
from unittest import mock

from claimpos import load_dossier
from tests.cli.in_process import claimpos
from tests.curating.sheets import TEXT, harbour


def code(folder: Path, typed: list[str], text: str = TEXT) -> CompletedProcess[str]:
    """What is printed, each line that is typed behind its prompt."""
    (folder / "article.txt").write_text(text, encoding="utf-8")
    lines = iter(typed)

    def answer(prompt: str = "") -> str:
        print(prompt, end="")
        line = next(lines, None)
        if line is None:
            raise EOFError
        if line == "^C":
            raise KeyboardInterrupt
        print(line)
        return line

    with mock.patch("builtins.input", answer):
        return claimpos(
            *("code", "article.txt", "--source", "gazette"),
            cwd=folder,
            CLAIMPOS_POSITIONS="positions",
        )


STATEMENT = [
    *("s", "We will never sign that", "union", "", "lee = Ann Lee, chair", "2026-03-09", "stated"),
    "No rota.",
]


def test_what_is_typed_is_in_the_dossier(tmp_path: Path) -> None:
    positions = harbour(tmp_path)
    typed = ["n", "the headline", "", *STATEMENT, "", "", "n", "2"]
    typed += ["weekend", "", "", "banned", "", "rota", "whether nights count", "", ""]
    done = code(tmp_path, typed)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("2 paragraphs are still unmarked: par. 2, 4.\n")
    union = load_dossier(positions).parties["union"]
    said = union.statements["we-will-never-sign"]
    assert (said.locator, said.said.text, said.speaker) == (
        "par. 3",
        "2026-03-09",
        union.speakers["lee"],
    )
    entry = union.positions["weekend"][-1]
    assert (entry.since.text, entry.evidence) == ("2026-03-09", (said,))
    assert entry.reserves == "whether nights count"
    source = load_dossier(positions).sources["gazette"]
    assert source.no_position == (("the headline", (1,)), ("rule 2", (5,)))


def test_only_what_is_wrong_is_asked_again(tmp_path: Path) -> None:
    positions = harbour(tmp_path)
    typed = ["", "", "s", "We will never sing that", "unoin", "union", "never", "", "", "statd"]
    typed += ["No rota.", "We will never sign that", "stated", "q"]
    typed += ["weekend", "", "", "", "", "rotta", "", "", "rota", ""]
    done = code(tmp_path, typed)
    shown = " ".join(done.stdout.split())
    assert "! “unoin” is unknown; did you mean union?" in shown
    assert "! basis: “statd” is not a basis (write one of stated, reported, inferred)" in shown
    assert "(the nearest passage: " in shown
    assert "! refuses: there is no option of “weekend” called “rotta” (did you mean" in shown
    assert done.returncode == 0, done.stderr
    union = load_dossier(positions).parties["union"]
    assert union.statements["never"].quote == "We will never sign that"
    assert union.positions["weekend"][-1].since.text == "2026-03-10"


def test_a_doubt_is_told_before_anything_is_written(tmp_path: Path) -> None:
    positions = harbour(tmp_path)
    typed = ["", "", *STATEMENT, "q", "weekend", "", "", "voluntary", "", "", "", ""]
    changed = code(tmp_path, [*typed, "c", "", "", "", "", "rota", "", "", ""])
    shown = " ".join(changed.stdout.split())
    assert shown.count("! union: weekend: the entry before rejected “rota”; this one does not") == 1
    assert shown.count("Enter keeps it, c changes it: ") == 1
    entry = load_dossier(positions).parties["union"].positions["weekend"][-1]
    assert (len(entry.proposes), len(entry.refuses)) == (1, 1)


def test_who_is_named_is_the_usual_answer(tmp_path: Path) -> None:
    positions = harbour(tmp_path)
    text = TEXT.replace("Ann Lee", "Pat Doyle")
    typed = ["", "", "s", "We will never sign that", "", "never", "", "", "stated", "No rota."]
    done = code(tmp_path, [*typed, "q"], text)
    assert "Speakers named here: Pat Doyle (union/doyle)" in done.stdout
    assert done.returncode == 0, done.stderr
    union = load_dossier(positions).parties["union"]
    assert union.statements["never"].speaker == union.speakers["doyle"]


def test_two_statements_of_one_paragraph(tmp_path: Path) -> None:
    positions = harbour(tmp_path)
    second = ["s", "Six per cent is the least", "union", "least", "doyle", "", "reported", "Six."]
    done = code(tmp_path, ["", "", *STATEMENT, *second, "q", "q", ""])
    assert done.returncode == 0, done.stderr
    statements = load_dossier(positions).parties["union"].statements
    assert [statements[one].locator for one in ("we-will-never-sign", "least")] == ["par. 3"] * 2


def test_an_end_of_the_input_adds_what_there_is(tmp_path: Path) -> None:
    positions = harbour(tmp_path)
    assert code(tmp_path, ["n", "headline", "", "s", "Six per"]).returncode == 0
    assert load_dossier(positions).sources["gazette"].no_position == (("headline", (1,)),)
    done = code(tmp_path, [])
    assert "par. 2 of 5" in done.stdout
    assert "par. 1 of 5" not in done.stdout, "it is marked already"


def test_an_interruption_keeps_a_worksheet(tmp_path: Path) -> None:
    positions = harbour(tmp_path)
    before = (positions / "union.yaml").read_bytes()
    for name in ("code-gazette.md", "code-gazette-2.md"):
        done = code(tmp_path, ["", "", *STATEMENT, "^C"])
        assert done.returncode == 130
        assert f"add it with claimpos code --take {name}" in done.stderr
        assert (positions / "union.yaml").read_bytes() == before
    taken = claimpos("code", "--take", "code-gazette.md", "--positions", "positions", cwd=tmp_path)
    assert taken.returncode == 0, taken.stderr
    assert "we-will-never-sign" in load_dossier(positions).parties["union"].statements
