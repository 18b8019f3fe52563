"""Dossiers made up for measuring, in the shorthand of `tests.support`."""

from __future__ import annotations

from random import Random
from typing import Any


def half_conditional(parties: int, issues: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """An agenda and the parties' positions, half of which hang on conditions."""
    agenda = {f"i{number}": {"options": ["x", "y", "z"]} for number in range(issues)}
    people: dict[str, Any] = {}
    for who in range(parties):
        positions: dict[str, Any] = {}
        for number in range(issues):
            option = "xyz"[(who * 7 + number * 3) % 3]
            other = f"i{(number + 1 + who % 3) % issues}"
            if (who + number) % 2:
                positions[f"i{number}"] = {"proposes": option}
            else:
                condition = {"outcome": "xyz"[number % 3], "if": {other: sorted({"x", option})}}
                positions[f"i{number}"] = {"accepts": [condition]}
        people[f"p{who}"] = positions
    return agenda, people


def bargaining(parties: int, issues: int, seed: int = 1) -> tuple[dict[str, Any], dict[str, Any]]:
    """Positions as in real talks: most issues spoken to, some red lines, ranks and conditions."""
    chance = Random(f"{parties} {issues} {seed}")
    options = ["a", "b", "c", "d"]
    agenda: dict[str, Any] = {
        f"i{number}": {"unit": "units", "integer": True, "minimum": 0}
        if number % 8 == 7
        else {"options": options[: 2 + number % 3]}
        for number in range(issues)
    }
    return agenda, {
        f"p{who}": {
            issue: _stance(chance, agenda, issue) for issue in agenda if chance.random() < 0.7
        }
        for who in range(parties)
    }


def _stance(chance: Random, agenda: dict[str, Any], issue: str) -> dict[str, Any]:
    wanted, other = _outcomes(chance, agenda[issue])
    kind = chance.random()
    if kind < 0.28:
        stance: dict[str, Any] = {"demands": wanted}
    elif kind < 0.55:
        stance = {"proposes": wanted}
    elif kind < 0.72:
        stance = {"proposes": wanted, "refuses": other}
    elif kind < 0.9:
        stance = {"demands": wanted, "accepts": other}
    else:
        issues = list(agenda)
        about = issues[(issues.index(issue) + chance.choice((1, 2))) % len(issues)]
        needed, _ = _outcomes(chance, agenda[about])
        stance = {"demands": wanted, "accepts": [{"outcome": other, "if": {about: needed}}]}
    if chance.random() < 0.3:
        stance["priority"] = chance.choice(["high", "low"])
    return stance


def _outcomes(chance: Random, issue: dict[str, Any]) -> tuple[Any, Any]:
    """Two outcomes of an issue that exclude each other."""
    if "options" in issue:
        one, other = chance.sample(issue["options"], 2)
        return one, other
    limit = chance.randrange(1, 9) * 100
    return {"min": limit}, {"max": limit - 1}
