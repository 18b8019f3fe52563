"""Upkeep: old positions, issues that are the same, and what nobody has reviewed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from claimpos.dossier.findings import shown_path
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.model import Party
from claimpos.validation.rules.rule import Diagnostic, Place, Scope, at, pieces_of, warning

AGED, UNREVIEWED = "CP601", "CP607"

_LONG_ENOUGH = 8
_TOO_LONG = 100  # the forms of a longer title with one letter missing take too much memory

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
            words = frozenset(map(_singular, _plain(text).split())) - fillers
            first = seen.setdefault(words, issue.id)
            alike = _plain(scope.dossier.issues[first].title) == _plain(issue.title)
            if first != issue.id and words and not (field == "title" and alike):
                yield Diagnostic(
                    Place("agenda.yaml", ("issues", issue.id, field)),
                    f"the {field} is the same as that of “{first}”",
                    "merge the two issues, or reword them so that they differ",
                )


@warning(603)
def same_title(scope: Scope) -> Iterator[Diagnostic]:
    """CP603 warning: two titles that differ only in spelling

    For issues, groups, and the options or items of one issue. They differ only in capital letters,
    accents, hyphens and spaces or, in titles of 8 to 100 letters without figures, in one letter.

    FAIL agenda.yaml
        title: T
        groups: {g: G}
        issues:
          cap: {title: Labour costs, question: Which cap?, group: g, kind: quantity, unit: euro}
          pay: {title: Labor costs, question: How much?, group: g, kind: quantity, unit: euro}
    PASS agenda.yaml
        title: T
        groups: {g: G}
        issues:
          cap: {title: Labour costs, question: Which cap?, group: g, kind: quantity, unit: euro}
          pay: {title: Wages, question: How much?, group: g, kind: quantity, unit: euro}
    """
    dossier = scope.dossier
    spelt = _Spelt()
    titles = {issue.id: issue.title for issue in dossier.issues.values()}
    yield from spelt.alike(titles, ("issues",), ("title",))
    yield from spelt.alike(dossier.groups, ("groups",), ())
    for issue in dossier.issues.values():
        yield from spelt.alike(issue.options, ("issues", issue.id, "options"), ())
        yield from spelt.alike(issue.items, ("issues", issue.id, "items"), ())


class _Spelt:
    """Compares titles, letter by letter until the limit on letters is reached."""

    def __init__(self) -> None:
        self.letters = 0
        self.most = limit("title-letters")

    def alike(
        self, titles: Mapping[str, str], before: tuple[str, ...], after: tuple[str, ...]
    ) -> Iterator[Diagnostic]:
        """Report titles at most one letter apart, which share a form with a letter missing."""
        seen: dict[str, str] = {}
        for key, title in titles.items():
            place = Place("agenda.yaml", (*before, key, *after))
            forms = self.forms(title)
            other = next((seen[form] for form in forms if form in seen), None)
            if other is not None:
                yield Diagnostic(
                    place,
                    f"“{title}” differs from “{titles[other]}” only in spelling",
                    "merge the two, or give them titles that tell them apart",
                )
            for form in forms:
                seen.setdefault(form, key)
            if len(forms) > 1 and self.letters > self.most:
                yield Diagnostic(
                    place,
                    f"after {self.most:,} letters, titles one letter apart are not looked for",
                    how_to_raise("title-letters"),
                )

    def forms(self, title: str) -> list[str]:
        """A title's letters and, if it is long enough, the forms with one letter missing."""
        letters = _plain(title).replace(" ", "")
        several = _LONG_ENOUGH <= len(letters) <= _TOO_LONG and not re.search(r"\d", letters)
        if not several or self.letters > self.most:
            return [letters]
        self.letters += len(letters)
        return [letters, *(letters[:at] + letters[at + 1 :] for at in range(len(letters)))]


def _plain(text: str) -> str:
    """A text's words in small letters, without accents."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = (letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", "".join(kept)))


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
