"""What an import has to tell, in words: guesses, remarks, and what was left out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from heapq import nsmallest
from itertools import islice

from claimpos.importing.import_log import SHOWN, Account, Place
from claimpos.rendering.text import wrapped
from claimpos.wording.names import capital


def account_text(account: Account, width: int) -> str:
    """The account as paragraphs; empty if there is nothing to tell."""
    guesses = [
        f"{what} ({_subjects(subjects, account)})" if subjects else what
        for what, subjects in account.guesses.items()
    ]
    parts = [
        ("Guessed, since the table does not say it (a column, or --set FIELD=TEXT, can):", guesses),
        ("To look at:", _by_place(account.remarks)),
        ("Left out:", _by_place(account.left_out)),
    ]
    return "\n".join(
        "\n".join([head, *(wrapped(capital(line), width, "- ", "  ") for line in lines)]) + "\n"
        for head, lines in parts
        if lines
    )


def _by_place(texts: Mapping[tuple[Place, str], None]) -> list[str]:
    """The first of the texts, each with its place, and how many there are beside them."""
    shown = [f"{place}: {text}" for place, text in nsmallest(SHOWN, texts)]
    return [*shown, f"and {len(texts) - SHOWN:,} more"] if len(texts) > SHOWN else shown


def _subjects(subjects: Collection[str], account: Account) -> str:
    for kind, names in account.whole.items():
        if names == frozenset(subjects) and len(names) > 3:
            return f"all {len(names):,} {kind}"
    shown = ", ".join(islice(subjects, SHOWN))
    return f"{shown} and {len(subjects) - SHOWN:,} more" if len(subjects) > SHOWN else shown
