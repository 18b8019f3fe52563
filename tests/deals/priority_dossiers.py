"""Small random dossiers in which two or three parties rank what they ask for."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.oracle.dossiers import PlainDossier
from tests.support import full_issue, full_party

RANKS = ["high", "high", "medium", "medium", "low", "low", None]


def first_verbs(draw: st.DrawFn, outcomes: list[Any]) -> dict[str, Any]:
    """Some verbs with outcomes; red lines are rare, because they leave few packages."""
    one, other = draw(st.permutations(outcomes))[:2]
    return draw(
        st.sampled_from(
            [
                {"demands": one},
                {"demands": one},
                {"demands": one},
                {"demands": one, "accepts": [other]},
                {"proposes": one},
                {"proposes": one, "accepts": [other]},
                {"accepts": [one]},
                {"accepts": [one], "refuses": other},
                {"proposes": one, "refuses": other},
            ]
        )
    )


KINDS: list[dict[str, Any]] = [
    {"options": ["x", "y"]},
    {"options": ["x", "y"]},
    {"options": ["x", "y", "z"]},
    {"options": ["x", "y"], "items": ["north", "south"]},
    {"unit": "days"},
]
RANGES = [{"min": 2, "max": 3}, {"min": 5, "max": 6}, {"above": 3, "below": 5}]


@st.composite
def rankings(draw: st.DrawFn) -> PlainDossier:
    """A few issues, some with sub-issues, on which two or three parties ask for something."""
    number = draw(st.sampled_from([2, 3, 3, 4, 4]))
    agenda = {f"issue-{at}": draw(st.sampled_from(KINDS)) for at in range(number)}
    choices = [key for key, issue in agenda.items() if {*issue} == {"options"}]
    parties: dict[str, Any] = {}
    for party in ["anna", "bert", "carl"][: draw(st.sampled_from([2, 2, 2, 3]))]:
        parties[party] = {}
        for key, issue in agenda.items():
            outcomes: list[Any] = issue.get("options", RANGES)
            entry = first_verbs(draw, outcomes)
            if "items" in issue:
                entry = in_items(entry, draw(st.booleans()))
            elif choices and draw(st.integers(0, 1)) == 1:
                settled = draw(st.sampled_from(choices))
                named = [entry.get("demands"), entry.get("proposes"), *entry.get("accepts", [])]
                unnamed = [one for one in outcomes if one not in named]
                if settled != key and unnamed:
                    condition = {settled: draw(st.sampled_from(["x", "y"]))}
                    member = {"outcome": draw(st.sampled_from(unnamed)), "if": condition}
                    entry["accepts"] = [*entry.get("accepts", []), member]
            if draw(st.integers(0, 7)):
                parties[party][key] = entry | ranked(draw)
    return in_full(agenda, parties)


@st.composite
def rivals(draw: st.DrawFn) -> PlainDossier:
    """Two parties that ask for the opposite on nearly all issues, so that little is best.

    At times, Bert lets Anna have her way on one issue only where he has his on another.
    """
    agenda = {f"issue-{at}": {"options": ["x", "y"]} for at in range(draw(st.integers(3, 5)))}
    anna = {key: {"demands": "x"} | ranked(draw) for key in agenda}
    bert: dict[str, Any] = {}
    for key in agenda:
        kind, other = draw(st.integers(0, 7)), draw(st.sampled_from(list(agenda)))
        entry: dict[str, Any] = {"demands": "y" if kind else "x"}
        if kind > 5 and other != key:
            price = {"outcome": "x", "if": {other: "y"}}
            entry = {"proposes": "y", "refuses": "x", "accepts": [price]}
        bert[key] = entry | ranked(draw)
    return in_full(agenda, {"anna": anna, "bert": bert})


def ranked(draw: st.DrawFn) -> dict[str, str]:
    rank = draw(st.sampled_from(RANKS))
    return {"priority": rank} if rank else {}


def in_items(entry: dict[str, Any], alike: bool) -> dict[str, Any]:
    """The same of two sub-issues, or of the first alone."""
    items: list[str] = ["north", "south"] if alike else ["north"]
    told: dict[str, Any] = {}
    for verb, outcome in entry.items():
        [one] = outcome if isinstance(outcome, list) else [outcome]
        told[verb] = dict.fromkeys(items, one)
    return told


def in_full(agenda: dict[str, Any], parties: dict[str, Any]) -> PlainDossier:
    issues = {key: full_issue(key, issue) for key, issue in agenda.items()}
    files = {"title": "A test", "groups": {"all-issues": "All issues"}, "issues": issues}
    paper = {"title": "A paper", "publisher": "A", "date": "2025-01-01", "status": "official"}
    own = {party: full_party(party, positions) for party, positions in parties.items()}
    return PlainDossier(files, {"sources": {"paper": paper}}, own)


SWAP = {"x": "y", "y": "x"}


@st.composite
def mirrored(draw: st.DrawFn) -> PlainDossier:
    """Bert asks for what Anna asks for, with x for y and the issues in the opposite order."""
    keys = [f"issue-{at}" for at in range(draw(st.integers(2, 4)))]
    across = dict(zip(keys, reversed(keys), strict=True))
    parties: dict[str, dict[str, Any]] = {"anna": {}, "bert": {}}
    for key in keys:
        verb, rank = draw(st.sampled_from(["demands", "proposes"])), draw(st.sampled_from(RANKS))
        one, at = draw(st.sampled_from("xy")), draw(st.sampled_from(keys))
        conditional = at != key and draw(st.booleans())
        red_line = draw(st.integers(0, 4)) == 0
        for party, here, there, swap in (
            ("anna", key, at, {"x": "x", "y": "y"}),
            ("bert", across[key], across[at], SWAP),
        ):
            other = swap[SWAP[one]]
            entry: dict[str, Any] = {verb: swap[one]}
            if conditional:
                entry["accepts"] = [{"outcome": other, "if": {there: swap["x"]}}]
            parties[party][here] = (
                entry
                | ({"refuses": other} if red_line else {})
                | ({"priority": rank} if rank else {})
            )
    return in_full({key: {"options": ["x", "y"]} for key in keys}, parties)
