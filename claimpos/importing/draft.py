"""Ids made from the names in a table: one for each thing, and never one for two things."""

import re
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from claimpos.dossier.looks import normal_form
from claimpos.dossier.lookup import DEVICES, id_words, is_spelt_roughly
from claimpos.dossier.reading.form import RESERVED, is_id
from claimpos.importing.import_log import KNOWN, ImportLog, Skipped, TablePlace, shortened

_GAPS = re.compile(r"\s+|(?<=\w)[_-]+(?=\w)")
_LONGEST = 60
# The field that holds the names of a kind of thing where another holds its ids.
_NAMED = {
    "party": "name",
    "issue": "title",
    "group": "group_title",
    "source": "source_title",
    "proposal": "proposal_title",
}
# Up to this length a name that can be an id is kept; a party's id is also the name of a file.
_LONGEST_KEPT = 200
# Names shorter or longer than this are not compared: they are never misspellings of each other.
_SHORT, _LONG = 5, 60


class Names:
    """The things of one kind (party, issue, …), by the names that a table gives them."""

    def __init__(self, kind: str, log: ImportLog, taken: Iterable[str] = ()) -> None:
        self.kind = kind
        self.log = log
        self.ids: dict[str, str] = {}
        self._others: dict[str, str] = {}
        """By a name of two things, the id of the one that `ids` does not have."""
        self.first: dict[str, tuple[str, TablePlace]] = {}
        self._taken = {*taken}
        self._numbers: dict[str, int] = {}

    def id_of(self, name: str, place: TablePlace) -> str:
        """The id of a thing; names that differ only in case, spaces and hyphens mean the same."""
        key = _folded(name)
        if key not in self.ids:
            made = self.ids[key] = self._new(name)
            self._taken.add(made)
            self.first[made] = (name, place)
            if made != name and is_spelt_roughly(name):
                self._log_rough(name, made, place)
        found = self.ids[key]
        written, where = self.first[found]
        if name != written and name != found and where != KNOWN:
            text = f"“{name}” is read as “{written}” on {where}"
            self.log.remark(place, text)
        return found

    def _log_rough(self, name: str, made: str, place: TablePlace) -> None:
        text = f"the {self.kind} “{name}” has the id {made}, which is a rough transcription"
        if self.kind in _NAMED:
            named = _NAMED[self.kind]
            text += f": for ids of your own, put them into {self.kind}, and the names into {named}"
        self.log.remark(place, text, f"rough ids of each {self.kind}")

    def also(self, name: str, made: str) -> None:
        """Add a name for the thing with this id; a name of two things means neither."""
        key = _folded(name)
        if self.ids.setdefault(key, made) != made:
            self._others[key] = made

    def meant(self, name: str, place: TablePlace) -> str:
        """The id of a thing that a line names; raises Skipped as `known` does."""
        self.known(name)
        return self.id_of(name, place)

    def known(self, name: str) -> str | None:
        """The id of a thing that was named before.

        Raises Skipped for a name of two things, unless it is written as the id of one.
        """
        key = _folded(name)
        found, other = self.ids.get(key), self._others.get(key)
        if other is not None and name not in self.first:
            why = f"“{shortened(name)}” may mean the {self.kind} “{found}” or “{other}”"
            raise Skipped(f"{why}; write the id")
        return found

    def _new(self, name: str) -> str:
        kept = len(name) <= _LONGEST_KEPT and is_id(name)
        wanted = name if kept else slug(name, self.kind)
        return unused(wanted, self._taken, self._numbers)

    def made(self) -> dict[str, str]:
        """The ids that are not the names themselves, by name."""
        return {name: made for made, (name, _) in self.first.items() if name != made}

    def remark_on_similar_names(self) -> None:
        """Log names so similar that one may be a misspelling of the other."""
        for name, place, other, where in _near(self.first):
            if place == KNOWN:  # two names of the dossier itself
                continue
            self.log.remark(
                place,
                f"the {self.kind} “{name}” is very similar to “{other}” {where.where}; the two "
                "are kept apart: if one thing is meant, use one name",
            )


def unused(wanted: str, held: Container[str], numbers: dict[str, int]) -> str:
    """The id that is wanted, or, if it is held already, with the next number added.

    `numbers` keeps the last number of each id, so that not all numbers are tried for each of
    thousands of equal names.
    """
    made = wanted
    while made in held:
        numbers[wanted] = numbers.get(wanted, 1) + 1
        made = f"{wanted}-{numbers[wanted]}"
    return made


def titled(name: str) -> str:
    """A title for a name: the name itself, or words with a capital letter if it is an id."""
    return name.replace("-", " ").capitalize() if is_id(name) else name


def _folded(name: str) -> str:
    return _GAPS.sub(" ", normal_form("NFKC", name)).strip().casefold()


def slug(name: str, kind: str) -> str:
    """Words of a to z and digits joined by hyphens; the kind goes before what begins otherwise."""
    words = id_words(name)
    if len(words) > _LONGEST:
        words = words[:_LONGEST].rpartition("-")[0] or words[:_LONGEST]
    if not words:
        return kind
    return words if words[0].isalpha() and words not in RESERVED else f"{kind}-{words}"


def _near(
    first: Mapping[str, tuple[str, TablePlace]],
) -> Iterator[tuple[str, TablePlace, str, TablePlace]]:
    """Names that one letter left out, put in or changed turns into each other.

    Any two of them have a text in common once one character of either is deleted (the symmetric
    deletion of W. Garbe's SymSpell), which finds them without comparing all with all. Of the
    names that have such a text in common each is compared with the first. Figures are no slips:
    article 1 is not article 2.
    """
    names = list(first.values())
    keys = [_bare(name) for name, _ in names]
    holder: dict[int, int] = {}
    for number, (key, (name, place)) in enumerate(zip(keys, names, strict=True)):
        if not _SHORT <= len(key) <= _LONG:
            continue
        figures = tuple(_figures(name))
        texts = {key, *(key[:at] + key[at + 1 :] for at in range(len(key)))}
        near = {holder.setdefault(hash((text, figures)), number) for text in texts} - {number}
        for other in sorted(near):
            if _one_letter_apart(key, keys[other]) and figures == tuple(_figures(names[other][0])):
                yield name, place, *names[other]


def _one_letter_apart(one: str, other: str) -> bool:
    """Whether two long enough words are at most one letter apart."""
    if min(len(one), len(other)) < _SHORT:
        return False
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) <= 1
    long, short = sorted((one, other), key=len, reverse=True)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _bare(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


_figures: Callable[[str], list[str]] = re.compile(r"\d+").findall


# No party's file may be called so.
NOT_OF_PARTIES = {"agenda", "sources", *DEVICES}

_MEMBERS_SHOWN = 10


class Piece(dict[str, Any]):
    """A mapping of a file that remembers which lines of the table it was made from."""

    def __init__(self, place: TablePlace, facts: dict[str, Any] | None = None) -> None:
        super().__init__(facts or {})
        self.places = [place]
        self._cited: set[tuple[str, str]] = set()

    @property
    def place(self) -> TablePlace:
        return self.places[0]

    def grow(self, new: Mapping[str, Any]) -> None:
        """Take over facts that `added` has found to fit; outcomes by item join those of others."""
        for key, value in new.items():
            if _by_item(value) and key in self:
                self[key].update(value)
            else:
                self[key] = value

    def cite(self, use: str, name: str, cited: list[str]) -> None:
        """Add a statement to those that a position cites in one use, unless it is there."""
        if (use, name) not in self._cited:
            self._cited.add((use, name))
            cited.append(name)


class EntryKey(NamedTuple):
    """What identifies a position: a party, an issue and a start date."""

    party: str
    issue: str
    since: str


class AnswerKey(NamedTuple):
    """What identifies an answer: a party, a proposal and a start date."""

    party: str
    text: str
    since: str


CitingKey = EntryKey | AnswerKey
"""What identifies a piece that cites statements of its party."""


# The facts on an issue by which the outcomes of a line are understood.
_OF_OUTCOMES = {"kind", "unit", "options", "items"}


class Draft:
    """The pieces of a dossier by id, as far as the lines read so far have them."""

    def __init__(self, log: ImportLog) -> None:
        self.log = log
        self.title = ""
        self.agenda = Piece(TablePlace(0))
        """What the agenda says, beside its title, of the talks as a whole."""
        self.groups: dict[str, Piece] = {}
        self.issues: dict[str, Piece] = {}
        self.sources: dict[str, Piece] = {}
        self.parties: dict[str, Piece] = {}
        self.speakers: dict[str, dict[str, Piece]] = {}
        self.offers: dict[str, dict[str, Piece]] = {}
        self.statements: dict[str, dict[str, Piece]] = {}
        self.entries: dict[EntryKey, Piece] = {}
        self.proposals: dict[str, Piece] = {}
        self.terms: dict[str, dict[str, Piece]] = {}
        """By proposal and issue."""
        self.answers: dict[AnswerKey, Piece] = {}
        self.given: dict[str, dict[str, Any]] = {}
        """Values for every piece of a kind for which the table has none."""
        self._names: dict[tuple[str, str], Names] = {}

    def names(self, kind: str, of: str = "") -> Names:
        """The things of a kind by name: parties, issues, …, or the options `of` an issue."""
        if (kind, of) not in self._names:
            taken = NOT_OF_PARTIES if kind == "party" else ()
            self._names[kind, of] = Names(kind, self.log, taken)
        return self._names[kind, of]

    def all_names(self) -> list[Names]:
        return list(self._names.values())

    def state(self, piece: Piece, what: str, facts: dict[str, Any], place: TablePlace) -> None:
        """Add facts to a piece; one that contradicts an earlier one is skipped and logged.

        Raises Skipped for one by which the outcomes of the line are understood.
        """
        for key, value in facts.items():
            before = piece.setdefault(key, value)
            if before != value:
                here, there = shown_fact(value), shown_fact(before)
                why = f"the {key} of {what} is “{here}” here and “{there}” {piece.place.where}"
                if key in _OF_OUTCOMES:
                    raise Skipped(f"{why}; its outcomes mean something else")
                self.log.skip(place, f"{why}; the first was kept")

    def named(self, issue: str, outcome: Any) -> Any:
        """The outcome of a term as this draft names it."""
        return outcome

    def citing(self) -> Iterator[tuple[CitingKey, Piece]]:
        """The positions and the answers."""
        yield from self.entries.items()
        yield from self.answers.items()

    def drop(self, blamed: Mapping[CitingKey, str]) -> None:
        """Skip positions and answers, and what only they cite of their own lines; log why."""
        dropped = {key: self._pop(key) for key in blamed}
        left = {(key.party, name) for key, piece in self.citing() for name in cited(piece)}
        for key, piece in dropped.items():
            for place in piece.places:
                self.log.skip(place, blamed[key])
            held, places = self.statements.get(key.party, {}), {*piece.places}
            for name in cited(piece):
                if (key.party, name) not in left and name in held and held[name].place in places:
                    del held[name]

    def _pop(self, key: CitingKey) -> Piece:
        return self.entries.pop(key) if isinstance(key, EntryKey) else self.answers.pop(key)


def shown_fact(value: Any) -> str:
    """A fact as a message shows it: of a list the first members, of titles by id the ids."""
    if not isinstance(value, list):
        return shortened(str(value))
    ids = [one[0] if isinstance(one, tuple) else one for one in value[:_MEMBERS_SHOWN]]
    return shortened("; ".join(ids))


def cited(entry: Piece) -> list[str]:
    """The statements behind a position, against it, and those that explain it."""
    evidence = entry["evidence"]
    if isinstance(evidence, dict):
        evidence = [name for behind_a_verb in evidence.values() for name in behind_a_verb]
    return [*evidence, *entry.get("against", ()), *entry.get("context", ())]


def give(piece: Piece, given: Mapping[str, Any], keys: Collection[str]) -> None:
    """Give a piece the values that are given for all of its kind, unless it has its own."""
    for key in keys:
        if key in given:
            piece.setdefault(key, given[key])


_NOT_ITEMS = frozenset({"outcome", "min", "max", "above", "below"})


def added(piece: Piece, facts: dict[str, Any], what: str) -> dict[str, Any]:
    """Facts that a further line adds to a piece; raises Skipped if one contradicts it.

    Outcomes by item may be spread over several lines, of which each gives its own.
    """
    new: dict[str, Any] = {}
    for key, value in facts.items():
        before = piece.get(key, value)
        items = _by_item(before) and _by_item(value) and before.keys().isdisjoint(value)
        if before != value and not items:
            raise Skipped(
                f"`{key}` differs from {piece.place} for the same {what}; if both apply, "
                "write them on one line"
            )
        new[key] = value
    return new


def _by_item(value: Any) -> bool:
    return isinstance(value, dict) and value.keys().isdisjoint(_NOT_ITEMS)
