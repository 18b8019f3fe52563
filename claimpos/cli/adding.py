"""Carries out `claimpos add`: asks for what is missing, shows the change, and writes it."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from claimpos.cli.add_said import CommandPart
from claimpos.cli.output import put, put_done, say, tell
from claimpos.cli.selection import own_dossier
from claimpos.curating.additions import Additions
from claimpos.curating.edited_dossier import EditedDossier, editing
from claimpos.curating.requests import Added, Request
from claimpos.dossier.findings import shown_path
from claimpos.errors import InvalidAddition, WrongUsage
from claimpos.rendering.text import safe
from claimpos.wording.additions import (
    AS_COMMAND,
    NOTHING_WRITTEN,
    QUESTIONS,
    added_text,
    dropped_text,
    missing_text,
)
from claimpos.wording.names import joined

if TYPE_CHECKING:
    from claimpos.dossier.findings import Finding


def run(parts: Sequence[CommandPart]) -> None:
    """Add the pieces of a command line; raises what reading, checking and writing raise."""
    positions = next((part.positions for part in parts if part.positions), None)
    dry_run = any(part.dry_run for part in parts)
    folder = own_dossier(positions)
    requests = [part.request for part in parts]
    if sys.stdin.isatty() and sys.stdout.isatty():
        from claimpos.cli.asking import completed_requests

        requests, was_asked = completed_requests(EditedDossier(folder), requests)
        if was_asked and not dry_run:
            _write_if_wanted(folder, requests)
            return
    check_complete(requests)
    with editing(folder, dry_run) as edited:
        added = _add_all(edited, requests)
        findings = edited.check()
    if dry_run:
        put(edited.diff())
        _tell(added, findings)
    else:
        _report(edited, added, findings)


def check_complete(requests: Sequence[Request]) -> None:
    """Raise WrongUsage for a piece that lacks something, with the options that give it."""
    if not requests:
        raise WrongUsage("name what to add; see `claimpos add --help`")
    earlier: set[str] = set()
    for request in requests:
        missing = [
            question
            for question in QUESTIONS[request.kind]
            if question.is_needed
            and question.key not in request.given
            and question.key not in earlier
        ]
        if missing:
            raise WrongUsage(missing_text(request.kind, missing))
        earlier |= {"party"} if request.kind != "source" and request.kind != "issue" else set()
        earlier |= {"source"} if request.kind in {"source", "statement"} else set()


def _add_all(edited: EditedDossier, requests: Sequence[Request]) -> list[Added]:
    additions = Additions(edited)
    return [additions.add(request) for request in requests]


def _write_if_wanted(folder: Path, requests: Sequence[Request]) -> None:
    """Show the change; write it if the user agrees, unless the dossier has changed meanwhile."""
    from claimpos.cli.asking import is_confirmed

    edited = EditedDossier(folder)
    added = _add_all(edited, requests)
    try:
        findings = edited.check()
    except InvalidAddition:
        say(AS_COMMAND.format(command=_as_command(requests)))
        raise
    shown = edited.diff()
    put(safe(shown))
    _tell(added, findings)
    if not is_confirmed():
        put(NOTHING_WRITTEN)
        return
    with editing(folder) as edited:
        _add_all(edited, requests)
        if edited.diff() != shown:
            raise WrongUsage("the dossier was changed meanwhile; nothing was written; try again")
        edited.check()
    put_done(_written(edited))


def _as_command(requests: Sequence[Request]) -> str:
    """The command that gives all these answers at once."""
    pieces = []
    for request in requests:
        options = {question.key: question.option for question in QUESTIONS[request.kind]}
        words = [request.kind]
        for key, value in request.given.items():
            option = options.get(key, f"--{key}")
            answers = value if isinstance(value, list) else [value]
            if value is True:
                words.append(option)
            elif value is not False and option.startswith("--"):
                words += [word for answer in answers for word in (option, str(answer))]
        words[1:1] = [
            str(request.given[key])
            for key, option in options.items()
            if key in request.given and not option.startswith("--")
        ]
        pieces.append(shlex.join(words))
    return f"claimpos add {' + '.join(pieces)}"


def _report(edited: EditedDossier, added: Sequence[Added], findings: Sequence[Finding]) -> None:
    parties = edited.dossier.parties
    lines = [
        added_text(one.kind, one.name, parties.get(one.party), one.since, edited.dossier)
        for one in added
    ]
    put_done(safe("".join(f"{line}\n" for line in lines) + _written(edited)))
    _tell(added, findings)


def _written(edited: EditedDossier) -> str:
    return f"Wrote {joined(shown_path(path) for path in edited.edited)}.\n"


def _tell(added: Sequence[Added], findings: Sequence[Finding]) -> None:
    """Report on standard error what is not carried over, and what to check on the new lines."""
    from claimpos.rendering.findings import finding_text

    for one in added:
        if one.last and (text := dropped_text(one.last, one.dropped, one.replaced, one.is_copy)):
            say(f"{one.party}, {one.name}: {text}")
    for finding in findings:
        tell(f"{finding_text(finding)}\n")
