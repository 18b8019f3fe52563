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


def turned(parts: Iterable[tuple[str, bool | None]], between: str = "") -> list[tuple[str, bool]]:
    """Parts of one orientation that follow each other, joined: (text, whether on its side).

    A part for which it does not matter, None, goes with the one before it, or the first after it.
    """
    joined: list[tuple[str, bool | None]] = []
    for text, sideways in parts:
        if joined and (sideways is None or joined[-1][1] in (None, sideways)):
            before, known = joined.pop()
            joined.append((before + between + text, sideways if known is None else known))
        else:
            joined.append((text, sideways))
    return [(text, bool(sideways)) for text, sideways in joined]


def _flat(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        match block:
            case Group(within):
                yield from _flat(within)
            case Section(heading, within) if not any(isinstance(one, Notes) for one in within):
                yield from _flat([heading, *within])
            case _:
                yield block
