"""`claimpos add`: statements, entries, answers, sources, parties and issues, in place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer
from typer.core import TyperGroup

from claimpos.cli.add_agenda import issue, party, source
from claimpos.cli.add_options import DryRun, Part, Positions
from claimpos.cli.add_said import answer, entry, statement
from claimpos.curating.requests import Request

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
def _add(ctx: typer.Context, positions: Positions = None, dry_run: DryRun = False) -> None:
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
    ctx.obj = Part(Request("", {}), positions, dry_run)


for _kind in (statement, entry, answer, source, party, issue):
    add.command()(_kind)
