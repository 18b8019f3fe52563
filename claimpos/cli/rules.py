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
        typer.Argument(
            metavar="[CODE]", help="A rule, or a family such as CP4.", autocompletion=_complete
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
    from claimpos.rendering.rules import rule_page, rules_list
    from claimpos.validation.catalogue import catalogue

    pages = catalogue()
    chosen = {known: page for known, page in pages.items() if known.startswith(code.upper())}
    if not chosen:
        raise UnknownName("rule", code, nearest(code, pages), "claimpos rules")
    one = chosen.get(code.upper())
    put(rule_page(one) if one else rules_list(chosen), output)
