"""The outcomes that a table names on an issue: of which kind they are, and the ids they get."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from claimpos.dossier.model import OUTCOME_VERBS
from claimpos.importing.draft import Names
from claimpos.importing.figures import Unit, Written, figure, is_figure
from claimpos.importing.import_log import Place, Skipped, shortened

Number = int | Decimal


def kind_of(outcome: Any, unit: str) -> str:
    """The kind of issue whose outcomes are written like this one; its figures may have a unit."""
    if isinstance(outcome, list):
        return kind_of(outcome[0], unit) if outcome else "choice"
    if isinstance(outcome, dict):
        if "outcome" in outcome:
            return kind_of(outcome["outcome"], unit)
        return "quantity" if _is_range(outcome) else "items"
    if isinstance(outcome, Written):
        return "quantity" if is_figure(outcome, unit) else "choice"
    return "quantity" if isinstance(outcome, Number) else "choice"


def outcomes_in(entry: Mapping[str, Any]) -> Iterator[Any]:
    """What each of an entry's verbs names."""
    return (entry[verb] for verb in OUTCOME_VERBS if verb in entry)


class Outcomes:
    """The options and items of one issue: `stated` by the table, or collected from its lines."""

    def __init__(self, kind: str, unit: Unit, options: Names, items: Names, stated: bool) -> None:
        self.kind = kind
        self.unit = unit
        self.options = options
        self.items = items
        self.stated = stated

    def resolve(self, entry: dict[str, Any], place: Place) -> dict[str, Any]:
        """The entry with ids for names; raises Skipped for what the issue cannot have."""
        resolved = {
            verb: self.named(entry[verb], place, verb == "accepts")
            for verb in OUTCOME_VERBS
            if verb in entry
        }
        return {**entry, **resolved}

    def named(self, outcome: Any, place: Place, conditional: bool = False) -> Any:
        """An outcome with ids for names; raises the same."""
        if isinstance(outcome, list):
            return [self.named(one, place, conditional) for one in outcome]
        if isinstance(outcome, Written):
            if self.kind == "quantity":
                return figure(outcome, self.unit, place, self.options.log)
            if self.kind == "choice" and self.stated:
                return self._named(self.options, outcome, place)
        named = kind_of(outcome, self.unit.name)
        if named != self.kind:
            shown = f"“{shortened(outcome)}” is" if isinstance(outcome, str) else "it names"
            raise Skipped(f"{shown} {_WORDS[named]}, but other lines name {_WORDS[self.kind]}")
        if isinstance(outcome, dict):
            if "outcome" in outcome and conditional:
                return {**outcome, "outcome": self.named(outcome["outcome"], place, False)}
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
            raise Skipped(f"“{name}” is a number, but the issue has {names.kind}s")
        name = str(name)
        if not self.stated:
            return names.id_of(name, place)
        found = names.known(name)
        if found is None:
            near = names.log.nearest(name, names.ids)
            meant = f"; did you mean “{near[0]}”?" if near else ""
            raise Skipped(f"the issue has no {names.kind} “{name}”{meant}")
        return found


_WORDS = {"choice": "an option", "items": "items", "quantity": "a figure"}


def _is_range(outcome: Mapping[str, Any]) -> bool:
    return all(isinstance(value, Number) for value in outcome.values())
