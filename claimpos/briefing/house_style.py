"""A template of one's own: read from a file, run in the sandbox, its errors told by line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import (
    Template,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from claimpos.briefing.documents import TEMPLATES, environment
from claimpos.dossier.files import NotRead, read
from claimpos.dossier.findings import shown_path
from claimpos.dossier.lookup import nearest
from claimpos.errors import BadTemplate


def in_house_style(path: Path, kind: str, report: Mapping[str, Any]) -> str:
    """The report laid out by the template in this file, as `md` or `html`.

    The template may extend a shipped one. Raises BadTemplate, with the line, for a file that
    cannot be read and for whatever goes wrong in it.
    """
    shown = shown_path(path)
    styled = environment(kind)
    try:
        return _compiled(styled, _text(path, shown), shown).render(report)
    except TemplateSyntaxError as error:
        where = error.name if error.name == shown else f"{shown}, in {error.name}"
        message = (error.message or "wrong syntax").rstrip(".")
        raise BadTemplate(where, error.lineno, message, _SYNTAX) from None
    except Exception as error:
        message, remedy = _told(error, report)
        raise BadTemplate(shown, _line(error, shown), message, remedy) from None


def _text(path: Path, shown: str) -> str:
    try:
        data = read(path, "template-bytes")
    except NotRead as error:
        raise BadTemplate(shown, None, f"cannot be read: {error.reason}", "") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadTemplate(shown, line, "not written in UTF-8", "save the file as UTF-8") from None


def _compiled(styled: ImmutableSandboxedEnvironment, text: str, shown: str) -> Template:
    code = styled.compile(text, name=shown, filename=shown)
    return Template.from_code(styled, code, styled.globals)


_SANDBOX = "templates run in a sandbox: they lay out data and do nothing else"
_SYNTAX = "see the Jinja2 documentation on templates"
_DATA = "`claimpos schema brief` describes what a template receives"


def _told(error: Exception, report: Mapping[str, Any]) -> tuple[str, str]:
    """What went wrong while a template ran, and the remedy."""
    if isinstance(error, BadTemplate):
        raise error
    if isinstance(error, TemplateNotFound):
        shipped = ", ".join(sorted(path.name for path in TEMPLATES.glob("*.*")))
        return f"there is no template “{error.name}”", f"there are {shipped}"
    if isinstance(error, SecurityError):
        return str(error).rstrip("."), _SANDBOX
    if isinstance(error, UndefinedError):
        name = str(error).partition("'")[2].partition("'")[0]
        near = " or ".join(f"“{one}”" for one in nearest(name, report))
        asked = f"did you mean {near}? " if near else ""
        return str(error), f"{asked}{_DATA}"
    if isinstance(error, TemplateRuntimeError):
        return str(error), _SYNTAX
    return f"{type(error).__name__}: {error}", _DATA


def _line(error: BaseException, shown: str) -> int | None:
    """The last line of the template that was running."""
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == shown:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
