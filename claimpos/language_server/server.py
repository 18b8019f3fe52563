"""The server: requests of the protocol become calls of `answers`, and results its responses."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote

from lsprotocol import types
from pygls.exceptions import (
    FeatureNotificationError,
    FeatureRequestError,
    JsonRpcException,
    JsonRpcParseError,
)
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from claimpos import __version__
from claimpos.dossier.findings import Finding, SourceText, Span
from claimpos.dossier.locate import AGENDA
from claimpos.dossier.model import Dossier
from claimpos.dossier.run_limits import RUN
from claimpos.language_server.answers import (
    Edited,
    Known,
    known_here,
    named_here,
    some_of,
    target_of,
    with_gaps_filled,
)
from claimpos.language_server.protocol import Frames, Protocol
from claimpos.language_server.units import CountedLine, CountedText
from claimpos.validation.targets import in_dossier

_PAUSE = 0.2
"""Seconds without a further change after which a dossier is checked."""

_EVENTS = (
    types.TEXT_DOCUMENT_DID_OPEN,
    types.TEXT_DOCUMENT_DID_CHANGE,
    types.TEXT_DOCUMENT_DID_SAVE,
    types.TEXT_DOCUMENT_DID_CLOSE,
)
"""What may change a dossier's findings."""

_Told = (
    types.DidOpenTextDocumentParams
    | types.DidChangeTextDocumentParams
    | types.DidSaveTextDocumentParams
    | types.DidCloseTextDocumentParams
)

_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "note": types.DiagnosticSeverity.Information,
}


class Server(LanguageServer):
    """A server for the dossiers whose files an editor opens."""

    protocol: Protocol

    def __init__(self) -> None:
        super().__init__("claimpos", __version__, protocol_cls=Protocol)
        self.waiting: dict[Path, asyncio.TimerHandle] = {}
        self.reported: dict[Path, set[str]] = {}
        self.known: dict[Path, Dossier] = {}

    def start_io(self, stdin: BinaryIO | None = None, stdout: BinaryIO | None = None) -> None:
        if not os.environ.get("CLAIMPOS_DEBUG"):
            logging.getLogger("pygls").addHandler(logging.NullHandler())
        super().start_io(Frames(stdin or sys.stdin.buffer), stdout)  # type: ignore[arg-type]

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Say what went wrong where no answer to a request says it."""
        if source is JsonRpcException:
            self.protocol.refuse(None, JsonRpcParseError())
        elif source is not FeatureRequestError:
            params = types.LogMessageParams(types.MessageType.Error, f"claimpos: {error}")
            self.window_log_message(params)

    # ---- files ----

    def opened(self, uri: str) -> tuple[Edited, str] | None:
        """The dossier that a file belongs to, and the file's name there; None if it has none."""
        path = _path_of(uri)
        if path is None or not path.endswith(".yaml"):
            return None
        folder, file = in_dossier(Path(path))
        if not os.path.exists(folder / AGENDA) and file.name != AGENDA:
            return None
        texts = {
            Path(name): document.source
            for document in self.workspace.text_documents.values()
            if (name := to_fs_path(document.uri)) and self._is_in(folder, Path(name))
        }
        return Edited(folder, texts), file.relative_to(folder).as_posix()

    @staticmethod
    def _is_in(folder: Path, path: Path) -> bool:
        return path.suffix == ".yaml" and in_dossier(path)[0] == folder

    def dossier(self, edited: Edited) -> tuple[Dossier, Mapping[str, SourceText]]:
        """The dossier, of a file that cannot be read at the moment as it was before."""
        dossier, texts = edited.dossier()
        earlier = self.known.get(edited.folder) or Edited(edited.folder, {}).dossier()[0]
        self.known[edited.folder] = with_gaps_filled(dossier, earlier)
        return self.known[edited.folder], texts

    # ---- diagnostics ----

    def check_soon(self, uri: str) -> None:
        """Check a dossier after a moment without typing."""
        if (opened := self.opened(uri)) is None:
            return
        folder = opened[0].folder
        if folder in self.waiting:
            self.waiting[folder].cancel()
        loop = asyncio.get_running_loop()
        self.waiting[folder] = loop.call_later(_PAUSE, self.check, uri)

    def check(self, uri: str) -> None:
        """Report what is wrong with all files of a dossier, or why they cannot be checked."""
        try:
            self.publish(uri)
        except Exception as error:
            self.report_server_error(error, FeatureNotificationError)

    @RUN.each()
    def publish(self, uri: str) -> None:
        """Publish the findings of a dossier by file; a file that has none any more is cleared."""
        if (opened := self.opened(uri)) is None:
            return
        edited, _ = opened
        found, files = edited.findings()
        by_file: dict[str, list[Finding]] = {}
        for finding in found:
            by_file.setdefault(finding.source.path, []).append(finding)
        counted = self.counted
        for shown in {*files, *by_file, *self.reported.get(edited.folder, ())}:
            diagnostics = [self.diagnostic(one, counted) for one in by_file.get(shown, ())]
            uri = from_fs_path(os.path.abspath(shown)) or ""
            params = types.PublishDiagnosticsParams(uri, diagnostics)
            self.text_document_publish_diagnostics(params)
        self.reported[edited.folder] = {*by_file}

    def diagnostic(self, finding: Finding, counted: CountedText) -> types.Diagnostic:
        """A finding, its remedy below the message."""
        message = f"{finding.message}\n{finding.hint}" if finding.hint else finding.message
        return types.Diagnostic(
            self.range_of(finding.span, finding.source, counted),
            message,
            severity=_SEVERITIES[finding.severity],
            code=finding.code,
            source="claimpos",
        )

    def range_of(self, span: Span, source: SourceText, counted: CountedText) -> types.Range:
        """A place of a text in the units that the editor counts."""
        begin, end = (counted.line(source, number) for number in (span.line, span.end_line))
        return types.Range(
            types.Position(span.line - 1, begin.units(span.column - 1)),
            types.Position(span.end_line - 1, end.units(span.end_column - 1)),
        )

    @property
    def encoding(self) -> str:
        """What the editor counts in."""
        given = self.workspace.position_codec.encoding
        return types.PositionEncodingKind(given or types.PositionEncodingKind.Utf16).value

    @property
    def counted(self) -> CountedText:
        """The lines of texts, none of which has been counted."""
        return CountedText(self.encoding)

    # ---- questions ----

    def place(
        self, document: types.TextDocumentIdentifier, asked: types.Position
    ) -> tuple[Edited, str, list[str], int, int] | None:
        """The dossier, the file, its lines, and the row and the column of a question."""
        if (opened := self.opened(document.uri)) is None:
            return None
        text = self.workspace.text_documents.get(unquote(document.uri))
        if text is None:
            return None
        lines = [line.rstrip("\r\n") for line in text.lines] or [""]
        row = min(asked.line, len(lines) - 1)
        column = CountedLine(lines[row], self.encoding).column(asked.character)
        return *opened, lines, row, column

    def range_on(self, lines: list[str], row: int, start: int, end: int) -> types.Range:
        """Columns of a line in the units that the editor counts."""
        units = CountedLine(lines[row] if row < len(lines) else "", self.encoding).units
        return types.Range(types.Position(row, units(start)), types.Position(row, units(end)))


def _path_of(uri: str) -> str | None:
    """The path of an editor's file; None if it is none of this machine's."""
    try:
        return to_fs_path(uri)
    except ValueError:
        return None


def _explained(known: Known) -> types.MarkupContent:
    """What a name stands for, as plain text: a dossier's words are nobody's markup."""
    text = "\n\n".join(filter(None, [known.title, known.text]))
    return types.MarkupContent(types.MarkupKind.PlainText, text)


def make_server() -> Server:
    """A server with all that it answers to."""
    server = Server()

    def check(params: _Told) -> None:
        server.check_soon(params.text_document.uri)

    for event in _EVENTS:
        server.feature(event)(check)

    options = types.CompletionOptions(trigger_characters=[" ", "[", "{", ",", ":"])

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, options)
    def _(params: types.CompletionParams) -> types.CompletionList | None:
        return _completions(server, params)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def _(params: types.HoverParams) -> types.Hover | None:
        return _hover(server, params)

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def _(params: types.DefinitionParams) -> types.Location | None:
        return _definition(server, params)

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION)
    def _(params: types.CodeActionParams) -> list[types.CodeAction]:
        return _quick_fixes(server, params)

    return server


@RUN.each()
def _completions(server: Server, params: types.CompletionParams) -> types.CompletionList | None:
    """What can be written; an editor asks again, as more is typed, if some of it is left out."""
    if (place := server.place(params.text_document, params.position)) is None:
        return None
    edited, file, lines, row, column = place
    cursor, known = known_here(lines, row, column, file, server.dossier(edited)[0])
    where = server.range_on(lines, row, cursor.start, cursor.end)
    offered = some_of(known, lines[row][cursor.start : column])
    items = [
        types.CompletionItem(
            one.name,
            detail=one.title or None,
            documentation=_explained(one),
            sort_text=f"{number:06}",
            text_edit=types.TextEdit(where, one.name),
        )
        for number, one in enumerate(offered)
    ]
    return types.CompletionList(is_incomplete=len(offered) < len(known), items=items)


@RUN.each()
def _hover(server: Server, params: types.HoverParams) -> types.Hover | None:
    if (place := server.place(params.text_document, params.position)) is None:
        return None
    edited, file, lines, row, column = place
    cursor, known = named_here(lines, row, column, file, server.dossier(edited)[0])
    if known is None:
        return None
    return types.Hover(_explained(known), server.range_on(lines, row, cursor.start, cursor.end))


@RUN.each()
def _definition(server: Server, params: types.DefinitionParams) -> types.Location | None:
    if (place := server.place(params.text_document, params.position)) is None:
        return None
    edited, file, lines, row, column = place
    dossier, texts = server.dossier(edited)
    _, known = named_here(lines, row, column, file, dossier)
    target = None if known is None else target_of(known, edited.folder, texts)
    if target is None:
        return None
    uri = from_fs_path(str(target.path)) or ""
    return types.Location(uri, server.range_of(target.span, target.text, server.counted))


@RUN.each()
def _quick_fixes(server: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    uri = params.text_document.uri
    if (opened := server.opened(uri)) is None:
        return []
    edited, file = opened
    path = edited.folder / file
    rows = range(params.range.start.line + 1, params.range.end.line + 2)
    actions, counted = [], server.counted
    for fix in edited.fixes(rows, path):
        where = server.range_of(fix.finding.span, fix.finding.source, counted)
        changes = {uri: [types.TextEdit(where, fix.new)]}
        actions.append(
            types.CodeAction(
                f"Write {fix.new}",
                types.CodeActionKind.QuickFix,
                diagnostics=[server.diagnostic(fix.finding, counted)],
                edit=types.WorkspaceEdit(changes),
            )
        )
    return actions
