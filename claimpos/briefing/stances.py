"""A position as a picture or a grid shows it: what is said, and the weight it has, in words."""

from typing import Literal, NamedTuple

from claimpos.dossier.model import Cell, Entry, Issue
from claimpos.wording.names import Words, joined
from claimpos.wording.positions import left_open

Weight = Literal["red-line", "demand", "offer", "acceptance", "condition", "open"]

WEIGHTS: dict[Weight, str] = {
    "red-line": "Red line",
    "demand": "Demands",
    "offer": "Proposes",
    "acceptance": "Accepts",
    "condition": "On conditions",
    "open": "Leaves",
}
"""The weights from the heaviest to the lightest, with the words that what is said begins with."""


_AS_SAID: dict[Weight, str] = {
    "red-line": "red line: {}",
    "condition": "would accept {} on conditions",
}


class Said(NamedTuple):
    """One thing that a party says: the weight it has, and what goes after the weight's words."""

    weight: Weight
    words: str

    def __str__(self) -> str:
        verb = WEIGHTS[self.weight].lower()
        return _AS_SAID.get(self.weight, f"{verb} {{}}").format(self.words)


class StanceInWords(NamedTuple):
    """What a party says on an issue or, if `items` is not empty, on these of its items."""

    items: str
    said: tuple[Said, ...]


def stances(entry: Entry, issue: Issue, words: Words) -> list[StanceInWords]:
    """What an entry says, items on which it says the same taken together.

    What it leaves open stands with the items on which it says nothing else, if there are any.
    """
    alike: dict[tuple[Said, ...], list[str]] = {}
    for cell in issue.cells():
        said = said_on(entry, cell, issue, words)
        alike.setdefault(said, []).append(issue.items.get(cell.item or "", ""))
    rest = alike.pop((), [])
    result = [StanceInWords(item_names(items, issue), said) for said, items in alike.items()]
    if entry.reserves:
        items = item_names(rest, issue) if result and rest else ""
        result.append(
            StanceInWords(items, (Said("open", left_open(entry).removeprefix("leaves ")),))
        )
    return result


def item_names(items: list[str], issue: Issue) -> str:
    """Items of an issue by their titles; all of them by their number."""
    if len(items) == len(issue.items) > 2:
        return f"All {len(items)}"
    return joined(items)


def said_on(entry: Entry, cell: Cell, issue: Issue, words: Words) -> tuple[Said, ...]:
    """What an entry says on a cell."""
    named = [("demand", entry.demands), ("offer", entry.proposes)]
    for acceptance in entry.accepts_on(cell):
        weight = "condition" if acceptance.conditional else "acceptance"
        named.append((weight, acceptance.outcomes))
    said = [
        Said(weight, words.outcomes(issue, outcomes[cell]))  # type: ignore[arg-type]
        for weight, outcomes in named
        if cell in outcomes
    ]
    if cell in entry.refuses:
        all_else = {*entry.demands.get(cell, ()), *entry.refuses[cell]} == set(issue.options)
        on_conditions = any(
            one in acceptance.outcomes[cell]
            for acceptance in entry.accepts_on(cell)
            if acceptance.conditional
            for one in entry.refuses[cell]
        )
        rest = said and all_else and not on_conditions
        refused = (
            "every other outcome" if rest else words.outcomes(issue, entry.refuses[cell], "and")
        )
        said.insert(len(said) if all_else else 0, Said("red-line", f"rejects {refused}"))
    return tuple(dict.fromkeys(said))


def said_in_words(entry: Entry, cell: Cell, issue: Issue, words: Words) -> str:
    """What an entry says on a cell, and that it leaves something open, as a part of a sentence."""
    said = ", ".join(map(str, said_on(entry, cell, issue, words)))
    return "; ".join(filter(None, [said, left_open(entry) if entry.reserves else ""]))
