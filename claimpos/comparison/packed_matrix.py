"""The stances of one party on everything, side by side in one integer, to compare two at once.

Every cell has a lane of bits, one for each outcome and one to spare; the lanes of an issue lie
next to each other, with bits to spare above them. Adding a lane's greatest value to it sets its
spare bit just if any of its bits was set, so that one addition asks “is there an outcome …?” of
every cell, or of every issue, at the same time (L. Lamport, “Multiple byte processing with
full-word instructions”, Communications of the ACM 18, 1975). Python's integers are as long as
need be.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from claimpos.comparison.effective_positions import Voice
from claimpos.comparison.table import Table
from claimpos.dossier.model import NOTHING, Cell, Entry, Issue
from claimpos.records import NamedTuple


class Stances(NamedTuple):
    """What a party says on every issue.

    `yes` are the outcomes it accepts, `open` those it has not ruled out, whatever happens
    elsewhere; `conditional` those that hang on conditions. `named` has the spare bit of each cell
    that counts, `spoken` that of each issue with a position in force. `voices` has, by whose
    entry and whose yes to a text the party holds, the spare bits of the cells, as far as that may
    be a group's.
    """

    yes: int
    open: int
    conditional: int
    named: int
    spoken: int
    voices: Mapping[Voice, int] = NOTHING


class PackedVerdicts(NamedTuple):
    """The verdicts on two parties: a bit for each issue that is an overlap, or a conflict.

    Of an issue in `pending` it is not settled yet: that hangs on conditions. Cells on which both
    hold one group's entry do not count; in `one_voice` are the issues of which no cell does.
    """

    overlap: int
    conflict: int
    pending: int
    spoken: int
    one_voice: int = 0


class PackedMatrix:
    """Where each issue's lanes are; `most` is how many pairs are going to be counted at most."""

    def __init__(self, table: Table, issues: Sequence[Issue], most: int) -> None:
        self.table = table
        self.issues = issues
        self._room = most.bit_length()
        self._starts: dict[Cell, tuple[int, int]] = {}
        self._spare: list[int] = []
        self._spare_of_cells: dict[str, int] = {}
        self._packed: dict[int, tuple[int, int, int, int]] = {}
        # The greatest value of every cell's lane, of every issue's lanes, and their spare bits.
        self._cells = self._issues = self._issue_bits = 0
        # The spare bits of the cells that count no matter who has spoken, and the bits of lanes
        # that stand for nothing: between two neighbouring whole numbers no value lies.
        self._always = self._gaps = 0
        end = 0
        for issue in issues:
            end = self._lay(issue, end)
        spare_bits = (1 << spare for spare in self._spare)
        self._by_bit = dict(zip(spare_bits, issues, strict=True))

    def _lay(self, issue: Issue, start: int) -> int:
        end = start
        spare_bits = 0
        for cell in issue.cells():
            full = self.table.space(cell).full
            width = full.bit_length()
            whole = (1 << width) - 1
            self._starts[cell] = end, 1 << end + width
            self._cells |= whole << end
            self._gaps |= (full ^ whole) << end
            if issue.kind != "items":
                self._always |= 1 << end + width
            spare_bits |= 1 << end + width
            end += width + 1
        self._spare_of_cells[issue.id] = spare_bits
        self._issues |= ((1 << end - start) - 1) << start
        self._issue_bits |= 1 << end
        self._spare.append(end)
        return end + 1 + self._room

    def stances(self, party: str) -> Stances:
        """What the party says on every issue, side by side."""
        yes = conditional = spoken = 0
        no, named = self._gaps, self._always
        voices: dict[Voice, int] = {}
        has_groups = self.table.has_groups
        for issue, spare in zip(self.issues, self._spare, strict=True):
            entry = self.table.entry(party, issue.id)
            if entry is None:
                continue
            spoken |= 1 << spare
            if has_groups:
                self._add_voices(voices, party, issue, entry)
            said = self._packed.get(id(entry)) or self._pack(party, entry)
            yes |= said[0]
            no |= said[1]
            conditional |= said[2]
            named |= said[3]
        return Stances(yes, self._cells & ~no, conditional, named, spoken, voices)

    def _pack(self, party: str, entry: Entry) -> tuple[int, int, int, int]:
        """What an entry says: yes, no, on conditions, and the spare bits of the cells it names.

        It is kept, since members of a group hold the same entry; the table holds the entries.
        """
        yes = no = conditional = named = 0
        for cell in entry.named():
            start, spare_bit = self._starts[cell]
            stance = self.table.stance(party, cell)
            yes |= stance.yes << start
            no |= stance.no << start
            conditional |= stance.conditional << start
            named |= spare_bit
        self._packed[id(entry)] = yes, no, conditional, named
        return self._packed[id(entry)]

    def _add_voices(self, voices: dict[Voice, int], party: str, issue: Issue, entry: Entry) -> None:
        speaks = self.table.dossier.parties[party].speaks_for_members
        if not entry.group and not entry.parts and not speaks:
            return
        answering = (party, *self.table.groups_of(party))
        if not entry.parts and not any(map(self.table.answers, answering)):
            voice = entry.group or party, ""
            voices[voice] = voices.get(voice, 0) | self._spare_of_cells[issue.id]
            return
        for cell in issue.cells():
            told = self.table.voice(party, cell)
            if told is not None:
                voices[told] = voices.get(told, 0) | self._starts[cell][1]

    def issues_of(self, keys: Collection[str]) -> int:
        """A bit for each of these issues."""
        pairs = zip(self.issues, self._spare, strict=True)
        return sum(1 << spare for issue, spare in pairs if issue.id in keys)

    def compare(self, one: Stances, other: Stances) -> PackedVerdicts:
        """The verdicts on two parties, without weighing conditions."""
        named, one_voice = self._heard(one, other)
        left = one.open & other.open
        agreed = (one.yes & other.yes) + self._cells
        unsettled = named & ~agreed
        dead = unsettled & ~(left + self._cells)
        conflict = (dead + self._issues) & self._issue_bits
        overlap = (named + self._issues) & ~(unsettled + self._issues) & self._issue_bits
        pending = (one.conditional | other.conditional) & left
        if pending:
            # Conditions can settle a cell only if both would accept one of these outcomes, or if
            # nothing else is left.
            willing = (one.yes | one.conditional) & (other.yes | other.conditional) & pending
            besides = (left & ~pending) + self._cells
            waiting = ((willing + self._cells) | ~besides) & unsettled
            pending = (waiting + self._issues) & self._issue_bits & ~conflict
        return PackedVerdicts(overlap, conflict, pending, one.spoken & other.spoken, one_voice)

    def _heard(self, one: Stances, other: Stances) -> tuple[int, int]:
        """The cells that count, and the issues of which none does, as both are one voice."""
        named = one.named | other.named
        voices = 0
        for voice in one.voices.keys() & other.voices.keys():
            voices |= one.voices[voice] & other.voices[voice]
        if not voices:
            return named, 0
        some = (named + self._issues) & self._issue_bits  # the issues of which a cell is named
        named &= ~voices
        one_voice = (voices + self._issues) & ~(named + self._issues) & some
        return named, one_voice

    def issues_in(self, bits: int) -> Iterator[tuple[Issue, int]]:
        """The issues whose bit is set, with a number that has no other bit."""
        bits &= self._issue_bits
        while bits:
            bit = bits & -bits
            yield self._by_bit[bit], bit
            bits ^= bit

    def counts(self, total: int) -> list[int]:
        """How often each issue's bit was set in the numbers that add up to `total`."""
        return [total >> spare & ((1 << self._room + 1) - 1) for spare in self._spare]
