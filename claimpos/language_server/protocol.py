"""What an editor sends: bounded, and answered once where it cannot be read."""

import re
from typing import Any, BinaryIO, NamedTuple

from lsprotocol import types
from pygls.exceptions import (
    JsonRpcException,
    JsonRpcInvalidParams,
    JsonRpcInvalidRequest,
)
from pygls.protocol import LanguageServerProtocol

from claimpos.dossier.limits import how_to_raise, limit
from claimpos.errors import WrongUsage

_LONGEST_LINE = 1_000  # bytes
_LONGEST_HEADER = 8_000
_NO_MESSAGES = "standard input holds something other than an editor's messages"
_LENGTH = re.compile(rb"content-length:\s*(.*?)\s*\Z", re.IGNORECASE)
_NOT_INITIALIZED = -32002


class Frames:
    """The stream of an editor's messages, each of which has a header and a body.

    Reading raises WrongUsage for a header that is none, and for a message that is too long: where
    the next one begins would not be known.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._header = 0  # bytes since the last body

    def readline(self) -> bytes:
        """The next line of a header, a length in the one form that pygls reads."""
        line = self._stream.readline(_LONGEST_LINE)
        self._header += len(line)
        if len(line) == _LONGEST_LINE or self._header > _LONGEST_HEADER:
            raise WrongUsage(_NO_MESSAGES)
        if (match := _LENGTH.match(line)) is None:
            return line if line.strip() else line and b"\r\n"
        if not re.fullmatch(rb"[0-9]+", match[1]):
            raise WrongUsage("the editor sent a message whose length is not a number")
        if len(match[1]) > 20 or int(match[1]) > limit("dossier-bytes"):
            raise WrongUsage(
                "the editor sent a message of more bytes than a dossier may have; "
                + how_to_raise("dossier-bytes")
            )
        return b"Content-Length: %d\r\n" % int(match[1])

    def read(self, length: int) -> bytes:
        """A body; nothing if the editor went away before its end."""
        self._header = 0
        body = self._stream.read(length)
        return body if len(body) == length else b""


class _Unreadable(NamedTuple):
    """A message that the protocol does not have, and what is wrong with it."""

    data: Any
    error: JsonRpcException


class Protocol(LanguageServerProtocol):
    """The protocol, with one answer to every request: what is asked for, or what is wrong."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        if "jsonrpc" not in data:
            return data
        if data["jsonrpc"] != self.VERSION or not (
            isinstance(data.get("method", ""), str) and isinstance(data.get("id", 0), str | int)
        ):
            return _Unreadable(data, JsonRpcInvalidRequest())
        try:
            return super().structure_message(data)
        except JsonRpcException:
            return _Unreadable(data, JsonRpcInvalidParams())

    def handle_message(self, message: Any) -> None:
        if isinstance(message, _Unreadable):
            self._refuse(message)
        elif not hasattr(message, "jsonrpc"):
            self._refuse(_Unreadable(message, JsonRpcInvalidRequest()))
        elif (error := self._not_now(getattr(message, "method", types.EXIT))) is None:
            super().handle_message(message)
        elif hasattr(message, "id"):
            self.refuse(message.id, error)

    def _not_now(self, method: str) -> JsonRpcException | None:
        """Why nothing that is sent by this name is answered at the moment."""
        if method == types.EXIT:
            return None
        if self._shutdown:
            return JsonRpcInvalidRequest("The server is shutting down")
        if self._workspace is None and method != types.INITIALIZE:
            return JsonRpcException("The server is not initialized", _NOT_INITIALIZED)
        return None

    def _refuse(self, message: _Unreadable) -> None:
        """Say what is wrong, but of an answer or a notification, to which nothing is answered."""
        data = message.data if isinstance(message.data, dict) else {}
        if "id" not in data if "method" in data else {"result", "error"} & {*data}:
            return
        number = data.get("id")
        self.refuse(number if isinstance(number, str | int) else None, message.error)

    def refuse(self, number: str | int | None, error: JsonRpcException) -> None:
        """Answer a request with what is wrong; its number is None if it cannot be read."""
        self._send_response(number, error=error.to_response_error())  # type: ignore[arg-type]

    def _send_response(
        self, msg_id: str | int, result: Any = None, error: types.ResponseError | None = None
    ) -> None:
        if error is not None:
            error.data = None  # a traceback
        super()._send_response(msg_id, result, error)
