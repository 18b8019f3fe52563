"""The files of a dossier without what was said after a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from claimpos.dossier.dates import partial_date
from claimpos.rendering.data import json_text
from tests.support import yaml_data

Data = dict[str, Any]
VERBS = ("demands", "proposes", "accepts", "refuses", "reserves")
NO_PARTIES = {"agenda.yaml", "sources.yaml"}


def copied(folder: Path, target: Path, by: date | None = None) -> Path:
    """The dossier's files written anew, of the parties' only what had been said by a day."""
    files = {path.relative_to(folder): path for path in sorted(folder.rglob("*.yaml"))}
    known = {name: yaml_data(path.read_text("utf-8")) for name, path in files.items()}
    dates = {key: one["date"] for key, one in known[Path("sources.yaml")]["sources"].items()}
    for name, data in known.items():
        told = data
        if by is not None and len(name.parts) == 1 and str(name) not in NO_PARTIES:
            told = party_by(data, dates, by)
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_text(json_text(told), encoding="utf-8")
    return target


def party_by(party: Data, dates: Mapping[str, Any], by: date) -> Data:
    """A party's file without what was said, remarked or known to end after the day only."""
    said = {key: one.get("said", dates[one["source"]]) for key, one in party["statements"].items()}
    left = {key for key, day in said.items() if first(day) <= by}
    statements = {key: one for key, one in party["statements"].items() if key in left}
    positions = {}
    for issue, entries in party["positions"].items():
        if kept := [one for entry in entries if (one := entry_by(entry, left, by))]:
            positions[issue] = kept
    answers = {
        text: some
        for text, given in party.get("answers", {}).items()
        if (some := [one for answer in given if (one := entry_by(answer, left, by))])
    }
    offers = {key: without_end(offer, by) for key, offer in party.get("offers", {}).items()}
    told = {**party, "statements": statements, "positions": positions}
    for key, pieces in (("answers", answers), ("offers", offers)):
        told.pop(key, None)
        told |= {key: pieces} if pieces else {}
    return told


def entry_by(entry: Data, left: set[str], by: date) -> Data | None:
    cited = kept(entry["evidence"], left)
    if first(entry["since"]) > by or not cited:
        return None
    told = without_end({**entry, "evidence": cited}, by)
    if isinstance(cited, dict):
        told = {key: one for key, one in told.items() if key not in VERBS or key in cited}
    for key in ("against", "context"):
        if key in entry:
            told[key] = kept(entry[key], left)
    if "notes" in entry:
        told["notes"] = [note for note in entry["notes"] if first(note["day"]) <= by]
    return {key: one for key, one in told.items() if one != []}


def without_end(piece: Data, by: date) -> Data:
    """A piece without its end, if that had not come and the party itself had not set it."""
    if "until" not in piece or piece.get("deadline") or last(piece["until"]) < by:
        return piece
    return {key: one for key, one in piece.items() if key != "until"}


def kept(cited: Any, left: set[str]) -> Any:
    if isinstance(cited, dict):
        return {verb: some for verb, one in cited.items() if (some := kept(one, left))}
    return [key for key in cited if key in left]


def first(written: str | int) -> date:
    return partial_date(str(written)).first


def last(written: str | int) -> date:
    return partial_date(str(written)).last
