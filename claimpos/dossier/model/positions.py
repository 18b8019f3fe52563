"""The model of parties: their dated entries, their answers to texts; and the whole dossier."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

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

Says = Literal["accepts", "accepts-as-basis", "refuses"]

OUTCOME_VERBS = ("demands", "proposes", "accepts", "refuses")
"""The verbs of an entry that name outcomes."""

VERBS = (*OUTCOME_VERBS, "reserves")
"""All verbs; an entry has at least one of them."""

ENTRY_TEXTS = ("reserves", "interest", "priority", "note")
"""The keys of an entry that hold a text: reading and reports pass it on unchanged."""

CITING = ("evidence", "against", "context")
"""The keys of an entry under which statements are cited."""


class Answer(NamedTuple):
    """A party's answer to a text as a whole, from one day on.

    `excepted` are the cells that an acceptance leaves out; a cell without an item means the whole
    issue.
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
    """Outcomes that a party would accept.

    Attributes:
        requires: The outcomes of other cells that it makes a condition.
        subject_to: A condition in words.
        withheld: Whether it has conditions that are left aside because their evidence is weaker.
        answer: The answer to a text from which the acceptance follows, if it does.
        answer_of: The group that gave this answer, if it is not the party's own.
        evidence: Its statements, if they differ from those of the entry's `accepts`.
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
    """A party's conditional package, to which several of its entries belong.

    `until` is its last day; `deadline` says that the party itself set that day.
    """

    id: str
    title: str
    until: PartialDate | None = None
    deadline: bool = False


class DatedNote(NamedTuple):
    """A remark on an entry, about a day after the entry began."""

    day: PartialDate
    text: str


class Part(NamedTuple):
    """One of the entries that make up a position, and the cells for which it counts."""

    entry: "Entry"
    cells: frozenset[Cell]


_FEW = 16
"""So many acceptances are looked through faster than they are found by cell."""

_MOST_INDEXED = 500_000


class _Index:
    """The acceptances of entries by the cells that they name; made once for each entry.

    It is made anew only beyond 500,000 pairs of a cell and an acceptance, which take 100 MB or so.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[tuple[Acceptance, ...], Mapping[Cell, list[Acceptance]]]] = {}
        self._size = 0

    def by_cell(self, accepts: tuple[Acceptance, ...]) -> Mapping[Cell, Sequence[Acceptance]]:
        if id(accepts) not in self._known:
            found: dict[Cell, list[Acceptance]] = {}
            for one in accepts:
                for cell in one.outcomes:
                    found.setdefault(cell, []).append(one)
            self._size += sum(map(len, found.values()))
            if self._size > _MOST_INDEXED:
                self._known.clear()
                self._size = 0
            self._known[id(accepts)] = accepts, found  # what is kept keeps its id
        return self._known[id(accepts)][1]


_index = _Index()


class Entry(NamedTuple):
    """A party's whole position on one issue, from one day on.

    Attributes:
        evidence: The statements on which it rests.
        standing: Whether it may have been held before `since`.
        against: Statements that contradict it.
        grounds: The statements behind each verb, if they differ; `evidence` then has all of them.
        context: Statements that explain it and do not count as evidence.
        deadline: Whether the party itself set `until`.
        group: The group whose entry this is, if the party holds it as a member.
        parts: The entries that it is made up of, the party's own and those of its groups.
        coder: Who recorded it, if that is known; likewise `reviewed`, who checked it.
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
        """What the entry says, without dates, reasons and evidence; for comparisons."""
        accepts = tuple(one._replace(evidence=()) for one in self.accepts)
        return self.demands, self.proposes, accepts, self.refuses, self.reserves

    @property
    def confirmed(self) -> date:
        """The day on which the position began or, if that is later, its last statement was made.

        Of several parts, the earliest such day.
        """
        if self.parts:
            return min(part.entry.confirmed for part in self.parts)
        return max([self.since.first, *(statement.said.first for statement in self.evidence)])

    def accepts_on(self, cell: Cell) -> Sequence[Acceptance]:
        """The acceptances that name a cell, in their order."""
        if len(self.accepts) <= _FEW:
            return [one for one in self.accepts if cell in one.outcomes]
        return _index.by_cell(self.accepts).get(cell, ())

    def basis_of(self, verb: str) -> Basis:
        """The strongest basis among the statements behind a verb; of parts, the weakest."""
        parts = [part.entry for part in self.parts if getattr(part.entry, verb)]
        if parts:
            return min((part.basis_of(verb) for part in parts), key=BASES.index)
        return strongest(self.grounds.get(verb, self.evidence))

    def basis_of_yes(self, acceptance: Acceptance) -> Basis:
        """The strongest basis among the statements behind one of the `accepts`."""
        if acceptance.evidence:
            return strongest(acceptance.evidence)
        return self.basis_of("accepts")

    def named(self) -> set[Cell]:
        """The cells on which the entry names an outcome."""
        cells = {*self.demands, *self.proposes, *self.refuses}
        return cells.union(*(acceptance.outcomes for acceptance in self.accepts))

    def cited(self, verbs: Collection[str] = ()) -> list[tuple[str, Statement]]:
        """The statements on which it rests, each with the group that it comes from, or "".

        With `verbs`, only the statements behind these, if the verbs have statements of their own.
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
        """Whether everything it says follows from answers to texts."""
        said = self.demands or self.proposes or self.refuses or self.reserves
        return not said and all(one.answer is not None for one in self.accepts)

    def pieces(self) -> "list[Entry]":
        """The entries of its parts or, without parts, the entry itself."""
        return [part.entry for part in self.parts] or [self]

    def on(self, cell: Cell) -> "Entry | None":
        """The entry that counts on a cell: this one or, if it has parts, the part for the cell."""
        if not self.parts:
            return self
        return next((part.entry for part in self.parts if cell in part.cells), None)


def _evidence(answer: Answer | None) -> tuple[Statement, ...]:
    return () if answer is None else answer.evidence


Points = Mapping[str, Number] | tuple[tuple[Number, Number], ...]
"""What outcomes of a cell are worth: points by option or, for a quantity, pairs of a value and its
points, in ascending order; between two values the points are interpolated linearly.
"""


class Worth(NamedTuple):
    """The points that a party itself gives to outcomes, by cell.

    Attributes:
        at_least: The party rejects packages worth less than this.
        no_deal: What the party has without a deal.
    """

    points: Mapping[Cell, Points]
    evidence: tuple[Statement, ...]
    at_least: Number | None = None
    no_deal: Number | None = None


class Party(NamedTuple):
    """A party: its names, its statements, and its positions by issue, in the order of their dates.

    Attributes:
        members: The ids of member parties, or names of members that have no file.
        speaks_for_members: Whether its positions count for members without their own.
        plural: Whether its name takes a verb in the plural.
        answers: Its answers to each text, by the text's id, in the order of their dates.
        worth: The points that it gives to outcomes.
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
        """Whether it only chairs or mediates; it is compared only if it is named."""
        return self.role == "mediator"

    @property
    def label(self) -> str:
        """The short name as a heading: without the article that it has in a sentence."""
        return self.short.removeprefix("the ")

    def cited(self) -> set[str]:
        """The ids of the statements that entries, answers or points cite."""
        entries = [one for some in self.positions.values() for one in some]
        answers = [one for some in self.answers.values() for one in some]
        cited = [said for key in CITING for entry in entries for said in getattr(entry, key)]
        cited += [said for answer in answers for said in answer.evidence]
        return {said.id for said in (*cited, *(self.worth.evidence if self.worth else ()))}


class Origin(NamedTuple):
    """Who edits a dossier, the licence of its files, and where corrections are listed."""

    editor: str = ""
    licence: str = ""
    errata: str = ""


class Dossier(NamedTuple):
    """A negotiation, as its files describe it; all parts are by id, in the order of the files.

    Attributes:
        closed: The day on which the talks ended, if they have.
        quote_words: How many words a quote may have.
        single_undertaking: Whether nothing is agreed until everything is.
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
