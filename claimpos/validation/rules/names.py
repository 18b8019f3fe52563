"""Names and titles that a reader cannot tell apart, or takes for something else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.locate import file_of, party_of
from claimpos.dossier.looks import (
    PUNYCODE,
    as_read,
    clause_ends,
    looks,
    mixed_words,
    site_of,
    unaccented,
    without_articles,
)
from claimpos.dossier.model import Dossier, Party
from claimpos.dossier.parsing.printable import named
from claimpos.validation.rules.rule import Diagnostic, Place, Scope, warning

_LONG_ENOUGH = 8
_TOO_LONG = 100  # the forms of a longer title with one letter missing take too much memory

_NOUNS = ["offer", "demand"]  # and verbs
_VERBS = {
    verb + ending
    for verb in [*_NOUNS, "accept", "insist", "propose", "refuse", "reject", "agree"]
    for ending in ("", "s")
} | {
    *("accepted", "agreed", "backs", "calls", "concedes", "could", "did", "does", "has", "have"),
    *("is", "rejected", "says", "supports", "wants", "yields"),
}
_PHRASES = r"(?i)\b(?:as of|newest evidence|rules? out|leaves? open|goes? (?:up|down) to)\b"
_BEFORE_NOUNS = r"an?|about|at|by|for|from|in|of|on|the|to|with"
# What reports call parties and verdicts without naming any, and what readers would.
_WORDS_OF_REPORTS = """
a all and any anybody anyone at both but conflict conflicts consensus demands each eight either
else every everybody everyone five former four he it itself latter line lines most neither nine no
no-one nobody none nor not nothing of one open or other others outcome outcomes overlap overlaps
parties party position red rest same settled seven she side sides signatories six some somebody ten
that the them they this three two unanimity undecided unknown unresolved we which whoever yes you
- – — ?
"""
# “No party”, “the other side”
_QUANTITY = (
    r"(?:all|any|both|each|either|every|most|neither|no|one|other|some) "
    r"(?:delegation|member|outcome|part(?:y|ie)|side)s?\b|\d[\d.,]* ?(?:per ?cent|%)"
)
_ADVERBS = (
    r"(?i)\b(?:alone|also|barely|both|hardly|never|no longer|no more|not|now|only|too|which)\Z"
    r"|\A(?:at least|but|even|no longer|not|only)\b"
)
# Signs between names, and words such as “and”, of a few languages, too.
_JOINTS = (
    r"[,/+&|~·•⁄∕⧸⁊→–—]+ ?(?:(?:and|with|or) )?| - "
    r"| \(?(?:and|as well as|but|nor|or|plus|with|und|et|y|og|och|и|та) "
)
_BETWEEN_WORDS = r"[\s/–—]+"
_MARKS = r"(?i)\(inferred\b|\bas (?:a )?members? of\b|\bon conditions\b|\bwithout conditions\b"


@warning(603)
def same_title(scope: Scope) -> Iterator[Diagnostic]:
    """CP603 warning: two titles that differ only in spelling

    For issues, groups, and the options or items of one issue. They differ only in capital letters,
    accents, hyphens and spaces or, in titles of 8 to 100 letters without figures, in one letter.
    Titles that a reader cannot tell apart are reported, too, as in CP309: of these, of proposals,
    of offers of one party, of sources with the same publisher and date, and the names of speakers
    of one party with the same role. So is the title of an issue, a group, an option or an item that
    is the id of another: `--issue` and tables name them by both.

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
        yield from _called_as_another(titles)
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


def _called_as_another(titles: _Titles) -> Iterator[Diagnostic]:
    """Report titles of the agenda that are the ids of other things of their kind."""
    own = {place: str(place.steps[1 if len(place.steps) == 3 else -1]) for place in titles}
    ids = {plain_words(key): key for key in own.values()}
    for place, title in titles.items():
        other = ids.get(plain_words(title), own[place])
        if other != own[place]:
            hint = "give it a title of its own, or rename the id"
            yield Diagnostic(place, f"“{title}” is the id of another, “{other}”", hint)


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
        letters = plain_words(title).replace(" ", "") or title
        forms = [letters, *looks(title)]
        several = _LONG_ENOUGH <= len(letters) <= _TOO_LONG and not re.search(r"\d", letters)
        if not several or self.letters > self.most:
            return forms
        self.letters += len(letters)
        return forms + [letters[:at] + letters[at + 1 :] for at in range(len(letters))]


def _how_alike(title: str, other: str) -> str:
    if title == other:
        return f"“{title}” appears twice"
    if plain_words(title) != plain_words(other) and looks(title) & looks(other):
        return f"“{title}” looks like “{other}”"
    return f"“{title}” differs from “{other}” only in spelling"


def plain_words(text: str) -> str:
    """A text's words in small letters, without accents."""
    return " ".join(re.findall(r"\w+", unaccented(text).casefold()))


def names_of_parties(dossier: Dossier) -> _Titles:
    """The names and short names of the parties."""
    return {
        Place(file_of(key), (field,)): name
        for key, one in dossier.parties.items()
        for field, name in (("name", one.name), ("short", one.short))
        if field == "name" or name != one.name
    }


@warning(609)
def mixed_scripts(scope: Scope) -> Iterator[Diagnostic]:
    """CP609 warning: a word of a name, a title or an address in letters of two scripts

    A letter of another alphabet, such as Cyrillic or Cherokee, in a word with Latin letters: such a
    word looks like another, and is not found by a search for it. Of addresses, the name of the site
    is looked at, as browsers show it.

    FAIL
        name: The c\u0430se
    PASS
        name: The case
    """
    dossier = scope.dossier
    sites = {
        Place("sources.yaml", ("sources", key, field)): as_read(site_of(address))
        for key, one in dossier.sources.items()
        for field, address in (("url", one.url), ("archived", one.archived))
        if not address.isascii() or PUNYCODE in address.lower()
    }
    others = (*_titles_of_agenda(dossier), *_titles_elsewhere(dossier))
    for titles in (names_of_parties(dossier), sites, *others):
        for place, title in titles.items():
            for word, letter in mixed_words(title):
                yield Diagnostic(
                    place,
                    f"“{word}” mixes Latin letters with “{letter}”, {named(letter)}",
                    "write the word in letters of one script",
                )


@warning(610)
def misleading_name(scope: Scope) -> Iterator[Diagnostic]:
    """CP610 warning: a party's name that reads like the words of a report

    In a sentence, such a name would seem to say who accepts what, or to be a verdict: it holds a
    sign that ends a clause, a verb such as “accepts” or “leaves open”, or a mark such as
    “(inferred)”; it begins or ends with a word such as “even” or “alone”; it consists of words
    such as “both”, “no party”, “a red line” or “conflict”; or it joins the names of parties that
    are not its members.

    FAIL
        name: The case accepts all; the user
    PASS
        name: The case
    """
    dossier = scope.dossier
    owners = {
        without_articles(unaccented(name)).casefold(): key
        for key, one in dossier.parties.items()
        for name in (one.name, one.short)
    }
    for place, name in names_of_parties(dossier).items():
        party = dossier.parties[party_of(place.file)]
        if why := _likeness(name) or _joined_others(name, party, owners):
            hint = "choose a name, or a `short`, that can only be a name"
            yield Diagnostic(place, f"the name “{name}” {why}", hint)


def _likeness(name: str) -> str:
    """Why a name reads like a report, if it does."""
    name = " ".join(unaccented(name).split())
    words = re.split(_BETWEEN_WORDS, name)
    plain = " ".join(without_articles(name).casefold().split())
    if {*plain.split()} <= {*_WORDS_OF_REPORTS.split()} or re.match(_QUANTITY, plain):
        return "is what reports say"
    found = [*_verbs_in(words), *clause_ends(words)]
    marks = (re.search(pattern, name) for pattern in (_MARKS, _ADVERBS, _PHRASES))
    found += [mark[0] for mark in marks if mark]
    return f"reads like words of a report, because of “{found[0]}”" if found else ""


def _verbs_in(words: Sequence[str]) -> Iterator[str]:
    """The words that are verbs of a report, unless they can only be nouns."""
    plain = [word.strip(",;:.!?()[]“”‘’'\"").casefold() for word in words]
    for number, (word, written) in enumerate(zip(plain, words, strict=True)):
        follows = number > 0 and bool(re.fullmatch(_BEFORE_NOUNS, plain[number - 1]))
        ends = number == len(plain) - 1 and word.removesuffix("s") in _NOUNS
        if word in _VERBS and not follows and not ends:
            yield written


def _joined_others(name: str, party: Party, owners: Mapping[str, str]) -> str:
    """Why a name reads like several, if it joins those of parties that are not its members."""
    parts = re.split(_JOINTS, " ".join(unaccented(name).split()))
    pieces = [part.strip(" ()") for part in parts if part]
    pieces += re.findall(r"\(([^()]*)\)", name)
    others = (owners.get(without_articles(piece).casefold()) for piece in pieces)
    known = [other for other in others if other not in (None, party.id, *party.members)]
    if len(pieces) < 2 or not known:
        return ""
    return f"reads like several, one of which is the party “{known[0]}”"
