"""What can go wrong for a user; each error carries its data, `__main__` gives it words and code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claimpos.dossier.findings import Finding


class ClaimposError(Exception):
    """Base of all errors that are the input's or the user's, not claimpos's own."""


class InvalidDossier(ClaimposError):
    """A dossier has errors; `findings` holds every one, in the order of files and lines."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        number = sum(finding.number for finding in findings)
        super().__init__(f"the dossier has {number} error{'s' * (number != 1)}")
        self.findings = tuple(findings)


class InvalidAddition(InvalidDossier):
    """What is to be added would make the dossier invalid; lines count as they would be then."""


class InvalidWorksheet(InvalidDossier):
    """A worksheet has errors, so that nothing was written."""


class DossierNotFound(ClaimposError):
    """No folder with an agenda.yaml was found where one was asked for."""


class UnknownName(ClaimposError):
    """A party, issue, group or the like that the dossier does not hold.

    `kind` says what was looked for, `name` what was asked, `nearest` what it may have meant and
    `remedy` the command that lists them; `more` goes on about the name, such as what it names
    instead.
    """

    def __init__(
        self, kind: str, name: str, nearest: Sequence[str], remedy: str, more: str = ""
    ) -> None:
        super().__init__(f"unknown {kind} “{name}”{more}")
        self.kind = kind
        self.name = name
        self.nearest = tuple(nearest)
        self.remedy = remedy
        self.more = more


class WrongUsage(ClaimposError):
    """A request that makes no sense as it stands, such as a party compared with itself."""


class NotInstalled(WrongUsage):
    """A library is missing that an extra of claimpos installs; `instead` is another way out."""

    def __init__(self, what: str, library: str, extra: str, instead: str = "") -> None:
        other = f", or {instead}" if instead else ""
        super().__init__(f"{what} needs {library}: pip install 'claimpos[{extra}]'{other}")


@contextmanager
def as_wrong_usage(message: str) -> Iterator[None]:
    """Within this, whatever is wrong with a file that a library reads is WrongUsage.

    What the machine lacks is not the file's fault, and is raised as it is.
    """
    try:
        yield
    except (ClaimposError, ImportError, MemoryError):
        raise
    except Exception as error:  # each library has its own
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise WrongUsage(message) from error


class NothingToCheck(ClaimposError):
    """The paths that were to be validated hold no file of a dossier."""


class NobodyReads(ClaimposError):
    """The pipe that the output goes to was closed, as by `| head`."""


class RunLimitReached(ClaimposError):
    """The whole run has taken more time or memory than it may."""


class OutputFailed(ClaimposError):
    """A file that was asked for cannot be written."""


@contextmanager
def writing(where: str) -> Iterator[None]:
    """Within this, OutputFailed is raised if the system does not let anything be written there."""
    try:
        yield
    except BrokenPipeError:
        raise NobodyReads from None
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise OutputFailed(f"cannot write {where}: {reason}") from error


class BadTemplate(ClaimposError):
    """A template of one's own that cannot be read, or fails; `line` is None where none is known."""

    def __init__(self, path: str, line: int | None, message: str, remedy: str) -> None:
        where = path if line is None else f"{path}:{line}"
        super().__init__(f"the template {where}: {message}" + (f"; {remedy}" if remedy else ""))
        self.path = path
        self.line = line
        self.remedy = remedy
