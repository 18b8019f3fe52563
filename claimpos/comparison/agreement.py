"""How far several codings of the same texts agree, and where they differ."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Literal, NamedTuple, get_args

from claimpos.comparison.labels import Relabelled, relabelled
from claimpos.comparison.reliability import AgreementFigure, figure
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.model import VERBS, Cell, Dossier, Entry, Issue, Party, Statement
from claimpos.dossier.outcomes import Number, Outcomes, Range, integer_range
from claimpos.dossier.timeline import own_standings
from claimpos.errors import UnknownName, WrongUsage

Code = Literal["demands", "proposes", "accepts", "accepts-if", "refuses"]
CODES: tuple[Code, ...] = get_args(Code)
"""What an entry may say to an outcome; `accepts-if` is an acceptance on conditions."""

_OUTCOMES = 6  # as many can be compared as one position, for each pair of codings
_AN_ISSUE = 20  # resampling an issue takes as long as resampling so many positions


class Unit(NamedTuple):
    """What coders give a value to: one outcome of a cell, for one party.

    Of a quantity, the outcome is a range as it was named.
    """

    party: str
    issue: str
    item: str | None
    outcome: str | Range


Recorded = dict[Unit, dict[Code, tuple[Statement, ...]]]
"""For each unit that a coding names, its codes there, and the statements behind each code."""


def recorded(dossier: Dossier, day: date | None = None, source: str | None = None) -> Recorded:
    """The codes that the parties' own entries record; for `day` and `source`, see `agreement`."""
    found: Recorded = {}
    for party in dossier.parties.values():
        for entry in _entries(party, day):
            issue = dossier.issues[entry.issue]
            for code, verb, cell, outcomes in _said(entry):
                statements = entry.grounds.get(verb, entry.evidence)
                if source is not None:
                    statements = tuple(one for one in statements if one.source.id == source)
                for outcome in _each(outcomes, issue) if statements else ():
                    codes = found.setdefault(Unit(party.id, *cell, outcome), {})
                    earlier = codes.get(code, ())
                    codes[code] = tuple(dict.fromkeys((*earlier, *statements)))
    return found


def _entries(party: Party, day: date | None) -> Iterable[Entry]:
    if day is None:
        return [entry for entries in party.positions.values() for entry in entries]
    standing = own_standings(party, day).values()
    return [one.entry for one in standing if one.entry is not None]


def _said(entry: Entry) -> Iterator[tuple[Code, str, Cell, Outcomes]]:
    """What an entry says: the code, the verb, and the outcomes of a cell."""
    named: list[tuple[Code, str, Mapping[Cell, Outcomes]]] = [
        ("demands", VERBS[0], entry.demands),
        ("proposes", VERBS[1], entry.proposes),
        *(
            ("accepts-if" if one.conditional else "accepts", VERBS[2], one.outcomes)
            for one in entry.accepts
        ),
        ("refuses", VERBS[3], entry.refuses),
    ]
    for code, verb, cells in named:
        for cell, outcomes in cells.items():
            yield code, verb, cell, outcomes


def _each(outcomes: Outcomes, issue: Issue) -> Iterator[str | Range]:
    for outcome in outcomes:
        whole = isinstance(outcome, Range) and issue.integer
        yield integer_range(outcome) if whole else outcome  # type: ignore[arg-type]


class Coder(NamedTuple):
    """One of the codings compared with the others.

    `named` is the number of units that it names, `alone` that of the units on which it differs from
    the others, which agree. `without` is α of the others, None if there are fewer than two.
    """

    named: int
    alone: int
    without: float | None


class Difference(NamedTuple):
    """The units of one party and issue to which the codings give different values."""

    party: str
    issue: str
    units: tuple[Unit, ...]


class Agreement(NamedTuple):
    """How far codings agree; each coding is known by its name.

    Attributes:
        day: The day whose positions are compared; None if all entries are.
        source: The only source that counts, if there is one.
        overall: The agreement on all units; likewise, by code, party, issue or pair of codings.
        quantities: By issue, the agreement on figures, on an interval scale; all else is nominal.
        left_out: The issues that are not on all agendas, or of another kind on some.
        relabelled: What the agendas call differently of the other issues.
    """

    codings: Mapping[str, Dossier]
    recorded: Mapping[str, Recorded]
    day: date | None
    source: str | None
    overall: AgreementFigure
    codes: Mapping[Code, AgreementFigure]
    parties: Mapping[str, AgreementFigure]
    issues: Mapping[str, AgreementFigure]
    pairs: Mapping[tuple[str, str], AgreementFigure]
    coders: Mapping[str, Coder]
    quantities: Mapping[str, AgreementFigure]
    differences: Sequence[Difference]
    left_out: Sequence[str]
    relabelled: Sequence[Relabelled]

    def issue(self, key: str) -> Issue:
        """The issue of this id, as the first coding has it."""
        return next(iter(self.codings.values())).issues[key]

    def party(self, key: str) -> Party:
        """The party of this id, from the first coding that has it."""
        return next(one.parties[key] for one in self.codings.values() if key in one.parties)

    def codes_of(self, coding: str, unit: Unit) -> tuple[Code, ...]:
        """The codes that a coding gives a unit, in the order of CODES; none if it has no code."""
        said = self.recorded[coding].get(unit, {})
        return tuple(code for code in CODES if code in said)


def agreement(
    codings: Mapping[str, Dossier], day: date | None = None, source: str | None = None
) -> Agreement:
    """Compare codings.

    A unit is an outcome of a cell, for a party, that at least one coding names. Its value in a
    coding is the set of its codes there. The units of one party and issue form a cluster.

    Args:
        codings: At least two, by their names.
        day: Compare only the positions in force on this day; without it, all entries.
        source: Compare only what rests on a statement from the source with this id.

    Raises:
        UnknownName: No coding has the source.
        WrongUsage: The package for α is not installed, or the agendas have no issue in common.
    """
    first, *others = codings.values()
    alike = [key for key in first.issues if all(_has(other, first.issues[key]) for other in others)]
    left_out = {key for one in codings.values() for key in one.issues} - {*alike}
    if not alike:
        raise WrongUsage("the agendas of these dossiers have no issue in common")
    if source is not None:
        _check_source(codings.values(), source)
    found = {
        name: {
            unit: codes
            for unit, codes in recorded(dossier, day, source).items()
            if unit.issue not in left_out
        }
        for name, dossier in codings.items()
    }
    units = {unit for one in found.values() for unit in one}
    _check_size(units, len(codings))
    compared = _Compared(found, sorted(units, key=_order(codings.values())))
    quantities = compared.quantities()
    return Agreement(
        codings,
        found,
        day,
        source,
        compared.overall,
        {code: one for code in CODES if (one := compared.of_code(code)).units},
        compared.by(lambda unit: unit.party),
        compared.by(lambda unit: unit.issue),
        {pair: compared.among(pair).overall for pair in combinations(codings, 2)},
        {name: compared.coder(name) for name in codings},
        {key: quantities[key] for key in alike if key in quantities and quantities[key].units},
        compared.differences(),
        sorted(left_out),
        relabelled(codings, alike),
    )


def _check_size(units: Collection[Unit], codings: int) -> None:
    """Raise WrongUsage if there is so much to compare that the intervals would take long."""
    most = limit("compared-positions")
    pairs = codings * (codings - 1) // 2
    sizes = {
        "positions": (len({unit[:2] for unit in units}), most),
        "issues": (len({unit.issue for unit in units}), most // _AN_ISSUE),
        "outcomes": (len(units), most * _OUTCOMES // pairs),
    }
    for what, (number, bound) in sizes.items():
        if number > bound:
            how = how_to_raise("compared-positions")
            raise WrongUsage(f"these codings name more than {bound:,} {what}; {how}")


def _has(dossier: Dossier, issue: Issue) -> bool:
    other = dossier.issues.get(issue.id)
    return other is not None and other.kind == issue.kind


def _check_source(codings: Iterable[Dossier], source: str) -> None:
    from claimpos.dossier.lookup import nearest

    known = dict.fromkeys(key for dossier in codings for key in dossier.sources)
    if source not in known:
        raise UnknownName("source", source, nearest(source, known), "claimpos list sources")


def _order(codings: Iterable[Dossier]) -> Callable[[Unit], tuple[object, ...]]:
    """The key for sorting units: by party, then in the order of the agendas."""
    parties: dict[str, int] = {}
    issues: dict[str, Issue] = {}
    for dossier in codings:
        for key in dossier.parties:
            parties.setdefault(key, len(parties))
        issues = {**dossier.issues, **issues}
    places = _places(issues)
    items = {key: _places(issue.items) for key, issue in issues.items()}
    options = {key: _places(issue.options) for key, issue in issues.items()}

    def place(unit: Unit) -> tuple[object, ...]:
        issue = unit.issue
        item = _place(unit.item or "", items[issue])
        return parties[unit.party], places[issue], item, _place(unit.outcome, options[issue])

    return place


def _places(ids: Iterable[str]) -> dict[str, int]:
    return {one: at for at, one in enumerate(ids)}


def _place(outcome: str | Range, known: Mapping[str, int]) -> tuple[object, ...]:
    """The key for sorting options or items among those known, and ranges among ranges."""
    if isinstance(outcome, Range):
        low, high, *ends = outcome
        return low is not None, low or 0, high is None, high or 0, *ends
    return known.get(outcome, -1), outcome


class _Compared:
    """The codings' values of some units, and the figures that follow from them."""

    def __init__(self, found: Mapping[str, Recorded], units: Sequence[Unit]) -> None:
        self.found = found
        self.units = units
        codings = found.values()
        self._values = {unit: [frozenset(one.get(unit, ())) for one in codings] for unit in units}

    def among(self, names: Iterable[str]) -> "_Compared":
        """Only some of the codings, with the units that these name."""
        chosen = {name: self.found[name] for name in names}
        named = [unit for unit in self.units if any(unit in one for one in chosen.values())]
        return _Compared(chosen, named)

    @property
    def overall(self) -> AgreementFigure:
        return self.figure(self.units)

    def figure(self, units: Sequence[Unit]) -> AgreementFigure:
        return figure([self._values[unit] for unit in units], [unit[:2] for unit in units])

    def of_code(self, code: Code) -> AgreementFigure:
        """How far the codings agree on which units have this code, of those that any gives it."""
        values = [[code in one for one in some] for some in self._values.values()]
        agreed = figure(values, [unit[:2] for unit in self.units])
        named = [unit for unit in values if any(unit)]
        return agreed._replace(units=len(named), equal=sum(map(all, named)))

    def by(self, part: Callable[[Unit], str]) -> dict[str, AgreementFigure]:
        parts: dict[str, list[Unit]] = {}
        for unit in self.units:
            parts.setdefault(part(unit), []).append(unit)
        return {key: self.figure(units) for key, units in parts.items()}

    def coder(self, name: str) -> Coder:
        at = [*self.found].index(name)
        alone = 0
        for values in self._values.values():
            others = {*values[:at], *values[at + 1 :]}
            alone += len(others) == 1 and values[at] not in others
        rest = [key for key in self.found if key != name]
        without = self.among(rest).overall.alpha if len(rest) > 1 else None
        return Coder(len(self.found[name]), alone, without)

    def quantities(self) -> dict[str, AgreementFigure]:
        """By issue, how near the codings' figures are: the lowest and the highest of each code.

        An end is compared if at least two codings have it.
        """
        ends: dict[str, dict[tuple[str, Code, bool], list[float | None]]] = {}
        for at, coding in enumerate(self.found.values()):
            for (issue, party, code), ranges in _ranges(coding).items():
                own = ends.setdefault(issue, {})
                for high in (False, True):
                    if (end := _end(ranges, high)) is not None:
                        column = own.setdefault((party, code, high), [None] * len(self.found))
                        column[at] = float(end)
        figures = {}
        for issue, own in ends.items():
            shared = {key: one for key, one in own.items() if len(one) - one.count(None) > 1}
            parties = [party for party, _, _ in shared]
            figures[issue] = figure([*shared.values()], parties, "interval")
        return figures

    def differences(self) -> list[Difference]:
        differing: dict[tuple[str, str], list[Unit]] = {}
        for unit in self.units:
            if len({*self._values[unit]}) > 1:
                differing.setdefault(unit[:2], []).append(unit)
        return [Difference(*key, tuple(units)) for key, units in differing.items()]


def _ranges(coding: Recorded) -> dict[tuple[str, str, Code], list[Range]]:
    """The figures that a coding names, by issue, party and code."""
    found: dict[tuple[str, str, Code], list[Range]] = {}
    for unit, codes in coding.items():
        if isinstance(unit.outcome, Range):
            for code in codes:
                found.setdefault((unit.issue, unit.party, code), []).append(unit.outcome)
    return found


def _end(ranges: Sequence[Range], high: bool) -> Number | None:
    """The highest or the lowest figure of some ranges; None if one of them has no such end."""
    ends = [stretch.high if high else stretch.low for stretch in ranges]
    known = [end for end in ends if end is not None]
    if len(known) < len(ends):
        return None
    return max(known) if high else min(known)
