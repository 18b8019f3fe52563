"""The outcomes that a table names, by the kind of their issue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from claimpos.importing.fields import VERBS
from claimpos.importing.import_log import LeftOut, Place
from claimpos.importing.names import Names

Number = int | Decimal


def kind_of(outcome: Any) -> str:
    """The kind of issue whose outcomes are written like this."""
    if isinstance(outcome, list):
        return kind_of(outcome[0]) if outcome else "choice"
    if isinstance(outcome, dict):
        if "outcome" in outcome:
            return kind_of(outcome["outcome"])
        return "quantity" if _is_range(outcome) else "items"
    return "quantity" if isinstance(outcome, Number) else "choice"


def outcomes_in(entry: Mapping[str, Any]) -> Iterator[Any]:
    """What each of an entry's verbs names."""
    return (entry[verb] for verb in VERBS if verb in entry)


class Outcomes:
    """The options and items of one issue: `stated` by the table, or made as they are named."""

    def __init__(self, kind: str, options: Names, items: Names, stated: bool) -> None:
        self.kind = kind
        self.options = options
        self.items = items
        self.stated = stated

    def settle(self, entry: dict[str, Any], place: Place) -> dict[str, Any]:
        """The entry with ids for names; raises LeftOut for what the issue cannot have."""
        settled = {
            verb: self._outcome(entry[verb], place, verb == "accepts")
            for verb in VERBS
            if verb in entry
        }
        return {**entry, **settled}

    def _outcome(self, outcome: Any, place: Place, conditional: bool) -> Any:
        if kind_of(outcome) != self.kind:
            was = _WORDS[kind_of(outcome)]
            raise LeftOut(f"it names {was} where other lines name {_WORDS[self.kind]}")
        if isinstance(outcome, list):
            return [self._outcome(one, place, conditional) for one in outcome]
        if isinstance(outcome, dict):
            if "outcome" in outcome and conditional:
                return {**outcome, "outcome": self._outcome(outcome["outcome"], place, False)}
            return outcome if self.kind == "quantity" else self._by_item(outcome, place)
        return outcome if self.kind == "quantity" else self._named(self.options, outcome, place)

    def _by_item(self, outcome: Mapping[str, Any], place: Place) -> dict[str, Any]:
        return {
            item if item == "all" else self._named(self.items, item, place): [
                self._named(self.options, one, place) for one in named
            ]
            if isinstance(named, list)
            else self._named(self.options, named, place)
            for item, named in outcome.items()
        }

    def _named(self, names: Names, name: Any, place: Place) -> str:
        if not isinstance(name, str):
            raise LeftOut(f"“{name}” is a figure, and the issue has {names.kind}s")
        if not self.stated:
            return names.id_of(name, place)
        found = names.known(name)
        if found is None:
            near = names.account.nearest(name, names.ids)
            meant = f"; did you mean “{near[0]}”?" if near else ""
            raise LeftOut(f"the issue has no {names.kind} “{name}”{meant}")
        return found


_WORDS = {"choice": "an option", "items": "items", "quantity": "a figure"}


def _is_range(outcome: Mapping[str, Any]) -> bool:
    return all(isinstance(value, Number) for value in outcome.values())
