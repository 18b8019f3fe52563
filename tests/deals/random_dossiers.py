"""Random negotiations: with decision rules of each kind, and parties that ask for points.

What a random dossier of the comparison lacks is added: priorities, allies who say the same, rivals
who demand different outcomes, outcomes that are no agreement, issues that presuppose others,
abstentions.
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import Sequence
from typing import Any, NamedTuple

from hypothesis import assume
from hypothesis import strategies as st

from tests.deals.voting_enumerator import everybody, in_full
from tests.oracle.dossiers import FEATURES, Dice, Feature, PlainDossier, dossiers
from tests.oracle.record import Record, as_list

DAY = "2025-03-14"
PRIORITIES = ["high", "medium", "low", None, None]
COUNTS = ["counts-no", "counts-out", "open"]
SHARES = ["1/2", "50%", "2/3", "55%", "1/3", "33.5%", "65%", "1%"]
WEIGHTS = [1, 1, 2, 3, 4, 1.5, 0]
PERSONS = 1_082_450_002
ABSTENTION = "abstain"

Rule = dict[str, Any]

SIMPLE_KINDS = ["number", "share", "weights"]
KINDS = [
    "none",
    "unanimity",
    "consensus",
    *SIMPLE_KINDS,
    "double-majority",
    "any-of",
    "veto",
    "abstention",
    "no-position",
    "mixed",
]
"""The kinds of rules; `mixed` has another for each issue, and none for some."""


class Negotiation(NamedTuple):
    """A dossier, and what is asked of it: among whom, and with which options."""

    plain: PlainDossier
    ids: list[str]
    without: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    keep_red_lines: bool = False


def is_group_and_member(plain: PlainDossier, ids: list[str]) -> bool:
    record = Record(plain.agenda, plain.parties, DAY, "inferred")
    return len(ids) == 2 and any(record.is_member(a, b) for a, b in itertools.permutations(ids, 2))


def dice(draw: st.DrawFn) -> Dice:
    return Dice(draw(st.binary(min_size=250, max_size=250)))


@st.composite
def negotiations(
    draw: st.DrawFn,
    min_parties: int = 2,
    max_parties: int = 3,
    features: Sequence[Feature] = FEATURES,
) -> PlainDossier:
    """Small dossiers in which parties rank some of what they ask for; some are allies, some rivals.

    They have all these features, one of them or none.
    """
    features = draw(st.sampled_from([[], features, *([one] for one in features)]))
    plain = draw(dossiers(min_parties, max_parties, features=features))
    thrown = dice(draw)
    if thrown.chance(50):
        make_allies(plain, thrown)
    if thrown.chance(60):
        make_rivals(plain, thrown)
    for party in plain.parties.values():
        for entries in party["positions"].values():
            for entry in entries:
                if priority := thrown.pick(PRIORITIES):
                    entry["priority"] = priority
    return plain


def make_allies(plain: PlainDossier, thrown: Dice) -> None:
    """Parties take over some of what another says, but for its offers."""
    for first, party in itertools.pairwise(plain.parties.values()):
        for issue, entries in first["positions"].items():
            own = party["positions"].get(issue, [])
            if thrown.chance(40) and not any("offer" in entry for entry in [*entries, *own]):
                party["positions"][issue] = copy.deepcopy(entries)


def is_conditional(member: Any) -> bool:
    return isinstance(member, dict) and "outcome" in member


def make_rivals(plain: PlainDossier, thrown: Dice) -> None:
    """Parties demand what another one might not; what they accept on conditions stays."""
    for party in plain.parties.values():
        for key, entries in party["positions"].items():
            if not thrown.chance(45):
                continue
            old = entries[-1]
            kept = [one for one in as_list(old.get("accepts", [])) if is_conditional(one)]
            entries[-1] = {
                "since": old["since"],
                "evidence": evidence_in(old),
                "demands": some_outcome(plain.agenda["issues"][key], thrown),
                **({"accepts": kept} if kept else {}),
            }


def some_outcome(issue: dict[str, Any], thrown: Dice) -> Any:
    if issue["kind"] == "quantity":
        return {thrown.pick(["min", "max"]): thrown.pick([0, 1, 2])}
    options = [*issue["options"]]
    if issue["kind"] == "items":
        return {item: thrown.pick(options) for item in issue["items"]}
    return thrown.pick(options)


def add_bounds_of_agreement(plain: PlainDossier, thrown: Dice) -> PlainDossier:
    """Some outcomes become no agreement, and some issues presuppose others."""
    agenda = copy.deepcopy(plain.agenda)
    issues: dict[str, Any] = agenda["issues"]
    for issue in issues.values():
        for option, title in issue.get("options", {}).items():
            if thrown.chance(10):
                issue["options"][option] = {"title": title, "no-agreement": True}
        if thrown.chance(20):
            issue["presupposes"] = [thrown.pick(presupposable(issues))]
    return plain._replace(agenda=agenda)


def presupposable(issues: dict[str, Any]) -> list[str]:
    places = [*issues]
    for key, issue in issues.items():
        places += [f"{key}.{item}" for item in issue.get("items", ())]
    return places + [
        f"{place}={option}"
        for place in places
        for option in issues[place.split(".")[0]].get("options", ())
    ]


# Rules


def majority(kind: str, voters: Sequence[str], thrown: Dice) -> Rule:
    """A rule of one of the simple kinds; sometimes it names its members."""
    rule: Rule = {}
    members = [*voters]
    if thrown.chance(40):
        members = rule["of"] = thrown.some(voters, 4)
    most: float = len(members)
    if kind == "weights":
        weights = [thrown.pick(WEIGHTS[:-1]), *(thrown.pick(WEIGHTS) for _ in members[1:])]
        rule["weights"] = dict(zip(members, weights, strict=True))
        most = sum(weights)
    if kind == "share" or (kind == "weights" and thrown.chance(60)):
        rule[thrown.pick(["at-least", "more-than"])] = thrown.pick(SHARES)
    elif thrown.chance(30):
        rule["more-than"] = thrown.pick(range(int(-(-most // 1))))
    else:
        rule["at-least"] = thrown.pick(range(1, max(int(most), 1) + 1))
    if rule.get("at-least", 0) == 1 and most < 1:
        rule["at-least"] = most
    return counting_persons(rule) if kind == "weights" and thrown.chance(30) else rule


def counting_persons(rule: Rule) -> Rule:
    """The same rule with weights as those of populations: beyond 32 bits in sum."""
    weights = {member: weight * PERSONS for member, weight in rule["weights"].items()}
    counted: Rule = {**rule, "weights": weights}
    for bound in {"at-least", "more-than"} & rule.keys():
        if not isinstance(rule[bound], str):
            counted[bound] = rule[bound] * PERSONS
    return counted


def rule_of(kind: str, voters: Sequence[str], thrown: Dice) -> Rule | str:
    """A rule that an agenda may have."""
    if kind in ("unanimity", "consensus"):
        if thrown.chance(40):
            return {"rule": kind, "of": thrown.some(voters, 4)}
        return kind if thrown.chance(50) else {"rule": kind}
    if kind in SIMPLE_KINDS:
        return majority(kind, voters, thrown)
    if kind == "double-majority":
        parts = [majority(thrown.pick(["number", "share"]), voters, thrown)]
        return {"all-of": [*parts, majority("weights", voters, thrown)]}
    if kind == "any-of":
        parts = [majority(thrown.pick(SIMPLE_KINDS), voters, thrown) for _ in range(2)]
        if thrown.chance(30):
            inner = [majority(thrown.pick(SIMPLE_KINDS), voters, thrown) for _ in range(2)]
            parts.append({"all-of": inner})
        return {"any-of": parts}
    if kind == "veto":
        rule = some_rule(["number", "share", "weights", "double-majority"], voters, thrown)
        return {**rule, "veto": thrown.some(voters, 2)}
    if thrown.chance(30):
        rule = some_rule(["double-majority", "any-of"], voters, thrown)
        return counting_apart(kind, rule, thrown)
    rule = some_rule(["share", "share", "weights", "consensus", "unanimity"], voters, thrown)
    return {**rule, kind: thrown.pick([one for one in COUNTS if one != in_full(rule)[kind]])}


def counting_apart(key: str, rule: Rule, thrown: Dice) -> Rule:
    """A rule whose parts count abstentions, or missing positions, each in its own way."""
    return {one: [{**part, key: thrown.pick(COUNTS)} for part in rule[one]] for one in rule}


def some_rule(kinds: Sequence[str], voters: Sequence[str], thrown: Dice) -> Rule:
    rule = rule_of(thrown.pick(kinds), voters, thrown)
    return {"rule": rule} if isinstance(rule, str) else rule


def add_rules(plain: PlainDossier, kind: str, thrown: Dice) -> PlainDossier:
    """Rules of a kind: mostly one for all issues, as an agenda's `decides` means it."""
    agenda = copy.deepcopy(plain.agenda)
    voters = everybody(plain.parties)
    assume(voters)
    for_all = None if kind == "mixed" or thrown.chance(30) else rule_of(kind, voters, thrown)
    for issue in agenda["issues"].values():
        own = thrown.pick(KINDS[1:-1]) if kind == "mixed" else kind
        if for_all is not None or thrown.chance(75):
            issue["decides"] = for_all or rule_of(own, voters, thrown)
    plain = plain._replace(agenda=agenda)
    if kind in ("abstention", "mixed") or thrown.chance(15):
        plain = let_abstain(plain, thrown)
    if kind == "no-position":
        plain = let_be_silent(plain, thrown)
    return plain


def let_abstain(plain: PlainDossier, thrown: Dice) -> PlainDossier:
    """An option of its own for abstaining, for which some parties ask."""
    plain = copy.deepcopy(plain)
    for key, issue in plain.agenda["issues"].items():
        if "options" not in issue:
            continue
        issue["options"][ABSTENTION] = {"title": "an abstention", "abstention": True}
        for party in plain.parties.values():
            entries = party["positions"].get(key, [])
            if not entries or not thrown.chance(35):
                continue
            entry = {
                "since": entries[-1]["since"],
                "evidence": evidence_in(entries[-1]),
                thrown.pick(["demands", "accepts", "proposes"]): everywhere(issue, ABSTENTION),
            }
            if thrown.chance(50):
                options = [one for one in issue["options"] if one != ABSTENTION]
                entry["refuses"] = everywhere(issue, thrown.pick(options))
            entries[-1] = entry
    return plain


def everywhere(issue: dict[str, Any], option: str) -> Any:
    """The option as an outcome of an issue, on all of its items if it has any."""
    return {"all": option} if "items" in issue else option


def evidence_in(entry: dict[str, Any]) -> list[str]:
    evidence = entry["evidence"]
    return list(evidence) if isinstance(evidence, list) else list(next(iter(evidence.values())))


def let_be_silent(plain: PlainDossier, thrown: Dice) -> PlainDossier:
    plain = copy.deepcopy(plain)
    for party in plain.parties.values():
        for issue in [*party["positions"]]:
            if thrown.chance(35):
                del party["positions"][issue]
    return plain


# Points

UNITS = (1, 1, 1, 357_913_943, 10**14 + 1)
"""What each party's points are multiples of; some are beyond 32 and 64 bits in sum."""

NEVER = -(10**15)


def add_points(plain: PlainDossier, thrown: Dice) -> PlainDossier:
    """Parties ask for some share of the points that they could have at best."""
    issues = plain.agenda["issues"]
    parties = copy.deepcopy(plain.parties)
    askers = thrown.some([*parties], 3)
    for party in askers:
        scored = thrown.some([*issues], 3)
        unit = thrown.pick(UNITS)
        scales = {key: scale(issues[key], thrown, unit) for key in scored}
        parties[party]["statements"]["brief"] = {
            "source": "paper",
            "said": "2020-01-01",
            "basis": "stated",
            "summary": "So much is worth so much.",
        }
        parties[party]["worth"] = {"evidence": ["brief"], "issues": scales}
        if party == askers[0] or thrown.chance(70):
            best = sum(map(best_of, scales.values()))
            parties[party]["worth"]["at-least"] = asked(best // unit, thrown) * unit
    return plain._replace(parties=parties)


def asked(best: int, thrown: Dice) -> int:
    """Mostly between a third of the best and all of it; seldom more."""
    return best * thrown.pick([3, 4, 4, 5, 5, 6, 6, 7, 8, 9]) // 8


def best_of(scale: dict[Any, Any]) -> int:
    """The most that a scale gives, summed over sub-issues."""
    if any(isinstance(one, dict) for one in scale.values()):
        return sum(map(best_of, scale.values()))
    most: int = max(scale.values())
    return most


def scale(issue: dict[str, Any], thrown: Dice, unit: int) -> dict[Any, Any]:
    """The points of an issue: by option, by some figures, or by item."""
    if issue["kind"] == "items":
        items = thrown.some([*issue["items"]], 2)
        return {item: scale({**issue, "kind": "choice"}, thrown, unit) for item in items}
    is_quantity = issue["kind"] == "quantity"
    scored = thrown.some([0, 1, 2, 3], 2) if is_quantity else issue["options"]
    points = {one: thrown.pick(range(5)) * unit for one in scored}
    if len(points) > 1 and thrown.chance(15):
        points[thrown.pick([*points])] = NEVER
    return points


# All together


@st.composite
def asked_for(draw: st.DrawFn, kind: str) -> Negotiation:
    """What to search: with rules of a kind, and in half of the cases points that are asked for."""
    is_voted = kind != "none"
    parties = draw(st.sampled_from([(3, 3), (3, 3), (4, 4)] if is_voted else [(2, 3)]))
    plain = draw(negotiations(*parties))
    thrown = dice(draw)
    plain = add_bounds_of_agreement(plain, thrown)
    if is_voted:
        plain = add_rules(plain, kind, thrown)
    with_points = draw(st.booleans())
    if with_points:
        plain = add_points(plain, thrown)
    ids = [*plain.parties]
    if len(ids) > 3 and thrown.chance(30):
        ids.pop(thrown.pick(range(len(ids))))
    assume(not is_group_and_member(plain, ids))
    return Negotiation(
        plain,
        ids,
        tuple(plain.agenda["issues"])[:1] if thrown.chance(20) else (),
        tuple(ids[:1]) if thrown.chance(20) else (),
        thrown.chance(30),
    )
