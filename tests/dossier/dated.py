"""Dossiers of one issue whose statements, remarks and ends lie on different days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st

from claimpos import load_dossier
from claimpos.dossier.model import BASES, Dossier
from claimpos.rendering.data import json_text
from tests.support import write_short

Data = Mapping[str, Any]
Found = tuple[list[Data], Data, Data]
"""A party's entries, its statements as (basis, day), and its offers."""

FIRST = date(2025, 11, 1)


def folder_of(folder: Path, entries: list[Data], statements: Data, offers: Data) -> Path:
    """A dossier of one party with one issue, and statements written as (basis, day)."""
    write_short(folder, {"topic": {"options": ["yes", "no", "maybe"]}}, {"ann": {}, "bo": {}})
    said = {
        key: {"source": "paper", "basis": basis, "said": day, "summary": f"{key.capitalize()}."}
        for key, (basis, day) in statements.items()
    }
    positions = {"topic": entries} if entries else {}
    party = {"party": "ann", "name": "Ann", "statements": said, "positions": positions}
    if offers:
        party["offers"] = offers
    (folder / "ann.yaml").write_text(json_text(party), encoding="utf-8")
    return folder


def loaded(entries: list[Data], statements: Data, offers: Data) -> Dossier:
    with TemporaryDirectory() as folder:
        return load_dossier(folder_of(Path(folder), entries, statements, offers))


# Random entries, statements and offers, on few days so that many things meet.

DAYS = [FIRST + timedelta(days=by) for by in range(12)]
VERBS: Data = {
    "demands": "yes",
    "proposes": "maybe",
    "accepts": [{"outcome": "yes", "subject-to": "A vote."}],
    "refuses": "no",
    "reserves": "When.",
}


@st.composite
def timelines(draw: st.DrawFn) -> Found:
    day = st.sampled_from([one.isoformat() for one in DAYS])
    flag = st.booleans()
    known = {key: (draw(st.sampled_from(BASES)), draw(day)) for key in "abcdef"}
    cited = st.lists(st.sampled_from("abcdef"), min_size=1, max_size=3, unique=True)
    offers: dict[str, dict[str, Any]] = {key: {"title": key} for key in ("x", "y")}
    for offer in offers.values():
        if draw(flag):
            offer.update(until=draw(day), deadline=draw(flag))
    entries: list[Data] = []
    for since in draw(st.lists(day, min_size=1, max_size=4, unique=True)):
        verbs: list[str] = draw(
            st.lists(st.sampled_from([*VERBS]), min_size=1, max_size=3, unique=True)
        )
        entry: dict[str, Any] = {"since": since, **{verb: VERBS[verb] for verb in verbs}}
        by_verb = draw(flag)
        entry["evidence"] = {verb: draw(cited) for verb in verbs} if by_verb else draw(cited)
        if draw(st.integers(0, 3)) == 0:
            entry |= {"until": draw(st.sampled_from([one for one in DAYS if str(one) >= since]))}
            entry |= {"until": str(entry["until"]), "deadline": draw(flag)}
        lasting = [key for key, offer in offers.items() if offer.get("until", since) >= since]
        if draw(flag) and lasting:
            entry["offer"] = draw(st.sampled_from(lasting))
        if draw(flag):
            entry["notes"] = [{"day": draw(day), "text": "Remark."}]
        free = [key for key in "abcdef" if key not in str(entry["evidence"])]
        if draw(flag) and free:
            entry["against" if draw(flag) else "context"] = [free[0]]
        entries.append(entry)
    return entries, known, offers


def deleted(found: Found, day: date) -> Found:
    """The same files as they would be had nothing been written after the day."""
    entries, known, offers = found
    by = day.isoformat()
    left = {key: one for key, one in known.items() if one[1] <= by}

    def kept(cited: Any) -> Any:
        if isinstance(cited, list):
            return [key for key in cited if key in left]
        return {verb: some for verb, one in cited.items() if (some := kept(one))}

    told = []
    for entry in entries:
        cited = kept(entry["evidence"])
        if entry["since"] > by or not cited:
            continue
        lost = [verb for verb in VERBS if isinstance(cited, dict) and verb not in cited]
        one = {key: value for key, value in entry.items() if key not in lost}
        one["evidence"] = cited
        for key in ("against", "context"):
            if key in one and not (some := kept(one[key])):
                del one[key]
            elif key in one:
                one[key] = some
        if "notes" in one and one["notes"][0]["day"] > by:
            del one["notes"]
        told.append(_ends(one, by))
    return told, left, {key: _ends(offer, by) for key, offer in offers.items()}


def _ends(one: Data, by: str) -> Data:
    hidden = "until" in one and one["until"] >= by and not one["deadline"]
    return {key: value for key, value in one.items() if not hidden or key != "until"}
