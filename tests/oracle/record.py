"""What is on record of each party about each cell on one day, read in the simplest way.

The record of a day leaves out everything said after it, every entry of an offer that has ended,
and every verb whose evidence is too weak. A member of a group that speaks for its members takes
over what the group says on a cell about which it has said nothing itself.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any, NamedTuple

STRENGTH = {"inferred": 0, "reported": 1, "stated": 2}
NAMING_VERBS = ("demands", "proposes", "accepts", "refuses")
VERBS = (*NAMING_VERBS, "reserves")

Cell = tuple[str, str | None]


class Held(NamedTuple):
    """An entry in force for a cell, with only the verbs that count, and whose entry it is."""

    holder: str
    entry: dict[str, Any]


class Answer(NamedTuple):
    """An answer in force to a text, and whose it is."""

    holder: str
    text: str
    answer: dict[str, Any]


class AcceptedTerm(NamedTuple):
    """What an accepted text names in one cell, written as in a position; pending if it is
    accepted subject to something."""

    outcome: Any
    pending: bool
    answer: Answer


class Record:
    def __init__(
        self,
        agenda: dict[str, Any],
        parties: dict[str, dict[str, Any]],
        as_of: str,
        basis: str,
        sources: dict[str, Any] | None = None,
        proposals: dict[str, dict[str, Any]] | None = None,
    ) -> None:
        self.issues: dict[str, dict[str, Any]] = agenda["issues"]
        self.parties = parties
        self.today = last_day(as_of)
        self.basis = basis
        self.sources = (sources or {}).get("sources", {})
        self.proposals = proposals or {}
        self.held = cache(self.held_now)
        self.accepted_term = cache(self.accepted_term_now)

    # Statements

    def day_of(self, party: str, statement: str) -> date:
        """The day on which it was said; without a source that is known, long ago."""
        said = self.parties[party]["statements"][statement]
        if "said" in said:
            return first_day(said["said"])
        source = self.sources.get(said["source"])
        return first_day(source["date"]) if source else date.min

    def by_today(self, party: str, statements: Iterable[str]) -> list[str]:
        return [one for one in statements if self.day_of(party, one) <= self.today]

    def is_strong_enough(self, party: str, statements: Iterable[str]) -> bool:
        """Is there a statement by today, and is the best of them as strong as is asked for?"""
        said = self.parties[party]["statements"]
        strengths = [STRENGTH[said[one]["basis"]] for one in self.by_today(party, statements)]
        return bool(strengths) and max(strengths) >= STRENGTH[self.basis]

    # Entries

    def reduced(self, party: str, entry: dict[str, Any]) -> dict[str, Any] | None:
        """The entry with the verbs that count today; None if there is none.

        An `accepts` that today's record has, but on evidence too weak, is kept apart under
        `weak-accepts`: what it names on a condition is no yes by the verbs that are left.
        """
        kept = {key: value for key, value in entry.items() if key not in VERBS}
        for verb in VERBS:
            if verb not in entry:
                continue
            statements = evidence_of(entry, verb)
            if self.is_strong_enough(party, statements):
                kept[verb] = entry[verb]
            elif verb == "accepts" and self.by_today(party, statements):
                kept["weak-accepts"] = entry[verb]
        return kept if any(verb in kept for verb in VERBS) else None

    def has_ended_offer(self, party: str, entry: dict[str, Any]) -> bool:
        if "offer" not in entry:
            return False
        offer = self.parties[party]["offers"][entry["offer"]]
        return "until" in offer and last_day(offer["until"]) < self.today

    def counted_entries(self, party: str, issue: str) -> list[dict[str, Any]]:
        """The party's own entries on the issue that have begun and count, the oldest first."""
        entries = sorted(
            self.parties[party]["positions"].get(issue, []), key=lambda e: first_day(e["since"])
        )
        reduced = [
            self.reduced(party, entry)
            for entry in entries
            if first_day(entry["since"]) <= self.today and not self.has_ended_offer(party, entry)
        ]
        return [entry for entry in reduced if entry is not None]

    def own_entry(self, party: str, issue: str) -> dict[str, Any] | None:
        counted = self.counted_entries(party, issue)
        if not counted or has_lapsed(counted[-1], self.today):
            return None
        return counted[-1]

    def groups_of(self, member: str) -> list[str]:
        """The groups that speak for the member directly, in the order of the parties."""
        return [
            group
            for group, described in self.parties.items()
            if described.get("speaks-for-members", False) and member in described.get("members", [])
        ]

    def speaks_on(self, entry: dict[str, Any] | None, cell: Cell) -> bool:
        """Does the entry name the cell, or leave something open?"""
        if entry is None:
            return False
        return "reserves" in entry or any(
            self.names_cell(spec, cell) for verb in NAMING_VERBS for spec in specs_of(entry, verb)
        )

    def names_cell(self, spec: Any, cell: Cell) -> bool:
        if self.issues[cell[0]]["kind"] != "items":
            return True
        return cell[1] in spec or "all" in spec

    def held_now(self, party: str, cell: Cell) -> Held | None:
        """The party's own entry where it speaks on the cell, otherwise its group's."""
        own = self.own_entry(party, cell[0])
        if own is not None and self.speaks_on(own, cell):
            return Held(party, own)
        of_groups = [self.held(group, cell) for group in self.groups_of(party)]
        speaking = [one for one in of_groups if one and self.speaks_on(one.entry, cell)]
        if speaking:
            # max() takes the first of those of one day.
            return max(speaking, key=lambda one: first_day(one.entry["since"]))
        return Held(party, own) if own is not None else None

    # Answers to texts

    def own_answer(self, party: str, text: str) -> Answer | None:
        begun = [
            answer
            for answer in self.parties[party].get("answers", {}).get(text, [])
            if first_day(answer["since"]) <= self.today
            and first_day(self.proposals[text]["date"]) <= self.today
            and self.is_strong_enough(party, answer["evidence"])
        ]
        if not begun:
            return None
        newest = max(begun, key=lambda answer: first_day(answer["since"]))
        return None if has_lapsed(newest, self.today) else Answer(party, text, newest)

    def answer(self, party: str, text: str, cell: Cell) -> Answer | None:
        """The party's own answer, whatever it says; otherwise its group's, for a cell on which
        the party has no entry of its own."""
        own = self.own_answer(party, text)
        if own is not None or self.speaks_on(self.own_entry(party, cell[0]), cell):
            return own
        of_groups = [self.answer(group, text, cell) for group in self.groups_of(party)]
        answers = [one for one in of_groups if one is not None]
        return max(answers, key=lambda one: first_day(one.answer["since"]), default=None)

    def term(self, answer: Answer, cell: Cell) -> Any:
        """The outcome of the text's term for the cell that the answer accepts, or None."""
        issue, item = cell
        excepted = answer.answer.get("except", [])
        terms = self.proposals[answer.text]["terms"]
        if issue not in terms or issue in excepted or f"{issue}.{item}" in excepted:
            return None
        outcome = terms[issue]["outcome"]
        if self.issues[issue]["kind"] == "items":
            outcome = outcome.get(item, outcome.get("all"))
        return accepted_outcome(outcome, self.issues[issue])

    def has_issue(self, answer: Answer, issue: str) -> bool:
        items = self.issues[issue].get("items", [None])
        return any(self.term(answer, (issue, item)) is not None for item in items)

    def is_replaced(self, answer: Answer, issue: str) -> bool:
        """Has whoever gave the answer a newer entry on the issue, whatever became of it?"""
        entries = self.counted_entries(answer.holder, issue)
        since = first_day(answer.answer["since"])
        return any(first_day(entry["since"]) > since for entry in entries)

    def accepted_term_now(self, party: str, cell: Cell) -> AcceptedTerm | None:
        """What the newest accepted text that has the issue says on the cell."""
        answers = [self.answer(party, text, cell) for text in self.proposals]
        accepted = [
            one
            for one in answers
            if one is not None
            and one.answer["says"] == "accepts"
            and self.has_issue(one, cell[0])
            and not self.is_replaced(one, cell[0])
        ]
        if not accepted:
            return None
        # max() takes the first of those of one day.
        newest = max(accepted, key=lambda one: first_day(one.answer["since"]))
        outcome = self.term(newest, cell)
        if outcome is None:
            return None
        named = outcome if cell[1] is None else {cell[1]: outcome}
        return AcceptedTerm(named, "subject-to" in newest.answer, newest)

    def has_word_of_its_own(self, party: str, issue: str) -> bool:
        """An entry on the issue, or an answer that counts to a text that has it, not of a group.

        That is a yes, or any answer in place of the yes of a group.
        """
        if self.own_entry(party, issue) is not None:
            return True
        answers = [self.own_answer(party, text) for text in self.proposals]
        return any(
            one is not None
            and (one.answer["says"] == "accepts" or self.a_group_accepts(party, one.text))
            and self.has_issue(one, issue)
            and not self.is_replaced(one, issue)
            for one in answers
        )

    def a_group_accepts(self, member: str, text: str) -> bool:
        return any(
            (
                self.is_member(member, group)
                and (given := self.own_answer(group, text)) is not None
                and given.answer["says"] == "accepts"
            )
            for group in self.parties
        )

    def is_member(self, party: str, group: str) -> bool:
        """Does the group speak for the party, directly or through another group?"""
        groups = self.groups_of(party)
        return group in groups or any(self.is_member(one, group) for one in groups)


def first_day(day: str | int) -> date:
    parts = [int(part) for part in str(day).split("-")]
    year, month, of_month = (*parts, 1, 1)[:3]
    return date(year, month, of_month)


def last_day(day: str | int) -> date:
    parts = [int(part) for part in str(day).split("-")]
    if len(parts) == 3:
        return date(*parts)
    month = parts[1] if len(parts) == 2 else 12
    return date(parts[0], month, calendar.monthrange(parts[0], month)[1])


def has_lapsed(said: dict[str, Any], today: date) -> bool:
    return "until" in said and last_day(said["until"]) < today


def evidence_of(entry: dict[str, Any], verb: str) -> list[str]:
    evidence = entry["evidence"]
    return list(evidence[verb] if isinstance(evidence, dict) else evidence)


def as_list(spec: Any) -> list[Any]:
    return spec if isinstance(spec, list) else [spec]


def members_of(accepts: Any) -> list[dict[str, Any]]:
    """The members of `accepts`, each with `outcome` and perhaps `if` and `subject-to`."""
    return [
        member if isinstance(member, dict) and "outcome" in member else {"outcome": member}
        for member in as_list(accepts)
    ]


def accepted_members(entry: dict[str, Any]) -> list[dict[str, Any]]:
    return members_of(entry.get("accepts", []))


def specs_of(entry: dict[str, Any], verb: str) -> list[Any]:
    """The outcomes that an entry names under a verb, as the file writes them."""
    if verb == "accepts":
        return [member["outcome"] for member in accepted_members(entry)]
    return [entry[verb]] if verb in entry else []


def accepted_outcome(outcome: Any, issue: dict[str, Any]) -> Any:
    """What a yes to a term accepts: of a range open at one end the figure only, if it has it.

    Of whole numbers, each range has one.
    """
    if not isinstance(outcome, dict):
        return outcome
    if "bracketed" in outcome:
        return None
    if len(outcome) == 2:
        return outcome
    ((end, figure),) = outcome.items()
    if end in ("min", "max"):
        return figure
    if issue.get("integer"):
        return figure + 1 if end == "above" else figure - 1
    return None
