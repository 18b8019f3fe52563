"""The JSON Schemas that ship with claimpos."""

from __future__ import annotations

import json
from typing import Any

from claimpos.dossier.finding_home import shipped

_ENDING = ".schema.json"


def schema_names() -> list[str]:
    """The names of the shipped schemas: agenda, party, diff and so on."""
    folder = shipped("schemas")
    return sorted(path.name.removesuffix(_ENDING) for path in folder.glob(f"*{_ENDING}"))


def schema_text(name: str) -> str:
    """The text of a shipped schema; raises KeyError if there is none of that name."""
    path = shipped("schemas") / f"{name}{_ENDING}"
    if name not in schema_names():
        raise KeyError(name)
    return path.read_text(encoding="utf-8")


def schema(name: str) -> Any:
    """A shipped schema as data; raises KeyError if there is none of that name."""
    return json.loads(schema_text(name))
