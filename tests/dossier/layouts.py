"""YAML as many hands write it: data laid out at random, with comments, braces and odd indents."""

from __future__ import annotations

import json
from decimal import Decimal
from random import Random
from typing import Any

COMMENTS = ("# so it was said", "# ---- 2025 ----", "#")


def written(data: dict[str, Any], dice: Random) -> str:
    """A file that holds this data, laid out as the dice will have it."""
    lines = _map(data, "", dice.choice([2, 2, 2, 4, 3]), dice)
    if dice.random() < 0.2:
        lines.insert(0, "---")
    lines += dice.choice([[], [], ["# the end"], ["", "  # the end"], ["..."]])
    ending = dice.choice(["\n", "\n", "\n", "\r\n"])
    text = ending.join(lines) + dice.choice([ending, ending, "", ending * 2])
    return dice.choice(["", "", "", "\ufeff"]) + text


def _map(data: dict[str, Any], indent: str, step: int, dice: Random) -> list[str]:
    lines = []
    for key, value in data.items():
        lines += _between(indent, dice)
        lines += _pair(key, value, indent, step, dice)
    return lines


def _between(indent: str, dice: Random) -> list[str]:
    if dice.random() > 0.25:
        return []
    depth = dice.choice([indent, indent, f"{indent}  ", ""])
    lines = [depth + dice.choice(COMMENTS) for _ in range(dice.randint(0, 2))]
    return dice.choice([lines, ["", *lines], [*lines, ""], [*lines, indent]])


def _pair(key: str, value: Any, indent: str, step: int, dice: Random) -> list[str]:
    head = f"{indent}{dice.choice([key, key, json.dumps(key)])}:"
    remark = dice.choice(["", "", "", "  # a remark"])
    if isinstance(value, dict) and value and dice.random() < 0.8:
        return [head + remark, *_map(value, indent + " " * step, step, dice)]
    if isinstance(value, list) and value and dice.random() < 0.6:
        return [head + remark, *_list(value, indent + " " * dice.choice([0, step]), step, dice)]
    if isinstance(value, str) and value and dice.random() < 0.2:
        inner = indent + " " * (step + 1)
        return [f"{head} >-{remark}", *(inner + word for word in value.split())]
    return [f"{head} {_flow(value)}{remark}"]


def _list(values: list[Any], indent: str, step: int, dice: Random) -> list[str]:
    lines = []
    for value in values:
        lines += _between(indent, dice)
        if isinstance(value, dict) and value and dice.random() < 0.7:
            first, *rest = _map(value, f"{indent}  ", step, dice)
            while not first.strip() or first.strip().startswith("#"):
                lines.append(first)
                first, *rest = rest
            lines += [f"{indent}- {first.lstrip()}", *rest]
        else:
            lines.append(f"{indent}- {_flow(value)}")
    return lines


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return str(value) if isinstance(value, Decimal) else json.dumps(value)
