"""`claimpos add` in a terminal: asks for what is missing, completes ids, shows the change."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from claimpos import load_dossier
from tests.cli.process import environment
from tests.curating.test_add import contents

_SECONDS = 60
_A_MOMENT = 0.5


def converse(
    folder: Path, words: Sequence[str], talk: Sequence[tuple[str, str]]
) -> tuple[int, str]:
    """The exit code, and all that stood in the terminal, after answers to the ends of prompts."""
    terminal, other = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "claimpos", "add", *words, "--positions", str(folder)],
        stdin=other,
        stdout=other,
        stderr=other,
        env={**environment(), "TERM": "xterm", "PYTHONPATH": os.getcwd()},
        start_new_session=True,
        preexec_fn=_can_be_interrupted,
    )
    os.close(other)
    shown = ""
    for prompt, answer in [*talk, ("", "")]:
        part = ""
        while not prompt or not part.endswith(prompt):
            ready, _, _ = select.select([terminal], [], [], _SECONDS)
            try:
                read = os.read(terminal, 1) if ready else b""
                while read and read[0] & 0x80 and not _is_whole(read):
                    read += os.read(terminal, 1)
            except OSError:  # the other side has left
                read = b""
            if not read:
                break
            part += read.decode()
        shown += part
        if prompt:
            assert part.endswith(prompt), part
            if answer == "\x03":  # which is lost if it comes before the prompt is waited at
                time.sleep(_A_MOMENT)
            os.write(terminal, answer.encode())
    os.close(terminal)
    return process.wait(_SECONDS), shown


def _can_be_interrupted() -> None:
    """Let Ctrl-C in the terminal reach the process, whatever started the tests ignores."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _is_whole(read: bytes) -> bool:
    try:
        read.decode()
    except UnicodeDecodeError:
        return False
    return True


STATEMENT = [
    ("Party that said it: ", "por\t\n"),
    ("What was said, in one neutral sentence: ", "Offers six.\n"),
    ("Source in which it can be read: ", "harbor-news\n"),
    ("Source in which it can be read: ", "harb\t\n"),
    ("Basis (stated, reported or inferred): ", "\n"),
    ("Basis (stated, reported or inferred): ", "rep\t\n"),
    ("Speaker (id, known or new): ", "Ada Blom\n"),
    ("Speaker (id, known or new): ", "ceo\n"),
    ("Full name of the new speaker: ", "Ada Blom\n"),
    ("Role of the new speaker: ", "\n"),
    ("Day on which it was said, if not that of the source: ", "5 Feb 2026\n"),
    ("Day on which it was said, if not that of the source: ", "2026-02-30\n"),
    ("Day on which it was said, if not that of the source: ", "2199-01-01\n"),
    ("Day on which it was said, if not that of the source: ", "\n"),
    ("Words quoted from the source: ", "\n"),
    ("Where in the source: ", "par. 2\n"),
]
ENTRY = [
    ("Issue whose position it moves (Enter: none): ", "pay-rise\n"),
    ("Start from the position of 2026-02-03, and change what you enter now? [Y/n] ", "\n"),
    ("Demands: ", "\n"),
    ("Proposes: ", "\n"),
    ("Accepts: ", "six\n"),
    ("Accepts: ", "<= 5\n"),
    ("Accepts: ", "\n"),
    ("Rejects: ", "\n"),
    ("Leaves open: ", "\n"),
    ("First day, if not that of the statement: ", "2026-02-05\n"),
    ("Issue whose position it moves (Enter: none): ", "\n"),
]


def test_a_statement_and_the_position_that_it_moves(harbour: Path) -> None:
    talk = [*STATEMENT, *ENTRY, ("Write this? [Y/n] ", "y\n")]
    code, shown = converse(harbour, ["statement"], talk)
    assert code == 0, shown
    assert "Did you mean “harbour-news”?" in shown
    assert "write 2026-02-05" in shown
    assert "there is no day 2026-02-30" in shown
    assert "“Ada Blom” cannot be an id; write ada-blom" in shown
    assert "2199-01-01 is in the future" in shown
    assert "+      accepts: {max: 5}" in shown
    assert "made from the position of 3 February 2026" in shown
    port = load_dossier(harbour).parties["port"]
    said = port.statements["offers-six"]
    assert (said.basis, said.locator, port.speakers["ceo"].name) == (
        "reported",
        "par. 2",
        "Ada Blom",
    )
    entry = port.positions["pay-rise"][-1]
    assert entry.grounds == {"accepts": (said,), "refuses": (port.statements["offer"],)}


@pytest.mark.parametrize(("answer", "code"), [("n\n", 0), ("\x04", 130), ("\x03", 130)])
def test_nothing_is_written_unless_one_says_so(harbour: Path, answer: str, code: int) -> None:
    before = contents(harbour)
    words = ["source", "letter", "--title", "L", "--publisher", "P", "--status", "press"]
    talk = [
        ("Day of publication (YYYY-MM-DD): ", "2026-03-01\n"),
        ("Address: ", "\n"),
        ("Language read, such as en: ", "\n"),
        ("Write this? [Y/n] ", answer),
    ]
    found, shown = converse(harbour, words, talk)
    assert found == code, shown
    assert ("Nothing was written." in shown) == (code == 0)
    assert contents(harbour) == before


def test_a_slip_is_asked_about_again(harbour: Path) -> None:
    talk = [
        ("Id of the source, such as harbour-news-2026-03-01: ", "Bay Times\n"),
        ("Id of the source, such as harbour-news-2026-03-01: ", "harbour-news\n"),
        ("Id of the source, such as harbour-news-2026-03-01: ", "bay-times\n"),
        ("Headline, as published: ", "Talks resume\n"),
        ("Publisher: ", "Bay Times\n"),
        ("Day of publication (YYYY-MM-DD): ", "2026-03-01\n"),
        ("Status (official, draft, leaked or press): ", "news\n"),
        ("Status (official, draft, leaked or press): ", "press\n"),
        ("Address: ", "www.bay-times.example\n"),
        ("Address: ", "https://bay-times.example\n"),
        ("Language read, such as en: ", "English\n"),
        ("Language read, such as en: ", "en\n"),
        ("Write this? [Y/n] ", "y\n"),
    ]
    code, shown = converse(harbour, ["source"], talk)
    assert code == 0, shown
    for slip in (
        "“Bay Times” cannot be an id; write bay-times",
        "“harbour-news” already exists; choose another id",
        "“news” is not one of official, draft, leaked or press",
        "“www.bay-times.example” is not a web address",
        "“English” is not a language code, such as en",
    ):
        assert slip in shown
    assert load_dossier(harbour).sources["bay-times"].language == "en"


def test_an_answer_rests_on_a_statement_that_is_there(harbour: Path) -> None:
    """Where none was added before it, one is asked for; a refusal leaves nothing out."""
    talk = [
        ("Party: ", "port\n"),
        ("Text that is answered: ", "mediator-draft\n"),
        ("Answer (accepts, accepts-as-basis or refuses): ", "refuses\n"),
        ("Statement that it rests on: ", "\n"),
        ("Statement that it rests on: ", "ofer\n"),
        ("Statement that it rests on: ", "off\t\n"),
        ("Statement that it rests on: ", "\n"),
        ("Condition, in words: ", "\n"),
        ("First day, if not that of the statement: ", "2026-02-26\n"),
        ("Write this? [Y/n] ", "y\n"),
    ]
    code, shown = converse(harbour, ["answer"], talk)
    assert code == 0, shown
    assert "unknown statement “ofer” of “port”. Did you mean “offer”?" in " ".join(shown.split())
    answer = load_dossier(harbour).parties["port"].answers["mediator-draft"][-1]
    assert (answer.says, [one.id for one in answer.evidence]) == ("refuses", ["offer"])


def test_what_the_command_line_names_is_looked_up_first(harbour: Path) -> None:
    code, shown = converse(harbour, ["entry", "port"], [])
    assert code == 2
    assert "unknown issue “port”: that is a party" in " ".join(shown.split())


def test_what_is_refused_need_not_be_typed_again(harbour: Path) -> None:
    """The answers stand in a command, which says the same."""
    words = ["statement", "port", "Offers five.", "--source", "harbour-news", "--basis", "stated"]
    talk = [
        ("Issue: ", "pay-rise\n"),
        ("Start from the position of 2026-02-03, and change what you enter now? [Y/n] ", "\n"),
        ("Demands: ", "\n"),
        ("Proposes: ", "\n"),
        ("Accepts: ", "<= 6\n"),
        ("Accepts: ", "\n"),
        ("Rejects: ", "\n"),
        ("Leaves open: ", "\n"),
        ("First day, if not that of the statement: ", "\n"),
    ]
    code, shown = converse(harbour, [*words, "+", "entry"], talk)
    assert code == 2, shown
    assert "nothing was written" in shown
    assert (
        "as a command, to correct and run again: claimpos add statement port 'Offers five.' "
        "--source harbour-news --basis stated + entry pay-rise --from-last --accepts '<= 6'"
    ) in " ".join(shown.split())


def test_whoever_leaves_nothing_out_is_not_asked(harbour: Path) -> None:
    words = ["source", "letter", "--title", "L", "--publisher", "P", "--status", "press"]
    code, shown = converse(harbour, [*words, "--date", "2026-03-01"], [])
    assert code == 0, shown
    assert "letter" in load_dossier(harbour).sources
