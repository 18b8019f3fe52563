"""Which parties and which speakers of a dossier a text names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from claimpos.dossier.model import Dossier, Party, Speaker

_WORD = re.compile(r"\w+")
_SHORTEST = 3


def parties_named(dossier: Dossier, paragraphs: Sequence[str]) -> list[Party]:
    """The parties that negotiate and are named in a text, or whose speakers are; else all."""
    text = _words(" ".join(paragraphs))
    folded = text.casefold()
    parties = [dossier.parties[party] for party in dossier.negotiating]
    named = [
        party
        for party in parties
        if any(
            name in text if len(name.strip()) <= _SHORTEST else name.casefold() in folded
            for name in map(_words, (*names_of(party), *_last_names(party)))
        )
    ]
    return named or parties


def _words(text: str) -> str:
    """The words of a text, each between blanks."""
    return f" {' '.join(_WORD.findall(text))} "


def names_of(party: Party) -> Iterator[str]:
    """What a party is called."""
    yield from (party.name, party.label)
    for alias in (party.id, *party.aliases):
        yield alias.upper() if len(alias) <= _SHORTEST else alias


def last_name(speaker: Speaker) -> str:
    """The last word of a speaker's name; empty if it is too short to be looked for."""
    words = _WORD.findall(speaker.name)
    return words[-1] if words and len(words[-1]) >= _SHORTEST else ""


def _last_names(party: Party) -> Iterator[str]:
    yield from filter(None, map(last_name, party.speakers.values()))


def speakers_by_name(dossier: Dossier) -> dict[str, list[tuple[str, Speaker]]]:
    """Each speaker, with the id of the party, by the last word of the name in small letters."""
    speakers: dict[str, list[tuple[str, Speaker]]] = {}
    for party in dossier.parties.values():
        for speaker in party.speakers.values():
            if last := last_name(speaker):
                speakers.setdefault(last.casefold(), []).append((party.id, speaker))
    return speakers


def speakers_named(
    paragraph: str, speakers: Mapping[str, Sequence[tuple[str, Speaker]]]
) -> list[tuple[str, Speaker]]:
    """The speakers whose last name a paragraph holds, in its order."""
    words = dict.fromkeys(_WORD.findall(paragraph.casefold()))
    return [one for word in words for one in speakers.get(word, ())]
