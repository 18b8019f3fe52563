"""A party, an issue or a group by whatever name a person typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from claimpos.dossier.model import Dossier, Issue, Party, Proposal
from claimpos.errors import UnknownName


def party_named(dossier: Dossier, name: str) -> Party:
    """The party with this id, alias or name, in capitals or not; raises UnknownName."""
    held = dossier.parties.values()
    names = {known.casefold(): party.id for party in held for known in (party.name, party.label)}
    names |= {alias: party.id for party in held for alias in party.aliases}
    names |= {party.id: party.id for party in held}
    return dossier.parties[_found("party", name, names, "claimpos list parties")]


def issue_named(dossier: Dossier, name: str) -> Issue:
    """The issue with this id or title; raises UnknownName."""
    names = _titles_and_ids({issue.id: issue.title for issue in dossier.issues.values()})
    return dossier.issues[_found("issue", name, names, "claimpos list issues")]


def proposal_named(dossier: Dossier, name: str) -> Proposal:
    """The proposal with this id or title; raises UnknownName."""
    names = _titles_and_ids({one.id: one.title for one in dossier.proposals.values()})
    return dossier.proposals[_found("proposal", name, names, "claimpos list proposals")]


def group_named(dossier: Dossier, name: str) -> str:
    """The id of the group with this id or title; raises UnknownName."""
    return _found("group", name, _titles_and_ids(dossier.groups), "claimpos list issues")


def _titles_and_ids(titles: Mapping[str, str]) -> dict[str, str]:
    """The id that a title or an id stands for; an id stands for itself, whatever the titles."""
    return {title.casefold(): key for key, title in titles.items()} | {key: key for key in titles}


def _found(kind: str, name: str, names: Mapping[str, str], remedy: str) -> str:
    found = names.get(name.casefold())
    if found is None:
        near = dict.fromkeys(names[one] for one in nearest(name, names))
        raise UnknownName(kind, name, list(near), remedy)
    return found


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """Up to three known names that look like this one, the likest first."""
    from difflib import get_close_matches

    return get_close_matches(name.casefold(), list(known), n=3, cutoff=0.6)
