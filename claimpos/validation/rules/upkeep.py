"""Upkeep: old positions, issues that are the same, and what nobody has reviewed."""

from __future__ import annotations

import os
from collections.abc import Iterator

from claimpos.dossier.findings import shown_path
from claimpos.dossier.model import Party
from claimpos.validation.rules.names import plain_words
from claimpos.validation.rules.rule import Diagnostic, Place, Scope, at, pieces_of, warning

AGED, UNREVIEWED = "CP601", "CP607"


_FILLERS = """
a an and any are at be by do does for from how if in into is it its may of on or shall
should that the their there to under what when where which who whom whose will with
would
"""


@warning(601)
def stale(party: Party, scope: Scope) -> Iterator[Diagnostic]:
    """CP601 warning: a position older than --stale-after

    Reported only with `--stale-after`. The age counts from the day the position began or, if that
    is later, from the last statement that it rests on. Once the talks have closed (`closed` in the
    agenda), it counts up to that day, unless --as-of names another.

    FAIL --stale-after 1y
        positions:
          status:
            - {since: 2024-01-01, accepts: open, evidence: [said]}
    PASS --stale-after 99y
        positions:
          status:
            - {since: 2024-01-01, accepts: open, evidence: [said]}
    """
    if scope.stale_after is None:
        return
    for entries in party.positions.values():
        last = entries[-1]
        age = (scope.aged_on - last.confirmed).days
        if age > scope.stale_after:
            yield Diagnostic(
                at(party, last, "since"),
                f"the position was last confirmed {age} days ago",
                "look for a newer statement, and cite it or add an entry",
            )


@warning(602)
def same_question(scope: Scope) -> Iterator[Diagnostic]:
    """CP602 warning: two issues whose titles or questions use the same words

    FAIL agenda.yaml
        title: T
        groups: {g: G}
        issues:
          cap: {title: Cap on forces, question: Which cap?, group: g, kind: quantity, unit: persons}
          limit: {title: Forces cap, question: How many?, group: g, kind: quantity, unit: persons}
    PASS agenda.yaml
        title: T
        groups: {g: G}
        issues:
          cap: {title: Cap on forces, question: Which cap?, group: g, kind: quantity, unit: persons}
          term: {title: Term, question: How many years?, group: g, kind: quantity, unit: years}
    """
    fillers = {*_FILLERS.split()}
    for field in ("title", "question"):
        seen: dict[frozenset[str], str] = {}
        for issue in scope.dossier.issues.values():
            text = getattr(issue, field)
            words = frozenset(map(_singular, plain_words(text).split())) - fillers
            first = seen.setdefault(words, issue.id)
            alike = plain_words(scope.dossier.issues[first].title) == plain_words(issue.title)
            if first != issue.id and words and not (field == "title" and alike):
                yield Diagnostic(
                    Place("agenda.yaml", ("issues", issue.id, field)),
                    f"the {field} is the same as that of “{first}”",
                    "merge the two issues, or reword them so that they differ",
                )


def _singular(word: str) -> str:
    return word.removesuffix("s") if len(word) > 3 else word


@warning(604)
def stale_schema(scope: Scope) -> Iterator[Diagnostic]:
    """CP604 warning: a saved schema that no longer fits the dossier

    What `claimpos schema party --for-agenda` printed has gone out of date with the agenda or
    the sources, so that an editor offers the wrong ids. Only files `*.schema.json` in the
    dossier's folder are looked at, and of these only what that command printed. One that cannot
    be read, or is a link to elsewhere, is reported as well.

    FAIL party.schema.json
        {
          "$id": "urn:claimpos:schema:party:for-agenda:1",
          "description": "What was printed when the agenda had one issue less."
        }
    PASS party.schema.json
        {
          "$id": "urn:example:another-schema"
        }
    """
    if not os.path.isdir(scope.folder):  # a dossier that is still to be written
        return
    if not any(scope.folder.glob("*.schema.json")):
        return
    from shlex import quote

    from claimpos.validation.agenda_schema import stale_copies

    folder = quote(shown_path(scope.folder))
    for path, refused in stale_copies(scope.folder, scope.dossier).items():
        if refused is not None:
            message = f"this copy of a schema cannot be read: {refused.reason}"
            yield Diagnostic(Place(path.name, ()), message, refused.remedy)
            continue
        yield Diagnostic(
            Place(path.name, ()),
            "this copy of the party schema was made from an older version of the dossier",
            f"run: claimpos schema party --for-agenda --positions {folder} "
            f"-o {quote(shown_path(path))}",
        )


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
        if piece.held.reviewed is None:
            coder = piece.held.coder
            who = f" by somebody other than {coder}" if coder else ""
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
        coder, review = piece.held.coder, piece.held.reviewed
        if review and coder.casefold() == review.by.casefold():
            message = f"this {piece.what} was reviewed by its own coder, {coder}"
            yield Diagnostic(
                piece.within("reviewed", "by"), message, "have somebody else review it"
            )
