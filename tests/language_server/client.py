"""A client of `claimpos lsp` that does what editors do."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from tests.cli.process import COMMAND, environment
from tests.clients.language_server import LanguageServer


class Client(LanguageServer):
    """A server's process, and the diagnostics and the log that it has sent."""

    def __init__(self, *arguments: str, command: Sequence[str] = COMMAND, **variables: str) -> None:
        run = [*command, *arguments]
        super().__init__(run, Path.cwd(), environment(**variables), subprocess.PIPE)
        self.diagnostics: dict[str, list[Any]] = {}
        self.log: list[str] = []

    def __enter__(self) -> Self:
        capabilities = {"general": {"positionEncodings": ["utf-16"]}}
        self.result = self.ask(
            "initialize", capabilities=capabilities, processId=None, rootUri=None
        )
        self.tell("initialized")
        return self

    def __exit__(self, *error: object) -> None:
        try:
            if error[0] is None:
                self.ask("shutdown")
                self.tell("exit")
                self.process.wait(timeout=10)
        finally:
            super().__exit__(*error)

    def answer(self, number: int | str | None) -> Any:
        """The next answer, a result or an error; it must be to the request of this number."""
        while True:
            message = self._receive()
            if "method" not in message:
                assert message.get("id") == number, message
                return message

    def _receive(self) -> dict[str, Any]:
        message = super()._receive()
        if message.get("method") == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif message.get("method") == "window/logMessage":
            self.log.append(message["params"]["message"])
        return message

    # ---- what an editor does ----

    def open_file(self, path: Path, text: str | None = None) -> None:
        """Open a file, with what it holds or with another text."""
        text = path.read_text("utf-8") if text is None else text
        self.open(str(path), text)

    def change(self, path: Path, text: str, version: int = 2) -> None:
        """Replace the whole text of a file that is open."""
        document = {"uri": path.as_uri(), "version": version}
        self.tell("textDocument/didChange", textDocument=document, contentChanges=[{"text": text}])

    def findings(self, path: Path) -> list[Any]:
        """The diagnostics of a file that are sent next."""
        self.diagnostics.pop(path.as_uri(), None)
        while path.as_uri() not in self.diagnostics:
            self._receive()
        return self.diagnostics[path.as_uri()]

    def at(self, method: str, path: Path, text: str, mark: str) -> Any:
        """Ask about the place in a text that is behind the last of a passage."""
        before = text[: text.rindex(mark) + len(mark)]
        line = before.rpartition("\n")[2]
        position = {
            "line": before.count("\n"),
            "character": len(line.encode("utf-16-le")) // 2,
        }
        document = {"uri": path.as_uri()}
        return self.ask(f"textDocument/{method}", textDocument=document, position=position)
