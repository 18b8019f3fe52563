"""The terms of an offer of which all count together, as few values instead of all combinations."""

from __future__ import annotations

from collections.abc import Mapping


class OfferTerms:
    """The terms of an offer, point by point, and how far each outcome there meets them.

    The levels are 0 for a term that is met, 1 for one that is not but where the party gives anyway,
    and 2 for one where it does not. Of all terms together, only the largest level matters.
    """

    def __init__(self, levels: Mapping[int, Mapping[int, int]]) -> None:
        self.levels = levels
        self.least = max(min(by.values()) for by in levels.values())
        above = {level for by in levels.values() for level in by.values() if level > self.least}
        self.reachable = (self.least, *sorted(above))

    def outcomes(self, known: Mapping[int, int], level: int) -> dict[int, int] | None:
        """Some outcomes by point, beside those known, with which the largest level is this one."""
        rest = {
            point: min(by, key=by.__getitem__)
            for point, by in self.levels.items()
            if point not in known
        }
        chosen = {point: known.get(point, rest.get(point, 0)) for point in self.levels}
        so_far = max(self.levels[point][outcome] for point, outcome in chosen.items())
        if so_far == level:
            return rest
        for point in rest if so_far < level else ():
            for outcome, one in self.levels[point].items():
                if one == level:
                    return {**rest, point: outcome}
        return None
