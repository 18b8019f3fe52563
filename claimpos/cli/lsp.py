"""`claimpos lsp`."""

from __future__ import annotations

NEEDED = "the language server needs pygls: pip install 'claimpos[lsp]'"


def lsp() -> None:
    """Serve an editor: errors as you type, completion, definitions, quick fixes.

    \b
    Example:
      claimpos lsp

    An editor starts it, and speaks the Language Server Protocol to it on standard input and
    standard output; `claimpos guide curating` says how to set up some of them.
    """
    from claimpos.errors import WrongUsage

    try:
        from claimpos.language_server.server import make_server
    except ImportError:
        raise WrongUsage(NEEDED) from None
    make_server().start_io()
