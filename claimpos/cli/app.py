"""The commands, put together; `run` is what `__main__` calls."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer

from claimpos import __version__

# In the order of the help; the module is imported only if its command is called for.
_COMMANDS = {
    "diff": ("claimpos.cli.diff:diff", "Overlaps, conflicts and unresolved items, and why."),
    "explain": ("claimpos.cli.explain:explain", "How one verdict came about, step by step."),
    "brief": ("claimpos.cli.brief:brief", "A briefing to hand to someone, with its sources."),
    "assess": ("claimpos.cli.assess:assess", "A draft text against the parties' positions."),
    "deals": ("claimpos.cli.deals:deals", "Packages all could sign, and what must move for one."),
    "matrix": ("claimpos.cli.matrix:matrix", "Who stands near whom: every two parties compared."),
    "history": ("claimpos.cli.history:history", "How a party's position moved, with its sources."),
    "changes": ("claimpos.cli.changes:changes", "What changed between two days or revisions."),
    "show": ("claimpos.cli.show:show", "A party's positions, or an issue, with evidence."),
    "list": ("claimpos.cli.listing:list_held", "What the dossier holds: parties, issues, sources…"),
    "validate": ("claimpos.cli.validate:validate", "Every fault, at its line, with the remedy."),
    "rules": ("claimpos.cli.rules:rules", "The rules that validate applies, with examples."),
    "check-quotes": (
        "claimpos.cli.check_quotes:check_quotes",
        "Each quote, looked up in the text of its source.",
    ),
    "init": ("claimpos.cli.init:init", "A small valid dossier to start from."),
    "import": ("claimpos.cli.importing:import_", "A dossier from a table: CSV or a spreadsheet."),
    "export": ("claimpos.cli.exporting:export", "The dossier as a table, which import reads."),
    "schema": ("claimpos.cli.schema:schema", "The JSON Schema of a file or a report."),
    "guide": ("claimpos.cli.guide:guide", "The guide: how to write, check, compare and more."),
}


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"claimpos {__version__}")
        raise typer.Exit


def _claimpos(
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


def app_for(arguments: Sequence[str]) -> typer.Typer:
    """The application for a command line: with the command it names or, failing that, all."""
    app = typer.Typer(
        name="claimpos",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        suggest_commands=True,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 90},
    )
    app.callback()(_claimpos)
    named = [arguments[0]] if arguments and arguments[0] in _COMMANDS else list(_COMMANDS)
    for command in named:
        home, told = _COMMANDS[command]
        module, _, function = home.partition(":")
        app.command(command, short_help=told)(getattr(import_module(module), function))
    return app


def run(arguments: Sequence[str]) -> int:
    """Run a command line and return its exit code; errors are raised, not reported."""
    command = typer.main.get_command(app_for(arguments))
    result = command.main(list(arguments), prog_name="claimpos", standalone_mode=False)
    return result if isinstance(result, int) else 0
