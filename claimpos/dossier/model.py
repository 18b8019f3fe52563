"""What a dossier holds: the agenda, the sources, and each party's dated positions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Literal, NamedTuple, get_args

from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.outcomes import Number, OptionSpace, Outcomes, QuantitySpace, Range, Space
from claimpos.errors import WrongUsage

Kind = Literal["choice", "items", "quantity"]
Basis = Literal["inferred", "reported", "stated"]
Says = Literal["accepts", "accepts-as-basis", "refuses"]
RuleKind = Literal["unanimity", "consensus", "at-least", "more-than", "all-of", "any-of"]
Counted = Literal["open", "counts-no", "counts-out"]

BASES: tuple[Basis, ...] = get_args(Basis)
"""What a statement rests on, the weakest first."""

OUTCOME_VERBS = ("demands", "proposes", "accepts", "refuses")
"""The verbs of an entry that name outcomes."""

VERBS = (*OUTCOME_VERBS, "reserves")
"""What an entry says, one verb or more."""

ENTRY_TEXTS = ("reserves", "interest", "priority", "note")
"""The keys of an entry that hold a text, which readers and reports pass on as it is."""

CITING = ("evidence", "against", "context")
"""The keys of an entry under which statements are cited."""


class PartialDate(NamedTuple):
    """A year, a month or a day: as written, with its first and last day."""

    text: str
    first: date
    last: date


NOTHING: Mapping[Any, Any] = {}

QUOTE_WORDS = 25
"""So many words a quote may have, unless the agenda says otherwise."""


class Cell(NamedTuple):
    """What is decided as one: an issue or, of an issue with items, one item."""

    issue: str
    item: str | None = None

    @property
    def written(self) -> str:
        """As tables and profiles name it: truce, or truce.sea."""
        return self.issue if self.item is None else f"{self.issue}.{self.item}"


Named = Mapping[Cell, Outcomes]
"""The outcomes that a verb or a condition names, cell by cell."""


class Presupposed(NamedTuple):
    """What must be settled before an issue makes sense: an issue, or this option of it.

    Without an item any sub-issue will do.
    """

    issue: str
    item: str | None = None
    option: str | None = None

    @property
    def written(self) -> str:
        """As it stands in an agenda: truce.sea=now."""
        cell = Cell(self.issue, self.item).written
        return cell if self.option is None else f"{cell}={self.option}"


class DecisionRule(NamedTuple):
    """What it takes for the members of a body to decide.

    A `kind` of unanimity or consensus takes nobody's no; `at-least` and `more-than` so many votes,
    or weights, as `needed` says or, if it is a `share`, so large a part of those that count;
    `all-of` and `any-of` take their `parts`. Without `of`, the members are those with `weights`,
    or else all parties that negotiate. A no of one of `veto` decides. `abstention` and
    `no_position` tell as what these count.
    """

    kind: RuleKind
    needed: Fraction = Fraction(0)
    share: bool = False
    of: tuple[str, ...] = ()
    weights: Mapping[str, Number] = NOTHING
    veto: tuple[str, ...] = ()
    abstention: Counted = "counts-no"
    no_position: Counted = "open"
    parts: tuple[DecisionRule, ...] = ()

    @property
    def is_plain_unanimity(self) -> bool:
        """Whether it says no more than that all parties must agree."""
        return self == DecisionRule("unanimity", abstention="open")


class Issue(NamedTuple):
    """A question on the agenda, and the outcomes it may have; `core` if it decides the rest.

    Options of `no_agreement` are outcomes in which nothing is agreed yet; whoever asks for one of
    `abstentions` abstains. `decides` is the rule by which it is decided, if not by all parties.
    `text` and `option_texts` are what a negotiating text says in place of the question and of the
    labels.
    """

    id: str
    title: str
    question: str
    group: str
    kind: Kind
    options: Mapping[str, str] = NOTHING
    items: Mapping[str, str] = NOTHING
    unit: str = ""
    integer: bool = False
    minimum: Number | None = None
    maximum: Number | None = None
    note: str = ""
    formerly: tuple[str, ...] = ()
    options_formerly: Mapping[str, tuple[str, ...]] = NOTHING
    items_formerly: Mapping[str, tuple[str, ...]] = NOTHING
    core: bool = False
    no_agreement: frozenset[str] = frozenset()
    presupposes: tuple[Presupposed, ...] = ()
    abstentions: frozenset[str] = frozenset()
    decides: DecisionRule | None = None
    text: str = ""
    option_texts: Mapping[str, str] = NOTHING

    @property
    def domain(self) -> Range:
        """The values that a quantity may have."""
        return Range(self.minimum, self.maximum)

    def cells(self) -> list[Cell]:
        """The cells of the issue, in the agenda's order."""
        if self.kind == "items":
            return [Cell(self.id, item) for item in self.items]
        return [Cell(self.id)]

    def has(self, cell: Cell) -> bool:
        """Whether a cell is one of the issue's."""
        known = cell.item in self.items if self.kind == "items" else cell.item is None
        return known and cell.issue == self.id


def space_of(issue: Issue, named: Iterable[Outcomes]) -> Space:
    """The outcomes of each of the issue's cells; a quantity is cut where `named` needs it.

    Raises WrongUsage if that is at more numbers than the limit allows.
    """
    if issue.kind == "quantity":
        space = QuantitySpace(named, issue.domain, issue.integer)
        if len(space.ends) > (most := limit("end-points")):
            raise WrongUsage(
                f"{len(space.ends):,} different numbers are named on “{issue.id}”, where the limit "
                f"is {most:,}; {how_to_raise('end-points')}"
            )
        return space
    return OptionSpace(tuple(issue.options))


class Source(NamedTuple):
    """A document that statements come from.

    `paragraphs` is how many its text has, 0 if they were not counted; `no_position` holds those
    in which the coder found no position, reason by reason.
    """

    id: str
    title: str
    publisher: str
    date: PartialDate
    status: str
    authors: tuple[str, ...] = ()
    url: str = ""
    language: str = ""
    translation: str = ""
    note: str = ""
    archived: str = ""
    paragraphs: int = 0
    no_position: tuple[tuple[str, tuple[int, ...]], ...] = ()


class Speaker(NamedTuple):
    """Who speaks for a party or, if `outside`, about it."""

    id: str
    name: str
    role: str = ""
    outside: bool = False


class Review(NamedTuple):
    """Who has checked what a coder wrote against its source, and on which day."""

    by: str
    on: PartialDate


class Statement(NamedTuple):
    """One thing said: who said it, when, where it can be read, and how directly it is known.

    `coder` is who wrote it down, if that is recorded.
    """

    id: str
    source: Source
    speaker: Speaker | None
    said: PartialDate
    basis: Basis
    summary: str
    quote: str = ""
    locator: str = ""
    note: str = ""
    quote_original: str = ""
    coder: str = ""
    reviewed: Review | None = None


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
    it is, unless it is the party's own. `withheld` tells that it has conditions, which are set
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

    `until` is its last day; `deadline` tells that the party itself set it.
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
    them. `context` explains, and lends no strength. `deadline` tells that the party itself set
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


def strongest(statements: Iterable[Statement]) -> Basis:
    """The strongest basis among some statements."""
    return max((statement.basis for statement in statements), key=BASES.index)


Points = Mapping[str, Number] | tuple[tuple[Number, Number], ...]
"""What outcomes of a cell are worth: points by option or, of a quantity, points at some values, in
the order of the values; between two of them the points lie on a straight line.
"""


class Worth(NamedTuple):
    """The points that a party itself gives to outcomes, cell by cell, apart from its positions.

    It says no to a package of less than `at_least`. `no_deal` is what it has without a deal.
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


class Alternative(NamedTuple):
    """One of the bracketed alternatives of a term: its outcome, None for no text, and authors."""

    outcomes: Outcomes | None
    by: tuple[str, ...] = ()


class Term(NamedTuple):
    """What a proposal says on one issue.

    On the cells of `bracketed` it holds alternatives, and names no outcome.
    """

    outcomes: Named
    summary: str
    locator: str = ""
    bracketed: Mapping[Cell, tuple[Alternative, ...]] = NOTHING


class Proposal(NamedTuple):
    """A draft, a plan or an agreement: one outcome for each cell that it speaks of, by issue.

    `authors` are the ids of the parties that wrote it.
    """

    id: str
    title: str
    date: PartialDate
    status: str
    source: Source | None
    terms: Mapping[str, Term]
    authors: tuple[str, ...] = ()
    note: str = ""


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

    @property
    def negotiating(self) -> tuple[str, ...]:
        """The ids of the parties that have positions of their own: all but mediators."""
        return tuple(key for key, party in self.parties.items() if not party.is_mediator)
