"""Which statements a new entry or answer rests on."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any, NamedTuple

from claimpos.curating.requests import Given
from claimpos.dossier.lookup import nearest
from claimpos.dossier.model import VERBS
from claimpos.errors import UnknownName, WrongUsage

_EACH = ""
"""What stands for each verb."""


class Cited(NamedTuple):
    """The ids of statements behind each verb; under \"\" those behind every verb that is stated."""

    statements: Mapping[str, list[str]]

    @property
    def all(self) -> list[str]:
        """All of them."""
        return list(dict.fromkeys(one for some in self.statements.values() for one in some))

    def behind(self, verb: str) -> list[str]:
        """Those behind a verb that is stated."""
        return [*self.statements.get(_EACH, ()), *self.statements.get(verb, ())]

    def by_verb(self, facts: Container[str]) -> Any:
        """The evidence of an entry with these facts, as a file holds it."""
        return evidence_of({verb: self.behind(verb) for verb in VERBS if verb in facts})


def evidence_of(grounds: Mapping[str, Iterable[str]]) -> Any:
    """A list if all verbs rest on the same statements, or else a map with a list for each."""
    lists = {verb: list(dict.fromkeys(cited)) for verb, cited in grounds.items()}
    if len({tuple(cited) for cited in lists.values()}) > 1:
        return lists
    return next(iter(lists.values()), [])


class Citations:
    """The statements added so far, by party, since the last entry or answer that took them up."""

    def __init__(self) -> None:
        self._fresh: dict[str, list[str]] = {}
        self._used: set[str] = set()

    def note(self, party: str, statement: str) -> None:
        """Note a statement that was added."""
        if party in self._used:
            self._fresh.pop(party, None)
            self._used.discard(party)
        self._fresh.setdefault(party, []).append(statement)

    def has(self, party: str) -> bool:
        """Whether a statement of the party was added."""
        return bool(self._fresh.get(party))

    def cited(self, party: str, given: Given, held: Mapping[str, Any]) -> Cited:
        """What an entry or an answer rests on: what is given, or else what was added for it.

        Raises UnknownName for a statement that the party does not have, and WrongUsage if there is
        none.
        """
        named = [_split(one) for one in given.get("evidence", ())]
        for name in (
            *(one for _, one in named),
            *given.get("against", ()),
            *given.get("context", ()),
        ):
            if name not in held:
                near, remedy = nearest(name, held), f"claimpos show {party}"
                raise UnknownName("statement", name, near, remedy, f" of “{party}”")
        statements: dict[str, list[str]] = {}
        for verb, name in named:
            statements.setdefault(verb, []).append(name)
        if not named:
            self._used.add(party)
            statements[_EACH] = list(self._fresh.get(party, ()))
        if not any(statements.values()):
            raise WrongUsage(
                f"evidence is missing: add a statement of “{party}” before this, with +, or name "
                "one by --evidence"
            )
        return Cited(statements)


def _split(text: str) -> tuple[str, str]:
    """A verb and a statement, of a text such as demands=said-so or said-so."""
    verb, equals, name = text.partition("=")
    if not equals:
        return _EACH, text
    if verb not in VERBS:
        raise UnknownName("verb", verb, nearest(verb, VERBS), "claimpos add entry --help")
    return verb, name
