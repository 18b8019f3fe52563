"""The entry point: the one place where exceptions become messages and exit codes."""

from __future__ import annotations

import errno
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

# Faults of the machine, wherever they come up: a full or broken disk, too many open files or
# processes, a temporary file that may not be removed.
_MACHINES = {
    *(errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO),
    *(errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EFBIG, errno.EAGAIN),
    *(errno.EPERM, errno.EACCES, errno.EBUSY, errno.ESTALE),
}

_STACK = 9_000_000
"""The bytes that a thread needs at first, with some to spare."""
_NO_MEMORY = b"claimpos: the system reports: cannot allocate memory.\n"


def command() -> int:
    """The console script: a process of its own, too short-lived for its garbage to be collected."""
    gc.disable()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # each would take 40 MB, and none is needed
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whoever started this process
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
    from claimpos.cli.whole_writes import written_whole

    sys.stdout, sys.stderr = written_whole(sys.stdout), written_whole(sys.stderr)
    from claimpos.dossier.run_limits import RUN
    from claimpos.errors import RunLimitReached

    try:
        try:
            RUN.watch()
            code = main()
        finally:  # the timer would kill Python while that ends by itself, as after a SystemExit
            RUN.stop_watching()
    except RunLimitReached as error:  # before or after what `main` does
        RUN.stop_watching()
        code = _reported(error)
    for stream in (sys.stdout, sys.stderr):
        try:
            if not stream.closed:
                stream.flush()
        except BrokenPipeError:
            pass
        except OSError as error:  # told already, unless nothing has been written before
            if code == DONE and stream is sys.stdout:
                code = _report_fault(error)
    os._exit(code)  # nothing is left to do, and to free every object one by one takes time


def main(arguments: Sequence[str] | None = None) -> int:
    """Run claimpos and return its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    if not any(map(os.environ.get, CI_SERVICES)):
        return _main(given)
    from claimpos.cli.output import inert_streams

    with inert_streams():
        return _main(given)


def _main(arguments: Sequence[str]) -> int:
    try:
        return _handled(arguments)
    except (MemoryError, OSError) as error:  # raised by what makes the message of another error
        if not (isinstance(error, MemoryError) or _is_the_machines(error)):
            raise
        return _report_fault(error)


def _lacks_memory(error: Exception) -> bool:
    """Whether memory ran out; there may then be none left for a MemoryError.

    Python raises SystemError, which says that a call failed “without” an exception. A library finds
    no room, nor does the stack of a thread.
    """
    signs = {
        SystemError: "without",
        ImportError: "failed to map",  # a library's file, into memory
    }
    said = str(error)
    return (
        isinstance(error, MemoryError)
        or any(isinstance(error, kind) and sign in said for kind, sign in signs.items())
        or (_lacks_a_thread(error) and not _finds_room())
    )


def _lacks_a_thread(error: Exception) -> bool:
    """Whether a thread could not be started; the system says so alike, whatever it lacked."""
    signs = ("can't start new thread", os.strerror(errno.EAGAIN))
    return isinstance(error, RuntimeError) and any(sign in str(error) for sign in signs)


def _finds_room() -> bool:
    """Whether there is memory for the stack of a thread."""
    try:
        return bool(bytearray(_STACK))
    except MemoryError:
        return False


def _report_fault(error: Exception) -> int:
    """Say what the machine lacks, without imports, which would need files and memory."""
    try:
        if not _is_completing():
            if isinstance(error, OSError):
                sys.stderr.write(_reason(error))
                sys.stderr.flush()
            else:
                os.write(2, _NO_MEMORY)
    except OSError:  # standard error is closed or full
        pass
    return WRONG


def _handled(arguments: Sequence[str]) -> int:
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        return _interrupted()
    except BrokenPipeError:
        return _close_quietly()
    except SystemExit as leaving:
        if isinstance(leaving.__context__, BrokenPipeError):  # typer's way with a closed pipe
            return _close_quietly()
        raise
    except Exception as error:
        from claimpos.dossier.run_limits import RUN

        RUN.stop_watching()
        if RUN.met is not None:
            return _reported(RUN.met)
        if _lacks_memory(error):
            return _report_fault(error)
        if _lacks_a_thread(error):
            error = BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        if _is_the_machines(error) and not os.environ.get("CLAIMPOS_DEBUG"):
            return _report_fault(error)
        return _reported(error)


def _run(arguments: Sequence[str]) -> int:
    if list(arguments) == ["--version"]:
        print(f"claimpos {__version__}", flush=True)
        return DONE
    from claimpos.cli.app import run
    from claimpos.cli.encodings import set_encodings

    set_encodings((sys.stdout, sys.stderr))

    code = run(arguments)
    return _interrupted() if code == INTERRUPTED else code


def _interrupted() -> int:
    """Say so, on a line of its own: a terminal has shown ^C, or what the user was asked."""
    from claimpos.cli.output import tell

    if not _is_completing():
        tell("\n" * sys.stderr.isatty() + "claimpos: interrupted.\n")
    return INTERRUPTED


def _is_completing() -> bool:
    """Whether a shell completes a line, amid which it would show whatever is said now."""
    return os.environ.get("_CLAIMPOS_COMPLETE", "").startswith("complete")


def _close_quietly() -> int:
    """Keep the interpreter from complaining, as it exits, that nobody reads its output."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE


def _reported(error: Exception) -> int:
    """The exit code of an error, which is told on standard error, where that can be written."""
    if _is_completing():
        return WRONG
    import typer

    from claimpos.errors import ClaimposError, NobodyReads, NothingToCheck

    usage_error = typer.BadParameter.__base__
    code = BUG
    if isinstance(error, typer.Abort):
        return _interrupted()
    if isinstance(error, NobodyReads):
        return _close_quietly()
    if isinstance(error, NothingToCheck):
        code = NOTHING
    elif isinstance(error, ClaimposError) or _is_the_machines(error):
        code = WRONG
    try:
        if usage_error is not None and isinstance(error, usage_error):
            code = WRONG
            error.show()  # type: ignore[attr-defined]
        else:
            _tell(error)
        sys.stderr.flush()
    except OSError:  # the disk that holds standard error is full, say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    return code


def _is_the_machines(error: Exception) -> bool:
    """Whether the fault is neither claimpos's nor the input's; no file of ours is nameless."""
    return isinstance(error, OSError) and (
        error.errno in _MACHINES or (error.errno == errno.ENOENT and error.filename is None)
    )


def _reason(error: OSError) -> str:
    # Python lists the folders that it tried in vain for temporary files.
    reason = (error.strerror or "").partition(" in [")[0]
    return f"claimpos: the system reports: {reason[:1].lower()}{reason[1:]}.\n"


def _tell(error: Exception) -> None:
    from claimpos.errors import ClaimposError
    from claimpos.rendering.findings import error_text

    if isinstance(error, ClaimposError):
        sys.stderr.write(error_text(error))
    elif os.environ.get("CLAIMPOS_DEBUG"):
        import traceback

        traceback.print_exception(error)
    else:
        sys.stderr.write(
            f"claimpos: this is a bug in claimpos ({type(error).__name__}). Please report it with "
            "the command you typed and the output of the same with CLAIMPOS_DEBUG=1 set.\n"
        )


if __name__ == "__main__":
    sys.exit(command())
