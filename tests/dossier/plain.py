"""One file of each kind as plain data, with every key it may have, and random changes to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

AGENDA: dict[str, Any] = {
    "title": "Fish",
    "groups": {"stock": "The stock", "money": "Money"},
    "issues": {
        "quota": {
            "title": "Quota",
            "question": "What cap, in tonnes, is set on the catch?",
            "group": "stock",
            "kind": "quantity",
            "unit": "tonnes",
            "integer": True,
            "minimum": 0,
            "maximum": 9000,
            "note": "Counted a year.",
        },
        "fee": {
            "title": "Fee",
            "question": "What is paid for a tonne?",
            "group": "money",
            "kind": "quantity",
            "unit": "crowns",
            "minimum": 0.5,
        },
        "season": {
            "title": "Season",
            "question": "When may boats go out?",
            "group": "stock",
            "kind": "choice",
            "options": {"spring": "In spring", "autumn": "In autumn", "never": "Not at all"},
            "text": "Boats go out as follows.",
        },
        "access": {
            "title": "Access",
            "question": "Who may fish where?",
            "group": "stock",
            "kind": "items",
            "items": {"north": "The north", "south": "The south", "min": "Minor banks"},
            "options": {"open": "All boats", "local": "Local boats", "shut": "No boats"},
        },
    },
}

SOURCES: dict[str, Any] = {
    "sources": {
        "treaty": {
            "title": "The treaty",
            "publisher": "The council",
            "authors": ["A. Clerk", "B. Clerk"],
            "date": 2024,
            "url": "https://www.example.org/treaty",
            "language": "nb-NO",
            "translation": "none",
            "status": "official",
            "note": "Cut after page 3.",
        },
        "paper": {
            "title": "Talks go on",
            "publisher": "The Paper",
            "date": "2025-02-28",
            "status": "press",
        },
    }
}

PARTY: dict[str, Any] = {
    "party": "norway",
    "name": "Kingdom of Norway",
    "short": "Norway",
    "aliases": ["no", "oslo"],
    "members": ["The fleet", "The ministry"],
    "speaks-for-members": True,
    "role": "mediator",
    "note": "Coded twice.",
    "answers": {
        "plan": [
            {
                "since": "2025-03",
                "until": "2025-06",
                "says": "accepts",
                "except": ["fee", "access.north"],
                "subject-to": "a vote",
                "note": "By letter.",
                "evidence": ["hint"],
            },
            {"since": 2025, "says": "refuses", "evidence": ["quota-speech"]},
        ]
    },
    "speakers": {
        "minister": {"name": "A. Minister", "role": "minister"},
        "analyst": {"name": "B. Analyst", "outside": True},
    },
    "statements": {
        "quota-speech": {
            "source": "treaty",
            "speaker": "minister",
            "said": "2024-05",
            "basis": "stated",
            "summary": "Wants a quota.",
            "quote": "a quota it is",
            "locator": "p. 3",
            "note": "Twice.",
        },
        "hint": {"source": "paper", "basis": "inferred", "summary": "May give way."},
    },
    "positions": {
        "quota": [
            {
                "since": 2024,
                "until": "2024-06",
                "standing": True,
                "demands": {"min": 10, "below": 500},
                "proposes": 300,
                "accepts": [100, {"above": 200, "max": 400}],
                "refuses": {"min": 500},
                "reserves": "How it is counted.",
                "interest": "Its fleet.",
                "priority": "high",
                "note": "Old.",
                "evidence": ["quota-speech"],
                "against": ["hint"],
            },
            {"since": "2024-07", "accepts": 7, "evidence": ["quota-speech", "hint"]},
        ],
        "fee": [{"since": "2024-02-29", "accepts": {"below": 1.5}, "evidence": ["hint"]}],
        "season": [
            {
                "since": "2024-03-01",
                "demands": "spring",
                "accepts": [
                    "spring",
                    {
                        "outcome": ["autumn"],
                        "if": {"access": {"all": "local", "min": "open"}, "quota": {"max": 5}},
                        "subject-to": "a vote",
                    },
                    {"outcome": "never", "subject-to": "a vote"},
                ],
                "evidence": ["hint"],
            },
        ],
        "access": [
            {
                "since": "2024-03-01",
                "proposes": {"north": ["open", "local"], "all": "local"},
                "accepts": [
                    {"south": "open"},
                    {"outcome": {"min": "shut"}, "if": {"access": {"south": "open"}}},
                ],
                "refuses": {"all": "shut", "min": "open"},
                "evidence": ["hint"],
            }
        ],
    },
}

PROPOSAL: dict[str, Any] = {
    "proposal": "plan",
    "title": "A plan",
    "date": "2025-03",
    "source": "paper",
    "status": "leaked",
    "authors": ["norway", "other"],
    "note": "Known from the paper only.",
    "terms": {
        "quota": {"outcome": {"min": 10, "below": 500}, "summary": "A quota.", "locator": "p. 1"},
        "fee": {"outcome": 1.5, "summary": "A fee."},
        "season": {"outcome": "spring", "summary": "A season."},
        "access": {"outcome": {"north": "open", "all": "local", "min": "shut"}, "summary": "All."},
    },
}
BRACKETED: dict[str, Any] = {
    **PROPOSAL,
    "status": "bracketed",
    "terms": {
        "quota": {"outcome": {"bracketed": [300, {"min": 500}, "none"]}, "summary": "A quota."},
        "season": {
            "outcome": {
                "bracketed": [
                    {"outcome": "spring", "by": ["norway"]},
                    {"outcome": "none", "by": ["other"]},
                ]
            },
            "summary": "A season.",
        },
        "access": {
            "outcome": {
                "north": {"bracketed": ["open", "local"]},
                "min": {"bracketed": [{"outcome": "shut"}, "none"]},
                "all": "open",
            },
            "summary": "All.",
        },
    },
}

FILES = {"agenda": AGENDA, "sources": SOURCES, "party": PARTY, "proposal": PROPOSAL}

VALUES: list[Any] = [
    *[None, True, False, 0, 7, 12.5, -3, 1e3, 2024, 10000, 999],
    *["", " ", "x", "spring", "open", "treaty", "hint", "quota", "access", "Not an id", "a--b"],
    *[
        "all",
        "any",
        "none",
        "if",
        "outcome",
        "subject-to",
        "bracketed",
        "5",
        "high",
        "choice",
        "stated",
    ],
    *["2025-02-30", "2025-13", "2025-3-1", "9999-12", "2024-02-29", "2024", "ftp://x", "EN"],
    *[[], {}, [[]], [{}], ["spring", "spring"], ["spring", 5], [["spring"]], [5, {"min": 6}]],
    *[{"x": 1}, {"min": 5}, {"min": 5, "above": 3}, {"max": 5, "below": 3}, {"min": "open"}],
    *[{"north": "open"}, {"all": "open"}, {"all": 5}, {"none": "open"}, {"North": "open"}],
    *[{"min": 5, "north": "open"}, [{"north": "open"}, {"south": "shut"}], [{"north": "open"}]],
    *[{"outcome": "spring"}, {"outcome": "spring", "if": {"quota": 5}}, {"if": {"quota": 5}}],
    [{"outcome": "spring"}],
    [{"outcome": "spring", "if": {}}],
    [{"outcome": "spring", "if": {"quota": 5}, "note": "x"}],
    [{"outcome": {"outcome": "spring"}, "subject-to": "x"}],
    [["spring", "never"], {"outcome": "autumn", "subject-to": "x"}],
    {"north": {"min": 5}},
    *[{"bracketed": ["spring", "none"]}, {"bracketed": ["spring"]}, {"bracketed": [5, "none", 7]}],
    *[{"north": {"bracketed": ["open", "shut"]}}, [{"outcome": "none"}, "spring"]],
    {"north": []},
    {"min": True},
    {"spring": None},
]
KEYS = [
    *["x", "Bad Key", "", "all", "none", "any", "if", "outcome", "subject-to", "title", "note"],
    *["demands", "accepts", "refuses", "reserves", "priority", "since", "until", "evidence"],
    *["min", "max", "above", "below", "north", "quota", "season", "access", "unknown-issue"],
    *["items", "options", "unit", "integer", "minimum", "speaker", "source", "hint", "treaty"],
]

Place = tuple[Any, Any]
"""A container and the key or index of one of its members."""


def as_yaml(data: Any) -> str:
    """JSON is YAML, and its scalars are those of a dossier."""
    return json.dumps(data, ensure_ascii=False, indent=1)


@st.composite
def changed(draw: DrawFn, data: Any) -> Any:
    """The data after one to three changes somewhere in it."""
    root = [deepcopy(data)]
    for _ in range(draw(st.integers(1, 3))):
        _change(draw, root)
    return root[0]


def _change(draw: DrawFn, root: list[Any]) -> None:
    places = list(_places(root))
    holder, at = draw(st.sampled_from(places))
    what = draw(st.sampled_from(["value", "value", "key", "delete", "add", "copy", "wrap"]))
    if what == "value":
        holder[at] = deepcopy(draw(st.sampled_from(VALUES)))
    elif what == "copy":
        other, there = draw(st.sampled_from(places))
        holder[at] = deepcopy(other[there])
    elif what == "wrap":
        holder[at] = [holder[at]]
    elif holder is root:
        return
    elif what == "delete":
        del holder[at]
    elif isinstance(holder, list):
        holder.append(deepcopy(holder[at]))
    else:
        value = holder.pop(at) if what == "key" else deepcopy(holder[at])
        holder[draw(st.sampled_from(KEYS))] = value


def _places(holder: Any) -> Iterator[Place]:
    members = holder.items() if isinstance(holder, dict) else enumerate(holder)
    for key, member in members:
        yield holder, key
        if isinstance(member, dict | list):
            yield from _places(member)
