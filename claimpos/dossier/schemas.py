"""The JSON Schemas that ship with claimpos.

If a report has a newer format, the schema of the older one ends in its number, such as `diff-1`.

Definitions that several schemas share are in `definitions.json`. A schema that is handed out is
bundled: it holds the definitions that it needs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from claimpos.dossier.graph import all_reached
from claimpos.dossier.locate import shipped

_ENDING = ".schema.json"
_DEFINITIONS = "definitions.json"
_SHARED = f"{_DEFINITIONS}#/$defs/"
_HERE = "#/$defs/"

Schema = dict[str, Any]


def schema_names() -> list[str]:
    """The names of the shipped schemas: agenda, party, diff and so on."""
    folder = shipped("schemas")
    return sorted(path.name.removesuffix(_ENDING) for path in folder.glob(f"*{_ENDING}"))


def schema(name: str) -> Schema:
    """A shipped schema with all definitions that it needs; raises KeyError for another name."""
    if name not in schema_names():
        raise KeyError(name)
    whole = _read(f"{name}{_ENDING}")
    own = whole.pop("$defs", {})
    bundled = {
        "$schema": whole.pop("$schema"),
        "$id": _identity(name, whole),
        **_localised(whole),
    }
    return bundled | {"$defs": _needed_definitions([whole, own]) | _localised(own)}


def keys_of_files() -> set[str]:
    """The keys that the files of a dossier may have, other than ids."""
    return {
        key for name in ("agenda", "party", "proposal", "sources") for key in _keys(schema(name))
    }


def _keys(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for member in part:
            yield from _keys(member)
    elif isinstance(part, dict):
        for key, value in part.items():
            yield from value if key == "properties" else ()
            yield from _keys(value)


def _identity(name: str, whole: Schema) -> str:
    """The `$id` of a schema, with the number of the format if it is that of a report."""
    report, _, number = whole["properties"].get("format", {}).get("const", "").partition("/")
    kind = report.removeprefix("claimpos.") or name
    return f"urn:claimpos:schema:{kind}:{number or 1}"


def _read(file: str) -> Schema:
    data: Schema = json.loads((shipped("schemas") / file).read_text(encoding="utf-8"))
    return data


def _needed_definitions(parts: Any) -> Schema:
    """The shared definitions that parts of a schema need, directly or through others."""
    shared = _read(_DEFINITIONS)["$defs"]
    needed = all_reached(_references(parts, _SHARED), lambda name: _references(shared[name], _HERE))
    return {name: shared[name] for name in needed}


def _references(part: Any, start: str) -> Iterator[str]:
    """The names in all references that begin with `start`."""
    if isinstance(part, list):
        for member in part:
            yield from _references(member, start)
    elif isinstance(part, dict):
        if part.get("$ref", "").startswith(start):
            yield part["$ref"].removeprefix(start)
        yield from _references(list(part.values()), start)


def _localised(part: Any) -> Any:
    """A part of a schema whose references to shared definitions lead to the schema's own."""
    if isinstance(part, list):
        return [_localised(member) for member in part]
    if not isinstance(part, dict):
        return part
    return {
        key: value.replace(_SHARED, _HERE, 1) if key == "$ref" else _localised(value)
        for key, value in part.items()
    }
