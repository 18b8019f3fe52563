"""What an editor shows by the schema of a dossier: yaml-language-server, asked as editors do."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.in_process import claimpos
from tests.cli.process import WORKED
from tests.clients.language_server import LanguageServer

ISSUES = ["ceasefire", "arms", "recognition", "cap", "elections"]
RECOGNITION = ["not-recognised", "de-facto", "de-jure"]
STATEMENTS = ["conditions", "hint", "respite", "answer", "plan"]
RANGE = ["min", "above", "max", "below"]
HEAD = """\
# yaml-language-server: $schema=party.schema.json
party: russia
name: Russia
statements:
  conditions: {source: paper, basis: stated, summary: So.}
positions:
"""
ENTRY = "    - since: 2025-03-13\n      "


@pytest.fixture(scope="module")
def server(
    node_modules: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LanguageServer]:
    folder = tmp_path_factory.mktemp("editor") / "positions"
    shutil.copytree(WORKED, folder)
    schema = folder / "party.schema.json"
    assert claimpos("schema", "party", "--for-agenda", "-o", str(schema)).returncode == 0
    program = node_modules / "yaml-language-server" / "bin" / "yaml-language-server"
    with LanguageServer(["node", program, "--stdio"], folder) as running:
        yield running


def ask(server: LanguageServer, method: str, text: str) -> Any:
    """Ask about the place in a party's file that is marked with |."""
    before, _, after = (HEAD + text).partition("|")
    document = server.open(f"russia-{server.count}.yaml", before + after)
    place = {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}
    return server.ask(f"textDocument/{method}", textDocument=document, position=place)


def offered(server: LanguageServer, text: str) -> dict[str, str]:
    """What is offered there, and how it is explained."""
    items = ask(server, "completion", text)["items"]
    return {item["label"]: _plain(item.get("documentation")) for item in items}


def shown(server: LanguageServer, text: str) -> str:
    return _plain(ask(server, "hover", text)["contents"])


def _plain(told: Any) -> str:
    return str(told["value"] if isinstance(told, dict) else told or "")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("  |\n", ISSUES),
        (f"  arms:\n{ENTRY}demands: |\n", ["continue", "stopped"]),
        (f"  arms:\n{ENTRY}refuses:\n        - |\n", ["continue", "stopped", *RANGE]),
        (f"  arms:\n{ENTRY}accepts:\n        - outcome: |\n", ["continue", "stopped"]),
        (f"  recognition:\n{ENTRY}demands:\n        |\n", ["crimea", "donetsk", "all"]),
        (f"  recognition:\n{ENTRY}demands:\n        crimea: |\n", RECOGNITION),
        (f"  arms:\n{ENTRY}evidence:\n        - |\n", STATEMENTS),
        (f"  arms:\n{ENTRY}evidence: [|]\n", STATEMENTS),
        (
            f"  arms:\n{ENTRY}accepts:\n        - outcome: stopped\n          if:\n            |\n",
            ISSUES,
        ),
        (
            f"  arms:\n{ENTRY}accepts: [{{outcome: stopped, if: {{ceasefire: |}}}}]\n",
            ["immediate", "settlement-first"],
        ),
    ],
    ids=lambda value: value.replace(ENTRY, "").strip() if isinstance(value, str) else "",
)
def test_ids_are_offered(server: LanguageServer, text: str, names: list[str]) -> None:
    """And nothing else: no example from another dossier either."""
    ids = {label for label in offered(server, text) if re.fullmatch("[a-z-]+", label)}
    assert ids == set(names)


def test_what_is_offered_is_explained(server: LanguageServer) -> None:
    assert offered(server, "  |\n")["ceasefire"] == "When does the fighting stop?"
    assert offered(server, f"  arms:\n{ENTRY}demands: |\n")["stopped"] == "Stop"
    statements = offered(server, f"  arms:\n{ENTRY}evidence:\n        - |\n")
    assert statements["hint"] == "Hints at a cap."


def test_descriptions_are_shown(server: LanguageServer) -> None:
    issue = shown(server, f"  cease|fire:\n{ENTRY}demands: immediate\n")
    assert "Cease-fire" in issue
    assert "When does the fighting stop?" in issue
    verb = shown(server, f"  arms:\n{ENTRY}dem|ands: stopped\n      evidence: [conditions]\n")
    assert "nothing else will do" in verb


def test_an_option_of_another_issue_is_marked(server: LanguageServer) -> None:
    text = f"  arms:\n{ENTRY}demands: immediate\n      evidence: [conditions]\n"
    server.open("wrong.yaml", HEAD + text)
    uri = (server.folder / "wrong.yaml").as_uri()
    marks = server.told("textDocument/publishDiagnostics", lambda told: told["uri"] == uri)
    lines = {mark["range"]["start"]["line"] for mark in marks["diagnostics"]}
    assert lines == {HEAD.count("\n") + 2}
