"""The HTML page: one file that holds the briefing, the grid of all positions, and the pictures."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from markupsafe import Markup

from claimpos import __version__
from claimpos.briefing.documents import environment
from claimpos.briefing.drawing import drawn, shipped
from claimpos.briefing.heat_map import LEGEND, heat_map
from claimpos.briefing.page_data import embedded, page_data
from claimpos.briefing.page_size import View, fitting, too_large
from claimpos.briefing.page_texts import texts_known
from claimpos.briefing.stances import WEIGHTS
from claimpos.comparison.effective_positions import EffectivePositions
from claimpos.comparison.matrix import matrix
from claimpos.comparison.reasons import VERDICTS
from claimpos.comparison.table import PositionTable
from claimpos.comparison.verdict_timeline import bearing_on
from claimpos.comparison.verdicts import Comparison
from claimpos.dossier.limits import how_to_raise
from claimpos.rendering.text import safe
from claimpos.wording.grammar import counted
from claimpos.wording.names import written_date
from claimpos.wording.reasons import reason_name, verdict_name

_SCRIPTS = (
    "page-data.js",
    "page-movement.js",
    "page-axis.js",
    "page-search.js",
    "page-address.js",
    "page-evidence.js",
    "page-time-line.js",
    "page-share.js",
    "page-texts.js",
    "page-grid.js",
    "page.js",
)


class Columns(NamedTuple):
    """The parties of a page's grid, and how many others it has no room for."""

    parties: tuple[str, ...]
    left_out: int


def page(comparison: Comparison, report: Mapping[str, Any], columns: Columns | None = None) -> str:
    """The page of a comparison, as HTML.

    `report` is the briefing's data; the columns are, by default, those of `columns_of`, which
    raises WrongUsage where the page would be too large.
    """
    parties, left_out = columns or columns_of(comparison)
    issues = tuple(verdict.issue for verdict in comparison.issues)
    day, basis, dossier = comparison.day, comparison.basis, comparison.dossier
    known = comparison.common.table.timelines
    view = View(dossier, comparison.parties, parties, issues, day, basis, known)
    data = page_data(view)
    revision = hashlib.sha256(embedded(data).encode()).hexdigest()[:12]
    data["citation"] = safe(citation(dossier.title, __version__, revision))
    pairs = heat_map(matrix(dossier, parties, day, basis, [issue.id for issue in issues]))
    style = Markup(shipped("pictures.css") + shipped("page.css"))
    script = Markup("".join(map(shipped, _SCRIPTS)))
    return (
        environment("html")
        .get_template("page.html")
        .render(
            {
                **report,
                "version": __version__,
                "revision": revision,
                "citation": data["citation"],
                "groups": dossier.groups,
                "origin": dossier.origin,
                "style": style,
                "script": script,
                "style_hash": _hash(style),
                "script_hash": _hash(script),
                "data": Markup(embedded(data)),
                "patterns": Markup(shipped("patterns.svg")),
                "grid": grid(data),
                "columns": data["parties"],
                "proposals": data["proposals"],
                "left_out": _left_out(left_out),
                "older_texts": _older_texts(len(texts_known(view)) - len(data["proposals"])),
                "newest_days": _newest(comparison, parties),
                "since": data["days"][: data["made"]],
                "made": day.isoformat(),
                "span": max((day - date.fromisoformat(data["days"][0][0])).days, 1),
                "has_core": any(issue.core for issue in issues),
                "weights": WEIGHTS,
                "verdict_words": {verdict: verdict_name(verdict) for verdict in VERDICTS},
                "reason_name": reason_name,
                "heat_map": Markup(drawn("heat-map.svg", pairs, alone=False)),
                "heat_map_legend": LEGEND,
            }
        )
    )


def citation(title: str, version: str, revision: str) -> str:
    """How a page asks to be cited, apart from its parties and its day."""
    return f"In: {title}, compared by claimpos {version}, data {revision}."


def _newest(comparison: Comparison, columns: Sequence[str]) -> list[dict[str, str]]:
    """For each party of the grid, the day of its newest evidence in force."""
    dossier, day, basis = comparison.dossier, comparison.day, comparison.basis
    issues = {verdict.issue.id for verdict in comparison.issues}
    found = PositionTable(dossier, columns, day, basis).newest(issues)
    return [
        {
            "label": dossier.parties[party].label,
            "day": "–" if newest is None else written_date(newest),
        }
        for party, newest in found.items()
    ]


def columns_of(comparison: Comparison, besides: Sequence[str] | None = None) -> Columns:
    """The columns of a page: the parties compared, then those `besides` them.

    By default these are all, as far as the limit has room for them, those with most current
    positions first. Raises WrongUsage where a page of the parties asked for would be too large.
    """
    dossier, named = comparison.dossier, comparison.parties
    asked = tuple(dict.fromkeys([*named, *(besides or _talkative_first(comparison))]))
    issues = [verdict.issue.id for verdict in comparison.issues]
    near, known = bearing_on(dossier, asked, issues), comparison.common.table.timelines
    columns = fitting(near, named, asked, comparison.basis, known)
    if besides and len(columns) < len(asked):
        raise too_large(len(asked), len(issues))
    left_out = [] if besides else [one for one in dossier.negotiating if one not in columns]
    return Columns(columns, len(left_out))


def _talkative_first(comparison: Comparison) -> list[str]:
    positions = EffectivePositions(comparison.dossier, comparison.day, comparison.basis)

    def silences(party: str) -> int:
        standings = (positions.standing(party, one.issue.id) for one in comparison.issues)
        return sum(standing.entry is None for standing in standings)

    return sorted(comparison.dossier.negotiating, key=silences)


def _left_out(number: int) -> str:
    """What a page says of the parties that it has no room for, those with the fewest positions."""
    if not number:
        return ""
    parties = counted(number, "party has", "parties have")
    return (
        f"{parties} no column here, because a page of all would be too large: those with the "
        "fewest current positions. The option --with names the parties to show; "
        f"{how_to_raise('page-verdicts')}."
    )


def _older_texts(number: int) -> str:
    """What a page says of the texts that it has no room for, the oldest."""
    texts = counted(number, "older text is", "older texts are")
    return f"{texts} not on this page, which has no room for more." if number else ""


def _hash(text: str) -> str:
    """What the page's security policy calls a style or a script that it allows."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def grid(data: Mapping[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The grid as it stands on the day the page is made for, by groups of issues.

    The page's script draws the other days, and on them the same.
    """
    made, named = data["made"], ",".join(str(number) for number in range(data["named"]))
    groups: dict[str, list[dict[str, Any]]] = {}
    for number, issue in enumerate(data["issues"]):
        turns = data["turns"][number][data["sets"][named][number]]
        outline = data["outlines"][value_at(turns, made)]
        states = [value_at(turns, made) for turns in data["positions"][number]]
        cells = [
            {"state": state, "entry": data["entries"][state] if state >= 0 else None}
            for state in states
        ]
        row = {**issue, "at": number, "outline": outline, "cells": cells}
        groups.setdefault(issue["group"], []).append(row)
    return list(groups.items())


def value_at(turns: Sequence[int], day: int) -> int:
    """The value on a day in a flat list of day, value, day, value, …; -1 before the first."""
    value = -1
    for at in range(0, len(turns), 2):
        if turns[at] > day:
            break
        value = turns[at + 1]
    return value
