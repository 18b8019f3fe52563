"""Profiles of Genius and NegMAS (XML), and of GeniusWeb (JSON), as a dossier with points.

A utility lies between 0 and 1; here it becomes points, up to 100. Only linear additive utilities
over discrete and integer issues are read.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from xml.parsers.expat import ExpatError, ParserCreate

from claimpos.dossier.dates import today
from claimpos.dossier.files import read_named
from claimpos.dossier.findings import shown_path
from claimpos.dossier.limits import MAX_DIGITS
from claimpos.dossier.whole_files import new_folder
from claimpos.errors import WrongUsage
from claimpos.importing.draft import NOT_OF_PARTIES, slug, unused
from claimpos.importing.folder import check_free, errors_in
from claimpos.importing.import_log import shortened
from claimpos.importing.writing import write

_WHOLE = Decimal(100)
_PLACES = Decimal("0.000001")
_Given = TypeVar("_Given")


class Utility(NamedTuple):
    """What one issue is worth to a party: points by value; a range has its two ends only."""

    values: Mapping[str, Decimal]
    is_range: bool = False


class Profile(NamedTuple):
    """What a party's file says: issues by name, and the points that it has without a deal."""

    name: str
    title: str
    issues: Mapping[str, Utility]
    reservation: Decimal | None


def import_profiles(paths: Sequence[Path], folder: Path) -> tuple[int, int]:
    """Make a dossier of profiles, one for each party; returns how many parties and issues it has.

    Raises WrongUsage for a file that is not such a profile, or profiles of different domains, and
    OutputFailed if the folder exists or cannot be written.
    """
    check_free(folder)
    profiles = [profile for path in paths if (profile := _profile(path)) is not None]
    if not profiles:
        raise WrongUsage("there is no profile among these files, only a domain")
    first = profiles[0]
    for at, other in enumerate(profiles[1:], start=1):
        if any(one.name == other.name for one in profiles[:at]):
            raise WrongUsage(f"two profiles are called “{other.name}”; give them other names")
        if other.issues.keys() != first.issues.keys():
            raise WrongUsage(f"“{other.name}” and “{first.name}” have different issues")
    files = {name: write(data).text.encode() for name, data in _files(profiles).items()}
    if faults := errors_in(files, folder):
        raise WrongUsage(f"the profiles make no dossier: {faults[0].message}")
    new_folder(folder, files)
    return len(profiles), len(first.issues)


def _files(profiles: Sequence[Profile]) -> dict[str, dict[str, Any]]:
    issues = _ids(profiles[0].issues, "issue")
    parties = _ids([profile.name for profile in profiles], "party", NOT_OF_PARTIES)
    options = {
        name: _ids([value for one in profiles for value in one.issues[name].values], "option")
        for name in issues
    }
    files: dict[str, dict[str, Any]] = {
        "agenda.yaml": {
            "title": profiles[0].title,
            "groups": {"all-issues": "All issues"},
            "issues": {
                key: _issue(name, profiles[0].issues[name], options[name])
                for name, key in issues.items()
            },
        },
        "sources.yaml": {
            "sources": {
                f"profile-of-{key}": {
                    "title": f"Profile {name}",
                    "publisher": "A profile of Genius or NegMAS",
                    "date": today().isoformat(),
                    "status": "official",
                }
                for name, key in parties.items()
            }
        },
    }
    for profile in profiles:
        key = parties[profile.name]
        files[f"{key}.yaml"] = {
            "party": key,
            "name": profile.name,
            "statements": {
                "profile": {
                    "source": f"profile-of-{key}",
                    "basis": "stated",
                    "summary": "States what outcomes are worth, in points of 100.",
                }
            },
            "worth": _worth(profile, issues, options),
            "positions": {},
        }
    return files


def _issue(name: str, utility: Utility, options: Mapping[str, str]) -> dict[str, Any]:
    issue = {"title": name, "question": f"What is agreed on {name}?", "group": "all-issues"}
    if utility.is_range:
        low, high = sorted(map(Decimal, utility.values))
        return {
            **issue,
            "kind": "quantity",
            "unit": "units",
            "integer": True,
            "minimum": int(low),
            "maximum": int(high),
        }
    return {**issue, "kind": "choice", "options": {key: value for value, key in options.items()}}


def _worth(
    profile: Profile, issues: Mapping[str, str], options: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    bounds = {}
    if profile.reservation is not None:
        bounds = {"at-least": _number(profile.reservation), "no-deal": _number(profile.reservation)}
    points = {
        issues[name]: {
            value if utility.is_range else options[name][value]: _number(given)
            for value, given in utility.values.items()
        }
        for name, utility in profile.issues.items()
    }
    return {**bounds, "evidence": ["profile"], "issues": points}


def _number(value: Decimal) -> int | Decimal:
    rounded = value.quantize(_PLACES).normalize()
    return int(rounded) if rounded == rounded.to_integral_value() else rounded


def _ids(names: Iterable[str], kind: str, taken: Iterable[str] = ()) -> dict[str, str]:
    """An id for each name, in their order."""
    found: dict[str, str] = {}
    held, numbers = {*taken}, dict[str, int]()
    for name in dict.fromkeys(names):
        found[name] = unused(slug(name, kind), held, numbers)
        held.add(found[name])
    return found


def _profile(path: Path) -> Profile | None:
    """The profile in a file; None for one that has only a domain."""
    content = read_named(path)
    try:
        of_kind = _of_xml if content.lstrip()[:1] == b"<" else _of_json
        return _fitting(of_kind(path.stem, content))
    except _Refused as why:
        raise WrongUsage(f"“{shown_path(path)}” is not a profile that can be read: {why}") from None
    except (KeyError, TypeError, AttributeError, ValueError, ArithmeticError, RecursionError):
        raise WrongUsage(
            f"“{shown_path(path)}” is not a profile that can be read: it needs linear additive "
            "utilities over discrete or integer issues"
        ) from None


class _Refused(ValueError):
    """Why a profile is not read: it says something twice, or nothing that a scale could hold."""


def _once(pairs: Iterable[tuple[str, _Given]], what: str = "") -> dict[str, _Given]:
    """The pairs by their names; raises _Refused if a name comes twice."""
    found: dict[str, _Given] = {}
    for name, value in pairs:
        if name in found:
            raise _Refused(f"{what}“{shortened(name)}” is given twice")
        found[name] = value
    return found


def _fitting(profile: Profile | None) -> Profile | None:
    """The same; raises ArithmeticError for points that no file could hold."""
    if profile is not None:
        points = [point for one in profile.issues.values() for point in one.values.values()]
        for point in (*points, profile.reservation or Decimal(0)):
            _number(point)
    return profile


_DEEPEST = 40


class _Element(NamedTuple):
    name: str
    attributes: Mapping[str, str]
    children: "list[_Element]"

    def all(self, name: str) -> "Iterator[_Element]":
        for child in self.children:
            if child.name == name:
                yield child
            yield from child.all(name)


def _parsed(content: bytes) -> _Element:
    """The elements of an XML file.

    Raises ValueError for one with a document type, or with elements nested deeper than any profile
    has them.
    """
    root = _Element("", {}, [])
    path = [root]
    parser = ParserCreate()

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if len(path) > _DEEPEST:
            raise ValueError(f"nested more than {_DEEPEST} levels deep")
        element = _Element(name, attributes, [])
        path[-1].children.append(element)
        path.append(element)

    def refuse(*_: object) -> None:
        raise ValueError("a document type")

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: path.pop()
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except ExpatError as error:
        raise ValueError(str(error)) from None
    return root


def _of_xml(stem: str, content: bytes) -> Profile | None:
    root = _parsed(content)
    (objective,) = root.all("objective")
    weights = _once(
        (
            (one.attributes["index"], _bounded(one.attributes["value"]))
            for one in objective.all("weight")
        ),
        "the weight ",
    )
    if not weights:
        return None
    issues = _once(
        (
            (issue.attributes["name"], _utility(issue, weights[issue.attributes["index"]]))
            for issue in objective.all("issue")
        ),
        "the issue ",
    )
    kept = list(root.all("reservation"))
    if len(kept) > 1:
        raise _Refused("the reservation value is given twice")
    reservation = _bounded(kept[0].attributes["value"]) * _WHOLE if kept else None
    return Profile(stem, objective.attributes.get("name") or stem, issues, reservation)


def _utility(issue: _Element, weight: Decimal) -> Utility:
    """An issue's points: evaluations count in relation to the highest, times the weight."""
    if issue.attributes.get("type") == "integer":
        (evaluator,) = issue.all("evaluator")
        if evaluator.attributes.get("ftype", "linear") != "linear":
            raise ValueError("not linear")
        ranges = [*issue.all("range")]
        bounds = ranges[0].attributes if ranges else issue.attributes
        low, high = _bounded(bounds["lowerbound"]), _bounded(bounds["upperbound"])
        slope = _bounded(_either(evaluator.attributes, "slope", "parameter1"))
        offset = _bounded(_either(evaluator.attributes, "offset", "parameter0"))
        values = {str(int(at)): (offset + slope * at) for at in (low, high)}
        if len(values) < 2 or {int(low), int(high)} != {low, high} or len(ranges) > 1:
            raise ValueError("no range")
    else:
        values = _once(
            (one.attributes["value"], _bounded(one.attributes["evaluation"]))
            for one in issue.all("item")
        )
    most = max(values.values())
    if most <= 0 and any(values.values()):  # in relation to it, the least would be the most
        name = shortened(issue.attributes["name"])
        raise _Refused(f"no value of “{name}” is worth more than 0")
    scale = weight * _WHOLE / most if most else Decimal(0)
    points = {value: given * scale for value, given in values.items()}
    return Utility(points, issue.attributes.get("type") == "integer")


def _bounded(written: Any) -> Decimal:
    """A number in a file; raises ValueError if it is too large or too small to be points."""
    number = Decimal(written)
    if not number.is_finite() or abs(number.adjusted()) > MAX_DIGITS:
        raise ValueError("a number beyond bounds")
    return number


def _either(attributes: Mapping[str, str], name: str, other: str) -> str:
    return attributes[name] if name in attributes else attributes[other]


def _of_json(stem: str, content: bytes) -> Profile | None:
    try:
        data = json.loads(content, parse_float=Decimal, object_pairs_hook=_once)
    except UnicodeDecodeError:
        raise ValueError("not UTF-8") from None
    if "LinearAdditiveUtilitySpace" not in data:
        if "issuesValues" in data:
            return None
        raise ValueError("no LinearAdditiveUtilitySpace")
    space = data["LinearAdditiveUtilitySpace"]
    issues = {
        name: _utility_of(utilities, _bounded(space["issueWeights"][name]) * _WHOLE)
        for name, utilities in space["issueUtilities"].items()
    }
    bid = (space.get("reservationBid") or {}).get("issuevalues")
    reservation = None
    if bid:
        reservation = sum((_points(issues[name], value) for name, value in bid.items()), Decimal(0))
    title = (space.get("domain") or {}).get("name") or stem
    name = space.get("name") or stem
    if not isinstance(name, str) or not isinstance(title, str):
        raise ValueError("a name that is no text")
    return Profile(name, title, issues, reservation)


def _points(utility: Utility, value: Any) -> Decimal:
    """The points of a value, on a straight line between the ends of a range."""
    if not utility.is_range:
        return utility.values[str(value)]
    (low, least), (high, most) = ((Decimal(at), given) for at, given in utility.values.items())
    return least + (_bounded(value) - low) * (most - least) / (high - low)


def _utility_of(utilities: Mapping[str, Any], scale: Decimal) -> Utility:
    for key in ("discreteutils", "DiscreteValueSetUtilities"):
        if key in utilities:
            values = utilities[key]["valueUtilities"]
            return Utility({value: _bounded(given) * scale for value, given in values.items()})
    for key in ("numberutils", "NumberValueSetUtilities"):
        if key in utilities:
            own = utilities[key]
            ends = {
                str(_number(_bounded(own[f"{end}Value"]))): _bounded(own[f"{end}Utility"]) * scale
                for end in ("low", "high")
            }
            if len(ends) < 2 or any("." in end for end in ends):
                raise ValueError("no whole numbers")
            return Utility(ends, is_range=True)
    raise ValueError("unknown utilities")
