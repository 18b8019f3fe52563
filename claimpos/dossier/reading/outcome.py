"""Reads the outcomes that a verb or a condition names, by the kind of their issue."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from claimpos.dossier.findings import Span
from claimpos.dossier.limits import how_to_raise
from claimpos.dossier.model import Cell, Issue, Named, space_of
from claimpos.dossier.nodes import Map, Node, Seq
from claimpos.dossier.outcomes import Number, Outcomes, Range
from claimpos.dossier.reading.form import Misshapen, Reading, identifier, number, sequence

CONDITION_KEYS = frozenset({"outcome", "if", "subject-to"})

_ENDS = frozenset({"min", "max", "above", "below"})
_FORMS = {
    "choice": "an option or a list of options",
    "items": "a map from item to option",
    "quantity": "a number, or a range with min, max, above or below",
}


def read_named(holder: Map | Seq, key: str | int, issue: Issue | None, reading: Reading) -> Named:
    """The outcomes of an issue under a key, by cell; none if the issue is not known.

    Raises Misshapen if they have no form of outcomes at all. If they have the form of another kind,
    or are not outcomes of the issue, that is noted in `reading`.
    """
    node: Node = holder[key]  # type: ignore[index]
    if isinstance(node, str) and issue and issue.kind == "choice" and node in issue.options:
        return _one_option(issue.id, node)
    spot = _Spot(holder, key)
    form = form_of(node)
    if issue is None:
        return {}
    if issue.kind != form:
        wrong_kind(spot.span, issue, reading)
        return {}
    if isinstance(node, Map) and issue.kind == "items":
        return read_items(node, node, issue, reading)
    outcomes = _outcomes(spot, issue, reading)
    return {Cell(issue.id): outcomes} if outcomes else {}


def wrong_kind(span: Span, issue: Issue, reading: Reading) -> None:
    """Report an outcome that is not written as the kind of its issue requires."""
    message = f"the issue “{issue.id}” needs {_FORMS[issue.kind]}"
    reading.fault("CP310", span, message, _example(issue))


@lru_cache(maxsize=4096)  # nearly every position is one option, and many parties share it
def _one_option(issue: str, option: str) -> Named:
    return {Cell(issue): frozenset([identifier(option)])}


def form_of(node: Node) -> str:
    """The kind of issue whose outcomes are written in this form, or "mixed".

    Raises Misshapen in the same cases in which the schema of a party's file refuses an outcome.
    """
    if isinstance(node, Seq):
        forms = {form_of(member) for member in sequence(node)}
        if "items" in forms or any(isinstance(member, Seq) for member in node):
            raise Misshapen
        return forms.pop() if len(forms) == 1 else "mixed"
    if isinstance(node, Map):
        return _form_of_map(node)
    if isinstance(node, str):
        identifier(node)
        return "choice"
    number(node)
    return "quantity"


def _form_of_map(node: Map) -> str:
    if not node:
        raise Misshapen
    if is_range(node):
        _written_range(node)
        return "quantity"
    for item, outcome in node.items():
        if item != "all":
            identifier(item)
        for option in sequence(outcome) if isinstance(outcome, Seq) else [outcome]:
            identifier(option)
    return "items"


def is_range(node: Node) -> bool:
    """Whether this is a map of figures, not of items or of an outcome and its condition."""
    return isinstance(node, Map) and all(isinstance(value, Number) for value in node.values())


def _example(issue: Issue) -> str:
    if issue.kind == "quantity":
        from claimpos.dossier.written_figures import HOW

        return HOW
    option = next(iter(issue.options), "option")
    if issue.kind == "items":
        item = next(iter(issue.items), "item")
        return f"for example {{{item}: {option}}}, or {{all: {option}}} for every item"
    return f"for example {option}"


class _Spot(NamedTuple):
    """A value in a map or list; its place is worked out only if it has an error."""

    holder: Map | Seq
    key: str | int

    @property
    def node(self) -> Node:
        return self.holder[self.key]  # type: ignore[index]

    @property
    def span(self) -> Span:
        return self.holder.at(self.key)  # type: ignore[arg-type]


def _outcomes(spot: _Spot, issue: Issue, reading: Reading) -> Outcomes:
    node = spot.node
    members = [spot]
    if isinstance(node, Seq):
        members = [_Spot(node, index) for index in range(len(node))]
    if issue.kind == "quantity":
        ranges = [_range(member, issue, reading) for member in members]
        return tuple(stretch for stretch in ranges if stretch is not None)
    return _options(members, issue, reading)


def _options(members: list[_Spot], issue: Issue, reading: Reading) -> Outcomes:
    named: set[str] = set()
    for member in members:
        option = identifier(member.node)
        if option not in issue.options:
            what = f"option of “{issue.id}” called"
            reading.unknown("CP302", member.span, what, option, issue.options)
        elif option in named:
            message = f"“{option}” is named twice"
            reading.fault("CP402", member.span, message, "delete one of the two")
        named.add(option)
    known = frozenset(named & issue.options.keys())
    if known:
        _count_labels(known, issue.options, members[0], reading)
    return known


def _count_labels(
    ids: Iterable[str], labels: Mapping[str, str], spot: _Spot, reading: Reading
) -> None:
    """Count the characters of ids and labels, because reports repeat them for each position."""
    totals, most = reading.totals, reading.totals.limits["named-characters"]
    for one in ids:
        totals.named += len(one) + len(labels[one])
    if totals.named > most:
        message = f"the outcomes named have more than {most:,} characters in this dossier"
        hint = f"shorten the labels of those named often; {how_to_raise('named-characters')}"
        reading.fault("CP109", spot.span, message, hint)


def read_items(node: Map, items: Iterable[str], issue: Issue, reading: Reading) -> Named:
    """The outcomes of some of the items in a map, by cell."""
    named: dict[Cell, Outcomes] = {}
    for item in items:
        outcomes = _outcomes(_Spot(node, item), issue, reading)
        targets = targets_of(node, item, issue, reading)
        if outcomes:
            named.update({Cell(issue.id, target): outcomes for target in targets})
    return named


def targets_of(node: Map, item: str, issue: Issue, reading: Reading) -> list[str]:
    """The items that a key means: itself or, for `all`, those without a key of their own."""
    if item == "all":
        if not _counted(len(issue.items), node.at(item), reading):
            return []
        return [other for other in issue.items if other not in node]
    if item not in issue.items:
        what = f"item of “{issue.id}” called"
        reading.unknown("CP303", node.key_at(item), what, item, issue.items)
        return []
    _count_labels([item], issue.items, _Spot(node, item), reading)
    return [item]


def _counted(cells: int, span: Span, reading: Reading) -> bool:
    """Whether the limit allows `all` to mean so many more cells; reports it if it does not."""
    most = reading.totals.limits["cells-of-all"]
    reading.totals.cells += cells
    if reading.totals.cells <= most:
        return True
    message = f"`all` stands for more than {most:,} items in this dossier"
    reading.fault("CP109", span, message, how_to_raise("cells-of-all"))
    return False


def _range(spot: _Spot, issue: Issue, reading: Reading) -> Range | None:
    node = spot.node
    stretch = _written_range(node) if isinstance(node, Map) else _point(number(node))
    ends = [end for end in stretch[:2] if end is not None]
    if (fault := misfit(ends, issue)) is not None:
        reading.fault("CP403", spot.span, *fault)
        return None
    if not space_of(issue, [(stretch,)]).mask((stretch,)):
        message = "no value lies in this range"
        hint = (
            "the lower end is min or above, the higher end max or below; min and max are included"
        )
        reading.fault("CP403", spot.span, message, hint)
        return None
    return stretch


def misfit(values: Iterable[Number], issue: Issue) -> tuple[str, str] | None:
    """Why a quantity cannot have one of these values, and the remedy; None if it can."""
    values = [*values]
    if issue.integer and any(not isinstance(one, int) for one in values):
        return f"“{issue.id}” counts in whole numbers", _whole(values)
    if any(_outside(one, issue) for one in values):
        message = f"“{issue.id}” takes values {_bounds(issue)} only"
        return message, "correct the figure, or the issue's bounds"
    return None


def _whole(ends: Iterable[Number]) -> str:
    """The remedy for a fraction, which may be thousands written with a point: 1.300."""
    for end in ends:
        if isinstance(end, Decimal) and end.as_tuple().exponent == -3 and 1 <= abs(end) < 1000:
            thousands = str(end).replace(".", "")
            return f"write {thousands} if thousands are meant; else round the figure"
    return "round the figure"


def _point(value: Number) -> Range:
    return Range(value, value)


def _written_range(node: Map) -> Range:
    both = {"min", "above"} <= node.keys() or {"max", "below"} <= node.keys()
    if both or not node.keys() <= _ENDS:
        raise Misshapen
    values: Mapping[str, Number] = {end: number(node[end]) for end in node}
    return Range(
        values.get("min", values.get("above")),
        values.get("max", values.get("below")),
        "above" in values,
        "below" in values,
    )


def _outside(end: Number, issue: Issue) -> bool:
    low, high = issue.minimum, issue.maximum
    return (low is not None and end < low) or (high is not None and end > high)


def _bounds(issue: Issue) -> str:
    if issue.maximum is None:
        return f"from {issue.minimum} up"
    if issue.minimum is None:
        return f"up to {issue.maximum}"
    return f"from {issue.minimum} to {issue.maximum}"
