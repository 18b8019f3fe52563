"""The language server, asked by a client over the pipes of its process."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from claimpos.language_server import answers
from claimpos.validation.checking import check_folder
from tests.cli.in_process import claimpos
from tests.curating.sheets import harbour
from tests.language_server.client import Client


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with Client("lsp") as speaking:
        yield speaking


@pytest.fixture
def union(tmp_path: Path) -> Path:
    return harbour(tmp_path) / "union.yaml"


def names(answer: Any) -> list[str]:
    assert not answer["isIncomplete"]
    return [item["label"] for item in answer["items"]]


def test_diagnostics_come_as_somebody_types_and_go_when_it_is_mended(
    client: Client, union: Path
) -> None:
    text = union.read_text("utf-8")
    client.open_file(union)
    assert client.findings(union) == []
    client.change(union, text.replace("refuses: rota", "refuses: \U0001f6a2rotta"))
    client.change(union, text.replace("refuses: rota", "refuses: rotta"), 3)
    (finding,) = client.findings(union)
    assert finding["code"] == "CP302"
    assert finding["message"].endswith("\ndid you mean “rota”?")
    line = next(number for number, one in enumerate(text.splitlines()) if "refuses" in one)
    assert finding["range"] == {
        "start": {"line": line, "character": 15},
        "end": {"line": line, "character": 20},
    }
    client.change(union, text, 4)
    assert client.findings(union) == []
    assert union.read_text("utf-8") == text


def test_a_change_of_one_file_is_told_in_another(client: Client, union: Path) -> None:
    agenda = union.parent / "agenda.yaml"
    client.open_file(agenda, agenda.read_text("utf-8").replace("rota: by rota", "turns: by turns"))
    (finding,) = client.findings(union)
    assert finding["message"].startswith("there is no option of “weekend” called “rota”")


def test_places_count_in_the_units_of_the_editor(client: Client, union: Path) -> None:
    text = union.read_text("utf-8").replace("{name: Pat Doyle", "{name: \U0001f6a2 Pat, rol: x")
    client.open_file(union, text)
    finding = client.findings(union)[0]
    line = text.splitlines()[finding["range"]["start"]["line"]]
    start = finding["range"]["start"]["character"]
    assert line.encode("utf-16-le")[2 * start :].decode("utf-16-le").startswith("rol:")


@pytest.mark.parametrize(
    ("add", "offered"),
    [
        ("  night:\n    - demands: {cranes: ", ["everyone", "volunteers"]),
        ("  night:\n    - demands: {", ["cranes", "gates"]),
        ("  weekend:\n    - accepts: [", ["banned", "voluntary", "rota"]),
        ("  weekend:\n    - accepts: [{outcome: rota, if: {", ["pay-rise", "weekend", "night"]),
        ("  weekend:\n    - evidence: [six, ", ["six", "weekends-off"]),
        ("  ", ["pay-rise", "weekend", "night"]),
        ("  night:\n    - ", ["since"]),
        ("statements:\n  x:\n    source: ", ["harbour-news", "gazette"]),
        ("statements:\n  x:\n    speaker: ", ["doyle"]),
        ("statements:\n  x:\n    basis: ", ["stated", "reported", "inferred"]),
    ],
)
def test_completion_offers_what_can_stand_there(
    client: Client, union: Path, add: str, offered: list[str]
) -> None:
    client.open_file(union)
    text = union.read_text("utf-8") + add
    client.change(union, text)
    assert names(client.at("completion", union, text, add))[: len(offered)] == offered


@pytest.mark.parametrize(
    ("file", "text", "offered"),
    [
        ("proposals/draft.yaml", "proposal: draft\nsource: ", ["harbour-news", "gazette"]),
        ("proposals/draft.yaml", "authors: [", ["port", "union"]),
        ("proposals/draft.yaml", "terms:\n  ", ["pay-rise", "weekend", "night"]),
        ("proposals/draft.yaml", "terms:\n  weekend: {outcome: ", ["banned", "voluntary", "rota"]),
        ("agenda.yaml", "groups: {pay: Pay}\nissues:\n  a:\n    group: ", ["pay"]),
        ("agenda.yaml", "issues:\n  a:\n    kind: ", ["choice", "items", "quantity"]),
        ("sources.yaml", "sources:\n  a:\n    status: ", ["official", "draft", "leaked", "press"]),
    ],
)
def test_completion_in_other_files(
    client: Client, union: Path, file: str, text: str, offered: list[str]
) -> None:
    path = union.parent / file
    client.open_file(path, text)
    assert names(client.at("completion", path, text, text))[: len(offered)] == offered
    client.tell("textDocument/didClose", textDocument={"uri": path.as_uri()})


def test_completion_of_keys_says_what_they_mean(client: Client, union: Path) -> None:
    client.open_file(union)
    text = union.read_text("utf-8") + "  night:\n    - since: 2026\n      "
    client.change(union, text)
    answer = client.at("completion", union, text, "2026\n      ")
    assert {"demands", "refuses", "evidence"} <= {*names(answer)}
    assert all(item["documentation"]["value"] for item in answer["items"])


def test_hover_tells_title_and_question(client: Client, union: Path) -> None:
    client.open_file(union)
    text = union.read_text("utf-8")
    hovered = client.at("hover", union, text, "  week")
    assert hovered["contents"]["value"].startswith("Weekend work\n\nMay the port be worked")
    assert "by rota" in client.at("hover", union, text, "refuses: ro")["contents"]["value"]
    assert client.at("hover", union, text, "  # wh") is None


@pytest.mark.parametrize(
    ("passage", "file", "line"),
    [
        ("source: harbour", "sources.yaml", "  harbour-news: {title"),
        ("evidence: [si", "union.yaml", "  six:"),
        ("speaker: doy", "union.yaml", "  doyle:"),
        ("refuses: ro", "agenda.yaml", "    options: {banned"),
        ("\n  pay-ri", "agenda.yaml", "  pay-rise:"),
    ],
)
def test_definitions(client: Client, union: Path, passage: str, file: str, line: str) -> None:
    client.open_file(union)
    found = client.at("definition", union, union.read_text("utf-8"), passage)
    path = union.parent / file
    assert found["uri"] == path.as_uri()
    assert path.read_text("utf-8").splitlines()[found["range"]["start"]["line"]].startswith(line)


def test_quick_fixes_are_remedies_that_mend(client: Client, union: Path) -> None:
    text = union.read_text("utf-8").replace("refuses: rota", "refuses: rotta")
    client.open_file(union, text)
    (finding,) = client.findings(union)
    document = {"uri": union.as_uri()}
    (action,) = client.ask(
        "textDocument/codeAction",
        textDocument=document,
        range=finding["range"],
        context={"diagnostics": [finding]},
    )
    assert action["title"] == "Write rota"
    (edit,) = action["edit"]["changes"][union.as_uri()]
    lines = text.splitlines()
    at, end = edit["range"]["start"], edit["range"]["end"]
    line = lines[at["line"]]
    assert line[: at["character"]] + edit["newText"] + line[end["character"] :] == (
        "      refuses: rota   # never"
    )


@pytest.mark.parametrize(("typed", "offered"), [("", 1_000), ("SAID-111", 11), ("nowhere", 0)])
def test_of_very_many_names_some_are_offered(
    client: Client, union: Path, typed: str, offered: int
) -> None:
    """The editor is told to ask again as more is typed, and so finds every one of them."""
    said = "said: 2026-01-05, source: gazette, basis: stated, summary: Six."
    many = "".join(f"  said-{number}: {{{said}}}\n" for number in range(1_200))
    text = union.read_text("utf-8").replace("statements:\n", f"statements:\n{many}", 1)
    union.write_text(text, "utf-8")
    text += f"  night:\n    - since: 2026\n      evidence: [{typed}"
    client.open_file(union, text)
    answer = client.at("completion", union, text, f"evidence: [{typed}")
    assert (len(answer["items"]), answer["isIncomplete"]) == (offered, True)
    assert all(typed.lower() in item["label"] for item in answer["items"])


@pytest.mark.parametrize(("seconds", "tried"), [(0.1, 4), (0.9, 3), (1.5, 2), (50, 1)])
def test_fixes_are_tried_within_a_time(
    seconds: float, tried: int, union: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is tried by checking the whole dossier, while the editor waits for other answers."""
    text = union.read_text("utf-8")
    wrong = ["statment: x", "statments: x", "posision: x", "posisions: x"]
    text += "".join(f"{one}\n" for one in wrong)
    now = [0.0]

    def slow(*arguments: Any, **named: Any) -> Any:
        now[0] += seconds
        return check_folder(*arguments, **named)

    monkeypatch.setattr(answers, "check_folder", slow)
    monkeypatch.setattr(answers, "process_time", lambda: now[0])
    rows = range(1, text.count("\n") + 1)
    answers.Edited(union.parent, {union: text}).fixes(rows, union)
    assert now[0] == pytest.approx(seconds * (1 + tried))


def test_files_of_no_dossier_are_left_alone(client: Client, tmp_path: Path) -> None:
    stray = tmp_path / "notes.yaml"
    stray.write_text("a: [b\n")
    client.open_file(stray)
    assert client.at("completion", stray, "a: [b\n", "[") is None
    assert client.at("hover", stray, "a: [b\n", "[b") is None


def test_broken_and_hostile_texts_bring_nobody_down(client: Client, union: Path) -> None:
    client.open_file(union)
    for version, text in enumerate(
        ["\x00", "a: &a [*a]", "!!python/object:os.system x", "{" * 500], 2
    ):
        client.change(union, text, version)
        assert client.findings(union)
        assert not client.at("completion", union, text, text[:1])["isIncomplete"]


# Checking the file “endless.yaml”, and all questions about it, have no end.
ENDLESS = """
import sys
from claimpos.language_server.answers import Edited

def endless(answer):
    def wrapped(edited, *args):
        while any("endless" in path.name for path in edited.edited):
            pass
        return answer(edited, *args)
    return wrapped

for name in ("findings", "dossier", "fixes"):
    setattr(Edited, name, endless(getattr(Edited, name)))
from claimpos.__main__ import command
sys.exit(command())
"""


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no such timer")
def test_an_answer_without_end_is_stopped_and_others_are_given(union: Path) -> None:
    run = (sys.executable, "-c", ENDLESS)
    endless, text = union.with_name("endless.yaml"), union.read_text("utf-8")
    with Client("lsp", command=run, CLAIMPOS_LIMITS="run-seconds=1") as client:
        client.open_file(endless, text)
        while not client.log:
            client._receive()
        assert client.log[0].startswith("claimpos: stopped, because this run has computed for more")
        document, place = {"uri": endless.as_uri()}, {"line": 0, "character": 0}
        about = {"textDocument": document, "position": place}
        for method in ("completion", "codeAction"):
            span = {"range": {"start": place, "end": place}, "context": {"diagnostics": []}}
            client.count += 1
            params = {**about, **(span if method == "codeAction" else {})}
            client._send({"id": client.count, "method": f"textDocument/{method}", "params": params})
            assert "stopped, because" in client.answer(client.count)["error"]["message"], method
        client.tell("textDocument/didClose", textDocument=document)
        client.open_file(union, text)
        assert client.findings(union) == []


def test_without_pygls_a_line_says_what_to_install() -> None:
    with mock.patch.dict(sys.modules, {"pygls": None, "pygls.lsp.server": None}):
        sys.modules.pop("claimpos.language_server.server", None)
        done = claimpos("lsp")
    assert done.returncode == 2
    assert done.stderr == (
        "claimpos: the language server needs pygls: pip install 'claimpos[lsp]'.\n"
    )
