"""What an editor may send, or something that is none: one answer, and no traceback."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from claimpos.errors import WrongUsage
from claimpos.language_server.protocol import Frames
from tests.cli.process import environment
from tests.curating.sheets import harbour
from tests.language_server.client import Client

INVALID_REQUEST, INVALID_PARAMS, UNREADABLE, NOT_INITIALIZED = -32600, -32602, -32700, -32002
START = {"line": 0, "character": 0}


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with Client("lsp") as speaking:
        yield speaking
        assert speaking.process.poll() is None


@pytest.fixture
def uri(tmp_path: Path) -> str:
    return (harbour(tmp_path) / "union.yaml").as_uri()


def hover(uri: str, **changed: Any) -> dict[str, Any]:
    params = {"textDocument": {"uri": uri}, "position": START, **changed}
    return {"jsonrpc": "2.0", "id": "x", "method": "textDocument/hover", "params": params}


def frame(message: Any) -> bytes:
    body = message if isinstance(message, bytes) else json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


@pytest.mark.parametrize(
    "position",
    [
        {"line": -1, "character": 0},
        {"line": 0, "character": -(10**30)},
        {"line": 10**12, "character": 0},
        {"line": "one", "character": 0},
        {"line": 0},
        [0, 0],
        None,
    ],
)
@pytest.mark.parametrize("method", ["hover", "completion", "definition", "codeAction"])
def test_a_request_with_a_bad_place_is_answered_by_its_number(
    client: Client, uri: str, method: str, position: Any
) -> None:
    asked = {"start": position, "end": START}
    request = hover(uri, position=position, range=asked, context={"diagnostics": []})
    client.write(frame({**request, "method": f"textDocument/{method}"}))
    assert client.answer("x")["error"] == {"code": INVALID_PARAMS, "message": "Invalid Params"}


@pytest.mark.parametrize(
    ("changed", "code", "number"),
    [
        ({"params": [1]}, INVALID_PARAMS, "x"),
        ({"params": None}, INVALID_PARAMS, "x"),
        ({"method": 5}, INVALID_REQUEST, "x"),
        ({"method": ["textDocument/hover"]}, INVALID_REQUEST, "x"),
        ({"jsonrpc": "1.0"}, INVALID_REQUEST, "x"),
        ({"id": [1]}, INVALID_REQUEST, None),
        ({"id": None}, INVALID_REQUEST, None),
    ],
)
def test_a_malformed_request_is_answered_once(
    client: Client, uri: str, changed: dict[str, Any], code: int, number: str | None
) -> None:
    client.write(frame({**hover(uri), **changed}))
    assert client.answer(number)["error"]["code"] == code


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (b"[1, 2]", INVALID_REQUEST),
        (b"null", INVALID_REQUEST),
        (b"{}", INVALID_REQUEST),
        (b'{"a": {"jsonrpc": "2.0"}}', INVALID_REQUEST),
        (b"{", UNREADABLE),
        (b'{"a": "\xff"}', UNREADABLE),
        (b"[" * 100_000, UNREADABLE),
        (b'{"id": ' + b"1" * 5_000 + b"}", UNREADABLE),
    ],
)
def test_what_is_no_message_is_answered_without_a_number(
    client: Client, message: bytes, code: int
) -> None:
    client.write(frame(message))
    assert client.answer(None)["error"]["code"] == code


@pytest.mark.parametrize(
    "message",
    [
        {"id": 1, "result": 5},
        {"id": [1], "result": 5},
        {"id": 1, "error": "x"},
        {"method": "$/cancelRequest"},
        {"method": "$/cancelRequest", "params": {"id": 5}},
        {"method": "$/setTrace", "params": {"value": "x"}},
        {"method": "no/such"},
        {"method": "textDocument/didOpen", "params": {"textDocument": {"uri": "file://[x.yaml"}}},
        {"method": "textDocument/didClose", "params": {"textDocument": {"uri": "file:///x.yaml"}}},
    ],
)
def test_answers_and_notifications_are_not_answered(
    client: Client, uri: str, message: dict[str, Any]
) -> None:
    client.write(frame({"jsonrpc": "2.0", **message}) + frame(hover(uri)))
    assert client.answer("x")["result"] is None


@pytest.mark.parametrize(
    "named",
    ["{uri}", "{uri}/none.yaml", "http://x/y.yaml", "file://[x/y.yaml", "file:///%00.yaml", ""],
)
@pytest.mark.parametrize("method", ["hover", "completion", "definition"])
def test_of_files_that_are_not_open_nothing_is_known(
    client: Client, uri: str, method: str, named: str
) -> None:
    request = hover(named.format(uri=uri))
    client.write(frame({**request, "method": f"textDocument/{method}"}))
    assert not client.answer("x")["result"]


def test_what_cannot_be_followed_is_told_in_the_log(client: Client, tmp_path: Path) -> None:
    uri = (tmp_path / "none.yaml").as_uri()
    params = {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"text": "a"}]}
    client.write(
        frame({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": params})
        + frame(hover(uri))
    )
    assert client.answer("x")["result"] is None
    assert client.log[-1].startswith("claimpos: KeyError")


def test_before_and_after_a_session_requests_are_refused(uri: str) -> None:
    hello: dict[str, Any] = {"capabilities": {}, "processId": None, "rootUri": None}
    sent = [
        hover(uri),
        {
            "jsonrpc": "2.0",
            "method": "textDocument/didSave",
            "params": {"textDocument": {"uri": uri}},
        },
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello},
        {"jsonrpc": "2.0", "id": 2, "method": "shutdown"},
        hover(uri),
        {"jsonrpc": "2.0", "method": "exit"},
    ]
    done = run(b"".join(map(frame, sent)))
    bodies = [part.partition(b"\r\n\r\n")[2] for part in done.stdout.split(b"Content-Length: ")[1:]]
    answers = [(one["id"], one.get("error", {}).get("code")) for one in map(json.loads, bodies)]
    assert answers == [("x", NOT_INITIALIZED), (1, None), (2, None), ("x", INVALID_REQUEST)]
    assert (done.returncode, done.stderr) == (0, b"")


def run(sent: bytes) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "claimpos", "lsp"]
    return subprocess.run(command, input=sent, capture_output=True, env=environment(), check=False)


def test_a_message_beyond_all_bounds_ends_the_server_with_one_line() -> None:
    done = run(b"Content-Length: 99999999999\r\n\r\n{}")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == (
        "claimpos: the editor sent a message of more bytes than a dossier may have; to raise this "
        "limit, set CLAIMPOS_LIMITS=dossier-bytes=… to more than 32,000,000.\n"
    )


@pytest.mark.parametrize(
    "header",
    [
        b"Content-Length: 32000001\r\n",
        b"Content-Length: " + b"9" * 900 + b"\r\n",
        b"Content-Length: -5\r\n",
        b"Content-Length: abc\r\n",
        b"Content-Length: \r\n",
        "Content-Length: \u0665\r\n".encode(),
        b"X: " + b"a" * 10_000_000,
        b"\x00" * 5_000,
    ],
)
def test_headers_that_cannot_be_read_are_refused(header: bytes) -> None:
    stream = io.BytesIO(header)
    with pytest.raises(WrongUsage):
        Frames(stream).readline()
    assert stream.tell() <= 1_000


@pytest.mark.parametrize(
    "lines",
    [b"\n", b"\r\n", b"X: a\r\n", b"Content-Length: 2\r\n", b"Content-Length: 0\r\n\r\n"],
)
def test_lines_without_end_before_a_body_are_refused(lines: bytes) -> None:
    stream = io.BytesIO(lines * 10_000)
    frames = Frames(stream)
    with pytest.raises(WrongUsage):
        list(iter(frames.readline, b""))
    assert stream.tell() <= 10_000


def test_each_message_may_have_a_header_of_some_thousand_bytes() -> None:
    sent = b"X: a\r\n" * 1_000 + b"Content-Length: 2\r\n\r\n{}"
    frames = Frames(io.BytesIO(sent * 3))
    lines = 0
    while line := frames.readline():
        lines += 1
        if lines % 1_002 == 0:
            assert (line, frames.read(2)) == (b"\r\n", b"{}")
    assert lines == 3_006


@pytest.mark.parametrize(
    "header", [b"content-length:2\r\n", b"CONTENT-LENGTH: 2\n", b"Content-Length:   002 \r\n"]
)
def test_lengths_are_read_however_they_are_written(header: bytes) -> None:
    frames = Frames(io.BytesIO(header + b"\n{}"))
    assert frames.readline() == b"Content-Length: 2\r\n"
    assert frames.readline() == b"\r\n"
    assert frames.read(2) == b"{}"
    assert frames.readline() == b""


def test_half_a_body_is_none() -> None:
    assert Frames(io.BytesIO(b'{"a": ')).read(100) == b""
