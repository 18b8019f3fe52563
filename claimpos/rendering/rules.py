"""The catalogue of rules as text: a line a rule, or one rule's page."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from claimpos.validation.catalogue import Example, Page


def rules_list(pages: Mapping[str, Page]) -> str:
    """Every rule, family by family."""
    parts = []
    for family, some in groupby(pages.values(), key=lambda page: page.family):
        lines = [f"  {page.code}  {page.severity:7}  {page.title}" for page in some]
        parts.append("\n".join([family.capitalize(), *lines]))
    return "\n\n".join(parts) + "\n"


def rule_page(page: Page) -> str:
    """One rule: what it says, what fails, what passes."""
    head = f"{page.code} {page.severity} ({page.family}): {page.title}"
    parts = [head, page.text, *map(_example, page.examples)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _example(example: Example) -> str:
    where = " ".join(filter(None, [example.file, example.option]))
    lines = "".join(f"    {line}\n" for line in example.text.splitlines())
    return f"{'Fails' if example.fails else 'Passes'} ({where}):\n{lines}".rstrip()
