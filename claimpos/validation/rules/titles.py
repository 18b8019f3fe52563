"""Rules on titles that tables and headings show as they are."""

from __future__ import annotations

from collections.abc import Iterator

from claimpos.dossier.looks import clause_ends, has_marks, unaccented
from claimpos.dossier.model import Dossier
from claimpos.validation.rules.names import names_of_parties
from claimpos.validation.rules.rule import Diagnostic, Place, Scope, warning

# Each between blanks; brackets count as blanks.
_OF_SENTENCES = (
    *(", which", ", who", ", that", ", so", "as of", "own words", "inferred"),
    *("accepts", "agrees", "insists", "proposes", "refuses", "rejects"),
    *("has accepted", "has agreed", "has dropped", "has rejected"),
)
_BLANKS = str.maketrans("()[]", "    ")
_SINGLE = str.maketrans("", "", "\u2018\u2019")


@warning(612)
def like_a_sentence(scope: Scope) -> Iterator[Diagnostic]:
    """CP612 warning: a title that reads like a sentence of a report, or quotes

    Tables and headings show the titles of texts, issues and sub-issues as they are, so such a title
    would seem to say what a party wants: one with a sign that ends a clause, or with a word such as
    “accepts” or “, which”. Quotation marks are for somebody's own words; they are reported in
    names of parties, groups of issues and publishers, too.

    FAIL agenda.yaml
        title: T
        groups: {g: G}
        issues:
          cap: {title: Cap; the user accepts, question: A?, group: g, kind: quantity, unit: euro}
    PASS agenda.yaml
        title: T
        groups: {g: G}
        issues:
          cap: {title: Cap on labour costs, question: A?, group: g, kind: quantity, unit: euro}
    """
    titles = dict(_titles(scope.dossier))
    for place, title in titles.items():
        found = [*clause_ends(title.split()), *_of_sentences(title)]
        if found:
            why = found[0].strip(", ")
            yield Diagnostic(
                place,
                f"the title “{title}” reads like words of a report, because of “{why}”",
                "choose one that can only be a title",
            )
    for place, title in {**titles, **_others(scope.dossier)}.items():
        if has_marks(title.translate(_SINGLE)):
            yield Diagnostic(
                place,
                f"“{title}” has quotation marks, which reports have around somebody's own words",
                "leave them out, or write ‘ and ’",
            )


def _of_sentences(title: str) -> list[str]:
    small = unaccented(title).casefold().translate(_BLANKS).replace(",", " , ")
    between = f" {' '.join(small.split())} "
    return [one for one in _OF_SENTENCES if f" {one} " in between]


def _titles(dossier: Dossier) -> Iterator[tuple[Place, str]]:
    """The titles of texts, issues and sub-issues, each with its place."""
    for proposal in dossier.proposals.values():
        yield Place(f"proposals/{proposal.id}.yaml", ("title",)), proposal.title
    for key, issue in dossier.issues.items():
        yield Place("agenda.yaml", ("issues", key, "title")), issue.title
        for item, title in issue.items.items():
            yield Place("agenda.yaml", ("issues", key, "items", item)), title


def _others(dossier: Dossier) -> dict[Place, str]:
    """The names of parties, groups of issues and publishers, by their places."""
    publishers = {key: one.publisher for key, one in dossier.sources.items()}
    return {
        **names_of_parties(dossier),
        **{Place("agenda.yaml", ("groups", key)): title for key, title in dossier.groups.items()},
        **{
            Place("sources.yaml", ("sources", key, "publisher")): one
            for key, one in publishers.items()
        },
    }
