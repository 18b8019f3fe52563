"""Finds parties, issues and so on by the name that a user typed, and makes ids from names."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence

from claimpos.dossier.looks import normal_form
from claimpos.dossier.model import Dossier, Issue, Party, Proposal, Source, Statement
from claimpos.errors import UnknownName


def party_named(dossier: Dossier, name: str) -> Party:
    """The party with this id, alias or name, whatever the capitals; raises UnknownName."""
    if (found := dossier.parties.get(name.casefold())) is not None:
        return found
    held = dossier.parties.values()
    names = {known.casefold(): party.id for party in held for known in (party.name, party.label)}
    names |= {alias: party.id for party in held for alias in party.aliases}
    renamed = [party.id for party in held if name.casefold() in party.formerly]
    remedy = "claimpos list parties"
    return dossier.parties[_id_of(dossier, "party", name, names, remedy, renamed=renamed)]


def issue_named(dossier: Dossier, name: str) -> Issue:
    """The issue with this id or title; raises UnknownName."""
    names = _titles_and_ids({issue.id: issue.title for issue in dossier.issues.values()})
    asked, remedy = name.casefold(), "claimpos list issues"
    renamed = [issue.id for issue in dossier.issues.values() if asked in issue.formerly]
    return dossier.issues[_id_of(dossier, "issue", name, names, remedy, renamed=renamed)]


def proposal_named(dossier: Dossier, name: str) -> Proposal:
    """The proposal with this id or title; raises UnknownName."""
    if (found := dossier.proposals.get(name.casefold())) is not None:
        return found
    held = dossier.proposals.values()
    names = _titles_and_ids({one.id: one.title for one in held})
    asked = name.casefold()
    from_source = [one.id for one in held if one.source is not None and one.source.id == asked]
    remedy = "claimpos list proposals"
    return dossier.proposals[_id_of(dossier, "proposal", name, names, remedy, from_source)]


def source_named(dossier: Dossier, name: str) -> Source:
    """The source with this id or title; raises UnknownName."""
    names = _titles_and_ids({one.id: one.title for one in dossier.sources.values()})
    return dossier.sources[_id_of(dossier, "source", name, names, "claimpos list sources")]


def speakers_named(dossier: Dossier, name: str) -> set[tuple[str, str]]:
    """The party and the id of each speaker with this id or name; raises UnknownName.

    Several parties may have a speaker of the same id or name.
    """
    speakers = [
        (party.id, speaker)
        for party in dossier.parties.values()
        for speaker in party.speakers.values()
    ]
    asked = name.casefold()
    found = {
        (party, speaker.id)
        for party, speaker in speakers
        if asked in (speaker.id, speaker.name.casefold())
    }
    if not found:
        known = dict.fromkeys(one for _, speaker in speakers for one in (speaker.id, speaker.name))
        remedy = "claimpos list statements"
        raise UnknownName("speaker", name, nearest(name, known), remedy)
    return found


def statements_named(dossier: Dossier, name: str) -> list[tuple[Party, Statement]]:
    """The statements with this id, each with its party; none if there is no such id.

    A name such as `russia/hint` means only that party's statement.
    """
    party, _, key = name.casefold().rpartition("/")
    return [
        (one, one.statements[key])
        for one in dossier.parties.values()
        if key in one.statements and party in ("", one.id, *one.aliases)
    ]


def group_named(dossier: Dossier, name: str) -> str:
    """The id of the group with this id or title; raises UnknownName."""
    names = _titles_and_ids(dossier.groups)
    return _id_of(dossier, "group", name, names, "claimpos list issues")


def _titles_and_ids(titles: Mapping[str, str]) -> dict[str, str]:
    """The id for each title and each id; an id means itself, even if it is also a title."""
    return {title.casefold(): key for key, title in titles.items()} | {key: key for key in titles}


def _id_of(
    dossier: Dossier,
    kind: str,
    name: str,
    names: Mapping[str, str],
    remedy: str,
    meant: Sequence[str] = (),
    renamed: Sequence[str] = (),
) -> str:
    """The id that a name means.

    Args:
        dossier: The dossier, to tell whether the name is that of something else.
        kind: What is looked for, as the error calls it.
        name: What the user typed.
        names: The ids by every name, in small letters.
        remedy: The command that lists the names.
        meant: The ids to suggest if the name is that of something else.
        renamed: The new ids, if the name is an old one.

    Raises:
        UnknownName: There is no such name; it carries suggestions.
    """
    found = names.get(name.casefold())
    if renamed and found not in (name.casefold(), *renamed):
        raise UnknownName(kind, name, renamed, remedy, ": it was renamed")
    if found is None:
        instead = _what_else(dossier, name.casefold())
        near = meant if instead else dict.fromkeys(names[one] for one in nearest(name, names))
        raise UnknownName(kind, name, list(near), remedy, instead)
    return found


def _what_else(dossier: Dossier, name: str) -> str:
    """The end of a message: what else in the dossier has this id; else empty."""
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


# A name is suggested beside the nearest one if its similarity is lower by less than this.
_MARGIN = 0.1
# Comparing two names takes time by the square of their length. So long names are not compared; of
# very many names only those that begin as the one asked for does, and of these only those that have
# most letters in common with it, which is known in a fraction of the time.
_LONGEST = 60
_MOST, _CLOSEST = 300, 30
_STARTS = (1, 3)


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """Up to three known names that are about equally similar to this one, the most similar first.

    Capitals make no difference.
    """
    from difflib import SequenceMatcher, get_close_matches

    asked = name.casefold()
    if len(asked) > _LONGEST:
        return []
    written = {one.casefold(): one for one in known if len(one) <= _LONGEST}
    names = list(written)
    for start in _STARTS:
        if len(names) > _MOST:
            names = [one for one in names if one.startswith(asked[:start])]
    letters = SequenceMatcher(None, "", asked)

    def in_common(one: str) -> float:
        letters.set_seq1(one)
        return letters.quick_ratio()

    names = sorted(names[:_MOST], key=in_common, reverse=True)[:_CLOSEST]
    near = get_close_matches(asked, names, n=3, cutoff=0.6)
    ratios = [SequenceMatcher(None, one, asked).ratio() for one in near]
    return [
        written[one] for one, ratio in zip(near, ratios, strict=True) if ratio > ratios[0] - _MARGIN
    ]


# The scripts whose letters have a usual spelling in Latin letters.
_SPELT = ("LATIN", "GREEK", "CYRILLIC", "DIGIT", "FULLWIDTH", "CIRCLED")

DEVICES = frozenset(
    {"con", "prn", "aux", "nul"}
    | {f"{device}{number}" for device in ("com", "lpt") for number in range(1, 10)}
)
"""Names of devices on Windows, whatever the extension; no file there can have one."""


_SIGNS_OF_FIGURES = ((r"\$(?=\s?\d)|(?<=\d)\s?\$", "dollar"), (r"(?<=\d)\s?%", "per cent"))


def id_words(name: str) -> str:
    """The words of a name in small Latin letters and digits, joined by hyphens; may be empty."""
    if not name.isascii():
        from anyascii import anyascii

        name = anyascii(normal_form("NFKC", name))
    for sign, word in _SIGNS_OF_FIGURES:
        name = re.sub(sign, f" {word} ", name)
    return re.sub(r"[^a-z0-9]+", "-", name.lower().replace("'", "")).strip("-")


def is_spelt_roughly(name: str) -> bool:
    """Whether a name has letters of a script without a usual spelling in Latin letters."""
    import unicodedata

    return any(
        not unicodedata.name(letter, "").startswith(_SPELT)
        for letter in name
        if letter.isalnum() and not letter.isascii()
    )
