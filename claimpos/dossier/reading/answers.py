"""A party's answers to texts as a whole: yes or no to a proposal, from a day on."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import get_args

from claimpos.dossier.model import Answer, Cell, Issue, Says, Statement
from claimpos.dossier.nodes import Map, Node, Seq
from claimpos.dossier.reading.consistency import check_dates
from claimpos.dossier.reading.form import (
    Misshapen,
    Reading,
    Register,
    distinct,
    fields,
    identifier,
    one_of,
    optional_text,
    sequence,
)

SAYS: tuple[Says, ...] = get_args(Says)

_REQUIRED = frozenset({"since", "says", "evidence"})
_ANSWER = _REQUIRED | {"until", "subject-to", "except", "note"}
_OF_A_YES = ("except", "subject-to")

_PLACE = r"[^.]+(?:\.[^.]+)?\Z"

Cited = Callable[[Map], tuple[Statement, ...]]
"""The statements that an answer cites as its evidence."""


def read_answers(
    holder: Map,
    text: str,
    texts: Collection[str],
    issues: Register[Issue],
    cited: Cited,
    reading: Reading,
) -> tuple[Answer, ...]:
    """The answers to one text, by their dates; `texts` are the ids of all proposals."""
    listed = sequence(holder[text])
    if text not in texts:
        reading.unknown("CP315", holder.key_at(text), "proposal", text, texts)
    answers: list[Answer] = []
    for node in listed:
        try:
            answers.append(_answer(node, text, issues, cited, reading))
        except Misshapen:
            reading.misshapen = True
    if len(listed) > 1:
        check_dates(answers, listed, reading)
        answers.sort(key=lambda answer: answer.since.first)
    return tuple(answers)


def _answer(
    node: Node, text: str, issues: Register[Issue], cited: Cited, reading: Reading
) -> Answer:
    found = fields(node, _REQUIRED, _ANSWER)
    says: Says = one_of(found["says"], SAYS)  # type: ignore[assignment]
    if says != "accepts" and not found.keys().isdisjoint(_OF_A_YES):
        raise Misshapen
    since = reading.date(found, "since")
    until = reading.date(found, "until") if "until" in found else None
    if until is not None and until.last < since.first:
        message = "the answer ends before it begins"
        reading.fault("CP406", found.at("until"), message, "correct `since` or `until`")
    return Answer(
        text=text,
        says=says,
        since=since,
        until=until,
        excepted=_excepted(found, issues, reading),
        subject_to=optional_text(found, "subject-to"),
        note=optional_text(found, "note"),
        evidence=cited(found),
    )


def _excepted(found: Map, issues: Register[Issue], reading: Reading) -> tuple[Cell, ...]:
    """The cells that are left out; an issue stands for all of its cells."""
    cells = []
    for index, name in enumerate(distinct(found, "except", _place)):
        listed = found["except"]
        assert isinstance(listed, Seq)
        issue_id, _, item = name.partition(".")
        issue = issues.get(issue_id)
        if issue is None:
            if issues.lacks(issue_id):
                reading.unknown_issue(listed.at(index), issue_id, issues)
            continue
        if item and item not in issue.items:
            what = f"item of “{issue.id}” called"
            reading.unknown("CP303", listed.at(index), what, item, issue.items)
            continue
        cells.append(Cell(issue_id, item or None))
    return tuple(cells)


def _place(node: Node) -> str:
    """An issue, or issue.item."""
    if not isinstance(node, str) or re.match(_PLACE, node) is None:
        raise Misshapen
    for part in node.split("."):
        identifier(part)
    return node
