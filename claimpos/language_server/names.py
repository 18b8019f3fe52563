"""What can be written at a place of a dossier's file: ids of the dossier, keys, and fixed words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from claimpos.dossier.locate import AGENDA, PROPOSALS, SOURCES, file_of, party_of
from claimpos.dossier.model import CITING, OUTCOME_VERBS, Dossier, Issue, Party
from claimpos.dossier.schemas import schema
from claimpos.language_server.cursor import ITEM, Cursor


class Known(NamedTuple):
    """Something that can be written: its name, a title, what explains it, and where it is defined.

    `file` is a name within the dossier, empty for keys and words of the format; `steps` lead to
    it there.
    """

    name: str
    title: str
    text: str = ""
    file: str = ""
    steps: tuple[str, ...] = ()


def known_at(cursor: Cursor, file: str, dossier: Dossier) -> list[Known]:
    """What can be written at a cursor in a file of a dossier, ids first."""
    cursor = cursor._replace(path=(*steps_above(file), *cursor.path))
    found = _matching(cursor, file, dossier)
    if cursor.path[-1:] == (ITEM,) or not found:
        found += _matching(cursor._replace(is_value=not cursor.is_value), file, dossier)
    return [*{known.name: known for known in reversed(found)}.values()][::-1]


def steps_above(file: str) -> tuple[str, ...]:
    """The keys above what a file holds: a file of a party's folder may be a part of its data."""
    _, *rest = file.split("/")
    return (rest[1],) if len(rest) == 3 else ()


def _matching(cursor: Cursor, file: str, dossier: Dossier) -> list[Known]:
    return [*_ids(cursor, file, dossier), *_of_the_format(cursor, _schema_of(file))]


def _schema_of(file: str) -> str:
    if file.startswith(f"{PROPOSALS}/"):
        return "proposal"
    return {AGENDA: "agenda", SOURCES: "sources"}.get(file, "party")


# ---- ids ----


def _ids(cursor: Cursor, file: str, dossier: Dossier) -> Iterator[Known]:
    path = tuple(step for step in cursor.path if step != ITEM)
    if not path:
        return
    party = dossier.parties.get(party_of(file))
    if not cursor.is_value and path[-1] in ("positions", "terms", "if"):
        yield from _issues(dossier)
    elif not cursor.is_value and path[-1] == "answers":
        yield from _proposals(dossier)
    elif cursor.is_value and path[-1] in _OF_KEY:
        yield from _OF_KEY[path[-1]](dossier, party)
    elif cursor.is_value and not {*CITING}.isdisjoint(path[-2:]):
        yield from _statements(dossier, party)
    elif (issue := _issue_named(path, dossier)) is not None:
        yield from _outcomes(issue, cursor)


def _issue_named(path: tuple[str, ...], dossier: Dossier) -> Issue | None:
    """The issue of which outcomes stand at the end of a path."""
    if "if" in path:
        at = len(path) - path[::-1].index("if")
    elif path[0] in ("positions", "terms"):
        at = 1
        if not {*OUTCOME_VERBS, "outcome"} & {*path[2:]}:
            return None
    else:
        return None
    return dossier.issues.get(path[at]) if at < len(path) else None


def _outcomes(issue: Issue, cursor: Cursor) -> Iterator[Known]:
    def of(what: str, titles: Mapping[str, str]) -> Iterator[Known]:
        for key, title in titles.items():
            yield Known(key, title, issue.question, AGENDA, ("issues", issue.id, what, key))

    if issue.kind != "items" or (
        cursor.is_value and cursor.path[-1] in (*issue.items, "all", ITEM)
    ):
        yield from of("options", issue.options)
    else:
        yield from of("items", issue.items)


def _issues(dossier: Dossier, *_: object) -> Iterator[Known]:
    for issue in dossier.issues.values():
        text = f"{issue.question}\n\n{issue.note}".strip()
        yield Known(issue.id, issue.title, text, AGENDA, ("issues", issue.id))


def _sources(dossier: Dossier, *_: object) -> Iterator[Known]:
    for source in dossier.sources.values():
        told = f"{source.publisher}, {source.date.text}, {source.status}"
        yield Known(source.id, source.title, told, SOURCES, ("sources", source.id))


def _parties(dossier: Dossier, *_: object) -> Iterator[Known]:
    for party in dossier.parties.values():
        yield Known(party.id, party.name, party.note, file_of(party.id), ("party",))


def _proposals(dossier: Dossier, *_: object) -> Iterator[Known]:
    for proposal in dossier.proposals.values():
        file = f"{PROPOSALS}/{proposal.id}.yaml"
        yield Known(proposal.id, proposal.title, proposal.date.text, file, ("proposal",))


def _statements(_: Dossier, party: Party | None) -> Iterator[Known]:
    for statement in {} if party is None else party.statements.values():
        told = f"{statement.source.title}, {statement.said.text}, {statement.basis}"
        steps = ("statements", statement.id)
        yield Known(statement.id, statement.summary, told, _file_of(party), steps)


def _speakers(_: Dossier, party: Party | None) -> Iterator[Known]:
    for speaker in {} if party is None else party.speakers.values():
        steps = ("speakers", speaker.id)
        yield Known(speaker.id, speaker.name, speaker.role, _file_of(party), steps)


def _offers(_: Dossier, party: Party | None) -> Iterator[Known]:
    for offer in {} if party is None else party.offers.values():
        yield Known(offer.id, offer.title, "", _file_of(party), ("offers", offer.id))


def _groups(dossier: Dossier, *_: object) -> Iterator[Known]:
    for group, title in dossier.groups.items():
        yield Known(group, title, "", AGENDA, ("groups", group))


def _file_of(party: Party | None) -> str:
    return "" if party is None else file_of(party.id)


_OF_KEY: dict[str, Callable[[Dossier, Party | None], Iterator[Known]]] = {
    "source": _sources,
    "speaker": _speakers,
    "offer": _offers,
    "group": _groups,
    "members": _parties,
    "authors": _parties,
    "by": _parties,
    "except": _issues,
    "presupposes": _issues,
    **dict.fromkeys(CITING, _statements),
}


# ---- keys and words of the format ----


def _of_the_format(cursor: Cursor, name: str) -> Iterator[Known]:
    whole = _bundled(name)
    places = [*_flat(whole, whole)]
    for step in cursor.path:
        places = [deeper for one in places for deeper in _below(one, step, whole)]
    for place in places:
        if cursor.is_value:
            for word in place.get("enum", ()):
                yield Known(str(word), str(place.get("title", "")), place.get("description", ""))
        else:
            for key, value in place.get("properties", {}).items():
                yield Known(key, str(value.get("title", "")), value.get("description", ""))


def _below(place: Any, step: str, whole: Any) -> Iterator[Any]:
    if step == ITEM:
        deeper = place.get("items")
    else:
        deeper = place.get("properties", {}).get(step, place.get("additionalProperties"))
    if isinstance(deeper, dict):
        yield from _flat(deeper, whole)


def _flat(part: Any, whole: Any) -> Iterator[Any]:
    """A part of a schema, and those that it is put together from."""
    yield part
    if reference := part.get("$ref"):
        yield from _flat(whole["$defs"][reference.rpartition("/")[2]], whole)
    for key in ("anyOf", "allOf", "oneOf"):
        for one in part.get(key, ()):
            yield from _flat(one, whole)


@cache
def _bundled(name: str) -> dict[str, Any]:
    return schema(name)
