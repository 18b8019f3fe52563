"""`claimpos add`: statements, entries, answers, sources, parties and issues, in place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

import typer
from typer.core import TyperGroup

from claimpos.cli.add_said import CommandPart, Note, Texts, answer, entry, part, statement
from claimpos.cli.options import DryRun, OwnPositions, complete_group
from claimpos.curating.requests import Request

Id = Annotated[str, typer.Argument(metavar="ID", help="Lower-case words joined by hyphens.")]


def source(
    ctx: typer.Context,
    id_: Id = "",
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
    positions: OwnPositions = None,
    dry_run: DryRun = False,
) -> CommandPart:
    """Add a source: a document in which things were said.

    \b
    Examples:
      claimpos add source bay-times --title "Port ups its offer" --publisher "Bay Times"
          --date 2026-03-01 --status press
    """
    return part("source", locals())


def party(
    ctx: typer.Context,
    id_: Id = "",
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="The full name.")] = "",
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
    positions: OwnPositions = None,
    dry_run: DryRun = False,
) -> CommandPart:
    """Add a party, with a file of its own.

    \b
    Examples:
      claimpos add party shippers --name "Shippers' Council" --short "the shippers" --plural
    """
    return part("party", locals())


def issue(
    ctx: typer.Context,
    id_: Id = "",
    title: Annotated[str, typer.Option(metavar="TEXT", help="Its title.")] = "",
    question: Annotated[
        str, typer.Option(metavar="TEXT", help="The neutral question that a settlement answers.")
    ] = "",
    group: Annotated[
        str,
        typer.Option(metavar="ID", autocompletion=complete_group, help="The group it belongs to."),
    ] = "",
    group_title: Annotated[
        str, typer.Option(metavar="TEXT", help="The title of a new group.")
    ] = "",
    kind: Annotated[
        Literal["choice", "quantity", "items"] | None,
        typer.Option(help="One option, a number, or several sub-issues."),
    ] = None,
    options: Annotated[
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
    positions: OwnPositions = None,
    dry_run: DryRun = False,
) -> CommandPart:
    """Add an issue to the agenda, after the others in its group.

    \b
    Examples:
      claimpos add issue night-shift --title "Night shift" --group hours --kind choice
          --question "May ships be unloaded at night?" --option "allowed=night work"
          --option "barred=no night work"
    """
    return part("issue", locals())


_JOIN = "+"


class _Pieces(TyperGroup):
    """Several subcommands in one call, with + between them."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the first of the pieces, or, to complete a line, the last."""
        first, *rest = _split(args)
        if ctx.resilient_parsing:
            return super().parse_args(ctx, [first, *rest][-1])
        ctx.meta[_JOIN] = rest
        return super().parse_args(ctx, first)

    def invoke(self, ctx: Any) -> Any:
        """Read the pieces, then add them all."""
        from claimpos.cli.adding import run

        parts = [super().invoke(ctx)]
        for words in ctx.meta[_JOIN]:
            again = self.make_context(ctx.info_name, words, parent=ctx.parent)
            parts.append(super().invoke(again))
        run([part for part in parts if part is not None])


def _split(words: list[str]) -> Iterator[list[str]]:
    part: list[str] = []
    for word in words:
        if word == _JOIN:
            yield part
            part = []
        else:
            part.append(word)
    yield part


add = typer.Typer(cls=_Pieces, rich_markup_mode=None, invoke_without_command=True)


@add.callback()
def _add(ctx: typer.Context, positions: OwnPositions = None, dry_run: DryRun = False) -> None:
    """Add to the files of a dossier, in place: nothing else in them changes.

    \b
    Examples:
      claimpos add statement port "Offers up to seven per cent." --source harbour-news
          --basis reported + entry pay-rise --accepts "<= 7" --refuses "> 8"
      claimpos add statement union "Joins the text." --source letter --basis stated
          + answer mediator-draft accepts
      claimpos add entry union pay-rise --from-last --demands ">= 5" --evidence letter

    Join several pieces in one call with +; either all of them are written or none. What a piece
    leaves out, it takes from the pieces before it: a statement its source, an entry or an answer
    its party and its evidence. In a terminal, claimpos asks for what is still missing, and shows
    the change before writing it. It writes nothing that would make the dossier invalid.
    """
    ctx.obj = CommandPart(Request("", {}), positions, dry_run)


for _kind in (statement, entry, answer, source, party, issue):
    add.command()(_kind)
