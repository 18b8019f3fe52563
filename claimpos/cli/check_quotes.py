"""`claimpos check-quotes --text SOURCE=FILE…`."""

from __future__ import annotations

from typing import Annotated

import typer

from claimpos.cli import options


def check_quotes(
    text: Annotated[
        list[str],
        typer.Option(
            metavar="SOURCE=FILE",
            help="The text of a source, or a folder of texts named SOURCE.txt (repeatable).",
        ),
    ],
    output: options.Output = None,
    positions: options.Positions = None,
    color: options.Colour = "auto",
) -> None:
    """Check each quote and locator against the text of its source.

    Typographic quotes, dashes, white space and invisible characters may differ, nothing else. Exits
    with 1 if a quote or a locator is not in the text of its source, and with 3 if there is no text
    for any.

    \b
    Examples:
      claimpos check-quotes --text wp-2025-03-13=article.txt
      claimpos check-quotes --text texts/
    """
    from claimpos.cli.output import paint_for, put
    from claimpos.cli.selection import load_dossier
    from claimpos.dossier.locate import find_dossier
    from claimpos.errors import NothingToCheck
    from claimpos.rendering.findings import quotes_text
    from claimpos.validation.locators import has_locators, locators_not_found
    from claimpos.validation.quotes import look_up, not_found
    from claimpos.validation.source_texts import texts_at

    dossier = load_dossier(positions)
    texts = texts_at(text, dossier)
    found = list(look_up(dossier, texts))
    if all(one.answer == "no text" for one in found) and not has_locators(dossier, texts):
        raise NothingToCheck("nothing to check: no text was given for the source of any quote")
    folder = find_dossier(positions)
    missing = [*not_found(found, folder), *locators_not_found(dossier, texts, folder)]
    put(quotes_text(found, missing, paint_for(color, output)), output)
    if missing:
        raise typer.Exit(1)
