"""The entry point: the one place where exceptions become messages and exit codes."""

from __future__ import annotations

import gc
import os
import sys

from claimpos import TYPE_CHECKING, __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

DONE, WRONG, BUG, INTERRUPTED = 0, 2, 70, 130


def command() -> int:
    """The console script: a process of its own, too short-lived for its garbage to be collected."""
    gc.disable()
    try:
        return main()
    finally:
        gc.freeze()  # or else the interpreter, as it exits, looks at every object once more


def main(arguments: Sequence[str] | None = None) -> int:
    """Run claimpos and return its exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if list(arguments) == ["--version"]:
        print(f"claimpos {__version__}")
        return DONE
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    from claimpos.cli.app import run

    try:
        return run(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        return _report(error)


def _close_quietly() -> None:
    """Keep the interpreter from complaining, as it exits, that nobody reads its output."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _report(error: Exception) -> int:
    import typer

    from claimpos.errors import ClaimposError, NobodyReads
    from claimpos.rendering.errors import error_text

    if isinstance(error, typer.Abort):
        return INTERRUPTED
    usage_error = typer.BadParameter.__base__
    if usage_error is not None and isinstance(error, usage_error):
        error.show()  # type: ignore[attr-defined]
        return WRONG
    if isinstance(error, NobodyReads):
        _close_quietly()
        return DONE
    if isinstance(error, ClaimposError):
        sys.stderr.write(error_text(error))
        return WRONG
    if os.environ.get("CLAIMPOS_DEBUG"):
        raise error
    sys.stderr.write(
        f"claimpos: this is a bug in claimpos ({type(error).__name__}). Please report it with the "
        "command you typed and the output of the same with CLAIMPOS_DEBUG=1 set.\n"
    )
    return BUG


if __name__ == "__main__":
    sys.exit(command())
