"""Dossiers made up for measuring, in the shorthand of `tests.support`."""

from __future__ import annotations

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
