"""Packs a party's stances on all cells into one integer, to compare two parties in one operation.

Every cell has a lane of bits, one for each outcome and a spare one; the lanes of an issue lie next
to each other, with spare bits above them. Adding a lane's greatest value to it sets its spare bit
exactly if any of its bits was set. So one addition answers “is there an outcome …?” for every cell,
or for every issue, at the same time (L. Lamport, “Multiple byte processing with full-word
instructions”, Communications of the ACM 18, 1975). Python's integers can have any length.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from claimpos.comparison.effective_positions import Voice
from claimpos.comparison.table import PositionTable
from claimpos.dossier.model import NOTHING, Cell, Entry, Issue


class Stances(NamedTuple):
    """What a party says on every issue, packed.

    Attributes:
        yes: The outcomes that it accepts unconditionally.
        open: The outcomes that it has not ruled out unconditionally.
        conditional: The outcomes that depend on conditions.
        named: The spare bit of each cell that counts.
        spoken: The spare bit of each issue with a position in force.
        voices: For each holder of the party's entries and accepted texts that may be a group, the
            spare bits of the cells.
    """

    yes: int
    open: int
    conditional: int
    named: int
    spoken: int
    voices: Mapping[Voice, int] = NOTHING


class PackedVerdicts(NamedTuple):
    """The verdicts on two parties, with a bit for each issue.

    Attributes:
        overlap: The issues that are overlaps.
        conflict: The issues that are conflicts.
        pending: The issues whose verdict depends on conditions.
        waiting: The spare bits of the cells that conditions may decide.
        stuck: The issues with a cell that is undecided whatever the conditions.
        spoken: The issues on which both have a position.
        one_voice: The issues of which no cell counts, as both hold the same group's position.
    """

    overlap: int
    conflict: int
    pending: int
    waiting: int
    stuck: int
    spoken: int
    one_voice: int = 0


class PackedMatrix:
    """Packs stances, and compares them two by two."""

    def __init__(self, table: PositionTable, issues: Sequence[Issue], most: int) -> None:
        """Lay out the lanes of these issues; at most `most` pairs are going to be counted."""
        self.table = table
        self.issues = issues
        self._room = most.bit_length()
        self._starts: dict[Cell, tuple[int, int]] = {}
        self._spare: list[int] = []
        self._spare_of_cells: dict[str, int] = {}
        # By issue, where its lanes begin; by the place of their spare bits, the cells.
        self._firsts: dict[str, int] = {}
        self._by_spare: dict[int, Cell] = {}
        self._packed: dict[int, tuple[int, int, int, int]] = {}
        # The greatest value of every cell's lane, of every issue's lanes, and their spare bits.
        self._cells = self._issues = self._issue_bits = 0
        # The spare bits of the cells that count even if no party names them, and the bits that
        # mean nothing, because no value lies between two neighbouring whole numbers.
        self._always = self._gaps = 0
        end = 0
        for issue in issues:
            end = self._lay(issue, end)
        spare_bits = (1 << spare for spare in self._spare)
        self._by_bit = dict(zip(spare_bits, issues, strict=True))

    def _lay(self, issue: Issue, start: int) -> int:
        end = self._firsts[issue.id] = start
        spare_bits = 0
        for cell in issue.cells():
            full = self.table.space(cell).full
            width = full.bit_length()
            whole = (1 << width) - 1
            self._starts[cell] = end, 1 << end + width
            self._by_spare[end + width] = cell
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
        """What the party says on every issue, packed."""
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
        """An entry packed: yes, no, on conditions, and the spare bits of the cells it names.

        This is kept by the entry's id, because members of a group hold the same entry. The table
        keeps the entries, so that no other gets the id.
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
        if not (entry.group or entry.parts or entry.is_answer or speaks):
            return
        answering = (party, *self.table.groups_of(party))
        if not entry.parts and not any(map(self.table.answers, answering)):
            voice = entry.group or party, ""
            voices[voice] = voices.get(voice, 0) | self._spare_of_cells[issue.id]
            return
        for cell in issue.cells():
            if (held := self.table.voice(party, cell)) is not None:
                voices[held] = voices.get(held, 0) | self._starts[cell][1]

    def issues_of(self, keys: Collection[str]) -> int:
        """A bit for each of these issues."""
        pairs = zip(self.issues, self._spare, strict=True)
        return sum(1 << spare for issue, spare in pairs if issue.id in keys)

    def compare(self, one: Stances, other: Stances) -> PackedVerdicts:
        """The verdicts on two parties, as far as they do not depend on conditions."""
        named, one_voice = self._heard(one, other)
        left = one.open & other.open
        agreed = (one.yes & other.yes) + self._cells
        unsettled = named & ~agreed
        dead = unsettled & ~(left + self._cells)
        conflict = (dead + self._issues) & self._issue_bits
        overlap = (named + self._issues) & ~(unsettled + self._issues) & self._issue_bits
        pending = (one.conditional | other.conditional) & left
        waiting = stuck = 0
        if pending:
            # Conditions can decide a cell only if both would accept one of these outcomes, or if
            # no other outcome is left.
            willing = (one.yes | one.conditional) & (other.yes | other.conditional) & pending
            besides = (left & ~pending) + self._cells
            waiting = ((willing + self._cells) | ~besides) & unsettled
            pending = (waiting + self._issues) & self._issue_bits & ~conflict
            stuck = ((unsettled & ~waiting) + self._issues) & self._issue_bits
        spoken = one.spoken & other.spoken
        return PackedVerdicts(overlap, conflict, pending, waiting, stuck, spoken, one_voice)

    def _heard(self, one: Stances, other: Stances) -> tuple[int, int]:
        """The cells that count, and the issues of which none does, as both hold one entry."""
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
        """The issues whose bit is set, each with that bit."""
        bits &= self._issue_bits
        while bits:
            bit = bits & -bits
            yield self._by_bit[bit], bit
            bits ^= bit

    def cells_in(self, issue: Issue, bits: int) -> Iterator[Cell]:
        """The cells of the issue whose spare bit is set."""
        first = self._firsts[issue.id]
        bits = (bits & self._spare_of_cells[issue.id]) >> first
        while bits:
            bit = bits & -bits
            yield self._by_spare[first + bit.bit_length() - 1]
            bits ^= bit

    def counts(self, total: int) -> list[int]:
        """How often each issue's bit was set in the numbers that add up to `total`."""
        return [total >> spare & ((1 << self._room + 1) - 1) for spare in self._spare]
