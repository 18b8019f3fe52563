"""`claimpos guide [TOPIC]`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer


def _complete(incomplete: str) -> Iterator[tuple[str, str]]:
    from claimpos.rendering.guide import guide_pages

    for topic, page in guide_pages().items():
        if topic.startswith(incomplete.lower()):
            yield topic, page.title


def guide(
    topic: Annotated[
        str, typer.Argument(metavar="[TOPIC]", help="Which page.", autocompletion=_complete)
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
    from claimpos.rendering.guide import guide_list, guide_pages, guide_text

    pages = guide_pages()
    if topic and topic not in pages:
        from claimpos.dossier.lookup import nearest
        from claimpos.errors import UnknownName

        raise UnknownName("topic", topic, nearest(topic, pages), "claimpos guide")
    put(guide_text(pages[topic]) if topic else guide_list(pages))
