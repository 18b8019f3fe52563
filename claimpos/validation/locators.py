"""Each locator of a dossier, looked up in the text of its source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from claimpos.dossier.findings import Finding, in_order
from claimpos.dossier.locate import file_of
from claimpos.dossier.model import Dossier
from claimpos.dossier.paragraphs import paragraphs_of
from claimpos.validation.checking import located
from claimpos.validation.rules.rule import Diagnostic, Place, Rule

_NUMBER = r"[0-9]{1,6}|[ivxlc]{1,8}"
_LABELLED = re.compile(rf"\b([a-z]+)s?\.? ((?:{_NUMBER})(?:(?:, | and | to |–|-)(?:{_NUMBER}))*)\b")
_IN_TEXT = re.compile(rf"(?:^|(?<=[\s(§]))({_NUMBER})(?=[.):\s]|$)", re.MULTILINE)
_PARAGRAPHS = frozenset({"par", "para", "paragraph", "pars", "paras", "paragraphs"})
_UNCHECKED = frozenset({"p", "pp", "page", "pages", "line", "lines", "min", "minute", "minutes"})


class _Located(NamedTuple):
    """A locator, and where in the dossier it stands."""

    place: Place
    source: str
    locator: str


def locators_not_found(dossier: Dossier, texts: Mapping[str, str], folder: Path) -> list[Finding]:
    """The locators that the texts at hand do not have; `texts` holds them by their sources' ids."""
    rule = Rule("CP507", "warning", _mislocated)
    return in_order([*located(((rule, told) for told in rule.check(dossier, texts)), folder)])


def has_locators(dossier: Dossier, texts: Mapping[str, str]) -> bool:
    """Whether any locator leads into a text at hand."""
    return any(one.source in texts for one in _locators(dossier))


def _mislocated(dossier: Dossier, texts: Mapping[str, str]) -> Iterator[Diagnostic]:
    known: dict[str, _Text] = {}
    for one in _locators(dossier):
        if one.source in texts:
            if one.source not in known:
                known[one.source] = _Text(texts[one.source])
            if not known[one.source].has(one.locator):
                yield Diagnostic(
                    one.place,
                    f"the text of “{one.source}” has no “{one.locator}”",
                    "correct the locator, or write one that the text has",
                )


def _locators(dossier: Dossier) -> Iterator[_Located]:
    for party in dossier.parties.values():
        for statement in party.statements.values():
            if statement.locator:
                place = Place(file_of(party.id), ("statements", statement.id, "locator"))
                yield _Located(place, statement.source.id, statement.locator)
    for proposal in dossier.proposals.values():
        for issue, term in proposal.terms.items():
            if term.locator and proposal.source is not None:
                place = Place(f"proposals/{proposal.id}.yaml", ("terms", issue, "locator"))
                yield _Located(place, proposal.source.id, term.locator)


class _Text:
    """What a text has that locators can name, worked out once."""

    def __init__(self, text: str) -> None:
        self.text = " ".join(text.casefold().split())
        self.paragraphs = len(paragraphs_of(text))
        self.numbers = set(_IN_TEXT.findall(text.casefold()))
        self._known: dict[str, bool] = {}

    def has(self, locator: str) -> bool:
        plain = " ".join(locator.casefold().split())
        if plain not in self._known:
            self._known[plain] = self._has(plain)
        return self._known[plain]

    def _has(self, locator: str) -> bool:
        labelled = _LABELLED.findall(locator)
        if not labelled:
            return locator in self.text
        return all(
            self._has_number(word, number)
            for word, numbers in labelled
            for number in re.findall(_NUMBER, numbers)
        )

    def _has_number(self, word: str, number: str) -> bool:
        if word in _UNCHECKED:
            return True
        if word in _PARAGRAPHS and number.isdigit() and int(number) <= self.paragraphs:
            return True
        return number in self.numbers
