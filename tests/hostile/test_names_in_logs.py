"""Hostile names of files and arguments in the logs of CI; and what the list of texts covers."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path
from typing import Any

import pytest

from claimpos.__main__ import main
from claimpos.dossier.locate import shipped
from claimpos.rendering.text import inert_in_log as inert_in_logs
from tests.hostile.test_inert_text import COMMANDS, STEERING, files, written

BESIDE_NAMES = {"items", "additionalProperties", "propertyNames"}


def test_the_dossier_has_every_text_field_of_the_schemas() -> None:
    def texts(schema: Any, path: tuple[str, ...]) -> set[str]:
        if isinstance(schema, list):
            return set().union(*(texts(one, path) for one in schema))
        if not isinstance(schema, dict):
            return set()
        found = set().union(*(texts(one, (*path, key)) for key, one in schema.items()))
        free = schema.get("type") == "string" and not {"pattern", "enum", "const"} & schema.keys()
        names = [name for name in path if name not in BESIDE_NAMES]
        return found | ({names[-1]} if free and "if" not in path else set())

    def held(data: Any, key: str) -> set[str]:
        if isinstance(data, dict):
            return set().union(*(held(value, name) | {name} for name, value in data.items()))
        return set().union(*(held(one, key) for one in data)) if isinstance(data, list) else {key}

    known = held(list(files("x").values()), "")
    for name in ("agenda", "sources", "party", "proposal"):
        schema = json.loads((shipped("schemas") / f"{name}.schema.json").read_text("utf-8"))
        assert texts(schema, ()) - {"url", "language", "properties"} <= known


NAMES = [
    "x\n::error::y",
    "x\r::set-output name=a::b",
    "##[error]x",
    "x\u2028::error::y",
    "a\x1b[2Jb",
]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_names_of_files_and_arguments(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    written(Path(name) / "positions", files("x") | {"b.yaml": "::error::x"})
    for arguments in (
        ("validate", name, "--format", "text"),
        ("validate", f"{name}/nothing"),
        ("diff", "a", "b", "--positions", f"{name}/positions"),
        ("diff", f"\n{name}", "b"),
        ("diff", "a", "b", "--format", name),
        ("brief", "a", "b", "--template", name),
        ("show", name, "--as-of", name),
        (name,),
    ):
        told = ""
        with contextlib.suppress(SystemExit):
            out = io.StringIO()
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
                assert main(arguments) != 70
            told = out.getvalue()
        assert not COMMANDS.search(told), arguments
        assert not STEERING.search(told.replace("\r\n", "\n")), arguments


def test_only_commands_are_changed_in_a_log() -> None:
    plain = "a :: b\na::b\n# #[x]\n## [x]\n##\n"
    assert inert_in_logs(plain) == plain
    assert inert_in_logs("\x1b[1m::x\r::y\n\u3000::z") == "\x1b[1m: :x\r: :y\n\u3000: :z"


@pytest.mark.parametrize("to_log", [True, False])
def test_a_file_is_written_as_it_is_and_a_log_is_not(
    to_log: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    positions = written(tmp_path / "positions", files("::error::x"))
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    output = tmp_path / "report.txt"
    command = ["diff", "a", "b", "--positions", str(positions), "--format", "plain"]
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert main(command if to_log else [*command, "-o", str(output)]) == 0
    told = out.getvalue() if to_log else output.read_text("utf-8")
    heading = told.splitlines()[0]
    assert heading.startswith("::error::x1 and") is not to_log
    assert heading.startswith(": :error::x1 and") is to_log
