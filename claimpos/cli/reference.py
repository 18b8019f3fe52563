"""`claimpos guide [TOPIC]`, `claimpos rules [CODE]` and `claimpos schema [NAME]`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from claimpos.cli import options


def _topics(incomplete: str) -> Iterator[tuple[str, str]]:
    from claimpos.rendering.reference import guide_pages

    for topic, page in guide_pages().items():
        if topic.startswith(incomplete.lower()):
            yield topic, page.title


def guide(
    topic: Annotated[
        str, typer.Argument(metavar="[TOPIC]", help="The page to show.", autocompletion=_topics)
    ] = "",
) -> None:
    """Show a page of the guide; without TOPIC, list the pages.

    \b
    Examples:
      claimpos guide
      claimpos guide first-dossier
      claimpos guide files | less
    """
    from claimpos.cli.output import put
    from claimpos.rendering.reference import guide_list, guide_pages, guide_text

    pages = guide_pages()
    if topic and topic not in pages:
        from claimpos.dossier.lookup import nearest
        from claimpos.errors import UnknownName

        raise UnknownName("topic", topic, nearest(topic, pages), "claimpos guide")
    put(guide_text(pages[topic]) if topic else guide_list(pages))


def _codes(incomplete: str) -> list[str]:
    from claimpos.validation.catalogue import catalogue

    return [code for code in catalogue() if code.startswith(incomplete.upper())]


def rules(
    code: Annotated[
        str,
        typer.Argument(
            metavar="[CODE]", help="A rule, or a family such as CP4.", autocompletion=_codes
        ),
    ] = "",
    output: options.Output = None,
) -> None:
    """Explain the rules that validate applies: all, a family, or one with examples.

    \b
    Examples:
      claimpos rules
      claimpos rules CP4
      claimpos rules CP411
    """
    from claimpos.cli.output import put
    from claimpos.dossier.lookup import nearest
    from claimpos.errors import UnknownName
    from claimpos.rendering.reference import rule_page, rules_list
    from claimpos.validation.catalogue import catalogue

    pages = catalogue()
    chosen = {known: page for known, page in pages.items() if known.startswith(code.upper())}
    if not chosen:
        raise UnknownName("rule", code, nearest(code, pages), "claimpos rules")
    one = chosen.get(code.upper())
    put(rule_page(one) if one else rules_list(chosen), output)


def _schemas(incomplete: str) -> list[str]:
    from claimpos.dossier.schemas import schema_names

    return [name for name in schema_names() if name.startswith(incomplete)]


def schema(
    name: Annotated[
        str,
        typer.Argument(metavar="[NAME]", help="The schema to print.", autocompletion=_schemas),
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
        from claimpos.cli.selection import load_dossier
        from claimpos.validation.agenda_schema import check_size, party_schema_for

        if name != "party":
            raise WrongUsage("--for-agenda needs `claimpos schema party`")
        dossier = load_dossier(positions)
        check_size(dossier)
        put(json_text(party_schema_for(dossier)), output)
        return
    put(json_text(shipped_schema(name)) if name else "\n".join(names) + "\n", output)
