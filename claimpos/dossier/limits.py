"""How much a dossier may ask of a command: every limit, its default, and how a user raises it.

A dossier may come from a stranger, so nothing in it can raise a limit; the environment can.
"""

from __future__ import annotations

import os
from decimal import Decimal, InvalidOperation
from functools import cache

from claimpos.errors import WrongUsage

VARIABLE = "CLAIMPOS_LIMITS"
_DIGITS = 9

MAX_DIGITS = 30
"""How many digits of a number are kept, before the decimal point and behind it."""

DEFAULTS = {
    # The bytes of one file of a dossier, of a table to import, of a text that quotes come from.
    "file-bytes": 8_000_000,
    # The files of one dossier, and their bytes together; those of its schema's copies, too.
    "dossier-files": 5_000,
    "dossier-bytes": 32_000_000,
    # The keys and values of one file: each takes some 400 bytes of memory while it is read.
    "file-values": 500_000,
    # The options of one issue. Reports hold each against each: to the one that a party demands,
    # all others are ruled out.
    "issue-options": 1_000,
    # The items that `all` stands for, in all places of a dossier together.
    "cells-of-all": 500_000,
    # The members that groups speak for, of each group anew, times issues (or their items).
    "memberships": 1_000_000,
    # The characters of one text in a file.
    "text-characters": 20_000,
    # The characters of an id, a name, a title or a unit, which reports tell again and again.
    "title-characters": 600,
    # The characters of all statements cited, of each as often as a position cites it.
    "cited-characters": 50_000_000,
    # Of each entry and each answer the statements and notes times their different days, on each
    # of which more of it is known; all of a dossier together.
    "evidence-days": 5_000_000,
    # The findings that a run keeps in full, and those of one rule in one file; of more it keeps
    # the numbers.
    "findings": 100_000,
    "findings-of-rule": 5_000,
    # The findings of a run after which the form of a file is not gone through to its end.
    "shape-findings": 2_000,
    # The letters of the titles that are compared letter by letter, to find those spelt alike.
    "title-letters": 500_000,
    # The pairs of an entry of a member and one of a group that speaks for it, or of two groups,
    # that `validate` compares.
    "group-pairs": 30_000,
    # The files of a dossier at a revision of git; the bytes of them all, and of any one object
    # that git unpacks for them; the seconds that git has for a revision.
    "revision-files": 5_000,
    "revision-bytes": 64_000_000,
    "git-seconds": 10,
    # The bytes of a template of one's own.
    "template-bytes": 1_000_000,
    # The bytes of a document of Word whose styles are taken over, once it is unpacked.
    "reference-bytes": 30_000_000,
    # The elements and attributes of such a document, each of which takes some 400 bytes.
    "reference-elements": 1_000_000,
    # The characters that a PDF is set from, with the marks that lay them out: each takes up to
    # some 900 bytes.
    "pdf-characters": 700_000,
    # What a template of one's own may use up: seconds of computing, megabytes of memory beyond
    # what the command holds already, characters of the document.
    "template-seconds": 5,
    "template-megabytes": 250,
    "template-characters": 30_000_000,
    # What weighing the conditions of one comparison may take: each look at what one requires.
    "condition-steps": 10_000_000,
    # The same for the sets of parties that one conflict may be between; a million take a second.
    "blocking-set-steps": 500_000,
    # Parties times cells (issues, or their items) among which deals are looked for.
    "deals-positions": 60_000,
    # Proposals times parties times cells (issues, or their items) that one assessment reports.
    "assessed-answers": 200_000,
    # Parties times outcomes of all issues and items that a briefing looks at.
    "briefing-answers": 500_000,
    # How often issues are judged anew among the sets of parties on the page of a briefing.
    "page-verdicts": 200_000,
    # The positions of codings that are compared, and twenty times their issues.
    "compared-positions": 10_000,
    # The dots of a picture as PNG, its width times its height; each takes some ten bytes.
    "picture-dots": 25_000_000,
    # The lines of a table to import, or of agreements; in a grid, its filled cells are lines.
    "table-lines": 15_000,
    # The columns of such a table.
    "table-columns": 1_000,
    # The members of all lists in its cells: outcomes, options, aliases, …
    "table-members": 300_000,
    # The bytes of a workbook's parts once they are unpacked, and the characters of its cells.
    "workbook-bytes": 30_000_000,
    # The same of a text to import: the bytes of the parts of a document of Word once they are
    # unpacked, and the characters of its cells, of a merged cell as often as it repeats them. A
    # tag counts as 15 bytes more, a paragraph as 50, a cell as 100.
    "document-bytes": 30_000_000,
    # The outcomes that a party's schema of one dossier offers: options of issues, of each item.
    "schema-outcomes": 20_000,
    # The bytes of all texts that quotes are looked up in.
    "texts-bytes": 32_000_000,
    # The paragraphs of all sources, and those that statements name in them, for their coverage.
    "covered-paragraphs": 1_000_000,
    # The paragraphs of a text to code, and twice as many statements and positions; the articles
    # and the rows of a text to import, and ten times as many cells and brackets.
    "text-paragraphs": 5_000,
    # The steps of check-quotes, twice: to look quotes up, and to find the passages nearest to
    # those that are not there. A million take about half a second.
    "quote-steps": 6_000_000,
    # The different numbers that positions and conditions name on one quantity.
    "end-points": 10_000,
}


def bounded(written: str) -> int | Decimal | None:
    """The number that is written; None if it is none, or has more than 30 digits.

    1e999999999 is quickly written, but the whole number that it means would fill the memory.
    """
    if len(written) > MAX_DIGITS:
        return None
    try:
        number = Decimal(written)
    except InvalidOperation:  # or an exponent beyond what Decimal can hold
        return None
    if not number.is_finite() or abs(number.adjusted()) > MAX_DIGITS:
        return None
    return int(number) if number == number.to_integral_value() else number


def limit(name: str) -> int:
    """The limit of this name: the environment's, else its default.

    Raises WrongUsage where the environment's text is not `name=number`, separated by commas.
    """
    return _limits(os.environ.get(VARIABLE, ""))[name]


def how_to_raise(name: str) -> str:
    """The remedy of whatever met this limit."""
    return f"to raise this limit, set {VARIABLE}={name}=… to more than {limit(name)}"


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _DIGITS


@cache
def _limits(text: str) -> dict[str, int]:
    limits = dict(DEFAULTS)
    for part in filter(None, map(str.strip, text.split(","))):
        name, _, number = part.partition("=")
        if name not in DEFAULTS or not _is_number(number):
            raise WrongUsage(
                f"{VARIABLE} holds “{part}”, which is not a limit; "
                f"write name=number, where the name is one of {', '.join(DEFAULTS)}"
            )
        limits[name] = int(number)
    return limits
