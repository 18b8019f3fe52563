"""`claimpos add source`, `party` and `issue`: what statements and positions refer to."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from claimpos.cli import options
from claimpos.cli.add_options import DryRun, Note, Part, Positions, Texts, part

Id = Annotated[str, typer.Argument(metavar="ID", help="Lower-case words joined by hyphens.")]


def source(
    ctx: typer.Context,
    name: Id = "",
    title: Annotated[str, typer.Option(metavar="TEXT", help="The headline as published.")] = "",
    publisher: Annotated[str, typer.Option(metavar="NAME", help="Who published it.")] = "",
    date: Annotated[str, typer.Option(metavar="DATE", help="The day of publication.")] = "",
    status: Annotated[
        Literal["official", "draft", "leaked", "press"] | None,
        typer.Option(help="What kind of document it is."),
    ] = None,
    authors: Annotated[
        Texts, typer.Option("--author", metavar="NAME", help="Who wrote it (repeatable).")
    ] = None,
    url: Annotated[str, typer.Option(metavar="URL", help="Its address.")] = "",
    language: Annotated[
        str, typer.Option(metavar="CODE", help="The language that was read, such as en.")
    ] = "",
    translation: Annotated[
        Literal["none", "translated", "back-translated"] | None,
        typer.Option(help="Whether the words are a translation."),
    ] = None,
    note: Note = "",
    positions: Positions = None,
    dry_run: DryRun = False,
) -> Part:
    """Add a source: a document in which things were said.

    \b
    Examples:
      claimpos add source bay-times --title "Port ups its offer" --publisher "Bay Times"
          --date 2026-03-01 --status press
    """
    return part(
        ctx,
        "source",
        positions,
        dry_run,
        id=name,
        title=title,
        publisher=publisher,
        date=date,
        status=status,
        authors=authors,
        url=url,
        language=language,
        translation=translation,
        note=note,
    )


def party(
    ctx: typer.Context,
    name: Id = "",
    full_name: Annotated[str, typer.Option("--name", metavar="NAME", help="The full name.")] = "",
    short: Annotated[
        str, typer.Option(metavar="NAME", help="The name in a sentence, such as the port.")
    ] = "",
    aliases: Annotated[
        Texts, typer.Option("--alias", metavar="NAME", help="Another name (repeatable).")
    ] = None,
    members: Annotated[
        Texts, typer.Option("--member", metavar="PARTY", help="Of a group (repeatable).")
    ] = None,
    speaks_for_members: Annotated[
        bool, typer.Option("--speaks-for-members", help="Members hold the group's position.")
    ] = False,
    plural: Annotated[
        bool, typer.Option("--plural", help="The name is plural: they demand.")
    ] = False,
    role: Annotated[
        Literal["mediator"] | None, typer.Option(help="For a chair or a facilitator.")
    ] = None,
    note: Note = "",
    positions: Positions = None,
    dry_run: DryRun = False,
) -> Part:
    """Add a party, with a file of its own.

    \b
    Examples:
      claimpos add party shippers --name "Shippers' Council" --short "the shippers" --plural
    """
    return part(
        ctx,
        "party",
        positions,
        dry_run,
        id=name,
        name=full_name,
        short=short,
        aliases=aliases,
        members=members,
        speaks_for_members=speaks_for_members,
        plural=plural,
        role=role,
        note=note,
    )


def issue(
    ctx: typer.Context,
    name: Id = "",
    title: Annotated[str, typer.Option(metavar="TEXT", help="Its title.")] = "",
    question: Annotated[
        str, typer.Option(metavar="TEXT", help="The neutral question that a settlement answers.")
    ] = "",
    group: Annotated[
        str,
        typer.Option(
            metavar="ID", autocompletion=options.complete_group, help="The group it belongs to."
        ),
    ] = "",
    group_title: Annotated[
        str, typer.Option(metavar="TEXT", help="The title of a new group.")
    ] = "",
    kind: Annotated[
        Literal["choice", "quantity", "items"] | None,
        typer.Option(help="One option, a number, or several sub-issues."),
    ] = None,
    outcomes: Annotated[
        Texts, typer.Option("--option", metavar="ID=LABEL", help="An outcome (repeatable).")
    ] = None,
    items: Annotated[
        Texts, typer.Option("--item", metavar="ID=TITLE", help="A sub-issue (repeatable).")
    ] = None,
    unit: Annotated[str, typer.Option(metavar="TEXT", help="What a quantity counts.")] = "",
    integer: Annotated[bool, typer.Option("--integer", help="Only whole numbers count.")] = False,
    minimum: Annotated[str, typer.Option(metavar="NUMBER", help="The lowest value.")] = "",
    maximum: Annotated[str, typer.Option(metavar="NUMBER", help="The highest value.")] = "",
    core: Annotated[bool, typer.Option("--core", help="It decides the rest.")] = False,
    presupposes: Annotated[
        Texts, typer.Option(metavar="ISSUE[=OPTION]", help="What must be settled before.")
    ] = None,
    note: Note = "",
    positions: Positions = None,
    dry_run: DryRun = False,
) -> Part:
    """Add an issue to the agenda, after the others in its group.

    \b
    Examples:
      claimpos add issue night-shift --title "Night shift" --group hours --kind choice
          --question "May ships be unloaded at night?" --option "allowed=night work"
          --option "barred=no night work"
    """
    return part(
        ctx,
        "issue",
        positions,
        dry_run,
        id=name,
        title=title,
        question=question,
        group=group,
        group_title=group_title,
        kind=kind,
        options=outcomes,
        items=items,
        unit=unit,
        integer=integer,
        minimum=minimum,
        maximum=maximum,
        core=core,
        presupposes=presupposes,
        note=note,
    )
