"""A dossier's points as profiles of Genius and NegMAS (XML), or of GeniusWeb (JSON).

Utilities lie between 0 and 1: points over the most that a package could have. Of a quantity, the
values that a search considers become the values of an issue.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal
from xml.sax.saxutils import quoteattr

from claimpos.deals.scored_values import Candidates, Value, scored_value
from claimpos.dossier.model import Cell, Dossier, Worth
from claimpos.errors import WrongUsage
from claimpos.rendering.data import json_text
from claimpos.wording.grammar import counted

_DOMAIN = "domain"
"""What the file of the domain is called."""

Format = Literal["genius-xml", "genius-json"]


def profiles_of(dossier: Dossier, form: Format) -> dict[str, str]:
    """The texts of a domain and of a profile for each party with points, by file name.

    Raises WrongUsage where no party states points.
    """
    worth = {key: one.worth for key, one in dossier.parties.items() if one.worth is not None}
    if not worth:
        raise WrongUsage("no party states points under `worth`, so there is no profile to write")
    cells = [
        cell
        for issue in dossier.issues.values()
        for cell in issue.cells()
        if any(cell in one.points for one in worth.values())
    ]
    candidates = Candidates(dossier, [one._replace(at_least=None) for one in worth.values()])
    values = {cell: candidates.of(cell) for cell in cells}
    writer = _Xml if form == "genius-xml" else _Json
    return writer(dossier, values).files(worth)


def not_in_profiles(dossier: Dossier, form: Format) -> str:
    """What parties' points lose as profiles, in a sentence; empty for nothing."""
    figures = [
        {one.at_least, one.no_deal} - {None}
        for one in (party.worth for party in dossier.parties.values())
        if one is not None
    ]
    lost = sum(len(own) - (form == "genius-xml" and bool(own)) for own in figures)
    number = counted(
        lost, "figure of `at-least` or `no-deal` is", "figures of `at-least` or `no-deal` are"
    )
    return f"The parties' {number} not exported." if lost else ""


class _Writer(ABC):
    ending = ""

    def __init__(self, dossier: Dossier, values: Mapping[Cell, Sequence[Value]]) -> None:
        self.title = dossier.title
        self.values = values

    def files(self, worth: Mapping[str, Worth]) -> dict[str, str]:
        if _DOMAIN in worth:
            raise WrongUsage(
                f"the profile of the party “{_DOMAIN}” would take the place of the file of that "
                "name; give the party another id"
            )
        profiles = {
            f"{party}{self.ending}": self.profile(party, own) for party, own in worth.items()
        }
        return {f"{_DOMAIN}{self.ending}": self.domain(), **profiles}

    @abstractmethod
    def domain(self) -> str:
        """The text of the domain."""

    @abstractmethod
    def profile(self, party: str, worth: Worth) -> str:
        """The text of a party's profile."""

    def utilities(self, worth: Worth) -> tuple[dict[Cell, dict[str, Fraction]], Fraction]:
        """The points by cell and value, and the most that a package could have."""
        points: dict[Cell, dict[str, Fraction]] = {}
        for cell, values in self.values.items():
            scale = worth.points.get(cell)
            points[cell] = {
                str(value): Fraction(0) if scale is None else scored_value(scale, value)
                for value in values
            }
        if any(one < 0 for own in points.values() for one in own.values()):
            raise WrongUsage("a profile has no points below 0; raise the points of each option")
        whole = sum((max(own.values()) for own in points.values()), Fraction(0))
        return points, whole or Fraction(1)


class _Xml(_Writer):
    ending = ".xml"

    def domain(self) -> str:
        return self._text("negotiation_template", self._issues(None), "")

    def profile(self, party: str, worth: Worth) -> str:
        points, whole = self.utilities(worth)
        weights = "".join(
            f'<weight index="{at}" value="{float(max(own.values()) / whole)!r}"></weight>\n'
            for at, own in enumerate(points.values(), start=1)
        )
        kept = worth.no_deal if worth.at_least is None else worth.at_least
        after = '<discount_factor value="1.0"></discount_factor>\n'
        if kept is not None:
            value = float(Fraction(kept) / whole)
            after += f'<reservation value="{value!r}"></reservation>\n'
        return self._text("utility_space", self._issues(points) + weights, after)

    def _text(self, root: str, inner: str, after: str) -> str:
        name = quoteattr(self.title)
        objective = (
            f'<objective index="0" name={name} type="objective" etype="objective">\n{inner}'
            "</objective>\n"
        )
        if root == "negotiation_template":
            objective = f'<utility_space number_of_issues="{len(self.values)}">\n{objective}'
            objective += "</utility_space>\n"
        return f"<{root}>\n{objective}{after}</{root}>\n"

    def _issues(self, points: Mapping[Cell, Mapping[str, Fraction]] | None) -> str:
        text = ""
        for at, (cell, values) in enumerate(self.values.items(), start=1):
            name = quoteattr(cell.written)
            text += f'<issue index="{at}" name={name} type="discrete" etype="discrete" '
            text += 'vtype="discrete">\n'
            for number, value in enumerate(values, start=1):
                own = "" if points is None else f' evaluation="{float(points[cell][str(value)])!r}"'
                text += f'<item index="{number}" value={quoteattr(str(value))}{own}></item>\n'
            text += "</issue>\n"
        return text


class _Json(_Writer):
    ending = ".json"

    def domain(self) -> str:
        return json_text(self._domain())

    def _domain(self) -> dict[str, Any]:
        named = {
            cell.written: {"values": [str(one) for one in values]}
            for cell, values in self.values.items()
        }
        return {"name": self.title, "issuesValues": named}

    def profile(self, party: str, worth: Worth) -> str:
        points, whole = self.utilities(worth)
        utilities, weights = {}, {}
        for cell, own in points.items():
            most = max(own.values())
            weights[cell.written] = float(most / whole)
            shares = {value: float(one / most) if most else 0.0 for value, one in own.items()}
            utilities[cell.written] = {"discreteutils": {"valueUtilities": shares}}
        space = {
            "issueUtilities": utilities,
            "issueWeights": weights,
            "domain": self._domain(),
            "name": party,
        }
        return json_text({"LinearAdditiveUtilitySpace": space})
