"""Reviews: what nobody has checked yet, and what its own coder has."""

from __future__ import annotations

from collections.abc import Iterator

from claimpos.dossier.model import Party
from claimpos.validation.rules.rule import Diagnostic, Scope, pieces_of, rules_of, warning

UNREVIEWED = "CP607"


@warning(607)
def unreviewed(party: Party, scope: Scope) -> Iterator[Diagnostic]:
    """CP607 warning: a statement or an entry that nobody has reviewed

    Reported only with `--unreviewed`. `claimpos list review` shows what has been reviewed.

    FAIL --unreviewed
        positions:
          status:
            - {since: 2025, accepts: open, evidence: [said], coder: anna}
    PASS
        positions:
          status:
            - since: 2025
              accepts: open
              evidence: [said]
              coder: anna
              reviewed: {by: ben, on: 2025-03-01}
    """
    if not scope.unreviewed:
        return
    for piece in pieces_of(party):
        if piece.reviewed is None:
            who = f" by somebody other than {piece.coder}" if piece.coder else ""
            hint = f"have it checked against the source{who}, and add reviewed: {{by: …, on: …}}"
            yield Diagnostic(piece.place, f"nobody has reviewed this {piece.what}", hint)


@warning(608)
def own_review(party: Party, scope: Scope) -> Iterator[Diagnostic]:
    """CP608 warning: a statement or an entry that was reviewed by its own coder

    FAIL
        statements:
          said:
            source: paper
            basis: stated
            summary: Said so.
            coder: anna
            reviewed: {by: anna, on: 2025-03-01}
        positions:
          status:
            - {since: 2025, accepts: open, evidence: [said]}
    PASS
        statements:
          said:
            source: paper
            basis: stated
            summary: Said so.
            coder: anna
            reviewed: {by: ben, on: 2025-03-01}
        positions:
          status:
            - {since: 2025, accepts: open, evidence: [said]}
    """
    for piece in pieces_of(party):
        if piece.reviewed and piece.coder.casefold() == piece.reviewed.by.casefold():
            message = f"this {piece.what} was reviewed by its own coder, {piece.coder}"
            yield Diagnostic(
                piece.within("reviewed", "by"), message, "have somebody else review it"
            )


PARTY = rules_of(unreviewed, own_review)
