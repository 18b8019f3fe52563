"""The schema of a party's file for one dossier, so that editors complete its ids."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from claimpos.dossier.files import Folder, NotRead
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.model import Dossier, Issue
from claimpos.dossier.schemas import schema
from claimpos.errors import WrongUsage

SPECIALISED_ID = "urn:claimpos:schema:party:for-agenda:1"

_VERBS = ("demands", "proposes", "refuses")
Schema = dict[str, Any]


def party_schema_for(dossier: Dossier) -> Schema:
    """The schema of a party's file with the dossier's issues, outcomes, sources and statements."""
    special: Schema = _without_examples(schema("party"))
    special["$id"] = SPECIALISED_ID
    special["description"] = f"A party's file of the dossier “{dossier.title}”."
    positions = special["properties"]["positions"]
    entries = positions.pop("additionalProperties")
    positions["additionalProperties"] = False
    positions["properties"] = {
        issue.id: {
            **entries,
            "title": issue.title,
            "description": issue.question,
            "items": {"allOf": [{"$ref": "#/$defs/entry"}, _entry_on(issue)]},
        }
        for issue in dossier.issues.values()
    }
    definitions = special["$defs"]
    for issue in dossier.issues.values():
        definitions |= _definitions(issue)
    statement = definitions["statement"]["properties"]
    titles = {source.id: source.title for source in dossier.sources.values()}
    statement["source"] |= {"anyOf": _named(titles)}
    condition = definitions["conditional-outcome"]["properties"]["if"]
    required = condition["additionalProperties"]
    condition["additionalProperties"] = False
    condition["properties"] = {
        issue.id: {
            "title": issue.title,
            "description": issue.question,
            "allOf": [required, _outcome_on(issue)],
        }
        for issue in dossier.issues.values()
    }
    for cited in _cited(special):
        cited["items"] = _statement(dossier, cited["items"])
    _specialise_answers(special, dossier)
    members = special["properties"]["members"]["items"]
    known = {party.id: party.name for party in dossier.parties.values()}
    members["anyOf"] = [*_named(known), {"type": "string"}]
    return special


def _specialise_answers(special: Schema, dossier: Dossier) -> None:
    """Offer the dossier's texts for answers, and its cells as exceptions."""
    answers = special["properties"]["answers"]
    general = answers.pop("additionalProperties")
    answers["additionalProperties"] = False
    answers["properties"] = {
        proposal.id: {**general, "title": proposal.title} for proposal in dossier.proposals.values()
    }
    cells = {issue.id: issue.title for issue in dossier.issues.values()} | {
        f"{issue.id}.{item}": f"{issue.title}: {title}"
        for issue in dossier.issues.values()
        for item, title in issue.items.items()
    }
    special["$defs"]["answer"]["properties"]["except"]["items"]["anyOf"] = _named(cells)


def _cited(special: Schema) -> list[Schema]:
    """The parts of the schema that are lists of statements."""
    definitions = special["$defs"]
    entry, answer = (definitions[key]["properties"] for key in ("entry", "answer"))
    return [entry["evidence"], entry["against"], answer["evidence"], definitions["cited"]]


def check_size(dossier: Dossier) -> None:
    """Raise WrongUsage if the schema would offer more outcomes than the limit allows."""
    number = sum(
        max(len(issue.options), 1) * (len(issue.items) + 1) for issue in dossier.issues.values()
    )
    most = limit("schema-outcomes")
    if number > most:
        raise WrongUsage(
            f"the schema would offer {number:,} outcomes, more than {most:,}; "
            f"{how_to_raise('schema-outcomes')}"
        )


def stale_copies(folder: Path, dossier: Dossier) -> dict[Path, NotRead | None]:
    """The copies of the specialised schema in a dossier's folder that are out of date.

    Statements and members do not count, because the schema only offers them and accepts new ones.

    Returns:
        The files; with None if the copy is out of date, else with the reason why it is not read.
        One file is read at a time, and no more after they are too large together.
    """
    door = Folder(folder)
    left = limit("dossier-bytes")
    fresh: Schema | None = None
    found: dict[Path, NotRead | None] = {}
    for path in sorted(folder.glob("*.schema.json")):
        content = door.content(path.name) if left >= 0 else _too_large_together()
        if isinstance(content, NotRead):
            if not os.path.isdir(path):
                found[path] = content
            continue
        left -= len(content)
        copy = _copy_in(content)
        if copy is not None:
            fresh = fresh or _binding(party_schema_for(dossier))
            if _binding(copy) != fresh:
                found[path] = None
    return found


def _too_large_together() -> NotRead:
    largest = limit("dossier-bytes") / 1_000_000
    return NotRead(
        f"the copies before it are larger than {largest:g} MB together",
        f"delete those that are not needed, or, {how_to_raise('dossier-bytes')}",
    )


def _binding(special: Any) -> Any:
    """The schema without the statements and members that it offers; None if it has none."""
    try:
        for cited in _cited(special):
            del cited["items"]
        del special["properties"]["members"]["items"]
    except (KeyError, TypeError):
        return None
    return special


def _copy_in(content: bytes | NotRead) -> Schema | None:
    """The specialised schema that a file holds; None if it holds something else."""
    if isinstance(content, NotRead):
        return None
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) and data.get("$id") == SPECIALISED_ID else None


def _without_examples(part: Any) -> Any:
    """A schema without its examples, because editors would offer these names, too."""
    if isinstance(part, list):
        return [_without_examples(member) for member in part]
    if not isinstance(part, dict):
        return part
    return {key: _without_examples(value) for key, value in part.items() if key != "examples"}


def _entry_on(issue: Issue) -> Schema:
    outcome = _outcome_on(issue)
    verbs: Schema = {verb: {"anyOf": [outcome]} for verb in _VERBS}
    member = {"type": "object", "required": ["outcome"], "properties": {"outcome": outcome}}
    accepted = {"type": "array", "items": {"anyOf": [outcome, member]}}
    return {"properties": verbs | {"accepts": {"anyOf": [outcome, accepted]}}}


def _outcome_on(issue: Issue) -> Schema:
    return {"$ref": f"#/$defs/outcome-on-{issue.id}"}


def _definitions(issue: Issue) -> Schema:
    """The issue's outcomes as definitions, because entries refer to them in many places."""
    definitions = {f"outcome-on-{issue.id}": _outcome(issue)}
    if issue.kind == "items":
        definitions[f"options-of-{issue.id}"] = _any_of(issue.options)
    return definitions


def _outcome(issue: Issue) -> Schema:
    """The issue's outcomes, with the titles that explain them."""
    if issue.kind == "quantity":
        one = [{"type": "number"}, {"$ref": "#/$defs/range"}]
        several = {"type": "array", "items": {"anyOf": one}}
        return {"title": f"{issue.title}, in {issue.unit}", "anyOf": [*one, several]}
    if issue.kind == "choice":
        return _any_of(issue.options)
    options = {"allOf": [{"$ref": f"#/$defs/options-of-{issue.id}"}]}
    items = {item: {"title": title, **options} for item, title in issue.items.items()}
    everyone = {"title": "Every item not named beside it", **options}
    return {
        "type": "object",
        "properties": {**items, "all": everyone},
        "additionalProperties": False,
    }


def _any_of(titles: Mapping[str, str]) -> Schema:
    """One of these ids, or a list of them."""
    one = _named(titles)
    return {"anyOf": [*one, {"type": "array", "items": {"anyOf": one}}]}


def _named(titles: Mapping[str, str]) -> list[Schema]:
    return [{"const": name, "title": title, "description": title} for name, title in titles.items()]


def _statement(dossier: Dossier, general: Schema) -> Schema:
    """A statement's id: the known ones are offered, and new ones accepted."""
    summaries = {
        statement.id: statement.summary
        for party in dossier.parties.values()
        for statement in party.statements.values()
    }
    return {**general, "anyOf": [*_named(summaries), {"$ref": "#/$defs/id"}]}
