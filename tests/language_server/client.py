"""A client that speaks the Language Server Protocol over the pipes of a process, as editors do."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.cli.process import environment


class Client:
    """A server's process, and what it has sent without being asked."""

    def __init__(self, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "claimpos", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
        )
        self.diagnostics: dict[str, list[Any]] = {}
        self.log: list[str] = []
        self._number = 0

    def __enter__(self) -> Client:
        capabilities = {"general": {"positionEncodings": ["utf-16"]}}
        self.result = self.ask(
            "initialize", capabilities=capabilities, processId=None, rootUri=None
        )
        self.tell("initialized")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                self.ask("shutdown")
                self.tell("exit")
                self.process.wait(timeout=10)
        finally:
            self.process.kill()
            for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
                if pipe is not None:
                    pipe.close()
            self.process.wait()

    # ---- messages ----

    def ask(self, method: str, **params: Any) -> Any:
        """Send a request, and wait for its result."""
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params or None})
        message = self.answer(self._number)
        assert "error" not in message, message
        return message["result"]

    def answer(self, number: int | str | None) -> Any:
        """The answer that is sent next to a request of this number."""
        while True:
            message = self._receive()
            if "method" not in message:
                assert message.get("id") == number, message
                return message

    def tell(self, method: str, **params: Any) -> None:
        """Send a notification."""
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.write(f"Content-Length: {len(body)}\r\n\r\n".encode() + body)

    def write(self, sent: bytes) -> None:
        """Send any bytes at all."""
        assert self.process.stdin is not None
        self.process.stdin.write(sent)
        self.process.stdin.flush()

    def _receive(self) -> Any:
        stream = self.process.stdout
        assert stream is not None
        length = 0
        while (line := stream.readline()) != b"\r\n":
            assert line, self.process.stderr and self.process.stderr.read().decode()
            name, _, value = line.decode("ascii").partition(":")
            length = int(value) if name.lower() == "content-length" else length
        message = json.loads(stream.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif message.get("method") == "window/logMessage":
            self.log.append(message["params"]["message"])
        return message

    # ---- what an editor does ----

    def open(self, path: Path, text: str | None = None) -> None:
        """Open a file, with what it holds or with another text."""
        text = path.read_text("utf-8") if text is None else text
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", textDocument=document)

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
