"""A new entry, on its own or made of the one before it, and the statements that it rests on."""

from bisect import bisect_right
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from claimpos.curating.requests import Given
from claimpos.dossier.dates import partial_date
from claimpos.dossier.lookup import nearest
from claimpos.dossier.model import VERBS, Issue
from claimpos.errors import UnknownName, WrongUsage
from claimpos.importing.writing import flow

_EACH = ""
"""The key of evidence that is behind every verb."""


class Cited(NamedTuple):
    """The ids of statements behind each verb; under \"\" those behind every verb that is stated."""

    statements: Mapping[str, list[str]]

    @property
    def all(self) -> list[str]:
        """All of them."""
        return list(dict.fromkeys(one for some in self.statements.values() for one in some))

    def behind(self, verb: str) -> list[str]:
        """Those behind a verb that is stated."""
        return [*self.statements.get(_EACH, ()), *self.statements.get(verb, ())]

    def by_verb(self, facts: Container[str]) -> Any:
        """The evidence of an entry with these facts, as a file holds it."""
        return evidence_of({verb: self.behind(verb) for verb in VERBS if verb in facts})


def evidence_of(grounds: Mapping[str, Iterable[str]]) -> Any:
    """A list if all verbs rest on the same statements; otherwise a map with a list for each."""
    lists = {verb: list(dict.fromkeys(cited)) for verb, cited in grounds.items()}
    if len({tuple(cited) for cited in lists.values()}) > 1:
        return lists
    return next(iter(lists.values()), [])


class AddedStatements:
    """The statements added so far, by party, since the last entry or answer that took them up."""

    def __init__(self) -> None:
        self._fresh: dict[str, list[str]] = {}
        self._used: set[str] = set()

    def note(self, party: str, statement: str) -> None:
        """Note a statement that was added."""
        if party in self._used:
            self._fresh.pop(party, None)
            self._used.discard(party)
        self._fresh.setdefault(party, []).append(statement)

    def has(self, party: str) -> bool:
        """Whether a statement of the party was added."""
        return bool(self._fresh.get(party))

    def cited(self, party: str, given: Given, held: Mapping[str, Any]) -> Cited:
        """What an entry or an answer rests on: what is given or, if nothing is, what was added.

        Raises UnknownName for a statement that the party does not have, and WrongUsage if there is
        none.
        """
        named = [_split(one) for one in given.get("evidence", ())]
        for name in (
            *(one for _, one in named),
            *given.get("against", ()),
            *given.get("context", ()),
        ):
            if name not in held:
                near, remedy = nearest(name, held), f"claimpos show {party}"
                raise UnknownName("statement", name, near, remedy, f" of “{party}”")
        statements: dict[str, list[str]] = {}
        for verb, name in named:
            statements.setdefault(verb, []).append(name)
        if not named:
            self._used.add(party)
            statements[_EACH] = list(self._fresh.get(party, ()))
        if not any(statements.values()):
            raise WrongUsage(
                f"evidence is missing: add a statement of “{party}” before this, with +, or name "
                "one by --evidence"
            )
        return Cited(statements)


def _split(text: str) -> tuple[str, str]:
    """A verb and a statement, of a text such as demands=said-so or said-so."""
    verb, equals, name = text.partition("=")
    if not equals:
        return _EACH, text
    if verb not in VERBS:
        raise UnknownName("verb", verb, nearest(verb, VERBS), "claimpos add entry --help")
    return verb, name


# ---- an entry made of the last one ----

Facts = dict[str, Any]

_ALL = "all"
_KEPT = ("interest", "priority")
# Keys about an entry's own days and statements, which the next entry does not take over.
_OF_ITS_OWN = ("until", "standing", "deadline", "offer", "against", "context", "note", "notes")


class Kept(NamedTuple):
    """An entry made of the last one.

    `replaced` is what the last one says and this one says differently, `dropped` what this one
    leaves out; both as a file writes them.
    """

    facts: Facts
    replaced: list[str]
    dropped: list[str]


class StartDates:
    """The days on which entries, or answers to a text, began, in the order of a file."""

    def __init__(self, entries: Iterable[Mapping[str, Any]]) -> None:
        self._days = [partial_date(str(entry["since"])).first for entry in entries]
        self._in_order = all(one <= other for one, other in pairwise(self._days))

    def last_before(self, since: str) -> int:
        """The index of the entry that a new one, from a day on, follows; -1 if it comes first."""
        first = partial_date(since).first
        if self._in_order:
            return bisect_right(self._days, first) - 1
        begun = [(day, at) for at, day in enumerate(self._days) if day <= first]
        return max(begun)[1] if begun else -1

    def put(self, since: str) -> int:
        """Add a new one; returns the index of the one that it follows, as `last_before` does."""
        at = self.last_before(since)
        self._days.insert(at + 1, partial_date(since).first)
        return at


def said_by(entry: Mapping[str, Any], but: Iterable[str] = ()) -> list[str]:
    """The verbs of an entry with their outcomes, as a file writes them."""
    left_aside = {*but}
    return [
        f"{verb}: {flow(entry[verb])}" for verb in VERBS if verb in entry and verb not in left_aside
    ]


def from_last(
    last: Mapping[str, Any],
    facts: Facts,
    cited: Cited,
    without: Sequence[str],
    issue: Issue,
) -> Kept:
    """A new entry made of the last one: what it says replaces what the last one says.

    On an issue with items, only the items that it names are replaced; the others are kept.

    Args:
        last: The last entry.
        facts: What the new one says; `evidence` aside.
        cited: The statements behind it.
        without: Verbs that are not kept.
        issue: The issue of both.
    """
    moved = _items_named(facts, issue) if issue.kind == "items" else set()
    made: Facts = {key: last[key] for key in _KEPT if key in last} | facts
    grounds: dict[str, list[str]] = {}
    replaced: list[str] = []
    dropped = [f"{verb}: {flow(last[verb])}" for verb in VERBS if verb in last and verb in without]
    for verb in VERBS:
        old = None if verb in without else last.get(verb)
        kept = old if verb not in facts or moved else None
        if moved and old is not None and verb != "reserves":
            kept = _without_items(old, moved, issue)
        if kept != old and verb not in without:
            (replaced if verb in facts else dropped).extend(_lost(verb, old, kept))
        if kept is None and verb not in facts:
            continue
        made[verb] = _both(kept, facts.get(verb)) if verb != "reserves" else facts.get(verb, kept)
        grounds[verb] = [
            *(_evidence_of(last, verb) if kept is not None else ()),
            *(cited.behind(verb) if verb in facts or not _says(facts) else ()),
        ]
    made["evidence"] = evidence_of(grounds)
    dropped += [
        f"{key}: {flow(last[key])}" for key in _OF_ITS_OWN if key in last and key not in facts
    ]
    return Kept(made, replaced, dropped)


def _says(facts: Facts) -> bool:
    return not facts.keys().isdisjoint(VERBS)


def _lost(verb: str, old: Any, kept: Any) -> list[str]:
    """The outcomes of a verb that are not kept, as a file writes them."""
    if kept is None or not isinstance(old, Mapping):
        return [f"{verb}: {flow(old)}"]
    lost = {item: outcome for item, outcome in old.items() if kept.get(item) != outcome}
    return [f"{verb}: {flow(lost)}"] if lost else []


def _evidence_of(entry: Mapping[str, Any], verb: str) -> Sequence[str]:
    evidence = entry["evidence"]
    found: Sequence[str] = evidence.get(verb, ()) if isinstance(evidence, Mapping) else evidence
    return found


def _both(kept: Any, new: Any) -> Any:
    """The outcomes that are kept, and the new ones."""
    if kept is None or new is None:
        return new if kept is None else kept
    if isinstance(kept, Mapping) and isinstance(new, Mapping):
        return {**kept, **new}
    return [*_members(kept), *_members(new)]


def _members(named: Any) -> list[Any]:
    return list(named) if isinstance(named, list) else [named]


def _outcome(member: Any) -> Any:
    return member["outcome"] if isinstance(member, Mapping) and "outcome" in member else member


def _items_named(facts: Facts, issue: Issue) -> set[str]:
    """The items for which the verbs of a new entry name an outcome."""
    maps = [_outcome(member) for verb in VERBS for member in _members(facts.get(verb, ()))]
    named = {item for one in maps if isinstance(one, Mapping) for item in one}
    return {*issue.items} if _ALL in named else named


def _without_items(old: Any, moved: set[str], issue: Issue) -> Any:
    """What a verb names on the other items; None if that is nothing."""
    if isinstance(old, list):
        left = [_without_items(member, moved, issue) for member in old]
        return [member for member in left if member is not None] or None
    if "outcome" in old:
        outcome = _without_items(old["outcome"], moved, issue)
        return None if outcome is None else {**old, "outcome": outcome}
    others = [item for item in issue.items if item not in old]
    spread = dict.fromkeys(others, old[_ALL]) if _ALL in old else {}
    named = {**{item: one for item, one in old.items() if item != _ALL}, **spread}
    kept = {item: named[item] for item in issue.items if item in named and item not in moved}
    return dict(old) if len(kept) == len(named) else kept or None
