"""What a text is worth to the parties that state points."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from claimpos.comparison.table import PositionTable
from claimpos.comparison.truth import Truth
from claimpos.deals.problem import worth_on
from claimpos.deals.scored_values import Value, is_among, ranges_of, scored_value
from claimpos.dossier.model import Issue, Named, Points, Worth
from claimpos.dossier.outcomes import Outcomes, integer_range


class Stated(NamedTuple):
    """The points of a text to a party: the least and the most, as cells left out may turn out."""

    least: Fraction
    most: Fraction
    worth: Worth

    @property
    def is_enough(self) -> Truth:
        """Whether the text is worth what the party asks for at least."""
        asked = self.worth.at_least
        if asked is None or self.least >= Fraction(asked):
            return Truth.TRUE
        return Truth.UNKNOWN if self.most >= Fraction(asked) else Truth.FALSE


def points_of_text(table: PositionTable, named: Named) -> dict[str, Stated]:
    """What a text is worth to each party that states points."""
    found = {}
    for party, worth in worth_on(table).items():
        least = most = Fraction(0)
        for cell, scale in worth.points.items():
            left = _left(table.dossier.issues[cell.issue], scale, named.get(cell))
            given = [scored_value(scale, one) for one in left]
            least, most = least + min(given, default=0), most + max(given, default=0)
        found[party] = Stated(least, most, worth)
    return found


def _left(issue: Issue, points: Points, outcomes: Outcomes | None) -> Iterator[Value]:
    """The outcomes that a text leaves, or those of them where points have their ends."""
    if isinstance(points, Mapping):
        options = (one for one in issue.options if one not in issue.abstentions)
        yield from (one for one in options if outcomes is None or one in outcomes)
        return
    yield from (value for value, _ in points if outcomes is None or is_among(outcomes, value))
    for part in ranges_of(outcomes or ()):
        low, high, *_ = integer_range(part) if issue.integer else part
        yield from (end for end in (low, high) if end is not None)
