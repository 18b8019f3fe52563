"""The texts of sources, from files that the user names, and checks of locators in them."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from claimpos.dossier.files import read_named
from claimpos.dossier.findings import Finding, in_order, shown_path
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.lookup import nearest
from claimpos.dossier.model import Dossier
from claimpos.dossier.paragraphs import paragraphs_of
from claimpos.errors import UnknownName, WrongUsage
from claimpos.validation.checking import located
from claimpos.validation.rules.rule import Diagnostic, Place, Rule, at_statement


def texts_at(written: Sequence[str], dossier: Dossier) -> dict[str, str]:
    """The texts of sources, from arguments `SOURCE=FILE` or folders of files SOURCE.txt.

    Raises:
        UnknownName: A source is not in the dossier.
        WrongUsage: An argument has another form, a file cannot be read, or they are too large.
    """
    texts: dict[str, str] = {}
    left = limit("texts-bytes")

    def bounded(path: Path) -> str:
        nonlocal left
        content = read_named(path)
        left -= len(content)
        if left < 0:
            raise WrongUsage(
                f"the texts are larger than {limit('texts-bytes'):,} bytes in all; name fewer "
                f"or, {how_to_raise('texts-bytes')}"
            )
        return _decoded(content, path)

    for one in written:
        source, sign, file = one.partition("=")
        if sign and source not in dossier.sources:
            near = nearest(source, dossier.sources)
            raise UnknownName("source", source, near, "claimpos list sources")
        if sign:
            texts[source] = bounded(Path(file))
        elif os.path.isdir(one):
            found = {path.stem: path for path in sorted(Path(one).glob("*.txt"))}
            texts |= {name: bounded(found[name]) for name in found if name in dossier.sources}
        else:
            raise WrongUsage(f"“{one}” is neither SOURCE=FILE nor a folder of texts")
    return texts


def text_of_file(path: Path) -> str:
    """The text of a file that the user names; raises WrongUsage if it cannot be read."""
    return _decoded(read_named(path), path)


def _decoded(content: bytes, path: Path) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongUsage(f"“{shown_path(path)}” is not UTF-8") from error


# ---- locators ----

_NUMBER = r"[0-9]{1,6}|[ivxlc]{1,8}"
_LABELLED = re.compile(rf"\b([a-z]+)s?\.? ((?:{_NUMBER})(?:(?:, | and | to |–|-)(?:{_NUMBER}))*)\b")
_IN_TEXT = re.compile(rf"(?:^|(?<=[\s(§]))({_NUMBER})(?=[.):\s]|$)", re.MULTILINE)
_PARAGRAPHS = frozenset({"par", "para", "paragraph", "pars", "paras", "paragraphs"})
_UNCHECKED = frozenset({"p", "pp", "page", "pages", "line", "lines", "min", "minute", "minutes"})


class _Located(NamedTuple):
    """A locator, its source, and its place in the dossier."""

    place: Place
    source: str
    locator: str


def locators_not_found(dossier: Dossier, texts: Mapping[str, str], folder: Path) -> list[Finding]:
    """The findings for locators that are not in their sources' texts, which are given by id."""
    rule = Rule("CP507", "warning", _mislocated)
    return in_order(
        [*located(((rule, diagnostic) for diagnostic in rule.check(dossier, texts)), folder)]
    )


def has_locators(dossier: Dossier, texts: Mapping[str, str]) -> bool:
    """Whether any locator is for one of these texts."""
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
                place = at_statement(party.id, statement.id, "locator")
                yield _Located(place, statement.source.id, statement.locator)
    for proposal in dossier.proposals.values():
        for issue, term in proposal.terms.items():
            if term.locator and proposal.source is not None:
                place = Place(f"proposals/{proposal.id}.yaml", ("terms", issue, "locator"))
                yield _Located(place, proposal.source.id, term.locator)


class _Text:
    """What locators can name in a text, worked out once."""

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
