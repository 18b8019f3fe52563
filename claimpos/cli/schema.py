"""`claimpos schema [NAME]`."""

from __future__ import annotations

from typing import Annotated

import typer

from claimpos.cli import options


def _complete(incomplete: str) -> list[str]:
    from claimpos.dossier.schemas import schema_names

    return [name for name in schema_names() if name.startswith(incomplete)]


def schema(
    name: Annotated[
        str,
        typer.Argument(metavar="[NAME]", help="Which schema.", autocompletion=_complete),
    ] = "",
    for_agenda: Annotated[
        bool,
        typer.Option("--for-agenda", help="For party: with this dossier's own ids and titles."),
    ] = False,
    output: options.Output = None,
    positions: options.Positions = None,
) -> None:
    """Print the JSON Schema of a file or report; without NAME, list the names.

    \b
    Examples:
      claimpos schema
      claimpos schema party
      claimpos schema party --for-agenda -o positions/party.schema.json
      claimpos schema diff -o diff.schema.json
    """
    from claimpos.cli.output import put
    from claimpos.dossier.lookup import nearest
    from claimpos.dossier.schemas import schema as shipped_schema
    from claimpos.dossier.schemas import schema_names
    from claimpos.errors import UnknownName, WrongUsage
    from claimpos.rendering.data import json_text

    names = schema_names()
    if name and name not in names:
        raise UnknownName("schema", name, nearest(name, names), "claimpos schema")
    if for_agenda:
        from claimpos.cli.dossier import load_dossier
        from claimpos.validation.for_agenda import check_size, party_schema_for

        if name != "party":
            raise WrongUsage("--for-agenda goes with `claimpos schema party`")
        dossier = load_dossier(positions)
        check_size(dossier)
        put(json_text(party_schema_for(dossier)), output)
        return
    put(json_text(shipped_schema(name)) if name else "\n".join(names) + "\n", output)
