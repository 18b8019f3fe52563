"""The position of each party on a day: by its own entries, as a member, and by accepting texts.

A party's own entry comes first. On a cell that its entry does not name, unless it leaves the issue
open, a member holds the entry of a group that speaks for it. A party that accepts a text accepts
the outcomes of its terms, as if it had named them under `accepts`, until it has a newer entry on
the issue. Its own answer to a text, whatever it is, replaces its group's.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from claimpos.comparison.answers_in_force import AnswersInForce
from claimpos.comparison.entry_parts import entry_of_parts, with_answer
from claimpos.comparison.resolved import (
    GroupsTogether,
    Membership,
    Resolved,
    ResolvedOverTime,
    resolved,
)
from claimpos.dossier.graph import Groups, all_above, all_reached, not_yet_known, speaking_groups
from claimpos.dossier.model import (
    NOTHING,
    Answer,
    Basis,
    Cell,
    Dossier,
    Entry,
    Issue,
    Part,
)
from claimpos.dossier.timeline import NOWHERE, HeldAnswer, Standing, Timelines, standing_on

Voice = tuple[str, str]
"""The party or group whose entry is held, and the one whose acceptance of a text is; "" if none."""


class EffectivePositions:
    """Where parties stand on one day, including answers to texts and groups that speak for them."""

    def __init__(
        self,
        dossier: Dossier,
        day: date,
        basis: Basis = "inferred",
        timelines: Timelines | None = None,
        groups: Groups | None = None,
        texts: Mapping[str, Sequence[str]] | None = None,
        over_time: ResolvedOverTime | None = None,
    ) -> None:
        """What is known of the dossier besides need not be worked out again."""
        self.dossier = dossier
        self.day = day
        self.basis = basis
        self._timelines = timelines
        self.groups = speaking_groups(dossier.parties) if groups is None else groups
        self._over_time = over_time
        self._above_of: dict[str, tuple[str, ...]] = {}
        self._answers = AnswersInForce(dossier, day, basis, timelines, texts)
        self._own: dict[tuple[str, str], Standing] = {}
        self._resolved: dict[tuple[str, str], Resolved] = {}
        self._outside: dict[int, Entry] = {}  # by the entry's id, which is held
        self._membership = Membership() if over_time is None else over_time.membership
        self._together: dict[tuple[tuple[str, ...], str], Resolved] = {}
        self._put_together: dict[tuple[str, str], Entry | None] = {}

    def standing(self, party: str, issue: str) -> Standing:
        """Where a party stands on an issue, wherever its position comes from."""
        own = self._own_standing(party, issue)
        if not self._is_indirect(party):
            return own
        key = party, issue
        if key not in self._put_together:
            self._put_together[key] = self._position(party, self.dossier.issues[issue])
        entry = self._put_together[key]
        if entry is None or entry is own.entry:
            return own
        ended = None if entry.group or entry.parts else own.ended
        return own._replace(entry=entry, lapsed=None, ended=ended)

    def standings(self, parties: Iterable[str]) -> dict[tuple[str, str], Standing]:
        """Where these parties stand on all issues on which they or their groups may have spoken."""
        found: dict[tuple[str, str], Standing] = {}
        silent: dict[tuple[tuple[str, ...], str], Standing] = {}
        for party in parties:
            known, groups = self.dossier.parties[party], self.groups.get(party, ())
            for issue in self._issues(party):
                if known.answers or issue in known.positions:
                    found[party, issue] = self.standing(party, issue)
                    continue
                # Without positions of their own, members of the same groups hold the same.
                if (groups, issue) not in silent:
                    silent[groups, issue] = self.standing(party, issue)
                found[party, issue] = silent[groups, issue]
        return found

    def groups_of(self, party: str) -> tuple[str, ...]:
        """The groups that speak for a party, directly or through other groups."""
        if party not in self._above_of:
            self._above_of[party] = all_above(party, self.groups)
        return self._above_of[party]

    def following(self, party: str, cell: Cell) -> tuple[str, ...]:
        """The members for whom a party speaks on a cell, directly or through other groups."""

        def led(group: str) -> Iterator[str]:
            for member, groups in self.groups.items():
                if group in groups and not self._speaks(member, cell):
                    yield member

        return tuple(one for one in all_reached([party], led) if one != party)

    def _speaks(self, party: str, cell: Cell) -> bool:
        """Whether a party's own entry names a cell, or leaves its issue open."""
        own = self._own_standing(party, cell.issue).entry
        return own is not None and (bool(own.reserves) or cell in own.named())

    def has_own_word(self, party: str, issue: str) -> bool:
        """Whether a party has an entry on an issue, or an answer to a text that counts there.

        An answer counts if it accepts the text, or replaces a group's acceptance; any other gives
        the party no position.
        """
        if self._own_standing(party, issue).entry is not None:
            return True
        answers = self._answers
        return any(
            (given.answer.says == "accepts" or self._accepted_by_group(party, text))
            and answers.named(given.answer, issue)
            and not answers.is_replaced(given, issue)
            for text, given in answers.given(party, issue).items()
        )

    def of_groups(self, party: str, cell: Cell) -> Entry | None:
        """What a party would hold on a cell as a member, if it had said nothing itself."""
        known = self.dossier.parties[party]
        parties = {**self.dossier.parties, party: known._replace(positions={}, answers={})}
        others = EffectivePositions(
            self.dossier._replace(parties=parties),
            *(self.day, self.basis, self._timelines, self.groups, self._answers.texts),
        )
        entry = others.standing(party, cell.issue).entry
        return entry.on(cell) if entry is not None and entry.parts else entry

    def _accepted_by_group(self, party: str, text: str) -> bool:
        """Whether a group that speaks for the party accepts a text."""
        given = (self.answers(group).get(text) for group in self.groups_of(party))
        return any(one is not None and one.says == "accepts" for one in given)

    def answers(self, party: str) -> Mapping[str, Answer]:
        """The party's own answers in force; see `AnswersInForce`."""
        return self._answers.of(party)

    def answer_on(self, party: str, cell: Cell, text: str) -> HeldAnswer | None:
        """The answer to a text that counts for a party on the cell of a term, whatever it says.

        That is the party's own or, unless its entry names the cell, that of its groups.
        """
        return self._worked_out(party, cell.issue).answers.get(cell, NOTHING).get(text)

    def voice(self, party: str, cell: Cell) -> Voice | None:
        """Whose entry the party holds that speaks of a cell, and whose acceptance of a text.

        Both count, even if one of them adds nothing to the other. None if there is neither.
        """
        found = self._worked_out(party, cell.issue)
        entry = found.entries.get(cell)
        given = self._answers.accepted(found.answers.get(cell, NOTHING), cell)
        own = party if self._speaks(party, cell) else ""
        holder = "" if entry is None else entry.group or own
        if not holder and given is None:
            return None
        return holder, "" if given is None else given.holder

    def _is_indirect(self, party: str) -> bool:
        """Whether a party may have a position that is not one of its own entries."""
        return party in self.groups or bool(self.dossier.parties[party].answers)

    def _issues(self, party: str) -> Collection[str]:
        indirect = self._is_indirect(party)
        return self.dossier.issues if indirect else self.dossier.parties[party].positions

    def _own_standing(self, party: str, issue: str) -> Standing:
        key = party, issue
        if key not in self._own:
            entries = self.dossier.parties[party].positions.get(issue, ())
            if not entries:
                self._own[key] = NOWHERE
            elif self._timelines is not None:
                self._own[key] = self._timelines.of(party)[issue].on(self.day)
            else:
                self._own[key] = standing_on(entries, self.day, self.basis)
        return self._own[key]

    def _position(self, party: str, issue: Issue) -> Entry | None:
        """The party's position on an issue, as one entry; of several entries, with parts."""
        found = self._worked_out(party, issue.id)
        pieces: dict[int, Entry | None] = {}
        cells: dict[int, list[Cell]] = {}
        accepted: dict[int, dict[int, tuple[HeldAnswer, list[Cell]]]] = {}
        for cell in issue.cells():
            entry = found.entries.get(cell)
            given = self._answers.accepted(found.answers.get(cell, NOTHING), cell)
            if given is not None and entry is not None and cell not in entry.named():
                entry = self._outside_offer(entry)
            if entry is not None or given is not None:
                key = id(entry)
                pieces[key] = entry
                cells.setdefault(key, []).append(cell)
                if given is not None:
                    answers = accepted.setdefault(key, {})
                    answers.setdefault(id(given.answer), (given, []))[1].append(cell)
        parts = []
        for key, entry in pieces.items():
            here = frozenset(cells[key])
            part = entry
            if entry is not None and len(pieces) > 1:
                part = self._membership.part(entry, here)
            for given, on in accepted.get(key, {}).values():
                named = self._answers.named(given.answer, issue.id)
                named = {cell: outcomes for cell, outcomes in named.items() if cell in on}
                group = given.holder if given.holder != party else ""
                part = with_answer(part, given.answer, named, group, issue)
            if part is not None:
                parts.append(Part(part, here))
        return entry_of_parts(tuple(parts), issue)

    def _outside_offer(self, entry: Entry) -> Entry:
        """An entry without its offer, for a cell that only an accepted text names."""
        if entry.offer is None:
            return entry
        return self._outside.setdefault(id(entry), entry._replace(offer=None))

    def _worked_out(self, party: str, issue: str) -> Resolved:
        """What counts for a party; that of its groups is worked out first, without recursion."""
        if self._over_time is not None:
            return self._over_time.on(party, issue, self.day)
        groups = self.groups

        def above(key: tuple[str, str]) -> list[tuple[str, str]]:
            return [(group, key[1]) for group in groups.get(key[0], ())]

        for key in not_yet_known((party, issue), above, self._resolved):
            own = self._own_standing(*key).entry
            answers = self._answers.given(*key)
            of_groups = self._of_groups(groups.get(key[0], ()), issue)
            self._resolved[key] = resolved(own, answers, of_groups, self.dossier.issues[issue])
        return self._resolved[party, issue]

    def _of_groups(self, groups: tuple[str, ...], issue: str) -> Resolved:
        """What these groups say together; the same for all for whom just these speak."""
        key = groups, issue
        if key not in self._together:
            together = GroupsTogether(groups, self._membership)
            for number, group in enumerate(groups):
                together.hear(number, self._resolved[group, issue])
            self._together[key] = together.together()
        return self._together[key]
