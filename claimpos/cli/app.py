"""The commands, put together; `run` is what `__main__` calls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from claimpos import __version__
from claimpos.cli.diff import diff
from claimpos.cli.listing import list_held
from claimpos.cli.schema import schema
from claimpos.cli.show import show

app = typer.Typer(
    name="claimpos",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    suggest_commands=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 90},
)
app.command()(diff)
app.command()(show)
app.command("list")(list_held)
app.command()(schema)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"claimpos {__version__}")
        raise typer.Exit


@app.callback()
def claimpos(
    version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_print_version, help="Print the version, and exit."
        ),
    ] = False,
) -> None:
    """A negotiation's positions kept as plain text: where do parties overlap, where do they
    conflict, what is unresolved, and why?

    \b
    Examples:
      claimpos diff russia us
      claimpos show ukraine --as-of 2025-03-14
      claimpos list parties
    """


def run(arguments: Sequence[str]) -> int:
    """Run a command line and return its exit code; errors are raised, not reported."""
    command = typer.main.get_command(app)
    result = command.main(list(arguments), prog_name="claimpos", standalone_mode=False)
    return result if isinstance(result, int) else 0
