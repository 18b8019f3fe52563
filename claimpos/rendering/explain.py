"""How a verdict came about: outcome by outcome, party by party, and the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from claimpos.rendering.document import (
    Block,
    Document,
    Facts,
    Heading,
    Item,
    List,
    Paragraph,
    Section,
    Span,
)
from claimpos.rendering.show import Record
from claimpos.wording.names import capital, one_line

Data = Mapping[str, Any]


def explain_document(report: Data, record: Record, newest: str) -> Document:
    """The steps of a report `claimpos.explain/2`, then the positions with their evidence.

    `newest` tells how new the evidence is.
    """
    title = f"{report['title']}: how the verdict on {report['names']} was reached"
    question = Span(one_line(report["question"]), "emphasis")
    conclusion = Span(one_line(report["conclusion"]), "strong")
    blocks = [record.head(title, newest, question, conclusion)]
    blocks += map(_step, report["steps"])
    if "fragility" in report:
        blocks += _fragility(report["fragility"])
    if report["steps"]:
        blocks.append(Heading("Evidence", "part"))
    for told in report["positions"]:
        blocks += _positions(report["parties"], told["issue"], record)
    return Document([*blocks, *record.sources()])


def _fragility(found: Sequence[Data]) -> Iterable[Block]:
    """What each verdict hangs on; the title stands where there are several."""
    yield Heading("What the verdict hangs on", "part")
    for one in found:
        told = one["in_words"]
        yield Facts([f"{one['title']}: {told[0].lower()}{told[1:]}" if len(found) > 1 else told])
        if one["hangs_on_in_words"]:
            yield List([Item(text) for text in one["hangs_on_in_words"]])
        yield Facts([one["coding_summary"]])
        if one["coding_in_words"]:
            yield List([Item(text) for text in one["coding_in_words"]])


def _step(step: Data) -> Block:
    blocks: list[Block] = []
    if step["led_to"]:
        blocks.append(Paragraph("Required by a condition above:"))
    blocks.append(List([_outcome(outcome) for outcome in step["outcomes"]]))
    if step["conclusion"]:
        blocks.append(Facts([one_line(step["conclusion"])]))
    return Section(Heading(step["title"], "part", number=str(step["number"])), blocks)


def _outcome(outcome: Data) -> Item:
    name = Span(capital(outcome["in_words"]), "strong")
    return Item((name, f": {outcome['because']}"), list(map(_answer, outcome["answers"])))


def _answer(answer: Data) -> Item:
    inferred = " (inferred)" if answer["basis"] == "inferred" else ""
    conditions = answer["conditions"]
    return Item(
        one_line(f"{capital(answer['name'])} {answer['in_words']}{inferred}"),
        [_condition(condition, len(conditions) > 1) for condition in conditions],
    )


def _condition(condition: Data, one_of_several: bool) -> Item:
    state = f", {condition['met']}" if one_of_several else ""
    items = [
        Item(one_line(f"{required['in_words']}: {required['because']}"))
        for required in condition["requires"]
    ]
    if condition["subject_to"]:
        also = "also required: " if items else ""
        told = also + one_line(condition["subject_to"])
        items.append(Item(f"{told} (no issue on the agenda settles this)"))
    return Item(f"on this condition{state}:", items, dash=True)


def _positions(parties: Iterable[str], issue_id: str, record: Record) -> Iterable[Block]:
    issue = record.dossier.issues[issue_id]
    for party_id in parties:
        party = record.dossier.parties[party_id]
        items = record.position(party, issue) or [Item("No recorded position")]
        heading = Heading(f"{issue.title}, {party.label}", "detail")
        yield Section(heading, [List(items)])
