"""The catalogue of rules: a line a rule, one rule's page, and the page of all in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from claimpos.rendering.text import wrapped
from claimpos.validation.catalogue import Example, Page

_WIDTH = 80
_ABOUT = """\
# The rules of `claimpos validate`

Printed from the rules themselves; `claimpos rules` shows the same in a terminal, and
`claimpos rules CP411` one of them. An error stops every command that reads the dossier; a warning
makes `claimpos validate` fail with `--strict` only; a note never does. The examples are pieces of
a file, by default of a party's.
"""


def rules_list(pages: Mapping[str, Page]) -> str:
    """Every rule, family by family."""
    parts = []
    for family, some in _families(pages):
        lines = [
            wrapped(page.title, _WIDTH, f"  {page.code}  {page.severity:7}  ", " " * 18)
            for page in some
        ]
        parts.append("\n".join([family.capitalize(), *lines]))
    return "\n\n".join(parts) + "\n"


def rule_page(page: Page) -> str:
    """One rule: what it says, what fails, what passes."""
    head = wrapped(f"{page.code} {page.severity} ({page.family}): {page.title}", _WIDTH, "", "  ")
    text = wrapped(page.text, _WIDTH)
    examples = [f"{_where(example)}:\n{_indented(example.text)}" for example in page.examples]
    return "\n\n".join(part for part in [head, text, *examples] if part) + "\n"


def rules_page(pages: Mapping[str, Page]) -> str:
    """Every rule in full, as a page of Markdown."""
    parts = [_ABOUT]
    for family, some in _families(pages):
        parts.append(f"## {family.capitalize()}\n")
        for page in some:
            parts.append(f"### {page.code} {page.severity}: {page.title}\n")
            parts += [f"{page.text}\n"] if page.text else []
            parts += [f"{_where(one)}:\n\n```yaml\n{one.text}```\n" for one in page.examples]
    return "\n".join(parts)


def _families(pages: Mapping[str, Page]) -> Iterator[tuple[str, Iterator[Page]]]:
    return groupby(pages.values(), key=lambda page: page.family)


def _where(example: Example) -> str:
    where = " ".join(filter(None, [example.file, example.option]))
    return f"{'Fails' if example.fails else 'Passes'} ({where})"


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines()).rstrip()
