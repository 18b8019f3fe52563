"""A document in chapters: what is printed on pages of one orientation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from claimpos.rendering.document import Block, Group, Heading, Notes, Section


def by_section(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Blocks in runs that begin with the title, or with the heading of a section.

    Groups are taken apart, and sections but those of notes.
    """
    run: list[Block] = []
    for block in _flat(blocks):
        if isinstance(block, Heading) and block.rank in ("title", "section") and run:
            yield run
            run = []
        run.append(block)
    yield run


def _flat(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        match block:
            case Group(within):
                yield from _flat(within)
            case Section(heading, within) if not any(isinstance(one, Notes) for one in within):
                yield from _flat([heading, *within])
            case _:
                yield block
