"""A client of a language server, over its standard input and output."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self


class LanguageServer:
    """A server at work; used in a `with` block, at the end of which it is gone."""

    def __init__(
        self,
        command: Sequence[str | Path],
        folder: Path,
        env: Mapping[str, str] | None = None,
        stderr: int = subprocess.DEVNULL,
    ) -> None:
        self.folder = folder
        self.count = 0
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
        )

    def __enter__(self) -> Self:
        formats = {"contentFormat": ["markdown"]}
        completion = {"completionItem": {"documentationFormat": ["markdown"]}}
        self.ask(
            "initialize",
            processId=None,
            rootUri=self.folder.as_uri(),
            capabilities={"textDocument": {"hover": formats, "completion": completion}},
        )
        self.tell("initialized")
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()

    def tell(self, method: str, **params: Any) -> None:
        """Send a notification."""
        self._send({"method": method, "params": params})

    def ask(self, method: str, **params: Any) -> Any:
        """The answer to a request; what the server asks meanwhile is answered with nothing."""
        self.count += 1
        self._send({"id": self.count, "method": method, "params": params or None})
        while True:
            message = self._receive()
            if message.get("id") == self.count and "method" not in message:
                assert "error" not in message, message
                return message["result"]
            if "id" in message:
                items = message.get("params", {}).get("items", [])
                self._send({"id": message["id"], "result": [None for _ in items] or None})

    def told(self, method: str, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """What the server tells by itself, as soon as it is what is wanted."""
        while True:
            message = self._receive()
            params: dict[str, Any] = message.get("params", {})
            if message.get("method") == method and wanted(params):
                return params

    def open(self, name: str, text: str) -> dict[str, str]:
        """Tell of a document, and return what names it in requests."""
        uri = (self.folder / name).as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", textDocument=document)
        return {"uri": uri}

    def _send(self, message: dict[str, Any]) -> None:
        raw = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.write(b"Content-Length: %d\r\n\r\n%b" % (len(raw), raw))

    def write(self, sent: bytes) -> None:
        """Send any bytes, whether or not they are a message."""
        assert self.process.stdin is not None
        self.process.stdin.write(sent)
        self.process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        stream = self.process.stdout
        assert stream is not None
        length = 0
        while line := stream.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, self.process.stderr.read().decode() if self.process.stderr else "it is gone"
        message: dict[str, Any] = json.loads(stream.read(length))
        return message
