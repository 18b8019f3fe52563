"""What parties hold: their dated entries, their answers to texts, and all of a dossier."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Literal

from claimpos.dossier.model.agenda import NOTHING, Cell, Issue, Named
from claimpos.dossier.model.documents import (
    BASES,
    QUOTE_WORDS,
    Basis,
    PartialDate,
    Proposal,
    Review,
    Source,
    Speaker,
    Statement,
    strongest,
)
from claimpos.dossier.outcomes import Number
from claimpos.records import NamedTuple

Says = Literal["accepts", "accepts-as-basis", "refuses"]

OUTCOME_VERBS = ("demands", "proposes", "accepts", "refuses")
"""The verbs of an entry that name outcomes."""

VERBS = (*OUTCOME_VERBS, "reserves")
"""What an entry says, one verb or more."""

ENTRY_TEXTS = ("reserves", "interest", "priority", "note")
"""The keys of an entry that hold a text, which readers and reports pass on as it is."""

CITING = ("evidence", "against", "context")
"""The keys of an entry under which statements are cited."""


class Answer(NamedTuple):
    """What a party says to a text as a whole, from one day on.

    `excepted` are the cells, or with an issue alone all of its cells, that a yes leaves out.
    """

    text: str
    says: Says
    since: PartialDate
    evidence: tuple[Statement, ...]
    until: PartialDate | None = None
    excepted: tuple[Cell, ...] = ()
    subject_to: str = ""
    note: str = ""


class Acceptance(NamedTuple):
    """Outcomes that a party would accept; `requires` and `subject_to` are its conditions.

    `answer` is the answer to a text that this follows from, and `answer_of` the group whose answer
    it is, unless it is the party's own. `withheld` says that it has conditions, which are set
    aside with their weaker evidence. `evidence` is given if it differs from that of the entry's
    `accepts`.
    """

    outcomes: Named
    requires: Named = NOTHING
    subject_to: str = ""
    withheld: bool = False
    answer: Answer | None = None
    answer_of: str = ""
    evidence: tuple[Statement, ...] = ()

    @property
    def conditional(self) -> bool:
        return bool(self.requires or self.subject_to or self.withheld)


class Offer(NamedTuple):
    """A party's conditional package: entries that stand and fall together.

    `until` is its last day; `deadline` says that the party itself set it.
    """

    id: str
    title: str
    until: PartialDate | None = None
    deadline: bool = False


class DatedNote(NamedTuple):
    """A remark on an entry that speaks of a day after the entry began."""

    day: PartialDate
    text: str


class Part(NamedTuple):
    """Of a position put together of several entries, one of these and the cells that it is for."""

    entry: Entry
    cells: frozenset[Cell]


class Entry(NamedTuple):
    """A party's whole position on one issue, from one day on.

    `grounds` are the statements behind each verb, where these differ: then `evidence` is all of
    them. `context` explains, and lends no strength. `deadline` says that the party itself set
    `until`. `group` is the group whose entry this is, where the party holds it as a member. An
    entry put together of a party's own and those of its groups has these as its `parts`. `coder` is
    who wrote it down, if that is recorded.
    """

    issue: str
    since: PartialDate
    evidence: tuple[Statement, ...]
    until: PartialDate | None = None
    standing: bool = False
    demands: Named = NOTHING
    proposes: Named = NOTHING
    accepts: tuple[Acceptance, ...] = ()
    refuses: Named = NOTHING
    reserves: str = ""
    interest: str = ""
    priority: str = ""
    note: str = ""
    against: tuple[Statement, ...] = ()
    grounds: Mapping[str, tuple[Statement, ...]] = NOTHING
    context: tuple[Statement, ...] = ()
    notes: tuple[DatedNote, ...] = ()
    deadline: bool = False
    offer: Offer | None = None
    group: str = ""
    parts: tuple[Part, ...] = ()
    coder: str = ""
    reviewed: Review | None = None

    @property
    def basis(self) -> Basis:
        """The strongest basis among the statements behind the entry; of parts, the weakest."""
        if self.parts:
            return min((part.entry.basis for part in self.parts), key=BASES.index)
        return strongest(self.evidence)

    @property
    def position(self) -> tuple[object, ...]:
        """What the entry says, apart from when, why and on which evidence."""
        accepts = tuple(one._replace(evidence=()) for one in self.accepts)
        return self.demands, self.proposes, accepts, self.refuses, self.reserves

    @property
    def confirmed(self) -> date:
        """The day on which the position was last confirmed: it began, or a statement was made.

        Of several parts, the day for the one that was confirmed longest ago.
        """
        if self.parts:
            return min(part.entry.confirmed for part in self.parts)
        return max([self.since.first, *(statement.said.first for statement in self.evidence)])

    def basis_of(self, verb: str) -> Basis:
        """The strongest basis among the statements behind a verb; of parts, the weakest."""
        parts = [part.entry for part in self.parts if getattr(part.entry, verb)]
        if parts:
            return min((part.basis_of(verb) for part in parts), key=BASES.index)
        return strongest(self.grounds.get(verb, self.evidence))

    def basis_of_yes(self, acceptance: Acceptance) -> Basis:
        """The same of one of the outcomes under `accepts`."""
        if acceptance.evidence:
            return strongest(acceptance.evidence)
        return self.basis_of("accepts")

    def named(self) -> set[Cell]:
        """The cells on which the entry names an outcome."""
        cells = {*self.demands, *self.proposes, *self.refuses}
        return cells.union(*(acceptance.outcomes for acceptance in self.accepts))

    def cited(self, verbs: Collection[str] = ()) -> list[tuple[str, Statement]]:
        """The statements that it rests on, each with the group whose it is, if it is a group's.

        With `verbs`, and where the statements behind each verb differ, only those behind these.
        """
        if self.parts:
            return [cited for part in self.parts for cited in part.entry.cited(verbs)]
        answers = [one for one in self.accepts if one.answer is not None]
        of_answers = {said: one.answer_of for one in answers for said in _evidence(one.answer)}
        behind = [*self.evidence]
        if verbs and self.grounds:
            accepts = self.accepts if "accepts" in verbs else ()
            cited = {said for verb in verbs for said in self.grounds.get(verb, ())}
            cited |= {said for one in accepts for said in one.evidence}
            behind = [said for said in behind if said in cited]
        return [(of_answers.get(said, self.group), said) for said in behind]

    @property
    def is_answer(self) -> bool:
        """Whether all that it says follows from answers to texts."""
        said = self.demands or self.proposes or self.refuses or self.reserves
        return not said and all(one.answer is not None for one in self.accepts)

    def pieces(self) -> list[Entry]:
        """The entries of its parts or, without any, the entry itself."""
        return [part.entry for part in self.parts] or [self]

    def on(self, cell: Cell) -> Entry | None:
        """The entry that counts on a cell: this one or, of several parts, the one for the cell."""
        if not self.parts:
            return self
        return next((part.entry for part in self.parts if cell in part.cells), None)


def _evidence(answer: Answer | None) -> tuple[Statement, ...]:
    return () if answer is None else answer.evidence


Points = Mapping[str, Number] | tuple[tuple[Number, Number], ...]
"""What outcomes of a cell are worth: points by option or, of a quantity, points at some values, in
the order of the values; between two of them the points lie on a straight line.
"""


class Worth(NamedTuple):
    """The points that a party itself gives to outcomes, cell by cell, apart from its positions.

    It rejects a package of less than `at_least`. `no_deal` is what it has without a deal.
    """

    points: Mapping[Cell, Points]
    evidence: tuple[Statement, ...]
    at_least: Number | None = None
    no_deal: Number | None = None


class Party(NamedTuple):
    """One side of the negotiation: its names, and its positions in the order of their dates.

    `members` are ids of parties, or names of those that have no file. `answers` are what it says
    to texts, by the text's id, each list in the order of its dates.
    """

    id: str
    name: str
    short: str
    positions: Mapping[str, tuple[Entry, ...]]
    statements: Mapping[str, Statement] = NOTHING
    aliases: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    note: str = ""
    speakers: Mapping[str, Speaker] = NOTHING
    offers: Mapping[str, Offer] = NOTHING
    formerly: tuple[str, ...] = ()
    speaks_for_members: bool = False
    plural: bool = False
    role: str = ""
    answers: Mapping[str, tuple[Answer, ...]] = NOTHING
    worth: Worth | None = None

    @property
    def is_mediator(self) -> bool:
        """Whether it only chairs or mediates, and is compared with others if it is named."""
        return self.role == "mediator"

    @property
    def label(self) -> str:
        """The short name as it heads a column: without the article it has in a sentence."""
        return self.short.removeprefix("the ")

    def cited(self) -> set[str]:
        """The ids of the statements that any entry, any answer, or its points cite."""
        entries = [one for some in self.positions.values() for one in some]
        answers = [one for some in self.answers.values() for one in some]
        cited = [said for key in CITING for entry in entries for said in getattr(entry, key)]
        cited += [said for answer in answers for said in answer.evidence]
        return {said.id for said in (*cited, *(self.worth.evidence if self.worth else ()))}


class Origin(NamedTuple):
    """Who keeps a dossier's files, the terms of their use, and where corrections are listed."""

    editor: str = ""
    licence: str = ""
    errata: str = ""


class Dossier(NamedTuple):
    """A negotiation: all that its files hold, by id, in the files' order.

    `closed` is the day on which the talks ended, if they have. With a `single_undertaking` nothing
    is agreed until everything is.
    """

    title: str
    groups: Mapping[str, str]
    issues: Mapping[str, Issue]
    sources: Mapping[str, Source]
    parties: Mapping[str, Party]
    proposals: Mapping[str, Proposal] = NOTHING
    closed: PartialDate | None = None
    quote_words: int = QUOTE_WORDS
    single_undertaking: bool = False
    origin: Origin = Origin()

    @property
    def negotiating(self) -> tuple[str, ...]:
        """The ids of the parties that have positions of their own: all but mediators."""
        return tuple(key for key, party in self.parties.items() if not party.is_mediator)
