"""A table added to a dossier: new lines become positions, known ones are left, conflicts logged."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from claimpos.curating.edited_dossier import EditedDossier
from claimpos.curating.pieces import (
    put_answers,
    put_entries,
    put_groups,
    put_issue,
    put_offers,
    put_sources,
    put_speakers,
    put_statements,
)
from claimpos.dossier.locate import PROPOSALS, file_of
from claimpos.dossier.model import CITING, Answer, Dossier, Entry, Party, Statement
from claimpos.importing.draft import AnswerKey, Draft, EntryKey, Piece, cited, unused
from claimpos.importing.folder import proposal_of, valid_files
from claimpos.importing.import_log import KNOWN, ImportLog
from claimpos.importing.importer import TableOptions, drafted
from claimpos.validation.gate import read_dossier

# How a summary that an import made of a line begins: with the table and the line's number.
_FROM_TABLE = re.compile(r"\A[^“”]+, line \d+(?: of “[^“”]+”)?(?=[,:])")

Dated = TypeVar("Dated", Entry, Answer)
Key = TypeVar("Key", EntryKey, AnswerKey)


class Appended(NamedTuple):
    """How many pieces of each kind were added.

    `statements` counts only those that no position or answer cites. `known` counts the positions
    of the table that the dossier had already.
    """

    parties: int
    issues: int
    positions: int
    sources: int
    proposals: int
    answers: int
    statements: int
    speakers: int
    offers: int
    known: int


def append_table(
    path: Path, edited: EditedDossier, options: TableOptions, log: ImportLog
) -> Appended:
    """Add what is new in a table to a dossier in memory.

    What the dossier says otherwise is kept, and logged as skipped. Raises WrongUsage and
    UnknownName if the table cannot be read.
    """
    draft = drafted(path, options, log, edited.dossier)
    # Nothing is written there, and nothing is found there.
    made = read_dossier(path, {**valid_files(draft, path)})
    appender = _Appender(edited, draft, made, log)
    appender.add_agenda()
    return appender.add_parties()


class _Appender:
    """Adds the pieces of a draft that a dossier does not have."""

    def __init__(self, edited: EditedDossier, draft: Draft, made: Dossier, log: ImportLog) -> None:
        self.edited = edited
        self.draft = draft
        self.made = made
        self.log = log
        self.old = edited.dossier
        self.entries_of = _by_party(draft.entries)
        self.answers_of = _by_party(draft.answers)
        self.known = 0
        self.added = 0
        self.answers = self.statements = self.speakers = self.offers = 0

    def add_agenda(self) -> None:
        groups = {key: piece["title"] for key, piece in _new(self.draft.groups).items()}
        if groups:
            put_groups(self.edited, groups)
        for issue, piece in _new(self.draft.issues).items():
            put_issue(self.edited, issue, piece)
        if sources := _new(self.draft.sources):
            put_sources(self.edited, sources)
        for party, piece in _new(self.draft.parties).items():
            data = {"party": party, **piece, "statements": {}, "positions": {}}
            self.edited.create(file_of(party), data)
        new = _new(self.draft.proposals)
        for proposal in new:
            self.edited.create(f"{PROPOSALS}/{proposal}.yaml", proposal_of(self.draft, proposal))
        for proposal in self.draft.proposals.keys() - new.keys():
            for issue, term in _new(self.draft.terms.get(proposal, {})).items():
                text = f"the dossier's “{proposal}” has no term on “{issue}”; it was kept as it is"
                self.log.skip(term.place, text)

    def add_parties(self) -> Appended:
        for party in self.draft.parties:
            if speakers := _new(self.draft.speakers.get(party, {})):
                put_speakers(self.edited, party, speakers)
                self.speakers += len(speakers)
            if offers := _new(self.draft.offers.get(party, {})):
                put_offers(self.edited, party, offers)
                self.offers += len(offers)
            self._add_positions(party)
        return Appended(
            len(_new(self.draft.parties)),
            len(_new(self.draft.issues)),
            self.added,
            len(_new(self.draft.sources)),
            len(_new(self.draft.proposals)),
            self.answers,
            self.statements,
            self.speakers,
            self.offers,
            self.known,
        )

    def _add_positions(self, party: str) -> None:
        old = self.old.parties.get(party) or Party(party, party, party, {})
        made = self.made.parties[party]
        names = _names(old, made)
        new = self._new_entries(old, made, names)
        answers = self._new_answers(old, made)
        needed = {one for piece in (*new.values(), *answers.values()) for one in cited(piece)}
        held = self.draft.statements.get(party, {})
        lone = held.keys() - made.cited()
        statements = {
            names[name]: piece
            for name, piece in _new(held).items()
            if names[name] not in old.statements and (name in needed or name in lone)
        }
        if statements:
            put_statements(self.edited, party, statements)
            self.statements += sum(name in lone and names[name] in statements for name in held)
        for issue, pieces in _by_subject(new, names).items():
            put_entries(self.edited, party, issue, pieces)
        for text, pieces in _by_subject(answers, names).items():
            put_answers(self.edited, party, text, pieces)
        self.added += len(new)
        self.answers += len(answers)

    def _new_entries(
        self, old: Party, made: Party, names: Mapping[str, str]
    ) -> dict[EntryKey, Piece]:
        """The entries that the dossier lacks; an entry that contradicts its own is logged."""
        new = {}
        of_made, of_old = _by_day(made.positions), _by_day(old.positions)
        for key, piece in self.entries_of.get(made.id, {}).items():
            entry, before = of_made.get(key[1:]), of_old.get(key[1:])
            what = f"position of “{key.party}” on “{key.issue}” from {key.since}"
            if before is None or entry is None:
                new[key] = piece
            elif _content(entry) != _content(before):
                self._log_conflict(piece, what)
            else:
                self.known += 1
                if _grounds(entry, names) != _grounds(before, {}):
                    text = f"the dossier has the same {what}, on other evidence; it was kept"
                    for place in piece.places:
                        self.log.remark(place, text, "the dossier has the same position")
        return new

    def _new_answers(self, old: Party, made: Party) -> dict[AnswerKey, Piece]:
        """The answers to texts that the dossier lacks; contradictions are logged, too."""
        new = {}
        of_made, of_old = _by_day(made.answers), _by_day(old.answers)
        for key, piece in self.answers_of.get(made.id, {}).items():
            answer, before = of_made.get(key[1:]), of_old.get(key[1:])
            if before is None or answer is None:
                new[key] = piece
            elif answer._replace(evidence=()) != before._replace(evidence=()):
                what = f"answer of “{key.party}” to “{key.text}” from {key.since}"
                self._log_conflict(piece, what)
        return new

    def _log_conflict(self, piece: Piece, what: str) -> None:
        for place in piece.places:
            self.log.skip(place, f"the dossier has another {what}, which was kept")


def _by_party(pieces: Mapping[Key, Piece]) -> dict[str, dict[Key, Piece]]:
    """Entries or answers by party."""
    by_party: dict[str, dict[Key, Piece]] = {}
    for key, piece in pieces.items():
        by_party.setdefault(key.party, {})[key] = piece
    return by_party


def _by_subject(
    pieces: Mapping[EntryKey, Piece] | Mapping[AnswerKey, Piece], names: Mapping[str, str]
) -> dict[str, list[Piece]]:
    """Entries by issue, or answers by text; they cite statements by their ids in the dossier."""
    grouped: dict[str, list[Piece]] = {}
    for (_, subject, _), piece in pieces.items():
        grouped.setdefault(subject, []).append(_renamed(piece, names))
    return grouped


def _new(pieces: Mapping[str, Piece]) -> dict[str, Piece]:
    """The pieces that the table alone has."""
    return {key: piece for key, piece in pieces.items() if KNOWN not in piece.places}


def _names(old: Party, made: Party) -> dict[str, str]:
    """For each statement of the table, the id of an equal one in the dossier, or a new id."""
    alike: dict[Any, list[str]] = {}
    for name, statement in old.statements.items():
        alike.setdefault(_facts(statement), []).append(name)
    names: dict[str, str] = {}
    taken = {*old.statements}
    numbers: dict[str, int] = {}
    for name, statement in made.statements.items():
        same = alike.get(_facts(statement), [])
        if same:
            names[name] = name if name in same else same[0]
        else:
            names[name] = unused(name, taken, numbers)
        taken.add(names[name])
    return names


def _by_day(dated: Mapping[str, Sequence[Dated]]) -> dict[tuple[str, str], Dated]:
    """Entries by issue and first day, or answers by text and first day; of several, the first."""
    return {(on, one.since.text): one for on in dated for one in reversed(dated[on])}


def _facts(statement: Statement) -> tuple[Any, ...]:
    """What a statement says, without its id or the place of the line that it was made of."""
    speaker = statement.speaker.id if statement.speaker else ""
    summary = _FROM_TABLE.sub("", statement.summary)
    rest = statement[3:5] + statement[6:]
    return (statement.source.id, speaker, summary, *rest)


def _content(entry: Entry) -> tuple[Any, ...]:
    """What an entry says, apart from its statements."""
    bare = entry._replace(evidence=(), against=(), context=(), grounds={}, offer=None)
    return (bare, entry.offer.id if entry.offer else "")


def _grounds(entry: Entry, names: Mapping[str, str]) -> tuple[Any, ...]:
    """The statements of an entry, by verb and use, by their ids in the dossier."""

    def ids(statements: Iterable[Statement]) -> frozenset[str]:
        return frozenset(names.get(one.id, one.id) for one in statements)

    cited = tuple(ids(getattr(entry, key)) for key in CITING)
    return (cited, {verb: ids(some) for verb, some in entry.grounds.items()})


def _renamed(entry: Piece, names: Mapping[str, str]) -> Piece:
    """An entry that cites statements by their ids in the dossier."""
    made = Piece(entry.place, dict(entry))
    for key in CITING:
        held = entry.get(key)
        if isinstance(held, Mapping):
            made[key] = {verb: [names[one] for one in some] for verb, some in held.items()}
        elif held:
            made[key] = [names[one] for one in held]
    return made
