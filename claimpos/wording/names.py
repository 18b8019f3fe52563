"""Names, numbers and dates in words: parties, issues, outcomes and conditions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeVar

from claimpos.dossier.model import Cell, Dossier, Issue, PartialDate
from claimpos.dossier.outcomes import Number, Range, exact
from claimpos.wording.dossier_texts import free_text, label
from claimpos.wording.grammar import agree, counted, in_plural, possessive
from claimpos.wording.sentences import say, template, with_marks

if TYPE_CHECKING:
    from fractions import Fraction

Value = TypeVar("Value")

Last = Literal["and", "or"]

Tellable = Mapping[Cell, Collection[str | Range]]
"""Outcomes of some cells, in any kind of collection."""

# A unit as it may stand plain after a figure: words, with a digit only in one such as CO2, and with
# a short sign in brackets; nothing that would go on with the figure or end the clause. Fractions
# and small digits are no letters, although a pattern has them among the signs of words.
_WORD = r"(?:[%‰$€£¥₽₴]|°?[^\W\d_\u00b2-\u00be\u2070-\u218f]+\d?[²³]?[.$’']?)"
_PLAIN_UNIT = rf"{_WORD}(?:[ ’'/·-]{_WORD})*(?: \(\w{{1,5}}\))?\Z"
_OF_A_CLAUSE = {
    *("all", "and", "as", "at", "both", "but", "condition", "conditions", "except", "if"),
    *("including", "inferred", "less", "minus", "more", "no", "not", "nothing", "only", "or"),
    *("overlap", "plus", "than", "twice", "unless", "until", "while", "without"),
}
_VERBS = ("accept", "demand", "propose", "refuse", "reject")
_ADVERB = "ly"
_NAMED = 4
_PER_CENT = ("%", "per cent", "percent")
_MANY_WORDS = 6

_SCALES = {"thousand", "million", "billion", "trillion"}


def dossier_named(title: str) -> str:
    """The title of a dossier, which may be a sentence, behind a word that says what it is."""
    return say("dossier.named", title=title)


def question_named(question: str) -> str:
    """The question of an issue, behind a word that says what it is."""
    return say("question.named", question=question)


def joined(words: Iterable[str], last: Last = "and") -> str:
    """Words as a list: A; A and B; A, B and C."""
    *first, final = words
    return f"{in_a_row(first)}{template(f'list.{last}')}{final}" if first else final


def in_a_row(words: Iterable[str]) -> str:
    """Words as a list without a last one: A, B, C."""
    return template("list.comma").join(words)


def on_date(day: PartialDate) -> str:
    """A date with its preposition: on 2 June 2025, in June 2025, in 2025."""
    precise = day.first == day.last
    return say("date.on-day" if precise else "date.in-month", date=written_date(day))


def written_day(day: date) -> str:
    """A day as in running text: 2 June 2025."""
    return say("date.day", day=day.day, month=written_month(day))


def written_month(day: date) -> str:
    """The month of a day as in running text: June 2025."""
    return say("date.month", month=template("date.months").split()[day.month - 1], year=day.year)


def written_date(date: PartialDate) -> str:
    """A date as in running text, as precise as it was given: 2 June 2025, June 2025, 2025."""
    if date.first == date.last:
        return written_day(date.first)
    return date.text if len(date.text) == 4 else written_month(date.first)


def written_number(number: Number) -> str:
    """A number with commas between thousands: 515,000."""
    return with_marks(f"{Decimal(number):,f}")


def points_in_words(points: Fraction) -> str:
    """Points, with at most two decimals."""
    return written_number(exact(round(points, 2)))


def written_range(stretch: Range, issue: Issue) -> str:
    """A range as in running text: at most 85,000; more than 5; 5 to 10."""
    low, high, low_open, high_open = stretch
    if low == issue.minimum and not low_open:
        low = None
    if high == issue.maximum and not high_open:
        high = None
    if stretch.is_point and stretch.low is not None:
        return written_number(stretch.low)
    if low is None and high is None:
        return template("range.any")
    above = "range.more-than" if low_open else "range.at-least"
    below = "range.less-than" if high_open else "range.at-most"
    ends = {"low": written_number(low or 0), "high": written_number(high or 0)}
    if low is None:
        return say(below, **ends)
    if high is None:
        return say(above, **ends)
    if low_open or high_open:
        return say("range.open", low=say(above, **ends), high=say(below, **ends))
    return say("range.closed", **ends)


def written_gap(number: Number, unit: str) -> str:
    """A distance between two figures: 1 day, 30 days, 2 percentage points."""
    if unit.casefold() in _PER_CENT:
        unit = say("number.percentage-points", 1 if number == 1 else 2)
    else:
        unit = written_unit(unit, number == 1)
    return f"{written_number(number)} {unit}".strip()


def written_unit(unit: str, of_one: bool = False) -> str:
    """The unit as it follows a number, or the number 1: days, day, percentage point.

    One of many words, or that is more than words, is set apart: it might pass for the report's.
    """
    if of_one and unit.split(" ")[0] not in _SCALES:
        unit = unit.removesuffix("s")
    words = unit.casefold().split()
    goes_on = not _OF_A_CLAUSE.isdisjoint(words) or any(
        one.startswith(_VERBS) or one.endswith(_ADVERB) for one in words
    )
    is_plain = len(words) < _MANY_WORDS and not goes_on and re.match(_PLAIN_UNIT, unit)
    return unit if is_plain else free_text(unit)


class Words:
    """Words for the names of one dossier; `many` says that the party spoken of is plural."""

    def __init__(self, dossier: Dossier, many: bool = False) -> None:
        self.dossier = dossier
        self.many = many

    def of(self, party: str) -> Words:
        """The same words, in the number of this party."""
        return Words(self.dossier, self.are_many([party]))

    def in_number(self, form: str) -> str:
        """A form of words in the party's number: accepts, accept; its, their."""
        return in_plural(form) if self.many else form

    def party(self, party: str) -> str:
        """The party's name as it stands within a sentence."""
        return self.dossier.parties[party].short

    def text(self, proposal: str) -> str:
        """A text by its title."""
        return label(self.dossier.proposals[proposal].title)

    def parties(self, parties: Iterable[str], last: Last = "and") -> str:
        return joined(map(self.party, parties), last)

    def are_many(self, parties: Sequence[str]) -> bool:
        """Whether these parties, as a subject, take a verb in the plural."""
        return len(parties) != 1 or self.dossier.parties[parties[0]].plural

    def number(self, parties: Sequence[str] | None = None) -> int:
        """The number of a subject, which chooses a template's form: the party spoken of, or these.

        It is 2 for any plural.
        """
        return 2 if (self.many if parties is None else self.are_many(parties)) else 1

    def agree(self, verb: str, parties: Sequence[str]) -> str:
        """The verb in the number of these parties."""
        return agree(verb, self.are_many(parties))

    def with_verb(self, parties: Sequence[str], verb: str) -> str:
        """The parties and what they do: Russia demands; the Gulf states demand."""
        return f"{self.parties(parties)} {self.agree(verb, parties)}"

    def possessive(self, parties: Sequence[str]) -> str:
        """The possessive of the parties: Russia's; Russia and Ukraine's."""
        return possessive(self.parties(parties), self.are_many(parties))

    def positions_of(self, parties: Sequence[str]) -> str:
        """The parties' positions: Russia's position; the positions of Russia and Ukraine."""
        names, owner = self.parties(parties), self.possessive(parties)
        if len(parties) > 1:
            return say("open.positions-of", parties=names)
        return say("open.position-of", party=names, possessive=owner)

    def outcomes(self, issue: Issue, outcomes: Collection[str | Range], last: Last = "or") -> str:
        """Outcomes as alternatives: ⟨a bar⟩ or ⟨a delay⟩; 5 to 10 or 20 million dollars.

        A comma parts ranges if one has its own “and”: at most 5, or more than 6 and less than 8.
        """
        if issue.kind == "quantity":
            ranges = [written_range(part, issue) for part in outcomes if isinstance(part, Range)]
            text = joined(ranges, last)
            if len(ranges) > 1 and any(template("list.and") in one for one in ranges):
                text = f"{in_a_row(ranges[:-1])},{template(f'list.{last}')}{ranges[-1]}"
            if not issue.unit or ranges == [template("range.any")]:
                return text
            one = len(ranges) == 1 and ranges[0].split(" ")[-1] == "1"
            return f"{text} {written_unit(issue.unit, one)}"
        if len(outcomes) == 1:  # faster than a loop over all options
            named = [one for one in outcomes if one in issue.options]
        else:
            among = frozenset(outcomes)
            named = [option for option in issue.options if option in among]
        return joined([label(issue.options[str(option)]) for option in named], last)

    def condition(self, requires: Tellable, subject_to: str) -> str:
        """A condition: if ⟨Arms: Ukraine⟩ is settled as ⟨a halt⟩ (also required: a vote)."""
        needed = self.required(requires) if requires else ""
        extra = free_text(subject_to) if subject_to else ""
        if not needed and not extra:
            return say("condition.left-aside")
        if not needed:
            return say("condition.only-extra", extra=extra)
        if extra:
            return say("condition.if-and-extra", required=needed, extra=extra)
        return say("condition.if", required=needed)

    def required(self, requires: Tellable) -> str:
        """The requirements of a condition: ⟨Arms⟩ is settled as ⟨a halt⟩ for A and B."""
        return joined(
            self._settled(self.dossier.issues[issue], wanted, cells)
            for (issue, wanted), cells in self._by_outcome(requires).items()
        )

    def _settled(self, issue: Issue, wanted: str, cells: Sequence[Cell]) -> str:
        form = "condition.figure" if issue.kind == "quantity" else "condition.outcome"
        if len(cells) == 1:
            return say(form, cell=self.cells(cells), outcomes=wanted)
        named = (issue.items[cell.item] for cell in cells if cell.item is not None)
        items = joined(map(label, named))
        settled = say(form, cell=label(issue.title), outcomes=wanted)
        return say("condition.of-items", condition=settled, items=items)

    def cells(self, cells: Sequence[Cell]) -> str:
        """Several cells, with items of one issue together: ⟨Arms: Russia and Ukraine⟩."""
        by_issue: dict[str, list[str]] = {}
        for cell in cells:
            items = by_issue.setdefault(cell.issue, [])
            if cell.item is not None:
                items.append(self.dossier.issues[cell.issue].items[cell.item])
        titles = ((self.dossier.issues[issue].title, items) for issue, items in by_issue.items())
        return joined(
            label(f"{title}: {joined(items)}" if items else title) for title, items in titles
        )

    def _by_outcome(self, requires: Tellable) -> dict[tuple[str, str], list[Cell]]:
        """The cells by their issue and by what is required of them, in words."""
        grouped: dict[tuple[str, str], list[Cell]] = {}
        for cell, outcomes in requires.items():
            wanted = self.outcomes(self.dossier.issues[cell.issue], outcomes)
            grouped.setdefault((cell.issue, wanted), []).append(cell)
        return grouped


def cells_title(dossier: Dossier, cells: Sequence[Cell]) -> str:
    """Cells of one issue, for a table: Recognition: Crimea, Donetsk."""
    issue = dossier.issues[cells[0].issue]
    items = [issue.items[cell.item] for cell in cells if cell.item is not None]
    if not items or len(items) == len(issue.items) > 1:
        return issue.title
    return f"{issue.title}: {', '.join(items)}"


def cells_in_words(dossier: Dossier, cells: Sequence[Cell]) -> str:
    """Cells in a sentence; if all items of an issue are meant, only the issue is named."""
    chosen = set(cells)
    whole = {cell.issue for cell in cells if chosen.issuperset(dossier.issues[cell.issue].cells())}
    shown = dict.fromkeys(Cell(cell.issue) if cell.issue in whole else cell for cell in cells)
    return Words(dossier).cells(list(shown))


def some_values_only(dossier: Dossier, cells: Sequence[Cell]) -> str:
    """That a search tries only some of the values that cells may have."""
    where = cells_in_words(dossier, cells)
    if len(cells) > _NAMED:
        where = counted(len(cells), "issue or sub-issue", "issues and sub-issues")
    return f"On {where}, not all values are tried: what is called proven holds for those that are."


def titles_alike(
    dossier: Dossier, values: Iterable[tuple[Cell, Value]]
) -> Iterator[tuple[str, Value]]:
    """Each value with the title of its cells; cells of one issue with the same value share one."""
    return ((cells_title(dossier, cells), value) for cells, value in cells_alike(values))


def cells_alike(values: Iterable[tuple[Cell, Value]]) -> Iterator[tuple[list[Cell], Value]]:
    """Each value with its cells; those of one issue with the same value together."""
    alike: dict[tuple[str, Value], list[Cell]] = {}
    for cell, value in values:
        alike.setdefault((cell.issue, value), []).append(cell)
    for (_, value), cells in alike.items():
        yield cells, value
