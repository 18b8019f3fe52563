"""Completion: what is offered, and in real shells."""

from __future__ import annotations

import contextlib
import io
import json
import os
import pty
import select
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import tree_sitter_powershell
from tree_sitter import Language, Parser

from claimpos.__main__ import main
from claimpos.rendering.text import described
from tests.cli.in_process import claimpos
from tests.cli.process import environment
from tests.support import TALKS

bash = shutil.which("bash")
needs_bash = pytest.mark.skipif(bash is None, reason="there is no bash here")

# For each line, whose words are parted by tabs, what is offered for its last word, and a dot.
SCRIPT = """
eval "$(_CLAIMPOS_COMPLETE=source_bash claimpos)"
for line in "$@"; do
  IFS=$'\\t' read -r -a COMP_WORDS <<<"$line"
  [[ $line == *$'\\t' ]] && COMP_WORDS+=("")
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE="${COMP_WORDS[*]}"; COMP_POINT=${#COMP_LINE}
  $(complete -p claimpos | sed -E 's/.*-F ([^ ]+) .*/\\1/') claimpos
  printf '%s\\n' "${COMPREPLY[@]}" .
done
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A PATH on which `claimpos` is the checkout under test."""
    folder = tmp_path_factory.mktemp("bin")
    command = folder / "claimpos"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m claimpos "$@"\n')
    command.chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


def completions(*words: str, **variables: str) -> list[str]:
    """What is offered for the last of the words, as bash asks for it."""
    asked = {
        "_CLAIMPOS_COMPLETE": "complete_bash",
        "COMP_WORDS": " ".join(("claimpos", *words)),
        "COMP_CWORD": str(len(words)),
    }
    done = claimpos(cwd=None, **asked, **variables)
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("di",), ["diff"]),
        (("diff", "ru"), ["russia", "ru"]),
        (("diff", "russia", "uk"), ["ukraine"]),
        (("diff", "russia", "us", "--issue", "rec"), ["recognition"]),
        (("diff", "russia", "us", "--group", ""), ["truce", "settlement"]),
        (("diff", "russia", "us", "--format", "gi"), ["github"]),
        (("diff", "russia", "us", "--only", "c"), ["conflict"]),
        (("diff", "russia", "us", "--exi"), ["--exit-code"]),
        (("ask", "russia", "us", "--party", "uk"), ["ukraine"]),
        (("matrix", "--format", "sv"), ["svg"]),
        (("deals", "--format", "gr"), ["grid"]),
        (("show", "ce"), ["ceasefire"]),
        (("history", "uk"), ["ukraine"]),
        (("history", "us", "ce"), ["ceasefire"]),
        (("changes", "russia", "uk"), ["ukraine"]),
        (("matrix", "russia", "uk"), ["ukraine"]),
        (("matrix", "--parties-by", "a"), ["agreement"]),
        (("list", "so"), ["sources"]),
        (("schema", "pa"), ["party"]),
        (("guide", "ver"), ["verdicts"]),
    ],
)
def test_completion(words: tuple[str, ...], expected: list[str]) -> None:
    assert completions(*words) == expected


IN_BASH = [
    (("di",), ["diff"]),
    (("diff", "ru"), ["russia", "ru"]),
    (("diff", "russia", "us", "--group", ""), ["truce", "settlement"]),
    (("diff", "russia", "us", "--format", "=", "gi"), ["github"]),
    (("diff", "russia", "us", "--only", "="), ["overlap", "conflict", "unresolved"]),
    (("diff", "--positions", "=", "'a b'", "russia", "--basis", "=", "re"), ["reported"]),
]


@needs_bash
def test_in_bash(path: str) -> None:
    lines = ["\t".join(("claimpos", *words)) for words, _ in IN_BASH]
    done = subprocess.run(
        [str(bash), "-c", SCRIPT, "bash", *lines],
        env=environment(PATH=path),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stderr == ""
    assert done.stdout.split() == [word for _, offered in IN_BASH for word in (*offered, ".")]


@pytest.mark.skipif(shutil.which("fish") is None, reason="there is no fish here")
def test_in_fish(path: str, tmp_path: Path) -> None:
    """What is offered for each line, in the folder of a dossier with an apostrophe in its name."""
    positions = tmp_path / "the port's $positions"
    assert main(["init", str(positions)]) == 0
    named = "'" + str(positions).replace("'", "\\'") + "'"
    lines = {
        f"claimpos diff union --positions {named} por": "port\tPort Authority",
        f"claimpos diff union port --positions {named} --issue=we": "--issue=weekend\tWeekend work",
    }
    script = "_CLAIMPOS_COMPLETE=source_fish claimpos | source\nfor line in $argv\n"
    script += "  complete -C $line\n  echo .\nend\n"
    done = subprocess.run(
        ["fish", "--no-config", "-c", script, *lines],
        env=environment(PATH=path, HOME=str(tmp_path)),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stderr == ""
    assert done.stdout == "".join(f"{offered}\n.\n" for offered in lines.values())


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Jeanne D'Arc", "Jeanne D’Arc"),
        ('the "Six", or "6"', "the “Six”, or “6”"),
        ("a cut of 50%", "a cut of 50％"),
        ("$5 billion", "＄5 billion"),
        ("Committee #1: budget", "Committee ＃1： budget"),
        ("Who? Us!", "Who？ Us！"),
        ("a < b > c", "a ‹ b › c"),
        ("中华人民共和国", "中华人民共和国"),
        ("מדינת ישראל", "מדינת ישראל"),
        ("Cafe\u0301", "Cafe\u0301"),
        ("Côte  d’Ivoire", "Côte d’Ivoire"),
        ("`x` and \\y", "x and y"),
    ],
)
def test_what_stands_beside_a_name_means_the_same(name: str, shown: str) -> None:
    assert described(name) == shown


def test_the_dossier_named_on_the_line_counts() -> None:
    words = ("diff", "--positions", str(TALKS), "tur")
    assert completions(*words) == ["turkey", "turkiye"]


def test_a_dossier_with_faults_completes_nothing(tmp_path: Path) -> None:
    (tmp_path / "agenda.yaml").write_text("title: [")
    assert completions("diff", "ru", CLAIMPOS_POSITIONS=str(tmp_path)) == []
    assert completions("diff", "ru", CLAIMPOS_POSITIONS="nowhere") == []


@needs_bash
def test_tab_in_a_terminal(path: str, tmp_path: Path) -> None:
    """The keys themselves, in a bash that a person would sit at."""
    start = tmp_path / "start"
    start.write_text('PS1="> "\neval "$(claimpos --show-completion)"\n', encoding="utf-8")
    variables = environment(PATH=path, TERM="dumb", COLUMNS="200", INPUTRC=os.devnull)
    with in_a_terminal([str(bash), "--noprofile", "--rcfile", str(start), "-i"], variables) as keys:
        assert seen(keys, "> ")
        os.write(keys, b"claimpos diff russia uk\t--issue cea\t")
        assert seen(keys, "claimpos diff russia ukraine --issue ceasefire ")


@contextmanager
def in_a_terminal(
    command: list[str], variables: dict[str, str], cwd: Path | None = None
) -> Iterator[int]:
    """A program in a terminal of its own: the end at which keys are typed and output is read."""
    leader, follower = pty.openpty()
    with os.fdopen(follower, "w") as end:
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env=variables,
            stdin=end,
            stdout=end,
            stderr=end,
            start_new_session=True,
        )
    try:
        yield leader
    finally:
        process.kill()
        process.wait(10)
        os.close(leader)


HOSTILE_NAMES = [
    "x $(touch pwned)",
    "x \\$(touch pwned)",
    "x `touch pwned`",
    'x" $(touch pwned) "',
    "x'))'; touch pwned; '((",
    "x\\\\\\$(touch pwned)",
    "[/b] [link=x]y",
    "${(e):-$(touch pwned)} =(touch pwned)",
    "x:y \\: {a,b} *(e:'touch pwned':)",
]


@pytest.fixture
def hostile(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder with a dossier whose party has the name that is asked for."""
    positions = tmp_path / "positions"
    assert main(["init", str(positions)]) == 0
    party = positions / "union.yaml"
    name = f"name: {json.dumps(request.param)}"
    party.write_text(party.read_text("utf-8").replace("name: Dockers' Union", name), "utf-8")
    return tmp_path


@pytest.mark.skipif(shutil.which("zsh") is None, reason="there is no zsh here")
@pytest.mark.parametrize("hostile", ["\n".join(HOSTILE_NAMES)], indirect=True)
def test_tab_in_zsh_runs_nothing_of_a_dossier(path: str, hostile: Path) -> None:
    """The keys themselves; the name of a party is shown beside it."""
    start = """
PS1='> '; autoload -Uz compinit; compinit -u -D
eval "$(_CLAIMPOS_COMPLETE=source_zsh claimpos)"
print ready
"""
    (hostile / ".zshrc").write_text(start, encoding="utf-8")
    variables = environment(PATH=path, TERM="dumb", COLUMNS="200", ZDOTDIR=str(hostile))
    variables["CLAIMPOS_POSITIONS"] = str(hostile / "positions")
    with in_a_terminal(["zsh", "-i"], variables, hostile) as keys:
        assert seen(keys, "ready")
        os.write(keys, b"claimpos diff \t")
        assert seen(keys, "-- x ＄(touch pwned) x ＄(touch pwned)")
    assert not (hostile / "pwned").exists()


@pytest.mark.skipif(shutil.which("zsh") is None, reason="there is no zsh here")
def test_the_first_tab_in_zsh(path: str, tmp_path: Path) -> None:
    """The file that --install-completion writes is loaded at the first TAB, and completes then."""
    script = claimpos(_CLAIMPOS_COMPLETE="source_zsh").stdout.lstrip()
    functions = tmp_path / "functions"
    functions.mkdir()
    (functions / "_claimpos").write_text(script, encoding="utf-8")
    start = f"""
PS1='> '; fpath=({functions} $fpath); autoload -Uz compinit; compinit -u -D
print ready
"""
    (tmp_path / ".zshrc").write_text(start, encoding="utf-8")
    variables = environment(PATH=path, TERM="dumb", COLUMNS="200", ZDOTDIR=str(tmp_path))
    with in_a_terminal(["zsh", "-i"], variables, tmp_path) as keys:
        assert seen(keys, "ready")
        os.write(keys, b"claimpos diff russia ukr\t")
        assert seen(keys, "claimpos diff russia ukraine")
        os.write(keys, b"--issue=cea\t")
        assert seen(keys, "--issue=ceasefire ")


def powershell_script() -> str:
    return claimpos(_CLAIMPOS_COMPLETE="source_powershell").stdout


BROKEN = [("{", "("), ("(", ""), ("}", ""), ('"', "")]


def test_the_script_for_powershell_fits_its_grammar() -> None:
    script = powershell_script()
    assert "Register-ArgumentCompleter -Native -CommandName claimpos " in script
    parser = Parser(Language(tree_sitter_powershell.language()))
    assert not parser.parse(script.encode()).root_node.has_error
    for old, new in BROKEN:
        broken = script.replace(old, new, 1)
        assert parser.parse(broken.encode()).root_node.has_error, (old, new)


PARSE = """
$faults = $null
[void][System.Management.Automation.Language.Parser]::ParseFile($args[0], [ref]$null, [ref]$faults)
exit $faults.Count
"""


@pytest.mark.skipif(shutil.which("pwsh") is None, reason="there is no PowerShell here")
@pytest.mark.parametrize("change", [("", ""), *BROKEN])
def test_powershell_parses_its_script(change: tuple[str, str], tmp_path: Path) -> None:
    old, new = change
    (tmp_path / "complete.ps1").write_text(powershell_script().replace(old, new, 1), "utf-8")
    (tmp_path / "parse.ps1").write_text(PARSE, "utf-8")
    command = ["pwsh", "-NoProfile", "-NonInteractive", "-File", "parse.ps1"]
    done = subprocess.run([*command, str(tmp_path / "complete.ps1")], cwd=tmp_path, timeout=60)
    assert (done.returncode == 0) == (old == new)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
@pytest.mark.parametrize("hostile", HOSTILE_NAMES, indirect=True, ids=range(len(HOSTILE_NAMES)))
def test_what_is_offered_holds_nothing_that_a_shell_would_run(
    shell: str, hostile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMPOS_POSITIONS", str(hostile / "positions"))
    assert not set("\\$`[]{}*=\x1b") & set(offered(shell, monkeypatch).replace("_arguments '*", ""))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize(
    "content", [b"title: [", b"\xff\xfe", b"\0", b"title: " + b"[" * 5000, b"- 1", b""]
)
def test_of_a_broken_dossier_nothing_is_offered_or_said(
    shell: str, content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "agenda.yaml").write_bytes(content)
    monkeypatch.setenv("CLAIMPOS_POSITIONS", str(tmp_path))
    assert offered(shell, monkeypatch).strip() in {"", "_files"}


def test_a_fault_of_claimpos_says_nothing_at_tab(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fault(_: object) -> int:
        raise RuntimeError

    monkeypatch.setattr("claimpos.cli.app.run", fault)
    assert main([]) == 70
    assert "bug" in capsys.readouterr().err
    monkeypatch.setenv("_CLAIMPOS_COMPLETE", "complete_zsh")
    assert main([]) == 2
    assert capsys.readouterr() == ("", "")


def offered(shell: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """What claimpos prints, in this process, for the second word after `claimpos diff `."""
    for name, value in (
        ("_CLAIMPOS_COMPLETE", f"complete_{shell}"),
        ("_TYPER_COMPLETE_ARGS", "claimpos diff "),
        ("_TYPER_COMPLETE_FISH_ACTION", "get-args"),
        ("COMP_WORDS", "claimpos diff "),
        ("COMP_CWORD", "2"),
    ):
        monkeypatch.setenv(name, value)
    out, err = io.StringIO(), io.StringIO()
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        contextlib.suppress(SystemExit),
    ):
        assert main([]) == 0
    assert err.getvalue() == ""
    return out.getvalue()


def seen(leader: int, wanted: str) -> bool:
    """Whether a terminal shows this text within a while."""
    shown = ""
    while wanted not in shown:
        if not select.select([leader], [], [], 20)[0]:
            return False
        shown += os.read(leader, 4096).decode("utf-8").replace("\a", "")
    return True


INSTALL = (sys.executable, "-B", "-m", "claimpos", "--install-completion", "bash")


def installed(home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        INSTALL,
        env=environment(HOME=str(home)),
        capture_output=True,
        text=True,
        check=False,
    )


@needs_bash
def test_what_a_user_has_in_bashrc_stays_byte_for_byte(tmp_path: Path) -> None:
    before = b"alias caf\xe9=ls\r\nexport A=1\n"
    rc = tmp_path / "dotfiles" / "bashrc"
    rc.parent.mkdir()
    rc.write_bytes(before)
    rc.chmod(0o600)
    (tmp_path / ".bashrc").symlink_to(rc)
    assert installed(tmp_path).returncode == 0
    once = rc.read_bytes()
    assert once.startswith(before)
    assert once.count(b"claimpos.sh") == 1
    assert installed(tmp_path).returncode == 0
    assert rc.read_bytes() == once
    assert stat.S_IMODE(rc.stat().st_mode) == 0o600
    assert (tmp_path / ".bashrc").is_symlink()


@needs_bash
def test_a_bashrc_that_cannot_be_written_is_as_it_was(tmp_path: Path) -> None:
    before = b"export A=1\n" * 1_000
    (tmp_path / ".bashrc").write_bytes(before)
    limited = """ulimit -f 1; trap '' XFSZ; exec "$@\""""
    done = subprocess.run(
        [str(bash), "-c", limited, "bash", *INSTALL],
        env=environment(HOME=str(tmp_path)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert (tmp_path / ".bashrc").read_bytes() == before
