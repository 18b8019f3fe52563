"""`claimpos lsp`."""

from __future__ import annotations

NEEDED = "the language server needs pygls: pip install 'claimpos[lsp]'"


def lsp() -> None:
    """Help an editor: errors as you type, completion, definitions, quick fixes.

    \b
    Example:
      claimpos lsp

    Your editor starts this command and talks to it over standard input and output, in the Language
    Server Protocol; `claimpos guide curating` says how to set up some editors.
    """
    from claimpos.errors import WrongUsage

    try:
        from claimpos.language_server.server import make_server
    except ImportError:
        raise WrongUsage(NEEDED) from None
    make_server().start_io()
