"""Whole random dossiers as plain data, and a way to put one on disk.

Few options, few numbers and one favoured outcome an issue make the parties collide: what one
asks for is often what another accepts, refuses, or makes its price for something else.

Every issue and every party's word on an issue comes from a string of bytes of its own: fast to
draw, and hypothesis can shrink one without disturbing the others. A zero byte is the simplest
choice, so the lists of choices below begin with the one that says least.

What a dossier has beyond entries and statements of one early day is a feature, see `FEATURES`; a
test asks for those that it is about.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from .naive import Number, numbers_in, range_holds, sample_numbers
from .record import VERBS, as_list, first_day, last_day

T = TypeVar("T")
Basis = Literal["stated", "reported", "inferred"]

ISSUE_IDS = ["p", "q", "r", "s", "t"]
OPTION_IDS = ["x", "y", "no"]
ITEM_IDS = ["u", "v", "min"]
PARTY_IDS = ["ann", "bo", "cy", "dee", "no"]

WHOLE_NUMBERS: list[Number] = [-1, 0, 1, 2, 3]
DECIMAL_NUMBERS: list[Number] = [
    Decimal("-0.5"),
    0,
    Decimal("0.25"),
    1,
    Decimal("1.0"),
    Decimal("1.10"),
    Decimal("2E+1"),
]

FAVOURED_STANCES = [
    "",
    *4 * ["accepts"],
    *3 * ["proposes"],
    *3 * ["demands"],
    *7 * ["if"],
    *2 * ["demands if"],
    *2 * ["refuses"],
    "refuses if",
    "accepts if",
    "demands proposes",
]
OTHER_STANCES = [
    *8 * [""],
    *4 * ["refuses"],
    *2 * ["accepts"],
    *2 * ["if"],
    "demands",
    "proposes",
    "demands if",
    "refuses if",
]
RANGE_FORMS = ["", "", "min", "max", "above", "below", "min max", "min below", "above max"]

FIRST_DAYS: list[str | int] = [
    *24 * [2023],
    "2023-11",
    "2024",
    "2024-06-15",
    "2025-01",
    "2025-03-01",
    "2025-03-14",
    "2025-03-15",
    "2025-04",
]
LAST_DAYS: list[str | int] = [2024, "2024-12-31", "2025-03-13", "2025-03-14", "2025-03", "2025"]
DATES = ["2025-03-14", "2025-03-13", "2025-03", "2025-02", "2025", "2024-06-15"]
BASES: list[Basis] = ["stated", "reported", "inferred"]

Feature = Literal["days", "verbs", "offers", "answers", "brackets", "groups"]
# Statements of many days; evidence by verb, and context; offers; answers to texts; texts with
# brackets; groups that speak for their members.
FEATURES: tuple[Feature, ...] = ("days", "verbs", "offers", "answers", "brackets", "groups")

SAID_ON: list[str | int] = [
    2023,
    "2023-11",
    "2024-06",
    "2025-02",
    "2025-03-14",
    "2025-03-15",
    "2025-04",
    2025,
]
OFFER_IDS = ["first-offer", "second-offer"]
OFFERS_END: list[str | int] = ["2026", *LAST_DAYS]
TEXT_IDS = ["text-a", "text-b", "text-c"]
TEXTS_OF: str | int = "2022-06"


def source(day: str | int) -> dict[str, Any]:
    return {"title": "A paper", "publisher": "The Paper", "date": day, "status": "press"}


SOURCES: dict[str, Any] = {"sources": {"paper": source("2023-01-01")}}
# Some sources, and one that came out after all that is cited from it was said.
SOURCES_OF_MANY_DAYS: dict[str, Any] = {
    "sources": SOURCES["sources"]
    | {f"paper-{number}": source(day) for number, day in enumerate(SAID_ON)}
    | {"archive": source("2025-12-31")}
}


class PlainDossier(NamedTuple):
    """The files of a dossier as plain data; `parties` and `proposals` by id."""

    agenda: dict[str, Any]
    sources: dict[str, Any]
    parties: dict[str, dict[str, Any]]
    proposals: dict[str, dict[str, Any]] = {}  # noqa: RUF012


class Topic(NamedTuple):
    """An issue together with the outcome that its parties talk about most."""

    id: str
    issue: dict[str, Any]
    favoured: Any
    numbers: list[Number]


class Stance(NamedTuple):
    """What an entry says of one outcome: the verbs, and `if` for a conditional yes."""

    verbs: set[str]
    item: str | None
    outcome: Any


class Dice:
    """Choices read from a string of bytes; past its end, the simplest ones."""

    def __init__(self, thrown: bytes) -> None:
        self.thrown = iter(thrown)

    def pick(self, choices: Sequence[T]) -> T:
        return choices[next(self.thrown, 0) % len(choices)]

    def chance(self, percent: int) -> bool:
        return next(self.thrown, 0) * 100 >= (100 - percent) * 256

    def some(self, choices: Sequence[T], most: int) -> list[T]:
        """One or more different choices, in their order."""
        chosen = {self.pick(range(len(choices))) for _ in range(most)}
        return [choices[index] for index in sorted(chosen)]


# A dossier


@st.composite
def dossiers(
    draw: DrawFn,
    min_parties: int = 2,
    max_parties: int = 5,
    with_conditions: bool = True,
    features: Collection[Feature] = (),
) -> PlainDossier:
    def dice() -> Dice:
        return Dice(draw(st.binary(min_size=80, max_size=80)))

    party_ids = PARTY_IDS[: draw(st.integers(min_parties, max_parties))]
    issue_ids = ISSUE_IDS[: draw(st.sampled_from([2, 3, 3, 4, 5]))]
    topics = [topic(issue_id, dice()) for issue_id in issue_ids]
    agenda = {
        "title": "A random dossier",
        "groups": {"group": "The only group"},
        "issues": {topic.id: topic.issue for topic in topics},
    }
    parties = {
        party: party_file(
            party,
            {topic.id: timeline(topic, topics, with_conditions, dice()) for topic in topics},
        )
        for party in party_ids
    }
    plain = PlainDossier(agenda, SOURCES, parties)
    if "days" in features:
        plain = plain._replace(sources=SOURCES_OF_MANY_DAYS)
        for party in plain.parties.values():
            say_on_many_days(party, dice())
    for party in plain.parties.values():
        if "verbs" in features:
            give_evidence_by_verb(party, dice())
        if "offers" in features:
            make_offers(party, dice())
    if "answers" in features:
        plain = plain._replace(proposals=texts(topics, "brackets" in features, dice()))
        for party in plain.parties.values():
            give_answers(party, plain, dice())
    if "groups" in features:
        make_groups(plain.parties, dice())
    return plain


def dates() -> SearchStrategy[str]:
    return st.sampled_from(DATES)


def bases() -> SearchStrategy[Basis]:
    return st.sampled_from(["inferred", *reversed(BASES)])


def topic(issue_id: str, dice: Dice) -> Topic:
    kind = dice.pick(["choice", "items", "quantity"])
    issue: dict[str, Any] = {
        "title": f"Issue {issue_id}",
        "question": "What will hold?",
        "group": "group",
        "kind": kind,
    }
    if kind != "quantity":
        options = OPTION_IDS[: dice.pick([2, 2, 3])]
        issue["options"] = {option: f"Option {option}" for option in options}
        if kind == "items":
            items = ITEM_IDS[: dice.pick([1, 2, 2, 3])]
            issue["items"] = {item: f"Item {item}" for item in items}
        return Topic(issue_id, issue, dice.pick(options), [])
    issue["unit"] = "km"
    integer = dice.chance(50)
    numbers = WHOLE_NUMBERS if integer else DECIMAL_NUMBERS
    if integer or dice.chance(50):
        issue["integer"] = integer
    if dice.chance(40):
        issue["minimum"] = numbers[0]
    if dice.chance(40):
        issue["maximum"] = numbers[-1]
    return Topic(issue_id, issue, dice.pick(numbers), numbers)


def party_file(party: str, timelines: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    return {
        "party": party,
        "name": f"The party {party}",
        "statements": {
            f"{basis}-once": {"source": "paper", "basis": basis, "summary": "Said so."}
            for basis in BASES
        }
        | {"something-else": {"source": "paper", "basis": "stated", "summary": "Said not so."}},
        "positions": {issue: entries for issue, entries in timelines.items() if entries},
    }


def timeline(
    topic: Topic, topics: Sequence[Topic], with_conditions: bool, dice: Dice
) -> list[dict[str, Any]]:
    starts: dict[Any, str | int] = {}
    for _ in range(dice.pick([0, *16 * [1], *5 * [2], 3])):
        start = dice.pick(FIRST_DAYS)
        starts.setdefault(first_day(start), start)
    entries = []
    for start in starts.values():
        entry: dict[str, Any] = {"since": start}
        ends = [end for end in LAST_DAYS if last_day(end) >= first_day(start)]
        if ends and dice.chance(6):
            entry["until"] = dice.pick(ends)
        evidence = {dice.pick([*6 * ["stated"], "reported", "inferred"]), dice.pick(BASES)}
        entry["evidence"] = [f"{basis}-once" for basis in BASES if basis in evidence]
        if dice.chance(5):
            entry["against"] = ["something-else"]
        entries.append(entry | verbs(topic, topics, with_conditions, dice))
    return entries


# An entry


def verbs(
    topic: Topic, topics: Sequence[Topic], with_conditions: bool, dice: Dice
) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    if not dice.chance(4):
        quantity = topic.issue["kind"] == "quantity"
        stances = quantity_stances(topic, dice) if quantity else option_stances(topic, dice)
        if not with_conditions:
            stances = [stance._replace(verbs=stance.verbs - {"if"}) for stance in stances]
        for verb in ("demands", "proposes", "refuses"):
            if said := [stance for stance in stances if verb in stance.verbs]:
                entry[verb] = written(topic, said, dice)
        if accepts := acceptances(topic, topics, stances, dice):
            entry["accepts"] = accepts
    if not entry or dice.chance(5):
        entry["reserves"] = "Something is left open."
    return entry


def option_stances(topic: Topic, dice: Dice) -> list[Stance]:
    items = [item for item in topic.issue.get("items", [None]) if item is None or dice.chance(94)]
    return [
        Stance(
            set(dice.pick(FAVOURED_STANCES if option == topic.favoured else OTHER_STANCES).split()),
            item,
            option,
        )
        for item in items
        for option in topic.issue["options"]
    ]


def quantity_stances(topic: Topic, dice: Dice) -> list[Stance]:
    stances = [
        Stance(set(dice.pick(FAVOURED_STANCES).split()), None, numbers_of(topic, dice))
        for _ in range(dice.pick([1, 1, 2, 2, 3]))
    ]
    yes = [s.outcome for s in stances if s.verbs & {"demands", "proposes", "accepts"}]
    return [
        stance
        for stance in stances
        if "refuses" not in stance.verbs or not meet(topic, stance.outcome, yes)
    ]


def values_of(topic: Topic, specs: Iterable[Any]) -> list[Any]:
    ends = {number for spec in specs for number in numbers_in(spec)}
    return sample_numbers(topic.issue, ends)


def meet(topic: Topic, spec: Any, others: list[Any]) -> bool:
    return any(
        range_holds(spec, number) and any(range_holds(other, number) for other in others)
        for number in values_of(topic, [spec, *others])
    )


def numbers_of(topic: Topic, dice: Dice) -> Any:
    """A number or a range that holds at least one value of the issue."""
    numbers = [*2 * [topic.favoured], *topic.numbers]
    spec = {end: dice.pick(numbers) for end in dice.pick(RANGE_FORMS).split()}
    if any(range_holds(spec, value) for value in values_of(topic, [spec])) and spec:
        return spec
    return dice.pick(numbers)


def merged(outcomes: Sequence[Any]) -> Any:
    return outcomes[0] if len(outcomes) == 1 else list(outcomes)


def written(topic: Topic, stances: Sequence[Stance], dice: Dice) -> Any:
    """The outcomes of several stances as one outcome of a position file."""
    if topic.issue["kind"] != "items":
        return merged([stance.outcome for stance in stances])
    by_item: dict[str, Any] = {}
    for item in topic.issue["items"]:
        if outcomes := [stance.outcome for stance in stances if stance.item == item]:
            by_item[item] = merged(outcomes)
    if len(by_item) < len(topic.issue["items"]) or not dice.chance(60):
        return by_item
    usual = dice.pick(list(by_item.values()))
    rest = {item: outcome for item, outcome in by_item.items() if outcome != usual}
    return {"all": usual, **rest} if dice.chance(50) else {**rest, "all": usual}


# Features


def entries_of(party: dict[str, Any]) -> list[dict[str, Any]]:
    return [entry for entries in party["positions"].values() for entry in entries]


def some_evidence(party: dict[str, Any], dice: Dice) -> list[str]:
    usable = [one for one in party["statements"] if one != "something-else"]
    return dice.some(usable, dice.pick([1, 1, 2, 3]))


def say_on_many_days(party: dict[str, Any], dice: Dice) -> None:
    """Some statements have a day of their own, some that of their source."""
    for number, day in enumerate(SAID_ON):
        basis = dice.pick(BASES)
        dated: dict[str, Any] = {"source": f"paper-{number}"}
        if dice.chance(50):
            dated = {"source": "archive", "said": day}
        party["statements"][f"on-day-{number}"] = {**dated, "basis": basis, "summary": "Said so."}
    for entry in entries_of(party):
        if dice.chance(35):
            entry["evidence"] = some_evidence(party, dice)


def give_evidence_by_verb(party: dict[str, Any], dice: Dice) -> None:
    for entry in entries_of(party):
        if dice.chance(60):
            said = [verb for verb in VERBS if verb in entry]
            entry["evidence"] = {verb: some_evidence(party, dice) for verb in said}
        if dice.chance(10) and "against" not in entry:
            entry["context"] = ["something-else"]


def make_offers(party: dict[str, Any], dice: Dice) -> None:
    ends = {offer: dice.pick(OFFERS_END) for offer in OFFER_IDS}
    used = set()
    for entry in entries_of(party):
        offer = dice.pick(OFFER_IDS)
        if dice.chance(40) and first_day(entry["since"]) <= last_day(ends[offer]):
            entry["offer"] = offer
            used.add(offer)
    if used:
        party["offers"] = {
            offer: {"title": f"The {offer}", "until": ends[offer]}
            for offer in OFFER_IDS
            if offer in used
        }


def texts(topics: Sequence[Topic], brackets: bool, dice: Dice) -> dict[str, dict[str, Any]]:
    return {
        text: text_file(text, dice.some(topics, 4), brackets, dice)
        for text in TEXT_IDS[: dice.pick([1, 2, 3])]
    }


def text_file(text: str, topics: Sequence[Topic], brackets: bool, dice: Dice) -> dict[str, Any]:
    terms = {topic.id: term(topic, brackets, dice) for topic in topics}
    bracketed = "bracketed" in as_json(terms)
    return {
        "proposal": text,
        "title": f"The {text}",
        "date": TEXTS_OF,
        "source": "paper",
        "status": "bracketed" if bracketed else "official",
        "terms": {
            issue: {"outcome": outcome, "summary": "So it says."}
            for issue, outcome in terms.items()
        },
    }


def term(topic: Topic, brackets: bool, dice: Dice) -> Any:
    if topic.issue["kind"] == "quantity":
        return alternatives(numbers_of(topic, dice), "none", brackets and dice.chance(20))
    first, second = dice.pick([[0, 1], [0, 1], [1, 0]])
    options = list(topic.issue["options"])
    favoured = topic.favoured if dice.chance(60) else options[first]
    if topic.issue["kind"] == "choice":
        return alternatives(favoured, other(options, favoured), brackets and dice.chance(20))
    items = list(topic.issue["items"])
    if dice.chance(25):
        return {"all": favoured} | ({items[0]: options[second]} if dice.chance(50) else {})
    return {
        item: alternatives(favoured, other(options, favoured), brackets and dice.chance(20))
        for item in dice.some(items, 3)
    }


def other(options: list[str], than: str) -> str:
    return next(option for option in options if option != than)


def alternatives(outcome: Any, another: Any, bracketed: bool) -> Any:
    return {"bracketed": [outcome, another]} if bracketed else outcome


def give_answers(party: dict[str, Any], plain: PlainDossier, dice: Dice) -> None:
    """What the party says of each text; parties that answer say less beside it."""
    answers: dict[str, Any] = {}
    for text, described in plain.proposals.items():
        starts: dict[Any, str | int] = {}
        for _ in range(dice.pick([0, 1, 1, 2])):
            start = dice.pick(FIRST_DAYS)
            starts.setdefault(first_day(start), start)
        if starts:
            answers[text] = [
                answer(party, start, excepted(described, plain.agenda, dice), dice)
                for start in starts.values()
            ]
    if answers:
        party["answers"] = answers
        for issue in list(party["positions"]):
            if dice.chance(25):
                del party["positions"][issue]


def answer(
    party: dict[str, Any], start: str | int, but_for: list[str], dice: Dice
) -> dict[str, Any]:
    said: dict[str, Any] = {
        "since": start,
        "says": dice.pick([*5 * ["accepts"], "accepts-as-basis", "refuses"]),
    }
    ends = [end for end in LAST_DAYS if last_day(end) >= first_day(start)]
    if ends and dice.chance(10):
        said["until"] = dice.pick(ends)
    if said["says"] == "accepts" and but_for:
        said["except"] = but_for
    if said["says"] == "accepts" and dice.chance(20):
        said["subject-to"] = "a ballot"
    return said | {"evidence": some_evidence(party, dice)}


def excepted(text: dict[str, Any], agenda: dict[str, Any], dice: Dice) -> list[str]:
    if not dice.chance(30):
        return []
    issue = dice.pick(list(text["terms"]))
    items = list(agenda["issues"][issue].get("items", {}))
    named = [one for one in items if one in text["terms"][issue]["outcome"]]
    return [f"{issue}.{dice.pick(named)}" if named and dice.chance(60) else issue]


def make_groups(parties: dict[str, dict[str, Any]], dice: Dice) -> None:
    """Each party may be a group of some of those before it, so that there is no circle."""
    ids = list(parties)
    for at, party in enumerate(ids):
        if at and dice.chance(60):
            parties[party]["members"] = dice.some(ids[:at], 3)
            if dice.chance(20):
                parties[party]["members"].append("A party elsewhere")
            if dice.chance(85):
                parties[party]["speaks-for-members"] = True
    for party in ids[:-1]:
        positions = parties[party]["positions"]
        parties[party]["positions"] = {
            issue: entries for issue, entries in positions.items() if not dice.chance(35)
        }


# Conditions


def acceptances(
    topic: Topic, topics: Sequence[Topic], stances: Sequence[Stance], dice: Dice
) -> Any:
    plain = [stance for stance in stances if "accepts" in stance.verbs]
    conditional = [stance for stance in stances if "if" in stance.verbs]
    members: list[Any] = []
    while conditional:
        joined = len(conditional) if dice.chance(30) else 1
        group, conditional = conditional[:joined], conditional[joined:]
        for _ in range(dice.pick([1, 1, 1, 2])):
            members.append(conditional_member(topic, topics, group, dice))
    if not plain:
        return members
    yes = written(topic, plain, dice)
    if topic.issue["kind"] == "items" and dice.chance(20):
        yes = [written(topic, [stance], dice) for stance in plain]
    if not members:
        return yes
    return [*as_list(yes), *members] if dice.chance(50) else [*members, *as_list(yes)]


def conditional_member(
    topic: Topic, topics: Sequence[Topic], stances: Sequence[Stance], dice: Dice
) -> dict[str, Any]:
    member: dict[str, Any] = {"outcome": written(topic, stances, dice)}
    own_items = {stance.item for stance in stances}
    targets = [other for other in topics if other.id != topic.id]
    if topic.issue["kind"] == "items" and own_items < set(topic.issue["items"]):
        targets.append(topic)
    form = dice.pick([*7 * ["if"], "if subject-to", "subject-to"])
    if form != "subject-to":
        member["if"] = {
            target.id: requirement(target, own_items if target is topic else set(), dice)
            for target in dice.some(targets, dice.pick([1, 1, 1, 2]))
        }
    if form != "if":
        member["subject-to"] = "a ballot"
    return member


def requirement(target: Topic, left_out: set[str | None], dice: Dice) -> Any:
    """What a condition asks of an issue, on other items than those left out."""
    if target.issue["kind"] == "quantity":
        return merged([numbers_of(target, dice) for _ in range(dice.pick([1, 1, 1, 2]))])
    if target.issue["kind"] == "choice":
        return required_options(target, dice)
    items = [item for item in target.issue["items"] if item not in left_out]
    if not left_out and dice.chance(25):
        beside = {item: required_options(target, dice) for item in items[1:] if dice.chance(25)}
        return {"all": required_options(target, dice), **beside}
    return {item: required_options(target, dice) for item in dice.some(items, 2)}


def required_options(target: Topic, dice: Dice) -> Any:
    if dice.chance(25):
        return merged(dice.some(list(target.issue["options"]), 2))
    return target.favoured


# On disk


def write_dossier(
    folder: Path,
    agenda: dict[str, Any],
    sources: dict[str, Any],
    parties: dict[str, dict[str, Any]],
    proposals: dict[str, dict[str, Any]] | None = None,
) -> None:
    """Write the files of a dossier into a folder."""
    for name, text in files_of(PlainDossier(agenda, sources, parties, proposals or {})).items():
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")


def files_of(plain: PlainDossier) -> dict[str, str]:
    """Each file as JSON, which is YAML, numbers with the digits they have; by its name."""
    texts = {f"proposals/{text}": data for text, data in plain.proposals.items()}
    files = {"agenda": plain.agenda, "sources": plain.sources, **plain.parties, **texts}
    return {f"{stem}.yaml": as_json(data) + "\n" for stem, data in files.items()}


def as_json(value: Any) -> str:
    if isinstance(value, dict):
        pairs = [f"{json.dumps(key)}: {as_json(member)}" for key, member in value.items()]
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(as_json(member) for member in value) + "]"
    return str(value) if isinstance(value, Decimal) else json.dumps(value)


@st.composite
def dossiers_with_features(draw: DrawFn) -> PlainDossier:
    """A dossier of up to four parties, with all features or with one of them."""
    features = draw(st.sampled_from([FEATURES, *([one] for one in FEATURES)]))
    return draw(dossiers(features=features, max_parties=4))
