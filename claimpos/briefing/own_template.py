"""A template of one's own: read from a file, run within limits, its errors reported by line."""

from __future__ import annotations

import json
import os
import signal
import sys
import warnings
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from jinja2 import (
    Template,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from claimpos.briefing.documents import TEMPLATES, environment, with_parts
from claimpos.dossier.files import NotRead, read
from claimpos.dossier.findings import shown_path
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.lookup import nearest
from claimpos.errors import BadTemplate
from claimpos.rendering.text import without_controls

_SECONDS, _MEGABYTES = "template-seconds", "template-megabytes"


class Exceeded(Exception):
    """The work has gone beyond a limit; `remedy` says how to raise that."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


def confined(work: Callable[[], Any]) -> Any:
    """What the work returns, which JSON can carry; raises Exceeded.

    A system without fork, such as Windows, has no limits for its processes: there the work is
    done in this one.
    """
    if sys.platform == "win32":
        return work()
    ours, theirs = os.pipe()
    child = _forked()
    if child == 0:
        _work(work, theirs)
    os.close(theirs)
    try:
        with open(ours, "rb") as end:
            answer = end.read()
    except BaseException:
        os.kill(child, signal.SIGKILL)
        raise
    finally:
        _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU:
        message = f"takes more seconds of computing than {limit(_SECONDS)}"
        raise Exceeded(message, how_to_raise(_SECONDS))
    if status or not answer:
        raise out_of_memory()
    return json.loads(answer)


def out_of_memory() -> Exceeded:
    """What to raise where memory is used up."""
    message = f"takes more than {limit(_MEGABYTES)} megabytes of memory"
    return Exceeded(message, how_to_raise(_MEGABYTES))


def _forked() -> int:
    with warnings.catch_warnings():
        # That threads are lost is what the warning is about; the work knows of none.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _work(work: Callable[[], Any], pipe: int) -> NoReturn:
    """Do the work, write what it returns and exit at once, without any clean-up."""
    try:
        _limit()
        with open(pipe, "wb") as end:
            end.write(json.dumps(work()).encode("ascii"))
        os._exit(0)
    finally:
        os._exit(1)


def _limit() -> None:
    import resource

    seconds = limit(_SECONDS)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_DATA, held + limit(_MEGABYTES) * 1_000_000),
    ):
        with suppress(ValueError, OSError):  # a lower limit holds already, or the system has none
            resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))


_CHARACTERS = "template-characters"


def in_house_style(path: Path, kind: str, report: Mapping[str, Any]) -> str:
    """The report laid out by the template in this file, as `md` or `html`.

    The template may extend a shipped one. Raises BadTemplate, with the line, for a file that
    cannot be read and for whatever goes wrong in it, such as the use of too much time or memory.
    """
    shown = shown_path(path)
    text = _text(path, shown)
    known = with_parts(report, kind)
    try:
        document, fault = confined(lambda: _document(text, shown, kind, known))
    except Exceeded as error:
        raise BadTemplate(shown, None, str(error), error.remedy) from None
    if fault:
        raise BadTemplate(*fault)
    return str(document)


def _document(
    text: str, shown: str, kind: str, report: Mapping[str, Any]
) -> tuple[str, list[Any] | None]:
    """The document or, in place of one, the arguments of the BadTemplate to raise."""
    styled = environment(kind)
    try:
        return _laid_out(_compiled(styled, text, shown), report), None
    except TemplateSyntaxError as error:
        where = error.name if error.name == shown else f"{shown}, in {error.name}"
        message = (error.message or "wrong syntax").rstrip(".")
        return "", [where, error.lineno, message, _SYNTAX]
    except Exception as error:
        return "", [shown, _line(error, shown), *_explained(error, report)]


def _laid_out(template: Template, report: Mapping[str, Any]) -> str:
    """The document, free of controls; raises Exceeded as soon as it is too long."""
    parts: list[str] = []
    left = limit(_CHARACTERS)
    for part in template.generate(report):
        left -= len(part)
        if left < 0:
            message = f"the document has more than {limit(_CHARACTERS)} characters"
            raise Exceeded(message, how_to_raise(_CHARACTERS))
        parts.append(part)
    return without_controls("".join(parts))


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


def _explained(error: Exception, report: Mapping[str, Any]) -> tuple[str, str]:
    """What went wrong while a template ran, and the remedy."""
    if isinstance(error, MemoryError):
        error = out_of_memory()
    if isinstance(error, Exceeded):
        return str(error), error.remedy
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
