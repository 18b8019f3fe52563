"""Upkeep: old positions, issues that are the same, and what nobody has reviewed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from claimpos.dossier.findings import shown_path
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.locate import file_of
from claimpos.dossier.looks import as_read, looks, mixed_words, site_of
from claimpos.dossier.model import Dossier, Party
from claimpos.dossier.parsing.printable import named
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
    Titles that a reader cannot tell apart are reported, too, as in CP309: of these, of proposals,
    of offers of one party, of sources with the same publisher and date, and the names of speakers
    of one party with the same role.

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
    spelt = _Spelt()
    for titles in _titles_of_agenda(scope.dossier):
        yield from spelt.alike(titles, spelt.forms)
    for titles in _titles_elsewhere(scope.dossier):
        yield from spelt.alike(titles, looks)


_Titles = dict[Place, str]


def _titles_of_agenda(dossier: Dossier) -> Iterator[_Titles]:
    """The titles that the agenda gives to things of one kind, each with its place."""

    def titles(of: Mapping[str, str], *steps: str) -> _Titles:
        return {Place("agenda.yaml", (*steps, key)): title for key, title in of.items()}

    issues = dossier.issues.values()
    yield {Place("agenda.yaml", ("issues", one.id, "title")): one.title for one in issues}
    yield titles(dossier.groups, "groups")
    for issue in issues:
        yield titles(issue.options, "issues", issue.id, "options")
        yield titles(issue.items, "issues", issue.id, "items")


def _titles_elsewhere(dossier: Dossier) -> Iterator[_Titles]:
    """What reports call proposals, sources, and a party's offers and speakers, with its places."""
    drafts, sources = dossier.proposals.values(), dossier.sources
    yield {Place(f"proposals/{one.id}.yaml", ("title",)): one.title for one in drafts}
    cited = {key: f"{one.title} ({one.publisher}, {one.date.text})" for key, one in sources.items()}
    yield {Place("sources.yaml", ("sources", key, "title")): text for key, text in cited.items()}
    for party in dossier.parties.values():
        file, offers, speakers = file_of(party.id), party.offers, party.speakers
        yield {Place(file, ("offers", key, "title")): one.title for key, one in offers.items()}
        who = {key: one.name + f" ({one.role})" * bool(one.role) for key, one in speakers.items()}
        yield {Place(file, ("speakers", key, "name")): text for key, text in who.items()}


class _Spelt:
    """Compares titles, letter by letter until the limit on letters is reached."""

    def __init__(self) -> None:
        self.letters = 0
        self.most = limit("title-letters")

    def alike(
        self, titles: _Titles, forms_of: Callable[[str], Iterable[str]]
    ) -> Iterator[Diagnostic]:
        """Report titles that share a form: how they look, or their letters but one."""
        seen: dict[str, str] = {}
        for place, title in titles.items():
            within = self.letters <= self.most
            forms = [*forms_of(title)]
            other = next((seen[form] for form in forms if form in seen), None)
            if other is not None:
                hint = "merge the two, or give them titles that tell them apart"
                yield Diagnostic(place, _how_alike(title, other), hint)
            for form in forms:
                seen.setdefault(form, title)
            if within and self.letters > self.most:
                yield Diagnostic(
                    place,
                    f"after {self.most:,} letters, titles one letter apart are not looked for",
                    how_to_raise("title-letters"),
                )

    def forms(self, title: str) -> list[str]:
        """A title's letters, how it looks and, if long enough, the forms with a letter missing."""
        letters = _plain(title).replace(" ", "") or title
        forms = [letters, *looks(title)]
        several = _LONG_ENOUGH <= len(letters) <= _TOO_LONG and not re.search(r"\d", letters)
        if not several or self.letters > self.most:
            return forms
        self.letters += len(letters)
        return forms + [letters[:at] + letters[at + 1 :] for at in range(len(letters))]


def _how_alike(title: str, other: str) -> str:
    if title == other:
        return f"“{title}” appears twice"
    if _plain(title) != _plain(other) and looks(title) & looks(other):
        return f"“{title}” looks like “{other}”"
    return f"“{title}” differs from “{other}” only in spelling"


def _plain(text: str) -> str:
    """A text's words in small letters, without accents."""
    letters = text.casefold()
    if not letters.isascii():
        from unicodedata import combining, normalize

        letters = "".join(one for one in normalize("NFKD", letters) if not combining(one))
    return " ".join(re.findall(r"\w+", letters))


def _singular(word: str) -> str:
    return word.removesuffix("s") if len(word) > 3 else word


@warning(609)
def mixed_scripts(scope: Scope) -> Iterator[Diagnostic]:
    """CP609 warning: a word of a name, a title or an address in letters of two scripts

    A Cyrillic or Greek letter that looks like a Latin one, in a word with Latin letters: such a
    word looks like another, and is not found by a search for it. Of addresses, the name of the site
    is looked at, as browsers show it.

    FAIL
        name: The c\u0430se
    PASS
        name: The case
    """
    dossier = scope.dossier
    names = {Place(file_of(key), ("name",)): one.name for key, one in dossier.parties.items()}
    shorts = {
        Place(file_of(key), ("short",)): one.short
        for key, one in dossier.parties.items()
        if one.short != one.name
    }
    sites = {
        Place("sources.yaml", ("sources", key, field)): as_read(site_of(address))
        for key, one in dossier.sources.items()
        for field, address in (("url", one.url), ("archived", one.archived))
    }
    others = (*_titles_of_agenda(dossier), *_titles_elsewhere(dossier))
    for titles in (names, shorts, sites, *others):
        for place, title in titles.items():
            for word, letter in mixed_words(title):
                yield Diagnostic(
                    place,
                    f"“{word}” mixes Latin letters with “{letter}”, {named(letter)}",
                    "write the word in letters of one script",
                )


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
