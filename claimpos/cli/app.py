"""The commands, put together; `run` is what `__main__` calls."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import wraps
from importlib import import_module
from inspect import Parameter, Signature, signature
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from claimpos import __version__

# In the order of the help: the module in this folder, which is imported only if its command is
# called for, and the function; what the list of commands says.
_COMMANDS = {
    "diff": ("comparisons.diff", "Compare parties issue by issue, and say why."),
    "explain": ("comparisons.explain", "Show step by step how one verdict was reached."),
    "ask": ("comparisons.ask", "List the questions whose answers would change most."),
    "brief": ("brief.brief", "Write a briefing with a source for every position."),
    "text": ("texts.text", "Write the negotiating text, with brackets."),
    "assess": ("texts.assess", "Check a draft text against the parties' positions."),
    "deals": ("deals.deals", "Find package deals, or what stands in their way."),
    "matrix": ("comparisons.matrix", "Compare every pair of parties."),
    "history": ("changes.history", "Show how a party's positions have changed."),
    "changes": ("changes.changes", "Show what changed between two dates or versions."),
    "show": ("records.show", "Show one party or one issue, with the evidence."),
    "list": ("records.list_held", "List parties, issues, sources or proposals."),
    "search": ("records.search", "Find statements, issues and sources by words."),
    "validate": ("validate.validate", "Check the files, and say how to fix each error."),
    "rules": ("reference.rules", "Explain the rules that validate applies."),
    "check-quotes": ("checks.check_quotes", "Check each quote against the text of its source."),
    "agreement": ("checks.agreement", "Show how far coders agree, and where they differ."),
    "split": ("folders.split", "Give parties a folder of small files each."),
    "join": ("folders.join", "Put a party's folder together into one file."),
    "add": ("add.add", "Add to the files of a dossier, in place."),
    "code": ("worksheets.code", "Code a document, paragraph by paragraph."),
    "init": ("folders.init", "Create a small example dossier."),
    "import": ("imports.import_", "Create a dossier from a CSV file or spreadsheet."),
    "export": ("exports.export", "Write the dossier as one table."),
    "lsp": ("checks.lsp", "Help an editor: errors as you type, completion, fixes."),
    "schema": ("reference.schema", "Print the JSON Schema of a file or report."),
    "guide": ("reference.guide", "Show the guide, page by page."),
}


class _InOrder(TyperGroup):
    """The commands in this order in the help, those with kinds of their own among them."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of the commands that were put together."""
        return [name for name in _COMMANDS if name in self.commands]


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
    """Compare the parties to a negotiation: where they overlap, where they conflict, what is
    unresolved, and why – with a source for every position.

    \b
    Examples:
      claimpos diff russia us
      claimpos show ukraine --as-of 2025-03-14
      claimpos list parties
    """


def _with_groups(command: Callable[..., None]) -> Callable[..., None]:
    """A command as typer can read it: in place of each group of options, the options themselves.

    Args:
        command: A function; a parameter annotated with a named tuple, such as `Selection`, is a
            group. All parameters are passed by name.
    """
    hints = command.__annotations__
    groups = {name: hint for name, hint in hints.items() if hasattr(hint, "_field_defaults")}
    if not groups:
        return command
    parameters: list[Parameter] = []
    for name, parameter in signature(command).parameters.items():
        if name not in groups:
            parameters.append(parameter.replace(kind=Parameter.KEYWORD_ONLY))
            continue
        for field, hint in groups[name].__annotations__.items():
            default = groups[name]._field_defaults[field]
            option = Parameter(field, Parameter.KEYWORD_ONLY, default=default, annotation=hint)
            parameters.append(option)

    @wraps(command)
    def run(**given: Any) -> None:
        for name, group in groups.items():
            given[name] = group(**{field: given.pop(field) for field in group._fields})
        command(**given)

    run.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    return run


def app_for(arguments: Sequence[str]) -> typer.Typer:
    """The application for a command line: with the command it names or, failing that, all."""
    app = typer.Typer(
        name="claimpos",
        cls=_InOrder,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        suggest_commands=True,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 90},
    )
    app.callback()(_claimpos)
    named = [arguments[0]] if arguments and arguments[0] in _COMMANDS else list(_COMMANDS)
    for command in named:
        home, summary = _COMMANDS[command]
        module, _, function = home.partition(".")
        held = getattr(import_module(f"claimpos.cli.{module}"), function)
        if isinstance(held, typer.Typer):
            app.add_typer(held, name=command, short_help=summary)
        else:
            app.command(command, short_help=summary)(_with_groups(held))
    return app


def run(arguments: Sequence[str]) -> int:
    """Run a command line and return its exit code; errors are raised, not reported."""
    if "_CLAIMPOS_COMPLETE" in os.environ or any("-completion" in word for word in arguments):
        from claimpos.cli.completion import prepare

        prepare()
    command = typer.main.get_command(app_for(arguments))
    result = command.main(list(arguments), prog_name="claimpos", standalone_mode=False)
    return result if isinstance(result, int) else 0
