"""`claimpos rules [CODE]`."""

from __future__ import annotations

from typing import Annotated

import typer

from claimpos.cli import options


def _complete(incomplete: str) -> list[str]:
    from claimpos.validation.catalogue import catalogue

    return [code for code in catalogue() if code.startswith(incomplete.upper())]


def rules(
    code: Annotated[
        str,
        typer.Argument(metavar="[CODE]", help="Which rule.", autocompletion=_complete),
    ] = "",
    output: options.Output = None,
) -> None:
    """The rules that validate applies; of one rule, what it says, what fails and what passes.

    \b
    Examples:
      claimpos rules
      claimpos rules CP411
    """
    from claimpos.cli.output import put
    from claimpos.dossier.lookup import nearest
    from claimpos.errors import UnknownName
    from claimpos.rendering.rules import rule_page, rules_list
    from claimpos.validation.catalogue import catalogue

    pages = catalogue()
    if code and code.upper() not in pages:
        raise UnknownName("rule", code, nearest(code, pages), "claimpos rules")
    put(rule_page(pages[code.upper()]) if code else rules_list(pages), output)
