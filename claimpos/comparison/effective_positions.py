"""What each party holds on a day: by its own entries, its answers to texts, and as a member.

First come the party's own entries. A text that it accepts says yes to the outcomes of its terms, as
if these stood under `accepts`, until a newer entry on the issue. Then, cell by cell, a member holds
what a group that speaks for it holds, where its own entry neither names the cell nor leaves the
issue open.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.model import (
    NOTHING,
    Acceptance,
    Answer,
    Basis,
    Cell,
    Dossier,
    Entry,
    Issue,
    Named,
    Part,
    Term,
)
from claimpos.dossier.outcomes import Outcomes, Range, difference
from claimpos.dossier.speaking import all_above, speaking_groups
from claimpos.dossier.timeline import Standing, standing_on
from claimpos.errors import WrongUsage

NOWHERE = Standing()

_LIMIT = "group-positions"

_Key = tuple[str, str, frozenset[str]]
"""A party, an issue, and the texts whose acceptance does not count, for a member has answered."""


class EffectivePositions:
    """Where parties stand on one day, answers to texts and speaking groups taken in."""

    def __init__(self, dossier: Dossier, day: date, basis: Basis = "inferred") -> None:
        self.dossier = dossier
        self.day = day
        self.basis = basis
        self.groups = speaking_groups(dossier.parties)
        self._above_of: dict[str, tuple[str, ...]] = {}
        self._answers: dict[str, Mapping[str, Answer]] = {}
        self._own: dict[tuple[str, str], Standing] = {}
        self._held: dict[_Key, Entry | None] = {}
        self._as_member: dict[tuple[str, int], Entry] = {}

    def standing(self, party: str, issue: str) -> Standing:
        """Where a party stands on an issue, whatever it is that its position comes from."""
        own = self._own_standing(party, issue)
        entry = self._position((party, issue, frozenset()))
        if entry is None or entry is own.entry:
            return own
        return own._replace(entry=entry, lapsed=None)

    def standings(self, parties: Iterable[str]) -> dict[tuple[str, str], Standing]:
        """Where these parties stand on the issues that they, or their groups, may speak of."""
        found: dict[tuple[str, str], Standing] = {}
        silent: dict[tuple[tuple[str, ...], str], Standing] = {}
        for party in parties:
            known, groups = self.dossier.parties[party], self.groups.get(party, ())
            for issue in self._issues(party):
                if known.answers or issue in known.positions:
                    found[party, issue] = self.standing(party, issue)
                    continue
                # Those who have said nothing hold the same as members of the same groups.
                if (groups, issue) not in silent:
                    silent[groups, issue] = self.standing(party, issue)
                found[party, issue] = silent[groups, issue]
        return found

    def groups_of(self, party: str) -> tuple[str, ...]:
        """The groups that speak for a party, those that speak for these included."""
        if party not in self._above_of:
            self._above_of[party] = all_above(party, self.groups)
        return self._above_of[party]

    def has_own_word(self, party: str, issue: str) -> bool:
        """Whether a party has an entry on an issue, or an answer to a text that has it."""
        return self._own_position((party, issue, frozenset())) is not None

    def answers(self, party: str) -> Mapping[str, Answer]:
        """The party's own answers in force, by the text; what they rest on is that of the day."""
        if party not in self._answers:
            known = self.dossier.parties[party].answers
            found = {text: self._in_force(answers) for text, answers in known.items()}
            self._answers[party] = {text: one for text, one in found.items() if one is not None}
        return self._answers[party]

    def _in_force(self, answers: Iterable[Answer]) -> Answer | None:
        standing = standing_on(
            [answer_as_entry(answer) for answer in answers], self.day, self.basis
        )
        if standing.entry is None:
            return None
        answer = standing.entry.accepts[0].answer
        return answer and answer._replace(evidence=standing.entry.evidence)

    def _issues(self, party: str) -> Collection[str]:
        if party in self.groups or self.dossier.parties[party].answers:
            return self.dossier.issues
        return self.dossier.parties[party].positions

    def _own_standing(self, party: str, issue: str) -> Standing:
        key = party, issue
        if key not in self._own:
            entries = self.dossier.parties[party].positions.get(issue, ())
            self._own[key] = standing_on(entries, self.day, self.basis) if entries else NOWHERE
        return self._own[key]

    def _position(self, wanted: _Key) -> Entry | None:
        """What a party holds; what its groups hold is worked out first, without recursion."""
        ahead = [wanted]
        while ahead:
            key = ahead[-1]
            missing = [one for one in self._above(key) if one not in self._held]
            if missing:
                ahead += missing
                continue
            ahead.pop()
            if key not in self._held:
                self._check_size()
                self._held[key] = self._worked_out(key)
        return self._held[wanted]

    def _check_size(self) -> None:
        if len(self._held) >= (most := limit(_LIMIT)):
            raise WrongUsage(
                f"groups and their members hold more than {most:,} positions; "
                f"{how_to_raise(_LIMIT)}"
            )

    def _above(self, key: _Key) -> list[_Key]:
        """The positions of the groups that speak for a party on an issue.

        Its own answer to a text, whatever it says, comes before the group's.
        """
        party, issue, without = key
        groups = self.groups.get(party, ())
        if not groups:
            return []
        without = without.union(self.answers(party))
        return [(group, issue, self._of_account(group, without)) for group in groups]

    def _of_account(self, group: str, texts: frozenset[str]) -> frozenset[str]:
        """Those of the texts that a group, or one that speaks for it, has answered."""
        if not texts:
            return texts
        above = (group, *self.groups_of(group))
        return frozenset(text for text in texts if any(text in self.answers(one) for one in above))

    def _worked_out(self, key: _Key) -> Entry | None:
        own = self._own_position(key)
        issue = self.dossier.issues[key[1]]
        if own is not None and (issue.kind != "items" or own.reserves):
            return own
        held = [
            self._held_as_member(entry, above[0])
            for above in self._above(key)
            if (entry := self._held[above]) is not None
        ]
        if not held:
            return own
        named = own.named() if own is not None else frozenset()
        chosen = {cell: _latest(held, cell) for cell in issue.cells() if cell not in named}
        return _put_together(own, chosen, issue)

    def _held_as_member(self, entry: Entry, group: str) -> Entry:
        """A group's entry as its members hold it: one and the same for all of them."""
        if entry.group:
            return entry
        key = group, id(entry)  # the entry is held, so that its id stays its own
        if key not in self._as_member:
            parts = (
                part._replace(entry=self._held_as_member(part.entry, group)) for part in entry.parts
            )
            whose = "" if entry.parts else group
            self._as_member[key] = entry._replace(group=whose, parts=tuple(parts))
        return self._as_member[key]

    def _own_position(self, key: _Key) -> Entry | None:
        """The party's own entry, with a yes to the terms of the text that it accepted last."""
        party, issue, without = key
        standing = self._own_standing(party, issue)
        if not self.dossier.parties[party].answers:
            return standing.entry
        begun = _begun(self.dossier.parties[party].positions.get(issue, ()), standing)
        for answer, named in self._accepted(party, self.dossier.issues[issue], without):
            if begun is not None and answer.since.first < begun:
                break
            if standing.entry is None:
                acceptance = Acceptance(named, NOTHING, answer.subject_to, answer)
                return answer_as_entry(answer)._replace(issue=issue, accepts=(acceptance,))
            return _with_answer(standing.entry, answer, named, self.dossier.issues[issue])
        return standing.entry

    def _accepted(
        self, party: str, issue: Issue, without: Collection[str]
    ) -> Iterator[tuple[Answer, Named]]:
        """The texts accepted that name outcomes of an issue, the newest answer first."""
        answers = self.answers(party)
        in_order = [answers[text] for text in self.dossier.proposals if text in answers]
        in_order.sort(key=lambda answer: answer.since.first, reverse=True)
        for answer in in_order:
            if answer.says == "accepts" and answer.text not in without:
                term = self.dossier.proposals[answer.text].terms.get(issue.id)
                named = named_by_yes(term, answer.excepted) if term is not None else {}
                if named:
                    yield answer, named


def is_indirect(dossier: Dossier) -> bool:
    """Whether any party may hold more than its own entries say."""
    return any(party.speaks_for_members or party.answers for party in dossier.parties.values())


def named_by_yes(term: Term, excepted: Collection[Cell] = ()) -> Named:
    """The outcomes that a yes to a text names of one of its terms.

    A range that is open at one end is accepted at its figure only, and names nothing if that
    figure does not count itself.
    """
    named: dict[Cell, Outcomes] = {}
    for cell, outcomes in term.outcomes.items():
        if cell in excepted or Cell(cell.issue) in excepted:
            continue
        kept = outcomes
        if not isinstance(outcomes, frozenset):
            kept = tuple(one for part in outcomes if (one := _said_yes_to(part)) is not None)
        if kept:
            named[cell] = kept
    return named


def _said_yes_to(stretch: Range) -> Range | None:
    low, high, low_open, high_open = stretch
    if low is not None and high is not None:
        return stretch
    figure, is_open = (high, high_open) if low is None else (low, low_open)
    return None if figure is None or is_open else Range(figure, figure)


def answer_as_entry(answer: Answer) -> Entry:
    """An answer as an entry of its days and its evidence, which says no more than that."""
    accepts = (Acceptance(NOTHING, answer=answer),)
    return Entry("", answer.since, answer.evidence, answer.until, accepts=accepts, note=answer.note)


def _with_answer(entry: Entry, answer: Answer, named: Named, issue: Issue) -> Entry:
    """An entry with the yes that an answer adds.

    One on a condition takes nothing from what the entry says yes to without it; one without a
    condition takes what it says yes to from what the entry refuses.
    """
    if not answer.subject_to:
        refuses = _without(entry.refuses, [named], issue)
        accepts = (*entry.accepts, Acceptance(named, answer=answer))
        return entry._replace(refuses=refuses, accepts=accepts)
    freely = [one.outcomes for one in entry.accepts if not one.conditional]
    left = _without(named, [entry.demands, entry.proposes, *freely], issue)
    if not left:
        return entry
    acceptance = Acceptance(left, NOTHING, answer.subject_to, answer)
    return entry._replace(accepts=(*entry.accepts, acceptance))


def _without(named: Named, others: Iterable[Named], issue: Issue) -> Named:
    """What is named without what any of the others names."""
    left = dict(named)
    for other in others:
        for cell in left.keys() & other.keys():
            left[cell] = difference(left[cell], other[cell], issue.integer)
    return {cell: outcomes for cell, outcomes in left.items() if outcomes}


def _begun(entries: Sequence[Entry], standing: Standing) -> date | None:
    """When the newest entry began that is in force, or would be had it not lapsed."""
    if standing.entry is not None:
        return standing.entry.since.first
    if standing.lapsed is None:
        return None
    lapsed = (one for one in entries if one.until and one.until.last == standing.lapsed)
    return max((one.since.first for one in lapsed), default=None)


def _latest(held: Iterable[Entry], cell: Cell) -> Entry | None:
    """Of groups' entries that name a cell, or leave it open, the latest; else the first."""
    there = (entry.on(cell) for entry in held)
    speaking = [one for one in there if one is not None and (one.reserves or cell in one.named())]
    return max(speaking, key=lambda entry: _since(entry, cell), default=None)


def _since(entry: Entry, cell: Cell) -> date:
    """From when an entry says what it says on a cell, its answers to texts included."""
    answered = (
        one.answer.since.first for one in entry.accepts if one.answer and cell in one.outcomes
    )
    return max([entry.since.first, *answered])


def _put_together(
    own: Entry | None, chosen: Mapping[Cell, Entry | None], issue: Issue
) -> Entry | None:
    """A party's own entry, and besides what its groups hold on the cells chosen for each."""
    cells: dict[int, set[Cell]] = {}
    entries: dict[int, Entry] = {}
    for cell, entry in chosen.items():
        if entry is not None:
            entries[id(entry)] = entry
            cells.setdefault(id(entry), set()).add(cell)
    if not entries:
        return own
    first, *others = entries.values()
    if own is None and not others and first.named() <= cells[id(first)]:
        return first
    parts = [
        Part(_only(entry, cells[key]), frozenset(cells[key])) for key, entry in entries.items()
    ]
    if own is not None:
        parts.insert(0, Part(own, frozenset(own.named())))
    return _of_parts(tuple(parts), issue)


def _only(entry: Entry, cells: Collection[Cell]) -> Entry:
    """What an entry says of some cells; what it leaves open stays with it."""

    def here(named: Named) -> Named:
        return {cell: outcomes for cell, outcomes in named.items() if cell in cells}

    accepts = [one._replace(outcomes=here(one.outcomes)) for one in entry.accepts]
    return entry._replace(
        demands=here(entry.demands),
        proposes=here(entry.proposes),
        accepts=tuple(one for one in accepts if one.outcomes),
        refuses=here(entry.refuses),
    )


def _of_parts(parts: tuple[Part, ...], issue: Issue) -> Entry:
    """The entry that says on each cell what its part says; each part keeps its own grounds."""
    entries = [part.entry for part in parts]

    def together(verb: str) -> Named:
        return {cell: outcomes for one in entries for cell, outcomes in getattr(one, verb).items()}

    return Entry(
        issue=issue.id,
        since=max((one.since for one in entries), key=lambda since: since.first),
        evidence=tuple(dict.fromkeys(said for one in entries for said in one.evidence)),
        demands=together("demands"),
        proposes=together("proposes"),
        accepts=tuple(acceptance for one in entries for acceptance in one.accepts),
        refuses=together("refuses"),
        reserves=next((one.reserves for one in entries if one.reserves), ""),
        against=tuple(dict.fromkeys(said for one in entries for said in one.against)),
        parts=parts,
    )
