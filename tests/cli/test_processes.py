"""What only a process shows: exit codes, pipes, signals, encodings, what is imported."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from claimpos import __main__, __version__
from claimpos.cli import app
from tests.cli import in_process
from tests.cli.process import COMMAND, DIFF, WORKED, claimpos, environment
from tests.support import TALKS

HEAVY = ["email", "jsonschema", "rich", "jinja2", "pydantic", "clingo", "openpyxl", "scipy"]


def imported(*arguments: str, **variables: str) -> set[str]:
    code = (
        "import sys; from claimpos.__main__ import main; main(sys.argv[1:]); "
        "sys.stderr.write(' '.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment(**variables),
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.split())


def test_a_diff_of_a_valid_dossier_imports_nothing_heavy() -> None:
    in_process.claimpos(*DIFF)
    modules = imported(*DIFF)
    assert {"typer", "tabulate", "claimpos.comparison.verdicts"} <= modules
    assert not modules & set(HEAVY)
    assert "yaml" not in modules  # because the dossier is remembered by now


@pytest.mark.parametrize(
    ("command", "needed"), [("brief", set()), ("deals", {"clingo"}), ("matrix", set())]
)
def test_nor_do_other_reports(command: str, needed: set[str]) -> None:
    in_process.claimpos(*DIFF)
    modules = imported(command, "russia", "us")
    assert modules & {*HEAVY, "yaml"} == needed


def test_nor_does_one_that_is_read_anew(tmp_path: Path) -> None:
    for dossier in (str(WORKED), str(TALKS)):
        modules = imported(*DIFF, CLAIMPOS_POSITIONS=dossier, XDG_CACHE_HOME=str(tmp_path))
        assert "yaml" in modules
        assert not modules & set(HEAVY)


def test_the_version_imports_next_to_nothing() -> None:
    assert not imported("--version") & {"typer", "yaml", "re", "typing", "claimpos.cli.app"}
    assert claimpos("--version").stdout == f"claimpos {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (DIFF, 0),
        ((*DIFF, "--exit-code"), 1),
        (("diff", "russia", "us", "--exit-code", "--as-of", "2025-03-14"), 0),
        (("diff", "russia", "atlantis"), 2),
        (("diff", "--nonsense"), 2),
        ((), 2),
        (("--help",), 0),
    ],
)
def test_exit_codes(arguments: tuple[str, ...], code: int) -> None:
    done = in_process.claimpos(*arguments)
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert (done.stdout == "") == (code == 2)


@pytest.mark.parametrize("code", [1, 2])
def test_the_exit_code_is_that_of_the_process(code: int) -> None:
    arguments = (*DIFF, "--exit-code") if code == 1 else ("diff", "--nonsense")
    assert claimpos(*arguments).returncode == code


def failing(error: BaseException) -> object:
    def run(arguments: object) -> int:
        raise error

    return run


@pytest.mark.parametrize(
    ("error", "code"),
    [(KeyboardInterrupt(), 130), (RuntimeError("oh"), 70), (RecursionError(), 70)],
)
def test_what_goes_wrong_inside(
    error: BaseException,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(app, "run", failing(error))
    assert __main__.main(["diff"]) == code
    err = capsys.readouterr().err
    assert err.count("\n") <= 1
    if code == 70:
        assert "this is a bug in claimpos" in err
        assert "report" in err
        monkeypatch.setenv("CLAIMPOS_DEBUG", "1")
        assert __main__.main(["diff"]) == code
        assert "Traceback" in capsys.readouterr().err


def test_interrupted(tmp_path: Path) -> None:
    code = (
        "import signal, sys, time; from claimpos.cli import app; import claimpos.__main__ as m\n"
        # What a shell starts in the background would ignore the signal.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "app.run = lambda a: (print('started', flush=True), time.sleep(30))\n"
        "sys.exit(m.main(['diff']))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (130, "claimpos: interrupted.\n")


def test_nobody_reads_on() -> None:
    process = subprocess.Popen(
        [*COMMAND, *DIFF, "--format", "json"],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    with process.stderr:
        assert process.stderr.read() == b""
    assert process.wait(timeout=20) == 0


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp437", "utf-16"])
def test_a_pipe_gets_utf_8_whatever_the_locale(encoding: str, tmp_path: Path) -> None:
    done = claimpos(*DIFF, PYTHONIOENCODING=encoding, PYTHONUTF8="0", LC_ALL="C")
    assert done.returncode == 0
    assert "⟨At once⟩" in done.stdout
    written = claimpos(*DIFF, "-o", str(tmp_path / "diff.txt"), PYTHONIOENCODING=encoding)
    assert written.returncode == 0
    assert (tmp_path / "diff.txt").read_bytes() == done.stdout.encode()


def test_the_same_bytes_again() -> None:
    """Of three reports, whatever the order in which this process goes through sets."""
    code = (
        "from claimpos.__main__ import main\n"
        f"for one in {DIFF}, ('show', 'russia', '--as-of', '2025-03-14'), ('list', 'issues'):\n"
        "    assert main(one) == 0\n"
    )
    first, *others = (
        subprocess.check_output([sys.executable, "-c", code], env=environment(PYTHONHASHSEED=seed))
        for seed in ("0", "1", "2")
    )
    assert first
    assert others == [first, first]


def test_no_absolute_path_is_shown(tmp_path: Path) -> None:
    (tmp_path / "positions").mkdir()
    (tmp_path / "positions" / "agenda.yaml").write_text("title: [")
    (tmp_path / "elsewhere").mkdir()
    for cwd in (tmp_path, tmp_path / "elsewhere"):
        for folder in (str(tmp_path / "positions"), str(tmp_path / "nowhere")):
            done = in_process.claimpos("list", cwd=cwd, CLAIMPOS_POSITIONS=folder)
            assert done.returncode == 2
            assert str(tmp_path) not in done.stderr
            assert "positions" in done.stderr or "nowhere" in done.stderr
