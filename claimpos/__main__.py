"""The entry point: the one place where exceptions become messages and exit codes."""

from __future__ import annotations

import gc
import os
import sys

from claimpos import TYPE_CHECKING, __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

CI_SERVICES = ("GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION")
"""By these variables are known the services that look for commands in the output: GitHub (and
Gitea, Forgejo), Azure, TeamCity."""

DONE, WRONG, NOTHING, BUG, INTERRUPTED = 0, 2, 3, 70, 130


def command() -> int:
    """The console script: a process of its own, too short-lived for its garbage to be collected."""
    gc.disable()
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started this process
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    try:
        return main()
    finally:
        gc.freeze()  # or else the interpreter, as it exits, looks at every object once more


def main(arguments: Sequence[str] | None = None) -> int:
    """Run claimpos and return its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    if not any(map(os.environ.get, CI_SERVICES)):
        return _main(given)
    from claimpos.cli.inert_streams import inert_streams

    with inert_streams():
        return _main(given)


def _main(arguments: Sequence[str]) -> int:
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return _close_quietly()
    except SystemExit as leaving:
        if isinstance(leaving.__context__, BrokenPipeError):  # typer's way with a closed pipe
            return _close_quietly()
        raise
    except Exception as error:
        return _report(error)


def _run(arguments: Sequence[str]) -> int:
    if list(arguments) == ["--version"]:
        print(f"claimpos {__version__}", flush=True)
        return DONE
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    from claimpos.cli.app import run

    return run(arguments)


def _close_quietly() -> int:
    """Keep the interpreter from complaining, as it exits, that nobody reads its output."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE


def _report(error: Exception) -> int:
    if os.environ.get("_CLAIMPOS_COMPLETE", "").startswith("complete"):
        return WRONG  # a shell shows whatever is said now amid the line that is typed
    import typer

    from claimpos.errors import ClaimposError, NobodyReads, NothingToCheck
    from claimpos.rendering.errors import error_text

    if isinstance(error, typer.Abort):
        return INTERRUPTED
    usage_error = typer.BadParameter.__base__
    if usage_error is not None and isinstance(error, usage_error):
        error.show()  # type: ignore[attr-defined]
        return WRONG
    if isinstance(error, NobodyReads):
        return _close_quietly()
    if isinstance(error, ClaimposError):
        sys.stderr.write(error_text(error))
        return NOTHING if isinstance(error, NothingToCheck) else WRONG
    if os.environ.get("CLAIMPOS_DEBUG"):
        import traceback

        traceback.print_exception(error)
        return BUG
    sys.stderr.write(
        f"claimpos: this is a bug in claimpos ({type(error).__name__}). Please report it with the "
        "command you typed and the output of the same with CLAIMPOS_DEBUG=1 set.\n"
    )
    return BUG


if __name__ == "__main__":
    sys.exit(command())
