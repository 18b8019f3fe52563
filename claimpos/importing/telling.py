"""What an import has to tell, in words: guesses, remarks, and what was left out."""

from __future__ import annotations

from collections.abc import Collection

from claimpos.importing.account import Account
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
        ("To look at:", [f"{place}: {text}" for place, text in sorted(account.remarks)]),
        ("Left out:", [f"{place}: {why}" for place, why in sorted(account.left_out)]),
    ]
    return "\n".join(
        "\n".join([head, *(wrapped(capital(line), width, "- ", "  ") for line in lines)]) + "\n"
        for head, lines in parts
        if lines
    )


def _subjects(subjects: Collection[str], account: Account) -> str:
    for kind, names in account.whole.items():
        if names == frozenset(subjects) and len(names) > 3:
            return f"all {len(names):,} {kind}"
    return ", ".join(subjects)
