"""A party, an issue or a group by whatever name a person typed."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from claimpos.dossier.model import Dossier, Issue, Party, Proposal
from claimpos.errors import UnknownName


def party_named(dossier: Dossier, name: str) -> Party:
    """The party with this id, alias or name, in capitals or not; raises UnknownName."""
    if (found := dossier.parties.get(name.casefold())) is not None:
        return found
    held = dossier.parties.values()
    names = {known.casefold(): party.id for party in held for known in (party.name, party.label)}
    names |= {alias: party.id for party in held for alias in party.aliases}
    return dossier.parties[_found(dossier, "party", name, names, "claimpos list parties")]


def issue_named(dossier: Dossier, name: str) -> Issue:
    """The issue with this id or title; raises UnknownName."""
    names = _titles_and_ids({issue.id: issue.title for issue in dossier.issues.values()})
    return dossier.issues[_found(dossier, "issue", name, names, "claimpos list issues")]


def proposal_named(dossier: Dossier, name: str) -> Proposal:
    """The proposal with this id or title; raises UnknownName."""
    if (found := dossier.proposals.get(name.casefold())) is not None:
        return found
    names = _titles_and_ids({one.id: one.title for one in dossier.proposals.values()})
    return dossier.proposals[_found(dossier, "proposal", name, names, "claimpos list proposals")]


def group_named(dossier: Dossier, name: str) -> str:
    """The id of the group with this id or title; raises UnknownName."""
    names = _titles_and_ids(dossier.groups)
    return _found(dossier, "group", name, names, "claimpos list issues")


def _titles_and_ids(titles: Mapping[str, str]) -> dict[str, str]:
    """The id that a title or an id stands for; an id stands for itself, whatever the titles."""
    return {title.casefold(): key for key, title in titles.items()} | {key: key for key in titles}


def _found(dossier: Dossier, kind: str, name: str, names: Mapping[str, str], remedy: str) -> str:
    found = names.get(name.casefold())
    if found is None:
        instead = _what_else(dossier, name.casefold())
        near = dict.fromkeys(names[one] for one in nearest(name, names))
        raise UnknownName(kind, name, [] if instead else list(near), remedy, instead)
    return found


def _what_else(dossier: Dossier, name: str) -> str:
    """What else of the dossier has this id, as the end of the message; nothing if none has."""
    kinds: dict[str, Container[str]] = {
        "a party": {
            one for party in dossier.parties.values() for one in (party.id, *party.aliases)
        },
        "an issue": dossier.issues,
        "a group of issues": dossier.groups,
        "a proposal": dossier.proposals,
        "a source": dossier.sources,
    }
    return next((f": that is {kind}" for kind, ids in kinds.items() if name in ids), "")


# How much less alike than the likest a name may be, and still be meant.
_LESS_ALIKE = 0.1


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """Up to three known names that look like this one, the likest first, all about as like."""
    from difflib import SequenceMatcher

    from claimpos.dossier.close_names import likest

    asked = name.casefold()
    written = {one.casefold(): one for one in known}
    near = likest(asked, written, 3)
    alike = [SequenceMatcher(None, one, asked).ratio() for one in near]
    return [
        written[one]
        for one, ratio in zip(near, alike, strict=True)
        if ratio > alike[0] - _LESS_ALIKE
    ]
