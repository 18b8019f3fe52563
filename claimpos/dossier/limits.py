"""Limits on what a dossier may demand of a command: their defaults, and how a user raises them.

A dossier may come from a stranger, so nothing in it can raise a limit; only the environment can.
"""

from __future__ import annotations

import os
import re
from decimal import Decimal, InvalidOperation
from functools import cache

from claimpos.errors import WrongUsage

VARIABLE = "CLAIMPOS_LIMITS"
_DIGITS = 9

MAX_DIGITS = 30
"""The most digits that a number may have, before and after the decimal point together."""

DEFAULTS = {
    # The bytes of one file of a dossier, of a table to import, of a text that quotes come from, of
    # a worksheet.
    "file-bytes": 8_000_000,
    # The files of one dossier, and their bytes together; those of its schema's copies, too.
    "dossier-files": 5_000,
    "dossier-bytes": 32_000_000,
    # The keys and values of one file: each takes some 400 bytes of memory while it is read.
    "file-values": 500_000,
    # The options of one issue. Reports may compare each with each: a demand for one rules out all
    # the others.
    "issue-options": 1_000,
    # The conditions of one decision rule, each of which is weighed with every vote.
    "rule-conditions": 100,
    # The items that `all` stands for, in all places of a dossier together.
    "cells-of-all": 500_000,
    # The members of all groups that speak for them, times issues (or their items); also, summed
    # over the parties, the positions of all groups that speak for a party, at whatever remove.
    "memberships": 1_000_000,
    # The characters of one text in a file.
    "text-characters": 20_000,
    # The characters of an id, a name, a title or a unit, which reports repeat many times.
    "title-characters": 600,
    # The characters of all statements cited, counted once for each position that cites them.
    "cited-characters": 50_000_000,
    # The characters of the ids and labels of options and items that positions and texts name, of
    # each as often as it is named.
    "named-characters": 10_000_000,
    # For each entry and answer, its statements and notes times their different days, because more
    # of it is known from each day on; the sum over a dossier.
    "evidence-days": 5_000_000,
    # The findings that a run keeps in full, in all and of one rule in one file; further ones are
    # only counted.
    "findings": 20_000,
    "findings-of-rule": 5_000,
    # The findings of a run after which the form of a file is not checked to its end.
    "shape-findings": 2_000,
    # The letters of the titles that are compared letter by letter, to find similar spellings.
    "title-letters": 500_000,
    # The pairs of entries that `validate` compares: of a member and of a group that speaks for it,
    # or of two groups.
    "group-pairs": 30_000,
    # The pairs of different positions on an issue, or on an item, whose coding `validate` compares;
    # a pair of parties at odds counts as thirty.
    "coding-pairs": 5_000_000,
    # The steps in which `validate` compares what answers leave out with positions; a step looks at
    # what is said of one cell by an entry, an acceptance, a requirement or an answer.
    "answer-steps": 300_000,
    # The files of a dossier at a git revision; their bytes together, and those of any one object
    # that git unpacks for them; the seconds that git has for a revision.
    "revision-files": 5_000,
    "revision-bytes": 64_000_000,
    "git-seconds": 10,
    # The bytes of a user's own template.
    "template-bytes": 1_000_000,
    # The bytes, unpacked, of a Word document whose styles are taken over.
    "reference-bytes": 30_000_000,
    # The elements and attributes of such a document: each takes some 400 bytes.
    "reference-elements": 1_000_000,
    # The characters of a report's texts, and of what outcomes would require; of one that becomes a
    # Word file or a PDF, where each takes some 40 bytes of memory.
    "report-characters": 30_000_000,
    "file-characters": 8_000_000,
    # The characters from which a PDF is set, including markup: each takes up to 900 bytes or so.
    "pdf-characters": 700_000,
    # What a user's own template may use: seconds of computing, megabytes of memory in addition to
    # what the command uses already, characters of the document.
    "template-seconds": 5,
    "template-megabytes": 250,
    "template-characters": 30_000_000,
    # The steps that weighing the conditions of one comparison may take, or comparing those of
    # positions with what they replaced; a step looks at one requirement. A vote on an outcome takes
    # five, and more by a rule of many conditions; the distance between two parties' figures takes
    # sixteen, and one for each of their ranges. What verdicts hang on is looked for with a quarter
    # as many.
    "condition-steps": 10_000_000,
    # The changes of positions that one report tells.
    "position-changes": 40_000,
    # The pairs of parties that one report covers; each takes some 1,000 bytes of memory as JSON.
    "party-pairs": 250_000,
    # The steps for finding the sets of parties that one conflict is between; a million steps take
    # about a second.
    "blocking-set-steps": 500_000,
    # Parties times cells (issues, or their items) among which deals are looked for.
    "deals-positions": 60_000,
    # The outcomes whose points are worked out, times the parties that state points; of a quantity,
    # ten for each value with points. A hundred thousand take about two seconds.
    "scored-outcomes": 300_000,
    # The digits of the common denominator of a party's points, interpolated ones included.
    "points-digits": 1_000,
    # Proposals times parties times cells (issues, or their items) that one assessment reports.
    "assessed-answers": 200_000,
    # The characters of the answers, their conditions and evidence, that an explanation tells: of
    # each party to each outcome.
    "explained-characters": 10_000_000,
    # Parties times outcomes of all issues and items that a briefing looks at; also the positions
    # that it tells, each of which takes as long as weighing several outcomes.
    "briefing-answers": 500_000,
    # How often issues are compared again for the sets of parties on the page of a briefing.
    "page-verdicts": 200_000,
    # The positions of codings that are compared; an issue counts as twenty of them, and six
    # outcomes as one, for each pair of codings.
    "compared-positions": 10_000,
    # The cells of a table that is drawn with lines; each takes some ten microseconds.
    "table-cells": 600_000,
    # The pixels of a picture as PNG; each takes some ten bytes.
    "picture-dots": 25_000_000,
    # The lines of a table to import, or of agreements; in a grid, its filled cells are lines.
    "table-lines": 15_000,
    # The columns of such a table.
    "table-columns": 1_000,
    # The members of all lists in its cells: outcomes, options, aliases, …
    "table-members": 300_000,
    # The bytes of a workbook's parts once they are unpacked, and the characters of its cells.
    "workbook-bytes": 30_000_000,
    # The same for a text to import: the bytes of a Word document's parts once they are unpacked,
    # and the characters of its cells, of a merged cell once for each place that it takes. A tag
    # counts as 15 bytes more, a paragraph as 50, a cell as 100.
    "document-bytes": 30_000_000,
    # The outcomes that a party's schema for one dossier offers: options, once for each item.
    "schema-outcomes": 20_000,
    # The bytes of all texts that quotes are looked up in.
    "texts-bytes": 32_000_000,
    # The paragraphs whose coverage is worked out: those of all sources, and those that statements
    # name.
    "covered-paragraphs": 1_000_000,
    # The paragraphs of a text to code, with twice as many statements and positions; the articles
    # and the rows of a text to import, which may have ten times as many cells and brackets.
    "text-paragraphs": 5_000,
    # The steps of check-quotes to look quotes up and, once more, to find the passages nearest to
    # those that are missing. A million take about half a second.
    "quote-steps": 6_000_000,
    # The different numbers that positions and conditions name for one quantity.
    "end-points": 10_000,
    # The seconds that a whole run may compute, besides those for which deals are looked for, and
    # the megabytes of memory that it may take, whatever it does.
    "run-seconds": 30,
    "run-megabytes": 1_500,
}


def bounded(written: str) -> int | Decimal | None:
    """The number that a text writes; None if it is no number, or has more than MAX_DIGITS digits.

    The few characters of 1e999999999 would otherwise become a whole number that fills the memory.
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
    """The limit of this name, from the environment or by default.

    Raises WrongUsage if the environment variable is not a list of `name=number` with commas.
    """
    return limits()[name]


def limits() -> dict[str, int]:
    """All limits by their names, for those who need many, or one often; errors as for `limit`."""
    return _limits(os.environ.get(VARIABLE, ""))


def how_to_raise(name: str) -> str:
    """The remedy for whatever exceeds this limit."""
    return f"to raise this limit, set {VARIABLE}={name}=… to more than {limit(name):,}"


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _DIGITS


@cache
def _limits(text: str) -> dict[str, int]:
    limits = dict(DEFAULTS)
    # Messages write 8,000,000; no name begins with a figure.
    for part in filter(None, map(str.strip, re.sub(",(?=[0-9])", "", text).split(","))):
        name, _, number = part.partition("=")
        if name not in DEFAULTS or not _is_number(number):
            raise WrongUsage(
                f"{VARIABLE} holds “{part}”, which is not a limit; "
                f"write name=number, where the name is one of {', '.join(DEFAULTS)}"
            )
        limits[name] = int(number)
    return limits
